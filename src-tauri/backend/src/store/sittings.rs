//! Sittings, their events and results.

use sqlx::SqliteConnection;

use super::{Store, StoreError};
use crate::blueprint::Blueprint;
use crate::clock::Instant;
use crate::deck::Item;
use crate::exam::conditions::{Limit, Terms};
use crate::exam::report::Report;
use crate::exam::sitting::{Event, EventKind, Timing, UNTIMED_MS};
use crate::exam::{Banks, Form, FormItem, Mode, section};

/// A sitting to be begun.
#[derive(Debug, Clone)]
pub struct NewSitting {
    /// How it is sat.
    pub mode: Mode,
    /// The domain or the task that it is about; empty for all of the exam.
    pub scope: String,
    /// Questions in all, when the paper is drawn while it is sat.
    pub planned: Option<u32>,
    /// The exam as it is now.
    pub blueprint: Blueprint,
    /// The paper.
    pub form: Form,
    /// Its time.
    pub limit: Limit,
    /// What was agreed.
    pub terms: Terms,
    /// When it begins.
    pub started: Instant,
}

/// A sitting as kept, without its events.
#[derive(Debug, Clone)]
pub struct SittingRecord {
    /// Identity.
    pub id: String,
    /// Counts within the exam and the mode, from 1.
    pub number: u32,
    /// How it is sat.
    pub mode: Mode,
    /// The domain or the task that it is about; empty for all of the exam.
    pub scope: String,
    /// Questions in all, when the paper is drawn while it is sat.
    pub planned: Option<u32>,
    /// The exam as it was.
    pub blueprint: Blueprint,
    /// The paper.
    pub form: Form,
    /// Sitting time, accommodations included, milliseconds.
    pub limit_ms: i64,
    /// What was agreed.
    pub terms: Terms,
    /// When it began.
    pub started: Instant,
}

impl SittingRecord {
    /// What it is called: `Mock 4`, `Section test: Modeling`.
    pub fn title(&self) -> String {
        let kind = match self.mode {
            Mode::Mock => return format!("Mock {}", self.number),
            Mode::Diagnostic => "Diagnostic",
            Mode::Section => "Section test",
            Mode::Drill => "Drill",
            Mode::Custom => "Custom paper",
        };
        match section::title(&self.blueprint, &self.scope) {
            Some(part) => format!("{kind}: {part}"),
            None => kind.to_owned(),
        }
    }

    /// Whether a clock runs.
    pub fn timed(&self) -> bool {
        self.limit_ms < UNTIMED_MS
    }

    /// How its time runs.
    pub fn timing(&self) -> Timing {
        Timing { limit_ms: self.limit_ms, stop_clock: self.terms.stop_clock }
    }

    /// Questions in all, those that are still to be drawn included.
    pub fn items(&self) -> u32 {
        let drawn = u32::try_from(self.form.items.len()).unwrap_or(u32::MAX);
        self.planned.map_or(drawn, |planned| planned.max(drawn))
    }
}

