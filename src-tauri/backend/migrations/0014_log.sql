-- What a grading asks of the log, asked in the same way whatever SQLite believes about its size.
-- Rows are counted when a collection is closed. The log of one that was closed new had a row or
-- none, and looking through all of it seemed as good as an index for as long as it stayed open
-- after that: each grading of a day took longer than the one before.

-- By card, never by day: `+` keeps the index of days out.
DROP VIEW recalls;
CREATE VIEW recalls AS
SELECT s.operation_id, s.card_id, s.day, s.grade > 1 AS recalled, s.deck_id, s.task,
       (SELECT p.after ->> 'interval' FROM reviews p
         WHERE p.card_id = s.card_id AND p.operation_id < s.operation_id
           AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id)
         ORDER BY p.operation_id DESC LIMIT 1) AS interval
  FROM standing_reviews s
 WHERE s.before = 'review'
   AND NOT EXISTS (SELECT 1 FROM reviews p
                    WHERE p.card_id = s.card_id AND +p.day = s.day
                      AND p.operation_id < s.operation_id
                      AND NOT EXISTS
                          (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id));
DROP TRIGGER reviews_are_counted;
CREATE TRIGGER reviews_are_counted AFTER INSERT ON reviews
WHEN (SELECT busy FROM bulk) = 0
BEGIN
    INSERT INTO done_counts (day, deck_id, introduced, in_review, gradings, cards, taken_ms)
    SELECT new.day, c.deck_id, new.before = 'new', new.before = 'review', 1,
           NOT EXISTS (SELECT 1 FROM reviews p
                        WHERE p.card_id = new.card_id AND +p.day = new.day
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
                         WHERE p.card_id = r.card_id AND +p.day = r.day
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
                        WHERE p.card_id = r.card_id AND +p.day = r.day
                          AND p.operation_id <> r.operation_id
                          AND NOT EXISTS
                              (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id)),
           r.taken_ms
      FROM reviews r JOIN cards c ON c.id = r.card_id WHERE r.operation_id = old.operation_id
        ON CONFLICT DO UPDATE SET introduced = introduced + excluded.introduced,
           in_review = in_review + excluded.in_review, gradings = gradings + 1,
           cards = cards + excluded.cards, taken_ms = taken_ms + excluded.taken_ms;
END;

-- What a collection that was closed almost empty believes; the log is never counted again (see
-- `Store::close`).
ANALYZE bulk;
DELETE FROM sqlite_stat1 WHERE tbl IN ('operations', 'reviews', 'undone');
ANALYZE sqlite_schema;
