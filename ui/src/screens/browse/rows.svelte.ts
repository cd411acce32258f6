import type { RowId, Selection } from '../../api/client';
import type { Finder } from './finder.svelte';

/** Up to how many rows one of them is left out of "all" by naming the others. */
const MOST_NAMED = 5000;

const keyOf = ({ item, card }: RowId) => `${card ?? 'question'} ${item}`;

/** Which row is the current one, and which are chosen. With none chosen, the current one is meant. */
export class Rows {
  cursor = $state<number | null>(null);
  /** Whether all that the query finds is chosen, however much. */
  all = $state(false);
  #chosen = $state.raw<ReadonlyMap<string, RowId>>(new Map());
  #anchor = 0;
  readonly #finder: Finder;

  constructor(finder: Finder) {
    this.#finder = finder;
  }

  /** How many are chosen by hand. */
  get count(): number {
    return this.all ? this.#finder.total : this.#chosen.size;
  }

  /** How many rows an action is for. */
  get meant(): number {
    return this.count > 0 ? this.count : this.selection ? 1 : 0;
  }

  chosen(id: RowId): boolean {
    return this.all || this.#chosen.has(keyOf(id));
  }

  /** What an action is for. */
  get selection(): Selection | null {
    if (this.all) return { of: 'query', what: this.#finder.found?.query ?? '' };
    if (this.#chosen.size > 0) return { of: 'rows', what: [...this.#chosen.values()] };
    const row = this.cursor === null ? undefined : this.#finder.row(this.cursor);
    return row ? { of: 'rows', what: [row.id] } : null;
  }

  /** Makes another row the current one. */
  to(index: number): void {
    if (this.#finder.total === 0) return;
    this.cursor = Math.min(this.#finder.total - 1, Math.max(0, index));
    this.#anchor = this.cursor;
  }

  move(step: number): void {
    if (this.cursor === null) this.to(step > 0 ? 0 : this.#finder.total - 1);
    else this.to(this.cursor + step);
  }

  /** Chooses a row, or leaves it out. */
  async toggle(index: number): Promise<void> {
    const row = await this.#finder.rowAt(index);
    if (!row) return;
    this.cursor = index;
    this.#anchor = index;
    if (this.all) await this.#nameAll();
    const next = new Map(this.#chosen);
    if (!next.delete(keyOf(row.id))) next.set(keyOf(row.id), row.id);
    this.#chosen = next;
  }

  /** Chooses all from where the last single step ended to this row. */
  async extendTo(index: number): Promise<void> {
    if (this.#finder.total === 0) return;
    const to = Math.min(this.#finder.total - 1, Math.max(0, index));
    if (this.cursor === null) this.#anchor = to;
    this.cursor = to;
    const [from, end] = this.#anchor < to ? [this.#anchor, to] : [to, this.#anchor];
    const rows = await this.#finder.range(from, end);
    this.all = false;
    this.#chosen = new Map(rows.map(({ id }) => [keyOf(id), id]));
  }

  extend(step: number): Promise<void> {
    return this.extendTo((this.cursor ?? -step) + step);
  }

  chooseAll(): void {
    if (this.#finder.total > 0) this.all = true;
  }

  chooseNone(): void {
    this.all = false;
    this.#chosen = new Map();
  }

  /** Forgets all: other rows are shown. */
  clear(): void {
    this.chooseNone();
    this.cursor = null;
  }

  /** After a change: the current row stays at its place, as far as there is one. */
  settle(): void {
    this.chooseNone();
    const { total } = this.#finder;
    if (this.cursor !== null) this.cursor = total === 0 ? null : Math.min(this.cursor, total - 1);
  }

  /** Turns "all" into the rows by name; beyond a count into none. */
  async #nameAll(): Promise<void> {
    const { total } = this.#finder;
    const rows = total <= MOST_NAMED ? await this.#finder.range(0, total - 1) : [];
    this.#chosen = new Map(rows.map(({ id }) => [keyOf(id), id]));
    this.all = false;
  }
}
