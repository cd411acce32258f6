import {
  ask,
  commands,
  type DomainView,
  type DrillPool,
  type ExamView,
  type Mode,
  type PoolCounts,
  type Practice,
} from '../../api/client';

/** How many questions a drill may be asked to have. */
export const COUNTS = [5, 10, 20, 40] as const;
const USUAL = 10;

/** What is chosen for a section test or a drill, and how much there is for it. */
export class Choice {
  /** Id of the domain or the task of a section test. */
  part = $state('');
  /** Id of the domain or the task of a drill; empty for all of the exam. */
  topic = $state('');
  pool = $state<DrillPool>('all');
  items = $state<number>(USUAL);
  counts = $state.raw<PoolCounts | null>(null);
  readonly #exam: () => ExamView | null;

  constructor(exam: () => ExamView | null) {
    this.#exam = exam;
  }

  get #domains(): readonly DomainView[] {
    return this.#exam()?.domains ?? [];
  }

  /** The size and the minutes of the section test chosen. */
  get section(): { quota: number; minutes: number } | null {
    const id = this.part;
    const domain = this.#domains.find((one) => one.id === id);
    return domain ?? this.#domains.flatMap((one) => one.tasks).find((one) => one.id === id) ?? null;
  }

  /** The tasks of the drill chosen; none for all. */
  get tasks(): string[] {
    const id = this.topic;
    const domain = this.#domains.find((one) => one.id === id);
    if (domain) return domain.tasks.map((task) => task.id);
    return id === '' ? [] : [id];
  }

  /** Questions that the drill will have, as far as is known. */
  get drilled(): number {
    return this.counts === null ? this.items : Math.min(this.items, this.counts[this.pool]);
  }

  /** Whether there is anything to sit. */
  possible(mode: Mode): boolean {
    const exam = this.#exam();
    if (!exam) return false;
    if (mode === 'mock') return exam.largest_paper > 0;
    if (mode === 'diagnostic') return exam.diagnostic > 0;
    return mode === 'section' ? this.section !== null : this.drilled > 0;
  }

  practice(mode: Exclude<Mode, 'mock'>): Practice {
    if (mode === 'diagnostic') return { mode };
    if (mode === 'section') return { mode, part: this.part, items: null };
    return { mode, tasks: this.tasks, items: this.items, pool: this.pool };
  }

  /** Asks how much there is in each pool. */
  async count(): Promise<void> {
    const exam = this.#exam();
    if (!exam) return;
    const topic = this.topic;
    const counts = await ask(commands.drillPools(exam.code, this.tasks));
    if (topic === this.topic) this.counts = counts;
  }
}
