//! What is written reads back the same, and nothing that is read makes the reader fall over.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::deck::{
    AlsoTask, Card, CardStyle, Case, Choice, Difficulty, Interaction, Prompt, Reference,
};

/// Lines that look like structure, or that Markdown reads in its own way.
const AWKWARD: &[&str] = &[
    "## Question other-item",
    "## Card other-card",
    "##  Question",
    "## Other heading",
    "# Title",
    "#",
    "#hashtag",
    "### Third level",
    "---",
    "---  ",
    "----",
    "***",
    "Why: because",
    "Why:",
    "Reference: https://example.org",
    "- [x] looks like a key",
    "- [ ] looks like a distractor",
    "* [X] star",
    "- plain bullet",
    "  - nested bullet",
    "    - deeper bullet",
    "-",
    "+ plus",
    "1. first",
    "1. [x] looks like a step",
    "12. [ ] numbered",
    "=> looks like a response",
    "=>",
    "  => indented",
    "\\=> escaped",
    "## Case some-case",
    "```",
    "```python",
    "  ```",
    "~~~",
    "~~~~ text",
    "````",
    "`code` in a line",
    "> quote",
    "> - [x] quoted",
    "| a | b |",
    "|---|---|",
    "<div>",
    "<!-- comment",
    "-->",
    "<script>alert(1)</script>",
    "    indented code",
    "\tindented by a tab",
    "  two spaces",
    "ends with two blanks  ",
    "task: 1.2 · difficulty: easy",
    "kind: cloze",
    "a {{c1::deletion::hint}} and {{c2::more}}",
    "\\## Question escaped",
    "\\\\- [x] escaped twice",
    "\\---",
    "\\Why: x",
    "  \\- x",
    "\\```",
    "\\",
    "[x]: https://example.org",
    "===",
    "",
    "",
    "ordinary words, äöü, 你好, 🙂",
    "ends with a backslash\\",
    "\u{a0}no-break space\u{a0}",
    "\u{2028}line separator",
    "\u{c}form feed",
    "\u{feff}byte-order mark",
];

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(AWKWARD).prop_map(str::to_owned),
        2 => "[a-zA-Z0-9 ,.?()]{0,30}",
        1 => "[ \\t\\\\#`~*+\\-\\[\\]xX:>|a]{0,12}",
        1 => any::<String>().prop_map(|text| text.replace(['\n', '\r'], " ")),
    ]
}

/// Any text in normal form that is not empty.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..8)
        .prop_map(|lines| normalise(&lines.join("\n")))
        .prop_filter("not empty", |text| !text.is_empty())
}

fn optional(strategy: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 3 => strategy]
}

fn single_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9:#&*!|>'\"%@`{}\\[\\], –ü🙂\\\\-]{0,20}x",
        select(vec!["yes", "null", "1.0", "- a", "[a]", "~", "a: b", "x #y"])
            .prop_map(str::to_owned),
    ]
}

fn reference() -> impl Strategy<Value = Reference> {
    let url = select(vec![
        "https://example.org/".to_owned(),
        "https://example.org/a_(b)?c=d&e=[f]#g".to_owned(),
        "https://docs.aws.amazon.com/x/latest/dg/y.html".to_owned(),
        // Longer than a title may be; it is one where there is none.
        format!("https://example.org/{}", "long/".repeat(150)),
    ]);
    (url, "([a-zA-Z\\[\\]()\\\\ ,]{0,20}x)?").prop_map(|(url, title)| Reference {
        title: if title.is_empty() { url.clone() } else { title.trim().into() },
        url,
    })
}

prop_compose! {
    fn options()(
        texts in prop::collection::vec((text(), optional(text()), any::<bool>()), 2..=10),
        key in any::<prop::sample::Index>(),
    ) -> Vec<Choice> {
        let at = key.index(texts.len());
        let other = (at + 1) % texts.len();
        texts.into_iter().enumerate().map(|(index, (text, reason, key))| Choice {
            text,
            key: index == at || (key && index != other),
            reason,
        }).collect()
    }
}

prop_compose! {
    fn question()(
        difficulty in select(&Difficulty::ALL[..]),
        stem in text(),
        options in options(),
        explanation in optional(text()),
        references in prop::collection::vec(reference(), 0..3),
        shape in 0..4u8,
        prompts in prop::collection::vec((text(), optional(text()), any::<prop::sample::Index>()), 2..=10),
    ) -> ItemBody {
        let mut question = Question {
            difficulty,
            stem,
            options,
            explanation,
            references,
            enemies: Vec::new(),
            interaction: Interaction::Choice,
            case: None,
        };
        match shape {
            0 => order(&mut question),
            1 => matched(&mut question, prompts),
            _ => {}
        }
        ItemBody::Question(question)
    }
}

/// Makes an order of a choice: the keys first, and at least two of them.
fn order(question: &mut Question) {
    question.interaction = Interaction::Order;
    question.options.sort_by_key(|option| !option.key);
    question.options[1].key = true;
}

