//! Backups as the learner meets them: made, restored, interrupted, and found damaged.

use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::desk::tests::{EXAM, Machine};
use crate::desk::views::{Preferences, Theme};
use crate::exam::Conditions;
use crate::store::{StoreError, other_versions};

const DAY_MS: i64 = 86_400_000;

async fn look_dark(desk: &Sitwell) {
    let dark = Preferences { theme: Theme::Dark, ..Preferences::default() };
    desk.set_preferences(dark).await.unwrap();
}

async fn is_dark(desk: &Sitwell) -> bool {
    desk.preferences().await.unwrap().theme == Theme::Dark
}

/// Overwrites pages in the middle of a file.
fn damage(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 5 * 4096].fill(0xa5);
    std::fs::write(path, bytes).unwrap();
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn newest(view: &BackupsView) -> PathBuf {
    PathBuf::from(&view.backups[0].path)
}

#[tokio::test]
async fn the_first_of_a_study_day_makes_a_backup_and_no_other_does() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let first = desk.daily_backup().await.unwrap();
    assert_eq!((first.backups.len(), first.failure), (1, None));
    assert!(first.backups[0].bytes > 100_000);
    machine.clock.advance(3_600_000);
    assert_eq!(desk.daily_backup().await.unwrap().backups, first.backups);
    machine.clock.advance(DAY_MS);
    let second = desk.daily_backup().await.unwrap();
    assert_eq!((second.backups.len(), second.backups[0].kind), (2, BackupKind::Daily));
    assert_eq!(files(Path::new(&second.folder)).len(), 2, "nothing else is left there");
}

#[tokio::test]
async fn a_backup_that_cannot_be_made_is_told_and_stops_nothing() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let folder = machine.collection().with_file_name("backups");
    let today = Shelf::of(&machine.collection())
        .place(BackupKind::Daily, machine.clock.now().wall_ms)
        .unwrap();
    // A folder stands where the file is to be, which no right of a user changes.
    std::fs::create_dir_all(today.join("x")).unwrap();
    assert_eq!(desk.back_up(Some(&today)).await.unwrap_err().code(), "no_backup");
    let view = desk.daily_backup().await.unwrap();
    assert!(view.failure.is_some() && view.backups.is_empty(), "{view:?}");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "a file").unwrap();
    assert!(desk.daily_backup().await.is_err());
    look_dark(&desk).await;
    std::fs::remove_file(&folder).unwrap();
    assert_eq!(desk.daily_backup().await.unwrap().failure, None);
}

#[tokio::test]
async fn a_backup_is_shown_with_what_it_changes_and_restored_without_a_restart() {
    let machine = Machine::new();
    let desk = machine.open().await;
    look_dark(&desk).await;
    let chosen = machine.collection().with_file_name("mine.sitwell");
    let made = desk.back_up(Some(&chosen)).await.unwrap();
    assert_eq!((made.kind, made.made_ms), (BackupKind::Manual, machine.clock.now().wall_ms));
    let preview = desk.preview_restore(&chosen).await.unwrap();
    assert!(preview.same, "{preview:?}");

    machine.clock.advance(DAY_MS);
    let began = machine.clock.now().wall_ms;
    let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    desk.see(&paper.id, 0).await.unwrap();
    let study = desk.study().await.unwrap();
    desk.grade_card(study.card.unwrap().id, crate::study::Grade::Good, 1000).await.unwrap();
    desk.set_preferences(Preferences::default()).await.unwrap();

    let preview = desk.preview_restore(&chosen).await.unwrap();
    assert_eq!((preview.sittings.lost, preview.sittings.back), (1, 0));
    assert_eq!(preview.sittings.lost_between, Some((began, began)));
    assert_eq!((preview.reviews.lost, preview.settings, preview.same), (1, 1, false));

    let restored = desk.restore().await.unwrap();
    assert!(desk.is_closed() && is_dark(&restored).await);
    assert!(restored.history(EXAM).await.unwrap().is_empty());
    let again = Sitwell::open(&machine.collection(), machine.clock.clone(), Arc::new(|| 0)).await;
    assert_eq!(again.err().unwrap().code(), "open_elsewhere", "the lock was kept");

    // What was here can be brought back.
    let backups = restored.backups().await.unwrap();
    assert_eq!(backups.backups[0].kind, BackupKind::BeforeRestore);
    let preview = restored.preview_restore(&newest(&backups)).await.unwrap();
    assert_eq!((preview.sittings.lost, preview.sittings.back), (0, 1));
    let back = restored.restore().await.unwrap();
    assert!(!is_dark(&back).await);
    assert_eq!(back.history(EXAM).await.unwrap().len(), 1);
    back.close().await;
    assert!(!files(machine.collection().parent().unwrap()).iter().any(|n| n.ends_with("-wal")));
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_nothing_is_changed() {
    let machine = Machine::new();
    let desk = machine.open().await;
    look_dark(&desk).await;
    let folder = machine.collection().parent().unwrap().to_owned();
    let code = |from: PathBuf| {
        let desk = &desk;
        async move { desk.preview_restore(&from).await.unwrap_err().code() }
    };
    std::fs::write(folder.join("notes.txt"), "no database at all").unwrap();
    assert_eq!(code(folder.join("notes.txt")).await, "not_a_backup");
    assert_eq!(code(folder.join("none")).await, "not_a_backup");
    assert_eq!(code(machine.collection()).await, "not_a_backup");
    let newer = folder.join("newer.sitwell");
    desk.back_up(Some(&newer)).await.unwrap();
    std::fs::copy(&newer, folder.join("damaged.sitwell")).unwrap();
    other_versions::make_newer(&newer).await;
    assert_eq!(code(newer).await, "newer_backup");
    damage(&folder.join("damaged.sitwell"));
    assert_eq!(code(folder.join("damaged.sitwell")).await, "damaged_backup");
    assert_eq!(desk.restore().await.err().unwrap().code(), "no_preview");
    assert!(is_dark(&desk).await);
}

#[tokio::test]
async fn without_a_backup_of_what_is_here_nothing_is_restored() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let light = desk.back_up(None).await.unwrap();
    look_dark(&desk).await;
    desk.preview_restore(Path::new(&light.path)).await.unwrap();
    let place = Shelf::of(&machine.collection())
        .place(BackupKind::BeforeRestore, machine.clock.now().wall_ms)
        .unwrap();
    // A folder stands where the backup of the present is to be.
    std::fs::create_dir_all(place.join("x")).unwrap();
    assert_eq!(desk.restore().await.err().unwrap().code(), "no_backup");
    assert!(desk.is_closed());
    assert!(is_dark(&desk.reopen().await.unwrap()).await, "the collection is as it was");
}

