import { counted, countedInWords, inWords, listed, plural, sentence } from './numbers';
import { timeInWords } from './time';

/** The hall. */
export const hall = {
  question: (number: number) => `Question ${number}`,
  of: (items: number) => `of ${items}`,
  questionOf: (number: number, items: number) => `Question ${number} of ${items}`,
  hide: 'Hide',
  show: 'Show timer',
  /** Follows `Hide` and `Show`, for ears only. */
  theTimer: ' the timer',
  remaining: 'remaining',
  timeLeft: (ms: number) => `${sentence(timeInWords(ms))} left.`,
  progress: (answered: number, items: number, usedShare: number) =>
    `${answered} of ${items} answered, ${Math.round(usedShare * 100)} percent of the time used`,
  previous: 'Previous',
  next: 'Next',
  toReview: 'Review',
  flag: 'Flag',
  flagged: 'Flagged',
  review: 'Review screen',
  questions: 'Questions',
  close: 'Close',
  comment: 'Comment',
  editComment: 'Edit the comment',
};

/** A comment on a question. */
export const comment = {
  title: (number: number) => `Comment on question ${number}`,
  label: 'Your comment',
  hint: 'It is kept with the question and shown with its explanation.',
  clockRuns: 'The clock runs on.',
  keep: 'Keep it',
  cancel: 'Cancel',
  yours: 'Your comment',
};

/** A break. */
export const pause = {
  take: 'Break',
  title: 'You are on a break.',
  stands: (ms: number) => `The clock stands at ${timeInWords(ms)} until you come back.`,
  runs: 'The clock runs on, as in the real exam.',
  hidden: 'The questions are hidden meanwhile. Everything you did is kept.',
  back: 'Come back',
};

/** `4 min ahead of pace`. */
export function pace(aheadMs: number, shareMs: number): string {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  // The question on the table has its own share of the time before it makes anyone late.
  if (aheadMs < -shareMs && minutes > 0) return `${minutes} min behind pace`;
  if (aheadMs > 0 && minutes > 0) return `${minutes} min ahead of pace`;
  return 'on pace';
}

/** The options of a question. */
export const options = {
  single: 'Options, choose one',
  multiple: (select: number) => `Options, choose ${inWords(select)}`,
  struck: 'Struck out.',
  strike: (letter: string) => `Strike out ${letter}`,
  restore: (letter: string) => `Restore ${letter}`,
  withKey: (name: string, key: string) => (key === '' ? name : `${name} (${key})`),
  selected: (chosen: number, select: number) => `${chosen} of ${select} selected.`,
  clearOne: 'Clear one to choose another.',
  full: (select: number) => `${sentence(inWords(select))} are chosen already.`,
};

/** Orders and matches. */
export const arrange = {
  order: (places: number) => `Responses, put ${inWords(places)} in order`,
  match: (places: number) => `Prompts, match ${inWords(places)}`,
  unplaced: 'Not placed.',
  inPlace: (place: number, places: number) => `In place ${place} of ${places}.`,
  earlier: (letter: string) => `Move ${letter} earlier`,
  later: (letter: string) => `Move ${letter} later`,
  responses: 'Responses',
  once: 'Each is used once or not at all.',
  again: 'Each may be used more than once.',
  none: 'Choose a response',
  response: (letter: string, words: string) => `${letter}. ${words}`,
  placed: (given: number, places: number) => `${given} of ${places} placed.`,
  matched: (given: number, places: number) => `${given} of ${places} matched.`,
  inOrder: (letters: readonly string[]) => `Your order: ${letters.join(', ')}.`,
  full: (places: number) =>
    `${places === 2 ? 'Both' : `All ${inWords(places)}`} places are taken already.`,
  begin: 'Choose them in order.',
  takeOne: 'Take one away to place another.',
};

/** The scenario that the questions of a case share. */
export const scenario = {
  title: 'Scenario',
  shared: 'shared by several questions',
};

export const confidence = {
  ask: 'How sure?',
  label: 'How sure are you',
  guess: 'Guess',
  fairly: 'Fairly',
  sure: 'Sure',
};

/** The navigator and its cells. */
export const navigator = {
  label: 'Question navigator',
  answered: 'Answered',
  unanswered: 'Unanswered',
  unseen: 'Not yet seen',
  flagged: 'Flagged',
  cell(number: number, state: { seen: boolean; answered: boolean; flagged: boolean }): string {
    const word = state.answered ? 'answered' : state.seen ? 'unanswered' : 'not yet seen';
    return `Question ${number}, ${word}${state.flagged ? ', flagged' : ''}`;
  },
};

