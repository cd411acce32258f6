import { Channel } from '@tauri-apps/api/core';
import { tick } from 'svelte';
import {
  ask,
  commands,
  type ColumnChoice,
  type ImportChoices,
  type ImportCounts,
  type Imported,
  type ImportOptions,
  type ImportPreview,
  type ImportProgress,
  type MatchView,
  type Resolve,
} from '../../api/client';

export type Phase = 'reading' | 'preview' | 'keeping' | 'done' | 'undone' | 'failed' | 'stopped';

/** A wait shorter than this is not worth a word. */
const SHORT_MS = 300;
/** A wait shorter than this needs no way out. */
const PATIENCE_MS = 2000;
/** Changes made within this time are asked about together. */
const PAUSE_MS = 200;

/** What leaves lets go of, before the next file is read. */
let leaving: Promise<unknown> = Promise.resolve();

/** One file on its way into the collection: what Rust said of it, and what was chosen since. */
export class Importing {
  readonly path: string;
  phase = $state<Phase>('reading');
  preview = $state.raw<ImportPreview | null>(null);
  /** What is chosen now; the preview follows. */
  options = $state.raw<ImportOptions | null>(null);
  choices = $state.raw<ImportChoices>({ matches: [], tasks: [] });
  progress = $state.raw<ImportProgress | null>(null);
  /** What went wrong; while there is a preview, that still holds. */
  error = $state.raw<unknown>(null);
  /** Whether what is running is worth a word, and whether a way out. */
  slow = $state(false);
  long = $state(false);
  /** Whether Rust has not answered to the last change yet. */
  waiting = $state(false);
  came = $state.raw<ImportCounts | null>(null);
  decks = $state.raw<string[]>([]);

  #timers: ReturnType<typeof setTimeout>[] = [];
  #pause: ReturnType<typeof setTimeout> | undefined;
  #changing: Promise<void> | null = null;
  #changed = false;
  #gone = false;
  #stopped = false;

  constructor(path: string) {
    this.path = path;
  }

  async read(): Promise<void> {
    this.phase = 'reading';
    this.error = null;
    this.preview = null;
    this.choices = { matches: [], tasks: [] };
    // A screen that goes lets go of its file first.
    await tick();
    await leaving;
    if (this.#gone) return;
    try {
      const preview = await this.#timed((channel) =>
        ask(commands.previewImport(this.path, channel)),
      );
      if (this.phase !== 'reading') return;
      this.preview = preview;
      this.options = preview.options;
      this.phase = 'preview';
    } catch (cause) {
      if (this.phase !== 'reading') return;
      this.error = cause;
      this.phase = 'failed';
    }
  }

  /** Changes how it is brought in. */
  set(part: Partial<ImportOptions>): void {
    if (!this.options) return;
    this.options = { ...this.options, ...part };
    // Tasks are those of one exam, and the items those of one reading.
    if (part.exam !== undefined) this.choices = { ...this.choices, tasks: [] };
    this.#change();
  }

  /** Changes how the columns of a delimited file are read. */
  setColumns(part: Partial<ColumnChoice>): void {
    const before = this.options?.columns ?? {
      delimiter: null,
      encoding: null,
      header: null,
      roles: [],
    };
    this.choices = { matches: [], tasks: [] };
    this.set({ columns: { ...before, ...part } });
  }

  resolve(match: MatchView, resolve: Resolve): void {
    const others = this.choices.matches.filter(({ id }) => id !== match.id);
    this.choices = { ...this.choices, matches: [...others, { id: match.id, resolve }] };
    this.#change();
  }

  resolved({ id, resolve }: MatchView): Resolve {
    return this.choices.matches.find((one) => one.id === id)?.resolve ?? resolve;
  }

  setTask(item: number, task: string | null): void {
    const others = this.choices.tasks.filter((one) => one.item !== item);
    this.choices = { ...this.choices, tasks: [...others, { item, task }] };
    this.#change();
  }

  /** Keeps the file, once every change was answered; tells whether it is in the collection. */
  async keep(): Promise<boolean> {
    if (this.phase !== 'preview') return false;
    this.phase = 'keeping';
    this.error = null;
    this.#stopped = false;
    try {
      await this.#settle();
      if (this.error !== null) throw this.error;
      const ended: Imported = await this.#timed((channel) => ask(commands.import(channel)));
      if (ended.ended === 'cancelled') {
        this.phase = 'stopped';
        return false;
      }
      this.came = ended.counts;
      this.decks = ended.decks;
      this.phase = 'done';
      return true;
    } catch (cause) {
      // What was stopped is forgotten, so there is nothing to go back to.
      this.error = this.#stopped ? null : cause;
      this.phase = this.#stopped ? 'stopped' : 'preview';
      return false;
    }
  }

  /** Stops keeping it. Rust says how that ended. */
  stop(): void {
    this.#stopped = true;
    ask(commands.cancelImport()).catch((cause: unknown) => (this.error = cause));
  }

  /**
   * The screen goes. What is being kept goes on; what was only read is forgotten, unless another
   * file takes its place.
   */
  leave(replaced: () => boolean): void {
    this.#gone = true;
    clearTimeout(this.#pause);
    const forget = () =>
      (leaving = ask(commands.cancelImport()).catch((cause: unknown) => console.warn(cause)));
    if (this.phase === 'reading') void forget();
    else if (this.phase === 'preview') {
      // Only then is it known what came in its place.
      void tick().then(() => {
        if (!replaced()) void forget();
      });
    }
  }

  #change(): void {
    this.waiting = true;
    this.#changed = true;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#settle(), PAUSE_MS);
  }

  /** Asks about changes until there are none that Rust has not answered. */
  #settle(): Promise<void> {
    clearTimeout(this.#pause);
    this.#changing ??= this.#ask().finally(() => (this.#changing = null));
    return this.#changing;
  }

  async #ask(): Promise<void> {
    while (this.#changed && this.options) {
      this.#changed = false;
      const { options, choices } = this;
      try {
        const preview = await this.#timed((channel) =>
          ask(commands.changeImport(options, choices, channel)),
        );
        if (this.#gone) return;
        this.preview = preview;
        this.error = null;
      } catch (cause) {
        this.error = cause;
      }
    }
    this.waiting = false;
  }

  async #timed<T>(job: (channel: Channel<ImportProgress>) => Promise<T>): Promise<T> {
    this.#rest();
    this.#timers = [
      setTimeout(() => (this.slow = true), SHORT_MS),
      setTimeout(() => (this.long = true), PATIENCE_MS),
    ];
    const channel = new Channel<ImportProgress>();
    channel.onmessage = (step) => (this.progress = step);
    try {
      return await job(channel);
    } finally {
      this.#rest();
    }
  }

  #rest(): void {
    this.#timers.forEach(clearTimeout);
    this.progress = null;
    this.slow = false;
    this.long = false;
  }
}
