//! Training FSRS on the learner's own reviews.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fsrs::{CombinedProgressState, ComputeParametersInput, FSRS, FSRSError};

use super::views::{Fit, OptimiseProgress, OptimiseView};
use super::{DeskError, Sitwell};
use crate::study::training::{NEEDED, TrainingReview, TrainingSet, training_set};

/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_millis(200);

type Shared = Arc<Mutex<CombinedProgressState>>;

impl Sitwell {
    /// Trains FSRS on the reviews of a deck and those below it, or on all. Nothing is changed:
    /// what is found comes into use by [`Self::set_deck_options`]. The same reviews give the same
    /// parameters.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck, another optimisation is running, the reviews
    /// cannot be read, or FSRS makes nothing of them.
    pub async fn optimise(
        &self,
        deck: Option<&str>,
        progress: &(dyn Fn(OptimiseProgress) + Sync),
    ) -> Result<OptimiseView, DeskError> {
        let running = Running::begin(&self.study.optimising)?;
        let schedules = self.schedules().await?;
        let own = deck.map(|slug| schedules.by_slug(slug)).transpose()?;
        let set = schedules.of_scope(own);
        let training = self.training(schedules.scope(deck)?.as_deref()).await?;
        if training.items.len() < NEEDED {
            let [have, need] = [training.items.len(), NEEDED].map(count);
            return Ok(OptimiseView::TooFew { have, need });
        }
        let work = Work {
            training,
            before: set.model.clone(),
            relearning_steps: set.options.relearning_steps.len(),
            state: Arc::clone(&running.state),
        };
        // Told at once, however soon it is done, so that a window can offer to stop it.
        progress(told(&running.state));
        let mut training = tokio::task::spawn_blocking(move || work.run());
        let mut ticks = tokio::time::interval(TELL_EVERY);
        loop {
            tokio::select! {
                done = &mut training => return match done {
                    Ok(Ok(found)) => Ok(found),
                    Ok(Err(FSRSError::Interrupted)) => Ok(OptimiseView::Cancelled),
                    Ok(Err(why)) => Err(DeskError::Training(why.to_string())),
                    Err(stopped) => Err(DeskError::Training(stopped.to_string())),
                },
                _ = ticks.tick() => progress(told(&running.state)),
            }
        }
    }

    /// Stops an optimisation that is running.
    pub fn cancel_optimise(&self) {
        if let Some(state) = &*lock(&self.study.optimising) {
            lock(state).want_abort = true;
        }
    }

    async fn training(&self, decks: Option<&[i64]>) -> Result<TrainingSet, DeskError> {
        let reviews = self.store.reviews_in(decks).await?.into_iter();
        let reviews: Vec<TrainingReview> = reviews
            .map(|r| TrainingReview { id: r.id, card: r.card, day: r.day, grade: r.grade })
            .collect();
        Ok(training_set(&reviews))
    }
}

/// The one optimisation that runs, until dropped.
struct Running<'a> {
    place: &'a Mutex<Option<Shared>>,
    state: Shared,
}

impl<'a> Running<'a> {
    fn begin(place: &'a Mutex<Option<Shared>>) -> Result<Self, DeskError> {
        let mut running = lock(place);
        if running.is_some() {
            return Err(DeskError::Optimising);
        }
        let state = CombinedProgressState::new_shared();
        *running = Some(Arc::clone(&state));
        Ok(Self { place, state })
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // When the one who asked is gone, what still runs is of use to nobody.
        lock(&self.state).want_abort = true;
        *lock(self.place) = None;
    }
}

/// What is computed off the threads that answer.
struct Work {
    training: TrainingSet,
    before: FSRS,
    relearning_steps: usize,
    state: Shared,
}

impl Work {
    fn run(self) -> Result<OptimiseView, FSRSError> {
        let before = self.fit(&self.before)?;
        let parameters = fsrs::compute_parameters(ComputeParametersInput {
            train_set: self.training.items.clone(),
            card_ids: Some(self.training.cards.clone()),
            progress: Some(Arc::clone(&self.state)),
            num_relearning_steps: Some(self.relearning_steps),
            ..ComputeParametersInput::default()
        })?;
        let after = self.fit(&FSRS::new(&parameters)?)?;
        Ok(OptimiseView::Found {
            reviews: count(self.training.items.len()),
            better: after.log_loss < before.log_loss,
            before,
            after,
            parameters,
        })
    }

    fn fit(&self, model: &FSRS) -> Result<Fit, FSRSError> {
        let (items, cards) = (self.training.items.clone(), self.training.cards.clone());
        let told = model.evaluate_with_card_ids(items, cards, |_| !lock(&self.state).want_abort)?;
        Ok(Fit { log_loss: f64::from(told.log_loss), rmse: f64::from(told.rmse_bins) })
    }
}

fn told(state: &Shared) -> OptimiseProgress {
    let state = lock(state);
    OptimiseProgress { done: count(state.current()), of: count(state.total()) }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
