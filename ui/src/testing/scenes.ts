import type { Route } from '../router.svelte';
import type { Desk, Sitting } from './desk';
import { exam } from './exams';
import { matchAt, orderAt, SCENARIO } from './paper';

/** What a desk looks like at a moment, and the screen to look at it from. */
export type Scene = (desk: Desk) => Route;

function answerUpTo(sitting: Sitting, last: number, blanks: readonly number[]): void {
  sitting.questions.forEach((question, position) => {
    if (position > last) return;
    sitting.seen[position] = true;
    if (blanks.includes(position)) return;
    question.options.forEach((option, index) => {
      option.chosen = index < question.select;
    });
  });
}

function flag(sitting: Sitting, positions: readonly number[]): void {
  for (const position of positions) {
    const question = sitting.questions[position];
    if (question) question.flagged = true;
  }
}

function choose(sitting: Sitting, position: number, chosen: number[], struck: number[]): void {
  sitting.questions[position]?.options.forEach((option, index) => {
    option.chosen = chosen.includes(index);
    option.struck = struck.includes(index);
  });
}

function arrange(sitting: Sitting, position: number, places: (number | null)[]): void {
  const question = sitting.questions[position];
  if (!question) return;
  question.arrangement = places;
  question.options.forEach((option, index) => (option.chosen = places.includes(index)));
}

export const examScenes: Record<string, Scene> = {
  exam: (desk) => {
    desk.preferences.ask_confidence = true;
    const sitting = desk.begin({ remainingMs: (111 * 60 + 32) * 1000, current: 27 });
    answerUpTo(sitting, 27, [10, 21]);
    flag(sitting, [5, 13, 18, 27]);
    choose(sitting, 27, [1], [0, 2]);
    const question = sitting.questions[27];
    if (question) question.confidence = 'fairly';
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-multi': (desk) => {
    desk.preferences.ask_confidence = true;
    const sitting = desk.begin({ remainingMs: (98 * 60 + 5) * 1000, current: 31 });
    answerUpTo(sitting, 31, [10, 21]);
    flag(sitting, [5, 13, 18, 26]);
    choose(sitting, 31, [0, 2], [1]);
    const question = sitting.questions[31];
    if (question) question.confidence = 'sure';
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-order': (desk) => {
    const sitting = desk.begin({ remainingMs: (98 * 60 + 5) * 1000, current: 30 });
    answerUpTo(sitting, 29, [10, 21]);
    sitting.questions[30] = orderAt(30);
    arrange(sitting, 30, [2, 0, null]);
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-match': (desk) => {
    desk.preferences.ask_confidence = true;
    const sitting = desk.begin({ remainingMs: (98 * 60 + 5) * 1000, current: 30 });
    answerUpTo(sitting, 29, [10, 21]);
    sitting.questions[30] = matchAt(30);
    arrange(sitting, 30, [2, 0, null]);
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-case': (desk) => {
    const sitting = desk.begin({ remainingMs: (98 * 60 + 5) * 1000, current: 30 });
    answerUpTo(sitting, 29, [10, 21]);
    const question = sitting.questions[30];
    if (question) question.case_html = SCENARIO;
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-long': (desk) => {
    const sitting = desk.begin({ remainingMs: 9 * 60_000, current: 64 });
    answerUpTo(sitting, 64, [10, 21, 62, 63, 64]);
    return { screen: 'exam', sitting: sitting.id, position: 62 };
  },
  'exam-first': (desk) => {
    const sitting = desk.begin();
    return { screen: 'exam', sitting: sitting.id, position: 2 };
  },
  'exam-error': (desk) => {
    const sitting = desk.begin();
    desk.before = (command) => {
      if (command === 'choose') {
        throw {
          code: 'collection',
          message: 'The answer could not be written to the collection.',
          hint: 'What was confirmed before is safe. Check that the disk is not full and the file can be written, then try again.',
          location: null,
        };
      }
    };
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-time-up': (desk) => {
    const sitting = desk.begin({ remainingMs: 2500 });
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-review': (desk) => {
    const sitting = desk.begin({ remainingMs: (14 * 60 + 20) * 1000, current: 64 });
    answerUpTo(sitting, 64, [21, 46]);
    flag(sitting, [5, 13, 26, 43, 51, 59]);
    return { screen: 'exam-review', sitting: sitting.id };
  },
  'exam-start': () => ({ screen: 'exam-start', code: 'MLS-C01' }),
  'exam-start-diagnostic': () => ({ screen: 'exam-start', code: 'MLS-C01', mode: 'diagnostic' }),
  'exam-start-section': () => ({ screen: 'exam-start', code: 'MLS-C01', mode: 'section' }),
  'exam-start-drill': () => ({ screen: 'exam-start', code: 'MLS-C01', mode: 'drill' }),
  'exam-start-custom': (desk) => {
    desk.exams = [exam({ bundled: 181, imported: 34 })];
    return { screen: 'exam-start', code: 'MLS-C01', mode: 'custom' };
  },
  'exam-break': (desk) => {
    const sitting = desk.begin({ remainingMs: 96 * 60_000, onBreak: true, stopClock: true });
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-drill': (desk) => {
    const sitting = desk.practise({
      mode: 'drill',
      tasks: [],
      items: 10,
      pool: 'all',
      paced: false,
    });
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-diagnostic': (desk) => {
    const sitting = desk.practise({ mode: 'diagnostic' });
    return { screen: 'exam', sitting: sitting.id };
  },
  'exam-start-short': (desk) => {
    desk.exams = [
      exam({
        largest_paper: 40,
        shortfall:
          'A full paper needs 23 questions on Modeling that may stand together; there are 14.',
        last_sitting: null,
        successors: [],
      }),
    ];
    return { screen: 'exam-start', code: 'MLS-C01' };
  },
};
