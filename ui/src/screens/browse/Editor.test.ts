import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { wrongs } from '../../testing/axe';
import { current, grid, openBrowse, pane, write } from '../../testing/browse';
import { router } from '../../router.svelte';
import { Desk, refusal } from '../../testing/desk';
import type { Shelf } from '../../testing/library';
import { editor, Notes, row, rows } from '../../testing/notes';
import { press } from '../../testing/press';

let desk: Desk;
let notes: Notes;
let shelf: Shelf;

async function open(known = rows(14), item?: string): Promise<void> {
  notes = new Notes(known);
  shelf = await openBrowse(desk, notes, item ? { screen: 'browse', item } : { screen: 'browse' });
  await screen.findByRole('grid');
}

/** Opens the second row. */
async function openSecond(): Promise<void> {
  await open();
  await press('J');
  await press('J');
  await press('Enter');
  await waitFor(() => expect(front().value).toMatch(/^Warm start/));
}

const front = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Question' });
const back = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' });
const button = (name: RegExp) => within(pane() as HTMLElement).getByRole('button', { name });

beforeEach(() => {
  desk = new Desk().install();
});

describe('the editor', () => {
  it('opens the row on Enter, and E writes in it', async () => {
    await openSecond();
    expect(document.activeElement).not.toBe(front());
    expect(back().value).toMatch(/^Identical/);
    expect(within(pane() as HTMLElement).getByText('7 reviews, 2 lapses')).toBeTruthy();
    await press('E');
    await waitFor(() => expect(document.activeElement).toBe(front()));
  });

  it('opens a row by a click, and goes with the current row', async () => {
    await open();
    await fireEvent.click(screen.getByText(/^Warm start/));
    await waitFor(() => expect(front().value).toMatch(/^Warm start/));
    await press('J');
    await waitFor(() => expect(front().value).toMatch(/^What do you give up/));
  });

  it('opens the item that a route names', async () => {
    await open(rows(14), 'core/card-3');
    await waitFor(() => expect(front().value).toMatch(/^What do you give up/));
  });

  it('saves on Ctrl S, and Undo takes it back', async () => {
    await openSecond();
    await write(front(), 'Warm start: when?');
    await press('Ctrl+S');
    await screen.findByText('Saved.');
    const [{ draft }] = desk.inputsOf('save_item') as [{ draft: Record<string, unknown> }];
    expect(draft).toMatchObject({ item: 'core/card-2', deck: 'core', task: '3.4' });
    expect(draft['body']).toMatchObject({
      kind: 'card',
      style: 'basic',
      front: 'Warm start: when?',
    });
    await waitFor(() => expect(grid().textContent).toMatch(/Warm start: when\?/));
    await screen.findByRole('button', { name: 'Restore the deck’s words' });
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(front().value).toMatch(/identical data/));
  });

  it('keeps what is not saved when another screen is opened, and says so', async () => {
    await openSecond();
    await write(front(), 'Warm start: when?');
    await press('Escape'); // out of the field
    router.go({ screen: 'settings' });
    await screen.findByText(/Your changes are not saved/);
    expect(desk.inputsOf('save_item')).toEqual([]);
    router.go({ screen: 'browse' });
    await waitFor(() => expect(front().value).toBe('Warm start: when?'));
    await screen.findByText('You left these changes unsaved.');
    await press('Ctrl+S');
    await screen.findByText('Saved.');
    expect(screen.queryByText('You left these changes unsaved.')).toBeNull();
  });

  it('keeps a new card that is not saved', async () => {
    await open();
    await press('N');
    await waitFor(() => expect(front().value).toBe(''));
    await write(front(), 'What is a shard?');
    router.go({ screen: 'settings' });
    await screen.findByText(/Your changes are not saved/);
    router.go({ screen: 'browse' });
    await waitFor(() => expect(front().value).toBe('What is a shard?'));
  });

  it('gives the deck’s words back', async () => {
    await openSecond();
    await write(front(), 'Mine');
    await press('Ctrl+S');
    await fireEvent.click(await screen.findByRole('button', { name: /Restore the deck/ }));
    await waitFor(() => expect(front().value).toMatch(/identical data/));
    expect(screen.queryByRole('button', { name: /Restore the deck/ })).toBeNull();
  });

  it('closes on Escape when nothing was written', async () => {
    await openSecond();
    await press('Escape');
    expect(pane()).toBeNull();
    expect(document.activeElement).toBe(grid());
  });

  it('asks once about changes: go on writing, discard', async () => {
    await openSecond();
    await write(front(), 'Other words');
    await press('Escape');
    await screen.findByRole('dialog', { name: 'Keep your changes?' });
    await fireEvent.click(screen.getByRole('button', { name: 'Go on writing' }));
    expect(front().value).toBe('Other words');
    await press('Escape');
    await fireEvent.click(await screen.findByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(pane()).toBeNull());
    expect(desk.inputsOf('save_item')).toEqual([]);
  });

  it('asks before the current row moves on, and saves', async () => {
    await openSecond();
    await write(front(), 'Other words');
    front().blur();
    await press('J');
    const dialog = await screen.findByRole('dialog', { name: 'Keep your changes?' });
    expect(current()).toBe(2);
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(front().value).toMatch(/^What do you give up/));
    expect(current()).toBe(3);
    expect(desk.inputsOf('save_item')).toHaveLength(1);
  });

  it('keeps the draft when saving is refused', async () => {
    await openSecond();
    await write(front(), 'Other words');
    desk.before = (command) => {
      if (command === 'save_item') throw refusal('collection', 'It could not be written.');
    };
    await press('Ctrl+S');
    await screen.findByText('It could not be written.');
    expect(front().value).toBe('Other words');
    expect(screen.queryByText('Saved.')).toBeNull();
  });

  it('leaves Ctrl Z and letters in a text to the text', async () => {
    await openSecond();
    front().focus();
    await press('Ctrl+Z');
    await press('S');
    await press('Delete');
    expect(desk.inputsOf('undo')).toEqual([]);
    expect(desk.inputsOf('act_on_rows')).toEqual([]);
  });

  it('previews on P, and again when writing rests', async () => {
    await openSecond();
    await press('P');
    await screen.findByRole('heading', { name: 'As it will be seen' });
    await write(front(), 'Is it live?');
    await waitFor(() =>
      expect(document.querySelector('.rich.front')?.textContent).toBe('Is it live?'),
    );
    front().blur();
    await press('P');
    expect(screen.queryByRole('heading', { name: 'As it will be seen' })).toBeNull();
  });

  it('says what keeps it from being saved', async () => {
    await openSecond();
    notes.problemsOf = (draft) =>
      draft.body.kind === 'card' && draft.body.back === '' ? ['The answer is empty.'] : [];
    await write(back(), '');
    await screen.findByText('The answer is empty.');
    await write(back(), 'There.');
    await waitFor(() => expect(screen.queryByText('The answer is empty.')).toBeNull());
  });

  it('takes and gives tags', async () => {
    await openSecond();
    await fireEvent.click(button(/Remove the tag tuning/));
    const field = screen.getByRole('textbox', { name: 'Add a tag' });
    await write(field, 'Warm-Start');
    await press('Enter');
    await press('Ctrl+S');
    await waitFor(() => expect(desk.inputsOf('save_item')).toHaveLength(1));
    expect(desk.inputsOf('save_item')[0]?.['draft']).toMatchObject({
      tags: ['sagemaker', 'warm-start'],
    });
  });

  it('suspends, flags and deletes the item', async () => {
    await openSecond();
    await fireEvent.click(button(/^Suspend/));
    await waitFor(() => expect(button(/^Resume/)).toBeTruthy());
    await fireEvent.click(button(/^Flag/));
    await waitFor(() => expect(button(/^Flag/).getAttribute('aria-pressed')).toBe('true'));
    await fireEvent.click(button(/^Delete/));
    await waitFor(() => expect(pane()).toBeNull());
    await screen.findByText('1 row deleted.');
    expect(desk.inputsOf('act_on_rows').map((input) => input['action'])).toEqual([
      { do: 'suspend' },
      { do: 'flag', with: 1 },
      { do: 'delete' },
    ]);
  });

  it('leads to the question that a card was made from', async () => {
    notes = new Notes(rows(3));
    notes.editors.set('core/card-1', { source: 'core/card-3' } as never);
    await openBrowse(desk, notes, { screen: 'browse', item: 'core/card-1' });
    await fireEvent.click(await screen.findByRole('button', { name: 'Made from a question' }));
    await waitFor(() => expect(front().value).toMatch(/^What do you give up/));
  });

  it('shows the memory as a table on T', async () => {
    await openSecond();
    expect(
      screen.getByRole('img', { name: /recall it now with 82%; the aim is 90%/ }),
    ).toBeTruthy();
    await press('T');
    const table = await screen.findByRole('table');
    expect(within(table).getAllByRole('row')).toHaveLength(8);
    expect(table.textContent).toMatch(/19 Oct.*Good/s);
  });

  it('opens a question as Markdown', async () => {
    const question = row(1, { phase: null, id: { item: 'core/question-2', card: null } });
    await open([row(0), question], 'core/question-2');
    const text = await screen.findByRole('textbox', { name: 'Question in Markdown' });
    expect((text as HTMLTextAreaElement).value).toMatch(/- \[x\] Use Hyperband/);
    expect(screen.queryByText('Memory')).toBeNull();
    expect(await wrongs()).toEqual([]);
  });
});

