-- Imports: where decks and items came from, what an import changed so that it can be undone, and a
-- way to write very many rows without the work that triggers do for each.

PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, '''undo'', ''redo'')',
                     '''import'', ''history'', ''undo'', ''redo'')')
 WHERE type = 'table' AND name = 'operations';
PRAGMA writable_schema = RESET;

-- What an outside file calls a deck or an item. A scheme is the family of formats that share
-- identities; identities that are unique within a deck alone have the deck's before them.
CREATE TABLE deck_sources (
    scheme  TEXT    NOT NULL,
    guid    TEXT    NOT NULL,
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    PRIMARY KEY (scheme, guid)
) STRICT, WITHOUT ROWID;
CREATE TABLE item_sources (
    scheme  TEXT NOT NULL,
    guid    TEXT NOT NULL,
    item_id TEXT NOT NULL REFERENCES items (id),
    PRIMARY KEY (scheme, guid)
) STRICT, WITHOUT ROWID;

-- The operation of kind `import` that an item or a deck came new with; an import that is undone
-- takes them out.
ALTER TABLE items ADD COLUMN added_by INTEGER;
ALTER TABLE decks ADD COLUMN added_by INTEGER;

-- What else an import changed, before and after, JSON. Reviews that it brought are operations of
-- kind `history`, whose target is the import: they are undone with it and never by themselves.
CREATE TABLE imported_items (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    item_id      TEXT    NOT NULL REFERENCES items (id),
    before       TEXT    NOT NULL,
    after        TEXT    NOT NULL,
    PRIMARY KEY (operation_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE imported_cards (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    card_id      INTEGER NOT NULL REFERENCES cards (id),
    before       TEXT    NOT NULL,
    after        TEXT    NOT NULL,
    PRIMARY KEY (operation_id, card_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE imported_decks (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    deck_id      INTEGER NOT NULL REFERENCES decks (id),
    before       TEXT    NOT NULL,
    after        TEXT    NOT NULL,
    PRIMARY KEY (operation_id, deck_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX operations_of_imports ON operations (target) WHERE kind = 'history';

-- While `busy` is 1 the triggers below do nothing: whoever sets it, in a transaction, writes what
-- they would have written with a few statements over all rows, and sets it back before the end.
CREATE TABLE bulk (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    busy INTEGER NOT NULL CHECK (busy IN (0, 1))
) STRICT;
INSERT INTO bulk (id, busy) VALUES (1, 0);

DROP TRIGGER items_are_searched;
CREATE TRIGGER items_are_searched AFTER INSERT ON items
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO search_items (item_id, deck_id, kind, task, own, absent, added_ms)
    VALUES (new.id, new.deck_id, new.kind, coalesce(new.task, ''), new.own_version IS NOT NULL,
            CASE WHEN new.deleted_ms IS NOT NULL THEN 2 ELSE new.retired_ms IS NOT NULL END,
            coalesce((SELECT min(v.created_ms) FROM item_versions v WHERE v.item_id = new.id), 0));
END;
DROP TRIGGER versions_date_items;
CREATE TRIGGER versions_date_items AFTER INSERT ON item_versions
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    UPDATE search_items SET added_ms = new.created_ms
     WHERE item_id = new.item_id AND added_ms = 0;
END;
DROP TRIGGER items_that_move;
CREATE TRIGGER items_that_move AFTER UPDATE ON items
WHEN (SELECT busy FROM bulk) = 0
 AND (new.deck_id IS NOT old.deck_id OR new.kind IS NOT old.kind OR new.task IS NOT old.task
      OR new.position IS NOT old.position OR new.retired_ms IS NOT old.retired_ms
      OR new.deleted_ms IS NOT old.deleted_ms OR new.own_version IS NOT old.own_version)
BEGIN
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
DROP TRIGGER cards_know_their_item;
CREATE TRIGGER cards_know_their_item AFTER INSERT ON cards
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    UPDATE cards
       SET search_id = s.id, deck_id = s.deck_id, task = s.task, position = i.position,
           absent = CASE WHEN i.kind <> 'card' THEN 2 ELSE s.absent END
      FROM items i JOIN search_items s ON s.item_id = i.id
     WHERE cards.id = new.id AND i.id = new.item_id;
END;
DROP TRIGGER tags_are_searched;
CREATE TRIGGER tags_are_searched AFTER INSERT ON item_tags
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO search_tags (tag, search_id)
    SELECT new.tag, id FROM search_items WHERE item_id = new.item_id ON CONFLICT DO NOTHING;
END;
DROP TRIGGER due_cards_are_counted_out;
CREATE TRIGGER due_cards_are_counted_out
AFTER UPDATE OF phase, due_day, suspended, absent, deck_id ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (old.phase = 'review' AND old.suspended = 0 AND old.absent < 2 AND old.due_day IS NOT NULL)
BEGIN
    INSERT INTO due_days (due_day, cards) VALUES (old.due_day, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
    INSERT INTO due_counts (due_day, deck_id, cards) VALUES (old.due_day, old.deck_id, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
    DELETE FROM due_days WHERE due_day = old.due_day AND cards = 0;
    DELETE FROM due_counts
     WHERE due_day = old.due_day AND deck_id = old.deck_id AND cards = 0;
END;
DROP TRIGGER due_cards_are_counted_in;
CREATE TRIGGER due_cards_are_counted_in
AFTER UPDATE OF phase, due_day, suspended, absent, deck_id ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.phase = 'review' AND new.suspended = 0 AND new.absent < 2 AND new.due_day IS NOT NULL)
BEGIN
    INSERT INTO due_days (due_day, cards) VALUES (new.due_day, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
    INSERT INTO due_counts (due_day, deck_id, cards) VALUES (new.due_day, new.deck_id, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
DROP TRIGGER new_cards_are_counted_out;
CREATE TRIGGER new_cards_are_counted_out
AFTER UPDATE OF phase, suspended, absent, deck_id ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (old.phase = 'new' AND old.suspended = 0 AND old.absent = 0)
BEGIN
    INSERT INTO new_counts (deck_id, cards) VALUES (old.deck_id, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
END;
DROP TRIGGER new_cards_are_counted_in;
CREATE TRIGGER new_cards_are_counted_in
AFTER UPDATE OF phase, suspended, absent, deck_id ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.phase = 'new' AND new.suspended = 0 AND new.absent = 0)
BEGIN
    INSERT INTO new_counts (deck_id, cards) VALUES (new.deck_id, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
DROP TRIGGER introduced_cards_are_counted;
CREATE TRIGGER introduced_cards_are_counted AFTER UPDATE OF phase, task ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.phase <> 'new' AND (old.phase = 'new' OR old.task <> new.task))
BEGIN
    INSERT INTO introduced_counts (task, cards) VALUES (new.task, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
DROP TRIGGER introduced_cards_are_counted_out;
CREATE TRIGGER introduced_cards_are_counted_out AFTER UPDATE OF phase, task ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (old.phase <> 'new' AND (new.phase = 'new' OR old.task <> new.task))
BEGIN
    INSERT INTO introduced_counts (task, cards) VALUES (old.task, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
END;
DROP TRIGGER cards_that_come_are_counted;
CREATE TRIGGER cards_that_come_are_counted AFTER INSERT ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.phase = 'new' AND new.suspended = 0 AND new.absent = 0)
BEGIN
    INSERT INTO new_counts (deck_id, cards) VALUES (new.deck_id, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
DROP TRIGGER shelves_change;
CREATE TRIGGER shelves_change
AFTER UPDATE OF phase, due_day, suspended, absent, deck_id, task, position, buried_day, last_day,
                stability, difficulty ON cards
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO shelves (deck_id, task, stamp)
    VALUES (new.deck_id, new.task, (SELECT coalesce(max(stamp), 0) + 1 FROM shelves))
        ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
DROP TRIGGER shelves_that_cards_leave_change;
CREATE TRIGGER shelves_that_cards_leave_change AFTER UPDATE OF deck_id, task ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.deck_id <> old.deck_id OR new.task <> old.task)
BEGIN
    INSERT INTO shelves (deck_id, task, stamp)
    VALUES (old.deck_id, old.task, (SELECT coalesce(max(stamp), 0) + 1 FROM shelves))
        ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
DROP TRIGGER reviews_are_counted;
CREATE TRIGGER reviews_are_counted AFTER INSERT ON reviews
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
    SELECT new.day, c.deck_id, new.before = 'new', new.before = 'review', 1,
           NOT EXISTS (SELECT 1 FROM reviews p
                        WHERE p.card_id = new.card_id AND p.day = new.day
                          AND p.operation_id <> new.operation_id
                          AND NOT EXISTS
                              (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id)),
           new.taken_ms
      FROM cards c WHERE c.id = new.card_id
        ON CONFLICT DO UPDATE SET introduced = introduced + excluded.introduced,
           in_review = in_review + excluded.in_review, gradings = gradings + 1,
           cards = cards + excluded.cards, taken_ms = taken_ms + excluded.taken_ms;
END;
DROP TRIGGER undone_reviews_are_counted_out;
CREATE TRIGGER undone_reviews_are_counted_out AFTER INSERT ON undone
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
    SELECT r.day, c.deck_id, -(r.before = 'new'), -(r.before = 'review'), -1,
           -NOT EXISTS (SELECT 1 FROM reviews p
                         WHERE p.card_id = r.card_id AND p.day = r.day
                           AND p.operation_id <> r.operation_id
                           AND NOT EXISTS
                               (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id)),
           -r.taken_ms
      FROM reviews r JOIN cards c ON c.id = r.card_id WHERE r.operation_id = new.operation_id
        ON CONFLICT DO UPDATE SET introduced = introduced + excluded.introduced,
           in_review = in_review + excluded.in_review, gradings = gradings - 1,
           cards = cards + excluded.cards, taken_ms = taken_ms + excluded.taken_ms;
END;
DROP TRIGGER redone_reviews_are_counted;
CREATE TRIGGER redone_reviews_are_counted AFTER DELETE ON undone
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
    SELECT r.day, c.deck_id, r.before = 'new', r.before = 'review', 1,
           NOT EXISTS (SELECT 1 FROM reviews p
                        WHERE p.card_id = r.card_id AND p.day = r.day
                          AND p.operation_id <> r.operation_id
                          AND NOT EXISTS
                              (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id)),
           r.taken_ms
      FROM reviews r JOIN cards c ON c.id = r.card_id WHERE r.operation_id = old.operation_id
        ON CONFLICT DO UPDATE SET introduced = introduced + excluded.introduced,
           in_review = in_review + excluded.in_review, gradings = gradings + 1,
           cards = cards + excluded.cards, taken_ms = taken_ms + excluded.taken_ms;
END;
DROP TRIGGER reviews_move_with_their_card;
CREATE TRIGGER reviews_move_with_their_card AFTER UPDATE OF deck_id ON cards
WHEN (SELECT busy FROM bulk) = 0
 AND (new.deck_id <> old.deck_id)
BEGIN
    INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
    SELECT day, old.deck_id, -sum(before = 'new'), -sum(before = 'review'), -count(*), -1,
           -sum(taken_ms)
      FROM standing_reviews WHERE card_id = new.id GROUP BY day
        ON CONFLICT DO UPDATE SET introduced = introduced + excluded.introduced,
           in_review = in_review + excluded.in_review, gradings = gradings + excluded.gradings,
           cards = cards + excluded.cards, taken_ms = taken_ms + excluded.taken_ms;
    INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
    SELECT day, new.deck_id, sum(before = 'new'), sum(before = 'review'), count(*), 1,
           sum(taken_ms)
      FROM standing_reviews WHERE card_id = new.id GROUP BY day
        ON CONFLICT DO UPDATE SET introduced = introduced + excluded.introduced,
           in_review = in_review + excluded.in_review, gradings = gradings + excluded.gradings,
           cards = cards + excluded.cards, taken_ms = taken_ms + excluded.taken_ms;
END;
