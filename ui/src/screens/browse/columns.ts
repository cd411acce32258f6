import type { BrowseColumn } from '../../api/client';

/** The columns beside the editor or in a narrow window. */
export const FEW: readonly BrowseColumn[] = ['text', 'task', 'stability', 'recall', 'due'];

/** All of them. */
export const MANY: readonly BrowseColumn[] = [
  'text',
  'deck',
  'task',
  'stability',
  'difficulty',
  'recall',
  'due',
  'reviews',
  'lapses',
  'added',
];

/** Those set to the right. */
export const NUMBERS: readonly BrowseColumn[] = [
  'stability',
  'difficulty',
  'recall',
  'reviews',
  'lapses',
];
