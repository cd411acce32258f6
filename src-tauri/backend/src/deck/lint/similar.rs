//! Stems that say nearly the same.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{Finding, Findings, wording};
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
    /// Which of several decks it is in.
    deck: usize,
    slug: &'a ItemSlug,
    question: bool,
    enemies: &'a [ItemSlug],
    words: Vec<String>,
    triples: HashSet<u64>,
}

/// Compares the items of one deck.
pub(super) fn check(items: &[Item], findings: &mut Findings) {
    let stems: Vec<Stem<'_>> = items.iter().map(|item| stem(0, item)).collect();
    let candidates = |a: &Stem<'_>, b: &Stem<'_>| {
        a.question == b.question && !a.enemies.contains(b.slug) && !b.enemies.contains(a.slug)
    };
    for (later, earlier, similarity) in alike(&stems, candidates) {
        found(later, earlier, &earlier.slug.to_string(), similarity, findings);
    }
}

/// Compares the items of several decks, each with a name for messages, across decks. Gives for
/// each deck what in it repeats an earlier one.
pub fn across(decks: &[(String, &[Item])]) -> Vec<Vec<Finding>> {
    let mut stems: Vec<Stem<'_>> = Vec::new();
    for (deck, (_, items)) in decks.iter().enumerate() {
        stems.extend(items.iter().map(|item| stem(deck, item)));
    }
    let candidates = |a: &Stem<'_>, b: &Stem<'_>| a.question == b.question && a.deck != b.deck;
    let mut all: Vec<Findings> = decks.iter().map(|_| Findings::default()).collect();
    for (later, earlier, similarity) in alike(&stems, candidates) {
        let name = format!("{}/{}", decks[earlier.deck].0, earlier.slug);
        found(later, earlier, &name, similarity, &mut all[later.deck]);
    }
    all.into_iter().map(|findings| findings.all).collect()
}

/// For each stem that is nearly the same as an earlier one: that one, and how alike they are.
fn alike<'a, 'b>(
    stems: &'b [Stem<'a>],
    may_not_be: impl Fn(&Stem<'a>, &Stem<'a>) -> bool,
) -> Vec<(&'b Stem<'a>, &'b Stem<'a>, f64)> {
    let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
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
            .into_keys()
            .filter(|&other| may_not_be(stem, &stems[other]))
            .map(|other| (similarity(stem, &stems[other]), other))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((similarity, other)) = most_alike
            && similarity >= if stem.question { ALIKE_STEMS } else { ALIKE_FRONTS }
        {
            pairs.push((stem, &stems[other], similarity));
        }
    }
    pairs
}

fn found(
    later: &Stem<'_>,
    earlier: &Stem<'_>,
    name: &str,
    similarity: f64,
    findings: &mut Findings,
) {
    if !later.question && later.words == earlier.words {
        let message = format!("the front is that of “{name}”");
        let hint = "ask something else, or remove one of the two";
        findings.warning("duplicate-front", later.slug, message, hint);
        return;
    }
    let percent = (similarity * 100.0).round();
    let message = format!("{percent} % of the text is that of “{name}”");
    let hint = match (later.question, later.deck == earlier.deck) {
        (true, true) => "ask about another scenario, or declare the two enemies",
        (true, false) => "ask about another scenario, or remove one of the two",
        (false, _) => "ask something else, or remove one of the two",
    };
    findings.warning("near-duplicate", later.slug, message, hint);
}

fn stem(deck: usize, item: &Item) -> Stem<'_> {
    let (text, enemies, question) = match &item.body {
        ItemBody::Question(question) => (&question.stem, question.enemies.as_slice(), true),
        ItemBody::Card(card) => (&card.front, [].as_slice(), false),
    };
    let text = plain_text(text).to_lowercase();
    let words: Vec<String> = wording::words(&text).map(str::to_owned).collect();
    let hash = |words: &[String]| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    let triples = if words.len() < 3 {
        HashSet::from([hash(&words)])
    } else {
        words.windows(3).map(hash).collect()
    };
    Stem { deck, slug: &item.slug, question, enemies, words, triples }
}

/// Jaccard's: common triples over all triples of both.
fn similarity(a: &Stem<'_>, b: &Stem<'_>) -> f64 {
    let common = a.triples.intersection(&b.triples).count();
    common as f64 / (a.triples.len() + b.triples.len() - common) as f64
}
