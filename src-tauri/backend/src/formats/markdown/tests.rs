use super::*;
use crate::deck::{Card, CardStyle};

const HEAD: &str = "---\ndeck: sample\ntitle: Sample\nversion: 1.0.0\nlicense: CC0-1.0\n---\n";

fn one(text: &str) -> [Source; 1] {
    [Source::new("deck.md", text.as_bytes().to_vec())]
}

fn codes(text: &str) -> Vec<(u32, String)> {
    let problems = parse(&one(text)).unwrap_err();
    problems.into_iter().map(|problem| (problem.line, problem.code.into_owned())).collect()
}

/// Codes of the problems of one item below a sound front matter.
fn item_codes(item: &str) -> Vec<String> {
    codes(&format!("{HEAD}\n{item}")).into_iter().map(|(_, code)| code).collect()
}

fn item(text: &str) -> Item {
    parse(&one(&format!("{HEAD}\n{text}"))).unwrap().deck.items.remove(0)
}

fn question(text: &str) -> crate::deck::Question {
    match item(text).body {
        ItemBody::Question(question) => question,
        ItemBody::Card(_) => panic!("a card"),
    }
}

const FIRST: &str = include_str!("../../../../../docs/deck-format.md");

/// The indented example of the manual that begins with this line.
fn example(first_line: &str) -> String {
    let start = FIRST.find(&format!("    {first_line}")).unwrap();
    let indented = |line: &&str| line.starts_with("    ") || line.is_empty();
    let lines = FIRST[start..].lines().take_while(indented);
    lines.map(|line| line.strip_prefix("    ").unwrap_or("")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_examples_of_the_manual_are_a_deck() {
    let text = format!(
        "{}\n{}\n{}",
        example("---").trim(),
        example("## Question firehose-json-to-parquet"),
        example("## Card recall-when"),
    );
    let parsed = parse(&one(&text)).unwrap();
    insta::assert_json_snapshot!(parsed.deck);
    assert_eq!(parse(&one(&write(&parsed.deck).unwrap())).unwrap().deck, parsed.deck);
}

#[test]
fn the_orders_matches_and_cases_of_the_manual_are_a_deck() {
    let text = format!(
        "{HEAD}\n{}\n{}\n{}",
        example("## Question bring-a-model-into-production"),
        example("## Question storage-for-each-need"),
        example("## Case tea-shop"),
    );
    let parsed = parse(&one(&text)).unwrap();
    insta::assert_json_snapshot!(parsed.deck.items);
    let written = write(&parsed.deck).unwrap();
    insta::assert_snapshot!(written);
    assert_eq!(parse(&one(&written)).unwrap().deck, parsed.deck);
}

#[test]
fn places_of_prompts_and_responses_are_known() {
    let text = format!("{HEAD}{}", example("## Question storage-for-each-need"));
    let place = parse(&one(&text)).unwrap().places.into_values().next().unwrap();
    assert_eq!(place.prompts.len(), 3);
    assert_eq!(place.options.len(), 4);
    assert_eq!(place.options[..3], place.prompts[..]);
}

#[test]
fn every_mistake_of_an_order_a_match_or_a_case_is_reported_at_its_place() {
    let start = |slug: &str| format!("## Question {slug}\ndifficulty: easy\n\nWhich?\n\n");
    let items = [
        "1. [x] a\n3. [x] b\n",
        "1. [x] a\n- [ ] b\n2. [x] c\n",
        "1. [x] a\n- [x] b\n",
        "1. [x] a\n2. [ ] b\n",
        "1. [x] a\n- [ ] b\n",
        "- [x] a\n  => b\n- [x] c\n",
        "- [x] a\n  => b\n- [ ] c\n  => d\n",
        "- [x] a\n  => b\n- [ ] c\n- [x] d\n  => e\n",
        "1. [x] a\n   => b\n",
        "- [x] a\n  => b\n  => c\n",
        "- [x] a\n  =>\n- [x] b\n  => c\n",
        "- [x] a\n  => b\n- [x] c\n  => b\n",
        "- [x] a\n  => b\n",
    ];
    let items: Vec<String> =
        (0..).zip(items).map(|(n, item)| start(&format!("q{n}")) + item).collect();
    let items = items.join("\n") + "\n";
    let others = "## Case\n\nx\n\n## Case q0\n\nx\n\n## Case empty\n\n## Case fields\ntask: 1.1\n\nx\n\n\
        ## Question also\ndifficulty: easy · also: MLA-C01\n\nWhich?\n\n- [x] a\n- [ ] b\n\n\
        ## Question twice\ndifficulty: easy · also: A 1, A 2\n\nWhich?\n\n- [x] a\n- [ ] b\n\n\
        ## Card a\ncase: c\n\na\n\n---\n\nb\n";
    let found: Vec<String> = parse(&one(&format!("{HEAD}{items}{others}")))
        .unwrap_err()
        .into_iter()
        .map(|problem| format!("{}: {}: {}", problem.line, problem.code, problem.message))
        .collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn questions_name_cases_of_the_deck_and_cases_have_questions() {
    let question = "## Question a\ndifficulty: easy · case: c\n\nWhich?\n\n- [x] a\n- [ ] b\n\n";
    assert_eq!(item_codes(question), ["bad-case"]);
    assert_eq!(item_codes("## Case c\n\nA scenario.\n"), ["bad-case"]);
    let both = format!("{question}## Case c\n\nA scenario.\n\n---\n\nIts end.\n");
    let ItemBody::Question(question) = item(&both).body else { panic!("a card") };
    assert_eq!(question.case.unwrap().scenario, "A scenario.\n\n---\n\nIts end.");
    let one = |n| {
        format!("## Question a{n}\ndifficulty: easy · case: c\n\nWhich?\n\n- [x] a\n- [ ] b\n\n")
    };
    let many: String = (0..11).map(one).collect();
    assert_eq!(item_codes(&format!("{many}## Case c\n\nx\n")), ["bad-case"]);
}

#[test]
fn a_card_cannot_name_a_kind_whose_sides_stand_elsewhere() {
    let card = |kind: &str| format!("## Card a\nkind: {kind}\n\nfront\n\n---\n\nback\n");
    for style in CardStyle::WRITTEN {
        let ItemBody::Card(card) = item(&card(style.name())).body else { panic!("a question") };
        assert_eq!(card.style, style);
    }
    assert_eq!(item_codes(&card("faces")), ["bad-field"]);
}

#[test]
fn every_mistake_of_a_deck_is_reported_at_its_place() {
    let deck = "---\ndeck: Sample\ntitle: \nversion: one\nlicense: MIT\n---\n";
    let items = "# Title\n\nstray\n\n\
        ## Question Bad Slug\ntask: 1.1 · difficulty: tough · colour: red\n\nStem?\n\n\
        - [ ] a\n- [ ] b\n\nWhy: c\n\n\
        ## Question twice\ndifficulty: easy\n\n- [x] a\nReference: http://example.org\n\n\
        ## Question twice\ndifficulty: easy\nProse without a blank line.\n\n\
        ## Card one-side\n\nFront\n\n\
        ## Questoin typo\n\n\
        ## Question open-fence\ndifficulty: easy\n\n```\nStem?\n\n- [x] a\n- [ ] b\n- c\n\nlate\n\n\
        Why: x\n\nWhy: y\n\nReference: nowhere\n\nafter\n";
    let sources = [
        Source::new("d/deck.md", deck.as_bytes()),
        Source::new("d/1-items.md", items.as_bytes()),
        Source::new("d/2-bytes.md", b"# T\n\xff".as_slice()),
    ];
    let problems = parse(&sources).unwrap_err();
    insta::assert_json_snapshot!(problems);
}

#[test]
fn files_are_read_in_the_order_of_their_paths_wherever_the_front_matter_is() {
    let card = |slug: &str| format!("# T\n\n## Card {slug}\n\na\n\n---\n\nb\n").into_bytes();
    let sources = [
        Source::new("d/z/deck.md", card("last")),
        Source::new("d/deck.md", HEAD.as_bytes()),
        Source::new("d/b.md", card("second")),
        Source::new("d/a.md", card("first")),
    ];
    let parsed = parse(&sources).unwrap();
    let slugs: Vec<_> = parsed.deck.items.iter().map(|item| item.slug.as_str()).collect();
    assert_eq!(slugs, ["first", "second", "last"]);
    let place = &parsed.places[&"second".parse::<ItemSlug>().unwrap()];
    assert_eq!((place.file.as_str(), place.line), ("d/b.md", 3));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_accepted_and_not_kept() {
    let text = format!("\u{feff}{HEAD}\n## Card a\n\nfront\nmore\n\n---\n\nback\n");
    let expected = parse(&one(&text)).unwrap();
    assert_eq!(parse(&one(&text.replace('\n', "\r\n"))).unwrap(), expected);
}

#[test]
fn options_may_use_other_bullets_lazy_lines_and_deeper_reasons() {
    let question = question(
        "## Question a\ndifficulty: easy\n\nStem\n\n- a list\n- in the stem\n\nWhich?\n\n\
         * [X] Key\n  goes on\nlazily.\n    - Reason\n      goes on\n    lazily.\n\
         * [ ]\n\n  ```\n  - code\n  ```\n  - Other\n",
    );
    assert_eq!(question.stem, "Stem\n\n- a list\n- in the stem\n\nWhich?");
    assert_eq!(question.options[0].text, "Key\ngoes on\nlazily.");
    assert_eq!(question.options[0].reason, "Reason\ngoes on\nlazily.");
    assert_eq!(question.options[1].text, "```\n- code\n```");
    assert_eq!(question.options[1].reason, "Other");
}

#[test]
fn structure_inside_code_is_text_except_for_item_headings() {
    let question = question(
        "## Question a\ndifficulty: easy\n\n```yaml\n# comment\n- [x] no option\nWhy: no\n\
         \\## Question no-item\n```\n\nWhich?\n\n- [x] a\n- [ ] b\n",
    );
    assert!(question.stem.contains("\n# comment\n- [x] no option\nWhy: no\n## Question no-item\n"));
}

#[test]
fn a_backslash_makes_structure_text() {
    let question = question(
        "## Question a\ndifficulty: easy\n\n\\- [x] text\n\\\\Why: one backslash\n\n\
         - [x] a\n  \\- no reason\n- [ ] b\n",
    );
    assert_eq!(question.stem, "- [x] text\n\\Why: one backslash");
    assert_eq!(question.options[0].text, "a\n- no reason");
}

#[test]
fn the_explanation_may_hold_blocks_and_references_may_be_bare_or_wrapped() {
    let question = question(
        "## Question a\ndifficulty: easy\n\nWhich?\n\n- [x] a\n- [ ] b\n\n\
         Why: One.\n\n| a |\n|---|\n\nTwo.\n\nReference: https://example.org/a_(b)\n\
         Reference: [A \\[title\\]\n(2nd)](https://example.org/)\n",
    );
    assert_eq!(question.explanation, "One.\n\n| a |\n|---|\n\nTwo.");
    assert_eq!(question.references[0].title, "https://example.org/a_(b)");
    assert_eq!(question.references[1].title, "A [title] (2nd)");
    assert_eq!(question.references[1].url, "https://example.org/");
}

#[test]
fn an_items_mistake_does_not_swallow_the_next_item() {
    let text = format!(
        "{HEAD}\n## Card a\n\n```\nfront\n\n## Card b\n\nfront\n\n---\n\nback\n\n## Card c\n\nx\n"
    );
    let reading = read(&one(&text));
    assert_eq!(reading.items.len(), 1);
    assert_eq!(
        codes(&text),
        [(8, "no-back".into()), (10, "open-fence".into()), (21, "no-back".into())]
    );
}

#[test]
fn parts_out_of_order_are_refused() {
    let start = "## Question a\ndifficulty: easy\n\nWhich?\n\n";
    assert_eq!(item_codes(&format!("{start}Why: x\n\n- [x] a\n- [ ] b\n")), ["out-of-order"]);
    assert_eq!(
        item_codes(&format!("{start}- [x] a\n- [ ] b\n\nWhy: x\n\n- [ ] c\n")),
        ["out-of-order"]
    );
    let refs = "- [x] a\n- [ ] b\n\nReference: https://example.org/\n\nWhy: x\n";
    assert_eq!(item_codes(&format!("{start}{refs}")), ["out-of-order"]);
}

#[test]
fn enemies_are_other_questions_of_the_deck() {
    let question = |slug: &str, enemy: &str| {
        let fields = format!("difficulty: easy · enemies: {enemy}");
        format!("## Question {slug}\n{fields}\n\nWhich?\n\n- [x] a\n- [ ] b\n\n")
    };
    let card = "## Card c\n\na\n\n---\n\nb\n";
    let mutual = question("a", "b") + &question("b", "a");
    assert!(parse(&one(&format!("{HEAD}\n{mutual}"))).is_ok());
    for enemy in ["a", "c", "nobody"] {
        assert_eq!(item_codes(&(question("a", enemy) + card)), ["unknown-enemy"]);
    }
}

#[test]
fn every_bound_is_kept() {
    let long = "x".repeat(MAX_TEXT + 1);
    assert_eq!(item_codes(&format!("## Card a\n\n{long}\n\n---\n\nb\n")), ["text-too-long"]);
    let huge = "x\n".repeat(MAX_ITEM / 2);
    assert_eq!(item_codes(&format!("## Card a\n\n{huge}\n---\n\nb\n")), ["item-too-large"]);
    let many = "- [x] a\n".to_owned() + &"- [ ] b\n".repeat(10);
    let eleven = format!("## Question a\ndifficulty: easy\n\nWhich?\n\n{many}");
    assert_eq!(item_codes(&eleven), ["option-count"]);
    let tags: Vec<String> = (0..33).map(|n| n.to_string()).collect();
    let tagged = format!("## Card a\ntags: {}\n\na\n\n---\n\nb\n", tags.join(","));
    assert_eq!(item_codes(&tagged), ["bad-field"]);
    let large = Source::new("deck.md", vec![b'x'; MAX_FILE + 1]);
    assert_eq!(parse(&[large]).unwrap_err()[0].code, "file-too-large");
    let pairs: Vec<String> = (0..11).map(|n| format!("- [x] p{n}\n  => r{n}\n")).collect();
    let pairs = pairs.join("");
    let matching = |pairs: &str| format!("## Question a\ndifficulty: easy\n\nMatch.\n\n{pairs}");
    assert_eq!(item_codes(&matching(&pairs)), ["option-count"]);
    assert_eq!(item_codes(&matching(&pairs.repeat(1_000))), ["option-count"]);
    let files: Vec<Source> = (0..=MAX_FILES).map(|n| Source::new(n.to_string(), vec![])).collect();
    assert_eq!(parse(&files).unwrap_err()[0].code, "deck-too-large");
}

#[test]
fn problems_beyond_the_limit_are_counted_not_listed() {
    let text = format!("{HEAD}\n{}", "## Card a b\n\n".repeat(600));
    let problems = parse(&one(&text)).unwrap_err();
    assert_eq!(problems.len(), 501);
    assert_eq!(problems[500].code, "too-many-problems");
}

/// Inputs on which a careless reader takes quadratic time or nests without bound.
#[test]
fn hostile_input_is_read_in_linear_time() {
    let heads =
        ["## Question a\ndifficulty: easy\n\n", "## Card a\n\n", "## Case a\n\n", "", "---\n"];
    let pieces = [
        "```a\n",
        "~~~\n```\n",
        "- [x] ",
        "  - ",
        "> ",
        "[",
        "\\",
        "\t",
        "# ",
        "Why:\n",
        "`",
        "<!--",
        "a · ",
        "- [ ] a\n  - b\n",
        "1. [x] a\n",
        "- [x] a\n  => b\n",
        "  =>\n",
        "also: A 1, ",
        "Reference: [",
        "{a: ",
        "&a [*a,",
        "\u{2028}",
        "| a ",
        "**a ",
    ];
    let start = std::time::Instant::now();
    for head in heads {
        for piece in pieces {
            let item = piece.repeat(MAX_ITEM / piece.len() - 20);
            let _ = read(&one(&format!("{HEAD}\n{head}{item}\n")));
            let _ = read(&one(&format!("---\n{head}{}\n", piece.repeat(4000))));
        }
    }
    let growing: String = (3..700).rev().map(|n| "`".repeat(n) + "a\n").collect();
    let _ = read(&one(&format!("{HEAD}\n## Card a\n\n{growing}")));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_deck_that_breaks_a_rule_is_not_written() {
    let text = format!("{HEAD}\n## Card a\ntags: x\n\na\n\n---\n\nb\n");
    let mut deck = parse(&one(&text)).unwrap().deck;
    deck.items[0].tags = vec!["a, b".into()];
    assert_eq!(write(&deck), Err(WriteError::NotFaithful("a".into())));
    deck.items[0].tags = vec!["A".into()];
    assert!(matches!(write(&deck), Err(WriteError::Unsound(_))));
}

#[test]
fn a_folder_is_read_with_its_subfolders_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let deck = folder.path().join("deck");
    std::fs::create_dir_all(deck.join("sub")).unwrap();
    std::fs::write(deck.join("deck.md"), HEAD).unwrap();
    std::fs::write(deck.join("sub/a.md"), "## Card a\n\na\n\n---\n\nb\n").unwrap();
    std::fs::write(deck.join("notes.txt"), "not Markdown").unwrap();
    std::fs::write(deck.join(".hidden.md"), "not read").unwrap();
    let sources = read_folder(&deck).unwrap();
    assert_eq!(sources.len(), 2);
    assert_eq!(parse(&sources).unwrap().deck.items.len(), 1);
    assert!(matches!(read_folder(&deck.join("missing")), Err(FolderError::Io { .. })));
}

#[test]
fn the_kinds_of_cards_are_read_and_a_cloze_needs_no_back() {
    let card = |text: &str| match item(text).body {
        ItemBody::Card(card) => card,
        ItemBody::Question(_) => panic!("a question"),
    };
    let cloze = card("## Card a\nkind: cloze · tags: s3\n\n{{c1::S3}} and {{c3::Glue}}\n");
    assert_eq!((cloze.style, cloze.back.as_str()), (CardStyle::Cloze, ""));
    assert_eq!(cloze.ordinals(), [0, 2]);
    let extra = card("## Card a\nkind: cloze\n\n{{c1::S3}}\n\n---\n\nMore.\n");
    assert_eq!(extra.back, "More.");
    let reversed = card("## Card a\nkind: reversed\n\na\n\n---\n\nb\n");
    assert_eq!(reversed.ordinals(), [0, 1]);
    let typed = card("## Card a\nkind: typed\n\na\n\n---\n\nb\n");
    assert_eq!((typed.style, typed.ordinals()), (CardStyle::Typed, vec![0]));
    assert_eq!(card("## Card a\nkind: basic\n\na\n\n---\n\nb\n"), Card::basic("a", "b"));
    assert_eq!(item_codes("## Card a\nkind: odd\n\na\n\n---\n\nb\n"), ["bad-field"]);
    assert_eq!(item_codes("## Card a\nkind: typed\n\na\n"), ["no-back"]);
    let question = "## Question a\ndifficulty: easy · kind: typed\n\nx?\n\n- [x] a\n- [ ] b\n";
    assert_eq!(item_codes(question), ["unknown-field"]);
}

#[test]
fn the_cards_of_the_manual_are_sound() {
    for (heading, ordinals) in [
        ("## Card precision-and-recall", 2),
        ("## Card firehose-formats", 2),
        ("## Card recall-formula", 1),
    ] {
        let text = example(heading);
        let ItemBody::Card(card) = item(&text).body else { panic!("a question") };
        assert_eq!(card.ordinals().len(), ordinals, "{heading}");
    }
}
