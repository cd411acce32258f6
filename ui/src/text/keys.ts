import type { KeyScreen } from '../keys/keys';

export const help = {
  title: 'Keys',
  close: 'Close',
  lettersOff: 'Single-letter keys are turned off in the settings.',
};

export const screens: Record<KeyScreen, string> = {
  everywhere: 'Everywhere',
  exam: 'In the exam',
  'exam-review': 'On the review screen',
  study: 'In study',
  'exam-start': 'Before the exam',
  'time-up': 'When time is up',
  welcome: 'Welcome',
  today: 'On Today',
  exams: 'On Exams',
  statistics: 'On Statistics',
  results: 'On a result',
  explanation: 'On an explanation',
  forecast: 'On Forecast',
  browse: 'On Browse',
  library: 'On the Library',
  import: 'On an import',
  palette: 'In the search',
  shell: 'Go to',
  dialog: 'In a dialog',
};
