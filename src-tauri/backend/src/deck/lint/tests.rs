use super::*;
use crate::blueprint;
use crate::deck::{Card, CardStyle, Choice, Difficulty, Interaction, Reference, ResponseKind};

/// A question that breaks no rule; its key stands first.
pub(super) fn sound(slug: &str) -> Item {
    let option = |text: &str, key| Choice {
        text: text.into(),
        key,
        reason: "Because it is so here.".into(),
    };
    // Words of its own, so that no two are alike.
    let scenario: Vec<String> = (0..20).map(|n| format!("{slug}{n}")).collect();
    Item {
        slug: slug.parse().unwrap(),
        task: Some("1.1".into()),
        tags: vec![],
        also: vec![],
        checked: None,
        body: ItemBody::Question(Question {
            difficulty: Difficulty::Medium,
            stem: format!("{}.\n\nWhich solution meets the requirements?", scenario.join(" ")),
            options: vec![
                option("Use the first service.", true),
                option("Use the second service.", false),
                option("Use the third service.", false),
                option("Use the fourth service.", false),
            ],
            explanation: "It meets them.".into(),
            references: vec![Reference {
                title: "Guide".into(),
                url: "https://example.org/".into(),
            }],
            enemies: vec![],
            interaction: Interaction::Choice,
            case: None,
        }),
    }
}

pub(super) fn with(change: impl FnOnce(&mut Question)) -> Item {
    let mut item = sound("a");
    let ItemBody::Question(question) = &mut item.body else { unreachable!() };
    change(question);
    item
}

pub(super) fn codes(items: &[Item]) -> Vec<&'static str> {
    lint(items, None).into_iter().map(|finding| finding.code).collect()
}

pub(super) fn codes_with(change: impl FnOnce(&mut Question)) -> Vec<&'static str> {
    codes(&[with(change)])
}

fn lead_in(question: &mut Question, text: &str) {
    question.stem = format!("A company has a problem.\n\n{text}");
}

#[test]
fn a_sound_question_draws_nothing() {
    assert_eq!(lint(&[sound("a")], None), []);
}

#[test]
fn missing_parts_are_asked_for() {
    assert_eq!(codes_with(|q| q.explanation.clear()), ["missing-why"]);
    assert_eq!(codes_with(|q| q.references.clear()), ["missing-reference"]);
    let item = with(|q| q.options[2].reason.clear());
    let finding = &lint(&[item], None)[0];
    assert_eq!(finding.code, "missing-reason");
    assert_eq!(finding.subject, Subject::Choice("a".parse().unwrap(), 2));
}

#[test]
fn the_stem_must_end_with_a_question_or_an_instruction_behind_one() {
    for good in ["Which one?", "Which steps? (Select TWO.)", "*Which*\none?"] {
        let found = codes_with(|q| {
            lead_in(q, good);
            q.options[1].key = good.contains("TWO");
        });
        assert_eq!(found, [""; 0], "{good}");
    }
    for bad in ["Choose the best.", "Which one?\n\n- a\n- b", "(Which one?) Say."] {
        assert_eq!(codes_with(|q| lead_in(q, bad)), ["no-lead-in"], "{bad}");
    }
}

#[test]
fn the_stem_says_how_many_keys_there_are() {
    assert_eq!(codes_with(|q| lead_in(q, "Which? (Select TWO.)")), ["select-count"]);
    assert_eq!(codes_with(|q| q.options[1].key = true), ["select-count"]);
    let three = codes_with(|q| {
        lead_in(q, "Which steps are needed? (Choose three.)");
        q.options[1].key = true;
        q.options[2].key = true;
    });
    assert_eq!(three, [""; 0]);
}

