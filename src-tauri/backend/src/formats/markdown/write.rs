//! Decks as canonical Markdown.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Parser, Tag};

use super::fields::SEPARATOR;
use super::text::{self, Level};
use super::{normalise, parse, reference};
use crate::deck::{
    AlsoTask, Card, CardStyle, Case, Choice, Deck, DeckMeta, Difficulty, Interaction, Item,
    ItemBody, ItemSlug, Question,
};
use crate::formats::{Problem, Source};

/// Why a deck cannot be written so that it reads back the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The deck breaks a rule of the format: too few options, a tag with a comma, …
    #[error("the deck breaks a rule of the format: {}", .0.first().map_or(String::new(), |p| p.message.clone()))]
    Unsound(Vec<Problem>),
    /// A field would read back differently (for instance a tag with blanks around it).
    #[error("{0} would read back differently")]
    NotFaithful(String),
}

/// Writes a deck as one Markdown file that [`parse`] reads back as the same deck. Texts are
/// brought into [normal form](normalise) first.
///
/// # Errors
/// When the deck breaks a rule of the format, or holds something the format cannot express.
pub fn write(deck: &Deck) -> Result<String, WriteError> {
    let files = write_files(deck, usize::MAX)?;
    Ok(files.into_iter().map(|(_, text)| text).collect())
}

/// Writes a deck as [`write`] does, into `deck.md` and, where that would be longer than `limit`
/// bytes, further files beside it; gives their names and texts.
///
/// # Errors
/// As [`write`].
pub fn write_files(deck: &Deck, limit: usize) -> Result<Vec<(String, String)>, WriteError> {
    let deck = normal(deck);
    let mut file = front_matter(&deck.meta);
    if !deck.introduction.is_empty() {
        file.push('\n');
        push_block(&mut file, &deck.introduction, Level::Introduction);
    }
    let mut files = Vec::new();
    let mut name = String::from("deck.md");
    let mut cases = HashSet::new();
    for item in &deck.items {
        let mut text = String::new();
        if let Some(case) = case(item).filter(|case| cases.insert(&case.slug)) {
            push_case(&mut text, case);
        }
        push_item(&mut text, item);
        if file.len().saturating_add(text.len()) >= limit && !file.is_empty() {
            files.push((name, std::mem::take(&mut file)));
            // Read in the order of their names, behind deck.md.
            name = format!("items-{:04}.md", files.len());
        }
        if !file.is_empty() {
            file.push('\n');
        }
        file.push_str(&text);
    }
    files.push((name, file));
    check_faithful(&deck, &files)?;
    Ok(files)
}

/// Files that read back differently are never handed out.
fn check_faithful(deck: &Deck, files: &[(String, String)]) -> Result<(), WriteError> {
    let source = |(name, text): &(String, String)| Source::new(name, text.clone().into_bytes());
    let sources: Vec<Source> = files.iter().map(source).collect();
    let read = parse(&sources).map_err(WriteError::Unsound)?.deck;
    if read == *deck {
        return Ok(());
    }
    let differs = deck.items.iter().zip(&read.items).find(|(a, b)| a != b);
    let what = differs.map_or("the front matter".to_owned(), |(item, _)| item.slug.to_string());
    Err(WriteError::NotFaithful(what))
}

/// The deck with every text in normal form.
fn normal(deck: &Deck) -> Deck {
    let mut deck = deck.clone();
    // Files stand beside the text; whoever writes the deck to disk writes them too.
    deck.media.clear();
    deck.introduction = normalise(&deck.introduction);
    for item in &mut deck.items {
        match &mut item.body {
            ItemBody::Question(question) => {
                question.stem = normalise(&question.stem);
                question.explanation = normalise(&question.explanation);
                for option in &mut question.options {
                    option.text = normalise(&option.text);
                    option.reason = normalise(&option.reason);
                }
                if let Interaction::Match { prompts } = &mut question.interaction {
                    for prompt in prompts {
                        prompt.text = normalise(&prompt.text);
                        prompt.reason = normalise(&prompt.reason);
                    }
                }
                if let Some(case) = &mut question.case {
                    case.scenario = normalise(&case.scenario);
                }
            }
            ItemBody::Card(card) => {
                card.front = normalise(&card.front);
                card.back = normalise(&card.back);
            }
        }
    }
    deck
}

fn front_matter(meta: &DeckMeta) -> String {
    let mut text = String::from("---\n");
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(text, "{name}: {value}"); // writing to a String cannot fail
    };
    field("deck", &scalar(meta.slug.as_str()));
    field("title", &scalar(&meta.title));
    field("version", &scalar(&meta.version.to_string()));
    field("license", &scalar(&meta.license));
    if !meta.authors.is_empty() {
        let authors: Vec<String> = meta.authors.iter().map(|author| scalar(author)).collect();
        field("authors", &format!("[{}]", authors.join(", ")));
    }
    if let Some(code) = &meta.blueprint {
        field("blueprint", &scalar(code));
    }
    field("language", &scalar(&meta.language));
    text.push_str("---\n");
    text
}

/// A YAML scalar: plain where nobody could take it for something else, quoted elsewhere.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || " .-–_()/".contains(c))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn case(item: &Item) -> Option<&Case> {
    match &item.body {
        ItemBody::Question(question) => question.case.as_ref(),
        ItemBody::Card(_) => None,
    }
}

