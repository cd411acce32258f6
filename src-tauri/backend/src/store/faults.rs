//! Disks and files that fail, for tests: at the level of SQLite, since the superuser may write
//! anything.

use super::*;
use crate::clock::FixedClock;

/// The most pages a file may have, as SQLite has it by default.
const NO_LIMIT: u32 = u32::MAX - 1;

impl Store {
    /// The disk fills up, so that the file cannot grow, or has room again.
    pub(crate) async fn fill_disk(&self, full: bool) {
        if full {
            // No page lies idle in it that could still be used.
            sqlx::query("VACUUM").execute(&mut *self.near().await.unwrap()).await.unwrap();
        }
        // A limit below its present size is raised to that.
        let pages = if full { 1 } else { NO_LIMIT };
        self.tell(&format!("PRAGMA max_page_count = {pages}")).await;
    }

    /// The file can no longer be written, or can again.
    pub(crate) async fn protect(&self, read_only: bool) {
        self.tell(&format!("PRAGMA query_only = {read_only}")).await;
    }

    /// Says something to each connection.
    async fn tell(&self, pragma: &str) {
        let mut pool = Vec::new();
        for _ in 0..self.pool.options().get_max_connections() {
            pool.push(self.pool.acquire().await.unwrap());
        }
        for connection in &mut pool {
            let pragma = sqlx::AssertSqlSafe(pragma.to_owned());
            sqlx::query(pragma).execute(&mut **connection).await.unwrap();
        }
        let pragma = sqlx::AssertSqlSafe(pragma.to_owned());
        sqlx::query(pragma).execute(&mut *self.near().await.unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named_and_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sitwell");
    let clock = FixedClock::at(1_700_000_000_000);
    Store::open(&path, &clock).await.unwrap().close().await;
    let options = SqliteConnectOptions::new().read_only(true);
    let error = Store::open_with(options, &path, &clock).await.unwrap_err();
    assert_eq!(error.trouble(), Some(Trouble::ReadOnly), "{error}");
    assert_eq!(
        error.to_string(),
        format!(
            "{} cannot be opened as a Sitwell collection: the file or its folder cannot be written",
            path.display()
        )
    );
    Store::open(&path, &clock).await.unwrap();
}

#[tokio::test]
async fn a_collection_that_is_damaged_in_the_middle_is_told_by_looking_through_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sitwell");
    let clock = FixedClock::at(1_700_000_000_000);
    let store = Store::open(&path, &clock).await.unwrap();
    assert_eq!(store.faults().await.unwrap(), Vec::<String>::new());
    store.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    let told = match Store::open(&path, &clock).await {
        Ok(store) => store.faults().await,
        Err(error) => Err(error),
    };
    match told {
        Ok(faults) => assert!(!faults.is_empty()),
        Err(error) => assert_eq!(error.trouble(), Some(Trouble::Damaged), "{error}"),
    }
}

#[tokio::test]
async fn a_collection_whose_head_is_damaged_is_refused_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sitwell");
    let clock = FixedClock::at(1_700_000_000_000);
    Store::open(&path, &clock).await.unwrap().close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..64].fill(0);
    std::fs::write(&path, bytes).unwrap();
    let error = Store::open(&path, &clock).await.unwrap_err();
    assert_eq!(error.trouble(), Some(Trouble::Damaged));
    assert!(error.to_string().ends_with("the file is damaged, or is no collection"), "{error}");
}
