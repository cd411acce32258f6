//! What a file calls its decks and items, and what they are called here.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::words::Words;
use crate::deck::ItemSlug;
use crate::formats::{DraftDeck, DraftItem, Format};
use crate::study::tree::SEPARATOR;

/// Scheme of identities that Sitwell's own format has.
pub(super) const NATIVE: &str = "native";
/// Scheme of identities by words.
pub(super) const WORDS: &str = "words";
/// Between the parts of an identity.
const BETWEEN: char = '\u{1f}';

/// The family of formats whose identities are the same.
pub(super) fn scheme(format: Format) -> &'static str {
    match format {
        Format::Markdown => NATIVE,
        Format::Apkg | Format::Colpkg | Format::AnkiText | Format::CrowdAnki => "anki",
        Format::Bank => "bank",
        Format::Csv | Format::Tsv => "table",
        Format::Quizlet => "quizlet",
        Format::Gift => "gift",
        Format::MoodleXml => "moodle",
        Format::Aiken => "aiken",
        Format::Qti => "qti",
    }
}

/// Title of a deck with those it hangs under.
pub(super) fn title(deck: &DraftDeck) -> String {
    deck.path.join(SEPARATOR)
}

/// What a file calls a deck: its own identity, else its title.
pub(super) fn of_deck(deck: &DraftDeck) -> String {
    deck.source_id.clone().unwrap_or_else(|| title(deck))
}

/// What a file calls an item: scheme and identity. Those of Anki hold everywhere; others hold
/// within their deck. An item without any is known by its deck and what it asks.
pub(super) fn of_item<'i>(
    format: Format,
    deck: &str,
    item: &'i DraftItem,
    words: &Words,
) -> (&'static str, Cow<'i, str>) {
    let scheme = scheme(format);
    match item.source_id.as_deref().filter(|id| !id.is_empty()) {
        None => (WORDS, format!("{deck}{BETWEEN}{}", words.identity()).into()),
        Some(id) if scheme == "anki" => (scheme, id.into()),
        Some(id) if scheme == NATIVE => (scheme, format!("{deck}/{id}").into()),
        Some(id) => (scheme, format!("{deck}{BETWEEN}{id}").into()),
    }
}

/// The identity of a copy beside the item that is here.
pub(super) fn of_copy(guid: &str) -> String {
    format!("{guid}{BETWEEN}copy")
}

/// A slug for an item, the same for the same identity: 80 bits of its SHA-256, in the digits and
/// letters of base 32 (Crockford's, lower-case).
pub(super) fn slug(scheme: &str, guid: &str, turn: u32) -> Option<ItemSlug> {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digest = Sha256::digest(format!("{scheme}{BETWEEN}{guid}{BETWEEN}{turn}").as_bytes());
    let number = digest[..10].iter().fold(0u128, |number, byte| number << 8 | u128::from(*byte));
    let digits = (0..16).map(|place| DIGITS[(number >> (5 * place)) as usize & 31] as char);
    digits.collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_the_same_for_the_same_identity_alone() {
        let one = slug("anki", "abc", 0).unwrap();
        assert_eq!(one, slug("anki", "abc", 0).unwrap());
        // What was imported once is known by it.
        assert_eq!(one.as_str(), "n3vp2x2j8en1qssy");
        for other in [slug("anki", "abd", 0), slug("qti", "abc", 0), slug("anki", "abc", 1)] {
            assert_ne!(Some(&one), other.as_ref());
        }
    }
}
