/** One thing at a time that a part of the window has asked for, and why the last one failed. */
export class Work<Kind extends string> {
  doing = $state<Kind | 'nothing'>('nothing');
  error = $state.raw<unknown>(null);

  /** Does something unless another thing is being done; never throws. */
  async attempt(what: Kind | 'nothing', how: () => Promise<void>): Promise<void> {
    if (this.doing !== 'nothing') return;
    this.error = null;
    this.doing = what;
    try {
      await how();
    } catch (cause) {
      this.error = cause;
    } finally {
      this.doing = 'nothing';
    }
  }
}
