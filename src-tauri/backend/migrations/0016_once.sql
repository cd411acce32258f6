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
