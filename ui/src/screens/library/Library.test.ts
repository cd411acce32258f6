import type { Channel } from '@tauri-apps/api/core';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExportProgress, OptimiseProgress, OptimiseView } from '../../api/client';
import App from '../../App.svelte';
import { toast } from '../../components/toast.svelte';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { Door, PATH } from '../../testing/import';
import { furnish } from '../../testing/learner';
import { FOUND, OPTIONS, Shelf, decks } from '../../testing/library';
import { press } from '../../testing/press';

let desk: Desk;
let shelf: Shelf;

async function open(known = decks()): Promise<void> {
  toast.clear();
  furnish(desk);
  shelf = new Shelf(known).teach(desk);
  router.replace({ screen: 'library' });
  render(App);
  await screen.findByRole('heading', { level: 1, name: 'Library' });
  await screen.findByRole('button', { name: /New deck/ });
}

const names = () =>
  screen.getAllByRole('rowheader').map((one) => one.querySelector('.called')?.textContent);
/** The row of a deck; the bar below may name it too. */
const line = (title: string) =>
  screen.getByText(title, { selector: '.called' }).closest('tr') as HTMLElement;
const dialog = () => screen.getByRole('dialog');
const choose = (title: string) => fireEvent.click(line(title));
const write = (name: string, value: string) =>
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });

beforeEach(() => {
  desk = new Desk().install();
});

