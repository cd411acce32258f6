import type { ItemReport, ReportReason } from '../api/client';
import { counted } from './numbers';
import { longDate } from './time';

/** Reporting a question. */
export const report = {
  open: 'Report this question',
  title: 'What is wrong with this question?',
  reason: 'Reason',
  words: 'In your words',
  wordsHint: 'Needed for “something else”. Name a source if you can.',
  stays: 'The report stays on this computer until you send it to the author of the deck.',
  send: 'Keep the report',
  cancel: 'Cancel',
  kept: 'The report is kept. You find it in Settings.',
};

export const reasons: Record<ReportReason, string> = {
  key: 'Key is wrong',
  ambiguous: 'Ambiguous',
  outdated: 'Out of date',
  other: 'Something else',
};

/** The reports in the settings. */
export const list = {
  title: 'Reported questions',
  none: 'None. A question can be reported after its answer is explained.',
  count: (reports: readonly ItemReport[]) =>
    `${counted(reports.length, 'report')}, to be sent to the authors of the decks.`,
  markdown: 'Copy as text',
  json: 'Copy as JSON',
  copied: 'Copied.',
  remove: (item: string) => `Remove the report of ${item}`,
  removeShort: 'Remove',
  facts: ({ reason, deck_title, deck_version, date }: ItemReport) =>
    `${reasons[reason]} · ${deck_title} ${deck_version} · ${longDate(date)}`,
  words: (words: string) => `“${words}”`,
};
