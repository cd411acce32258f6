-- More ways to sit: diagnostics, section tests and drills beside mocks.

-- A CHECK that gets more values: see 0003 for why the definition is rewritten in place.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, '(mode IN (''mock''))',
                     '(mode IN (''mock'', ''diagnostic'', ''section'', ''drill''))')
 WHERE type = 'table' AND name = 'sittings';
PRAGMA writable_schema = RESET;

-- The domain or the task that it is about, by its id in the blueprint; '' for all of the exam.
ALTER TABLE sittings ADD COLUMN scope TEXT NOT NULL DEFAULT '';
-- Questions in all, of a paper that is drawn while it is sat; none where it is drawn beforehand.
ALTER TABLE sittings ADD COLUMN planned INTEGER;
CREATE INDEX sittings_by_start ON sittings (exam, started_ms);
