//! Words of items for comparing: what two texts share, whatever they are written in.

use std::collections::HashSet;

use crate::deck::{Card, ContentHash, ItemBody, Question};
use crate::formats::DraftContent;

/// Hashes kept of a text for finding those that are nearly the same.
pub(super) const SKETCH: usize = 12;
/// Fewest words of a text that another can be nearly the same as.
const FEWEST: usize = 5;

/// The words of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Hash of each word, in order.
    words: Vec<u64>,
    /// How many of them ask.
    asked: usize,
}

/// Texts of an item: what asks first, then the rest.
fn texts_of_card(card: &Card) -> (Vec<&str>, Vec<&str>) {
    let fronts = card.faces.iter().map(|face| face.front.as_str());
    let backs = card.faces.iter().map(|face| face.back.as_str());
    let asked = std::iter::once(card.front.as_str()).chain(fronts).collect();
    (asked, std::iter::once(card.back.as_str()).chain(backs).collect())
}

fn texts_of_question(question: &Question) -> (Vec<&str>, Vec<&str>) {
    let options = question.options.iter().map(|option| option.text.as_str());
    (vec![question.stem.as_str()], options.collect())
}

impl Words {
    /// Of an item that is here.
    pub(super) fn of(body: &ItemBody) -> Self {
        match body {
            ItemBody::Card(card) => Self::of_texts(texts_of_card(card)),
            ItemBody::Question(question) => Self::of_texts(texts_of_question(question)),
        }
    }

    /// Of an item of a file.
    pub(super) fn of_draft(body: &DraftContent) -> Self {
        match body {
            DraftContent::Card(card) => Self::of_texts(texts_of_card(card)),
            DraftContent::Question(question) => Self::of_texts(texts_of_question(question)),
        }
    }

    fn of_texts((asked, rest): (Vec<&str>, Vec<&str>)) -> Self {
        let mut words = Vec::new();
        for text in asked {
            push_words(text, &mut words);
        }
        let asked = words.len();
        for text in rest {
            push_words(text, &mut words);
        }
        Self { words, asked }
    }

    /// Hashes of single words and of pairs, each once: what a classifier counts.
    pub(super) fn features(&self) -> HashSet<u64> {
        self.words.iter().copied().chain(self.words.windows(2).map(combine)).collect()
    }

    /// Equal for equal words.
    pub(super) fn hash(&self) -> u64 {
        combine(&self.words)
    }

    /// Identity by what asks, for formats without any.
    pub(super) fn identity(&self) -> String {
        let bytes: Vec<u8> =
            self.words[..self.asked].iter().flat_map(|word| word.to_le_bytes()).collect();
        ContentHash::of(&bytes).as_str()[..32].to_owned()
    }

    /// Hashes of all triples of words, in order, each once.
    fn triples(&self) -> Vec<u64> {
        if self.words.len() < FEWEST {
            return Vec::new();
        }
        let mut triples: Vec<u64> = self.words.windows(3).map(combine).collect();
        triples.sort_unstable();
        triples.dedup();
        triples
    }

    /// The smallest hashes of triples, which two texts share about as often as they share triples
    /// (A. Z. Broder, On the resemblance and containment of documents, 1997).
    pub(super) fn sketch(&self) -> Vec<u64> {
        let mut all = self.triples();
        all.truncate(SKETCH);
        all
    }

