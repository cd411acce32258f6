//! Marking again when a deck mends a key: the first result stays, and what the mended key makes of
//! the same answers stands beside it.

use super::hall::OpenSitting;
use super::views::{KeyChange, RemarkView};
use super::{DeskError, Sitwell};
use crate::deck::{ContentHash, Interaction, ItemBody, Question};
use crate::exam::report::Report;
use crate::exam::score::SCORER_VERSION;
use crate::store::{KeptRemark, NewerWording};

/// A question whose deck has another key for the same words now.
pub(super) struct Mended {
    pub(super) position: u32,
    pub(super) question: Question,
    version: ContentHash,
    deck: String,
    deck_version: String,
}

/// A sitting marked by mended keys.
pub(super) struct Remarked {
    pub(super) made_ms: i64,
    pub(super) report: Report,
    pub(super) mended: Vec<Mended>,
}

impl Sitwell {
    /// The sitting marked by the keys that its decks have now; none when no key was mended.
    pub(super) async fn remarked(
        &self,
        sitting: &OpenSitting,
    ) -> Result<Option<Remarked>, DeskError> {
        let record = &sitting.record;
        let mut mended = Vec::new();
        for newer in self.store.newer_wordings(&record.id).await? {
            let asked = sitting.question(newer.position)?.0;
            mended.extend(Mended::of(newer, asked));
        }
        if mended.is_empty() {
            return Ok(None);
        }
        let keys: Vec<(u32, &ContentHash)> =
            mended.iter().map(|mended| (mended.position, &mended.version)).collect();
        if let Some(kept) = self.store.remark(&record.id, SCORER_VERSION, &keys).await? {
            let KeptRemark { made_ms, report } = kept;
            return Ok(Some(Remarked { made_ms, report, mended }));
        }
        let mut right = sitting.keys()?;
        for mended in &mended {
            if let Some(key) = right.get_mut(mended.position as usize) {
                *key = mended.question.key();
            }
        }
        let report = sitting.marked(&right);
        let made_ms = self.clock.now().wall_ms;
        self.store.put_remark(&record.id, &keys, &report, made_ms).await?;
        Ok(Some(Remarked { made_ms, report, mended }))
    }
}

impl Mended {
    /// The newer wording, if it differs from what was asked in the key and not in what a candidate
    /// read. With another number of keys it would have been another question.
    fn of(newer: NewerWording, asked: &Question) -> Option<Self> {
        let ItemBody::Question(question) = newer.item.body else { return None };
        let same_words = question.stem == asked.stem
            && question.case.as_ref().map(|case| &case.scenario)
                == asked.case.as_ref().map(|case| &case.scenario)
            && question.options.iter().map(|o| &o.text).eq(asked.options.iter().map(|o| &o.text))
            && question
                .prompts()
                .iter()
                .map(|p| &p.text)
                .eq(asked.prompts().iter().map(|p| &p.text));
        let same_task = question.places() == asked.places()
            && question.key_count() == asked.key_count()
            && same_interaction(&question, asked);
        let mended = question.key() != asked.key();
        (same_words && same_task && mended).then_some(Self {
            position: newer.position,
            question,
            version: newer.version,
            deck: newer.deck,
            deck_version: newer.deck_version,
        })
    }
}

fn same_interaction(one: &Question, other: &Question) -> bool {
    use Interaction::{Choice, Match, Order};
    matches!(
        (&one.interaction, &other.interaction),
        (Choice, Choice) | (Order, Order) | (Match { .. }, Match { .. })
    )
}

impl OpenSitting {
    /// What was marked again, and why.
    pub(super) fn remark_view(&self, remarked: Remarked) -> Result<RemarkView, DeskError> {
        let changes = remarked.mended.iter().map(|mended| {
            let (asked, slot) = self.question(mended.position)?;
            let (was, now) = (asked.key(), mended.question.key());
            Ok(KeyChange {
                position: mended.position,
                deck: mended.deck.clone(),
                deck_version: mended.deck_version.clone(),
                chosen: self.letters(mended.position, &slot.answer),
                was: self.letters(mended.position, &was),
                now: self.letters(mended.position, &now),
                was_right: slot.answer == was,
                is_right: slot.answer == now,
            })
        });
        Ok(RemarkView {
            made_ms: remarked.made_ms,
            changes: changes.collect::<Result<Vec<_>, DeskError>>()?,
            report: remarked.report,
        })
    }
}
