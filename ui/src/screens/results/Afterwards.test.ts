import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResultView } from '../../api/client';
import { toast } from '../../components/toast.svelte';
import { router } from '../../router.svelte';
import { reading } from '../../state/reading.svelte';
import { Desk, refusal } from '../../testing/desk';
import { furnish } from '../../testing/learner';
import { press } from '../../testing/press';
import { remark, result } from '../../testing/results';
import Results from './Results.svelte';

let desk: Desk;
let view: ResultView;

async function open(): Promise<void> {
  furnish(desk);
  desk.also['result'] = () => view;
  render(Results, { route: { screen: 'results', sitting: 'sitting-4' } });
  await screen.findByRole('heading', { level: 1 });
}

const part = (name: string) => screen.getByRole('region', { name });
/** The rows of a part without its first heading, the cells of each with a space between. */
const texts = (name: string) =>
  within(part(name))
    .getAllByRole<HTMLTableRowElement>('row')
    .slice(1)
    .map((row) =>
      [...row.cells].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()).join(' '),
    );

beforeEach(() => {
  reading.forget();
  for (const name of Object.keys(reading.tables) as (keyof typeof reading.tables)[]) {
    reading.tables[name] = false;
  }
  desk = new Desk().install();
  view = result();
  router.replace({ screen: 'results', sitting: 'sitting-4' });
});

describe('over all papers', () => {
  it('says whether a difference is more than chance, as a figure and as a table', async () => {
    await open();
    expect(part('Beside earlier mocks').textContent).toMatch(
      /24 points higher than Mock 3\. The luck of two papers alone often gives as much\./,
    );
    const rows = texts('Beside earlier mocks');
    expect(rows[0]).toMatch(/^Mock 4.*762.*This one$/);
    expect(rows[1]).toMatch(/^Mock 3.*738.*24 higher.*Can be chance$/);
    expect(rows[3]).toMatch(/^Mock 1.*668.*94 higher.*More than chance$/);
    await fireEvent.click(screen.getByRole('button', { name: 'As table: Beside earlier mocks' }));
    expect(texts('Beside earlier mocks')[1]).toMatch(/692 to 784.*\(−41 to 89\)/);
  });

  it('counts what was sure and what changed over all of them', async () => {
    await open();
    expect(texts('How sure you were')[0]).toBe('Sure 29 of 34 (85%) 96 of 112 (86%) 78 to 91%');
    expect(part('Answers you changed').textContent).toMatch(
      /Over four mocks: 17 gained, 6 lost\. So far, changing your mind has paid\./,
    );
  });

  it('claims nothing of changes that chance would give', async () => {
    view.changes = { ...view.changes, wrong_to_right: 5, right_to_wrong: 3, clear: false };
    await open();
    expect(part('Answers you changed').textContent).toMatch(/no more than chance would give/);
  });

  it('says how reliable one paper is', async () => {
    await open();
    expect(screen.getByText(/lies about 23 points from what your ability/)).toBeTruthy();
  });
});

it('shows where time ran out', async () => {
  view = result({ state: 'expired', ran_out: { position: 57, unseen: 7, blank: 9 } });
  await open();
  expect(part('Pacing').textContent).toMatch(
    /Time ran out at question 58\. Seven questions were never on screen; nine questions were left blank\./,
  );
});

it('shows a mended key beside the first result, with the reason', async () => {
  view = result({ remark: remark() });
  await open();
  const again = part('Marked again');
  expect(again.textContent).toMatch(/1\.2\.0 has another key for one question/);
  expect(texts('Marked again')).toEqual([
    'As first marked 47 of 65 762 717 to 807',
    'By the new keys 48 of 65 774 729 to 817',
    'No. You Key then Key now What changed',
    '41 A B A Now correct',
  ]);
  expect(screen.getByText('762', { selector: '.value' })).toBeTruthy();
});

it('filters by right, by not sure and by a part of the exam', async () => {
  await open();
  const count = () => within(part('Questions')).getAllByRole('row').length - 1;
  await press('7');
  expect(count()).toBe(view.lines.filter((line) => line.correct).length);
  await press('8');
  const unsure = view.lines.filter(({ confidence }) =>
    ['guess', 'fairly'].includes(confidence ?? ''),
  );
  expect(count()).toBe(unsure.length);
  await fireEvent.change(screen.getByLabelText('Part of the exam'), { target: { value: '3.4' } });
  expect(count()).toBe(unsure.filter((line) => line.task === '3.4').length);
});

describe('export', () => {
  async function choose(name: RegExp): Promise<void> {
    await press('E');
    await fireEvent.click(await screen.findByRole('button', { name }));
  }

  it('writes a table where the learner wants it', async () => {
    await open();
    desk.also['choose_target'] = () => '/home/mara/mock-4.csv';
    desk.also['export_result'] = () => null;
    await choose(/CSV/);
    await waitFor(() => expect(toast.line?.text).toBe('Written to /home/mara/mock-4.csv'));
    expect(desk.inputsOf('choose_target')[0]?.['name']).toBe('mock-4-2025-11-22.csv');
    expect(desk.inputsOf('export_result')[0]).toEqual({
      id: 'sitting-4',
      format: 'csv',
      path: '/home/mara/mock-4.csv',
    });
  });

  it('writes nothing when no place is chosen, and says what went wrong', async () => {
    await open();
    desk.also['choose_target'] = () => null;
    await choose(/\(JSON\)/);
    expect(desk.inputsOf('export_result')).toEqual([]);
    desk.also['choose_target'] = () => '/root/mock-4.json';
    desk.also['export_result'] = () => {
      throw refusal('not_written', '/root/mock-4.json was not written: permission denied');
    };
    // The first choice is answered before another is taken.
    await waitFor(async () => {
      await fireEvent.click(screen.getByRole('button', { name: /\(JSON\)/ }));
      expect(desk.inputsOf('export_result')).toHaveLength(1);
    });
    expect(await screen.findByText(/permission denied/)).toBeTruthy();
  });

  it('prints the page without the dialog', async () => {
    await open();
    const print = vi.fn(() => expect(screen.queryByRole('dialog')).toBeNull());
    vi.stubGlobal('print', print);
    await choose(/PDF/);
    await waitFor(() => expect(print).toHaveBeenCalledOnce());
    vi.unstubAllGlobals();
  });
});
