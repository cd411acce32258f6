//! Browse: rows of cards and questions that a query finds.

mod arms;
mod conditions;
mod finder;
mod record;
mod spelled;
mod values;

use super::operations::read_step;
use super::{Step, Store, StoreError};
use crate::search::Node;
use crate::study::{Calendar, Memory, Phase};
use finder::Finder;
use values::narrows;

/// Most rows of a page.
pub const MAX_PAGE: u32 = 500;

/// How many rows are read in the order of an index while one is looked up and sorted.
const CHEAPER: i64 = 4;

/// What a query depends on besides its text.
#[derive(Debug, Clone)]
pub struct SearchScope {
    /// Now, Unix milliseconds.
    pub now_ms: i64,
    /// The study day of now.
    pub today: i64,
    /// Where and when days begin.
    pub calendar: Calendar,
    /// Exponent of FSRS's forgetting curve.
    pub decay: f64,
    /// Lapses from which a card counts as a leech; 0 for never.
    pub leech_lapses: u32,
    /// The exam whose domains are named.
    pub exam: Option<String>,
    /// Tasks of each domain that the query names, by its name as written there.
    pub domains: Vec<(String, Vec<String>)>,
}

/// What rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// The first words.
    Text,
    /// Title of the deck.
    Deck,
    /// Task of the exam.
    Task,
    /// Stability of the card.
    Stability,
    /// Difficulty of the card, by FSRS.
    Difficulty,
    /// Chance of recall today.
    Recall,
    /// When it is due.
    Due,
    /// How often it was seen.
    Reviews,
    /// How often it was forgotten.
    Lapses,
    /// When it came in.
    Added,
}

/// Which rows are read, and how they are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// By what; rows without a value come last either way.
    pub key: SortKey,
    /// Largest first.
    pub descending: bool,
    /// Rows passed over.
    pub offset: u32,
    /// Rows read, at most [`MAX_PAGE`].
    pub limit: u32,
}

impl Page {
    /// Whether the rows of so many items among so many rows are better read in the order of an
    /// index until the page is full: of n items among N rows, one row in N / n is one to show, so
    /// N / n · page are read.
    fn read_in_order(self, items: i64, rows: u32) -> bool {
        let last = i64::from(self.offset) + i64::from(self.limit);
        items.saturating_mul(items) >= i64::from(rows) * last / CHEAPER
    }

    /// Whether so many rows are all of this page of so many in all. If not, those without a value
    /// are missing.
    fn is_whole(self, rows: usize, total: u32) -> bool {
        let shown = self.offset.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
        rows == self.limit as usize || shown >= total
    }
}

/// A row: a card, or a question that makes no card.
#[derive(Debug, Clone, PartialEq)]
pub struct BrowseRecord {
    /// The item.
    pub item: String,
    /// Which of its cards; none for a question.
    pub card: Option<i64>,
    /// The first words.
    pub text: String,
    /// Title of the deck.
    pub deck: String,
    /// Exam of the deck.
    pub blueprint: Option<String>,
    /// Task id.
    pub task: Option<String>,
    /// Where the card stands.
    pub phase: Option<Phase>,
    /// What its reviews have made of it.
    pub memory: Option<Memory>,
    /// The study day it was last seen on.
    pub last_day: Option<i64>,
    /// When it is due within steps, Unix milliseconds.
    pub due_ms: Option<i64>,
    /// The study day it is due on in review.
    pub due_day: Option<i64>,
    /// How often it was seen.
    pub reviews: u32,
    /// How often it was forgotten.
    pub lapses: u32,
    /// Whether it is taken out of study.
    pub suspended: bool,
    /// The study day it is put off on.
    pub buried_day: Option<i64>,
    /// Colour of its flag.
    pub flag: u8,
    /// When it came in, Unix milliseconds.
    pub added_ms: i64,
}

