import {
  ask,
  commands,
  Refused,
  type Ack,
  type CellView,
  type Confidence,
  type QuestionView,
} from '../../api/client';
import { ExamClock } from './clock.svelte';
import { Queue } from '../../state/queue.svelte';

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
  cells = $state.raw<readonly CellView[]>([]);
  question = $state.raw<QuestionView | null>(null);
  /** Set when more options were to be chosen than the question asks for. */
  full = $state(false);

  constructor(id: string) {
    this.id = id;
    this.clock = new ExamClock(() => ask(commands.clock(id)));
  }

  get items(): number {
    return this.cells.length;
  }

  get answered(): number {
    return this.cells.filter((cell) => cell.answered).length;
  }

  /** Brings the sitting on screen, at the question last seen or at the one given. */
  enter(position?: number): void {
    this.#act(async () => {
      const sitting = await ask(commands.sitting(this.id));
      this.title = sitting.title;
      this.cells = sitting.cells;
      this.clock.take(sitting.clock);
      if (sitting.clock.state === 'running') await this.#see(position ?? sitting.current);
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

  /** Chooses an option of the question then on screen, or of the one at `at` and no other. */
  choose(index: number, at?: number): void {
    this.#onQuestion(at, ({ position, kind, select, options }) => {
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

  strike(index: number, at?: number): void {
    this.#onQuestion(at, ({ position, options }) => {
      const option = options[index];
      return option ? ask(commands.strike(this.id, position, index, !option.struck)) : null;
    });
  }

  flag(): void {
    this.#onQuestion(undefined, ({ position, flagged }) =>
      ask(commands.flag(this.id, position, !flagged)),
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

  #onQuestion(at: number | undefined, send: (question: QuestionView) => Promise<Ack> | null): void {
    this.#act(async () => {
      const question = this.#shown();
      if (at !== undefined && question.position !== at) return;
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

  async #see(position: number): Promise<void> {
    this.#take(await ask(commands.see(this.id, position)));
  }

  #shown(): QuestionView {
    if (!this.question) throw new Error('no question is on screen');
    return this.question;
  }

  #take(ack: Ack): void {
    this.question = ack.question;
    this.cells = this.cells.with(ack.question.position, ack.cell);
    this.clock.take(ack.clock);
  }
}
