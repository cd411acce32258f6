import { describe, expect, it } from 'vitest';
import { current, outcome, retired, running, summary, today } from '../testing/learner';
import { Cards, cards } from '../testing/cards';
import { planOf } from '../testing/plan';
import { retiredNotice } from './exam-facts';
import { next, opening } from './today';
import { daysBetween, minutesFace, shortTime, weekdayDate } from './time';

describe('the first sentence of the day', () => {
  it('counts the days in words', () => {
    expect(opening(today())).toBe('Twenty-three days to the exam.');
    expect(opening(today({ days_left: 1 }))).toBe('One day to the exam.');
    expect(opening(today({ days_left: 0 }))).toBe('The exam is today.');
    expect(opening(today({ days_left: null }))).toBe('No exam date yet.');
  });

  it('speaks of a past exam in the past', () => {
    const past = today({ profile: { exam: 'MLS-C01', exam_date: '2025-11-20' }, days_left: -4 });
    expect(opening(past)).toBe('The exam was on Thursday 20 November.');
  });

  it('calls the date of a retired exam a practice goal', () => {
    expect(opening(today({ exam: retired() }))).toBe('Twenty-three days to your practice goal.');
    // Still offered today, but not on the day chosen.
    const late = today({ exam: current({ last_sitting: '2025-12-01' }) });
    expect(opening(late)).toMatch(/practice goal/);
  });

  it('puts a running mock first', () => {
    const view = today({ running: running() });
    expect(opening(view)).toBe('Mock 5 is running.');
    expect(next(view, 38)).toBe('1 h 12 min left.');
  });
});

describe('the second sentence', () => {
  it('counts the cards, and says no minutes that nobody computed', () => {
    expect(next(today(), 38)).toBe('Today is 38 cards.');
    expect(next(today(), 1)).toBe('Today is 1 card.');
  });

  it('adds the minutes that the plan gives', () => {
    const plan = planOf(new Cards([...cards(30), ...cards(8, 'new', 31)]));
    expect(next(today(), 38, plan)).toBe('Today is 38 cards, about 22 minutes.');
    expect(next(today(), 38, { ...plan, budget_minutes: 20 })).toBe(
      'Today is shortened to 20 minutes.',
    );
    expect(next(today(), 0, { ...plan, budget_minutes: 20 }, true)).toBe(
      'The 20 minutes for today are used up.',
    );
  });

  it('does not make a near pass sound safe', () => {
    expect(next(today(), 0)).toBe('Mock 4 was a pass, but too close to rely on.');
    const clear = today({ finished: [summary(1, { outcome: outcome(820, 760, 880) })] });
    expect(next(clear, 0)).toBe('Mock 1 was a clear pass.');
  });

  it('says what a mock is when there is none yet', () => {
    expect(next(today({ finished: [] }), 0)).toBe('A full mock is 65 questions in 180 minutes.');
    const short = current({ largest_paper: 40 });
    expect(next(today({ finished: [], exam: short }), 0)).toBe('For now a mock has 40 questions.');
  });
});

it('names the successors of a retired exam', () => {
  expect(retiredNotice(retired())).toBe(
    'Amazon Web Services ended MLS-C01 on 31 March 2025. Its successor is AWS Certified Machine Learning Engineer – Associate (MLA-C01).',
  );
});

it('writes days and times', () => {
  expect(weekdayDate('2025-12-17', '2025-11-24')).toBe('Wednesday 17 December');
  expect(weekdayDate('2026-01-05', '2025-11-24')).toBe('Monday 5 January 2026');
  expect(daysBetween('2025-11-24', '2025-12-17')).toBe(23);
  expect(daysBetween('2025-11-24', 'soon')).toBeNull();
  expect(minutesFace(402_000)).toBe('6:42');
  expect(minutesFace(3_905_000)).toBe('1:05:05');
  expect(shortTime(72.9 * 60_000)).toBe('1 h 12 min');
  expect(shortTime(59_000)).toBe('under a minute');
});
