import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ForecastView, StudyPlan } from '../../api/client';
import { toast } from '../../components/toast.svelte';
import { router } from '../../router.svelte';
import { learner } from '../../state/learner.svelte';
import { preferences } from '../../state/preferences.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import {
  forecast,
  nothingKnown,
  oneMock,
  retiredForecast,
  teachForecast,
  tried,
  withoutDate,
} from '../../testing/forecast';
import { furnish, retired, running, today } from '../../testing/learner';
import { press } from '../../testing/press';
import Forecast from './Forecast.svelte';

let desk: Desk;

async function open(view: ForecastView = forecast(), day = today()): Promise<void> {
  furnish(desk, day);
  teachForecast(desk, view);
  await learner.load();
  render(Forecast, { route: { screen: 'forecast' } });
  await screen.findByRole('heading', { level: 1 });
}

const headline = () => screen.getByRole('heading', { level: 1 }).textContent?.trim();
const part = (name: string) => screen.getByRole('region', { name });
const slider = (name: string) => screen.getByRole<HTMLInputElement>('slider', { name });
const slide = (name: string, value: number) =>
  fireEvent.input(slider(name), { target: { value: String(value) } });
const plans = () => desk.inputsOf('what_if').map((input) => input['plan'] as StudyPlan);

beforeEach(() => {
  desk = new Desk().install();
  toast.clear();
  router.replace({ screen: 'forecast' });
});

describe('the opening', () => {
  it('says how likely a pass is, in words', async () => {
    await open();
    expect(headline()).toBe(
      'You would probably pass. About three times in four, not yet a safe bet.',
    );
    expect(screen.getByText('Forecast for Wednesday 17 December')).toBeTruthy();
  });

  it('calls the date of a retired exam a practice goal, and says why', async () => {
    await open(retiredForecast(), today({ exam: retired() }));
    expect(screen.getByText('Forecast for your practice goal, Wednesday 17 December')).toBeTruthy();
    expect(screen.getByText(/ended MLS-C01 on 31 March 2025.*practice goal\.$/)).toBeTruthy();
    expect(slider('Practice goal')).toBeTruthy();
  });

  it('speaks of today where no date is set, and offers to set one', async () => {
    await open(withoutDate());
    expect(headline()).toMatch(/^If you sat today, you would probably pass\./);
    expect(screen.queryByRole('slider')).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Set a date in the settings' }));
    expect(router.route).toEqual({ screen: 'settings' });
  });

  it('says what went wrong and tries again', async () => {
    furnish(desk);
    desk.before = (command) => {
      if (command === 'forecast') throw refusal('collection', 'The forecast could not be read.');
    };
    render(Forecast, { route: { screen: 'forecast' } });
    await screen.findByText('The forecast could not be read.');
    desk.before = () => {};
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1 });
  });
});

describe('without evidence', () => {
  it('draws nothing, and Enter starts a mock', async () => {
    await open(nothingKnown(), today({ finished: [] }));
    expect(headline()).toBe(
      'Sitwell knows nothing about your chances yet. One mock exam is enough for a first estimate.',
    );
    expect(screen.queryByRole('img')).toBeNull();
    await press('Enter');
    expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' });
  });

  it('leads back to a mock that runs', async () => {
    await open(nothingKnown(), today({ finished: [], running: running() }));
    await fireEvent.click(screen.getByRole('button', { name: /^Resume Mock 5/ }));
    expect(router.route).toEqual({ screen: 'exam', sitting: 'sitting-5' });
  });
});

describe('figures', () => {
  it('state their findings', async () => {
    await open();
    const names = [
      /^Chance of passing from 4 October to 17 December\. 66% today, 90% interval 53 to 77%; 73% on the day on the present plan, 90% interval 53 to 87%\.$/,
      /^Modeling: 765, 90% interval 737 to 793$/,
      /^Twenty equally likely results: 15 at or above 750, 5 below\.$/,
      /^3\.7 points per hour, 90% interval 2\.3 to 5\.1$/,
      /412 predictions\. Said 75%, 74% right\.$/,
    ];
    for (const name of names) expect(screen.getByRole('img', { name })).toBeTruthy();
  });

  it('become tables on T, and figures again', async () => {
    await open();
    await press('T');
    expect(screen.queryByRole('img', { name: /Chance of passing from/ })).toBeNull();
    const chance = within(part('Chance of passing'));
    const last = chance.getAllByRole('row').at(-1)?.textContent;
    expect(last).toMatch(/17 Dec.*On plan.*73%.*65 to 80%.*53 to 87%/s);
    expect(within(part('Ability by domain')).getByText('737 to 793')).toBeTruthy();
    expect(within(part('Score on the day')).getAllByText('Falls short')).toHaveLength(5);
    expect(within(part('How far to trust this')).getByText('80 of 108')).toBeTruthy();
    await press('T');
    expect(screen.getByRole('img', { name: /Chance of passing from/ })).toBeTruthy();
  });

  it('become tables one by one', async () => {
    await open();
    const button = within(part('Ability by domain')).getByRole('button', { name: /As table/ });
    await fireEvent.click(button);
    expect(screen.getByText('737 to 793')).toBeTruthy();
    expect(screen.getByRole('img', { name: /Chance of passing from/ })).toBeTruthy();
  });
});

