//! Writing a copy of a collection: under another name, looked through, on the disk, then in its
//! place.

use std::fs::File;
use std::path::Path;

use super::BackupError;
use super::shelf::{Shelf, beside};
use crate::store::{Depth, Store, Totals, copy_file, examine};

/// Copies an open collection, and gives the size of the copy in bytes.
pub(super) async fn copy_of(
    store: &Store,
    shelf: &Shelf,
    target: &Path,
) -> Result<u64, BackupError> {
    let part = shelf.part(target)?;
    // What only grows may have grown until it is copied, and is there at least.
    let before = store.totals().await.map_err(BackupError::NotCopied)?;
    store.copy_to(&part).await.map_err(BackupError::NotCopied)?;
    verify(&part, Some(before)).await?;
    put(part, target)
}

/// Copies a collection that is not open, and holds at least so much where that is known.
pub(super) async fn copy_of_file(
    from: &Path,
    shelf: &Shelf,
    target: &Path,
    least: Option<Totals>,
) -> Result<u64, BackupError> {
    let part = shelf.part(target)?;
    copy_file(from, &part).await.map_err(BackupError::NotCopied)?;
    verify(&part, least).await?;
    put(part, target)
}

/// Opens a copy and looks through all of it.
async fn verify(copy: &Path, least: Option<Totals>) -> Result<(), BackupError> {
    let found = examine(copy, Depth::Whole).await.map_err(BackupError::NotCopied)?;
    let why = if let Some(fault) = found.faults.into_iter().next() {
        fault
    } else if found.version == 0 {
        "it holds no collection".to_owned()
    } else if least.is_some_and(|least| found.totals.is_none_or(|found| lacks(found, least))) {
        "answers or sittings are missing in it".to_owned()
    } else {
        return Ok(());
    };
    Err(BackupError::Unsound { why })
}

fn lacks(found: Totals, least: Totals) -> bool {
    found.reviews < least.reviews || found.sittings < least.sittings || found.events < least.events
}

/// Waits until the disk has a file, and gives it its name.
pub(super) fn put(part: tempfile::TempPath, target: &Path) -> Result<u64, BackupError> {
    let failed = |source| BackupError::NotMade { path: target.into(), source };
    let bytes = sync(&part).map_err(failed)?;
    part.persist(target).map_err(|error| failed(error.error))?;
    // The name is safe too when the folder is; where folders cannot be synced it is up to them.
    sync(&beside(target)).ok();
    Ok(bytes)
}

/// Waits until the disk has a file or folder, and gives its size in bytes.
fn sync(path: &Path) -> std::io::Result<u64> {
    let file = File::options().read(true).write(path.is_file()).open(path)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}
