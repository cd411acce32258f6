//! One function for each parser that takes bytes which anybody may have made. The fuzz targets run
//! them (`fuzz/`), and the tests run them over the seeds of these. They panic where the parser
//! does, and where what it read is not shown as clean HTML.
#![expect(clippy::missing_panics_doc, reason = "to panic is how these say that something is wrong")]

mod harmless;

use std::io::{Cursor, Write as _};

use harmless::assert_harmless;

use super::anki::{Note, Notetype, card, media_names, ordinals};
use super::delimited::{self, ColumnChoice};
use super::{Draft, DraftContent, Format, Package, Quiet, detect, read};
use crate::deck::{Card, CardStyle, Markup};
use crate::rich_text::{self, Media};
use crate::{blueprint, search};

/// What a target does with its bytes.
pub type Target = fn(&[u8]);

/// The targets by the names of their files in `fuzz/fuzz_targets` and folders in `fuzz/seeds`.
pub const TARGETS: [(&str, Target); 16] = [
    ("aiken", aiken),
    ("anki_collection", anki_collection),
    ("anki_media", anki_media),
    ("anki_template", anki_template),
    ("apkg", apkg),
    ("bank", bank),
    ("blueprint", blueprint),
    ("crowd_anki", crowd_anki),
    ("delimited", delimited),
    ("gift", gift),
    ("markdown", markdown),
    ("moodle_xml", moodle_xml),
    ("package", package),
    ("qti", qti),
    ("rich_text", rich_text),
    ("search", search),
];

/// Decks, and items of each, whose HTML is looked at.
const SHOWN: usize = 16;

/// Questions in Aiken.
pub fn aiken(bytes: &[u8]) {
    read_as("a.txt", Format::Aiken, bytes);
}

/// The database in an Anki package, in a package of the kind that keeps it as it is.
pub fn anki_collection(bytes: &[u8]) {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    // Writing to memory does not fail.
    if zip.start_file("collection.anki21", stored).is_ok()
        && zip.write_all(bytes).is_ok()
        && let Ok(zip) = zip.finish()
    {
        read_as("a.apkg", Format::Apkg, zip.get_ref());
    }
}

/// The list of media in an Anki package: protobuf and JSON.
pub fn anki_media(bytes: &[u8]) {
    for latest in [true, false] {
        let _ = media_names(bytes, latest);
    }
}

/// A note type and a note in Anki's way: whether it is of clozes, front and back of the template,
/// and fields, with `\x1f` between them.
pub fn anki_template(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\u{1f}').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let (cloze, front, back) = (next() == "cloze", next(), next());
    let given: Vec<String> = parts.collect();
    let names = ["Front", "Back", "Extra"].map(str::to_owned).to_vec();
    let template = vec![("Card 1".to_owned(), front, back)];
    let Ok(notetype) = Notetype::new("Kind".into(), cloze, names, template) else { return };
    let field = |place: usize| given.get(place).map_or("", String::as_str);
    let fields = [field(0), field(1), field(2)];
    let note = Note { notetype: &notetype, fields: &fields, tags: "one two", deck: "A::B" };
    let cards: Vec<(u32, u8)> =
        ordinals(note).into_iter().take(SHOWN).map(|ordinal| (ordinal, 0)).collect();
    if let Ok(card) = card(note, &cards) {
        show_card(&card);
    }
}

/// An Anki package.
pub fn apkg(bytes: &[u8]) {
    read_as("a.apkg", Format::Apkg, bytes);
}

/// A question bank in Markdown.
pub fn bank(bytes: &[u8]) {
    read_as("a.md", Format::Bank, bytes);
}

/// A blueprint of an exam.
pub fn blueprint(bytes: &[u8]) {
    if let Err(faults) = blueprint::load("a.toml", bytes) {
        assert!(!faults.to_string().is_empty(), "a blueprint is refused without a reason");
    }
}

/// An export of `CrowdAnki`.
pub fn crowd_anki(bytes: &[u8]) {
    read_as("deck.json", Format::CrowdAnki, bytes);
}

