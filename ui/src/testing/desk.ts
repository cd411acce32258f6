import { mockIPC, mockWindows } from '@tauri-apps/api/mocks';
import type {
  Ack,
  AppError,
  Banks,
  CellView,
  ClockView,
  Confidence,
  CustomPaper,
  CustomView,
  ExamView,
  ExplanationView,
  Mode,
  PaperOutline,
  PoolCounts,
  Practice,
  Preferences,
  QuestionView,
  SittingState,
  SittingView,
} from '../api/client';
import { exam } from './exams';
import { questionAt } from './paper';
import { explanation, result as made } from './results';

export type Input = Record<string, unknown>;
export type Answer = (input: Input) => unknown;

export interface Sitting {
  id: string;
  title: string;
  exam: string;
  totalMs: number;
  /** Time left at `since`. */
  remainingMs: number;
  since: number;
  state: SittingState;
  current: number;
  mode: Mode;
  timed: boolean;
  explains: boolean;
  stopClock: boolean;
  onBreak: boolean;
  /** Questions in all; more than `questions` while a diagnostic grows. */
  planned: number;
  /** What is explained already, by position. */
  explained: Map<number, ExplanationView>;
  questions: QuestionView[];
  seen: boolean[];
}

/**
 * Stands in for Rust, for tests and for the pages in `dev/`. It keeps a sitting the way Rust does,
 * and can be told to fail or to be slow.
 */
export class Desk {
  preferences: Preferences = {
    theme: 'system',
    text_size: 100,
    letter_keys: true,
    ask_confidence: false,
  };
  exams: ExamView[] = [exam()];
  sittings = new Map<string, Sitting>();
  /** What was asked, in order. */
  asked: { command: string; input: Input }[] = [];
  /** Answers of commands that this desk does not know by itself. */
  also: Record<string, Answer> = {};
  /** Called before every answer: throw an `AppError` to refuse, wait to be slow. */
  before: (command: string) => void | Promise<void> = () => {};

  install(): this {
    mockWindows('main');
    mockIPC(
      async (command, input) => {
        this.asked.push({ command, input: (input ?? {}) as Input });
        await this.before(command);
        return this.#answer(command, (input ?? {}) as Input);
      },
      { shouldMockEvents: true },
    );
    return this;
  }

  /** A sitting of `items` questions, all unseen. */
  begin(parts: Partial<Sitting> & { items?: number } = {}): Sitting {
    const items = parts.items ?? 65;
    const sitting: Sitting = {
      id: 'sitting-4',
      title: 'Mock 4',
      exam: 'MLS-C01',
      totalMs: 180 * 60_000,
      remainingMs: 180 * 60_000,
      since: performance.now(),
      state: 'running',
      current: 0,
      mode: 'mock',
      timed: true,
      explains: false,
      stopClock: false,
      onBreak: false,
      planned: items,
      explained: new Map(),
      questions: Array.from({ length: items }, (_, position) => questionAt(position)),
      seen: Array.from({ length: items }, () => false),
      ...parts,
    };
    this.sittings.set(sitting.id, sitting);
    return sitting;
  }

  /** A sitting other than a mock. */
  practise(practice: Practice): Sitting {
    const { mode } = practice;
    if (mode === 'section') {
      return this.begin({ id: 'sitting-5', mode, title: 'Section test: Modeling', items: 23 });
    }
    if (mode === 'custom') {
      const { items, explained, time } = practice.paper;
      const timed = time.kind !== 'none';
      const title = 'Custom paper';
      return this.begin({ id: 'sitting-5', mode, title, items, timed, explains: explained });
    }
    const drill = mode === 'drill';
    const title = drill ? 'Drill' : 'Diagnostic';
    const counts = drill ? { items: 10, planned: 10 } : { items: 1, planned: 20 };
    const timed = practice.mode === 'drill' && practice.paced;
    return this.begin({ id: 'sitting-5', mode, timed, explains: drill, title, ...counts });
  }

  /** The inputs of one command, in order. */
  inputsOf(command: string): Input[] {
    return this.asked.filter((one) => one.command === command).map((one) => one.input);
  }

