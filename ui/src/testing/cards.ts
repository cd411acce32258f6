import type {
  CardView,
  Grade,
  GradeView,
  OperationKind,
  Phase,
  StudyView,
  TypedView,
} from '../api/client';
import { refusal, type Desk, type Input } from './desk';
import { planAnswers } from './plan';

/** What each grade would do to a card in review, near an exam. */
export function gradeViews(parts: Partial<Record<Grade, Partial<GradeView>>> = {}): GradeView[] {
  const views: GradeView[] = [
    { grade: 'again', wait: { unit: 'minutes', count: 10 }, held_back: null },
    { grade: 'hard', wait: { unit: 'days', count: 13 }, held_back: null },
    { grade: 'good', wait: { unit: 'days', count: 20 }, held_back: null },
    { grade: 'easy', wait: { unit: 'days', count: 22 }, held_back: 'before_exam' },
  ];
  return views.map((view) => ({ ...view, ...parts[view.grade] }));
}

const FRONTS: [task: string, title: string, domain: number, front: string, back: string][] = [
  [
    '3.4',
    'Perform hyperparameter optimization',
    2,
    '<p>SageMaker automatic model tuning, Bayesian strategy, budget of 40 jobs. What do you give up by raising the number of parallel jobs from 2 to 10?</p>',
    '<p><strong>Search quality per job.</strong> The Bayesian strategy picks each new set of hyperparameters from the jobs that have already finished. With 10 running at once, most choices are made before earlier results arrive, so 40 jobs teach it less.</p><p>You gain wall-clock time. Random search has no such trade-off.</p>',
  ],
  [
    '2.2',
    'Perform feature engineering',
    1,
    '<p>A feature takes 12,000 distinct values. Name two encodings that do not add 12,000 columns.</p>',
    '<ul><li>Target encoding, fitted inside each fold.</li><li>Feature hashing to a fixed width.</li></ul>',
  ],
  [
    '4.4',
    'Deploy and operationalize ML solutions',
    3,
    '<p>What does a shadow variant receive?</p>',
    '<p>A copy of the live requests. Its answers are kept, and callers never see them.</p>',
  ],
];

/** A card as Rust shows it. */
export function card(id: number, parts: Partial<CardView> = {}): CardView {
  const [task, task_title, domain_index, front_html, back_html] =
    FRONTS[(id - 1) % FRONTS.length] ?? (FRONTS[0] as (typeof FRONTS)[number]);
  return {
    id,
    task,
    task_title,
    domain_index,
    phase: 'review',
    item: `item-${id}`,
    style: 'basic',
    typed: false,
    source: null,
    seen: 7,
    recalled: 5,
    reviewed: 6,
    front_html,
    back_html,
    flag: 0,
    grades: gradeViews(),
    ...parts,
  };
}

/** Cards of one phase, numbered from `first`. */
export function cards(count: number, phase: Phase = 'review', first = 1): CardView[] {
  return Array.from({ length: count }, (_, index) => card(first + index, { phase }));
}

interface Moment {
  due: CardView[];
  done: number;
}

/** Cards as Rust keeps them: a grade is kept, put in the past, and can be taken back. */
export class Cards {
  due: CardView[];
  done: number;
  /** Cards that come back later today, and when the first does. */
  later = 0;
  nextMs: number | null = null;
  /** What is left of a day that was shortened, and to how many minutes it was. */
  budgetLeftMs: number | null = null;
  budgetMinutes: number | null = null;
  /** Whether the next grade makes its card a leech. */
  leech = false;
  #past: { kind: OperationKind; before: Moment }[] = [];
  #undone: { kind: OperationKind; after: Moment }[] = [];

  constructor(due: CardView[], done = 0) {
    this.due = due;
    this.done = done;
  }

  teach(desk: Desk): this {
    Object.assign(desk.also, planAnswers(this), {
      study: () => this.view(),
      grade_card: (input: Input) =>
        this.#operate(
          'review',
          input,
          (known) => {
            const again = { ...known, phase: 'relearning' } as const;
            this.due = this.#without(known);
            if (input['grade'] === 'again') this.due.push(again);
            this.done += 1;
          },
          this.leech,
        ),
      suspend_card: (input: Input) =>
        this.#operate('suspend', input, (known) => (this.due = this.#without(known))),
      bury_card: (input: Input) =>
        this.#operate('bury', input, (known) => (this.due = this.#without(known))),
      type_answer: (input: Input) => this.#compare(input),
      flag_card: (input: Input) =>
        this.#operate('flag', input, (known) => {
          const flag = input['flag'] as number;
          this.due = this.due.map((one) => (one.id === known.id ? { ...one, flag } : one));
        }),
      undo_study: () => this.#undo(),
      redo_study: () => this.#redo(),
    });
    return this;
  }

  view(): StudyView {
    const phases = (...wanted: Phase[]) =>
      this.due.filter(({ phase }) => wanted.includes(phase)).length;
    const usedUp = this.budgetLeftMs !== null && this.budgetLeftMs <= 0;
    return {
      card: usedUp ? null : (this.due[0] ?? null),
      new: phases('new'),
      steps: phases('learning', 'relearning'),
      steps_later: this.later,
      review: phases('review'),
      done: this.done,
      done_cards: this.done,
      done_ms: this.done * 23_000,
      budget_left_ms: this.budgetLeftMs,
      leech: false,
      next_step_ms: this.due.length === 0 ? this.nextMs : null,
      undo: this.#past.at(-1)?.kind ?? null,
      redo: this.#undone.at(-1)?.kind ?? null,
    };
  }

  /** As Rust compares, for answers of one word. */
  #compare(input: Input): TypedView {
    const known = this.due.find(({ id }) => id === input['card']);
    const answer = (known?.back_html ?? '').replaceAll(/<[^>]*>/g, '').trim();
    const typed = (input['text'] as string).trim();
    const right = typed.toLowerCase() === answer.toLowerCase();
    return {
      right,
      typed_html: right ? typed : `<del>${typed}</del>`,
      answer_html: right ? answer : `<ins>${answer}</ins>`,
    };
  }

  #operate(
    kind: OperationKind,
    input: Input,
    change: (card: CardView) => void,
    leech = false,
  ): StudyView {
    const known = this.due.find(({ id }) => id === input['card']);
    if (!known) throw refusal('no_such_card', 'There is no such card in this collection.');
    this.#past.push({ kind, before: this.#moment() });
    this.#undone = [];
    change(known);
    return { ...this.view(), leech };
  }

  #undo(): StudyView {
    const step = this.#past.pop();
    if (step) {
      this.#undone.push({ kind: step.kind, after: this.#moment() });
      Object.assign(this, step.before);
    }
    return this.view();
  }

  #redo(): StudyView {
    const step = this.#undone.pop();
    if (step) {
      this.#past.push({ kind: step.kind, before: this.#moment() });
      Object.assign(this, step.after);
    }
    return this.view();
  }

  #moment(): Moment {
    return { due: [...this.due], done: this.done };
  }

  #without(known: CardView): CardView[] {
    return this.due.filter(({ id }) => id !== known.id);
  }
}
