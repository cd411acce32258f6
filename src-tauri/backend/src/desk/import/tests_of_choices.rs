//! What the learner says of a file before it is kept: of duplicates, own words, tasks.

use super::tests::{card, check_counts, draft, import_of, preview_of, question, quiet};
use super::*;
use crate::bundled;
use crate::deck::ItemBody;
use crate::desk::tests::{EXAM, Machine};
use crate::desk::views::{DraftBody, MatchChoice, MatchKind, TaskChoice};
use crate::formats::{DraftContent, DraftItem};
use crate::store::{AsOf, DeckPlace, DeckSource};

#[tokio::test]
async fn duplicates_are_found_and_done_with_as_chosen() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let long = "A team keeps click events in a stream and wants them in a bucket within a minute \
                with the least effort of their own";
    let mine = vec![card("a", "What is a **bucket**?", "A container"), card("b", long, "Firehose")];
    import_of(&desk, draft(mine)).await;
    let file = vec![
        card("x", "What is a <b>bucket</b>?", "A container."),
        card("y", &long.replace("minute", "quarter"), "Firehose"),
        card("z", "Something of its own that nobody has asked before", "Yes"),
    ];
    let shown = preview_of(&desk, draft(file)).await;
    let kinds: Vec<_> = shown.matches.iter().map(|m| (m.id, m.kind, m.resolve)).collect();
    assert_eq!(kinds, [(0, MatchKind::Exact, Resolve::Mine), (1, MatchKind::Near, Resolve::Both)]);
    assert_eq!((shown.counts.new, shown.counts.skipped), (2, 1));
    let choices = ImportChoices {
        matches: vec![
            MatchChoice { id: 0, resolve: Resolve::Both },
            MatchChoice { id: 1, resolve: Resolve::File },
        ],
        tasks: Vec::new(),
    };
    let shown = desk.change_import(shown.options, choices, &quiet).await.unwrap();
    assert_eq!((shown.counts.new, shown.counts.updated, shown.counts.skipped), (2, 1, 0));
    desk.import(&quiet).await.unwrap();
    let known = desk.store.known_items("anki", &["b", "y"]).await.unwrap();
    assert_eq!(known[0].id, known[1].id);
    check_counts(&desk).await;
}

#[tokio::test]
async fn a_learners_own_words_stay_unless_it_is_said_of_the_item() {
    let machine = Machine::new();
    let desk = machine.open().await;
    import_of(&desk, draft(vec![card("a", "Old front of mine", "Back")])).await;
    let id = desk.store.known_items("anki", &["a"]).await.unwrap().remove(0).id;
    let mut edited = desk.item_editor(id.as_str()).await.unwrap().draft;
    if let DraftBody::Card { front, .. } = &mut edited.body {
        *front = "My own front".into();
    }
    desk.save_item(edited).await.unwrap();
    let file = draft(vec![card("a", "New front of the file", "Back")]);
    let shown = preview_of(&desk, file).await;
    assert_eq!(shown.matches[0].resolve, Resolve::Mine);
    let chosen = vec![MatchChoice { id: 0, resolve: Resolve::File }];
    let choices = ImportChoices { matches: chosen, tasks: Vec::new() };
    desk.change_import(shown.options, choices, &quiet).await.unwrap();
    desk.import(&quiet).await.unwrap();
    let text = |desk: &Sitwell| {
        let (store, key) = (desk.store.clone(), id.as_str().to_owned());
        async move { format!("{:?}", store.item_record(&key).await.unwrap().unwrap().item.body) }
    };
    assert!(text(&desk).await.contains("New front"));
    desk.undo().await.unwrap();
    assert!(text(&desk).await.contains("My own front"));
}

