import type { BrowseRow } from '../api/client';
import { last } from '../screens/browse/last';
import { furnish } from './learner';
import { Shelf } from './library';
import { Notes, row, rows } from './notes';
import type { Scene } from './scenes';

/** Rows of every kind there is. */
function mixed(): BrowseRow[] {
  const known = rows(40);
  const put = (index: number, parts: Partial<BrowseRow>) => (known[index] = row(index, parts));
  const unseen = { stability: null, difficulty: null, recall: null, due_in_days: null } as const;
  put(1, { flag: 1 });
  put(4, { suspended: true });
  put(6, { buried: true, flag: 3 });
  put(9, { phase: 'new', ...unseen, reviews: 0, lapses: 0, domain_index: 0, task: '1.2' });
  put(11, { phase: null, ...unseen, id: { item: 'core/question-12', card: null } });
  put(13, { task: null, domain_index: null, deck: 'Modeling, my notes::Tuning' });
  return known;
}

const QUERY = 'domain:3 is:due -tag:check stability:<40d';

/** Browse and the Library, each at a moment worth looking at. */
export const browseScenes: Record<string, Scene> = {
  browse: (desk) => {
    furnish(desk);
    new Shelf().teach(desk);
    new Notes().teach(desk).others = 1200;
    return { screen: 'browse', query: QUERY };
  },
  'browse-all': (desk) => {
    furnish(desk);
    new Shelf().teach(desk);
    new Notes(mixed()).teach(desk);
    last.query = '';
    return { screen: 'browse' };
  },
  'browse-problem': (desk) => {
    furnish(desk);
    new Notes().teach(desk);
    return { screen: 'browse', query: 'is:due colour:red' };
  },
  'browse-none': (desk) => {
    furnish(desk);
    new Notes().teach(desk);
    return { screen: 'browse', query: 'nothing-of-the-kind' };
  },
  'browse-edited': (desk) => {
    furnish(desk);
    const notes = new Notes().teach(desk);
    const known = notes.rows[1];
    if (known) notes.editors.set(known.id.item, { edited: true } as never);
    notes.problemsOf = () => ['The answer is empty. Write what the card should teach.'];
    return { screen: 'browse', item: known?.id.item ?? '' };
  },
  'browse-question': (desk) => {
    furnish(desk);
    new Notes(mixed()).teach(desk);
    return { screen: 'browse', item: 'core/question-12' };
  },
  'browse-error': (desk) => {
    furnish(desk);
    new Notes().teach(desk);
    desk.before = (command) => {
      if (command !== 'act_on_rows') return;
      throw {
        code: 'collection',
        message: 'The change could not be written to the collection.',
        hint: 'Nothing was changed. Check that the disk is not full, then try again.',
        location: null,
      };
    };
    return { screen: 'browse', query: QUERY };
  },
  library: (desk) => {
    furnish(desk);
    new Shelf().teach(desk);
    return { screen: 'library' };
  },
  'library-empty': (desk) => {
    furnish(desk);
    new Shelf([]).teach(desk);
    return { screen: 'library' };
  },
};
