//! The exam hall: one sitting on screen, and what can be done in it. Every action is on disk
//! before it is answered.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::media::files_beside;
use super::views::{Ack, CellView, ClockView, OptionView, QuestionView, SittingState, SittingView};
use super::{DeskError, Sitwell};
use crate::clock::Instant;
use crate::deck::{Answer, Item, ItemBody, Question};
use crate::exam::sitting::{Action, Confidence, Event, Refusal, Sitting, Slot, SlotShape};
use crate::rich_text::{self, Media, With};
use crate::store::{SittingRecord, Store, StoreError};

/// A sitting in memory: its record, the wordings it asks, and the fold over its log.
pub(super) struct OpenSitting {
    pub(super) record: SittingRecord,
    pub(super) items: Vec<Item>,
    pub(super) sitting: Sitting,
    /// Number of the next event.
    next: usize,
    /// The files beside the decks of its questions.
    media: HashMap<String, Media>,
}

impl OpenSitting {
    pub(super) async fn load(store: &Store, record: SittingRecord) -> Result<Self, DeskError> {
        let items = store.sitting_items(&record.id).await?;
        let shapes = shapes(&record, &items)?;
        let log = store.sitting_events(&record.id).await?;
        let next = log.len();
        let started = record.started.clone();
        let sitting = Sitting::replay(&shapes, record.limit_ms, started, log)?;
        let mut media = HashMap::new();
        for deck in record.form.items.iter().map(|item| item.id.deck()) {
            if !media.contains_key(deck) {
                media.insert(deck.to_owned(), files_beside(store, deck).await?);
            }
        }
        Ok(Self { record, items, sitting, next, media })
    }

    /// Appends an event, on disk first. After an error the log on disk may be ahead of this
    /// sitting: drop it and load it again.
    async fn append(&mut self, store: &Store, event: &Event) -> Result<(), StoreError> {
        store.append_event(&self.record.id, self.next, event).await?;
        self.next += 1;
        self.sitting.apply(event);
        Ok(())
    }

    /// Ends the sitting when its time is up.
    pub(super) async fn expire(&mut self, store: &Store, now: &Instant) -> Result<(), StoreError> {
        match self.sitting.expiry(now) {
            Some(event) => self.append(store, &event).await,
            None => Ok(()),
        }
    }

    async fn act(&mut self, store: &Store, action: Action, now: &Instant) -> Result<(), DeskError> {
        self.expire(store, now).await?;
        if let Some(event) = self.sitting.decide(action, now)? {
            self.append(store, &event).await?;
        }
        Ok(())
    }

    pub(super) fn title(&self) -> String {
        self.record.title()
    }

    pub(super) fn state(&self) -> SittingState {
        self.sitting.phase().into()
    }

    /// The question at `position`, with its place in the paper.
    pub(super) fn question(&self, position: u32) -> Result<(&Question, &Slot), DeskError> {
        let out_of_range = Refusal::NoSuchQuestion { position, items: self.items.len() };
        let item = self.items.get(position as usize).ok_or_else(|| out_of_range.clone())?;
        let slot = self.sitting.slot(position).ok_or(out_of_range)?;
        match &item.body {
            ItemBody::Question(question) => Ok((question, slot)),
            ItemBody::Card(_) => Err(self.damaged("a card stands in the paper").into()),
        }
    }

