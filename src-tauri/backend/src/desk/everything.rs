//! All that is in a collection, in one zip of plain files: every table as JSON, and the learner's
//! own decks as they are imported again.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::import::ImportError;
use super::views::{Everything, ExportFormat, ExportOptions};
use super::{DeskError, Sitwell};
use crate::store::{DumpError, Store, newest_version};

/// Version of the form of `collection.json`.
const FORM: u32 = 1;
const README: &str = "Everything in a Sitwell collection.

collection.json   Every table with all its rows: decks, every wording of every item, cards, reviews,
                  sittings with each event and result, forecasts, plans, reports and settings. Times
                  are milliseconds since 1970-01-01 UTC. Columns that hold JSON hold it as text.
decks.sitwell.zip Your own decks as Markdown, with their pictures and sounds. Sitwell imports it.
                  It is missing when you have no decks of your own.

To move to another computer, make a backup instead and restore it there.
";

impl Sitwell {
    /// Writes everything in the collection to a file: whole, or not at all.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read or the file not be written. What was there
    /// before stays then.
    pub async fn export_everything(&self, to: &Path) -> Result<Everything, DeskError> {
        let failed = |source| DeskError::NotWritten { path: to.into(), source };
        let folder = tempfile::tempdir().map_err(failed)?;
        let decks = folder.path().join("decks.sitwell.zip");
        let options =
            ExportOptions { deck: None, format: ExportFormat::Markdown, scheduling: false };
        let exported = match self.export(options, &decks, &|_| {}).await {
            Ok(exported) => Some(exported),
            Err(DeskError::Import(ImportError::Nothing)) => None,
            Err(error) => return Err(error),
        };
        let totals = self.store.totals().await?;
        let (store, runtime) = (self.store.clone(), tokio::runtime::Handle::current());
        let (target, now_ms) = (to.to_owned(), self.clock.now().wall_ms);
        let has_decks = exported.is_some();
        let writing = tokio::task::spawn_blocking(move || {
            write(&target, &store, &runtime, has_decks.then_some(&decks), now_ms)
        });
        let written = writing.await.map_err(|error| failed(io::Error::other(error)))?;
        let bytes = written.map_err(|error| match error {
            DumpError::Store(error) => error.into(),
            DumpError::Taken(source) => failed(source),
        })?;
        let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Everything {
            path: to.display().to_string(),
            bytes,
            decks: exported.as_ref().map_or(0, |exported| exported.decks),
            cards: count(totals.cards),
            reviews: count(totals.reviews),
            sittings: count(totals.sittings),
            left_out: exported.map(|exported| exported.left_out).unwrap_or_default(),
        })
    }
}

/// Writes beside the target and moves it there when all of it is on disk; gives its size.
fn write(
    target: &Path,
    store: &Store,
    runtime: &tokio::runtime::Handle,
    decks: Option<&std::path::PathBuf>,
    now_ms: i64,
) -> Result<u64, DumpError> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let part = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    let mut zip = ZipWriter::new(BufWriter::new(part));
    let options = SimpleFileOptions::default().large_file(true);
    zip.start_file("README.txt", options).map_err(io::Error::from)?;
    zip.write_all(README.as_bytes())?;
    zip.start_file("collection.json", options).map_err(io::Error::from)?;
    write!(
        zip,
        "{{\n\"sitwell_export\": {FORM},\n\"schema\": {},\n\"exported_ms\": {now_ms},\n\
         \"tables\": {{",
        newest_version()
    )?;
    let mut tables = Tables { zip: &mut zip, open: None, rows: false };
    runtime.block_on(store.dump(&mut |table, rows| tables.put(table, rows)))?;
    tables.end()?;
    zip.write_all(b"\n}\n}\n")?;
    if let Some(decks) = decks {
        zip.start_file("decks.sitwell.zip", options).map_err(io::Error::from)?;
        io::copy(&mut std::fs::File::open(decks)?, &mut zip)?;
    }
    let written = zip.finish().map_err(io::Error::from)?;
    let part = written.into_inner().map_err(io::IntoInnerError::into_error)?;
    part.as_file().sync_all()?;
    let bytes = part.as_file().metadata()?.len();
    part.persist(target).map_err(|error| error.error)?;
    Ok(bytes)
}

