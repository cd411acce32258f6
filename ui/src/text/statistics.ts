import type {
  Bin,
  CardCounts,
  CountedShare,
  DayCount,
  PredictedRecall,
  RetentionRow,
  StatisticsView,
} from '../api/client';
import { counted, countedInWords, figures, inWords, sentence } from './numbers';
import { longDate, shortDate, shortTime, weekdayDate } from './time';

export const title = 'Statistics';
export const deckLabel = 'Deck';
export const allDecks = 'All decks';
/** A deck in the list, moved in under the one it hangs under. */
export const deckOption = (name: string, depth: number) => `${'\u2003'.repeat(depth)}${name}`;

export const percent = (share: number) => `${Math.round(share * 100)}%`;
/** `88 to 93%` */
export function range({ low, high }: { low: number; high: number }): string {
  return `${Math.round(low * 100)} to ${percent(high)}`;
}
export const shareOf = ({ hits, of }: CountedShare) => (of > 0 ? hits / of : 0);

/** An interval wider than this says too little to speak of a percentage. */
const VAGUE = 0.3;
const isVague = (share: CountedShare) => share.high - share.low > VAGUE;

const within = (days: number | null) =>
  days === null ? 'over all reviews' : `over the last ${figures(days)} days`;

/** The row to speak of: the shortest time whose reviews say enough, else the one that says most. */
function spokenOf(
  rows: readonly RetentionRow[],
): { days: number | null; all: CountedShare } | null {
  const known = rows.flatMap(({ days, all }) => (all && all.of > 0 ? [{ days, all }] : []));
  return known.find(({ all }) => !isVague(all)) ?? known.at(-1) ?? null;
}

/** What matters most, and how sure it is. */
export function opening(view: StatisticsView): readonly [string, string] {
  const row = spokenOf(view.retention);
  if (row === null) {
    return ['No review to count yet.', 'Recall is counted when a card comes back on a later day.'];
  }
  const { all, days } = row;
  if (isVague(all)) {
    const reviews = counted(all.of, 'review');
    return [
      `You recalled ${figures(all.hits)} of ${reviews}.`,
      `That may be anything from ${range(all)}: too few to say more.`,
    ];
  }
  const share = shareOf(all);
  const first = `You recall ${percent(share)} of what you review, ${against(share, view.desired)}.`;
  const fits = all.low <= view.desired && view.desired <= all.high;
  const doubt = `${sentence(within(days))} it may be ${range(all)}`;
  return [first, fits ? `${doubt}, and your aim lies within.` : `${doubt}.`];
}

function against(share: number, desired: number): string {
  const points = Math.round(share * 100) - Math.round(desired * 100);
  if (points === 0) return 'just what you aim for';
  const size = Math.abs(points) === 1 ? 'a point' : `${inWords(Math.abs(points))} points`;
  return `${size} ${points > 0 ? 'more' : 'less'} than you aim for`;
}

export const nothing = {
  title: 'There is nothing to count yet.',
  body: 'Once you have studied, this page shows how well you recall, what comes back when, and how much time it takes.',
  action: 'Study the cards',
} as const;

const most = (days: readonly DayCount[]) =>
  days.reduce<DayCount | null>((best, day) => (best && best.ms >= day.ms ? best : day), null);
const sum = (days: readonly DayCount[], of: (day: DayCount) => number) =>
  days.reduce((total, day) => total + of(day), 0);

/** `64 reviews, 27 min`; a day without any says so. */
function dayFacts(day: DayCount, none: string): string {
  if (day.count === 0) return none;
  return `${counted(day.count, 'review')}, ${shortTime(day.ms)}`;
}

