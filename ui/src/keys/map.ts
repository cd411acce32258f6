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

  { screen: 'study', action: 'show', keys: [' '], label: 'Show the answer; then grade it Good' },
  { screen: 'study', action: 'again', keys: ['1'], label: 'Again: not recalled' },
  { screen: 'study', action: 'hard', keys: ['2'], label: 'Hard: recalled with trouble' },
  { screen: 'study', action: 'good', keys: ['3'], label: 'Good: recalled' },
  { screen: 'study', action: 'easy', keys: ['4'], label: 'Easy: recalled at once' },
  { screen: 'study', action: 'undo', keys: ['Z', 'Ctrl+Z'], label: 'Undo' },
  { screen: 'study', action: 'redo', keys: ['Shift+Z', 'Ctrl+Shift+Z'], label: 'Redo' },
  {
    screen: 'study',
    action: 'flag',
    keys: ['M'],
    label: 'Flag the card, or take the flag away',
  },
  { screen: 'study', action: 'replay', keys: ['R'], label: 'Play the sound again' },
  { screen: 'study', action: 'suspend', keys: ['S'], label: 'Suspend: take it out of study' },
  { screen: 'study', action: 'bury', keys: ['B'], label: 'Bury: put it off to tomorrow' },
  { screen: 'study', action: 'today', keys: ['Enter'], label: 'Back to Today, when all is done' },
  {
    screen: 'study',
    action: 'more',
    keys: ['C'],
    label: 'Carry on, when the time set for today is used up',
  },
  { screen: 'study', action: 'end', keys: ['Escape'], label: 'End the session' },

  { screen: 'exam-start', action: 'start', keys: ['Enter'], label: 'Start the exam' },
  { screen: 'exam-start', action: 'back', keys: ['Escape'], label: 'Back' },

  { screen: 'time-up', action: 'result', keys: ['Enter'], label: 'See the result' },

  { screen: 'welcome', action: 'start', keys: ['Enter'], label: 'Go on to a full mock' },

  {
    screen: 'today',
    action: 'start',
    keys: ['Enter'],
    label: 'Resume a mock exam, or start with the cards or a mock',
  },
  { screen: 'today', action: 'mock', keys: ['M'], label: 'Start a mock exam' },
  {
    screen: 'today',
    action: 'agenda',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    print: '1–9',
    label: 'Start a part of the day',
  },
  {
    screen: 'today',
    action: 'shorten',
    keys: ['S'],
    label: 'Shorten the day to 20 minutes, or take that back',
  },
  { screen: 'today', action: 'tables', keys: ['T'], label: 'Show the figure as a table' },

  {
    screen: 'statistics',
    action: 'study',
    keys: ['Enter'],
    label: 'Study the cards, when there is nothing to count',
  },
  { screen: 'statistics', action: 'deck', keys: ['D'], label: 'Choose a deck' },
  { screen: 'statistics', action: 'tables', keys: ['T'], label: 'Show the figures as tables' },

  { screen: 'exams', action: 'start', keys: ['Enter'], label: 'Resume or start a mock exam' },
  {
    screen: 'exams',
    action: 'next',
    keys: ['J', 'ArrowDown'],
    label: 'Next exam',
    repeat: true,
  },
  {
    screen: 'exams',
    action: 'previous',
    keys: ['K', 'ArrowUp'],
    label: 'Previous exam',
    repeat: true,
  },

  {
    screen: 'results',
    action: 'review',
    keys: ['Enter'],
    label: 'Review the wrong answers, or open the question chosen',
  },
  { screen: 'results', action: 'next', keys: ['J'], label: 'Next question', repeat: true },
  { screen: 'results', action: 'previous', keys: ['K'], label: 'Previous question', repeat: true },
  {
    screen: 'results',
    action: 'filter',
    keys: ['1', '2', '3', '4', '5', '6'],
    print: '1–6',
    label: 'Filter the questions',
  },
  { screen: 'results', action: 'search', keys: ['/'], label: 'Search the questions' },
  { screen: 'results', action: 'tables', keys: ['T'], label: 'Show the figures as tables' },
  { screen: 'results', action: 'back', keys: ['Escape'], label: 'All exams' },

  { screen: 'explanation', action: 'next', keys: ['J', 'ArrowRight'], label: 'Next question' },
  {
    screen: 'explanation',
    action: 'previous',
    keys: ['K', 'ArrowLeft'],
    label: 'Previous question',
  },
  { screen: 'explanation', action: 'card', keys: ['C'], label: 'Make a card of the question' },
  { screen: 'explanation', action: 'back', keys: ['Escape'], label: 'Back to the result' },

  {
    screen: 'forecast',
    action: 'start',
    keys: ['1', '2', '3', '4', '5'],
    print: '1–5',
    label: 'Start one of the best next hours',
  },
  { screen: 'forecast', action: 'whatIf', keys: ['W'], label: 'What if: move the sliders' },
  { screen: 'forecast', action: 'plan', keys: ['0'], label: 'Back to the plan' },
  { screen: 'forecast', action: 'keep', keys: ['K'], label: 'Keep the plan being tried' },
  {
    screen: 'forecast',
    action: 'mock',
    keys: ['Enter'],
    label: 'Start a mock exam, while nothing is known',
  },
  { screen: 'forecast', action: 'tables', keys: ['T'], label: 'Show the figures as tables' },
  { screen: 'forecast', action: 'result', keys: ['R'], label: 'Enter a real result' },

  {
    screen: 'browse',
    action: 'search',
    keys: ['/'],
    label: 'Search',
  },
  {
    screen: 'browse',
    action: 'next',
    keys: ['J', 'ArrowDown'],
    label: 'Next row',
    repeat: true,
  },
  {
    screen: 'browse',
    action: 'previous',
    keys: ['K', 'ArrowUp'],
    label: 'Previous row',
    repeat: true,
  },
  {
    screen: 'browse',
    action: 'extendDown',
    keys: ['Shift+J', 'Shift+ArrowDown'],
    label: 'Choose the next row too',
    repeat: true,
  },
  {
    screen: 'browse',
    action: 'extendUp',
    keys: ['Shift+K', 'Shift+ArrowUp'],
    label: 'Choose the previous row too',
    repeat: true,
  },
  {
    screen: 'browse',
    action: 'pageDown',
    keys: ['PageDown'],
    label: 'A page down',
    repeat: true,
  },
  {
    screen: 'browse',
    action: 'pageUp',
    keys: ['PageUp'],
    label: 'A page up',
    repeat: true,
  },
  {
    screen: 'browse',
    action: 'first',
    keys: ['Home'],
    label: 'First row',
  },
  {
    screen: 'browse',
    action: 'last',
    keys: ['End'],
    label: 'Last row',
  },
  {
    screen: 'browse',
    action: 'select',
    keys: ['X'],
    label: 'Choose the row, or leave it out',
  },
  {
    screen: 'browse',
    action: 'all',
    keys: ['Ctrl+A'],
    label: 'Choose all that was found',
  },
  {
    screen: 'browse',
    action: 'open',
    keys: ['Enter'],
    label: 'Open the row',
  },
  {
    screen: 'browse',
    action: 'edit',
    keys: ['E'],
    label: 'Edit the row',
  },
  {
    screen: 'browse',
    action: 'preview',
    keys: ['P'],
    label: 'Show or hide the preview',
  },
  {
    screen: 'browse',
    action: 'save',
    keys: ['Ctrl+S'],
    label: 'Save',
  },
  {
    screen: 'browse',
    action: 'make',
    keys: ['N'],
    label: 'New card',
  },
  {
    screen: 'browse',
    action: 'suspend',
    keys: ['S'],
    label: 'Suspend: take out of study',
  },
  {
    screen: 'browse',
    action: 'resume',
    keys: ['R'],
    label: 'Resume: put back into study',
  },
  {
    screen: 'browse',
    action: 'bury',
    keys: ['B'],
    label: 'Bury: put off to tomorrow',
  },
  {
    screen: 'browse',
    action: 'flag',
    keys: ['M'],
    label: 'Flag, or take the flag away',
  },
  {
    screen: 'browse',
    action: 'addTag',
    keys: ['A'],
    label: 'Add a tag',
  },
  {
    screen: 'browse',
    action: 'removeTag',
    keys: ['Shift+A'],
    label: 'Remove a tag',
  },
  {
    screen: 'browse',
    action: 'reset',
    keys: ['Shift+R'],
    label: 'Reset: make new again',
  },
  {
    screen: 'browse',
    action: 'delete',
    keys: ['Delete'],
    label: 'Delete',
  },
  {
    screen: 'browse',
    action: 'table',
    keys: ['T'],
    label: 'Show the memory as a table',
  },
  {
    screen: 'browse',
    action: 'undo',
    keys: ['Ctrl+Z', 'Z'],
    label: 'Undo',
  },
  {
    screen: 'browse',
    action: 'redo',
    keys: ['Ctrl+Shift+Z', 'Shift+Z'],
    label: 'Redo',
  },
  {
    screen: 'browse',
    action: 'leave',
    keys: ['Escape'],
    label: 'Close the editor, or choose nothing',
  },

  {
    screen: 'library',
    action: 'next',
    keys: ['J', 'ArrowDown'],
    label: 'Next deck',
    repeat: true,
  },
  {
    screen: 'library',
    action: 'previous',
    keys: ['K', 'ArrowUp'],
    label: 'Previous deck',
    repeat: true,
  },
  {
    screen: 'library',
    action: 'expand',
    keys: ['ArrowRight'],
    label: 'Show the decks below',
  },
  {
    screen: 'library',
    action: 'collapse',
    keys: ['ArrowLeft'],
    label: 'Hide the decks below, or go to the deck above',
  },
  {
    screen: 'library',
    action: 'browse',
    keys: ['Enter'],
    label: 'Browse the deck',
  },
  {
    screen: 'library',
    action: 'options',
    keys: ['O'],
    label: 'Study options of the deck',
  },
  {
    screen: 'library',
    action: 'defaults',
    keys: ['Shift+O'],
    label: 'Study options of all decks',
  },
  {
    screen: 'library',
    action: 'make',
    keys: ['N'],
    label: 'New deck',
  },
  {
    screen: 'library',
    action: 'rename',
    keys: ['R'],
    label: 'Rename the deck',
  },
  {
    screen: 'library',
    action: 'delete',
    keys: ['Delete'],
    label: 'Delete the deck',
  },
  {
    screen: 'library',
    action: 'sort',
    keys: ['S'],
    label: 'Sort by due or by name',
  },
  {
    screen: 'library',
    action: 'undo',
    keys: ['Ctrl+Z', 'Z'],
    label: 'Undo',
  },
  {
    screen: 'library',
    action: 'redo',
    keys: ['Ctrl+Shift+Z', 'Shift+Z'],
    label: 'Redo',
  },

  { screen: 'palette', action: 'next', keys: ['ArrowDown'], label: 'Next action', repeat: true },
  {
    screen: 'palette',
    action: 'previous',
    keys: ['ArrowUp'],
    label: 'Previous action',
    repeat: true,
  },
  { screen: 'palette', action: 'run', keys: ['Enter'], label: 'Do it' },
  { screen: 'palette', action: 'close', keys: ['Escape'], label: 'Close' },

  { screen: 'shell', action: 'palette', keys: ['Ctrl+K'], label: 'Search or go to' },
  { screen: 'shell', action: 'today', keys: ['G T'], label: 'Today' },
  { screen: 'shell', action: 'study', keys: ['G S'], label: 'Study' },
  { screen: 'shell', action: 'exams', keys: ['G E'], label: 'Exams' },
  { screen: 'shell', action: 'forecast', keys: ['G F'], label: 'Forecast' },
  { screen: 'shell', action: 'library', keys: ['G L'], label: 'Library' },
  { screen: 'shell', action: 'browse', keys: ['G B'], label: 'Browse' },
  { screen: 'shell', action: 'statistics', keys: ['G A'], label: 'Statistics' },
  { screen: 'shell', action: 'settings', keys: ['Ctrl+,'], label: 'Settings' },

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
