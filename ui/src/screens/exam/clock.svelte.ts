import type { ClockView, SittingState } from '../../api/client';

const TICK_MS = 250;
const ASK_EVERY_MS = 30_000;
const ASK_AGAIN_MS = 1000;
/** When a hidden timer comes back, and says so. */
const MARKS_MS = [600_000, 60_000];
const NOTICE_MS = 10_000;

/** Whether the timer is hidden; kept between the hall and the review screen. */
const face = $state({ hidden: false });

/**
 * The exam clock on screen. It counts down from what Rust said last, by a clock that nobody can
 * set, and asks Rust again on focus, on waking, every half minute and at zero.
 */
export class ExamClock {
  /** Where the sitting stands, as Rust said last. */
  state = $state<SittingState>('running');
  totalMs = $state(0);
  /** Whether a clock runs at all. */
  timed = $state(true);
  /** Whether it stands, as Rust said last. */
  stands = $state(false);
  /** Time left, in whole seconds begun, so that it changes once a second. */
  remainingMs = $state(0);
  /** The mark just passed, for a quiet word; null otherwise. */
  notice = $state<number | null>(null);
  /** Whether Rust has spoken yet. */
  known = $state(false);

  #ask: () => Promise<ClockView>;
  #basis = 0;
  #takenAt = 0;
  #askedAt = 0;
  #asking = false;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: () => Promise<ClockView>) {
    this.#ask = ask;
  }

  get hidden(): boolean {
    return face.hidden;
  }

  toggle(): void {
    face.hidden = !face.hidden;
  }

  /** Share of the time that is used, 0 to 1. */
  get used(): number {
    return this.totalMs === 0 ? 0 : (this.totalMs - this.remainingMs) / this.totalMs;
  }

  /** Takes what Rust says. */
  take(view: ClockView): void {
    this.#basis = view.remaining_ms;
    this.#takenAt = this.#askedAt = performance.now();
    this.totalMs = view.total_ms;
    this.timed = view.timed;
    this.stands = view.stands;
    this.state = view.state;
    this.#show();
    this.known = true;
  }

  /** Keeps time until the function returned is called. */
  run(): () => void {
    const ask = () => void this.ask();
    const onVisible = () => {
      if (document.visibilityState === 'visible') ask();
    };
    const timer = setInterval(() => this.#tick(), TICK_MS);
    window.addEventListener('focus', ask);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      clearTimeout(this.#noticeTimer);
      window.removeEventListener('focus', ask);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }

  /** Asks Rust for the truth. A failure is quiet: the count goes on and it asks again. */
  async ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#askedAt = performance.now();
    try {
      this.take(await this.#ask());
    } catch (cause) {
      console.warn(cause);
    } finally {
      this.#asking = false;
    }
  }

  #tick(): void {
    if (!this.known || this.state !== 'running') return;
    this.#show();
    const since = performance.now() - this.#askedAt;
    if (since >= (this.remainingMs === 0 ? ASK_AGAIN_MS : ASK_EVERY_MS)) void this.ask();
  }

  #show(): void {
    const passed = this.stands ? 0 : performance.now() - this.#takenAt;
    const left = Math.max(0, this.#basis - passed);
    const shown = this.state === 'running' ? Math.ceil(left / 1000) * 1000 : 0;
    if (shown === this.remainingMs) return;
    const before = this.remainingMs;
    this.remainingMs = shown;
    if (!this.known || this.state !== 'running') return;
    if (shown > 0 && MARKS_MS.some((mark) => before > mark && shown <= mark)) this.#mark(shown);
    if (shown === 0) void this.ask();
  }

  #mark(shown: number): void {
    face.hidden = false;
    this.notice = shown;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => (this.notice = null), NOTICE_MS);
  }
}
