//! Notes and templates, and packages that are broken.

use std::io::Write as _;

use proptest::prelude::*;

use super::cards::{self, Note};
use super::notetype::{self, Notetype};
use super::render::TooLong;
use super::{AnkiError, read};
use crate::deck::{Card, CardStyle, Markup};
use crate::formats::{Package, Quiet};

fn notetype(kind: u8, fields: &[&str], templates: &[(&str, &str)]) -> Notetype {
    let fields: Vec<_> = (0..)
        .zip(fields)
        .map(|(ord, name): (i32, _)| serde_json::json!({ "name": name, "ord": ord }))
        .collect();
    let templates: Vec<_> = (0..)
        .zip(templates)
        .map(|(ord, (front, back)): (i32, _)| {
            serde_json::json!({ "name": format!("Card {}", ord + 1), "ord": ord,
                                "qfmt": front, "afmt": back })
        })
        .collect();
    let model = serde_json::json!({ "name": "Kind", "type": kind, "flds": fields,
                                    "tmpls": templates });
    let json = serde_json::json!({ "7": model }).to_string();
    notetype::of_json(&json).expect("note types").remove(&7).expect("the one")
}

fn made(notetype: &Notetype, fields: &[&str], ordinals: &[u32]) -> Card {
    let note = Note { notetype, fields, tags: "one two", deck: "A::B" };
    let ordinals: Vec<(u32, u8)> = ordinals.iter().map(|ordinal| (*ordinal, 0)).collect();
    cards::card(note, &ordinals).expect("short enough")
}

/// Front and back of the only card of a note with the fields F = `f`, G = `<b>g</b>`, E empty.
fn rendered(front: &str, back: &str) -> (String, String) {
    let kind = notetype(0, &["F", "G", "E", "R"], &[(front, back)]);
    let card = made(&kind, &["f", "<b>g</b>", " <br> ", "日本[にほん]語[ご]"], &[0]);
    assert_eq!(card.style, CardStyle::Faces, "{card:?}");
    (card.faces[0].front.clone(), card.faces[0].back.clone())
}

#[test]
fn the_stock_note_types_become_styles_that_can_be_edited() {
    let back = "{{FrontSide}}\n\n<hr id=answer>\n\n{{G}}";
    let basic = notetype(0, &["F", "G"], &[("{{F}}", back)]);
    let card = made(&basic, &["what?", "this"], &[0]);
    assert_eq!(card, Card::basic("what?", "this"));
    let card = made(&basic, &["<b>what</b>?", "1. this"], &[0]);
    assert_eq!(card, Card { markup: Markup::Html, ..Card::basic("<b>what</b>?", "1. this") });

    let reverse = "{{FrontSide}}<hr id=\"answer\" />{{F}}";
    let pair = [("{{F}}", back), ("{{#E}}{{G}}{{/E}}", reverse)];
    let optional = notetype(0, &["F", "G", "E"], &pair);
    assert_eq!(made(&optional, &["a", "b", "y"], &[0, 1]).style, CardStyle::Reversed);
    assert_eq!(made(&optional, &["a", "b", ""], &[0]).style, CardStyle::Basic);

    let front = "{{F}}\n\n{{type:G}}";
    let typed = notetype(0, &["F", "G"], &[(front, "{{F}}\n\n<hr id=answer>\n\n{{type:G}}")]);
    assert_eq!(made(&typed, &["a", "b"], &[0]).style, CardStyle::Typed);

    let cloze = [("{{cloze:F}}", "{{cloze:F}}<br>\n{{G}}")];
    let cloze = notetype(1, &["F", "G"], &cloze);
    let text = "{{c1::a {{c2::b::hint}}}}";
    let card = made(&cloze, &[text, "extra"], &[0, 1]);
    assert_eq!((card.style, &*card.front, &*card.back), (CardStyle::Cloze, text, "extra"));
}

#[test]
fn a_card_that_the_shape_would_not_make_is_kept_as_it_is_rendered() {
    let cloze = [("{{cloze:F}}", "{{cloze:F}}<br>{{G}}")];
    let cloze = notetype(1, &["F", "G"], &cloze);
    let card = made(&cloze, &["{{c1::a::h}} b", "x"], &[0, 4]);
    assert_eq!(card.ordinals(), [0, 4]);
    assert_eq!(card.faces[0].front, "<span class=\"cloze\">[h]</span> b");
    assert_eq!(card.faces[0].back, "<span class=\"cloze\">a</span> b<br>x");
    assert_eq!(card.faces[1].front, "a b");
    let basic = notetype(0, &["F", "G"], &[("{{F}}", "{{FrontSide}}<hr id=answer>{{G}}")]);
    let card = made(&basic, &["a", "b"], &[0, 3]);
    assert_eq!((&*card.faces[1].front, &*card.faces[1].back), ("a", "b"));
}

