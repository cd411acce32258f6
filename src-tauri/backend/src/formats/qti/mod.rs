//! IMS QTI 2.1, 2.2 and 3.0: items, tests and content packages (1EdTech, QTI 3.0 and its
//! predecessors; IMS Content Packaging 1.1).
//!
//! One reader serves all versions, because those of 3 are the elements of 2 under other names
//! ([`names`]). Items with one interaction that Sitwell has become questions or typed cards;
//! every other is reported by the name of its interaction.

mod content;
mod decks;
mod include;
mod item;
mod keys;
mod manifest;
mod names;
mod test;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::findings::{Findings, LeftOut};
use super::made::{self, Slugs};
use super::markdown::{MAX_ITEMS, MAX_TEXT};
use super::shown_files::{ShownFiles, folder_of, resolve};
use super::xml::{self, Element, XmlError};
use super::{Draft, DraftItem, DraftMedia, Format, Package, PackageError, Place, Work};
use crate::deck::Case;
use content::Content;
use item::Around;
use manifest::{About, Manifest};
use test::Part;

/// Largest file of XML, in bytes.
const MAX_FILE: u64 = 16 * 1024 * 1024;
/// Most bytes of all files of XML of a package.
const MAX_XML: u64 = 512 * 1024 * 1024;
const MANIFEST: &str = "imsmanifest.xml";

/// Why nothing of a package is read.
#[derive(Debug, thiserror::Error)]
pub enum QtiError {
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The one file that there is cannot be read.
    #[error("{file}, {error}")]
    Xml {
        /// Its path.
        file: String,
        /// What is wrong.
        error: XmlError,
    },
    /// QTI 1.2.
    #[error(
        "{0} is written in QTI 1, which is not read: export it as QTI 2.1, 2.2 or 3.0 (in Canvas, from New Quizzes), or as Moodle XML"
    )]
    Version1(String),
    /// No item.
    #[error("{0} holds no QTI item: look whether it is the export of a question bank")]
    NoItems(String),
    /// More than is read.
    #[error("{0} holds more than {MAX_ITEMS} items or {MAX_XML} bytes of XML: export it in parts")]
    TooLarge(String),
    /// It is no longer wanted.
    #[error("reading was cancelled")]
    Cancelled,
}

/// Reads an item, a test or a content package.
///
/// # Errors
/// [`QtiError`] when nothing of it can be read; what is wrong with single items is in the draft.
pub fn read(package: &Package, work: &dyn Work) -> Result<Draft, QtiError> {
    let mut reader = Reader::new(package);
    let manifest = reader.manifest()?;
    reader.all(&manifest, work)?;
    if reader.items.is_empty() && reader.findings.problems.is_empty() {
        let name = package.name().to_owned();
        return Err(match reader.old.take() {
            Some(file) => QtiError::Version1(file),
            None => QtiError::NoItems(name),
        });
    }
    if let Some(file) = reader.old.take() {
        let message = "the file is written in QTI 1, which is not read";
        let hint = "export it as QTI 2.1, 2.2 or 3.0, or as Moodle XML";
        let place = Place { file: file.as_str().into(), line: 1 };
        reader.findings.left_out(&place, LeftOut::new("qti-version-1", message, hint));
    }
    let decks = reader.decks(&manifest);
    let made_with = reader.tool.or(manifest.about.tool);
    let (problems, passed_over) = reader.findings.finish();
    Ok(Draft { format: Format::Qti, made_with, decks, passed_over, problems })
}

/// An item that was read, with what it shows.
struct Read {
    item: DraftItem,
    media: Vec<DraftMedia>,
}

struct Reader<'p> {
    package: &'p Package,
    files: ShownFiles<'p>,
    findings: Findings,
    slugs: Slugs,
    /// Paths of the stimuli of this identifier, from the manifest.
    listed: HashMap<String, String>,
    stimuli: HashMap<String, Option<(Case, Vec<DraftMedia>)>>,
    /// Bytes of XML that may still be read.
    left: u64,
    /// By path.
    items: HashMap<String, Read>,
    /// Paths of the items in the order of the package.
    order: Vec<String>,
    tests: Vec<Vec<Part>>,
    /// A file of QTI 1.
    old: Option<String>,
    /// What made the items.
    tool: Option<String>,
}

