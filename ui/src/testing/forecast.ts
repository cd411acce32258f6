import type {
  AuditBin,
  AuditView,
  Chance,
  DomainForecast,
  ForecastPoint,
  ForecastView,
  NextAction,
  StudyPlan,
  WhatIfView,
} from '../api/client';
import type { Desk, Input } from './desk';

const TODAY = '2025-11-24';
const DAY_MS = 86_400_000;

const after = (from: string, days: number) =>
  new Date(Date.parse(from) + Math.round(days) * DAY_MS).toISOString().slice(0, 10);
const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** A chance with intervals that are `spread` wide on the logit scale. */
export function likely(p: number, spread: number): Chance {
  const middle = Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6));
  const at = (z: number) => logistic(middle + z * spread);
  return { p, low90: at(-1.645), low50: at(-0.674), high50: at(0.674), high90: at(1.645) };
}

function points(from: string, days: number, count: number, at: (t: number) => Chance) {
  return Array.from({ length: count }, (_, index): ForecastPoint => {
    const t = count === 1 ? 1 : index / (count - 1);
    return { date: after(from, t * days), chance: at(t) };
  });
}

const WOBBLE = [0, 0.1, 0.3, 0.24, 0.35, 0.3, 0.05, -0.2, -0.1, 0.2, 0.1, -0.2, -0.3, -0.4, -0.2];

const measured = () =>
  points('2025-10-04', 51, 18, (t) => {
    const wobble = (WOBBLE[Math.round(t * (WOBBLE.length - 1))] ?? 0) * (1 - t);
    return likely(logistic(-1 + 1.66 * t + wobble), 0.75 - 0.42 * t);
  });

function projected(to: Chance, days: number): ForecastPoint[] {
  const from = 0.66;
  const spread = (Math.log(to.high90 / (1 - to.high90)) - Math.log(to.p / (1 - to.p))) / 1.645;
  return points(TODAY, days, 12, (t) =>
    likely(from + (to.p - from) * t, 0.33 + (spread - 0.33) * Math.sqrt(t)),
  );
}

const domain = (index: number, title: string, score: number, half: number): DomainForecast => ({
  id: String(index + 1),
  index,
  title,
  score,
  low90: score - half,
  low50: score - half * 0.41,
  high50: score + half * 0.41,
  high90: score + half,
});

const bin = (predicted: number, hits: number, of: number, half: number): AuditBin => ({
  predicted,
  happened: {
    hits,
    of,
    low: Math.max(0, hits / of - half),
    high: Math.min(1, hits / of + half),
  },
});

const task = (
  id: string,
  title: string,
  domain_index: number,
  parts: Omit<NextAction, 'kind' | 'narrows'> & { cards: number; questions: number },
): NextAction => {
  const { cards, questions, ...rest } = parts;
  return {
    kind: { do: 'task', task: id, title, domain_index, cards, questions },
    narrows: 0.03,
    ...rest,
  };
};

const figuresOf = (
  minutes: number,
  gain: number,
  plus_minus: number,
  hour: [number, number, number],
) => ({
  minutes,
  gain,
  plus_minus,
  per_hour: hour[0],
  per_hour_low: hour[1],
  per_hour_high: hour[2],
});

const actions = (): NextAction[] => [
  task('3.4', 'Perform hyperparameter optimization', 2, {
    ...figuresOf(50, 3.1, 1.2, [3.7, 2.3, 5.1]),
    cards: 18,
    questions: 10,
  }),
  task('4.4', 'Deploy and operationalize ML solutions', 3, {
    ...figuresOf(70, 3.4, 1.5, [2.9, 1.6, 4.2]),
    cards: 14,
    questions: 20,
  }),
  task('4.1', 'Build ML solutions for performance, availability and scalability', 3, {
    ...figuresOf(55, 1.9, 1.1, [2.1, 0.9, 3.3]),
    cards: 9,
    questions: 15,
  }),
  task('3.3', 'Train ML models', 2, {
    ...figuresOf(45, 1.2, 0.7, [1.6, 0.7, 2.5]),
    cards: 22,
    questions: 0,
  }),
  {
    kind: { do: 'mock', title: 'Mock 5' },
    ...figuresOf(180, 0.6, 0.5, [0.2, 0.03, 0.4]),
    narrows: 0.24,
  },
];

const audit = (): AuditView => ({
  answers: [
    bin(0.3, 6, 16, 0.23),
    bin(0.45, 14, 31, 0.15),
    bin(0.55, 33, 52, 0.12),
    bin(0.65, 55, 80, 0.1),
    bin(0.75, 80, 108, 0.085),
    bin(0.85, 65, 75, 0.09),
    bin(0.94, 49, 50, 0.07),
  ],
  answer_count: 412,
  papers: [bin(0.4, 1, 3, 0.32)],
  paper_count: 3,
  real_results: 0,
});

const NO_AUDIT: AuditView = {
  answers: [],
  answer_count: 0,
  papers: [],
  paper_count: 0,
  real_results: 0,
};

const PLAN: StudyPlan = { minutes_per_day: 45, days_per_week: 6, mocks: 3, date: '2025-12-17' };

