/** The page of the window, so that a test can stand in for it. */
export const page = {
  /** Begins anew, for all that the window remembers is of another collection. */
  reload: () => location.reload(),
};
