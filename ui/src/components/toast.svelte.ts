export interface ToastLine {
  text: string;
  undo?: () => void;
}

/** The one toast there may be. A new one takes the place of the one before. */
class ToastState {
  line = $state.raw<ToastLine | null>(null);

  show(text: string, undo?: () => void): void {
    this.line = undo ? { text, undo } : { text };
  }

  clear(): void {
    this.line = null;
  }
}

export const toast = new ToastState();