/** A rich forecast: Monday 24 November 2025 after four mocks. */
export function forecast(parts: Partial<ForecastView> = {}): ForecastView {
  const on = likely(0.73, 0.54);
  const paper = (date: string, title: string, planned: boolean) => ({ date, title, planned });
  return {
    exam: 'MLS-C01',
    today: TODAY,
    date: '2025-12-17',
    goal: false,
    pass: 750,
    scale_min: 100,
    scale_max: 1000,
    evidence: { answers: 258, repeated: 31, mocks: 4, cards: 412 },
    today_chance: likely(0.66, 0.33),
    date_chance: on,
    past: [...measured().slice(0, -1), { date: TODAY, chance: likely(0.66, 0.33) }],
    ahead: projected(on, 23),
    papers: [
      paper('2025-10-11', 'Mock 1', false),
      paper('2025-10-25', 'Mock 2', false),
      paper('2025-11-08', 'Mock 3', false),
      paper('2025-11-22', 'Mock 4', false),
      paper('2025-11-29', 'Mock 5', true),
      paper('2025-12-06', 'Mock 6', true),
      paper('2025-12-13', 'Mock 7', true),
    ],
    domains: [
      domain(0, 'Data Engineering', 781, 39),
      domain(1, 'Exploratory Data Analysis', 802, 34),
      domain(2, 'Modeling', 765, 28),
      domain(3, 'Machine Learning Implementation and Operations', 729, 44),
    ],
    scores: [
      685, 707, 731, 738, 744, 752, 757, 763, 770, 776, 781, 785, 789, 794, 801, 808, 815, 826, 841,
      866,
    ],
    plan: PLAN,
    actions: actions(),
    audit: audit(),
    ...parts,
  };
}

/** Nothing was answered yet. */
export function nothingKnown(parts: Partial<ForecastView> = {}): ForecastView {
  const wide = likely(0.31, 1.6);
  return forecast({
    evidence: { answers: 0, repeated: 0, mocks: 0, cards: 0 },
    today_chance: wide,
    date_chance: wide,
    past: [{ date: TODAY, chance: wide }],
    ahead: points(TODAY, 23, 6, () => wide),
    papers: [],
    actions: [],
    audit: NO_AUDIT,
    ...parts,
  });
}

/** One mock, two days ago. */
export function oneMock(parts: Partial<ForecastView> = {}): ForecastView {
  const on = likely(0.41, 1.1);
  return forecast({
    evidence: { answers: 65, repeated: 0, mocks: 1, cards: 12 },
    today_chance: likely(0.24, 0.9),
    date_chance: on,
    past: points('2025-11-22', 2, 2, (t) => likely(0.23 + 0.01 * t, 0.9)),
    ahead: points(TODAY, 23, 12, (t) => likely(0.24 + 0.17 * t, 0.9 + 0.2 * t)),
    papers: [
      { date: '2025-11-22', title: 'Mock 1', planned: false },
      { date: '2025-11-30', title: 'Mock 2', planned: true },
      { date: '2025-12-10', title: 'Mock 3', planned: true },
    ],
    domains: [
      domain(0, 'Data Engineering', 690, 120),
      domain(1, 'Exploratory Data Analysis', 728, 110),
      domain(2, 'Modeling', 655, 94),
      domain(3, 'Machine Learning Implementation and Operations', 612, 132),
    ],
    scores: [
      498, 561, 597, 625, 648, 668, 684, 699, 713, 726, 738, 748, 756, 768, 781, 793, 808, 826, 850,
      905,
    ],
    actions: [],
    audit: NO_AUDIT,
    ...parts,
  });
}

/** An exam that is no longer given: its date is a goal. */
export const retiredForecast = () => forecast({ goal: true });

/** No exam date. */
export const withoutDate = () =>
  forecast({
    date: null,
    date_chance: null,
    ahead: [],
    papers: forecast().papers.filter((paper) => !paper.planned),
  });

/** What another plan gives: a made-up rule that rises with every part of it. */
export function tried(plan: StudyPlan): WhatIfView {
  const days = Math.max(1, daysBetween(TODAY, plan.date));
  const hours = (plan.minutes_per_day * plan.days_per_week * days) / (7 * 60);
  const logit = 0.66 + 0.02 * hours + 0.02 * plan.mocks;
  const chance = likely(logistic(logit), 0.54);
  return {
    chance,
    ahead: projected(chance, days),
    scores: forecast().scores.map((score) => Math.min(1000, score + Math.round(logit * 8))),
  };
}

/** Teaches a desk a forecast: it answers plans, keeps them and real results. */
export function teachForecast(desk: Desk, view: ForecastView = forecast()): Desk {
  let now = view;
  Object.assign(desk.also, {
    forecast: () => now,
    what_if: (input: Input) => tried(input['plan'] as StudyPlan),
    set_plan: (input: Input) => {
      const plan = input['plan'] as StudyPlan;
      const { chance, ahead, scores } = tried(plan);
      now = { ...now, plan, date: plan.date, date_chance: chance, ahead, scores };
      return now;
    },
    enter_result: () => {
      now = { ...now, audit: { ...now.audit, real_results: now.audit.real_results + 1 } };
      return now;
    },
  });
  return desk;
}
