import { onMount } from 'svelte';
import { preferences } from '../state/preferences.svelte';
import { lineOf, linesOf, type ActionOf, type KeyRef, type KeyScreen } from './map';
import { announced, isCharacter, printed, written } from './press';

export type { KeyRef, KeyScreen } from './map';

export interface Press {
  event: KeyboardEvent;
  /** Which of the line's keys it was, from 0. */
  index: number;
}

/** What a screen does on its actions. An action answers `false` to let others have the key. */
export type Handlers<S extends KeyScreen> = {
  [action in ActionOf<S>]?: (press: Press) => void | false;
};

interface Layer {
  screen: KeyScreen;
  handlers: Record<string, ((press: Press) => void | false) | undefined>;
  /** Nothing below a modal layer hears a key. */
  modal: boolean;
}

const layers: Layer[] = [];
let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

/** Listens to the keys of a screen for as long as the calling component is there. */
export function useKeys<S extends KeyScreen>(
  screen: S,
  handlers: Handlers<S>,
  options: { modal?: boolean } = {},
): void {
  onMount(() => listen(screen, handlers, options));
}

/** Listens to the keys of a screen until the function returned is called. */
export function listen<S extends KeyScreen>(
  screen: S,
  handlers: Handlers<S>,
  options: { modal?: boolean } = {},
): () => void {
  const layer: Layer = { screen, handlers, modal: options.modal ?? false };
  if (layers.length === 0) window.addEventListener('keydown', dispatch);
  // Everywhere is below all, however late it comes.
  if (screen === 'everywhere') layers.unshift(layer);
  else layers.push(layer);
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length === 0) window.removeEventListener('keydown', dispatch);
  };
}

/** The screens whose keys act now, the one in front first. */
export function heard(): KeyScreen[] {
  const above: KeyScreen[] = [];
  for (const layer of [...layers].reverse()) {
    above.push(layer.screen);
    if (layer.modal) break;
  }
  return above;
}

/** The key to print on a control; empty when it does not act now. */
export function hint(ref: KeyRef): string {
  const line = lineOf(ref);
  const key = line.keys[0] ?? '';
  if (!preferences.now.letter_keys && isCharacter(key)) return '';
  return line.print ?? printed(key);
}

/** The key of a control for assistive technology. */
export function shortcut(ref: KeyRef): string | undefined {
  const key = lineOf(ref).keys[0];
  if (key === undefined || key.includes(' ')) return undefined;
  if (!preferences.now.letter_keys && isCharacter(key)) return undefined;
  return announced(key);
}

const FIELD =
  'textarea, select, [contenteditable=""], [contenteditable="true"], ' +
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="submit"])';
const CONTROL =
  'button, a[href], summary, input, [role="radio"], [role="checkbox"], [role="switch"]';

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  const key = written(event);
  const target = event.target instanceof Element ? event.target : null;
  const plain = !key.includes('Ctrl+') && key !== 'Escape' && key !== 'F1';
  if (plain && target?.closest(FIELD)) return;
  // A focused control keeps its own keys.
  if ((key === 'Enter' || key === ' ') && target?.closest(CONTROL)) return;

  const sequence = prefix === '' ? '' : `${prefix} ${key}`;
  setPrefix('');
  // Two keys in a row come before one, wherever they are listened to: `G B` is not `B`.
  if (!offerAll(event, sequence)) offerAll(event, key);
}

/** Offers a key to the layers, the one in front first. */
function offerAll(event: KeyboardEvent, key: string): boolean {
  for (const layer of [...layers].reverse()) {
    if (offer(layer, event, key)) return true;
    if (layer.modal) return false;
  }
  return false;
}

function offer(layer: Layer, event: KeyboardEvent, key: string): boolean {
  if (key === '' || (!preferences.now.letter_keys && isCharacter(key))) return false;
  for (const line of linesOf(layer.screen)) {
    const handler = layer.handlers[line.action];
    if (!handler) continue;
    if (line.keys.some((candidate) => candidate.startsWith(`${key} `))) {
      setPrefix(key);
      event.preventDefault();
      return true;
    }
    const index = line.keys.indexOf(key);
    if (index < 0 || (event.repeat && !line.repeat)) continue;
    if (handler({ event, index }) === false) continue;
    event.preventDefault();
    return true;
  }
  return false;
}

function setPrefix(key: string): void {
  clearTimeout(prefixTimer);
  prefix = key;
  if (key !== '') prefixTimer = setTimeout(() => (prefix = ''), 1500);
}
