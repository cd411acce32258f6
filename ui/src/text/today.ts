import type { ExamView, Outcome, SittingSummary, TodayView } from '../api/client';
import { isRetired, paperFacts } from './exam-facts';
import { countedInWords, sentence } from './numbers';
import { shortTime, weekdayDate } from './time';

export const title = 'Today';
export const start = 'Start a mock exam';
export const resume = (sitting: SittingSummary) => `Resume ${sitting.title}`;
export const papers = 'Past papers';
export const allPapers = 'All exams';
export const ended = (exam: ExamView) => `${exam.code} has ended`;
export const lastResult = (sitting: SittingSummary) => sitting.title;
export const openResult = 'See the result';
export const holds = 'What the paper holds';
export const columns = {
  domain: 'Domain',
  weight: 'Share of the score',
  questions: 'Questions here',
};
export const percent = (share: number) => `${Math.round(share)}%`;

/** The first sentence: how far the day is, or that an exam is running. */
export function opening(today: TodayView): string {
  if (today.running) return `${today.running.title} is running.`;
  const { days_left: days, exam } = today;
  if (days === null) return 'No exam date yet.';
  const goal = exam !== null && isRetired(exam, today.profile.exam_date ?? today.date);
  const what = goal ? 'your practice goal' : 'the exam';
  if (days === 0) return goal ? 'Your practice goal is today.' : 'The exam is today.';
  if (days > 0) return `${sentence(countedInWords(days, 'day'))} to ${what}.`;
  const date = weekdayDate(today.profile.exam_date ?? '', today.date);
  return goal ? `Your practice goal was ${date}.` : `The exam was on ${date}.`;
}

/** The second sentence: what there is to do, or what is left. */
export function next(today: TodayView): string {
  if (today.running) return `${shortTime(today.running.remaining_ms)} left.`;
  const last = today.finished[0];
  if (last?.outcome) {
    const { scaled, low, high } = last.outcome;
    return `${last.title} came out at ${scaled}, most likely ${low} to ${high}.`;
  }
  return today.exam ? `A full mock is ${paperFacts(today.exam)}.` : '';
}

/** The last result, with its doubt. */
export function lastSentence(outcome: Outcome): string {
  const where =
    outcome.low >= outcome.pass
      ? `All of that lies at or above the pass mark, ${outcome.pass}.`
      : outcome.high < outcome.pass
        ? `All of that lies below the pass mark, ${outcome.pass}.`
        : `The pass mark, ${outcome.pass}, lies within.`;
  return `Your ability is most likely between ${outcome.low} and ${outcome.high}. ${where}`;
}

export const ofTheScale = 'scaled score';

export const paper = (exam: ExamView) => sentence(paperFacts(exam));
export const scoring = 'How it is scored';

export function scoringBody(exam: ExamView): string {
  const apart = exam.items - exam.scored_items;
  const counts =
    apart > 0
      ? `${exam.scored_items} of the ${exam.items} questions count; the other ${apart} are on trial and look the same. `
      : '';
  return `${counts}The scale runs from ${exam.scale_min} to ${exam.scale_max}, and ${exam.pass} passes. Sitwell estimates it and always shows how far off it may be.`;
}
