//! What a file is: by what is in it, and by its name only where that says too little.

use std::io::Read as _;

use super::bank::is_bank;
use super::{Format, Package, PackageError, aiken, delimited, gift};

/// How much of a file is looked at.
const HEAD: u64 = 256 * 1024;
/// Most files of a package that are looked into.
const LOOKED_AT: usize = 200;

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum DetectError {
    /// It cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// Nothing is in it.
    #[error("“{0}” is empty")]
    Empty(String),
    /// It is something else.
    #[error("“{name}” looks like {what}. {hint}")]
    Other {
        /// Which file.
        name: String,
        /// What it looks like.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// It is text, but none that can be imported.
    #[error(
        "“{0}” is none of the formats that can be imported: no question, card or table was found in it"
    )]
    Unknown(String),
}

/// Says what a package is.
///
/// # Errors
/// [`DetectError`] when it is nothing that can be imported; it says what it looks like.
pub fn detect(package: &Package) -> Result<Format, DetectError> {
    if package.entries().is_empty() {
        return Err(DetectError::Empty(package.name().to_owned()));
    }
    if package.is_file() {
        let head = head(package, package.name())?;
        return sniff(package.name(), &head);
    }
    if let Some(format) = by_entries(package)? {
        return Ok(format);
    }
    // Markdown goes before everything else: a bank has its licence and pictures beside it.
    let is_markdown = |path: &String| has_ending(path, &["md", "markdown"]);
    let mut entries: Vec<&String> = package.entries().iter().collect();
    entries.sort_by_key(|path| !is_markdown(path));
    let mut fallback = None;
    let mut last = None;
    for path in entries.into_iter().take(LOOKED_AT) {
        if !has_ending(path, &["md", "markdown", "txt", "gift", "csv", "tsv", "xml", "json"]) {
            continue;
        }
        match sniff(path, &head(package, path)?) {
            // A README is no deck; others beside it may be.
            Ok(Format::Bank) if !is_bank(&head(package, path)?) => {
                fallback = fallback.or(Some(Format::Bank));
            }
            Ok(format) => return Ok(format),
            Err(error) => last = last.or(Some(error)),
        }
    }
    if let Some(format) = fallback {
        return Ok(format);
    }
    Err(last.unwrap_or_else(|| DetectError::Unknown(package.name().to_owned())))
}

/// What the names in a folder or zip say.
fn by_entries(package: &Package) -> Result<Option<Format>, DetectError> {
    let entries = package.entries();
    let last = |path: &String| path.rsplit('/').next().unwrap_or_default().to_owned();
    let named = |name: &str| entries.iter().find(|path| last(path) == name);
    let anki = ["collection.anki21b", "collection.anki21", "collection.anki2"];
    if anki.iter().any(|name| package.has(name)) {
        let whole = has_ending(package.name(), &["colpkg"]);
        return Ok(Some(if whole { Format::Colpkg } else { Format::Apkg }));
    }
    if named("imsmanifest.xml").is_some() {
        return Ok(Some(Format::Qti));
    }
    if named("deck.md").is_some() {
        return Ok(Some(Format::Markdown));
    }
    if let Some(path) = named("deck.json")
        && is_crowd_anki(&head(package, path)?)
    {
        return Ok(Some(Format::CrowdAnki));
    }
    let office = [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("META-INF/container.xml", "an e-book"),
        ("content.xml", "an OpenDocument file"),
    ];
    let found = office.iter().find(|(path, _)| package.is_zip() && package.has(path));
    found.map_or(Ok(None), |(_, what)| Err(other(package.name(), (*what).to_owned())))
}

