-- What a grading writes in one statement, what statistics ask counted as it changes, and indexes
-- that answer study and Browse without the table.

-- A grading: the card, its siblings that are put off, the operation and the review. Written to,
-- never read.
CREATE VIEW gradings AS
SELECT c.id AS card_id, c.phase, c.step, c.stability, c.difficulty, c.last_ms, c.last_day,
       c.due_ms, c.due_day, c.interval, c.reviews, c.lapses, c.suspended,
       '[]' AS siblings, -- ids, JSON
       o.at_ms, o.body, r.day, r.grade, r.taken_ms, r.before, r.after
  FROM cards c JOIN reviews r ON r.card_id = c.id JOIN operations o ON o.id = r.operation_id;
CREATE TRIGGER gradings_are_kept INSTEAD OF INSERT ON gradings
BEGIN
    UPDATE cards
       SET phase = new.phase, step = new.step, stability = new.stability,
           difficulty = new.difficulty, last_ms = new.last_ms, last_day = new.last_day,
           due_ms = new.due_ms, due_day = new.due_day, interval = new.interval,
           reviews = new.reviews, lapses = new.lapses, suspended = new.suspended
     WHERE id = new.card_id;
    UPDATE cards SET buried_day = new.day
     WHERE id IN (SELECT value FROM json_each(new.siblings));
    INSERT INTO operations (at_ms, kind, body) VALUES (new.at_ms, 'review', new.body);
    INSERT INTO reviews (operation_id, card_id, at_ms, day, grade, taken_ms, before, after)
    VALUES (last_insert_rowid(), new.card_id, new.at_ms, new.day, new.grade, new.taken_ms,
            new.before, new.after);
END;

-- What undo would take back and what redo would do again: id and kind, JSON. Both take turns at
-- the ends of one line of operations, so what stands undone says all. Doing something new forgets
-- what could be redone: only what was undone after the newest operation can be.
CREATE VIEW turns AS
SELECT (SELECT json_array(o.id, o.kind) FROM operations o
         WHERE o.target IS NULL
           AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation_id = o.id)
         ORDER BY o.id DESC LIMIT 1) AS undo,
       (SELECT json_array(t.id, t.kind) FROM operations t
         WHERE t.id = (SELECT min(o.target) FROM operations o
                         JOIN undone u ON u.operation_id = o.target
                        WHERE o.kind = 'undo' AND o.id >
                              (SELECT max(id) FROM operations WHERE target IS NULL))) AS redo;

-- First showings in review that stand, by study day and the deck their card is in now; mature
-- from an interval of 21 days on. Whether a review is one, and with which interval, depends on
-- those of its card before it, and while it stands those do not change: undo takes back the last
-- operation only.
CREATE TABLE recall_counts (
    day      INTEGER NOT NULL,
    deck_id  INTEGER NOT NULL,
    mature   INTEGER NOT NULL CHECK (mature IN (0, 1)),
    shown    INTEGER NOT NULL,
    recalled INTEGER NOT NULL,
    PRIMARY KEY (day, deck_id, mature)
) STRICT, WITHOUT ROWID;
INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
SELECT day, deck_id, coalesce(interval, 0) >= 21, count(*), sum(recalled)
  FROM recalls GROUP BY 1, 2, 3;
CREATE TRIGGER recalls_are_counted AFTER INSERT ON reviews
WHEN (SELECT busy FROM bulk) = 0 AND new.before = 'review'
BEGIN
    INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
    SELECT day, deck_id, coalesce(interval, 0) >= 21, 1, recalled
      FROM recalls WHERE operation_id = new.operation_id
        ON CONFLICT DO UPDATE SET shown = shown + 1, recalled = recalled + excluded.recalled;
END;
-- Before, because what stands undone is no recall any more.
CREATE TRIGGER undone_recalls_are_counted_out BEFORE INSERT ON undone
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
    SELECT day, deck_id, coalesce(interval, 0) >= 21, -1, -recalled
      FROM recalls WHERE operation_id = new.operation_id
        ON CONFLICT DO UPDATE SET shown = shown - 1, recalled = recalled + excluded.recalled;
