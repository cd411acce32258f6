import type { BrowseOrder } from '../../api/client';

/** What was last searched and how it was sorted, for when one comes back. */
export const last: { query: string; order: BrowseOrder } = {
  query: '',
  order: { column: 'due', descending: false },
};
