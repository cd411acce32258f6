import { scaleLinear, type ScaleLinear } from 'd3-scale';

export type Scale = ScaleLinear<number, number>;

/** Ends of the part of a score scale that is drawn, in steps of 50. */
export interface View {
  from: number;
  to: number;
}

const STEP = 50;
/** Drawn to either side of the pass mark, however near the scores are. */
const REACH = 150;

/** The part of the score scale that shows every value and the pass mark. */
export function viewOf(
  values: readonly number[],
  scale: { pass: number; scale_min: number; scale_max: number },
): View {
  const low = Math.min(scale.pass - REACH, ...values);
  const high = Math.max(scale.pass + REACH, ...values);
  return {
    from: Math.max(scale.scale_min, Math.floor(low / STEP) * STEP),
    to: Math.min(scale.scale_max, Math.ceil(high / STEP) * STEP),
  };
}

export function scoreScale(view: View, width: number): Scale {
  return scaleLinear().domain([view.from, view.to]).range([0, width]).clamp(true);
}

/** Round scores to print under an axis, the pass mark apart, none nearer than `room` pixels. */
export function ticksOf(view: View, pass: number, scale: Scale, room: number): number[] {
  const pixels = Math.abs(scale(view.to) - scale(view.from));
  const most = Math.max(1, Math.floor(pixels / room));
  const all = scale.ticks(most).filter((tick) => Number.isInteger(tick));
  return all.filter((tick) => Math.abs(scale(tick) - scale(pass)) >= room * 0.75);
}

export function linear(domain: [number, number], range: [number, number]): Scale {
  return scaleLinear().domain(domain).range(range);
}
