import type { StudyOptions } from '../../api/client';
import { options as text } from '../../text/library';

export type Options = Required<StudyOptions>;

/** What is in the fields of the form: text as typed, until it is sent. */
export interface Form {
  learning: string;
  relearning: string;
  /** Percent. */
  retention: string;
  parameters: string;
  newPerDay: string;
  reviewsPerDay: string;
  longest: string;
  leech: string;
  fuzz: boolean;
  balance: boolean;
  bury: boolean;
}

export type Written = {
  [F in keyof Form]: Form[F] extends string ? F : never;
}[keyof Form];

export function formOf(options: Options): Form {
  return {
    learning: options.learning_steps.join(' '),
    relearning: options.relearning_steps.join(' '),
    // As percent without the dust of 32-bit numbers.
    retention: String(Math.round(options.desired_retention * 1e4) / 1e2),
    parameters: options.parameters.map((value) => Math.round(value * 1e4) / 1e4).join(', '),
    newPerDay: String(options.new_per_day),
    reviewsPerDay: String(options.reviews_per_day),
    longest: String(options.longest_interval),
    leech: String(options.leech_lapses),
    fuzz: options.fuzz,
    balance: options.balance,
    bury: options.bury_siblings,
  };
}

/** What is not a number in the form, by field. Whether the numbers will do, Rust says. */
export function wrongs(form: Form): Partial<Record<Written, string>> {
  const wrong: Partial<Record<Written, string>> = {};
  for (const field of ['learning', 'relearning'] as const) {
    if (!list(form[field]).every(whole)) wrong[field] = text.notNumbers;
  }
  for (const field of ['newPerDay', 'reviewsPerDay', 'longest', 'leech'] as const) {
    if (form[field].trim() === '' || !whole(Number(form[field]))) wrong[field] = text.notNumber;
  }
  if (form.retention.trim() === '' || !Number.isFinite(Number(form.retention))) {
    wrong.retention = text.notNumber;
  }
  if (!list(form.parameters).every(Number.isFinite)) wrong.parameters = text.notNumber;
  return wrong;
}

/** The options that a form means; what was not changed keeps all its digits. */
export function optionsOf(form: Form, before: Options): Options {
  const kept = formOf(before);
  const same = (field: keyof Form) => form[field] === kept[field];
  return {
    learning_steps: list(form.learning),
    relearning_steps: list(form.relearning),
    desired_retention: same('retention') ? before.desired_retention : Number(form.retention) / 100,
    parameters: same('parameters') ? before.parameters : list(form.parameters),
    new_per_day: Number(form.newPerDay),
    reviews_per_day: Number(form.reviewsPerDay),
    longest_interval: Number(form.longest),
    fuzz: form.fuzz,
    balance: form.balance,
    leech_lapses: Number(form.leech),
    bury_siblings: form.bury,
  };
}

const list = (typed: string) =>
  typed
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
const whole = (value: number) => Number.isInteger(value) && value >= 0;
