use proptest::prelude::*;

use super::{ColumnChoice, ColumnRole, columns, read};
use crate::deck::{Card, CardStyle, Difficulty, Markup, Question};
use crate::formats::{Draft, DraftContent, Format, Package, detect};

fn package(name: &str, bytes: &[u8]) -> Package {
    Package::of_bytes(name, bytes.to_vec()).unwrap()
}

fn draft(name: &str, text: &str) -> Draft {
    let package = package(name, text.as_bytes());
    let format = detect(&package).unwrap();
    read(&package, format, &ColumnChoice::default()).unwrap()
}

fn cards(draft: &Draft) -> Vec<&Card> {
    let items = draft.decks.iter().flat_map(|deck| &deck.items);
    items
        .filter_map(|item| match &item.body {
            DraftContent::Card(card) => Some(&**card),
            DraftContent::Question(_) => None,
        })
        .collect()
}

fn questions(draft: &Draft) -> Vec<&Question> {
    let items = draft.decks.iter().flat_map(|deck| &deck.items);
    items
        .filter_map(|item| match &item.body {
            DraftContent::Question(question) => Some(&**question),
            DraftContent::Card(_) => None,
        })
        .collect()
}

#[test]
fn an_export_of_anki_is_read_by_its_directives() {
    let text = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n\
        #tags column:6\n\
        g1\tBasic\tAll::A\t<b>front</b>\t\"back<br>\"\"two\"\"\"\tx Y\n\
        g2\tCloze\tAll::B\t{{c1::a}} b\t\t\n\
        g3\tBasic (and reversed card)\tAll::A\tf\tb\tx\n";
    let draft = draft("notes.txt", text);
    assert_eq!(draft.format, Format::AnkiText);
    let paths: Vec<_> = draft.decks.iter().map(|deck| deck.path.join("::")).collect();
    assert_eq!(paths, ["All::A", "All::B"]);
    let first = &draft.decks[0].items[0];
    assert_eq!((first.source_id.as_deref(), first.place.line), (Some("g1"), 7));
    assert_eq!(first.tags, ["x", "y"]);
    let cards = cards(&draft);
    assert_eq!(cards[0].back, "back<br>\"two\"");
    assert!(cards.iter().all(|card| card.markup == Markup::Html));
    let styles: Vec<CardStyle> = cards.iter().map(|card| card.style).collect();
    assert_eq!(styles, [CardStyle::Basic, CardStyle::Reversed, CardStyle::Cloze]);
    assert_eq!(draft.problems, []);
}

#[test]
fn a_table_of_questions_is_read_by_its_header() {
    let text = "Question,Option A,Option B,Option C,Correct Answer,Explanation,Domain,Difficulty,\
        Reference,Author\n\
        Which?,a,b,,B,because,1.2,hard,https://example.org,me\n\
        \"Which, two?\",a,b,c,\"A, C\",,,,,\n\
        By text?,one,two,three,two,,,easy,,\n\
        None?,a,b,c,,,,,,\n";
    let draft = draft("q.csv", text);
    let found = questions(&draft);
    assert_eq!(found.len(), 3);
    assert_eq!((found[0].options.len(), found[0].difficulty), (2, Difficulty::Hard));
    assert_eq!((found[0].explanation.as_str(), found[0].references.len()), ("because", 1));
    assert_eq!(draft.decks[0].items[0].task.as_deref(), Some("1.2"));
    assert_eq!((found[1].stem.as_str(), found[1].key_count()), ("Which, two?", 2));
    assert!(found[2].options[1].key);
    assert_eq!(draft.problems.len(), 1);
    assert_eq!((&*draft.problems[0].code, draft.problems[0].line), ("no-key", 5));
    assert_eq!(draft.passed_over[0].text, "Author");
}

#[test]
fn wrong_answers_and_a_right_one_make_a_question() {
    let text = "question;correct answer;incorrect answer 1;incorrect answer 2\nWhich?;r;w;v\n";
    let draft = draft("q.csv", text);
    let question = questions(&draft)[0];
    assert_eq!((question.options.len(), question.key_count()), (3, 1));
    assert!(question.options.iter().any(|option| option.key && option.text == "r"));
}

