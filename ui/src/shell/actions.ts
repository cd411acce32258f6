import { refused, type Preferences, type TodayView } from '../api/client';
import type { IconName } from '../components/icons';
import { toast } from '../components/toast.svelte';
import { hint } from '../keys/keys';
import { router } from '../router.svelte';
import { chooseFile, chooseFolder } from '../state/choose';
import { help } from '../state/help.svelte';
import { preferences } from '../state/preferences.svelte';
import { palette as text, places } from '../text/shell';
import { shortTime, weekdayDate, localDay } from '../text/time';

/** Something that the palette can do. */
export interface Action {
  id: string;
  group: string;
  icon: IconName;
  label: string;
  /** What stands at its right: a key, a time, a date. */
  aside: string;
  run: () => void;
}

const change = (part: Partial<Preferences>) =>
  preferences.change(part).catch((cause: unknown) => console.warn(cause));

/** All that can be done now, what matters most first. */
export function actions(today: TodayView | null, cards: number): Action[] {
  const act = [study(cards), exams(today), decks()];
  // The clock of a running mock does not wait; cards do.
  if (today?.running) act.unshift(...act.splice(1, 1));
  return [...act.flat(), ...go(), ...results(today), ...look()];
}

/** The actions whose label or group holds every word typed. */
export function matching(all: readonly Action[], typed: string): Action[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((action) => {
    const text = `${action.label} ${action.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function study(cards: number): Action[] {
  if (cards === 0) return [];
  return [
    {
      id: 'cards',
      group: text.groups.act,
      icon: 'cards',
      label: text.study,
      aside: text.cards(cards),
      run: () => router.go({ screen: 'study' }),
    },
  ];
}

function exams(today: TodayView | null): Action[] {
  const group = text.groups.act;
  const running = today?.running;
  if (running) {
    return [
      {
        id: 'resume',
        group,
        icon: 'timer',
        label: text.resume(running.title),
        aside: text.left(shortTime(running.remaining_ms)),
        run: () => router.go({ screen: 'exam', sitting: running.id }),
      },
    ];
  }
  const exam = today?.exam;
  if (!exam || exam.largest_paper === 0) return [];
  return [
    {
      id: 'start',
      group,
      icon: 'timer',
      label: text.start,
      aside: exam.code,
      run: () => router.go({ screen: 'exam-start', code: exam.code }),
    },
  ];
}

function decks(): Action[] {
  const group = text.groups.act;
  const choosing = (choose: () => Promise<void>) => () =>
    void choose().catch((cause: unknown) => toast.show(refused(cause).message));
  return [
    {
      id: 'import',
      group,
      icon: 'import',
      label: text.importFile,
      aside: '',
      run: choosing(chooseFile),
    },
    {
      id: 'import-folder',
      group,
      icon: 'import',
      label: text.importFolder,
      aside: '',
      run: choosing(chooseFolder),
    },
    {
      id: 'export',
      group,
      icon: 'external',
      label: text.exportDecks,
      aside: '',
      run: () => router.go({ screen: 'library', exports: true }),
    },
  ];
}

function go(): Action[] {
  const group = text.groups.go;
  return [
    {
      id: 'today',
      group,
      icon: 'calendar',
      label: text.goTo(places.today),
      aside: hint('shell.today'),
      run: () => router.go({ screen: 'today' }),
    },
    {
      id: 'study',
      group,
      icon: 'cards',
      label: text.goTo(places.study),
      aside: hint('shell.study'),
      run: () => router.go({ screen: 'study' }),
    },
    {
      id: 'exams',
      group,
      icon: 'timer',
      label: text.goTo(places.exams),
      aside: hint('shell.exams'),
      run: () => router.go({ screen: 'exams' }),
    },
    {
      id: 'forecast',
      group,
      icon: 'forecast',
      label: text.goTo(places.forecast),
      aside: hint('shell.forecast'),
      run: () => router.go({ screen: 'forecast' }),
    },
    {
      id: 'library',
      group,
      icon: 'shelf',
      label: text.goTo(places.library),
      aside: hint('shell.library'),
      run: () => router.go({ screen: 'library' }),
    },
    {
      id: 'browse',
      group,
      icon: 'search',
      label: text.goTo(places.browse),
      aside: hint('shell.browse'),
      run: () => router.go({ screen: 'browse' }),
    },
    {
      id: 'statistics',
      group,
      icon: 'bars',
      label: text.goTo(places.statistics),
      aside: hint('shell.statistics'),
      run: () => router.go({ screen: 'statistics' }),
    },
    {
      id: 'settings',
      group,
      icon: 'sliders',
      label: text.goTo(places.settings),
      aside: hint('shell.settings'),
      run: () => router.go({ screen: 'settings' }),
    },
  ];
}

function results(today: TodayView | null): Action[] {
  return (today?.finished ?? []).map((sitting) => ({
    id: sitting.id,
    group: text.groups.results,
    icon: 'page',
    label: text.result(sitting.title),
    aside: weekdayDate(localDay(sitting.started_ms), today?.date),
    run: () => router.go({ screen: 'results', sitting: sitting.id }),
  }));
}

function look(): Action[] {
  const group = text.groups.look;
  const resize = (steps: number) =>
    preferences.resize(steps).catch((cause: unknown) => console.warn(cause));
  const line = (
    id: string,
    icon: IconName,
    label: string,
    run: () => void,
    aside = '',
  ): Action => ({
    id,
    group,
    icon,
    label,
    aside,
    run,
  });
  return [
    line('light', 'contrast', text.light, () => void change({ theme: 'light' })),
    line('dark', 'contrast', text.dark, () => void change({ theme: 'dark' })),
    line('system', 'contrast', text.system, () => void change({ theme: 'system' })),
    line('larger', 'letters', text.larger, () => void resize(1), hint('everywhere.larger')),
    line('smaller', 'letters', text.smaller, () => void resize(-1), hint('everywhere.smaller')),
    line('keys', 'keyboard', text.keys, () => help.open(), hint('everywhere.help')),
  ];
}
