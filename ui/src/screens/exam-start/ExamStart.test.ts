import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import { customView, Desk, refusal, type Input } from '../../testing/desk';
import type { CustomPaper, CustomView } from '../../api/client';
import { exam } from '../../testing/exams';
import { press } from '../../testing/press';
import ExamStart from './ExamStart.svelte';

const USUAL = { banks: 'all', extra: { kind: 'none' }, stop_clock: false };

let desk: Desk;

const made = (input: Input): CustomView => customView(input['paper'] as CustomPaper | null);

beforeEach(() => {
  desk = new Desk().install();
  router.replace({ screen: 'exam-start', code: 'MLS-C01' });
});

async function door(): Promise<void> {
  render(ExamStart, { route: { screen: 'exam-start', code: 'MLS-C01' } });
  await screen.findByRole('heading', { level: 1 });
}

it('tells the rules and starts a full paper with Enter', async () => {
  await door();
  expect(screen.getByText('65 questions in 3 hours.')).toBeTruthy();
  expect(screen.getByText('Last sitting 31 March 2026.')).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await press('Enter');
  await waitFor(() => expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' }));
  expect(desk.inputsOf('start_exam')).toEqual([
    { code: 'MLS-C01', items: null, conditions: USUAL },
  ]);
});

it('says what the exam does about breaks, and asks Rust for what was granted', async () => {
  await door();
  expect(screen.getByText(/schedules no break, and the clock runs on/)).toBeTruthy();
  const extra = screen.getByRole('combobox', { name: 'Extra time' });
  await fireEvent.change(extra, { target: { value: 'minutes' } });
  await screen.findByText('65 questions in 3 hours 30 minutes.');
  await fireEvent.change(extra, { target: { value: '50' } });
  await screen.findByText('65 questions in 4 hours 30 minutes.');
  await fireEvent.click(screen.getByRole('switch', { name: 'Breaks that stop the clock' }));
  await screen.findByText('The clock stands while you are on a break, as was granted to you.');
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: /^Start/ }));
  await waitFor(() =>
    expect(desk.inputsOf('start_exam')[0]?.['conditions']).toEqual({
      banks: 'all',
      extra: { kind: 'percent', percent: 50 },
      stop_clock: true,
    }),
  );
});

it('draws from the banks chosen, where there are imported questions', async () => {
  await door();
  expect(screen.queryByRole('radiogroup', { name: 'Questions from' })).toBeNull();
  cleanup();
  desk.exams = [exam({ bundled: 181, imported: 34 })];
  await door();
  await fireEvent.click(screen.getByRole('radio', { name: 'Imported 34' }));
  await screen.findByText(/There are questions for 20, not for 65/);
  await fireEvent.click(screen.getByRole('button', { name: /^Start 20 questions/ }));
  const conditions = { ...USUAL, banks: 'imported' };
  await waitFor(() =>
    expect(desk.inputsOf('start_exam')).toEqual([{ code: 'MLS-C01', items: 20, conditions }]),
  );
});

it('says what is missing and offers the shorter paper', async () => {
  desk.exams = [exam({ largest_paper: 40, shortfall: 'Modeling is nine short.' })];
  await door();
  expect(screen.getByText(/There are questions for 40, not for 65/)).toBeTruthy();
  expect(screen.getByText(/Modeling is nine short/)).toBeTruthy();
  await press('Enter');
  await waitFor(() => expect(desk.inputsOf('start_exam')[0]?.['items']).toBe(40));
});

it('starts nothing when no paper can be drawn', async () => {
  desk.exams = [exam({ largest_paper: 0, shortfall: 'There are no questions.' })];
  render(ExamStart, { route: { screen: 'exam-start', code: 'MLS-C01' } });
  await screen.findByText('There are no questions.');
  await press('Enter');
  expect(desk.inputsOf('start_exam')).toEqual([]);
  expect(screen.queryByRole('button', { name: /^Start/ })).toBeNull();
});

it('leads to the paper that is still running', async () => {
  await door();
  desk.before = (command) => {
    if (command !== 'start_exam') return;
    throw refusal('still_running', '“Mock 4” is still running.', { location: 'sitting-4' });
  };
  await press('Enter');
  await fireEvent.click(await screen.findByRole('button', { name: 'Go on with it' }));
  expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-4' });
});

const mode = async (name: string) => fireEvent.click(screen.getByRole('radio', { name }));
const practised = () => desk.inputsOf('start_practice').map((input) => input['practice']);