#[test]
fn what_columns_hold_is_found_out_without_names() {
    use ColumnRole::{Back, Front, Key, Option as Choice, Stem, Tags};
    let view = |text: &str| columns(&package("a.txt", text.as_bytes()), &ColumnChoice::default());
    let seen = view("ice\tcold\nfire\thot\n").unwrap();
    assert_eq!((seen.delimiter.as_str(), seen.header), ("\t", false));
    assert_eq!(seen.roles, [Front, Back]);
    let seen = view("Which?|a|b|A\nWhat?|c|d|B\n").unwrap();
    assert_eq!((seen.delimiter.as_str(), seen.roles), ("|", vec![Stem, Choice, Choice, Key]));
    let seen = view("a;b;x y\nc;d;z\n").unwrap();
    assert_eq!(seen.roles, [Front, Back, Tags]);
    assert_eq!(seen.rows, [["a", "b", "x y"], ["c", "d", "z"]]);
    let seen = view("term,definition\na,b\n").unwrap();
    assert!(seen.header);
    assert_eq!(
        (seen.names, seen.rows),
        (vec!["term".into(), "definition".into()], vec![vec!["a".into(), "b".into()]])
    );
}

#[test]
fn what_is_chosen_goes_before_what_is_found() {
    let choice = ColumnChoice {
        delimiter: Some(";".into()),
        encoding: Some("windows-1252".into()),
        header: Some(false),
        roles: vec![ColumnRole::Back, ColumnRole::Front],
    };
    let package = package("a.csv", b"term;gr\xf6\xdfe\n");
    let view = columns(&package, &choice).unwrap();
    assert_eq!((view.encoding.as_str(), view.header), ("windows-1252", false));
    let draft = read(&package, Format::Csv, &choice).unwrap();
    let card = cards(&draft)[0];
    assert_eq!((card.front.as_str(), card.back.as_str()), ("größe", "term"));
}

#[test]
fn a_quotation_mark_that_does_not_close_swallows_nothing() {
    let draft = draft("a.tsv", "\"5 inch\tdisk\nb\tc\n");
    assert_eq!(cards(&draft).len(), 2);
    assert_eq!(&*draft.problems[0].code, "quotes");
}

#[test]
fn a_row_without_a_side_is_an_error_or_a_warning_at_its_line() {
    let draft = draft("a.csv", "front,back\n,b\na,\nc,d\n");
    let found: Vec<(&str, u32)> =
        draft.problems.iter().map(|problem| (&*problem.code, problem.line)).collect();
    assert_eq!(found, [("no-front", 2), ("no-back", 3)]);
    assert_eq!(cards(&draft).len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let package = package("a.csv", &bytes);
        let choice = ColumnChoice::default();
        let _ = columns(&package, &choice);
        let _ = read(&package, Format::Csv, &choice);
    }

    #[test]
    fn what_a_writer_of_csv_writes_is_read(
        rows in prop::collection::vec(("[a-z][a-z ,\";\n]{0,20}[a-z]", "[a-z][a-z ,\"]{0,20}[a-z]"), 1..8),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["front", "back"]).unwrap();
        for (front, back) in &rows {
            writer.write_record([front, back]).unwrap();
        }
        let package = package("a.csv", &writer.into_inner().unwrap());
        let draft = read(&package, Format::Csv, &ColumnChoice {
            delimiter: Some(",".into()), ..ColumnChoice::default()
        }).unwrap();
        let read: Vec<(String, String)> =
            cards(&draft).iter().map(|card| (card.front.clone(), card.back.clone())).collect();
        let normal = |text: &String| crate::formats::markdown::normalise(text);
        let expected: Vec<(String, String)> =
            rows.iter().map(|(front, back)| (normal(front), normal(back))).collect();
        prop_assert_eq!(read, expected);
    }
}

#[test]
fn a_tag_of_all_rows_is_not_there_twice() {
    let text = "#separator:tab\n#tags:X x\n#tags column:3\na\tb\tx y\n";
    assert_eq!(draft("notes.txt", text).decks[0].items[0].tags, ["x", "y"]);
}
