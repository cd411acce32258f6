import { countedInWords, counted } from './numbers';

/** `1:51:32`. A second that has begun still counts. */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const pad = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

/** `1 hour 51 minutes`, for a screen reader. */
export function spokenTime(ms: number): string {
  const minutes = Math.floor(Math.max(0, Math.ceil(ms / 1000)) / 60);
  if (minutes === 0) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return counted(rest, 'minute');
  return rest === 0
    ? counted(hours, 'hour')
    : `${counted(hours, 'hour')} ${counted(rest, 'minute')}`;
}

/** `fourteen minutes`, `one hour and two minutes`, `less than a minute`. */
export function timeInWords(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes === 0) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return countedInWords(rest, 'minute');
  const whole = countedInWords(hours, 'hour');
  return rest === 0 ? whole : `${whole} and ${countedInWords(rest, 'minute')}`;
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-03-31` as `31 March 2026`; anything else as it is. */
export function longDate(iso: string): string {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) ? iso : DAY.format(time);
}
