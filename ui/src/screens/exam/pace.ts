/** How far the answers are ahead of an even pace; negative when behind. For display only. */
export function aheadOfPace(
  answered: number,
  items: number,
  usedMs: number,
  totalMs: number,
): { aheadMs: number; shareMs: number } {
  const shareMs = items === 0 ? 0 : totalMs / items;
  return { aheadMs: answered * shareMs - usedMs, shareMs };
}
