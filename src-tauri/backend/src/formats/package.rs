//! A file, a folder or a zip, read within bounds: whatever a learner brings in comes through here.
//!
//! Nothing outside of it is ever read: names that point elsewhere and symbolic links are refused,
//! and every reading has a limit that holds whatever the headers claim.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zip::ZipArchive;

use super::DraftMedia;
use super::folder::walk;
use crate::deck::{MAX_MEDIA_FILE, MediaFault, MediaFile};

/// Most files in a package.
pub const MAX_ENTRIES: usize = 200_000;
/// Deepest folder in a folder that is read.
pub(super) const MAX_FOLDERS: usize = 16;
/// Largest package, in bytes.
pub const MAX_PACKAGE: u64 = 4 * 1024 * 1024 * 1024;
/// Most bytes of the files that a reader takes out of others and keeps in memory.
pub const MAX_MEMORY: usize = 256 * 1024 * 1024;
/// What a zip begins with; an empty one begins with its end.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Why something in a package cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The system refuses.
    #[error("{what} cannot be read: {source}")]
    Io {
        /// Which file.
        what: String,
        /// Why.
        source: std::io::Error,
    },
    /// No zip, or a broken one.
    #[error("{what} is damaged or cut off: {why}. Fetch or export it again")]
    Damaged {
        /// Which file.
        what: String,
        /// Why.
        why: String,
    },
    /// A name that points out of the package.
    #[error("“{0}” points outside of the package, so nothing of it is read")]
    Outside(String),
    /// A symbolic link.
    #[error("“{0}” is a link to another file, so nothing of it is read")]
    Link(String),
    /// Two files of one name.
    #[error("“{0}” is in the package twice, so nothing of it is read")]
    Twice(String),
    /// Locked with a password.
    #[error("“{0}” is locked with a password; unlock it first")]
    Locked(String),
    /// More than is read.
    #[error("{what} is larger than {limit} bytes, which is the most that is read")]
    TooLarge {
        /// Which file.
        what: String,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// More files than are read.
    #[error("{0} holds more than {MAX_ENTRIES} files or folders deeper than {MAX_FOLDERS}")]
    TooMany(String),
    /// No such file.
    #[error("“{0}” is not in the package")]
    Missing(String),
    /// No picture or sound that can be kept.
    #[error("“{name}” {fault}")]
    Media {
        /// As the text writes it.
        name: String,
        /// Why.
        fault: MediaFault,
    },
}

/// What is read of a zip: from a file, or from memory.
trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

enum Inner {
    /// One file; others beside it are read by name.
    File(PathBuf),
    Folder(PathBuf),
    Zip {
        /// Number in the zip and size, by name.
        entries: BTreeMap<String, usize>,
        archive: Mutex<ZipArchive<Box<dyn ReadSeek>>>,
    },
    Memory(Vec<u8>),
}

/// A file, a folder or a zip.
pub struct Package {
    name: String,
    entries: Vec<String>,
    inner: Inner,
    memory: Mutex<Kept>,
}

/// Files that stood inside of others, such as pictures in XML, and the bytes of all.
#[derive(Default)]
struct Kept {
    files: BTreeMap<String, Arc<[u8]>>,
    bytes: usize,
}

