import type { Channel } from '@tauri-apps/api/core';
import { emit } from '@tauri-apps/api/event';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import App from '../App.svelte';
import { toast } from '../components/toast.svelte';
import { router, type Route } from '../router.svelte';
import { incoming } from '../state/incoming.svelte';
import { wrongs } from '../testing/axe';
import { Desk } from '../testing/desk';
import { Door } from '../testing/import';
import { furnish } from '../testing/learner';
import { Shelf } from '../testing/library';
import { press } from '../testing/press';

let desk: Desk;

async function open(route: Route = { screen: 'library' }): Promise<void> {
  toast.clear();
  incoming.forget();
  furnish(desk);
  new Shelf().teach(desk);
  new Door().teach(desk);
  router.replace(route);
  render(App);
  await waitFor(() => expect(desk.inputsOf('files_to_open')).toHaveLength(1));
  // The window listens one event after the other; that of leaving is the last.
  await waitFor(async () => {
    await hold();
    expect(target()).toBeTruthy();
  });
  await waitFor(async () => {
    await emit('tauri://drag-leave', {});
    expect(target()).toBeNull();
  });
}

const at = { x: 10, y: 10 };
const target = () => screen.queryByText('Drop to see what is in it');
const hold = () => emit('tauri://drag-enter', { paths: ['/home/mara/deck.apkg'], position: at });
const drop = (...paths: string[]) => emit('tauri://drag-drop', { paths, position: at });
const system = (path: string) =>
  (desk.inputsOf('files_to_open')[0]?.['files'] as Channel<string>).onmessage(path);
const read = () => desk.inputsOf('preview_import').map((input) => input['path']);

beforeEach(() => {
  desk = new Desk().install();
});

it('shows where a file can be dropped while it is held over the window', async () => {
  await open();
  await hold();
  await waitFor(() => expect(target()).toBeTruthy());
  expect(await wrongs()).toEqual([]);
  await emit('tauri://drag-leave', {});
  await waitFor(() => expect(target()).toBeNull());
  expect(router.route.screen).toBe('library');
});

it('shows what is in a dropped file', async () => {
  await open();
  await drop('/home/mara/deck.apkg');
  await screen.findByRole('heading', { level: 1, name: /^312 cards to import/ });
  expect(read()).toEqual(['/home/mara/deck.apkg']);
});

it('takes another file in place of the one that is looked at', async () => {
  await open();
  await drop('/home/mara/deck.apkg');
  await screen.findByRole('heading', { level: 1, name: /^312 cards to import/ });
  await drop('/home/mara/other.apkg');
  await waitFor(() => expect(read()).toEqual(['/home/mara/deck.apkg', '/home/mara/other.apkg']));
  expect(desk.inputsOf('cancel_import')).toEqual([]);
});

it('shows files that the system asks to open, one after the other', async () => {
  await open({ screen: 'today' });
  system('/home/mara/deck.apkg');
  await screen.findByRole('heading', { level: 1, name: /^312 cards to import/ });
  expect(read()).toEqual(['/home/mara/deck.apkg']);
});

it('leads from one of several dropped files to the next', async () => {
  await open();
  await drop('/home/mara/deck.apkg', '/home/mara/other.apkg');
  await screen.findByRole('heading', { level: 1, name: /^312 cards to import/ });
  await press('Ctrl+Enter');
  await fireEvent.click(await screen.findByRole('button', { name: 'Next file: other.apkg' }));
  await waitFor(() => expect(read()).toEqual(['/home/mara/deck.apkg', '/home/mara/other.apkg']));
});

it('does not take an exam away, and shows the file when that is left', async () => {
  const sitting = desk.begin();
  await open({ screen: 'exam', sitting: sitting.id });
  system('/home/mara/deck.apkg');
  await screen.findByText('deck.apkg waits until you leave this screen.');
  expect(router.route.screen).toBe('exam');
  router.go({ screen: 'today' });
  await waitFor(() => expect(read()).toEqual(['/home/mara/deck.apkg']));
});