  #answer(command: string, input: Input): unknown {
    const own = this.also[command];
    if (own) return own(input);
    switch (command) {
      case 'preferences':
        return this.preferences;
      case 'set_preferences':
        return (this.preferences = input['preferences'] as Preferences);
      case 'exams':
        return this.exams;
      case 'files_to_open':
      case 'daily_update_check':
        return null;
      case 'daily_backup':
      case 'backups':
        return { folder: '/home/mara/.local/share/sitwell/backups', backups: [], failure: null };
      case 'updates':
        return {
          version: '0.1.0',
          can_update: true,
          settings: { automatic: false, checked_ms: null },
        };
      case 'exam': {
        const known = this.exams.find((one) => one.code === input['code']) ?? exam();
        const banks = input['banks'] as Banks;
        const largest_paper = banks === 'imported' ? 20 : known.largest_paper;
        return { ...known, banks, largest_paper };
      }
      case 'start_exam': {
        const items = (input['items'] as number | null) ?? 65;
        return view(this.begin({ id: 'sitting-5', title: 'Mock 5', items }));
      }
      case 'drill_pools':
        return POOLS;
      case 'outline':
        return outline(input['practice'] as Practice, this.exams[0] ?? exam());
      case 'custom':
        return customView(input['paper'] as CustomPaper | null);
      case 'report_item':
        return null;
      case 'start_practice':
        return view(this.practise(input['practice'] as Practice));
    }
    const sitting = this.sittings.get(input['id'] as string);
    if (!sitting) throw refusal('no_such_sitting', 'There is no such sitting in this collection.');
    if (clock(sitting).remaining_ms === 0 && sitting.state === 'running') sitting.state = 'expired';
    if (command === 'sitting') return view(sitting);
    if (command === 'clock') return clock(sitting);
    if (sitting.state !== 'running') throw refusal('sitting_over', 'This sitting is over.');
    if (command === 'leave') return view(sitting);
    if (command === 'pause' || command === 'come_back') {
      sitting.remainingMs = clock(sitting).remaining_ms;
      sitting.since = performance.now();
      sitting.onBreak = command === 'pause';
      return view(sitting);
    }
    if (sitting.onBreak) throw refusal('on_break', 'You are on a break.');
    if (command === 'end_exam') {
      sitting.state = 'ended';
      return view(sitting);
    }
    return act(sitting, command, input);
  }
}

const POOLS: PoolCounts = { all: 215, unseen: 82, missed: 31, flagged: 4, unsure: 0, listed: 2 };

/** What Rust says a sitting comes to, as far as the screens need it. */
function outline(practice: Practice, { domains }: ExamView): PaperOutline {
  const none = { items: 0, minutes: null, problem: null, largest: null };
  if (practice.mode === 'section') {
    const part = domains.find(({ id }) => id === practice.part);
    const items = practice.items ?? part?.quota ?? 0;
    if (items > 23) return { ...none, problem: 'There are too few questions.', largest: 23 };
    return { ...none, items, minutes: practice.items === null ? (part?.minutes ?? 0) : 28 };
  }
  if (practice.mode === 'diagnostic') return { ...none, items: 20 };
  const made = practice.mode === 'custom' ? practice.paper : practice;
  const items = Math.min(made.items, POOLS[made.pool]);
  if (items === 0) return { ...none, problem: 'There is no question left to ask here.' };
  const timed = practice.mode === 'drill' ? practice.paced : practice.paper.time.kind !== 'none';
  return { ...none, items, minutes: timed ? 28 : null };
}

/** What Rust says of a paper of one's own. */
export function customView(asked: CustomPaper | null): CustomView {
  const paper: CustomPaper = asked ?? {
    items: 20,
    selection: { decks: [], tasks: [], tags: [], difficulties: [] },
    pool: 'all',
    time: { kind: 'none' },
    explained: true,
  };
  return {
    paper,
    decks: [
      { id: 'aws-mls-c01', name: 'AWS MLS-C01', questions: 215 },
      { id: 'notes', name: 'Old notes', questions: 34 },
    ],
    tags: ['glue', 'kinesis', 's3', 'sagemaker', 'vpc', 'xgboost'].map((tag, index) => ({
      id: tag,
      name: tag,
      questions: 40 - index,
    })),
    pools: POOLS,
    outline: outline({ mode: 'custom', paper }, exam()),
  };
}

