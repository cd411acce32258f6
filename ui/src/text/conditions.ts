import type { Banks, ExamView, ExtraTime } from '../api/client';
import { counted, figures } from './numbers';
import { timeInFigures } from './exam';

/** Which questions a sitting is drawn from. */
export const banks = {
  label: 'Questions from',
  names: {
    all: 'All decks',
    bundled: 'Sitwell’s',
    imported: 'Imported',
  } satisfies Record<Banks, string>,
  withCount: (banks: Banks, { bundled, imported }: ExamView) => {
    const count = { all: bundled + imported, bundled, imported }[banks];
    return `${names(banks)} ${figures(count)}`;
  },
};

function names(which: Banks): string {
  return banks.names[which];
}

/** What a test centre may grant. */
export const granted = {
  title: 'Granted to you',
  extra: 'Extra time',
  none: 'None',
  minutes: (minutes: number) => `${counted(minutes, 'minute')} more`,
  times: (percent: number) => `${1 + percent / 100} times the time`,
  inAll: (name: string, minutes: number) => `${name}: ${timeInFigures(minutes)}`,
  help: 'Only where your test centre grants it; a mock with more time than the exam tells less.',
  breaks: 'Breaks that stop the clock',
  breaksHelp: 'For candidates who were granted them. The questions are hidden meanwhile.',
};

/** What a time is called: `30 minutes more`. */
export function extraName(extra: ExtraTime, exam: ExamView): string {
  if (extra.kind === 'none') return granted.none;
  return extra.kind === 'minutes'
    ? granted.minutes(exam.extra_minutes)
    : granted.times(extra.percent);
}

/** What the exam does about breaks, and what this sitting does. */
export function aboutBreaks(exam: ExamView, stopClock: boolean): string {
  if (exam.breaks_stop_clock) return 'The clock stands while you are on a break.';
  return stopClock
    ? 'The clock stands while you are on a break, as was granted to you.'
    : `${exam.provider} schedules no break, and the clock runs on during one that you take.`;
}
