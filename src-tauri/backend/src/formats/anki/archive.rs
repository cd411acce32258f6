//! The zip around a collection: which file it is, and which media stand beside it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufWriter, Read, Write as _};

use prost::Message as _;
use tempfile::NamedTempFile;
use unicode_normalization::UnicodeNormalization as _;

use super::AnkiError;
use super::proto::{MediaEntries, MediaEntry, PackageMetadata};
use crate::deck::MAX_MEDIA_FILE;
use crate::formats::{DraftMedia, MAX_ENTRIES, Package, PackageError};

/// Largest collection, unpacked, in bytes.
pub const MAX_COLLECTION: u64 = 1024 * 1024 * 1024;
/// Largest list of media, unpacked, in bytes.
const MAX_MEDIA_LIST: u64 = 64 * 1024 * 1024;
/// Bytes that are written in one go.
const WRITTEN: usize = 256 * 1024;
/// Newest version of a package that is read.
const NEWEST: u32 = 3;

/// The collection of a package: the newest form of those in it. The older ones beside it hold
/// nothing but the advice to update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Collection {
    /// Its path in the package.
    pub(super) entry: &'static str,
    /// Whether it and all media are compressed with zstd, and lists are protobuf.
    pub(super) latest: bool,
}

/// Finds the collection.
pub(super) fn find(package: &Package) -> Result<Collection, AnkiError> {
    if package.has("meta") {
        let meta = PackageMetadata::decode(&*package.read("meta", 1024)?)
            .map_err(|why| AnkiError::damaged("meta", &why))?;
        if meta.version > NEWEST {
            return Err(AnkiError::Newer(meta.version));
        }
    }
    [("collection.anki21b", true), ("collection.anki21", false), ("collection.anki2", false)]
        .into_iter()
        .find(|(entry, _)| package.has(entry))
        .map(|(entry, latest)| Collection { entry, latest })
        .ok_or(AnkiError::NoCollection)
}

/// Copies the collection to a temporary file.
pub(super) fn unpack(package: &Package, it: Collection) -> Result<NamedTempFile, AnkiError> {
    let mut file = NamedTempFile::new().map_err(AnkiError::Temporary)?;
    copy(package, it.entry, it.latest, MAX_COLLECTION, file.as_file_mut())?;
    Ok(file)
}

/// Copies a file of the package, unpacked, up to `limit` bytes.
fn copy(
    package: &Package,
    entry: &str,
    zstd: bool,
    limit: u64,
    to: &mut dyn std::io::Write,
) -> Result<(), PackageError> {
    if !zstd {
        return package.copy(entry, limit, to);
    }
    package.with(entry, &mut |read| {
        let damaged = |why: std::io::Error| PackageError::Damaged {
            what: entry.to_owned(),
            why: why.to_string(),
        };
        let decoder = zstd::Decoder::new(read).map_err(damaged)?;
        let mut to = BufWriter::with_capacity(WRITTEN, &mut *to);
        let copied = std::io::copy(&mut decoder.take(limit + 1), &mut to).map_err(damaged)?;
        to.flush().map_err(damaged)?;
        if copied > limit {
            return Err(PackageError::TooLarge { what: entry.to_owned(), limit });
        }
        Ok(())
    })
}

/// The media of a package, by their names.
#[derive(Debug, Default)]
pub(super) struct MediaMap {
    /// Paths in the package by names in Unicode's normal form C.
    entries: HashMap<String, String>,
    /// Paths of those that are larger than what is kept.
    large: HashSet<String>,
    zstd: bool,
}

impl MediaMap {
    /// Reads the list of media; a package without one has none.
    pub(super) fn read(package: &Package, it: Collection) -> Result<Self, AnkiError> {
        if !package.has("media") {
            return Ok(Self::default());
        }
        let mut list = Vec::new();
        copy(package, "media", it.latest, MAX_MEDIA_LIST, &mut list)?;
        let named = names(&list, it.latest)?;
        let large = if it.latest { large(&list)? } else { HashSet::new() };
        if named.len() > MAX_ENTRIES {
            return Err(AnkiError::TooMuch { what: "media", limit: MAX_ENTRIES as u64 });
        }
        let entries = named.into_iter().map(|(name, entry)| (normal(&name), entry)).collect();
        Ok(Self { entries, large, zstd: it.latest })
    }

    /// Whether a file says that it is larger than what is kept; what it is packed into says
    /// nothing of that.
    pub(super) fn is_large(&self, media: &DraftMedia) -> bool {
        self.large.contains(&media.entry)
    }

    /// The file of this name, as a text writes it; none when the package has none.
    pub(super) fn find(&self, package: &Package, name: &str) -> Option<DraftMedia> {
        let entry = self.entries.get(&normal(name)).filter(|entry| package.has(entry))?;
        Some(DraftMedia { name: name.to_owned(), entry: entry.clone(), zstd: self.zstd })
    }
}

fn normal(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { name.nfc().collect() }
}

/// The names of a list of media, each with the path in the package.
pub(in crate::formats) fn names(
    list: &[u8],
    latest: bool,
) -> Result<Vec<(String, String)>, AnkiError> {
    if latest { numbered(list) } else { listed(list) }
}

fn numbered(list: &[u8]) -> Result<Vec<(String, String)>, AnkiError> {
    Ok(entries(list)?.map(|(number, entry)| (entry.name, number)).collect())
}

fn large(list: &[u8]) -> Result<HashSet<String>, AnkiError> {
    let large = entries(list)?.filter(|(_, entry)| entry.size as usize > MAX_MEDIA_FILE);
    Ok(large.map(|(number, _)| number).collect())
}

/// The entries of a list with their paths.
fn entries(list: &[u8]) -> Result<impl Iterator<Item = (String, MediaEntry)>, AnkiError> {
    let list = MediaEntries::decode(list).map_err(|why| AnkiError::damaged("media", &why))?;
    Ok(list.entries.into_iter().enumerate().map(|(place, entry)| {
        let number = entry.legacy_zip_filename.map_or(place, |number| number as usize);
        (number.to_string(), entry)
    }))
}

fn listed(list: &[u8]) -> Result<Vec<(String, String)>, AnkiError> {
    if list.iter().all(u8::is_ascii_whitespace) {
        return Ok(Vec::new());
    }
    let names: BTreeMap<String, String> =
        serde_json::from_slice(list).map_err(|why| AnkiError::damaged("media", &why))?;
    Ok(names.into_iter().map(|(entry, name)| (name, entry)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::outline::zip_of;

    #[test]
    fn a_packed_file_that_is_too_large_is_known_before_it_is_unpacked() {
        let entry = |name: &str, size: usize| MediaEntry {
            name: name.into(),
            size: size.try_into().unwrap(),
            legacy_zip_filename: None,
        };
        let entries = vec![entry("a.png", MAX_MEDIA_FILE), entry("b.png", MAX_MEDIA_FILE + 1)];
        let list = MediaEntries { entries }.encode_to_vec();
        let list = zstd::encode_all(&*list, 0).unwrap();
        let zip = zip_of(&[("media", &list), ("0", b"x"), ("1", b"x")]);
        let package = Package::of_bytes("a.apkg", zip).unwrap();
        let it = Collection { entry: "collection.anki21b", latest: true };
        let media = MediaMap::read(&package, it).unwrap();
        let is_large = |name| media.is_large(&media.find(&package, name).unwrap());
        assert!(!is_large("a.png") && is_large("b.png"));
        assert!(media.find(&package, "c.png").is_none());
    }
}