#[tokio::test]
async fn a_backup_of_an_older_sitwell_is_restored() {
    let machine = Machine::new();
    let desk = machine.open().await;
    let old = machine.collection().with_file_name("old.sitwell");
    other_versions::make_old(&old, 5).await;
    desk.preview_restore(&old).await.unwrap();
    let restored = desk.restore().await.unwrap();
    assert!(restored.backups().await.unwrap().backups.len() == 1);
    restored.today().await.unwrap();
}

#[tokio::test]
async fn what_an_interrupted_copy_left_is_taken_away_and_the_collection_is_whole() {
    let machine = Machine::new();
    let desk = machine.open().await;
    look_dark(&desk).await;
    let backups = desk.daily_backup().await.unwrap();
    desk.preview_restore(&newest(&backups)).await.unwrap();
    // The process ends here: what waits to be restored stays on the disk, half of a backup too.
    let folder = machine.collection().parent().unwrap().to_owned();
    let waiting = files(&folder).into_iter().find(|name| name.contains("-unfinished-")).unwrap();
    let halves =
        [folder.join(&waiting).with_extension("x.part"), folder.join("backups").join(waiting)];
    for half in &halves {
        std::fs::write(half, "SQLite format 3").unwrap();
    }
    std::mem::forget(desk.backups.pending.lock().await.take());
    assert_eq!(desk.backups().await.unwrap().backups.len(), 1, "half of one is none");
    drop(desk);
    let desk = machine.open().await;
    assert!(is_dark(&desk).await);
    for folder in [folder.clone(), folder.join("backups")] {
        assert!(!files(&folder).iter().any(|name| name.contains(".part")), "{folder:?}");
    }
}

#[tokio::test]
async fn an_older_collection_is_backed_up_before_it_is_brought_up_to_date() {
    let machine = Machine::new();
    let path = machine.collection();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    other_versions::make_old(&path, 9).await;
    let desk = machine.open().await;
    let backups = desk.backups().await.unwrap().backups;
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].kind, BackupKind::BeforeUpdate);
    let kept = crate::store::examine(Path::new(&backups[0].path), crate::store::Depth::Whole);
    assert_eq!(kept.await.unwrap().version, 9);
    desk.close().await;
    drop(desk);
    let again = machine.open().await;
    assert_eq!(again.backups().await.unwrap().backups, backups, "only once");
}

