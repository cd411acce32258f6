-- Less is written for each item. Its tags stand once, by the number that search knows it by.
DROP TABLE search_tags;
CREATE TABLE search_tags (
    search_id INTEGER NOT NULL,
    tag       TEXT    NOT NULL,
    PRIMARY KEY (search_id, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO search_tags (search_id, tag)
SELECT s.id, t.tag FROM item_tags t JOIN search_items s ON s.item_id = t.item_id ORDER BY 1, 2;
CREATE INDEX search_tags_by_tag ON search_tags (tag);
DROP TABLE item_tags; -- with the triggers that kept the other in step

-- As of when something holds that a grading is computed from.
CREATE VIEW stamps AS
SELECT arrangement, shelves, operation,
       json_object('arrangement', arrangement, 'shelves', shelves, 'operation', operation) AS told
  FROM (SELECT (SELECT stamp FROM arrangement) AS arrangement,
               (SELECT coalesce(max(stamp), 0) FROM shelves) AS shelves,
               (SELECT coalesce(max(id), 0) FROM operations) AS operation);
