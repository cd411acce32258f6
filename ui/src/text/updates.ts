import type { UpdateProgress } from '../api/client';
import { localDay, timeOfDay } from './time';

export const title = 'Updates';
export const version = (version: string) => `Sitwell ${version}`;
export const checkNow = 'Check now';
export const checking = 'Checking…';
export const install = (version: string) => `Install ${version}`;
export const cancel = 'Cancel';
export const restart = 'Restart Sitwell';
export const daily = 'Check once a day';
export const dailyBody = 'Sends only the version number. Updates never install during an exam.';
export const cannot =
  'This build does not update itself. Update it the way it came: from its source, or as a package.';
export const installed = 'Installed. The next start runs it.';
export const notes = (version: string) => `What is new in ${version}`;
export const found = (version: string) => `Sitwell ${version} is available, in Settings.`;

/** What is known of newer versions, without one. */
export function upToDate(checked: number | null, now: number): string {
  if (checked === null) return 'Not checked yet.';
  const day = localDay(checked) === localDay(now) ? 'today at ' : '';
  return `Up to date, checked ${day}${timeOfDay(checked, now)}.`;
}

export const available = (version: string) => `Version ${version} is available.`;

const MEGABYTE = 1_000_000;
const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);

/** How far the update is. */
export function stage(progress: UpdateProgress | null): string {
  if (progress === null) return 'Starting the download…';
  if (progress.stage === 'install') {
    return 'Installing. Your system may ask for a password.';
  }
  const { done, total } = progress;
  return total === null
    ? `Downloading, ${megabytes(done)} MB so far.`
    : `Downloading, ${megabytes(done)} of ${megabytes(total)} MB.`;
}
