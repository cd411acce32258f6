//! A grading, in few statements: each that is handed to the database costs as much as what it does.

use std::collections::HashMap;

use serde::Deserialize;

use super::cards::{CardRow, KeptCard, card, phase_name};
use super::operations::{Body, Change};
use super::{Store, StoreError};
use crate::deck::Item;
use crate::study::{CardState, Due, Grade};

/// What changes with anything that a grading depends on: as long as it is the same, so are the
/// card, its deck's options, and the load of the days ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Stamps {
    /// Of settings, decks and their options.
    pub arrangement: i64,
    /// Of the shelf that changed last.
    pub shelves: i64,
    /// The newest operation.
    pub operation: i64,
}

/// A card that is to be graded, with what its grading depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct CardToGrade {
    /// The card.
    pub row: CardRow,
    /// The deck it is in.
    pub deck: i64,
    /// The other cards of its item.
    pub siblings: Vec<CardRow>,
    /// Cards in review that are due on each study day after the one given.
    pub load: HashMap<i64, u32>,
    /// As of when this holds.
    pub stamps: Stamps,
}

/// A card that is shown, with what is shown of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownCard {
    /// The card.
    pub row: CardRow,
    /// The deck it is in.
    pub deck: i64,
    /// The words of its item.
    pub item: Item,
    /// The question that its item was made from.
    pub source: Option<String>,
    /// Whether there are files beside the deck of its words.
    pub has_files: bool,
    /// Times it was recalled in review.
    pub recalled: u32,
    /// Times it was seen in review.
    pub reviewed: u32,
    /// Whether its item makes no other card.
    pub alone: bool,
    /// As of when this holds.
    pub stamps: Stamps,
}

/// A grading, to be logged with its operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Graded {
    /// How the card was recalled.
    pub grade: Grade,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The study day it counts for.
    pub day: i64,
    /// Time to answer, milliseconds.
    pub taken_ms: u32,
}

#[derive(Deserialize)]
struct BesideGraded {
    siblings: Vec<i64>,
    load: HashMap<i64, u32>,
    stamps: Stamps,
}

#[derive(Deserialize)]
struct BesideShown {
    content: String,
    source: Option<String>,
    files: u8,
    recalled: (u32, u32),
    siblings: u32,
    stamps: Stamps,
}

