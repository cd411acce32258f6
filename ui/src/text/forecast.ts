import type { Chance, ExamView, ForecastView } from '../api/client';
import { goalNotice, retiredNotice } from './exam-facts';
import { percent, range } from './chance';
import { sentence } from './numbers';
import { dayMonth, weekdayDate } from './time';

export const title = 'Forecast';
export const startMock = 'Start a mock exam';
export const settings = 'Settings';

/** Whether there is nothing yet that a forecast could rest on. */
export function knowsNothing({ evidence }: ForecastView): boolean {
  return evidence.answers + evidence.repeated + evidence.mocks + evidence.cards === 0;
}

/** What is forecast, above the statement. */
export function over(view: ForecastView): string {
  const { date, today } = view;
  if (date === null) return 'Forecast for today; no exam date is set';
  const day = weekdayDate(date, today);
  if (date < today) {
    return view.goal
      ? `Forecast for today; your practice goal was ${day}`
      : `Forecast for today; the exam was on ${day}`;
  }
  return view.goal ? `Forecast for your practice goal, ${day}` : `Forecast for ${day}`;
}

/** What a chance comes to, from this one upward. */
const VERDICTS: readonly (readonly [number, string])[] = [
  [0.95, 'almost certainly pass'],
  [0.85, 'very likely pass'],
  [0.65, 'probably pass'],
  [0.55, 'pass a little more often than not'],
  [0.45, 'pass about as often as not'],
  [0.35, 'fall short a little more often than not'],
  [0.15, 'probably fall short'],
  [0.05, 'very likely fall short'],
  [0, 'almost certainly fall short'],
];

const ODDS: readonly (readonly [number, string])[] = [
  [1 / 20, 'one time in twenty'],
  [1 / 10, 'one time in ten'],
  [1 / 5, 'one time in five'],
  [1 / 4, 'one time in four'],
  [1 / 3, 'one time in three'],
  [2 / 5, 'two times in five'],
  [1 / 2, 'every other time'],
  [3 / 5, 'three times in five'],
  [2 / 3, 'two times in three'],
  [3 / 4, 'three times in four'],
  [4 / 5, 'four times in five'],
  [9 / 10, 'nine times in ten'],
  [19 / 20, 'nineteen times in twenty'],
];

function odds(p: number): string {
  if (p > 0.975) return 'more than nineteen times in twenty';
  if (p < 0.025) return 'less than one time in twenty';
  const nearest = ODDS.reduce((best, one) =>
    Math.abs(one[0] - p) < Math.abs(best[0] - p) ? one : best,
  );
  return `about ${nearest[1]}`;
}

/** A 90 % interval this wide says more than the chance within it. */
const WIDE = 0.5;

function doubt(chance: Chance): string {
  if (chance.high90 - chance.low90 >= WIDE) {
    return `but the data allow anything from ${range(chance.low90, chance.high90)}`;
  }
  if (chance.p >= 0.9 && chance.low90 >= 0.8) return 'as safe a bet as can be known';
  if (chance.p >= 0.65) return 'not yet a safe bet';
  if (chance.p >= 0.35) return 'too close to call';
  return 'with work left to do';
}

/** A chance in words, in two sentences: what it comes to, and how far to rely on it. */
export function inSentences(chance: Chance, onTheDay: boolean): [string, string] {
  const verdict = (VERDICTS.find(([least]) => chance.p >= least) ?? ['', 'fall short'])[1];
  const first = onTheDay ? `You would ${verdict}.` : `If you sat today, you would ${verdict}.`;
  const often = chance.p >= 0.45 ? odds(chance.p) : `${odds(chance.p)} you would pass`;
  return [first, `${sentence(often)}, ${doubt(chance)}.`];
}

/** The opening of the screen. */
export function statement(view: ForecastView): [string, string] {
  if (knowsNothing(view)) {
    return [
      'Sitwell knows nothing about your chances yet.',
      'One mock exam is enough for a first estimate.',
    ];
  }
  return inSentences(view.date_chance ?? view.today_chance, view.date_chance !== null);
}

/** What is done with a day that can no longer be an exam. */
export function goalNote(exam: ExamView | null): string {
  return exam === null
    ? `This exam is no longer given. ${goalNotice}`
    : `${retiredNotice(exam)} ${goalNotice}`;
}

export const nothing = {
  title: 'What it will rest on',
  body: 'The forecast learns from what you answer: mock exams first, then questions and cards. After the first paper this page shows how likely you are to pass, how sure that is, and which hours would help most.',
};

