const SMALL = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen',
  'sixteen seventeen eighteen nineteen',
]
  .join(' ')
  .split(' ');
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A count in words up to ninety-nine, in figures beyond. */
export function inWords(count: number): string {
  if (!Number.isInteger(count) || count < 0 || count > 99) return figures(count);
  if (count < 20) return SMALL[count] ?? figures(count);
  const tens = TENS[Math.floor(count / 10)] ?? '';
  return count % 10 === 0 ? tens : `${tens}-${SMALL[count % 10]}`;
}

/** A count in figures, thousands set apart. */
export function figures(count: number): string {
  return count.toLocaleString('en-US');
}

/** The form of a noun that agrees with a count: `plural(2, 'question')` is `questions`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `2 questions`, in figures. */
export function counted(count: number, one: string, many?: string): string {
  return `${figures(count)} ${plural(count, one, many)}`;
}

/** `two questions`, in words. */
export function countedInWords(count: number, one: string, many?: string): string {
  return `${inWords(count)} ${plural(count, one, many)}`;
}

/** The first letter raised, as at the start of a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
