import type { BackupRow, BackupsView, RepairView, RestorePreview } from '../api/client';
import type { Desk } from './desk';

const FOLDER = '/home/mara/.local/share/sitwell/backups';
const HOUR = 3_600_000;

/** A backup, as many hours old. */
export function backup(hours: number, parts: Partial<BackupRow> = {}): BackupRow {
  return {
    path: `${FOLDER}/collection-daily-${hours}.sitwell`,
    kind: 'daily',
    made_ms: Date.now() - hours * HOUR,
    bytes: 14_200_000,
    holds: { cards: 1214, reviews: 3110, sittings: 6 },
    ...parts,
  };
}

export function backups(parts: Partial<BackupsView> = {}): BackupsView {
  return {
    folder: FOLDER,
    backups: [backup(0), backup(26, { kind: 'manual' }), backup(50, { holds: null })],
    failure: null,
    ...parts,
  };
}

const SAME = { lost: 0, lost_between: null, back: 0, back_between: null };

/** What restoring the backup of yesterday takes away and brings back. */
export function preview(parts: Partial<RestorePreview> = {}): RestorePreview {
  const made_ms = new Date(2025, 10, 22, 7, 58).getTime();
  const days: [number, number] = [made_ms + HOUR, made_ms + 25 * HOUR];
  return {
    path: backup(26).path,
    made_ms,
    reviews: { ...SAME, lost: 34, lost_between: days },
    sittings: { ...SAME, lost: 1, lost_between: [days[0], days[0]] },
    edits: SAME,
    cards: { ...SAME, back: 2, back_between: [made_ms, made_ms] },
    decks: SAME,
    settings: 1,
    same: false,
    ...parts,
  };
}

/** A damaged collection with a backup of yesterday. */
export function damage(parts: Partial<RepairView> = {}): RepairView {
  return {
    collection: '/home/mara/.local/share/sitwell/collection.sitwell',
    faults: ['Tree 12 page 140: btreeInitPage() returns error code 11'],
    backup: backup(26),
    passed_over: 1,
    reviews_since: 34,
    sittings_since: 0,
    ...parts,
  };
}

/** Lets a desk answer what the settings ask about data. */
export function keepBackups(desk: Desk, view = backups()): void {
  desk.also['backups'] = () => view;
  desk.also['preview_restore'] = () => preview();
  desk.also['cancel_restore'] = () => null;
  desk.also['restore'] = () => null;
}
