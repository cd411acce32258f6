import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { wrongs } from '../../testing/axe';
import { Cards, cards } from '../../testing/cards';
import { Desk, refusal } from '../../testing/desk';
import { press } from '../../testing/press';
import { FIRST, SECOND, answer, button, front, on, openStudy } from '../../testing/study';

let desk: Desk;
let known: Cards;

async function open(due = cards(3), done = 0): Promise<void> {
  known = new Cards(due, done);
  await openStudy(desk, known);
}

beforeEach(() => {
  desk = new Desk().install();
});

describe('what is kept', () => {
  it('shows as graded only then', async () => {
    await open();
    await on(FIRST);
    let keep = () => {};
    desk.before = (command) =>
      command === 'grade_card' ? new Promise<void>((resolve) => (keep = resolve)) : undefined;
    await press(' ');
    await press('3');
    await waitFor(() => expect(desk.inputsOf('grade_card')).toHaveLength(1));
    expect(front()).toMatch(FIRST);
    expect(answer()).toBeTruthy();
    expect(screen.getByText('3 due · 0 learning · 0 new')).toBeTruthy();
    // Meant for this card, not for the next.
    await press('4');
    await press('S');
    keep();
    await on(SECOND);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(desk.inputsOf('grade_card')).toHaveLength(1);
    expect(desk.inputsOf('suspend_card')).toHaveLength(0);
  });

  it('grades a card that comes straight back once for each answer', async () => {
    await open(cards(1));
    await on(FIRST);
    await press(' ');
    await press('1');
    await press('1');
    await waitFor(() => expect(answer()).toBeNull());
    expect(screen.getByText('0 due · 1 learning · 0 new')).toBeTruthy();
    expect(desk.inputsOf('grade_card')).toHaveLength(1);
  });

  it('says in place what went wrong, and tries again with the same grade', async () => {
    await open();
    await on(FIRST);
    desk.before = (command) => {
      if (command === 'grade_card') throw refusal('collection', 'The disk is full.');
    };
    await press(' ');
    await press('2');
    await screen.findByText('The disk is full.');
    expect(front()).toMatch(FIRST);
    expect(answer()).toBeTruthy();
    expect(await wrongs()).toEqual([]);
    desk.before = () => {};
    await fireEvent.click(button(/^Try again/));
    await on(SECOND);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(desk.inputsOf('grade_card').map((input) => input['grade'])).toEqual(['hard', 'hard']);
  });

  it('goes on with what is there when a failure is dismissed', async () => {
    await open();
    await on(FIRST);
    known.due = known.due.slice(1);
    await press('B');
    await screen.findByText('There is no such card in this collection.');
    await fireEvent.click(button(/^Dismiss/));
    await on(SECOND);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('offers Today when it cannot open', async () => {
    desk.before = (command) => {
      if (command === 'study') throw refusal('collection', 'The cards could not be read.');
    };
    await open();
    await screen.findByText('The cards could not be read.');
    await fireEvent.click(button(/^Go to Today/));
    expect(router.route).toEqual({ screen: 'today' });
  });
});

describe('undo', () => {
  it('takes back a grade on Z and does it again on Shift+Z', async () => {
    await open();
    await on(FIRST);
    expect(button(/^Undo/).getAttribute('aria-disabled')).toBe('true');
    await press('Z');
    expect(desk.inputsOf('undo_study')).toEqual([]);
    await press(' ');
    await press('3');
    await on(SECOND);
    await press('Z');
    await on(FIRST);
    expect(answer()).toBeNull();
    expect(screen.getByText('Grade taken back.')).toBeTruthy();
    await press('Shift+Z');
    await on(SECOND);
    expect(screen.getByText('Graded again.')).toBeTruthy();
  });

  it.each([
    ['S', 'suspend_card', 'Card suspended.'],
    ['B', 'bury_card', 'Card put off to tomorrow.'],
  ])('is offered in place after %s', async (key, command, said) => {
    await open();
    await on(FIRST);
    await press(key);
    await on(SECOND);
    expect(desk.inputsOf(command)).toHaveLength(1);
    const line = (await screen.findByText(said)).parentElement as HTMLElement;
    await fireEvent.click(within(line).getByRole('button', { name: 'Undo' }));
    await on(FIRST);
  });

  it('is offered only for the last thing done', async () => {
    await open();
    await on(FIRST);
    await press('B');
    await on(SECOND);
    await press(' ');
    await press('3');
    await on(/shadow variant/);
    expect(screen.queryByText('Card put off to tomorrow.')).toBeNull();
  });
});