END;
CREATE TRIGGER redone_recalls_are_counted AFTER DELETE ON undone
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
    SELECT day, deck_id, coalesce(interval, 0) >= 21, 1, recalled
      FROM recalls WHERE operation_id = old.operation_id
        ON CONFLICT DO UPDATE SET shown = shown + 1, recalled = recalled + excluded.recalled;
END;
CREATE TRIGGER recalls_move_with_their_card AFTER UPDATE OF deck_id ON cards
WHEN (SELECT busy FROM bulk) = 0 AND new.deck_id <> old.deck_id
BEGIN
    INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
    SELECT day, old.deck_id, coalesce(interval, 0) >= 21, -count(*), -sum(recalled)
      FROM recalls WHERE card_id = new.id GROUP BY 1, 3
        ON CONFLICT DO UPDATE SET shown = shown + excluded.shown,
           recalled = recalled + excluded.recalled;
    INSERT INTO recall_counts (day, deck_id, mature, shown, recalled)
    SELECT day, new.deck_id, coalesce(interval, 0) >= 21, count(*), sum(recalled)
      FROM recalls WHERE card_id = new.id GROUP BY 1, 3
        ON CONFLICT DO UPDATE SET shown = shown + excluded.shown,
           recalled = recalled + excluded.recalled;
END;

-- Rows that an item makes in Browse: its cards that are there, or one for a question that is.
-- Nearly all make one, so what a query finds among items is counted by those that do not.
ALTER TABLE search_items ADD COLUMN rows INTEGER NOT NULL DEFAULT 1;
CREATE VIEW item_rows AS
SELECT x.id,
       CASE x.kind WHEN 'question' THEN x.absent = 0
       ELSE (SELECT count(*) FROM cards c
              WHERE c.search_id = x.id
                AND iif(c.absent = 1, c.phase <> 'new', c.absent = 0)) END AS rows
  FROM search_items x;
UPDATE search_items SET rows = r.rows FROM item_rows r
 WHERE r.id = search_items.id AND r.rows <> 1;
CREATE INDEX search_items_of_rows ON search_items (rows) WHERE rows <> 1;
CREATE TRIGGER rows_of_items_change AFTER UPDATE OF kind, absent ON search_items
WHEN (SELECT busy FROM bulk) = 0 AND (new.kind <> old.kind OR new.absent <> old.absent)
BEGIN
    UPDATE search_items SET rows = (SELECT rows FROM item_rows WHERE id = new.id)
     WHERE id = new.id;
END;
-- A card that comes gets the number of its item by an update.
CREATE TRIGGER rows_of_cards_change AFTER UPDATE OF absent, phase, search_id ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.search_id <> old.search_id
      OR iif(new.absent = 1, new.phase <> 'new', new.absent = 0)
      <> iif(old.absent = 1, old.phase <> 'new', old.absent = 0))
BEGIN
    UPDATE search_items SET rows = (SELECT rows FROM item_rows WHERE id = new.search_id)
     WHERE id = new.search_id;
END;

-- In the order of the items, with all that Browse asks about a card.
DROP INDEX cards_by_item;
CREATE INDEX cards_by_item
    ON cards (search_id, ordinal, absent, phase, due_ms, due_day, stability, difficulty, last_day,
              reviews, lapses, interval, suspended, buried_day, flag, deck_id, task);
DROP INDEX cards_by_due;
CREATE INDEX cards_by_due
    ON cards (coalesce(due_ms, due_day * 86400000), search_id, absent, phase, due_ms, due_day,
              suspended, buried_day, stability, difficulty, last_day, reviews, lapses, interval,
              flag, deck_id, task)
    WHERE coalesce(due_ms, due_day * 86400000) IS NOT NULL;
CREATE INDEX cards_by_stability
    ON cards (stability, search_id, absent, phase, due_ms, due_day, difficulty, last_day, reviews,
              lapses, interval, suspended, buried_day, flag, deck_id, task)
    WHERE stability IS NOT NULL;
DROP INDEX search_items_by_text;
CREATE INDEX search_items_by_text
    ON search_items (text COLLATE NOCASE, kind, absent, deck_id, task);

-- With all that the head of a shelf is told by.
DROP INDEX cards_to_review;
CREATE INDEX cards_to_review
    ON cards (deck_id, task, due_day, buried_day, last_day, stability, difficulty, phase,
              suspended, absent)
    WHERE phase = 'review' AND suspended = 0 AND absent < 2;
