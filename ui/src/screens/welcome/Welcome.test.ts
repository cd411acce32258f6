import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../router.svelte';
import { learner } from '../../state/learner.svelte';
import { wrongs } from '../../testing/axe';
import { Desk, refusal } from '../../testing/desk';
import { furnish, nobody, retired } from '../../testing/learner';
import { press } from '../../testing/press';
import Welcome from './Welcome.svelte';

let desk: Desk;

async function open(): Promise<void> {
  await learner.load();
  render(Welcome, { route: { screen: 'welcome' } });
  await screen.findByRole('heading', { name: 'Which exam?' });
}

const chooses = () => desk.inputsOf('choose_exam').map((input) => input['profile']);

beforeEach(() => {
  desk = furnish(new Desk().install(), nobody());
  router.replace({ screen: 'welcome' });
});

describe('the welcome', () => {
  it('puts exams with questions first, and says why others cannot be chosen', async () => {
    await open();
    const radios = screen.getAllByRole<HTMLInputElement>('radio');
    expect(radios.map((radio) => radio.value)).toEqual(['MLS-C01', 'MLA-C01']);
    expect(radios.map((radio) => radio.checked)).toEqual([true, false]);
    expect(radios.map((radio) => radio.disabled)).toEqual([false, true]);
    expect(screen.getByText(/MLS-C01. 65 questions, 180 minutes, pass at 750./)).toBeTruthy();
    expect(screen.getByText('215 questions')).toBeTruthy();
    expect(screen.getByText(/MLA-C01. There are no questions for it yet./)).toBeTruthy();
  });

  it('keeps the exam and goes on to a mock on Enter; back from there is Today', async () => {
    await open();
    await press('Enter');
    await waitFor(() => expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01' }));
    expect(chooses()).toEqual([{ exam: 'MLS-C01', exam_date: null }]);
    router.back();
    expect(router.route).toEqual({ screen: 'today' });
  });

  it('offers to begin with a diagnostic', async () => {
    await open();
    await fireEvent.click(screen.getByRole('button', { name: 'Begin with 20 questions' }));
    await waitFor(() =>
      expect(router.route).toEqual({ screen: 'exam-start', code: 'MLS-C01', mode: 'diagnostic' }),
    );
  });

  it('keeps the date chosen, and skips to Today', async () => {
    await open();
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2025-12-17' } });
    expect(screen.getByText('Wednesday 17 December, 23 days from now')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Skip for now' }));
    await waitFor(() => expect(router.route).toEqual({ screen: 'today' }));
    expect(chooses()).toEqual([{ exam: 'MLS-C01', exam_date: '2025-12-17' }]);
  });

  it('refuses a day that is past', async () => {
    await open();
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2025-11-23' } });
    await fireEvent.click(screen.getByRole('button', { name: /Start a full mock/ }));
    expect(screen.getByText('Choose a day from today on.')).toBeTruthy();
    expect(screen.getByLabelText('Date').getAttribute('aria-invalid')).toBe('true');
    expect(chooses()).toEqual([]);
  });

  it('takes the date away again', async () => {
    await open();
    await fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2025-12-17' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Not booked yet' }));
    expect(screen.getByLabelText<HTMLInputElement>('Date').value).toBe('');
    expect(screen.getByText(/Not booked yet. You can set a date later/)).toBeTruthy();
  });

  it('says that an exam has ended, and asks for a goal', async () => {
    desk.exams = desk.exams.map((exam) => (exam.questions > 0 ? retired() : exam));
    await open();
    expect(screen.getByText(/ended MLS-C01 on 31 March 2025.*practice goal/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'When do you want to be ready?' })).toBeTruthy();
  });

  it('says what went wrong and stays', async () => {
    await open();
    desk.before = (command) => {
      if (command === 'choose_exam') throw refusal('collection', 'It could not be kept.');
    };
    await press('Enter');
    await screen.findByText('It could not be kept.');
    expect(router.route).toEqual({ screen: 'welcome' });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /Start/ }).disabled).toBe(false);
  });

  it('is clean for axe', async () => {
    await open();
    expect(await wrongs()).toEqual([]);
  });
});
