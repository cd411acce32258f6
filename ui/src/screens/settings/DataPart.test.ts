import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { toast } from '../../components/toast.svelte';
import { page } from '../../state/window';
import { wrongs } from '../../testing/axe';
import { backup, backups, keepBackups, preview } from '../../testing/backups';
import { Desk, refusal } from '../../testing/desk';
import { press } from '../../testing/press';
import DataPart from './DataPart.svelte';

let desk: Desk;

async function open(view = backups()): Promise<void> {
  keepBackups(desk, view);
  render(DataPart);
  await screen.findByText('Back up');
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const click = (name: string | RegExp) => fireEvent.click(button(name));

beforeEach(() => {
  desk = new Desk().install();
  toast.clear();
});

it('says when the last backup was made, where they are, and how many are kept', async () => {
  await open();
  expect(screen.getByText(/^Last backup .*, 14\.2 MB\. Sitwell makes one each day/)).toBeTruthy();
  expect(screen.getByText('/home/mara/.local/share/sitwell/backups')).toBeTruthy();
  expect(await wrongs()).toEqual([]);
});

it('makes a backup, and one in a file that the learner names', async () => {
  desk.also['back_up'] = () => backups();
  desk.also['choose_target'] = () => '/media/stick/mine.sitwell';
  await open(backups({ backups: [] }));
  expect(screen.getByText(/^There is no backup yet/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show folder' })).toBeNull();
  await click('Back up now');
  await screen.findByText(/^Last backup/);
  expect(toast.line?.text).toBe('Backed up and read back, 14.2 MB.');
  await click('Choose where');
  await waitFor(() =>
    expect(desk.inputsOf('back_up').map(({ path }) => path)).toEqual([
      null,
      '/media/stick/mine.sitwell',
    ]),
  );
});

it('tells of a backup of the day that failed, and makes it when asked', async () => {
  desk.also['back_up'] = () => backups();
  await open(backups({ failure: 'the disk is full' }));
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('Today’s backup was not made: the disk is full.');
  await fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

it('says why a backup was not made', async () => {
  desk.also['back_up'] = () => {
    throw refusal('no_backup', 'No backup was made: the disk is full.');
  };
  await open();
  await click('Back up now');
  await screen.findByText('No backup was made: the disk is full.');
  expect(button('Back up now')).toHaveProperty('disabled', false);
});

it('exports everything and says what and where', async () => {
  desk.also['choose_target'] = () => '/home/mara/all.zip';
  desk.also['export_everything'] = () => ({
    path: '/home/mara/all.zip',
    bytes: 3_100_000,
    decks: 2,
    cards: 1214,
    reviews: 3110,
    sittings: 1,
    left_out: [],
  });
  await open();
  await click('Export');
  const told = '1,214 cards, 3,110 answers to cards and 1 paper are in /home/mara/all.zip, 3.1 MB.';
  expect((await screen.findAllByText(told)).length).toBeGreaterThan(0);
});

it('shows what a restore would change, restores, and begins anew', async () => {
  const reload = vi.spyOn(page, 'reload').mockImplementation(() => {});
  await open();
  await click('Choose a backup');
  const dialog = screen.getByRole('dialog', { name: 'Which backup?' });
  expect(within(dialog).getAllByRole('listitem')).toHaveLength(3);
  expect(dialog.textContent).toContain('Made by you · 14.2 MB · 1,214 cards');
  expect(await wrongs()).toEqual([]);
  await click(/Made by you/);
  await screen.findByRole('dialog', { name: /^Restore the backup of / });
  expect(desk.inputsOf('preview_restore')[0]?.['path']).toBe(backup(26, { kind: 'manual' }).path);
  const lines = screen.getAllByRole('listitem').map((line) => line.textContent);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^34 answers to cards, 22 Nov.* to 23 Nov/);
  expect(lines[1]).toMatch(/^1 paper as far as it came, 22 Nov/);
  expect(lines[2]).toMatch(/^2 cards of your own decks, 22 Nov/);
  expect(screen.getByText('1 setting would be as in the backup.')).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await click('Restore it');
  await screen.findByRole('dialog', { name: 'Restored' });
  expect(reload).not.toHaveBeenCalled();
  await click('Go on');
  expect(reload).toHaveBeenCalledOnce();
});

it('restores nothing that was only looked at', async () => {
  await open();
  await click('Choose a backup');
  await click(/Made by you/);
  await screen.findByText('Restore it');
  await click('Choose another');
  await screen.findByRole('dialog', { name: 'Which backup?' });
  await click(/Made by you/);
  await screen.findByText('Restore it');
  await press('Escape');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(desk.inputsOf('cancel_restore')).toHaveLength(2);
  expect(desk.inputsOf('restore')).toHaveLength(0);
});

it('takes a file from elsewhere, and says why it is no backup', async () => {
  await open(backups({ backups: [] }));
  desk.also['choose_file'] = () => '/home/mara/notes.txt';
  desk.also['preview_restore'] = () => {
    throw refusal('not_a_backup', '/home/mara/notes.txt is no backup of Sitwell.');
  };
  await click('Choose a backup');
  await click('Another file');
  await screen.findByText('/home/mara/notes.txt is no backup of Sitwell.');
  desk.also['preview_restore'] = () => preview({ same: true });
  await click('Another file');
  await screen.findByText(/It holds the same as your collection/);
});
