import type { DeckRow } from '../../api/client';

export type Sort = 'due' | 'name';

/** A deck where it hangs. */
export interface Node {
  deck: DeckRow;
  /** Its name with those of the decks above it: `Modeling::Tuning`. */
  path: string;
  above: Node | null;
  below: Node[];
}

/** The decks as a tree. They come in its order, each after the one it hangs under. */
export function grow(decks: readonly DeckRow[]): Node[] {
  const roots: Node[] = [];
  const trail: Node[] = [];
  for (const deck of decks) {
    trail.length = Math.min(trail.length, deck.depth);
    const above = trail.at(-1) ?? null;
    const path = above ? `${above.path}::${deck.title}` : deck.title;
    const node: Node = { deck, path, above, below: [] };
    (above?.below ?? roots).push(node);
    trail.push(node);
  }
  return roots;
}

const byName = (a: Node, b: Node) => a.deck.title.localeCompare(b.deck.title, 'en');
const ORDER: Record<Sort, (a: Node, b: Node) => number> = {
  due: (a, b) => b.deck.due - a.deck.due || byName(a, b),
  name: byName,
};

/** The lines of the table: the tree sorted, without what is folded away. */
export function lines(nodes: readonly Node[], sort: Sort, folded: ReadonlySet<string>): Node[] {
  return [...nodes]
    .sort(ORDER[sort])
    .flatMap((node) => [
      node,
      ...(folded.has(node.deck.slug) ? [] : lines(node.below, sort, folded)),
    ]);
}

/** A query that finds what a deck holds. */
export const queryOf = (node: Node) => `deck:"${node.path.replaceAll('"', '\\"')}"`;
