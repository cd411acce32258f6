import { describe, expect, it } from 'vitest';
import { forecast, likely, nothingKnown } from '../testing/forecast';
import { percent, range } from './chance';
import { inSentences, over, shareInWords, statement } from './forecast';
import { changes, delta } from './what-if';

const whole = (p: number, spread = 0.3, onTheDay = true) =>
  inSentences(likely(p, spread), onTheDay).join(' ');

describe('a chance in words', () => {
  it('says what it comes to and how far to rely on it', () => {
    expect(whole(0.73)).toBe(
      'You would probably pass. About three times in four, not yet a safe bet.',
    );
    expect(whole(0.5)).toBe(
      'You would pass about as often as not. About every other time, too close to call.',
    );
    expect(whole(0.22)).toBe(
      'You would probably fall short. About one time in five you would pass, with work left to do.',
    );
    expect(whole(0.97)).toBe(
      'You would almost certainly pass. About nineteen times in twenty, as safe a bet as can be known.',
    );
    expect(whole(0.995)).toMatch(/More than nineteen times in twenty/);
    expect(whole(0.001)).toMatch(/^You would almost certainly fall short\. Less than one time in/);
  });

  it('is for today where no day is ahead', () => {
    expect(whole(0.73, 0.3, false)).toMatch(/^If you sat today, you would probably pass\./);
  });

  it('never gives a percentage without a range, whatever the chance and its doubt', () => {
    for (let step = 0; step <= 1000; step++) {
      for (const spread of [0, 0.3, 1, 3]) {
        const text = whole(step / 1000, spread);
        expect(text).not.toMatch(/NaN|undefined|\.\.|[!]/);
        expect(text.replaceAll(/\d+ to \d+%/g, '')).not.toMatch(/\d/);
      }
    }
  });

  it('never calls a smaller chance a better one', () => {
    const passing = (p: number) => {
      const [first] = inSentences(likely(p, 0.3), true);
      return [
        'almost certainly fall short',
        'very likely fall short',
        'probably fall short',
        'fall short a little',
        'pass about as often',
        'pass a little more',
        'probably pass',
        'very likely pass',
        'almost certainly pass',
      ].findIndex((words) => first.includes(words));
    };
    let before = 0;
    for (let step = 0; step <= 1000; step++) {
      const now = passing(step / 1000);
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    expect(before).toBe(8);
  });

  it('calls nothing safe that its interval does not', () => {
    expect(whole(0.92, 0.8)).toMatch(/not yet a safe bet/);
  });

  it('gives the range where it is wide', () => {
    expect(whole(0.6, 1.2)).toMatch(/but the data allow anything from \d+ to \d+%\.$/);
  });

  it('knows nothing without evidence, and says what to do', () => {
    expect(statement(nothingKnown())).toEqual([
      'Sitwell knows nothing about your chances yet.',
      'One mock exam is enough for a first estimate.',
    ]);
  });
});

it('says for which day it is', () => {
  expect(over(forecast())).toBe('Forecast for Wednesday 17 December');
  expect(over(forecast({ goal: true }))).toBe(
    'Forecast for your practice goal, Wednesday 17 December',
  );
  expect(over(forecast({ date: null }))).toBe('Forecast for today; no exam date is set');
  expect(over(forecast({ date: '2025-11-03', date_chance: null }))).toBe(
    'Forecast for today; the exam was on Monday 3 November',
  );
});

it('never prints certainty', () => {
  expect([percent(0), percent(1), percent(0.734)]).toEqual(['under 1%', 'over 99%', '73%']);
  expect(range(0.531, 0.869)).toBe('53 to 87%');
});

it('says what another plan changes', () => {
  const { plan } = forecast();
  expect(changes(plan, { ...plan, minutes_per_day: 60, mocks: 2, date: '2025-12-20' })).toEqual([
    '15 minutes more a day',
    'one mock exam fewer',
    'a date 3 days later',
  ]);
  expect(
    delta(likely(0.73, 0.5), likely(0.81, 0.5), plan, { ...plan, minutes_per_day: 60 }),
  ).toMatch(/^8 points more, for 15 minutes more a day\. Range \d+ to \d+%\.$/);
});

it('puts shares into words', () => {
  expect([0.02, 0.1, 0.26, 0.6].map(shareInWords)).toEqual(['', 'a tenth', 'a quarter', 'half']);
});
