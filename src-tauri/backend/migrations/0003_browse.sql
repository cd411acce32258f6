-- Browse: words to search in, the learner's own words and tags, items that can be deleted, and
-- what the queue of study asks, kept beside each card.

-- CHECKs that get more values. The tables are named by foreign keys, so they cannot be made anew
-- inside a transaction; nothing of what is stored changes, so their definition alone is rewritten
-- (https://www.sqlite.org/lang_altertable.html, section 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, '(''bundled'', ''file'', ''catalogue'')',
                     '(''bundled'', ''file'', ''catalogue'', ''made'')')
 WHERE type = 'table' AND name = 'decks';
UPDATE sqlite_schema
   SET sql = replace(sql, '(''review'', ''suspend'', ''bury'', ''flag'', ''undo'', ''redo'')',
                     '(''review'', ''suspend'', ''bury'', ''flag'', ''reset'', ''make'', ''edit'', '
                     || '''tag'', ''delete'', ''deck'', ''undo'', ''redo'')')
 WHERE type = 'table' AND name = 'operations';
PRAGMA writable_schema = RESET;

-- An item shows `version`: the learner's own words where there are some, those of its deck
-- otherwise.
ALTER TABLE items ADD COLUMN deck_version TEXT; -- the newest wording that its deck came with
ALTER TABLE items ADD COLUMN own_version TEXT;  -- the learner's wording
ALTER TABLE items ADD COLUMN deleted_ms INTEGER; -- when the learner took it out
UPDATE items SET deck_version = version;

-- Tags that the learner gave or took away; `item_tags` is the wording's tags with these applied.
CREATE TABLE own_tags (
    item_id TEXT    NOT NULL REFERENCES items (id),
    tag     TEXT    NOT NULL,
    given   INTEGER NOT NULL CHECK (given IN (0, 1)),
    PRIMARY KEY (item_id, tag)
) STRICT, WITHOUT ROWID;

-- Cards that were made new again: reviews before that count no more. Those of an operation that
-- stands undone do not count themselves.
CREATE TABLE resets (
    card_id      INTEGER NOT NULL REFERENCES cards (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    PRIMARY KEY (card_id, operation_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER resets_are_append_only BEFORE UPDATE ON resets
BEGIN SELECT RAISE (ABORT, 'a reset is never changed'); END;

-- What was done last, but for undo and redo.
CREATE INDEX operations_done ON operations (id) WHERE target IS NULL;

-- What Browse asks about an item. Columns from `deck_id` to `absent` follow `items` by triggers;
-- the rest is computed from the current wording, and `stale` until that is done.
CREATE TABLE search_items (
    id         INTEGER PRIMARY KEY,
    item_id    TEXT    NOT NULL UNIQUE REFERENCES items (id),
    deck_id    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    task       TEXT    NOT NULL, -- '' for none
    own        INTEGER NOT NULL, -- whether the learner's words stand
    absent     INTEGER NOT NULL, -- 0: here, 1: its deck dropped it, 2: deleted
    added_ms   INTEGER NOT NULL DEFAULT 0,
    difficulty TEXT    NOT NULL DEFAULT '', -- of a question
    text       TEXT    NOT NULL DEFAULT '', -- the first words, plain, on one line
    stale      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX search_items_stale ON search_items (id) WHERE stale = 1;
CREATE INDEX search_items_by_text ON search_items (text COLLATE NOCASE);
CREATE INDEX search_items_by_added ON search_items (added_ms);
CREATE INDEX search_items_by_deck ON search_items (deck_id, kind, task);
CREATE INDEX search_items_absent ON search_items (absent) WHERE absent <> 0;

CREATE VIRTUAL TABLE item_words USING fts5 (
    front, back, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- What study and Browse ask about a card's item, beside the card, so that neither joins.
ALTER TABLE cards ADD COLUMN search_id INTEGER NOT NULL DEFAULT 0; -- in `search_items`
ALTER TABLE cards ADD COLUMN deck_id   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cards ADD COLUMN task      TEXT    NOT NULL DEFAULT ''; -- '' for none
ALTER TABLE cards ADD COLUMN position  INTEGER NOT NULL DEFAULT 0;
-- 0: here, 1: its deck dropped it, 2: deleted, or its item is no card any more
ALTER TABLE cards ADD COLUMN absent    INTEGER NOT NULL DEFAULT 0;

INSERT INTO search_items (item_id, deck_id, kind, task, own, absent, added_ms)
SELECT i.id, i.deck_id, i.kind, coalesce(i.task, ''), 0, i.retired_ms IS NOT NULL,
       coalesce((SELECT min(v.created_ms) FROM item_versions v WHERE v.item_id = i.id), 0)
  FROM items i ORDER BY i.deck_id, i.position;
UPDATE cards
   SET search_id = s.id, deck_id = s.deck_id, task = s.task, position = i.position,
       absent = CASE WHEN i.kind <> 'card' THEN 2 ELSE s.absent END
  FROM items i JOIN search_items s ON s.item_id = i.id
 WHERE i.id = cards.item_id;

CREATE INDEX cards_by_item ON cards (search_id, ordinal);
CREATE INDEX cards_absent ON cards (absent, phase) WHERE absent <> 0;
CREATE INDEX cards_buried ON cards (buried_day) WHERE buried_day IS NOT NULL;
CREATE INDEX cards_flagged ON cards (flag) WHERE flag <> 0;
CREATE INDEX cards_suspended ON cards (id) WHERE suspended = 1;
CREATE INDEX cards_by_due ON cards (coalesce(due_ms, due_day * 86400000));
-- What could be introduced, and what could be reviewed, by deck and task.
DROP INDEX cards_new;
CREATE INDEX cards_new ON cards (deck_id, task, position, ordinal)
    WHERE phase = 'new' AND suspended = 0 AND absent = 0;
DROP INDEX cards_in_review;
CREATE INDEX cards_in_review ON cards (due_day, suspended, absent) WHERE phase = 'review';
CREATE INDEX cards_to_review ON cards (deck_id, task, due_day, buried_day, last_day, stability)
    WHERE phase = 'review' AND suspended = 0 AND absent < 2;

CREATE TRIGGER items_are_searched AFTER INSERT ON items BEGIN
    INSERT INTO search_items (item_id, deck_id, kind, task, own, absent, added_ms)
    VALUES (new.id, new.deck_id, new.kind, coalesce(new.task, ''), new.own_version IS NOT NULL,
            CASE WHEN new.deleted_ms IS NOT NULL THEN 2 ELSE new.retired_ms IS NOT NULL END,
            coalesce((SELECT min(v.created_ms) FROM item_versions v WHERE v.item_id = new.id), 0));
END;
CREATE TRIGGER versions_date_items AFTER INSERT ON item_versions BEGIN
    UPDATE search_items SET added_ms = new.created_ms
     WHERE item_id = new.item_id AND added_ms = 0;
END;
CREATE TRIGGER items_with_other_words AFTER UPDATE OF version ON items
WHEN new.version IS NOT old.version BEGIN
    UPDATE search_items SET stale = 1 WHERE item_id = new.id;
END;
CREATE TRIGGER items_that_move AFTER UPDATE ON items
WHEN new.deck_id IS NOT old.deck_id OR new.kind IS NOT old.kind OR new.task IS NOT old.task
  OR new.position IS NOT old.position OR new.retired_ms IS NOT old.retired_ms
  OR new.deleted_ms IS NOT old.deleted_ms OR new.own_version IS NOT old.own_version BEGIN
    UPDATE search_items
       SET deck_id = new.deck_id, kind = new.kind, task = coalesce(new.task, ''),
           own = new.own_version IS NOT NULL,
           absent = CASE WHEN new.deleted_ms IS NOT NULL THEN 2
                         ELSE new.retired_ms IS NOT NULL END
     WHERE item_id = new.id;
    UPDATE cards
       SET deck_id = new.deck_id, task = coalesce(new.task, ''), position = new.position,
           absent = CASE WHEN new.deleted_ms IS NOT NULL OR new.kind <> 'card' THEN 2
                         ELSE new.retired_ms IS NOT NULL END
     WHERE item_id = new.id;
END;
CREATE TRIGGER cards_know_their_item AFTER INSERT ON cards BEGIN
    UPDATE cards
       SET search_id = s.id, deck_id = s.deck_id, task = s.task, position = i.position,
           absent = CASE WHEN i.kind <> 'card' THEN 2 ELSE s.absent END
      FROM items i JOIN search_items s ON s.item_id = i.id
     WHERE cards.id = new.id AND i.id = new.item_id;
END;
