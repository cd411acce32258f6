/** A line of the table of keys. */
export interface Line {
  screen: string;
  action: string;
  keys: readonly string[];
  label: string;
  /** What to print, where it is not the first key. */
  print?: string;
  /** Whether holding the key down repeats the action. */
  repeat?: true;
}
