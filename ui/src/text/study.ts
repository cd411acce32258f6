import type { CardView, Grade, HeldBack, StudyView, Wait } from '../api/client';
import { counted, countedInWords, figures, sentence } from './numbers';
import { dayMonth, shortTime, timeOfDay } from './time';

export const title = 'Study';
export const end = 'End session';
export const cardLabel = 'Card';
export const answerLabel = 'Answer';
export const showAnswer = 'Show answer';
export const howWell = 'How well did you recall it?';
export const spaceToo = 'Space';

export const leftCount = figures;
export const left = 'left';

/** `26 due · 9 learning · 3 new` */
export function counts(view: StudyView): string {
  const { review, steps, steps_later: later, new: fresh } = view;
  return `${figures(review)} due · ${figures(steps + later)} learning · ${figures(fresh)} new`;
}

export const progress = (done: number, waiting: number) =>
  `${counted(done, 'answer')} given today, ${counted(waiting, 'card')} left`;

export const task = (id: string, name: string | null) => (name === null ? id : `${id} ${name}`);

export const grades: Record<Grade, string> = {
  again: 'Again',
  hard: 'Hard',
  good: 'Good',
  easy: 'Easy',
};

const MONTH_DAYS = 365.25 / 12;

/** `10 min`, `4 days`, `2 months`, `1.5 years`. */
export function wait({ unit, count }: Wait): string {
  if (unit === 'minutes') return shortTime(count * 60_000);
  if (count === 0) return 'Today';
  if (count < 60) return counted(count, 'day');
  const months = toTenths(count / MONTH_DAYS);
  return months < 12 ? counted(months, 'month') : counted(toTenths(months / 12), 'year');
}

const toTenths = (count: number) => Math.round(count * 10) / 10;

/** Stands beside an interval and before its note. */
export const heldBackMark: Record<HeldBack, string> = { before_exam: '*', higher_recall: '†' };

/** Why an interval is shorter than the memory asks for. */
export function heldBack(
  why: HeldBack,
  examDate: string | null,
  today: string | undefined,
): string {
  if (why === 'higher_recall') return 'Sooner, because recall is aimed higher as the exam nears';
  const when = examDate === null ? 'the exam' : dayMonth(examDate, today);
  return `Held back, so that you see it once more before ${when}`;
}

export const flag = 'Flag';
export const flagged = 'Flagged';
export const undo = 'Undo';
export const suspend = 'Suspend';
export const bury = 'Bury';
export const allKeys = 'All keys';

export const edit = 'Edit';
export const fromQuestion = 'Made from a question';
export const typed = {
  label: 'Your answer',
  hint: 'Enter compares it with the answer.',
  compare: 'Compare',
  comparison: 'Your answer compared',
  right: 'Right',
  different: 'Different',
  yours: 'You wrote',
  answer: 'The answer',
} as const;

/** `Seen 7 times, recalled 5 of 6`: of the times it came back after days. */
export function past(card: Pick<CardView, 'seen' | 'recalled' | 'reviewed'>): string {
  if (card.seen === 0) return 'Not seen before';
  const seen = `Seen ${times(card.seen)}`;
  if (card.reviewed === 0) return seen;
  return `${seen}, recalled ${figures(card.recalled)} of ${figures(card.reviewed)}`;
}

const times = (count: number) =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${figures(count)} times`;

export const leech = 'Card suspended: it keeps being forgotten. Reword it or split it.';
export const suspended = 'Card suspended.';
export const buried = 'Card put off to tomorrow.';

/** What there is to say when no card is due now. */
export const over = {
  headline(view: StudyView, now: number): string {
    if (view.next_step_ms !== null) {
      return `Nothing is due until ${timeOfDay(view.next_step_ms, now)}.`;
    }
    return view.done > 0 ? 'Done for today.' : 'No cards are due today.';
  },
  given: (view: StudyView) => (view.done > 0 ? `${counted(view.done, 'answer')} given.` : ''),
  body(view: StudyView): string {
    if (view.next_step_ms === null) return 'Each card comes back on the day it is due.';
    const later = view.steps + view.steps_later;
    const back = later === 1 ? 'comes' : 'come';
    return `${sentence(countedInWords(later, 'card'))} ${back} back later. The next appears here when it is due.`;
  },
  today: 'Back to Today',
  usedUp: 'The time you set for today is used up.',
  waiting(view: StudyView): string {
    const cards = view.new + view.steps + view.steps_later + view.review;
    const wait = cards === 1 ? 'waits' : 'wait';
    return `${sentence(countedInWords(cards, 'card'))} still ${wait}. They keep until tomorrow, or you carry on now.`;
  },
  more: 'Carry on with the rest',
} as const;