fn other(name: &str, what: String) -> DetectError {
    let hint = "Save its questions as text, Markdown or CSV first";
    DetectError::Other { name: name.to_owned(), what, hint }
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn head(package: &Package, path: &str) -> Result<Vec<u8>, PackageError> {
    let mut bytes = Vec::new();
    package.with(path, &mut |read| {
        let read = read.take(HEAD).read_to_end(&mut bytes);
        read.map(|_| ()).map_err(|source| PackageError::Io { what: path.to_owned(), source })
    })?;
    Ok(bytes)
}

fn is_crowd_anki(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && (text.contains("\"__type__\"") || text.contains("\"crowdanki_uuid\""))
}

/// What a single file is, by its beginning.
fn sniff(name: &str, head: &[u8]) -> Result<Format, DetectError> {
    if head.iter().all(u8::is_ascii_whitespace) {
        return Err(DetectError::Empty(name.to_owned()));
    }
    if let Some(what) = binary(head) {
        return Err(other(name, what));
    }
    // What was cut off in the middle of a character is no damage.
    let text = super::decode::decode(head, None).text;
    let text = text.trim_start_matches('\u{feff}');
    let trimmed = text.trim_start();
    if let Some(found) = xml(name, trimmed) {
        return found;
    }
    if trimmed.starts_with(['{', '[']) && is_crowd_anki(head) {
        return Ok(Format::CrowdAnki);
    }
    if delimited::is_anki(text) {
        return Ok(Format::AnkiText);
    }
    if is_native(text) {
        return Ok(Format::Markdown);
    }
    if has_ending(name, &["md", "markdown", "mdown", "mkd"]) {
        return Ok(Format::Bank);
    }
    let table = delimited::looks_like(text);
    match () {
        () if has_ending(name, &["csv"]) && table.is_some() => Ok(Format::Csv),
        () if has_ending(name, &["tsv", "tab"]) && table.is_some() => Ok(Format::Tsv),
        () if aiken::is_aiken(text) => Ok(Format::Aiken),
        () if gift::is_gift(text) => Ok(Format::Gift),
        () if is_bank(text.as_bytes()) => Ok(Format::Bank),
        () if trimmed.starts_with('{') && trimmed.trim_end().ends_with('}') => {
            Err(other(name, "JSON of another program".to_owned()))
        }
        () => match table {
            Some('\t') if name.to_ascii_lowercase().contains("quizlet") => Ok(Format::Quizlet),
            Some('\t') => Ok(Format::Tsv),
            Some(_) => Ok(Format::Csv),
            None if has_ending(name, &["csv"]) => Ok(Format::Csv),
            None if has_ending(name, &["gift"]) => Ok(Format::Gift),
            None => Err(DetectError::Unknown(name.to_owned())),
        },
    }
}

/// What bytes are that are no text.
fn binary(head: &[u8]) -> Option<String> {
    if head.starts_with(b"SQLite format 3\0") {
        return Some("a database, perhaps of Anki; export it from there as .apkg".to_owned());
    }
    if head.starts_with(b"%PDF") {
        return Some("a PDF".to_owned());
    }
    if head.starts_with(b"{\\rtf") {
        return Some("a rich text document".to_owned());
    }
    let kind = infer::get(head)?;
    let what = match kind.matcher_type() {
        infer::MatcherType::Image => "a picture",
        infer::MatcherType::Audio => "a sound",
        infer::MatcherType::Video => "a video",
        infer::MatcherType::Archive => "an archive that is no zip",
        infer::MatcherType::Doc | infer::MatcherType::Book => "an office document",
        infer::MatcherType::App => "a program",
        infer::MatcherType::Font => "a font",
        infer::MatcherType::Text | infer::MatcherType::Custom => return None,
    };
    Some(format!("{what} ({})", kind.mime_type()))
}

/// What an XML or HTML file is; none when it is neither.
fn xml(name: &str, text: &str) -> Option<Result<Format, DetectError>> {
    let mut rest = text;
    let mut declared = false;
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            ">"
        } else {
            break;
        };
        declared |= rest.starts_with("<?xml");
        rest = rest.split_once(end)?.1.trim_start();
    }
    let inner = rest.strip_prefix('<')?;
    let element = inner.split(|c: char| !(c.is_alphanumeric() || "-_:.".contains(c))).next()?;
    let root = element.rsplit(':').next().unwrap_or(element);
    match root {
        "quiz" => Some(Ok(Format::MoodleXml)),
        "assessmentItem"
        | "qti-assessment-item"
        | "assessmentTest"
        | "qti-assessment-test"
        | "manifest" => Some(Ok(Format::Qti)),
        "questestinterop" => Some(Err(DetectError::Other {
            name: name.to_owned(),
            what: "QTI 1.2".to_owned(),
            hint: "Export it as QTI 2.1 or later",
        })),
        "html" | "HTML" => Some(Err(other(name, "a web page".to_owned()))),
        _ if declared => Some(Err(other(name, format!("XML of another kind, <{root}>")))),
        _ => None,
    }
}

/// Whether a text has the front matter of a deck.
fn is_native(text: &str) -> bool {
    let mut lines = text.lines();
    lines.next().is_some_and(|line| line.trim_end() == "---")
        && lines.take(60).take_while(|line| *line != "---").any(|line| line.starts_with("deck:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, bytes: &[u8]) -> Result<Format, String> {
        detect(&Package::of_bytes(name, bytes.to_vec()).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn formats_are_told_by_what_is_in_the_file() {
        for (name, text, format) in [
            ("a.txt", "Q?\nA. x\nB. y\nANSWER: A\n", Format::Aiken),
            ("a.txt", "::t::Q? {=x ~y}\n", Format::Gift),
            ("a.txt", "// c\n\nQ? {T}\n", Format::Gift),
            ("a.txt", "#separator:tab\n#html:true\na\tb\n", Format::AnkiText),
            ("a.txt", "a\tb\nc\td\n", Format::Tsv),
            ("quizlet.txt", "a\tb\nc\td\n", Format::Quizlet),
            ("a.csv", "front,back\na,b\n", Format::Csv),
            ("a.txt", "front;back\na;b\nc;d\n", Format::Csv),
            ("a.md", "---\ndeck: a\ntitle: A\n---\n", Format::Markdown),
            ("a.md", "# A\n\n### Q?\n\n- [x] a\n- [ ] b\n", Format::Bank),
            ("a.txt", "1. Q?\nA. a\nB. b\nAnswer: A\n", Format::Bank),
            ("a.json", "{\"__type__\": \"Deck\"}", Format::CrowdAnki),
            ("a.xml", "<?xml version=\"1.0\"?>\n<!-- x -->\n<quiz>", Format::MoodleXml),
            ("a.xml", "<qti:assessmentItem xmlns:qti=\"x\">", Format::Qti),
            ("a", "<qti-assessment-item>", Format::Qti),
        ] {
            assert_eq!(found(name, text.as_bytes()), Ok(format), "{name} {text}");
        }
    }

    #[test]
    fn what_is_none_of_them_is_named() {
        for (name, bytes, words) in [
            ("a.pdf", &b"%PDF-1.7 ..."[..], "a PDF"),
            ("a.txt", b"\x89PNG\r\n\x1a\n....", "a picture"),
            ("a.txt", b"", "empty"),
            ("a.txt", b"  \n ", "empty"),
            ("a.db", b"SQLite format 3\0....", "a database"),
            ("a.html", b"<!DOCTYPE html><html><body>", "a web page"),
            ("a.xml", b"<?xml version=\"1.0\"?><rss>", "<rss>"),
            ("a.txt", b"Only a few words.\n", "no question"),
        ] {
            let error = found(name, bytes).unwrap_err();
            assert!(error.contains(words), "{name}: {error}");
        }
    }
}
