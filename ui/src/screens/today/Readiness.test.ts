import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import type { ForecastView } from '../../api/client';
import { router } from '../../router.svelte';
import { forecast as state } from '../../state/forecast.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import {
  forecast,
  nothingKnown,
  retiredForecast,
  teachForecast,
  withoutDate,
} from '../../testing/forecast';
import Readiness from './Readiness.svelte';

let desk: Desk;

async function open(view: ForecastView = forecast()): Promise<string> {
  teachForecast(desk, view);
  await state.load();
  render(Readiness, { exam: 'MLS-C01' });
  const part = await screen.findByRole('region', { name: 'Readiness' });
  return part.textContent?.replaceAll(/\s+/g, ' ') ?? '';
}

beforeEach(() => {
  desk = new Desk().install();
  router.replace({ screen: 'today' });
});

it('gives the chance with its range, and what holds it back', async () => {
  const words = await open();
  expect(words).toMatch(/73% ?chance of passing/);
  expect(words).toContain(
    'On 17 December, if you keep to the plan. The data allow anything from 53 to 87%.',
  );
  expect(words).toContain(
    'Holding you back: domain 4. Your estimate there is 729. The pass mark is 750.',
  );
  expect(screen.getByRole('img', { name: /15 at or above 750, 5 below/ })).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Forecast' }));
  expect(router.route).toEqual({ screen: 'forecast' });
});

it('names no domain where none lies below the pass mark', async () => {
  const { domains } = forecast();
  const words = await open(forecast({ domains: domains.slice(0, 3) }));
  expect(words).not.toContain('Holding');
});

it('says in a sentence that nothing is known', async () => {
  const words = await open(nothingKnown());
  expect(words).toContain('Nothing is known of your chances yet.');
  expect(words).not.toMatch(/%/);
  expect(screen.queryByRole('img')).toBeNull();
});

it('speaks of today without a date, and of a goal where the exam has ended', async () => {
  expect(await open(withoutDate())).toMatch(/66% ?chance of passing ?If you sat today\./);
  document.body.replaceChildren();
  expect(await open(retiredForecast())).toContain('On 17 December, your practice goal,');
});

it('shows no forecast of another exam', async () => {
  await open();
  document.body.replaceChildren();
  teachForecast(desk, forecast({ exam: 'MLA-C01' }));
  render(Readiness, { exam: 'MLA-C01' });
  expect(screen.queryByRole('region', { name: 'Readiness' })).toBeNull();
  await screen.findByRole('region', { name: 'Readiness' });
});

it('says what went wrong and tries again', async () => {
  teachForecast(desk, forecast());
  desk.before = () => {
    throw refusal('collection', 'The forecast could not be read.');
  };
  render(Readiness, { exam: 'MLS-C01' });
  await screen.findByText('The forecast could not be read.');
  desk.before = () => {};
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('region', { name: 'Readiness' });
});
