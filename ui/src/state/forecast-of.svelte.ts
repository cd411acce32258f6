import { onMount } from 'svelte';
import type { Chance, ForecastView } from '../api/client';
import { forecast } from './forecast.svelte';

/** The forecast for one exam, as a part of a screen shows it. */
export interface ForecastOf {
  readonly view: ForecastView | null;
  /** On the day of the exam, or today where none is set. */
  readonly chance: Chance | null;
  readonly error: unknown;
  load: () => Promise<void>;
}

/** Loads the forecast when the part comes on screen. One for another exam is of no use meanwhile. */
export function forecastOf(exam: () => string): ForecastOf {
  let error = $state.raw<unknown>(null);
  const view = $derived(forecast.view?.exam === exam() ? forecast.view : null);
  const chance = $derived(view ? (view.date_chance ?? view.today_chance) : null);

  async function load(): Promise<void> {
    error = null;
    try {
      await forecast.load();
    } catch (cause) {
      error = cause;
    }
  }

  onMount(() => void load());

  return {
    get view() {
      return view;
    },
    get chance() {
      return chance;
    },
    get error() {
      return error;
    },
    load,
  };
}
