//! What leaves the collection, put together for the writers of formats.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::watch::Writer;
use super::{ImportError, OnExport};
use crate::deck::ItemBody;
use crate::desk::views::{ExportFormat, ExportOptions, ExportProgress, Exported};
use crate::desk::{DeskError, Sitwell};
use crate::formats::{
    DraftReview, DraftState, DraftStudy, ExportDeck, ExportItem, ExportMedia, anki, csv_export,
    native_export,
};
use crate::store::{CardRow, LeavingReview};
use crate::study::tree::parts;
use crate::study::{Calendar, Due, Phase};

impl Sitwell {
    /// Writes decks into a file.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck, the file cannot be written, or it was cancelled;
    /// no file is left half-written then.
    pub async fn export(
        &self,
        options: ExportOptions,
        to: &Path,
        progress: OnExport<'_>,
    ) -> Result<Exported, DeskError> {
        let cancelled = Arc::clone(&self.import.unwanted);
        cancelled.store(false, Ordering::SeqCst);
        progress(ExportProgress { done: 0, of: 0 });
        let decks = self.leaving(&options).await?;
        let (steps, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let work = Writer::new(steps, cancelled);
        let (notes, cards, questions) = sizes(&decks);
        let (store, runtime) = (self.store.clone(), tokio::runtime::Handle::current());
        let (target, format) = (to.to_owned(), options.format);
        let now_ms = self.clock.now().wall_ms;
        let writing = tokio::task::spawn_blocking(move || {
            let media = |hash: &str| {
                let file = runtime.block_on(store.media_file(hash)).ok().flatten();
                file.map(|(_, bytes)| bytes)
            };
            Ok::<_, ImportError>(match format {
                ExportFormat::Markdown => native_export::write(&decks, &media, &target, &work)?,
                ExportFormat::Csv => csv_export::write(&decks, &target, &work)?,
                ExportFormat::Apkg => anki::write(&decks, &media, &target, now_ms, &work)?.into(),
            })
        });
        let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
        while let Some((done, of)) = heard.recv().await {
            progress(ExportProgress { done: count(done), of: count(of) });
        }
        let written =
            writing.await.map_err(|_| ImportError::Unwritten(to.display().to_string()))?;
        let written = written?;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Exported {
            path: to.display().to_string(),
            decks: count(written.decks),
            notes,
            cards,
            questions,
            media: count(written.media),
            left_out: written.not_held,
        })
    }

    /// Stops what writes decks into a file; what stood there before stays.
    pub fn cancel_export(&self) {
        self.import.unwanted.store(true, Ordering::SeqCst);
    }

    /// The decks that are to leave, with what was learned when that goes along. Decks without
    /// items are left out.
    pub(super) async fn leaving(
        &self,
        options: &ExportOptions,
    ) -> Result<Vec<ExportDeck>, DeskError> {
        let day = self.study_day().await?;
        let library = self.store.library(day.today, day.ends_ms()).await?;
        let scope = day.schedules.scope(options.deck.as_deref())?;
        let wanted = |id: i64, source: &str| match &scope {
            Some(decks) => decks.contains(&id),
            None => source != "bundled",
        };
        let mut decks = Vec::new();
        for deck in library.into_iter().filter(|deck| wanted(deck.id, &deck.source)) {
            if self.import.unwanted.load(Ordering::SeqCst) {
                return Err(ImportError::Cancelled.into());
            }
            let items = self.store.leaving_items(deck.id).await?;
            if items.is_empty() {
                continue;
            }
            let slug = deck.meta.slug.clone();
            let mut study = HashMap::new();
            if options.scheduling {
                study = self.learned_here(deck.id, day.calendar).await?;
            }
            let items = items.into_iter().map(|leaving| {
                let study = study.remove(leaving.item.id(&slug).as_str()).unwrap_or_default();
                let (item, source_id) = (leaving.item, leaving.guid);
                ExportItem { item, source_id, changed_ms: leaving.changed_ms, study }
            });
            let items = items.collect();
            let media = self.store.files_beside(slug.as_str()).await?;
            let media =
                media.into_iter().map(|file| ExportMedia { name: file.name, hash: file.hash });
            decks.push(ExportDeck {
                path: parts(&deck.meta.title).into_iter().map(str::to_owned).collect(),
                introduction: self.store.introduction(deck.id).await?,
                slug: slug.as_str().to_owned(),
                meta: Some(deck.meta),
                items,
                media: media.collect(),
            });
        }
        decks.sort_by(|a, b| a.path.cmp(&b.path));
        if decks.is_empty() {
            return Err(ImportError::Nothing.into());
        }
        Ok(decks)
    }

    /// What was learned of the cards of a deck, by item.
    async fn learned_here(
        &self,
        deck: i64,
        calendar: Calendar,
    ) -> Result<HashMap<String, Vec<DraftStudy>>, DeskError> {
        let mut reviews: HashMap<i64, Vec<DraftReview>> = HashMap::new();
        for review in self.store.leaving_reviews(deck).await? {
            reviews.entry(review.card).or_default().push(draft_review(&review));
        }
        let mut study: HashMap<String, Vec<DraftStudy>> = HashMap::new();
        for card in self.store.leaving_cards(deck).await? {
            let reviews = reviews.remove(&card.id).unwrap_or_default();
            let of = study.entry(card.item.as_str().to_owned()).or_default();
            of.push(draft_study(&card, reviews, calendar));
        }
        Ok(study)
    }
}

/// Items that make cards, cards, and questions.
fn sizes(decks: &[ExportDeck]) -> (u32, u32, u32) {
    let (mut notes, mut cards, mut questions) = (0, 0, 0);
    for item in decks.iter().flat_map(|deck| &deck.items) {
        match &item.item.body {
            ItemBody::Card(card) => {
                notes += 1;
                cards += u32::try_from(card.ordinals().len()).unwrap_or(u32::MAX);
            }
            ItemBody::Question(_) => questions += 1,
        }
    }
    (notes, cards, questions)
}

fn draft_review(review: &LeavingReview) -> DraftReview {
    DraftReview {
        at_ms: review.at_ms,
        grade: review.grade,
        taken_ms: review.taken_ms,
        before: review.before,
        interval: review.after.interval,
    }
}

fn draft_study(card: &CardRow, reviews: Vec<DraftReview>, calendar: Calendar) -> DraftStudy {
    let stands = &card.state;
    let due_ms = match stands.due {
        Due::Introduction => 0,
        Due::At(at) => at,
        Due::Day(day) => calendar.begins(day),
    };
    let state = (stands.phase != Phase::New).then_some(DraftState {
        phase: stands.phase,
        due_ms,
        interval: stands.interval,
        memory: stands.memory,
        reviews: stands.reviews,
        lapses: stands.lapses,
    });
    let (suspended, flag) = (card.suspended, card.flag);
    DraftStudy { ordinal: card.ordinal, suspended, flag, state, reviews }
}
