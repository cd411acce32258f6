import { heard, type KeyScreen } from '../keys/keys';

/** The list of keys over the window, when it is shown. */
class HelpState {
  #screens = $state.raw<KeyScreen[] | null>(null);

  get screens(): KeyScreen[] | null {
    return this.#screens;
  }

  /** Lists the keys that act now. */
  open(): void {
    this.#screens = heard();
  }

  close(): void {
    this.#screens = null;
  }
}

export const help = new HelpState();
