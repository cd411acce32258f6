//! The editor: an item with the memory of its cards, drafts seen before they are kept, and the
//! learner's own words.

use super::draft::{Bounds, item_of, sides, slug_of};
use super::media::files_beside;
use super::views::{
    DraftBody, EditorView, ItemDraft, MemoryView, PreviewView, RecallPoint, ReviewPoint,
};
use super::{DeskError, Sitwell};
use crate::deck::{Card, DeckMeta, DeckSlug, Item, ItemBody, ItemId, ItemSlug};
use crate::formats::markdown;
use crate::rich_text::Media;
use crate::store::{DeckRecord, ItemRecord, ItemState, OperationKind};
use crate::study::StudyOptions;
use crate::study::memory::{Review, history, retrievability};

const MS_PER_DAY: f64 = 86_400_000.0;
/// Most points of a curve of recall.
const MAX_POINTS: usize = 400;
/// Most points of one piece of it.
const PIECE: usize = 24;
/// Slug of the deck that new items of no deck go to.
const OWN_DECK: &str = "own";
/// How often another name is tried for a new item.
const TRIES: usize = 8;

impl Sitwell {
    /// An item in the editor.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such item or it cannot be read.
    pub async fn item_editor(&self, item: &str) -> Result<EditorView, DeskError> {
        let record = self.item_record(item).await?;
        let options = self.desktop().await?.options;
        let model = options.model()?;
        let mut cards = Vec::with_capacity(record.cards.len());
        for card in &record.cards {
            cards.push(self.memory_view(*card, &options, &model).await?);
        }
        let task = record.item.task.as_deref();
        let place =
            record.blueprint.as_deref().zip(task).and_then(|(code, task)| self.place(code, task));
        let source = self.store.source_of(&record.state.id).await?;
        Ok(EditorView {
            domain_index: place.as_ref().map(|(domain, _)| *domain),
            task_title: place.map(|(_, title)| title),
            edited: record.state.own.is_some() && !record.made,
            source,
            cards,
            draft: draft_of(&record),
            deck_title: record.deck_title,
        })
    }

    /// A draft as it would be seen, with what keeps it from being saved; nothing is kept.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such item or the collection cannot be read.
    pub async fn preview_item(&self, draft: &ItemDraft) -> Result<PreviewView, DeskError> {
        let record = match &draft.item {
            Some(item) => Some(self.item_record(item).await?),
            None => None,
        };
        let media = files_beside(&self.store, &draft.deck).await?;
        let (sides, problems) = match self.checked(draft, record.as_ref(), 0).await? {
            Ok(item) => (sides(&item.body, &media), Vec::new()),
            Err(problems) => (sides_of_draft(draft, &media), problems),
        };
        Ok(PreviewView { sides, problems })
    }

    /// Keeps a draft: a new item in a deck of the learner's own, or new words of one that is
    /// there. The words that its deck came with stay too, and can be restored.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such item, the draft has a problem, or it cannot be kept.
    pub async fn save_item(&self, draft: ItemDraft) -> Result<EditorView, DeskError> {
        let refused = |problems: Vec<String>| DeskError::BadDraft(problems.join(" "));
        let Some(key) = &draft.item else { return self.make_item(&draft).await };
        let record = self.item_record(key).await?;
        let item = self.checked(&draft, Some(&record), 0).await?.map_err(refused)?;
        let now_ms = self.clock.now().wall_ms;
        if (Item { tags: record.item.tags.clone(), ..item.clone() }) == record.item {
            self.save_tags(&record, &item.tags, now_ms).await?;
        } else {
            self.store.reword_item(&record, Some(&item), now_ms).await?;
        }
        self.item_editor(key).await
    }

    /// Gives an item the words and tags back that its deck came with. An item of the learner's
    /// own goes back to the words it was made with.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such item or it cannot be kept.
    pub async fn restore_item(&self, item: &str) -> Result<EditorView, DeskError> {
        let record = self.item_record(item).await?;
        self.store.reword_item(&record, None, self.clock.now().wall_ms).await?;
        self.item_editor(item).await
    }

    async fn item_record(&self, item: &str) -> Result<ItemRecord, DeskError> {
        let record = self.store.item_record(item).await?;
        record.ok_or_else(|| DeskError::NoSuchItem(item.to_owned()))
    }