export const ahead = {
  title: 'Reviews ahead',
  aside: 'Minutes a day',
  empty: 'Nothing is due in the next 30 days.',
  /** `Today`, with its minutes where they stand nowhere else. */
  today: (day?: DayCount) => (day ? `Today, ${shortTime(day.ms)}` : 'Today'),
  minutes: (value: number) => `${figures(value)} min`,
  tick: (date: string) => shortDate(date),
  day: (day: DayCount, today: string) =>
    `${weekdayDate(day.date, today)}: ${dayFacts(day, 'nothing due')}`,
  direct: (day: DayCount) => dayFacts(day, 'nothing due'),
  exam: (date: string, today: string, goal: boolean) =>
    `${goal ? 'Goal' : 'Exam'}, ${shortDate(date, today)}`,
  finding(days: readonly DayCount[], today: string, exam: string | null, goal = false): string {
    const first = days[0];
    const top = most(days);
    const total = `${counted(
      sum(days, (day) => day.count),
      'review',
    )} in the next ${figures(days.length)} days, ${shortTime(sum(days, (day) => day.ms))} in all.`;
    const now = first ? ` Today: ${dayFacts(first, 'nothing due')}.` : '';
    const peak =
      top && top !== first ? ` Most on ${weekdayDate(top.date, today)}: ${dayFacts(top, '')}.` : '';
    const then =
      exam === null
        ? ''
        : ` ${goal ? 'Your practice goal' : 'The exam'} is on ${weekdayDate(exam, today)}.`;
    return total + now + peak + then;
  },
  columns: ['Day', 'Reviews', 'Time'],
} as const;

export const retention = {
  title: 'True retention',
  aside: (desired: number) => `Dashed line: the ${percent(desired)} you aim for`,
  empty: 'No card has come back for review on a later day yet.',
  columns: { period: 'Reviews of', young: 'Young cards', mature: 'Mature cards', all: 'Both' },
  period: (days: number | null) => (days === null ? 'All time' : `The last ${figures(days)} days`),
  none: 'No reviews',
  tableColumns: ['Reviews of', 'Recalled', '95% interval', 'Reviews'],
  /** `The last 30 days, young cards` */
  both(days: number | null, group: 'young' | 'mature' | 'all'): string {
    const period = retention.period(days);
    return group === 'all' ? period : `${period}, ${retention.columns[group].toLowerCase()}`;
  },
  reviews: ({ hits, of }: CountedShare) => `${figures(hits)} of ${figures(of)}`,
  finding(period: string, cards: string, share: CountedShare, desired: number): string {
    return `${cards}, ${period.toLowerCase()}: ${percent(shareOf(share))} recalled, 95% interval ${range(share)}, aim ${percent(desired)}`;
  },
  exact: (share: CountedShare) =>
    `${percent(shareOf(share))} (${range(share)}), ${figures(share.hits)} of ${figures(share.of)}`,
  note: 'A young card comes back in less than 21 days, a mature one in 21 days or more. Bands are 95% intervals.',
} as const;

export const predicted = {
  title: 'Predicted and actual recall',
  empty: 'No review has been predicted yet. Predictions begin when a card comes back.',
  across: '100% predicted',
  up: 'Recalled',
  agree: 'as predicted',
  point: ({ predicted: chance, happened }: PredictedRecall) =>
    `Predicted ${percent(chance)}: ${figures(happened.hits)} of ${counted(happened.of, 'review')} recalled, ${percent(shareOf(happened))} (${range(happened)})`,
  /** How many of the groups lie where they were predicted to, as far as their counts tell. */
  finding(rows: readonly PredictedRecall[]): string {
    const agree = rows.filter(
      ({ predicted: chance, happened }) => happened.low <= chance && chance <= happened.high,
    ).length;
    const reviews = rows.reduce((total, { happened }) => total + happened.of, 0);
    const groups = countedInWords(rows.length, 'range');
    const across = `Across ${counted(reviews, 'review')}`;
    if (agree === rows.length) {
      return `${across}, what you recalled agrees with what was predicted, as far as the counts can tell.`;
    }
    return `${across}, what you recalled agrees with what was predicted in ${inWords(agree)} of ${groups} of chance.`;
  },
  columns: ['Predicted', 'Recalled', '95% interval', 'Reviews'],
} as const;

