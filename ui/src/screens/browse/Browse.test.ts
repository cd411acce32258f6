import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import {
  chosen,
  counted,
  current,
  field,
  grid,
  lines,
  openBrowse,
  pane,
  write,
} from '../../testing/browse';
import { Desk, refusal } from '../../testing/desk';
import { Notes, row, rows } from '../../testing/notes';
import { press } from '../../testing/press';

let desk: Desk;
let notes: Notes;

async function open(known = rows(14), query = ''): Promise<void> {
  notes = new Notes(known);
  await openBrowse(desk, notes, { screen: 'browse', query });
  await screen.findByRole('grid');
}

beforeEach(() => {
  desk = new Desk().install();
});

describe('a query', () => {
  it('shows everything when it is empty, and how much that is', async () => {
    await open();
    await counted('14 of 14');
    expect(lines()[0]?.textContent).toMatch(/XGBoost overfits.*3\.4.*1 d.*72%.*3 days late/s);
    expect(lines()[4]?.textContent).toMatch(/Today/);
  });

  it('is asked when typing rests, once', async () => {
    await open();
    await press('/');
    expect(document.activeElement).toBe(field());
    for (const text of ['w', 'wa', 'warm']) await write(field(), text);
    await counted('1 of 14');
    expect(desk.inputsOf('browse').map((input) => input['query'])).toEqual(['', 'warm']);
  });

  it('shows what the latest one finds, however late an older answer comes', async () => {
    await open();
    let release = () => {};
    const answer = desk.also['browse'];
    desk.also['browse'] = async (input) => {
      if (input['query'] === 'warm') await new Promise<void>((resolve) => (release = resolve));
      return answer?.(input);
    };
    await write(field(), 'warm');
    await waitFor(() => expect(desk.inputsOf('browse')).toHaveLength(2));
    await write(field(), 'hyperband');
    await counted('1 of 14');
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lines()[0]?.textContent).toMatch(/Hyperband/);
  });

  it('tells what it waits for when the answer takes long, until it comes', async () => {
    await open();
    let release = () => {};
    const answer = desk.also['browse'];
    desk.also['browse'] = async (input) => {
      await new Promise<void>((resolve) => (release = resolve));
      return answer?.(input);
    };
    let left = 61_000;
    desk.also['words_left'] = () => left;
    await write(field(), 'warm');
    await screen.findByText('Making 61,000 new items findable first…');
    left = 0;
    await screen.findAllByText('Searching…');
    release();
    await counted('1 of 14');
    expect(screen.queryByText('Searching…')).toBeNull();
  });

  it('is painted letter for letter, its fields apart', async () => {
    await open(rows(14), 'is:due warm');
    const paint = document.querySelector('.paint');
    await waitFor(() => expect(paint?.querySelector('.syntax')?.textContent).toBe('is:'));
    expect(paint?.textContent).toBe(field().value);
  });

  it('says what is wrong with it, at its place', async () => {
    notes = new Notes();
    await openBrowse(desk, notes, { screen: 'browse', query: 'is:due colour:red' });
    const alert = await screen.findByRole('alert');
    await waitFor(() => expect(alert.textContent).toMatch(/no field “colour”.*Fields are deck/s));
    expect(document.querySelector('.paint .problem')?.textContent).toBe('colour:');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field().getAttribute('aria-describedby') ?? '')).toBe(alert);
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.queryByText('Nothing matches.')).toBeNull();
    expect(await wrongs()).toEqual([]);
  });

  it('that finds nothing says so, with one way on', async () => {
    notes = new Notes();
    await openBrowse(desk, notes, { screen: 'browse', query: 'zebra' });
    await screen.findByText('Nothing matches.');
    await fireEvent.click(screen.getByRole('button', { name: 'Show everything' }));
    await counted('14 of 14');
    expect(field().value).toBe('');
  });

  it('is there again when one comes back', async () => {
    await open();
    await write(field(), 'warm');
    await counted('1 of 14');
    router.go({ screen: 'settings' });
    await screen.findByRole('heading', { name: 'Settings' });
    router.go({ screen: 'browse' });
    await waitFor(() => expect(field().value).toBe('warm'));
  });

  it('leaves the field on Escape, to the rows', async () => {
    await open();
    await press('/');
    await press('Escape');
    expect(document.activeElement).toBe(grid());
    await press('J');
    expect(current()).toBe(1);
  });
});

