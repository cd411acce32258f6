/**
 * Sounds of a deck's text, those that come later too. WebKitGTK plays none from a scheme of an
 * app's own, so their bytes are fetched and played from memory.
 */
export function sounds(node: HTMLElement): () => void {
  let over = false;
  const urls = new Map<HTMLAudioElement, string>();
  const known = new WeakSet<HTMLAudioElement>();

  function look(): void {
    for (const [player, url] of urls) {
      if (node.contains(player)) continue;
      URL.revokeObjectURL(url);
      urls.delete(player);
    }
    for (const player of node.querySelectorAll('audio')) {
      if (known.has(player)) continue;
      known.add(player);
      void load(player);
    }
  }

  async function load(player: HTMLAudioElement): Promise<void> {
    try {
      const answer = await fetch(player.src);
      const bytes = answer.ok ? await answer.blob() : null;
      if (bytes === null || over || !node.contains(player)) return;
      const url = URL.createObjectURL(bytes);
      urls.set(player, url);
      player.src = url;
    } catch {
      // The player keeps its address, and says itself that it cannot be loaded.
    }
  }

  look();
  const watch = new MutationObserver(look);
  watch.observe(node, { childList: true, subtree: true });
  return () => {
    over = true;
    watch.disconnect();
    for (const url of urls.values()) URL.revokeObjectURL(url);
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
