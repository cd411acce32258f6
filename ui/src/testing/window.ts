/** A window of a width, for jsdom, which has none: only `max-width` queries are answered. */
export function setWidth(width: number): void {
  window.matchMedia = (query) => {
    const most = /max-width:\s*(\d+)px/.exec(query)?.[1];
    return Object.assign(new EventTarget(), {
      matches: most !== undefined && width <= Number(most),
      media: query,
      onchange: null,
      addListener: () => {},
      removeListener: () => {},
    }) as MediaQueryList;
  };
}
