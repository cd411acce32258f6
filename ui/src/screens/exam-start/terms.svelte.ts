import type { Banks, Conditions, ExamView, ExtraTime } from '../../api/client';

/** A time that may be granted, as the value of a list. */
export function extraId(extra: ExtraTime): string {
  return extra.kind === 'percent' ? String(extra.percent) : extra.kind;
}

/** Under which conditions one means to sit. */
export class Terms {
  banks = $state<Banks>('all');
  extra = $state.raw<ExtraTime>({ kind: 'none' });
  stopClock = $state(false);

  get conditions(): Conditions {
    return { banks: this.banks, extra: this.extra, stop_clock: this.stopClock };
  }

  choose(exam: ExamView, id: string): void {
    const known = exam.granted.find(({ extra }) => extraId(extra) === id);
    if (known) this.extra = known.extra;
  }

  /** Minutes of the longest paper that can be drawn, with what was granted. */
  minutes(exam: ExamView): number {
    const id = extraId(this.extra);
    return exam.granted.find(({ extra }) => extraId(extra) === id)?.minutes ?? exam.minutes;
  }
}
