import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { toast } from '../../components/toast.svelte';
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

describe('the history', () => {
  const rows = () => within(screen.getByRole('table')).getAllByRole('row').slice(1);

  async function openHistory(): Promise<void> {
    const left = summary(8, { state: 'abandoned', answered: 12, outcome: null, correct: null });
    const drill = summary(9, {
      mode: 'drill',
      title: 'Drill',
      outcome: null,
      correct: 7,
      items: 10,
    });
    const again = {
      correct: 48,
      outcome: { scaled: 774, low: 729, high: 817, pass: 750, passed: true },
    };
    const [latest, ...before] = finished();
    const all = [left, drill, ...(latest ? [{ ...latest, remark: again }] : []), ...before];
    let gone: string | null = null;
    furnish(desk, today());
    desk.also['history'] = () => all.filter(({ id }) => id !== gone);
    desk.also['delete_sitting'] = (input) => {
      gone = input['id'] as string;
      return null;
    };
    desk.also['undo'] = () => {
      gone = null;
      return 'sitting';
    };
    await learner.load();
    render(Exams, { route: { screen: 'exams' } });
    await screen.findByText('Given up');
  }

  it('shows what was given up without a way to a result', async () => {
    await openHistory();
    expect(rows()[0]?.textContent).toMatch(/Mock 8.*12 of 65.*Given up/s);
    expect(screen.queryByRole('button', { name: 'Mock 8' })).toBeNull();
  });

  it('shows what was marked again beside the first score', async () => {
    await openHistory();
    expect(rows()[2]?.textContent).toMatch(/Mock 4.*762.*774 marked again/s);
  });

  it('is filtered by mode', async () => {
    await openHistory();
    await fireEvent.click(screen.getByRole('radio', { name: 'Drills' }));
    expect(rows()).toHaveLength(1);
    expect(rows()[0]?.textContent).toMatch(/Drill.*7 of 10 correct/s);
  });

  it('deletes the one chosen, and undo brings it back', async () => {
    await openHistory();
    await press('J');
    await press('J');
    await press('Delete');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Drill' })).toBeNull());
    expect(desk.inputsOf('delete_sitting')).toEqual([{ id: 'sitting-9' }]);
    expect(toast.line?.text).toBe('Drill is deleted.');
    toast.line?.undo?.();
    await screen.findByRole('button', { name: 'Drill' });
  });

  it('asks before a running exam is given up', async () => {
    desk.also['abandon_exam'] = () => null;
    await open(today({ running: running() }));
    await fireEvent.click(screen.getByRole('button', { name: 'Give up' }));
    expect(desk.inputsOf('abandon_exam')).toEqual([]);
    const dialog = screen.getByRole('dialog');
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Give it up' }));
    await waitFor(() => expect(desk.inputsOf('abandon_exam')).toEqual([{ id: 'sitting-5' }]));
  });

  it('is clean for axe', async () => {
    await openHistory();
    expect(await wrongs()).toEqual([]);
  });
});
