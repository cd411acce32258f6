import { figures } from './numbers';

/** A chance in percent, never as certain: `73%`, `under 1%`, `over 99%`. */
export function percent(p: number): string {
  if (p < 0.005) return 'under 1%';
  if (p >= 0.995) return 'over 99%';
  return `${points(p)}%`;
}

/** Whole percentage points of a chance. */
export function points(p: number): number {
  return Math.round(p * 100);
}

/** `53 to 87%`; ends that round to one number are rounded outwards. */
export function range(low: number, high: number): string {
  const alike = points(low) === points(high);
  const from = alike ? Math.floor(low * 100) : points(low);
  const to = alike ? Math.ceil(high * 100) : points(high);
  return `${figures(from)} to ${figures(to)}%`;
}