    /// Makes HTML of the texts of a question.
    pub(super) fn beside(&self, position: u32) -> With<'_> {
        static NONE: LazyLock<Media> = LazyLock::new(Media::none);
        let place = self.record.form.items.get(position as usize);
        With(place.and_then(|item| self.media.get(item.id.deck())).unwrap_or(&NONE))
    }

    /// Shown position → index in the author's order.
    pub(super) fn option_order(&self, position: u32) -> &[u8] {
        self.record.form.items.get(position as usize).map_or(&[], |item| &item.option_order)
    }

    /// An answer as letters: those chosen in the order shown, or those placed in the order of the
    /// places, with a dash where one is empty.
    pub(super) fn letters(&self, position: u32, answer: &Answer) -> String {
        let order = self.option_order(position);
        match answer {
            _ if answer.is_empty() => String::new(),
            Answer::Choice(options) => order
                .iter()
                .zip('A'..)
                .filter(|(index, _)| options.contains(index))
                .map(|(_, letter)| letter)
                .collect(),
            Answer::Arrangement(places) => {
                let letter = |place: &Option<u8>| {
                    let mut shown = order.iter().zip('A'..);
                    shown.find(|(index, _)| Some(**index) == *place).map_or('–', |(_, l)| l)
                };
                places.iter().map(letter).collect()
            }
        }
    }

    fn damaged(&self, why: &str) -> StoreError {
        StoreError::Damaged { what: "sitting", id: self.record.id.clone(), why: why.to_owned() }
    }

    fn clock_view(&self, now: &Instant) -> ClockView {
        ClockView {
            remaining_ms: self.sitting.remaining_ms(now),
            total_ms: self.sitting.limit_ms(),
            timed: self.record.mode.timed(),
            state: self.state(),
        }
    }

    pub(super) fn view(&self, now: &Instant) -> SittingView {
        SittingView {
            id: self.record.id.clone(),
            mode: self.record.mode,
            title: self.title(),
            exam: self.record.blueprint.code.clone(),
            items: self.record.items(),
            clock: self.clock_view(now),
            cells: self.sitting.slots().iter().map(cell_view).collect(),
            current: self.sitting.current(),
        }
    }

    /// Where the response in each place is shown; empty where options are chosen.
    fn shown_arrangement(&self, position: u32, answer: &Answer) -> Vec<Option<u8>> {
        let Answer::Arrangement(places) = answer else { return Vec::new() };
        let order = self.option_order(position);
        let shown = |index: u8| order.iter().zip(0..).find(|(i, _)| **i == index).map(|(_, s)| s);
        places.iter().map(|place| place.and_then(shown)).collect()
    }

    fn ack(&self, position: u32, now: &Instant) -> Result<Ack, DeskError> {
        let (question, slot) = self.question(position)?;
        let beside = self.beside(position);
        let options = self.option_order(position).iter().zip('A'..).map(|(index, letter)| {
            let text = question.options.get(usize::from(*index)).map_or("", |option| &option.text);
            OptionView {
                letter: letter.to_string(),
                html: beside.inline_html(text),
                text: rich_text::plain_text(text),
                chosen: holds(&slot.answer, *index),
                struck: slot.struck.contains(index),
            }
        });
        let prompts = question.prompts().iter();
        Ok(Ack {
            clock: self.clock_view(now),
            cell: cell_view(slot),
            feedback: slot.checked.then(|| self.explain(position)).transpose()?,
            question: QuestionView {
                position,
                kind: question.kind(),
                select: u32::from(slot.shape.select),
                case_html: question.case.as_ref().map(|case| beside.html(&case.scenario)),
                stem_html: beside.stem_html(&question.stem),
                options: options.collect(),
                prompts: prompts.map(|prompt| beside.inline_html(&prompt.text)).collect(),
                arrangement: self.shown_arrangement(position, &slot.answer),
                reuse: slot.shape.places.is_some_and(|places| places.reuse),
                flagged: slot.flagged,
                confidence: slot.confidence,
            },
        })
    }
}

/// Whether an option is chosen, or placed.
pub(super) fn holds(answer: &Answer, option: u8) -> bool {
    match answer {
        Answer::Choice(options) => options.contains(&option),
        Answer::Arrangement(places) => places.contains(&Some(option)),
    }
}

fn cell_view(slot: &Slot) -> CellView {
    CellView { seen: slot.seen, answered: slot.answered(), flagged: slot.flagged }
}

