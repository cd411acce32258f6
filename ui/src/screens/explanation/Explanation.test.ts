import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultLine } from '../../api/client';
import { toast } from '../../components/toast.svelte';
import { router } from '../../router.svelte';
import { links } from '../../state/links.svelte';
import { reading } from '../../state/reading.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { furnish } from '../../testing/learner';
import { press } from '../../testing/press';
import { SCENARIO } from '../../testing/paper';
import { explainedMatch, explainedOrder, explanation, result } from '../../testing/results';
import Explanation from './Explanation.svelte';

let desk: Desk;
const wrong = result()
  .lines.filter((line) => !line.correct)
  .map((line) => line.position);

async function open(position = 40): Promise<void> {
  render(Explanation, { route: { screen: 'explanation', sitting: 'sitting-4', position } });
  await screen.findByRole('heading', { name: `Question ${position + 1}` });
}

async function shows(position: number): Promise<void> {
  await screen.findByRole('heading', { name: `Question ${position + 1}` });
}

function answer(parts: Partial<ResultLine>, more: Parameters<typeof explanation>[1] = {}): void {
  const line = result().lines[40] as ResultLine;
  desk.also['explanation'] = () => explanation({ ...line, ...parts }, more);
}

beforeEach(() => {
  reading.forget();
  reading.position = null;
  links.close();
  desk = furnish(new Desk().install());
  router.replace({ screen: 'exams' });
  router.go({ screen: 'results', sitting: 'sitting-4' });
  router.go({ screen: 'explanation', sitting: 'sitting-4', position: 40 });
});

describe('the options', () => {
  it('give the key first, then the answer, each with its reason', async () => {
    await open();
    const items = within(screen.getByRole('article'))
      .getAllByRole('listitem')
      .slice(0, 4)
      .map((item) => item.textContent?.replace(/\s+/g, ' ').trim());
    expect(items[0]).toMatch(/^B Correct answer Set the early stopping.*SageMaker then stops/);
    expect(items[1]).toMatch(/^A Your answer Changed once, from B Reduce the maximum/);
    expect(items[2]).toMatch(/^C Change the tuning/);
  });

  it('say when the key was chosen', async () => {
    answer({ chosen: 'B', correct: true, change: null }, { answers: ['B'] });
    await open();
    expect(screen.getByText('Correct answer, and yours')).toBeTruthy();
    expect(screen.queryByText('Your answer')).toBeNull();
    expect(screen.queryByText(/Changed/)).toBeNull();
  });

  it('tell a missed key from a chosen one where several are asked for', async () => {
    answer({ chosen: 'AB', key: 'BC' }, { kind: 'multiple', answers: ['AB'] });
    await open();
    expect(screen.getByText('Correct answer, and yours')).toBeTruthy();
    expect(screen.getByText('Correct answer, not chosen')).toBeTruthy();
    expect(screen.getByText('Your answer')).toBeTruthy();
  });
});

describe('the facts', () => {
  it('tell confidence, time, difficulty and whether it counted', async () => {
    await open();
    const facts = screen.getByRole('region', { name: 'This answer' });
    const told = facts.textContent?.replace(/\s+/g, ' ');
    expect(told).toMatch(/You said Sure/);
    expect(told).toMatch(/Time 6:42 your longest/);
    expect(told).toMatch(/Difficulty Hard/);
    expect(told).toMatch(/Counts Yes one of the 50 scored/);
    expect(told).toMatch(/You were sure, and wrong/);
  });

  it('leave confidence out when it was not given', async () => {
    answer({ confidence: null, chosen: '', scored: false });
    await open();
    const told = screen.getByRole('region', { name: 'This answer' }).textContent;
    expect(told).not.toMatch(/You said/);
    expect(told).toMatch(/Left blank/);
    expect(told).toMatch(/one of the 15 unscored/);
  });
});

describe('walking', () => {
  it('goes through the filter by J and K, and stops at its ends', async () => {
    const [first = 0, second = 0] = wrong;
    await open(first);
    expect(screen.getByText(/wrong answers, 1 of 18/)).toBeTruthy();
    await press('K');
    await press('J');
    await shows(second);
    expect(screen.getByText(/wrong answers, 2 of 18/)).toBeTruthy();
    await press('K');
    await shows(first);
    const previous = screen.getByRole('button', { name: 'Previous' });
    expect(previous.getAttribute('aria-disabled')).toBe('true');
  });

  it('shows the last question asked for when answers come late', async () => {
    const [first = 0, second = 0, third = 0] = wrong;
    await open(first);
    const waiting: (() => void)[] = [];
    desk.before = () => new Promise<void>((resolve) => waiting.push(resolve));
    await press('J');
    await waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.();
    await shows(second);
    await press('J');
    await press('K');
    await waitFor(() => expect(waiting).toHaveLength(3));
    waiting[2]?.();
    await shows(first);
    waiting[1]?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.queryByRole('heading', { name: `Question ${third + 1}` })).toBeNull();
  });

  it('leads back to the result, where it left off', async () => {
    await open();
    await press('Escape');
    expect(router.route).toEqual({ screen: 'results', sitting: 'sitting-4' });
    expect(reading.position).toBe(40);
    router.back();
    expect(router.route).toEqual({ screen: 'exams' });
  });

  it('says what went wrong, and keeps what was on screen', async () => {
    await open(wrong[0]);
    desk.before = (command) => {
      if (command === 'explanation') throw refusal('collection', 'It could not be read.');
    };
    await press('J');
    await screen.findByText('It could not be read.');
    expect(screen.getByRole('heading', { name: `Question ${(wrong[0] ?? 0) + 1}` })).toBeTruthy();
  });
});

