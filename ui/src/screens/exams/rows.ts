/** Moves the focus among the elements marked `data-row`; from none, to the first or the last. */
export function stepRow(inside: HTMLElement, step: 1 | -1): void | false {
  const rows = [...inside.querySelectorAll<HTMLElement>('[data-row]')];
  if (rows.length === 0) return false;
  const at = rows.findIndex((row) => row === document.activeElement);
  const to = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
  const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
  row?.focus({ preventScroll: true });
  row?.scrollIntoView?.({ block: 'nearest' });
}
