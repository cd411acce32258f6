import { ask, commands, type StudyView } from '../api/client';

/** Cards that wait today, all kinds together. */
export function waitingIn(view: StudyView): number {
  return view.new + view.steps + view.steps_later + view.review;
}

/** Whether no card comes because the time that the day was shortened to is used up. */
export function isUsedUp(view: StudyView): boolean {
  return view.card === null && view.budget_left_ms !== null && view.budget_left_ms <= 0;
}

/** What study holds today, as Rust last told it. */
class StudyState {
  #view = $state.raw<StudyView | null>(null);
  #asking: Promise<StudyView> | null = null;

  get view(): StudyView | null {
    return this.#view;
  }

  /** Cards that wait; 0 while that is not known. */
  get waiting(): number {
    return this.#view ? waitingIn(this.#view) : 0;
  }

  /** Asks Rust; the rail and the page beside it share one answer. */
  load(): Promise<StudyView> {
    if (this.#asking) return this.#asking;
    const asking = ask(commands.study())
      .then((view) => {
        if (this.#asking === asking) this.#view = view;
        return view;
      })
      .finally(() => {
        if (this.#asking === asking) this.#asking = null;
      });
    this.#asking = asking;
    return asking;
  }

  /** What Rust answered to something that was done; an older question is no longer of interest. */
  take(view: StudyView): void {
    this.#asking = null;
    this.#view = view;
  }
}

export const study = new StudyState();
