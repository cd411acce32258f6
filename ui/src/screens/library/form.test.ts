import { expect, it } from 'vitest';
import { OPTIONS } from '../../testing/library';
import { formOf, optionsOf, wrongs } from './form';

it('means what it was filled with, to the last digit', () => {
  expect(optionsOf(formOf(OPTIONS), OPTIONS)).toEqual(OPTIONS);
});

it('shows a share as percent, without dust', () => {
  expect(formOf(OPTIONS).retention).toBe('90');
});

it('reads what was typed', () => {
  const form = { ...formOf(OPTIONS), learning: ' 1, 15 60', relearning: '', retention: '92.5' };
  expect(optionsOf({ ...form, parameters: '0.2, 1.3' }, OPTIONS)).toMatchObject({
    learning_steps: [1, 15, 60],
    relearning_steps: [],
    desired_retention: 0.925,
    parameters: [0.2, 1.3],
  });
});

it.each([
  ['learning', '1 x'],
  ['relearning', '1.5'],
  ['newPerDay', ''],
  ['reviewsPerDay', '-1'],
  ['retention', 'most'],
  ['parameters', '0.2, a'],
] as const)('finds that %s is no number: %s', (field, typed) => {
  const wrong = wrongs({ ...formOf(OPTIONS), [field]: typed });
  expect(Object.keys(wrong)).toEqual([field]);
});
