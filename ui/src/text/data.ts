import type {
  BackupHolds,
  BackupKind,
  BackupRow,
  Everything,
  RepairView,
  RestoreChange,
  RestorePreview,
} from '../api/client';
import { counted, listed } from './numbers';
import { localDay, shortDate, timeOfDay } from './time';

export const title = 'Data';

const MEGABYTE = 1_000_000;

/** `14.2 MB`; never none. */
export const size = (bytes: number) => `${Math.max(0.1, bytes / MEGABYTE).toFixed(1)} MB`;

/** `today at 07:58`, or the day and the time. */
export function moment(ms: number, now: number): string {
  const at = timeOfDay(ms, now);
  return localDay(ms) === localDay(now) ? `today at ${at}` : at;
}

const holds = ({ cards, reviews, sittings }: BackupHolds) =>
  listed([
    counted(cards, 'card'),
    counted(reviews, 'answer to cards', 'answers to cards'),
    counted(sittings, 'paper'),
  ]);

export const backUp = {
  title: 'Back up',
  kept: 'Sitwell makes one each day that it is open, and keeps seven days and four weeks before them. Those you make stay.',
  none: 'There is no backup yet.',
  last: ({ made_ms, bytes }: BackupRow, now: number) =>
    `Last backup ${moment(made_ms, now)}, ${size(bytes)}.`,
  now: 'Back up now',
  folder: 'Show folder',
  busy: 'Making a backup.',
  done: ({ bytes }: BackupRow) => `Backed up and read back, ${size(bytes)}.`,
  failed: (why: string) => `Today’s backup was not made: ${why}.`,
  failedHint: 'Your collection and older backups are as they were. Sitwell tries again every hour.',
  failedShort: 'Today’s backup was not made. Settings says why.',
} as const;

export const elsewhere = {
  title: 'Back up to another place',
  body: 'A backup in a file that you name, on another disk for instance. It is whole: restore it here or on another computer.',
  choose: 'Choose where',
  where: 'Where the backup is written',
  kind: { name: 'Backup of Sitwell', extensions: ['sitwell'] },
  name: (now: number) => `Sitwell ${localDay(now)}.sitwell`,
  done: 'The backup was written and read back.',
};

export const restore = {
  title: 'Restore',
  body: 'Puts a backup in the place of everything. You see what changes first, and the present state is backed up.',
  choose: 'Choose a backup',
  pick: 'Which backup?',
  none: 'There is no backup yet. Choose a file that you made yourself.',
  other: 'Another file',
  otherTitle: 'Choose a backup',
  reading: 'Reading the backup.',
  cancel: 'Cancel',
  back: 'Choose another',
  ask: (made: number, now: number) => `Restore the backup of ${moment(made, now)}?`,
  same: 'It holds the same as your collection, so nothing would change.',
  lost: 'What is only here now, and would be gone',
  comes: 'What is only in the backup, and would come back',
  nothingLost: 'Nothing that you have done is missing in the backup.',
  safety: 'The present state is backed up first, so you can come back to it.',
  start: 'Restore it',
  running: 'Restoring the backup.',
  done: 'Restored',
  doneBody: 'Sitwell opens what was in the backup. What was here before is in the list of backups.',
  goOn: 'Go on',
};

export const kinds: Record<BackupKind, string> = {
  daily: 'Daily',
  manual: 'Made by you',
  before_update: 'Before an update of Sitwell',
  before_restore: 'Before a restore',
};

/** Why a backup was made, its size and what is in it. */
export function facts(row: BackupRow): string {
  const parts = [kinds[row.kind], size(row.bytes)];
  return [...parts, ...(row.holds ? [holds(row.holds)] : [])].join(' · ');
}

/** The days of what changes: `, 22 Nov to 24 Nov`. */
function between(days: readonly [number, number] | null, now: number): string {
  if (days === null) return '';
  const [first, last] = days.map((ms) => shortDate(localDay(ms), localDay(now)));
  return first === last ? `, ${first}` : `, ${first} to ${last}`;
}

type Side = 'lost' | 'back';

/** What is on one side only, a line for each kind of thing. */
export function changes(preview: RestorePreview, side: Side, now: number): string[] {
  const lines: [RestoreChange, string, string][] = [
    [preview.reviews, 'answer to a card', 'answers to cards'],
    [preview.sittings, 'paper as far as it came', 'papers as far as they came'],
    [preview.edits, 'edit of cards or decks', 'edits of cards or decks'],
    [preview.cards, 'card of your own decks', 'cards of your own decks'],
    [preview.decks, 'deck of your own', 'decks of your own'],
  ];
  return lines.flatMap(([change, one, many]) => {
    const days = side === 'lost' ? change.lost_between : change.back_between;
    return change[side] === 0 ? [] : [`${counted(change[side], one, many)}${between(days, now)}`];
  });
}

export const settings = (count: number) =>
  `${counted(count, 'setting')} would be as in the backup.`;

export const everything = {
  title: 'Export everything',
  body: 'Every card, question, review and paper as plain JSON, and your own decks as Markdown, in one zip.',
  start: 'Export',
  where: 'Where everything is written',
  kind: { name: 'Zip', extensions: ['zip'] },
  name: (now: number) => `Sitwell ${localDay(now)}.zip`,
  busy: 'Writing everything.',
  done: ({ path, bytes, ...held }: Everything) => `${holds(held)} are in ${path}, ${size(bytes)}.`,
};

export const repair = {
  page: 'Repair',
  title: 'Your collection is damaged.',
  body: 'Part of its file does not read back, as can happen when a disk fails. It was left as it is, and stays beside the new one whatever you choose here.',
  sound: 'Nothing is wrong with your collection now.',
  soundBody:
    'Sitwell looked through all of it. Try again; if the damage shows up again, restore a backup.',
  looking: 'Looking through your collection and its backups.',
  backup: 'Newest sound backup',
  none: 'There is no sound backup beside your collection. If you have one elsewhere, put it in the folder of the collection under the collection’s name, and try again.',
  passed: (count: number) =>
    count === 0 ? '' : `${counted(count, 'newer backup')} cannot be used.`,
  restore: 'Restore this backup',
  again: 'Try again',
  anew: 'Start with an empty collection',
  anewAsk: 'Start with an empty collection?',
  anewBody:
    'The decks that come with Sitwell are there, and nothing that you have done. The damaged file and all backups stay, so you can restore one later.',
  anewStart: 'Start empty',
  cancel: 'Cancel',
  working: 'Putting the collection in its place.',
  done: 'Your collection is open again.',
  kept: 'The damaged file is kept as',
  goOn: 'Go on',
  details: 'What SQLite says',
  file: 'Your collection',
};

/** What came after the backup, as far as the damaged file tells. */
export function since({ reviews_since, sittings_since }: RepairView): string {
  if (reviews_since === null || sittings_since === null) {
    return 'What you did after it would be gone; the damaged file does not say how much that is.';
  }
  if (reviews_since === 0 && sittings_since === 0) return 'Nothing that you did came after it.';
  const parts = [
    ...(reviews_since > 0 ? [counted(reviews_since, 'answer to a card', 'answers to cards')] : []),
    ...(sittings_since > 0 ? [counted(sittings_since, 'paper')] : []),
  ];
  return `After it came ${listed(parts)}, which would be gone.`;
}
