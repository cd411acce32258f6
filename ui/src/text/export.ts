import type { Exported, ExportFormat, ExportProgress } from '../api/client';
import { counted, figures, listed } from './numbers';

export const title = (deck: string | null) =>
  deck === null ? 'Export all decks of your own' : `Export “${deck}”`;
export const body = 'Decks below it go along. Nothing in your collection changes.';
export const bodyAll = 'Decks that came with Sitwell stay out. Nothing in your collection changes.';

export const format = 'Format';
export const formats: Record<ExportFormat, { label: string; note: string; extension: string }> = {
  markdown: {
    label: 'Markdown',
    note: 'A zip of Markdown files that reads well anywhere and comes back into Sitwell whole.',
    extension: 'sitwell.zip',
  },
  apkg: {
    label: 'Anki',
    note: 'A package that Anki opens.',
    extension: 'apkg',
  },
  csv: {
    label: 'CSV',
    note: 'A table for spreadsheets.',
    extension: 'csv',
  },
};
export const scheduling = 'With scheduling';
export const schedulingNote =
  'Reviews, intervals, suspensions and flags. Leave them out to share a deck.';

export const choose = 'Where the export is written';
export const start = 'Choose where';
export const cancel = 'Cancel';
export const close = 'Close';
export const running = 'Writing the file.';
export const stop = 'Stop';
export const stopped = 'Stopped. Nothing was written.';
export const step = ({ done, of }: ExportProgress) => `${figures(done)} of ${figures(of)}`;

/** `core.sitwell.zip`; no character that a file system refuses. */
export const fileName = (deck: string | null, format: ExportFormat) =>
  `${(deck ?? 'Sitwell decks').replaceAll(/[<>:"/\\|?*\u0000-\u001f]+/g, ' ').trim() || 'deck'}.${formats[format].extension}`;

export const done = 'Exported';
export const wrote = ({ cards, questions, decks, media, path }: Exported) =>
  `${listed([
    ...(cards > 0 || questions === 0 ? [counted(cards, 'card')] : []),
    ...(questions > 0 ? [counted(questions, 'question')] : []),
    ...(media > 0 ? [counted(media, 'picture or sound', 'pictures and sounds')] : []),
  ])} of ${counted(decks, 'deck')} are in ${path}.`;
export const leftOut = 'What the format cannot hold was left out:';
export const whole = 'Nothing was left out.';
