import { render, screen, waitFor } from '@testing-library/svelte';
import { expect } from 'vitest';
import App from '../App.svelte';
import { toast } from '../components/toast.svelte';
import { router } from '../router.svelte';
import type { Cards } from './cards';
import type { Desk } from './desk';
import { furnish } from './learner';

/** The fronts of the first two cards. */
export const FIRST = /automatic model tuning/;
export const SECOND = /12,000 distinct values/;

/** Opens study in its window, for the toast is part of it. */
export async function openStudy(desk: Desk, known: Cards): Promise<void> {
  toast.clear();
  furnish(desk);
  known.teach(desk);
  router.replace({ screen: 'study' });
  render(App);
  await screen.findByRole('main');
}

export const front = () => screen.queryByRole('region', { name: 'Card' })?.textContent ?? '';
export const answer = () => screen.queryByRole('region', { name: 'Answer' });
export const button = (name: RegExp) => screen.getByRole('button', { name });
/** Waits for a front. */
export const on = (text: RegExp) => waitFor(() => expect(front()).toMatch(text));
