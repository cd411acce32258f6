import { expect, it } from 'vitest';
import { help, screens } from '../text/keys';
import { KEYS, linesOf, type KeyScreen } from './map';
import { printed } from './press';

/** The page of the guide that lists all keys, from the table that the app itself goes by. */
function page(): string {
  const groups = [...new Set<KeyScreen>(KEYS.map((line) => line.screen))].map((screen) => {
    const lines = linesOf(screen)
      .filter((line) => line.label !== '')
      .map((line) => `| ${keysOf(line)} | ${line.label} |`);
    return `## ${screens[screen]}\n\n| Key | What it does |\n|---|---|\n${lines.join('\n')}\n`;
  });
  return `# ${help.title}\n\n\`?\` shows those of the screen that you are on. Single-letter keys can be turned off in the settings.\n\n${groups.join('\n')}`;
}

function keysOf(line: { print?: string; keys: readonly string[] }): string {
  const shown = line.print ? [line.print] : line.keys.map(printed);
  return shown.map((key) => `\`${key.replace('|', '\\|')}\``).join(' ');
}

it('the list of keys in the guide is that of the app', async () => {
  await expect(page()).toMatchFileSnapshot('../../../docs/keys.md');
});