/// Makes a match of a choice: options become keys as prompts need them, and stand in that order.
fn matched(question: &mut Question, prompts: Vec<(String, String, prop::sample::Index)>) {
    let mut texts = std::collections::HashSet::new();
    question.options.retain(|option| texts.insert(option.text.clone()));
    if question.options.len() < 2 {
        question.options.push(Choice { text: "Other".into(), key: false, reason: String::new() });
    }
    let mut options: Vec<Choice> = Vec::new();
    let prompts = prompts
        .into_iter()
        .map(|(text, reason, pick)| {
            let picked = question.options[pick.index(question.options.len())].text.clone();
            let known = options.iter().position(|option| option.text == picked);
            let option = known.unwrap_or_else(|| {
                options.push(Choice { text: picked, key: true, reason: String::new() });
                options.len() - 1
            });
            Prompt { text, option: u8::try_from(option).unwrap(), reason }
        })
        .collect();
    let needed = options.len();
    for mut option in question.options.drain(..) {
        if options[..needed].iter().all(|other| other.text != option.text) {
            option.key = false;
            options.push(option);
        }
    }
    question.options = options;
    question.interaction = Interaction::Match { prompts };
}

fn body() -> impl Strategy<Value = ItemBody> {
    let card = (select(&CardStyle::WRITTEN[..]), text(), text(), any::<bool>()).prop_map(
        |(style, front, back, whole)| {
            let no_back = style == CardStyle::Cloze && whole;
            let back = if no_back { String::new() } else { back };
            ItemBody::Card(Card::of(style, front, back))
        },
    );
    prop_oneof![2 => question(), 1 => card]
}

fn item() -> impl Strategy<Value = Item> {
    let task =
        prop::option::of(select(vec!["1.2", "3.4", "a-1"])).prop_map(|t| t.map(str::to_owned));
    let tags = prop::collection::hash_set("[a-z0-9/: .é-]{0,8}[a-z]", 0..4);
    let checked = prop::option::of(0i32..20_000);
    let also = select(vec![vec![], vec![("MLA-C01", "1.2")], vec![("A", "1"), ("B.2", "a-1")]]);
    (body(), task, tags, checked, also).prop_map(|(body, task, tags, days, also)| Item {
        also: also
            .into_iter()
            .map(|(exam, task)| AlsoTask { exam: exam.into(), task: task.into() })
            .collect(),
        slug: "placeholder".parse().unwrap(),
        task,
        tags: tags.into_iter().map(|tag| tag.trim().to_owned()).collect(),
        checked: days.and_then(NaiveDate::from_epoch_days),
        body,
    })
}

prop_compose! {
    fn deck()(
        title in single_line(),
        license in single_line(),
        authors in prop::collection::vec(single_line(), 0..3),
        language in select(vec!["en", "de-CH", "no"]),
        version in select(vec!["1.0.0", "0.1.0-beta.2+build"]),
        introduction in optional(text()),
        mut items in prop::collection::vec(item(), 0..6),
        scenario in text(),
        in_case in any::<[bool; 6]>(),
    ) -> Deck {
        for (item, in_case) in items.iter_mut().zip(in_case) {
            if let (ItemBody::Question(question), true) = (&mut item.body, in_case) {
                question.case =
                    Some(Case { slug: "a-case".parse().unwrap(), scenario: scenario.clone() });
            }
        }
        for (index, item) in items.iter_mut().enumerate() {
            item.slug = format!("item-{index}").parse().unwrap();
            item.tags.sort();
            item.tags.dedup();
            item.tags.retain(|tag| !tag.is_empty());
        }
        if let [first, second, ..] = items.as_mut_slice()
            && let (ItemBody::Question(question), ItemBody::Question(_)) =
                (&mut first.body, &second.body)
        {
            question.enemies.push(second.slug.clone());
        }
        Deck {
            meta: DeckMeta {
                slug: "generated".parse().unwrap(),
                title,
                version: version.parse().unwrap(),
                license,
                authors,
                blueprint: None,
                language: language.into(),
            },
            introduction,
            items,
            media: Vec::new(),
        }
    }
}

fn source(text: &str) -> [Source; 1] {
    [Source::new("deck.md", text.as_bytes().to_vec())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_deck_reads_back_as_it_was_written(deck in deck()) {
        let file = write(&deck);
        prop_assert!(file.is_ok(), "{file:#?}");
        let file = file.unwrap();
        let again = parse(&source(&file)).unwrap().deck;
        prop_assert_eq!(&again, &deck);
        prop_assert_eq!(write(&again).unwrap(), file);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        let _ = read(&[Source::new("a.md", bytes)]);
    }

    #[test]
    fn arbitrary_lines_never_panic_and_what_is_read_can_be_written(
        lines in prop::collection::vec(line(), 0..40),
    ) {
        let head = "---\ndeck: a\ntitle: A\nversion: 1.0.0\nlicense: MIT\n---\n";
        let text = format!("{head}{}", lines.join("\n"));
        if let Ok(parsed) = parse(&source(&text)) {
            let file = write(&parsed.deck).unwrap();
            prop_assert_eq!(parse(&source(&file)).unwrap().deck, parsed.deck);
        }
    }

    #[test]
    fn normal_form_is_reached_in_one_step(text in any::<String>()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }
}
