//! One function for each parser that takes bytes which anybody may have made. The fuzz targets run
//! them (`fuzz/`), and the tests run them over the seeds of these. They panic where the parser
//! does, where what it read breaks a rule of [`Draft`] or does not read back as it is written, and
//! where it is not shown as clean HTML.
#![expect(clippy::missing_panics_doc, reason = "to panic is how these say that something is wrong")]

mod harmless;
mod sound;

use std::io::{Cursor, Write as _};

use harmless::assert_harmless;
use sound::{assert_sound, assert_sound_blueprint};

use super::anki::{Note, Notetype, card, media_names, ordinals};
use super::delimited::{self, ColumnChoice};
use super::{
    Draft, DraftContent, Format, Package, Quiet, Source, detect, markdown as native, read,
};
use crate::deck::{Card, CardStyle, Markup};
use crate::rich_text::{self, Media};
use crate::{blueprint, search};

/// What a target does with its bytes.
pub type Target = fn(&[u8]);

/// The targets by the names of their folders in `fuzz/seeds`.
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
    read_as("a.apkg", Format::Apkg, &zip_of([("collection.anki21", bytes)]));
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
    match blueprint::load("a.toml", bytes) {
        Ok(blueprint) => assert_sound_blueprint(&blueprint),
        Err(faults) => {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            assert!(!faults.0.is_empty(), "a blueprint is refused without a reason");
            for fault in faults.0 {
                assert!((1..=lines).contains(&(fault.line as usize)), "{fault:?} of {lines} lines");
            }
        }
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

/// A deck in Sitwell's own format; one without problems is written again.
pub fn markdown(bytes: &[u8]) {
    read_as("deck.md", Format::Markdown, bytes);
    if let Ok(parsed) = native::parse(&[Source::new("deck.md", bytes.to_vec())]) {
        // Which compares what it wrote with what it was given.
        let written = native::write(&parsed.deck);
        assert!(written.is_ok(), "{written:?}");
    }
}

/// Questions in Moodle's XML.
pub fn moodle_xml(bytes: &[u8]) {
    read_as("a.xml", Format::MoodleXml, bytes);
}

/// A zip or a file of which nothing is known.
pub fn package(bytes: &[u8]) {
    let Some(package) = package_of("a.zip", bytes) else { return };
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
    let apart = query.spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    assert!(apart, "{:?} overlap", query.spans);
    if let Ok(Some(tree)) = &query.tree {
        let (terms, depth) = measured(tree);
        assert!(terms <= search::MAX_TERMS && depth <= 3 * search::MAX_DEPTH, "{terms}, {depth}");
    }
}

/// Terms of a tree, and how deep it is.
fn measured(node: &search::Node) -> (usize, usize) {
    let below: Vec<(usize, usize)> = match node {
        search::Node::Term(_) => return (1, 0),
        search::Node::Not(node) => vec![measured(node)],
        search::Node::And(nodes) | search::Node::Or(nodes) => {
            assert!(nodes.len() > 1, "one condition is no list: {node:?}");
            nodes.iter().map(measured).collect()
        }
    };
    let terms = below.iter().map(|(terms, _)| terms).sum();
    (terms, 1 + below.iter().map(|(_, depth)| *depth).max().unwrap_or_default())
}

fn read_as(name: &str, format: Format, bytes: &[u8]) {
    if let Some(package) = package_of(name, bytes) {
        read_package(&package, format);
    }
}

/// What stands before a file of a package that is put together here, and behind its name. No byte
/// of a zip can be changed without its being damaged.
const FILE: u8 = 0x1e;
const NAMED: u8 = 0x1f;

fn package_of(name: &str, bytes: &[u8]) -> Option<Package> {
    let bytes = match bytes.strip_prefix(&[FILE]) {
        Some(files) => zip_of(files.split(|byte| *byte == FILE).filter_map(|file| {
            let mut parts = file.splitn(2, |byte| *byte == NAMED);
            Some((std::str::from_utf8(parts.next()?).ok()?, parts.next()?))
        })),
        None => bytes.to_vec(),
    };
    Package::of_bytes(name, bytes).ok()
}

/// A zip of files as they are; without those of the same name as another.
fn zip_of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        if zip.start_file(name, stored).is_ok() {
            // Writing to memory does not fail.
            let _ = zip.write_all(bytes);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn read_package(package: &Package, format: Format) {
    match read(package, format, &ColumnChoice::default(), &Quiet) {
        Ok(draft) => {
            assert_sound(&draft);
            show_draft(&draft);
        }
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
                    if let Some(case) = &question.case {
                        show(&case.scenario);
                    }
                    for option in &question.options {
                        assert_harmless(&rich_text::inline_html(&option.text));
                        show(&option.reason);
                    }
                    for prompt in question.prompts() {
                        assert_harmless(&rich_text::inline_html(&prompt.text));
                        show(&prompt.reason);
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
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join("seeds");
        for (name, target) in TARGETS {
            let seeds: Vec<_> = std::fs::read_dir(home.join(name)).expect(name).collect();
            assert!(!seeds.is_empty(), "{name}");
            for seed in seeds {
                target(&std::fs::read(seed.expect("a seed").path()).expect("its bytes"));
            }
        }
        let folders = std::fs::read_dir(home).expect("the seeds").count();
        assert_eq!(folders, TARGETS.len(), "each folder is of a target");
    }
}
