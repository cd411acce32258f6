//! What restoring a backup would change: what is only here, and what is only there.

use crate::desk::views::{RestoreChange, RestorePreview};
use crate::store::{Contents, Dated};

/// Holds the collection against a backup of it.
pub(super) fn compare(
    here: &Contents,
    there: &Contents,
    path: String,
    made_ms: i64,
) -> RestorePreview {
    let mut names: Vec<&String> = here.settings.keys().chain(there.settings.keys()).collect();
    names.sort();
    names.dedup();
    let differs = |name: &&String| here.settings.get(*name) != there.settings.get(*name);
    let settings = names.into_iter().filter(differs).count();
    RestorePreview {
        path,
        made_ms,
        sittings: change(&here.sittings, &there.sittings),
        reviews: change(&here.reviews, &there.reviews),
        edits: change(&here.edits, &there.edits),
        cards: change(&here.cards, &there.cards),
        decks: change(&here.decks, &there.decks),
        settings: u32::try_from(settings).unwrap_or(u32::MAX),
        same: here == there,
    }
}

fn change(here: &Dated, there: &Dated) -> RestoreChange {
    let (lost, lost_between) = only(here, there);
    let (back, back_between) = only(there, here);
    RestoreChange { lost, lost_between, back, back_between }
}

/// How many are in the one and not in the other, and the first and last of their times.
fn only(one: &Dated, other: &Dated) -> (u32, Option<(i64, i64)>) {
    let times = one.iter().filter(|(name, _)| !other.contains_key(*name)).map(|(_, ms)| *ms);
    let (mut count, mut between) = (0, None);
    for ms in times {
        count += 1;
        let (first, last) = between.unwrap_or((ms, ms));
        between = Some((ms.min(first), ms.max(last)));
    }
    (count, between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(pairs: &[(&str, i64)]) -> Dated {
        pairs.iter().map(|(name, ms)| ((*name).to_owned(), *ms)).collect()
    }

    #[test]
    fn what_is_lost_and_what_comes_back_is_counted_and_dated() {
        let here = Contents {
            reviews: dated(&[("a", 1), ("b", 5), ("c", 3)]),
            settings: [("study".to_owned(), "1".to_owned())].into(),
            ..Contents::default()
        };
        let there = Contents { reviews: dated(&[("a", 1), ("z", 2)]), ..Contents::default() };
        let preview = compare(&here, &there, "b.sitwell".into(), 4);
        let RestoreChange { lost, lost_between, back, back_between } = preview.reviews;
        assert_eq!((lost, lost_between), (2, Some((3, 5))));
        assert_eq!((back, back_between), (1, Some((2, 2))));
        assert_eq!((preview.settings, preview.same), (1, false));
        assert_eq!(preview.sittings, RestoreChange::default());
        assert!(compare(&there, &there, String::new(), 4).same);
    }
}
