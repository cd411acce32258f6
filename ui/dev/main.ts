// Shows a screen over fixtures, without Rust: /dev/?scene=exam&theme=dark
import { router } from '../src/router.svelte';
import type { Theme } from '../src/api/client';
import { Desk } from '../src/testing/desk';
import { browseScenes } from '../src/testing/browse-scenes';
import { deskScenes } from '../src/testing/desk-scenes';
import { forecastScenes } from '../src/testing/forecast-scenes';
import { importScenes } from '../src/testing/import-scenes';
import { examScenes } from '../src/testing/scenes';
import { studyScenes } from '../src/testing/study-scenes';

const scenes = {
  ...examScenes,
  ...studyScenes,
  ...deskScenes,
  ...forecastScenes,
  ...browseScenes,
  ...importScenes,
};
const query = new URLSearchParams(location.search);
const name = query.get('scene');
const scene = name === null ? undefined : scenes[name];

if (!scene) {
  const list = document.createElement('ul');
  for (const one of Object.keys(scenes)) {
    const link = document.createElement('a');
    link.href = `?scene=${one}`;
    link.textContent = one;
    const line = document.createElement('li');
    line.append(link);
    list.append(line);
  }
  document.body.replaceChildren(list);
} else {
  const desk = new Desk().install();
  desk.preferences.theme = (query.get('theme') ?? 'system') as Theme;
  desk.preferences.text_size = Number(query.get('size') ?? '100');
  router.replace(scene(desk));
  await import('../src/main');
  // `keys=A,ArrowRight` types them, to look at what they lead to.
  for (const key of (query.get('keys') ?? '').split(',').filter(Boolean)) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    const parts = key.split('+');
    const last = parts.at(-1)?.replace('Space', ' ') ?? '';
    const focused = document.activeElement;
    // A key that a script typed moves no slider.
    if (focused instanceof HTMLInputElement && focused.type === 'range' && /^Arrow/.test(last)) {
      if (last === 'ArrowRight') focused.stepUp();
      else focused.stepDown();
      focused.dispatchEvent(new Event('input', { bubbles: true }));
      continue;
    }
    window.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: last,
        ctrlKey: parts.includes('Ctrl'),
        shiftKey: parts.includes('Shift'),
      }),
    );
  }
}