export const chance = {
  title: 'Chance of passing',
  inner: '50%',
  outer: '90% interval',
  sitToday: (now: Chance) => `${percent(now.p)} if you sat today`,
  today: (now: Chance) => `${percent(now.p)} today`,
  onPlan: (on: Chance) => `${percent(on.p)} on plan`,
  whatIf: (on: Chance) => `${percent(on.p)} what if`,
  todayMark: 'Today',
  dayMark: (day: string, goal: boolean) => `${goal ? 'Goal' : 'Exam'}, ${day}`,
  scroll: 'Chance of passing by day',
  columns: {
    date: 'Date',
    kind: 'Kind',
    p: 'Chance',
    inner: '50% interval',
    outer: '90% interval',
  },
  kinds: { measured: 'Measured', projected: 'On plan', whatIf: 'What if' },
  finding(view: ForecastView, whatIf: Chance | null): string {
    const now = view.today_chance;
    const first = view.past[0]?.date ?? view.today;
    const until = view.date_chance === null ? view.today : (view.date ?? view.today);
    const between = `Chance of passing from ${dayMonth(first, view.today)} to ${dayMonth(until, view.today)}.`;
    const today = `${percent(now.p)} today, 90% interval ${range(now.low90, now.high90)}`;
    const on = view.date_chance;
    if (on === null) return `${between} ${today}.`;
    const plan = `${percent(on.p)} on the day on the present plan, 90% interval ${range(on.low90, on.high90)}`;
    const other =
      whatIf === null
        ? ''
        : `; ${percent(whatIf.p)} on the plan being tried, 90% interval ${range(whatIf.low90, whatIf.high90)}`;
    return `${between} ${today}; ${plan}${other}.`;
  },
} as const;

export const abilities = {
  title: 'Ability by domain',
  aside: 'Score scale, today',
  passMark: (pass: number) => `Pass mark, ${pass}`,
  columns: { domain: 'Domain', interval: '90% interval', inner: '50% interval', score: 'Score' },
  scores: (low: number, high: number) => `${Math.round(low)} to ${Math.round(high)}`,
  finding: (title: string, score: number, low: number, high: number) =>
    `${title}: ${Math.round(score)}, 90% interval ${Math.round(low)} to ${Math.round(high)}`,
} as const;

export const dots = {
  title: (onTheDay: boolean) => (onTheDay ? 'Score on the day' : 'Score if you sat today'),
  note: 'Twenty equally likely results.',
  triedNote: 'Twenty equally likely results on the plan being tried.',
  each: 'Each dot is one of twenty equally likely scores.',
  short: (count: number) => `${count} ${count === 1 ? 'falls' : 'fall'} short`,
  pass: (count: number) => `${count} ${count === 1 ? 'passes' : 'pass'}`,
  columns: { score: 'Score', outcome: 'Outcome' },
  outcome: (passes: boolean) => (passes ? 'Passes' : 'Falls short'),
  scroll: 'Twenty equally likely scores',
  finding: (pass: number, above: number, below: number) =>
    `Twenty equally likely results: ${above} at or above ${pass}, ${below} below.`,
} as const;

export const readiness = {
  title: 'Readiness',
  open: 'Forecast',
  chance: 'chance of passing',
  when(view: ForecastView): string {
    if (view.date_chance === null || view.date === null) return 'If you sat today.';
    const day = dayMonth(view.date, view.today);
    return view.goal
      ? `On ${day}, your practice goal, if you keep to the plan.`
      : `On ${day}, if you keep to the plan.`;
  },
  allow: (on: Chance) => `The data allow anything from ${range(on.low90, on.high90)}.`,
  holding: (domain: string) => `Holding you back: domain ${domain}.`,
  estimate: (score: number, pass: number) =>
    `Your estimate there is ${Math.round(score)}. The pass mark is ${pass}.`,
  nothing:
    'Nothing is known of your chances yet. After one mock exam this shows how likely you are to pass, and how sure that is.',
} as const;

export const real = {
  enter: 'Enter a real result',
  title: 'How did the real exam go?',
  body: 'Sitwell keeps it on this computer and scores its own forecasts against it.',
  date: 'Day of the exam',
  badDate: 'Give the day of the exam, today at the latest.',
  outcome: 'Outcome',
  passed: 'Passed',
  failed: 'Not passed',
  badOutcome: 'Say whether you passed.',
  score: 'Scaled score, if you know it',
  badScore: (low: number, high: number) =>
    `A scaled score is a whole number from ${low} to ${high}. Leave it empty if you do not know it.`,
  keep: 'Keep the result',
  cancel: 'Cancel',
  kept: 'Result kept',
} as const;

/** `a quarter`, for a share that narrows the range; empty where it hardly does. */
export function shareInWords(share: number): string {
  const words: readonly (readonly [number, string])[] = [
    [0.1, 'a tenth'],
    [0.2, 'a fifth'],
    [0.25, 'a quarter'],
    [1 / 3, 'a third'],
    [0.5, 'half'],
  ];
  if (share < 0.05) return '';
  return words.reduce((best, one) =>
    Math.abs(one[0] - share) < Math.abs(best[0] - share) ? one : best,
  )[1];
}
