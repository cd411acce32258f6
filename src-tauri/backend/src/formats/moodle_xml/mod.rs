//! Moodle XML: question banks as Moodle exports them (docs.moodle.org, “Moodle XML format”).
//!
//! Questions are read one by one, so that a file with thousands of them and their pictures costs
//! little more than its own size.

mod question;
#[cfg(test)]
mod tests;
mod text;

use super::findings::{Findings, LeftOut, excerpt};
use super::made;
use super::made_decks::{Decks, title_of};
use super::markdown::MAX_ITEMS;
use super::shown_files::ShownFiles;
use super::xml::{self, Element, Xml, XmlError, XmlFault};
use super::{Draft, DraftItem, Format, Package, PackageError, Place, Work};
use text::Texts;

/// Largest file, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;
/// Longest title of a category, in characters, and most of them in a path.
const MAX_TITLE: usize = 200;
const MAX_PATH: usize = 32;

/// Why nothing of a file is read.
#[derive(Debug, thiserror::Error)]
pub enum MoodleError {
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A file is no XML from its first question on.
    #[error("{file}, {error}")]
    Xml {
        /// Its path.
        file: String,
        /// What is wrong.
        error: XmlError,
    },
    /// XML, but none of Moodle.
    #[error("{0} is no Moodle XML: its root is not <quiz>. Export questions as Moodle XML format")]
    NoQuiz(String),
    /// It is no longer wanted.
    #[error("reading was cancelled")]
    Cancelled,
}

/// Reads a question bank: a file, or all of a folder or zip.
///
/// # Errors
/// [`MoodleError`] when nothing of it can be read; what is wrong with single questions is in the
/// draft.
pub fn read(package: &Package, work: &dyn Work) -> Result<Draft, MoodleError> {
    let mut reader = Reader {
        title: title_of(package.name()),
        files: ShownFiles::new(package),
        findings: Findings::default(),
        decks: Decks::default(),
        count: 0,
    };
    let is_xml = |path: &&String| path.to_ascii_lowercase().ends_with(".xml");
    let listed = package.entries().iter().filter(|path| package.is_file() || is_xml(path));
    let mut quizzes = 0;
    for file in listed {
        quizzes += usize::from(reader.file(package, file, work)?);
    }
    if quizzes == 0 {
        return Err(MoodleError::NoQuiz(package.name().to_owned()));
    }
    let (problems, passed_over) = reader.findings.finish();
    let decks = reader.decks.finish();
    let made_with = Some("Moodle".to_owned());
    Ok(Draft { format: Format::MoodleXml, made_with, decks, passed_over, problems })
}

struct Reader<'p> {
    /// Title of the deck for questions without a category.
    title: String,
    files: ShownFiles<'p>,
    findings: Findings,
    decks: Decks,
    count: usize,
}

impl Reader<'_> {
    /// Reads a file; gives whether it is Moodle's.
    fn file(
        &mut self,
        package: &Package,
        file: &str,
        work: &dyn Work,
    ) -> Result<bool, MoodleError> {
        let bytes = package.read(file, MAX_FILE)?;
        let failed = |error| MoodleError::Xml { file: file.to_owned(), error };
        let text = xml::decode(&bytes).map_err(failed)?;
        let (mut xml, root) = Xml::open(&text).map_err(failed)?;
        if root.name != "quiz" {
            return Ok(false);
        }
        let mut path = vec![self.title.clone()];
        loop {
            if work.cancelled() {
                return Err(MoodleError::Cancelled);
            }
            work.step(xml.position(), text.len() as u64);
            let question = match xml.next() {
                Ok(Some(question)) => question,
                Ok(None) => break,
                Err(error) if self.count == 0 => return Err(failed(error)),
                Err(XmlError { line, fault }) => {
                    self.broken_off(file, line, &fault);
                    break;
                }
            };
            if question.name == "question" {
                self.count += 1;
                if self.count > MAX_ITEMS {
                    let message = format!("the file has more than {MAX_ITEMS} questions");
                    let place = Place { file: file.into(), line: question.line };
                    let hint = "export it in parts: what comes after is left out";
                    self.findings.left_out(&place, LeftOut::new("too-many-items", message, hint));
                    break;
                }
                self.question(file, &question, &mut path);
            }
        }
        Ok(true)
    }

    /// What stands before a mistake in XML is kept.
    fn broken_off(&mut self, file: &str, line: u32, fault: &XmlFault) {
        let message = format!("{fault}; what comes after is left out");
        let place = Place { file: file.into(), line };
        let hint = "export the questions again";
        self.findings.left_out(&place, LeftOut::new("unreadable-file", message, hint));
    }

    fn question(&mut self, file: &str, question: &Element, path: &mut Vec<String>) {
        let place = Place { file: file.into(), line: question.line };
        let kind = question.attribute("type").unwrap_or_default();
        let name = question.child("name").map(Element::text).unwrap_or_default();
        let mut texts = Texts::new(&mut self.files, &mut self.findings, &place);
        if kind == "category" {
            *path = category(question, &self.title);
            let introduction = question.child("info").map(|info| texts.markdown(info));
            if let Some(introduction) = introduction.filter(|text| !text.is_empty()) {
                let media = self.files.take();
                self.decks.show(path, media);
                self.decks.deck(path).introduction = introduction;
            }
            return;
        }
        if kind == "description" || flag(question, "hidden") {
            let code = if kind == "description" { "description" } else { "hidden" };
            self.findings.pass_over(code, place, &name);
            return;
        }
        let body = question::read(kind, question, &mut texts);
        let media = self.files.take();
        match body {
            Ok(body) => {
                let tags = question.child("tags").into_iter().flat_map(Element::elements);
                let source = question.child("idnumber").map(Element::text);
                let item = DraftItem {
                    source_id: source.filter(|id| !id.is_empty()),
                    place,
                    tags: made::tags(tags.map(Element::text)),
                    task: None,
                    changed_ms: None,
                    body,
                    also: Vec::new(),
                    checked: None,
                    study: Vec::new(),
                };
                self.decks.add(path, item, media);
            }
            Err(why) => {
                let message = format!("“{}” is left out: {}", excerpt(&name), why.message);
                self.findings.left_out(&place, LeftOut { message, ..why });
            }
        }
    }
}

/// Whether an element says yes: `1` or `true`.
fn flag(question: &Element, name: &str) -> bool {
    question.child(name).is_some_and(|flag| matches!(flag.text().as_str(), "1" | "true"))
}

/// The path of a category, `$course$/top/A/B`; `//` stands for a slash in a title.
fn category(question: &Element, title: &str) -> Vec<String> {
    let text = question.child("category").map(Element::text).unwrap_or_default();
    let text = text.replace("//", "\0");
    let mut path: Vec<String> = text
        .split('/')
        .map(|part| part.replace('\0', "/").trim().chars().take(MAX_TITLE).collect::<String>())
        .filter(|part| !(part.is_empty() || part.starts_with('$') && part.ends_with('$')))
        .take(MAX_PATH)
        .collect();
    if path.first().is_some_and(|first| first == "top") {
        path.remove(0);
    }
    if path.is_empty() {
        path.push(title.to_owned());
    }
    path
}