impl Package {
    /// Opens what is at `path`. What a file is, is told by its first bytes.
    ///
    /// # Errors
    /// [`PackageError`] when it cannot be read, or is built to harm.
    pub fn open(path: &Path) -> Result<Self, PackageError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let failed = |source| PackageError::Io { what: name.clone(), source };
        if std::fs::metadata(path).map_err(failed)?.is_dir() {
            let mut entries = Vec::new();
            walk(path, "", 0, &mut entries)?;
            entries.sort();
            return Ok(Self::new(name, entries, Inner::Folder(path.into())));
        }
        let mut file = File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        if size > MAX_PACKAGE {
            return Err(PackageError::TooLarge { what: name, limit: MAX_PACKAGE });
        }
        let mut head = Vec::new();
        Read::by_ref(&mut file).take(4).read_to_end(&mut head).map_err(failed)?;
        if ZIP.iter().any(|magic| head.starts_with(magic)) {
            file.rewind().map_err(failed)?;
            return Self::zip(name, Box::new(BufReader::new(file)));
        }
        Ok(Self::new(name.clone(), vec![name], Inner::File(path.into())))
    }

    /// What these bytes are, under the name given; nothing lies beside it.
    ///
    /// # Errors
    /// [`PackageError`] when they are a zip that cannot be read, or is built to harm.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, PackageError> {
        let name = name.to_owned();
        if ZIP.iter().any(|magic| bytes.starts_with(magic)) {
            return Self::zip(name, Box::new(Cursor::new(bytes)));
        }
        Ok(Self::new(name.clone(), vec![name], Inner::Memory(bytes)))
    }

    fn new(name: String, entries: Vec<String>, inner: Inner) -> Self {
        Self { name, entries, inner, memory: Mutex::default() }
    }

    fn zip(name: String, read: Box<dyn ReadSeek>) -> Result<Self, PackageError> {
        let damaged = |why: &dyn std::fmt::Display| PackageError::Damaged {
            what: name.clone(),
            why: why.to_string(),
        };
        let mut archive = ZipArchive::new(read).map_err(|why| damaged(&why))?;
        if archive.len() > MAX_ENTRIES {
            return Err(PackageError::TooMany(name));
        }
        let mut entries = BTreeMap::new();
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|why| damaged(&why))?;
            let path = file.name().map_err(|why| damaged(&why))?.replace('\\', "/");
            if file.is_dir() {
                continue;
            }
            if file.is_symlink() {
                return Err(PackageError::Link(path));
            }
            if file.encrypted() {
                return Err(PackageError::Locked(path));
            }
            let path = inside(&path).ok_or(PackageError::Outside(path))?;
            if entries.insert(path.clone(), index).is_some() {
                return Err(PackageError::Twice(path));
            }
        }
        let names = entries.keys().cloned().collect();
        Ok(Self::new(name, names, Inner::Zip { entries, archive: archive.into() }))
    }

    /// Keeps a file that stood inside of another, and gives the path that it is read by.
    ///
    /// # Errors
    /// [`PackageError::TooLarge`] when all such files have more than [`MAX_MEMORY`] bytes.
    pub fn add_memory(&self, name: &str, bytes: Vec<u8>) -> Result<String, PackageError> {
        let mut memory = self.kept();
        memory.bytes = memory.bytes.saturating_add(bytes.len());
        if memory.bytes > MAX_MEMORY {
            let (what, limit) = (self.name.clone(), MAX_MEMORY as u64);
            return Err(PackageError::TooLarge { what, limit });
        }
        let path = format!("/{}/{name}", memory.files.len()); // No path of a package begins so.
        memory.files.insert(path.clone(), bytes.into());
        Ok(path)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Name of the file or folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is one file that is no zip.
    pub fn is_file(&self) -> bool {
        matches!(self.inner, Inner::File(_) | Inner::Memory(_))
    }

    /// Whether it is a zip.
    pub fn is_zip(&self) -> bool {
        matches!(self.inner, Inner::Zip { .. })
    }

    /// The paths of its files, in order, with `/` between folders.
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// Whether there is a file of this path, beside a single file too.
    pub fn has(&self, path: &str) -> bool {
        match &self.inner {
            Inner::File(_) => self.on_disk(path).is_ok_and(|file| file.is_file()),
            _ => self.entries.binary_search_by(|entry| entry.as_str().cmp(path)).is_ok(),
        }
    }

    /// How large a file says that it is, in bytes, without being unpacked; none when it is not
    /// there. Reading minds bounds whatever is said here.
    pub fn size(&self, path: &str) -> Option<u64> {
        if let Some(bytes) = self.kept().files.get(path) {
            return Some(bytes.len() as u64);
        }
        match &self.inner {
            Inner::Zip { entries, archive } => {
                let index = *entries.get(path)?;
                let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
                archive.by_index_raw(index).ok().map(|file| file.size())
            }
            Inner::Memory(bytes) => (path == self.name).then_some(bytes.len() as u64),
            Inner::File(_) | Inner::Folder(_) => {
                Some(std::fs::metadata(self.on_disk(path).ok()?).ok()?.len())
            }
        }
    }

    /// Reads a file whole, up to `limit` bytes.
    ///
    /// # Errors
    /// [`PackageError`] when it is not there, larger, or damaged.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, PackageError> {
        let mut bytes = Vec::new();
        self.copy(path, limit, &mut bytes)?;
        Ok(bytes)
    }

    /// Copies a file, up to `limit` bytes.
    ///
    /// # Errors
    /// [`PackageError`] when it is not there, larger or damaged, or cannot be written.
    pub fn copy(&self, path: &str, limit: u64, to: &mut dyn Write) -> Result<(), PackageError> {
        self.with(path, &mut |read| copy(path, read, limit, to))
    }

    /// Calls `with` with a reader of a file; it reads as much as it wants, so it must mind bounds
    /// itself.
    ///
    /// # Errors
    /// [`PackageError`] when the file is not there, and what `with` gives.
    pub fn with(
        &self,
        path: &str,
        with: &mut dyn FnMut(&mut dyn Read) -> Result<(), PackageError>,
    ) -> Result<(), PackageError> {
        let damaged = |why: zip::result::ZipError| PackageError::Damaged {
            what: path.to_owned(),
            why: why.to_string(),
        };
        let kept = self.kept().files.get(path).cloned();
        if let Some(bytes) = kept {
            return with(&mut &*bytes);
        }
        match &self.inner {
            Inner::Zip { entries, archive } => {
                let index = *entries.get(path).ok_or_else(|| missing(path))?;
                let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
                with(&mut archive.by_index(index).map_err(damaged)?)
            }
            Inner::Memory(bytes) if path == self.name => with(&mut bytes.as_slice()),
            Inner::Memory(_) => Err(missing(path)),
            Inner::File(_) | Inner::Folder(_) => {
                let file = File::open(self.on_disk(path)?);
                with(&mut file.map_err(|source| PackageError::Io { what: path.into(), source })?)
            }
        }
    }

    /// The picture or sound that a deck's text shows.
    ///
    /// # Errors
    /// [`PackageError`] when it is not there, too large, or neither.
    pub fn media(&self, media: &DraftMedia) -> Result<MediaFile, PackageError> {
        let limit = MAX_MEDIA_FILE as u64;
        let mut bytes = Vec::new();
        self.with(&media.entry, &mut |read| {
            if !media.zstd {
                return copy(&media.entry, read, limit, &mut bytes);
            }
            let mut read = zstd::Decoder::new(read).map_err(|why| PackageError::Damaged {
                what: media.entry.clone(),
                why: why.to_string(),
            })?;
            copy(&media.entry, &mut read, limit, &mut bytes)
        })?;
        MediaFile::new(&media.name, bytes)
            .map_err(|fault| PackageError::Media { name: media.name.clone(), fault })
    }

    /// Where a file lies that is in this folder, or beside this file.
    fn on_disk(&self, path: &str) -> Result<PathBuf, PackageError> {
        let folder = match &self.inner {
            Inner::Folder(folder) => folder,
            Inner::File(file) if path == self.name => return Ok(file.clone()),
            Inner::File(file) => file.parent().ok_or_else(|| missing(path))?,
            Inner::Zip { .. } | Inner::Memory(_) => return Err(missing(path)),
        };
        let inside = inside(path).ok_or_else(|| PackageError::Outside(path.to_owned()))?;
        let mut at = folder.to_owned();
        for part in inside.split('/') {
            at.push(part);
            match at.symlink_metadata() {
                Ok(data) if data.is_symlink() => return Err(PackageError::Link(path.to_owned())),
                Ok(_) => {}
                Err(_) => return Err(missing(path)),
            }
        }
        Ok(at)
    }
}

fn missing(path: &str) -> PackageError {
    PackageError::Missing(path.to_owned())
}

/// A path with `/` between its parts, when it stays inside.
pub(super) fn inside(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let bad = |part: &&str| part.contains([':', '\0']);
    (!parts.is_empty() && !parts.iter().any(bad)).then(|| parts.join("/"))
}

/// Copies up to `limit` bytes; more is an error.
fn copy(
    what: &str,
    read: &mut dyn Read,
    limit: u64,
    to: &mut dyn Write,
) -> Result<(), PackageError> {
    // The system's errors come from either end; a zip's own say that it is damaged.
    let copied = std::io::copy(&mut read.take(limit + 1), to).map_err(|source| {
        if matches!(source.kind(), std::io::ErrorKind::Other | std::io::ErrorKind::InvalidData)
            || source.kind() == std::io::ErrorKind::UnexpectedEof
        {
            PackageError::Damaged { what: what.to_owned(), why: source.to_string() }
        } else {
            PackageError::Io { what: what.to_owned(), source }
        }
    })?;
    if copied > limit {
        return Err(PackageError::TooLarge { what: what.to_owned(), limit });
    }
    Ok(())
}
