import { ask, commands, type ResultLine, type ResultView } from '../api/client';

export const FILTERS = [
  'all',
  'wrong',
  'flagged',
  'changed',
  'unscored',
  'surprise',
  'right',
  'unsure',
] as const;
export type Filter = (typeof FILTERS)[number];

const HOLDS: Record<Filter, (line: ResultLine) => boolean> = {
  all: () => true,
  wrong: (line) => !line.correct,
  flagged: (line) => line.flagged,
  changed: (line) => line.change !== null,
  unscored: (line) => !line.scored,
  surprise: (line) => line.confidence === 'sure' && !line.correct,
  right: (line) => line.correct,
  unsure: (line) => line.confidence === 'guess' || line.confidence === 'fairly',
};

export function holds(filter: Filter, line: ResultLine): boolean {
  return HOLDS[filter](line);
}

/** A result being gone through: it stays as it was left between the list and a question. */
class ReadingState {
  #result = $state.raw<ResultView | null>(null);
  filter = $state<Filter>('wrong');
  query = $state('');
  /** Id of the domain or the task that is shown; empty for all. */
  part = $state('');
  /** The question last looked at. */
  position = $state<number | null>(null);
  /** Whether the figures are shown as tables. */
  readonly tables = $state({
    score: false,
    domains: false,
    tasks: false,
    pacing: false,
    earlier: false,
  });

  readonly lines = $derived.by(() => {
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    return (this.#result?.lines ?? []).filter((line) => {
      const text = `${line.position + 1} ${line.text} ${line.task}`.toLowerCase();
      const here = [line.domain, line.task, ''].includes(this.part);
      return here && holds(this.filter, line) && words.every((word) => text.includes(word));
    });
  });

  /** The result of a sitting. A finished one does not change, so the last one is kept. */
  async open(sitting: string): Promise<ResultView> {
    if (this.#result?.id === sitting) return this.#result;
    const result = await ask(commands.result(sitting));
    this.#result = result;
    this.filter = result.lines.some((line) => !line.correct) ? 'wrong' : 'all';
    this.query = '';
    this.part = '';
    this.position = null;
    return result;
  }

  forget(): void {
    this.#result = null;
  }
}

export const reading = new ReadingState();