#[tokio::test]
async fn a_newer_collection_is_refused_and_stays_as_it_is() {
    let machine = Machine::new();
    machine.open().await.close().await;
    other_versions::make_newer(&machine.collection()).await;
    let before = std::fs::read(machine.collection()).unwrap();
    let refused = Sitwell::open(&machine.collection(), machine.clock.clone(), Arc::new(|| 0)).await;
    assert_eq!(refused.err().unwrap().code(), "collection_newer");
    assert_eq!(std::fs::read(machine.collection()).unwrap(), before);
}

/// A collection with a backup of yesterday, damaged today while it was open.
async fn damaged(machine: &Machine) -> DeskError {
    let desk = machine.open().await;
    look_dark(&desk).await;
    desk.daily_backup().await.unwrap();
    machine.clock.advance(DAY_MS);
    desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
    // Closed without a mark, as when the app met the damage.
    desk.close_damaged().await;
    drop(desk);
    damage(&machine.collection());
    Sitwell::open(&machine.collection(), machine.clock.clone(), Arc::new(|| 0)).await.err().unwrap()
}

#[tokio::test]
async fn a_damaged_collection_is_told_and_its_newest_sound_backup_takes_its_place() {
    let machine = Machine::new();
    let error = damaged(&machine).await;
    assert_eq!(error.code(), "collection_damaged");
    assert!(matches!(error, DeskError::Store(StoreError::Corrupt { .. })));
    let before = std::fs::read(machine.collection()).unwrap();
    // A newer backup that is damaged too is passed over.
    let bad = Shelf::of(&machine.collection())
        .place(BackupKind::Manual, machine.clock.now().wall_ms)
        .unwrap();
    std::fs::write(&bad, &before).unwrap();

    let view = Sitwell::damage(&machine.collection()).await.unwrap();
    assert!(!view.faults.is_empty() && view.passed_over == 1, "{view:?}");
    assert_eq!(view.backup.unwrap().kind, BackupKind::Daily);
    let seeds: crate::desk::SeedSource = Arc::new(|| 0);
    // A repair that is interrupted before the backup stands in its place changes nothing.
    let early = placing::keep_damaged(&machine.collection(), machine.clock.now().wall_ms).unwrap();
    let again = Sitwell::open(&machine.collection(), machine.clock.clone(), Arc::new(|| 0)).await;
    assert_eq!(again.err().unwrap().code(), "collection_damaged");
    let repaired =
        Sitwell::restore_newest(&machine.collection(), machine.clock.clone(), seeds).await.unwrap();
    assert_eq!(std::fs::read(&repaired.kept_as).unwrap(), before, "the damaged file is kept");
    assert_ne!(repaired.kept_as, early);
    assert_eq!(std::fs::read(&early).unwrap(), before, "and so it is from the first time");
    assert!(is_dark(&repaired.desk).await);
    assert!(repaired.desk.history(EXAM).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_backup_of_the_day_tells_of_damage_that_nothing_else_has_met() {
    let machine = Machine::new();
    let desk = machine.open().await;
    desk.close().await;
    drop(desk);
    damage(&machine.collection());
    let seeds: crate::desk::SeedSource = Arc::new(|| 0);
    match Sitwell::open(&machine.collection(), machine.clock.clone(), seeds).await {
        // It was closed well, so only what opening reads is looked at.
        Ok(desk) => {
            let told = desk.daily_backup().await.unwrap_err();
            assert_eq!(told.code(), "collection_damaged");
            assert_eq!(desk.backups().await.unwrap().backups, []);
        }
        Err(error) => assert_eq!(error.code(), "collection_damaged"),
    }
}

#[tokio::test]
async fn one_can_start_anew_and_keep_the_damaged_file() {
    let machine = Machine::new();
    assert_eq!(damaged(&machine).await.code(), "collection_damaged");
    let before = std::fs::read(machine.collection()).unwrap();
    let seeds: crate::desk::SeedSource = Arc::new(|| 0);
    let repaired =
        Sitwell::start_anew(&machine.collection(), machine.clock.clone(), seeds).await.unwrap();
    assert_eq!(std::fs::read(&repaired.kept_as).unwrap(), before);
    assert!(!is_dark(&repaired.desk).await);
    assert_eq!(repaired.desk.backups().await.unwrap().backups.len(), 1, "backups stay");
}

#[tokio::test]
async fn a_file_that_was_never_a_collection_is_not_called_damaged() {
    let machine = Machine::new();
    let path = machine.collection();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, "a letter, and no database of any kind").unwrap();
    let error = Sitwell::open(&path, machine.clock.clone(), Arc::new(|| 0)).await.err().unwrap();
    assert_eq!(error.code(), "collection");
    assert_eq!(std::fs::read(&path).unwrap(), b"a letter, and no database of any kind");
}
