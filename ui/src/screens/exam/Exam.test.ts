import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { preferences } from '../../state/preferences.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { press } from '../../testing/press';
import { setWidth } from '../../testing/window';
import Exam from './Exam.svelte';

let desk: Desk;

async function enter(position = 0): Promise<void> {
  render(Exam, { route: { screen: 'exam', sitting: 'sitting-4', position } });
  await screen.findByRole('heading', { name: `Question ${position + 1} of 65` });
}

function option(letter: string): HTMLElement {
  const name = new RegExp(`^${letter}\\.`);
  return screen.queryByRole('radio', { name }) ?? screen.getByRole('checkbox', { name });
}

const chosen = (letter: string) => option(letter).getAttribute('aria-checked') === 'true';

beforeEach(() => {
  desk = new Desk().install();
  desk.begin();
});

describe('choosing', () => {
  it('takes letters and digits', async () => {
    await enter();
    await press('B');
    await waitFor(() => expect(chosen('B')).toBe(true));
    await press('3');
    await waitFor(() => expect(chosen('C')).toBe(true));
    expect(chosen('B')).toBe(false);
    expect(desk.inputsOf('choose')).toEqual([
      { id: 'sitting-4', position: 0, options: [1] },
      { id: 'sitting-4', position: 0, options: [2] },
    ]);
  });

  it('shows an answer only when it is kept', async () => {
    await enter();
    let keep = () => {};
    desk.before = (command) =>
      command === 'choose' ? new Promise<void>((resolve) => (keep = resolve)) : undefined;
    await press('A');
    await waitFor(() => expect(desk.inputsOf('choose')).toHaveLength(1));
    expect(chosen('A')).toBe(false);
    keep();
    await waitFor(() => expect(chosen('A')).toBe(true));
  });

  it('loses nothing of what is typed quickly', async () => {
    await enter();
    desk.before = () => new Promise((resolve) => setTimeout(resolve, 5));
    for (const key of ['A', 'M', 'ArrowRight', 'A', 'C', 'ArrowRight', 'D']) await press(key);
    await screen.findByRole('heading', { name: 'Question 3 of 65' });
    await waitFor(() => expect(chosen('D')).toBe(true));
    const sitting = desk.sittings.get('sitting-4');
    const answers = sitting?.questions.slice(0, 3).map((question) =>
      question.options
        .filter((one) => one.chosen)
        .map((one) => one.letter)
        .join(''),
    );
    expect(answers).toEqual(['A', 'AC', 'D']);
    expect(sitting?.questions[0]?.flagged).toBe(true);
  });

  it('does nothing on letters when single keys are off', async () => {
    preferences.show({ ...preferences.now, letter_keys: false });
    await enter();
    await press('B');
    await press('2');
    await press('ArrowRight');
    await screen.findByRole('heading', { name: 'Question 2 of 65' });
    expect(desk.inputsOf('choose')).toEqual([]);
    expect(screen.queryByText('M')).toBeNull();
  });

  it('moves among radios without choosing and chooses with Space', async () => {
    await enter();
    option('A').focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(option('B'));
    expect(desk.inputsOf('choose')).toEqual([]);
    await press(' ');
    await waitFor(() => expect(chosen('B')).toBe(true));
    expect(option('B').tabIndex).toBe(0);
    expect(option('A').tabIndex).toBe(-1);
  });
});

describe('a question that asks for two', () => {
  it('counts, refuses a third and lets one be cleared', async () => {
    await enter(1);
    await press('A');
    await press('C');
    await screen.findByText('2 of 2 selected.');
    await press('E');
    await screen.findByText(/You have chosen two already/);
    expect(chosen('E')).toBe(false);
    expect(desk.inputsOf('choose')).toHaveLength(2);
    await press('A');
    await screen.findByText('1 of 2 selected.');
    await press('E');
    await waitFor(() => expect(chosen('E')).toBe(true));
  });
});

describe('striking out', () => {
  it('strikes with Shift and restores with the button beside the radio', async () => {
    await enter();
    await press('Shift+A');
    const restore = await screen.findByRole('button', { name: 'Restore A' });
    expect(option('A').contains(restore)).toBe(false);
    expect(option('A').textContent).toContain('Struck out.');
    await fireEvent.click(restore);
    await screen.findByRole('button', { name: 'Strike out A' });
  });
});

describe('trouble', () => {
  it('keeps the earlier state, says what happened and tries again', async () => {
    await enter();
    await press('A');
    await waitFor(() => expect(chosen('A')).toBe(true));
    desk.before = (command) => {
      if (command === 'choose') throw refusal('collection', 'The disk is full.');
    };
    await press('B');
    await press('M');
    await screen.findByRole('alert');
    expect(screen.getByText('The disk is full.')).toBeTruthy();
    expect(chosen('A')).toBe(true);
    expect(desk.inputsOf('flag')).toHaveLength(0);
    desk.before = () => {};
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(chosen('B')).toBe(true));
    await screen.findByRole('button', { name: /^Flagged/ });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('goes to the result when the sitting turns out to be over', async () => {
    await enter();
    const sitting = desk.sittings.get('sitting-4');
    if (sitting) sitting.state = 'ended';
    await press('A');
    await waitFor(() => expect(router.route).toEqual({ screen: 'results', sitting: 'sitting-4' }));
  });
});

describe('moving', () => {
  it('puts reading at the head of the new question', async () => {
    await enter();
    await press('ArrowRight');
    const heading = await screen.findByRole('heading', { name: 'Question 2 of 65' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it('goes from the last question to the review screen', async () => {
    await enter(64);
    await press('ArrowRight');
    await waitFor(() =>
      expect(router.route).toEqual({ screen: 'exam-review', sitting: 'sitting-4' }),
    );
  });

  it('opens questions from the navigator', async () => {
    await enter();
    await press('N');
    expect(document.activeElement?.textContent?.trim()).toBe('1');
    await press('ArrowDown');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Question 6, not yet seen');
    await fireEvent.click(document.activeElement as Element);
    await screen.findByRole('heading', { name: 'Question 6 of 65' });
  });

  it('keeps the navigator in a drawer when the window is narrow', async () => {
    setWidth(900);
    await enter();
    expect(screen.queryByRole('button', { name: /^Question 9,/ })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: /^Questions/ }));
    const drawer = await screen.findByRole('dialog', { name: 'Question navigator' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Question 1, unanswered');
    await press('B');
    expect(desk.inputsOf('choose')).toEqual([]);
    await fireEvent.click(within(drawer).getByRole('button', { name: /^Question 9,/ }));
    await screen.findByRole('heading', { name: 'Question 9 of 65' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('how sure', () => {
  it('is asked only when the preference says so', async () => {
    await enter();
    expect(screen.queryByRole('radiogroup', { name: 'How sure are you' })).toBeNull();
    await press('8');
    expect(desk.inputsOf('sure')).toEqual([]);
  });

  it('takes 7, 8 and 9 and takes back what is said twice', async () => {
    preferences.show({ ...preferences.now, ask_confidence: true });
    await enter();
    await press('8');
    await waitFor(() =>
      expect(screen.getByRole('radio', { name: /^Fairly/ }).ariaChecked).toBe('true'),
    );
    await press('8');
    await waitFor(() =>
      expect(desk.inputsOf('sure').map((input) => input['confidence'])).toEqual(['fairly', null]),
    );
  });
});

it('has nothing that axe objects to', async () => {
  preferences.show({ ...preferences.now, ask_confidence: true });
  await enter(1);
  await press('A');
  await press('Shift+B');
  await screen.findByRole('button', { name: 'Restore B' });
  expect(await wrongs()).toEqual([]);
});
