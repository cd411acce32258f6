import type {
  BrowseAction,
  BrowseOrder,
  BrowseRow,
  BrowseView,
  EditorView,
  ItemDraft,
  MemoryView,
  OperationKind,
  PreviewView,
  RecallPoint,
  Selection,
} from '../api/client';
import { refusal, type Desk, type Input } from './desk';

const FRONTS: [text: string, task: string, stability: number, recall: number, due: number][] = [
  ['XGBoost overfits. Name three hyperparameters, with direction.', '3.4', 1, 0.72, -3],
  ['Warm start: identical data and algorithm, or transfer learning?', '3.4', 2, 0.82, -2],
  ['What do you give up by raising parallel jobs in Bayesian tuning?', '3.4', 6, 0.88, -2],
  ['RecordIO with Pipe mode: when does it beat File mode?', '3.3', 2, 0.86, -1],
  ['Which metric does early stopping compare across training jobs?', '3.4', 3, 0.9, 0],
  ['Learning rate is on a log scale. Which scaling type, and why?', '3.4', 6, 0.9, 0],
  ['When is random search a better choice than Bayesian search?', '3.4', 14, 0.9, 0],
  ['Hyperband: how does it decide which training jobs to stop?', '3.4', 5, 0.9, 0],
  ['L1 against L2 regularization: which gives exact zeros?', '3.3', 36, 0.9, 0],
  ['What does a high scale_pos_weight do to precision and recall?', '3.5', 8, 0.89, 0],
  ['Validation loss falls, then rises. Name the cause and two remedies.', '3.3', 21, 0.9, 0],
  ['Why scale features before k-means but not before a random forest?', '3.2', 17, 0.9, 0],
  ['ROC or precision-recall when positives are 0.3% of rows?', '3.5', 4, 0.89, 0],
  ['Managed spot training: what must the script do to resume?', '3.3', 11, 0.9, 0],
];

/** A row as Rust shows it. */
export function row(index: number, parts: Partial<BrowseRow> = {}): BrowseRow {
  const [text, task, stability, recall, due] =
    FRONTS[index % FRONTS.length] ?? (FRONTS[0] as (typeof FRONTS)[number]);
  const round = Math.floor(index / FRONTS.length);
  return {
    id: { item: `core/card-${index + 1}`, card: index + 1 },
    text: round === 0 ? text : `${text.slice(0, -1)}, case ${round + 1}?`,
    deck: 'MLS-C01 core',
    task,
    domain_index: 2,
    phase: 'review',
    stability,
    difficulty: 4.2 + (index % 5) * 0.7,
    recall,
    due_in_days: due + round,
    reviews: 7 + (index % 4),
    lapses: index % 3,
    suspended: false,
    buried: false,
    flag: 0,
    added: '2025-10-19',
    ...parts,
  };
}

export function rows(count: number): BrowseRow[] {
  return Array.from({ length: count }, (_, index) => row(index));
}

const DAY_MS = 86_400_000;
const START = new Date(2025, 9, 19, 19).getTime();
const REVIEWS: [day: number, grade: number, stability: number][] = [
  [0, 3, 1.5],
  [2, 3, 3.4],
  [5, 3, 5],
  [11, 1, 2],
  [13, 3, 4.2],
  [18, 3, 9.5],
  [32, 1, 2],
];

/** A card that was reviewed seven times, twice in vain. */
export function memory(parts: Partial<MemoryView> = {}): MemoryView {
  const now = 36;
  const curve = REVIEWS.flatMap(([day, , stability], piece): RecallPoint[] => {
    const end = REVIEWS[piece + 1]?.[0] ?? now;
    return Array.from({ length: 13 }, (_, step) => {
      const at = day + ((end - day) * step) / 12;
      const recall = (1 + (0.2346 * (at - day)) / stability) ** -0.5;
      return { at_ms: START + at * DAY_MS, recall, starts: step === 0 };
    });
  });
  return {
    card: 2,
    phase: 'review',
    suspended: false,
    flag: 0,
    reviews: REVIEWS.map(([day, grade]) => ({ at_ms: START + day * DAY_MS, grade })),
    lapses: 2,
    recall: 0.82,
    desired: 0.9,
    curve,
    ...parts,
  };
}