describe('what if', () => {
  it('is focused by W and starts at the plan', async () => {
    await open();
    await press('W');
    expect(document.activeElement).toBe(slider('Study per day'));
    expect(slider('Study per day').value).toBe('45');
    expect(slider('Exam date').getAttribute('aria-valuetext')).toBe('17 December 2025');
    expect(screen.getByText('on plan. Range 53 to 87%.')).toBeTruthy();
  });

  it('answers with the difference and its range', async () => {
    await open();
    await slide('Study per day', 60);
    const { plan } = forecast();
    const { p } = tried({ ...plan, minutes_per_day: 60 }).chance;
    await screen.findByText(/point.* more, for 15 minutes more a day\. Range \d+ to \d+%\.$/);
    expect(screen.getByText(`${Math.round(p * 100)}% what if`)).toBeTruthy();
    expect(screen.getByText('Twenty equally likely results on the plan being tried.')).toBeTruthy();
  });

  it('asks once at a time, and the last plan wins', async () => {
    await open();
    let release = (): void => {};
    let underway = 0;
    let most = 0;
    const answer = desk.also['what_if'];
    desk.before = async (command) => {
      if (command !== 'what_if') return;
      most = Math.max(most, ++underway);
      await new Promise<void>((resolve) => (release = resolve));
      underway--;
    };
    for (const minutes of [50, 55, 60, 65, 90]) await slide('Study per day', minutes);
    expect(plans().map((plan) => plan.minutes_per_day)).toEqual([50]);
    release();
    await waitFor(() => expect(plans().map((plan) => plan.minutes_per_day)).toEqual([50, 90]));
    release();
    await screen.findByText(/45 minutes more a day/);
    expect(most).toBe(1);
    expect(answer).toBeTruthy();
  });

  it('forgets an answer that comes after 0 led back to the plan', async () => {
    await open();
    let release = (): void => {};
    desk.before = async (command) => {
      if (command === 'what_if') await new Promise<void>((resolve) => (release = resolve));
    };
    slider('Study per day').focus();
    await slide('Study per day', 60);
    await press('0');
    expect(slider('Study per day').value).toBe('45');
    release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(screen.queryByText(/what if$/)).toBeNull();
    expect(screen.getByText('on plan. Range 53 to 87%.')).toBeTruthy();
  });

  it('says what went wrong and tries again', async () => {
    await open();
    desk.before = (command) => {
      if (command === 'what_if') throw refusal('plan', 'The plan could not be tried.');
    };
    await slide('Mock exams left', 6);
    await screen.findByText('The plan could not be tried.');
    desk.before = () => {};
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText(/three mock exams more/);
  });

  it('keeps the plan on K once it is answered, and the sliders start from it', async () => {
    await open();
    await press('K');
    expect(desk.inputsOf('set_plan')).toEqual([]);
    await slide('Days per week', 7);
    await slide('Exam date', 30);
    await screen.findByText(/one day more a week and a date 7 days later/);
    await press('K');
    const kept = { ...forecast().plan, days_per_week: 7, date: '2025-12-24' };
    expect(desk.inputsOf('set_plan')).toEqual([{ plan: kept }]);
    await screen.findByText('Forecast for Wednesday 24 December');
    expect(slider('Days per week').value).toBe('7');
    expect(screen.queryByText(/what if$/)).toBeNull();
    await waitFor(() => expect(toast.line?.text).toBe('Plan kept'));
    toast.line?.undo?.();
    await screen.findByText('Forecast for Wednesday 17 December');
    expect(desk.inputsOf('set_plan').at(-1)).toEqual({ plan: forecast().plan });
  });
});