it('asks about a reference before anything leaves Sitwell', async () => {
  await open();
  await fireEvent.click(screen.getByRole('button', { name: /Stop training jobs early/ }));
  await waitFor(() => expect(links.asked).not.toBeNull());
  expect(links.asked?.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/sagemaker/);
  expect(desk.inputsOf('open_reference')).toEqual([]);
});

it('is clean for axe', async () => {
  await open();
  expect(await wrongs()).toEqual([]);
});

describe('a card of the question', () => {
  beforeEach(() => toast.clear());

  it('is made on C, once', async () => {
    let existed = false;
    desk.also['make_card'] = () => ({ item: 'from-questions/early-stopping', existed });
    await open();
    await press('C');
    await waitFor(() => expect(toast.line?.text).toMatch(/^Card made/));
    existed = true;
    screen.getByRole('button', { name: /^Make a card/ }).click();
    await waitFor(() => expect(toast.line?.text).toMatch(/a card of this question already/));
    const inputs = desk.inputsOf('make_card');
    expect(inputs).toEqual([
      { sitting: 'sitting-4', position: 40 },
      { sitting: 'sitting-4', position: 40 },
    ]);
  });

  it('says when it cannot be made', async () => {
    desk.also['make_card'] = () => {
      throw refusal('collection', 'The card could not be kept.');
    };
    await open();
    await press('C');
    await screen.findByText('The card could not be kept.');
    expect(toast.line).toBeNull();
  });
});

describe('an order or a match', () => {
  const line = result().lines[40] as ResultLine;
  const items = () =>
    within(screen.getByRole('article'))
      .getAllByRole('listitem')
      .map((item) => item.textContent?.replace(/\s+/g, ' ').trim());

  it('gives each place what belongs there, what was put there, and why', async () => {
    desk.also['explanation'] = () => explainedOrder(line);
    await open();
    expect(items()[0]).toMatch(/^1 Correct answer, and yours C Register .*Only what is registered/);
    expect(items()[1]).toMatch(/^2 Correct answer A Approve .* Your answer D Update .*Approval is/);
    expect(screen.getByRole('heading', { name: 'Not used' })).toBeTruthy();
    expect(items()[3]).toMatch(/^B Delete the old endpoint/);
    expect(screen.getByText('Changed once, from ACD')).toBeTruthy();
    expect(await wrongs()).toEqual([]);
  });

  it('names the prompts of a match, what was left empty, and its scenario', async () => {
    desk.also['explanation'] = () => ({ ...explainedMatch(line), case_html: SCENARIO });
    await open();
    expect(items()[1]).toMatch(/^2 Read millions .* Correct answer A .* Your answer B Amazon EBS/);
    expect(items()[2]).toMatch(/^3 Keep raw data .* Correct answer D .* You left it empty/);
    expect(screen.getByText('Scenario').closest('details')?.open).toBe(true);
    expect(await wrongs()).toEqual([]);
  });
});

describe('what was done and expected', () => {
  it('tells the moments in exam time', async () => {
    await open();
    const region = screen.getByRole('region', { name: 'What you did' });
    const told = within(region)
      .getAllByRole('listitem')
      .map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
    expect(told[0]).toBe('1:23:00 On screen');
    expect(told[1]).toBe('1:24:31 Answered B');
    expect(told.at(-1)).toBe('2:36:31 Said: sure');
  });

  it('tells the chance given before the paper, with its interval, or nothing', async () => {
    await open();
    expect(screen.getByText('Chance Sitwell gave you').parentElement?.textContent).toMatch(
      /58%.*before this paper, from 260 answers.*49 to 66%/s,
    );
    document.body.innerHTML = '';
    answer({}, { beforehand: null });
    await open();
    expect(screen.queryByText('Chance Sitwell gave you')).toBeNull();
  });
});

describe('the list to drill', () => {
  it('takes the question on L and gives it back', async () => {
    await open();
    await press('L');
    await waitFor(() => expect(toast.line?.text).toMatch(/^On your list/));
    const item = result().lines[40]?.item;
    expect(desk.inputsOf('list_for_drill')).toEqual([{ item, listed: true }]);
    await press('L');
    await waitFor(() => expect(desk.inputsOf('list_for_drill')[1]?.['listed']).toBe(false));
  });

  it('takes a similar question, and leads to it', async () => {
    await open();
    await fireEvent.click(screen.getByRole('button', { name: 'Add to my list: question 1' }));
    await screen.findByRole('button', { name: 'Take off my list: question 1' });
    expect(desk.inputsOf('list_for_drill')[0]?.['item']).toBe('aws-mls-c01/hyperband');
    await fireEvent.click(screen.getByRole('button', { name: /^A team wants a tuning job/ }));
    expect(router.route).toEqual({ screen: 'browse', item: 'aws-mls-c01/hyperband' });
  });

  it('says when it cannot be kept, and shows nothing as kept', async () => {
    desk.also['list_for_drill'] = () => {
      throw refusal('collection', 'The list could not be written.');
    };
    await open();
    await press('L');
    expect(await screen.findByText(/could not be written/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Add to my list(?!:)/ })).toBeTruthy();
  });
});