export function editor(row: BrowseRow, parts: Partial<EditorView> = {}): EditorView {
  const draft: ItemDraft = {
    item: row.id.item,
    deck: 'core',
    task: row.task,
    tags: ['tuning', 'sagemaker'],
    body: {
      kind: 'card',
      style: 'basic',
      front: row.text.startsWith('Warm start')
        ? 'Warm start: when do you choose identical data and algorithm, and when transfer learning?'
        : row.text,
      back: 'Identical: same data and algorithm image, you only want to search longer or change ranges.\n\nTransfer: the data, the image or the hyperparameters differ from the parent job.',
    },
  };
  if (row.phase === null) {
    draft.body = { kind: 'question', markdown: MARKDOWN, difficulty: 'medium' };
  }
  return {
    draft,
    deck_title: row.deck,
    domain_index: row.domain_index,
    task_title: 'Perform hyperparameter optimization',
    edited: false,
    source: null,
    cards:
      row.id.card === null
        ? []
        : [memory({ card: row.id.card, suspended: row.suspended, flag: row.flag })],
    ...parts,
  };
}

const MARKDOWN = `A team tunes a model with 40 jobs in sequence and has a day left.

Which change shortens the search **most**?

- [ ] Run all jobs at once with the Bayesian strategy.
- [x] Use Hyperband with early stopping.
- [ ] Use grid search.
- [ ] Lower the learning rate.

why: Hyperband stops jobs that fall behind.
`;

interface Moment {
  kind: OperationKind;
  rows: BrowseRow[];
  editors: Map<string, EditorView>;
}

/** Rows as Rust keeps them: found by words and a few fields, changed, and taken back. */
export class Notes {
  rows: BrowseRow[];
  editors = new Map<string, EditorView>();
  /** Rows that no query here finds. */
  others = 0;
  /** What Rust would refuse to save, by what the front says. */
  problemsOf: (draft: ItemDraft) => string[] = () => [];
  /** The words that the deck came with. */
  readonly #came: ReadonlyMap<string, string>;
  #past: Moment[] = [];
  #undone: Moment[] = [];

  constructor(known: BrowseRow[] = rows(14)) {
    this.rows = known;
    this.#came = new Map(known.map(({ id, text }) => [id.item, text]));
  }

  teach(desk: Desk): this {
    Object.assign(desk.also, {
      browse: (input: Input) => this.#browse(input),
      act_on_rows: (input: Input) =>
        this.#act(input['selection'] as Selection, input['action'] as BrowseAction),
      item_editor: (input: Input) => this.#editor(input['item'] as string),
      preview_item: (input: Input) => this.#preview(input['draft'] as ItemDraft),
      save_item: (input: Input) => this.#save(input['draft'] as ItemDraft),
      restore_item: (input: Input) => this.#restore(input['item'] as string),
      undo: () => this.#swap(this.#past, this.#undone),
      redo: () => this.#swap(this.#undone, this.#past),
    });
    return this;
  }