/// What each question of the paper allows; checks that the paper and its wordings belong together.
fn shapes(record: &SittingRecord, items: &[Item]) -> Result<Vec<SlotShape>, StoreError> {
    let damaged = |why: String| StoreError::Damaged { what: "sitting", id: record.id.clone(), why };
    if items.len() != record.form.items.len() {
        let (want, have) = (record.form.items.len(), items.len());
        return Err(damaged(format!("its paper has {want} questions, {have} are kept")));
    }
    let shape = |(item, place): (&Item, &crate::exam::FormItem)| match &item.body {
        ItemBody::Question(question) if question.options.len() == place.option_order.len() => {
            let count = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
            let options = count(question.options.len());
            Ok(match question.places() {
                Some(places) => SlotShape::arrangement(options, places),
                None => SlotShape::choice(options, count(question.key_count())),
            })
        }
        _ => Err(damaged(format!("its paper does not fit the words of {}", place.id))),
    };
    items.iter().zip(&record.form.items).map(shape).collect()
}

impl Sitwell {
    /// The sitting, brought on screen: ended if its time is up.
    ///
    /// # Errors
    /// [`DeskError`] when there is none with this id, or it cannot be read or kept.
    pub async fn sitting(&self, id: &str) -> Result<SittingView, DeskError> {
        let mut open = self.open.lock().await;
        let sitting = self.on_screen(&mut open, id).await?;
        let now = self.clock.now();
        sitting.expire(&self.store, &now).await?;
        Ok(sitting.view(&now))
    }

