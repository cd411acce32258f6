import {
  ask,
  commands,
  type BrowseColumn,
  type BrowseOrder,
  type BrowseRow,
  type BrowseView,
} from '../../api/client';

/** Rows asked for at once. */
export const PAGE = 100;
/** How long typing has to rest before Rust is asked. */
const PAUSE_MS = 120;
/** How long an answer may take before it is told what it waits for, and told again. */
const SLOW_MS = 300;

type Pages = ReadonlyMap<number, readonly BrowseRow[]>;

/** What was found, without its rows, and the query that it is the answer to. */
export type Found = Omit<BrowseView, 'rows'> & { query: string };

/**
 * The rows that a query finds, asked from Rust page by page as they come into view. The latest
 * question wins: what answers an older one is dropped.
 */
export class Finder {
  query = $state('');
  order = $state.raw<BrowseOrder>({ column: 'due', descending: false });
  found = $state.raw<Found | null>(null);
  error = $state.raw<unknown>(null);
  /** While an answer takes long: how many new items have to be made findable first. */
  waiting = $state.raw<number | null>(null);
  #pages = $state.raw<Pages>(new Map());
  #asked = new Set<number>();
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(query = '', order?: BrowseOrder) {
    this.query = query;
    if (order) this.order = order;
  }

  get total(): number {
    return this.found?.total ?? 0;
  }

  /** A row that has been loaded. */
  row(index: number): BrowseRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** A row, loaded if need be. */
  async rowAt(index: number): Promise<BrowseRow | undefined> {
    if (!this.row(index)) await this.#load(Math.floor(index / PAGE));
    return this.row(index);
  }

  /** Another query; it is asked when typing rests. */
  type(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.search(), PAUSE_MS);
  }

  /** Sorts by a column; again turns the order round. */
  sort(column: BrowseColumn): Promise<void> {
    const same = this.order.column === column;
    this.order = { column, descending: same && !this.order.descending };
    return this.search();
  }

  /** Asks anew, from the page that holds `index` on. What is shown stays until the answer comes. */
  async search(index = 0): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const page = Math.floor(index / PAGE);
    const { query } = this;
    this.error = null;
    this.waiting = null;
    const answer = { came: false };
    setTimeout(() => void this.#tell(turn, answer), SLOW_MS);
    try {
      const { rows, ...head } = await this.#ask(page * PAGE, PAGE);
      if (turn !== this.#turn) return;
      this.found = { ...head, query };
      this.#asked = new Set([page]);
      this.#pages = new Map([[page, rows]]);
    } catch (cause) {
      if (turn === this.#turn) this.error = cause;
    } finally {
      answer.came = true;
      if (turn === this.#turn) this.waiting = null;
    }
  }

  /** Sees to it that these rows are loaded. */
  need(from: number, to: number): void {
    const last = Math.min(to, this.total - 1);
    for (let page = Math.floor(from / PAGE); page * PAGE <= last; page += 1) {
      if (!this.#asked.has(page)) void this.#load(page);
    }
  }

  /** The rows of a range in order, however long it is; not kept. */
  async range(from: number, to: number): Promise<BrowseRow[]> {
    const rows: BrowseRow[] = [];
    for (let at = from; at <= to;) {
      const loaded = this.row(at);
      if (loaded) {
        rows.push(loaded);
        at += 1;
        continue;
      }
      const { rows: more } = await this.#ask(at, Math.min(10 * PAGE, to - at + 1));
      if (more.length === 0) break;
      rows.push(...more);
      at += more.length;
    }
    return rows;
  }

  /** Forgets what was asked, and what has not been asked yet. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }

  /** Tells what an answer waits for, until it comes. */
  async #tell(turn: number, answer: { readonly came: boolean }): Promise<void> {
    while (turn === this.#turn && !answer.came) {
      // The answer itself says what is wrong.
      const left = await ask(commands.wordsLeft()).catch(() => 0);
      if (turn !== this.#turn || answer.came) return;
      this.waiting = left;
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    }
  }

  async #load(page: number): Promise<void> {
    const turn = this.#turn;
    this.#asked.add(page);
    try {
      const { rows } = await this.#ask(page * PAGE, PAGE);
      if (turn === this.#turn) this.#pages = new Map([...this.#pages, [page, rows]]);
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      this.error = cause;
    }
  }

  #ask(offset: number, limit: number): Promise<BrowseView> {
    return ask(commands.browse(this.query, this.order, offset, limit));
  }
}