describe('the rows', () => {
  it('sorts by a column, and the other way round', async () => {
    await open();
    const head = (name: string) => screen.getByRole('columnheader', { name });
    expect(head('Due').getAttribute('aria-sort')).toBe('ascending');
    await fireEvent.click(within(head('Stability')).getByRole('button'));
    await waitFor(() => expect(lines()[0]?.textContent).toMatch(/XGBoost/));
    expect(head('Stability').getAttribute('aria-sort')).toBe('ascending');
    expect(head('Due').getAttribute('aria-sort')).toBe('none');
    await fireEvent.click(within(head('Stability')).getByRole('button'));
    await waitFor(() => expect(lines()[0]?.textContent).toMatch(/L1 against L2/));
    expect(desk.inputsOf('browse').at(-1)?.['order']).toEqual({
      column: 'stability',
      descending: true,
    });
  });

  it('draws a few of 100,000, and asks for those alone', async () => {
    await open(rows(1));
    const many = 100_000;
    desk.also['browse'] = (input) => {
      const [offset, limit] = [input['offset'] as number, input['limit'] as number];
      const count = Math.max(0, Math.min(limit, many - offset));
      const shown = Array.from({ length: count }, (_, index) => row(offset + index));
      const rest = { problem: null, spans: [], undo: null, redo: null };
      return { total: many, of: many, rows: shown, ...rest };
    };
    await write(field(), 'x');
    await counted('100,000 of 100,000');
    expect(grid().getAttribute('aria-rowcount')).toBe('100001');
    expect(lines().length).toBeLessThan(60);
    field().blur();
    await press('End');
    await waitFor(() => expect(current()).toBe(many));
    await waitFor(() => expect(lines().at(-1)?.textContent).toMatch(/case/));
    expect(lines().length).toBeLessThan(60);
    expect(desk.inputsOf('browse').length).toBeLessThan(6);
    expect(desk.inputsOf('browse').at(-1)?.['offset']).toBe(99_900);
  });

  it('moves by keys, and chooses by X', async () => {
    await open();
    await press('J');
    await press('J');
    expect(current()).toBe(2);
    expect(chosen()).toEqual([2]);
    await press('X');
    await press('J');
    await press('X');
    await waitFor(() => expect(chosen()).toEqual([2, 3]));
    expect(screen.getByRole('group', { name: 'What is chosen' }).textContent).toMatch(/2 chosen/);
    await press('X');
    await waitFor(() => expect(chosen()).toEqual([2]));
    await press('Escape');
    expect(screen.queryByRole('group', { name: 'What is chosen' })).toBeNull();
  });

  it('extends by Shift and J or K, and by Shift and a click', async () => {
    await open();
    await press('J');
    await press('Shift+J');
    await press('Shift+J');
    await waitFor(() => expect(chosen()).toEqual([1, 2, 3]));
    await press('Shift+K');
    await waitFor(() => expect(chosen()).toEqual([1, 2]));
    await fireEvent.click(lines()[5] as HTMLElement, { shiftKey: true });
    await waitFor(() => expect(chosen()).toEqual([1, 2, 3, 4, 5, 6]));
    await fireEvent.click(lines()[1] as HTMLElement, { ctrlKey: true });
    await waitFor(() => expect(chosen()).toEqual([1, 3, 4, 5, 6]));
    expect(pane()).toBeNull();
  });

  it('chooses all that was found as the query, not row by row', async () => {
    await open(rows(14), 'is:due');
    await press('Ctrl+A');
    expect(screen.getByRole('group', { name: 'What is chosen' }).textContent).toMatch(/14 chosen/);
    await press('S');
    await waitFor(() => expect(desk.inputsOf('act_on_rows')).toHaveLength(1));
    expect(desk.inputsOf('act_on_rows')[0]).toEqual({
      selection: { of: 'query', what: 'is:due' },
      action: { do: 'suspend' },
    });
    await screen.findByText('Nothing matches.');
  });

  it('leaves one out of all', async () => {
    await open();
    await press('Ctrl+A');
    await press('J');
    await press('X');
    await waitFor(() => expect(chosen()).toHaveLength(13));
    expect(chosen()).not.toContain(1);
  });
});

