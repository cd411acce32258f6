import { ask, commands, type Profile, type TodayView } from '../api/client';

/** What the learner prepares for and what they have sat, as Rust last told it. */
class LearnerState {
  #today = $state.raw<TodayView | null>(null);

  get today(): TodayView | null {
    return this.#today;
  }

  async load(): Promise<TodayView> {
    this.#today = await ask(commands.today());
    return this.#today;
  }

  async choose(profile: Profile): Promise<void> {
    this.#today = await ask(commands.chooseExam(profile));
  }
}

export const learner = new LearnerState();
