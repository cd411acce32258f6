/**
 * Sounds of a card. WebKitGTK plays none from a scheme of an app's own, so their bytes are fetched
 * and played from memory.
 */
export function sounds(node: HTMLElement): () => void {
  let over = false;
  const urls: string[] = [];
  for (const player of node.querySelectorAll('audio')) void load(player);

  async function load(player: HTMLAudioElement): Promise<void> {
    try {
      const answer = await fetch(player.src);
      const url = answer.ok ? URL.createObjectURL(await answer.blob()) : null;
      if (url === null) return;
      urls.push(url);
      if (over) URL.revokeObjectURL(url);
      else player.src = url;
    } catch {
      // The player keeps its address, and says itself that it cannot be loaded.
    }
  }

  return () => {
    over = true;
    urls.forEach((url) => URL.revokeObjectURL(url));
  };
}

/** Plays the last sound in sight from its start: on an answer, the answer's. Whether there is one. */
export function replay(within: ParentNode): boolean {
  const player = [...within.querySelectorAll('audio')].at(-1);
  if (!player) return false;
  player.currentTime = 0;
  // It may not be loaded yet; then its own controls say so.
  void Promise.resolve(player.play()).catch(() => {});
  return true;
}