    /// The item that a draft makes, or what is wrong with it.
    async fn checked(
        &self,
        draft: &ItemDraft,
        record: Option<&ItemRecord>,
        seed: u64,
    ) -> Result<Result<Item, Vec<String>>, DeskError> {
        if let Some(record) = record {
            if draft.deck != record.deck {
                let stays = "An item stays in its deck. Make a new one in the other deck.";
                return Ok(Err(vec![stays.into()]));
            }
            let blueprint = record.blueprint.as_ref().and_then(|code| self.blueprint(code).ok());
            let bounds = Bounds { kept: Some(&record.item), blueprint };
            return Ok(item_of(draft, &record.item.slug, &bounds));
        }
        let deck = self.store.deck_record(&draft.deck).await?;
        if deck.is_none() && !draft.deck.is_empty() {
            let message = format!("There is no deck “{}”. Choose one that is there.", draft.deck);
            return Ok(Err(vec![message]));
        }
        let blueprint = deck.and_then(|deck| deck.blueprint);
        let blueprint = blueprint.as_ref().and_then(|code| self.blueprint(code).ok());
        let Some(slug) = new_slug(draft, seed) else {
            return Ok(Err(vec!["No name can be made for this item. Begin it with words.".into()]));
        };
        Ok(item_of(draft, &slug, &Bounds { kept: None, blueprint }))
    }

    async fn make_item(&self, draft: &ItemDraft) -> Result<EditorView, DeskError> {
        let refused = |problems: Vec<String>| DeskError::BadDraft(problems.join(" "));
        // Nothing is made for a draft that cannot be kept, not even its deck.
        self.checked(draft, None, 0).await?.map_err(refused)?;
        let deck = self.own_deck(&draft.deck).await?;
        let slug: DeckSlug = deck.slug.parse().map_err(|_| DeskError::NoSuchItem(deck.slug))?;
        for _ in 0..TRIES {
            let item = self.checked(draft, None, (self.seeds)()).await?.map_err(refused)?;
            let id = ItemId::new(&slug, &item.slug);
            if self.store.item_is_taken(&id).await? {
                continue;
            }
            self.store.make_item(deck.id, &id, &item, self.clock.now().wall_ms).await?;
            return self.item_editor(id.as_str()).await;
        }
        Err(DeskError::BadDraft("No free name was found for it. Try again.".into()))
    }

    /// The deck of the learner's own that a new item goes to: the one named when it is such; one
    /// below the one named otherwise, as a deck that came from elsewhere may be replaced whole.
    async fn own_deck(&self, named: &str) -> Result<DeckRecord, DeskError> {
        let below = self.store.deck_record(named).await?;
        if let Some(deck) = below.as_ref().filter(|deck| deck.made) {
            return Ok(deck.clone());
        }
        let (slug, title) = match &below {
            Some(deck) => {
                let end = deck.slug.len().min(72);
                let slug = deck.slug[..end].trim_end_matches('-');
                (format!("{OWN_DECK}-{slug}"), format!("{}::My items", deck.title))
            }
            None => (OWN_DECK.to_owned(), "My items".to_owned()),
        };
        if let Some(deck) = self.store.deck_record(&slug).await?.filter(|deck| deck.made) {
            return Ok(deck);
        }
        let meta = DeckMeta {
            slug: slug.parse().map_err(|_| DeskError::NoSuchItem(slug.clone()))?,
            title,
            version: semver::Version::new(1, 0, 0),
            license: "LicenseRef-own".into(),
            authors: Vec::new(),
            language: below.as_ref().map_or_else(|| "en".into(), |deck| deck.language.clone()),
            blueprint: below.and_then(|deck| deck.blueprint),
        };
        Ok(self.store.make_deck(&meta, self.clock.now().wall_ms).await?)
    }

    /// Tags alone: they are kept beside the words, which then still follow their deck.
    async fn save_tags(
        &self,
        record: &ItemRecord,
        tags: &[String],
        now_ms: i64,
    ) -> Result<(), DeskError> {
        let of_words = &record.item.tags;
        let after = ItemState {
            given: tags.iter().filter(|tag| !of_words.contains(tag)).cloned().collect(),
            taken: of_words.iter().filter(|tag| !tags.contains(tag)).cloned().collect(),
            ..record.state.clone()
        };
        if after != record.state {
            self.store.operate_on_items(OperationKind::Tag, now_ms, &[after]).await?;
        }
        Ok(())
    }

