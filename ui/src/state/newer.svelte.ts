import { ask, commands, type FoundUpdate } from '../api/client';
import { toast } from '../components/toast.svelte';
import { found } from '../text/updates';

/** A newer version, once one was found. */
class NewerState {
  found = $state.raw<FoundUpdate | null>(null);

  /** The daily check; Rust knows whether it is turned on and due. */
  async daily(): Promise<void> {
    this.found = await ask(commands.dailyUpdateCheck());
    if (this.found) toast.show(found(this.found.version));
  }
}

export const newer = new NewerState();
