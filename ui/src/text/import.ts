import type {
  ColumnRole,
  Format,
  ImportCounts,
  ImportPreview,
  ImportProgress,
  MappedItem,
  MatchView,
  PassedOverView,
  Place,
  Resolve,
} from '../api/client';
import { counted, figures, listed } from './numbers';
import { dayMonth, localDay } from './time';

export const library = 'Library';
export const over = 'import preview';
export const page = 'Import';
export const count = figures;

/** `312 cards`, `40 questions`, `52 cards and questions`: what the items of a file are. */
export function things(items: number, { notes, cards, questions }: ImportCounts): string {
  if (questions === 0) return counted(items, cards === notes ? 'card' : 'note');
  if (notes === 0) return counted(items, 'question');
  return items === 1 ? '1 item' : `${figures(items)} cards and questions`;
}

/** `312 cards`: what an import brings or changes. */
export const coming = (counts: ImportCounts) => things(counts.new + counts.updated, counts);

export const title = (preview: ImportPreview) =>
  preview.counts.new + preview.counts.updated === 0
    ? `Nothing new in ${preview.file}`
    : `${coming(preview.counts)} to import from ${preview.file}`;

const FORMATS: Record<Format, string> = {
  markdown: 'Sitwell Markdown',
  bank: 'Markdown question bank',
  apkg: 'Anki package',
  colpkg: 'Anki collection package',
  csv: 'CSV',
  tsv: 'TSV',
  'anki-text': 'Anki text export',
  quizlet: 'Quizlet export',
  'crowd-anki': 'CrowdAnki folder',
  gift: 'Moodle GIFT',
  'moodle-xml': 'Moodle XML',
  aiken: 'Aiken',
  qti: 'IMS QTI',
};

/** `8.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  for (const [unit, of] of [
    ['kB', 1e3],
    ['MB', 1e6],
  ] as const) {
    const share = bytes / of;
    if (share < 999.5) return `${share < 10 ? share.toFixed(1) : Math.round(share)} ${unit}`;
  }
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** `Nothing has been changed yet. 8.4 MB, Anki package, made with Anki 24.11.` */
export const under = ({ bytes, format, made_with }: ImportPreview) =>
  `Nothing has been changed yet. ${[
    size(bytes),
    FORMATS[format],
    ...(made_with === null ? [] : [`made with ${made_with}`]),
  ].join(', ')}.`;

export const cancel = 'Cancel';
export const bringIn = (counts: ImportCounts) => `Import ${coming(counts)}`;
export const again = 'Reading it that way';

export const contents = {
  title: 'What is in the file',
  all: ({ new: fresh, updated, unchanged, skipped, ...counts }: ImportCounts) =>
    [
      things(fresh + updated + unchanged + skipped, {
        ...counts,
        new: fresh,
        updated,
        unchanged,
        skipped,
      }),
      ...(counts.notes !== counts.cards && counts.cards > 0 ? [counted(counts.cards, 'card')] : []),
      ...(counts.media > 0
        ? [counted(counts.media, 'picture or sound', 'pictures and sounds')]
        : []),
    ].join(', '),
  new: { name: (items: number) => `${figures(items)} new`, note: 'Not here yet' },
  updated: {
    name: (items: number) => counted(items, 'update'),
    note: 'Here with other words',
  },
  unchanged: { name: (items: number) => `${figures(items)} the same`, note: 'Nothing to do' },
  skipped: {
    name: (items: number) => `${figures(items)} left out`,
    note: 'Cannot be read, or you keep yours',
  },
} as const;

/** `deck.md, 12`: the line, or the number of the note where a file has none. */
export const place = ({ file, line }: Place) => (line === 0 ? file : `${file}, ${figures(line)}`);

export const check = {
  title: 'Check these',
  nothing: 'Nothing needs a look: all of it could be read, and nothing clashes with what you have.',
  list: 'List',
  listOf: (what: string) => `List: ${what}`,
  matches: (matches: number) => `${counted(matches, 'match', 'matches')} with what you have`,
  matchesNote: 'Reviews and intervals are kept either way.',
  matchesLabel: 'What happens to matches',
  update: 'Update',
  mine: 'Keep mine',
  passedOver: (parts: number) => `${counted(parts, 'part')} passed over`,
  passedOverNote: 'They are no cards and no questions, and stay in the file.',
  error: (count: number) => `${figures(count)} left out.`,
  warning: (count: number) => `${figures(count)} to look at.`,
} as const;

