import { counted, figures } from './numbers';
import { weekdayDate } from './time';

export const brand = 'Sitwell';
export const main = 'Main';
export const searchOrGo = 'Search or go to';
export const practiceGoal = 'Practice goal';
export const noDate = 'No date set';

export const places = {
  today: 'Today',
  study: 'Study',
  exams: 'Exams',
  forecast: 'Forecast',
  library: 'Library',
  browse: 'Browse',
  statistics: 'Statistics',
  settings: 'Settings',
} as const;

/** After a place: how many cards wait there, for a screen reader. */
export const andCards = (cards: number) => `, ${counted(cards, 'card')}`;
export const count = figures;

export const pageTitle = (page: string) => `${page} · Sitwell`;

export function examDay(date: string, today: string): string {
  return weekdayDate(date, today);
}

/** `23 days`, `today`, `3 days ago`. */
export function daysTo(days: number): string {
  if (days === 0) return 'Today';
  return days > 0 ? counted(days, 'day') : `${counted(-days, 'day')} ago`;
}

export const palette = {
  label: 'Search or go to',
  placeholder: 'Type what you want to do',
  results: 'Actions',
  nothing: 'Nothing matches. Try fewer letters.',
  goTo: (place: string) => `Go to ${place}`,
  resume: (title: string) => `Resume ${title}`,
  left: (time: string) => `${time} left`,
  start: 'Start a mock exam',
  study: 'Study the cards',
  cards: (cards: number) => counted(cards, 'card'),
  importFile: 'Import a file',
  importFolder: 'Import a folder',
  exportDecks: 'Export all decks of your own',
  result: (title: string) => `Result of ${title}`,
  light: 'Light theme',
  dark: 'Dark theme',
  system: 'Theme of the system',
  larger: 'Larger text',
  smaller: 'Smaller text',
  keys: 'Show the keys',
  groups: { act: 'Actions', go: 'Go to', results: 'Results', look: 'Appearance and help' },
} as const;