describe('what is done to rows', () => {
  it.each([
    ['S', { do: 'suspend' }],
    ['R', { do: 'resume' }],
    ['B', { do: 'bury' }],
    ['Shift+R', { do: 'reset' }],
    ['Delete', { do: 'delete' }],
  ])('is on %s: %o', async (key, action) => {
    await open();
    await press('J');
    await press(key);
    await waitFor(() =>
      expect(desk.inputsOf('act_on_rows')).toEqual([
        { selection: { of: 'rows', what: [{ item: 'core/card-1', card: 1 }] }, action },
      ]),
    );
  });

  it('asks for a tag or a flag first', async () => {
    await open();
    await press('J');
    await press('A');
    const tag = await screen.findByRole('textbox', { name: 'Tag' });
    await write(tag, ' tuning ');
    await press('Enter');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await press('M');
    await screen.findByRole('dialog', { name: 'Which flag for 1 row?' });
    await press('3');
    await waitFor(() => expect(desk.inputsOf('act_on_rows')).toHaveLength(2));
    expect(desk.inputsOf('act_on_rows').map((input) => input['action'])).toEqual([
      { do: 'add_tag', with: 'tuning' },
      { do: 'flag', with: 3 },
    ]);
    await waitFor(() => expect(lines()[0]?.textContent).toMatch(/Flag 3/));
    // Of a flagged row the flag is rather taken away.
    await press('M');
    await screen.findByRole('dialog', { name: 'Which flag for 1 row?' });
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'None' }));
    await press('Enter');
    await waitFor(() => expect(lines()[0]?.textContent).not.toMatch(/Flag/));
  });

  it('can be taken back from the toast, and by keys', async () => {
    await open();
    await press('J');
    await press('Delete');
    await counted('13 of 13');
    expect(lines()[0]?.textContent).toMatch(/Warm start/);
    expect(current()).toBe(1);
    await fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await counted('14 of 14');
    await screen.findByText('What was deleted is back.');
    await press('Ctrl+Z');
    await screen.findByText('There is nothing to undo.');
    await press('Ctrl+Shift+Z');
    await counted('13 of 13');
  });

  it('says in its place what went wrong, and shows nothing as done', async () => {
    await open();
    desk.before = (command) => {
      if (command === 'act_on_rows') throw refusal('collection', 'It could not be written.');
    };
    await press('J');
    await press('S');
    await screen.findByText('It could not be written.');
    expect(lines()[0]?.textContent).not.toMatch(/Suspended/);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });
});

it('offers the first card where there is none', async () => {
  notes = new Notes([]);
  await openBrowse(desk, notes);
  await screen.findByText('There are no cards yet.');
  expect(screen.getAllByRole('button', { name: /New card/ }).length).toBeGreaterThan(0);
});

it('is clean for axe, with rows chosen and asked about', async () => {
  await open([row(0, { flag: 2 }), row(1, { suspended: true }), row(2, { phase: null })]);
  await press('J');
  await press('X');
  expect(await wrongs()).toEqual([]);
  await press('M');
  await screen.findByRole('dialog');
  expect(await wrongs()).toEqual([]);
});
