//! Queries to SQL. The only file whose SQL is put together at run time, which sqlx's macros
//! cannot do: fixed fragments, and every value bound.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::arms::Arm;
use super::values::{age_at, like, match_term, match_text};
use super::{Page, SearchScope, SortKey};
use crate::deck::Difficulty;
use crate::search::{Comparison, Node, Property, State, Term};
use crate::store::StoreError;
use crate::store::decks::difficulty_name;

/// A row that was found: its card, and its item in `search_items`.
pub(super) type Found = (Option<i64>, i64);

/// Finds the rows of a query.
pub(super) struct Finder<'a> {
    pub(super) tree: Option<&'a Node>,
    pub(super) scope: &'a SearchScope,
}

type Sql = QueryBuilder<Sqlite>;

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

    /// A page of them with how many there are, from one pass over all of them. Quicker than
    /// counting and reading a page where no index gives the order anyway. No number when the page
    /// holds no row.
    pub(super) async fn page_and_count(
        &self,
        connection: &mut SqliteConnection,
        page: Page,
    ) -> Result<(Vec<Found>, Option<u32>), StoreError> {
        let Page { key, descending, offset, limit } = page;
        let cards =
            if key.arms().contains(&Arm::CardsOfItems) { Arm::CardsOfItems } else { Arm::Cards };
        let mut sql = Sql::new("WITH found AS MATERIALIZED (");
        for (place, arm) in [cards, Arm::Questions].into_iter().enumerate() {
            sql.push(if place > 0 { " UNION ALL SELECT " } else { "SELECT " });
            sql.push(arm.identity()).push(", ");
            self.push_key(&mut sql, key, arm);
            sql.push(" AS sorted").push(arm.from(Some(key))).push(" WHERE ");
            self.condition(&mut sql, arm);
        }
        sql.push(") SELECT card, item, (SELECT count(*) FROM found) FROM found");
        sql.push(" ORDER BY sorted IS NULL, sorted");
        sql.push(if matches!(key, SortKey::Text | SortKey::Deck) { " COLLATE NOCASE" } else { "" });
        // As in `with_value`.
        sql.push(if descending == (key == SortKey::Recall) { "" } else { " DESC" });
        sql.push(", item, card LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        let looking = StoreError::during("looking for rows");
        let rows: Vec<(Option<i64>, i64, u32)> =
            sql.build_query_as().fetch_all(connection).await.map_err(looking)?;
        let total = rows.first().map(|row| row.2);
        Ok((rows.into_iter().map(|(card, item, _)| (card, item)).collect(), total))
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
            sql.push(if place > 0 { " UNION ALL SELECT " } else { "SELECT " });
            sql.push(arm.identity()).push(", ");
            self.push_key(&mut sql, key, *arm);
            sql.push(" AS sorted").push(arm.from(Some(key))).push(" WHERE ");
            self.condition(&mut sql, *arm);
            if key.can_be_missing() {
                sql.push(" AND ");
                self.push_key(&mut sql, key, *arm);
                sql.push(" IS NOT NULL");
            }
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

    fn push_key(&self, sql: &mut Sql, key: SortKey, arm: Arm) {
        let cards = arm != Arm::Questions;
        match key {
            SortKey::Text => sql.push("x.text COLLATE NOCASE"),
            SortKey::Deck => sql.push("d.title COLLATE NOCASE"),
            SortKey::Task => sql.push("nullif(").push(arm.alias()).push(".task, '')"),
            SortKey::Added => sql.push("x.added_ms"),
            _ if !cards => sql.push("NULL"),
            SortKey::Stability => sql.push("c.stability"),
            SortKey::Difficulty => sql.push("c.difficulty"),
            SortKey::Recall => self.push_age(sql),
            SortKey::Due => sql.push("coalesce(c.due_ms, c.due_day * 86400000)"),
            SortKey::Reviews => sql.push("c.reviews"),
            SortKey::Lapses => sql.push("c.lapses"),
        };
    }

    /// Days since a card was seen, over its stability. Recall is a falling function of it alone,
    /// so sorting and comparing need no powers, which SQLite may be built without.
    fn push_age<'s>(&self, sql: &'s mut Sql) -> &'s mut Sql {
        sql.push("(max(").push_bind(self.scope.today);
        sql.push(" - c.last_day, 0) / c.stability)")
    }

    /// What a row of this kind has to be.
    fn condition(&self, sql: &mut Sql, arm: Arm) {
        sql.push(match arm {
            // A function, so that the planner takes it for no reason to filter cards beforehand.
            Arm::Cards | Arm::CardsOfItems => "iif(c.absent = 1, c.phase <> 'new', c.absent = 0)",
            Arm::Questions => "x.kind = 'question' AND x.absent = 0",
        });
        if let Some(tree) = self.tree {
            sql.push(" AND ");
            self.node(sql, tree, arm);
        }
    }

    fn node(&self, sql: &mut Sql, node: &Node, arm: Arm) {
        match node {
            Node::And(nodes) => self.all_of(sql, nodes, arm),
            Node::Or(nodes) => {
                sql.push("(");
                for (place, node) in nodes.iter().enumerate() {
                    sql.push(if place > 0 { " OR " } else { "" });
                    self.node(sql, node, arm);
                }
                sql.push(")");
            }
            Node::Not(node) => {
                // What has no value is not so either.
                sql.push("NOT coalesce(");
                self.node(sql, node, arm);
                sql.push(", 0)");
            }
            Node::Term(term) => {
                sql.push("(");
                self.term(sql, term, arm);
                sql.push(")");
            }
        }
    }

    /// Words that have to stand together are looked up at once.
    fn all_of(&self, sql: &mut Sql, nodes: &[Node], arm: Arm) {
        let words: Vec<String> = nodes.iter().filter_map(match_text).collect();
        let mut begun = !words.is_empty();
        sql.push("(");
        if begun {
            push_match(sql, words.join(" AND "), arm);
        }
        for node in nodes.iter().filter(|node| match_text(node).is_none()) {
            sql.push(if begun { " AND " } else { "" });
            begun = true;
            self.node(sql, node, arm);
        }
        sql.push(")");
    }

    fn term(&self, sql: &mut Sql, term: &Term, arm: Arm) {
        match term {
            Term::Prefix(_) | Term::Phrase(_) => {
                push_match(sql, match_term(term).unwrap_or_default(), arm);
            }
            Term::Pattern(pattern) => {
                let like = format!("%{}%", like(pattern));
                sql.push(arm.item()).push(" IN (SELECT rowid FROM item_words WHERE front LIKE ");
                sql.push_bind(like.clone()).push(" ESCAPE '\\' OR back LIKE ");
                sql.push_bind(like.clone()).push(" ESCAPE '\\' OR tags LIKE ");
                sql.push_bind(like).push(" ESCAPE '\\')");
            }
            Term::Deck(name) => {
                let name = like(name);
                sql.push(arm.alias()).push(".deck_id IN (SELECT id FROM decks WHERE title LIKE ");
                sql.push_bind(name.clone()).push(" ESCAPE '\\' OR title LIKE ");
                sql.push_bind(format!("{name}::%")).push(" ESCAPE '\\' OR slug LIKE ");
                sql.push_bind(name).push(" ESCAPE '\\')");
            }
            Term::Tag(tag) => push_tag(sql, tag.as_deref(), arm),
            Term::Domain { name, .. } => self.push_domain(sql, name, arm),
            Term::Task(task) => {
                sql.push(arm.alias()).push(".task LIKE ");
                sql.push_bind(like(task)).push(" ESCAPE '\\'");
            }
            Term::Is(state) => self.push_state(sql, *state, arm),
            Term::Level(level) => push_level(sql, *level, arm),
            Term::Added(days) => {
                let first = self.scope.today + 1 - i64::from(*days);
                sql.push(arm.item()).push(" IN (SELECT id FROM search_items WHERE added_ms >= ");
                sql.push_bind(self.scope.calendar.begins(first)).push(")");
            }
            _ if arm == Arm::Questions => {
                sql.push("0");
            }
            Term::Flag(flag) => {
                sql.push("c.flag = ").push_bind(*flag);
            }
            Term::Compare(property, comparison, value) => {
                self.push_comparison(sql, *property, *comparison, *value);
            }
            Term::Rated { days, grade } => {
                sql.push("c.id IN (SELECT card_id FROM reviews r WHERE day > ");
                sql.push_bind(self.scope.today - i64::from(*days));
                if let Some(grade) = grade {
                    sql.push(" AND grade = ").push_bind(*grade);
                }
                sql.push(
                    " AND NOT EXISTS
                      (SELECT 1 FROM undone u WHERE u.operation_id = r.operation_id))",
                );
            }
        }
    }

    fn push_domain(&self, sql: &mut Sql, name: &str, arm: Arm) {
        let known = self.scope.domains.iter().find(|(known, _)| known == name);
        let tasks = known.map_or(&[][..], |(_, tasks)| tasks);
        sql.push(arm.alias()).push(".task IN (''");
        for task in tasks {
            sql.push(", ").push_bind(task.clone());
        }
        sql.push(") AND ").push(arm.alias()).push(".task <> '' AND ").push(arm.alias());
        sql.push(".deck_id IN (SELECT id FROM decks WHERE blueprint = ");
        sql.push_bind(self.scope.exam.clone()).push(")");
    }

    fn push_state(&self, sql: &mut Sql, state: State, arm: Arm) {
        let today = self.scope.today;
        match (state, arm) {
            (State::Question, Arm::Questions) | (State::Card, Arm::Cards | Arm::CardsOfItems) => {
                sql.push("1")
            }
            (State::Edited, _) => sql.push(arm.item()).push(
                " IN (SELECT s.id FROM search_items s JOIN decks d ON d.id = s.deck_id
                       WHERE s.own = 1 AND d.source <> 'made')",
            ),
            (_, Arm::Questions) | (State::Question, _) => sql.push("0"),
            (State::Due, _) => {
                sql.push("c.suspended = 0 AND c.buried_day IS NOT ").push_bind(today);
                sql.push(" AND (c.phase = 'review' AND c.due_day <= ").push_bind(today);
                sql.push(" OR c.phase IN ('learning', 'relearning') AND c.due_ms <= ");
                sql.push_bind(self.scope.now_ms).push(")")
            }
            (State::New, _) => sql.push("c.phase = 'new'"),
            (State::Learning, _) => sql.push("c.phase IN ('learning', 'relearning')"),
            (State::Review, _) => sql.push("c.phase = 'review'"),
            (State::Suspended, _) => sql.push("c.suspended = 1"),
            (State::Buried, _) => sql.push("c.buried_day = ").push_bind(today),
            (State::Flagged, _) => sql.push("c.flag <> 0"),
            (State::Leech, _) => {
                let limit = self.scope.leech_lapses;
                sql.push_bind(limit).push(" > 0 AND c.lapses >= ").push_bind(limit)
            }
        };
    }

    fn push_comparison(
        &self,
        sql: &mut Sql,
        property: Property,
        comparison: Comparison,
        value: f64,
    ) {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let (scope, exact) = (self.scope, matches!(comparison, Equal | NotEqual));
        match property {
            Property::Recall if exact => {
                // As the table shows it, in percent.
                sql.push(if comparison == NotEqual { "NOT (" } else { "(" });
                self.push_age(sql).push(" > ").push_bind(age_at(value + 0.005, scope.decay));
                sql.push(" AND ");
                self.push_age(sql).push(" <= ").push_bind(age_at(value - 0.005, scope.decay));
                sql.push(")");
                return;
            }
            Property::Recall => {
                let turned = match comparison {
                    Less => Greater,
                    LessOrEqual => GreaterOrEqual,
                    Greater => Less,
                    GreaterOrEqual | Equal | NotEqual => LessOrEqual,
                };
                self.push_age(sql).push(" ").push(turned.sign());
                sql.push(" ").push_bind(age_at(value, scope.decay));
                return;
            }
            Property::Stability if exact => sql.push("round(c.stability)"),
            Property::Stability => sql.push("c.stability"),
            Property::Difficulty if exact => sql.push("round(c.difficulty)"),
            Property::Difficulty => sql.push("c.difficulty"),
            Property::Due => {
                sql.push("coalesce(c.due_day, (c.due_ms + ");
                sql.push_bind(-scope.calendar.begins(0)).push(") / 86400000) - ");
                sql.push_bind(scope.today)
            }
            Property::Interval => sql.push("iif(c.phase = 'new', NULL, c.interval)"),
            Property::Reviews => sql.push("c.reviews"),
            Property::Lapses => sql.push("c.lapses"),
        };
        sql.push(" ").push(comparison.sign()).push(" ").push_bind(value);
    }
}

