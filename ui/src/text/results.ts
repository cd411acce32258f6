import type {
  AnswerChange,
  ChangesOverMocks,
  Confidence,
  CountedShare,
  Difference,
  DomainReport,
  KeyChange,
  RanOut,
  RemarkView,
  Report,
  ResultView,
} from '../api/client';
import { range } from './chance';
import { counted, countedInWords, figures, listed, plural, sentence } from './numbers';
import { localDay, minutesFace, spokenTime, weekdayDate } from './time';

/** `Mock 4, Saturday 22 November, 166 of 180 minutes` */
export function over(result: ResultView, today: string): string {
  const used = Math.round(result.used_ms / 60_000);
  const total = Math.round(result.total_ms / 60_000);
  const time =
    result.mode === 'diagnostic' || result.mode === 'drill' || total === 0
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
  sem: 'Standard error of measurement',
  range: ({ low, high }: { low: number; high: number }) => `${low} to ${high}`,
} as const;

/** How far one paper can be relied on. */
export const reliability = (sem: number) =>
  `How reliable one paper is: its score lies about ${Math.round(sem)} points from what your ability is expected to give (standard error of measurement). Smaller differences between papers tell nothing.`;

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
  const answers = (count: number) => (count === 0 ? 'none' : countedInWords(count, 'answer'));
  const sum = `${sentence(answers(gained))} gained, ${answers(lost)} lost.`;
  if (gained === lost) return `${sum} It came to the same.`;
  return `${sum} On this paper, changing your mind ${gained > lost ? 'paid' : 'cost you'}.`;
}

/** What changing answers came to on all mocks so far. */
export function changedOver(over: ChangesOverMocks): string {
  const { mocks, wrong_to_right: gained, right_to_wrong: lost, clear } = over;
  const sum = `Over ${countedInWords(mocks, 'mock')}: ${figures(gained)} gained, ${figures(lost)} lost.`;
  if (!clear) return `${sum} That is no more than chance would give.`;
  return `${sum} So far, changing your mind has ${gained > lost ? 'paid' : 'cost you'}.`;
}

export const sure = {
  title: 'How sure you were',
  columns: {
    said: 'You said',
    here: 'Correct here',
    all: 'All exams so far',
    interval: '95% interval',
  },
  words: { sure: 'Sure', fairly: 'Fairly sure', guess: 'Guess' } satisfies Record<
    Confidence,
    string
  >,
  none: 'Not said',
  nothing: 'None',
  share: ({ hits, of }: CountedShare) => `${figures(hits)} of ${figures(of)}`,
  percent: ({ hits, of }: CountedShare) => `(${Math.round((100 * hits) / of)}%)`,
  interval: ({ low, high }: CountedShare) => range(low, high),
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
  ranOut: 'Time ran out',
} as const;

/** `Time ran out at question 58. Seven questions were never on screen, nine were left blank.` */
export function ranOut({ position, unseen, blank }: RanOut): string {
  const never =
    unseen === 0
      ? 'Every question had been on screen'
      : `${sentence(countedInWords(unseen, 'question'))} ${plural(unseen, 'was', 'were')} never on screen`;
  return `Time ran out at question ${position + 1}. ${never}; ${countedInWords(blank, 'question')} ${plural(blank, 'was', 'were')} left blank.`;
}

export const earlier = {
  title: 'Beside earlier mocks',
  aside: (pass: number) => `Vertical line: pass mark, ${pass}`,
  columns: {
    paper: 'Exam',
    date: 'Date',
    score: 'Score',
    interval: '95% interval',
    difference: 'This one lies',
    meaning: 'What that means',
  },
  here: 'This one',
  finding: (title: string, outcome: { scaled: number; low: number; high: number }) =>
    `${title}: ${outcome.scaled}, 95% interval ${outcome.low} to ${outcome.high}`,
  points: (points: number) =>
    points === 0 ? 'level' : `${figures(Math.abs(points))} ${points > 0 ? 'higher' : 'lower'}`,
  meaning: (difference: Difference) => (difference.clear ? 'More than chance' : 'Can be chance'),
  interval: ({ low, high }: Difference) => `${signed(low)} to ${signed(high)}`,
} as const;

const signed = (points: number) => (points < 0 ? `−${figures(-points)}` : figures(points));

/** What the comparison comes to, against the latest mock before. */
export function sinceLast(title: string, difference: Difference): string {
  const { points, clear } = difference;
  if (points === 0) return `The same score as ${title}.`;
  const side = points > 0 ? 'higher' : 'lower';
  return clear
    ? `${counted(Math.abs(points), 'point')} ${side} than ${title}. The luck of two papers alone seldom gives as much.`
    : `${counted(Math.abs(points), 'point')} ${side} than ${title}. The luck of two papers alone often gives as much.`;
}

export const remark = {
  title: 'Marked again',
  columns: { number: 'No.', you: 'You', was: 'Key then', now: 'Key now', effect: 'What changed' },
  blank: 'Blank',
  effect: ({ was_right, is_right }: KeyChange) =>
    was_right === is_right ? 'Nothing' : is_right ? 'Now correct' : 'Now wrong',
  correct: (report: Report) => `${report.correct} of ${report.items} correct`,
  first: 'As first marked',
  again: 'By the new keys',
} as const;

/** Why a paper was marked again, and that the first result stays. */
export function remarkReason(view: RemarkView): string {
  const decks = [...new Set(view.changes.map((one) => `“${one.deck}” ${one.deck_version}`))];
  const count = view.changes.length;
  return `${listed(decks)} ${plural(decks.length, 'has', 'have')} another key for ${countedInWords(count, 'question')} of this paper. Your answers, marked by ${plural(count, 'it', 'them')}, stand beside the first result, which stays as it was given. The forecast goes by the new ${plural(count, 'key', 'keys')}.`;
}

export const exporting = {
  button: 'Export',
  title: 'Export this result',
  body: 'The printed page shows the figures and the questions that the filter leaves. A table has a line for each question, for a spreadsheet. JSON has all of it, for programs.',
  print: 'Print, or save as PDF',
  csv: 'Table (CSV)',
  json: 'All of it (JSON)',
  close: 'Close',
  choose: 'Where to write the result',
  kinds: { csv: 'Table', json: 'JSON' },
  /** A name for the file that the system's dialog proposes. */
  name: (title: string, day: string, format: 'csv' | 'json') =>
    `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}-${day}.${format}`,
  written: (path: string) => `Written to ${path}`,
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
  part: 'Part of the exam',
  everything: 'All tasks',
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
  right: 'Right',
  unsure: 'Not sure',
} as const;

export const unscoredNote = (count: number) =>
  `${sentence(countedInWords(count, 'question'))} on the paper ${plural(count, 'does', 'do')} not count, as in the real exam, and nothing told which.`;
