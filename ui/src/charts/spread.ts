/** Moves heights apart until each has `gap` pixels, as little as can be, keeping their order. */
export function spread(heights: readonly number[], gap: number): number[] {
  const order = heights.map((_, index) => index);
  order.sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  // Groups that touch: each stands around the mean of where its members want to be.
  const groups: { members: number[]; middle: number }[] = [];
  for (const index of order) {
    groups.push({ members: [index], middle: heights[index] ?? 0 });
    for (let last = groups.at(-1), before = groups.at(-2); last && before;) {
      const half = ((last.members.length + before.members.length) / 2) * gap;
      if (last.middle - before.middle >= half - 1e-9) break;
      const size = before.members.length + last.members.length;
      before.middle =
        (before.middle * before.members.length + last.middle * last.members.length) / size;
      before.members.push(...last.members);
      groups.pop();
      last = groups.at(-1);
      before = groups.at(-2);
    }
  }
  const placed = [...heights];
  for (const { members, middle } of groups) {
    members.forEach((index, place) => {
      placed[index] = middle + (place - (members.length - 1) / 2) * gap;
    });
  }
  return placed;
}
