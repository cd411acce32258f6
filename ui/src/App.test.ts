import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import App from './App.svelte';
import { router } from './router.svelte';
import { wrongs } from './testing/axe';
import { Desk } from './testing/desk';
import { furnish, nobody } from './testing/learner';
import { press } from './testing/press';

let desk: Desk;

beforeEach(() => {
  desk = new Desk().install();
  router.replace({ screen: 'today' });
});

describe('the window', () => {
  it('opens on Today', async () => {
    furnish(desk);
    render(App);
    await screen.findByRole('heading', { name: /Twenty-three days/ });
    expect(screen.getByRole('navigation', { name: 'Main' })).toBeTruthy();
  });

  it('opens on the welcome the first time, without a rail before it', async () => {
    furnish(desk, nobody());
    render(App);
    expect(screen.queryByRole('navigation')).toBeNull();
    await screen.findByRole('heading', { name: 'Know whether you are ready.' });
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  it('keeps the rail while screens change', async () => {
    furnish(desk);
    render(App);
    await screen.findByRole('heading', { name: /Twenty-three days/ });
    const rail = screen.getByRole('navigation', { name: 'Main' });
    await press('G');
    await press('E');
    await screen.findByRole('heading', { name: 'Exams' });
    expect(screen.getByRole('navigation', { name: 'Main' })).toBe(rail);
  });

  it('steps through the text sizes and stops at the ends', async () => {
    furnish(desk);
    render(App);
    await screen.findByRole('heading', { name: /Twenty-three days/ });
    const size = async (key: string, wanted: number) => {
      await press(key);
      await waitFor(() => expect(desk.preferences.text_size).toBe(wanted));
    };
    await size('Ctrl+=', 115);
    await size('Ctrl+=', 130);
    await size('Ctrl+=', 130);
    await size('Ctrl+-', 115);
    await size('Ctrl+-', 100);
    await size('Ctrl+-', 90);
    await size('Ctrl+-', 90);
  });

  it('lists the keys of the screen on ?', async () => {
    furnish(desk);
    render(App);
    await screen.findByRole('heading', { name: /Twenty-three days/ });
    await press('?');
    const dialog = screen.getByRole('dialog', { name: 'Keys' });
    expect(dialog.textContent).toMatch(/On Today/);
    expect(dialog.textContent).toMatch(/G T/);
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  describe('a reference', () => {
    const url =
      'https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-early-stopping.html';

    async function follow(): Promise<HTMLElement> {
      furnish(desk);
      router.replace({ screen: 'explanation', sitting: 'sitting-4', position: 40 });
      render(App);
      const link = await screen.findByRole('button', { name: /Stop training jobs early/ });
      await fireEvent.click(link);
      return screen.getByRole('dialog', { name: 'Open this page in your browser?' });
    }

    it('shows its whole address and stays when told to', async () => {
      const dialog = await follow();
      expect(dialog.textContent).toContain(url);
      expect(await wrongs()).toEqual([]);
      await fireEvent.click(within(dialog).getByRole('button', { name: 'Stay here' }));
      expect(screen.queryByRole('dialog')).toBeNull();
      expect(desk.inputsOf('open_reference')).toEqual([]);
    });

    it('opens once confirmed', async () => {
      const dialog = await follow();
      await fireEvent.click(within(dialog).getByRole('button', { name: 'Open in the browser' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(desk.inputsOf('open_reference')).toEqual([{ url }]);
    });
  });
});
