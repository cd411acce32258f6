import { describe, expect, it } from 'vitest';
import { fewStatistics, noStatistics, share, statistics } from '../testing/statistics';
import { ahead, calendar, opening, predicted, range, spent, stability } from './statistics';

/** The sentences for a recall of so many in a thousand reviews. */
const recalling = (hits: number, desired = 0.9) =>
  opening(
    statistics({
      desired,
      retention: [{ days: 30, young: null, mature: null, all: share(hits, 1000) }],
    }),
  );

describe('the first sentence', () => {
  it('never says a share without its interval', () => {
    for (let hits = 0; hits <= 1000; hits += 25) {
      const [first, second] = recalling(hits);
      expect(first).toMatch(/^You recall \d+% of what you review, .* you aim for\.$/);
      expect(second).toContain(range(share(hits, 1000)));
    }
  });

  it.each([
    [910, 'You recall 91% of what you review, a point more than you aim for.'],
    [900, 'You recall 90% of what you review, just what you aim for.'],
    [890, 'You recall 89% of what you review, a point less than you aim for.'],
    [820, 'You recall 82% of what you review, eight points less than you aim for.'],
  ])('compares %i in a thousand with the aim', (hits, sentence) => {
    expect(recalling(hits)[0]).toBe(sentence);
  });

  it('says that the aim lies within only where it does', () => {
    expect(recalling(910)[1]).toBe(
      'Over the last 30 days it may be 89 to 93%, and your aim lies within.',
    );
    expect(recalling(820)[1]).toBe('Over the last 30 days it may be 79 to 84%.');
  });

  it('looks farther back where the last days say too little', () => {
    const view = statistics({
      retention: [
        { days: 30, young: null, mature: null, all: share(3, 4) },
        { days: 90, young: null, mature: null, all: share(180, 200) },
        { days: null, young: null, mature: null, all: share(900, 1000) },
      ],
    });
    expect(opening(view)[1]).toMatch(/^Over the last 90 days/);
  });

  it('says no percentage of a handful', () => {
    expect(opening(fewStatistics())).toEqual([
      'You recalled 5 of 6 reviews.',
      'That may be anything from 44 to 97%: too few to say more.',
    ]);
  });

  it('says that there is nothing', () => {
    expect(opening(noStatistics())[0]).toBe('No review to count yet.');
  });
});

describe('findings', () => {
  const view = statistics();

  it('give the time ahead, its peak and the exam', () => {
    expect(ahead.finding(view.ahead, view.today, view.exam_date)).toMatch(
      /^\d+ reviews in the next 30 days, .* in all\. Today: 64 reviews, 25 min\. The exam is on Wednesday 17 December\.$/,
    );
    const [first, ...rest] = view.ahead;
    expect(
      ahead.finding(first ? [{ ...first, count: 0, ms: 0 }, ...rest] : [], view.today, null),
    ).toMatch(/Today: nothing due\. Most on /);
  });

  it('count the ranges that lie where they were predicted to', () => {
    expect(predicted.finding(view.predicted)).toMatch(/in six of seven ranges of chance\.$/);
    expect(predicted.finding([{ predicted: 0.9, happened: share(90, 100) }])).toBe(
      'Across 100 reviews, what you recalled agrees with what was predicted, as far as the counts can tell.',
    );
  });

  it('say how many days had study', () => {
    const days = [
      { date: '2025-11-23', count: 0, ms: 0 },
      { date: '2025-11-24', count: 9, ms: 240_000 },
    ];
    expect(spent.finding(days, '2025-11-24')).toBe(
      'You studied on 1 of the last 2 days, 4 min in all. The longest was Monday 24 November, 4 min.',
    );
    expect(calendar.finding(days.slice(1), '2025-11-24')).toBe(
      '9 reviews on 1 day of the last 365. Most on Monday 24 November: 9 reviews.',
    );
  });

  it('name the fullest bin', () => {
    expect(stability.finding(view.stability)).toBe(
      'Stability of 714 cards: most, 171, between 32 and 64 days.',
    );
  });
});
