//! Browse: what a query finds, as rows of a table.

use super::deck_options::Arranged;
use super::study::Turn;
use super::views::{
    BrowseColumn, BrowseOrder, BrowseRow, BrowseView, QueryProblem, QuerySpan, RowId,
};
use super::{DeskError, Sitwell};
use crate::search::{self, Fault, Node, Term};
use crate::store::{BrowsePage, BrowseRecord, OperationKind, Page, SearchScope, SortKey};
use crate::study::day::ROLLOVER_HOUR;
use crate::study::memory::{decay, retrievability};
use crate::study::{Calendar, StudyOptions};

/// What rows are read with: the day, and how the learner studies.
pub(super) struct Desktop {
    pub(super) now_ms: i64,
    pub(super) today: i64,
    pub(super) calendar: Calendar,
    pub(super) options: StudyOptions,
    pub(super) exam: Option<String>,
}

impl Sitwell {
    /// The rows that a query finds: `limit` of them (at most 500) from `offset` on.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read. A query that cannot be understood is no
    /// error: the view says what is wrong in it.
    pub async fn browse(
        &self,
        query: &str,
        order: BrowseOrder,
        offset: u32,
        limit: u32,
    ) -> Result<BrowseView, DeskError> {
        let before = self.store.before_browsing().await?;
        // What was just imported is found, whether its words are indexed yet or not.
        if before.stale {
            self.store.index_stale().await?;
        }
        let desktop = self.desktop_of(&*self.arranged_at(before.arrangement).await?);
        let search::Query { tree, spans } = search::parse(query);
        let scoped = tree.and_then(|tree| {
            let scope = self.scope(&desktop, tree.as_ref())?;
            Ok((tree, scope))
        });
        let (key, descending) = (sort_key(order.column), order.descending);
        let (found, problem) = match scoped {
            Ok((tree, scope)) => {
                let page = Page { key, descending, offset, limit };
                (self.store.browse(tree.as_ref(), &scope, page, before.rows).await?, None)
            }
            Err(fault) => (BrowsePage { total: 0, rows: Vec::new() }, Some(fault)),
        };
        Ok(BrowseView {
            total: found.total,
            of: before.rows,
            rows: found.rows.into_iter().map(|row| self.browse_row(&desktop, row)).collect(),
            problem: problem.map(problem_view),
            spans: spans.into_iter().map(span_view).collect(),
            undo: before.undo.map(|step| step.kind),
            redo: before.redo.map(|step| step.kind),
        })
    }

