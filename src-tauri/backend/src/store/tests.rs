use super::*;
use crate::clock::{Clock, FixedClock};
use crate::deck::{
    AlsoTask, Card, Case, Choice, Deck, DeckMeta, Difficulty, Interaction, Item, ItemBody, Question,
};

pub(super) fn clock() -> FixedClock {
    FixedClock::at(1_700_000_000_000)
}

pub(super) async fn store(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("c.sitwell"), &clock()).await.unwrap()
}

pub(super) fn question(slug: &str, stem: &str) -> Item {
    let choice = |text: &str, key| Choice { text: text.into(), key, reason: "because".into() };
    Item {
        slug: slug.parse().unwrap(),
        task: Some("1.1".into()),
        tags: vec!["s3".into(), "glue".into()],
        also: Vec::new(),
        checked: None,
        body: ItemBody::Question(Question {
            difficulty: Difficulty::Medium,
            stem: stem.into(),
            options: vec![choice("a", true), choice("b", false)],
            explanation: String::new(),
            references: Vec::new(),
            enemies: vec!["other".parse().unwrap()],
            interaction: Interaction::Choice,
            case: None,
        }),
    }
}

fn card(slug: &str) -> Item {
    Item { body: ItemBody::Card(Card::basic("f", "b")), ..question(slug, "") }
}

pub(super) fn deck(items: Vec<Item>) -> Deck {
    Deck {
        meta: DeckMeta {
            slug: "sample".parse().unwrap(),
            title: "Sample".into(),
            version: semver::Version::new(1, 0, 0),
            license: "CC0-1.0".into(),
            authors: Vec::new(),
            blueprint: Some("X-1".into()),
            language: "en".into(),
        },
        introduction: String::new(),
        items,
        media: Vec::new(),
    }
}

#[tokio::test]
async fn a_deck_update_adds_versions_and_retires_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let first = deck(vec![question("one", "old words"), question("two", "same"), card("three")]);
    let change = store.put_deck(&first, DeckSource::Bundled, 1).await.unwrap();
    assert_eq!(change, DeckChange { new: 3, ..DeckChange::default() });

    let second = deck(vec![question("one", "new words"), question("two", "same")]);
    let change = store.put_deck(&second, DeckSource::Bundled, 2).await.unwrap();
    assert_eq!(change, DeckChange { new: 0, updated: 1, unchanged: 1, retired: 1 });

    let bank = store.bank("X-1").await.unwrap();
    let ids: Vec<&str> = bank.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["sample/one", "sample/two"]);
    assert_eq!(bank[0].version, second.items[0].content_hash());
    assert_eq!(bank[0].tags, ["glue", "s3"]);
    assert_eq!(bank[0].enemies[0].as_str(), "sample/other");
}

#[tokio::test]
async fn an_item_that_comes_back_to_earlier_words_points_at_the_earlier_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    for words in ["old", "new", "old"] {
        let deck = deck(vec![question("one", words)]);
        store.put_deck(&deck, DeckSource::Bundled, 1).await.unwrap();
        assert_eq!(store.bank("X-1").await.unwrap()[0].version, deck.items[0].content_hash());
    }
}

#[tokio::test]
async fn a_bank_has_what_other_decks_lend_it_under_its_own_task() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let also = |exam: &str, task: &str| AlsoTask { exam: exam.into(), task: task.into() };
    let mut lent = question("lent", "words");
    lent.also = vec![also("Y-1", "2.3"), also("Z-1", "4.4")];
    let mut own = question("own", "words");
    own.also = vec![also("X-1", "9.9")];
    store.put_deck(&deck(vec![lent, own]), DeckSource::Bundled, 1).await.unwrap();
    let bank = async |exam: &str| {
        let bank = store.bank(exam).await.unwrap();
        bank.into_iter().map(|item| (item.id.to_string(), item.task)).collect::<Vec<_>>()
    };
    let named = |slug: &str, task: &str| (format!("sample/{slug}"), task.to_owned());
    assert_eq!(bank("Y-1").await, [named("lent", "2.3")]);
    assert_eq!(bank("X-1").await, [named("lent", "1.1"), named("own", "1.1")]);
    assert_eq!(bank("W-1").await, []);

    let taken_back = deck(vec![question("lent", "words")]);
    store.put_deck(&taken_back, DeckSource::Bundled, 2).await.unwrap();
    assert_eq!(bank("Y-1").await, []);
}

