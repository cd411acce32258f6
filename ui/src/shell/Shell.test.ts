import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../router.svelte';
import { help } from '../state/help.svelte';
import { incoming } from '../state/incoming.svelte';
import { learner } from '../state/learner.svelte';
import { preferences } from '../state/preferences.svelte';
import { wrongs } from '../testing/axe';
import { Cards, cards } from '../testing/cards';
import { Desk } from '../testing/desk';
import { furnish, retired, running, today } from '../testing/learner';
import { press } from '../testing/press';
import Shell from './Shell.svelte';

const children = createRawSnippet(() => ({ render: () => '<h1>A page</h1>' }));
let desk: Desk;

async function open(view = today()): Promise<void> {
  furnish(desk, view);
  await learner.load();
  render(Shell, { children });
  await screen.findByText('MLS-C01');
}

const field = () => screen.getByRole('combobox');
const options = () => screen.queryAllByRole('option').map((option) => option.textContent?.trim());

beforeEach(() => {
  desk = new Desk().install();
  help.close();
  router.replace({ screen: 'today' });
});

describe('the rail', () => {
  it('leads only to what there is, and marks where one is', async () => {
    await open();
    const rail = screen.getByRole('navigation', { name: 'Main' });
    const places = within(rail)
      .getAllByRole('button')
      .map((button) => button.querySelector('.words')?.textContent?.trim());
    expect(places).toEqual([
      'Search or go to',
      'Today',
      'Study',
      'Exams',
      'Forecast',
      'Library',
      'Browse',
      'Statistics',
      'Settings',
    ]);
    expect(screen.getByRole('button', { name: 'Today' }).getAttribute('aria-current')).toBe('page');

    await fireEvent.click(screen.getByRole('button', { name: 'Exams' }));
    expect(router.route).toEqual({ screen: 'exams' });
  });

  it('counts the cards that wait beside Study', async () => {
    furnish(desk);
    new Cards(cards(26)).teach(desk);
    render(Shell, { children });
    const button = await screen.findByRole('button', { name: 'Study, 26 cards' });
    expect(button.textContent).toMatch(/26/);
    await fireEvent.click(button);
    expect(router.route).toEqual({ screen: 'study' });
  });

  it('keeps Exams marked on a result', async () => {
    router.replace({ screen: 'results', sitting: 'sitting-4' });
    await open();
    expect(screen.getByRole('button', { name: 'Exams' }).getAttribute('aria-current')).toBe('page');
  });

  it('shows the exam, its day and the days left', async () => {
    await open();
    expect(screen.getByText('Wednesday 17 December')).toBeTruthy();
    expect(screen.getByText('23 days')).toBeTruthy();
    expect(screen.queryByText('Practice goal')).toBeNull();
  });

  it('calls the day of a retired exam a goal', async () => {
    await open(today({ exam: retired() }));
    expect(screen.getByText('Practice goal')).toBeTruthy();
  });

  it('goes by keys', async () => {
    await open();
    await press('G');
    await press('E');
    expect(router.route.screen).toBe('exams');
    await press('G');
    await press('S');
    expect(router.route.screen).toBe('study');
    await press('G');
    await press('F');
    expect(router.route.screen).toBe('forecast');
    await press('G');
    await press('T');
    expect(router.route.screen).toBe('today');
    await press('G');
    await press('A');
    expect(router.route.screen).toBe('statistics');
    await press('Ctrl+,');
    expect(router.route.screen).toBe('settings');
  });

  it('leaves single letters alone when they are turned off', async () => {
    preferences.show({ ...preferences.now, letter_keys: false });
    await open();
    await press('G');
    await press('E');
    expect(router.route.screen).toBe('today');
  });

  it('is clean for axe', async () => {
    await open();
    expect(await wrongs()).toEqual([]);
  });
});

describe('the palette', () => {
  it('opens, filters, moves and does', async () => {
    await open();
    await press('Ctrl+K');
    expect(document.activeElement?.tagName).not.toBe('BODY');
    await fireEvent.input(field(), { target: { value: 'theme' } });
    expect(options().map((option) => option?.split('  ')[0])).toEqual([
      'Light theme',
      'Dark theme',
      'Theme of the system',
    ]);
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    const chosen = screen.getByRole('option', { selected: true });
    expect(chosen.textContent).toMatch(/Dark theme/);
    expect(field().getAttribute('aria-activedescendant')).toBe(chosen.id);
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(desk.inputsOf('set_preferences')).toHaveLength(1));
    expect(desk.preferences.theme).toBe('dark');
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('lets a file be chosen, and decks be exported', async () => {
    desk.also['choose_file'] = () => '/home/mara/deck.apkg';
    await open();
    await press('Ctrl+K');
    await fireEvent.input(field(), { target: { value: 'import a file' } });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(incoming.paths).toEqual(['/home/mara/deck.apkg']));
    incoming.forget();
    await press('Ctrl+K');
    await fireEvent.input(field(), { target: { value: 'export' } });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(router.route).toEqual({ screen: 'library', exports: true }));
  });

  it('starts a mock, or resumes the one that runs', async () => {
    await open(today({ running: running() }));
    await press('Ctrl+K');
    expect(options()[0]).toMatch(/Resume Mock 5.*1 h 12 min left/);
    expect(options().join()).not.toMatch(/Start a mock/);
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' }));
  });

  it('offers the cards that wait, after a mock that runs', async () => {
    furnish(desk, today({ running: running() }));
    new Cards(cards(26)).teach(desk);
    render(Shell, { children });
    await screen.findByRole('button', { name: 'Study, 26 cards' });
    await press('Ctrl+K');
    expect(options()[0]).toMatch(/Resume Mock 5/);
    expect(options()[1]).toMatch(/Study the cards.*26 cards/);
    await fireEvent.input(field(), { target: { value: 'go study' } });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(router.route).toEqual({ screen: 'study' }));
  });

  it('wraps at its ends', async () => {
    await open();
    await press('Ctrl+K');
    await fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(screen.getByRole('option', { selected: true }).textContent).toMatch(/Show the keys/);
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await waitFor(() => expect(help.screens).toContain('shell'));
    expect(help.screens).not.toContain('palette');
  });

  it('says when nothing matches, and closes on Esc', async () => {
    await open();
    await press('Ctrl+K');
    await fireEvent.input(field(), { target: { value: 'zebra' } });
    expect(screen.getByText(/Nothing matches/)).toBeTruthy();
    await fireEvent.keyDown(field(), { key: 'Escape' });
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('is clean for axe', async () => {
    await open();
    await press('Ctrl+K');
    expect(await wrongs()).toEqual([]);
  });
});
