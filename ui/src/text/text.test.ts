import { expect, it } from 'vitest';
import { aheadOfPace } from '../screens/exam/pace';
import { pace, review } from './exam';
import { inWords, listed } from './numbers';
import { clockFace, longDate, timeInWords } from './time';

const MINUTE = 60_000;

it.each([
  [0, 'zero'],
  [14, 'fourteen'],
  [40, 'forty'],
  [65, 'sixty-five'],
  [100, '100'],
])('writes %i as %s', (count, words) => {
  expect(inWords(count)).toBe(words);
});

it.each([
  [6_692_000, '1:51:32'],
  [860_000, '0:14:20'],
  [999, '0:00:01'],
  [0, '0:00:00'],
  [-5, '0:00:00'],
])('shows %i ms as %s', (ms, face) => {
  expect(clockFace(ms)).toBe(face);
});

it.each([
  [860_000, 'fourteen minutes'],
  [61_000, 'one minute'],
  [59_000, 'less than a minute'],
  [3_600_000, 'one hour'],
  [7_380_000, 'two hours and three minutes'],
])('says %i ms as %s', (ms, words) => {
  expect(timeInWords(ms)).toBe(words);
});

it.each([
  [2, 860_000, 'Two questions have no answer. Fourteen minutes left.'],
  [1, 61_000, 'One question has no answer. One minute left.'],
  [0, 30_000, 'Every question has an answer. Less than a minute left.'],
])('reviews %i blanks', (blank, ms, sentence) => {
  expect(review.sentence(blank, ms)).toBe(sentence);
});

it.each([
  [
    1,
    60_000,
    'One question has no answer and one minute is left. You cannot come back to this paper.',
  ],
  [0, 30_000, 'Less than a minute is left. You cannot come back to this paper.'],
])('asks before the end with %i blanks', (blank, ms, sentence) => {
  expect(review.endBody(blank, ms)).toBe(sentence);
});

function paceOf(answered: number, usedMinutes: number): string {
  const { aheadMs, shareMs } = aheadOfPace(answered, 65, usedMinutes * MINUTE, 180 * MINUTE);
  return pace(aheadMs, shareMs);
}

it('tells the pace in words', () => {
  expect(paceOf(26, 68)).toBe('4 min ahead of pace');
  expect(paceOf(20, 70)).toBe('15 min behind pace');
  expect(paceOf(26, 72)).toBe('on pace');
});

it('calls nobody late for the question that is still on the table', () => {
  expect(paceOf(0, 2.5)).toBe('on pace');
  expect(paceOf(0, 3)).toBe('3 min behind pace');
});

it('writes dates and lists in full', () => {
  expect(longDate('2026-03-31')).toBe('31 March 2026');
  expect(longDate('soon')).toBe('soon');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
});
