import type {
  AppError,
  ImportChoices,
  ImportCounts,
  Imported,
  ImportOptions,
  ImportPreview,
  MappingView,
  MatchView,
  OperationKind,
} from '../api/client';
import { refusal, type Desk, type Input } from './desk';

export const PATH = '/home/mara/Downloads/ML-Specialty-2025.apkg';

const day = (month: number, of: number) => new Date(2025, month - 1, of, 18).getTime();

export const COUNTS: ImportCounts = {
  decks: 3,
  notes: 347,
  cards: 347,
  questions: 0,
  media: 41,
  reviews: 2906,
  new: 271,
  updated: 41,
  unchanged: 28,
  skipped: 7,
};

export const NOTHING: ImportCounts = {
  decks: 0,
  notes: 0,
  cards: 0,
  questions: 0,
  media: 0,
  reviews: 0,
  new: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
};

/** An item of a file beside one that is here. */
export function match(id: number, parts: Partial<MatchView> = {}): MatchView {
  return {
    id,
    kind: 'same',
    similarity: 0.62,
    same_front: true,
    mine_front_html: '<p>When does target encoding leak the label?</p>',
    mine_back_html: '<p>When the encoding is computed on the full data set.</p>',
    mine_deck: 'Modeling, my notes',
    mine_changed_ms: day(10, 3),
    file_front_html: '<p>When does target encoding leak the label?</p>',
    file_back_html:
      '<p>When the encoding is computed on <ins>rows that are later validated on. Fit it inside each fold, and smooth rare categories.</ins></p>',
    file_changed_ms: day(11, 11),
    resolve: 'file',
    ...parts,
  };
}

function matches(count: number): MatchView[] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 3 !== 1) return match(index);
    return match(index, {
      kind: 'near',
      similarity: 0.84,
      same_front: false,
      resolve: 'both',
      mine_deck: 'MLS-C01 core',
      mine_front_html: '<p>L1 against L2 regularization: which gives exact zeros?</p>',
      mine_back_html: '<p>L1.</p>',
      mine_changed_ms: null,
      file_front_html: '<p>L1 <ins>or</ins> L2 regularization: which gives exact zeros?</p>',
      file_back_html: '<p>L1<ins>, for its penalty has a corner at zero</ins>.</p>',
      file_changed_ms: null,
    });
  });
}

const TASKS: [task: string, title: string, items: number][] = [
  ['1.1', 'Create data repositories for ML', 12],
  ['1.2', 'Identify and implement a data ingestion solution', 31],
  ['1.3', 'Identify and implement a data transformation solution', 22],
  ['2.1', 'Sanitize and prepare data for modeling', 28],
  ['2.2', 'Perform feature engineering', 44],
  ['2.3', 'Analyze and visualize data for ML', 0],
  ['3.1', 'Frame business problems as ML problems', 9],
  ['3.2', 'Select the appropriate models for a given ML problem', 38],
  ['3.4', 'Perform hyperparameter optimization', 41],
  ['4.1', 'Build ML solutions for performance, availability and scale', 19],
];

export function mapping(parts: Partial<MappingView> = {}): MappingView {
  return {
    exam: 'MLS-C01',
    tasks: TASKS.map(([task, title, items]) => ({ task, title, items })),
    matched: 244,
    unmatched: 68,
    to_check: [
      {
        item: 4,
        text: 'What does Amazon Elastic Inference attach to?',
        task: null,
        confidence: null,
        chance: null,
      },
      {
        item: 17,
        text: 'Blue/green deployment: how is traffic shifted back after an alarm?',
        task: '4.1',
        confidence: 'unsure',
        chance: 0.41,
      },
      ...Array.from({ length: 26 }, (_, index) => ({
        item: 40 + index,
        text: `Name the input mode for epoch ${index + 2} of a streaming job.`,
        task: '3.4',
        confidence: 'likely' as const,
        chance: 0.72,
      })),
    ],
    ...parts,
  };
}

export const OPTIONS: ImportOptions = {
  target: { into: 'own' },
  existing: 'file',
  scheduling: true,
  exam: 'MLS-C01',
  columns: null,
};

/** A file as Rust shows it. */
export function preview(parts: Partial<ImportPreview> = {}): ImportPreview {
  return {
    file: 'ML-Specialty-2025.apkg',
    bytes: 8_412_000,
    format: 'apkg',
    made_with: 'Anki 24.11',
    licenses: ['CC-BY-4.0'],
    authors: ['Mara Lind'],
    sources: ['https://ankiweb.net/shared/info/1234567'],
    options: OPTIONS,
    decks: [
      { title: 'ML Specialty 2025', exists: false, cards: 12, questions: 0 },
      { title: 'ML Specialty 2025::Modeling', exists: true, cards: 198, questions: 0 },
      { title: 'ML Specialty 2025::Data', exists: false, cards: 137, questions: 0 },
    ],
    counts: COUNTS,
    warnings: [
      {
        code: 'note-type',
        severity: 'error',
        count: 7,
        first: Array.from({ length: 7 }, (_, index) => ({
          severity: 'error' as const,
          code: 'note-type',
          place: { file: 'collection.anki21b', line: 112 + index * 9 },
          message: 'The note type “Image Occlusion Enhanced” has no picture to show.',
          hint: 'Open it in Anki and add the picture, then export again.',
        })),
      },
      {
        code: 'media-missing',
        severity: 'warning',
        count: 1,
        first: [
          {
            severity: 'warning',
            code: 'media-missing',
            place: { file: 'collection.anki21b', line: 40 },
            message: 'The picture “roc.png” is not in the package.',
            hint: 'The card is shown without it.',
          },
        ],
      },
    ],
    passed_over: 0,
    passed_over_first: [],
    matches: matches(41),
    matches_total: 41,
    mapping: mapping(),
    has_scheduling: true,
    columns: null,
    ...parts,
  };
}

