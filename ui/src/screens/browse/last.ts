import type { BrowseOrder, ItemDraft } from '../../api/client';

/** Names the draft of a card that does not exist yet. */
export const NEW_ITEM = '';

/** What was last searched, how it was sorted and what was being written, for when one comes back. */
export const last: {
  query: string;
  order: BrowseOrder;
  /** Drafts that were neither saved nor discarded, by item. */
  drafts: Map<string, ItemDraft>;
  /** The item whose draft was left last. */
  writing: string | null;
} = {
  query: '',
  order: { column: 'due', descending: false },
  drafts: new Map(),
  writing: null,
};