#[tokio::test]
async fn a_bank_knows_places_and_cases() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let mut item = question("order", "words");
    let ItemBody::Question(question) = &mut item.body else { unreachable!() };
    question.interaction = Interaction::Order;
    question.options[1].key = true;
    question.case = Some(Case { slug: "c".parse().unwrap(), scenario: "s".into() });
    let deck = deck(vec![item]);
    store.put_deck(&deck, DeckSource::Bundled, 1).await.unwrap();
    let bank = store.bank("X-1").await.unwrap();
    let mut expected = crate::exam::BankItem::all_of(&deck);
    expected[0].tags.sort();
    assert_eq!(bank, expected);
}

#[tokio::test]
async fn versions_and_events_cannot_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    store.put_deck(&deck(vec![question("one", "w")]), DeckSource::File, 1).await.unwrap();
    let refused = sqlx::raw_sql("UPDATE item_versions SET content = '{}'").execute(&store.pool);
    let message = refused.await.unwrap_err().to_string();
    assert!(message.contains("immutable"), "{message}");
}

#[tokio::test]
async fn settings_keep_their_value_and_begin_with_their_default() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let default: Vec<u8> = store.setting(SettingKey::Profile).await.unwrap();
    assert!(default.is_empty());
    store.set_setting(SettingKey::Profile, &vec![1u8, 2]).await.unwrap();
    store.set_setting(SettingKey::Profile, &vec![3u8]).await.unwrap();
    assert_eq!(store.setting::<Vec<u8>>(SettingKey::Profile).await.unwrap(), [3]);
}

#[tokio::test]
async fn a_collection_of_a_newer_sitwell_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(&folder).await;
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', 1, x'00', 0)",
    )
    .execute(&first.pool)
    .await
    .unwrap();
    first.close().await;
    let error = Store::open(&folder.path().join("c.sitwell"), &clock()).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { .. }), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_collection_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sitwell");
    std::fs::write(&path, "not a database, but somebody's text ".repeat(40)).unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(&path, &clock()).await.unwrap_err();
    assert!(matches!(error, StoreError::Open { .. } | StoreError::Migrate { .. }), "{error}");
    assert!(error.to_string().contains("c.sitwell"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn commits_wait_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let mode: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&store.pool).await.unwrap();
    let journal: String =
        sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.pool).await.unwrap();
    assert_eq!((mode, journal.as_str()), (2, "wal"));
    assert!(clock().now().wall_ms > 0);
}

/// A log that was counted while it was short is looked through whole for as long as the collection
/// stays open.
#[tokio::test]
async fn the_log_is_asked_by_its_indexes_however_short_it_was_when_rows_were_counted() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(&folder).await;
    first.put_deck(&deck(vec![card("c")]), DeckSource::File, 0).await.unwrap();
    let graded = "INSERT INTO operations (id, at_ms, kind, body) VALUES (1, 0, 'review', '[]');
                  INSERT INTO reviews VALUES (1, 1, 0, 0, 3, 0, 'review', '{}');";
    sqlx::raw_sql(graded).execute(&first.pool).await.unwrap();
    first.close().await;

    let store = store(&folder).await;
    let counted: Vec<String> = sqlx::query_scalar("SELECT DISTINCT tbl FROM sqlite_stat1")
        .fetch_all(&store.pool)
        .await
        .unwrap();
    assert!(counted.contains(&"cards".into()), "{counted:?}");
    assert!(!counted.contains(&"reviews".into()) && !counted.contains(&"operations".into()));
    for asked in ["SELECT * FROM recalls WHERE operation_id = 1", "SELECT * FROM turns"] {
        let plan = format!("EXPLAIN QUERY PLAN {asked}");
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(plan)).fetch_all(&store.pool).await.unwrap();
        for (.., step) in &plan {
            assert!(!step.contains("reviews_by_day"), "{asked}: {plan:?}");
            // A walk along an index stops at the first row that will do.
            let whole = step.starts_with("SCAN o") && !step.contains("operations_done");
            assert!(!whole, "{asked}: {plan:?}");
        }
    }
}

