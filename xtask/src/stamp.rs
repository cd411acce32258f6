//! Stamps: a file that remembers what a result was made from, so that it is made again only when
//! that has changed.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub(crate) struct Stamp {
    file: PathBuf,
    value: String,
}

impl Stamp {
    /// The stamp kept in `file` for these sources: files, or folders without `skip`.
    pub(crate) fn of(file: PathBuf, sources: &[&Path], skip: &[&str]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for source in sources {
            hash(source, skip, &mut hasher)?;
        }
        Ok(Self { file, value: format!("{:016x}\n", hasher.finish()) })
    }

    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|value| value == self.value)
    }

    pub(crate) fn write(&self) -> Result<()> {
        fs::write(&self.file, &self.value)
            .with_context(|| format!("could not write {}", self.file.display()))
    }
}

fn hash(path: &Path, skip: &[&str], hasher: &mut DefaultHasher) -> Result<()> {
    let unreadable = || format!("could not read {}", path.display());
    path.hash(hasher);
    if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .with_context(unreadable)?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<Vec<_>>>()
            .with_context(unreadable)?;
        entries.retain(|entry| !skip.iter().any(|name| entry.ends_with(name)));
        entries.sort();
        entries.iter().try_for_each(|entry| hash(entry, skip, hasher))
    } else {
        fs::read(path).with_context(unreadable)?.hash(hasher);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Stamp;
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn a_stamp_is_fresh_until_a_source_changes() {
        let dir = std::env::temp_dir().join(format!("sitwell-stamp-{}", std::process::id()));
        fs::create_dir_all(dir.join("skipped")).unwrap();
        fs::write(dir.join("source"), "one").unwrap();
        let stamp = || Stamp::of(dir.join("skipped/stamp"), &[&dir], &["skipped"]).unwrap();

        assert!(!stamp().is_fresh(), "never written");
        stamp().write().unwrap();
        assert!(stamp().is_fresh(), "nothing changed, and the stamp itself does not count");
        fs::write(dir.join("source"), "two").unwrap();
        assert!(!stamp().is_fresh(), "a source changed");
        fs::write(dir.join("source"), "one").unwrap();
        fs::rename(dir.join("source"), dir.join("renamed")).unwrap();
        assert!(!stamp().is_fresh(), "a source was renamed");

        fs::remove_dir_all(PathBuf::from(&dir)).unwrap();
    }
}
