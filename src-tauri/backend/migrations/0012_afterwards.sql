-- After a sitting: it can be taken out and come back, it is marked again when its deck mends a
-- key, and questions wait in a list to be drilled.

-- A CHECK that gets more values: see 0003 for why the definition is rewritten in place.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, '''undo'', ''redo'')', '''sitting'', ''undo'', ''redo'')')
 WHERE type = 'table' AND name = 'operations';
PRAGMA writable_schema = RESET;

ALTER TABLE sittings ADD COLUMN deleted_ms INTEGER; -- when the learner took it out

-- Results by mended keys, beside those that were given first.
CREATE TABLE remarks (
    sitting_id TEXT    NOT NULL REFERENCES sittings (id),
    scorer     INTEGER NOT NULL,
    keys       TEXT    NOT NULL, -- JSON: [position, version that has the mended key], …
    made_ms    INTEGER NOT NULL,
    report     TEXT    NOT NULL, -- JSON
    PRIMARY KEY (sitting_id, scorer, keys)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER remarks_are_append_only BEFORE UPDATE ON remarks
BEGIN SELECT RAISE (ABORT, 'a result is never changed'); END;

-- Questions that the learner put aside to drill.
CREATE TABLE drill_list (
    item_id  TEXT    PRIMARY KEY NOT NULL REFERENCES items (id),
    added_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Grows whenever an item gets other words: marks that are kept in memory hold as long as it is
-- the same.
CREATE TABLE wordings (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    stamp INTEGER NOT NULL
) STRICT;
INSERT INTO wordings (id, stamp) VALUES (1, 1);
CREATE TRIGGER items_that_are_reworded AFTER UPDATE OF deck_version, own_version ON items
WHEN new.deck_version IS NOT old.deck_version OR new.own_version IS NOT old.own_version
BEGIN UPDATE wordings SET stamp = stamp + 1; END;
