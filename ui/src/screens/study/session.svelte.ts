import {
  ask,
  commands,
  type CardView,
  type Grade,
  type StudyView,
  type TypedView,
} from '../../api/client';
import { toast } from '../../components/toast.svelte';
import { Queue } from '../../state/queue.svelte';
import { study } from '../../state/study.svelte';
import { redone, undone } from '../../text/operations';
import * as text from '../../text/study';

/** The longest time that Rust's 32 bits hold. */
const MOST_MS = 2 ** 32 - 1;
const SOONEST_MS = 1000;
const LATEST_MS = 3_600_000;

/**
 * Study on screen. What is displayed is always Rust's last answer: a card leaves only when Rust has
 * kept what was done to it. Actions wait for each other in a queue, and what was meant for one card
 * is never done to the next.
 */
export class Session {
  readonly queue = new Queue();
  view = $state.raw<StudyView | null>(null);
  /** Whether the answer is shown. */
  answered = $state(false);
  /** What was typed, and how it compares with the answer. */
  typed = $state('');
  compared = $state.raw<TypedView | null>(null);
  /** Counts the cards that came on screen; the same card may come twice in a row. */
  turn = $state(0);
  #since = 0;

  get card(): CardView | null {
    return this.view?.card ?? null;
  }

  /** Asks what is due. A card that stays is not begun anew. */
  refresh(): void {
    this.queue.add(async () => this.#take(await ask(commands.study()), true));
  }

  reveal(): void {
    const { card } = this;
    if (!card || this.answered) return;
    if (!card.typed || this.typed.trim() === '') {
      this.answered = true;
      return;
    }
    this.#onCard(async ({ id }) => {
      this.compared = await ask(commands.typeAnswer(id, this.typed));
      this.answered = true;
    });
  }

  grade(grade: Grade): void {
    if (!this.answered) return;
    const taken = Math.min(MOST_MS, Math.round(performance.now() - this.#since));
    this.#onCard(async ({ id }) => {
      const view = await ask(commands.gradeCard(id, grade, taken));
      this.#take(view);
      if (view.leech) toast.show(text.leech, () => this.undo());
    });
  }

  flag(): void {
    this.#onCard(async (card) => {
      const flag = card.flag === 0 ? 1 : 0;
      const view = await ask(commands.flagCard(card.id, flag));
      // A step may have come due meanwhile; the card being read stays all the same.
      const stays = view.card?.id === card.id;
      this.#take(stays ? view : { ...view, card: { ...card, flag } }, true);
    });
  }

  suspend(): void {
    this.#onCard(async ({ id }) => {
      this.#take(await ask(commands.suspendCard(id, true)));
      toast.show(text.suspended, () => this.undo());
    });
  }

  bury(): void {
    this.#onCard(async ({ id }) => {
      this.#take(await ask(commands.buryCard(id)));
      toast.show(text.buried, () => this.undo());
    });
  }

  undo(): void {
    this.queue.add(async () => {
      const kind = this.view?.undo;
      if (!kind) return;
      this.#take(await ask(commands.undoStudy()), kind === 'flag');
      toast.show(undone(kind));
    });
  }

  redo(): void {
    this.queue.add(async () => {
      const kind = this.view?.redo;
      if (!kind) return;
      this.#take(await ask(commands.redoStudy()), kind === 'flag');
      toast.show(redone(kind));
    });
  }

  /** Calls back when everything done so far is kept. */
  settled(then: () => void): void {
    this.queue.add(async () => then());
  }

  /** While no card is due, asks again when the next is, or when the person comes back. */
  watch(): (() => void) | undefined {
    const { view } = this;
    if (!view || view.card) return undefined;
    const ask = () => this.refresh();
    window.addEventListener('focus', ask);
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (view.next_step_ms !== null) {
      const left = Math.max(SOONEST_MS, view.next_step_ms - Date.now());
      timer = setTimeout(ask, Math.min(LATEST_MS, left));
    }
    return () => {
      window.removeEventListener('focus', ask);
      clearTimeout(timer);
    };
  }

  #onCard(job: (card: CardView) => Promise<void>): void {
    const { turn } = this;
    this.queue.add(async () => {
      if (!this.card || this.turn !== turn) return;
      await job(this.card);
    });
  }

  /** Shows Rust's answer; with `stay` the card on screen is the one before, if it is the same. */
  #take(view: StudyView, stay = false): void {
    const before = this.card?.id;
    // Its Undo spoke of something that is no longer the last thing done.
    toast.clear();
    this.view = view;
    study.take(view);
    if (stay && this.turn > 0 && before === view.card?.id) return;
    this.turn += 1;
    this.answered = false;
    this.typed = '';
    this.compared = null;
    this.#since = performance.now();
  }
}