impl<'p> Reader<'p> {
    fn new(package: &'p Package) -> Self {
        Self {
            package,
            files: ShownFiles::new(package),
            findings: Findings::default(),
            slugs: Slugs::default(),
            listed: HashMap::new(),
            stimuli: HashMap::new(),
            left: MAX_XML,
            items: HashMap::new(),
            order: Vec::new(),
            tests: Vec::new(),
            old: None,
            tool: None,
        }
    }

    /// The manifest nearest to the root, or what stands for one where there is none.
    fn manifest(&mut self) -> Result<Manifest, QtiError> {
        let is_manifest = |path: &&String| path.rsplit('/').next() == Some(MANIFEST);
        let entries = self.package.entries();
        let nearest =
            entries.iter().filter(is_manifest).min_by_key(|path| path.matches('/').count());
        if let Some(path) = nearest {
            let tree = self.tree(path)?;
            let tree = tree.map_err(|error| QtiError::Xml { file: path.clone(), error })?;
            return Ok(Manifest::read(&tree, folder_of(path)));
        }
        let is_xml = |path: &&String| path.to_ascii_lowercase().ends_with(".xml");
        let resource =
            |path: &String| manifest::Resource { path: path.clone(), ..Default::default() };
        let listed = |path: &&String| self.package.is_file() || is_xml(path);
        let resources = entries.iter().filter(listed).map(resource).collect();
        Ok(Manifest { resources, ..Manifest::default() })
    }

