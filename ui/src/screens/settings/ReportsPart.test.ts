import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ItemReport } from '../../api/client';
import { wrongs } from '../../testing/axe';
import { Desk } from '../../testing/desk';
import ReportsPart from './ReportsPart.svelte';

const REPORT: ItemReport = {
  id: 3,
  item: 'notes/q-1',
  version: 'abc',
  deck: 'notes',
  deck_title: 'Old notes',
  deck_version: '1.2.0',
  text: 'Which service streams records?',
  reason: 'outdated',
  words: 'Renamed in 2024.',
  date: '2025-11-24',
};

let desk: Desk;

beforeEach(() => {
  desk = new Desk().install();
});

it('lists reports with the words of the learner, copies them and takes one back', async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
  desk.also['item_reports'] = () => [REPORT];
  desk.also['item_reports_text'] = ({ format }) => `as ${String(format)}`;
  desk.also['remove_item_report'] = () => [];
  render(ReportsPart);
  await screen.findByText('Which service streams records?');
  expect(screen.getByText('Out of date · Old notes 1.2.0 · 24 November 2025')).toBeTruthy();
  expect(screen.getByText('“Renamed in 2024.”')).toBeTruthy();
  expect(await wrongs()).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Copy as text' }));
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledWith('as markdown'));
  await fireEvent.click(screen.getByRole('button', { name: 'Remove the report of notes/q-1' }));
  await screen.findByText(/^None\. A question can be reported/);
  expect(desk.inputsOf('remove_item_report')).toEqual([{ id: 3 }]);
  vi.unstubAllGlobals();
});
