import { fireEvent } from '@testing-library/svelte';

/** Presses a key as the table writes it, where the focus is: `A`, `Shift+B`, `Ctrl+Enter`. */
export async function press(written: string): Promise<void> {
  const parts = written.split('+');
  const key = parts.at(-1) ?? '';
  const shiftKey = parts.includes('Shift');
  await fireEvent.keyDown(document.activeElement ?? document.body, {
    key: shiftKey || key.length > 1 ? key : key.toLowerCase(),
    ctrlKey: parts.includes('Ctrl'),
    shiftKey,
  });
}
