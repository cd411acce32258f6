/** Points of the scale in a column of dots. */
const COLUMN = 25;
/** Columns drawn below and above the pass mark, however near the scores are. */
const BELOW = 4;
const ABOVE = 6;

export interface Dot {
  /** Place of the column, 0 for the first at or above the pass mark. */
  column: number;
  /** Place in the column, 0 at its foot. */
  row: number;
  passes: boolean;
}

export interface Dots {
  dots: Dot[];
  /** The first column drawn, and the one behind the last. */
  from: number;
  to: number;
  /** The highest column's dots. */
  tallest: number;
}

/** Scores as dots in columns; the pass mark is an edge of columns, so none straddles it. */
export function dotsOf(scores: readonly number[], pass: number, scaleMax: number): Dots {
  const last = Math.max(0, Math.ceil((scaleMax - pass) / COLUMN) - 1);
  const filled = new Map<number, number>();
  const dots = [...scores]
    .sort((a, b) => a - b)
    .map((score): Dot => {
      const column = Math.min(last, Math.floor((score - pass) / COLUMN));
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return { column, row, passes: score >= pass };
    });
  const columns = dots.map((dot) => dot.column);
  return {
    dots,
    from: Math.min(-BELOW, ...columns),
    to: Math.max(Math.min(ABOVE, last + 1), ...columns.map((column) => column + 1)),
    tallest: Math.max(1, ...filled.values()),
  };
}

export const scoreOf = (column: number, pass: number): number => pass + column * COLUMN;
