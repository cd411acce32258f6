import type { Chance, StudyPlan } from '../api/client';
import { points, range } from './chance';
import { counted, countedInWords, inWords, listed } from './numbers';
import { longDate, shortDate } from './time';

export const title = 'What if';
export const back = 'Back to plan';
export const keep = 'Keep this plan';
export const kept = 'Plan kept';
export const minutes = 'Study per day';
export const days = 'Days per week';
export const mocks = 'Mock exams left';
export const date = (goal: boolean) => (goal ? 'Practice goal' : 'Exam date');
export const shortMinutes = (count: number) => `${count} min`;
export const spokenMinutes = (count: number) => counted(count, 'minute');
export const spokenDays = (count: number) => `${counted(count, 'day')} a week`;
export const spokenMocks = (count: number) => counted(count, 'mock exam');
export const day = shortDate;
export const spokenDay = longDate;

export const noDate = {
  body: 'Without a date ahead there is nothing to plan towards. Set one, and you can try what more time, more mock exams or a later day would give.',
  open: 'Set a date in the settings',
} as const;

/** What the plan in use gives, before anything was moved. */
export function onPlan(chance: Chance): string {
  return `on plan. Range ${range(chance.low90, chance.high90)}.`;
}

/** `15 minutes more a day`, and what else a plan changes. */
export function changes(from: StudyPlan, to: StudyPlan): string[] {
  const parts: string[] = [];
  const minutes = to.minutes_per_day - from.minutes_per_day;
  if (minutes !== 0) {
    parts.push(`${counted(Math.abs(minutes), 'minute')} ${minutes > 0 ? 'more' : 'less'} a day`);
  }
  const days = to.days_per_week - from.days_per_week;
  if (days !== 0) {
    parts.push(`${countedInWords(Math.abs(days), 'day')} ${days > 0 ? 'more' : 'fewer'} a week`);
  }
  const mocks = to.mocks - from.mocks;
  if (mocks !== 0) {
    const many = mocks > 0 ? 'more' : 'fewer';
    parts.push(
      `${inWords(Math.abs(mocks))} mock ${Math.abs(mocks) === 1 ? 'exam' : 'exams'} ${many}`,
    );
  }
  const later = Math.round((Date.parse(to.date) - Date.parse(from.date)) / 86_400_000);
  if (later !== 0) {
    const size = Math.abs(later);
    parts.push(`a date ${counted(size, 'day')} ${later > 0 ? 'later' : 'earlier'}`);
  }
  return parts;
}

/** What another plan gives beside the one in use, with its range. */
export function delta(plan: Chance, other: Chance, from: StudyPlan, to: StudyPlan): string {
  const gained = points(other.p) - points(plan.p);
  const size =
    gained === 0
      ? 'The same chance'
      : `${counted(Math.abs(gained), 'point')} ${gained > 0 ? 'more' : 'less'}`;
  const what = listed(changes(from, to));
  return `${size}${what ? `, for ${what}` : ''}. Range ${range(other.low90, other.high90)}.`;
}