    /// Jaccard's: common triples over all triples of both, in [0, 1].
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        if self.words == other.words {
            return 1.0;
        }
        let (one, two) = (self.triples(), other.triples());
        let common = one.iter().filter(|hash| two.binary_search(hash).is_ok()).count();
        common as f64 / (one.len() + two.len() - common).max(1) as f64
    }
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// As FNV-1a, a word at a time: these hashes are kept nowhere, and there are very many.
fn combine(words: &[u64]) -> u64 {
    let step =
        |hash: u64, word: &u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = words.iter().fold(BASIS, step);
    // Triples are compared by size, so their high bits must be mixed too (MurmurHash3's end).
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

/// Tags that show something, whose names and addresses count as words.
const SHOWING: [&str; 5] = ["img", "audio", "video", "source", "object"];
/// Signs that change what a text says, in ASCII and beyond.
const SIGNS: &[u8] = b"+=<>^/%";
const MORE_SIGNS: &str = "±×÷√∑∫∏∞≤≥≠≈→←↔¬∧∨∈∉⊂∪∩∂∇";

/// Hashes of the words of a text: lower-case letters and digits, and signs that tell formulas
/// apart; without tags. A text without any of these stands for itself.
fn push_words(text: &str, words: &mut Vec<u64>) {
    let (mut hash, mut at, mut before) = (BASIS, 0, ' ');
    let first = words.len();
    while let Some(byte) = text.as_bytes().get(at).copied() {
        // Nearly all are of ASCII, and need not be decoded.
        if byte.is_ascii_alphanumeric() {
            hash = fnv(hash, byte.to_ascii_lowercase());
            (before, at) = (char::from(byte), at + 1);
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if c.is_alphanumeric() {
            let mut bytes = [0; 4];
            for lower in c.to_lowercase() {
                hash = lower.encode_utf8(&mut bytes).bytes().fold(hash, fnv);
            }
            before = c;
            continue;
        }
        if hash != BASIS {
            words.push(hash);
            hash = BASIS;
        }
        let rest = &text[at..];
        let skipped = match c {
            '<' => tag(rest),
            '&' => blank(rest),
            _ => 0,
        };
        if skipped == 0 && is_sign(c, before, rest) {
            let mut bytes = [0; 4];
            words.push(c.encode_utf8(&mut bytes).bytes().fold(BASIS, fnv));
        }
        at += skipped;
        before = c;
    }
    if hash != BASIS {
        words.push(hash);
    }
    if words.len() == first && !text.trim().is_empty() {
        words.push(text.trim().bytes().fold(BASIS, fnv));
    }
}

fn is_sign(c: char, before: char, rest: &str) -> bool {
    let then = |is: fn(char) -> bool| rest.chars().next().is_some_and(is);
    match c {
        '-' if then(char::is_numeric) => true,
        '-' | '_' | '*' | '~' => before.is_alphanumeric() && then(char::is_alphanumeric),
        _ => match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => SIGNS.contains(&byte),
            _ => MORE_SIGNS.contains(c),
        },
    }
}

/// Length of a tag whose `<` was read and that shows nothing; 0 when it is none.
fn tag(text: &str) -> usize {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
    let shows = SHOWING
        .iter()
        .any(|name| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    text.find('>').filter(|_| begins && !shows).map_or(0, |end| end + 1)
}

/// Length of the rest of `&nbsp;`; names of other entities count as words.
fn blank(text: &str) -> usize {
    if text.starts_with("nbsp;") { "nbsp;".len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(front: &str, back: &str) -> Words {
        Words::of(&ItemBody::Card(Card::basic(front, back)))
    }

    #[test]
    fn words_are_the_same_whatever_they_are_written_in() {
        let one = words("What is **S3**?", "An object store");
        assert_eq!(one, words("<div>what is&nbsp;<b>s3</b></div>", "An *object* store."));
        assert_ne!(one.hash(), words("What is S3?", "A store").hash());
        assert_eq!(one.identity(), words("what is S3", "other").identity());
        assert_ne!(one.identity(), words("what is EC2", "other").identity());
    }

    #[test]
    fn an_identity_by_words_is_the_one_that_is_kept() {
        let asked = words("What is <b>S3</b>, ÉTÉ + 1?", "x");
        assert_eq!(asked.identity(), "80d3d76973b3c182baa84d8c4a5a1a31");
    }

    #[test]
    fn what_looks_like_a_tag_and_is_none_is_text() {
        assert_eq!(words("a < b & c", "").words.len(), 4);
        assert_eq!(words("a <b", "").words.len(), 3);
        assert_eq!(words("ä<i>ö</i>ü", "").words.len(), 3);
    }

    #[test]
    fn pictures_formulas_and_signs_tell_texts_apart() {
        for (one, two) in [
            ("<img src=\"a.jpg\"> What is it?", "<img src=\"b.jpg\"> What is it?"),
            ("$x^2$", "$x/2$"),
            ("a &lt; b", "a &gt; b"),
            ("-1", "1"),
            ("x-1", "x+1"),
            ("…", "—"),
        ] {
            assert_ne!(words(one, "").hash(), words(two, "").hash(), "{one} {two}");
        }
    }

    #[test]
    fn similar_texts_share_their_sketch() {
        let text = "A company streams click events to Kinesis and needs them in S3 within a minute \
                    at the lowest effort. Which service should it use?";
        let (one, two) =
            (words(text, "Firehose"), words(&text.replace("minute", "hour"), "Firehose"));
        assert!(one.similarity(&two) > 0.7, "{}", one.similarity(&two));
        let common = one.sketch().iter().filter(|hash| two.sketch().contains(hash)).count();
        assert!(common * 2 >= SKETCH, "{common}");
        assert!(one.similarity(&words("Something else is asked here altogether", "x")) < 0.1);
    }
}
