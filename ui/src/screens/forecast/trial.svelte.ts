import { ask, commands, type StudyPlan, type WhatIfView } from '../../api/client';

const same = (a: StudyPlan, b: StudyPlan) =>
  a.minutes_per_day === b.minutes_per_day &&
  a.days_per_week === b.days_per_week &&
  a.mocks === b.mocks &&
  a.date === b.date;

/**
 * A plan being tried. One request is under way at a time; what was moved meanwhile is asked next,
 * so that the last plan is always answered and those in between may be skipped.
 */
export class Trial {
  #plan = $state.raw<StudyPlan>() as StudyPlan;
  #wanted = $state.raw<StudyPlan>() as StudyPlan;
  #answer = $state.raw<{ plan: StudyPlan; view: WhatIfView } | null>(null);
  #error = $state.raw<unknown>(null);
  #asking = false;

  constructor(plan: StudyPlan) {
    this.#plan = plan;
    this.#wanted = plan;
  }

  /** Where the sliders stand. */
  get wanted(): StudyPlan {
    return this.#wanted;
  }

  /** The plan in use. */
  get plan(): StudyPlan {
    return this.#plan;
  }

  get changed(): boolean {
    return !same(this.#wanted, this.#plan);
  }

  /** What Rust last answered, with the plan that it is for. */
  get answer(): { plan: StudyPlan; view: WhatIfView } | null {
    return this.#answer;
  }

  /** Whether the answer is for another plan than the sliders show. */
  get behind(): boolean {
    return this.changed && (this.#answer === null || !same(this.#answer.plan, this.#wanted));
  }

  get error(): unknown {
    return this.#error;
  }

  /** Another plan came into use: the sliders start from it. */
  restart(plan: StudyPlan): void {
    this.#plan = plan;
    this.back();
  }

  /** Back to the plan in use. */
  back(): void {
    this.#wanted = this.#plan;
    this.#answer = null;
    this.#error = null;
  }

  move(part: Partial<StudyPlan>): void {
    this.#wanted = { ...this.#wanted, ...part };
    if (this.changed) void this.ask();
    else this.back();
  }

  /** Asks what the plan wanted gives; also once more after a failure. */
  async ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#error = null;
    while (this.behind) {
      const plan = this.#wanted;
      try {
        const view = await ask(commands.whatIf(plan));
        // Back on plan meanwhile: there is nothing to compare with any more.
        if (this.changed) this.#answer = { plan, view };
      } catch (cause) {
        if (!same(plan, this.#wanted)) continue;
        this.#error = cause;
        break;
      }
    }
    this.#asking = false;
  }
}
