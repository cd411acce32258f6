-- A collection: decks with immutable item versions, and sittings with append-only events.

CREATE TABLE collection (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    device_id  TEXT    NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- Typed keys; each value is JSON.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE decks (
    id           INTEGER PRIMARY KEY,
    slug         TEXT    NOT NULL UNIQUE,
    title        TEXT    NOT NULL,
    source       TEXT    NOT NULL CHECK (source IN ('bundled', 'file', 'catalogue')),
    version      TEXT    NOT NULL,
    license      TEXT    NOT NULL,
    blueprint    TEXT,
    language     TEXT    NOT NULL,
    meta         TEXT    NOT NULL, -- front matter whole, JSON
    introduction TEXT    NOT NULL,
    content_hash TEXT    NOT NULL, -- of the deck whole: equal means nothing to do
    updated_ms   INTEGER NOT NULL
) STRICT;

CREATE TABLE items (
    id         TEXT    PRIMARY KEY NOT NULL, -- 'deck/item', or the GUID of an outside source
    deck_id    INTEGER NOT NULL REFERENCES decks (id),
    kind       TEXT    NOT NULL CHECK (kind IN ('question', 'card')),
    version    TEXT    NOT NULL, -- hash of the current wording
    position   INTEGER NOT NULL, -- reading order in the deck
    task       TEXT,
    retired_ms INTEGER,          -- when the deck dropped it; kept for what was answered
    FOREIGN KEY (id, version) REFERENCES item_versions (item_id, hash)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX items_by_deck ON items (deck_id, position);

CREATE TABLE item_versions (
    item_id    TEXT    NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    hash       TEXT    NOT NULL, -- SHA-256 of content
    content    TEXT    NOT NULL, -- the item whole, canonical JSON
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (item_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER item_versions_are_immutable BEFORE UPDATE ON item_versions
BEGIN SELECT RAISE (ABORT, 'an item version is immutable'); END;

-- What assembly asks about current questions; derived from the current version.
CREATE TABLE questions (
    item_id    TEXT    PRIMARY KEY NOT NULL REFERENCES items (id),
    difficulty TEXT    NOT NULL CHECK (difficulty IN ('easy', 'medium', 'hard')),
    response   TEXT    NOT NULL CHECK (response IN ('single', 'multiple')),
    options    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE item_tags (
    item_id TEXT NOT NULL REFERENCES items (id),
    tag     TEXT NOT NULL,
    PRIMARY KEY (item_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX items_by_tag ON item_tags (tag);

CREATE TABLE item_enemies (
    item_id  TEXT NOT NULL REFERENCES items (id),
    enemy_id TEXT NOT NULL, -- may name an item that is not here
    PRIMARY KEY (item_id, enemy_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sittings (
    id             TEXT    PRIMARY KEY NOT NULL, -- UUID version 7
    exam           TEXT    NOT NULL,             -- code of the blueprint
    number         INTEGER NOT NULL,             -- counts within exam and mode, from 1
    mode           TEXT    NOT NULL CHECK (mode IN ('mock')),
    blueprint      TEXT    NOT NULL,             -- as it was, JSON
    seed           INTEGER NOT NULL,
    form           TEXT    NOT NULL,             -- JSON
    limit_ms       INTEGER NOT NULL,             -- accommodations included
    extra_ms       INTEGER NOT NULL,             -- the part that is accommodation
    started_ms     INTEGER NOT NULL,             -- wall clock
    started_steady INTEGER NOT NULL,
    started_run    TEXT    NOT NULL,
    UNIQUE (exam, mode, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sitting_items (
    sitting_id TEXT    NOT NULL REFERENCES sittings (id),
    position   INTEGER NOT NULL, -- from 0
    item_id    TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    PRIMARY KEY (sitting_id, position),
    FOREIGN KEY (item_id, version) REFERENCES item_versions (item_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX sitting_items_by_item ON sitting_items (item_id);

CREATE TABLE sitting_events (
    sitting_id TEXT    NOT NULL REFERENCES sittings (id),
    seq        INTEGER NOT NULL, -- from 0, without gaps
    wall_ms    INTEGER NOT NULL,
    steady_ms  INTEGER NOT NULL,
    run        TEXT    NOT NULL,
    body       TEXT    NOT NULL, -- JSON
    event      TEXT    NOT NULL GENERATED ALWAYS AS (body ->> 'event') STORED,
    position   INTEGER GENERATED ALWAYS AS (body ->> 'position') STORED,
    PRIMARY KEY (sitting_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sitting_events_are_append_only BEFORE UPDATE ON sitting_events
BEGIN SELECT RAISE (ABORT, 'a sitting event is never changed'); END;

-- Results by the version of the scorer that computed them.
CREATE TABLE sitting_results (
    sitting_id  TEXT    NOT NULL REFERENCES sittings (id),
    scorer      INTEGER NOT NULL,
    computed_ms INTEGER NOT NULL,
    report      TEXT    NOT NULL, -- JSON
    PRIMARY KEY (sitting_id, scorer)
) STRICT, WITHOUT ROWID;
