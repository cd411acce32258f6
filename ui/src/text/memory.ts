import type { MemoryView } from '../api/client';
import { counted } from './numbers';
import { localDay, shortDate } from './time';

const GRADES = ['Again', 'Hard', 'Good', 'Easy'];

export const name = 'Memory';
export const now = (recall: number) => `Now, ${Math.round(recall * 100)}%`;
export const share = (recall: number) => `${Math.round(recall * 100)}%`;
/** `19 Oct`, with the year where it is not the year of `now`. */
export const day = (ms: number, now: number) => shortDate(localDay(ms), localDay(now));
export const grade = (grade: number) => GRADES[grade - 1] ?? String(grade);
export const columns = { when: 'Reviewed', grade: 'Grade' } as const;
export const never = 'Not seen yet. Its memory is drawn from the first review on.';

/** `7 reviews, 2 lapses` */
export const counts = (memory: MemoryView) =>
  `${counted(memory.reviews.length, 'review')}, ${counted(memory.lapses, 'lapse')}`;

/** The finding of the drawing in a sentence. */
export function finding(memory: MemoryView): string {
  const recall =
    memory.recall === null
      ? 'It has not been reviewed.'
      : `You would recall it now with ${share(memory.recall)}; the aim is ${share(memory.desired)}.`;
  return `Predicted recall since each of ${counted(memory.reviews.length, 'review')}. ${recall}`;
}
