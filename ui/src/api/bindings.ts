// Stands in for the file that the shell generates from its Rust types, with the same shape.
import { invoke } from '@tauri-apps/api/core';

export const commands = {
  today: () => answer<TodayView>('today'),
  exams: () => answer<ExamView[]>('exams'),
  chooseExam: (profile: Profile) => answer<TodayView>('choose_exam', { profile }),
  preferences: () => answer<Preferences>('preferences'),
  setPreferences: (preferences: Preferences) =>
    answer<Preferences>('set_preferences', { preferences }),
  startExam: (code: string, extraTime: boolean, items: number | null) =>
    answer<SittingView>('start_exam', { code, extraTime, items }),
  sitting: (id: string) => answer<SittingView>('sitting', { id }),
  see: (id: string, position: number) => answer<Ack>('see', { id, position }),
  choose: (id: string, position: number, options: number[]) =>
    answer<Ack>('choose', { id, position, options }),
  strike: (id: string, position: number, option: number, struck: boolean) =>
    answer<Ack>('strike', { id, position, option, struck }),
  flag: (id: string, position: number, flagged: boolean) =>
    answer<Ack>('flag', { id, position, flagged }),
  sure: (id: string, position: number, confidence: Confidence | null) =>
    answer<Ack>('sure', { id, position, confidence }),
  leave: (id: string) => answer<SittingView>('leave', { id }),
  clock: (id: string) => answer<ClockView>('clock', { id }),
  endExam: (id: string) => answer<SittingView>('end_exam', { id }),
  result: (id: string) => answer<ResultView>('result', { id }),
  explanation: (id: string, position: number) =>
    answer<ExplanationView>('explanation', { id, position }),
  about: () => answer<About>('about'),
  openReference: (url: string) => answer<null>('open_reference', { url }),
};

async function answer<T>(
  command: string,
  input?: Record<string, unknown>,
): Promise<Result<T, AppError>> {
  try {
    return { status: 'ok', data: await invoke<T>(command, input) };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { status: 'error', error: error as AppError };
  }
}

export type Result<T, E> = { status: 'ok'; data: T } | { status: 'error'; error: E };

export type AppError = {
  code: string;
  message: string;
  hint: string | null;
  location: string | null;
};

export type TaskView = { id: string; title: string; questions: number };
export type DomainView = {
  id: string;
  index: number;
  title: string;
  weight: number;
  tasks: TaskView[];
};
export type Successor = { code: string; title: string };
export type ExamView = {
  code: string;
  title: string;
  provider: string;
  items: number;
  scored_items: number;
  minutes: number;
  extra_minutes: number;
  scale_min: number;
  scale_max: number;
  pass: number;
  last_sitting: string | null;
  successors: Successor[];
  domains: DomainView[];
  questions: number;
  largest_paper: number;
  shortfall: string | null;
  source: string;
  checked: string;
};
export type Profile = { exam: string | null; exam_date: string | null };
export type Theme = 'system' | 'light' | 'dark';
export type Preferences = {
  theme: Theme;
  text_size: number;
  letter_keys: boolean;
  ask_confidence: boolean;
};
export type Outcome = {
  scaled: number;
  low: number;
  high: number;
  pass: number;
  passed: boolean;
};
export type SittingState = 'running' | 'ended' | 'expired';
export type SittingSummary = {
  id: string;
  title: string;
  exam: string;
  started_ms: number;
  state: SittingState;
  items: number;
  answered: number;
  remaining_ms: number;
  outcome: Outcome | null;
};
export type TodayView = {
  date: string;
  profile: Profile;
  days_left: number | null;
  exam: ExamView | null;
  running: SittingSummary | null;
  finished: SittingSummary[];
};
export type ClockView = { remaining_ms: number; total_ms: number; state: SittingState };
export type CellView = { seen: boolean; answered: boolean; flagged: boolean };
export type SittingView = {
  id: string;
  title: string;
  exam: string;
  clock: ClockView;
  cells: CellView[];
  current: number;
};
export type ResponseKind = 'single' | 'multiple';
export type Confidence = 'guess' | 'fairly' | 'sure';
export type OptionView = { letter: string; html: string; chosen: boolean; struck: boolean };
export type QuestionView = {
  position: number;
  kind: ResponseKind;
  select: number;
  stem_html: string;
  options: OptionView[];
  flagged: boolean;
  confidence: Confidence | null;
};
export type Ack = { clock: ClockView; question: QuestionView; cell: CellView };
export type AnswerChange = 'wrong-to-right' | 'right-to-wrong' | 'wrong-to-wrong';
export type ResultLine = {
  position: number;
  text: string;
  domain: string;
  task: string;
  scored: boolean;
  correct: boolean;
  chosen: string;
  key: string;
  flagged: boolean;
  change: AnswerChange | null;
  confidence: Confidence | null;
  spent_ms: number;
};
export type Interval = { low: number; high: number };
export type DomainReport = {
  id: string;
  correct: number;
  items: number;
  scaled: number;
  low: number;
  high: number;
  meets_competencies: boolean;
};
export type TaskReport = { id: string; domain: string; correct: number; items: number };
export type Report = {
  scaled: number;
  passed: boolean;
  interval_95: Interval;
  interval_50: Interval;
  correct: number;
  items: number;
  scored_correct: number;
  scored_items: number;
  chance_repeat: number;
  sem: number;
  domains: DomainReport[];
  tasks: TaskReport[];
};
export type ResultView = {
  id: string;
  title: string;
  exam: ExamView;
  started_ms: number;
  used_ms: number;
  total_ms: number;
  state: SittingState;
  report: Report;
  lines: ResultLine[];
  even_share_ms: number;
};
export type Difficulty = 'easy' | 'medium' | 'hard';
export type Reference = { title: string; url: string };
export type ExplainedOption = {
  letter: string;
  html: string;
  reason_html: string;
  key: boolean;
  chosen: boolean;
};
export type ExplanationView = {
  line: ResultLine;
  domain_index: number;
  task_title: string;
  kind: ResponseKind;
  difficulty: Difficulty;
  stem_html: string;
  options: ExplainedOption[];
  explanation_html: string;
  references: Reference[];
  checked: string | null;
  answers: string[];
};
export type About = { version: string; collection: string };