    /// Reads every file that the manifest lists, and the items that only tests name.
    fn all(&mut self, manifest: &Manifest, work: &dyn Work) -> Result<(), QtiError> {
        let listed = manifest.resources.iter();
        self.listed = listed.map(|r| (r.identifier.clone(), r.path.clone())).collect();
        let mut seen: HashSet<String> = HashSet::new();
        let of = manifest.resources.len() as u64;
        for (resource, done) in manifest.resources.iter().zip(0u64..) {
            if work.cancelled() {
                return Err(QtiError::Cancelled);
            }
            work.step(done, of);
            if seen.insert(resource.path.clone()) {
                self.file(&resource.path, &resource.about)?;
            }
        }
        let named = self.tests.iter().flatten().flat_map(|part| &part.items);
        let unlisted: Vec<String> = named.filter(|path| !seen.contains(*path)).cloned().collect();
        for path in unlisted {
            if seen.insert(path.clone()) {
                self.file(&path, &About::default())?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &str, about: &About) -> Result<(), QtiError> {
        let place = Place { file: path.into(), line: 1 };
        let hint = "export the package again, or leave the file out";
        let tree = match self.tree(path) {
            Ok(Ok(tree)) => tree,
            Ok(Err(error)) if self.package.is_file() => {
                return Err(QtiError::Xml { file: path.to_owned(), error });
            }
            Ok(Err(XmlError { line, fault })) => {
                let place = Place { line, ..place };
                let why = LeftOut::new("unreadable-file", fault.to_string(), hint);
                self.findings.left_out(&place, why);
                return Ok(());
            }
            Err(QtiError::Package(why)) if !self.package.is_file() => {
                let why = LeftOut::new("unreadable-file", why.to_string(), hint);
                self.findings.left_out(&place, why);
                return Ok(());
            }
            Err(why) => return Err(why),
        };
        match tree.name.as_str() {
            "assessmentItem" => self.item(path, &tree, about)?,
            "assessmentTest" => {
                let mut load = |path: &str| self.tree(path).ok()?.ok();
                let parts = test::parts(&tree, path, &mut load);
                self.tests.push(parts);
            }
            "questestinterop" => {
                self.old.get_or_insert_with(|| path.to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    fn item(&mut self, path: &str, item: &Element, about: &About) -> Result<(), QtiError> {
        if self.items.len() >= MAX_ITEMS {
            return Err(QtiError::TooLarge(self.package.name().to_owned()));
        }
        let place = Place { file: path.into(), line: item.line };
        if self.tool.is_none() {
            let version = item.attribute("toolVersion").unwrap_or_default();
            let tool = item.attribute("toolName").filter(|name| !name.is_empty());
            self.tool = tool.map(|name| format!("{name} {version}").trim_end().to_owned());
        }
        let own = item.child("metadata").map(About::read).unwrap_or_default();
        let about = own.or(about);
        let mut media = Vec::new();
        let case = self.stimulus(path, item).map(|(case, shown)| {
            media = shown;
            case
        });
        let around = Around { case, difficulty: about.difficulty };
        let folder = folder_of(path).to_owned();
        let mut content = Content::new(&mut self.files, &mut self.findings, &place, &folder);
        let body = item::read(item, around, &mut content);
        media.extend(self.files.take());
        match body {
            Ok(body) => {
                let identifier = item.attribute("identifier").filter(|id| !id.trim().is_empty());
                let item = DraftItem {
                    source_id: identifier.map(|id| id.trim().to_owned()),
                    place,
                    tags: about.tags,
                    task: None,
                    changed_ms: None,
                    body,
                    also: Vec::new(),
                    checked: None,
                    study: Vec::new(),
                };
                self.order.push(path.to_owned());
                self.items.insert(path.to_owned(), Read { item, media });
            }
            Err(why) => {
                let title = item.attribute("title").unwrap_or_default();
                let title = super::findings::excerpt(title);
                let message = if title.is_empty() {
                    why.message
                } else {
                    format!("“{title}” is left out: {}", why.message)
                };
                self.findings.left_out(&place, LeftOut { message, ..why });
            }
        }
        Ok(())
    }

    /// The scenario that an item shares with others, with what it shows.
    fn stimulus(&mut self, path: &str, item: &Element) -> Option<(Case, Vec<DraftMedia>)> {
        let reference = item.child("assessmentStimulusRef")?;
        let identifier = reference.attribute("identifier").unwrap_or_default();
        let href = reference.attribute("href");
        let stimulus = href
            .and_then(|href| resolve(folder_of(path), href))
            .filter(|path| self.package.has(path))
            .or_else(|| self.listed.get(identifier).cloned());
        let place = Place { file: path.into(), line: reference.line };
        let known = stimulus.as_ref().and_then(|stimulus| self.stimuli.get(stimulus)).cloned();
        let read = known.unwrap_or_else(|| {
            let stimulus = stimulus?;
            let read = self.read_stimulus(&stimulus);
            self.stimuli.insert(stimulus, read.clone());
            read
        });
        if read.is_none() {
            let message =
                format!("the text “{identifier}”, which this item is about, cannot be read");
            let hint = "export the package with it, or add it to the question";
            self.findings.warn(&place, LeftOut::new("missing-stimulus", message, hint));
        }
        read
    }

    fn read_stimulus(&mut self, path: &str) -> Option<(Case, Vec<DraftMedia>)> {
        let tree = self.tree(path).ok()?.ok().filter(|tree| tree.name == "assessmentStimulus")?;
        let identifier = tree.attribute("identifier").unwrap_or(path).to_owned();
        let body = tree.child("stimulusBody")?;
        let scenario = self.scenario(body, path, folder_of(path))?;
        let slug = self.slugs.of(path, &identifier)?;
        Some((Case { slug, scenario }, self.files.take()))
    }

    /// Markdown of what several questions are about; none when it is empty or too long.
    fn scenario(&mut self, element: &Element, file: &str, folder: &str) -> Option<String> {
        let place = Place { file: file.into(), line: element.line };
        let mut content = Content::new(&mut self.files, &mut self.findings, &place, folder);
        let scenario = made::joined([content.markdown(element)]);
        if scenario.len() > MAX_TEXT {
            let message = format!("a text that questions share has more than {MAX_TEXT} bytes");
            let why = LeftOut::new("text-too-long", message, "add what matters to the questions");
            self.findings.warn(&place, why);
            return None;
        }
        (!scenario.is_empty()).then_some(scenario)
    }

    /// A file of XML under the names of QTI 2, with what it includes.
    fn tree(&mut self, path: &str) -> Result<Result<Element, XmlError>, QtiError> {
        let mut tree = self.plain_tree(path)?;
        if let Ok(tree) = &mut tree {
            self.include(path, tree)?;
        }
        Ok(tree)
    }

    /// So many more bytes were read.
    fn take(&mut self, bytes: u64) -> Result<(), QtiError> {
        let left = self.left.checked_sub(bytes);
        self.left = left.ok_or_else(|| QtiError::TooLarge(self.package.name().to_owned()))?;
        Ok(())
    }

    fn plain_tree(&mut self, path: &str) -> Result<Result<Element, XmlError>, QtiError> {
        let bytes = self.package.read(path, MAX_FILE)?;
        self.take(bytes.len() as u64)?;
        let tree = xml::decode(&bytes).and_then(|text| xml::tree(&text));
        Ok(tree.map(|mut tree| {
            names::unify(&mut tree);
            tree
        }))
    }
}
