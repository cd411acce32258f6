import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { help } from '../../state/help.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { exam } from '../../testing/exams';
import { furnish, retired, today } from '../../testing/learner';
import Settings from './Settings.svelte';

let desk: Desk;

async function open(view = today()): Promise<void> {
  furnish(desk, view);
  render(Settings, { route: { screen: 'settings' } });
  await screen.findByText('Sitwell 0.1.0');
}

const chooses = () => desk.inputsOf('choose_exam').map((input) => input['profile']);

beforeEach(() => {
  desk = new Desk().install();
  help.close();
  router.replace({ screen: 'settings' });
});

describe('settings', () => {
  it('change the theme and the text size, and show what was kept', async () => {
    await open();
    await fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
    await fireEvent.click(screen.getByRole('radio', { name: '115%' }));
    await waitFor(() => expect(document.documentElement.style.fontSize).toBe('115%'));
    expect(desk.preferences).toMatchObject({ theme: 'dark', text_size: 115 });
    expect(screen.getByRole('radio', { name: '115%' }).getAttribute('aria-checked')).toBe('true');
  });

  it('turn single-letter keys off and asking on', async () => {
    await open();
    await fireEvent.click(screen.getByRole('switch', { name: 'Single-letter keys' }));
    await fireEvent.click(screen.getByRole('switch', { name: 'Ask how sure you are' }));
    await waitFor(() =>
      expect(desk.preferences).toMatchObject({ letter_keys: false, ask_confidence: true }),
    );
  });

  it('do not show as changed what was not kept', async () => {
    await open();
    desk.before = (command) => {
      if (command === 'set_preferences') throw refusal('collection', 'It could not be kept.');
    };
    await fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    await screen.findByText('It could not be kept.');
    expect(screen.getByRole('radio', { name: 'System' }).getAttribute('aria-checked')).toBe('true');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('change the date, refuse a past one, and clear it', async () => {
    await open();
    const date = screen.getByLabelText('Exam date');
    await fireEvent.change(date, { target: { value: '2025-11-01' } });
    expect(screen.getByText('Choose a day from today on.')).toBeTruthy();
    expect(chooses()).toEqual([]);
    await fireEvent.change(date, { target: { value: '2025-12-20' } });
    await waitFor(() => expect(chooses()).toEqual([{ exam: 'MLS-C01', exam_date: '2025-12-20' }]));
    await screen.findByText('Saturday 20 December.');
    await fireEvent.click(screen.getByRole('button', { name: 'Clear the date' }));
    await waitFor(() => expect(chooses().at(-1)).toEqual({ exam: 'MLS-C01', exam_date: null }));
    await screen.findByText('Not set.');
  });

  it('offer another exam only where it has questions', async () => {
    furnish(desk);
    await open();
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('change the exam', async () => {
    furnish(desk);
    const exams = [...desk.exams, exam({ code: 'AIF-C01', title: 'AI Practitioner' })];
    desk.also['exams'] = () => exams;
    render(Settings, { route: { screen: 'settings' } });
    const choice = await screen.findByRole('combobox', { name: 'What you prepare for' });
    await fireEvent.change(choice, { target: { value: 'AIF-C01' } });
    await waitFor(() => expect(chooses()).toEqual([{ exam: 'AIF-C01', exam_date: '2025-12-17' }]));
  });

  it('call the date of a retired exam a goal, and say what came after', async () => {
    await open(today({ exam: retired() }));
    expect(screen.getByLabelText('Practice goal')).toBeTruthy();
    expect(screen.getByText(/Its successor is/)).toBeTruthy();
  });

  it('say what this is, where it keeps things, and that it sends nothing', async () => {
    await open();
    expect(screen.getByText(/collection\.sitwell$/)).toBeTruthy();
    expect(screen.getByText(/no telemetry/)).toBeTruthy();
  });

  it('say where the log is and show its folder', async () => {
    await open();
    expect(screen.getByText(/app\.sitwell\.desktop\/logs$/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Show the log' }));
    await waitFor(() => expect(desk.inputsOf('show_log')).toHaveLength(1));
    desk.also['show_log'] = () => {
      throw refusal('no_file_manager', 'The file manager did not open the folder.');
    };
    await fireEvent.click(screen.getByRole('button', { name: 'Show the log' }));
    await screen.findByText('The file manager did not open the folder.');
  });

  it('list the keys', async () => {
    await open();
    await fireEvent.click(screen.getByRole('button', { name: /Show the keys/ }));
    expect(help.screens).not.toBeNull();
  });

  it('are clean for axe', async () => {
    await open();
    expect(await wrongs()).toEqual([]);
  });
});
