/** Files that came in from outside, by a drop or from the system, and wait to be looked at. */
class IncomingState {
  /** The files that wait, the next one first. */
  paths = $state.raw<readonly string[]>([]);
  /** Whether they are to be shown without being asked for. */
  fresh = $state(false);
  /** Whether an import is being kept, which nothing may interrupt. */
  busy = $state(false);

  /** Files come in; they take the place of those that waited. */
  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.paths = paths;
    this.fresh = true;
  }

  /** The next file is looked at. */
  take(): string | null {
    const [next, ...rest] = this.paths;
    this.paths = rest;
    this.fresh = false;
    return next ?? null;
  }

  /** Nobody wants the rest. */
  forget(): void {
    this.paths = [];
    this.fresh = false;
  }
}

export const incoming = new IncomingState();
