//! Markdown question banks as people share them on forges.
//!
//! There is no grammar, only habits: a heading, a number or a bold line asks; boxes or letters are
//! the options; a crossed box, a line `Answer: B`, a closed `<details>` or a list at the end of the
//! file says which is right. A file is cut into blocks at everything that can begin a question
//! ([`sheet`]), each block is sorted into its parts ([`reader`]), and what makes no question is
//! listed.

mod details;
mod html;
pub(super) mod key;
mod labels;
mod license;
mod lines;
mod loose;
mod question;
mod reader;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::decode::decode;
use super::notes::{Notes, excerpt};
use super::question::item;
use super::shown::Shown;
use super::{Draft, DraftContent, DraftDeck, Format, Package, PackageError, Place, file_title};
use labels::{Label, label};
use question::Keys;
use sheet::{Block, Sheet};

/// Largest file, in bytes.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;
/// Most Markdown files that are read.
pub const MAX_FILES: usize = 2_000;
/// Most questions of a file.
pub const MAX_QUESTIONS: usize = 50_000;

/// Reads a bank: a Markdown file, or all of them in a folder or zip, each a deck.
///
/// # Errors
/// [`PackageError`] when a file cannot be read or is too large.
pub fn read(package: &Package) -> Result<Draft, PackageError> {
    let mut notes = Notes::default();
    let files: Vec<&String> = package.entries().iter().filter(|path| is_markdown(path)).collect();
    // A single file is read whatever its name is.
    let files = if files.is_empty() { package.entries().iter().take(1).collect() } else { files };
    if files.len() > MAX_FILES {
        return Err(PackageError::TooMany(package.name().to_owned()));
    }
    let license = license::of(package);
    let mut decks: Vec<DraftDeck> = Vec::new();
    let mut titles = HashSet::new();
    let root = if package.is_file() { Vec::new() } else { vec![root_title(package)?] };
    let several = files.len() > 1;
    for file in files {
        let text = text_of(package, file, &mut notes)?;
        let mut deck = read_file(package, file, &text, several, &mut notes);
        if deck.items.is_empty() && several {
            continue;
        }
        let own = std::mem::take(&mut deck.path);
        deck.path = root.iter().cloned().chain(own).collect();
        if !titles.insert(deck.path.clone()) {
            let last = deck.path.pop().unwrap_or_default();
            deck.path.push(format!("{last} ({})", file_title(file)));
            titles.insert(deck.path.clone());
        }
        deck.license.clone_from(&license);
        decks.push(deck);
    }
    let (passed_over, problems) = notes.finish();
    Ok(Draft { format: Format::Bank, made_with: None, decks, passed_over, problems })
}

/// Whether a text looks like a bank: it has options and something that says which are right.
pub(super) fn is_bank(bytes: &[u8]) -> bool {
    let text = decode(bytes, None).text;
    let (mut boxes, mut letters, mut answers) = (0, 0, 0);
    for line in text.lines() {
        match lines::opening(line).map(|opening| opening.marker) {
            Some(lines::Marker::Box) => boxes += 1,
            Some(lines::Marker::Letter(_)) => letters += 1,
            _ => {
                let answer = label(line).is_some_and(|(kind, _)| kind == Label::Answer);
                answers += u32::from(answer || line.contains("<details"));
            }
        }
    }
    boxes >= 2 || (letters >= 2 && answers >= 1)
}

fn is_markdown(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown", "mdown", "mkd"].iter().any(|known| known.eq_ignore_ascii_case(extension))
}

fn text_of(package: &Package, file: &str, notes: &mut Notes) -> Result<String, PackageError> {
    let decoded = decode(&package.read(file, MAX_FILE)?, None);
    decoded.check(file, notes);
    Ok(decoded.text)
}

/// What a folder or zip is called: by the README's first heading, or by its own name.
fn root_title(package: &Package) -> Result<String, PackageError> {
    let named = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        path.matches('/').count() <= 1 && name.eq_ignore_ascii_case("readme.md")
    };
    if let Some(readme) = package.entries().iter().find(named) {
        let sheet = Sheet::of(&decode(&package.read(readme, MAX_FILE)?, None).text);
        if let Some((title, _)) = first_title(&sheet) {
            return Ok(title);
        }
    }
    let name = package.name();
    let stem = if package.is_zip() { file_title(name) } else { name.to_owned() };
    let branch = ["-main", "-master"].iter().find_map(|end| stem.strip_suffix(end));
    Ok(branch.map_or_else(|| stem.clone(), str::to_owned))
}

