// Screenshots of the scenes in headless Chromium: node dev/shots.mjs OUT [scene...]
// A scene is `exam`, `exam:A,ArrowRight` with keys typed, `results@1900` in a window that high.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { createServer } from 'vite';

const run = promisify(execFile);
const [out = 'shots', ...wanted] = process.argv.slice(2);
const scenes = wanted.length > 0 ? wanted : ['exam', 'exam-multi', 'exam-review', 'exam-start'];
const looks = [
  ['', 'theme=light', 1280],
  ['-dark', 'theme=dark', 1280],
  ['-900', 'theme=light', 900],
  // The smallest window with the largest text.
  ['-130', 'theme=light&size=130', 880, 600],
];

mkdirSync(out, { recursive: true });
const server = await createServer({
  server: { port: 5199, strictPort: false, hmr: false, watch: null },
  logLevel: 'error',
});
await server.listen();
const address = server.resolvedUrls?.local[0] ?? '';
for (const scene of scenes) {
  const [, name, keys, height = '820'] = /^([^:@]+)(?::([^@]+))?(?:@(\d+))?$/.exec(scene) ?? [];
  for (const [suffix, query, width, height = 820] of looks) {
    const file = `${out}/${name}${keys ? `-${keys.replaceAll(/[^A-Za-z0-9]+/g, '-')}` : ''}${suffix}.png`;
    await run('chromium', [
      '--headless',
      '--no-sandbox',
      '--hide-scrollbars',
      '--virtual-time-budget=4000',
      `--window-size=${width},${height}`,
      `--screenshot=${file}`,
      `${address}dev/?scene=${name}&${query}${keys ? `&keys=${encodeURIComponent(keys)}` : ''}`,
    ]);
    console.log(file);
  }
}
await server.close();
