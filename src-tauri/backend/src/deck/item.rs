//! Items: questions and cards. All text is Markdown source; `rich_text` makes HTML of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::response::{AlsoTask, Case, Interaction};
use super::{Cloze, ContentHash, DeckSlug, ItemId, ItemSlug};

/// How hard the author thinks a question is, by what it takes to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Difficulty {
    /// Recall, or one step.
    Easy,
    /// Apply with one constraint.
    Medium,
    /// Weigh two or more constraints, or diagnose.
    Hard,
}

impl Difficulty {
    /// All levels, easiest first.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum ResponseKind {
    /// One key among the options.
    Single,
    /// Several keys; the stem says how many.
    Multiple,
    /// Steps to be put in order.
    Ordering,
    /// Prompts to be matched with responses.
    Matching,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Markdown of the option.
    pub text: String,
    /// Whether choosing it is right; in other questions, whether the right answer uses it.
    pub key: bool,
    /// Markdown: why it is right or wrong here. Empty when the author gave none.
    pub reason: String,
}

/// Where a fact can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Reference {
    /// What it is called; the address itself when the author gave no title.
    pub title: String,
    /// An `https:` address.
    pub url: String,
}

/// Longest address of a reference, in bytes.
const MAX_ADDRESS: usize = 2048;

/// Whether this is the address of a page that can be opened: `https://`, a host, nothing blank.
/// Browsers also take `https:$//host` for one; here it must say what it is.
pub fn is_https(address: &str) -> bool {
    address.len() <= MAX_ADDRESS
        && address.starts_with("https://")
        && !address.contains(|c: char| c.is_whitespace() || c.is_control())
        && url::Url::parse(address).is_ok_and(|url| url.has_host())
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The author's level.
    pub difficulty: Difficulty,
    /// Markdown; its last paragraph is the lead-in.
    pub stem: String,
    /// Options in the author's order, 2 to 10. Where keys are chosen, at least one is a key and
    /// one a distractor.
    pub options: Vec<Choice>,
    /// Markdown: why the key is the key.
    pub explanation: String,
    /// In the author's order.
    pub references: Vec<Reference>,
    /// Items of the same deck that may not stand in one paper with this one.
    pub enemies: Vec<ItemSlug>,
    /// What is done with the options.
    #[serde(default, skip_serializing_if = "Interaction::is_choice")]
    pub interaction: Interaction,
    /// The scenario it shares with other questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Case>,
}

impl Question {
    /// Number of keys.
    pub fn key_count(&self) -> usize {
        self.options.iter().filter(|option| option.key).count()
    }
}

/// How a card asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum CardStyle {
    /// Front asks, back answers.
    #[default]
    Basic,
    /// Two cards: each side asks for the other.
    Reversed,
    /// Each deletion is asked for in turn.
    Cloze,
    /// The back is typed and compared.
    Typed,
    /// Sides made from a template elsewhere, written out for each card.
    Faces,
}

impl CardStyle {
    /// Those that a deck in the native format may name, the usual one first. `Faces` have no place in
    /// it: each is written as a basic card.
    pub const WRITTEN: [Self; 4] = [Self::Basic, Self::Reversed, Self::Cloze, Self::Typed];

    /// Its name in decks and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Reversed => "reversed",
            Self::Cloze => "cloze",
            Self::Typed => "typed",
            Self::Faces => "faces",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    fn is_basic(&self) -> bool {
        *self == Self::Basic
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum Markup {
    /// Markdown.
    #[default]
    Markdown,
    /// HTML, as imported; cleaned whenever it is shown.
    Html,
}

impl Markup {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
    fn is_markdown(&self) -> bool {
        *self == Self::Markdown
    }
}

/// Both sides of one card of an item whose cards come from a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// Which of the item's cards.
    pub ordinal: u32,
    /// The side that asks.
    pub front: String,
    /// The side that answers; may repeat the front.
    pub back: String,
    /// What is to be typed and compared; none when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
}

/// A flashcard, or several that share their words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// How it asks. Left out when basic, so that older wordings keep their hash.
    #[serde(default, skip_serializing_if = "CardStyle::is_basic")]
    pub style: CardStyle,
    /// Markdown of the side that asks; of a cloze, the text with its deletions.
    pub front: String,
    /// Markdown of the side that answers; of a cloze, what is shown besides, or nothing.
    pub back: String,
    /// How its text is written.
    #[serde(default, skip_serializing_if = "Markup::is_markdown")]
    pub markup: Markup,
    /// Of style [`CardStyle::Faces`], the cards, by ordinal; then `front` and `back` are empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faces: Vec<Face>,
}

impl Card {
    /// A card whose front asks and whose back answers.
    pub fn basic(front: impl Into<String>, back: impl Into<String>) -> Self {
        Self::of(CardStyle::Basic, front, back)
    }

    /// A card of a style, in Markdown.
    pub fn of(style: CardStyle, front: impl Into<String>, back: impl Into<String>) -> Self {
        let (front, back) = (front.into(), back.into());
        Self { style, front, back, markup: Markup::Markdown, faces: Vec::new() }
    }

    /// Which cards it makes, in order. A cloze has one for each number of its deletions, from 0
    /// for the number 1; a cloze without deletions has none.
    pub fn ordinals(&self) -> Vec<u32> {
        match self.style {
            CardStyle::Basic | CardStyle::Typed => vec![0],
            CardStyle::Reversed => vec![0, 1],
            CardStyle::Cloze => {
                Cloze::parse(&self.front).numbers().into_iter().map(|n| n - 1).collect()
            }
            CardStyle::Faces => self.faces.iter().map(|face| face.ordinal).collect(),
        }
    }
}

/// What kind of item it is, with its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum ItemBody {
    /// A question.
    Question(Question),
    /// A card.
    Card(Card),
}

/// One item of a deck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Identity inside the deck.
    pub slug: ItemSlug,
    /// Task of the deck's blueprint, `1.2`.
    pub task: Option<String>,
    /// Services and concepts, lower-case, in the author's order, none twice.
    pub tags: Vec<String>,
    /// Tasks of other exams that it serves too, each exam once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AlsoTask>,
    /// When its facts were last checked.
    pub checked: Option<NaiveDate>,
    /// Content.
    pub body: ItemBody,
}

impl Item {
    /// The item's id in the deck given.
    pub fn id(&self, deck: &DeckSlug) -> ItemId {
        ItemId::new(deck, &self.slug)
    }

    /// Hash over everything a person can see or be asked by: two versions with one hash are the
    /// same words.
    #[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "stated invariant")]
    pub fn content_hash(&self) -> ContentHash {
        // Invariant: these types serialise (no maps with odd keys, no floats).
        let json = serde_json::to_vec(self).expect("an item always serialises");
        ContentHash::of(&json)
    }
}

#[cfg(test)]
mod tests {
    use super::is_https;

    #[test]
    fn an_address_is_one_that_can_be_opened() {
        assert!(is_https("https://example.org/a?b#c"));
        let long = format!("https://example.org/{}", "a".repeat(2048));
        let wrong = [
            "",
            "example.org",
            "http://example.org",
            "https:$//example.org",
            "https:example.org",
            "https://",
            "https://example.org/a b",
            "https://example.org/\u{1}",
            "javascript:alert(1)",
            &long,
        ];
        for address in wrong {
            assert!(!is_https(address), "{address}");
        }
    }
}
