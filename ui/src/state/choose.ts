import { commands, ask } from '../api/client';
import { choose as text } from '../text/import';
import { incoming } from './incoming.svelte';

/** Lets the learner choose a file to import; nothing happens when they think better of it. */
export async function chooseFile(): Promise<void> {
  const path = await ask(commands.chooseFile(text.file, text.kinds));
  if (path !== null) incoming.add([path]);
}

/** Lets the learner choose a folder to import. */
export async function chooseFolder(): Promise<void> {
  const path = await ask(commands.chooseFolder(text.folder));
  if (path !== null) incoming.add([path]);
}