export const timeUp = {
  title: 'Time is up.',
  body: 'Your answers are kept.',
  result: 'See the result',
};

/** The review screen. */
export const review = {
  title: 'Review',
  sentence(blank: number, remainingMs: number | null): string {
    const first =
      blank === 0
        ? 'Every question has an answer.'
        : `${sentence(countedInWords(blank, 'question'))} ${plural(blank, 'has', 'have')} no answer.`;
    return remainingMs === null ? first : `${first} ${hall.timeLeft(remainingMs)}`;
  },
  blanks: 'A blank scores the same as a wrong answer, so a guess costs nothing.',
  noBlanks: 'You can still change any answer until you end the exam.',
  answered: 'answered',
  unanswered: 'unanswered',
  flagged: 'flagged',
  goUnanswered: 'Go to unanswered',
  goFlagged: 'Go to flagged',
  all: (items: number) => `All ${items} questions`,
  grid: 'Questions of this paper',
  back: (number: number) => `Back to question ${number}`,
  move: 'Arrow keys to move,',
  open: 'to open',
  end: 'End the exam',
  endTitle: 'End the exam now?',
  endBody(blank: number, remainingMs: number | null): string {
    const facts = [
      ...(blank === 0
        ? []
        : [`${countedInWords(blank, 'question')} ${plural(blank, 'has', 'have')} no answer`]),
      ...(remainingMs === null ? [] : [isLeft(remainingMs)]),
    ];
    const first = facts.length === 0 ? '' : `${sentence(listed(facts))}. `;
    return `${first}You cannot come back to this paper.`;
  },
  keep: 'Keep working',
};

/** The door of the hall. */
export const start = {
  title: (items: number, minutes: number) =>
    `${counted(items, 'question')} in ${timeInFigures(minutes)}.`,
  shorter: (items: number) => `A shorter paper of ${counted(items, 'question')}.`,
  none: {
    title: 'No paper can be drawn yet.',
    body: 'There are not enough questions for this exam. Import a deck that names it, then come back.',
  },
  missing: (code: string) => ({
    title: `Sitwell does not know ${code}.`,
    body: 'Choose an exam from the list.',
  }),
  facts: 'The paper',
  counting: (items: number) => `count, of ${counted(items, 'question')}`,
  pass: (min: number, max: number) => `to pass, on ${figuresRange(min, max)}`,
  rules: 'The rules',
  timeShorter: 'Its time is cut in the same proportion.',
  clock: (extra: boolean) =>
    extra
      ? 'The clock starts with the exam and runs on, even when Sitwell is closed. Your extra time is on it from the start.'
      : 'The clock starts with the exam and runs on, even when Sitwell is closed.',
  kept: 'Every answer is kept the moment it shows as chosen. If the computer stops, open Sitwell again and go on.',
  order:
    'Go back and forth as you like. Change, strike out and flag anything until you end the exam.',
  blank: 'A blank scores the same as a wrong answer, so answer every question.',
  unscored: (unscored: number) =>
    `${sentence(countedInWords(unscored, 'question'))} ${plural(unscored, 'does', 'do')} not count, as in the real exam. You are not told which.`,
  silent: 'Nothing is marked right or wrong until you end the exam.',
  retired: (day: string) => `Last sitting ${day}.`,
  after: 'After it, look at',
  practise: 'It can still be practised here.',
  shortTitle: (largest: number, items: number) =>
    `There are questions for ${largest}, not for ${items}.`,
  begin: 'Start the exam',
  beginShorter: (items: number) => `Start ${counted(items, 'question')}`,
  back: 'Back',
  goOn: 'Go on with it',
};

/** `twelve minutes are left` */
function isLeft(remainingMs: number): string {
  const minutes = Math.floor(Math.max(0, remainingMs) / 60_000);
  return `${timeInWords(remainingMs)} ${minutes === 1 || minutes === 0 ? 'is' : 'are'} left`;
}

/** A share of the paper: `36%`. */
export function share(percent: number | null): string {
  return percent === null ? '' : `${percent}%`;
}

/** `3 hours`, `2 hours 50 minutes`, `45 minutes`. */
export function timeInFigures(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return counted(rest, 'minute');
  const whole = counted(hours, 'hour');
  return rest === 0 ? whole : `${whole} ${counted(rest, 'minute')}`;
}

function figuresRange(min: number, max: number): string {
  return `${min.toLocaleString('en-US')} to ${max.toLocaleString('en-US')}`;
}
