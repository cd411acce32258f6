import { unreachable } from '../text/errors';
import type { AppError, Preferences as Sent } from './bindings';

export { commands } from './bindings';
export type * from './bindings';

/** Rust lets preferences be left out when they are sent; on screen all are there. */
export type Preferences = Required<Sent>;

/** Something that Sitwell could not do, in words for the person at the screen. */
export class Refused extends Error {
  readonly code: string;
  readonly hint: string | null;
  readonly location: string | null;

  constructor(error: AppError) {
    super(error.message);
    this.name = 'Refused';
    this.code = error.code;
    this.hint = error.hint;
    this.location = error.location;
  }
}

let tellDamage: () => void = () => {};

/** Has `tell` called whenever a command finds the collection damaged. */
export function whenDamaged(tell: () => void): void {
  tellDamage = tell;
}

/** What a command answers. */
export type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: AppError };

/** The data of a command's answer. Whatever goes wrong is thrown as `Refused`. */
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  let result: Answer<T>;
  try {
    result = await answer;
  } catch (cause) {
    throw refused(cause);
  }
  if (result.status === 'error') {
    if (result.error.code === 'collection_damaged') tellDamage();
    throw new Refused(result.error);
  }
  return result.data;
}

/** Anything thrown, as a `Refused`. */
export function refused(cause: unknown): Refused {
  if (cause instanceof Refused) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new Refused({
    code: 'unreachable',
    message: unreachable.message,
    hint: unreachable.hint,
    location: detail,
  });
}