#[test]
fn sections_depend_on_fields_and_nest() {
    let front = "{{#F}}{{^E}}x{{#G}}y{{/G}}{{/E}}{{/F}}{{#E}}no{{/E}}{{^F}}no{{/F}}";
    assert_eq!(rendered(front, "z"), ("xy".into(), "z".into()));
    let open = "{{#F}}a{{#G}}b{{/F}}c{{/G}}{{/none}}{{#Unknown}}no{{/Unknown}}{{^Unknown}}d";
    assert_eq!(rendered(open, "z").0, "abcd");
    assert_eq!(rendered("{{#Tags}}t{{/Tags}} {{! no }}<!-- {{F}} -->{{{F}}}", "z").0, "t f}");
}

#[test]
fn facts_about_the_card_can_be_shown() {
    let front = "{{Tags}}|{{Type}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{CardFlag}}|";
    assert_eq!(rendered(front, "z").0, "one two|Kind|A::B|B|Card 1||");
}

#[test]
fn filters_change_what_is_shown() {
    for (template, wanted) in [
        ("x{{text:G}}", "xg"),
        ("x{{hint:G}}", "x<details><summary>G</summary><b>g</b></details>"),
        ("x{{hint:Nothing}}", "x"),
        (
            "x{{furigana:R}}",
            "x<ruby><rb>日本</rb><rt>にほん</rt></ruby><ruby><rb>語</rb><rt>ご</rt></ruby>",
        ),
        ("x{{kana:R}}", "xにほんご"),
        ("x{{kanji:text:R}}", "x日本語"),
        ("x{{tts en_US voices=A:F}}y{{tts-voices:}}", "xy"),
        ("x{{addon:F}}", "xf"),
    ] {
        assert_eq!(rendered(template, "z").0, wanted, "{template}");
    }
    let other = "{{=<% %>=}}x<%F%><%#E%>no<%/E%>{{F}}";
    assert_eq!(rendered(other, "z").0, "xf{{F}}");
}

#[test]
fn a_back_that_begins_with_the_front_is_told_without_it() {
    let front = "Say {{F}}";
    for back in ["{{FrontSide}}<hr id=answer>{{G}}!", "Say {{F}}\n<hr id=answer>{{G}}!"] {
        assert_eq!(rendered(front, back).1, "<b>g</b>!", "{back}");
    }
    assert_eq!(rendered(front, "{{G}} {{FrontSide}}").1, "<b>g</b> Say f");
}

#[test]
fn clozes_are_filtered_in_templates_of_any_shape() {
    let front = "{{#c2}}second: {{/c2}}{{type:cloze:F}}{{cloze-only:F}}";
    let kind = notetype(1, &["F"], &[(front, "{{cloze:F}} / {{cloze-only:F}}")]);
    let card = made(&kind, &["{{c1::a}} {{c2::b}} {{c2::c}}"], &[0, 1]);
    assert_eq!(card.faces[0].front, "[…]");
    assert_eq!(card.faces[0].typed.as_deref(), Some("a"));
    assert_eq!(card.faces[1].front, "second: […], […]");
    assert_eq!(card.faces[1].typed.as_deref(), Some("b, c"));
    let cloze = |word: &str| format!("<span class=\"cloze\">{word}</span>");
    assert_eq!(card.faces[1].back, format!("a {} {} / b, c", cloze("b"), cloze("c")));
}

#[test]
fn a_card_is_made_where_the_front_shows_a_field() {
    let kind =
        notetype(0, &["F", "E"], &[("{{F}}", ""), ("words {{E}}", ""), ("{{^E}}{{F}}{{/E}}", "")]);
    let note = |fields| Note { notetype: &kind, fields, tags: "", deck: "" };
    assert_eq!(cards::ordinals(note(&["f", " <br>"])), [0, 2]);
    assert_eq!(cards::ordinals(note(&["", "e"])), [1]);
    let cloze = notetype(1, &["F"], &[("{{cloze:F}}", "")]);
    let note = Note { notetype: &cloze, fields: &["{{c3::a}} {{c1::b}}"], tags: "", deck: "" };
    assert_eq!(cards::ordinals(note), [0, 2]);
}

#[test]
fn pictures_with_hidden_parts_are_drawn_by_numbers() {
    let fields = ["Occlusion", "Image", "Header", "Back Extra"];
    let native = notetype(1, &fields, &[("{{cloze:Occlusion}}", "")]);
    let shapes = "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>\
                  {{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.1:oi=1}}";
    let card = made(&native, &[shapes, "<img src=\"a b.png\">", "Head", "More"], &[0, 1]);
    insta::assert_json_snapshot!(card.faces);
    let fields = ["ID (hidden)", "Header", "Image", "Question Mask", "Answer Mask", "Remarks"];
    let addon = notetype(0, &fields, &[("{{Image}}", "")]);
    let picture = |name: &str| format!("<img src=\"{name}\" />");
    let values = [picture("a.png"), picture("q.svg"), picture("w.svg")];
    let card = made(&addon, &["1", "", &values[0], &values[1], &values[2], "note"], &[0]);
    insta::assert_json_snapshot!(card.faces);
}

