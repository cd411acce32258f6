-- How decks are studied. A deck without a row inherits from the deck above it, and in the end
-- from the setting `study`.
CREATE TABLE deck_options (
    deck_id INTEGER PRIMARY KEY REFERENCES decks (id),
    options TEXT NOT NULL -- JSON
) STRICT;

-- When the learner took the deck out; kept for what was answered, and for undo. Items that went
-- with it carry the same time.
ALTER TABLE decks ADD COLUMN deleted_ms INTEGER;

-- Reviews that are not undone, with where their cards are.
CREATE VIEW standing_reviews AS
SELECT r.operation_id, r.card_id, r.at_ms, r.day, r.grade, r.taken_ms, r.before, c.deck_id, c.task
  FROM reviews r JOIN cards c ON c.id = r.card_id
 WHERE NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id);

-- Of these, what a card's memory is made of: its reviews since it was last made new.
CREATE VIEW remembered_reviews AS
SELECT s.* FROM standing_reviews s
 WHERE s.operation_id > coalesce(
       (SELECT max(x.operation_id) FROM resets x
         WHERE x.card_id = s.card_id
           AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation_id = x.operation_id)), 0);

-- Reviews that tell of long-term memory: the first showing on its day of a card in review, with the
-- interval it had.
CREATE VIEW recalls AS
SELECT s.operation_id, s.card_id, s.day, s.grade > 1 AS recalled, s.deck_id, s.task,
       (SELECT p.after ->> 'interval' FROM reviews p
         WHERE p.card_id = s.card_id AND p.operation_id < s.operation_id
           AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id)
         ORDER BY p.operation_id DESC LIMIT 1) AS interval
  FROM standing_reviews s
 WHERE s.before = 'review'
   AND NOT EXISTS (SELECT 1 FROM reviews p
                    WHERE p.card_id = s.card_id AND p.day = s.day
                      AND p.operation_id < s.operation_id
                      AND NOT EXISTS
                          (SELECT 1 FROM undone u WHERE u.operation_id = p.operation_id));

-- How many cards of each task were introduced.
CREATE INDEX cards_introduced ON cards (task) WHERE phase <> 'new';