  #browse(input: Input): BrowseView {
    const query = input['query'] as string;
    const { column, descending } = input['order'] as BrowseOrder;
    const offset = input['offset'] as number;
    const spans = [...query.matchAll(/\S+/g)].flatMap((word) => {
      const field = /^-?[a-z]+:/.exec(word[0])?.[0].length ?? 0;
      const end = word.index + word[0].length;
      const value = { start: word.index + field, end, syntax: false };
      return field === 0
        ? [value]
        : [{ start: word.index, end: word.index + field, syntax: true }, value];
    });
    const wrong = /colour:/.exec(query);
    const problem = wrong && {
      message: 'There is no field “colour”.',
      hint: 'Fields are deck, tag, domain, task, is, prop, added, rated, kind and flag.',
      start: wrong.index,
      end: wrong.index + wrong[0].length,
    };
    const found = problem ? [] : this.#find(query);
    const key = { text: 'text', deck: 'deck', due: 'due_in_days' }[column as string] ?? column;
    const value = (one: BrowseRow) => one[key as keyof BrowseRow] as string | number | null;
    const sign = descending ? -1 : 1;
    found.sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return x < y ? -sign : x > y ? sign : 0;
    });
    return {
      total: found.length,
      of: this.rows.length + this.others,
      rows: found.slice(offset, offset + (input['limit'] as number)),
      problem,
      spans,
      undo: this.#past.at(-1)?.kind ?? null,
      redo: this.#undone.at(-1)?.kind ?? null,
    };
  }

  #find(query: string): BrowseRow[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return this.rows.filter((one) =>
      words.every((word) => {
        if (word === 'is:due') return !one.suspended && (one.due_in_days ?? 1) <= 0;
        if (word === 'is:suspended') return one.suspended;
        return word.includes(':') || one.text.toLowerCase().includes(word);
      }),
    );
  }

  #meant(selection: Selection): BrowseRow[] {
    if (selection.of === 'query') return this.#find(selection.what);
    return this.rows.filter(({ id }) =>
      selection.what.some((one) => one.item === id.item && one.card === id.card),
    );
  }

  #act(selection: Selection, action: BrowseAction): { changed: number } {
    const meant = new Set(this.#meant(selection));
    const kinds: Record<BrowseAction['do'], OperationKind> = {
      suspend: 'suspend',
      resume: 'suspend',
      bury: 'bury',
      flag: 'flag',
      reset: 'reset',
      add_tag: 'tag',
      remove_tag: 'tag',
      delete: 'delete',
    };
    this.#keep(kinds[action.do]);
    if (action.do === 'delete') this.rows = this.rows.filter((one) => !meant.has(one));
    const change = changeOf(action);
    this.rows = this.rows.map((one) => (meant.has(one) ? { ...one, ...change } : one));
    return { changed: meant.size };
  }

  #editor(item: string): EditorView {
    const known = this.rows.find(({ id }) => id.item === item);
    if (!known) throw refusal('no_such_item', 'There is no such item in this collection.');
    return editor(known, this.editors.get(item));
  }

  #preview(draft: ItemDraft): PreviewView {
    const { body } = draft;
    const [front, back] =
      body.kind === 'card' ? [body.front, body.back] : [body.markdown, 'Hyperband stops jobs.'];
    const html = (text: string) => `<p>${text.replaceAll('<', '&lt;')}</p>`;
    return {
      sides: [{ front_html: html(front), back_html: html(back) }],
      problems: this.problemsOf(draft),
    };
  }

  #save(draft: ItemDraft): EditorView {
    const [problem] = this.problemsOf(draft);
    if (problem) throw refusal('draft', problem, { hint: 'Nothing was changed.' });
    const item = draft.item ?? `made/card-${this.rows.length + 1}`;
    this.#keep(draft.item === null ? 'make' : 'edit');
    const text = draft.body.kind === 'card' ? draft.body.front : draft.body.markdown;
    if (draft.item === null) {
      const id = { item, card: 1000 + this.rows.length };
      const fresh = { phase: 'new', due_in_days: null, stability: null, recall: null } as const;
      this.rows = [...this.rows, row(0, { id, text, deck: 'My cards', ...fresh })];
    } else {
      this.rows = this.rows.map((one) => (one.id.item === item ? { ...one, text } : one));
    }
    this.editors = new Map(this.editors).set(item, {
      ...this.#editor(item),
      draft: { ...draft, item },
      edited: draft.item !== null,
    });
    return this.#editor(item);
  }

  #restore(item: string): EditorView {
    this.#keep('edit');
    this.editors = new Map(this.editors);
    this.editors.delete(item);
    const text = this.#came.get(item);
    this.rows = this.rows.map((one) =>
      one.id.item === item && text !== undefined ? { ...one, text } : one,
    );
    return this.#editor(item);
  }

  #keep(kind: OperationKind): void {
    this.#past.push({ kind, rows: this.rows, editors: this.editors });
    this.#undone = [];
  }

  #swap(from: Moment[], to: Moment[]): OperationKind | null {
    const moment = from.pop();
    if (!moment) return null;
    to.push({ kind: moment.kind, rows: this.rows, editors: this.editors });
    this.rows = moment.rows;
    this.editors = moment.editors;
    return moment.kind;
  }
}

function changeOf(action: BrowseAction): Partial<BrowseRow> {
  switch (action.do) {
    case 'suspend':
      return { suspended: true };
    case 'resume':
      return { suspended: false };
    case 'bury':
      return { buried: true };
    case 'flag':
      return { flag: action.with };
    case 'reset':
      return { phase: 'new', due_in_days: null, stability: null, recall: null };
    default:
      return {};
  }
}