it('begins a diagnostic, and says that it gives no score', async () => {
  await door();
  await mode('Diagnostic');
  await screen.findByRole('heading', { name: '20 questions, without a clock.' });
  expect(screen.getByText(/It is no score/)).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await press('Enter');
  await waitFor(() => expect(practised()).toEqual([{ mode: 'diagnostic' }]));
  expect(desk.inputsOf('start_exam')).toEqual([]);
});

it('tests the part chosen, with the time that Rust gives it', async () => {
  await door();
  await mode('Section test');
  const part = await screen.findByRole('combobox', { name: 'Part of the exam' });
  await fireEvent.change(part, { target: { value: '3' } });
  await screen.findByRole('heading', { name: '23 questions in 1 hour 4 minutes.' });
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: /^Start the section test/ }));
  await waitFor(() => expect(practised()).toEqual([{ mode: 'section', part: '3', items: null }]));
});

it('tests as many questions as are chosen, and offers fewer where there are too few', async () => {
  await door();
  await mode('Section test');
  await fireEvent.click(await screen.findByRole('radio', { name: '40' }));
  await screen.findByText('There are too few questions.');
  await fireEvent.click(screen.getByRole('button', { name: 'Sit 23 questions instead' }));
  await screen.findByRole('heading', { name: /^23 questions in/ });
  await fireEvent.click(screen.getByRole('button', { name: /^Start the section test/ }));
  await waitFor(() => expect(practised()).toEqual([{ mode: 'section', part: '1', items: 23 }]));
});

it('drills the tasks, the number and the pool chosen', async () => {
  await door();
  await mode('Drill');
  await fireEvent.change(screen.getByRole('combobox'), { target: { value: '1' } });
  await fireEvent.click(await screen.findByRole('radio', { name: 'Missed 31' }));
  await fireEvent.click(screen.getByRole('radio', { name: 'The exam’s pace' }));
  expect(screen.getByText(/When the time is up the drill ends/)).toBeTruthy();
  await screen.findByRole('heading', { name: /in 28 minutes, explained one by one/ });
  await fireEvent.click(screen.getByRole('radio', { name: 'None' }));
  await fireEvent.click(screen.getByRole('radio', { name: '40' }));
  await screen.findByRole('heading', { name: '31 questions, explained one by one.' });
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: /^Start the drill/ }));
  const drill = {
    mode: 'drill',
    tasks: ['1.1', '1.2', '1.3'],
    items: 40,
    pool: 'missed',
    paced: false,
  };
  await waitFor(() => expect(practised()).toEqual([drill]));
  expect(desk.inputsOf('drill_pools').at(-1)?.['tasks']).toEqual(['1.1', '1.2', '1.3']);
});

it('starts no drill of an empty pool', async () => {
  await door();
  await mode('Drill');
  await fireEvent.click(await screen.findByRole('radio', { name: 'Not sure 0' }));
  await screen.findByRole('heading', { name: 'No question to drill.' });
  await fireEvent.click(screen.getByRole('button', { name: /^Start the drill/ }));
  expect(practised()).toEqual([]);
});

it('makes a paper of what is chosen, counted by Rust, and begins with the last one', async () => {
  desk.also['custom'] = (input) => {
    const view = made(input);
    return { ...view, paper: { ...view.paper, ...(input['paper'] === null ? { items: 12 } : {}) } };
  };
  await door();
  await mode('Custom');
  const items = await screen.findByRole('spinbutton', { name: 'Questions' });
  expect((items as HTMLInputElement).value).toBe('12');
  await fireEvent.input(items, { target: { value: '15' } });
  await fireEvent.click(screen.getByRole('radio', { name: 'At the end' }));
  await fireEvent.click(screen.getByRole('radio', { name: 'The exam’s pace' }));
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Hard' }));
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Old notes 34' }));
  await screen.findByRole('heading', { name: '15 questions in 28 minutes.' });
  expect(screen.getByText(/no score on the scale of the exam/)).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: /^Begin with 15 questions/ }));
  const selection = { decks: ['notes'], tasks: [], tags: [], difficulties: ['hard'] };
  const paper = { items: 15, selection, pool: 'all', time: { kind: 'pace' }, explained: false };
  await waitFor(() => expect(practised()).toEqual([{ mode: 'custom', paper }]));
});

it('begins no paper that no question fits', async () => {
  await door();
  await mode('Custom');
  await fireEvent.click(await screen.findByRole('radio', { name: 'Not sure 0' }));
  await screen.findByRole('heading', { name: 'No question fits.' });
  await fireEvent.click(screen.getByRole('button', { name: /^Begin/ }));
  expect(practised()).toEqual([]);
});
