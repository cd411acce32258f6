import type { AnswerChange, Confidence, DomainReport, Report, ResultView } from '../api/client';
import { counted, countedInWords, figures, plural, sentence } from './numbers';
import { localDay, minutesFace, spokenTime, weekdayDate } from './time';

/** `Mock 4, Saturday 22 November, 166 of 180 minutes` */
export function over(result: ResultView, today: string): string {
  const used = Math.round(result.used_ms / 60_000);
  const total = Math.round(result.total_ms / 60_000);
  const time =
    result.mode === 'diagnostic' || result.mode === 'drill'
      ? counted(used, 'minute')
      : result.state === 'expired'
        ? `time ran out after ${total} minutes`
        : `${used} of ${total} minutes`;
  return `${result.title}, ${weekdayDate(localDay(result.started_ms), today)}, ${time}`;
}

/** The first sentence: passed or not, and how far to trust it. */
export function statement(report: Report, pass: number): string {
  const { low, high } = report.interval_95;
  if (report.passed) {
    return low >= pass
      ? 'A pass, and clear of the pass mark even at its lowest.'
      : 'A pass on this paper, but too close to rely on.';
  }
  return high < pass
    ? 'Not a pass, and short of the pass mark even at its best.'
    : 'Not a pass on this paper, but within reach of one.';
}

const SHARES: readonly [number, string][] = [
  [0.01, 'almost no sitting'],
  [0.1, 'about one sitting in ten'],
  [0.2, 'about one sitting in five'],
  [0.25, 'about one sitting in four'],
  [1 / 3, 'about one sitting in three'],
  [0.4, 'about two sittings in five'],
  [0.5, 'about one sitting in two'],
  [0.6, 'about three sittings in five'],
  [2 / 3, 'about two sittings in three'],
  [0.75, 'about three sittings in four'],
  [0.8, 'about four sittings in five'],
  [0.9, 'about nine sittings in ten'],
  [0.99, 'almost every sitting'],
];

/** A chance from 0 to 1 as sittings out of a few. */
export function sittingsIn(chance: number): string {
  let best = SHARES[0];
  for (const share of SHARES) {
    if (best && Math.abs(share[0] - chance) < Math.abs(best[0] - chance)) best = share;
  }
  return best?.[1] ?? '';
}

export const interval = {
  before: 'Your ability is most likely ',
  strong: ({ low, high }: { low: number; high: number }) => `between ${low} and ${high}`,
  after: (chance: number, provider: string) =>
    `. On a fresh paper of the same difficulty, ${sittingsIn(chance)} would pass. The score is Sitwell’s estimate of the official scale, which ${provider} does not publish.`,
} as const;

export function scoreFinding(report: Report, pass: number): string {
  const { low, high } = report.interval_95;
  return `Scaled score ${report.scaled}, 95 percent interval ${low} to ${high}, pass mark ${pass}: ${report.passed ? 'a pass' : 'not a pass'}`;
}

export const correctOf = (correct: number, items: number) => `${correct} of ${items} correct`;
export const scoredOf = (correct: number, items: number) => `${correct} of the ${items} that count`;
export const passMark = 'Pass mark';

export function review(wrong: number): string {
  return wrong === 0 ? 'Review the answers' : `Review ${counted(wrong, 'wrong answer')}`;
}

export const score = {
  title: 'Score',
  columns: { measure: 'Measure', value: 'Value' },
  scaled: 'Scaled score',
  outer: '95% interval',
  inner: '50% interval',
  pass: 'Pass mark',
  range: ({ low, high }: { low: number; high: number }) => `${low} to ${high}`,
} as const;

export const domains = {
  title: 'Domains',
  columns: {
    domain: 'Domain',
    correct: 'Correct',
    score: 'Score',
    interval: '95% interval',
    reported: 'As it would be reported',
  },
  meets: 'Meets competencies',
  needs: 'Needs improvement',
  correct: (domain: { correct: number; items: number }) => `${domain.correct} of ${domain.items}`,
  finding: (title: string, domain: DomainReport) =>
    `${title}: ${domain.scaled}, interval ${domain.interval_95.low} to ${domain.interval_95.high}`,
  passLine: (pass: number) => `Vertical line: pass mark, ${pass}`,
} as const;

export const tasks = {
  title: 'Task statements',
  right: 'Correct',
  wrong: 'Wrong',
  columns: { task: 'Task', title: 'Statement', correct: 'Correct' },
} as const;

export const changed = {
  title: 'Answers you changed',
  count: (count: number) => counted(count, 'question'),
  none: 'You changed no answer.',
  parts: {
    'wrong-to-right': ['Wrong', 'right'],
    'right-to-wrong': ['Right', 'wrong'],
    'wrong-to-wrong': ['Wrong', 'wrong'],
  } satisfies Record<AnswerChange, [string, string]>,
  to: 'to',
} as const;

/** What changing answers came to on this paper. */
export function changedSum(gained: number, lost: number): string {
  if (gained === 0 && lost === 0) return 'On this paper it made no difference.';
  const sum = `${sentence(countedInWords(gained, 'answer'))} gained, ${countedInWords(lost, 'answer')} lost.`;
  if (gained === lost) return `${sum} It came to the same.`;
  return `${sum} On this paper, changing your mind ${gained > lost ? 'paid' : 'cost you'}.`;
}

export const sure = {
  title: 'How sure you were',
  columns: { said: 'You said', correct: 'Correct' },
  words: { sure: 'Sure', fairly: 'Fairly sure', guess: 'Guess' } satisfies Record<
    Confidence,
    string
  >,
  none: 'Not said',
  wrong: (count: number) =>
    `${sentence(countedInWords(count, 'question'))} you were sure of and got wrong`,
} as const;

export const pacing = {
  title: 'Pacing',
  aside: 'Time per question',
  right: 'Correct',
  wrong: 'Wrong',
  columns: { number: 'No.', time: 'Time', result: 'Result' },
  share: (ms: number): [string, string] => [`${minutesFace(ms)}, an even`, 'share of the time'],
  longest: (position: number, ms: number, correct: boolean) =>
    `Question ${position + 1}, ${minutesFace(ms)}, ${correct ? 'correct' : 'wrong'}`,
  finding: (count: number, position: number, ms: number, over: number, share: number) =>
    `Time spent on each of ${counted(count, 'question')}: the longest was question ${position + 1} at ${minutesFace(ms)}; ${figures(over)} took more than an even share of ${spokenTime(share)}`,
  scroll: 'Time per question, as a table',
} as const;

export const questions = {
  title: 'Questions',
  filters: 'Filter the questions',
  search: 'Search the questions',
  searchHint: 'Search',
  columns: {
    number: 'No.',
    question: 'Question',
    task: 'Task',
    you: 'You',
    key: 'Key',
    sure: 'Sure?',
    time: 'Time',
  },
  blank: 'Blank',
  unscored: 'Does not count',
  flagged: 'Flagged',
  move: 'move,',
  opens: 'opens',
  none: 'No question matches.',
  found: (count: number, all: number) =>
    count === all ? counted(all, 'question') : `${count} of ${counted(all, 'question')}`,
} as const;

export const filters = {
  all: 'All',
  wrong: 'Wrong',
  flagged: 'Flagged',
  changed: 'Changed',
  unscored: 'Unscored',
  surprise: 'Sure and wrong',
} as const;

export const unscoredNote = (count: number) =>
  `${sentence(countedInWords(count, 'question'))} on the paper ${plural(count, 'does', 'do')} not count, as in the real exam, and nothing told which.`;
