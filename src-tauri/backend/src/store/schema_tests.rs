//! Collections of every older schema.

use super::tests::clock;
use super::*;

/// Each schema that a Sitwell ever wrote opens in this one, with what was in it.
#[tokio::test]
async fn every_older_schema_is_brought_up_to_date_and_keeps_its_content() {
    let newest = MIGRATIONS.iter().count();
    for released in 1..newest {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.sitwell");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let old = sqlx::SqlitePool::connect_with(options).await.unwrap();
        let migrations: Vec<_> = MIGRATIONS.iter().take(released).cloned().collect();
        sqlx::migrate::Migrator::with_migrations(migrations).run(&old).await.unwrap();
        let written = Store::of(old.clone(), None);
        let mut content = String::from(
            "INSERT INTO decks (id, slug, title, source, version, license, blueprint, language, meta,
                                introduction, content_hash, updated_ms)
                        VALUES (7, 'old', 'Old', 'file', '1.0.0', 'CC0-1.0', 'X-1', 'en', '{}', '',
                                'h', 0);
             INSERT INTO item_versions VALUES ('old/card', 'v', '{}', 0);
             INSERT INTO item_versions VALUES ('old/question', 'v', '{}', 0);
             INSERT INTO items (id, deck_id, kind, version, position, task)
                        VALUES ('old/card', 7, 'card', 'v', 0, NULL),
                               ('old/question', 7, 'question', 'v', 1, '1.1');
             INSERT INTO questions (item_id, difficulty, response, options)
                        VALUES ('old/question', 'easy', 'multiple', 5);",
        );
        if released < 16 {
            content += "INSERT INTO item_tags VALUES ('old/card', 'kept');";
        } else {
            content += "INSERT INTO search_tags
                        SELECT id, 'kept' FROM search_items WHERE item_id = 'old/card';";
        }
        if released >= 2 {
            content += WRITTEN_SINCE_0002;
        }
        sqlx::raw_sql(sqlx::AssertSqlSafe(content))
            .execute(&mut *{
                let mut connection = old.acquire().await.unwrap();
                sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *connection).await.unwrap();
                connection
            })
            .await
            .unwrap();
        written.set_setting(SettingKey::Profile, &vec![released]).await.unwrap();
        written.close().await;

        let store = Store::open(&path, &clock()).await.unwrap();
        let kept: Vec<usize> = store.setting(SettingKey::Profile).await.unwrap();
        assert_eq!(kept, [released]);
        let cards: i64 =
            sqlx::query_scalar("SELECT count(*) FROM cards").fetch_one(&store.pool).await.unwrap();
        assert_eq!(cards, 1, "from schema {released}");
        let tagged: Vec<String> = sqlx::query_scalar(
            "SELECT s.item_id || ' ' || t.tag
               FROM search_tags t JOIN search_items s ON s.id = t.search_id",
        )
        .fetch_all(&store.pool)
        .await
        .unwrap();
        assert_eq!(tagged, ["old/card kept"], "from schema {released}");
        let bank = store.bank("X-1").await.unwrap();
        assert_eq!((bank[0].id.as_str(), bank[0].options), ("old/question", 5));
        let problems: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&store.pool).await.unwrap();
        assert_eq!(problems, ["ok"]);
        let broken = sqlx::raw_sql("PRAGMA foreign_key_check").fetch_all(&store.pool).await;
        assert_eq!(broken.unwrap().len(), 0);
        if released >= 2 {
            // What was done there is undone here.
            let (step, cards) = store.undo(9).await.unwrap().unwrap();
            assert_eq!((step.kind, cards), (OperationKind::Flag, vec![1]));
            assert_eq!(store.card(1).await.unwrap().unwrap().flag, 0);
        }
        // What older schemas refused can be written.
        let made = sqlx::raw_sql(
            "INSERT INTO operations (at_ms, kind, body) VALUES (0, 'delete', '[]');
             UPDATE decks SET source = 'made';",
        );
        made.execute(&store.pool).await.unwrap();
        let refused = sqlx::raw_sql("UPDATE decks SET source = 'stolen'").execute(&store.pool);
        assert!(refused.await.is_err());
        let refused = sqlx::raw_sql("UPDATE operations SET kind = 'tag'").execute(&store.pool);
        assert!(refused.await.is_err());
    }
}

/// A flagged card, in the log as it was written before items could be changed.
const WRITTEN_SINCE_0002: &str = r#"
INSERT INTO cards (id, item_id, ordinal, flag) VALUES (1, 'old/card', 0, 3);
INSERT INTO operations (at_ms, kind, body) VALUES (5, 'flag', '[{
  "before": {"id": 1, "item": "old/card", "ordinal": 0, "state": {"phase": "new", "step": 0,
    "memory": null, "last_seen_ms": null, "last_day": null, "due": "introduction", "interval": 0,
    "reviews": 0, "lapses": 0}, "suspended": false, "buried_day": null, "flag": 0},
  "after": {"id": 1, "item": "old/card", "ordinal": 0, "state": {"phase": "new", "step": 0,
    "memory": null, "last_seen_ms": null, "last_day": null, "due": "introduction", "interval": 0,
    "reviews": 0, "lapses": 0}, "suspended": false, "buried_day": null, "flag": 3}}]');
"#;
