import { describe, expect, it } from 'vitest';
import { dateTicks, daysUpTo, gridOf, levelOf, levelsOf, weekday } from './days';

describe('days', () => {
  it('run without a gap over a leap day and a year', () => {
    expect(daysUpTo('2024-03-01', 3)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(daysUpTo('2026-01-01', 2)).toEqual(['2025-12-31', '2026-01-01']);
  });

  it('begin their week on Monday', () => {
    expect(weekday('2025-11-24')).toBe(0);
    expect(weekday('2025-11-30')).toBe(6);
  });
});

describe('gridlines', () => {
  it.each([0.4, 1, 3, 9, 10, 11, 47, 63, 99, 100, 480, 12_345])(
    'are four at most up to %d',
    (top) => {
      const lines = gridOf(top);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(4);
      expect(Math.max(...lines)).toBeLessThanOrEqual(top);
      expect(Math.min(...lines)).toBeGreaterThan(0);
    },
  );
});

describe('dates under an axis', () => {
  const month = daysUpTo('2025-12-23', 30);

  it('are Mondays', () => {
    const ticks = dateTicks(month, 20, 60);
    expect(ticks.map((tick) => month[tick])).toEqual([
      '2025-11-24',
      '2025-12-01',
      '2025-12-08',
      '2025-12-15',
      '2025-12-22',
    ]);
  });

  it('thin out where there is no room', () => {
    expect(dateTicks(month, 5, 60)).toHaveLength(3);
    const year = daysUpTo('2025-12-31', 365);
    const ticks = dateTicks(year, 1.9, 60);
    expect(ticks.every((tick) => year[tick]?.endsWith('-01'))).toBe(true);
    for (const [index, tick] of ticks.slice(1).entries()) {
      expect((tick - (ticks[index] ?? 0)) * 1.9).toBeGreaterThanOrEqual(53);
    }
  });
});

describe('steps of a count', () => {
  it('hold every count in the range they name', () => {
    for (const most of [1, 3, 5, 7, 96]) {
      for (let count = 1; count <= most; count += 1) {
        const level = levelOf(count, most);
        const named = levelsOf(most).find((one) => one.level === level);
        expect(count, `${count} of ${most}`).toBeGreaterThanOrEqual(named?.from ?? Infinity);
        expect(count, `${count} of ${most}`).toBeLessThanOrEqual(named?.to ?? -Infinity);
      }
    }
  });

  it('have none for nothing', () => {
    expect(levelOf(0, 9)).toBe(0);
    expect(levelOf(0, 0)).toBe(0);
  });
});
