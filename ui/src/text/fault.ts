/** A mistake of Sitwell's own. */
export const title = 'Sitwell has made a mistake.';
export const safe =
  'Everything that was shown as chosen or graded is kept. What you did last may not have been taken: look, and do it again.';
export const report =
  'To report it, send this line, and the log if you like. They hold no words of your decks and none of your answers, and nothing is sent unless you send it.';
export const copy = 'Copy the line';
export const copied = 'Copied.';
export const log = 'Show the log';
export const restart = 'Start Sitwell anew';
export const goOn = 'Go on';
