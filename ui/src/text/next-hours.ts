import type { NextAction } from '../api/client';
import { shareInWords } from './forecast';
import { counted } from './numbers';
import { shortTime } from './time';

export const title = 'Best next hours';
export const aside = 'Points of pass chance gained per hour';
export const columns = { work: 'Work on', time: 'Time', gain: 'Gain', perHour: 'Per hour' };
export const interval = '90% interval';
export const nothing =
  'Nothing stands out: what one hour of work would add cannot be told from chance yet. A mock exam would tell more.';

export function name({ kind }: NextAction): string {
  return kind.do === 'task' ? `${kind.task} ${kind.title}` : `Sit ${kind.title}`;
}

/** What there is to work with, or what a paper tells. */
export function detail({ kind, narrows }: NextAction): string {
  if (kind.do === 'mock') {
    const share = shareInWords(narrows);
    return share === '' ? '' : `Narrows the range by about ${share}`;
  }
  const parts: string[] = [];
  if (kind.cards > 0) parts.push(counted(kind.cards, 'card'));
  if (kind.questions > 0) parts.push(counted(kind.questions, 'question'));
  return parts.join(', ');
}

export const time = (action: NextAction) => shortTime(action.minutes * 60_000);
export const gain = (action: NextAction) => action.gain.toFixed(1);
export const plusMinus = (action: NextAction) => `± ${action.plus_minus.toFixed(1)}`;
export const perHour = (action: NextAction) => action.per_hour.toFixed(1);
export const hourRange = (action: NextAction) =>
  `${action.per_hour_low.toFixed(1)} to ${action.per_hour_high.toFixed(1)}`;
export const finding = (action: NextAction) =>
  `${perHour(action)} points per hour, 90% interval ${hourRange(action)}`;
