import {
  ask,
  commands,
  Refused,
  type Ack,
  type CellView,
  type Confidence,
  type ExplanationView,
  type QuestionView,
  type SittingView,
} from '../../api/client';
import { ExamClock } from './clock.svelte';
import { Queue } from '../../state/queue.svelte';

/** Whether responses are placed, and not options chosen. */
export function isArranged(question: QuestionView): boolean {
  return question.kind === 'ordering' || question.kind === 'matching';
}

/**
 * One sitting on screen. Nothing shows as done before Rust has answered that it is kept: what is
 * displayed is always Rust's last answer. Actions wait for each other in a queue and look at the
 * question on screen when their turn comes.
 */
export class Hall {
  readonly id: string;
  readonly clock: ExamClock;
  readonly queue = new Queue();
  title = $state('');
  /** Whether each answer is explained at once. */
  explained = $state(false);
  /** Whether the clock stands during a break. */
  stopClock = $state(false);
  onBreak = $state(false);
  /** Questions in all, those still to be drawn included. */
  items = $state(0);
  cells = $state.raw<readonly CellView[]>([]);
  question = $state.raw<QuestionView | null>(null);
  /** The reasons, in a drill once the answer was given for good. */
  feedback = $state.raw<ExplanationView | null>(null);
  /** Set when more options were to be chosen than the question asks for. */
  full = $state(false);

  constructor(id: string) {
    this.id = id;
    this.clock = new ExamClock(() => ask(commands.clock(id)));
  }

  get answered(): number {
    return this.cells.filter((cell) => cell.answered).length;
  }

