import axe from 'axe-core';

/** What axe finds wrong, in a line each. jsdom draws nothing, so contrast is left to the tokens. */
export async function wrongs(element: Element = document.body): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' | ')})`,
  );
}
