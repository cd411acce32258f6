type Job = () => Promise<void>;

/**
 * Runs jobs one after the other, in the order given: quick typing loses nothing, and each job sees
 * what the one before it left. A job that fails holds the rest back until `retry` or `drop`; a new
 * job drops what is held.
 */
export class Queue {
  /** What the job in front failed with. */
  failure = $state.raw<unknown>(null);
  #jobs: Job[] = [];
  #running = false;

  add(job: Job): void {
    if (this.failure !== null) this.drop();
    this.#jobs.push(job);
    void this.#run();
  }

  retry(): void {
    this.failure = null;
    void this.#run();
  }

  drop(): void {
    this.failure = null;
    this.#jobs = [];
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let job = this.#jobs[0]; job; job = this.#jobs[0]) {
      try {
        await job();
      } catch (cause) {
        this.failure = cause ?? new Error('failed');
        break;
      }
      this.#jobs.shift();
    }
    this.#running = false;
  }
}
