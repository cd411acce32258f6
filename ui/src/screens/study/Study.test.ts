import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { router } from '../../router.svelte';
import { preferences } from '../../state/preferences.svelte';
import { wrongs } from '../../testing/axe';
import { Cards, card, cards, gradeViews } from '../../testing/cards';
import { Desk, refusal } from '../../testing/desk';
import { press } from '../../testing/press';
import { FIRST, SECOND, answer, button, front, on, openStudy } from '../../testing/study';

let desk: Desk;
let known: Cards;

async function open(due = cards(3), done = 0): Promise<void> {
  known = new Cards(due, done);
  await openStudy(desk, known);
}

beforeEach(() => {
  desk = new Desk().install();
});

describe('a card', () => {
  it('shows its front, its task and what waits', async () => {
    await open([...cards(2), ...cards(1, 'learning', 3), ...cards(1, 'new', 4)]);
    await on(FIRST);
    expect(screen.getByText('3.4 Perform hyperparameter optimization')).toBeTruthy();
    expect(screen.getByText('2 due · 1 learning · 1 new')).toBeTruthy();
    expect(answer()).toBeNull();
    expect(screen.queryByRole('group')).toBeNull();
    expect(screen.queryByRole('navigation')).toBeNull();
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Card' })),
    );
  });

  it('answers on Space, and Space again grades it Good', async () => {
    await open();
    await on(FIRST);
    await press(' ');
    await waitFor(() => expect(document.activeElement).toBe(answer()));
    expect(front()).toMatch(FIRST);
    await press(' ');
    await on(SECOND);
    expect(answer()).toBeNull();
    expect(desk.inputsOf('grade_card')).toEqual([
      { card: 1, grade: 'good', takenMs: expect.any(Number) },
    ]);
  });

  it.each([
    ['1', 'again'],
    ['2', 'hard'],
    ['3', 'good'],
    ['4', 'easy'],
  ])('takes %s as %s, once its answer is shown', async (key, grade) => {
    await open();
    await on(FIRST);
    await press(key);
    await press(' ');
    await press(key);
    await on(SECOND);
    expect(desk.inputsOf('grade_card').map((input) => input['grade'])).toEqual([grade]);
  });

  it('answers on Space without single-letter keys too', async () => {
    desk.preferences.letter_keys = false;
    await open();
    await waitFor(() => expect(preferences.now.letter_keys).toBe(false));
    await on(FIRST);
    await press(' ');
    await press('1');
    expect(desk.inputsOf('grade_card')).toEqual([]);
    expect(answer()).toBeTruthy();
    await press(' ');
    await on(SECOND);
  });

  it('says when each grade brings it back, and why sooner', async () => {
    const grades = gradeViews({ good: { held_back: 'higher_recall' } });
    await open([card(1, { grades })]);
    await on(FIRST);
    await press(' ');
    const bar = screen.getByRole('group', { name: 'How well did you recall it?' });
    const names = within(bar).getAllByRole('button');
    expect(names.map((one) => one.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Again 1 10 min',
      'Hard 2 13 days',
      'Good Space 3 20 days†',
      'Easy 4 22 days*',
    ]);
    expect(bar.querySelectorAll('[aria-describedby]')).toHaveLength(2);
    expect(
      screen.getByText('Held back, so that you see it once more before 17 December'),
    ).toBeTruthy();
    expect(
      screen.getByText('Sooner, because recall is aimed higher as the exam nears'),
    ).toBeTruthy();
  });

  it('measures the time from its front to the grade', async () => {
    await open();
    await on(FIRST);
    const clock = vi.spyOn(performance, 'now');
    clock.mockReturnValue(performance.now() + 12_345);
    await press(' ');
    await press('3');
    await on(SECOND);
    clock.mockRestore();
    const taken = desk.inputsOf('grade_card')[0]?.['takenMs'] as number;
    expect(Number.isInteger(taken)).toBe(true);
    expect(taken).toBeGreaterThanOrEqual(12_345);
    expect(taken).toBeLessThan(12_345 + 10_000);
  });
});

