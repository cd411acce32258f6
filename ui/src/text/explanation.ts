import type { Beforehand, Difficulty, MomentView, ResultLine } from '../api/client';
import { range } from './chance';
import { counted, listed } from './numbers';
import { clockFace } from './time';

export const title = (position: number) => `Question ${position + 1}`;
export const previous = 'Previous';
export const next = 'Next';

/** What the questions gone through have in common. */
export const among = {
  all: 'all questions',
  wrong: 'wrong answers',
  flagged: 'flagged questions',
  changed: 'changed answers',
  unscored: 'questions that do not count',
  surprise: 'sure and wrong',
  right: 'right answers',
  unsure: 'answers you were not sure of',
} as const;
export const found = (query: string) => `found by “${query}”`;
export const place = (index: number, count: number) => `${index + 1} of ${count}`;

export const makeCard = 'Make a card';
export const made = 'Card made. It waits among the new cards.';
export const madeBefore = 'There is a card of this question already.';

export const correct = 'Correct answer';
export const correctYours = 'Correct answer, and yours';
export const correctMissed = 'Correct answer, not chosen';
export const yours = 'Your answer';
export const leftEmpty = 'You left it empty';
export const unused = 'Not used';
export const why = 'Why';
export const readMore = 'Read more';
export const checked = (date: string) => `Facts checked on ${date}.`;

/** `Changed once, from B`: the answers given before the last one. */
export function changedFrom(answers: readonly string[]): string {
  const before = answers.slice(0, -1).map((letters) => (letters === '' ? 'blank' : letters));
  if (before.length === 0) return '';
  const times =
    before.length === 1 ? 'once' : before.length === 2 ? 'twice' : `${before.length} times`;
  return `Changed ${times}, from ${listed(before).replace(' and ', ', then ')}`;
}

export const facts = {
  title: 'This answer',
  result: 'Result',
  right: 'Correct',
  wrong: 'Wrong',
  blank: 'Left blank',
  said: 'You said',
  time: 'Time',
  longest: 'your longest',
  share: (face: string) => `an even share is ${face}`,
  chance: 'Chance Sitwell gave you',
  difficulty: 'Difficulty',
  author: 'as its author judged it',
  counted: 'Counts',
  counts: 'Yes',
  countsBody: (scored: number) => `one of the ${scored} scored`,
  countsNot: 'No',
  countsNotBody: (unscored: number) => `one of the ${unscored} unscored`,
} as const;

/** How far the chance given beforehand can be trusted, and what it was made from. */
export function trust({ low90, high90, answers, repeated }: Beforehand): string {
  const met = repeated ? ' You had met the question before.' : '';
  return `before this paper, from ${counted(answers, 'answer')} given until then; as your ability was known, ${range(low90, high90)}.${met}`;
}

export const timeline = {
  title: 'What you did',
  at: (ms: number) => clockFace(ms),
} as const;

const MOMENTS = {
  seen: 'On screen',
  answered: 'Answered',
  cleared: 'Answer taken back',
  flagged: 'Flagged',
  unflagged: 'Flag taken away',
  guess: 'Said: a guess',
  fairly: 'Said: fairly sure',
  sure: 'Said: sure',
  unsaid: 'Took back how sure',
  checked: 'Checked',
} as const;

/** `Answered B` */
export const moment = ({ what, letters }: MomentView): string =>
  letters === '' ? MOMENTS[what] : `${MOMENTS[what]} ${letters}`;

export const drill = {
  add: 'Add to my list',
  remove: 'Take off my list',
  added: 'On your list. A drill can draw from it.',
  removed: 'Taken off your list.',
} as const;

export const similar = {
  title: 'Questions like it',
  opens: 'opens in Browse',
  right: 'Right last time',
  wrong: 'Wrong last time',
  never: 'Not asked yet',
  add: (number: number) => `Add to my list: question ${number}`,
  remove: (number: number) => `Take off my list: question ${number}`,
} as const;

export const levels: Record<Difficulty, string> = { easy: 'Easy', medium: 'Medium', hard: 'Hard' };

/** What an answer is worth looking at for, when there is something to say. */
export function lesson(line: ResultLine): string | null {
  if (line.chosen === '') return 'You left it blank, and a blank counts as wrong.';
  if (line.confidence === 'sure' && !line.correct) {
    return 'You were sure, and wrong. These are worth the most to correct.';
  }
  if (line.confidence === 'guess' && line.correct) {
    return 'You guessed, and were right. It would be chance to count on it again.';
  }
  if (line.change === 'right-to-wrong') return 'Your first answer was right.';
  return null;
}

export const open = {
  title: 'Open this page in your browser?',
  body: 'It leaves Sitwell. Your browser loads the page; Sitwell itself sends nothing.',
  go: 'Open in the browser',
  stay: 'Stay here',
  running: 'opens in your browser',
} as const;
