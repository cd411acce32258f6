use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::formats::Quiet;
use crate::formats::outline::{outline, zip_of};

const DECK_JSON: &str = r#"{
  "__type__": "Deck", "name": "Root", "crowdanki_uuid": "u-1", "desc": "<b>About</b> it",
  "note_models": [
    {"__type__": "NoteModel", "crowdanki_uuid": "m-1", "name": "Basic", "type": 0,
     "flds": [{"name": "Back", "ord": 1}, {"name": "Front", "ord": 0}],
     "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}",
                "afmt": "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"}]},
    {"__type__": "NoteModel", "crowdanki_uuid": "m-2", "name": "Cloze", "type": 1,
     "flds": [{"name": "Text", "ord": 0}],
     "tmpls": [{"name": "Cloze", "ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}]}],
  "notes": [
    {"__type__": "Note", "guid": "g-1", "note_model_uuid": "m-1", "tags": ["S3", "s3", "a::b"],
     "fields": ["<b>f</b> <img src=\"a.png\">", "back <img src=\"gone.png\">"]},
    {"__type__": "Note", "guid": "g-2", "note_model_uuid": "m-9", "tags": [], "fields": ["x"]},
    {"__type__": "Note", "guid": "g-3", "note_model_uuid": "m-1", "tags": [], "fields": ["", "b"]}],
  "children": [{"name": "Root::Child", "crowdanki_uuid": "u-2", "notes": [
    {"__type__": "Note", "guid": "g-4", "note_model_uuid": "m-2", "fields": ["{{c1::a}} and {{c2::b}}"]}]}],
  "media_files": ["a.png"]
}"#;

fn package(json: &str) -> Package {
    let zip = zip_of(&[
        ("deck/deck.json", json.as_bytes()),
        ("deck/media/a.png", b"\x89PNG\r\n\x1a\n...."),
    ]);
    Package::of_bytes("shared.zip", zip).unwrap()
}

#[test]
fn decks_with_those_under_them_are_the_cards_that_anki_makes() {
    let package = package(DECK_JSON);
    let draft = read(&package, &Quiet).unwrap();
    assert_snapshot!(outline(&draft));
    for media in draft.decks.iter().flat_map(|deck| &deck.media) {
        assert!(package.media(media).is_ok(), "{media:?}");
    }
}

#[test]
fn what_is_no_deck_is_refused_with_its_place() {
    let wrong = read(&package("{\n \"notes\": [{}]}"), &Quiet).unwrap_err();
    assert!(wrong.to_string().contains("line 2"), "{wrong}");
    let zip = Package::of_bytes("a.zip", zip_of(&[("a.txt", b"a")])).unwrap();
    assert!(matches!(read(&zip, &Quiet), Err(CrowdAnkiError::NoDeck(_))));
    let deep = "{\"children\":[".repeat(500);
    assert!(matches!(read(&package(&deep), &Quiet), Err(CrowdAnkiError::Json { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_mutated_deck_is_read_or_refused(
        cut in 0usize..1900,
        insert in prop::sample::select(vec!["{", "}", "\"", "[", "null", "{{c1::", "::", "<", "9"]),
    ) {
        let cut = cut.min(DECK_JSON.len());
        let json = format!("{}{insert}{}", &DECK_JSON[..cut], &DECK_JSON[cut..]);
        if let Ok(draft) = read(&package(&json), &Quiet) {
            prop_assert!(draft.decks.iter().all(|deck| !deck.path.is_empty()));
        }
    }
}
