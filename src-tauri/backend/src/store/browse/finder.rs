//! Pages of what a query finds. With `conditions`, the only file whose SQL is put together at run
//! time, which sqlx's macros cannot do: fixed fragments, and every value bound.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::arms::Arm;
use super::conditions::push_tagged;
use super::record::{self, OF_FOUND, SHOWN};
use super::values::{match_text, of_columns, of_items};
use super::{BrowsePage, BrowseRecord, Page, SearchScope, SortKey};
use crate::search::{Node, Term};
use crate::store::StoreError;

/// A row that was found: its card, and its item in `search_items`.
pub(super) type Found = (Option<i64>, i64);

/// The beginning of how many more rows items make than one each; what finds them follows. Nearly all make one, so those that do not are gone through.
const OTHER_ROWS: &str = "SELECT coalesce(sum(rows - 1), 0) FROM search_items
    WHERE rows <> 1 AND id IN (";

/// Finds the rows of a query.
pub(super) struct Finder<'a> {
    pub(super) tree: Option<&'a Node>,
    pub(super) scope: &'a SearchScope,
    /// What stands before a column of a row: nothing, or a sign that keeps the planner from
    /// looking rows up by it, when an index gives the order.
    pub(super) sign: &'static str,
}

pub(super) type Sql = QueryBuilder<Sqlite>;

impl<'a> Finder<'a> {
    pub(super) fn new(tree: Option<&'a Node>, scope: &'a SearchScope) -> Self {
        Self { tree, scope, sign: "" }
    }

    /// How many rows there are.
    pub(super) async fn count(&self, connection: &mut SqliteConnection) -> Result<u32, StoreError> {
        self.count_where(connection, None).await
    }

