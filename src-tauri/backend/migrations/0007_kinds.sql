-- Orders, matches and cases; items that serve several exams.

-- What assembly asks about current questions; derived from the current version. Made anew, since
-- a check cannot be changed.
CREATE TABLE questions_of_all_kinds (
    item_id    TEXT    PRIMARY KEY NOT NULL REFERENCES items (id),
    difficulty TEXT    NOT NULL CHECK (difficulty IN ('easy', 'medium', 'hard')),
    response   TEXT    NOT NULL CHECK (response IN ('single', 'multiple', 'ordering', 'matching')),
    options    INTEGER NOT NULL,
    places     INTEGER, -- what an arrangement fills; NULL where keys are chosen
    reuse      INTEGER NOT NULL DEFAULT 0 CHECK (reuse IN (0, 1)),
    case_id    TEXT     -- 'deck/case'
) STRICT, WITHOUT ROWID;
INSERT INTO questions_of_all_kinds (item_id, difficulty, response, options)
SELECT item_id, difficulty, response, options FROM questions;
DROP TABLE questions;
ALTER TABLE questions_of_all_kinds RENAME TO questions;

-- Tasks of other exams that an item serves too.
CREATE TABLE item_also (
    item_id TEXT NOT NULL REFERENCES items (id),
    exam    TEXT NOT NULL, -- code of the blueprint
    task    TEXT NOT NULL,
    PRIMARY KEY (item_id, exam)
) STRICT, WITHOUT ROWID;
CREATE INDEX items_by_other_exam ON item_also (exam);
