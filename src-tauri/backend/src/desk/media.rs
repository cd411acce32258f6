//! Pictures and sounds beside decks, for texts that show them and for the window that loads them.

use super::hall::OpenSitting;
use super::{DeskError, Sitwell};
use crate::deck::{ItemBody, MediaFile, MediaKind};
use crate::rich_text::{self, Media, Showing};
use crate::store::{Store, StoreError};

/// The files beside a deck, as its texts show them.
pub(super) async fn files_beside(store: &Store, deck: &str) -> Result<Media, StoreError> {
    let mut media = Media::none();
    for file in store.files_beside(deck).await? {
        let showing = if file.kind.is_sound() { Showing::Sound } else { Showing::Picture };
        media.add(&file.name, &file.hash, showing);
    }
    Ok(media)
}

impl Sitwell {
    /// The file with this SHA-256, in hexadecimal, if a deck shows it.
    ///
    /// # Errors
    /// [`DeskError`] when it cannot be read.
    pub async fn media_file(&self, hash: &str) -> Result<Option<(MediaKind, Vec<u8>)>, DeskError> {
        Ok(self.store.media_file(hash).await?)
    }

    /// The files that a question of a sitting shows, with their content.
    pub(super) async fn files_shown(
        &self,
        sitting: &OpenSitting,
        position: u32,
    ) -> Result<Vec<MediaFile>, DeskError> {
        let place = position as usize;
        let (Some(item), Some(form)) =
            (sitting.items.get(place), sitting.record.form.items.get(place))
        else {
            return Ok(Vec::new());
        };
        let ItemBody::Question(question) = &item.body else { return Ok(Vec::new()) };
        let mut texts = vec![question.stem.as_str(), question.explanation.as_str()];
        texts.extend(question.options.iter().flat_map(|o| [o.text.as_str(), o.reason.as_str()]));
        let names: Vec<String> = texts.into_iter().flat_map(rich_text::pictures).collect();
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let mut files = Vec::new();
        for file in self.store.files_beside(form.id.deck()).await? {
            if !names.contains(&file.name) {
                continue;
            }
            if let Some((kind, bytes)) = self.store.media_file(&file.hash).await? {
                let hash = file.hash.into();
                files.push(MediaFile { name: file.name, hash, kind, bytes: bytes.into() });
            }
        }
        Ok(files)
    }
}
