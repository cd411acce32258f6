//! A grading, in few statements: each that is handed to the database costs as much as what it does.

use std::collections::HashMap;

use serde::Deserialize;

use super::cards::{CardRow, KeptCard, card, phase_name};
use super::operations::{Body, Change};
use super::shelves::{Head, HeadNew, HeadReview, Place, ToldNew, ToldReview};
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
    /// Whether it was graded on the study day already.
    pub graded_today: bool,
    /// The review that comes after it on its shelf, if it is the review at the head of one.
    pub next_review: Option<HeadReview>,
    /// The new card that comes after it on its shelf, if it is the new one at the head of one.
    pub next_new: Option<HeadNew>,
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
    /// Of its reviews: those that recalled it in review, those in review, and those of today.
    reviews: (u32, u32, u32),
    siblings: u32,
    next_review: Option<ToldReview>,
    next_new: Option<ToldNew>,
    stamps: Stamps,
}

/// A card that is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct ToShow<'a> {
    /// The card.
    pub card: i64,
    /// The study day.
    pub today: i64,
    /// Where it stands, if it is the head of a shelf.
    pub place: Option<&'a Place>,
    /// A card that is leaving its shelf.
    pub leaving: Option<i64>,
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
                          'stamps', json((SELECT told FROM stamps)))
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

    /// A card, if it is there, with what is shown of it and what comes after it on its shelf. While
    /// another is leaving it is read beside whatever writes that.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn shown_card(&self, show: ToShow<'_>) -> Result<Option<ShownCard>, StoreError> {
        let ToShow { card: id, today, place, leaving } = show;
        let (deck, task) = place.map_or((0, ""), |place| (place.deck, &*place.task));
        let after_review = place.is_some_and(|place| place.head == Head::Review);
        let after_new = place.is_some_and(|place| place.head == Head::New);
        let gone = leaving.unwrap_or(id);
        let query = sqlx::query_as!(
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
                          'reviews', json((SELECT json_array(
                                   count(*) FILTER (WHERE r.before = 'review' AND r.grade > 1),
                                   count(*) FILTER (WHERE r.before = 'review'),
                                   count(*) FILTER (WHERE r.day = ?2))
                                         FROM reviews r
                                        WHERE r.card_id = c.id
                                          AND NOT EXISTS
                                              (SELECT 1 FROM undone u
                                                WHERE u.operation_id = r.operation_id))),
                          'siblings', (SELECT count(*) FROM cards s
                                        WHERE s.item_id = c.item_id AND s.id <> c.id),
                          -- As the heads of shelves are found, but for these two.
                          'next_review', json(iif(?4, (SELECT
                                json_array(id, stability, difficulty, last_day, due_day)
                             FROM (SELECT n.id, n.stability, n.difficulty, n.last_day, n.due_day,
                                          max(iif(n.stability IS NULL, 9e999,
                                                  max(coalesce(?2 - n.last_day, 0), 0)
                                                  / n.stability)) AS worth
                                     FROM cards n INDEXED BY cards_to_review
                                    WHERE n.phase = 'review' AND n.suspended = 0 AND n.absent < 2
                                      AND n.deck_id = ?6 AND n.task = ?7 AND n.due_day <= ?2
                                      AND n.buried_day IS NOT ?2 AND n.id NOT IN (?1, ?3))
                            WHERE worth IS NOT NULL), NULL)),
                          'next_new', json(iif(?5, (SELECT json_array(n.id, n.position, n.ordinal)
                             FROM cards n INDEXED BY cards_new
                            WHERE n.phase = 'new' AND n.suspended = 0 AND n.absent = 0
                              AND n.deck_id = ?6 AND n.task = ?7
                              AND n.buried_day IS NOT ?2 AND n.id NOT IN (?1, ?3)
                            ORDER BY n.position, n.ordinal LIMIT 1), NULL)),
                          'stamps', json((SELECT told FROM stamps)))
                          AS "beside!: String"
                 FROM cards c
                 JOIN items i ON i.id = c.item_id
                 JOIN item_versions v ON v.item_id = i.id AND v.hash = i.version
                WHERE c.id = ?1"#,
            id,
            today,
            gone,
            after_review,
            after_new,
            deck,
            task
        );
        let kept = match leaving {
            Some(_) => query.fetch_optional(&self.pool).await,
            None => query.fetch_optional(&mut *self.near().await?).await,
        };
        let kept = kept.map_err(StoreError::during("reading a card"))?;
        let Some(kept) = kept else { return Ok(None) };
        let row = kept.card()?;
        let beside: BesideShown = serde_json::from_str(&kept.beside)
            .map_err(StoreError::damaged("card", id.to_string()))?;
        let item = serde_json::from_str(&beside.content)
            .map_err(StoreError::damaged("item", row.item.as_str()))?;
        let (recalled, reviewed, today) = beside.reviews;
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
            graded_today: today > 0,
            next_review: beside.next_review.map(Into::into),
            next_new: beside.next_new.map(Into::into),
            stamps: beside.stamps,
        }))
    }

    /// Grades a card: writes how it stands after it, puts its siblings off on that day, and logs
    /// both. One statement, so that all of it is there or nothing. Gives the stamps after it; nothing
    /// is done, and none given, when something has changed since what the grading was computed from
    /// was read.
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
    ) -> Result<Option<Stamps>, StoreError> {
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
        let kept = sqlx::query_scalar!(
            r#"INSERT INTO gradings (card_id, phase, step, stability, difficulty, last_ms, last_day,
                                     due_ms, due_day, interval, reviews, lapses, suspended,
                                     siblings, at_ms, body, day, grade, taken_ms, before, after)
               SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                WHERE EXISTS (SELECT 1 FROM stamps
                               WHERE arrangement = ? AND shelves = ? AND operation = ?)
               RETURNING (SELECT told FROM stamps) AS "stamps!: String""#,
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
        let stamps = kept.first().map(|stamps| serde_json::from_str(stamps));
        stamps.transpose().map_err(StoreError::damaged("operation", ""))
    }
}