    /// The open sitting, loaded when it is not the one in memory. Loading a running one records
    /// that the app was away.
    pub(super) async fn on_screen<'a>(
        &self,
        open: &'a mut Option<OpenSitting>,
        id: &str,
    ) -> Result<&'a mut OpenSitting, DeskError> {
        if open.as_ref().is_none_or(|sitting| sitting.record.id != id) {
            *open = None;
            let mut sitting = self.load(id).await?;
            match sitting.act(&self.store, Action::Resume, &self.clock.now()).await {
                Ok(()) | Err(DeskError::Refused(Refusal::Over)) => {}
                Err(error) => return Err(error),
            }
            *open = Some(sitting);
        }
        open.as_mut().ok_or_else(|| DeskError::NoSuchSitting(id.to_owned()))
    }

    /// Acts in the sitting on screen and shows it with `show`. When the collection fails, the
    /// sitting is loaded afresh next time: its log on disk is the truth.
    async fn act_in<T>(
        &self,
        id: &str,
        action: Action,
        show: impl FnOnce(&OpenSitting, &Instant) -> Result<T, DeskError> + Send,
    ) -> Result<T, DeskError> {
        let mut open = self.open.lock().await;
        let sitting = self.on_screen(&mut open, id).await?;
        let now = self.clock.now();
        match sitting.act(&self.store, action, &now).await {
            Ok(()) => show(sitting, &now),
            Err(error) => {
                if matches!(error, DeskError::Store(_)) {
                    *open = None;
                }
                Err(error)
            }
        }
    }

    async fn act_on(&self, id: &str, position: u32, action: Action) -> Result<Ack, DeskError> {
        self.act_in(id, action, |sitting, now| sitting.ack(position, now)).await
    }

    /// The author's index of the option shown at `shown`.
    async fn author_index(&self, id: &str, position: u32, shown: u8) -> Result<u8, DeskError> {
        let mut open = self.open.lock().await;
        let order = self.on_screen(&mut open, id).await?.option_order(position);
        order.get(usize::from(shown)).copied().ok_or_else(|| {
            let options = u8::try_from(order.len()).unwrap_or(u8::MAX);
            Refusal::NoSuchOption { position, option: shown, options }.into()
        })
    }

    /// A question comes on screen.
    ///
    /// # Errors
    /// [`DeskError`] when it is over, there is no such question, or it cannot be kept.
    pub async fn see(&self, id: &str, position: u32) -> Result<Ack, DeskError> {
        self.draw_up_to(id, position).await?;
        self.act_on(id, position, Action::See { position }).await
    }

    /// The answer becomes exactly the options shown at these places.
    ///
    /// # Errors
    /// [`DeskError`] when it is over, there is no such option, more are chosen than asked for, or
    /// it cannot be kept.
    pub async fn choose(&self, id: &str, position: u32, shown: &[u8]) -> Result<Ack, DeskError> {
        let mut options = BTreeSet::new();
        for place in shown {
            options.insert(self.author_index(id, position, *place).await?);
        }
        self.act_on(id, position, Action::Choose { position, options }).await
    }

    /// The arrangement becomes exactly this: for each place the response shown at that place, or
    /// none.
    ///
    /// # Errors
    /// [`DeskError`] when it is over, the question has other places or no such response, one that
    /// can be used once stands twice, or it cannot be kept.
    pub async fn arrange(
        &self,
        id: &str,
        position: u32,
        shown: &[Option<u8>],
    ) -> Result<Ack, DeskError> {
        let mut responses = Vec::new();
        // A question has few places: what is longer is refused, and need not be looked up.
        for place in shown.iter().take(usize::from(u8::MAX)) {
            responses.push(match place {
                Some(place) => Some(self.author_index(id, position, *place).await?),
                None => None,
            });
        }
        self.act_on(id, position, Action::Arrange { position, responses }).await
    }

    /// An option is struck out or restored.
    ///
    /// # Errors
    /// As [`Self::choose`].
    pub async fn strike(
        &self,
        id: &str,
        position: u32,
        shown: u8,
        struck: bool,
    ) -> Result<Ack, DeskError> {
        let option = self.author_index(id, position, shown).await?;
        self.act_on(id, position, Action::Strike { position, option, struck }).await
    }

    /// A flag is set or taken away.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub async fn flag(&self, id: &str, position: u32, flagged: bool) -> Result<Ack, DeskError> {
        self.act_on(id, position, Action::Flag { position, flagged }).await
    }

    /// The candidate says how sure they are, or takes it back.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub async fn sure(
        &self,
        id: &str,
        position: u32,
        confidence: Option<Confidence>,
    ) -> Result<Ack, DeskError> {
        self.act_on(id, position, Action::Sure { position, confidence }).await
    }

    /// The answer is given for good: in a drill it is marked and explained, and stands.
    ///
    /// # Errors
    /// As [`Self::see`]; also when it is no drill, or the question has no answer yet.
    pub async fn check(&self, id: &str, position: u32) -> Result<Ack, DeskError> {
        {
            let mut open = self.open.lock().await;
            if !self.on_screen(&mut open, id).await?.record.mode.explains() {
                return Err(Refusal::NotExplained.into());
            }
        }
        self.act_on(id, position, Action::Check { position }).await
    }

    /// The question leaves the screen, for the review screen.
    ///
    /// # Errors
    /// [`DeskError`] when it is over or cannot be kept.
    pub async fn leave(&self, id: &str) -> Result<SittingView, DeskError> {
        self.act_whole(id, Action::Leave).await
    }

    /// The candidate ends the sitting.
    ///
    /// # Errors
    /// [`DeskError`] when it is over already or cannot be kept.
    pub async fn end_exam(&self, id: &str) -> Result<SittingView, DeskError> {
        self.act_whole(id, Action::End).await
    }

    pub(super) async fn act_whole(
        &self,
        id: &str,
        action: Action,
    ) -> Result<SittingView, DeskError> {
        self.act_in(id, action, |sitting, now| Ok(sitting.view(now))).await
    }

    /// The truth about the clock; ends the sitting when its time is up.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be read or kept.
    pub async fn exam_clock(&self, id: &str) -> Result<ClockView, DeskError> {
        Ok(self.sitting(id).await?.clock)
    }
}
