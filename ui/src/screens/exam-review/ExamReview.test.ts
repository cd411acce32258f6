import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { press } from '../../testing/press';
import { examScenes } from '../../testing/scenes';
import ExamReview from './ExamReview.svelte';

let desk: Desk;

beforeEach(async () => {
  desk = new Desk().install();
  examScenes['exam-review']?.(desk);
  router.replace({ screen: 'exam-review', sitting: 'sitting-4' });
  render(ExamReview, { route: { screen: 'exam-review', sitting: 'sitting-4' } });
  await screen.findByRole('heading', { level: 1 });
});

it('says first what is missing and how much time is left', () => {
  expect(screen.getByRole('heading', { level: 1 }).textContent?.trim()).toBe(
    'Two questions have no answer. Fourteen minutes left.',
  );
  expect(desk.inputsOf('leave')).toHaveLength(1);
});

it('opens the next question without an answer', async () => {
  await press('U');
  expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-4', position: 21 });
});

it('starts over at the first question after the last', async () => {
  cleanup();
  const sitting = desk.sittings.get('sitting-4');
  if (sitting) sitting.current = 30;
  render(ExamReview, { route: { screen: 'exam-review', sitting: 'sitting-4' } });
  await screen.findByRole('heading', { level: 1 });
  await press('U');
  expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-4', position: 46 });
});

it('opens the next flagged question', async () => {
  await fireEvent.click(screen.getByRole('button', { name: /^Go to flagged/ }));
  expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-4', position: 5 });
});

it('moves with the arrows and opens with Enter', async () => {
  await press('ArrowUp');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Question 52, answered, flagged');
  await press('ArrowLeft');
  await fireEvent.click(document.activeElement as Element);
  expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-4', position: 50 });
});

it('goes back with Escape to the question last seen', async () => {
  await press('Escape');
  expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-4', position: 64 });
});

it('ends only after asking once', async () => {
  await press('Ctrl+Enter');
  await screen.findByRole('dialog', { name: 'End the exam now?' });
  expect(
    screen.getByText(
      'Two questions have no answer and fourteen minutes are left. You cannot come back to this paper.',
    ),
  ).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await press('Escape');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(desk.inputsOf('end_exam')).toHaveLength(0);
  expect(router.route.screen).toBe('exam-review');

  await press('Ctrl+Enter');
  const dialog = await screen.findByRole('dialog');
  const end = [...dialog.querySelectorAll('button')].at(-1);
  await fireEvent.click(end as Element);
  await waitFor(() => expect(router.route).toEqual({ screen: 'results', sitting: 'sitting-4' }));
});

it('stays when the end could not be kept', async () => {
  desk.before = (command) => {
    if (command === 'end_exam') throw refusal('collection', 'The disk is full.');
  };
  await press('Ctrl+Enter');
  const dialog = await screen.findByRole('dialog');
  await fireEvent.click([...dialog.querySelectorAll('button')].at(-1) as Element);
  await screen.findByText('The disk is full.');
  expect(router.route.screen).toBe('exam-review');
});

it('says that time is up and goes to the result', async () => {
  const sitting = desk.sittings.get('sitting-4');
  if (sitting) sitting.state = 'expired';
  window.dispatchEvent(new Event('focus'));
  await screen.findByText('Your answers are kept.');
  await press('Enter');
  await fireEvent.click(screen.getByRole('button', { name: /^See the result/ }));
  expect(router.route).toEqual({ screen: 'results', sitting: 'sitting-4' });
});

it('has nothing that axe objects to', async () => {
  expect(await wrongs()).toEqual([]);
});
