import { emit } from '@tauri-apps/api/event';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import App from '../App.svelte';
import { router } from '../router.svelte';
import { fault } from '../state/fault.svelte';
import { wrongs } from '../testing/axe';
import { Desk, refusal } from '../testing/desk';
import { furnish } from '../testing/learner';
import { press } from '../testing/press';

const REPORT = 'Sitwell 0.1.0, linux, src-tauri/src/state.rs:46';

let desk: Desk;

const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

/** A window on Today that hears of a mistake. */
async function met(): Promise<HTMLElement> {
  furnish(desk);
  render(App);
  await screen.findByRole('heading', { name: /Twenty-three days/ });
  await emit('fault', { report: REPORT });
  return screen.findByRole('dialog', { name: 'Sitwell has made a mistake.' });
}

beforeEach(() => {
  desk = new Desk().install();
  fault.dismiss();
  router.replace({ screen: 'today' });
});

it('says what is safe and what to send, and lets the learner go on', async () => {
  const dialog = await met();
  expect(within(dialog).getByText(/shown as chosen or graded is kept/)).toBeTruthy();
  expect(within(dialog).getByText(REPORT)).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await press('Escape');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.getByRole('heading', { name: /Twenty-three days/ })).toBeTruthy();
});

it('tells of the first mistake until that is read, and of the next one after it', async () => {
  await met();
  await emit('fault', { report: 'Sitwell 0.1.0, linux, elsewhere.rs:1' });
  expect(screen.getByText(REPORT)).toBeTruthy();
  await click('Go on');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await emit('fault', { report: 'Sitwell 0.1.0, linux, elsewhere.rs:2' });
  await screen.findByText(/elsewhere\.rs:2/);
});

it('copies the line to send', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
  await met();
  await click('Copy the line');
  await waitFor(() => expect(writeText).toHaveBeenCalledWith(REPORT));
  await screen.findByText('Copied.');
  vi.unstubAllGlobals();
});

it('shows the log and starts anew', async () => {
  desk.also['restart'] = () => null;
  await met();
  await click('Show the log');
  await waitFor(() => expect(desk.inputsOf('show_log')).toHaveLength(1));
  desk.also['show_log'] = () => {
    throw refusal('no_file_manager', 'The file manager did not open the folder.');
  };
  await click('Show the log');
  await screen.findByText('The file manager did not open the folder.');
  await click('Start Sitwell anew');
  await waitFor(() => expect(desk.inputsOf('restart')).toHaveLength(1));
});
