import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultView } from '../../api/client';
import { router } from '../../router.svelte';
import { reading } from '../../state/reading.svelte';
import { preferences } from '../../state/preferences.svelte';
import { wrongs } from '../../testing/axe';
import { Desk } from '../../testing/desk';
import { furnish } from '../../testing/learner';
import { press } from '../../testing/press';
import { result } from '../../testing/results';
import Results from './Results.svelte';

let desk: Desk;
let view: ResultView;

async function open(): Promise<void> {
  furnish(desk);
  desk.also['result'] = () => view;
  render(Results, { route: { screen: 'results', sitting: 'sitting-4' } });
  await screen.findByRole('heading', { level: 1 });
}

const part = (name: string) => screen.getByRole('region', { name });
const lines = () => within(part('Questions')).getAllByRole('row').slice(1);
const numbers = () => lines().map((row) => Number(row.querySelector('td')?.textContent));
const positions = (hold: (line: ResultView['lines'][number]) => boolean) =>
  view.lines.filter(hold).map((line) => line.position + 1);

beforeEach(() => {
  reading.forget();
  Object.assign(reading.tables, { score: false, domains: false, tasks: false, pacing: false });
  desk = new Desk().install();
  view = result();
  router.replace({ screen: 'exams' });
  router.go({ screen: 'results', sitting: 'sitting-4' });
});

describe('the statement', () => {
  it('says passed and how far to trust it, with the interval', async () => {
    await open();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      'A pass on this paper, but too close to rely on.',
    );
    expect(
      screen.getByRole('img', {
        name: 'Scaled score 762, 95 percent interval 717 to 807, pass mark 750: a pass',
      }),
    ).toBeTruthy();
    const note = screen.getByText('between 717 and 807').closest('p')?.textContent;
    expect(note).toMatch(/about two sittings in three would pass/);
    expect(note).toMatch(/Sitwell’s estimate/);
  });

  it('tells what counts from what was answered', async () => {
    await open();
    const { scored_correct, scored_items } = view.report;
    expect(screen.getByText('47 of 65 correct')).toBeTruthy();
    expect(screen.getByText(`${scored_correct} of the ${scored_items} that count`)).toBeTruthy();
  });
});

