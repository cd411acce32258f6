import { listen } from '@tauri-apps/api/event';

/** A mistake of Sitwell's own that left the window standing. */
class FaultState {
  /** What to send to report it; none while nothing happened. */
  report = $state<string | null>(null);

  /** Hears of faults until the function it gives is called. */
  watch(): () => void {
    const listening = listen<{ report: string }>('fault', ({ payload }) => {
      // The first is the cause; what follows comes of it.
      this.report ??= payload.report;
    });
    // A window that cannot listen still works.
    listening.catch((cause: unknown) => console.warn(cause));
    return () => void listening.then((release) => release()).catch(() => {});
  }

  dismiss(): void {
    this.report = null;
  }
}

export const fault = new FaultState();
