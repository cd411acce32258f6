import type { CountedShare, DayCount, DeckRow, LibraryView, StatisticsView } from '../api/client';
import type { Desk } from './desk';
import { dayAfter } from './plan';

const TODAY = '2025-11-24';
const PACE_MS = 24_000;

/** A share with its Wilson interval at 95 %. */
export function share(hits: number, of: number): CountedShare {
  const z = 1.96;
  const p = hits / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return { hits, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

const day = (date: string, count: number): DayCount => ({ date, count, ms: count * PACE_MS });

/** A year of study with a summer off and most Sundays free. */
function year(): DayCount[] {
  return Array.from({ length: 365 }, (_, index) => {
    const back = 364 - index;
    const wave = Math.abs(Math.sin(index * 2.399)) * 0.7 + 0.3;
    const free = (back + 6) % 7 === 0 || (back > 130 && back < 175) || index % 23 === 0;
    return day(dayAfter(TODAY, -back), free ? 0 : Math.round(wave * (30 + index / 5)));
  }).filter(({ count }) => count > 0);
}

/** Statistics of a learner who has studied for a year. */
export function statistics(parts: Partial<StatisticsView> = {}): StatisticsView {
  return {
    deck: null,
    today: TODAY,
    exam_date: '2025-12-17',
    desired: 0.9,
    cards: { new: 143, learning: 12, young: 218, mature: 496, suspended: 7 },
    ahead: Array.from({ length: 30 }, (_, index) =>
      day(
        dayAfter(TODAY, index),
        index === 0 ? 64 : Math.round(28 + 16 * Math.sin(index * 1.3) + (index === 8 ? 31 : 0)),
      ),
    ),
    retention: [
      { days: 30, young: share(402, 461), mature: share(611, 652), all: share(1013, 1113) },
      { days: 90, young: share(1384, 1571), mature: share(1502, 1611), all: share(2886, 3182) },
      { days: null, young: share(4110, 4702), mature: share(3921, 4223), all: share(8031, 8925) },
    ],
    predicted: [
      { predicted: 0.63, happened: share(24, 35) },
      { predicted: 0.72, happened: share(59, 84) },
      { predicted: 0.78, happened: share(180, 224) },
      { predicted: 0.83, happened: share(460, 571) },
      { predicted: 0.88, happened: share(1610, 1834) },
      { predicted: 0.92, happened: share(3420, 3690) },
      { predicted: 0.97, happened: share(2278, 2387) },
    ],
    days: year(),
    stability: [4, 9, 31, 66, 118, 143, 171, 104, 52, 16].map((count, index) => ({
      from: index === 0 ? 0 : 2 ** (index - 1),
      to: 2 ** index,
      count,
    })),
    difficulty: [12, 38, 74, 121, 168, 142, 93, 48, 18].map((count, index) => ({
      from: index + 1,
      to: index + 2,
      count,
    })),
    ...parts,
  };
}

/** The first week: a handful of reviews, nothing that could be called a rate. */
export function fewStatistics(): StatisticsView {
  return statistics({
    cards: { new: 861, learning: 9, young: 6, mature: 0, suspended: 0 },
    retention: [30, 90, null].map((days) => ({
      days,
      young: share(5, 6),
      mature: null,
      all: share(5, 6),
    })),
    predicted: [],
    days: [day('2025-11-22', 12), day('2025-11-24', 9)],
    stability: [
      { from: 0, to: 1, count: 2 },
      { from: 1, to: 2, count: 3 },
      { from: 2, to: 4, count: 1 },
    ],
    difficulty: [
      { from: 4, to: 5, count: 2 },
      { from: 5, to: 6, count: 4 },
    ],
  });
}

/** Nobody has studied yet. */
export function noStatistics(): StatisticsView {
  return statistics({
    cards: { new: 876, learning: 0, young: 0, mature: 0, suspended: 0 },
    ahead: Array.from({ length: 30 }, (_, index) => day(dayAfter(TODAY, index), 0)),
    retention: [30, 90, null].map((days) => ({ days, young: null, mature: null, all: null })),
    predicted: [],
    days: [],
    stability: [],
    difficulty: [],
  });
}

function deck(slug: string, title: string, depth: number): DeckRow {
  return {
    slug,
    title,
    depth,
    origin: 'bundled',
    version: '1.0.0',
    license: 'CC-BY-4.0',
    authors: [],
    blueprint: 'MLS-C01',
    cards: 876,
    questions: 0,
    due: 64,
    new: 143,
    suspended: 7,
    recall: share(1013, 1113),
    desired: 0.9,
    updated_ms: Date.parse('2025-11-20T09:00:00Z'),
    own_options: false,
  };
}

/** Teaches a desk statistics, and the decks that they can be asked of. */
export function teachStatistics(desk: Desk, of: (deck: string | null) => StatisticsView): void {
  const library: LibraryView = {
    decks: [
      deck('mls', 'MLS-C01', 0),
      deck('mls-modeling', 'Modeling', 1),
      deck('own', 'My cards', 0),
    ],
    cards: 876,
    questions: 0,
  };
  desk.also['library'] ??= () => library;
  desk.also['statistics'] = (input) => of(input['deck'] as string | null);
}