async fn fetch(mut sql: Sql, connection: &mut SqliteConnection) -> Result<Vec<Found>, StoreError> {
    sql.build_query_as().fetch_all(connection).await.map_err(StoreError::during("looking for rows"))
}

fn push_match(sql: &mut Sql, words: String, arm: Arm) {
    sql.push(arm.item()).push(" IN (SELECT rowid FROM item_words WHERE item_words MATCH ");
    sql.push_bind(words).push(")");
}

fn push_tag(sql: &mut Sql, tag: Option<&str>, arm: Arm) {
    sql.push(arm.item());
    let Some(tag) = tag else {
        sql.push(" NOT IN (SELECT search_id FROM search_tags)");
        return;
    };
    sql.push(" IN (SELECT search_id FROM search_tags");
    if tag.contains('*') {
        sql.push(" WHERE tag LIKE ").push_bind(like(tag)).push(" ESCAPE '\\')");
    } else {
        // A tag below it begins with it and `::`; `;` follows on `:`.
        sql.push(" WHERE tag = ").push_bind(tag.to_owned());
        sql.push(" OR (tag > ").push_bind(format!("{tag}::"));
        sql.push(" AND tag < ").push_bind(format!("{tag}:;")).push("))");
    }
}

fn push_level(sql: &mut Sql, level: Difficulty, arm: Arm) {
    match arm {
        Arm::Cards | Arm::CardsOfItems => sql.push("0"),
        Arm::Questions => sql.push("x.difficulty = ").push_bind(difficulty_name(level)),
    };
}