export function refusal(code: string, message: string, parts: Partial<AppError> = {}): AppError {
  return { code, message, hint: null, location: null, ...parts };
}

function act(sitting: Sitting, command: string, input: Input): Ack {
  const position = input['position'] as number;
  // A diagnostic draws its next question when it is asked for.
  if (command === 'see' && position === sitting.questions.length && position < sitting.planned) {
    sitting.questions.push(questionAt(position));
  }
  const question = sitting.questions[position];
  if (!question) throw refusal('out_of_range', 'There is no such question.');
  const next = structuredClone(question);
  const option = next.options[input['option'] as number];
  switch (command) {
    case 'see':
      sitting.seen[position] = true;
      sitting.current = position;
      break;
    case 'choose': {
      const wanted = input['options'] as number[];
      if (wanted.length > next.select) throw refusal('too_many_options', 'Too many are chosen.');
      next.options.forEach((one, index) => {
        one.chosen = wanted.includes(index);
        if (one.chosen) one.struck = false;
      });
      break;
    }
    case 'arrange': {
      const wanted = input['responses'] as (number | null)[];
      const given = wanted.filter((index) => index !== null);
      const twice = new Set(given).size < given.length && !next.reuse;
      if (wanted.length !== next.select || twice) {
        throw refusal('out_of_range', 'This does not fit the question.');
      }
      next.arrangement = wanted;
      next.options.forEach((one, index) => (one.chosen = given.includes(index)));
      break;
    }
    case 'strike':
      if (option) {
        option.struck = input['struck'] as boolean;
        if (option.struck) option.chosen = false;
      }
      break;
    case 'comment':
      next.comment = input['text'] as string;
      break;
    case 'check':
      sitting.explained.set(position, explained(next));
      break;
    case 'flag':
      next.flagged = input['flagged'] as boolean;
      break;
    case 'sure':
      next.confidence = input['confidence'] as Confidence | null;
      break;
    default:
      throw new Error(`the desk does not know ${command}`);
  }
  sitting.questions[position] = next;
  return {
    clock: clock(sitting),
    question: next,
    cell: cell(sitting, position),
    feedback: sitting.explained.get(position) ?? null,
  };
}

/** What Rust says of an answer given for good: B is the key of every made question. */
function explained(question: QuestionView): ExplanationView {
  const chosen = question.options.flatMap(({ chosen, letter }) => (chosen ? [letter] : []));
  const known = made().lines[0];
  if (!known) throw new Error('the made result has no lines');
  const line = { ...known, chosen: chosen.join(''), key: 'B', correct: chosen.join('') === 'B' };
  return explanation({ ...line, position: question.position, change: null });
}

function clock(sitting: Sitting): ClockView {
  const stands = sitting.onBreak && sitting.stopClock;
  const left = sitting.remainingMs - (stands ? 0 : performance.now() - sitting.since);
  return {
    remaining_ms: sitting.state === 'running' ? Math.max(0, Math.round(left)) : 0,
    total_ms: sitting.totalMs,
    timed: sitting.timed,
    stands,
    state: sitting.state,
  };
}

function cell(sitting: Sitting, position: number): CellView {
  const question = sitting.questions[position];
  return {
    seen: sitting.seen[position] ?? false,
    answered: question?.options.some((option) => option.chosen) ?? false,
    flagged: question?.flagged ?? false,
  };
}

function view(sitting: Sitting): SittingView {
  return {
    id: sitting.id,
    mode: sitting.mode,
    title: sitting.title,
    exam: sitting.exam,
    items: sitting.planned,
    clock: clock(sitting),
    cells: sitting.questions.map((_, position) => cell(sitting, position)),
    current: sitting.current,
    explained: sitting.explains,
    stop_clock: sitting.stopClock,
    on_break: sitting.onBreak,
  };
}
