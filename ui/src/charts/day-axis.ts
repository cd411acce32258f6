import { linear, type Scale } from './scale';

const DAY_MS = 86_400_000;

/** `2025-11-24` as whole days since 1970. */
export function dayOf(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
}

/** Whole days since 1970 as `2025-11-24`. */
export function isoOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** A scale over days; one day alone gets a week before it. */
export function dayScale(from: number, to: number, range: [number, number]): Scale {
  return linear([to > from ? from : to - 7, to], range);
}

/** The first days of the months within, as days. */
export function monthStarts(from: number, to: number): number[] {
  const first = new Date(from * DAY_MS);
  const all: number[] = [];
  for (let month = first.getUTCMonth() + 1; all.length < 240; month++) {
    const day = Math.round(Date.UTC(first.getUTCFullYear(), month, 1) / DAY_MS);
    if (day >= to) break;
    all.push(day);
  }
  return all;
}

/** Of marks along an axis, those that have `room` pixels; the earlier in the list goes first. */
export function withRoom<M extends { x: number }>(marks: readonly M[], room: number): M[] {
  return marks.reduce<M[]>(
    (kept, mark) =>
      kept.every((other) => Math.abs(other.x - mark.x) >= room) ? [...kept, mark] : kept,
    [],
  );
}