#[test]
fn a_template_cannot_blow_up_a_note() {
    let front = "{{F}}".repeat(5_000);
    let kind = notetype(0, &["F"], &[(&front, "x")]);
    let long = "x".repeat(1_000);
    let note = Note { notetype: &kind, fields: &[&long], tags: "", deck: "" };
    assert_eq!(cards::card(note, &[(0, 0)]), Err(TooLong));
}

fn package(files: &[(&str, &[u8])]) -> Package {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("its bytes");
    }
    let bytes = zip.finish().expect("a zip").into_inner();
    Package::of_bytes("x.apkg", bytes).expect("a package")
}

#[test]
fn a_broken_package_is_an_error_that_names_the_part() {
    let error = |files: &[(&str, &[u8])]| {
        read(&package(files), &Quiet).map(|_| ()).map_err(|error| error.to_string())
    };
    let told = |files: &[(&str, &[u8])], word: &str| match error(files) {
        Err(error) => assert!(error.contains(word), "{error}"),
        Ok(()) => panic!("{word} is no collection"),
    };
    told(&[("readme.txt", b"x")], "no Anki collection");
    told(&[("collection.anki2", b"not a database at all"), ("media", b"{}")], "tables");
    told(&[("collection.anki21b", b"not compressed"), ("media", b"")], "collection.anki21b");
    told(&[("collection.anki2", b""), ("media", b"{")], "media");
    told(&[("collection.anki2", b""), ("media", b"{}")], "no table");
    let types = include_bytes!("../../../fuzz/seeds/anki_collection/types-not-utf8");
    told(&[("collection.anki2", types), ("media", b"{}")], "definition of a table is not in UTF-8");
    told(&[("collection.anki2", b""), ("meta", b"\x08\x09")], "newer Anki");
    told(&[("collection.anki2", b""), ("meta", b"\xff\xff")], "meta");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_template_renders(
        front in "(\\{\\{|\\}\\}|#|\\^|/|F|G|cloze:|type:|hint:|c1|<!--|-->|<%| |x|é){0,24}",
        back in "(\\{\\{|\\}\\}|#|/|F|FrontSide|<hr id=answer>|x){0,12}",
        field in "(\\{\\{c1::|\\}\\}|::|a|<b>|\\[|\\]| ){0,12}",
        kind in 0u8..2,
    ) {
        let kind = notetype(kind, &["F", "G"], &[(&front, &back)]);
        let card = made(&kind, &[&field, "g"], &[0]);
        prop_assert_eq!(card.ordinals(), [0]);
    }

    #[test]
    fn garbage_in_any_part_is_an_error_and_no_panic(
        garbage in proptest::collection::vec(any::<u8>(), 0..400),
        part in 0usize..4,
    ) {
        let name = ["meta", "media", "collection.anki21", "collection.anki21b"][part];
        let mut database = b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20".to_vec();
        database.extend(&garbage);
        let bytes = if part == 2 { &database } else { &garbage };
        let result = read(&package(&[("collection.anki2", b""), (name, bytes)]), &Quiet);
        let told = matches!(
            result,
            Err(AnkiError::Damaged { .. } | AnkiError::Database(_) | AnkiError::Package(_)
                | AnkiError::Newer(_))
        );
        prop_assert!(told);
    }
}

#[test]
fn cards_of_a_note_are_bounded_together() {
    let kind = notetype(0, &["F"], &[("{{F}}", "{{F}}!")]);
    let text = "x".repeat(300_000);
    let note = Note { notetype: &kind, fields: &[&text], tags: "", deck: "A" };
    let ordinals: Vec<(u32, u8)> = (0..100_000).map(|ordinal| (ordinal, 0)).collect();
    assert!(cards::card(note, &ordinals).is_err());
    assert!(cards::card(note, &ordinals[..2]).is_ok());
}

#[test]
fn sections_of_long_fields_and_names_in_numbers_are_decided_once() {
    let sections: Vec<String> =
        (0..3_000).map(|name| format!("{{{{#F}}}}{{{{n{name}}}}}{{{{/F}}}}")).collect();
    let kind = notetype(0, &["F"], &[(&sections.concat(), "{{F}}")]);
    let text = "<br>".repeat(100_000);
    let note = Note { notetype: &kind, fields: &[&text], tags: "", deck: "A" };
    assert!(cards::ordinals(note).is_empty());
}
