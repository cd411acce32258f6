-- Forecasts as they were made, so that they can be held against what came of them, and results of
-- real exams as the learner enters them. Both only grow.

CREATE TABLE forecasts (
    id         INTEGER PRIMARY KEY,
    exam       TEXT    NOT NULL, -- code of the blueprint
    made_ms    INTEGER NOT NULL,
    made_on    TEXT    NOT NULL, -- local date, 2026-11-24
    for_date   TEXT    NOT NULL, -- local date
    sitting_id TEXT    REFERENCES sittings (id), -- when it is about this paper
    p          REAL    NOT NULL CHECK (p BETWEEN 0 AND 1),
    low90      REAL    NOT NULL,
    low50      REAL    NOT NULL,
    high50     REAL    NOT NULL,
    high90     REAL    NOT NULL,
    model      INTEGER NOT NULL, -- version of what made it
    answers    INTEGER NOT NULL, -- evidence: answers to fresh questions
    repeated   INTEGER NOT NULL, -- and to questions seen before
    mocks      INTEGER NOT NULL,
    cards      INTEGER NOT NULL
) STRICT;
CREATE INDEX forecasts_by_exam ON forecasts (exam, for_date);
-- One for each day, date and amount of evidence; one for each paper.
CREATE UNIQUE INDEX forecasts_of_days ON forecasts (exam, made_on, for_date, answers, repeated)
 WHERE sitting_id IS NULL;
CREATE UNIQUE INDEX forecasts_of_sittings ON forecasts (sitting_id) WHERE sitting_id IS NOT NULL;
CREATE TRIGGER forecasts_are_append_only BEFORE UPDATE ON forecasts
BEGIN SELECT RAISE (ABORT, 'a forecast is never changed'); END;
CREATE TRIGGER forecasts_stay BEFORE DELETE ON forecasts
BEGIN SELECT RAISE (ABORT, 'a forecast is never taken back'); END;

CREATE TABLE real_results (
    id         INTEGER PRIMARY KEY,
    exam       TEXT    NOT NULL,
    date       TEXT    NOT NULL, -- local date
    passed     INTEGER NOT NULL CHECK (passed IN (0, 1)),
    scaled     INTEGER,
    entered_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER real_results_are_append_only BEFORE UPDATE ON real_results
BEGIN SELECT RAISE (ABORT, 'a result is never changed; a later one for the same day counts'); END;
