import type { DrillPool, Mode, PoolCounts } from '../api/client';
import { counted, figures } from './numbers';
import { timeInFigures } from './exam';

/** Ways to sit, on the door of the hall. */
export const choice = 'How to sit';
export const names: Record<Mode, string> = {
  mock: 'Mock',
  diagnostic: 'Diagnostic',
  section: 'Section test',
  drill: 'Drill',
  custom: 'Custom',
};

export const diagnostic = {
  title: (items: number) => `${counted(items, 'question')}, without a clock.`,
  rules: [
    'The questions cover every domain in the proportions of the exam.',
    'Each is as hard as your answers so far suggest, so expect to miss some whatever you know.',
    'Nothing is marked right or wrong until the end.',
    'The result is a first estimate, and a wide one. It is no score; the forecast starts from it.',
  ],
  shares: 'Shares of the questions',
  begin: (items: number) => `Begin with ${counted(items, 'question')}`,
};

export const section = {
  title: (items: number, minutes: number) =>
    `${counted(items, 'question')} in ${timeInFigures(minutes)}.`,
  part: 'Part of the exam',
  whole: (title: string) => `All of ${title}`,
  items: 'Questions',
  asMock: 'As a mock',
  shorter: (largest: number) => `Sit ${counted(largest, 'question')} instead`,
  rules: [
    'The questions of this part, at the pace of the exam.',
    'The clock starts with the test and does not pause, even when Sitwell is closed.',
    'Nothing is marked right or wrong until the end.',
    'The result is of this part only.',
  ],
  begin: 'Start the section test',
};

export const drill = {
  title: (items: number, minutes: number | null) => {
    if (items === 0) return 'No question to drill.';
    const questions = counted(items, 'question');
    return minutes === null
      ? `${questions}, explained one by one.`
      : `${questions} in ${timeInFigures(minutes)}, explained one by one.`;
  },
  clock: 'Clock',
  clocks: { none: 'None', pace: 'The exam’s pace' },
  tasks: 'Tasks',
  everything: 'All tasks',
  items: 'Questions',
  pool: 'Drawn from',
  pools: {
    all: 'All',
    unseen: 'Unseen',
    missed: 'Missed',
    flagged: 'Flagged',
    unsure: 'Not sure',
    listed: 'My list',
  } satisfies Record<DrillPool, string>,
  withCount: (name: string, counts: PoolCounts | null, pool: DrillPool) =>
    counts === null ? name : `${name} ${figures(counts[pool])}`,
  poolHelp: {
    all: 'Every question of these tasks, those you have not seen first.',
    unseen: 'Questions that no sitting has shown you yet.',
    missed: 'Questions that you got wrong when you last answered them.',
    flagged: 'Questions that were flagged when you last sat them.',
    unsure: 'Questions that you last answered with “guess” or “fairly”.',
    listed: 'Questions that you put on your list when you looked at their answers.',
  } satisfies Record<DrillPool, string>,
  noClock: 'There is no clock.',
  paced:
    'You have the exam’s time for each question, in one sum. The clock stands while you read the reasons. When the time is up the drill ends, and what is not answered is left out.',
  rules: [
    'Check an answer to see whether it is right and why. After that it stands.',
    'The forecast counts drills for less than papers against the clock.',
  ],
  begin: 'Start the drill',
};

/** In the hall. */
export const hall = {
  untimed: 'No clock',
  stands: 'The clock stands',
  progress: (answered: number, items: number) => `${answered} of ${items} answered`,
  check: 'Check',
  right: 'Correct.',
  wrong: 'Wrong.',
  why: 'Why',
  readMore: 'Read more',
};

/** On the review screen of a sitting without a clock. */
export const review = {
  blanks: 'What you leave unanswered counts for nothing in the forecast.',
  soFar: (items: number) => `${counted(items, 'question')} so far`,
  end: 'End it here',
};

/** On a result that is not on the scale of the exam. */
export const result = {
  statement: (mode: Mode, correct: number, items: number): string => {
    const marks = `${figures(correct)} of ${counted(items, 'question')} correct`;
    return mode === 'diagnostic' ? `A first estimate, and a wide one: ${marks}.` : `${marks}.`;
  },
  notes: {
    mock: '',
    diagnostic:
      'A few questions, each as hard as the answers before it suggested, tell roughly where you are and no more. So there is no score here. The forecast takes these answers in and says how wide the estimate still is.',
    section:
      'This is a part of the exam, so there is no score on its scale. The forecast takes these answers as it takes those of a mock.',
    drill:
      'Practice, explained as you went, so there is no score. The forecast counts these answers for less.',
    custom:
      'You chose these questions, so there is no score on the scale of the exam. The forecast counts these answers as it counts a drill, and leaves out questions without a task of the exam.',
  } satisfies Record<Mode, string>,
  label: 'What this tells',
  forecast: 'See the forecast',
};

/** A sitting that is not on the scale, in a list. */
export const marks = (correct: number | null, items: number): string =>
  correct === null ? '' : `${figures(correct)} of ${figures(items)} correct`;