describe('the best next hours', () => {
  it('open study for a task and a paper for a mock', async () => {
    await open();
    await press('5');
    expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' });
    router.replace({ screen: 'forecast' });
    await press('1');
    expect(router.route).toEqual({ screen: 'study' });
    router.replace({ screen: 'forecast' });
    await fireEvent.click(screen.getByRole('button', { name: /4\.4 Deploy/ }));
    expect(router.route).toEqual({ screen: 'study' });
  });

  it('say what they are worth and what they hold', async () => {
    await open();
    const rows = within(part('Best next hours')).getAllByRole('row').slice(1);
    expect(rows[1]?.textContent?.replaceAll(/\s+/g, ' ')).toMatch(
      /14 cards, 20 questions ?1 h 10 min ?3\.4 ± 1\.5 2\.9/,
    );
    expect(rows[3]?.textContent).toMatch(/22 cards(?!,)/);
    expect(rows[4]?.textContent).toMatch(/Narrows the range by about a quarter/);
  });

  it('are not made up where nothing stands out', async () => {
    await open(oneMock());
    expect(screen.getByText(/^Nothing stands out/)).toBeTruthy();
    await press('1');
    expect(router.route).toEqual({ screen: 'forecast' });
  });

  it('have no number keys when letters are turned off', async () => {
    preferences.show({ ...preferences.now, letter_keys: false });
    await open();
    await press('1');
    expect(router.route).toEqual({ screen: 'forecast' });
  });
});

describe('how far to trust it', () => {
  it('tells what came of its predictions and what it has never seen', async () => {
    await open();
    const trust = part('How far to trust this').textContent?.replaceAll(/\s+/g, ' ');
    expect(trust).toContain(
      'Across 412 predictions of your answers, when Sitwell said 75% you were right 74% of the time.',
    );
    expect(trust).toContain('It has never seen a real exam of yours');
  });

  it('claims nothing before it was tested', async () => {
    await open(oneMock());
    expect(screen.getByText(/^None of its predictions has been tested yet/)).toBeTruthy();
  });

  it('takes a real result and says so', async () => {
    await open(forecast({ date: '2025-11-20', date_chance: null, ahead: [] }));
    await press('R');
    const dialog = within(await screen.findByRole('dialog'));
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep the result' }));
    expect(dialog.getByText('Say whether you passed.')).toBeTruthy();
    await fireEvent.click(dialog.getByRole('radio', { name: 'Passed' }));
    const score = dialog.getByRole('textbox', { name: /Scaled score/ });
    await fireEvent.input(score, { target: { value: '2000' } });
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep the result' }));
    expect(dialog.getByText(/whole number from 100 to 1000/)).toBeTruthy();
    expect(desk.inputsOf('enter_result')).toEqual([]);
    await fireEvent.input(score, { target: { value: '781' } });
    expect(await wrongs()).toEqual([]);
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep the result' }));
    await screen.findByText(/It has been scored against one real result of yours/);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(desk.inputsOf('enter_result')).toEqual([
      { result: { exam: 'MLS-C01', date: '2025-11-20', passed: true, scaled: 781 } },
    ]);
  });

  it('keeps a result without a score, and shows why one was refused', async () => {
    await open();
    await fireEvent.click(screen.getByRole('button', { name: /Enter a real result/ }));
    const dialog = within(await screen.findByRole('dialog'));
    const date = dialog.getByLabelText('Day of the exam');
    await fireEvent.input(date, { target: { value: '2025-11-25' } });
    await fireEvent.click(dialog.getByRole('radio', { name: 'Not passed' }));
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep the result' }));
    expect(dialog.getByText(/today at the latest/)).toBeTruthy();
    await fireEvent.input(date, { target: { value: '2025-11-22' } });
    desk.before = (command) => {
      if (command === 'enter_result') throw refusal('result', 'The result could not be kept.');
    };
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep the result' }));
    await dialog.findByText('The result could not be kept.');
    desk.before = () => {};
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep the result' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(desk.inputsOf('enter_result').at(-1)).toEqual({
      result: { exam: 'MLS-C01', date: '2025-11-22', passed: false, scaled: null },
    });
  });
});

it.each([
  ['rich', forecast],
  ['after one mock', oneMock],
  ['without a date', withoutDate],
  ['without evidence', nothingKnown],
])('is clean for axe, as figures and as tables: %s', async (_, view) => {
  await open(view());
  expect(await wrongs()).toEqual([]);
  await press('T');
  expect(await wrongs()).toEqual([]);
});
