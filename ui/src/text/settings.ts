import type { ExamView, Theme } from '../api/client';
import { isRetired, lastDay, retiredNotice } from './exam-facts';
import { weekdayDate } from './time';

export const title = 'Settings';
export const sections = {
  exam: 'Exam',
  appearance: 'Appearance',
  keyboard: 'Keyboard',
  about: 'About',
} as const;

export const exam = {
  which: 'What you prepare for',
  date: 'Exam date',
  goal: 'Practice goal',
  clear: 'Clear the date',
  none: 'Not set.',
  ask: 'Ask how sure you are',
  askBody:
    'One key after each answer. The result then shows where you were sure and wrong. The real exam does not ask.',
} as const;

/** What the date stands for. */
export function aboutDate(view: ExamView, date: string | null, today: string): string {
  const set = date === null ? exam.none : `${weekdayDate(date, today)}.`;
  if (isRetired(view, today)) return `${set} ${retiredNotice(view)}`;
  return view.last_sitting === null ? set : `${set} ${lastDay(view)}`;
}

export const badDate = 'Choose a day from today on.';

export const appearance = {
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  size: 'Text size',
  sizeBody: 'Applies to questions and to the rest of the app.',
} as const;
export const percent = (size: number) => `${size}%`;

export const keyboard = {
  letters: 'Single-letter keys',
  lettersBody:
    'J, K, T and the like act without Ctrl. Turn them off if you speak to the computer or press keys by accident.',
  list: 'List of keys',
  listBody: 'The keys of the screen you are on.',
  show: 'Show the keys',
} as const;

export const about = {
  what: 'Free software',
  whatBody:
    'No account, no telemetry. Sitwell goes online only to look for updates, and only when you ask it to.',
  collection: 'Your collection',
  collectionBody: 'One file on this computer holds your exams, answers and settings.',
  log: 'Log',
  logBody:
    'What Sitwell did, in names, codes, counts and times, for reporting a fault. It holds no words of decks and no answers, and stays on this computer.',
  showLog: 'Show the log',
} as const;