#[tokio::test]
async fn the_words_of_the_file_come_back_when_own_ones_are_dropped() {
    let machine = Machine::new();
    let desk = machine.open().await;
    import_of(&desk, draft(vec![card("a", "Front of the file", "Back")])).await;
    let known = desk.store.known_items("anki", &["a"]).await.unwrap().remove(0);
    let id = known.id.as_str();
    let mut edited = desk.item_editor(id).await.unwrap().draft;
    if let DraftBody::Card { front, .. } = &mut edited.body {
        *front = "My own front".into();
    }
    desk.save_item(edited).await.unwrap();
    let other = desk.store.known_items("anki", &["a"]).await.unwrap().remove(0);
    assert_eq!((&other.wording.deck, other.deck_words), (&known.wording.deck, known.deck_words));
    assert!(other.wording.own.is_some());
    desk.restore_item(id).await.unwrap();
    let front = async || {
        let item = desk.store.item_record(id).await.unwrap().unwrap().item;
        match item.body {
            ItemBody::Card(card) => card.front,
            ItemBody::Question(question) => question.stem,
        }
    };
    assert_eq!(front().await, "Front of the file");
    desk.undo().await.unwrap();
    assert_eq!(front().await, "My own front");
    desk.undo().await.unwrap();
    assert_eq!(front().await, "Front of the file");
}

#[tokio::test]
async fn an_item_that_the_file_calls_nothing_is_known_by_its_words() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let unnamed = |front: &str| card("", front, "Back");
    let file = || draft(vec![unnamed("One front"), unnamed("Other front")]);
    assert_eq!(import_of(&desk, file()).await.new, 2);
    assert_eq!(import_of(&desk, file()).await.unchanged, 2);
}

#[tokio::test]
async fn items_are_matched_to_tasks_and_can_be_drawn() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut named = question("a", "Something without any words that tell?");
    named.tags = vec!["aws::mls::task-2.1".into()];
    let mut file = draft(vec![named, card("b", "Xyzzy plugh", "Frotz")]);
    let shown = preview_of(&desk, file.clone()).await;
    assert!(shown.mapping.is_none());
    let options = ImportOptions { exam: Some(EXAM.into()), ..shown.options };
    let tasks = vec![TaskChoice { item: 1, task: Some("3.3".into()) }];
    let choices = ImportChoices { matches: Vec::new(), tasks };
    let shown = desk.change_import(options.clone(), choices, &quiet).await.unwrap();
    let mapping = shown.mapping.unwrap();
    assert_eq!((mapping.matched, mapping.unmatched), (2, 0));
    assert!(mapping.tasks.iter().any(|task| task.task == "2.1" && task.items == 1));
    let drawn = desk.store.bank(EXAM).await.unwrap().len();
    desk.import(&quiet).await.unwrap();
    assert_eq!(desk.store.bank(EXAM).await.unwrap().len(), drawn + 1);
    // Without mapping the next time, tasks stay as they are.
    file.decks[0].items.truncate(1);
    let shown = preview_of(&desk, file).await;
    assert_eq!(shown.counts.unchanged, 1);
    desk.undo().await.unwrap();
    assert_eq!(desk.store.bank(EXAM).await.unwrap().len(), drawn);
}

#[tokio::test]
async fn a_finished_sitting_keeps_the_words_that_were_answered() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let shipped = bundled::decks().unwrap().remove(0);
    let (item, asked) = shipped.questions().next().unwrap();
    let id = item.id(&shipped.meta.slug);
    let paper =
        desk.start_exam(EXAM, None, crate::exam::conditions::Conditions::default()).await.unwrap();
    desk.end_exam(&paper.id).await.unwrap();
    let before = desk.result(&paper.id).await.unwrap();
    let mut reworded = asked.clone();
    reworded.stem = format!("{}\n\nWhich one is it now?", reworded.stem);
    let body = DraftContent::Question(Box::new(reworded));
    let mut file = draft(vec![DraftItem {
        body,
        tags: item.tags.clone(),
        task: item.task.clone(),
        ..card(item.slug.as_str(), "", "")
    }]);
    file.format = Format::Markdown;
    file.decks[0].source_id = Some(shipped.meta.slug.to_string());
    let counts = import_of(&desk, file).await;
    assert_eq!((counts.new, counts.updated), (0, 1));
    let record = desk.store.item_record(id.as_str()).await.unwrap().unwrap();
    assert!(format!("{:?}", record.item.body).contains("Which one is it now"));
    assert_eq!(desk.result(&paper.id).await.unwrap(), before);
    // The deck that comes with Sitwell is put again at each start; the learner's choice stays.
    drop(desk);
    let desk = machine.open().await;
    let record = desk.store.item_record(id.as_str()).await.unwrap().unwrap();
    assert!(format!("{:?}", record.item.body).contains("Which one is it now"));
}

