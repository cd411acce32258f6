use proptest::prelude::*;

use super::*;

fn tree(text: &str) -> Node {
    parse(text).tree.unwrap().unwrap()
}

fn fault(text: &str) -> Fault {
    parse(text).tree.unwrap_err()
}

/// The part of the query that a fault is about.
fn blamed(text: &str) -> String {
    let fault = fault(text);
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[fault.start as usize..fault.end as usize]).unwrap()
}

/// A tree as text that reads back as it.
fn write(node: &Node) -> String {
    let joined = |nodes: &[Node], sign: &str| {
        let parts: Vec<String> = nodes.iter().map(write).collect();
        format!("({})", parts.join(sign))
    };
    match node {
        Node::And(nodes) => joined(nodes, " "),
        Node::Or(nodes) => joined(nodes, " OR "),
        Node::Not(node) => format!("-{}", write(node)),
        Node::Term(term) => write_term(term),
    }
}

fn write_term(term: &Term) -> String {
    match term {
        Term::Prefix(word) | Term::Pattern(word) => word.clone(),
        Term::Phrase(text) => format!("\"{text}\""),
        Term::Deck(name) => format!("deck:\"{name}\""),
        Term::Tag(tag) => format!("tag:{}", tag.as_deref().unwrap_or("none")),
        Term::Domain { name, .. } => format!("domain:{name}"),
        Term::Task(task) => format!("task:{task}"),
        Term::Is(state) => {
            let name = State::NAMES.iter().find(|(_, known)| known == state).unwrap().0;
            format!("is:{name}")
        }
        Term::Flag(flag) => format!("flag:{flag}"),
        Term::Level(level) => format!("difficulty:{level:?}"),
        Term::Compare(property, comparison, value) => {
            format!("prop:{}{}{value}", format!("{property:?}").to_lowercase(), comparison.sign())
        }
        Term::Added(days) => format!("added:{days}"),
        Term::Rated { days, grade: None } => format!("rated:{days}"),
        Term::Rated { days, grade: Some(grade) } => format!("rated:{days}:{grade}"),
    }
}

fn any_term() -> impl Strategy<Value = Term> {
    let property = proptest::sample::select(vec![
        Property::Stability,
        Property::Difficulty,
        Property::Due,
        Property::Interval,
        Property::Reviews,
        Property::Lapses,
    ]);
    let comparison = proptest::sample::select(Comparison::SIGNS.to_vec());
    prop_oneof![
        "[a-z]{1,8}".prop_map(Term::Prefix),
        "[a-z]\\*[a-z]{1,3}".prop_map(Term::Pattern),
        "[a-zä:(]{1,6} [a-z)]{0,6}[a-z]".prop_map(Term::Phrase),
        "[A-Za-z]{1,6}(::[a-z ]{1,5})?".prop_map(Term::Deck),
        "[a-m]{1,6}".prop_map(|tag| Term::Tag(Some(tag))),
        Just(Term::Tag(None)),
        "[1-9]\\.[1-9]".prop_map(Term::Task),
        proptest::sample::select(State::NAMES.to_vec()).prop_map(|(_, state)| Term::Is(state)),
        (0u8..=7).prop_map(Term::Flag),
        proptest::sample::select(Difficulty::ALL.to_vec()).prop_map(Term::Level),
        (property, comparison, -50i16..500).prop_map(|(p, (_, c), value)| Term::Compare(
            p,
            c,
            f64::from(value) / 4.0
        )),
        (1u32..500).prop_map(Term::Added),
        (1u32..500, proptest::option::of(1u8..=4))
            .prop_map(|(days, grade)| Term::Rated { days, grade }),
    ]
}

fn any_node() -> impl Strategy<Value = Node> {
    any_term().prop_map(Node::Term).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::And),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::Or),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

proptest! {
    #[test]
    fn every_tree_reads_back_from_its_text(node in any_node()) {
        prop_assert_eq!(tree(&write(&node)), node);
    }

    #[test]
    fn any_text_is_understood_or_blamed_within_its_bounds(
        text in prop_oneof![any::<String>(), "[a-z:()\" *<>=\\-ORä𝄞]{0,60}"],
    ) {
        let units = u32::try_from(text.encode_utf16().count()).unwrap();
        let query = parse(&text);
        let mut end = 0;
        for span in &query.spans {
            prop_assert!(end <= span.start && span.start < span.end && span.end <= units);
            end = span.end;
        }
        if let Err(fault) = query.tree {
            prop_assert!(fault.start < fault.end && fault.end <= units, "{:?}", fault);
            prop_assert!(!fault.hint.is_empty());
        }
    }
}

#[test]
fn words_stand_together_unless_or_is_between_them() {
    let word = |text: &str| Node::Term(Term::Prefix(text.into()));
    assert_eq!(
        tree("a b OR -c"),
        Node::Or(vec![Node::And(vec![word("a"), word("b")]), Node::Not(Box::new(word("c"))),])
    );
    assert_eq!(tree("a AND b"), tree("a b"));
    assert_eq!(tree("state*"), tree("state"));
    assert_eq!(parse("  ").tree, Ok(None));
}

#[test]
fn figures_are_read_in_their_long_and_short_forms() {
    let compare = |p, c, v| Node::Term(Term::Compare(p, c, v));
    let less = Comparison::Less;
    assert_eq!(tree("stability:<40d"), compare(Property::Stability, less, 40.0));
    assert_eq!(tree("prop:s<40"), tree("stability:<40"));
    assert_eq!(tree("recall:<80%"), tree("prop:r<0.8"));
    assert_eq!(tree("prop:ivl>=21"), tree("INTERVAL:>=21"));
    assert_eq!(tree("reps:3"), compare(Property::Reviews, Comparison::Equal, 3.0));
    assert_eq!(tree("due:-1"), compare(Property::Due, Comparison::Equal, -1.0));
    assert_eq!(tree("difficulty:hard"), Node::Term(Term::Level(Difficulty::Hard)));
    assert_eq!(tree("is:question"), tree("kind:Question"));
}

#[test]
fn what_is_wrong_is_blamed_at_its_place() {
    for (text, part) in [
        ("ä stabilty:<40d", "stabilty:"),
        ("\"𝄞 a\" lapses:>many", ">many"),
        ("is:asleep", "asleep"),
        ("is:", "is:"),
        ("one \"two three", "\"two three"),
        ("one (two", "("),
        ("one) two", ")"),
        ("one OR", "OR"),
        ("OR one", "OR"),
        ("()", ")"),
        ("flag:8", "8"),
        ("rated:7:5", "7:5"),
        ("added:0", "0"),
        ("recall:<2", "<2"),
        ("prop:x<3", "x<3"),
        ("a + b", "+"),
    ] {
        assert_eq!(blamed(text), part, "{text}: {:?}", fault(text));
    }
    assert!(fault(&"(".repeat(100)).message.contains("nested"));
    assert!(fault(&"a ".repeat(300)).message.contains("conditions"));
    assert!(fault(&"a".repeat(5_000)).message.contains("more than"));
}

#[test]
fn fields_and_signs_are_told_apart_for_colouring() {
    let spans = parse("tag:s3 -is:due (x OR").spans;
    let parts: Vec<(u32, u32, bool)> = spans.iter().map(|s| (s.start, s.end, s.syntax)).collect();
    let expected = [
        (0, 4, true),
        (4, 6, false),
        (7, 8, true),
        (8, 11, true),
        (11, 14, false),
        (15, 16, true),
        (16, 17, false),
        (18, 20, true),
    ];
    assert_eq!(parts, expected);
}