  /** Brings the sitting on screen, at the question last seen or at the one given. */
  enter(position?: number): void {
    this.#act(async () => {
      const sitting = await ask(commands.sitting(this.id));
      this.title = sitting.title;
      this.explained = sitting.explained;
      this.stopClock = sitting.stop_clock;
      this.items = sitting.items;
      this.cells = sitting.cells;
      await this.#come(sitting, position);
    });
  }

  open(position: number): void {
    this.#act(() => this.#see(position));
  }

  previous(): void {
    this.#act(async () => {
      const { position } = this.#shown();
      if (position > 0) await this.#see(position - 1);
    });
  }

  /** The next question; `atEnd` is called in place of it after the last one. */
  next(atEnd: () => void): void {
    this.#act(async () => {
      const { position } = this.#shown();
      if (position + 1 < this.items) await this.#see(position + 1);
      else atEnd();
    });
  }

  /**
   * Chooses an option of the question then on screen, or of the one at `at` and no other. A
   * response to be placed goes to the first free place, or away from the place it has.
   */
  choose(index: number, at?: number): void {
    this.#onQuestion(at, (question) => {
      const { position, kind, select, options } = question;
      if (isArranged(question)) return this.#place(question, index);
      const option = options[index];
      if (!option || (kind === 'single' && option.chosen)) return null;
      const chosen = options.flatMap(({ chosen }, place) => (chosen ? [place] : []));
      let wanted = [index];
      if (kind === 'multiple') {
        wanted = option.chosen ? chosen.filter((place) => place !== index) : [...chosen, index];
      }
      if (wanted.length > select) {
        this.full = true;
        return null;
      }
      return ask(commands.choose(this.id, position, wanted));
    });
  }

  /** Puts a response, or nothing, into a place; it leaves the one it had. */
  put(place: number, index: number | null, at?: number): void {
    this.#onQuestion(at, ({ position, arrangement, reuse }) => {
      const left = arrangement.map((one) => (one === index && !reuse ? null : one));
      return ask(commands.arrange(this.id, position, left.with(place, index)));
    });
  }

  /** Moves a placed response to the place before or after, where it trades with what is there. */
  shift(index: number, by: -1 | 1, at?: number): void {
    this.#onQuestion(at, (question) => this.#shift(question, index, by));
  }

  /** Strikes out or restores an option; moves a response of an order one place earlier. */
  strike(index: number, at?: number): void {
    this.#onQuestion(at, (question) => {
      const { position, kind, options } = question;
      if (kind === 'ordering') return this.#shift(question, index, -1);
      const option = options[index];
      if (!option || kind === 'matching') return null;
      return ask(commands.strike(this.id, position, index, !option.struck));
    });
  }

  /** Gives the answer for good: it is marked and explained. Goes on when that is done. */
  check(atEnd: () => void): void {
    if (this.feedback !== null) return this.next(atEnd);
    this.#act(async () => {
      const question = this.#shown();
      if (question.options.some((option) => option.chosen)) {
        this.#take(await ask(commands.check(this.id, question.position)));
      }
    });
  }

  /** Takes a break: the question leaves the screen until one comes back. */
  pause(): void {
    this.#act(async () => {
      const sitting = await ask(commands.pause(this.id));
      this.question = null;
      this.feedback = null;
      this.onBreak = sitting.on_break;
      this.clock.take(sitting.clock);
    });
  }

  /** Comes back to the question last seen. */
  comeBack(): void {
    this.#act(async () => this.#come(await ask(commands.comeBack(this.id))));
  }

  /** Writes a comment on the question then on screen; an empty one takes it back. */
  comment(text: string, at: number): void {
    this.#onQuestion(at, ({ position }) => ask(commands.comment(this.id, position, text)), true);
  }

  flag(): void {
    this.#onQuestion(
      undefined,
      ({ position, flagged }) => ask(commands.flag(this.id, position, !flagged)),
      true,
    );
  }

  /** Says how sure; saying the same again takes it back. */
  sure(confidence: Confidence): void {
    this.#onQuestion(undefined, (question) =>
      ask(
        commands.sure(
          this.id,
          question.position,
          question.confidence === confidence ? null : confidence,
        ),
      ),
    );
  }

  /** Calls back when everything done so far is kept. */
  settled(then: () => void): void {
    this.#act(async () => then());
  }

  #place(question: QuestionView, index: number): Promise<Ack> | null {
    const { position, options, arrangement, reuse } = question;
    if (!options[index]) return null;
    const there = arrangement.indexOf(index);
    const place = there >= 0 && !reuse ? there : arrangement.indexOf(null);
    if (place < 0) {
      this.full = true;
      return null;
    }
    const wanted = arrangement.with(place, place === there ? null : index);
    return ask(commands.arrange(this.id, position, wanted));
  }

  #shift(question: QuestionView, index: number, by: -1 | 1): Promise<Ack> | null {
    const { position, arrangement } = question;
    const from = arrangement.indexOf(index);
    const to = from + by;
    if (from < 0 || to < 0 || to >= arrangement.length) return null;
    const traded = arrangement.with(from, arrangement[to] ?? null).with(to, index);
    return ask(commands.arrange(this.id, position, traded));
  }

  #onQuestion(
    at: number | undefined,
    send: (question: QuestionView) => Promise<Ack> | null,
    explained = false,
  ): void {
    this.#act(async () => {
      const question = this.#shown();
      if (at !== undefined && question.position !== at) return;
      // What was explained stands.
      if (this.feedback !== null && !explained) return;
      const sent = send(question);
      if (sent) this.#take(await sent);
    });
  }

  #act(job: () => Promise<void>): void {
    this.queue.add(async () => {
      if (this.clock.state !== 'running') return;
      this.full = false;
      try {
        await job();
      } catch (cause) {
        if (!(cause instanceof Refused) || cause.code !== 'sitting_over') throw cause;
        await this.clock.ask();
        if (this.clock.state === 'running') throw cause;
      }
    });
  }

  async #come(sitting: SittingView, position?: number): Promise<void> {
    this.onBreak = sitting.on_break;
    this.clock.take(sitting.clock);
    const here = sitting.clock.state === 'running' && !sitting.on_break;
    if (here) await this.#see(position ?? sitting.current);
  }

  async #see(position: number): Promise<void> {
    this.#take(await ask(commands.see(this.id, position)));
  }

  #shown(): QuestionView {
    if (!this.question) throw new Error('no question is on screen');
    return this.question;
  }

  #take(ack: Ack): void {
    this.question = ack.question;
    this.feedback = ack.feedback;
    const cells = [...this.cells];
    cells[ack.question.position] = ack.cell;
    this.cells = cells;
    this.clock.take(ack.clock);
  }
}
