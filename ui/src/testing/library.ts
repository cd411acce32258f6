import type {
  CountedShare,
  DeckOptionsView,
  DeckRow,
  LibraryView,
  OperationKind,
  OptimiseView,
  StudyOptions,
} from '../api/client';
import { refusal, type Desk, type Input } from './desk';

const share = (hits: number, of: number, low: number, high: number): CountedShare => ({
  hits,
  of,
  low,
  high,
});

/** A deck as Rust shows it. */
export function deck(slug: string, title: string, parts: Partial<DeckRow> = {}): DeckRow {
  return {
    slug,
    title,
    depth: 0,
    origin: 'made',
    version: '1.0.0',
    license: 'CC0-1.0',
    authors: [],
    blueprint: 'MLS-C01',
    cards: 0,
    questions: 0,
    due: 0,
    new: 0,
    suspended: 0,
    recall: null,
    desired: 0.9,
    updated_ms: new Date(2025, 10, 24, 8).getTime(),
    own_options: false,
    ...parts,
  };
}

const at = (day: number) => new Date(2025, 10, day, 18).getTime();

export function decks(): DeckRow[] {
  return [
    deck('core', 'MLS-C01 core', {
      origin: 'bundled',
      version: '1.3.0',
      cards: 642,
      questions: 390,
      due: 41,
      new: 96,
      suspended: 4,
      recall: share(488, 536, 0.883, 0.932),
    }),
    deck('modeling', 'Modeling, my notes', {
      cards: 188,
      due: 14,
      new: 22,
      recall: share(141, 160, 0.822, 0.923),
      updated_ms: at(23),
      own_options: true,
    }),
    deck('tuning', 'Tuning', {
      depth: 1,
      cards: 64,
      due: 9,
      new: 8,
      recall: share(60, 68, 0.785, 0.94),
      updated_ms: at(23),
    }),
    deck('metrics', 'Metrics and thresholds', {
      depth: 1,
      cards: 99,
      new: 12,
      recall: share(76, 80, 0.878, 0.98),
      updated_ms: at(21),
    }),
    deck('algorithms', 'SageMaker algorithms', {
      origin: 'file',
      version: '2.0.0',
      authors: ['Mara Lind'],
      cards: 164,
      due: 9,
      recall: share(186, 200, 0.886, 0.958),
    }),
    deck('kinesis', 'Kinesis, Glue and EMR', {
      origin: 'file',
      cards: 121,
      new: 41,
      recall: share(62, 72, 0.763, 0.923),
      updated_ms: at(9),
    }),
    deck('mocks', 'Mock exams 1 to 8', {
      origin: 'bundled',
      version: '1.3.0',
      questions: 520,
      updated_ms: at(22),
    }),
  ];
}

export const OPTIONS: Required<StudyOptions> = {
  learning_steps: [1, 10],
  relearning_steps: [10],
  desired_retention: 0.8999999761581421,
  parameters: [],
  new_per_day: 20,
  reviews_per_day: 200,
  longest_interval: 36_500,
  fuzz: true,
  balance: true,
  leech_lapses: 8,
  bury_siblings: true,
};

export const FOUND: OptimiseView = {
  ended: 'found',
  reviews: 4812,
  before: { log_loss: 0.3274, rmse: 0.0412 },
  after: { log_loss: 0.3129, rmse: 0.0287 },
  parameters: Array.from({ length: 21 }, (_, index) => 0.2 + index / 10),
  better: true,
};

/** Decks as Rust keeps them. */
export class Shelf {
  decks: DeckRow[];
  own = new Map<string | null, StudyOptions>();
  optimised: OptimiseView | Promise<OptimiseView> = FOUND;
  #past: DeckRow[][] = [];

  constructor(known: DeckRow[] = decks()) {
    this.decks = known;
  }

  teach(desk: Desk): this {
    Object.assign(desk.also, {
      library: () => this.view(),
      new_deck: (input: Input) => this.#make(input['title'] as string),
      rename_deck: (input: Input) =>
        this.#change((one) =>
          one.slug === input['slug']
            ? { ...one, title: (input['title'] as string).split('::').at(-1) ?? '' }
            : one,
        ),
      delete_deck: (input: Input) =>
        this.#change((one) => (one.slug === input['slug'] ? null : one)),
      deck_options: (input: Input) => this.#options(input['deck'] as string | null),
      set_deck_options: (input: Input) => {
        const slug = input['deck'] as string | null;
        const options = input['options'] as Required<StudyOptions> | null;
        if (options && options.desired_retention > 0.99) {
          throw refusal('options', 'Desired retention 1 is out of range: choose 0.70 to 0.99.');
        }
        if (options) this.own.set(slug, options);
        else this.own.delete(slug);
        return this.#options(slug);
      },
      optimise: () => this.optimised,
      cancel_optimise: () => null,
      undo: (): OperationKind | null => {
        const before = this.#past.pop();
        if (!before) return null;
        this.decks = before;
        return 'deck';
      },
    });
    return this;
  }

  view(): LibraryView {
    const top = this.decks.filter(({ depth }) => depth === 0);
    const sum = (of: (deck: DeckRow) => number) => top.reduce((all, one) => all + of(one), 0);
    return {
      decks: this.decks,
      cards: sum(({ cards }) => cards),
      questions: sum(({ questions }) => questions),
    };
  }

  #make(title: string): LibraryView {
    if (this.decks.some((one) => one.title === title)) {
      throw refusal('deck_exists', `There is a deck “${title}” already.`, {
        hint: 'Choose another name.',
      });
    }
    this.#past.push(this.decks);
    this.decks = [...this.decks, deck(`made-${this.decks.length}`, title)];
    return this.view();
  }

  #change(change: (deck: DeckRow) => DeckRow | null): LibraryView {
    this.#past.push(this.decks);
    this.decks = this.decks.flatMap((one) => change(one) ?? []);
    return this.view();
  }

  #options(slug: string | null): DeckOptionsView {
    const own = this.own.get(slug);
    const from = slug === 'tuning' ? 'Modeling, my notes' : null;
    return {
      deck: slug,
      options: own ?? this.own.get(null) ?? OPTIONS,
      own: own !== undefined,
      from: own ? null : from,
    };
  }
}