describe('the figures', () => {
  it('reports domains as met or not', async () => {
    await open();
    const rows = within(part('Domains')).getAllByRole('row').slice(1);
    expect(rows.map((row) => /Meets|Needs/.exec(row.textContent ?? '')?.[0])).toEqual([
      'Meets',
      'Meets',
      'Needs',
      'Needs',
    ]);
    expect(rows[3]?.textContent).toMatch(/8 of 13.*723/s);
    expect(screen.getByRole('img', { name: 'Modeling: 744, interval 687 to 801' })).toBeTruthy();
  });

  it('draws one mark for each question of a task, the right ones first', async () => {
    await open();
    const row = within(part('Task statements')).getByText('1.2').closest('tr') as HTMLElement;
    const marks = [...within(row).getByRole('img', { name: '3 of 5 correct' }).children];
    expect(marks.map((mark) => mark.classList.contains('correct'))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('counts changed answers by where they led', async () => {
    await open();
    const counts = within(part('Answers you changed'))
      .getAllByRole('row')
      .map((row) => row.textContent?.replace(/\s+/g, ' ').trim());
    expect(counts).toEqual(['Wrong to right5', 'Right to wrong2', 'Wrong to wrong1']);
  });

  it('says what the pacing shows', async () => {
    await open();
    const label = within(part('Pacing')).getByRole('img').getAttribute('aria-label');
    expect(label).toMatch(/each of 65 questions: the longest was question 41 at 6:42/);
  });

  it('leaves out how sure you were when nobody asked', async () => {
    for (const line of view.lines) line.confidence = null;
    await open();
    expect(screen.queryByRole('region', { name: 'How sure you were' })).toBeNull();
    expect(within(part('Questions')).queryByText('Sure?')).toBeNull();
    expect(screen.queryByRole('button', { name: /Sure and wrong/ })).toBeNull();
  });

  it('become tables on T, and figures again', async () => {
    await open();
    expect(screen.getAllByRole('img').length).toBeGreaterThan(5);
    await press('T');
    expect(screen.queryAllByRole('img')).toEqual([]);
    expect(within(part('Domains')).getByText('687 to 801')).toBeTruthy();
    expect(within(part('Task statements')).getAllByText('3 of 5')).toHaveLength(2);
    expect(within(part('Pacing')).getAllByRole('row')).toHaveLength(66);
    await press('T');
    expect(screen.getAllByRole('img').length).toBeGreaterThan(5);
  });

  it('become tables one at a time by their buttons', async () => {
    await open();
    await fireEvent.click(screen.getByRole('button', { name: 'As table: Domains' }));
    expect(within(part('Domains')).queryAllByRole('img')).toEqual([]);
    expect(within(part('Pacing')).getByRole('img')).toBeTruthy();
  });
});

describe('the questions', () => {
  it('are filtered by buttons and digits', async () => {
    await open();
    expect(numbers()).toEqual(positions((line) => !line.correct));
    await fireEvent.click(screen.getByRole('button', { name: /^Flagged/ }));
    expect(numbers()).toEqual(positions((line) => line.flagged));
    await press('4');
    expect(numbers()).toEqual(positions((line) => line.change !== null));
    await press('5');
    expect(numbers()).toEqual(positions((line) => !line.scored));
    await press('1');
    expect(numbers()).toHaveLength(65);
    const pressed = screen.getByRole('button', { name: /^All 65/ });
    expect(pressed.getAttribute('aria-pressed')).toBe('true');
  });

  it('are searched', async () => {
    await open();
    await press('1');
    await press('/');
    const field = screen.getByRole('searchbox');
    expect(document.activeElement).toBe(field);
    await fireEvent.input(field, { target: { value: 'multi-model LATENCY' } });
    expect(numbers()).toEqual(positions((line) => line.text.includes('multi-model')));
    await fireEvent.input(field, { target: { value: 'zebra' } });
    expect(screen.getByText('No question matches.')).toBeTruthy();
    await fireEvent.keyDown(field, { key: 'Escape' });
    expect(numbers()).toHaveLength(65);
    expect(router.route.screen).toBe('results');
  });

  it('show answer, key and a blank as such', async () => {
    await open();
    const blank = view.lines.find((line) => line.chosen === '');
    const row = lines()[numbers().indexOf((blank?.position ?? 0) + 1)];
    expect(row?.textContent).toMatch(/Blank.*B/s);
  });

  it('are walked by J and K and opened', async () => {
    await open();
    await press('J');
    await press('J');
    await press('K');
    const first = positions((line) => !line.correct)[0] ?? 0;
    expect((document.activeElement as HTMLElement).dataset['row']).toBe(String(first - 1));
    (document.activeElement as HTMLElement).click();
    expect(router.route).toEqual({
      screen: 'explanation',
      sitting: 'sitting-4',
      position: first - 1,
    });
  });

  it('keep the place one comes back to', async () => {
    await open();
    reading.position = 40;
    document.body.innerHTML = '';
    render(Results, { route: { screen: 'results', sitting: 'sitting-4' } });
    await screen.findByRole('heading', { level: 1 });
    expect((document.activeElement as HTMLElement).dataset['row']).toBe('40');
  });
});

describe('keys', () => {
  it('Enter reviews the wrong answers from the first', async () => {
    await open();
    await press('1');
    await press('Enter');
    expect(reading.filter).toBe('wrong');
    const first = (positions((line) => !line.correct)[0] ?? 0) - 1;
    expect(router.route).toEqual({ screen: 'explanation', sitting: 'sitting-4', position: first });
  });

  it('Esc leads to the list of exams', async () => {
    await open();
    await press('Escape');
    expect(router.route).toEqual({ screen: 'exams' });
  });

  it('are not printed when letters are turned off', async () => {
    preferences.show({ ...preferences.now, letter_keys: false });
    await open();
    expect(within(part('Questions')).queryByText('J')).toBeNull();
    await press('2');
    expect(reading.filter).toBe('wrong');
    await press('1');
    expect(reading.filter).toBe('wrong');
  });
});

it('is clean for axe, as figures and as tables', async () => {
  await open();
  expect(await wrongs()).toEqual([]);
  await press('T');
  expect(await wrongs()).toEqual([]);
});