#[tokio::test]
async fn words_of_an_older_collection_are_found_after_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(&folder).await;
    first
        .put_deck(&deck(vec![question("one", "Ünïque words")]), DeckSource::File, 1)
        .await
        .unwrap();
    sqlx::raw_sql("DELETE FROM item_words; UPDATE search_items SET stale = 1, text = '';")
        .execute(&first.pool)
        .await
        .unwrap();
    first.close().await;
    let again = store(&folder).await;
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT s.text FROM item_words w JOIN search_items s ON s.id = w.rowid
          WHERE item_words MATCH 'unique'",
    )
    .fetch_all(&again.pool)
    .await
    .unwrap();
    assert_eq!(found, ["Ünïque words"]);
}

impl Store {
    /// Rows of a table.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }

    /// All that the schema defines.
    pub(crate) async fn definitions(&self) -> Vec<(String, Option<String>)> {
        let sql =
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1";
        sqlx::query_as(sql).fetch_all(&self.pool).await.unwrap()
    }

    /// Tables of counts that do not say what a count of the cards and reviews does.
    pub(crate) async fn miscounted(&self) -> Vec<String> {
        const DUE: &str = "phase = 'review' AND suspended = 0 AND absent < 2";
        let kept = [
            (
                "SELECT due_day, cards FROM due_days",
                format!("SELECT due_day, count(*) FROM cards WHERE {DUE} GROUP BY 1"),
            ),
            (
                "SELECT due_day, deck_id, cards FROM due_counts",
                format!("SELECT due_day, deck_id, count(*) FROM cards WHERE {DUE} GROUP BY 1, 2"),
            ),
            (
                "SELECT deck_id, cards FROM new_counts WHERE cards <> 0",
                "SELECT deck_id, count(*) FROM cards
                  WHERE phase = 'new' AND suspended = 0 AND absent = 0 GROUP BY 1"
                    .into(),
            ),
            (
                "SELECT task, cards FROM introduced_counts WHERE cards <> 0",
                "SELECT task, count(*) FROM cards WHERE phase <> 'new' GROUP BY 1".into(),
            ),
            (
                "SELECT * FROM done_counts WHERE gradings <> 0 OR cards <> 0 OR taken_ms <> 0
                                           OR introduced <> 0 OR in_review <> 0",
                "SELECT day, deck_id, sum(before = 'new'), sum(before = 'review'), count(*),
                        count(DISTINCT card_id), sum(taken_ms)
                   FROM standing_reviews GROUP BY 1, 2"
                    .into(),
            ),
            (
                "SELECT * FROM recall_counts WHERE shown <> 0 OR recalled <> 0",
                format!(
                    "SELECT day, deck_id, coalesce(interval, 0) >= {MATURE_DAYS}, count(*),
                            sum(recalled) FROM recalls GROUP BY 1, 2, 3"
                ),
            ),
            ("SELECT id, rows FROM search_items", "SELECT id, rows FROM item_rows".into()),
        ];
        let mut wrong = Vec::new();
        for (kept, counted) in kept {
            for (one, other) in [(kept, &*counted), (&*counted, kept)] {
                let sql = format!(
                    "SELECT count(*) FROM (SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other}))"
                );
                let sql = sqlx::AssertSqlSafe(sql);
                let differ: i64 = sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap();
                if differ > 0 {
                    wrong.push(format!("{differ} rows of: {one}"));
                }
            }
        }
        wrong
    }
}