#[test]
fn negative_questions_are_noticed_and_conditions_are_not() {
    for bad in [
        "Which of these is NOT a metric?",
        "All of these are metrics EXCEPT which?",
        "Which option does not reduce variance?",
    ] {
        assert_eq!(codes_with(|q| lead_in(q, bad)), ["negative-stem"], "{bad}");
    }
    for good in [
        "Which solution meets the requirements with the LEAST effort?",
        "Which solution works when data must not leave the VPC?",
        "The model does not converge. Which change helps?",
        "Why does the model not converge?",
    ] {
        assert_eq!(codes_with(|q| lead_in(q, good)), [""; 0], "{good}");
    }
}

#[test]
fn options_that_refer_to_others_repeat_or_exaggerate_are_noticed() {
    assert_eq!(codes_with(|q| q.options[3].text = "All of the above.".into()), ["all-or-none"]);
    assert_eq!(codes_with(|q| q.options[3].text = "Never retrain.".into()), ["absolute-word"]);
    let same = with(|q| q.options[3].text = "Use the *second* service".into());
    let finding = &lint(&[same], None)[0];
    assert_eq!((finding.code, finding.weight), ("same-option", Weight::Error));
}

#[test]
fn links_must_be_https() {
    let found = codes_with(|q| q.explanation = "See [this](http://example.org).".into());
    assert_eq!(found, ["odd-link"]);
}

#[test]
fn enemies_are_mutual() {
    let a = with(|q| q.enemies = vec!["b".parse().unwrap()]);
    assert_eq!(codes(&[a, sound("b")]), ["one-sided-enemy"]);
}

#[test]
fn stems_that_say_nearly_the_same_are_noticed_unless_they_are_enemies() {
    let a = sound("a");
    let mut b = sound("b");
    let ItemBody::Question(question) = &mut b.body else { unreachable!() };
    let ItemBody::Question(first) = &a.body else { unreachable!() };
    question.stem = first.stem.replace("a7", "something else");
    assert_eq!(codes(&[a.clone(), b.clone()]), ["near-duplicate"]);
    let ItemBody::Question(question) = &mut b.body else { unreachable!() };
    question.enemies = vec![a.slug.clone()];
    assert_eq!(codes(&[a, b]), ["one-sided-enemy"]);
}

#[test]
fn contrast_pairs_of_cards_are_welcome_and_the_same_front_twice_is_not() {
    let card = |slug: &str, front: &str| Item {
        slug: slug.parse().unwrap(),
        body: ItemBody::Card(Card::basic(front, "Because.")),
        ..sound("x")
    };
    let first = card("a", "When would you pick bagging over boosting for trees?");
    let other = card("b", "When would you pick boosting over bagging for trees?");
    let again = card("c", "When would you pick *bagging* over boosting, for trees?");
    assert_eq!(codes(&[first, other, again]), ["duplicate-front"]);
}

#[test]
fn long_backs_of_cards_are_noticed() {
    let body = ItemBody::Card(Card::basic("What?", "word ".repeat(30)));
    assert_eq!(codes(&[Item { body, ..sound("a") }]), ["long-back"]);
}

/// Questions with keys spread evenly, a quarter easy, half medium, a quarter hard.
fn bank(count: usize) -> Vec<Item> {
    let levels = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Medium];
    let mut items: Vec<Item> = (0..count).map(|n| sound(&format!("q{n}"))).collect();
    for (n, item) in items.iter_mut().enumerate() {
        item.task = Some(["1.1", "2.1"][usize::from(n % 5 < 2)].into());
        let ItemBody::Question(question) = &mut item.body else { unreachable!() };
        question.options.rotate_right(n % 4);
        question.difficulty = levels[(n / 4) % 4];
    }
    items
}

fn change_all(items: &mut [Item], change: impl Fn(usize, &mut Question)) {
    for (n, item) in items.iter_mut().enumerate() {
        let ItemBody::Question(question) = &mut item.body else { unreachable!() };
        change(n, question);
    }
}

