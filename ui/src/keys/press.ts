/** Keys as the table writes them, and as people read them. */

const NAMES: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  ' ': 'Space',
};

export const mac = /mac/i.test(globalThis.navigator?.platform ?? '');

/** The pressed key as the table writes it: `Ctrl+Enter`, `Shift+A`, `?`. */
export function written(event: KeyboardEvent): string {
  let key = event.key;
  // On a keyboard of another script the place of the key stands for its letter.
  if (key.length === 1 && key.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(event.code)) {
    key = event.code.slice(3);
  }
  const letter = /^[a-z]$/i.test(key);
  if (letter) key = key.toUpperCase();
  const parts: string[] = [];
  if (mac ? event.metaKey : event.ctrlKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // A sign such as `?` needs Shift on some keyboards only, so there it says nothing.
  if (event.shiftKey && (letter || key.length > 1)) parts.push('Shift');
  return [...parts, key].join('+');
}

/**
 * Whether a key is a character alone: what WCAG 2.1.4 wants to be able to turn off. Space is none
 * of the letters, digits and signs that it speaks of.
 */
export function isCharacter(key: string): boolean {
  if (key === ' ') return false;
  if (key.includes(' ')) return key.split(' ').every(isCharacter);
  return key.replace(/^Shift\+/, '').length === 1;
}

/** A key as it is printed on a control: `Ctrl Enter`, `→`. */
export function printed(key: string): string {
  return key
    .split('+')
    .map((part) => (part === 'Ctrl' && mac ? 'Cmd' : (NAMES[part] ?? part)))
    .join(' ');
}

/** A key as `aria-keyshortcuts` wants it. */
export function announced(key: string): string {
  return key.replace('Ctrl', mac ? 'Meta' : 'Control').replace(/^ $/, 'Space');
}
