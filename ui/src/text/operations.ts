import type { OperationKind } from '../api/client';

const kinds: Record<OperationKind, [undone: string, redone: string]> = {
  review: ['Grade taken back.', 'Graded again.'],
  suspend: ['Suspending or resuming taken back.', 'Suspended or resumed again.'],
  bury: ['Putting off taken back.', 'Put off again.'],
  flag: ['Flag change taken back.', 'Flag changed again.'],
  reset: ['Reset taken back.', 'Reset again.'],
  make: ['The new card is taken back.', 'The new card is there again.'],
  edit: ['The words from before are back.', 'The new words are back.'],
  tag: ['Tag change taken back.', 'Tag changed again.'],
  delete: ['What was deleted is back.', 'Deleted again.'],
  import: ['The import is undone.', 'The import is there again.'],
  deck: ['Deck change taken back.', 'Deck changed again.'],
  sitting: ['The deleted exam is back.', 'Deleted again.'],
};

export const undone = (kind: OperationKind) => kinds[kind][0];
export const redone = (kind: OperationKind) => kinds[kind][1];
export const nothingToUndo = 'There is nothing to undo.';
export const nothingToRedo = 'There is nothing to redo.';
