-- Study: cards with their memory, an append-only log of operations and reviews.

-- One row for each question-and-answer that an item makes. Everything from `phase` to `lapses`
-- is derived from `reviews` and can be rebuilt from them.
CREATE TABLE cards (
    id         INTEGER PRIMARY KEY,
    item_id    TEXT    NOT NULL REFERENCES items (id),
    ordinal    INTEGER NOT NULL, -- which of the item's cards, from 0
    phase      TEXT    NOT NULL DEFAULT 'new'
               CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
    step       INTEGER NOT NULL DEFAULT 0,
    stability  REAL,
    difficulty REAL,
    last_ms    INTEGER,
    last_day   INTEGER, -- study day
    due_ms     INTEGER, -- within steps
    due_day    INTEGER, -- in review
    interval   INTEGER NOT NULL DEFAULT 0, -- days
    reviews    INTEGER NOT NULL DEFAULT 0,
    lapses     INTEGER NOT NULL DEFAULT 0,
    -- set by the learner:
    suspended  INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
    buried_day INTEGER, -- the study day it is put off on
    flag       INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN 0 AND 7),
    UNIQUE (item_id, ordinal)
) STRICT;
CREATE INDEX cards_in_review ON cards (due_day) WHERE phase = 'review';
CREATE INDEX cards_in_steps ON cards (due_ms) WHERE phase IN ('learning', 'relearning');
CREATE INDEX cards_new ON cards (id) WHERE phase = 'new';

-- Whatever a learner did to cards. Undo and redo are operations of their own, so the log only
-- grows; `cards` before and after each are kept in the body.
CREATE TABLE operations (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms  INTEGER NOT NULL,
    kind   TEXT    NOT NULL CHECK (kind IN ('review', 'suspend', 'bury', 'flag', 'undo', 'redo')),
    target INTEGER REFERENCES operations (id), -- of an undo or a redo
    body   TEXT    NOT NULL -- JSON
) STRICT;
CREATE TRIGGER operations_are_append_only BEFORE UPDATE ON operations
BEGIN SELECT RAISE (ABORT, 'an operation is never changed'); END;

CREATE TABLE reviews (
    operation_id INTEGER PRIMARY KEY REFERENCES operations (id),
    card_id      INTEGER NOT NULL REFERENCES cards (id),
    at_ms        INTEGER NOT NULL,
    day          INTEGER NOT NULL, -- study day
    grade        INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
    taken_ms     INTEGER NOT NULL, -- time to answer
    before       TEXT    NOT NULL CHECK (before IN ('new', 'learning', 'review', 'relearning')),
    after        TEXT    NOT NULL  -- where the card stood after, JSON without its memory
) STRICT;
CREATE INDEX reviews_by_card ON reviews (card_id, operation_id);
CREATE INDEX reviews_by_day ON reviews (day);
CREATE TRIGGER reviews_are_append_only BEFORE UPDATE ON reviews
BEGIN SELECT RAISE (ABORT, 'a review is never changed'); END;

-- Operations that stand undone now; derived from the log.
CREATE TABLE undone (
    operation_id INTEGER PRIMARY KEY REFERENCES operations (id)
) STRICT;

-- Cards of decks that were there before this migration.
INSERT INTO cards (item_id, ordinal)
SELECT id, 0 FROM items WHERE kind = 'card' ORDER BY deck_id, position;
