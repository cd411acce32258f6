import type { ExamView } from '../api/client';
import { counted, inWords } from './numbers';
import { daysBetween, weekdayDate } from './time';

export const title = 'Welcome';
export const headline = 'Know whether you are ready.';
export const lead =
  'Full-length mock exams with the real clock, and results that say how sure they are.';
export const illustration =
  'Illustration: an estimate that narrows as you answer questions, and rises past the pass mark';
export const you = 'You';
export const passMark = 'Pass';
export const stays = 'No account. Your answers and results stay on this computer.';

export const which = 'Which exam?';
export const noQuestions = 'There are no questions for it yet.';
export const when = 'When do you sit it?';
export const whenGoal = 'When do you want to be ready?';
export const date = 'Date';
export const notBooked = 'Not booked yet';
export const noGoal = 'No date';
export const setLater = 'You can set a date later, in Settings.';
export const badDate = 'Choose a day from today on.';
export const where = 'Where are you now?';
export const start = 'Start a full mock';
export const begin = (items: number) => `Begin with ${counted(items, 'question')}`;
export const beginHelp =
  'Or begin with a few questions, without a clock: a first estimate, and a wide one.';
export const skip = 'Skip for now';
export const nothingToSit =
  'No exam has questions yet, so there is nothing to sit. Sitwell comes with questions; if you see this, install it again.';

/** `Wednesday 17 December, 23 days from now` */
export function fromNow(iso: string, today: string): string {
  const days = daysBetween(today, iso) ?? 0;
  const how = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `${counted(days, 'day')} from now`;
  return `${weekdayDate(iso, today)}, ${how}`;
}

export function mock(exam: ExamView | undefined): string {
  if (!exam) return '';
  const size =
    exam.largest_paper < exam.items
      ? `A mock of ${counted(exam.largest_paper, 'question')}, the most that can be drawn now`
      : `${counted(exam.items, 'question')} across all ${inWords(exam.domains.length)} domains, ${exam.minutes} minutes`;
  return `${size}. The clock runs as in the real exam. One paper tells roughly where you are, and the result says how roughly.`;
}
