import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { preferences } from '../../state/preferences.svelte';
import { wrongs } from '../../testing/axe';
import { Desk } from '../../testing/desk';
import { matchAt, orderAt, SCENARIO } from '../../testing/paper';
import { press } from '../../testing/press';
import Exam from './Exam.svelte';

let desk: Desk;

async function enter(position: number): Promise<void> {
  render(Exam, { route: { screen: 'exam', sitting: 'sitting-4', position } });
  await screen.findByRole('heading', { name: `Question ${position + 1} of 65` });
}

const response = (letter: string) =>
  screen.getByRole('button', { name: new RegExp(`^${letter}\\.`) });
const status = () => screen.getAllByRole('status').map((one) => one.textContent?.trim());
const sent = () => desk.inputsOf('arrange').map((input) => input['responses']);
const prompt = (words: RegExp) => screen.getByRole<HTMLSelectElement>('combobox', { name: words });

beforeEach(() => {
  desk = new Desk().install();
  const sitting = desk.begin();
  sitting.questions[0] = orderAt(0);
  sitting.questions[1] = matchAt(1);
  for (const place of [2, 3]) {
    const question = sitting.questions[place];
    if (question) question.case_html = SCENARIO;
  }
});

describe('an order', () => {
  it('places responses by letters, in the order they are pressed', async () => {
    await enter(0);
    await press('C');
    await press('A');
    await screen.findByText('2 of 3 placed.');
    expect(response('C').textContent).toContain('In place 1 of 3.');
    await press('D');
    await screen.findByText('Your order: C, A, D.');
    expect(sent().at(-1)).toEqual([2, 0, 3]);
    expect(screen.getByRole('button', { name: 'Question 1, answered' })).toBeTruthy();
  });

  it('takes a response away when its letter is pressed again, and leaves a gap', async () => {
    await enter(0);
    for (const key of ['C', 'A', 'C', 'B']) await press(key);
    await waitFor(() => expect(sent()).toHaveLength(4));
    expect(sent()).toEqual([
      [2, null, null],
      [2, 0, null],
      [null, 0, null],
      [1, 0, null],
    ]);
  });

  it('says when all places are taken and sends nothing then', async () => {
    await enter(0);
    for (const key of ['A', 'B', 'C', 'D']) await press(key);
    await screen.findByText('All three places are taken already.');
    expect(status().join()).toContain('Take one away to place another.');
    expect(sent()).toHaveLength(3);
  });

  it('moves a response with Shift and with its buttons', async () => {
    await enter(0);
    for (const key of ['A', 'B', 'Shift+B']) await press(key);
    await waitFor(() => expect(sent().at(-1)).toEqual([1, 0, null]));
    await fireEvent.click(await screen.findByRole('button', { name: 'Move A later' }));
    await waitFor(() => expect(sent().at(-1)).toEqual([1, null, 0]));
    const first = screen.getByRole('button', { name: 'Move B earlier' });
    expect(first.getAttribute('aria-disabled')).toBe('true');
    await fireEvent.click(first);
    expect(sent()).toHaveLength(4);
  });

  it('is worked with arrows and Space as well', async () => {
    await enter(0);
    response('A').focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(response('B'));
    await press(' ');
    await waitFor(() => expect(response('B').ariaPressed).toBe('true'));
    expect(desk.inputsOf('choose')).toEqual([]);
  });

  it('shows a place only when it is kept', async () => {
    await enter(0);
    let keep = () => {};
    desk.before = (command) =>
      command === 'arrange' ? new Promise<void>((resolve) => (keep = resolve)) : undefined;
    await press('A');
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(response('A').ariaPressed).toBe('false');
    keep();
    await waitFor(() => expect(response('A').ariaPressed).toBe('true'));
  });

  it('has nothing that axe objects to', async () => {
    preferences.show({ ...preferences.now, ask_confidence: true });
    await enter(0);
    await press('B');
    await screen.findByText('1 of 3 placed.');
    expect(await wrongs()).toEqual([]);
  });
});

describe('a match', () => {
  it('takes a response beside each prompt, and shows it when it is kept', async () => {
    await enter(1);
    const features = prompt(/^Share features/);
    expect(within(features).getAllByRole('option')).toHaveLength(5);
    await fireEvent.change(features, { target: { value: '2' } });
    await screen.findByText('1 of 3 matched.');
    expect(sent()).toEqual([[2, null, null]]);
    expect(features.value).toBe('2');
    await fireEvent.change(features, { target: { value: '' } });
    await screen.findByText('0 of 3 matched.');
    expect(sent().at(-1)).toEqual([null, null, null]);
  });

  it('moves a response that stood beside another prompt', async () => {
    await enter(1);
    await fireEvent.change(prompt(/^Share/), { target: { value: '0' } });
    await waitFor(() => expect(prompt(/^Share/).value).toBe('0'));
    await fireEvent.change(prompt(/^Read/), { target: { value: '0' } });
    await waitFor(() => expect(prompt(/^Read/).value).toBe('0'));
    expect(prompt(/^Share/).value).toBe('');
    expect(sent().at(-1)).toEqual([null, 0, null]);
  });

  it('lets a response stand twice where that is allowed', async () => {
    const question = desk.sittings.get('sitting-4')?.questions[1];
    if (question) question.reuse = true;
    await enter(1);
    expect(screen.getByText('Each may be used more than once.')).toBeTruthy();
    await press('A');
    await press('A');
    await waitFor(() => expect(sent().at(-1)).toEqual([0, 0, null]));
  });

  it('goes by letters too, and strikes nothing out', async () => {
    await enter(1);
    await press('D');
    await press('Shift+D');
    await press('B');
    await waitFor(() => expect(sent().at(-1)).toEqual([3, 1, null]));
    expect(desk.inputsOf('strike')).toEqual([]);
  });

  it('goes to the next question from beside a prompt, and chooses nothing on the way', async () => {
    await enter(1);
    prompt(/^Share/).focus();
    await press('ArrowRight');
    await screen.findByRole('heading', { name: 'Question 3 of 65' });
    expect(sent()).toEqual([]);
  });

  it('keeps what was there when it cannot be kept', async () => {
    await enter(1);
    desk.before = (command) => {
      if (command === 'arrange') throw { code: 'collection', message: 'The disk is full.' };
    };
    await fireEvent.change(prompt(/^Share/), { target: { value: '2' } });
    await screen.findByText('The disk is full.');
    expect(prompt(/^Share/).value).toBe('');
  });

  it('has nothing that axe objects to', async () => {
    await enter(1);
    await press('B');
    await screen.findByText('1 of 3 matched.');
    expect(await wrongs()).toEqual([]);
  });
});

describe('a case', () => {
  it('shows its scenario above the stem, and folded away it stays so for the next question', async () => {
    await enter(2);
    const fold = screen.getByText('Scenario').closest('details') as HTMLDetailsElement;
    expect(fold.open).toBe(true);
    expect(fold.textContent).toContain('sells tea in 40 countries');
    fold.open = false;
    await fireEvent(fold, new Event('toggle'));
    await press('ArrowRight');
    await screen.findByRole('heading', { name: 'Question 4 of 65' });
    expect(screen.getByText('Scenario').closest('details')?.open).toBe(false);
    await press('ArrowRight');
    await screen.findByRole('heading', { name: 'Question 5 of 65' });
    expect(screen.queryByText('Scenario')).toBeNull();
  });
});
