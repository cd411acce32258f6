-- What study asks at each grading, counted as it changes: triggers keep it in step with whatever
-- writes, in the same transaction, so it is right after undo, redo and a crash.

-- Cards in review that are not suspended, by the study day they are due on, in all and by deck.
CREATE TABLE due_days (
    due_day INTEGER PRIMARY KEY,
    cards   INTEGER NOT NULL
) STRICT;
CREATE TABLE due_counts (
    due_day INTEGER NOT NULL,
    deck_id INTEGER NOT NULL,
    cards   INTEGER NOT NULL,
    PRIMARY KEY (due_day, deck_id)
) STRICT, WITHOUT ROWID;
-- Cards never seen that are not suspended.
CREATE TABLE new_counts (
    deck_id INTEGER PRIMARY KEY,
    cards   INTEGER NOT NULL
) STRICT;
-- Reviews that stand, by study day and the deck their card is in now.
CREATE TABLE done_counts (
    day         INTEGER NOT NULL,
    deck_id     INTEGER NOT NULL,
    introduced  INTEGER NOT NULL, -- of cards that were new
    in_review   INTEGER NOT NULL, -- of cards in review
    gradings    INTEGER NOT NULL, -- in all
    cards       INTEGER NOT NULL, -- different ones
    taken_ms    INTEGER NOT NULL,
    PRIMARY KEY (day, deck_id)
) STRICT, WITHOUT ROWID;
-- Cards that were seen, by task.
CREATE TABLE introduced_counts (
    task  TEXT PRIMARY KEY NOT NULL, -- '' for none
    cards INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Tasks of decks, with when one of their cards last changed: a number that grows. What is kept in
-- memory of a shelf holds as long as its number is the same.
CREATE TABLE shelves (
    deck_id INTEGER NOT NULL,
    task    TEXT    NOT NULL, -- '' for none
    stamp   INTEGER NOT NULL,
    PRIMARY KEY (deck_id, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX shelves_by_stamp ON shelves (stamp);
-- Grows whenever settings, decks or their options change.
CREATE TABLE arrangement (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    stamp INTEGER NOT NULL
) STRICT;

INSERT INTO due_days (due_day, cards)
SELECT due_day, count(*) FROM cards
 WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day IS NOT NULL GROUP BY 1;
INSERT INTO due_counts (due_day, deck_id, cards)
SELECT due_day, deck_id, count(*) FROM cards
 WHERE phase = 'review' AND suspended = 0 AND absent < 2 AND due_day IS NOT NULL GROUP BY 1, 2;
INSERT INTO new_counts (deck_id, cards)
SELECT deck_id, count(*) FROM cards
 WHERE phase = 'new' AND suspended = 0 AND absent = 0 GROUP BY 1;
INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
SELECT day, deck_id, sum(before = 'new'), sum(before = 'review'), count(*),
       count(DISTINCT card_id), sum(taken_ms)
  FROM standing_reviews GROUP BY 1, 2;
INSERT INTO introduced_counts (task, cards)
SELECT task, count(*) FROM cards WHERE phase <> 'new' GROUP BY 1;
INSERT INTO shelves (deck_id, task, stamp) SELECT DISTINCT deck_id, task, 1 FROM cards;
INSERT INTO arrangement (id, stamp) VALUES (1, 1);

CREATE TRIGGER due_cards_are_counted_out
AFTER UPDATE OF phase, due_day, suspended, absent, deck_id ON cards
WHEN old.phase = 'review' AND old.suspended = 0 AND old.absent < 2 AND old.due_day IS NOT NULL
BEGIN
    INSERT INTO due_days (due_day, cards) VALUES (old.due_day, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
    INSERT INTO due_counts (due_day, deck_id, cards) VALUES (old.due_day, old.deck_id, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
    DELETE FROM due_days WHERE due_day = old.due_day AND cards = 0;
    DELETE FROM due_counts
     WHERE due_day = old.due_day AND deck_id = old.deck_id AND cards = 0;
END;
CREATE TRIGGER due_cards_are_counted_in
AFTER UPDATE OF phase, due_day, suspended, absent, deck_id ON cards
WHEN new.phase = 'review' AND new.suspended = 0 AND new.absent < 2 AND new.due_day IS NOT NULL
BEGIN
    INSERT INTO due_days (due_day, cards) VALUES (new.due_day, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
    INSERT INTO due_counts (due_day, deck_id, cards) VALUES (new.due_day, new.deck_id, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
CREATE TRIGGER new_cards_are_counted_out
AFTER UPDATE OF phase, suspended, absent, deck_id ON cards
WHEN old.phase = 'new' AND old.suspended = 0 AND old.absent = 0
BEGIN
    INSERT INTO new_counts (deck_id, cards) VALUES (old.deck_id, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
END;
CREATE TRIGGER new_cards_are_counted_in
AFTER UPDATE OF phase, suspended, absent, deck_id ON cards
WHEN new.phase = 'new' AND new.suspended = 0 AND new.absent = 0
BEGIN
    INSERT INTO new_counts (deck_id, cards) VALUES (new.deck_id, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
CREATE TRIGGER introduced_cards_are_counted AFTER UPDATE OF phase, task ON cards
WHEN new.phase <> 'new' AND (old.phase = 'new' OR old.task <> new.task)
BEGIN
    INSERT INTO introduced_counts (task, cards) VALUES (new.task, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;
CREATE TRIGGER introduced_cards_are_counted_out AFTER UPDATE OF phase, task ON cards
WHEN old.phase <> 'new' AND (new.phase = 'new' OR old.task <> new.task)
BEGIN
    INSERT INTO introduced_counts (task, cards) VALUES (old.task, -1)
        ON CONFLICT DO UPDATE SET cards = cards - 1;
END;
-- Cards come in as new ones, which the trigger `cards_know_their_item` then moves to their deck.
CREATE TRIGGER cards_that_come_are_counted AFTER INSERT ON cards
WHEN new.phase = 'new' AND new.suspended = 0 AND new.absent = 0
BEGIN
    INSERT INTO new_counts (deck_id, cards) VALUES (new.deck_id, 1)
        ON CONFLICT DO UPDATE SET cards = cards + 1;
END;

CREATE TRIGGER shelves_change
AFTER UPDATE OF phase, due_day, suspended, absent, deck_id, task, position, buried_day, last_day,
                stability, difficulty ON cards
BEGIN
    INSERT INTO shelves (deck_id, task, stamp)
    VALUES (new.deck_id, new.task, (SELECT coalesce(max(stamp), 0) + 1 FROM shelves))
        ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
CREATE TRIGGER shelves_that_cards_leave_change AFTER UPDATE OF deck_id, task ON cards
WHEN new.deck_id <> old.deck_id OR new.task <> old.task
BEGIN
    INSERT INTO shelves (deck_id, task, stamp)
    VALUES (old.deck_id, old.task, (SELECT coalesce(max(stamp), 0) + 1 FROM shelves))
        ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;

CREATE TRIGGER reviews_are_counted AFTER INSERT ON reviews
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
CREATE TRIGGER undone_reviews_are_counted_out AFTER INSERT ON undone
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
CREATE TRIGGER redone_reviews_are_counted AFTER DELETE ON undone
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
CREATE TRIGGER reviews_move_with_their_card AFTER UPDATE OF deck_id ON cards
WHEN new.deck_id <> old.deck_id
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

CREATE TRIGGER new_settings_arrange AFTER INSERT ON settings
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
CREATE TRIGGER settings_arrange AFTER UPDATE ON settings
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
CREATE TRIGGER new_decks_arrange AFTER INSERT ON decks
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
CREATE TRIGGER decks_arrange AFTER UPDATE ON decks
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
CREATE TRIGGER new_options_arrange AFTER INSERT ON deck_options
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
CREATE TRIGGER options_arrange AFTER UPDATE ON deck_options
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
CREATE TRIGGER options_that_go_arrange AFTER DELETE ON deck_options
BEGIN UPDATE arrangement SET stamp = stamp + 1; END;
