import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StatisticsView } from '../../api/client';
import { router } from '../../router.svelte';
import { learner } from '../../state/learner.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { furnish, retired, today } from '../../testing/learner';
import { press } from '../../testing/press';
import { fewStatistics, noStatistics, statistics, teachStatistics } from '../../testing/statistics';
import Statistics from './Statistics.svelte';

let desk: Desk;

async function open(of: (deck: string | null) => StatisticsView = (deck) => statistics({ deck })) {
  furnish(desk);
  await learner.load();
  teachStatistics(desk, of);
  render(Statistics, { route: { screen: 'statistics' } });
  await screen.findByRole('heading', { level: 1 });
}

const headline = () => screen.getByRole('heading', { level: 1 }).textContent?.trim();
const part = (name: string) => screen.getByRole('region', { name });
const FIGURES = [
  'Reviews ahead',
  'True retention',
  'Predicted and actual recall',
  'Time spent',
  'The year',
  'Stability',
  'Difficulty',
];

beforeEach(() => {
  desk = new Desk().install();
  router.replace({ screen: 'statistics' });
});

describe('statistics', () => {
  it('begin with what matters and how sure it is', async () => {
    await open();
    expect(headline()).toBe(
      'You recall 91% of what you review, a point more than you aim for.Over the last 30 days it may be 89 to 93%, and your aim lies within.',
    );
  });

  it('say the finding of every figure', async () => {
    await open();
    for (const name of FIGURES) {
      for (const figure of within(part(name)).getAllByRole('img')) {
        expect(figure.getAttribute('aria-label'), name).toMatch(/\d/);
      }
    }
    expect(within(part('True retention')).getAllByRole('img')).toHaveLength(9);
    expect(part('Reviews ahead').textContent).toMatch(/Exam, 17 Dec/);
  });

  it('call the day of a retired exam a goal', async () => {
    furnish(desk, today({ exam: retired() }));
    await learner.load();
    teachStatistics(desk, (deck) => statistics({ deck }));
    render(Statistics, { route: { screen: 'statistics' } });
    await screen.findByRole('heading', { level: 1 });
    expect(part('Reviews ahead').textContent).toMatch(/Goal, 17 Dec/);
    expect(
      within(part('Reviews ahead')).getByRole('img', { name: /Your practice goal is on/ }),
    ).toBeTruthy();
  });

  it('leave an exam out that lies beyond the days shown', async () => {
    await open(() => statistics({ exam_date: '2026-02-01' }));
    expect(part('Reviews ahead').textContent).not.toMatch(/Exam/);
  });

  it('turn into tables on T, and back', async () => {
    await open();
    await press('T');
    for (const name of FIGURES) {
      expect(within(part(name)).queryByRole('img'), name).toBeNull();
      expect(within(part(name)).getByRole('table'), name).toBeTruthy();
    }
    expect(await wrongs()).toEqual([]);
    const ahead = within(part('Reviews ahead')).getAllByRole('row');
    expect(ahead).toHaveLength(31);
    expect(ahead[1]?.textContent).toMatch(/Monday 24 November\s*64\s*25 min/);
    expect(
      within(part('True retention')).getByRole('row', {
        name: /^The last 30 days 91% 89 to 93% 1,013 of 1,113$/,
      }),
    ).toBeTruthy();
    await press('T');
    expect(within(part('The year')).getByRole('img')).toBeTruthy();
  });

  it('turn one figure into a table with its own button', async () => {
    await open();
    await fireEvent.click(within(part('The year')).getByRole('button'));
    const months = within(part('The year')).getAllByRole('row').slice(1);
    expect(months[0]?.textContent).toMatch(/^\s*November 2025/);
    expect(months.length).toBeLessThanOrEqual(13);
    expect(within(part('Time spent')).getByRole('img')).toBeTruthy();
  });

  it('add the months of the year up to all reviews of it', async () => {
    await open();
    await fireEvent.click(within(part('The year')).getByRole('button'));
    const cells = within(part('The year'))
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelectorAll('td')[1]?.textContent ?? '');
    const sum = cells.reduce((all, cell) => all + Number(cell.replaceAll(',', '')), 0);
    expect(sum).toBe(statistics().days.reduce((all, day) => all + day.count, 0));
  });

  it('name each day of the year for the pointer', async () => {
    await open();
    const titles = part('The year').querySelectorAll('title');
    expect(titles).toHaveLength(365);
    expect(titles[364]?.textContent).toMatch(/^Monday 24 November: \d+ reviews, \d+ min$/);
    expect([...titles].some((title) => title.textContent?.endsWith(': no study'))).toBe(true);
  });

  it('count the cards by state', async () => {
    await open();
    expect(part('Cards by state').textContent).toMatch(/876 cards/);
    expect(within(part('Cards by state')).getByRole('row', { name: /Mature/ }).textContent).toMatch(
      /496/,
    );
  });

  it('are asked of one deck or of all', async () => {
    await open((deck) => (deck === 'own' ? fewStatistics() : statistics({ deck })));
    await press('D');
    const field = screen.getByRole<HTMLSelectElement>('combobox', { name: /^Deck/ });
    expect(document.activeElement).toBe(field);
    expect(
      within(field)
        .getAllByRole('option')
        .map((one) => one.textContent?.trim()),
    ).toEqual(['All decks', 'MLS-C01', 'Modeling', 'My cards']);
    await fireEvent.change(field, { target: { value: 'own' } });
    await waitFor(() => expect(headline()).toMatch(/^You recalled 5 of 6 reviews\./));
    await fireEvent.change(field, { target: { value: '' } });
    await waitFor(() => expect(headline()).toMatch(/^You recall 91%/));
    expect(desk.inputsOf('statistics')).toEqual([{ deck: null }, { deck: 'own' }, { deck: null }]);
  });

  it('show the deck chosen last, however late another answers', async () => {
    await open((deck) => (deck === 'own' ? fewStatistics() : statistics({ deck })));
    let release = () => {};
    let first = true;
    desk.before = (command) => {
      if (command !== 'statistics' || !first) return;
      first = false;
      return new Promise<void>((resolve) => (release = resolve));
    };
    const field = screen.getByRole('combobox', { name: /^Deck/ });
    await fireEvent.change(field, { target: { value: 'own' } });
    await fireEvent.change(field, { target: { value: 'mls' } });
    await waitFor(() => expect(desk.inputsOf('statistics')).toHaveLength(3));
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(headline()).toMatch(/^You recall 91%/);
  });

  it('open on the deck of the route', async () => {
    furnish(desk);
    teachStatistics(desk, (deck) => statistics({ deck }));
    render(Statistics, { route: { screen: 'statistics', deck: 'mls-modeling' } });
    const field = await screen.findByRole<HTMLSelectElement>('combobox', { name: /^Deck/ });
    await waitFor(() => expect(field.value).toBe('mls-modeling'));
    expect(desk.inputsOf('statistics')).toEqual([{ deck: 'mls-modeling' }]);
  });

  it('say in words where there is too little to draw', async () => {
    await open(() => ({ ...fewStatistics(), ahead: noStatistics().ahead, stability: [] }));
    expect(
      within(part('Reviews ahead')).getByText('Nothing is due in the next 30 days.'),
    ).toBeTruthy();
    expect(within(part('Stability')).getByText('No card has been learned yet.')).toBeTruthy();
    expect(within(part('Predicted and actual recall')).queryByRole('img')).toBeNull();
    expect(within(part('Predicted and actual recall')).queryByRole('button')).toBeNull();
    expect(await wrongs()).toEqual([]);
  });

  it('have one thing to do before anything was studied', async () => {
    await open(noStatistics);
    expect(screen.getByText('There is nothing to count yet.')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'The year' })).toBeNull();
    expect(await wrongs()).toEqual([]);
    await press('Enter');
    expect(router.route).toEqual({ screen: 'study' });
  });

  it('say what went wrong and try again', async () => {
    furnish(desk);
    teachStatistics(desk, (deck) => statistics({ deck }));
    desk.before = (command) => {
      if (command === 'statistics') throw refusal('collection', 'The reviews could not be read.');
    };
    render(Statistics, { route: { screen: 'statistics' } });
    await screen.findByText('The reviews could not be read.');
    desk.before = () => {};
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are clean for axe', async () => {
    await open();
    expect(await wrongs()).toEqual([]);
  });
});
