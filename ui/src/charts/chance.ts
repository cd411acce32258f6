import type { Chance, ForecastPoint } from '../api/client';
import { dayOf } from './day-axis';
import type { Scale } from './scale';

/** Points that a line has while it moves, so that two lines of other days can be blended. */
const SAMPLES = 33;

type Edge = Exclude<keyof Chance, 'p'>;

/** Where the plot lies in its drawing, and the size of its letters; pixels. */
export interface Box {
  left: number;
  right: number;
  top: number;
  base: number;
  em: number;
}

export interface Plot {
  x: Scale;
  y: Scale;
}

const at = ({ x, y }: Plot, day: number, p: number) => `${x(day).toFixed(1)} ${y(p).toFixed(1)}`;

/** The line of one figure over time. */
export function linePath(points: readonly ForecastPoint[], of: keyof Chance, plot: Plot): string {
  if (points.length === 0) return '';
  return `M${points.map(({ date, chance }) => at(plot, dayOf(date), chance[of])).join('L')}`;
}

/** The area between two edges. */
export function bandPath(
  points: readonly ForecastPoint[],
  low: Edge,
  high: Edge,
  plot: Plot,
): string {
  if (points.length < 2) return '';
  const upper = linePath(points, high, plot);
  const lower = linePath([...points].reverse(), low, plot).replace('M', 'L');
  return `${upper}${lower}Z`;
}

/** A line at evenly spread days: pairs of day and chance. */
export function sampled(points: readonly ForecastPoint[]): [number, number][] {
  const known = points.map(({ date, chance }): [number, number] => [dayOf(date), chance.p]);
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return [];
  return Array.from({ length: SAMPLES }, (_, index) => {
    const day = first[0] + ((last[0] - first[0]) * index) / (SAMPLES - 1);
    const right = Math.max(
      1,
      known.findIndex(([other]) => other >= day),
    );
    const [d0, p0] = known[right - 1] ?? first;
    const [d1, p1] = known[right] ?? last;
    const t = d1 > d0 ? Math.min(1, Math.max(0, (day - d0) / (d1 - d0))) : 1;
    return [day, p0 + (p1 - p0) * t];
  });
}

/** The line through sampled points. */
export function sampledPath(points: readonly [number, number][], plot: Plot): string {
  if (points.length === 0) return '';
  return `M${points.map(([day, p]) => at(plot, day, p)).join('L')}`;
}

/** `Mock 4` as `4`, where the word before it was said already. */
export function numberOf(title: string): string {
  return /\S+$/.exec(title)?.[0] ?? title;
}
