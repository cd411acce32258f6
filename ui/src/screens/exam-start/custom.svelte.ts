import type { CustomPaper, CustomView, PaperSelection } from '../../api/client';

/** A paper of one's own being made, and what Rust says about it. */
export class Custom {
  /** None until Rust has said what was made last. */
  paper = $state.raw<CustomPaper | null>(null);
  view = $state.raw<CustomView | null>(null);

  take(view: CustomView): void {
    this.view = view;
    this.paper = view.paper;
  }

  change(parts: Partial<CustomPaper>): void {
    if (this.paper) this.paper = { ...this.paper, ...parts };
  }

  /** Takes something into a list of the selection, or out of it. */
  toggle<K extends keyof PaperSelection>(list: K, id: PaperSelection[K][number]): void {
    if (!this.paper) return;
    const { selection } = this.paper;
    const before = selection[list] as (typeof id)[];
    const after = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
    this.change({ selection: { ...selection, [list]: after } });
  }
}
