-- Rows are found from their items, thousands of them for a search. SQLite compares keys of up to
-- thirteen columns, of which the row's number is one, in a quicker way; so this index holds what
-- rows are filtered and sorted by most, and no more. The rest is read from the table.
DROP INDEX cards_by_item;
CREATE INDEX cards_by_item
    ON cards (search_id, absent, phase, due_ms, due_day, stability, difficulty, last_day, reviews,
              lapses, suspended, buried_day);
