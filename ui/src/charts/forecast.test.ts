import { describe, expect, it } from 'vitest';
import { forecast } from '../testing/forecast';
import { bandPath, linePath, numberOf, sampled } from './chance';
import { dayOf, dayScale, isoOf, monthStarts, withRoom } from './day-axis';
import { dotsOf } from './dots';
import { linear } from './scale';
import { spread } from './spread';

describe('days', () => {
  it('are whole across months and clock changes', () => {
    expect(dayOf('2025-12-17') - dayOf('2025-10-04')).toBe(74);
    expect(isoOf(dayOf('2024-02-29') + 1)).toBe('2024-03-01');
  });

  it('have the months that begin between two of them', () => {
    expect(monthStarts(dayOf('2025-10-04'), dayOf('2025-12-17')).map(isoOf)).toEqual([
      '2025-11-01',
      '2025-12-01',
    ]);
    expect(monthStarts(dayOf('2025-10-04'), dayOf('2025-10-30'))).toEqual([]);
  });

  it('can be one day alone', () => {
    expect(dayScale(100, 100, [0, 70])(100)).toBe(70);
  });

  it('leave out marks without room, the first in the list first', () => {
    const marks = [{ x: 100 }, { x: 96 }, { x: 0 }, { x: 50 }];
    expect(withRoom(marks, 50)).toEqual([{ x: 100 }, { x: 0 }, { x: 50 }]);
  });
});

describe('labels', () => {
  it('that have room stay', () => {
    expect(spread([10, 50, 30], 12)).toEqual([10, 50, 30]);
  });

  it('that touch move apart around where they were, in their order', () => {
    expect(spread([50, 51, 100], 12)).toEqual([44.5, 56.5, 100]);
    const placed = spread([20, 20, 21, 30], 10);
    expect(placed).toEqual([7.75, 17.75, 27.75, 37.75]);
  });
});

describe('dots', () => {
  it('never share a column across the pass mark', () => {
    for (const pass of [700, 720, 750]) {
      const scores = Array.from({ length: 20 }, (_, index) => pass - 10 + index);
      const { dots } = dotsOf(scores, pass, 1000);
      expect(dots).toHaveLength(20);
      expect(dots.every((dot) => dot.passes === dot.column >= 0)).toBe(true);
      expect(dots.filter((dot) => dot.passes)).toHaveLength(10);
    }
  });

  it('pile up from the foot of their column', () => {
    const { dots, tallest } = dotsOf([750, 760, 774, 775], 750, 1000);
    expect(dots.map((dot) => [dot.column, dot.row])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ]);
    expect(tallest).toBe(3);
  });

  it('stay on the scale', () => {
    expect(dotsOf([1000], 750, 1000)).toMatchObject({ to: 10, dots: [{ column: 9 }] });
    expect(dotsOf([100], 750, 1000).from).toBe(-26);
  });
});

describe('lines', () => {
  const { ahead } = forecast();
  const plot = { x: linear([0, 1], [0, 1]), y: linear([0, 1], [100, 0]) };

  it('are sampled from end to end without leaving what is known', () => {
    const points = sampled(ahead);
    expect(points).toHaveLength(33);
    expect(points[0]).toEqual([dayOf('2025-11-24'), ahead[0]?.chance.p]);
    expect(points.at(-1)).toEqual([dayOf('2025-12-17'), ahead.at(-1)?.chance.p]);
    const all = points.map(([, p]) => p);
    expect([...all].sort((a, b) => a - b)).toEqual(all);
    expect(sampled([])).toEqual([]);
  });

  it('enclose a band only where there are two days', () => {
    expect(bandPath(ahead.slice(0, 1), 'low90', 'high90', plot)).toBe('');
    expect(bandPath(ahead, 'low90', 'high90', plot)).toMatch(/^M.*Z$/);
    expect(linePath([], 'p', plot)).toBe('');
  });
});

it('names a paper by its number', () => {
  expect(numberOf('Mock 12')).toBe('12');
  expect(numberOf('Diagnostic')).toBe('Diagnostic');
});
