import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preferences } from '../state/preferences.svelte';
import { press } from '../testing/press';
import { heard, hint, listen, shortcut } from './keys';
import { KEYS, linesOf, type KeyScreen } from './map';

let heardKeys: string[];
let releases: (() => void)[];

beforeEach(() => {
  heardKeys = [];
  releases = [];
  document.body.replaceChildren();
});

afterEach(() => releases.forEach((release) => release()));

describe('the key map', () => {
  it('gives no screen one key twice', () => {
    const screens = [...new Set<KeyScreen>(KEYS.map((line) => line.screen))];
    for (const screen of screens) {
      const keys = linesOf(screen).flatMap((line) => line.keys);
      expect(new Set(keys).size, screen).toBe(keys.length);
    }
  });

  it('prints the keys as people read them', () => {
    expect(hint('exam.next')).toBe('→');
    expect(hint('exam-review.end')).toBe('Ctrl Enter');
    expect(shortcut('exam-review.end')).toBe('Control+Enter');
  });

  it('prints no key that does not act', () => {
    preferences.show({ ...preferences.now, letter_keys: false });
    expect(hint('exam.flag')).toBe('');
    expect(hint('exam.strike')).toBe('');
    expect(hint('exam.next')).toBe('→');
  });
});

describe('keys', () => {
  const flag = () => listen('exam', { flag: () => void heardKeys.push('flag') });

  it('leaves typing in a field alone', async () => {
    releases.push(flag());
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    await press('M');
    expect(heardKeys).toEqual([]);
    field.blur();
    await press('M');
    expect(heardKeys).toEqual(['flag']);
  });

  it('act while a slider has the focus, for it takes no letters', async () => {
    releases.push(flag());
    const slider = document.createElement('input');
    slider.type = 'range';
    document.body.append(slider);
    slider.focus();
    await press('M');
    expect(heardKeys).toEqual(['flag']);
  });

  it('stop at a modal layer', async () => {
    releases.push(flag());
    releases.push(listen('dialog', { close: () => void heardKeys.push('close') }, { modal: true }));
    expect(heard()).toEqual(['dialog']);
    await press('M');
    await press('Escape');
    expect(heardKeys).toEqual(['close']);
  });

  it('leave Enter to a focused control', async () => {
    releases.push(listen('exam-start', { start: () => void heardKeys.push('start') }));
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    await press('Enter');
    expect(heardKeys).toEqual([]);
  });

  it('take the place of a letter on a keyboard of another script', async () => {
    releases.push(flag());
    await fireEvent.keyDown(document.body, { key: 'ь', code: 'KeyM' });
    expect(heardKeys).toEqual(['flag']);
  });

  it('take two keys in a row before one, whichever layer is in front', async () => {
    releases.push(listen('shell', { browse: () => void heardKeys.push('to browse') }));
    releases.push(listen('browse', { bury: () => void heardKeys.push('bury') }));
    await press('G');
    await press('B');
    await press('B');
    expect(heardKeys).toEqual(['to browse', 'bury']);
  });

  it('hear everywhere below all, however late it comes', async () => {
    releases.push(flag());
    releases.push(listen('everywhere', { help: () => void heardKeys.push('help') }));
    expect(heard()).toEqual(['exam', 'everywhere']);
    await press('F1');
    expect(heardKeys).toEqual(['help']);
  });
});
