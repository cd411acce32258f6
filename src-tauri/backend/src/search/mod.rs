//! The query language of Browse: text in, a syntax tree with located parts out. Pure; `store`
//! turns the tree into SQL. The language is described in `docs/search.md`.

mod field;
mod lex;
mod parse;
#[cfg(test)]
mod tests;

use crate::deck::Difficulty;

pub use parse::parse;

/// Longest query, in bytes.
pub const MAX_QUERY: usize = 4_000;
/// Most terms of a query.
pub const MAX_TERMS: usize = 200;
/// Deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 40;

/// A query as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What it asks; without one everything is found.
    pub tree: Result<Option<Node>, Fault>,
    /// Its parts in order, for colouring; there whether or not it is understood.
    pub spans: Vec<Span>,
}

/// A part of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First character, in UTF-16 units from 0.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
    /// Name of a field with its colon, an operator or a parenthesis; words otherwise.
    pub syntax: bool,
}

/// What is wrong in a query, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write instead.
    pub hint: String,
    /// First of the characters it is about, in UTF-16 units from 0.
    pub start: u32,
    /// Behind the last of them.
    pub end: u32,
}

/// A node of the syntax tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// All of these, at least two.
    And(Vec<Node>),
    /// Any of these, at least two.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One condition.
    Term(Term),
}

/// One condition on a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A word that begins so.
    Prefix(String),
    /// These words in this order.
    Phrase(String),
    /// Text with `*` for any characters.
    Pattern(String),
    /// Title or slug of the deck or of one above it; may hold `*`.
    Deck(String),
    /// A tag or one below it; may hold `*`. None: without any tag.
    Tag(Option<String>),
    /// A domain of the exam chosen: its id, number or the beginning of its title.
    Domain {
        /// As written.
        name: String,
        /// Where, for when there is no such domain.
        at: (u32, u32),
    },
    /// A task of the exam; may hold `*`.
    Task(String),
    /// Where a card stands, or what it is.
    Is(State),
    /// Colour of the flag, 0 for none.
    Flag(u8),
    /// The author's level of a question.
    Level(Difficulty),
    /// A figure of the card.
    Compare(Property, Comparison, f64),
    /// Came in within so many days, today being the first.
    Added(u32),
    /// Was graded within so many days, today being the first.
    Rated {
        /// Days.
        days: u32,
        /// With this grade, 1 to 4; with any when there is none.
        grade: Option<u8>,
    },
}

/// What `is:` and `kind:` ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be studied now.
    Due,
    /// Never seen.
    New,
    /// In steps, first or after a lapse.
    Learning,
    /// Seen again after days.
    Review,
    /// Taken out of study.
    Suspended,
    /// Put off to the next day.
    Buried,
    /// With a flag.
    Flagged,
    /// Forgotten too often.
    Leech,
    /// A question.
    Question,
    /// A card.
    Card,
    /// With the learner's own words.
    Edited,
}

impl State {
    /// All states with their names.
    pub const NAMES: [(&'static str, Self); 11] = [
        ("due", Self::Due),
        ("new", Self::New),
        ("learning", Self::Learning),
        ("review", Self::Review),
        ("suspended", Self::Suspended),
        ("buried", Self::Buried),
        ("flagged", Self::Flagged),
        ("leech", Self::Leech),
        ("question", Self::Question),
        ("card", Self::Card),
        ("edited", Self::Edited),
    ];
}

/// A figure that can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// Days until recall has fallen to 90 %.
    Stability,
    /// By FSRS, 1 to 10.
    Difficulty,
    /// Chance of recall today, in [0, 1].
    Recall,
    /// Study days until it is due, negative when late.
    Due,
    /// Days between the last review and the next.
    Interval,
    /// How often it was seen.
    Reviews,
    /// How often it was forgotten.
    Lapses,
}

/// How figures compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
}

impl Comparison {
    /// All with their signs, longer ones first.
    pub const SIGNS: [(&'static str, Self); 6] = [
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("!=", Self::NotEqual),
        ("<", Self::Less),
        (">", Self::Greater),
        ("=", Self::Equal),
    ];

    /// The sign, which is also SQL's.
    pub fn sign(self) -> &'static str {
        Self::SIGNS.iter().find(|(_, known)| *known == self).map_or("=", |(sign, _)| sign)
    }
}