/** A table as Rust understood it. */
export function table(): ImportPreview {
  const columns = {
    delimiter: ';',
    encoding: 'windows-1252',
    header: true,
    names: ['Term', 'Meaning', 'Topic', 'Notes'],
    roles: ['front', 'back', 'tags', 'ignore'] as const,
    rows: [
      ['Recall', 'Share of the positives that are found', 'metrics', 'see page 12'],
      ['Precision', 'Share of what was flagged that is positive', 'metrics', ''],
      ['Shuffle sharding', 'Each tenant gets its own set of shards', 'scale', 'ask Jo'],
    ],
  };
  return preview({
    file: 'terms.csv',
    bytes: 18_200,
    format: 'csv',
    made_with: null,
    licenses: [],
    authors: [],
    sources: [],
    options: {
      ...OPTIONS,
      scheduling: false,
      exam: null,
      columns: { delimiter: null, encoding: null, header: null, roles: [] },
    },
    decks: [{ title: 'terms', exists: false, cards: 120, questions: 0 }],
    counts: { ...NOTHING, decks: 1, notes: 120, cards: 120, new: 120 },
    warnings: [],
    matches: [],
    matches_total: 0,
    mapping: null,
    has_scheduling: false,
    columns: { ...columns, roles: [...columns.roles] },
  });
}

/** A bank of questions, with headings that are none. */
export function bank(): ImportPreview {
  return preview({
    file: 'README.md',
    bytes: 412_000,
    format: 'bank',
    made_with: null,
    licenses: [],
    authors: [],
    options: { ...OPTIONS, scheduling: false },
    decks: [{ title: 'AWS Machine Learning practice', exists: false, cards: 0, questions: 214 }],
    counts: { ...NOTHING, decks: 1, questions: 214, new: 209, skipped: 5 },
    warnings: [],
    passed_over: 2,
    passed_over_first: [
      { code: 'no-options', place: { file: 'README.md', line: 1 }, text: 'Practice questions' },
      { code: 'no-options', place: { file: 'README.md', line: 8 }, text: 'Contributing' },
    ],
    matches: [],
    matches_total: 0,
    has_scheduling: false,
  });
}

/** A door through which files come in, as Rust keeps it. */
export class Door {
  shown: ImportPreview | Promise<ImportPreview>;
  ended: Imported | Promise<Imported>;
  /** What the system's dialog answers. */
  chosen: string | null = PATH;
  /** What reading, another look or keeping is refused with. */
  wrong: Partial<Record<'read' | 'change' | 'keep', AppError>> = {};

  constructor(shown: ImportPreview | Promise<ImportPreview> = preview()) {
    this.shown = shown;
    this.ended = { ended: 'done', counts: COUNTS, decks: ['modeling'] };
  }

  teach(desk: Desk): this {
    Object.assign(desk.also, {
      preview_import: () => {
        if (this.wrong.read) throw this.wrong.read;
        return this.shown;
      },
      change_import: async (input: Input) => {
        if (this.wrong.change) throw this.wrong.change;
        return this.#change(input['options'] as ImportOptions, input['choices'] as ImportChoices);
      },
      import: () => {
        if (this.wrong.keep) throw this.wrong.keep;
        return this.ended;
      },
      cancel_import: () => null,
      choose_file: () => this.chosen,
      choose_folder: () => this.chosen,
      undo: (): OperationKind => 'import' as OperationKind,
    });
    return this;
  }

  /** Rust counts again: what keeps mine is left out. */
  async #change(options: ImportOptions, choices: ImportChoices): Promise<ImportPreview> {
    const before = await this.shown;
    const resolved = before.matches.map((one) => {
      const chosen = choices.matches.find(({ id }) => id === one.id)?.resolve;
      return { ...one, resolve: chosen ?? (one.kind === 'same' ? options.existing : one.resolve) };
    });
    const mine = resolved.filter(({ resolve }) => resolve === 'mine').length;
    const { counts } = before;
    this.shown = {
      ...before,
      options,
      matches: resolved,
      mapping: options.exam === null ? null : (before.mapping ?? mapping()),
      counts: { ...counts, updated: counts.updated - mine, skipped: counts.skipped + mine },
    };
    return this.shown;
  }
}

export const notADeck = () =>
  refusal('import_unknown', '“holiday.jpg” is no deck that Sitwell can read.', {
    hint: 'Choose an Anki package, a table, a Markdown file or another of the formats it knows.',
    location: 'holiday.jpg',
  });
