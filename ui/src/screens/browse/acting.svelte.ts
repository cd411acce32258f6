import {
  ask,
  commands,
  type BrowseAction,
  type OperationKind,
  type Selection,
} from '../../api/client';
import { toast } from '../../components/toast.svelte';
import { study } from '../../state/study.svelte';
import { done } from '../../text/browse';
import { nothingToRedo, nothingToUndo, redone, undone } from '../../text/operations';
import type { Rows } from './rows.svelte';

/** A question that an action needs answered before it is done. */
export type Question = 'add_tag' | 'remove_tag' | 'flag';

/** What is done to rows, one after the other, and taken back. */
export class Acting {
  readonly rows: Rows;
  error = $state.raw<unknown>(null);
  question = $state<Question | null>(null);
  readonly #changed: () => Promise<void>;
  #before: Promise<void> = Promise.resolve();

  /** `changed` is called when Rust has kept something, to show what is there now. */
  constructor(rows: Rows, changed: () => Promise<void>) {
    this.rows = rows;
    this.#changed = changed;
  }

  /** Does something to the rows chosen, or to those given. */
  do(action: BrowseAction, selection: Selection | null = this.rows.selection): void {
    this.question = null;
    if (!selection) return;
    this.#queue(async () => {
      const { changed } = await ask(commands.actOnRows(selection, action));
      toast.show(done(action, changed), changed > 0 ? () => this.undo() : undefined);
    });
  }

  /** Asks what the action needs to know, when there are rows for it. */
  ask(question: Question): void {
    if (this.rows.selection) this.question = question;
  }

  undo(): void {
    this.#step(() => ask(commands.undo()), undone, nothingToUndo);
  }

  redo(): void {
    this.#step(() => ask(commands.redo()), redone, nothingToRedo);
  }

  #step(
    take: () => Promise<OperationKind | null>,
    say: (kind: OperationKind) => string,
    nothing: string,
  ): void {
    this.#queue(async () => {
      const kind = await take();
      toast.show(kind === null ? nothing : say(kind));
    });
  }

  #queue(job: () => Promise<void>): void {
    this.#before = this.#before.then(async () => {
      this.error = null;
      try {
        await job();
        await this.#changed();
        // The rail counts what waits.
        study.load().catch((cause: unknown) => console.warn(cause));
      } catch (cause) {
        this.error = cause;
      }
    });
  }
}
