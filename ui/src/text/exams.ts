import type { Mode, Outcome, SittingSummary } from '../api/client';
import { counted } from './numbers';
import { localDay, shortDate, shortTime, weekdayDate } from './time';

export const title = 'Exams';
export const start = 'Start a mock exam';
export const other = 'Diagnostic, section test or drill';
export const resume = (sitting: SittingSummary) => `Resume ${sitting.title}`;

export const running = 'Running';
export const finished = 'Finished';
export const columnsOfActions = 'Actions';
export const columns = {
  title: 'Exam',
  date: 'Date',
  answered: 'Answered',
  score: 'Score',
  interval: '95% interval',
  outcome: 'Outcome',
} as const;

export const passed = 'Pass';
export const failed = 'Not a pass';
export const expired = 'Time ran out';
export const notScored = 'No result';

export const givenUp = 'Given up';
export const again = (outcome: Outcome) => `${outcome.scaled} marked again`;
export const againCorrect = (correct: number) => `${correct} marked again`;
export const deleteOne = (title: string) => `Delete ${title}`;
export const deleted = (title: string) => `${title} is deleted.`;

export const filter = {
  label: 'Show',
  all: 'All',
  modes: {
    mock: 'Mocks',
    section: 'Section tests',
    diagnostic: 'Diagnostics',
    drill: 'Drills',
    custom: 'Your own',
  } satisfies Record<Mode, string>,
} as const;

export const abandon = {
  button: 'Give up',
  title: (name: string) => `Give up ${name}?`,
  body: 'It ends without a result and cannot be resumed. The forecast takes nothing from it, but the questions count as seen.',
  confirm: 'Give it up',
  cancel: 'Keep it',
  done: (name: string) => `${name} is given up.`,
} as const;

export const passLine = (pass: number) => `Vertical line: pass mark, ${pass}`;

export function sat(sitting: SittingSummary, today: string): string {
  return weekdayDate(localDay(sitting.started_ms), today);
}

export function satShort(sitting: SittingSummary, today: string): string {
  return shortDate(localDay(sitting.started_ms), today);
}

export function answered(sitting: SittingSummary): string {
  return `${sitting.answered} of ${sitting.items}`;
}

/** `1 h 12 min left, 31 of 65 answered.` */
export function stillLeft(sitting: SittingSummary): string {
  if (!sitting.timed) return `${answered(sitting)} answered.`;
  return `${shortTime(sitting.remaining_ms)} left, ${answered(sitting)} answered.`;
}

export const noClock = 'No clock runs. Go on whenever you like.';
export const clockRuns = 'The clock runs on while you are away, as in the real exam.';

/** What the mark of a finished sitting shows. */
export function finding(title: string, outcome: Outcome): string {
  const side = outcome.passed ? 'at or above' : 'below';
  return `${title}: ${outcome.scaled}, 95% interval ${outcome.low} to ${outcome.high}, ${side} the pass mark ${outcome.pass}`;
}

export function sittings(count: number): string {
  return counted(count, 'exam');
}

export const empty = {
  title: 'No mock exam yet.',
  body: 'A mock has the length, the time and the mix of the real exam. Its result says how sure it is.',
} as const;