/// A table; its first byte says of which kind.
pub fn delimited(bytes: &[u8]) {
    let Some((kind, text)) = bytes.split_first() else { return };
    let kinds = [Format::Csv, Format::Tsv, Format::AnkiText, Format::Quizlet];
    read_as("a.csv", kinds[usize::from(*kind) % kinds.len()], text);
    if let Ok(package) = Package::of_bytes("a.csv", text.to_vec()) {
        let _ = delimited::columns(&package, &ColumnChoice::default());
    }
}

/// Questions in Moodle's GIFT.
pub fn gift(bytes: &[u8]) {
    read_as("a.gift", Format::Gift, bytes);
}

/// A deck in Sitwell's own format.
pub fn markdown(bytes: &[u8]) {
    read_as("deck.md", Format::Markdown, bytes);
}

/// Questions in Moodle's XML.
pub fn moodle_xml(bytes: &[u8]) {
    read_as("a.xml", Format::MoodleXml, bytes);
}

/// A zip or a file of which nothing is known.
pub fn package(bytes: &[u8]) {
    let Ok(package) = Package::of_bytes("a.zip", bytes.to_vec()) else { return };
    if let Ok(format) = detect(&package) {
        read_package(&package, format);
    }
}

/// An item or a package of QTI.
pub fn qti(bytes: &[u8]) {
    read_as("a.xml", Format::Qti, bytes);
}

/// Text in HTML and in Markdown, and one made into the other.
pub fn rich_text(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    for markup in [Markup::Markdown, Markup::Html] {
        for style in [CardStyle::Basic, CardStyle::Cloze] {
            show_card(&Card { markup, ..Card::of(style, text, "back") });
        }
        // For another program, which shows its own files.
        let _ = rich_text::portable_html(markup, text, &|_| None);
    }
    show(text);
    show(&rich_text::markdown_of(text));
}

/// A query of Browse.
pub fn search(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let length = text.encode_utf16().count();
    let query = search::parse(text);
    let ends = query.spans.iter().map(|span| (span.start, span.end));
    let fault = query.tree.as_ref().err().map(|fault| (fault.start, fault.end));
    for (start, end) in ends.chain(fault) {
        assert!(start <= end && end as usize <= length, "{start}..{end} of {length}");
    }
}

fn read_as(name: &str, format: Format, bytes: &[u8]) {
    if let Ok(package) = Package::of_bytes(name, bytes.to_vec()) {
        read_package(&package, format);
    }
}

fn read_package(package: &Package, format: Format) {
    match read(package, format, &ColumnChoice::default(), &Quiet) {
        Ok(draft) => show_draft(&draft),
        Err(error) => assert!(!error.to_string().is_empty(), "a file is refused without a reason"),
    }
}

fn show_draft(draft: &Draft) {
    for deck in draft.decks.iter().take(SHOWN) {
        show(&deck.introduction);
        for item in deck.items.iter().take(SHOWN) {
            match &item.body {
                DraftContent::Card(card) => show_card(card),
                DraftContent::Question(question) => {
                    assert_harmless(&rich_text::stem_html(&question.stem));
                    show(&question.explanation);
                    for option in &question.options {
                        assert_harmless(&rich_text::inline_html(&option.text));
                        show(&option.reason);
                    }
                }
            }
        }
    }
}

fn show_card(card: &Card) {
    for ordinal in card.ordinals().into_iter().take(SHOWN) {
        let sides = rich_text::sides(card, ordinal, &Media::none());
        assert_harmless(&sides.front_html);
        assert_harmless(&sides.back_html);
    }
    let _ = (rich_text::words_of_card(card), rich_text::shown_files(card));
}

fn show(markdown: &str) {
    assert_harmless(&rich_text::html(markdown));
    let _ = rich_text::plain_text(markdown);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::TARGETS;

    #[test]
    fn every_target_reads_its_seeds() {
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        for (name, target) in TARGETS {
            assert!(fuzz.join(format!("fuzz_targets/{name}.rs")).is_file(), "{name}");
            let seeds = std::fs::read_dir(fuzz.join("seeds").join(name)).expect(name);
            let mut count = 0;
            for seed in seeds {
                target(&std::fs::read(seed.expect("a seed").path()).expect("its bytes"));
                count += 1;
            }
            assert!(count > 0, "{name}");
        }
    }
}