export const list = {
  close: 'Close',
  place: 'File, line or note',
  what: 'What',
  text: 'Begins with',
  reason: 'Reason',
  first: (shown: number, of: number) => `The first ${figures(shown)} of ${figures(of)}.`,
} as const;

/** `heading-no-question` as words; Rust names reasons, and may name more than are known here. */
export const reason = ({ code }: PassedOverView) => code.replaceAll(/[-_]/g, ' ');

export const ways = {
  title: 'How to bring it in',
  into: 'Into',
  own: (decks: number) => (decks === 1 ? 'The deck of the file' : 'The decks of the file'),
  intoNote: 'Decks of your own can take it instead.',
  scheduling: 'Scheduling',
  reviews: (reviews: number) =>
    `${counted(reviews, 'past review')}, intervals, suspensions and flags come along.`,
  noScheduling: 'The file holds none, so every card begins as new.',
  exam: 'Match to the tasks of',
  noExam: 'No exam',
  examNote: 'By what the file names, by tags, then by words.',
  matched: (matched: number, left: number) =>
    `${figures(matched)} matched, ${figures(left)} left without a task.`,
} as const;

export const decks = {
  title: 'Decks',
  here: 'Here already',
  fresh: 'New',
  holds: (cards: number, questions: number) =>
    listed([
      ...(cards > 0 || questions === 0 ? [counted(cards, 'card')] : []),
      ...(questions > 0 ? [counted(questions, 'question')] : []),
    ]),
  all: (count: number) => `Show all ${figures(count)}`,
  fewer: 'Show fewer',
  first: (shown: number, of: number) => `The first ${figures(shown)} of ${figures(of)} are shown.`,
} as const;

export const origin = {
  title: 'Where it comes from',
  license: 'Licence',
  noLicense: 'None is stated. Ask its author before you share it.',
  authors: 'Authors',
  noAuthors: 'None is named.',
  source: 'Source',
  noSource: 'No address is given.',
} as const;

export const columns = {
  title: 'Columns',
  delimiter: 'Between columns',
  encoding: 'Encoding',
  header: 'The first row names the columns',
  role: (name: string) => `What “${name}” holds`,
  column: (index: number) => `Column ${index + 1}`,
  table: 'The first rows of the file',
  note: 'This is how the file was understood. Change what is wrong, and the counts follow.',
  delimiters: {
    ',': 'Comma',
    '\t': 'Tab',
    ';': 'Semicolon',
    '|': 'Bar',
    ':': 'Colon',
    ' ': 'Blank',
  },
  encodings: [
    'UTF-8',
    'UTF-16LE',
    'UTF-16BE',
    'windows-1252',
    'windows-1250',
    'windows-1251',
    'Shift_JIS',
    'GBK',
    'Big5',
    'EUC-KR',
  ],
} as const;

export const roles: Record<ColumnRole, string> = {
  ignore: 'Left out',
  front: 'Front',
  back: 'Back',
  stem: 'Question',
  option: 'Option',
  key: 'Right answer',
  explanation: 'Explanation',
  task: 'Task',
  tags: 'Tags',
  deck: 'Deck',
  guid: 'Identity',
  'note-type': 'Kind of note',
  difficulty: 'Difficulty',
  reference: 'Reference',
};

const edited = (ms: number | null, today: string) =>
  ms === null ? '' : `, edited ${dayMonth(localDay(ms), today)}`;

