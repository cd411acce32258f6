import { describe, expect, it } from 'vitest';
import type { Report } from '../api/client';
import { result } from '../testing/results';
import { changedSum, over, sittingsIn, statement } from './results';

function report(passed: boolean, low: number, high: number): Report {
  return { ...result().report, passed, interval_95: { low, high } };
}

describe('the statement of a result', () => {
  it('does not call a pass safe while the interval holds the pass mark', () => {
    expect(statement(report(true, 717, 807), 750)).toBe(
      'A pass on this paper, but too close to rely on.',
    );
  });

  it('says so when even the low end passes', () => {
    expect(statement(report(true, 750, 861), 750)).toMatch(/clear of the pass mark/);
  });

  it('tells a near miss from a clear one', () => {
    expect(statement(report(false, 690, 780), 750)).toMatch(/within reach/);
    expect(statement(report(false, 540, 749), 750)).toMatch(/short of the pass mark even/);
  });
});

describe('a chance', () => {
  it.each([
    [0, 'almost no sitting'],
    [0.11, 'about one sitting in ten'],
    [0.34, 'about one sitting in three'],
    [0.5, 'about one sitting in two'],
    [0.67, 'about two sittings in three'],
    [0.76, 'about three sittings in four'],
    [1, 'almost every sitting'],
  ])('%s is %s', (chance, words) => {
    expect(sittingsIn(chance)).toBe(words);
  });
});

describe('what changing answers came to', () => {
  it('weighs gains against losses', () => {
    expect(changedSum(5, 2)).toMatch(/Five answers gained, two answers lost.*paid/);
    expect(changedSum(1, 2)).toMatch(/One answer gained.*cost you/);
    expect(changedSum(3, 0)).toMatch(/Three answers gained, none lost/);
    expect(changedSum(0, 1)).toMatch(/None gained, one answer lost/);
    expect(changedSum(2, 2)).toMatch(/came to the same/);
    expect(changedSum(0, 0)).toMatch(/no difference/);
  });
});

it('names the day and the time used above a result', () => {
  expect(over(result(), '2025-11-24')).toBe('Mock 4, Saturday 22 November, 166 of 180 minutes');
  expect(over(result({ mode: 'custom', total_ms: 0 }), '2025-11-24')).toMatch(/, 166 minutes$/);
  expect(over(result({ state: 'expired' }), '2025-11-24')).toMatch(/time ran out/);
});