/// How the collection stands before a query: read at once, since each statement that is handed to
/// SQLite takes longer than these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeforeBrowsing {
    /// Rows in the collection.
    pub rows: u32,
    /// Whether there are words that are not indexed yet: see [`Store::index_stale`].
    pub stale: bool,
    /// As [`Store::arrangement`].
    pub arrangement: i64,
    /// What undo would take back.
    pub undo: Option<Step>,
    /// What redo would do again.
    pub redo: Option<Step>,
}

/// A page of what a query finds.
#[derive(Debug, Clone, PartialEq)]
pub struct BrowsePage {
    /// Rows found in all.
    pub total: u32,
    /// The rows of the page.
    pub rows: Vec<BrowseRecord>,
}

impl Store {
    /// How the collection stands before a query.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn before_browsing(&self) -> Result<BeforeBrowsing, StoreError> {
        // Cards and questions that are there: all, less the few that are not.
        let row = sqlx::query!(
            r#"SELECT (SELECT count(*) FROM cards)
                    - (SELECT count(*) FROM cards
                        WHERE absent <> 0 AND (absent > 1 OR phase = 'new'))
                    + (SELECT count(*) FROM questions)
                    - (SELECT count(*) FROM search_items
                        WHERE absent <> 0 AND kind = 'question') AS "rows!: u32",
                      EXISTS (SELECT 1 FROM search_items WHERE stale = 1) AS "stale!: bool",
                      (SELECT stamp FROM arrangement) AS "arrangement!: i64",
                      undo AS "undo: String", redo AS "redo: String"
                 FROM turns"#
        )
        .fetch_one(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("counting what is there"))?;
        Ok(BeforeBrowsing {
            rows: row.rows,
            stale: row.stale,
            arrangement: row.arrangement,
            undo: row.undo.as_deref().map(read_step).transpose()?,
            redo: row.redo.as_deref().map(read_step).transpose()?,
        })
    }

    /// A page of what a query finds, in a collection of so many rows; of all rows when there is
    /// none.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn browse(
        &self,
        tree: Option<&Node>,
        scope: &SearchScope,
        page: Page,
        rows: u32,
    ) -> Result<BrowsePage, StoreError> {
        let mut connection = self.near().await?;
        let spelled = match tree {
            Some(tree) => spelled::spell_out(tree, &mut connection).await?,
            None => None,
        };
        let tree = spelled.as_ref().or(tree);
        let finder = Finder::new(tree, scope);
        let page = Page { limit: page.limit.min(MAX_PAGE), ..page };
        if let Some(tree) = tree.filter(|tree| page.limit > 0 && narrows(tree)) {
            return finder.pass(&mut connection, tree, page, rows).await;
        }
        let total = match tree {
            None => rows,
            Some(_) => finder.count(&mut connection).await?,
        };
        let mut rows = Vec::new();
        if page.offset < total && page.limit > 0 {
            rows = finder.page(&mut connection, page).await?;
        }
        Ok(BrowsePage { total, rows })
    }

    /// All rows that a query finds, as item and card, at most `most` of them.
    ///
    /// # Errors
    /// As [`Self::browse`].
    pub async fn find_rows(
        &self,
        tree: Option<&Node>,
        scope: &SearchScope,
        most: u32,
    ) -> Result<Vec<(String, Option<i64>)>, StoreError> {
        let mut connection = self.near().await?;
        let found = Finder::new(tree, scope).all(&mut connection, most).await?;
        let json = serde_json::to_string(&found).map_err(StoreError::damaged("row", ""))?;
        let rows = sqlx::query!(
            r#"SELECT s.item_id AS "item!", p.value ->> 0 AS "card: i64"
                 FROM json_each(?) p JOIN search_items s ON s.id = p.value ->> 1
                ORDER BY p.key"#,
            json
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(StoreError::during("reading what was found"))?;
        Ok(rows.into_iter().map(|row| (row.item, row.card)).collect())
    }
}