impl Store {
    /// Keeps a new sitting with its paper, in one transaction, and numbers it.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is kept then.
    pub async fn begin_sitting(&self, new: NewSitting) -> Result<SittingRecord, StoreError> {
        let doing = StoreError::during("beginning a sitting");
        let id = uuid::Uuid::now_v7().to_string();
        let exam = new.blueprint.code.as_str();
        let blueprint =
            serde_json::to_string(&new.blueprint).map_err(StoreError::damaged("sitting", &*id))?;
        let form =
            serde_json::to_string(&new.form).map_err(StoreError::damaged("sitting", &*id))?;
        // SQLite integers are signed; the bits are what counts.
        let seed = new.form.seed.cast_signed();
        let (mode, banks) = (new.mode.name(), new.terms.banks.name());
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        let number = sqlx::query_scalar!(
            r#"INSERT INTO sittings (id, exam, number, mode, blueprint, seed, form, limit_ms,
                                     extra_ms, started_ms, started_steady, started_run, scope,
                                     planned, banks, stop_clock, explained)
               SELECT ?1, ?2, 1 + coalesce(max(number), 0), ?11, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
                      ?12, ?13, ?14, ?15, ?16
                 FROM sittings WHERE exam = ?2 AND mode = ?11
               RETURNING number AS "number!""#,
            id,
            exam,
            blueprint,
            seed,
            form,
            new.limit.limit_ms,
            new.limit.extra_ms,
            new.started.wall_ms,
            new.started.steady_ms,
            new.started.run,
            mode,
            new.scope,
            new.planned,
            banks,
            new.terms.stop_clock,
            new.terms.explained
        )
        .fetch_one(&mut *tx)
        .await
        .map_err(&doing)?;
        insert_paper(&mut tx, &id, &new.form).await.map_err(&doing)?;
        tx.commit().await.map_err(&doing)?;
        Ok(SittingRecord {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            id,
            mode: new.mode,
            scope: new.scope,
            planned: new.planned,
            blueprint: new.blueprint,
            form: new.form,
            limit_ms: new.limit.limit_ms,
            terms: new.terms,
            started: new.started,
        })
    }

    /// The sitting with this id, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn sitting(&self, id: &str) -> Result<Option<SittingRecord>, StoreError> {
        let row = sqlx::query!(
            r#"SELECT number, mode, scope, planned, blueprint, form, limit_ms, started_ms,
                      started_steady, started_run, banks, stop_clock AS "stop_clock: bool",
                      explained AS "explained: bool"
                 FROM sittings WHERE id = ?"#,
            id
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading a sitting"))?;
        let Some(row) = row else { return Ok(None) };
        let unknown = |what: &str, name: &str| StoreError::Damaged {
            what: "sitting",
            id: id.to_owned(),
            why: format!("there is no {what} “{name}”"),
        };
        Ok(Some(SittingRecord {
            id: id.to_owned(),
            number: u32::try_from(row.number).unwrap_or(u32::MAX),
            mode: Mode::named(&row.mode).ok_or_else(|| unknown("mode", &row.mode))?,
            terms: Terms {
                banks: Banks::named(&row.banks).ok_or_else(|| unknown("bank", &row.banks))?,
                stop_clock: row.stop_clock,
                explained: row.explained,
            },
            scope: row.scope,
            planned: row.planned.map(|items| u32::try_from(items).unwrap_or(u32::MAX)),
            blueprint: serde_json::from_str(&row.blueprint)
                .map_err(StoreError::damaged("blueprint of a sitting", id))?,
            form: serde_json::from_str(&row.form)
                .map_err(StoreError::damaged("paper of a sitting", id))?,
            limit_ms: row.limit_ms,
            started: Instant {
                wall_ms: row.started_ms,
                steady_ms: row.started_steady,
                run: row.started_run,
            },
        }))
    }

    /// Ids of the sittings of an exam that were not taken out, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn sitting_ids(&self, exam: &str) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar!(
            "SELECT id FROM sittings WHERE exam = ? AND deleted_ms IS NULL
              ORDER BY started_ms DESC, id DESC",
            exam
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("listing sittings"))
    }

    /// Keeps a paper that has grown by its last question, in one transaction.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written, or another process has put a question there.
    pub async fn grow_sitting(&self, id: &str, form: &Form) -> Result<(), StoreError> {
        let doing = StoreError::during("keeping the next question");
        let Some(last) = form.items.last() else { return Ok(()) };
        let json = serde_json::to_string(form).map_err(StoreError::damaged("sitting", id))?;
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(&doing)?;
        insert_place(&mut tx, id, form.items.len() - 1, last).await.map_err(&doing)?;
        sqlx::query!("UPDATE sittings SET form = ? WHERE id = ?", json, id)
            .execute(&mut *tx)
            .await
            .map_err(&doing)?;
        tx.commit().await.map_err(&doing)
    }

    /// The log of a sitting, in order.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read, has a gap, or does not read back.
    pub async fn sitting_events(&self, id: &str) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query!(
            "SELECT seq, wall_ms, steady_ms, run, body FROM sitting_events
              WHERE sitting_id = ? ORDER BY seq",
            id
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading a sitting's events"))?;
        let mut events = Vec::with_capacity(rows.len());
        for (expected, row) in rows.into_iter().enumerate() {
            if usize::try_from(row.seq) != Ok(expected) {
                return Err(StoreError::Damaged {
                    what: "log of a sitting",
                    id: id.to_owned(),
                    why: format!("event {expected} is missing"),
                });
            }
            let kind: EventKind = serde_json::from_str(&row.body)
                .map_err(StoreError::damaged("event of a sitting", id))?;
            let at = Instant { wall_ms: row.wall_ms, steady_ms: row.steady_ms, run: row.run };
            events.push(Event { at, kind });
        }
        Ok(events)
    }

    /// What was last recorded in a sitting.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn last_event(&self, id: &str) -> Result<Option<EventKind>, StoreError> {
        let body = sqlx::query_scalar!(
            "SELECT body FROM sitting_events WHERE sitting_id = ? ORDER BY seq DESC LIMIT 1",
            id
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading a sitting's last event"))?;
        body.map(|json| serde_json::from_str(&json).map_err(StoreError::damaged("event", id)))
            .transpose()
    }

    /// Appends an event as number `seq`. When this returns, the event survives a power cut.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written, or another process has written that number.
    pub async fn append_event(
        &self,
        id: &str,
        seq: usize,
        event: &Event,
    ) -> Result<(), StoreError> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let body = serde_json::to_string(&event.kind).map_err(StoreError::damaged("event", id))?;
        sqlx::query!(
            "INSERT INTO sitting_events (sitting_id, seq, wall_ms, steady_ms, run, body)
             VALUES (?, ?, ?, ?, ?, ?)",
            id,
            seq,
            event.at.wall_ms,
            event.at.steady_ms,
            event.at.run,
            body
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("keeping your answer"))?;
        Ok(())
    }

    /// The wordings that a sitting asked, in the order of its paper.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn sitting_items(&self, id: &str) -> Result<Vec<Item>, StoreError> {
        let rows = sqlx::query!(
            "SELECT s.item_id, v.content FROM sitting_items s
               JOIN item_versions v ON v.item_id = s.item_id AND v.hash = s.version
              WHERE s.sitting_id = ? ORDER BY s.position",
            id
        )
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::during("reading the questions of a sitting"))?;
        rows.into_iter()
            .map(|row| {
                serde_json::from_str(&row.content)
                    .map_err(StoreError::damaged("question", row.item_id))
            })
            .collect()
    }

    /// Keeps a result by the version of the scorer; one that is there stays.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn put_result(
        &self,
        id: &str,
        report: &Report,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let json = serde_json::to_string(report).map_err(StoreError::damaged("result", id))?;
        sqlx::query!(
            "INSERT INTO sitting_results (sitting_id, scorer, computed_ms, report)
             VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            id,
            report.scorer_version,
            now_ms,
            json
        )
        .execute(&self.pool)
        .await
        .map_err(StoreError::during("keeping a result"))?;
        Ok(())
    }

    /// The result by this version of the scorer, if it was kept.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn result(&self, id: &str, scorer: u32) -> Result<Option<Report>, StoreError> {
        let json = sqlx::query_scalar!(
            "SELECT report FROM sitting_results WHERE sitting_id = ? AND scorer = ?",
            id,
            scorer
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(StoreError::during("reading a result"))?;
        json.map(|json| serde_json::from_str(&json).map_err(StoreError::damaged("result", id)))
            .transpose()
    }
}

async fn insert_paper(tx: &mut SqliteConnection, id: &str, form: &Form) -> Result<(), sqlx::Error> {
    for (position, item) in form.items.iter().enumerate() {
        insert_place(tx, id, position, item).await?;
    }
    Ok(())
}

async fn insert_place(
    tx: &mut SqliteConnection,
    id: &str,
    position: usize,
    item: &FormItem,
) -> Result<(), sqlx::Error> {
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    let (item_id, version) = (item.id.as_str(), item.version.as_str());
    sqlx::query!(
        "INSERT INTO sitting_items (sitting_id, position, item_id, version)
         VALUES (?, ?, ?, ?)",
        id,
        position,
        item_id,
        version
    )
    .execute(tx)
    .await?;
    Ok(())
}