    /// Takes back the last thing that was done; says what it was.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn undo(&self) -> Result<Option<OperationKind>, DeskError> {
        self.turn(Turn::Back).await
    }

    /// Does again what was last taken back; says what it was.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be kept.
    pub async fn redo(&self) -> Result<Option<OperationKind>, DeskError> {
        self.turn(Turn::Again).await
    }

    pub(super) async fn desktop(&self) -> Result<Desktop, DeskError> {
        Ok(self.desktop_of(&*self.arranged().await?))
    }

    fn desktop_of(&self, arranged: &Arranged) -> Desktop {
        let now_ms = self.clock.now().wall_ms;
        let utc_offset_seconds = self.clock.utc_offset_seconds();
        let calendar = Calendar { utc_offset_seconds, rollover_hour: ROLLOVER_HOUR };
        Desktop {
            now_ms,
            today: calendar.day(now_ms),
            calendar,
            options: arranged.schedules.defaults().options.clone(),
            exam: arranged.profile.exam.clone(),
        }
    }

    /// What a query depends on, or which of its domains there is none of.
    pub(super) fn scope(
        &self,
        desktop: &Desktop,
        tree: Option<&Node>,
    ) -> Result<SearchScope, Fault> {
        let mut domains = Vec::new();
        if let Some(tree) = tree {
            self.resolve_domains(desktop, tree, &mut domains)?;
        }
        Ok(desktop.scope(domains))
    }

    fn resolve_domains(
        &self,
        desktop: &Desktop,
        node: &Node,
        into: &mut Vec<(String, Vec<String>)>,
    ) -> Result<(), Fault> {
        match node {
            Node::And(nodes) | Node::Or(nodes) => {
                nodes.iter().try_for_each(|node| self.resolve_domains(desktop, node, into))
            }
            Node::Not(node) => self.resolve_domains(desktop, node, into),
            Node::Term(Term::Domain { name, at }) => {
                let tasks = self.tasks_of(desktop, name);
                let tasks = tasks.map_err(|(message, hint)| Fault {
                    message,
                    hint,
                    start: at.0,
                    end: at.1,
                })?;
                into.push((name.clone(), tasks));
                Ok(())
            }
            Node::Term(_) => Ok(()),
        }
    }

    /// Tasks of the domain with this id, number or beginning of its title in the exam chosen.
    fn tasks_of(&self, desktop: &Desktop, name: &str) -> Result<Vec<String>, (String, String)> {
        let chosen = desktop.exam.as_ref().and_then(|code| self.blueprint(code).ok());
        let Some(blueprint) = chosen else {
            let message = "No exam is chosen, so there are no domains.".to_owned();
            return Err((
                message,
                "Choose an exam first, or search for task: or deck:.".to_owned(),
            ));
        };
        let lower = name.to_lowercase();
        let number = lower.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let domains = &blueprint.domains;
        let found = domains
            .iter()
            .find(|domain| domain.id.eq_ignore_ascii_case(name))
            .or_else(|| number.and_then(|index| domains.get(index)))
            .or_else(|| domains.iter().find(|d| d.title.to_lowercase().starts_with(&lower)));
        if let Some(domain) = found {
            return Ok(domain.tasks.iter().map(|task| task.id.clone()).collect());
        }
        let known: Vec<String> =
            domains.iter().map(|d| format!("{} ({})", d.id, d.title)).collect();
        let message = format!("{} has no domain “{name}”.", blueprint.code);
        Err((message, format!("Its domains are {}.", known.join(", "))))
    }

    fn browse_row(&self, desktop: &Desktop, row: BrowseRecord) -> BrowseRow {
        let chosen = desktop.exam.as_deref().filter(|code| row.blueprint.as_deref() == Some(*code));
        let place = chosen.zip(row.task.as_deref()).and_then(|(code, task)| self.place(code, task));
        let due_day = row.due_day.or(row.due_ms.map(|at| desktop.calendar.day(at)));
        BrowseRow {
            domain_index: place.map(|(domain, _)| domain),
            stability: row.memory.map(|memory| f64::from(memory.stability)),
            difficulty: row.memory.map(|memory| f64::from(memory.difficulty)),
            recall: row.memory.map(|memory| {
                let days = row.last_day.map_or(0, |day| (desktop.today - day).max(0));
                f64::from(retrievability(memory, days as f32, &desktop.options.parameters))
            }),
            due_in_days: due_day.map(|day| i32::try_from(day - desktop.today).unwrap_or(i32::MAX)),
            buried: row.buried_day == Some(desktop.today),
            added: desktop.date(row.added_ms),
            id: RowId { item: row.item, card: row.card },
            text: row.text,
            deck: row.deck,
            task: row.task,
            phase: row.phase,
            reviews: row.reviews,
            lapses: row.lapses,
            suspended: row.suspended,
            flag: row.flag,
        }
    }
}

impl Desktop {
    fn scope(&self, domains: Vec<(String, Vec<String>)>) -> SearchScope {
        SearchScope {
            now_ms: self.now_ms,
            today: self.today,
            calendar: self.calendar,
            decay: f64::from(decay(&self.options.parameters)),
            leech_lapses: self.options.leech_lapses,
            exam: self.exam.clone(),
            domains,
        }
    }

    /// The date of the study day that holds this time.
    fn date(&self, at_ms: i64) -> String {
        let day = chrono::TimeDelta::try_days(self.calendar.day(at_ms)).unwrap_or_default();
        let date = chrono::NaiveDate::default().checked_add_signed(day);
        date.unwrap_or_default().to_string()
    }
}

fn sort_key(column: BrowseColumn) -> SortKey {
    match column {
        BrowseColumn::Text => SortKey::Text,
        BrowseColumn::Deck => SortKey::Deck,
        BrowseColumn::Task => SortKey::Task,
        BrowseColumn::Stability => SortKey::Stability,
        BrowseColumn::Difficulty => SortKey::Difficulty,
        BrowseColumn::Recall => SortKey::Recall,
        BrowseColumn::Due => SortKey::Due,
        BrowseColumn::Reviews => SortKey::Reviews,
        BrowseColumn::Lapses => SortKey::Lapses,
        BrowseColumn::Added => SortKey::Added,
    }
}

fn problem_view(fault: Fault) -> QueryProblem {
    let Fault { message, hint, start, end } = fault;
    QueryProblem { message, hint, start, end }
}

fn span_view(span: search::Span) -> QuerySpan {
    QuerySpan { start: span.start, end: span.end, syntax: span.syntax }
}
