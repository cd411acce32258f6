//! Statistics of study.

use std::collections::BTreeMap;

use super::study_day::Day;
use super::views::{
    Bin, CardCounts, CountedShare, DayCount, PredictedRecall, RetentionRow, StatisticsView,
};
use super::{DeskError, Sitwell};
use crate::store::Recalled;
use crate::study::BadMemory;
use crate::study::calibration::{Told, bins, predictions};
use crate::study::day::date_of;

/// Days ahead for which due cards are counted.
const DAYS_AHEAD: i64 = 30;
/// Days back for which the days of study are counted.
const DAYS_BACK: i64 = 365;
/// Most reviews that are compared with what was predicted, the latest.
const COMPARED: u32 = 5_000;

impl Sitwell {
    /// Statistics of all decks, or of one with those below it.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such deck or the collection cannot be read.
    pub async fn statistics(&self, deck: Option<&str>) -> Result<StatisticsView, DeskError> {
        let day = self.study_day().await?;
        let own = deck.map(|slug| day.schedules.by_slug(slug)).transpose()?;
        let decks = day.schedules.scope(deck)?;
        let decks = decks.as_deref();
        let standing = self.store.standing(decks).await?;
        let pace_ms = self.pace_ms().await?;
        let due = self.store.due_ahead(decks, day.today, day.today + DAYS_AHEAD - 1).await?;
        let due: BTreeMap<i64, u32> = due.into_iter().collect();
        let ahead = (day.today..day.today + DAYS_AHEAD).map(|day| {
            let count = due.get(&day).copied().unwrap_or(0);
            DayCount { date: date_of(day).to_string(), count, ms: i64::from(count) * pace_ms }
        });
        let logged = self.store.logged_days(decks, day.today - DAYS_BACK + 1).await?;
        let days = logged.into_iter().map(|logged| DayCount {
            date: date_of(logged.day).to_string(),
            count: logged.count,
            ms: logged.ms,
        });
        let memories = self.store.memories(decks).await?;
        let mut retention = Vec::new();
        for days in [Some(30), Some(90), None] {
            let since = days.map(|days| day.today - i64::from(days) + 1);
            let (young, mature) = self.store.retention(decks, since).await?;
            retention.push(retention_row(days, young, mature));
        }
        Ok(StatisticsView {
            deck: deck.map(str::to_owned),
            today: date_of(day.today).to_string(),
            exam_date: day.exam.map(|exam| date_of(exam.day).to_string()),
            desired: f64::from(day.schedules.of_scope(own).options.desired_retention),
            cards: CardCounts {
                new: standing.new,
                learning: standing.learning,
                young: standing.young,
                mature: standing.mature,
                suspended: standing.suspended,
            },
            ahead: ahead.collect(),
            retention,
            predicted: self.predicted(&day, decks).await?,
            days: days.collect(),
            stability: doubling(memories.iter().map(|(days, _, cards)| (*days, *cards))),
            difficulty: points(memories.iter().map(|(_, points, cards)| (*points, *cards))),
        })
    }

    /// The latest reviews by the recall that the parameters of now would have predicted.
    async fn predicted(
        &self,
        day: &Day,
        decks: Option<&[i64]>,
    ) -> Result<Vec<PredictedRecall>, DeskError> {
        let history = self.store.latest_recalls(decks, COMPARED).await?;
        let mut told = Vec::new();
        for card in history.chunk_by(|a, b| a.review.card == b.review.card) {
            let Some(first) = card.first() else { continue };
            let set = day.schedules.of(first.review.deck);
            let reviews = card.iter().map(|history| Told {
                day: history.review.day,
                grade: history.review.grade,
                counts: history.asked,
            });
            let of_card: Result<_, BadMemory> =
                predictions(reviews, &set.model, &set.options.parameters);
            told.extend(of_card?);
        }
        let binned = bins(told).into_iter().filter_map(|bin| {
            let happened = CountedShare::of(bin.hits, bin.of)?;
            Some(PredictedRecall { predicted: bin.mean, happened })
        });
        Ok(binned.collect())
    }
}

fn retention_row(days: Option<u32>, young: Recalled, mature: Recalled) -> RetentionRow {
    let share = |recalled: Recalled| CountedShare::of(recalled.hits, recalled.of);
    let all = Recalled { of: young.of + mature.of, hits: young.hits + mature.hits };
    RetentionRow { days, young: share(young), mature: share(mature), all: share(all) }
}

/// Bins of days that double: below 1, 1 to 2, 2 to 4, up to the last that holds any.
fn doubling(counts: impl Iterator<Item = (u32, u32)>) -> Vec<Bin> {
    let mut bins = Vec::<Bin>::new();
    for (days, count) in counts {
        let place = days.checked_ilog2().map_or(0, |log| log as usize + 1);
        while bins.len() <= place {
            let from = bins.last().map_or(0.0, |last| last.to);
            bins.push(Bin { from, to: if from < 1.0 { 1.0 } else { from * 2.0 }, count: 0 });
        }
        bins[place].count += count;
    }
    bins
}

/// Bins of one point from 1 to 10; the hardest belong to the last. None when there are no cards.
fn points(counts: impl Iterator<Item = (u32, u32)>) -> Vec<Bin> {
    let mut bins: Vec<Bin> = (1..10)
        .map(|from| Bin { from: f64::from(from), to: f64::from(from + 1), count: 0 })
        .collect();
    for (points, count) in counts {
        bins[points.clamp(1, 9) as usize - 1].count += count;
    }
    if bins.iter().all(|bin| bin.count == 0) { Vec::new() } else { bins }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stabilities_fall_into_bins_that_double() {
        let bins = doubling([(0, 3), (1, 2), (3, 1), (2, 1), (9, 4)].into_iter());
        let seen: Vec<_> = bins.iter().map(|bin| (bin.from, bin.to, bin.count)).collect();
        assert_eq!(
            seen,
            [(0.0, 1.0, 3), (1.0, 2.0, 2), (2.0, 4.0, 2), (4.0, 8.0, 0), (8.0, 16.0, 4)]
        );
        assert_eq!(doubling([].into_iter()), []);
    }

    #[test]
    fn difficulties_fall_into_bins_of_a_point() {
        let bins = points([(1, 2), (9, 1), (10, 5)].into_iter());
        assert_eq!((bins.len(), bins[0].count, bins[8].count), (9, 2, 6));
        assert_eq!(points([].into_iter()), []);
    }
}
