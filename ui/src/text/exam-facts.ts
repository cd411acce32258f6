import type { ExamView } from '../api/client';
import { counted, figures, listed } from './numbers';
import { longDate } from './time';

/** `65 questions, 180 minutes, pass at 750` */
export function paperFacts(exam: ExamView): string {
  return `${counted(exam.items, 'question')}, ${counted(exam.minutes, 'minute')}, pass at ${exam.pass}`;
}

/** Whether the exam is no longer offered on a day. ISO dates compare as text. */
export function isRetired(exam: ExamView, day: string): boolean {
  return exam.last_sitting !== null && exam.last_sitting < day;
}

export function questionsHere(exam: ExamView): string {
  return counted(exam.questions, 'question');
}

/** What a retired exam means, in two or three sentences. */
export function retiredNotice(exam: ExamView): string {
  const ended = `${exam.provider} ended ${exam.code} on ${longDate(exam.last_sitting ?? '')}.`;
  if (exam.successors.length === 0) return ended;
  const names = exam.successors.map((successor) =>
    successor.title === successor.code ? successor.code : `${successor.title} (${successor.code})`,
  );
  return `${ended} ${names.length === 1 ? 'Its successor is' : 'Look at'} ${listed(names)} instead.`;
}

export const goalNotice =
  'You can still practise on it; a date that you set here is a practice goal.';

export function lastDay(exam: ExamView): string {
  return `The last day ${exam.provider} offers ${exam.code} is ${longDate(exam.last_sitting ?? '')}.`;
}

/** Why no paper, or only a smaller one, can be drawn now. */
export function shortfall(exam: ExamView): string | null {
  if (exam.largest_paper >= exam.items) return null;
  if (exam.shortfall !== null) return exam.shortfall;
  return exam.largest_paper === 0
    ? 'There are not enough questions yet to draw a paper.'
    : `The largest paper that can be drawn now has ${figures(exam.largest_paper)} questions.`;
}
