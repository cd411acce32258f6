import { ask, commands, whenDamaged } from '../api/client';
import { toast } from '../components/toast.svelte';
import { backUp } from '../text/data';

const HOUR_MS = 3_600_000;

/** Whether the collection is whole, and its backup of the day. */
class SafetyState {
  /** Whether damage was met; then it comes before everything else. */
  damaged = $state(false);
  #told = false;

  /** The backup of the day; Rust knows whether there is one. */
  async daily(): Promise<void> {
    const { failure } = await ask(commands.dailyBackup());
    // Once is enough; the settings say it until it is mended.
    if (failure !== null && !this.#told) toast.show(backUp.failedShort);
    this.#told = failure !== null;
  }

  /** Sees to the backup of the day now and every hour, until the function it gives is called. */
  watch(): () => void {
    const daily = () => {
      this.daily().catch((cause: unknown) => console.warn(cause));
    };
    daily();
    const timer = setInterval(daily, HOUR_MS);
    return () => clearInterval(timer);
  }
}

export const safety = new SafetyState();
whenDamaged(() => (safety.damaged = true));
