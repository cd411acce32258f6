import type { Found } from './finder.svelte';

/** A stretch of a query and how it looks. */
export interface Piece {
  text: string;
  syntax: boolean;
  wrong: boolean;
}

/**
 * A query cut where its looks change. While Rust has not answered to the last letters yet, what it
 * said of the beginning still holds as far as that is unchanged.
 */
export function pieces(query: string, found: Found | null): Piece[] {
  const known = found ? unchanged(query, found.query) : 0;
  const spans = (found?.spans ?? [])
    .filter(({ start, syntax }) => syntax && start < known)
    .map(({ start, end }) => ({ start, end: Math.min(end, known) }));
  const problem = found?.query === query ? found.problem : null;
  const cuts = new Set([0, query.length]);
  for (const { start, end } of problem ? [...spans, problem] : spans) {
    cuts.add(Math.min(start, query.length));
    cuts.add(Math.min(end, query.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const cut = places.slice(1).map((end, index) => {
    const start = places[index] ?? 0;
    return {
      text: query.slice(start, end),
      syntax: spans.some((span) => span.start <= start && end <= span.end),
      wrong: problem !== null && problem.start <= start && end <= problem.end,
    };
  });
  // What is missing behind the last letter still has a place.
  const missing = problem && problem.start >= query.length;
  return missing ? [...cut, { text: '\u00a0', syntax: false, wrong: true }] : cut;
}

function unchanged(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same;
}
