import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { learner } from '../../state/learner.svelte';
import { study } from '../../state/study.svelte';
import { wrongs } from '../../testing/axe';
import { Cards, cards } from '../../testing/cards';
import { Desk, refusal } from '../../testing/desk';
import { current, furnish, nobody, retired, running, today } from '../../testing/learner';
import { press } from '../../testing/press';
import Today from './Today.svelte';

let desk: Desk;

async function open(view = today(), waiting = new Cards([])): Promise<void> {
  furnish(desk, view);
  waiting.teach(desk);
  await Promise.allSettled([learner.load(), study.load()]);
  render(Today, { route: { screen: 'today' } });
  await screen.findByRole('heading', { level: 1 });
}

const headline = () => screen.getByRole('heading', { level: 1 }).textContent?.trim();

beforeEach(() => {
  desk = new Desk().install();
  router.replace({ screen: 'today' });
});

describe('today', () => {
  it('opens with the days left and the last mock', async () => {
    await open();
    expect(headline()).toBe(
      'Twenty-three days to the exam.Mock 4 was a pass, but too close to rely on.',
    );
  });

  it('starts a mock on Enter', async () => {
    await open();
    await press('Enter');
    expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' });
  });

  it('resumes the mock that runs, and does not offer another', async () => {
    await open(today({ running: running() }));
    expect(headline()).toBe('Mock 5 is running.1 h 12 min left.');
    expect(screen.queryByRole('button', { name: /Start a mock/ })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: /Resume Mock 5/ }));
    expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' });
  });

  it('says what past papers came to, against the pass mark', async () => {
    await open();
    const table = screen.getAllByRole('table')[0] as HTMLElement;
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(4);
    expect(rows[0]?.textContent).toMatch(/Mock 4.*22 Nov.*762.*Pass/s);
    expect(rows[1]?.textContent).toMatch(/Mock 3.*738.*Not a pass/s);
    expect(
      screen.getByRole('img', {
        name: 'Mock 3: 738, 95% interval 692 to 784, below the pass mark 750',
      }),
    ).toBeTruthy();
  });

  it('gives the last result with its doubt', async () => {
    await open();
    expect(
      screen.getByText(
        'Your ability is most likely between 717 and 807. The pass mark, 750, lies within.',
      ),
    ).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'See the result' }));
    expect(router.route).toEqual({ screen: 'results', sitting: 'sitting-4' });
  });

  it('says that an exam has ended and what came after', async () => {
    await open(today({ exam: retired() }));
    expect(screen.getByRole('heading', { name: 'MLS-C01 has ended' })).toBeTruthy();
    expect(screen.getByText(/Its successor is .*MLA-C01/)).toBeTruthy();
  });

  it('says why no paper can be drawn, and offers none', async () => {
    const exam = current({ largest_paper: 0, shortfall: 'Modeling has too few questions.' });
    await open(today({ exam, finished: [] }));
    expect(screen.getByText('Modeling has too few questions.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Start/ })).toBeNull();
    await press('Enter');
    expect(router.route).toEqual({ screen: 'today' });
  });

  it('leads a new learner to the welcome', async () => {
    furnish(desk, nobody());
    render(Today, { route: { screen: 'today' } });
    await waitFor(() => expect(router.route).toEqual({ screen: 'welcome' }));
  });

  it('says what went wrong and tries again', async () => {
    furnish(desk);
    desk.before = (command) => {
      if (command === 'today') throw refusal('collection', 'The collection could not be read.');
    };
    render(Today, { route: { screen: 'today' } });
    await screen.findByText('The collection could not be read.');
    desk.before = () => {};
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  describe('with cards', () => {
    const day = () =>
      new Cards([...cards(26), ...cards(9, 'relearning', 27), ...cards(3, 'new', 36)], 27);
    const list = () => screen.getByRole('region', { name: 'Today' });

    it('puts them first and keeps the mock within reach', async () => {
      await open(today(), day());
      expect(headline()).toBe('Twenty-three days to the exam.Today is 38 cards.');
      await screen.findByRole('button', { name: /^Start with the due cards/ });
      await press('Enter');
      expect(router.route).toEqual({ screen: 'study' });
      await press('M');
      expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' });
    });

    it('lists what was done and what there is, each with a number', async () => {
      await open(today(), day());
      await screen.findByText('26 due, 9 to see again');
      const rows = within(list()).getAllByRole('listitem');
      expect(rows.map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
        'Cards so far 27 answers given',
        '1 Review due cards 26 due, 9 to see again',
        '2 Learn 3 new cards After the due cards',
      ]);
      await press('3');
      expect(router.route).toEqual({ screen: 'today' });
      await press('2');
      expect(router.route).toEqual({ screen: 'study' });
    });

    it('comes after a mock that runs', async () => {
      await open(today({ running: running() }), day());
      expect(headline()).toBe('Mock 5 is running.1 h 12 min left.');
      await screen.findByRole('region', { name: 'Today' });
      await press('Enter');
      expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' });
      await press('1');
      expect(router.route).toEqual({ screen: 'study' });
    });

    it('calls new cards new', async () => {
      await open(today(), new Cards(cards(1, 'new')));
      await screen.findByRole('button', { name: /^Start with the new cards/ });
      expect(within(list()).getByRole('button').textContent).toMatch(/Learn 1 new card\b/);
    });

    it('starts nothing while the next card is not due yet', async () => {
      const later = Object.assign(new Cards([], 43), {
        later: 9,
        nextMs: new Date(2025, 10, 24, 14, 32).getTime(),
      });
      await open(today(), later);
      await screen.findByText('Nine cards to see again later');
      expect(within(list()).queryByRole('button')).toBeNull();
      expect(screen.getByText(/^The next at .*14:32$/)).toBeTruthy();
      expect(screen.getByRole('button', { name: /^Start a mock exam/ })).toBeTruthy();
    });

    it('keeps the rest when the cards cannot be read', async () => {
      desk.before = (command) => {
        if (command === 'study') throw refusal('collection', 'The cards could not be read.');
      };
      await open(today(), day());
      await screen.findByText('The cards could not be read.');
      desk.before = () => {};
      await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
      await screen.findByRole('region', { name: 'Today' });
    });

    it('is clean for axe', async () => {
      await open(today(), day());
      await screen.findByRole('region', { name: 'Today' });
      expect(await wrongs()).toEqual([]);
    });
  });

  it('is clean for axe', async () => {
    await open(today({ exam: retired(), running: running() }));
    expect(await wrongs()).toEqual([]);
  });
});
