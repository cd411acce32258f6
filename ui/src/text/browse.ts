import type { BrowseAction, BrowseColumn, BrowseRow, CardStyle, Difficulty } from '../api/client';
import { counted, figures } from './numbers';

export const title = 'Browse';
export const search = 'Search cards and questions';
export const searchHint = 'Search, for example is:due task:3.4';
export const also = 'Also';
/** What else a query may say, shown as code. */
export const examples = ['domain:3', 'is:due', 'lapses:>3', '"exact words"'] as const;
export const keyHints = { search: 'search', move: 'move', choose: 'choose', all: 'all' } as const;
export const newCard = 'New card';

/** `14 of 1,214` */
export const found = (total: number, of: number) => `${figures(total)} of ${figures(of)}`;
export const foundSpoken = (total: number, of: number) =>
  `${figures(total)} of ${counted(of, 'row')} found`;
export const searching = 'Searching…';
/** `Making 61,000 new items findable first…` */
export const indexing = (left: number) => `Making ${counted(left, 'new item')} findable first…`;

export const table = 'What was found';
export const columns: Record<BrowseColumn, string> = {
  text: 'Question',
  deck: 'Deck',
  task: 'Task',
  stability: 'Stability',
  difficulty: 'Difficulty',
  recall: 'Recall',
  due: 'Due',
  reviews: 'Reviews',
  lapses: 'Lapses',
  added: 'Added',
};
export const chosenColumn = 'Chosen';
export const loadingRow = 'Loading';

/** `3 days late`, `Today`, `in 5 days`, or why it is not due at all. */
export function due(row: BrowseRow): string {
  if (row.suspended) return 'Suspended';
  if (row.buried) return 'Put off';
  if (row.phase === null) return 'Question';
  const days = row.due_in_days;
  if (days === null) return 'New';
  if (days < 0) return `${counted(-days, 'day')} late`;
  if (days === 0) return 'Today';
  return days === 1 ? 'Tomorrow' : `In ${counted(days, 'day')}`;
}

export const late = (row: BrowseRow) =>
  !row.suspended && !row.buried && row.due_in_days !== null && row.due_in_days < 0;

export const percent = (share: number) => `${Math.round(share * 100)}%`;
export const days = (count: number) =>
  count < 10 ? `${Math.round(count * 10) / 10} d` : `${figures(Math.round(count))} d`;
export const tenth = (value: number) => value.toFixed(1);
export const flagged = (flag: number) => (flag === 1 ? 'Flagged' : `Flag ${flag}`);

export const nothing = {
  title: 'Nothing matches.',
  body: 'No card and no question fits all of the query. Take a word away, or start from everything.',
  action: 'Show everything',
} as const;
export const emptyCollection = {
  title: 'There are no cards yet.',
  body: 'Write the first one; it goes into a deck of your own.',
} as const;

export const bar = {
  label: 'What is chosen',
  chosen: (count: number) => `${figures(count)} chosen`,
  none: 'Choose nothing',
  suspend: 'Suspend',
  resume: 'Resume',
  bury: 'Put off',
  flag: 'Flag',
  addTag: 'Add tag',
  removeTag: 'Remove tag',
  reset: 'Reset',
  delete: 'Delete',
} as const;

/** What a toast says once an action is kept. */
export function done(action: BrowseAction, changed: number): string {
  const rows = counted(changed, 'row');
  if (changed === 0) return 'Nothing to change: all were so already.';
  switch (action.do) {
    case 'suspend':
      return `${rows} suspended.`;
    case 'resume':
      return `${rows} back in study.`;
    case 'bury':
      return `${rows} put off to tomorrow.`;
    case 'flag':
      return action.with === 0 ? `Flag taken from ${rows}.` : `${rows} flagged.`;
    case 'reset':
      return `${rows} made new again.`;
    case 'add_tag':
      return `Tag “${action.with}” given to ${rows}.`;
    case 'remove_tag':
      return `Tag “${action.with}” taken from ${rows}.`;
    case 'delete':
      return `${rows} deleted.`;
  }
}

export const ask = {
  addTag: (rows: number) => `Which tag for ${counted(rows, 'row')}?`,
  removeTag: (rows: number) => `Which tag to take from ${counted(rows, 'row')}?`,
  tag: 'Tag',
  add: 'Add tag',
  remove: 'Remove tag',
  flag: (rows: number) => `Which flag for ${counted(rows, 'row')}?`,
  flagBody: 'A flag is a number to search by, as in flag:2.',
  flags: 'Flag',
  noFlag: 'None',
  setFlag: 'Set flag',
  cancel: 'Cancel',
} as const;

export const leave = {
  title: 'Keep your changes?',
  body: 'What you wrote is not saved yet.',
  discard: 'Discard',
  stay: 'Go on writing',
  save: 'Save',
} as const;

export const editor = {
  label: 'Editor',
  newCard: 'New card',
  noTask: 'No task',
  task: 'Task',
  taskNone: 'None',
  front: 'Question',
  cloze: 'Text, with {{c1::what is asked}}',
  back: 'Answer',
  clozeBack: 'Shown besides',
  markdown: 'Question in Markdown',
  html: 'HTML',
  faces:
    'Its sides were made from a template elsewhere, so its words stay as they are. Task and tags can be changed.',
  deck: 'Deck',
  newDeck: 'A new deck',
  deckName: 'Name of the new deck',
  deckDefault: 'My cards',
  style: 'Style',
  difficulty: 'Difficulty',
  tags: 'Tags',
  addTag: 'Add a tag',
  removeTag: (tag: string) => `Remove the tag ${tag}`,
  noTags: 'No tags',
  suspend: 'Suspend',
  resume: 'Resume',
  flag: 'Flag',
  save: 'Save',
  create: 'Add the card',
  preview: 'Preview',
  hidePreview: 'Hide preview',
  delete: 'Delete',
  close: 'Close the editor',
  saved: 'Saved.',
  made: 'Card added.',
  setAside: 'Your changes are not saved. They wait in Browse until you close Sitwell.',
  resumed: 'You left these changes unsaved.',
  edited: 'Your words differ from those that the deck came with.',
  source: 'Made from a question',
  restore: 'Restore the deck’s words',
  restored: 'The deck’s words are back.',
  problems: 'Before it can be saved',
  previewSide: (index: number, count: number) =>
    count === 1 ? 'As it will be seen' : `Card ${index + 1} of ${count}`,
  which: 'Card',
  cardOf: (index: number) => `Card ${index + 1}`,
  memory: 'Memory',
} as const;

export const styles: Record<CardStyle, string> = {
  basic: 'Basic',
  reversed: 'Both ways',
  cloze: 'Cloze',
  typed: 'Typed answer',
  faces: 'From a template',
};
export const styleNotes: Record<CardStyle, string> = {
  basic: 'The question asks, the answer answers.',
  reversed: 'Two cards: each side asks for the other.',
  cloze: 'One card for each number: c1, c2 and so on.',
  typed: 'You type the answer and it is compared.',
  faces: 'Its sides were made from a template elsewhere.',
};
export const difficulties: Record<Difficulty, string> = {
  easy: 'Easy',
  medium: 'Medium',
  hard: 'Hard',
};