/// Fails unless the collection stands otherwise than before.
async fn changed(desk: &Sitwell, before: &mut AsOf, what: &str) {
    let now = desk.store.as_of().await.unwrap();
    assert_ne!(now, *before, "{what} does not show");
    *before = now;
}

#[tokio::test]
async fn whatever_a_plan_is_made_from_shows_when_it_changes() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let mut before = desk.store.as_of().await.unwrap();
    import_of(&desk, draft(vec![card("a", "Old front", "Back"), card("b", "Other", "Back")])).await;
    changed(&desk, &mut before, "an import").await;
    let id = desk.store.known_items("anki", &["a"]).await.unwrap().remove(0).id;
    let mut edited = desk.item_editor(id.as_str()).await.unwrap().draft;
    if let DraftBody::Card { front, .. } = &mut edited.body {
        *front = "My own front".into();
    }
    desk.save_item(edited).await.unwrap();
    changed(&desk, &mut before, "an edit").await;
    desk.restore_item(id.as_str()).await.unwrap();
    changed(&desk, &mut before, "a restored item").await;
    desk.undo().await.unwrap();
    changed(&desk, &mut before, "undo").await;
    desk.redo().await.unwrap();
    changed(&desk, &mut before, "redo").await;
    let shown = desk.store.item_record(id.as_str()).await.unwrap().unwrap().cards[0];
    desk.suspend_card(shown, true).await.unwrap();
    changed(&desk, &mut before, "a suspension").await;
    desk.new_deck("Spare").await.unwrap();
    changed(&desk, &mut before, "a new deck").await;
    let slug = |places: Vec<DeckPlace>, title: &str| {
        places.into_iter().find(|place| place.title == title).unwrap().slug
    };
    let spare = slug(desk.store.deck_places().await.unwrap(), "Spare");
    desk.rename_deck(&spare, "Renamed").await.unwrap();
    changed(&desk, &mut before, "a renamed deck").await;
    desk.delete_deck(&spare).await.unwrap();
    changed(&desk, &mut before, "a deleted deck").await;
    let mut shipped = bundled::decks().unwrap().remove(0);
    let mut meta = shipped.meta.clone();
    meta.slug = "made-of-a-question".parse().unwrap();
    desk.store.make_deck(&meta, 0).await.unwrap();
    changed(&desk, &mut before, "a deck that is made beside an item").await;
    shipped.items.pop();
    desk.store.put_deck(&shipped, DeckSource::Bundled, 0).await.unwrap();
    changed(&desk, &mut before, "a deck of Sitwell's brought up to date").await;
}

#[tokio::test]
async fn a_plan_is_made_anew_when_decks_changed_since_it_was_shown() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let shown = preview_of(&desk, draft(vec![card("a", "Front", "Back")])).await;
    assert!(!shown.decks[0].exists);
    desk.new_deck("Cloud::Storage").await.unwrap();
    desk.import(&quiet).await.unwrap();
    let places = desk.store.deck_places().await.unwrap();
    let named = places.iter().filter(|place| place.title == "Cloud::Storage");
    assert_eq!(named.count(), 1);
    check_counts(&desk).await;
}
