-- How decks are studied. A deck without a row inherits from the deck above it, and in the end
-- from the setting `study`.
CREATE TABLE deck_options (
    deck_id INTEGER PRIMARY KEY REFERENCES decks (id),
    options TEXT NOT NULL -- JSON
) STRICT;

-- When the learner took the deck out; kept for what was answered, and for undo.
ALTER TABLE decks ADD COLUMN deleted_ms INTEGER;
