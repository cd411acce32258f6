//! Pictures and sounds beside decks.

use sqlx::SqliteConnection;

use super::{Store, StoreError};
use crate::deck::{MediaFile, MediaKind};

/// A file by the name that its deck's text writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// As written.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// What it holds.
    pub kind: MediaKind,
}

impl Store {
    /// The files beside a deck.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read or do not read back.
    pub async fn files_beside(&self, deck: &str) -> Result<Vec<NamedFile>, StoreError> {
        let rows = sqlx::query!(
            "SELECT m.name, m.hash, f.kind
               FROM decks d JOIN media m ON m.deck_id = d.id
               JOIN media_files f ON f.hash = m.hash
              WHERE d.slug = ?",
            deck
        )
        .fetch_all(&mut *self.near().await?)
        .await
        .map_err(StoreError::during("reading the files beside a deck"))?;
        rows.into_iter()
            .map(|row| {
                let kind = kind(&row.kind, &row.hash)?;
                Ok(NamedFile { name: row.name, hash: row.hash, kind })
            })
            .collect()
    }

    /// The file with this hash, if there is one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read or does not read back.
    pub async fn media_file(&self, hash: &str) -> Result<Option<(MediaKind, Vec<u8>)>, StoreError> {
        let row = sqlx::query!("SELECT kind, bytes FROM media_files WHERE hash = ?", hash)
            .fetch_optional(&self.pool)
            .await
            .map_err(StoreError::during("reading a picture or sound"))?;
        row.map(|row| Ok((kind(&row.kind, hash)?, row.bytes))).transpose()
    }
}

fn kind(mime: &str, hash: &str) -> Result<MediaKind, StoreError> {
    MediaKind::of_mime(mime).ok_or_else(|| StoreError::Damaged {
        what: "picture or sound",
        id: hash.to_owned(),
        why: format!("“{mime}” is no type that Sitwell keeps"),
    })
}

/// Keeps the files of a deck; a name that is there gets the new file, and files without a name go.
pub(super) async fn put_media(
    tx: &mut SqliteConnection,
    files: &[MediaFile],
    deck_id: i64,
) -> Result<(), StoreError> {
    for file in files {
        put_bytes(tx, file).await?;
    }
    let names: Vec<_> =
        files.iter().map(|file| (deck_id, &*file.name, file.hash.as_str())).collect();
    name_files(tx, &names).await?;
    if !files.is_empty() {
        sqlx::query!("DELETE FROM media_files WHERE hash NOT IN (SELECT hash FROM media)")
            .execute(tx)
            .await
            .map_err(StoreError::during("keeping a picture or sound"))?;
    }
    Ok(())
}

/// Keeps a file; the text of a deck shows it once it has a name there.
pub(super) async fn put_bytes(
    tx: &mut SqliteConnection,
    file: &MediaFile,
) -> Result<(), StoreError> {
    let (hash, mime, bytes) = (file.hash.as_str(), file.kind.mime(), &*file.bytes);
    sqlx::query!(
        "INSERT INTO media_files (hash, kind, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        hash,
        mime,
        bytes
    )
    .execute(tx)
    .await
    .map(drop)
    .map_err(StoreError::during("keeping a picture or sound"))
}

/// Lets the text of decks write files that are kept: deck, name, and hash of each.
pub(super) async fn name_files(
    tx: &mut SqliteConnection,
    names: &[(i64, &str, &str)],
) -> Result<(), StoreError> {
    if names.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_string(names).map_err(StoreError::damaged("names of files", ""))?;
    sqlx::query!(
        "INSERT INTO media (deck_id, name, hash)
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true
         ON CONFLICT (deck_id, name) DO UPDATE SET hash = excluded.hash",
        json
    )
    .execute(tx)
    .await
    .map(drop)
    .map_err(StoreError::during("keeping a picture or sound"))
}
