import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClockView } from '../../api/client';
import { ExamClock } from './clock.svelte';

const MINUTE = 60_000;
const TOTAL = 180 * MINUTE;

let truth: ClockView;
let asked: number;
let clock: ExamClock;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  clock = new ExamClock(async () => {
    asked += 1;
    return truth;
  });
  stop = clock.run();
});

afterEach(() => {
  stop();
  if (clock.hidden) clock.toggle();
  vi.useRealTimers();
});

function says(remaining_ms: number, state: ClockView['state'] = 'running'): void {
  truth = { remaining_ms, total_ms: TOTAL, timed: true, stands: false, state };
  clock.take(truth);
}

describe('the exam clock', () => {
  it('counts down from what Rust said', async () => {
    says(20 * MINUTE);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(clock.remainingMs).toBe(20 * MINUTE - 10_000);
  });

  it('asks Rust every half minute, on focus and on waking', async () => {
    says(20 * MINUTE);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toBe(0);
    truth = { ...truth, remaining_ms: 12 * MINUTE };
    await vi.advanceTimersByTimeAsync(1500);
    expect(asked).toBe(1);
    expect(clock.remainingMs).toBeLessThanOrEqual(12 * MINUTE);
    window.dispatchEvent(new Event('focus'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toBe(2);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toBe(3);
  });

  it('does not call time by itself', async () => {
    let answer = (_view: ClockView) => {};
    const waiting = new ExamClock(() => new Promise((resolve) => (answer = resolve)));
    const end = waiting.run();
    waiting.take({
      remaining_ms: 2000,
      total_ms: TOTAL,
      timed: true,
      stands: false,
      state: 'running',
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect(waiting.remainingMs).toBe(0);
    expect(waiting.state).toBe('running');
    answer({ remaining_ms: 0, total_ms: TOTAL, timed: true, stands: false, state: 'expired' });
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.state).toBe('expired');
    end();
  });

  it('asks again at zero until Rust says that it is over', async () => {
    says(2000);
    truth = { ...truth, remaining_ms: 5000 };
    await vi.advanceTimersByTimeAsync(2500);
    expect(asked).toBe(1);
    expect(clock.state).toBe('running');
    truth = { ...truth, remaining_ms: 0, state: 'expired' };
    await vi.advanceTimersByTimeAsync(6000);
    expect(clock.state).toBe('expired');
    const before = asked;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(before);
  });

  it('comes back at ten minutes and at one, with a quiet word', async () => {
    says(10 * MINUTE + 3000);
    truth = { ...truth, remaining_ms: 10 * MINUTE + 3000 };
    clock.toggle();
    await vi.advanceTimersByTimeAsync(2000);
    expect(clock.hidden).toBe(true);
    await vi.advanceTimersByTimeAsync(1500);
    expect(clock.hidden).toBe(false);
    expect(clock.notice).toBe(10 * MINUTE);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(clock.notice).toBe(null);
    clock.toggle();
    says(MINUTE);
    expect(clock.hidden).toBe(false);
    expect(clock.notice).toBe(MINUTE);
  });

  it('goes on when Rust does not answer', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const silent = new ExamClock(() => Promise.reject(new Error('gone')));
    const end = silent.run();
    silent.take({
      remaining_ms: 40_000,
      total_ms: TOTAL,
      timed: true,
      stands: false,
      state: 'running',
    });
    await vi.advanceTimersByTimeAsync(35_000);
    expect(silent.remainingMs).toBe(5000);
    expect(warn).toHaveBeenCalled();
    end();
  });
});
