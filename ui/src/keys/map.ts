/**
 * Every key of the app, in one table. Screens handle the actions by name, controls print the key,
 * and the help dialog lists the table: a key that is not here does not exist.
 *
 * A key is written `A`, `?`, `ArrowLeft`, `Shift+A`, `Ctrl+Enter`, or `G T` for one after the
 * other. `Ctrl` means Cmd on macOS. Letters are named in upper case.
 */
interface Line {
  screen: string;
  action: string;
  keys: readonly string[];
  label: string;
  /** What to print, where it is not the first key. */
  print?: string;
  /** Whether holding the key down repeats the action. */
  repeat?: true;
}

const OPTION_KEYS = ['A', 'B', 'C', 'D', 'E', 'F', '1', '2', '3', '4', '5', '6'] as const;
const STRIKE_KEYS = ['Shift+A', 'Shift+B', 'Shift+C', 'Shift+D', 'Shift+E', 'Shift+F'] as const;

/** Options that a key reaches; key `n` of `choose` and `strike` is option `n` modulo this. */
export const OPTIONS_WITH_KEYS = 6;

export const KEYS = [
  {
    screen: 'exam',
    action: 'choose',
    keys: OPTION_KEYS,
    print: 'A–F or 1–6',
    label: 'Choose an option',
  },
  {
    screen: 'exam',
    action: 'strike',
    keys: STRIKE_KEYS,
    print: 'Shift A–F',
    label: 'Strike out an option, or restore it',
  },
  {
    screen: 'exam',
    action: 'flag',
    keys: ['M'],
    label: 'Flag the question, or take the flag away',
  },
  { screen: 'exam', action: 'guess', keys: ['7'], label: 'How sure: a guess' },
  { screen: 'exam', action: 'fairly', keys: ['8'], label: 'How sure: fairly' },
  { screen: 'exam', action: 'sure', keys: ['9'], label: 'How sure: sure' },
  { screen: 'exam', action: 'previous', keys: ['ArrowLeft'], label: 'Previous question' },
  { screen: 'exam', action: 'next', keys: ['ArrowRight'], label: 'Next question' },
  { screen: 'exam', action: 'questions', keys: ['N'], label: 'List of questions' },
  { screen: 'exam', action: 'review', keys: ['R'], label: 'Review screen' },
  { screen: 'exam', action: 'timer', keys: ['T'], label: 'Hide or show the timer' },

  {
    screen: 'exam-review',
    action: 'left',
    keys: ['ArrowLeft'],
    print: '← → ↑ ↓',
    label: 'Move among the questions',
    repeat: true,
  },
  {
    screen: 'exam-review',
    action: 'right',
    keys: ['ArrowRight'],
    print: '',
    label: '',
    repeat: true,
  },
  { screen: 'exam-review', action: 'up', keys: ['ArrowUp'], print: '', label: '', repeat: true },
  {
    screen: 'exam-review',
    action: 'down',
    keys: ['ArrowDown'],
    print: '',
    label: '',
    repeat: true,
  },
  { screen: 'exam-review', action: 'open', keys: ['Enter'], label: 'Open the question' },
  {
    screen: 'exam-review',
    action: 'unanswered',
    keys: ['U'],
    label: 'Next question without an answer',
  },
  { screen: 'exam-review', action: 'flagged', keys: ['M'], label: 'Next flagged question' },
  { screen: 'exam-review', action: 'timer', keys: ['T'], label: 'Hide or show the timer' },
  { screen: 'exam-review', action: 'back', keys: ['Escape'], label: 'Back to the question' },
  { screen: 'exam-review', action: 'end', keys: ['Ctrl+Enter'], label: 'End the exam' },

  { screen: 'exam-start', action: 'start', keys: ['Enter'], label: 'Start the exam' },
  { screen: 'exam-start', action: 'back', keys: ['Escape'], label: 'Back' },

  { screen: 'time-up', action: 'result', keys: ['Enter'], label: 'See the result' },

  { screen: 'dialog', action: 'close', keys: ['Escape'], label: 'Close' },
  { screen: 'dialog', action: 'confirm', keys: ['Enter'], label: 'Confirm' },

  { screen: 'everywhere', action: 'help', keys: ['?', 'F1'], label: 'Show the keys' },
  {
    screen: 'everywhere',
    action: 'larger',
    keys: ['Ctrl++', 'Ctrl+='],
    print: 'Ctrl+Plus',
    label: 'Larger text',
  },
  {
    screen: 'everywhere',
    action: 'smaller',
    keys: ['Ctrl+-'],
    print: 'Ctrl+Minus',
    label: 'Smaller text',
  },
] as const satisfies readonly Line[];

export type KeyLine = (typeof KEYS)[number];
export type KeyScreen = KeyLine['screen'];
export type ActionOf<S extends KeyScreen> = Extract<KeyLine, { screen: S }>['action'];

type RefOf<L> = L extends { screen: infer S extends string; action: infer A extends string }
  ? `${S}.${A}`
  : never;
/** A line of the table by name: `exam.flag`. */
export type KeyRef = RefOf<KeyLine>;

export function linesOf(screen: KeyScreen): Line[] {
  return KEYS.filter((line) => line.screen === screen);
}

export function lineOf(ref: KeyRef): Line {
  const line = KEYS.find((candidate) => `${candidate.screen}.${candidate.action}` === ref);
  if (!line) throw new Error(`no key for ${ref}`);
  return line;
}
