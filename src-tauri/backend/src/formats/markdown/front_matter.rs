//! The YAML at the top of a deck.

use serde::Deserialize;
use serde_saphyr::{Location, Spanned};

use super::report::{At, Lines, Report, excerpt};
use crate::deck::{DeckMeta, DeckSlug};

const MAX_FRONT_MATTER: usize = 16 * 1024;
const MAX_TITLE: usize = 300;
const MAX_LICENSE: usize = 100;
const MAX_VERSION: usize = 64;
const MAX_AUTHORS: usize = 100;
const MAX_CODE: usize = 32;
const MAX_LANGUAGE: usize = 35;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    deck: Option<Spanned<String>>,
    title: Option<Spanned<String>>,
    version: Option<Spanned<String>>,
    license: Option<Spanned<String>>,
    authors: Option<Vec<Spanned<String>>>,
    blueprint: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
}

/// Reads the front matter; also gives the index of the first line behind it.
pub(super) fn read(all: Lines<'_>, report: &mut Report) -> (Option<DeckMeta>, usize) {
    let is_fence = |line: &&str| super::text::is_separator(line);
    if !all.all.first().is_some_and(is_fence) {
        let hint =
            "begin the file with a line of ---, then deck, title, version, license, then ---";
        report.error(all.at(0), "no-front-matter", "the deck has no front matter", hint);
        return (None, 0);
    }
    let Some(length) = all.all[1..].iter().position(is_fence) else {
        let hint = "close it with a line of ---";
        report.error(all.at(0), "no-front-matter", "the front matter does not end", hint);
        return (None, all.all.len());
    };
    let yaml = all.slice(1, 1 + length);
    if yaml.size() > MAX_FRONT_MATTER {
        let message = "the front matter is larger than 16 KiB";
        report.error(all.at(0), "front-matter", message, "keep only the fields it may have");
        return (None, length + 2);
    }
    (parse(yaml, report), length + 2)
}

fn parse(yaml: Lines<'_>, report: &mut Report) -> Option<DeckMeta> {
    let text = yaml.all.join("\n");
    let fields: FrontMatter = match serde_saphyr::from_str(&text) {
        Ok(fields) => fields,
        Err(error) => {
            let at = error.location().map_or(yaml.at(0), |location| place(yaml, location));
            // The place is told apart from the message, and only the first line is for people.
            let message = error.without_snippet().to_string();
            let message = message.lines().next().unwrap_or("not YAML");
            let message = message.split(" at line ").next().unwrap_or(message).to_owned();
            let hint = "the fields are deck, title, version, license, authors, blueprint, language";
            report.error(at, "front-matter", message, hint);
            return None;
        }
    };
    let mut check = Check { yaml, report, sound: true };
    let slug = check.needed(fields.deck, "deck");
    let slug = slug.and_then(|slug| check.value(&slug, "deck", str::parse::<DeckSlug>));
    let version = check.needed(fields.version, "version");
    let version = version.and_then(|version| check.value(&version, "version", parse_version));
    let title = check.needed(fields.title, "title");
    let license = check.needed(fields.license, "license");
    let title = title.map(|title| check.line(title, "title", MAX_TITLE));
    let license = license.map(|license| check.line(license, "license", MAX_LICENSE));
    let authors = fields.authors.unwrap_or_default();
    if let Some(extra) = authors.get(MAX_AUTHORS) {
        check.fault(extra.referenced, "authors: more than 100");
    }
    let authors = authors.into_iter().map(|a| check.line(a, "authors", MAX_TITLE)).collect();
    let blueprint = fields.blueprint.map(|code| check.name(code, "blueprint", MAX_CODE, ".-"));
    let language = fields.language.map(|tag| check.name(tag, "language", MAX_LANGUAGE, "-"));
    if !check.sound {
        return None;
    }
    Some(DeckMeta {
        slug: slug?,
        title: title?,
        version: version?,
        license: license?,
        authors,
        blueprint,
        language: language.unwrap_or_else(|| "en".into()),
    })
}

fn parse_version(text: &str) -> Result<semver::Version, String> {
    if text.len() > MAX_VERSION {
        return Err(format!("longer than {MAX_VERSION} characters"));
    }
    semver::Version::parse(text).map_err(|error| format!("not a semantic version: {error}"))
}

fn place(yaml: Lines<'_>, location: Location) -> At<'_> {
    let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let line = narrow(location.line()).max(1) - 1;
    At {
        file: yaml.file,
        line: yaml.first.saturating_add(line),
        column: narrow(location.column()).max(1),
    }
}

struct Check<'a, 'r> {
    yaml: Lines<'a>,
    report: &'r mut Report,
    sound: bool,
}

impl Check<'_, '_> {
    fn fault(&mut self, location: Location, message: impl Into<String>) {
        self.sound = false;
        let at = place(self.yaml, location);
        self.report.error(at, "front-matter", message, "docs/deck-format.md lists what is allowed");
    }

    fn value<T, E: std::fmt::Display>(
        &mut self,
        text: &Spanned<String>,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(&text.value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(text.referenced, format!("{field}: {error}"));
                None
            }
        }
    }

    /// A field that every deck has.
    fn needed(&mut self, text: Option<Spanned<String>>, field: &str) -> Option<Spanned<String>> {
        if text.is_none() {
            self.sound = false;
            let hint = format!("add a line to the front matter: {field}: …");
            self.report.error(self.yaml.at(0), "front-matter", format!("{field} is missing"), hint);
        }
        text
    }

    /// A text on one line.
    fn line(&mut self, text: Spanned<String>, field: &str, max: usize) -> String {
        let value = &text.value;
        let message = if value.trim().is_empty() {
            format!("{field} is empty")
        } else if value.chars().count() > max {
            format!("{field} is longer than {max} characters")
        } else if value.chars().any(char::is_control) {
            format!("{field} holds a line end or another control character")
        } else {
            return text.value;
        };
        self.fault(text.referenced, message);
        text.value
    }

    /// Letters, digits and the marks given.
    fn name(&mut self, text: Spanned<String>, field: &str, max: usize, marks: &str) -> String {
        let value = &text.value;
        let allowed = |c: char| c.is_ascii_alphanumeric() || marks.contains(c);
        if value.is_empty() || value.len() > max || !value.chars().all(allowed) {
            self.fault(text.referenced, format!("{field}: “{}” is no such code", excerpt(value)));
        }
        text.value
    }
}
