import { configure } from '@testing-library/svelte';
import { beforeEach } from 'vitest';
import { preferences } from '../state/preferences.svelte';
import { setWidth } from './window';

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 5000 });

// jsdom knows <dialog> but cannot open one over the rest.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};

// Svelte asks for the wish for less motion when it is loaded.
setWidth(1280);

// jsdom lays nothing out, so nothing ever changes its size.
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

beforeEach(() => {
  setWidth(1280);
  preferences.show({ theme: 'system', text_size: 100, letter_keys: true, ask_confidence: false });
});
