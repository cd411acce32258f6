import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { wrongs } from '../../testing/axe';
import { Cards, card, cards } from '../../testing/cards';
import { Desk, refusal } from '../../testing/desk';
import { press } from '../../testing/press';
import { FIRST, SECOND, answer, on, openStudy } from '../../testing/study';

let desk: Desk;
let known: Cards;

beforeEach(() => {
  desk = new Desk().install();
});

describe('an answer to be typed', () => {
  const field = () => screen.getByRole('textbox', { name: 'Your answer' });

  async function open(): Promise<void> {
    const typed = card(1, { back_html: '<p>Recall</p>', style: 'typed', typed: true });
    known = new Cards([typed, ...cards(1, 'review', 2)]);
    await openStudy(desk, known);
    await on(FIRST);
  }

  it('has the focus, and Enter compares it', async () => {
    await open();
    await waitFor(() => expect(document.activeElement).toBe(field()));
    expect(await wrongs()).toEqual([]);
    await fireEvent.input(field(), { target: { value: 'recal' } });
    expect(screen.getByRole('button', { name: 'Compare' })).toBeTruthy();
    await fireEvent.submit(field().closest('form') as HTMLFormElement);
    const compared = await screen.findByRole('region', { name: 'Your answer compared' });
    expect(compared.textContent).toMatch(/Different.*You wrote\s*recal.*The answer\s*Recall/);
    expect(compared.querySelector('del')?.textContent).toBe('recal');
    expect(desk.inputsOf('type_answer')).toEqual([{ card: 1, text: 'recal' }]);
    await waitFor(() => expect(document.activeElement).toBe(answer()));
    expect(await wrongs()).toEqual([]);
    await press(' ');
    await on(SECOND);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('is said to be right when it is', async () => {
    await open();
    await fireEvent.input(field(), { target: { value: ' RECALL ' } });
    await fireEvent.submit(field().closest('form') as HTMLFormElement);
    const compared = await screen.findByRole('region', { name: 'Your answer compared' });
    expect(compared.textContent?.trim()).toBe('Right');
  });

  it('may be left out', async () => {
    await open();
    await fireEvent.submit(field().closest('form') as HTMLFormElement);
    await waitFor(() => expect(answer()).toBeTruthy());
    expect(screen.queryByRole('region', { name: 'Your answer compared' })).toBeNull();
    expect(desk.inputsOf('type_answer')).toEqual([]);
  });

  it('stays when it cannot be compared', async () => {
    await open();
    desk.before = (command) => {
      if (command === 'type_answer') throw refusal('collection', 'The answer cannot be read.');
    };
    await fireEvent.input(field(), { target: { value: 'recall' } });
    await fireEvent.submit(field().closest('form') as HTMLFormElement);
    await screen.findByText('The answer cannot be read.');
    expect((field() as HTMLInputElement).value).toBe('recall');
    expect(answer()).toBeNull();
  });
});

it('says where a card came from and how it went before, with the answer', async () => {
  await openStudy(desk, new Cards([card(1, { source: 'aws-mls-c01/recall' })]));
  await on(FIRST);
  expect(screen.getByText('Made from a question')).toBeTruthy();
  expect(screen.queryByText(/^Seen/)).toBeNull();
  await press(' ');
  expect(screen.getByText('Seen 7 times, recalled 5 of 6')).toBeTruthy();
});

it('says when a grade took a card out of study, and takes that back', async () => {
  known = Object.assign(new Cards(cards(3)), { leech: true });
  await openStudy(desk, known);
  await on(FIRST);
  await press(' ');
  await press('1');
  await screen.findByText(/^Card suspended: it keeps being forgotten/);
  await on(SECOND);
  screen.getByRole('status').querySelector('button')?.click();
  await on(FIRST);
  expect(desk.inputsOf('undo_study')).toHaveLength(1);
});

it('answers a deletion where it stands', async () => {
  const text = (words: string) => `<p>To <span class="cloze">${words}</span> it goes.</p>`;
  const parts = { front_html: text('[format]'), back_html: text('Parquet') };
  await openStudy(desk, new Cards([card(1, { ...parts, style: 'cloze' })]));
  await on(/\[format\]/);
  expect(await wrongs()).toEqual([]);
  await press(' ');
  await waitFor(() => expect(answer()?.textContent).toMatch(/To Parquet it goes/));
  expect(screen.queryByRole('region', { name: 'Card' })).toBeNull();
  expect(document.activeElement).toBe(answer());
  expect(await wrongs()).toEqual([]);
});

describe('a sound', () => {
  it('is fetched, and played again on R', async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    const fetched = vi.fn().mockResolvedValue({ ok: true, blob: async () => new Blob(['x']) });
    vi.stubGlobal('fetch', fetched);
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:sound', revokeObjectURL: () => {} }),
    );
    const front_html = `<p>Listen</p><audio controls src="media://localhost/aa/say.mp3"></audio>`;
    await openStudy(desk, new Cards([card(1, { front_html })]));
    await on(/Listen/);
    const player = document.querySelector('audio') as HTMLAudioElement;
    await waitFor(() => expect(player.src).toBe('blob:sound'));
    expect(fetched).toHaveBeenCalledWith('media://localhost/aa/say.mp3');
    await press('R');
    expect(play.mock.contexts).toEqual([player]);
    vi.unstubAllGlobals();
    play.mockRestore();
  });

  it('is not looked for where there is none', async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
    await openStudy(desk, new Cards(cards(1)));
    await on(FIRST);
    await press('R');
    expect(play).not.toHaveBeenCalled();
    play.mockRestore();
  });
});
