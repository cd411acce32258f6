import type {
  CardView,
  ExamView,
  Outcome,
  PlannedDay,
  PlannedDrill,
  PlanView,
  SittingSummary,
  StudyView,
  TaskName,
  TodayView,
} from '../api/client';
import { isRetired, paperFacts } from './exam-facts';
import { counted, countedInWords, figures, listed, sentence } from './numbers';
import { shortDate, shortTime, timeOfDay, weekdayDate } from './time';

export const title = 'Today';
export const start = 'Start a mock exam';
export const startCards = (card: CardView) =>
  card.phase === 'new' ? 'Start with the new cards' : 'Start with the due cards';
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
export function next(
  today: TodayView,
  cards: number,
  plan: PlanView | null = null,
  usedUp = false,
): string {
  if (today.running) return stillRuns(today.running);
  if (usedUp) return shortened.usedUp(plan?.budget_minutes ?? null);
  if (cards > 0 && plan) {
    if (plan.budget_minutes !== null) return `${shortened.now(plan.budget_minutes)}.`;
    const parts = [
      counted(plan.due + plan.new, 'card'),
      ...(plan.drill ? [countedInWords(plan.drill.questions, 'question')] : []),
    ];
    return `Today is ${listed(parts)}, about ${counted(minutesOf(plan), 'minute')}.`;
  }
  if (cards > 0) return `Today is ${counted(cards, 'card')}.`;
  const last = today.finished.find((one) => one.outcome !== null);
  if (last?.outcome) return `${last.title} ${inShort(last.outcome)}.`;
  const { exam } = today;
  if (!exam || exam.largest_paper === 0) return '';
  if (exam.largest_paper < exam.items) {
    return `For now a mock has ${counted(exam.largest_paper, 'question')}.`;
  }
  return `A full mock is ${counted(exam.items, 'question')} in ${counted(exam.minutes, 'minute')}.`;
}

/** `1 h 12 min left.`, `7 of 20 answered.` */
function stillRuns(running: SittingSummary): string {
  if (running.timed) return `${shortTime(running.remaining_ms)} left.`;
  return `${running.answered} of ${running.items} answered.`;
}

function inShort(outcome: Outcome): string {
  if (outcome.passed) {
    return outcome.low >= outcome.pass
      ? 'was a clear pass'
      : 'was a pass, but too close to rely on';
  }
  return outcome.high < outcome.pass ? 'fell short' : 'fell short, within reach of a pass';
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

/** Minutes that what waits today takes. */
export const minutesOf = (plan: PlanView) =>
  plan.due_minutes + plan.new_minutes + (plan.drill?.minutes ?? 0);

/** A day that is to be shorter than planned. */
export const shortened = {
  offer: (minutes: number) => `I have ${counted(minutes, 'minute')}`,
  now: (minutes: number) => `Today is shortened to ${counted(minutes, 'minute')}`,
  first: 'The cards most worth it come first; the rest keep.',
  back: 'Take that back',
  usedUp: (minutes: number | null) =>
    minutes === null
      ? 'The time set for today is used up.'
      : `The ${counted(minutes, 'minute')} for today are used up.`,
} as const;

const WEEKDAY_DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

/** The days up to the exam. */
export const until = {
  title: (goal: boolean) => (goal ? 'Until your practice goal' : 'Until the exam'),
  aside: 'Planned minutes per day',
  /** `Today`, with its minutes where they stand nowhere else. */
  today: (day?: PlannedDay) => (day ? `Today, ${figures(day.minutes)} min` : 'Today'),
  tick: (date: string) => shortDate(date),
  minutes: (day: PlannedDay) => `${figures(day.minutes)} min`,
  /** `Exam, Wed 17` */
  line(date: string, goal: boolean): string {
    const time = Date.parse(`${date}T00:00:00Z`);
    return `${goal ? 'Goal' : 'Exam'}, ${WEEKDAY_DAY.format(time)} ${Number(date.slice(8))}`;
  },
  day: (day: PlannedDay, today: string) =>
    `${weekdayDate(day.date, today)}: ${figures(day.minutes)} min, ${counted(day.reviews, 'review')}, ${counted(day.new, 'new card')}`,
  finding(days: readonly PlannedDay[], today: string): string {
    const top = days.reduce((best, day) => (day.minutes > best.minutes ? day : best));
    const all = days.reduce((sum, day) => sum + day.minutes, 0);
    const now = days[0] ? `${figures(days[0].minutes)} minutes today` : '';
    return `${now}, ${shortTime(all * 60_000)} over ${counted(days.length, 'day')}. The fullest is ${weekdayDate(top.date, today)} with ${counted(top.minutes, 'minute')}.`;
  },
  /** Where the plan ends before the exam. */
  cut: (days: number) => `The first ${figures(days)} days are shown.`,
  columns: { day: 'Day', reviews: 'Reviews', fresh: 'New', minutes: 'Minutes' },
} as const;

/** What the day holds, in rows. */
export const agenda = {
  title: 'Today',
  done: 'Cards so far',
  given: (view: StudyView, plan: PlanView | null) =>
    plan
      ? `${figures(plan.done)} reviewed, ${figures(plan.recalled)} recalled`
      : `${counted(view.done, 'answer')} given`,
  minutes: (minutes: number) => `${figures(minutes)} min`,
  /** `12 of 67 min done` */
  progress(plan: PlanView): string {
    if (plan.budget_minutes !== null) return `Shortened to ${figures(plan.budget_minutes)} min`;
    const all = plan.minutes_done + minutesOf(plan);
    return plan.done > 0 ? `${figures(plan.minutes_done)} of ${figures(all)} min done` : '';
  },
  review: 'Review due cards',
  due(view: StudyView, plan: PlanView | null): string {
    const steps = view.steps + view.steps_later;
    const again = steps > 0 ? `${figures(steps)} to see again` : '';
    const due = view.review > 0 ? `${figures(view.review)} due` : '';
    const late = plan && plan.overdue > 0 ? `${figures(plan.overdue)} overdue` : '';
    return [due, late, again].filter(Boolean).join(', ');
  },
  drill: ({ questions }: PlannedDrill) =>
    `${sentence(countedInWords(questions, 'question'))}, untimed`,
  task: ({ id, title: name }: TaskName) => `${id} ${name}`,
  learn: (view: StudyView) => `Learn ${counted(view.new, 'new card')}`,
  afterDue: 'After the due cards',
  mostly: ({ id, title: name }: TaskName) => `Mostly ${id} ${name}`,
  later: (view: StudyView) =>
    `${sentence(countedInWords(view.steps_later, 'card'))} to see again later`,
  next: (ms: number, now: number) => `The next at ${timeOfDay(ms, now)}`,
} as const;
