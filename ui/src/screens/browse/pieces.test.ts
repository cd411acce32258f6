import { expect, it } from 'vitest';
import type { Found } from './finder.svelte';
import { pieces } from './pieces';

function found(query: string, parts: Partial<Found> = {}): Found {
  return { query, total: 0, of: 0, problem: null, spans: [], undo: null, redo: null, ...parts };
}

const SPANS = [
  { start: 0, end: 3, syntax: true },
  { start: 3, end: 6, syntax: false },
];

it('cuts a query where its looks change, and loses no letter', () => {
  const cut = pieces('is:due now', found('is:due now', { spans: SPANS }));
  expect(cut.map(({ text }) => text)).toEqual(['is:', 'due now']);
  expect(cut.map(({ syntax }) => syntax)).toEqual([true, false]);
});

it('paints letters typed since in plain', () => {
  const cut = pieces('is:due tag:x', found('is:due', { spans: SPANS }));
  expect(cut.map(({ text }) => text).join('')).toBe('is:due tag:x');
  expect(cut.filter(({ syntax }) => syntax).map(({ text }) => text)).toEqual(['is:']);
});

it('colours nothing that has become other words', () => {
  expect(pieces('in:due', found('is:due', { spans: SPANS }))).toEqual([
    { text: 'i', syntax: true, wrong: false },
    { text: 'n:due', syntax: false, wrong: false },
  ]);
});

it('marks the place of a problem, also behind the last letter', () => {
  const problem = { message: '', hint: '', start: 0, end: 7 };
  const [wrong, rest] = pieces('colour:x', found('colour:x', { problem }));
  expect(wrong).toEqual({ text: 'colour:', syntax: false, wrong: true });
  expect(rest?.wrong).toBe(false);

  const open = { message: '', hint: '', start: 2, end: 3 };
  expect(pieces('(a', found('(a', { problem: open })).at(-1)).toEqual({
    text: '\u00a0',
    syntax: false,
    wrong: true,
  });
});

it('says nothing of a problem that may be mended by now', () => {
  const problem = { message: '', hint: '', start: 0, end: 7 };
  expect(pieces('colour', found('colour:', { problem })).some(({ wrong }) => wrong)).toBe(false);
});
