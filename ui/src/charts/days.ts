import { scaleLinear } from 'd3-scale';

const DAY_MS = 86_400_000;

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** The date so many days after another, `2025-11-24`; before it where they are negative. */
export function dayOn(date: string, days: number): string {
  return new Date(at(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(date: string): number {
  return (new Date(at(date)).getUTCDay() + 6) % 7;
}

/** Every one of the `count` days that end with `last`, oldest first. */
export function daysUpTo(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayOn(last, index + 1 - count));
}

/** Round values for gridlines above 0, at most four, so that with the axis there are five lines. */
export function gridOf(top: number): number[] {
  const scale = scaleLinear().domain([0, top]);
  for (let count = 4; count > 0; count -= 1) {
    const ticks = scale.ticks(count).filter((tick) => tick > 0);
    if (ticks.length <= 4) return ticks;
  }
  return [];
}

/**
 * Places of the days to print under an axis: Mondays where there is room, else every second or
 * fourth, else the first days of months. `step` is the width of a day, `room` of a label, in pixels.
 */
export function dateTicks(dates: readonly string[], step: number, room: number): number[] {
  const mondays = dates.flatMap((date, index) => (weekday(date) === 0 ? [index] : []));
  for (const every of [1, 2, 4]) {
    if (7 * every * step >= room) return mondays.filter((_, index) => index % every === 0);
  }
  const firsts = dates.flatMap((date, index) => (date.endsWith('-01') ? [index] : []));
  const every = Math.max(1, Math.ceil(room / (28 * step)));
  return firsts.filter((_, index) => index % every === 0);
}

/** How many steps of colour and size a count has. */
export const LEVELS = 5;

/** The step from 1 to 5 of a count among counts up to `most`; 0 for none. */
export function levelOf(count: number, most: number): number {
  if (count <= 0 || most <= 0) return 0;
  return Math.min(LEVELS, Math.ceil((count * LEVELS) / most));
}

/** The counts that each step stands for; steps that no whole count falls into are left out. */
export function levelsOf(most: number): { level: number; from: number; to: number }[] {
  return Array.from({ length: LEVELS }, (_, index) => ({
    level: index + 1,
    from: Math.floor((index * most) / LEVELS) + 1,
    to: Math.floor(((index + 1) * most) / LEVELS),
  })).filter(({ from, to }) => from <= to);
}
