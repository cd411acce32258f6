import type { Difficulty } from '../api/client';
import { counted, figures } from './numbers';
import { timeInFigures } from './exam';

/** A paper of one's own. */
export const title = (items: number, minutes: number | null) => {
  if (items === 0) return 'No question fits.';
  const questions = counted(items, 'question');
  return minutes === null
    ? `${questions}, without a clock.`
    : `${questions} in ${timeInFigures(minutes)}.`;
};
export const items = 'Questions';
export const itemsHint = (most: number) => `At most ${most}.`;
export const decks = 'Decks';
export const decksHelp =
  'Without a choice, the questions of this exam. Of a deck you choose, also those that have no task of it.';
export const tasks = 'Tasks';
export const tags = 'Tags';
export const tagsHelp = 'A question needs one of them.';
export const levels = 'Difficulty';
export const levelNames: Record<Difficulty, string> = {
  easy: 'Easy',
  medium: 'Medium',
  hard: 'Hard',
};
export const clock = 'Clock';
export const clocks = { none: 'None', pace: 'The exam’s pace', minutes: 'Minutes' } as const;
export const minutes = 'Minutes in all';
export const feedback = 'Reasons';
export const feedbacks = { each: 'After each answer', end: 'At the end' } as const;
export const any = (what: string) => `Any of the ${what}`;
export const chosen = (name: string, count: number) =>
  count === 0 ? name : `${name}: ${figures(count)} chosen`;
export const rules = {
  scale: 'You chose the questions, so there is no score on the scale of the exam.',
  explained:
    'Check an answer to see whether it is right and why. After that it stands; the clock stands while you read.',
  silent: 'Nothing is marked right or wrong until the end.',
  clock: 'When the time is up the paper ends. What you have not answered counts as wrong in it.',
  noClock: 'There is no clock.',
  forecast: 'The forecast counts it as it counts a drill.',
  unmapped: 'Questions without a task of this exam stay out of the forecast.',
};
export const begin = (items: number) => `Begin with ${counted(items, 'question')}`;
