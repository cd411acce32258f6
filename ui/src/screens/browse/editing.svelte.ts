import {
  ask,
  commands,
  type DeckRow,
  type EditorView,
  type ItemDraft,
  type MemoryView,
  type PreviewView,
  type RowId,
} from '../../api/client';
import { last, NEW_ITEM } from './last';

/** How long writing has to rest before the preview is asked for. */
const PAUSE_MS = 200;

/** A deck that does not exist yet; it is made when the card is saved. */
export const NEW_DECK = '';

/** The item in the editor: as it is kept, and the draft of it that is being written. */
export class Editing {
  kept = $state.raw<EditorView | null>(null);
  draft = $state<ItemDraft | null>(null);
  /** Whose memory is shown. */
  card = $state<number | null>(null);
  previewing = $state(false);
  preview = $state.raw<PreviewView | null>(null);
  error = $state.raw<unknown>(null);
  saving = $state(false);
  /** Whether the draft is one that was left unsaved before. */
  resumed = $state(false);
  /** What waits for the answer whether to keep the changes. */
  asking = $state.raw<(() => void) | null>(null);
  /** Decks that a new card can go into, and the name of one to be made. */
  decks = $state.raw<DeckRow[]>([]);
  deckName = $state('');
  #clean = $state('');
  #turn = 0;
  #previewTurn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly dirty = $derived(this.draft !== null && JSON.stringify(this.draft) !== this.#clean);
  readonly memory: MemoryView | null = $derived(
    this.kept?.cards.find((one) => one.card === this.card) ?? this.kept?.cards[0] ?? null,
  );

  /** Whether there is something in the editor, or there was an attempt at it. */
  get open(): boolean {
    return this.draft !== null || this.error !== null;
  }

  /** The rows of the item, for what is done to it as a whole. */
  get rows(): RowId[] {
    const item = this.kept?.draft.item;
    if (!this.kept || item === null || item === undefined) return [];
    if (this.kept.cards.length === 0) return [{ item, card: null }];
    return this.kept.cards.map(({ card }) => ({ item, card }));
  }

  /** Brings an item into the editor. The latest one wins. */
  async show(item: string, card: number | null = null): Promise<void> {
    const turn = ++this.#turn;
    try {
      const view = await ask(commands.itemEditor(item));
      if (turn !== this.#turn) return;
      this.#take(view, card);
      this.#resume(item);
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.#empty();
      this.error = cause;
    }
  }

  /** Asks again for what is in the editor; a draft being written stays. */
  async refresh(): Promise<void> {
    const item = this.kept?.draft.item;
    if (!item) return;
    if (!this.dirty) return this.show(item, this.card);
    const turn = this.#turn;
    const view = await ask(commands.itemEditor(item));
    if (turn === this.#turn) this.kept = view;
  }

  /** An empty card. */
  async begin(deckName: string): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { decks } = await ask(commands.library());
      if (turn !== this.#turn) return;
      this.#empty();
      this.decks = decks.filter(({ origin }) => origin !== 'bundled');
      this.deckName = deckName;
      const deck = (this.decks.find(({ origin }) => origin === 'made') ?? this.decks[0])?.slug;
      this.#write({
        item: null,
        deck: deck ?? NEW_DECK,
        task: null,
        tags: [],
        body: { kind: 'card', style: 'basic', front: '', back: '' },
      });
      this.#resume(NEW_ITEM);
    } catch (cause) {
      if (turn === this.#turn) this.error = cause;
    }
  }

  /** Keeps the draft; says whether that went well. */
  async save(): Promise<boolean> {
    if (!this.draft || this.saving) return false;
    this.saving = true;
    this.error = null;
    try {
      if (this.draft.deck === NEW_DECK) this.draft.deck = await this.#makeDeck();
      this.#take(await ask(commands.saveItem($state.snapshot(this.draft))), this.card);
      return true;
    } catch (cause) {
      this.error = cause;
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** Gives the item the words back that its deck came with. */
  async restore(): Promise<boolean> {
    const item = this.kept?.draft.item;
    if (!item) return false;
    try {
      this.#take(await ask(commands.restoreItem(item)), this.card);
      return true;
    } catch (cause) {
      this.error = cause;
      return false;
    }
  }

  /** Does something that takes the draft away, once the changes in it are seen to. */
  leave(then: () => void): void {
    if (this.dirty) this.asking = then;
    else then();
  }

  /** Keeps what is not saved for when one comes back; whether there was anything. */
  setAside(): boolean {
    if (!this.draft || !this.dirty) return false;
    last.writing = this.draft.item ?? NEW_ITEM;
    last.drafts.set(last.writing, $state.snapshot(this.draft));
    return true;
  }

  close(): void {
    this.#turn += 1;
    this.#empty();
  }

  /** Asks for the preview when writing rests. */
  watch(): () => void {
    const draft = $state.snapshot(this.draft);
    clearTimeout(this.#timer);
    if (draft === null || !(this.previewing || this.dirty)) {
      this.#previewTurn += 1;
      this.preview = null;
    } else {
      this.#timer = setTimeout(() => void this.#ask(draft), PAUSE_MS);
    }
    return () => clearTimeout(this.#timer);
  }

  async #ask(draft: ItemDraft): Promise<void> {
    const turn = ++this.#previewTurn;
    try {
      const preview = await ask(commands.previewItem(draft));
      if (turn === this.#previewTurn) this.preview = preview;
    } catch (cause) {
      if (turn === this.#previewTurn) this.error = cause;
    }
  }

  async #makeDeck(): Promise<string> {
    const before = new Set((await ask(commands.library())).decks.map(({ slug }) => slug));
    const { decks } = await ask(commands.newDeck(this.deckName));
    // A name with `::` may make the decks above it as well; the new card goes into the lowest.
    const made = decks.filter(({ slug }) => !before.has(slug)).at(-1);
    this.decks = decks.filter(({ origin }) => origin !== 'bundled');
    return made?.slug ?? NEW_DECK;
  }

  #take(view: EditorView, card: number | null): void {
    this.error = null;
    this.kept = view;
    this.card = card;
    this.#write(structuredClone(view.draft));
  }

  #write(draft: ItemDraft): void {
    this.draft = draft;
    this.resumed = false;
    this.#clean = JSON.stringify(draft);
    this.preview = null;
  }

  /** Goes on with the draft that was left of an item. */
  #resume(item: string): void {
    const draft = last.drafts.get(item);
    last.drafts.delete(item);
    this.resumed = draft !== undefined;
    if (draft) this.draft = draft;
  }

  #empty(): void {
    this.error = null;
    this.kept = null;
    this.draft = null;
    this.preview = null;
    this.#clean = '';
  }
}