impl Store {
    /// The card with this id, if there is one, with the load of so many days after a study day.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn card_to_grade(
        &self,
        id: i64,
        today: i64,
        days_ahead: i64,
    ) -> Result<Option<CardToGrade>, StoreError> {
        let mut connection = self.near().await?;
        let kept = sqlx::query_as!(
            KeptCard,
            r#"SELECT c.id AS "id!", c.item_id AS "item_id!", c.ordinal AS "ordinal!: u32",
                      c.phase AS "phase!", c.step AS "step!: u32",
                      c.stability, c.difficulty, c.last_ms, c.last_day, c.due_ms, c.due_day,
                      c.interval AS "interval!: u32", c.reviews AS "reviews!: u32",
                      c.lapses AS "lapses!: u32", c.suspended AS "suspended!: bool", c.buried_day,
                      c.flag AS "flag!: u8", c.deck_id AS "deck_id!",
                      json_object(
                          'siblings', json((SELECT json_group_array(s.id) FROM cards s
                                        WHERE s.item_id = c.item_id AND s.id <> c.id)),
                          'load', json((SELECT json_group_object(due_day, cards) FROM due_days
                                    WHERE due_day > ?2 AND due_day <= ?2 + ?3)),
                          'stamps', json((SELECT json_object(
                                  'arrangement', (SELECT stamp FROM arrangement),
                                  'shelves', (SELECT coalesce(max(stamp), 0) FROM shelves),
                                  'operation', (SELECT coalesce(max(id), 0) FROM operations)))))
                          AS "beside!: String"
                 FROM cards c WHERE c.id = ?1"#,
            id,
            today,
            days_ahead
        )
        .fetch_optional(&mut *connection)
        .await
        .map_err(StoreError::during("reading a card"))?;
        let Some(kept) = kept else { return Ok(None) };
        let BesideGraded { siblings: ids, load, stamps } = serde_json::from_str(&kept.beside)
            .map_err(StoreError::damaged("card", id.to_string()))?;
        let mut siblings = Vec::with_capacity(ids.len());
        for id in ids {
            siblings.extend(card(&mut connection, id).await?);
        }
        Ok(Some(CardToGrade { row: kept.card()?, deck: kept.deck_id, siblings, load, stamps }))
    }

    /// The card with this id, if there is one, with what is shown of it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn shown_card(&self, id: i64) -> Result<Option<ShownCard>, StoreError> {
        let kept = sqlx::query_as!(
            KeptCard,
            r#"SELECT c.id AS "id!", c.item_id AS "item_id!", c.ordinal AS "ordinal!: u32",
                      c.phase AS "phase!", c.step AS "step!: u32",
                      c.stability, c.difficulty, c.last_ms, c.last_day, c.due_ms, c.due_day,
                      c.interval AS "interval!: u32", c.reviews AS "reviews!: u32",
                      c.lapses AS "lapses!: u32", c.suspended AS "suspended!: bool", c.buried_day,
                      c.flag AS "flag!: u8", c.deck_id AS "deck_id!",
                      json_object(
                          'content', v.content,
                          'source', (SELECT s.question_id FROM card_sources s
                                      WHERE s.item_id = c.item_id),
                          'files', EXISTS
                              (SELECT 1 FROM decks d JOIN media m ON m.deck_id = d.id
                                WHERE d.slug = substr(c.item_id, 1, instr(c.item_id, '/') - 1)),
                          'recalled', json((SELECT json_array(count(*) FILTER (WHERE r.grade > 1),
                                                         count(*))
                                         FROM reviews r
                                        WHERE r.card_id = c.id AND r.before = 'review'
                                          AND NOT EXISTS
                                              (SELECT 1 FROM undone u
                                                WHERE u.operation_id = r.operation_id))),
                          'siblings', (SELECT count(*) FROM cards s
                                        WHERE s.item_id = c.item_id AND s.id <> c.id),
                          'stamps', json((SELECT json_object(
                                  'arrangement', (SELECT stamp FROM arrangement),
                                  'shelves', (SELECT coalesce(max(stamp), 0) FROM shelves),
                                  'operation', (SELECT coalesce(max(id), 0) FROM operations)))))
                          AS "beside!: String"
                 FROM cards c
                 JOIN items i ON i.id = c.item_id
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                WHERE c.id = ?"#,
            id
        )
        .fetch_optional(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading a card"))?;
        let Some(kept) = kept else { return Ok(None) };
        let row = kept.card()?;
        let beside: BesideShown = serde_json::from_str(&kept.beside)
            .map_err(StoreError::damaged("card", id.to_string()))?;
        let item = serde_json::from_str(&beside.content)
            .map_err(StoreError::damaged("item", row.item.as_str()))?;
        let (recalled, reviewed) = beside.recalled;
        let (source, has_files) = (beside.source, beside.files != 0);
        Ok(Some(ShownCard {
            row,
            deck: kept.deck_id,
            item,
            source,
            has_files,
            recalled,
            reviewed,
            alone: beside.siblings == 0,
            stamps: beside.stamps,
        }))
    }

    /// Grades a card: writes how it stands after it, puts its siblings off on that day, and logs
    /// both. One statement, so that all of it is there or nothing. Says whether it is there: nothing
    /// is done when something has changed since what the grading was computed from was read.
    ///
    /// # Errors
    /// [`StoreError`]; nothing is done then.
    pub async fn grade(
        &self,
        before: &CardRow,
        after: &CardRow,
        put_off: Vec<CardRow>,
        graded: Graded,
        as_of: Stamps,
    ) -> Result<bool, StoreError> {
        let id = after.id.to_string();
        let ids: Vec<i64> = put_off.iter().map(|sibling| sibling.id).collect();
        let ids = serde_json::to_string(&ids).map_err(StoreError::damaged("card", &*id))?;
        let mut changes = vec![Change { before: before.clone(), after: after.clone() }];
        changes.extend(put_off.into_iter().map(|before| Change {
            after: CardRow { buried_day: Some(graded.day), ..before.clone() },
            before,
        }));
        let body = serde_json::to_string(&Body::Cards(changes))
            .map_err(StoreError::damaged("operation", ""))?;
        let state = &after.state;
        let told = serde_json::to_string(&CardState { memory: None, ..*state })
            .map_err(StoreError::damaged("review of card", &*id))?;
        let (was, phase) = (phase_name(before.state.phase), phase_name(state.phase));
        let stability = state.memory.map(|memory| f64::from(memory.stability));
        let difficulty = state.memory.map(|memory| f64::from(memory.difficulty));
        let (due_ms, due_day) = match state.due {
            Due::Introduction => (None, None),
            Due::At(at) => (Some(at), None),
            Due::Day(day) => (None, Some(day)),
        };
        let grade = graded.grade.rating();
        let kept = sqlx::query!(
            r#"INSERT INTO gradings (card_id, phase, step, stability, difficulty, last_ms, last_day,
                                     due_ms, due_day, interval, reviews, lapses, suspended,
                                     siblings, at_ms, body, day, grade, taken_ms, before, after)
               SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                WHERE (SELECT stamp FROM arrangement) = ?
                  AND (SELECT coalesce(max(stamp), 0) FROM shelves) = ?
                  AND (SELECT coalesce(max(id), 0) FROM operations) = ?
               RETURNING 1 AS "kept!: i64""#,
            after.id,
            phase,
            state.step,
            stability,
            difficulty,
            state.last_seen_ms,
            state.last_day,
            due_ms,
            due_day,
            state.interval,
            state.reviews,
            state.lapses,
            after.suspended,
            ids,
            graded.at_ms,
            body,
            graded.day,
            grade,
            graded.taken_ms,
            was,
            told,
            as_of.arrangement,
            as_of.shelves,
            as_of.operation
        )
        // All rows, though there is one at most: it is committed after the last.
        .fetch_all(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("keeping what you did"))?;
        Ok(!kept.is_empty())
    }
}