/// A case stands before the first of its questions.
fn push_case(file: &mut String, case: &Case) {
    let _ = writeln!(file, "## Case {}\n", case.slug);
    push_block(file, &case.scenario, Level::Case);
    file.push('\n');
}

fn push_item(file: &mut String, item: &Item) {
    let kind = match &item.body {
        ItemBody::Question(_) => "Question",
        ItemBody::Card(_) => "Card",
    };
    let _ = writeln!(file, "## {kind} {}", item.slug);
    let fields = fields(item);
    if !fields.is_empty() {
        file.push_str(&fields.join(SEPARATOR));
        file.push('\n');
    }
    file.push('\n');
    match &item.body {
        ItemBody::Question(question) => push_question(file, question),
        ItemBody::Card(Card { front, back, .. }) => {
            push_block(file, front, Level::Card);
            if !back.is_empty() {
                file.push_str("\n---\n\n");
                push_block(file, back, Level::Card);
            }
        }
    }
}

fn fields(item: &Item) -> Vec<String> {
    let mut fields = Vec::new();
    let question = match &item.body {
        ItemBody::Question(question) => Some(question),
        ItemBody::Card(card) => {
            if card.style != CardStyle::Basic {
                fields.push(format!("kind: {}", card.style.name()));
            }
            None
        }
    };
    if let Some(task) = &item.task {
        fields.push(format!("task: {task}"));
    }
    if let Some(question) = question {
        fields.push(format!("difficulty: {}", difficulty(question.difficulty)));
    }
    if !item.tags.is_empty() {
        fields.push(format!("tags: {}", item.tags.join(", ")));
    }
    if !item.also.is_empty() {
        let task = |also: &AlsoTask| format!("{} {}", also.exam, also.task);
        let also: Vec<String> = item.also.iter().map(task).collect();
        fields.push(format!("also: {}", also.join(", ")));
    }
    if let Some(case) = question.and_then(|question| question.case.as_ref()) {
        fields.push(format!("case: {}", case.slug));
    }
    if let Some(question) = question.filter(|question| !question.enemies.is_empty()) {
        let enemies: Vec<&str> = question.enemies.iter().map(ItemSlug::as_str).collect();
        fields.push(format!("enemies: {}", enemies.join(", ")));
    }
    if let Some(date) = item.checked {
        fields.push(format!("checked: {date}"));
    }
    fields
}

fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}

pub(super) fn push_question(file: &mut String, question: &Question) {
    push_block(file, &question.stem, Level::Question);
    file.push('\n');
    push_options(file, question);
    if !question.explanation.is_empty() {
        file.push('\n');
        push_inline(file, "Why:", &question.explanation, 0, Some(Level::Question));
    }
    if !question.references.is_empty() {
        file.push('\n');
    }
    for entry in &question.references {
        file.push_str(&reference::write(entry));
        file.push('\n');
    }
}

fn push_options(file: &mut String, question: &Question) {
    let prompts = question.prompts();
    for prompt in prompts {
        push_inline(file, "- [x]", &prompt.text, 2, Some(Level::Choice));
        let response = question.options.get(usize::from(prompt.option));
        push_inline(file, "  =>", response.map_or("", |o| &o.text), 2, Some(Level::Choice));
        push_reason(file, &prompt.reason, 2);
    }
    let shown = |option: &&Choice| prompts.is_empty() || !option.key;
    for (number, Choice { text, key, reason }) in (1..).zip(question.options.iter().filter(shown)) {
        let (marker, indent) = match (&question.interaction, key) {
            (Interaction::Order, true) => (format!("{number}. [x]"), 3),
            (_, true) => ("- [x]".into(), 2),
            (_, false) => ("- [ ]".into(), 2),
        };
        push_inline(file, &marker, text, indent, Some(Level::Choice));
        push_reason(file, reason, indent);
    }
}

fn push_reason(file: &mut String, reason: &str, indent: usize) {
    if !reason.is_empty() {
        push_inline(file, &format!("{}-", " ".repeat(indent)), reason, indent + 2, None);
    }
}

fn lines(text: &str) -> Vec<Cow<'_, str>> {
    text.split('\n').map(Cow::Borrowed).collect()
}

fn push_block(file: &mut String, text: &str, level: Level) {
    for line in text::shield(&lines(text), 0, level) {
        push_line(file, 0, &line);
    }
}

/// Text behind a marker, on the same line when it begins with a paragraph, below it otherwise.
fn push_inline(file: &mut String, marker: &str, text: &str, indent: usize, level: Option<Level>) {
    let inline = begins_with_paragraph(text);
    let lines = lines(text);
    let from = usize::from(inline);
    let lines = level.map_or(lines.clone(), |level| text::shield(&lines, from, level));
    file.push_str(marker);
    if inline {
        file.push(' ');
        file.push_str(&lines[0]);
    }
    // A blank line keeps what follows from joining the marker's paragraph.
    file.push_str(if inline || marker.ends_with('-') { "\n" } else { "\n\n" });
    for line in &lines[from..] {
        push_line(file, indent, line);
    }
}

fn push_line(file: &mut String, indent: usize, line: &str) {
    if !line.is_empty() {
        file.extend(std::iter::repeat_n(' ', indent));
        file.push_str(line);
    }
    file.push('\n');
}

fn begins_with_paragraph(text: &str) -> bool {
    let first = Parser::new(text).next();
    !text.starts_with(text::BLANKS) && matches!(first, Some(Event::Start(Tag::Paragraph)))
}
