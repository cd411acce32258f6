import type { Reference } from '../api/client';

/** A link that somebody followed: it opens in the system's browser, after a question. */
class LinksState {
  asked = $state.raw<Reference | null>(null);

  ask(reference: Reference): void {
    this.asked = reference;
  }

  close(): void {
    this.asked = null;
  }
}

export const links = new LinksState();

/** Keeps a link inside cleaned HTML from taking the window away, and asks about it instead. */
export function catchLink(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(target instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  links.ask({ title: target.textContent?.trim() || target.href, url: target.href });
}
