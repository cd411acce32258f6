//! The folder of backups beside a collection: what its files are called, and which are kept.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::DateTime;

use super::BackupError;
use crate::desk::views::{BackupKind, BackupRow};
use crate::study::Calendar;

/// Study days of which a backup is kept.
pub(super) const DAILY: usize = 7;
/// Weeks before those of which one is kept.
pub(super) const WEEKLY: usize = 4;
/// Backups before an update, and before a restore, that are kept.
const BEFORE: usize = 3;

/// Ending of collections and backups.
const ENDING: &str = "sitwell";
/// The time in a name, UTC to the millisecond, without characters that a file system refuses.
const TIME: &str = "%Y%m%dT%H%M%S%3fZ";
/// Days from the Monday of a week to 1970-01-01, a Thursday.
const THURSDAY: i64 = 3;

impl BackupKind {
    fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Manual => "manual",
            Self::BeforeUpdate => "before-update",
            Self::BeforeRestore => "before-restore",
        }
    }
}

/// The folder of backups of one collection.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    folder: PathBuf,
    /// What its files begin with: the collection's name without its ending.
    stem: String,
}

impl Shelf {
    pub(super) fn of(collection: &Path) -> Self {
        let stem = collection.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { folder: beside(collection).join("backups"), stem }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a backup goes, in a folder that is made when there is none.
    pub(super) fn place(&self, kind: BackupKind, ms: i64) -> Result<PathBuf, BackupError> {
        std::fs::create_dir_all(&self.folder)
            .map_err(|source| BackupError::Folder { path: self.folder.clone(), source })?;
        Ok(self.folder.join(format!("{}-{}-{}.{ENDING}", self.stem, kind.name(), stamp(ms))))
    }

    /// The backups that are there, newest first, not looked into. A folder that is not there holds
    /// none.
    pub(super) fn list(&self) -> Result<Vec<BackupRow>, BackupError> {
        let failed = |source| BackupError::Folder { path: self.folder.clone(), source };
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut rows = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some((kind, made_ms)) = self.read_name(&name) else { continue };
            // What cannot be looked at, or is a folder, is no backup.
            let Ok(data) = entry.metadata() else { continue };
            if !data.is_file() {
                continue;
            }
            let bytes = data.len();
            let path = entry.path().display().to_string();
            rows.push(BackupRow { path, kind, made_ms, bytes, holds: None });
        }
        rows.sort_by(|a, b| (b.made_ms, &b.path).cmp(&(a.made_ms, &a.path)));
        Ok(rows)
    }

    fn read_name(&self, name: &str) -> Option<(BackupKind, i64)> {
        let rest = name.strip_prefix(&self.stem)?.strip_prefix('-')?;
        let (kind, time) = rest.strip_suffix(ENDING)?.strip_suffix('.')?.rsplit_once('-')?;
        let kind = BackupKind::ALL.into_iter().find(|known| known.name() == kind)?;
        let time = chrono::NaiveDateTime::parse_from_str(time, TIME).ok()?;
        Some((kind, time.and_utc().timestamp_millis()))
    }

    /// Takes out the backups that are not kept. What cannot be taken out stays until the next
    /// time: it does no harm.
    pub(super) fn tidy(&self, calendar: Calendar, today: i64) -> Result<(), BackupError> {
        for row in surplus(self.list()?, calendar, today) {
            std::fs::remove_file(row.path).ok();
        }
        Ok(())
    }

    /// Takes out what a copy or a restore left when it was interrupted. Only who holds the
    /// collection's lock may.
    pub(super) fn sweep(&self, collection: &Path) {
        for folder in [beside(collection), self.folder.clone()] {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with(&part_prefix(&self.stem)) && name.contains(PART) {
                    std::fs::remove_file(entry.path()).ok();
                }
            }
        }
    }

    /// An empty file in the folder of `target` that takes its name when it is whole.
    pub(super) fn part(&self, target: &Path) -> Result<tempfile::TempPath, BackupError> {
        let part = tempfile::Builder::new()
            .prefix(&part_prefix(&self.stem))
            .suffix(PART)
            .tempfile_in(beside(target));
        let failed = |source| BackupError::NotMade { path: target.into(), source };
        part.map(tempfile::NamedTempFile::into_temp_path).map_err(failed)
    }
}

/// What unfinished files end in.
const PART: &str = ".part";

fn part_prefix(stem: &str) -> String {
    format!(".{stem}-unfinished-")
}

/// The folder that a file is in.
pub(super) fn beside(file: &Path) -> PathBuf {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => folder.into(),
        None => PathBuf::from("."),
    }
}

