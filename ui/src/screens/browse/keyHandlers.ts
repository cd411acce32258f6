import type { Handlers, Press } from '../../keys/keys';
import type { Acting } from './acting.svelte';
import type { Editing } from './editing.svelte';
import type { Finder } from './finder.svelte';
import type { Rows } from './rows.svelte';

interface Browsing {
  finder: Finder;
  rows: Rows;
  editing: Editing;
  acting: Acting;
  page: () => number;
  search: () => void;
  step: (move: () => void) => void;
  open: (focus?: boolean) => void | false;
  make: () => void;
  save: () => void;
  remove: () => void;
  close: () => void;
  table: () => void;
}

/** Whether the key was pressed where text is written; there it belongs to the text. */
const writing = ({ event }: Press) =>
  event.target instanceof Element && event.target.matches('input, textarea, select');

/** What the keys of Browse do. */
export function keyHandlers(on: Browsing): Handlers<'browse'> {
  const { finder, rows, editing, acting } = on;
  const outside = (act: () => void) => (press: Press) => (writing(press) ? false : act());
  return {
    search: () => on.search(),
    next: () => on.step(() => rows.move(1)),
    previous: () => on.step(() => rows.move(-1)),
    pageDown: outside(() => on.step(() => rows.move(on.page()))),
    pageUp: outside(() => on.step(() => rows.move(-on.page()))),
    first: outside(() => on.step(() => rows.to(0))),
    last: outside(() => on.step(() => rows.to(finder.total - 1))),
    extendDown: () => void rows.extend(1),
    extendUp: () => void rows.extend(-1),
    select: () => (rows.cursor === null ? false : void rows.toggle(rows.cursor)),
    all: outside(() => rows.chooseAll()),
    open: () => on.open(),
    edit: () => on.open(true),
    preview: (): void | false => {
      if (!editing.draft) return false;
      editing.previewing = !editing.previewing;
      return undefined;
    },
    save: () => (editing.draft ? on.save() : false),
    make: () => on.make(),
    suspend: () => acting.do({ do: 'suspend' }),
    resume: () => acting.do({ do: 'resume' }),
    bury: () => acting.do({ do: 'bury' }),
    flag: () => acting.ask('flag'),
    addTag: () => acting.ask('add_tag'),
    removeTag: () => acting.ask('remove_tag'),
    reset: () => acting.do({ do: 'reset' }),
    delete: outside(() => on.remove()),
    table: () => (editing.memory ? on.table() : false),
    undo: outside(() => acting.undo()),
    redo: outside(() => acting.redo()),
    leave: (): void | false => {
      if (editing.open) on.close();
      else if (rows.count > 0) rows.chooseNone();
      else return false;
      return undefined;
    },
  };
}
