//! Stems that say nearly the same.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{Findings, wording};
use crate::deck::{Item, ItemBody, ItemSlug};
use crate::rich_text::plain_text;

/// Share of common word triples from which two stems are near-duplicates.
const ALIKE_STEMS: f64 = 0.5;
/// The same for the fronts of cards. Contrast pairs (“X over Y”, “Y over X”) are alike and wanted.
const ALIKE_FRONTS: f64 = 0.95;
/// Most items remembered for a triple. Triples of stock phrases occur everywhere and tell
/// nothing; the bound keeps time linear in the size of the deck.
const MAX_POSTINGS: usize = 64;

/// What is compared of an item.
struct Stem<'a> {
    slug: &'a ItemSlug,
    question: bool,
    enemies: &'a [ItemSlug],
    triples: HashSet<u64>,
}

pub(super) fn check(items: &[Item], findings: &mut Findings) {
    let stems: Vec<Stem<'_>> = items.iter().map(stem).collect();
    let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, stem) in stems.iter().enumerate() {
        let mut common: HashMap<usize, usize> = HashMap::new();
        for triple in &stem.triples {
            let earlier = postings.entry(*triple).or_default();
            for &other in earlier.iter() {
                *common.entry(other).or_default() += 1;
            }
            if earlier.len() < MAX_POSTINGS {
                earlier.push(index);
            }
        }
        let most_alike = common
            .into_iter()
            .filter(|&(other, _)| may_not_be_alike(stem, &stems[other]))
            .map(|(other, _)| (similarity(stem, &stems[other]), other))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((similarity, other)) = most_alike
            && similarity >= if stem.question { ALIKE_STEMS } else { ALIKE_FRONTS }
        {
            let percent = (similarity * 100.0).round();
            let message = format!("{percent} % of the text is that of “{}”", stems[other].slug);
            let hint = if stem.question {
                "ask about another scenario, or declare the two enemies"
            } else {
                "ask something else, or remove one of the two"
            };
            findings.warning("near-duplicate", stem.slug, message, hint);
        }
    }
}

fn stem(item: &Item) -> Stem<'_> {
    let (text, enemies, question) = match &item.body {
        ItemBody::Question(question) => (&question.stem, question.enemies.as_slice(), true),
        ItemBody::Card(card) => (&card.front, [].as_slice(), false),
    };
    let text = plain_text(text).to_lowercase();
    let words: Vec<&str> = wording::words(&text).collect();
    let hash = |words: &[&str]| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    let triples = if words.len() < 3 {
        HashSet::from([hash(&words)])
    } else {
        words.windows(3).map(hash).collect()
    };
    Stem { slug: &item.slug, question, enemies, triples }
}

/// Jaccard's: common triples over all triples of both.
fn similarity(a: &Stem<'_>, b: &Stem<'_>) -> f64 {
    let common = a.triples.intersection(&b.triples).count();
    common as f64 / (a.triples.len() + b.triples.len() - common) as f64
}

/// Items of one kind that are not declared enemies.
fn may_not_be_alike(a: &Stem<'_>, b: &Stem<'_>) -> bool {
    let enemies = a.enemies.contains(b.slug) || b.enemies.contains(a.slug);
    a.question == b.question && !enemies
}
