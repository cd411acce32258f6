import { describe, expect, it } from 'vitest';
import { scoreScale, ticksOf, viewOf } from './scale';

const EXAM = { pass: 750, scale_min: 100, scale_max: 1000 };

describe('the part of the scale that is drawn', () => {
  it('reaches 150 to either side of the pass mark', () => {
    expect(viewOf([717, 807], EXAM)).toEqual({ from: 600, to: 900 });
  });

  it('widens in steps of 50 to hold every value', () => {
    expect(viewOf([540, 912], EXAM)).toEqual({ from: 500, to: 950 });
  });

  it('never leaves the scale', () => {
    expect(viewOf([100, 1000], EXAM)).toEqual({ from: 100, to: 1000 });
    expect(viewOf([], { pass: 900, scale_min: 100, scale_max: 1000 }).to).toBe(1000);
  });

  it('maps its ends to the ends of the drawing', () => {
    const x = scoreScale({ from: 600, to: 900 }, 300);
    expect([x(600), x(750), x(900)]).toEqual([0, 150, 300]);
  });
});

describe('ticks', () => {
  const view = { from: 600, to: 900 };

  it('stand at round scores and leave the pass mark to its own label', () => {
    expect(ticksOf(view, 750, scoreScale(view, 796), 54)).toEqual([600, 650, 700, 800, 850, 900]);
  });

  it('thin out where there is no room', () => {
    expect(ticksOf(view, 750, scoreScale(view, 200), 54)).toEqual([600, 900]);
  });

  it('do not come near the pass mark', () => {
    const close = ticksOf(view, 720, scoreScale(view, 300), 40);
    expect(close).not.toContain(700);
  });
});