describe('a new card', () => {
  it('goes into a deck of one’s own, in a style', async () => {
    await open();
    await press('N');
    await waitFor(() => expect(document.activeElement).toBe(front()));
    const decks = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Deck' });
    expect([...decks.options].map(({ text }) => text)).not.toContain('MLS-C01 core');
    await write(front(), 'What is a shadow variant?');
    await write(back(), 'It gets a copy of the requests.');
    const style = screen.getByRole('combobox', { name: 'Style' });
    await fireEvent.change(style, { target: { value: 'typed' } });
    await press('Ctrl+S');
    await screen.findByText('Card added.');
    expect(desk.inputsOf('save_item')[0]?.['draft']).toEqual({
      item: null,
      deck: 'modeling',
      task: null,
      tags: [],
      body: {
        kind: 'card',
        style: 'typed',
        front: 'What is a shadow variant?',
        back: 'It gets a copy of the requests.',
      },
    });
  });

  it('makes the deck when there is none', async () => {
    await open();
    shelf.decks = shelf.decks.filter(({ origin }) => origin === 'bundled');
    await press('N');
    const name = await screen.findByRole('textbox', { name: 'Name of the new deck' });
    await write(name, 'Mine');
    await write(front(), 'Q');
    await press('Ctrl+S');
    await waitFor(() => expect(desk.inputsOf('save_item')).toHaveLength(1));
    expect(desk.inputsOf('new_deck')).toEqual([{ title: 'Mine' }]);
    expect(desk.inputsOf('save_item')[0]?.['draft']).toMatchObject({ deck: 'made-2' });
  });
});