/// Writes tables as members of an object, each an array of rows.
struct Tables<'a, W: Write> {
    zip: &'a mut W,
    open: Option<String>,
    rows: bool,
}

impl<W: Write> Tables<'_, W> {
    fn put(&mut self, table: &str, rows: &[String]) -> io::Result<()> {
        if self.open.as_deref() != Some(table) {
            let before = if self.open.is_some() { "\n],\n" } else { "\n" };
            write!(self.zip, "{before}{}: [", serde_json::Value::from(table))?;
            self.open = Some(table.to_owned());
            self.rows = false;
        }
        for row in rows {
            write!(self.zip, "{}{row}", if self.rows { ",\n" } else { "\n" })?;
            self.rows = true;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.open.is_some() { self.zip.write_all(b"\n]") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::super::tests::{EXAM, Machine};
    use super::*;
    use crate::exam::Conditions;
    use crate::study::Grade;

    fn file(zip: &Path, name: &str) -> Option<Vec<u8>> {
        let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
        let mut bytes = Vec::new();
        zip.by_name(name).ok()?.read_to_end(&mut bytes).unwrap();
        Some(bytes)
    }

    #[tokio::test]
    async fn every_table_is_in_the_export_as_json_with_all_that_was_done() {
        let machine = Machine::new();
        let desk = machine.open().await;
        let paper = desk.start_exam(EXAM, None, Conditions::default()).await.unwrap();
        desk.choose(&paper.id, 0, &[1]).await.unwrap();
        let card = desk.study().await.unwrap().card.unwrap();
        desk.grade_card(card.id, Grade::Good, 1_000).await.unwrap();
        let target = machine.collection().with_file_name("all.zip");
        std::fs::write(&target, "what was there").unwrap();
        let told = desk.export_everything(&target).await.unwrap();
        assert_eq!((told.reviews, told.sittings, told.decks), (1, 1, 0));
        assert_eq!(told.bytes, std::fs::metadata(&target).unwrap().len());
        assert_eq!(file(&target, "decks.sitwell.zip"), None, "there are no own decks");

        let all = file(&target, "collection.json").unwrap();
        let all: serde_json::Value = serde_json::from_slice(&all).unwrap();
        assert_eq!(all["sitwell_export"], 1);
        let tables = all["tables"].as_object().unwrap();
        assert_eq!(tables["sittings"][0]["id"], paper.id.as_str());
        assert_eq!(tables["reviews"][0]["card_id"], card.id);
        let event = tables["sitting_events"][0]["body"].as_str().unwrap();
        assert!(event.contains("\"event\""), "{event}");
        assert_eq!(tables["cards"].as_array().unwrap().len(), told.cards as usize);
        assert!(tables["item_versions"].as_array().unwrap().len() > 100);
        for (table, rows) in tables {
            let rows = rows.as_array().unwrap();
            assert!(rows.iter().all(serde_json::Value::is_object), "{table}");
        }
        assert!(!tables.contains_key("media_files") && !tables.contains_key("search_items"));
    }

    #[tokio::test]
    async fn own_decks_go_along_and_a_file_that_cannot_be_written_is_named() {
        let machine = Machine::new();
        let desk = machine.open().await;
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes.md");
        std::fs::write(
            &notes,
            "---\ndeck: notes\ntitle: Notes\nversion: 1.0.0\nlicense: CC0-1.0\nlanguage: en\n---\n\n## Card one\n\nWhat is asked?\n\n---\n\nBack.\n",
        )
        .unwrap();
        desk.preview_import(&notes, &|_| {}).await.unwrap();
        desk.import(&|_| {}).await.unwrap();
        let target = folder.path().join("all.zip");
        let told = desk.export_everything(&target).await.unwrap();
        assert_eq!(told.decks, 1);
        assert!(file(&target, "decks.sitwell.zip").unwrap().starts_with(b"PK"));
        let nowhere = folder.path().join("none/all.zip");
        let error = desk.export_everything(&nowhere).await.unwrap_err();
        assert_eq!(error.code(), "not_written");
        assert_eq!(error.location(), Some(nowhere.display().to_string()));
    }
}