pub(super) fn exam() -> Blueprint {
    let text = "code = 'X'\ntitle = 'X'\nprovider = 'X'\nsource = 'https://x.org'\n\
        checked = 2026-11-24\n[paper]\nminutes = 9\nitems = 9\nscored = 9\n\
        question_types = ['multiple-choice']\nmultiple_response_share = 0\n\
        [scale]\nmin = 0\nmax = 9\npass = 5\nrequired_share = 0.5\nrequired_share_sd = 0.1\n\
        [[domains]]\nid = '1'\ntitle = 'A'\nweight = 60\ntasks = [{ id = '1.1', title = 'A' }]\n\
        [[domains]]\nid = '2'\ntitle = 'B'\nweight = 40\ntasks = [{ id = '2.1', title = 'B' }]\n";
    blueprint::load("x", text.as_bytes()).unwrap()
}

#[test]
fn a_balanced_bank_draws_nothing() {
    assert_eq!(lint(&bank(80), Some(&exam())), []);
}

#[test]
fn each_imbalance_of_a_bank_is_noticed_once() {
    let mut items = bank(80);
    change_all(&mut items, |n, q| {
        let key = q.options.iter_mut().find(|option| option.key).unwrap();
        key.text.push_str(if n % 2 == 0 { " And then some more." } else { "" });
    });
    assert_eq!(codes(&items), ["key-longest"]);

    let mut items = bank(80);
    change_all(&mut items, |_, q| q.options.sort_by_key(|option| !option.key));
    assert_eq!(codes(&items), ["key-position"]);

    let mut items = bank(80);
    change_all(&mut items, |_, q| q.difficulty = Difficulty::Medium);
    assert_eq!(codes(&items), ["difficulty-mix"; 3]);

    let mut items = bank(80);
    for item in &mut items {
        item.task = Some("1.1".into());
    }
    let found: Vec<_> = lint(&items, Some(&exam())).into_iter().map(|f| f.code).collect();
    assert_eq!(found, ["domain-coverage", "domain-coverage", "task-coverage"]);
}

#[test]
fn tasks_and_shapes_follow_the_exam() {
    let mut item = with(|q| q.options.truncate(3));
    item.task = Some("9.9".into());
    let found: Vec<_> = lint(&[item], Some(&exam())).into_iter().map(|f| f.code).collect();
    assert_eq!(found, ["unknown-task", "option-shape"]);
}

#[test]
fn numbers_are_counted() {
    let stats = Stats::of(&bank(8));
    assert_eq!((stats.items, stats.questions, stats.cards), (8, 8, 0));
    assert_eq!(stats.by_difficulty["easy"], 4);
    assert_eq!(stats.key_positions[0].kind, ResponseKind::Single);
    assert_eq!(stats.key_positions[0].keys, [2, 2, 2, 2]);
    assert_eq!(stats.key_length.key_shortest, 0, "as short as the third is not shortest");
    assert!((stats.key_length.chance - 0.25).abs() < 1e-9);
}

#[test]
fn a_large_deck_of_one_stem_is_checked_quickly() {
    let items: Vec<Item> =
        (0..3_000).map(|n| Item { slug: format!("i{n}").parse().unwrap(), ..sound("a") }).collect();
    let start = std::time::Instant::now();
    let found = codes(&items).into_iter().filter(|code| *code == "near-duplicate").count();
    assert_eq!(found, 2_999);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_cloze_without_deletions_and_a_typed_answer_of_several_lines_are_found() {
    let card = |style, front: &str, back: &str| Item {
        body: ItemBody::Card(Card::of(style, front, back)),
        ..sound("a")
    };
    assert_eq!(codes(&[card(CardStyle::Cloze, "no deletion", "")]), ["no-deletion"]);
    assert_eq!(codes(&[card(CardStyle::Cloze, "{{c1::a}} deletion", "")]), [""; 0]);
    assert_eq!(codes(&[card(CardStyle::Typed, "What?", "one\n\ntwo")]), ["long-typed"]);
    assert_eq!(codes(&[card(CardStyle::Typed, "What?", "one line")]), [""; 0]);
}
