import { ask, commands, type ForecastView } from '../api/client';

/** The forecast for the exam chosen, as Rust last told it. */
class ForecastState {
  #view = $state.raw<ForecastView | null>(null);

  get view(): ForecastView | null {
    return this.#view;
  }

  async load(): Promise<ForecastView> {
    this.#view = await ask(commands.forecast());
    return this.#view;
  }

  /** What Rust answered to something that was done. */
  take(view: ForecastView): void {
    this.#view = view;
  }
}

export const forecast = new ForecastState();
