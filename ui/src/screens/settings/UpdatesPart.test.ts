import type { Channel } from '@tauri-apps/api/core';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import type { UpdateProgress, UpdatesView } from '../../api/client';
import { toast } from '../../components/toast.svelte';
import { newer } from '../../state/newer.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import UpdatesPart from './UpdatesPart.svelte';

const FOUND = { version: '0.2.0', notes: 'Faster search.' };

let desk: Desk;

async function open(parts: Partial<UpdatesView> = {}): Promise<void> {
  let view: UpdatesView = {
    version: '0.1.0',
    can_update: true,
    settings: { automatic: false, checked_ms: null },
    ...parts,
  };
  desk.also['updates'] = () => view;
  desk.also['set_automatic_updates'] = ({ on }) =>
    (view = { ...view, settings: { ...view.settings, automatic: on as boolean } });
  render(UpdatesPart);
  await screen.findByText('Sitwell 0.1.0');
}

beforeEach(() => {
  desk = new Desk().install();
  newer.found = null;
  toast.clear();
});

it('asks for nothing by itself and lets the daily check be turned on', async () => {
  await open();
  expect(screen.getAllByText('Not checked yet.').length).toBeGreaterThan(0);
  const daily = screen.getByRole('switch', { name: 'Check once a day' });
  expect(daily.getAttribute('aria-checked')).toBe('false');
  await fireEvent.click(daily);
  await waitFor(() => expect(daily.getAttribute('aria-checked')).toBe('true'));
  expect(desk.inputsOf('check_for_update')).toEqual([]);
  expect(await wrongs()).toEqual([]);
});

it('shows what is new, how far the download is, and restarts into it', async () => {
  desk.also['check_for_update'] = () => FOUND;
  let finish = () => {};
  desk.also['install_update'] = () => new Promise<null>((done) => (finish = () => done(null)));
  desk.also['restart'] = () => null;
  desk.also['cancel_update'] = () => null;
  await open();
  await fireEvent.click(screen.getByRole('button', { name: 'Check now' }));
  await screen.findByText('Faster search.');
  await fireEvent.click(screen.getByRole('button', { name: 'Install 0.2.0' }));
  await screen.findByRole('button', { name: 'Cancel' });
  const steps = desk.inputsOf('install_update')[0]?.['progress'] as Channel<UpdateProgress>;
  steps.onmessage({ stage: 'download', done: 2_500_000, total: 5_000_000 });
  await screen.findByText('Downloading, 2.5 of 5.0 MB.');
  expect(await wrongs()).toEqual([]);
  steps.onmessage({ stage: 'install' });
  await screen.findByText(/Your system may ask for a password/);
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  finish();
  await fireEvent.click(await screen.findByRole('button', { name: 'Restart Sitwell' }));
  await waitFor(() => expect(desk.inputsOf('restart')).toHaveLength(1));
});

it('says why there is no update, and offers to try again', async () => {
  desk.also['check_for_update'] = () => {
    throw refusal('update_unreachable', 'The update server cannot be reached.');
  };
  await open();
  await fireEvent.click(screen.getByRole('button', { name: 'Check now' }));
  await screen.findByText('The update server cannot be reached.');
  expect(screen.getByRole('button', { name: 'Check now' })).toHaveProperty('disabled', false);
});

it('takes a cancelled download for no error', async () => {
  newer.found = FOUND;
  desk.also['install_update'] = () => {
    throw refusal('update_cancelled', 'The update was cancelled.');
  };
  await open();
  await fireEvent.click(screen.getByRole('button', { name: 'Install 0.2.0' }));
  await waitFor(() => expect(desk.inputsOf('install_update')).toHaveLength(1));
  await screen.findByRole('button', { name: 'Install 0.2.0' });
  expect(screen.queryByRole('alert')).toBeNull();
});

it('offers nothing where a build cannot update itself', async () => {
  await open({ can_update: false });
  expect(screen.getAllByText(/does not update itself/).length).toBeGreaterThan(0);
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.queryByRole('switch')).toBeNull();
});

it('tells of a newer version when the daily check finds one', async () => {
  desk.also['daily_update_check'] = () => FOUND;
  await newer.daily();
  expect(toast.line?.text).toBe('Sitwell 0.2.0 is available, in Settings.');
});
