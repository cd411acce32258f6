import type { Channel } from '@tauri-apps/api/core';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportPreview, ImportProgress, Imported } from '../../api/client';
import App from '../../App.svelte';
import { toast } from '../../components/toast.svelte';
import { router } from '../../router.svelte';
import { incoming } from '../../state/incoming.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { bank, COUNTS, Door, NOTHING, notADeck, PATH, preview, table } from '../../testing/import';
import { furnish } from '../../testing/learner';
import { Shelf } from '../../testing/library';
import { press } from '../../testing/press';

let desk: Desk;
let door: Door;

async function show(shown: ImportPreview | Promise<ImportPreview> = preview()): Promise<void> {
  toast.clear();
  incoming.forget();
  furnish(desk);
  new Shelf().teach(desk);
  door = new Door(shown).teach(desk);
  router.replace({ screen: 'library-import', path: PATH });
  render(App);
}

async function open(shown?: ImportPreview): Promise<void> {
  await show(shown);
  await screen.findByRole('heading', { name: 'What is in the file' });
}

const heading = () => screen.getByRole('heading', { level: 1 }).textContent;
const part = (name: RegExp | string) => screen.getByRole('region', { name });
const asked = () => desk.inputsOf('change_import');
const pick = (name: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
const button = (name: RegExp | string) => screen.getByRole('button', { name });

beforeEach(() => {
  desk = new Desk().install();
});

describe('what is in a file', () => {
  it('is said before anything is changed', async () => {
    await open();
    expect(heading()).toBe('312 cards to import from ML-Specialty-2025.apkg');
    expect(
      screen.getByText('Nothing has been changed yet. 8.4 MB, Anki package, made with Anki 24.11.'),
    ).toBeTruthy();
    expect(part('What is in the file').textContent).toMatch(
      /347 cards, 41 pictures and sounds.*271 new.*41 updates.*28 the same.*7 left out/s,
    );
    expect(desk.inputsOf('import')).toEqual([]);
    expect(await wrongs()).toEqual([]);
  });

  it('names where it comes from, or says that nothing is stated', async () => {
    await open();
    expect(part('Where it comes from').textContent).toMatch(
      /CC-BY-4\.0.*Mara Lind.*https:\/\/ankiweb\.net/s,
    );
    expect(part('Decks').textContent).toMatch(
      /ML Specialty 2025::Modeling.*198 cards.*Here already/s,
    );
  });

  it('of no licence, author or source says so in words', async () => {
    await open(table());
    expect(part('Where it comes from').textContent).toMatch(
      /None is stated\. Ask its author.*None is named.*No address is given/s,
    );
  });

  it('lists each warning with its place and what to do', async () => {
    await open();
    const check = part('Check these');
    expect(check.textContent).toMatch(/has no picture to show.*7 left out/s);
    await fireEvent.click(within(check).getByRole('button', { name: /^List: The note type/ }));
    const list = screen.getByRole('dialog');
    expect(within(list).getAllByRole('row')).toHaveLength(8);
    expect(list.textContent).toMatch(/collection\.anki21b, 112.*Open it in Anki/s);
    expect(await wrongs()).toEqual([]);
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(router.route.screen).toBe('library-import');
  });

  it('lists what was passed over', async () => {
    await open(bank());
    expect(heading()).toBe('209 questions to import from README.md');
    await fireEvent.click(button('List: 2 parts passed over'));
    expect(screen.getByRole('dialog').textContent).toMatch(
      /README\.md, 8.*Contributing.*no options/s,
    );
  });
});

describe('matches', () => {
  it('are compared one at a time, by keys', async () => {
    await open();
    const pair = () => part(/^Match \d+ of 41$/);
    expect(pair().textContent).toMatch(
      /Match 1 of 41.*the same in both.*Yours, in Modeling.*3 October/s,
    );
    expect(pair().querySelector('ins')?.textContent).toMatch(/^rows that are later/);
    await press('K');
    expect(pair().textContent).toContain('Match 1 of 41');
    await press('J');
    expect(pair().textContent).toMatch(/Match 2 of 41.*shares about 84 of 100 words/s);
    expect(button('Keep both').getAttribute('aria-pressed')).toBe('true');
    await press('2');
    expect(button('Keep mine').getAttribute('aria-pressed')).toBe('true');
    await press('J');
    await press('3');
    await waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()[0]?.['choices']).toEqual({
      matches: [
        { id: 1, resolve: 'mine' },
        { id: 2, resolve: 'both' },
      ],
      tasks: [],
    });
    await waitFor(() => expect(heading()).toMatch(/^311 cards/));
  });

  it('follow one choice for all, unless chosen otherwise', async () => {
    await open();
    await fireEvent.click(screen.getByRole('radio', { name: 'Keep mine' }));
    await waitFor(() => expect(asked()[0]?.['options']).toMatchObject({ existing: 'mine' }));
    await waitFor(() => expect(part('What is in the file').textContent).toContain('34 left out'));
    expect(button('Keep mine').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('how it is brought in', () => {
  it('asks Rust once about changes made together, and shows the old answer meanwhile', async () => {
    await open();
    await fireEvent.click(screen.getByRole('switch', { name: 'Scheduling' }));
    await pick('Into', 'tuning');
    expect(heading()).toMatch(/^312 cards/);
    await waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()[0]?.['options']).toMatchObject({
      target: { into: 'deck', slug: 'tuning' },
      scheduling: false,
    });
    const decks = within(screen.getByRole('combobox', { name: 'Into' })).getAllByRole('option');
    expect(decks.map(({ textContent }) => textContent)).toContain('Modeling, my notes::Tuning');
    expect(decks.map(({ textContent }) => textContent)).not.toContain('MLS-C01 core');
  });

  it('matches items to tasks, which can be chosen by hand', async () => {
    await open();
    const tasks = part('Tasks of MLS-C01');
    expect(tasks.textContent).toMatch(/244 matched, 68 left.*3\.4 Perform hyperparameter.*41/s);
    expect(tasks.textContent).toMatch(/A guess, right about 4 times in 10/);
    const guess = 'Task of “Blue/green deployment: how is traffic shifted back after an alarm?”';
    await pick(guess, '3.4');
    await waitFor(() =>
      expect(asked()[0]?.['choices']).toEqual({ matches: [], tasks: [{ item: 17, task: '3.4' }] }),
    );
    expect(within(tasks).getAllByRole('combobox')).toHaveLength(20);
    await fireEvent.click(within(tasks).getByRole('button', { name: 'Show 8 more' }));
    expect(within(tasks).getAllByRole('combobox')).toHaveLength(28);
    await pick('Match to the tasks of', '');
    await waitFor(() => expect(asked()[1]?.['options']).toMatchObject({ exam: null }));
    expect(asked()[1]?.['choices']).toEqual({ matches: [], tasks: [] });
    await waitFor(() => expect(screen.queryByRole('region', { name: /^Tasks of/ })).toBeNull());
  });

  it('reads the columns of a table as chosen', async () => {
    await open(table());
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Between columns' }).value).toBe(
      ';',
    );
    expect(part('The first rows of the file').textContent).toContain('Shuffle sharding');
    await pick('What “Notes” holds', 'explanation');
    await waitFor(() =>
      expect(asked()[0]?.['options']).toMatchObject({
        columns: { delimiter: null, roles: ['front', 'back', 'tags', 'explanation'] },
      }),
    );
    await pick('Between columns', ',');
    await waitFor(() =>
      expect(asked()[1]?.['options']).toMatchObject({ columns: { delimiter: ',', roles: [] } }),
    );
    expect(await wrongs()).toEqual([]);
  });

  it('says in its place what a change is refused with, and keeps the answer before', async () => {
    await open();
    door.wrong.change = refusal('import_columns', 'The file is not windows-1252.');
    await pick('Into', 'tuning');
    await screen.findByText('The file is not windows-1252.');
    expect(heading()).toMatch(/^312 cards/);
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Into' }).value).toBe('tuning');
  });
});

describe('importing', () => {
  it('says what came in, with Undo', async () => {
    await open();
    await press('Ctrl+Enter');
    await waitFor(() => expect(heading()).toBe('312 cards imported'));
    expect(screen.getByText('Imported 312 cards.')).toBeTruthy();
    expect(part('What came in').textContent).toMatch(
      /271\s*New.*41\s*Updated.*2,906\s*Past reviews/s,
    );
    expect(await wrongs()).toEqual([]);
    await fireEvent.click(button('Undo'));
    await waitFor(() => expect(heading()).toBe('The import is undone'));
    expect(screen.getByText('The import is undone.')).toBeTruthy();
    expect(desk.inputsOf('undo')).toHaveLength(1);
  });

  it('leads on to study, and to the deck in the Library', async () => {
    await open();
    await press('Ctrl+Enter');
    await waitFor(() => expect(heading()).toBe('312 cards imported'));
    await press('L');
    expect(router.route).toEqual({ screen: 'library', deck: 'modeling' });
    const row = await screen.findByText('Modeling, my notes', { selector: '.called' });
    expect(row.closest('tr')?.getAttribute('aria-selected')).toBe('true');
  });

  it('waits for the answer to what was changed last', async () => {
    await open();
    await press('2');
    await press('Ctrl+Enter');
    await waitFor(() => expect(heading()).toBe('312 cards imported'));
    const order = desk.asked
      .map(({ command }) => command)
      .filter((command) => command === 'change_import' || command === 'import');
    expect(order).toEqual(['change_import', 'import']);
  });

  it('leaves the preview where it was when it fails', async () => {
    await open();
    door.wrong.keep = refusal('import_disk', 'The disk is full.', { hint: 'Nothing was changed.' });
    await press('Ctrl+Enter');
    await screen.findByText('The disk is full.');
    expect(heading()).toMatch(/^312 cards to import/);
  });

  it('has nothing to do where all is here already', async () => {
    await open(
      preview({ counts: { ...COUNTS, new: 0, updated: 0 }, matches: [], matches_total: 0 }),
    );
    expect(heading()).toBe('Nothing new in ML-Specialty-2025.apkg');
    await press('Ctrl+Enter');
    expect(desk.inputsOf('import')).toEqual([]);
  });
});

describe('a long wait', () => {
  it('while reading tells how far it is, and can be ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await show(new Promise(() => {}));
      // The app asks for a few other things first, which takes no time on this clock.
      for (let turn = 0; turn < 50 && desk.inputsOf('preview_import').length === 0; turn++) {
        await vi.advanceTimersByTimeAsync(1);
      }
      expect(screen.queryByRole('heading', { level: 1 })).toBeNull();
      await vi.advanceTimersByTimeAsync(400);
      expect(heading()).toBe('Reading ML-Specialty-2025.apkg');
      const channel = desk.inputsOf('preview_import')[0]?.['progress'] as Channel<ImportProgress>;
      channel.onmessage({ stage: 'comparing', done: 1200, of: 4000 });
      await vi.advanceTimersByTimeAsync(100);
      expect(screen.getByText('1,200 of 4,000')).toBeTruthy();
      expect(screen.getByText('Comparing it with what you have')).toBeTruthy();
      expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
      await vi.advanceTimersByTimeAsync(2000);
      await fireEvent.click(button('Cancel'));
      await vi.advanceTimersByTimeAsync(50);
    } finally {
      vi.useRealTimers();
    }
    expect(router.route.screen).toBe('library');
    await waitFor(() => expect(desk.inputsOf('cancel_import')).toHaveLength(1));
  });

  it('while keeping can be stopped, and nothing is left of it', async () => {
    await open();
    let end: (ended: Imported) => void = () => {};
    door.ended = new Promise((resolve) => (end = resolve));
    desk.also['cancel_import'] = () => end({ ended: 'cancelled' });
    await press('Ctrl+Enter');
    await waitFor(() => expect(heading()).toBe('Importing 312 cards'));
    await waitFor(() => expect(desk.inputsOf('import')).toHaveLength(1));
    await press('Escape');
    await waitFor(() => expect(heading()).toBe('Import stopped'));
    expect(screen.getByText(/Nothing was changed/)).toBeTruthy();
    expect(await wrongs()).toEqual([]);
    door.ended = { ended: 'done', counts: COUNTS, decks: [] };
    await fireEvent.click(button('Read it again'));
    await waitFor(() => expect(heading()).toMatch(/^312 cards to import/));
  });
});

it('that is no deck is refused in its place, and another can be chosen', async () => {
  await show();
  router.replace({ screen: 'library-import', path: '/home/mara/holiday.jpg' });
  door.wrong.read = notADeck();
  await waitFor(() => expect(heading()).toBe('holiday.jpg was not imported'));
  expect(screen.getByRole('alert').textContent).toMatch(/no deck that Sitwell can read/);
  expect(await wrongs()).toEqual([]);
  door.wrong = {};
  await fireEvent.click(button('Choose another file'));
  await waitFor(() => expect(heading()).toMatch(/^312 cards to import/));
});

it('that holds nothing says so', async () => {
  await show({ ...bank(), counts: NOTHING, decks: [], mapping: null });
  await waitFor(() =>
    expect(heading()).toBe('There is nothing to import in ML-Specialty-2025.apkg.'),
  );
  expect(button('List: 2 parts passed over')).toBeTruthy();
  expect(await wrongs()).toEqual([]);
});

it('left by Esc is let go of, and nothing is asked', async () => {
  await open();
  await press('Escape');
  expect(router.route.screen).toBe('library');
  await waitFor(() => expect(desk.inputsOf('cancel_import')).toHaveLength(1));
});
