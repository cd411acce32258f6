import { COUNTS, Door, NOTHING, PATH, bank, notADeck, preview, table } from './import';
import { furnish } from './learner';
import { Shelf } from './library';
import type { Desk } from './desk';
import type { Scene } from './scenes';
import type { ImportPreview } from '../api/client';

function scene(door: Door, path = PATH): Scene {
  return (desk: Desk) => {
    furnish(desk);
    new Shelf().teach(desk);
    door.teach(desk);
    return { screen: 'library-import', path };
  };
}

const never = () => new Promise<never>(() => {});

/** What imports look like on their way. */
export const importScenes: Record<string, Scene> = {
  'library-export': (desk) => {
    furnish(desk);
    new Shelf().teach(desk);
    desk.also['choose_target'] = () => '/home/mara/Modeling, my notes.csv';
    desk.also['export'] = () => ({
      path: '/home/mara/Modeling, my notes.csv',
      decks: 3,
      notes: 188,
      cards: 188,
      questions: 0,
      media: 0,
      left_out: ['12 pictures', 'What “Metrics and thresholds” says about itself'],
    });
    return { screen: 'library', deck: 'modeling', exports: true };
  },
  import: scene(new Door()),
  'import-table': scene(new Door(table()), '/home/mara/terms.csv'),
  'import-bank': scene(new Door(bank()), '/home/mara/README.md'),
  'import-same': scene(
    new Door(
      preview({
        counts: { ...COUNTS, new: 0, updated: 0, unchanged: 347, skipped: 0 },
        warnings: [],
        matches: [],
        matches_total: 0,
      }),
    ),
  ),
  'import-empty': scene(
    new Door({ ...bank(), counts: NOTHING, decks: [], mapping: null }),
    '/home/mara/README.md',
  ),
  'import-reading': scene(new Door(never() as Promise<ImportPreview>)),
  'import-failed': (desk) => {
    const door = new Door();
    door.wrong = { read: notADeck() };
    return scene(door, '/home/mara/holiday.jpg')(desk);
  },
};
