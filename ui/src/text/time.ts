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

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const DAY_MONTH = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** `2025-12-17` as `Wednesday 17 December`, with the year where it is not the year of `today`. */
export function weekdayDate(iso: string, today = iso): string {
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time)) return iso;
  const day = `${WEEKDAY.format(time)} ${DAY_MONTH.format(time)}`;
  return iso.slice(0, 4) === today.slice(0, 4) ? day : `${day} ${iso.slice(0, 4)}`;
}

/** `2025-12-17` as `17 December`, with the year where it is not the year of `today`. */
export function dayMonth(iso: string, today = iso): string {
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time)) return iso;
  return iso.slice(0, 4) === today.slice(0, 4) ? DAY_MONTH.format(time) : DAY.format(time);
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `14:32`, or `Tuesday 25 November, 00:10` where it is not the day of `now`. */
export function timeOfDay(ms: number, now = ms): string {
  const time = CLOCK.format(ms);
  const day = localDay(ms);
  return day === localDay(now) ? time : `${weekdayDate(day, localDay(now))}, ${time}`;
}

/** The day of a moment where the learner is, `2025-11-22`. */
export function localDay(ms: number): string {
  const at = new Date(ms);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** Days from one date to another; none where either is not a date. */
export function daysBetween(from: string, to: string): number | null {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
  return Number.isNaN(days) ? null : days;
}

/** `6:42`, or `1:06:42` from an hour on. */
export function minutesFace(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const pad = (part: number) => String(part).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

/** `1 h 12 min`. Minutes that have begun do not count. */
export function shortTime(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return 'under a minute';
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `22 Nov`, with the year where it is not the year of `today`. */
export function shortDate(iso: string, today = iso): string {
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time)) return iso;
  return iso.slice(0, 4) === today.slice(0, 4)
    ? SHORT.format(time)
    : `${SHORT.format(time)} ${iso.slice(0, 4)}`;
}