    async fn memory_view(
        &self,
        card: i64,
        options: &StudyOptions,
        model: &fsrs::FSRS,
    ) -> Result<MemoryView, DeskError> {
        let row = self.store.card(card).await?.ok_or(DeskError::NoSuchCard(card))?;
        let reviews = self.store.card_reviews(card).await?;
        let curve = curve(&reviews, self.clock.now().wall_ms, options, model)?;
        let point = |review: &Review| ReviewPoint {
            at_ms: review.at_ms,
            grade: u8::try_from(review.grade.rating()).unwrap_or(1),
        };
        Ok(MemoryView {
            card,
            phase: row.state.phase,
            suspended: row.suspended,
            flag: row.flag,
            reviews: reviews.iter().map(point).collect(),
            lapses: row.state.lapses,
            recall: curve.last().map(|point| point.recall),
            desired: f64::from(options.desired_retention),
            curve,
        })
    }
}

fn draft_of(record: &ItemRecord) -> ItemDraft {
    let body = match &record.item.body {
        ItemBody::Card(Card { style, front, back, markup, .. }) => {
            let (style, markup) = (*style, *markup);
            DraftBody::Card { style, front: front.clone(), back: back.clone(), markup }
        }
        ItemBody::Question(question) => DraftBody::Question {
            markdown: markdown::question_text(question),
            difficulty: question.difficulty,
        },
    };
    ItemDraft {
        item: Some(record.state.id.as_str().to_owned()),
        deck: record.deck.clone(),
        task: record.item.task.clone(),
        tags: record.tags(),
        body,
    }
}

fn new_slug(draft: &ItemDraft, seed: u64) -> Option<ItemSlug> {
    match &draft.body {
        DraftBody::Card { front, .. } => slug_of(front, seed),
        DraftBody::Question { markdown, .. } => slug_of(markdown, seed),
    }
}

/// What can be seen of a draft that cannot be saved.
fn sides_of_draft(draft: &ItemDraft, media: &Media) -> Vec<super::views::PreviewSides> {
    match &draft.body {
        DraftBody::Card { style, front, back, markup }
            if front.len() <= markdown::MAX_TEXT && back.len() <= markdown::MAX_TEXT =>
        {
            let card = Card { markup: *markup, ..Card::of(*style, front.clone(), back.clone()) };
            sides(&ItemBody::Card(card), media)
        }
        DraftBody::Card { .. } => Vec::new(),
        DraftBody::Question { markdown, difficulty } => {
            let read = markdown::read_question(markdown, *difficulty);
            read.map_or(Vec::new(), |question| sides(&ItemBody::Question(question), media))
        }
    }
}

/// The curve of recall from review to review and up to now. Of very many reviews, the last.
fn curve(
    reviews: &[Review],
    now_ms: i64,
    options: &StudyOptions,
    model: &fsrs::FSRS,
) -> Result<Vec<RecallPoint>, DeskError> {
    let memories = history(reviews, model)?;
    let pieces: Vec<_> = reviews.iter().zip(memories).collect();
    let pieces = &pieces[pieces.len().saturating_sub(MAX_POINTS / 2)..];
    let points = (MAX_POINTS / pieces.len().max(1)).clamp(2, PIECE);
    let mut curve = Vec::with_capacity(points * pieces.len());
    for (place, (review, memory)) in pieces.iter().enumerate() {
        let end = pieces.get(place + 1).map_or(now_ms, |(next, _)| next.at_ms);
        let length = (end - review.at_ms).max(0);
        for point in 0..points {
            let parts = i64::try_from(points - 1).unwrap_or(1);
            let passed = length * i64::try_from(point).unwrap_or(0) / parts;
            #[expect(clippy::cast_possible_truncation, reason = "days, for a curve on screen")]
            let days = (passed as f64 / MS_PER_DAY) as f32;
            let recall = f64::from(retrievability(*memory, days, &options.parameters));
            curve.push(RecallPoint { at_ms: review.at_ms + passed, recall, starts: point == 0 });
        }
    }
    Ok(curve)
}
