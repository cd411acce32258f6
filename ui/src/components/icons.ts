/** Outlines on a 16 px grid, stroked in the colour of the text. */
export const ICONS = {
  check: 'm3 8.5 3.3 3.3L13 4.8',
  cross: 'm4 4 8 8M12 4l-8 8',
  flag: 'M4 14V2.5h7.5l-2 3 2 3H4',
  undo: 'M3 6h7a3.3 3.3 0 0 1 0 6.6H6M5.5 3.2 2.7 6l2.8 2.8',
  strike: 'M2 9h12M4.5 13 8 3l3.5 10',
  back: 'm9.5 3.5-4.5 4.5 4.5 4.5',
  forward: 'm6.5 3.5 4.5 4.5-4.5 4.5',
  grid: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z',
  warning: 'M8 2.2 14.4 13.3H1.6zM8 6.4v3.2M8 11.4v.2',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.4v3.4M8 5.2v.2',
  external: 'M6.5 3.5h-3v9h9v-3M9 3.2h3.8V7M12.6 3.4 7.6 8.4',
  page: 'M4 1.8h5.5L12.5 5v9.2H4V1.8ZM9.3 2v3.2h3',
  timer: 'M8 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8 5.5v3l2 1.5M6.5 1h3',
  home: 'M2.5 7.2 8 2.5l5.5 4.7v6.3h-3.8V9.6H6.3v3.9H2.5z',
  settings:
    'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  calendar:
    'M4 3.5h8A1.5 1.5 0 0 1 13.5 5v7a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V5A1.5 1.5 0 0 1 4 3.5ZM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  sliders:
    'M2 5h7M12.4 5H14M2 11h1.5M6.9 11H14M10.7 6.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM5.2 12.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  contrast: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8 2.5v11M10.2 4v8',
  letters: 'M1.8 12.5 5 4l3.2 8.5M2.9 9.7h4.2M9.8 12.5l2-5.3 2 5.3M10.5 10.8h2.6',
  keyboard: 'M2 4h12v8H2zM4.5 6.5h.1M7 6.5h.1M9.3 6.5h.1M11.6 6.5h.1M5.5 9.5h5',
} as const;

export type IconName = keyof typeof ICONS;
