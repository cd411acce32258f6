import { expect, it } from 'vitest';
import { deck, decks } from '../../testing/library';
import { grow, lines, queryOf } from './tree';

const titles = (sort: 'due' | 'name', folded: string[] = []) =>
  lines(grow(decks()), sort, new Set(folded)).map((node) => node.deck.title);

it('keeps a deck under the one it hangs under, however it is sorted', () => {
  expect(titles('due')).toEqual([
    'MLS-C01 core',
    'Modeling, my notes',
    'Tuning',
    'Metrics and thresholds',
    'SageMaker algorithms',
    'Kinesis, Glue and EMR',
    'Mock exams 1 to 8',
  ]);
  expect(titles('name').slice(3, 6)).toEqual([
    'Modeling, my notes',
    'Metrics and thresholds',
    'Tuning',
  ]);
});

it('folds away what hangs below', () => {
  expect(titles('due', ['modeling'])).not.toContain('Tuning');
});

it('names a deck with those above it in a query', () => {
  const [above] = grow([deck('a', 'The "big" one'), deck('b', 'Part', { depth: 1 })]);
  expect(above?.below[0] && queryOf(above.below[0])).toBe('deck:"The \\"big\\" one::Part"');
});
