//! One file or folder for each outside format: bytes in, a deck with located problems out.
