import { render, screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ForecastView, StudyPlan } from '../api/client';
import { forecast, oneMock, tried, withoutDate } from '../testing/forecast';
import ChanceChart from './ChanceChart.svelte';

const motion = vi.hoisted(() => ({ reduced: false }));
vi.mock('svelte/motion', async (original) => ({
  ...(await original<typeof import('svelte/motion')>()),
  prefersReducedMotion: {
    get current() {
      return motion.reduced;
    },
  },
}));

const words = {
  today: 'now',
  onPlan: 'on plan',
  whatIf: 'what if',
  percent: (p: number) => `${Math.round(p * 100)}%`,
  todayMark: 'Today',
  dayMark: 'Exam',
  date: (iso: string) => iso,
};

function draw(view: ForecastView = forecast(), plan: Partial<StudyPlan> | null = null) {
  const { today, past, ahead, papers } = view;
  const whatIf = plan && tried({ ...view.plan, ...plan });
  return { today, past, ahead, papers, whatIf, label: 'Chance', words };
}

const texts = () =>
  [...screen.getByRole('img').querySelectorAll('text')].map((text) => text.textContent);
const line = () => document.querySelector('path.tried')?.getAttribute('d');
const still = async (props: ReturnType<typeof draw>) => {
  motion.reduced = true;
  const { unmount } = render(ChanceChart, props);
  await tick();
  const drawn = line();
  unmount();
  motion.reduced = false;
  return drawn;
};

beforeEach(() => {
  motion.reduced = false;
});

describe('the line of a plan being tried', () => {
  it('moves to the next plan while its figure stands at once', async () => {
    const end = await still(draw(forecast(), { minutes_per_day: 200 }));
    const { rerender } = render(ChanceChart, draw(forecast(), { minutes_per_day: 60 }));
    await tick();
    const before = line();
    await rerender({
      ...draw(forecast(), { minutes_per_day: 200 }),
      words: { ...words, whatIf: '96% what if' },
    });
    expect(texts()).toContain('96% what if');
    expect(line()).not.toBe(end);
    await waitFor(() => expect(line()).toBe(end));
    expect(end).not.toBe(before);
  });

  it('does not move where less motion is wished for', async () => {
    const end = await still(draw(forecast(), { minutes_per_day: 200 }));
    motion.reduced = true;
    const { rerender } = render(ChanceChart, draw(forecast(), { minutes_per_day: 60 }));
    await rerender(draw(forecast(), { minutes_per_day: 200 }));
    expect(line()).toBe(end);
  });

  it('stays inside the drawing when its date lies beyond the exam', async () => {
    motion.reduced = true;
    render(ChanceChart, draw(forecast(), { date: '2026-02-20' }));
    await tick();
    const days = [...(line() ?? '').matchAll(/[ML]([\d.]+) /g)].map((match) => Number(match[1]));
    expect(Math.max(...days)).toBeLessThanOrEqual(660);
    expect(document.querySelectorAll('path.leader')).toHaveLength(1);
  });
});

describe('what is drawn', () => {
  it('is solid up to today and dashed from there', () => {
    render(ChanceChart, draw());
    const lines = [...document.querySelectorAll('path.line')];
    expect(lines.map((path) => path.classList.contains('dashed'))).toEqual([false, true]);
    expect(line()).toBeUndefined();
  });

  it('gives the ends of the band beside the chance, and names papers once', () => {
    render(ChanceChart, draw());
    expect(texts()).toEqual(expect.arrayContaining(['on plan', '87%', '53%', 'Mock 1', '7']));
    expect(texts().filter((text) => text?.startsWith('Mock'))).toEqual(['Mock 1']);
  });

  it('ends with today where there is no date', () => {
    render(ChanceChart, draw(withoutDate()));
    expect(texts()).toEqual(expect.arrayContaining(['now', '77%', '53%', 'Today']));
    expect(texts()).not.toContain('Exam');
  });

  it('is a bar for one day alone, without papers that lie outside', () => {
    const { past, ...rest } = oneMock();
    render(ChanceChart, draw({ ...rest, past: past.slice(-1), ahead: [] }));
    expect(document.querySelector('path.bar')).toBeTruthy();
    expect(document.querySelectorAll('path.paper')).toHaveLength(1);
    expect(document.querySelector('svg')?.outerHTML).not.toMatch(/NaN|Infinity/);
  });
});