describe('a flag', () => {
  it('comes and goes on M, and the answer stays', async () => {
    await open();
    await on(FIRST);
    await press(' ');
    await press('M');
    await waitFor(() => expect(button(/^Flag/).getAttribute('aria-pressed')).toBe('true'));
    expect(screen.getByText('Flagged')).toBeTruthy();
    expect(answer()).toBeTruthy();
    await press('M');
    await waitFor(() => expect(button(/^Flag/).getAttribute('aria-pressed')).toBe('false'));
    expect(desk.inputsOf('flag_card')).toEqual([
      { card: 1, flag: 1 },
      { card: 1, flag: 0 },
    ]);
  });

  it('does not take the card away when another came due', async () => {
    await open();
    await on(FIRST);
    await press(' ');
    known.due = [card(3, { phase: 'relearning' }), ...known.due];
    await press('M');
    await screen.findByText('Flagged');
    expect(front()).toMatch(FIRST);
    expect(answer()).toBeTruthy();
  });
});

describe('the end', () => {
  it('says so and goes back to Today', async () => {
    await open(cards(1), 42);
    await on(FIRST);
    await press(' ');
    await press('3');
    const heading = await screen.findByRole('heading', { level: 1, name: /Done for today/ });
    expect(heading.textContent).toMatch(/43 answers given\./);
    expect(document.activeElement).toBe(heading);
    expect(await wrongs()).toEqual([]);
    await press('Z');
    await on(FIRST);
    await press(' ');
    await press('3');
    await screen.findByRole('heading', { name: /Done for today/ });
    await press('Enter');
    await waitFor(() => expect(router.route).toEqual({ screen: 'today' }));
  });

  it('brings the next step by itself when it is due', async () => {
    await open([]);
    await screen.findByRole('heading', { name: /No cards are due today/ });
    Object.assign(known, { later: 1, nextMs: Date.now() + 1500 });
    window.dispatchEvent(new Event('focus'));
    await screen.findByRole('heading', { name: /Nothing is due until \d\d:\d\d/ });
    Object.assign(known, { due: cards(1, 'learning'), later: 0 });
    await on(FIRST);
  });

  it('is on Escape, once all is kept', async () => {
    await open();
    await on(FIRST);
    desk.before = () => new Promise((resolve) => setTimeout(resolve, 20));
    await press(' ');
    await press('3');
    await press('Escape');
    expect(router.route).toEqual({ screen: 'study' });
    await waitFor(() => expect(router.route).toEqual({ screen: 'today' }));
    expect(known.done).toBe(1);
  });
});

describe('a day that was shortened', () => {
  it('says when its time is used up, and carries on when asked to', async () => {
    known = Object.assign(new Cards(cards(3), 12), { budgetMinutes: 20, budgetLeftMs: -1 });
    await openStudy(desk, known);
    const heading = await screen.findByRole('heading', {
      level: 1,
      name: /time you set .* used up/,
    });
    expect(heading.textContent).toMatch(/12 answers given\./);
    expect(screen.getByText(/^Three cards still wait\./)).toBeTruthy();
    expect(await wrongs()).toEqual([]);
    await press('C');
    await on(FIRST);
    expect(desk.inputsOf('shorten_day')).toEqual([{ minutes: null }]);
  });

  it('says when it could not be taken back, and tries again', async () => {
    known = Object.assign(new Cards(cards(3), 12), { budgetMinutes: 20, budgetLeftMs: -1 });
    await openStudy(desk, known);
    await screen.findByRole('heading', { level: 1, name: /used up/ });
    desk.before = (command) => {
      if (command === 'shorten_day') throw refusal('collection', 'The day stays short.');
    };
    await press('C');
    await screen.findByText('The day stays short.');
    expect(screen.getByRole('heading', { level: 1, name: /used up/ })).toBeTruthy();
    desk.before = () => {};
    button(/^Try again/).click();
    await on(FIRST);
  });

  it('does not offer to carry on when nothing waits', async () => {
    known = Object.assign(new Cards([], 12), { budgetMinutes: 20, budgetLeftMs: -1 });
    await openStudy(desk, known);
    await screen.findByRole('heading', { level: 1, name: /Done for today/ });
    await press('C');
    expect(desk.inputsOf('shorten_day')).toEqual([]);
  });
});

it('is clean for axe on both sides', async () => {
  await open([card(1, { flag: 1 })]);
  await on(FIRST);
  expect(await wrongs()).toEqual([]);
  await press(' ');
  expect(await wrongs()).toEqual([]);
});
