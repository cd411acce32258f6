//! The terms of a query as conditions of SQL.

use super::SortKey;
use super::arms::Arm;
use super::finder::{Finder, Sql};
use super::values::{age_at, like, match_term, match_text};
use crate::deck::Difficulty;
use crate::search::{Comparison, Node, Property, State, Term};
use crate::store::item_facts::difficulty_name;

impl Finder<'_> {
    pub(super) fn push_key(&self, sql: &mut Sql, key: SortKey, arm: Arm) {
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

    /// The beginning of what finds rows, up to their conditions.
    pub(super) fn push_select(&self, sql: &mut Sql, place: usize, key: SortKey, arm: Arm) {
        self.push_columns(sql, place, key, arm);
        sql.push(arm.from(Some(key))).push(" WHERE ");
    }

    /// Rows of the items that `hits` finds, as [`Self::push_select`] begins, with the condition that
    /// they are there.
    pub(super) fn push_select_of(
        &self,
        sql: &mut Sql,
        place: usize,
        key: SortKey,
        arm: Arm,
        hits: impl Fn(&mut Sql),
    ) {
        self.push_columns(sql, place, key, arm);
        if let Some(cards) = arm.of_hits(key) {
            sql.push(" FROM (");
            hits(sql);
            sql.push(") h").push(cards).push(" WHERE ").push(arm.present());
        } else {
            sql.push(arm.from(Some(key))).push(" WHERE ").push(arm.present());
            sql.push(" AND ").push(arm.item()).push(" IN (");
            hits(sql);
            sql.push(")");
        }
    }

    fn push_columns(&self, sql: &mut Sql, place: usize, key: SortKey, arm: Arm) {
        sql.push(if place > 0 { " UNION ALL SELECT " } else { "SELECT " });
        sql.push(arm.identity()).push(", ");
        self.push_key(sql, key, arm);
        sql.push(" AS sorted");
    }

    /// That a row has a value in a key, where that is not certain.
    pub(super) fn push_has_value(&self, sql: &mut Sql, key: SortKey, arm: Arm) {
        if key.can_be_missing() {
            sql.push(" AND ");
            self.push_key(sql, key, arm);
            sql.push(" IS NOT NULL");
        }
    }

    /// Days since a card was seen, over its stability. Recall is a falling function of it alone,
    /// so sorting and comparing need no powers, which SQLite may be built without.
    fn push_age<'s>(&self, sql: &'s mut Sql) -> &'s mut Sql {
        sql.push("(max(").push_bind(self.scope.today);
        sql.push(" - c.last_day, 0) / c.stability)")
    }

    /// What a row of this kind has to be.
    pub(super) fn condition(&self, sql: &mut Sql, arm: Arm) {
        sql.push(arm.present());
        if let Some(tree) = self.tree {
            sql.push(" AND ");
            self.node(sql, tree, arm);
        }
    }

    pub(super) fn node(&self, sql: &mut Sql, node: &Node, arm: Arm) {
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
                self.push_column(sql, arm, "deck_id");
                sql.push(" IN (SELECT id FROM decks WHERE title LIKE ");
                sql.push_bind(name.clone()).push(" ESCAPE '\\' OR title LIKE ");
                sql.push_bind(format!("{name}::%")).push(" ESCAPE '\\' OR slug LIKE ");
                sql.push_bind(name).push(" ESCAPE '\\')");
            }
            Term::Tag(tag) => push_tag(sql, tag.as_deref(), arm),
            Term::Domain { name, .. } => self.push_domain(sql, name, arm),
            Term::Task(task) => {
                self.push_column(sql, arm, "task");
                sql.push(" LIKE ");
                sql.push_bind(like(task)).push(" ESCAPE '\\'");
            }
            Term::Is(state) => self.push_state(sql, *state, arm),
            Term::Level(level) => push_level(sql, *level, arm),
            Term::Added(days) => {
                let first = self.scope.today + 1 - i64::from(*days);
                sql.push(arm.item()).push(" IN (SELECT id FROM search_items WHERE added_ms >= ");
                sql.push_bind(self.scope.calendar.begins(first)).push(")");
            }
            _ if matches!(arm, Arm::Questions | Arm::Items) => {
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

    /// A column that a row of each kind has.
    fn push_column(&self, sql: &mut Sql, arm: Arm, column: &str) {
        sql.push(self.sign).push(arm.alias()).push(".").push(column);
    }

    fn push_domain(&self, sql: &mut Sql, name: &str, arm: Arm) {
        let known = self.scope.domains.iter().find(|(known, _)| known == name);
        let tasks = known.map_or(&[][..], |(_, tasks)| tasks);
        self.push_column(sql, arm, "task");
        sql.push(" IN (''");
        for task in tasks {
            sql.push(", ").push_bind(task.clone());
        }
        sql.push(") AND ");
        self.push_column(sql, arm, "task");
        sql.push(" <> '' AND ");
        self.push_column(sql, arm, "deck_id");
        sql.push(" IN (SELECT id FROM decks WHERE blueprint = ");
        sql.push_bind(self.scope.exam.clone()).push(")");
    }

    fn push_state(&self, sql: &mut Sql, state: State, arm: Arm) {
        let today = self.scope.today;
        match (state, arm) {
            (State::Question, Arm::Questions) | (State::Card, Arm::Cards | Arm::CardsOfItems) => {
                sql.push("1")
            }
            (State::Question, Arm::Items) => sql.push("x.kind = 'question'"),
            (State::Card, Arm::Items) => sql.push("x.kind = 'card'"),
            (State::Edited, _) => sql.push(arm.item()).push(
                " IN (SELECT s.id FROM search_items s JOIN decks d ON d.id = s.deck_id
                       WHERE s.own = 1 AND d.source <> 'made')",
            ),
            (_, Arm::Questions | Arm::Items) | (State::Question, _) => sql.push("0"),
            (State::Due, _) => {
                sql.push("c.suspended = 0 AND c.buried_day IS NOT ").push_bind(today);
                sql.push(" AND (c.phase = 'review' AND c.due_day <= ").push_bind(today);
                sql.push(" OR c.phase IN ('learning', 'relearning') AND c.due_ms <= ");
                sql.push_bind(self.scope.now_ms).push(")");
                // Follows from it, and has an index.
                let last = self.scope.now_ms.max(today.saturating_mul(86_400_000));
                sql.push(" AND coalesce(c.due_ms, c.due_day * 86400000) <= ").push_bind(last)
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
    sql.push(" IN (");
    push_tagged(sql, tag);
    sql.push(")");
}

/// The items that have a tag or one below it, each once.
pub(super) fn push_tagged(sql: &mut Sql, tag: &str) {
    if tag.contains('*') {
        sql.push("SELECT DISTINCT search_id AS id FROM search_tags WHERE tag LIKE ");
        sql.push_bind(like(tag)).push(" ESCAPE '\\'");
        return;
    }
    // A tag below it begins with it and `::`; `;` follows on `:`. Few are below one, so what has
    // both is left out there.
    sql.push("SELECT search_id AS id FROM search_tags WHERE tag = ").push_bind(tag.to_owned());
    sql.push(" UNION ALL SELECT DISTINCT b.search_id FROM search_tags b WHERE b.tag > ");
    sql.push_bind(format!("{tag}::")).push(" AND b.tag < ").push_bind(format!("{tag}:;"));
    sql.push(" AND NOT EXISTS (SELECT 1 FROM search_tags t WHERE t.search_id = b.search_id");
    sql.push(" AND t.tag = ").push_bind(tag.to_owned()).push(")");
}

fn push_level(sql: &mut Sql, level: Difficulty, arm: Arm) {
    match arm {
        Arm::Cards | Arm::CardsOfItems => sql.push("0"),
        Arm::Questions | Arm::Items => {
            sql.push("x.difficulty = ").push_bind(difficulty_name(level))
        }
    };
}
