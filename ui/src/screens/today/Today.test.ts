import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { learner } from '../../state/learner.svelte';
import { plan } from '../../state/plan.svelte';
import { study } from '../../state/study.svelte';
import { wrongs } from '../../testing/axe';
import { Cards, cards } from '../../testing/cards';
import { Desk, refusal } from '../../testing/desk';
import { current, furnish, nobody, retired, running, today } from '../../testing/learner';
import { NEW_TASK, plannedDays, planOf } from '../../testing/plan';
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
  plan.forget();
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
      expect(headline()).toBe('Twenty-three days to the exam.Today is 38 cards, about 21 minutes.');
      await screen.findByRole('button', { name: /^Start with the due cards/ });
      await press('Enter');
      expect(router.route).toEqual({ screen: 'study' });
      await press('M');
      expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' });
    });

    it('lists what was done and what there is, each with a number', async () => {
      await open(today(), day());
      await screen.findByText('26 due, 8 overdue, 9 to see again');
      const rows = within(list()).getAllByRole('listitem');
      expect(rows.map((row) => row.textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
        'Cards so far 27 reviewed, 24 recalled 10 min',
        '1 Review due cards 26 due, 8 overdue, 9 to see again 18 min',
        '2 Learn 3 new cards Mostly 3.4 Perform hyperparameter optimization 3 min',
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

    it('says how much of the day is done', async () => {
      await open(today(), day());
      expect(await within(list()).findByText('10 of 31 min done')).toBeTruthy();
    });

    it('is shortened on S, says so, and takes that back on S', async () => {
      await open(today(), day());
      await screen.findByRole('button', { name: /^I have 20 minutes/ });
      await press('S');
      await waitFor(() =>
        expect(headline()).toBe('Twenty-three days to the exam.Today is shortened to 20 minutes.'),
      );
      expect(screen.getByRole('status').textContent).toMatch(
        /Today is shortened to 20 minutes\.\s+The cards most worth it come first/,
      );
      expect(within(list()).getByText('Shortened to 20 min')).toBeTruthy();
      expect(await wrongs()).toEqual([]);
      await press('S');
      await screen.findByRole('button', { name: /^I have 20 minutes/ });
      expect(desk.inputsOf('shorten_day')).toEqual([{ minutes: 20 }, { minutes: null }]);
      expect(headline()).toMatch(/about 21 minutes\.$/);
    });

    it('does not offer to shorten a day that is short', async () => {
      await open(today(), new Cards(cards(9)));
      await screen.findByRole('button', { name: /^Start with the due cards/ });
      expect(screen.queryByRole('button', { name: /20 minutes/ })).toBeNull();
      await press('S');
      expect(desk.inputsOf('shorten_day')).toEqual([]);
    });

    it('says when a short day is used up, and goes on when that is taken back', async () => {
      const known = Object.assign(day(), { budgetMinutes: 20, budgetLeftMs: 0 });
      await open(today(), known);
      await waitFor(() => expect(headline()).toMatch(/The 20 minutes for today are used up\.$/));
      expect(within(list()).queryByRole('button')).toBeNull();
      await press('S');
      await screen.findByRole('button', { name: /^Start with the due cards/ });
    });

    it('says when the day could not be shortened', async () => {
      await open(today(), day());
      await screen.findByRole('button', { name: /^I have 20 minutes/ });
      desk.before = (command) => {
        if (command === 'shorten_day') throw refusal('collection', 'The day was not shortened.');
      };
      await press('S');
      await screen.findByText('The day was not shortened.');
      expect(headline()).toMatch(/about 21 minutes\.$/);
    });

    it('goes without minutes when there is no plan', async () => {
      desk.before = (command) => {
        if (command === 'plan') throw refusal('collection', 'The plan could not be read.');
      };
      await open(today(), day());
      await screen.findByText('The plan could not be read.');
      expect(headline()).toMatch(/Today is 38 cards\.$/);
      expect(within(list()).getAllByRole('button')).toHaveLength(2);
    });

    it('draws the days up to the exam, and T shows them as a table', async () => {
      await open(today(), day());
      const part = await screen.findByRole('region', { name: 'Until the exam' });
      const figure = within(part).getByRole('img');
      expect(figure.getAttribute('aria-label')).toMatch(
        /^21 minutes today, .* over 23 days\. The fullest is Tuesday 25 November with 37 minutes\.$/,
      );
      expect(figure.textContent).toMatch(/Today, 21 min/);
      expect(figure.textContent).toMatch(/Exam, Wed 17/);
      await press('T');
      expect(within(part).queryByRole('img')).toBeNull();
      const rows = within(part).getAllByRole('row');
      expect(rows).toHaveLength(24);
      expect(rows[2]?.textContent).toMatch(/Tuesday 25 November/);
      expect(await wrongs()).toEqual([]);
    });

    it('says where the plan ends when the exam is farther', async () => {
      const known = day();
      furnish(desk);
      known.teach = (to) => {
        Cards.prototype.teach.call(known, to);
        to.also['plan'] = () => planOf(known, { days: plannedDays(120) });
        return known;
      };
      const far = today({ profile: { exam: 'MLS-C01', exam_date: '2026-04-23' }, days_left: 150 });
      await open(far, known);
      await screen.findByText('The first 120 days are shown.');
      const part = screen.getByRole('region', { name: 'Until the exam' });
      expect(within(part).getByRole('img').textContent).not.toMatch(/Exam/);
    });

    it('begins the questions of the day by their key, while no sitting runs', async () => {
      const known = day();
      known.teach = (to) => {
        Cards.prototype.teach.call(known, to);
        const drill = { questions: 10, task: NEW_TASK, minutes: 28 };
        to.also['plan'] = () => planOf(known, { drill });
        return known;
      };
      await open(today(), known);
      const part = await screen.findByRole('region', { name: 'Today' });
      const rows = within(part).getAllByRole('button');
      expect(rows.at(-1)?.textContent).toMatch(/Ten questions, untimed.*3\.4 Perform.*28 min/s);
      expect(headline()).toMatch(/ cards and ten questions, about /);
      await press(String(rows.length));
      await waitFor(() => expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' }));
      const practice = { mode: 'drill', tasks: ['3.4'], items: 10, pool: 'all', paced: false };
      expect(desk.inputsOf('start_practice')[0]?.['practice']).toEqual(practice);
    });

    it('has no days to draw without a date', async () => {
      const known = day();
      known.teach = (to) => {
        Cards.prototype.teach.call(known, to);
        to.also['plan'] = () => planOf(known, { days: [] });
        return known;
      };
      await open(today({ profile: { exam: 'MLS-C01', exam_date: null }, days_left: null }), known);
      await screen.findByRole('region', { name: 'Today' });
      expect(screen.queryByRole('region', { name: /^Until/ })).toBeNull();
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