it('is clean for axe, written in and previewed', async () => {
  await openSecond();
  await press('P');
  await screen.findByRole('heading', { name: 'As it will be seen' });
  expect(await wrongs()).toEqual([]);
  await write(front(), 'Other');
  await press('Escape');
  await screen.findByRole('dialog');
  expect(await wrongs()).toEqual([]);
});

describe('a card that came from elsewhere', () => {
  /** The third row, with another body. */
  async function openWith(body: Record<string, unknown>): Promise<void> {
    const known = rows(14);
    notes = new Notes(known);
    const view = editor(known[2] as (typeof known)[number]);
    Object.assign(view.draft.body, body);
    notes.editors.set('core/card-3', view);
    shelf = await openBrowse(desk, notes, { screen: 'browse', item: 'core/card-3' });
    await waitFor(() => expect(pane()).toBeTruthy());
  }

  it('keeps the words of its template, while tags can be changed', async () => {
    await openWith({ style: 'faces', front: '', back: '' });
    await screen.findByText(/Its sides were made from a template elsewhere/);
    expect(screen.queryByRole('textbox', { name: 'Question' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Style' })).toBeNull();
    expect(screen.getByText('From a template')).toBeTruthy();
    expect(await wrongs()).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Remove the tag tuning' }));
    await press('Ctrl+S');
    await screen.findByText('Saved.');
    expect(desk.inputsOf('save_item')[0]?.['draft']).toMatchObject({
      tags: ['sagemaker'],
      body: { style: 'faces' },
    });
  });

  it('says when it is written in HTML', async () => {
    await openWith({ markup: 'html', front: '<b>Recall</b>' });
    await waitFor(() => expect(front().value).toBe('<b>Recall</b>'));
    expect(within(pane() as HTMLElement).getByText('HTML')).toBeTruthy();
  });

  it('is no style that a person can choose', async () => {
    await openSecond();
    const styles = within(screen.getByRole('combobox', { name: 'Style' })).getAllByRole('option');
    expect(styles.map(({ textContent }) => textContent)).toEqual([
      'Basic',
      'Both ways',
      'Cloze',
      'Typed answer',
    ]);
  });
});
