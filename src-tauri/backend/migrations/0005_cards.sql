-- Kinds of cards, cards made from questions, and the files beside decks.

-- Cards that the newest wording of their item no longer makes: 1, or 2 when the learner had
-- suspended them before. They stay suspended until a wording makes them again.
ALTER TABLE cards ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1, 2));
CREATE TRIGGER dropped_cards_stay_out_of_study AFTER UPDATE OF suspended ON cards
WHEN new.dropped <> 0 AND new.suspended = 0
BEGIN UPDATE cards SET suspended = 1 WHERE id = new.id; END;

-- The question that an item was made from.
CREATE TABLE card_sources (
    item_id     TEXT PRIMARY KEY NOT NULL REFERENCES items (id),
    question_id TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Pictures and sounds. Names that an update drops stay, for older wordings show them.
CREATE TABLE media_files (
    hash  TEXT PRIMARY KEY NOT NULL, -- SHA-256 of the bytes
    kind  TEXT NOT NULL,             -- MIME type
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE media (
    deck_id INTEGER NOT NULL REFERENCES decks (id),
    name    TEXT    NOT NULL, -- as the deck's text writes it
    hash    TEXT    NOT NULL REFERENCES media_files (hash),
    PRIMARY KEY (deck_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_hash ON media (hash);
