//! Pages of what a query finds. With `conditions`, the only file whose SQL is put together at run
//! time, which sqlx's macros cannot do: fixed fragments, and every value bound.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::arms::Arm;
use super::values::{match_text, of_items};
use super::{Page, SearchScope, SortKey};
use crate::search::Node;
use crate::store::StoreError;

/// A row that was found: its card, and its item in `search_items`.
pub(super) type Found = (Option<i64>, i64);

/// How many rows are read in the order of an index while one is looked up and sorted.
const CHEAPER: i64 = 4;

/// Finds the rows of a query.
pub(super) struct Finder<'a> {
    pub(super) tree: Option<&'a Node>,
    pub(super) scope: &'a SearchScope,
}

pub(super) type Sql = QueryBuilder<Sqlite>;

impl Finder<'_> {
    /// How many rows there are.
    pub(super) async fn count(&self, connection: &mut SqliteConnection) -> Result<u32, StoreError> {
        self.count_where(connection, None).await
    }

    /// A page of them. Those that have a value come first, then the others by age.
    pub(super) async fn page(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<Vec<Found>, StoreError> {
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

    /// A page of what a query finds that narrows, with how many rows there are, in a collection of
    /// so many rows. No number when the page holds no row.
    pub(super) async fn pass(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
        page: Page,
        rows: u32,
    ) -> Result<(Vec<Found>, Option<u32>), StoreError> {
        if page.key.has_order() && of_items(tree) {
            let (found, total) = self.page_of_items(connection, tree, page, rows).await?;
            let shown = page.offset.saturating_add(u32::try_from(found.len()).unwrap_or(u32::MAX));
            let full = found.len() == page.limit as usize;
            if full || total.is_some_and(|total| shown >= total) {
                return Ok((found, total));
            }
        }
        self.page_and_count(connection, page).await
    }

    /// A page of them with how many there are, from one pass over all of them. Quicker than
    /// counting and reading a page where no index gives the order anyway. No number when the page
    /// holds no row.
    async fn page_and_count(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<(Vec<Found>, Option<u32>), StoreError> {
        let Page { key, descending, offset, limit } = page;
        let mut sql = Sql::new("WITH found AS MATERIALIZED (");
        for (place, arm) in [key.cards(), Arm::Questions].into_iter().enumerate() {
            self.push_select(&mut sql, place, key, arm);
            self.condition(&mut sql, arm);
        }
        sql.push(") SELECT card, item, (SELECT count(*) FROM found) FROM found");
        push_order(&mut sql, key, descending);
        sql.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        fetch_with_count(sql, connection).await
    }

    /// As [`Self::page_and_count`], for a query about items alone and a key that an index gives
    /// the order of, in a collection of so many rows. The items are looked up once. Of few, all
    /// rows are read and sorted; of many, rows are read in order until the page is full, and
    /// counted by their items. The page may lack rows without a value then.
    async fn page_of_items(
        &self,
        connection: &mut SqliteConnection,
        tree: &Node,
        page: Page,
        rows: u32,
    ) -> Result<(Vec<Found>, Option<u32>), StoreError> {
        let Page { key, descending, offset, limit } = page;
        // Of n items among N rows, one row in N / n is one to show, so N / n · page are read.
        let many = i64::from(rows) * (i64::from(offset) + i64::from(limit)) / CHEAPER;
        let mut sql = Sql::new("WITH hits(id) AS MATERIALIZED (");
        if let Some(words) = match_text(tree) {
            sql.push("SELECT rowid FROM item_words WHERE item_words MATCH ").push_bind(words);
        } else {
            sql.push("SELECT x.id FROM search_items x WHERE ");
            self.node(&mut sql, tree, Arm::Items);
        }
        // What there is nothing to do for must not begin: a condition would be asked of each row.
        sql.push("), size(items) AS MATERIALIZED (SELECT count(*) FROM hits)");
        sql.push(", few(id) AS MATERIALIZED (SELECT h.id FROM size s CROSS JOIN hits h");
        sql.push(" WHERE s.items * s.items < ").push_bind(many);
        sql.push("), found AS MATERIALIZED (");
        for (place, arm) in [key.cards(), Arm::Questions].into_iter().enumerate() {
            self.push_select(&mut sql, place, key, arm);
            sql.push(arm.present()).push(" AND ");
            sql.push(arm.item()).push(" IN (SELECT id FROM few)");
        }
        sql.push(") SELECT * FROM (SELECT card, item, (SELECT count(*) FROM found) FROM found");
        push_order(&mut sql, key, descending);
        sql.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        sql.push(
            ") UNION ALL SELECT card, item,
                      (SELECT items FROM size)
                      + (SELECT coalesce(sum(rows - 1), 0) FROM search_items
                          WHERE rows <> 1 AND id IN (SELECT id FROM hits))
               FROM (",
        );
        for (place, arm) in key.arms().iter().enumerate() {
            self.push_select(&mut sql, place, key, *arm);
            sql.push(arm.present());
            self.push_has_value(&mut sql, key, *arm);
            // The sign keeps the planner from looking each of them up.
            sql.push(" AND +").push(arm.item()).push(" IN (SELECT id FROM hits)");
        }
        sql.push(if descending { " ORDER BY sorted DESC" } else { " ORDER BY sorted" });
        sql.push(", item, card LIMIT iif((SELECT items * items FROM size) >= ").push_bind(many);
        sql.push(", ").push_bind(limit).push(", 0) OFFSET ").push_bind(offset).push(")");
        fetch_with_count(sql, connection).await
    }

    /// All of them by age, at most `most`.
    pub(super) async fn all(
        &self,
        connection: &mut SqliteConnection,
        most: u32,
    ) -> Result<Vec<Found>, StoreError> {
        let mut sql = Sql::new("SELECT c.id AS card, c.search_id AS item FROM cards c WHERE ");
        self.condition(&mut sql, Arm::Cards);
        sql.push(" UNION ALL SELECT NULL, x.id FROM search_items x WHERE ");
        self.condition(&mut sql, Arm::Questions);
        sql.push(" ORDER BY item, card LIMIT ").push_bind(most);
        fetch(sql, connection).await
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
    ) -> Result<Vec<Found>, StoreError> {
        let Page { key, descending, offset, limit } = page;
        let mut sql = Sql::new("");
        for (place, arm) in key.arms().iter().enumerate() {
            self.push_select(&mut sql, place, key, *arm);
            self.condition(&mut sql, *arm);
            self.push_has_value(&mut sql, key, *arm);
        }
        // The curve of recall falls: the largest share of days over stability is recalled least.
        let descending = descending != (key == SortKey::Recall);
        sql.push(if descending { " ORDER BY sorted DESC" } else { " ORDER BY sorted" });
        sql.push(", item, card LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        fetch(sql, connection).await
    }

    /// The rows that have no value in a key.
    async fn without_value(
        &self,
        connection: &mut SqliteConnection,
        key: SortKey,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<Found>, StoreError> {
        let mut sql = Sql::new("");
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

/// The order of a page from rows with a column `sorted`, those without a value last.
fn push_order(sql: &mut Sql, key: SortKey, descending: bool) {
    sql.push(" ORDER BY sorted IS NULL, sorted");
    sql.push(if matches!(key, SortKey::Text | SortKey::Deck) { " COLLATE NOCASE" } else { "" });
    // As in `with_value`.
    sql.push(if descending == (key == SortKey::Recall) { "" } else { " DESC" });
    sql.push(", item, card");
}

async fn fetch_with_count(
    mut sql: Sql,
    connection: &mut SqliteConnection,
) -> Result<(Vec<Found>, Option<u32>), StoreError> {
    let looking = StoreError::during("looking for rows");
    let rows: Vec<(Option<i64>, i64, u32)> =
        sql.build_query_as().fetch_all(connection).await.map_err(looking)?;
    let total = rows.first().map(|row| row.2);
    Ok((rows.into_iter().map(|(card, item, _)| (card, item)).collect(), total))
}

async fn fetch(mut sql: Sql, connection: &mut SqliteConnection) -> Result<Vec<Found>, StoreError> {
    sql.build_query_as().fetch_all(connection).await.map_err(StoreError::during("looking for rows"))
}
