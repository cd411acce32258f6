import type { ExamView, Outcome, Profile, SittingSummary, TodayView } from '../api/client';
import { exam } from './exams';
import { Cards } from './cards';
import { refusal, type Desk } from './desk';
import { teachForecast } from './forecast';
import { explanation, result } from './results';

const DAY = '2025-11-24';

export function outcome(scaled: number, low: number, high: number): Outcome {
  return { scaled, low, high, pass: 750, passed: scaled >= 750 };
}

/** A finished sitting in a list. */
export function summary(number: number, parts: Partial<SittingSummary> = {}): SittingSummary {
  return {
    id: `sitting-${number}`,
    mode: 'mock',
    timed: true,
    correct: 50,
    title: `Mock ${number}`,
    exam: 'MLS-C01',
    started_ms: new Date(2025, 10, 1 + number * 5, 9, 30).getTime(),
    state: 'ended',
    items: 65,
    answered: 65,
    remaining_ms: 0,
    outcome: outcome(762, 717, 807),
    remark: null,
    ...parts,
  };
}

/** Four finished mocks, newest first. */
export function finished(): SittingSummary[] {
  return [
    summary(4, { started_ms: new Date(2025, 10, 22, 9, 30).getTime(), answered: 64 }),
    summary(3, { outcome: outcome(738, 692, 784) }),
    summary(2, { outcome: outcome(719, 671, 766), state: 'expired', answered: 58 }),
    summary(1, { outcome: outcome(668, 617, 719), answered: 61 }),
  ];
}

export function running(): SittingSummary {
  return summary(5, {
    state: 'running',
    started_ms: new Date(2025, 10, 24, 8, 12).getTime(),
    answered: 31,
    remaining_ms: 72 * 60_000 + 30_000,
    correct: null,
    outcome: null,
  });
}

/** An exam that is still offered on the day of the fixtures. */
export function current(parts: Partial<ExamView> = {}): ExamView {
  return exam({ last_sitting: null, successors: [], ...parts });
}

export function retired(parts: Partial<ExamView> = {}): ExamView {
  return exam({ last_sitting: '2025-03-31', ...parts });
}

/** Today as Rust shows it: Monday 24 November 2025, 23 days before the exam. */
export function today(parts: Partial<TodayView> = {}): TodayView {
  return {
    date: DAY,
    profile: { exam: 'MLS-C01', exam_date: '2025-12-17' },
    days_left: 23,
    exam: current(),
    running: null,
    finished: finished(),
    ...parts,
  };
}

/** A first run: nothing chosen, nothing sat. */
export function nobody(): TodayView {
  return today({
    profile: { exam: null, exam_date: null },
    days_left: null,
    exam: null,
    finished: [],
  });
}

/** Teaches a desk what a learner has. */
export function furnish(desk: Desk, view: TodayView = today()): Desk {
  let now = view;
  const done = result();
  desk.exams = [
    exam({
      code: 'MLA-C01',
      title: 'AWS Certified Machine Learning Engineer – Associate',
      minutes: 130,
      pass: 720,
      last_sitting: null,
      successors: [],
      questions: 0,
      largest_paper: 0,
    }),
    now.exam ?? exam(),
  ];
  new Cards([]).teach(desk);
  teachForecast(desk);
  Object.assign(desk.also, {
    today: () => now,
    item_reports: () => [],
    choose_exam: (input: Record<string, unknown>) => {
      const profile = input['profile'] as Profile;
      const chosen = desk.exams.find((one) => one.code === profile.exam) ?? null;
      now = { ...now, profile, exam: chosen, days_left: profile.exam_date === null ? null : 23 };
      return now;
    },
    about: () => ({
      version: '0.1.0',
      collection: '/home/mara/.local/share/app.sitwell.desktop/collection.sitwell',
      log: '/home/mara/.local/share/app.sitwell.desktop/logs',
    }),
    show_log: () => null,
    result: () => done,
    explanation: (input: Record<string, unknown>) => {
      const line = done.lines[input['position'] as number];
      if (!line) throw refusal('out_of_range', 'There is no such question.');
      return explanation(line);
    },
    open_reference: () => null,
    history: () => (now.running ? [now.running, ...now.finished] : now.finished),
    list_for_drill: () => null,
  });
  return desk;
}
