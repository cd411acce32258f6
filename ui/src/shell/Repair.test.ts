import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import App from '../App.svelte';
import { toast } from '../components/toast.svelte';
import { router } from '../router.svelte';
import { safety } from '../state/safety.svelte';
import { page } from '../state/window';
import { wrongs } from '../testing/axe';
import { backups, damage } from '../testing/backups';
import { Desk, refusal } from '../testing/desk';
import { furnish } from '../testing/learner';
import Repair from './Repair.svelte';

let desk: Desk;

const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  desk = new Desk().install();
  safety.damaged = false;
  toast.clear();
  router.replace({ screen: 'today' });
});

it('takes the place of every screen when a command finds the collection damaged', async () => {
  furnish(desk);
  desk.also['today'] = () => {
    throw refusal('collection_damaged', 'The collection is damaged.');
  };
  desk.also['damage'] = () => damage();
  render(App);
  await screen.findByRole('heading', { name: 'Your collection is damaged.' });
  expect(screen.queryByRole('navigation')).toBeNull();
});

it('tells what would be gone, restores the newest sound backup and goes on', async () => {
  const reload = vi.spyOn(page, 'reload').mockImplementation(() => {});
  desk.also['damage'] = () => damage();
  desk.also['restore_newest'] = () => '/home/mara/collection-damaged-1.sitwell';
  render(Repair);
  await screen.findByText(/After it came 34 answers to cards, which would be gone/);
  expect(screen.getByText(/1 newer backup cannot be used/)).toBeTruthy();
  expect(screen.getByText(/btreeInitPage/)).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await click('Restore this backup');
  await screen.findByRole('heading', { name: 'Your collection is open again.' });
  expect(screen.getByText('/home/mara/collection-damaged-1.sitwell')).toBeTruthy();
  await click('Go on');
  expect(reload).toHaveBeenCalledOnce();
});

it('asks before it starts anew where there is no sound backup', async () => {
  desk.also['damage'] = () => damage({ backup: null, reviews_since: null, sittings_since: null });
  desk.also['start_anew'] = () => '/home/mara/collection-damaged-1.sitwell';
  render(Repair);
  await screen.findByText(/There is no sound backup/);
  expect(screen.queryByRole('button', { name: 'Restore this backup' })).toBeNull();
  await click('Start with an empty collection');
  expect(desk.inputsOf('start_anew')).toHaveLength(0);
  await click('Start empty');
  await screen.findByRole('heading', { name: 'Your collection is open again.' });
});

it('says why a repair did not work and leaves the choice', async () => {
  desk.also['damage'] = () => damage();
  desk.also['restore_newest'] = () => {
    throw refusal('no_backup', 'The disk is full.');
  };
  render(Repair);
  await screen.findByText(/After it came/);
  await click('Restore this backup');
  await screen.findByText('The disk is full.');
  expect(screen.getByRole('button', { name: 'Restore this backup' })).toHaveProperty(
    'disabled',
    false,
  );
});

it('says so when nothing is wrong after all', async () => {
  desk.also['damage'] = () => damage({ faults: [] });
  render(Repair);
  await screen.findByRole('heading', { name: 'Nothing is wrong with your collection now.' });
  expect(screen.queryByRole('button', { name: 'Start with an empty collection' })).toBeNull();
});

it('makes the backup of the day by itself and tells once that it failed', async () => {
  furnish(desk);
  desk.also['daily_backup'] = () => backups({ failure: 'the disk is full' });
  render(App);
  await waitFor(() => expect(desk.inputsOf('daily_backup')).toHaveLength(1));
  await waitFor(() =>
    expect(toast.line?.text).toBe('Today’s backup was not made. Settings says why.'),
  );
  toast.clear();
  await safety.daily();
  expect(toast.line).toBeNull();
});