    /// A page of them. Those that have a value come first, then the others by age.
    pub(super) async fn page(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<Vec<BrowseRecord>, StoreError> {
        let mut found = self.with_value(connection, page).await?;
        let missing = page.limit - u32::try_from(found.len()).unwrap_or(page.limit);
        if missing > 0 && page.key.can_be_missing() {
            let passed = match found.len() {
                0 => {
                    page.offset
                        - self.count_where(connection, Some(page.key)).await?.min(page.offset)
                }
                _ => 0,
            };
            found.extend(self.without_value(connection, page.key, missing, passed).await?);
        }
        Ok(found)
    }

    /// A page of what a query finds that narrows, in a collection of so many rows.
    pub(super) async fn pass(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
        page: Page,
        rows: u32,
    ) -> Result<BrowsePage, StoreError> {
        match (of_items(tree), page.key.has_order()) {
            (true, true) if of_columns(tree) && page.key.holds_columns() => {
                self.page_in_order(connection, tree, page, rows).await
            }
            (true, true) => self.page_of_items(connection, tree, page, rows).await,
            (true, false) => self.page_of_hits(connection, tree, page).await,
            (false, _) => self.page_and_count(connection, page).await,
        }
    }

    /// A page of them with how many there are, from one pass over all of them. Quicker than
    /// counting and reading a page where no index gives the order anyway.
    async fn page_and_count(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<BrowsePage, StoreError> {
        let mut sql = Sql::new("WITH found AS MATERIALIZED (");
        for (place, arm) in [page.key.cards(), Arm::Questions].into_iter().enumerate() {
            self.push_select(&mut sql, place, page.key, arm);
            self.condition(&mut sql, arm);
        }
        sql.push(") SELECT (SELECT count(*) FROM found), (");
        sql.push(SHOWN).push("SELECT card, item FROM found");
        push_order(&mut sql, page);
        sql.push(OF_FOUND).push(")");
        counted(sql, connection).await
    }

    /// As [`Self::page_of_items`], for a query about what stands in the index that gives the order:
    /// items are counted, and not looked up.
    async fn page_in_order(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
        page: Page,
        rows: u32,
    ) -> Result<BrowsePage, StoreError> {
        let mut sql = Sql::new("SELECT items, items + (");
        sql.push(OTHER_ROWS);
        self.push_hits(&mut sql, tree);
        sql.push(")) FROM (SELECT count(*) AS items FROM (");
        self.push_hits(&mut sql, tree);
        sql.push("))");
        let counting = StoreError::during("counting what was found");
        let (items, total): (i64, u32) =
            sql.build_query_as().fetch_one(&mut *connection).await.map_err(counting)?;
        if page.offset >= total {
            return Ok(BrowsePage { total, rows: Vec::new() });
        }
        if page.read_in_order(items, rows) {
            let ordered = Self { sign: "+", ..*self };
            let found = ordered.with_value(connection, page).await?;
            if page.is_whole(found.len(), total) {
                return Ok(BrowsePage { total, rows: found });
            }
        }
        let mut sql = Sql::new(SHOWN);
        self.push_sorted(&mut sql, page, |sql| self.push_hits(sql, tree));
        Ok(BrowsePage { total, rows: fetch(sql, connection).await? })
    }

    /// As [`Self::page_and_count`], for a query about items alone, by a key that no index gives the
    /// order of: rows that have a value are sorted, and all only if these do not fill the page.
    async fn page_of_hits(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
        page: Page,
    ) -> Result<BrowsePage, StoreError> {
        // A tag is looked up as soon as a table is read; anything else is looked up once.
        let tagged = matches!(tree, Node::Term(Term::Tag(Some(_))));
        let hits = |sql: &mut Sql| {
            if tagged {
                self.push_hits(sql, tree);
            } else {
                sql.push("SELECT id FROM hits");
            }
        };
        let begin = || {
            let mut sql = Sql::new("");
            if !tagged {
                sql.push("WITH hits (id) AS MATERIALIZED (");
                self.push_hits(&mut sql, tree);
                sql.push(") ");
            }
            sql.push("SELECT (SELECT count(*) FROM (");
            hits(&mut sql);
            sql.push(")) + (").push(OTHER_ROWS);
            hits(&mut sql);
            sql.push(")), (").push(SHOWN);
            sql
        };
        if page.key.can_be_missing() {
            let mut sql = begin();
            push_with_value(&mut sql, page, |sql, place, arm| {
                self.push_select_of(sql, place, page.key, arm, hits);
                self.push_has_value(sql, page.key, arm);
            });
            sql.push(OF_FOUND).push(")");
            let found = counted(sql, connection).await?;
            if found.rows.len() == page.limit as usize || found.total <= page.offset {
                return Ok(found);
            }
        }
        let mut sql = begin();
        self.push_sorted(&mut sql, page, hits);
        sql.push(OF_FOUND).push(")");
        counted(sql, connection).await
    }

    /// As [`Self::page_of_hits`], by a key that an index gives the order of, in a collection of so
    /// many rows. Of few items, all rows are read and sorted; of many, rows are read in the order
    /// until the page is full.
    async fn page_of_items(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
        page: Page,
        rows: u32,
    ) -> Result<BrowsePage, StoreError> {
        let (items, total) = self.look_up_items(connection, tree).await?;
        if page.offset >= total {
            return Ok(BrowsePage { total, rows: Vec::new() });
        }
        if page.read_in_order(items, rows) {
            let found = self.hits_in_order(connection, page).await?;
            if page.is_whole(found.len(), total) {
                return Ok(BrowsePage { total, rows: found });
            }
        }
        let mut sql = Sql::new(SHOWN);
        self.push_sorted(&mut sql, page, |sql| {
            sql.push("SELECT id FROM temp.hits");
        });
        Ok(BrowsePage { total, rows: fetch(sql, connection).await? })
    }

    /// Looks up the items of a query about nothing else, into a table that lives in the memory of
    /// this connection and keeps them until the next time; whoever reads it holds the connection
    /// since. Tells how many items they are, and how many rows these make.
    async fn look_up_items(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
    ) -> Result<(i64, u32), StoreError> {
        // One string, since each that is handed to SQLite costs as much as a short statement.
        let mut sql = Sql::new(
            "CREATE TEMP TABLE IF NOT EXISTS hits (id INTEGER PRIMARY KEY);
             DELETE FROM temp.hits;
             INSERT INTO temp.hits ",
        );
        self.push_hits(&mut sql, tree);
        sql.push("; SELECT changes(), changes() + (").push(OTHER_ROWS);
        sql.push("SELECT id FROM temp.hits))");
        let looking = StoreError::during("looking for items");
        sql.build_query_as().fetch_one(connection).await.map_err(looking)
    }

    /// What finds the items of a query about nothing else, each once.
    fn push_hits(&self, sql: &mut Sql, tree: &Node) {
        match (match_text(tree), tree) {
            (Some(words), _) => {
                sql.push("SELECT rowid AS id FROM item_words WHERE item_words MATCH ");
                sql.push_bind(words);
            }
            (None, Node::Term(Term::Tag(Some(tag)))) => push_tagged(sql, tag),
            _ => {
                sql.push("SELECT x.id FROM search_items x WHERE ");
                self.node(sql, tree, Arm::Items);
            }
        }
    }

    /// A page of the rows of the items looked up, by a key that an index gives the order of; of
    /// those that have a value.
    async fn hits_in_order(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<Vec<BrowseRecord>, StoreError> {
        let mut sql = Sql::new(SHOWN);
        push_with_value(&mut sql, page, |sql, place, arm| {
            self.push_select(sql, place, page.key, arm);
            sql.push(arm.present()).push(" AND ");
            // The sign keeps the planner from looking each of them up. A join would do worse: it
            // knows nothing of how many rows this table has.
            sql.push("+").push(arm.item()).push(if arm == Arm::Questions {
                " IN (SELECT id FROM temp.hits)"
            } else {
                // The sign has SQLite make a filter of them first, which most rows do not pass.
                " IN (SELECT +id FROM temp.hits)"
            });
            self.push_has_value(sql, page.key, arm);
        });
        fetch(sql, connection).await
    }

    /// A page of the rows of the items that `hits` finds, from all of them.
    fn push_sorted(&self, sql: &mut Sql, page: Page, hits: impl Fn(&mut Sql)) {
        sql.push("SELECT card, item FROM (");
        for (place, arm) in [page.key.cards(), Arm::Questions].into_iter().enumerate() {
            self.push_select_of(sql, place, page.key, arm, &hits);
        }
        sql.push(")");
        push_order(sql, page);
    }

    /// All of them by age, at most `most`.
    pub(super) async fn all(
        &self,
        connection: &mut SqliteConnection,
        most: u32,
    ) -> Result<Vec<Found>, StoreError> {
        let mut sql = Sql::new("SELECT json_group_array(json_array(card, item)) FROM (");
        sql.push("SELECT c.id AS card, c.search_id AS item FROM cards c WHERE ");
        self.condition(&mut sql, Arm::Cards);
        sql.push(" UNION ALL SELECT NULL, x.id FROM search_items x WHERE ");
        self.condition(&mut sql, Arm::Questions);
        sql.push(" ORDER BY item, card LIMIT ").push_bind(most).push(")");
        let looking = StoreError::during("looking for rows");
        let json: String = sql.build_query_scalar().fetch_one(connection).await.map_err(looking)?;
        serde_json::from_str(&json).map_err(StoreError::damaged("row", ""))
    }

    /// How many rows there are; with a key, how many have a value in it.
    async fn count_where(
        &self,
        connection: &mut SqliteConnection,
        key: Option<SortKey>,
    ) -> Result<u32, StoreError> {
        let mut sql = Sql::new("SELECT (SELECT count(*)");
        for (place, arm) in [Arm::Cards, Arm::Questions].into_iter().enumerate() {
            if place > 0 {
                sql.push(") + (SELECT count(*)");
            }
            sql.push(arm.from(key)).push(" WHERE ");
            self.condition(&mut sql, arm);
            if let Some(key) = key {
                sql.push(" AND ");
                self.push_key(&mut sql, key, arm);
                sql.push(" IS NOT NULL");
            }
        }
        sql.push(")");
        let counting = StoreError::during("counting what was found");
        let count: i64 = sql.build_query_scalar().fetch_one(connection).await.map_err(counting)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    async fn with_value(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<Vec<BrowseRecord>, StoreError> {
        let mut sql = Sql::new(SHOWN);
        push_with_value(&mut sql, page, |sql, place, arm| {
            self.push_select(sql, place, page.key, arm);
            self.condition(sql, arm);
            self.push_has_value(sql, page.key, arm);
        });
        fetch(sql, connection).await
    }

    /// The rows that have no value in a key.
    async fn without_value(
        &self,
        connection: &mut SqliteConnection,
        key: SortKey,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<BrowseRecord>, StoreError> {
        let mut sql = Sql::new(SHOWN);
        for (place, arm) in [Arm::Cards, Arm::Questions].into_iter().enumerate() {
            sql.push(if place > 0 { " UNION ALL SELECT " } else { "SELECT " });
            sql.push(arm.identity()).push(arm.from(Some(key))).push(" WHERE ");
            self.condition(&mut sql, arm);
            sql.push(" AND ");
            self.push_key(&mut sql, key, arm);
            sql.push(" IS NULL");
        }
        sql.push(" ORDER BY item, card LIMIT ").push_bind(limit);
        sql.push(" OFFSET ").push_bind(offset);
        fetch(sql, connection).await
    }
}

/// A page of rows that have a value, as `select` finds them of each kind.
fn push_with_value(sql: &mut Sql, page: Page, select: impl Fn(&mut Sql, usize, Arm)) {
    let Page { key, descending, offset, limit } = page;
    for (place, &arm) in key.arms().iter().enumerate() {
        select(sql, place, arm);
    }
    // The curve of recall falls: the largest share of days over stability is recalled least.
    let descending = descending != (key == SortKey::Recall);
    sql.push(if descending { " ORDER BY sorted DESC" } else { " ORDER BY sorted" });
    sql.push(", item, card LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
}

/// A page of rows with a column `sorted`: its order, those without a value last, and its ends.
fn push_order(sql: &mut Sql, page: Page) {
    let Page { key, descending, offset, limit } = page;
    sql.push(" ORDER BY sorted IS NULL, sorted");
    sql.push(if matches!(key, SortKey::Text | SortKey::Deck) { " COLLATE NOCASE" } else { "" });
    // As in `push_with_value`.
    sql.push(if descending == (key == SortKey::Recall) { "" } else { " DESC" });
    sql.push(", item, card LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
}

/// Runs what begins with [`SHOWN`].
async fn fetch(
    mut sql: Sql,
    connection: &mut SqliteConnection,
) -> Result<Vec<BrowseRecord>, StoreError> {
    let looking = StoreError::during("looking for rows");
    let json: String =
        sql.push(OF_FOUND).build_query_scalar().fetch_one(connection).await.map_err(looking)?;
    record::read(&json)
}

/// Runs what gives how many rows there are, and a page of them.
async fn counted(
    mut sql: Sql,
    connection: &mut SqliteConnection,
) -> Result<BrowsePage, StoreError> {
    let looking = StoreError::during("looking for rows");
    let (total, json): (u32, String) =
        sql.build_query_as().fetch_one(connection).await.map_err(looking)?;
    Ok(BrowsePage { total, rows: record::read(&json)? })
}