describe('the decks', () => {
  it('are a tree with counts, recall and date, most due first', async () => {
    await open();
    expect(screen.getByText(/1,115 cards and 910 questions in seven decks/)).toBeTruthy();
    expect(names()[0]).toBe('MLS-C01 core');
    expect(line('MLS-C01 core').textContent).toMatch(
      /version 1\.3\.0.*642.*390.*41.*96.*91%.*Today/s,
    );
    expect(line('Mock exams 1 to 8').textContent).toMatch(/Not scheduled.*Saturday/s);
    expect(line('Tuning').getAttribute('aria-level')).toBe('2');
    expect(line('Modeling, my notes').getAttribute('aria-expanded')).toBe('true');
    expect(
      screen.getByRole('img', {
        name: /^MLS-C01 core: 91% of 536 reviews recalled, likely between 88% and 93%, aim 90%$/,
      }),
    ).toBeTruthy();
  });

  it('sort by name, and back', async () => {
    await open();
    await press('S');
    expect(names()[0]).toBe('Kinesis, Glue and EMR');
    expect(screen.getByText('Sorted by name')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Due' }));
    expect(names()[0]).toBe('MLS-C01 core');
  });

  it('fold and move by keys', async () => {
    await open();
    await press('J');
    await press('J');
    expect(document.activeElement).toBe(line('Modeling, my notes'));
    await press('ArrowRight');
    expect(document.activeElement).toBe(line('Tuning'));
    await press('ArrowLeft');
    await waitFor(() => expect(document.activeElement).toBe(line('Modeling, my notes')));
    await press('ArrowLeft');
    expect(names()).not.toContain('Tuning');
    await press('J');
    expect(document.activeElement).toBe(line('SageMaker algorithms'));
    await fireEvent.click(
      screen.getByRole('button', { name: 'Show the decks below Modeling, my notes' }),
    );
    expect(names()).toContain('Tuning');
  });

  it('open in Browse on Enter, named with those above', async () => {
    await open();
    await choose('Tuning');
    await press('Enter');
    expect(router.route).toEqual({ screen: 'browse', query: 'deck:"Modeling, my notes::Tuning"' });
  });
});

describe('a deck', () => {
  it('is made, and an error is said in its place', async () => {
    await open();
    await press('N');
    await write('Name', 'MLS-C01 core');
    await fireEvent.click(screen.getByRole('button', { name: 'Make deck' }));
    await within(dialog()).findByText('There is a deck “MLS-C01 core” already.');
    await write('Name', 'Fresh');
    await fireEvent.click(screen.getByRole('button', { name: 'Make deck' }));
    await screen.findByText('Deck “Fresh” made.');
    expect(line('Fresh').getAttribute('aria-selected')).toBe('true');
  });

  it('is renamed by its whole name', async () => {
    await open();
    await choose('Tuning');
    await press('R');
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
    expect(field.value).toBe('Modeling, my notes::Tuning');
    await write('Name', 'Tuning jobs');
    await fireEvent.click(within(dialog()).getByRole('button', { name: 'Rename' }));
    await screen.findByText('Tuning jobs', { selector: '.called' });
    expect(desk.inputsOf('rename_deck')).toEqual([{ slug: 'tuning', title: 'Tuning jobs' }]);
  });

  it('is deleted after one question, and comes back', async () => {
    await open();
    await choose('Kinesis, Glue and EMR');
    await press('Delete');
    expect(dialog().textContent).toMatch(/121 cards and 0 questions leave/);
    await fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
    expect(desk.inputsOf('delete_deck')).toEqual([]);
    await press('Delete');
    await fireEvent.click(screen.getByRole('button', { name: 'Delete deck' }));
    await waitFor(() => expect(screen.queryByText('Kinesis, Glue and EMR')).toBeNull());
    await fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByText('Kinesis, Glue and EMR');
    expect(screen.getByText('Deck change taken back.')).toBeTruthy();
  });

  it('that comes with Sitwell keeps its name and stays', async () => {
    await open();
    await choose('MLS-C01 core');
    expect(screen.getByText(/It comes with Sitwell/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    await press('R');
    await press('Delete');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('study options', () => {
  async function openOptions(title: string): Promise<void> {
    await open();
    await choose(title);
    await press('O');
    await screen.findByRole('textbox', { name: 'New cards a day' });
  }

  it('say where they come from and what they may be', async () => {
    await openOptions('Tuning');
    expect(screen.getByText(/They come from “Modeling, my notes”/)).toBeTruthy();
    expect(screen.getByText('70 to 99; higher means more reviews')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Use what the deck above says/ })).toBeNull();
  });

  it('are kept for the deck, and it can inherit again', async () => {
    await openOptions('Tuning');
    await write('Recall to aim for, percent', '92');
    await fireEvent.click(screen.getByRole('switch', { name: 'Vary intervals a little' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Study options saved.');
    expect(shelf.own.get('tuning')).toEqual({ ...OPTIONS, desired_retention: 0.92, fuzz: false });
    await press('O');
    await screen.findByText('It has options of its own.');
    await fireEvent.click(screen.getByRole('button', { name: 'Use what the deck above says' }));
    await screen.findByText('The deck follows the one above again.');
    expect(desk.inputsOf('set_deck_options').at(-1)).toEqual({ deck: 'tuning', options: null });
  });

  it('stay open with what is wrong', async () => {
    await openOptions('Tuning');
    await write('Learning steps, minutes', '1 ten');
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText(/Write whole numbers/)).toBeTruthy();
    expect(desk.inputsOf('set_deck_options')).toEqual([]);
    await write('Learning steps, minutes', '1 10');
    await write('Recall to aim for, percent', '100');
    await fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText(/choose 0\.70 to 0\.99/);
    expect(dialog()).toBeTruthy();
  });

  it('are there for all decks too', async () => {
    await open();
    await press('Shift+O');
    await screen.findByRole('dialog', { name: 'How all decks are studied' });
    await waitFor(() => expect(desk.inputsOf('deck_options')).toEqual([{ deck: null }]));
  });
});

describe('optimising', () => {
  async function start(): Promise<void> {
    await open();
    await press('Shift+O');
    await fireEvent.click(await screen.findByRole('button', { name: /Optimise/ }));
  }

  it('shows what it is worth, and uses the new ones', async () => {
    await start();
    await screen.findByText(/Learned from 4,812 reviews/);
    const table = within(dialog()).getByRole('table');
    expect(table.textContent).toMatch(/Log loss.*0\.3274.*0\.3129.*RMSE.*0\.0412.*0\.0287/s);
    expect(await wrongs()).toEqual([]);
    expect(desk.inputsOf('set_deck_options')).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Use the new ones' }));
    await screen.findByText('The new parameters are in use.');
    const parameters = FOUND.ended === 'found' ? FOUND.parameters : [];
    expect(shelf.own.get(null)).toEqual({ ...OPTIONS, parameters });
  });

  it('advises to keep what is no worse', async () => {
    await open();
    shelf.optimised = { ...FOUND, better: false } as OptimiseView;
    await press('Shift+O');
    await fireEvent.click(await screen.findByRole('button', { name: /Optimise/ }));
    await screen.findByText(/no better, so keep those in use/);
    expect(screen.queryByRole('button', { name: 'Use the new ones' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Keep those in use' }));
    expect(screen.queryByText(/no better/)).toBeNull();
    expect(desk.inputsOf('set_deck_options')).toEqual([]);
  });

  it('says when there are too few reviews', async () => {
    await open();
    shelf.optimised = { ended: 'too_few', have: 120, need: 400 };
    await press('Shift+O');
    await fireEvent.click(await screen.findByRole('button', { name: /Optimise/ }));
    await screen.findByText(/It takes 400 reviews to learn from, and there are 120\./);
  });

  it('tells how far it is, and can be stopped when it takes long', async () => {
    await open();
    let end: (view: OptimiseView) => void = () => {};
    shelf.optimised = new Promise((resolve) => (end = resolve));
    desk.also['cancel_optimise'] = () => end({ ended: 'cancelled' });
    await press('Shift+O');
    const button = await screen.findByRole('button', { name: /Optimise/ });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await fireEvent.click(button);
      expect(screen.getByText('Reading the reviews')).toBeTruthy();
      const channel = desk.inputsOf('optimise')[0]?.['progress'] as Channel<OptimiseProgress>;
      channel.onmessage({ done: 12, of: 40 });
      await vi.advanceTimersByTimeAsync(1900);
      expect(screen.getByText('Step 12 of 40')).toBeTruthy();
      expect(within(dialog()).getAllByRole('button', { name: 'Cancel' })).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(200);
      const [stop] = within(dialog()).getAllByRole('button', { name: 'Cancel' });
      await fireEvent.click(stop as HTMLElement);
    } finally {
      vi.useRealTimers();
    }
    await screen.findByText('Stopped. Nothing was changed.');
  });

  it('says what went wrong', async () => {
    await open();
    desk.before = (command) => {
      if (command === 'optimise') throw refusal('optimise', 'The reviews could not be read.');
    };
    await press('Shift+O');
    await fireEvent.click(await screen.findByRole('button', { name: /Optimise/ }));
    await screen.findByText('The reviews could not be read.');
  });
});

describe('files', () => {
  it('are chosen in the system’s dialog, and shown before they come in', async () => {
    await open();
    new Door().teach(desk);
    await press('I');
    await waitFor(() => expect(router.route).toEqual({ screen: 'library-import', path: PATH }));
    expect(desk.inputsOf('choose_file')[0]?.['title']).toBe('Choose a file to import');
  });

  it('may be folders', async () => {
    await open();
    new Door().teach(desk);
    await press('Shift+I');
    await waitFor(() => expect(router.route.screen).toBe('library-import'));
    expect(desk.inputsOf('choose_folder')).toHaveLength(1);
  });

  it('are not asked for when the dialog is closed', async () => {
    await open();
    new Door().teach(desk).chosen = null;
    await fireEvent.click(screen.getByRole('button', { name: 'Import' }));
    await waitFor(() => expect(desk.inputsOf('choose_file')).toHaveLength(1));
    expect(router.route.screen).toBe('library');
  });

  it('are written of a deck, and what a format cannot hold is named', async () => {
    await open();
    desk.also['choose_target'] = () => '/home/mara/tuning.apkg';
    desk.also['export'] = () => ({
      path: '/home/mara/tuning.apkg',
      decks: 1,
      notes: 64,
      cards: 64,
      questions: 0,
      media: 2,
      left_out: ['Task of each card'],
    });
    await choose('Tuning');
    await press('E');
    expect(dialog().textContent).toContain('Export “Tuning”');
    expect(screen.queryByRole('switch', { name: 'With scheduling' })).toBeNull();
    await fireEvent.click(screen.getByRole('radio', { name: 'Anki' }));
    await fireEvent.click(screen.getByRole('switch', { name: 'With scheduling' }));
    expect(await wrongs()).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Choose where' }));
    await screen.findByText('Task of each card');
    expect(dialog().textContent).toMatch(/64 cards and 2 pictures and sounds of 1 deck are in/);
    expect(desk.inputsOf('choose_target')[0]).toMatchObject({ name: 'Tuning.apkg' });
    expect(desk.inputsOf('export')).toEqual([
      {
        options: { deck: 'tuning', format: 'apkg', scheduling: true },
        path: '/home/mara/tuning.apkg',
        progress: expect.anything() as unknown,
      },
    ]);
  });

  it('say how far they are, and can be stopped', async () => {
    await open();
    desk.also['choose_target'] = () => '/media/slow/decks.sitwell.zip';
    let stop: (why: unknown) => void = () => {};
    desk.also['export'] = () => new Promise((_, reject) => (stop = reject));
    desk.also['cancel_export'] = () => {
      stop(refusal('cancelled', 'This was stopped.'));
      return null;
    };
    await press('E');
    await fireEvent.click(screen.getByRole('button', { name: 'Choose where' }));
    await waitFor(() => expect(desk.inputsOf('export')).toHaveLength(1));
    const channel = desk.inputsOf('export')[0]?.['progress'] as Channel<ExportProgress>;
    channel.onmessage({ done: 1200, of: 4000 });
    await within(dialog()).findByText('1,200 of 4,000');
    expect(await wrongs()).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await within(dialog()).findByText('Stopped. Nothing was written.');
    expect(within(dialog()).queryByText('This was stopped.')).toBeNull();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy();
  });

  it('of all decks are written where none is chosen, and errors are said', async () => {
    await open();
    desk.also['choose_target'] = () => '/media/full/decks.sitwell.zip';
    desk.also['export'] = () => {
      throw refusal('export', 'The file could not be written.');
    };
    await press('E');
    expect(dialog().textContent).toContain('Export all decks of your own');
    await fireEvent.click(screen.getByRole('button', { name: 'Choose where' }));
    await within(dialog()).findByText('The file could not be written.');
    expect(desk.inputsOf('export')[0]?.['options']).toMatchObject({ deck: null });
  });
});

it('has one thing to do when it is empty', async () => {
  await open([]);
  expect(screen.getByText('There are no decks yet.')).toBeTruthy();
  expect(screen.queryByRole('treegrid')).toBeNull();
});

it('says what went wrong, and asks again', async () => {
  furnish(desk);
  shelf = new Shelf().teach(desk);
  let failing = true;
  desk.before = (command) => {
    if (command === 'library' && failing) throw refusal('collection', 'It could not be read.');
  };
  router.replace({ screen: 'library' });
  render(App);
  await screen.findByText('It could not be read.');
  failing = false;
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('MLS-C01 core');
});

it('is clean for axe, with a deck chosen and its options open', async () => {
  await open();
  await choose('Tuning');
  expect(await wrongs()).toEqual([]);
  await press('O');
  await screen.findByRole('textbox', { name: 'New cards a day' });
  expect(await wrongs()).toEqual([]);
});
