import { ask, commands, type PlanView } from '../api/client';

/** The plan of the day, as Rust last told it. */
class PlanState {
  #view = $state.raw<PlanView | null>(null);
  #asked = 0;

  get view(): PlanView | null {
    return this.#view;
  }

  load(): Promise<void> {
    return this.#take(() => ask(commands.plan()));
  }

  /** Fits the day into so many minutes; without any it is as long as it was. */
  shorten(minutes: number | null): Promise<void> {
    return this.#take(() => ask(commands.shortenDay(minutes)));
  }

  /** An older question's answer is no longer of interest. */
  async #take(question: () => Promise<PlanView>): Promise<void> {
    const mine = ++this.#asked;
    const view = await question();
    if (mine === this.#asked) this.#view = view;
  }

  forget(): void {
    this.#asked += 1;
    this.#view = null;
  }
}

export const plan = new PlanState();
