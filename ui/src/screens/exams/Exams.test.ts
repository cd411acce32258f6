import { render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { learner } from '../../state/learner.svelte';
import { wrongs } from '../../testing/axe';
import { Desk } from '../../testing/desk';
import { current, finished, furnish, running, summary, today } from '../../testing/learner';
import { press } from '../../testing/press';
import Exams from './Exams.svelte';

let desk: Desk;

async function open(view = today()): Promise<void> {
  furnish(desk, view);
  await learner.load();
  render(Exams, { route: { screen: 'exams' } });
  await screen.findByText(view.finished.length > 0 ? 'Finished' : /No mock exam yet|Running/);
}

beforeEach(() => {
  desk = new Desk().install();
  router.replace({ screen: 'exams' });
});

describe('exams', () => {
  it('lists what was sat: date, answered, score, outcome', async () => {
    await open();
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(rows[0]?.textContent).toMatch(/Mock 4.*Saturday 22 November.*64 of 65.*762.*Pass/s);
    expect(rows[2]?.textContent).toMatch(/Time ran out.*58 of 65.*719.*Not a pass/s);
  });

  it('moves by J and K, and starts on Enter when nothing is chosen', async () => {
    await open();
    await press('J');
    expect(document.activeElement?.textContent).toBe('Mock 4');
    await press('J');
    expect(document.activeElement?.textContent).toBe('Mock 3');
    await press('K');
    await press('K');
    expect(document.activeElement?.textContent).toBe('Mock 4');
    (document.activeElement as HTMLElement).click();
    expect(router.route).toEqual({ screen: 'results', sitting: 'sitting-4' });
  });

  it('leaves Enter to the row that is chosen', async () => {
    await open();
    await press('J');
    await press('Enter');
    // The focused button opens its row by itself; the screen must not start an exam as well.
    expect(router.route).toEqual({ screen: 'exams' });
  });

  it('puts a running exam first, with its time', async () => {
    await open(today({ running: running() }));
    const headings = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent);
    expect(headings).toEqual(['Running', 'Finished']);
    expect(screen.getByText('1 h 12 min left, 31 of 65 answered.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Start a mock/ })).toBeNull();
    await press('Enter');
    expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' });
  });

  it('shows a sitting without a result as that', async () => {
    const view = today();
    view.finished = view.finished.map((one, index) =>
      index === 0 ? { ...one, outcome: null } : one,
    );
    await open(view);
    expect(screen.getByText('No result')).toBeTruthy();
  });

  it('offers a mock and the other ways to sit when it is empty', async () => {
    await open(today({ finished: [] }));
    expect(screen.getAllByRole('button')).toHaveLength(2);
    await press('Enter');
    expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' });
  });

  it('offers nothing that cannot be drawn', async () => {
    const exam = current({
      largest_paper: 0,
      diagnostic: 0,
      shortfall: 'Modeling has too few questions.',
    });
    await open(today({ exam, finished: [] }));
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('Modeling has too few questions.')).toBeTruthy();
  });

  it('says the marks of what is not on the scale', async () => {
    const drill = summary(9, {
      mode: 'drill',
      title: 'Drill',
      timed: false,
      items: 10,
      correct: 7,
      outcome: null,
    });
    await open(today({ finished: [drill, ...finished()] }));
    const row = within(screen.getByRole('table')).getAllByRole('row')[1];
    expect(row?.textContent).toMatch(/Drill.*7 of 10 correct/s);
    expect(row?.textContent).not.toMatch(/Pass/);
  });

  it('leads to the other ways to sit', async () => {
    await open();
    (await screen.findByRole('button', { name: /Diagnostic, section test or drill/ })).click();
    expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01', mode: 'diagnostic' });
  });

  it('is clean for axe', async () => {
    await open(today({ running: running() }));
    expect(await wrongs()).toEqual([]);
  });
});
