import { fireEvent } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { catchLink, links } from './links.svelte';

beforeEach(() => {
  links.close();
  document.body.innerHTML =
    '<p class="rich">See <a href="https://example.com/a"><em>the guide</em></a>.</p>';
  document.addEventListener('click', catchLink);
});

afterEach(() => document.removeEventListener('click', catchLink));

it('asks about a link instead of leaving the window', async () => {
  const went = await fireEvent.click(document.querySelector('em') as Element);
  expect(went).toBe(false);
  expect(links.asked).toEqual({ title: 'the guide', url: 'https://example.com/a' });
});

it('lets every other click be', async () => {
  const went = await fireEvent.click(document.querySelector('p') as Element);
  expect(went).toBe(true);
  expect(links.asked).toBe(null);
});
