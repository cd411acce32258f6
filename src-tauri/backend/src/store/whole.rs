//! Whether the file of a collection is whole.

use super::{Store, StoreError};

impl Store {
    /// What SQLite finds wrong with the file, its indices and its references, in its own words;
    /// nothing when it is whole. Reads all of it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read at all.
    pub async fn faults(&self) -> Result<Vec<String>, StoreError> {
        let doing = StoreError::during("looking through the collection");
        let told: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_all(&self.pool)
            .await
            .map_err(&doing)?;
        let astray: Vec<String> =
            sqlx::query_scalar("SELECT \"table\" || ' refers to a row that is not there' FROM pragma_foreign_key_check")
                .fetch_all(&self.pool)
                .await
                .map_err(&doing)?;
        Ok(told.into_iter().filter(|line| line != "ok").chain(astray).collect())
    }
}
