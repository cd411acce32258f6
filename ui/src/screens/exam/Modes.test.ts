import { render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import type { Practice } from '../../api/client';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import { Desk } from '../../testing/desk';
import { press } from '../../testing/press';
import Exam from './Exam.svelte';

let desk: Desk;

beforeEach(() => {
  desk = new Desk().install();
});

async function enter(mode: 'drill' | 'diagnostic'): Promise<void> {
  const practice: Practice =
    mode === 'drill' ? { mode, tasks: [], items: 10, pool: 'all', paced: false } : { mode };
  const { id } = desk.practise(practice);
  render(Exam, { route: { screen: 'exam', sitting: id } });
  await screen.findByRole('heading', { name: /^Question 1 of/ });
}

it('explains an answer of a drill when it is checked, and locks it', async () => {
  await enter('drill');
  expect(screen.queryByRole('timer')).toBeNull();
  await press('Enter');
  expect(desk.inputsOf('check'), 'there is no answer yet').toEqual([]);
  await press('A');
  await waitFor(() => expect(screen.getByRole('radio', { name: /^A/ }).ariaChecked).toBe('true'));
  expect(screen.queryByText('Wrong.')).toBeNull();
  await press('Enter');
  await screen.findByText('Wrong.');
  expect(screen.getByText('Why')).toBeTruthy();
  expect(screen.queryAllByRole('radio')).toEqual([]);
  expect(await wrongs()).toEqual([]);
  await press('B');
  await press('Enter');
  await screen.findByRole('heading', { name: 'Question 2 of 10' });
  expect(screen.queryByText('Wrong.')).toBeNull();
  expect(desk.inputsOf('choose')).toHaveLength(1);
});

it('checks nothing outside a drill', async () => {
  await enter('diagnostic');
  await press('A');
  await press('Enter');
  expect(screen.queryByRole('button', { name: /^Check/ })).toBeNull();
  expect(desk.inputsOf('check')).toEqual([]);
});

it('draws the next question of a diagnostic as one goes on', async () => {
  await enter('diagnostic');
  expect(screen.queryByRole('button', { name: /^Question 2,/ })).toBeNull();
  for (let number = 2; number <= 20; number += 1) {
    await press('ArrowRight');
    await screen.findByRole('heading', { name: `Question ${number} of 20` });
  }
  await press('ArrowRight');
  await waitFor(() =>
    expect(router.route).toEqual({ screen: 'exam-review', sitting: 'sitting-5' }),
  );
});
