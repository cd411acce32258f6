-- Papers of one's own, the terms of a sitting, and reports of items.

-- A CHECK that gets one more value: see 0003 for why the definition is rewritten in place.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, '''section'', ''drill'')', '''section'', ''drill'', ''custom'')')
 WHERE type = 'table' AND name = 'sittings';
PRAGMA writable_schema = RESET;

-- Which questions it was drawn from.
ALTER TABLE sittings ADD COLUMN banks TEXT NOT NULL DEFAULT 'all'
    CHECK (banks IN ('all', 'bundled', 'imported'));
-- Whether the clock stands during a break.
ALTER TABLE sittings ADD COLUMN stop_clock INTEGER NOT NULL DEFAULT 0
    CHECK (stop_clock IN (0, 1));
-- Whether each answer is explained at once, and locked by that.
ALTER TABLE sittings ADD COLUMN explained INTEGER NOT NULL DEFAULT 0 CHECK (explained IN (0, 1));
UPDATE sittings SET explained = 1 WHERE mode = 'drill';

-- What a learner holds against an item, in the words that it had then, until it is sent to the
-- author of the deck or taken back.
CREATE TABLE item_reports (
    id          INTEGER PRIMARY KEY,
    item_id     TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    reason      TEXT    NOT NULL CHECK (reason IN ('key', 'ambiguous', 'outdated', 'other')),
    words       TEXT    NOT NULL, -- the learner's, plain text
    reported_ms INTEGER NOT NULL,
    FOREIGN KEY (item_id, version) REFERENCES item_versions (item_id, hash)
) STRICT;