/// A time as names have it.
pub(super) fn stamp(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().format(TIME).to_string()
}

/// The backups that are not kept: of daily ones the newest of each of [`DAILY`] days and of
/// [`WEEKLY`] weeks before them stay, of those before an update or a restore the newest few, and
/// every one that the learner made.
fn surplus(rows: Vec<BackupRow>, calendar: Calendar, today: i64) -> Vec<BackupRow> {
    let day = |row: &BackupRow| calendar.day(row.made_ms);
    // Those from a clock that was ahead count as the oldest, else they would push out the others.
    let (ahead, past): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| day(row) > today);
    let (mut days, mut weeks) = (HashSet::new(), HashSet::new());
    let (mut updates, mut restores) = (0, 0);
    let mut gone = Vec::new();
    for row in past.into_iter().chain(ahead) {
        let stays = match row.kind {
            BackupKind::Manual => true,
            BackupKind::BeforeUpdate => {
                updates += 1;
                updates <= BEFORE
            }
            BackupKind::BeforeRestore => {
                restores += 1;
                restores <= BEFORE
            }
            BackupKind::Daily => {
                let (day, week) = (day(&row), (day(&row) + THURSDAY).div_euclid(7));
                if days.contains(&day) || weeks.contains(&week) {
                    false
                } else if days.len() < DAILY {
                    days.insert(day)
                } else {
                    weeks.len() < WEEKLY && weeks.insert(week)
                }
            }
        };
        if !stays {
            gone.push(row);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;
    const CALENDAR: Calendar = Calendar { utc_offset_seconds: 3600, rollover_hour: 4 };

    fn daily(made_ms: i64) -> BackupRow {
        BackupRow { path: stamp(made_ms), kind: BackupKind::Daily, made_ms, bytes: 1, holds: None }
    }

    fn kept(rows: &[BackupRow], today: i64) -> Vec<BackupRow> {
        let gone = surplus(rows.to_vec(), CALENDAR, today);
        rows.iter().filter(|row| !gone.contains(row)).cloned().collect()
    }

    #[test]
    fn over_sixty_days_seven_daily_and_four_weekly_ones_are_kept() {
        let begin = 1_764_000_000_000;
        let mut rows: Vec<BackupRow> = Vec::new();
        for number in 0..60 {
            let now = begin + number * DAY_MS;
            rows.insert(0, daily(now));
            rows = kept(&rows, CALENDAR.day(now));
        }
        let ages: Vec<i64> =
            rows.iter().map(|row| (begin + 59 * DAY_MS - row.made_ms) / DAY_MS).collect();
        assert_eq!(ages[..7], [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(ages.len(), 11, "{ages:?}");
        assert!(ages[7..].windows(2).all(|pair| pair[1] - pair[0] <= 7), "{ages:?}");
        assert!(ages[10] >= 21, "{ages:?}");
    }

    #[test]
    fn a_clock_that_was_ahead_pushes_out_no_backup_of_today() {
        let now = 1_764_000_000_000;
        let mut rows: Vec<_> = (0..30).map(|number| daily(now + (400 - number) * DAY_MS)).collect();
        rows.push(daily(now));
        assert!(kept(&rows, CALENDAR.day(now)).contains(&daily(now)));
    }

    #[test]
    fn what_the_learner_made_stays_and_a_foreign_file_is_no_backup() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::of(&folder.path().join("my-cards.sitwell"));
        let day = |number: i64| 1_764_000_000_000 + number * DAY_MS;
        for number in 0..5 {
            for kind in [BackupKind::Manual, BackupKind::BeforeUpdate] {
                std::fs::write(shelf.place(kind, day(number)).unwrap(), "x").unwrap();
            }
        }
        for foreign in
            ["notes.txt", "my-cards-daily-x.sitwell", "other-daily-20251124T160000000Z.sitwell"]
        {
            std::fs::write(shelf.folder().join(foreign), "x").unwrap();
        }
        shelf.tidy(CALENDAR, CALENDAR.day(day(4))).unwrap();
        let rows = shelf.list().unwrap();
        let count = |kind| rows.iter().filter(|row| row.kind == kind).count();
        assert_eq!((count(BackupKind::Manual), count(BackupKind::BeforeUpdate)), (5, BEFORE));
        assert_eq!((rows.len(), rows[0].made_ms), (5 + BEFORE, day(4)));
        assert_eq!(std::fs::read_dir(shelf.folder()).unwrap().count(), 5 + BEFORE + 3);
    }
}
