import { describe, expect, it } from 'vitest';
import type { Wait } from '../api/client';
import { Cards } from '../testing/cards';
import { counts, heldBack, over, past, wait } from './study';

const days = (count: number): Wait => ({ unit: 'days', count });
const minutes = (count: number): Wait => ({ unit: 'minutes', count });

it.each([
  [minutes(0), 'under a minute'],
  [minutes(10), '10 min'],
  [minutes(90), '1 h 30 min'],
  [days(0), 'Today'],
  [days(1), '1 day'],
  [days(4), '4 days'],
  [days(59), '59 days'],
  [days(61), '2 months'],
  [days(75), '2.5 months'],
  [days(364), '1 year'],
  [days(548), '1.5 years'],
])('writes the wait %o as %s', (given, words) => {
  expect(wait(given)).toBe(words);
});

it('says why an interval is held back', () => {
  expect(heldBack('before_exam', '2025-12-17', '2025-11-24')).toBe(
    'Held back, so that you see it once more before 17 December',
  );
  expect(heldBack('before_exam', '2026-01-17', '2025-11-24')).toMatch(/17 January 2026$/);
  expect(heldBack('before_exam', null, undefined)).toMatch(/before the exam$/);
  expect(heldBack('higher_recall', '2025-12-17', '2025-11-24')).toBe(
    'Sooner, because recall is aimed higher as the exam nears',
  );
});

describe('the end', () => {
  const now = new Date(2025, 10, 24, 14, 7).getTime();
  const end = (done: number, later = 0, nextMs: number | null = null) =>
    Object.assign(new Cards([], done), { later, nextMs }).view();

  it('says what was done', () => {
    expect(over.headline(end(43), now)).toBe('Done for today.');
    expect(over.given(end(43))).toBe('43 answers given.');
    expect(over.headline(end(0), now)).toBe('No cards are due today.');
    expect(over.given(end(0))).toBe('');
  });

  it('says when the next step is due', () => {
    const soon = end(43, 9, new Date(2025, 10, 24, 14, 32).getTime());
    expect(over.headline(soon, now)).toBe('Nothing is due until 14:32.');
    expect(over.body(soon)).toMatch(/^Nine cards come back later\./);
    const past = end(43, 1, new Date(2025, 10, 25, 0, 10).getTime());
    expect(over.headline(past, now)).toBe('Nothing is due until Tuesday 25 November, 00:10.');
    expect(over.body(past)).toMatch(/^One card comes back later\./);
  });
});

it('counts', () => {
  expect(counts(new Cards([]).view())).toBe('0 due · 0 learning · 0 new');
});

it.each([
  [0, 0, 0, 'Not seen before'],
  [1, 0, 0, 'Seen once'],
  [2, 0, 1, 'Seen twice, recalled 0 of 1'],
  [9, 5, 6, 'Seen 9 times, recalled 5 of 6'],
])('writes %i, %i and %i as %s', (seen, recalled, reviewed, words) => {
  expect(past({ seen, recalled, reviewed })).toBe(words);
});
