import { SHELF_KEYS } from './shelf-map';
import type { Line } from './line';

const OPTION_KEYS = ['A', 'B', 'C', 'D', 'E', 'F', '1', '2', '3', '4', '5', '6'] as const;
const STRIKE_KEYS = ['Shift+A', 'Shift+B', 'Shift+C', 'Shift+D', 'Shift+E', 'Shift+F'] as const;

/** Options that a key reaches; key `n` of `choose` and `strike` is option `n` modulo this. */
export const OPTIONS_WITH_KEYS = 6;

/**
 * Every key of the app, in one table. Screens handle the actions by name, controls print the key,
 * and the help dialog lists the table: a key that is not here does not exist.
 *
 * A key is written `A`, `?`, `ArrowLeft`, `Shift+A`, `Ctrl+Enter`, or `G T` for one after the
 * other. `Ctrl` means Cmd on macOS. Letters are named in upper case.
 */
export const KEYS = [
  {
    screen: 'exam',
    action: 'choose',
    keys: OPTION_KEYS,
    print: 'A–F or 1–6',
    label: 'Choose an option; place a response, or take it away',
  },
  {
    screen: 'exam',
    action: 'strike',
    keys: STRIKE_KEYS,
    print: 'Shift A–F',
    label: 'Strike out an option, or restore it; move a placed response earlier',
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
  {
    screen: 'exam',
    action: 'check',
    keys: ['Enter'],
    label: 'Where answers are explained: check the answer, then the next question',
  },
  { screen: 'exam', action: 'comment', keys: ['W'], label: 'Write a comment on the question' },
  { screen: 'exam', action: 'pause', keys: ['P'], label: 'Take a break, or come back from it' },
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
  { screen: 'study', action: 'edit', keys: ['E'], label: 'Edit the card in Browse' },
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

  { screen: 'exam-start', action: 'start', keys: ['Enter'], label: 'Start what is chosen' },
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
  { screen: 'exams', action: 'delete', keys: ['Delete'], label: 'Delete the exam chosen' },
  { screen: 'exams', action: 'undo', keys: ['Z', 'Ctrl+Z'], label: 'Undo' },
  { screen: 'exams', action: 'redo', keys: ['Shift+Z', 'Ctrl+Shift+Z'], label: 'Redo' },

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
    keys: ['1', '2', '3', '4', '5', '6', '7', '8'],
    print: '1–8',
    label: 'Filter the questions',
  },
  { screen: 'results', action: 'search', keys: ['/'], label: 'Search the questions' },
  { screen: 'results', action: 'tables', keys: ['T'], label: 'Show the figures as tables' },
  { screen: 'results', action: 'export', keys: ['E'], label: 'Export: print, PDF, table, JSON' },
  { screen: 'results', action: 'back', keys: ['Escape'], label: 'All exams' },

  { screen: 'explanation', action: 'next', keys: ['J', 'ArrowRight'], label: 'Next question' },
  {
    screen: 'explanation',
    action: 'previous',
    keys: ['K', 'ArrowLeft'],
    label: 'Previous question',
  },
  { screen: 'explanation', action: 'card', keys: ['C'], label: 'Make a card of the question' },
  {
    screen: 'explanation',
    action: 'list',
    keys: ['L'],
    label: 'Put the question on my list to drill, or take it off',
  },
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

  ...SHELF_KEYS,

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
