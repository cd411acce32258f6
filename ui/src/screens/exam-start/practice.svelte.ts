import {
  ask,
  commands,
  type Conditions,
  type DomainView,
  type DrillPool,
  type ExamView,
  type Mode,
  type PaperOutline,
  type PoolCounts,
  type Practice,
} from '../../api/client';
import { Custom } from './custom.svelte';

/** How many questions a drill may be asked to have. */
export const COUNTS = [5, 10, 20, 40] as const;
const USUAL = 10;

/** What is chosen for a sitting other than a mock, and what Rust says it comes to. */
export class Choice {
  /** Id of the domain or the task of a section test. */
  part = $state('');
  /** Questions of a section test; none for as many as a mock has. */
  partItems = $state<number | null>(null);
  /** Id of the domain or the task of a drill; empty for all of the exam. */
  topic = $state('');
  pool = $state<DrillPool>('all');
  items = $state<number>(USUAL);
  paced = $state(false);
  counts = $state.raw<PoolCounts | null>(null);
  /** What it comes to; none until Rust has said so. */
  outline = $state.raw<PaperOutline | null>(null);
  readonly custom = new Custom();
  readonly #exam: () => ExamView | null;
  #asked = 0;

  constructor(exam: () => ExamView | null) {
    this.#exam = exam;
  }

  get #domains(): readonly DomainView[] {
    return this.#exam()?.domains ?? [];
  }

  /** The tasks of the drill chosen; none for all. */
  get tasks(): string[] {
    const id = this.topic;
    const domain = this.#domains.find((one) => one.id === id);
    if (domain) return domain.tasks.map((task) => task.id);
    return id === '' ? [] : [id];
  }

  /** Whether there is anything to sit. */
  possible(mode: Mode): boolean {
    const exam = this.#exam();
    if (!exam) return false;
    if (mode === 'mock') return exam.largest_paper > 0;
    if (mode === 'diagnostic') return exam.diagnostic > 0;
    return (this.outline?.items ?? 0) > 0;
  }

  practice(mode: Exclude<Mode, 'mock'>): Practice | null {
    if (mode === 'diagnostic') return { mode };
    if (mode === 'section') return { mode, part: this.part, items: this.partItems };
    if (mode === 'custom') return this.custom.paper && { mode, paper: this.custom.paper };
    const { tasks, items, pool, paced } = this;
    return { mode, tasks, items, pool, paced };
  }

  /** Asks Rust what the choice comes to; an answer that comes late is passed over. */
  async count(mode: Mode, conditions: Conditions): Promise<void> {
    const exam = this.#exam();
    if (!exam || mode === 'mock' || mode === 'diagnostic') return;
    const mine = ++this.#asked;
    if (mode === 'custom') {
      const view = await ask(commands.custom(exam.code, this.custom.paper, conditions));
      if (mine !== this.#asked) return;
      this.custom.take(view);
      this.outline = view.outline;
      return;
    }
    const practice = this.practice(mode);
    if (!practice) return;
    const [outline, counts] = await Promise.all([
      ask(commands.outline(exam.code, practice, conditions)),
      mode === 'drill'
        ? ask(commands.drillPools(exam.code, this.tasks, conditions.banks))
        : this.counts,
    ]);
    if (mine !== this.#asked) return;
    this.outline = outline;
    this.counts = counts;
  }
}