export const match = {
  title: (at: number, of: number) => `Match ${figures(at)} of ${figures(of)}`,
  kind: ({ kind, similarity }: MatchView) =>
    kind === 'same'
      ? 'The same item with other words.'
      : kind === 'exact'
        ? 'Another item with the same words.'
        : `Another item that shares about ${Math.round(similarity * 100)} of 100 words.`,
  sameFront: 'Question, the same in both',
  mine: ({ mine_deck, mine_changed_ms }: MatchView, today: string) =>
    `Yours, in ${mine_deck}${edited(mine_changed_ms, today)}`,
  file: ({ file_changed_ms }: MatchView, today: string) =>
    `In the file${edited(file_changed_ms, today)}`,
  resolve: { file: 'Use the file', mine: 'Keep mine', both: 'Keep both' } satisfies Record<
    Resolve,
    string
  >,
  choose: 'What to do with this match',
  rest: (shown: number) =>
    `The ${figures(shown)} most alike are shown. The others follow the choice under “Check these”.`,
  previous: 'Previous match',
  next: 'Next match',
  nothing: 'Nothing in the file matches what you have.',
} as const;

export const mapping = {
  title: (exam: string) => `Tasks of ${exam}`,
  aside: ways.matched,
  tasks: 'Matched to each task',
  task: 'Task',
  items: 'Items',
  toCheck: 'Check these tasks',
  toCheckNote: 'What has no task can be studied and drilled by its deck.',
  nothing: 'Every task was named by the file or by its tags.',
  none: 'No task',
  taskOf: (text: string) => `Task of “${text}”`,
  more: (count: number) => `Show ${figures(count)} more`,
  sure: ({ confidence, chance }: MappedItem) => {
    if (confidence === null) return 'No task found';
    if (confidence === 'named') return 'Named by the file';
    const word = confidence === 'likely' ? 'Likely' : 'A guess';
    return chance === null ? word : `${word}, right about ${Math.round(chance * 10)} times in 10`;
  },
  yours: 'Your choice',
} as const;

export const working = {
  title: (file: string) => `Reading ${file}`,
  keeping: (counts: ImportCounts) => `Importing ${coming(counts)}`,
  stages: {
    reading: 'Reading the file',
    comparing: 'Comparing it with what you have',
    keeping: 'Keeping it',
  } satisfies Record<ImportProgress['stage'], string>,
  step: ({ done, of }: ImportProgress) => (of === 0 ? '' : `${figures(done)} of ${figures(of)}`),
  safe: 'Nothing has been changed yet.',
  atOnce: 'All of it comes in at once, or none. Cancelling leaves your collection as it was.',
} as const;

export const failed = {
  title: (file: string) => `${file} was not imported`,
  safe: 'Nothing was changed.',
  again: 'Try again',
  other: 'Choose another file',
  back: 'Back to the Library',
} as const;

export const stopped = {
  title: 'Import stopped',
  body: 'Nothing was changed. You can read the file again.',
  again: 'Read it again',
} as const;

export const empty = {
  title: (file: string) => `There is nothing to import in ${file}.`,
  body: 'The file could be read, but no card and no question was found in it.',
} as const;

export const done = {
  title: (counts: ImportCounts) => `${coming(counts)} imported`,
  /** What a toast says. */
  toast: (counts: ImportCounts) => `Imported ${coming(counts)}.`,
  under: (file: string) => `From ${file}. Undo takes all of it out again.`,
  what: 'What came in',
  lines: {
    new: 'New',
    updated: 'Updated',
    unchanged: 'The same as before',
    skipped: 'Left out',
    media: 'Pictures and sounds',
    reviews: 'Past reviews',
  },
  study: 'Study',
  library: 'See it in the Library',
  undo: 'Undo the import',
  next: (file: string) => `Next file: ${file}`,
} as const;

export const undone = {
  title: 'The import is undone',
  body: 'What it brought is gone, and the words from before are back.',
  again: 'Read the file again',
} as const;

export const incoming = {
  drop: 'Drop to see what is in it',
  dropNote: 'Nothing is changed before you say so.',
  waits: (file: string) => `${file} waits until you leave this screen.`,
} as const;

/** What the system's dialogs say. */
export const choose = {
  file: 'Choose a file to import',
  folder: 'Choose a folder to import',
  kinds: [
    {
      name: 'Decks and question banks',
      extensions: [
        'apkg',
        'colpkg',
        'zip',
        'md',
        'markdown',
        'csv',
        'tsv',
        'txt',
        'json',
        'xml',
        'gift',
      ],
    },
    { name: 'All files', extensions: ['*'] },
  ],
};

/** The name of a file in its path. */
export const nameOf = (path: string) => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
