import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { expect } from 'vitest';
import App from '../App.svelte';
import { toast } from '../components/toast.svelte';
import { router, type Route } from '../router.svelte';
import { last } from '../screens/browse/last';
import type { Desk } from './desk';
import { furnish } from './learner';
import { Shelf } from './library';
import type { Notes } from './notes';

/** Opens Browse in its window, for the toast is part of it. */
export async function openBrowse(
  desk: Desk,
  notes: Notes,
  route: Extract<Route, { screen: 'browse' }> = { screen: 'browse' },
): Promise<Shelf> {
  toast.clear();
  furnish(desk);
  const shelf = new Shelf().teach(desk);
  notes.teach(desk);
  last.query = '';
  last.order = { column: 'due', descending: false };
  last.drafts.clear();
  last.writing = null;
  router.replace(route);
  render(App);
  await screen.findByRole('searchbox');
  return shelf;
}

export const field = () => screen.getByRole<HTMLInputElement>('searchbox');
export const grid = () => screen.getByRole('grid');
/** The rows drawn, without the head. */
export const lines = () =>
  screen.getAllByRole('row').filter((row) => row.getAttribute('aria-rowindex') !== '1');
export const chosen = () =>
  lines()
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map((row) => Number(row.getAttribute('aria-rowindex')) - 1);
export const pane = () => screen.queryByRole('complementary', { name: 'Editor' });

/** The place of the current row, from 1. */
export function current(): number | null {
  const id = grid().getAttribute('aria-activedescendant');
  const row = id === null ? null : document.getElementById(id);
  return row ? Number(row.getAttribute('aria-rowindex')) - 1 : null;
}

/** Waits until so many rows were found. */
export const counted = (count: string) =>
  waitFor(() => expect(screen.getByText(count)).toBeTruthy());

export async function write(element: HTMLElement, text: string): Promise<void> {
  element.focus();
  await fireEvent.input(element, { target: { value: text } });
}