/// The words of the first heading of the first level, and its line.
fn first_title(sheet: &Sheet) -> Option<(String, usize)> {
    sheet.lines.iter().enumerate().filter(|(at, _)| !sheet.code[*at]).find_map(|(at, line)| {
        let (level, text) = lines::heading(line)?;
        let words = crate::rich_text::plain_text(text);
        (level == 1 && !words.is_empty()).then(|| (excerpt(&words), at))
    })
}

fn read_file(
    package: &Package,
    file: &str,
    text: &str,
    several: bool,
    notes: &mut Notes,
) -> DraftDeck {
    let sheet = Sheet::of(text);
    let (front, start) = sheet.front_matter();
    let place = |line: usize| Place {
        file: file.into(),
        line: u32::try_from(line + 1).unwrap_or(u32::MAX),
    };
    let mut shown = Shown::of(package, file);
    let mut deck = DraftDeck::default();
    let mut title = front;
    let mut passed = Vec::new();
    let blocks: Vec<Block> =
        sheet.blocks(start).into_iter().flat_map(|block| loose::split(&sheet, block)).collect();
    let keys = keys(&sheet, &blocks);
    let mut ordinal = 0u32;
    for (at, block) in blocks.iter().enumerate() {
        if deck.items.len() >= MAX_QUESTIONS {
            let message = format!("the file has more than {MAX_QUESTIONS} questions");
            notes.error(&place(block.start), "too-many-questions", message, "split the file");
            break;
        }
        let here = place(block.start);
        let said = reader::read(&sheet, block);
        let number = block.number.unwrap_or(ordinal + 1);
        let asks = block.number.is_some() || !said.options.is_empty();
        let later = keys[at].as_ref().filter(|_| asks).and_then(|keys| keys.get(&number));
        let Some(found) = question::question(said, later, &here, notes) else {
            if block.titled {
                let asks = block.level.is_none() || block.named;
                passed.push((here, if asks { "no-options" } else { "heading" }, block));
            }
            continue;
        };
        ordinal = number;
        if let Some(mut question) = found.finish(&here, notes) {
            shown.question(&mut question, &here, notes);
            deck.items.push(item(here, DraftContent::Question(Box::new(question))));
        }
    }
    let found = first_title(&sheet);
    let asked = |line: usize| deck.items.iter().any(|item| item.place == place(line));
    let heading = found.filter(|(_, line)| !asked(*line)).map(|(title, _)| title);
    title = title.or(heading);
    if deck.items.is_empty() && several {
        let words = title.clone().unwrap_or_else(|| file_title(file));
        notes.pass_over(&place(0), "no-questions", &words);
    } else {
        for (here, code, block) in passed {
            let words = crate::rich_text::plain_text(&block.title);
            notes.pass_over(
                &here,
                code,
                if words.is_empty() { &sheet.lines[block.start] } else { &words },
            );
        }
    }
    deck.path = vec![title.unwrap_or_else(|| file_title(file))];
    deck.media = shown.finish();
    deck
}

/// For each block the list of keys that comes next, when there is one.
fn keys(sheet: &Sheet, blocks: &[Block]) -> Vec<Option<std::rc::Rc<Keys>>> {
    let mut next = None;
    let mut all = vec![None; blocks.len()];
    for (at, block) in blocks.iter().enumerate().rev() {
        let lines = &sheet.lines[block.start..block.end];
        let announced = |line: &String| {
            let text = lines::heading(line).map_or(line.as_str(), |(_, text)| text);
            label(text).is_some_and(|(kind, rest)| kind == Label::Answer && rest.is_empty())
        };
        let list = lines
            .iter()
            .enumerate()
            .find(|(at, line)| announced(line) && sheet.lists_keys(block.start + at + 1));
        if let Some((offset, _)) = list {
            next = Some(std::rc::Rc::new(key::list(&lines[offset + 1..])));
        }
        all[at].clone_from(&next);
    }
    all
}
