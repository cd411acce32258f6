import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { wrongs } from '../../testing/axe';
import { Desk, refusal, type Sitting } from '../../testing/desk';
import { press } from '../../testing/press';
import Exam from './Exam.svelte';

let desk: Desk;

beforeEach(() => {
  desk = new Desk().install();
});

async function enter(parts: Partial<Sitting> = {}): Promise<void> {
  const { id } = desk.begin({ items: 3, ...parts });
  render(Exam, { route: { screen: 'exam', sitting: id } });
  await screen.findByRole('heading', { level: 1 });
}

it('hides the questions during a break, where the clock stands if that was granted', async () => {
  await enter({ stopClock: true });
  await press('P');
  await screen.findByRole('heading', { name: 'You are on a break.' });
  expect(screen.queryAllByRole('radio')).toEqual([]);
  expect(screen.queryByRole('button', { name: /^Question 2,/ })).toBeNull();
  expect(screen.getByText(/^The clock stands at/)).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await press('A');
  expect(desk.inputsOf('choose')).toEqual([]);
  await press('P');
  await screen.findByRole('heading', { name: 'Question 1 of 3' });
  expect(desk.inputsOf('come_back')).toHaveLength(1);
});

it('says that the clock runs on where no such break was granted', async () => {
  await enter({ onBreak: true });
  expect(screen.getByText(/The clock runs on, as in the real exam/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: /^Come back/ }));
  await screen.findByRole('heading', { name: 'Question 1 of 3' });
});

it('offers no break where no clock runs', async () => {
  await enter({ timed: false });
  expect(screen.queryByRole('button', { name: /^Break/ })).toBeNull();
  await press('P');
  expect(desk.inputsOf('pause')).toEqual([]);
});

it('keeps a comment with the question, written by keyboard alone', async () => {
  await enter();
  await press('W');
  const field = await screen.findByRole('textbox', { name: 'Your comment' });
  expect(document.activeElement).toBe(field);
  await fireEvent.input(field, { target: { value: 'B and D both fit' } });
  expect(await wrongs(screen.getByRole('dialog'))).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Keep it' }));
  await screen.findByRole('button', { name: /^Edit the comment/ });
  expect(desk.inputsOf('comment')).toEqual([
    { id: 'sitting-4', position: 0, text: 'B and D both fit' },
  ]);
});

it('reports a question from the reasons, and shows in place why a report is refused', async () => {
  await enter({ mode: 'drill', timed: false, explains: true });
  await press('A');
  await waitFor(() => expect(screen.getByRole('radio', { name: /^A/ }).ariaChecked).toBe('true'));
  await press('Enter');
  await fireEvent.click(await screen.findByRole('button', { name: 'Report this question' }));
  await fireEvent.change(screen.getByRole('combobox', { name: 'Reason' }), {
    target: { value: 'other' },
  });
  desk.also['report_item'] = () => {
    throw refusal('bad_report', 'A report needs words here.');
  };
  await fireEvent.click(screen.getByRole('button', { name: 'Keep the report' }));
  await screen.findByText('A report needs words here.');
  delete desk.also['report_item'];
  const words = screen.getByRole('textbox', { name: 'In your words' });
  await fireEvent.input(words, { target: { value: 'The figure is missing.' } });
  expect(await wrongs(screen.getByRole('dialog'))).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Keep the report' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(desk.inputsOf('report_item').at(-1)).toEqual({
    id: 'sitting-4',
    position: 0,
    reason: 'other',
    words: 'The figure is missing.',
  });
});