export const spent = {
  title: 'Time spent',
  aside: (days: number) => `Minutes a day, last ${figures(days)} days`,
  empty: (days: number) => `No study in the last ${figures(days)} days.`,
  today: 'Today',
  minutes: (value: number) => `${figures(value)} min`,
  day: (day: DayCount, today: string) =>
    `${weekdayDate(day.date, today)}: ${dayFacts(day, 'no study')}`,
  direct: (day: DayCount) => shortTime(day.ms),
  finding(days: readonly DayCount[], today: string): string {
    const studied = days.filter((day) => day.count > 0);
    const top = most(studied);
    const longest = top
      ? ` The longest was ${weekdayDate(top.date, today)}, ${shortTime(top.ms)}.`
      : '';
    return `You studied on ${figures(studied.length)} of the last ${counted(days.length, 'day')}, ${shortTime(sum(days, (day) => day.ms))} in all.${longest}`;
  },
  columns: ['Day', 'Reviews', 'Time'],
} as const;

export const calendar = {
  title: 'The year',
  empty: 'No day of study yet.',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  month: (date: string) => shortDate(date).replace(/^\d+ /, ''),
  /** `1–20`, the reviews that a square stands for. */
  level: (from: number, to: number) =>
    from === to ? figures(from) : `${figures(from)}–${figures(to)}`,
  unit: 'Reviews a day',
  finding(days: readonly DayCount[], today: string): string {
    const top = days.reduce<DayCount | null>(
      (best, day) => (best && best.count >= day.count ? best : day),
      null,
    );
    const total = `${counted(
      sum(days, (day) => day.count),
      'review',
    )} on ${counted(days.length, 'day')} of the last 365.`;
    return top
      ? `${total} Most on ${weekdayDate(top.date, today)}: ${counted(top.count, 'review')}.`
      : total;
  },
  /** `2025-11` as `November 2025`. */
  wholeMonth: (month: string) => longDate(`${month}-01`).replace(/^\d+ /, ''),
  columns: ['Month', 'Days of study', 'Reviews', 'Time'],
} as const;

const binName = ({ from, to }: Bin) => `${figures(from)} to ${figures(to)}`;
const fullest = (bins: readonly Bin[]) =>
  bins.reduce<Bin | null>((best, bin) => (best && best.count >= bin.count ? best : bin), null);
const cardsIn = (bins: readonly Bin[]) => bins.reduce((total, bin) => total + bin.count, 0);

export const stability = {
  title: 'Stability',
  aside: 'Cards',
  empty: 'No card has been learned yet.',
  unit: 'days',
  note: 'How long it takes until the chance of recall has fallen to 90%.',
  finding(bins: readonly Bin[]): string {
    const top = fullest(bins);
    return top
      ? `Stability of ${counted(cardsIn(bins), 'card')}: most, ${figures(top.count)}, between ${figures(top.from)} and ${figures(top.to)} days.`
      : '';
  },
  columns: ['Days', 'Cards'],
  bin: binName,
} as const;

export const difficulty = {
  title: 'Difficulty',
  aside: 'Cards',
  empty: 'No card has been learned yet.',
  unit: '',
  note: 'From 1, easy for you, to 10, hard. It falls and rises with your grades.',
  finding(bins: readonly Bin[]): string {
    const top = fullest(bins);
    return top
      ? `Difficulty of ${counted(cardsIn(bins), 'card')} from 1 to 10: most, ${figures(top.count)}, between ${figures(top.from)} and ${figures(top.to)}.`
      : '';
  },
  columns: ['Difficulty', 'Cards'],
  bin: binName,
} as const;

export const states = {
  title: 'Cards by state',
  total: (cards: CardCounts) =>
    counted(
      Object.values(cards).reduce((all, one) => all + one, 0),
      'card',
    ),
  columns: { state: 'State', cards: 'Cards' },
  rows: [
    ['new', 'New', 'Never seen'],
    ['learning', 'Learning', 'Seen again within minutes'],
    ['young', 'Young', 'Back in less than 21 days'],
    ['mature', 'Mature', 'Back in 21 days or more'],
    ['suspended', 'Suspended', 'Taken out of study'],
  ] satisfies [keyof CardCounts, string, string][],
} as const;
