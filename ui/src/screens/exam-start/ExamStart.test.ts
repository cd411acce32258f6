import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { exam } from '../../testing/exams';
import { press } from '../../testing/press';
import ExamStart from './ExamStart.svelte';

let desk: Desk;

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
  expect(desk.inputsOf('start_exam')).toEqual([{ code: 'MLS-C01', extraTime: false, items: null }]);
});

it('asks Rust for extra time', async () => {
  await door();
  await fireEvent.click(screen.getByRole('switch', { name: 'Extra time' }));
  await screen.findByText('65 questions in 3 hours 30 minutes.');
  await fireEvent.click(screen.getByRole('button', { name: /^Start/ }));
  await waitFor(() => expect(desk.inputsOf('start_exam')[0]?.['extraTime']).toBe(true));
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
  await fireEvent.change(screen.getByRole('combobox'), { target: { value: '3' } });
  await screen.findByRole('heading', { name: '23 questions in 1 hour 4 minutes.' });
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: /^Start the section test/ }));
  await waitFor(() => expect(practised()).toEqual([{ mode: 'section', part: '3', items: null }]));
});

it('drills the tasks, the number and the pool chosen', async () => {
  await door();
  await mode('Drill');
  await fireEvent.change(screen.getByRole('combobox'), { target: { value: '1' } });
  await fireEvent.click(await screen.findByRole('radio', { name: 'Missed 31' }));
  await fireEvent.click(screen.getByRole('radio', { name: '40' }));
  await screen.findByRole('heading', { name: '31 questions, explained one by one.' });
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: /^Start the drill/ }));
  const drill = { mode: 'drill', tasks: ['1.1', '1.2', '1.3'], items: 40, pool: 'missed' };
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
