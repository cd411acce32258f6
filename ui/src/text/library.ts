import type { CountedShare, DeckRow, Fit, LibraryView, OptimiseProgress } from '../api/client';
import { counted, countedInWords, figures } from './numbers';
import { daysBetween, localDay, shortDate } from './time';

export const title = 'Library';
export const newDeck = 'New deck';
export const importFile = 'Import';
export const allOptions = 'Study options';
export const decks = 'Decks';
export const sortedBy = { due: 'Sorted by due', name: 'Sorted by name' } as const;
export const count = figures;

/** `1,214 cards and 910 questions in six decks, all on this computer.` */
export const summary = (view: LibraryView) =>
  `${counted(view.cards, 'card')} and ${counted(view.questions, 'question')} in ` +
  `${countedInWords(view.decks.length, 'deck')}, all on this computer.`;

export const columns = {
  deck: 'Deck',
  cards: 'Cards',
  questions: 'Questions',
  due: 'Due',
  new: 'New',
  recall: 'Recall over 30 days',
  updated: 'Updated',
} as const;

/** The head of the recall column; the aim is named where all decks share it. */
export const recallHead = (desired: number | null) =>
  desired === null ? columns.recall : `${columns.recall}, aim ${share(desired)}`;

export const show = (deck: string) => `Show the decks below ${deck}`;
export const hide = (deck: string) => `Hide the decks below ${deck}`;

export function origin(deck: DeckRow): string {
  const by = deck.authors.length > 0 ? `, by ${deck.authors.join(', ')}` : '';
  if (deck.origin === 'made') return 'Made here';
  if (deck.origin === 'bundled') return `Came with Sitwell, version ${deck.version}`;
  return `From a file${by}, version ${deck.version}`;
}

export const ownOptions = 'own options';
export const suspended = (cards: number) => `${figures(cards)} suspended`;

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/** `Today`, `Yesterday`, `Friday`, `9 Nov`. */
export function updated(ms: number, today: string): string {
  const day = localDay(ms);
  const ago = daysBetween(day, today);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  if (ago !== null && ago > 1 && ago < 7) return WEEKDAY.format(Date.parse(`${day}T00:00:00Z`));
  return shortDate(day, today);
}

export const share = (part: number) => `${Math.round(part * 100)}%`;
export const recalled = ({ hits, of }: CountedShare) => share(of === 0 ? 0 : hits / of);
export const noRecall = 'No reviews yet';
export const notScheduled = 'Not scheduled';

/** What the mark shows, in a sentence. */
export const recallFinding = (deck: string, recall: CountedShare, desired: number) =>
  `${deck}: ${recalled(recall)} of ${counted(recall.of, 'review')} recalled, likely between ` +
  `${share(recall.low)} and ${share(recall.high)}, aim ${share(desired)}`;

export const empty = {
  title: 'There are no decks yet.',
  body: 'A deck holds the cards that you write. Import a file that you have, or make a deck.',
} as const;

export const bar = {
  label: 'The deck chosen',
  browse: 'Browse',
  options: 'Study options',
  export: 'Export',
  rename: 'Rename',
  delete: 'Delete',
  bundled: 'It comes with Sitwell, so it keeps its name and stays.',
  close: 'Choose no deck',
} as const;

export const dropHint = {
  title: 'Drop a file to import it.',
  body: 'Anki packages, CSV and TSV, Markdown question banks, CrowdAnki, Moodle, Aiken, QTI and Sitwell decks. You see what will change before anything does.',
  folder: 'Import a folder',
} as const;

export const naming = {
  make: 'What is the new deck called?',
  rename: 'What is the deck called now?',
  name: 'Name',
  hint: 'With :: it hangs under another, as in Modeling::Tuning.',
  create: 'Make deck',
  save: 'Rename',
  cancel: 'Cancel',
  made: (deck: string) => `Deck “${deck}” made.`,
  renamed: (deck: string) => `The deck is now called “${deck}”.`,
} as const;

export const deleting = {
  title: (deck: string) => `Delete “${deck}”?`,
  body: (deck: DeckRow) =>
    `${counted(deck.cards, 'card')} and ${counted(deck.questions, 'question')} leave the collection ` +
    'with it. Results of mocks stay, and Undo brings it all back.',
  confirm: 'Delete deck',
  cancel: 'Keep it',
  done: (deck: string) => `Deck “${deck}” deleted.`,
} as const;

export const options = {
  title: (deck: string | null) =>
    deck === null ? 'How all decks are studied' : `How “${deck}” is studied`,
  own: 'It has options of its own.',
  ownDefaults: 'They hold wherever no deck says otherwise.',
  inherited: (from: string) => `They come from “${from}”. Saving gives this deck its own.`,
  inheritedDefaults: 'They are those of all decks. Saving gives this deck its own.',
  defaults: 'They are those that Sitwell starts with.',
  inherit: 'Use what the deck above says',
  inheritDefaults: 'Use those Sitwell starts with',
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Study options saved.',
  inheriting: 'The deck follows the one above again.',
  day: 'A day',
  steps: 'Steps',
  intervals: 'Intervals',
  memory: 'Memory model',
  newPerDay: ['New cards a day', '0 to 9,999'],
  reviewsPerDay: ['Reviews a day', '0 to 9,999'],
  learning: ['Learning steps, minutes', 'Up to 10, each 1 to 1,439; may be empty'],
  relearning: ['Steps after a lapse, minutes', 'Up to 10, each 1 to 1,439; may be empty'],
  retention: ['Recall to aim for, percent', '70 to 99; higher means more reviews'],
  longest: ['Longest interval, days', '1 to 36,500'],
  leech: ['Lapses that make a leech', 'A leech is suspended; 0 for never'],
  fuzz: ['Vary intervals a little', 'Cards learned together come apart.'],
  balance: ['Seek days with little due', 'The variation evens out the days.'],
  bury: ['Siblings wait until the next day', 'Cards of one item are not seen on the same day.'],
  parameters: ['FSRS parameters', '17, 19 or 21 numbers; empty for the usual ones'],
  notNumbers: 'Write whole numbers with blanks between, for example 1 10.',
  notNumber: 'Write a number.',
} as const;

export const optimise = {
  start: 'Optimise from your reviews',
  all: 'Sitwell learns from your reviews of all decks how you forget.',
  deck: 'Sitwell learns from your reviews of this deck and those below it how you forget.',
  running: 'Learning from your reviews.',
  progress: ({ done, of }: OptimiseProgress) =>
    of === 0 ? 'Reading the reviews' : `Step ${figures(done)} of ${figures(of)}`,
  cancel: 'Cancel',
  cancelled: 'Stopped. Nothing was changed.',
  tooFew: (have: number, need: number) =>
    `It takes ${counted(need, 'review')} to learn from, and there are ${figures(have)}. ` +
    'Until then the usual parameters serve you better.',
  better: (reviews: number) =>
    `Learned from ${counted(reviews, 'review')}. The new parameters predict them better.`,
  notBetter: (reviews: number) =>
    `Learned from ${counted(reviews, 'review')}. The new parameters predict them no better, so keep those in use.`,
  table: 'How well the parameters predict; smaller is better',
  columns: { measure: 'Smaller is better', before: 'In use', after: 'New' },
  logLoss: 'Log loss',
  rmse: 'RMSE',
  use: 'Use the new ones',
  keep: 'Keep those in use',
  used: 'The new parameters are in use.',
} as const;

export const fit = (value: Fit[keyof Fit]) => value.toFixed(4);
