//! `imsmanifest.xml`: what a package holds, and what its metadata says.

use crate::deck::Difficulty;
use crate::formats::made;
use crate::formats::shown_files::resolve;
use crate::formats::xml::Element;

/// What a manifest lists.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) title: Option<String>,
    pub(super) license: Option<String>,
    pub(super) language: Option<String>,
    /// Of the package as a whole.
    pub(super) about: About,
    /// In the order of the manifest.
    pub(super) resources: Vec<Resource>,
}

/// A file that a manifest lists.
#[derive(Debug, Default)]
pub(super) struct Resource {
    pub(super) identifier: String,
    /// The path in the package.
    pub(super) path: String,
    pub(super) about: About,
}

/// What metadata says of an item (IEEE LOM and QTI).
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct About {
    pub(super) tags: Vec<String>,
    pub(super) difficulty: Option<Difficulty>,
    /// What made it, with its version.
    pub(super) tool: Option<String>,
}

impl Manifest {
    /// Reads a manifest that stands in this folder of the package.
    pub(super) fn read(manifest: &Element, folder: &str) -> Self {
        let metadata = manifest.child("metadata");
        let general = |name: &str| {
            let text = metadata?.find("general")?.child(name)?.text();
            (!text.is_empty()).then_some(text)
        };
        let resources = manifest.child("resources");
        let resource = |resource: &Element| {
            let kind = resource.attribute("type").unwrap_or_default();
            let href = resource
                .attribute("href")
                .or_else(|| resource.child("file").and_then(|file| file.attribute("href")))?;
            let is_xml = |path: &str| path.to_ascii_lowercase().ends_with(".xml");
            let path = resolve(folder, href)?;
            (is_xml(&path) || kind.contains("qti")).then(|| Resource {
                identifier: resource.attribute("identifier").unwrap_or_default().to_owned(),
                path,
                about: resource.child("metadata").map(About::read).unwrap_or_default(),
            })
        };
        let rights = metadata.and_then(|metadata| metadata.find("rights"));
        Self {
            title: general("title"),
            license: rights
                .and_then(|rights| rights.child("description"))
                .map(Element::text)
                .filter(|text| !text.is_empty()),
            language: general("language"),
            about: metadata.map(About::read).unwrap_or_default(),
            resources: resources
                .map(|all| all.named("resource").filter_map(resource).collect())
                .unwrap_or_default(),
        }
    }
}

impl About {
    /// Reads an element that holds metadata.
    pub(super) fn read(metadata: &Element) -> Self {
        let keywords = metadata
            .descendants()
            .filter(|element| element.name == "keyword")
            .map(Element::text)
            .flat_map(|words| words.split([',', ';']).map(str::to_owned).collect::<Vec<_>>());
        let difficulty = metadata
            .find("difficulty")
            .map(|level| level.child("value").map_or_else(|| level.text(), Element::text));
        let name = metadata.find("toolName").map(Element::text).filter(|name| !name.is_empty());
        let version = metadata.find("toolVersion").map(Element::text).unwrap_or_default();
        Self {
            tags: made::tags(keywords),
            difficulty: difficulty.and_then(|level| level_of(&level)),
            tool: name.map(|name| format!("{name} {version}").trim_end().to_owned()),
        }
    }

    /// This, with what it does not say taken from another.
    pub(super) fn or(self, other: &Self) -> Self {
        let tags = made::tags(self.tags.into_iter().chain(other.tags.iter().cloned()));
        let tool = self.tool.or_else(|| other.tool.clone());
        Self { tags, difficulty: self.difficulty.or(other.difficulty), tool }
    }
}

/// The levels of IEEE LOM, five, on our three.
fn level_of(level: &str) -> Option<Difficulty> {
    match level.trim().to_lowercase().as_str() {
        "very easy" | "veryeasy" | "easy" => Some(Difficulty::Easy),
        "medium" => Some(Difficulty::Medium),
        "difficult" | "hard" | "very difficult" | "verydifficult" => Some(Difficulty::Hard),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::tree;

    #[test]
    fn metadata_gives_tags_difficulty_and_tool() {
        let text = "<metadata><imsmd:lom xmlns:imsmd='x'><imsmd:general><imsmd:keyword>\
            <imsmd:langstring>S3, Storage</imsmd:langstring></imsmd:keyword></imsmd:general>\
            <imsmd:educational><imsmd:difficulty><imsmd:source>LOMv1.0</imsmd:source>\
            <imsmd:value>very difficult</imsmd:value></imsmd:difficulty></imsmd:educational>\
            </imsmd:lom><q:qtiMetadata xmlns:q='y'><q:toolName>Tool</q:toolName>\
            <q:toolVersion>2</q:toolVersion></q:qtiMetadata></metadata>";
        let about = About::read(&tree(text).unwrap());
        assert_eq!(about.tags, ["s3", "storage"]);
        assert_eq!(about.difficulty, Some(Difficulty::Hard));
        assert_eq!(about.tool.as_deref(), Some("Tool 2"));
    }

    #[test]
    fn files_that_lead_out_of_the_package_are_not_listed() {
        let text = "<manifest><resources><resource identifier='a' href='../../x.xml'/>\
            <resource identifier='b' type='imsqti_item_xmlv2p2'><file href='b/i.xml'/></resource>\
            <resource identifier='c' type='webcontent' href='c.png'/></resources></manifest>";
        let manifest = Manifest::read(&tree(text).unwrap(), "p");
        let paths: Vec<&str> = manifest.resources.iter().map(|r| r.path.as_str()).collect();
        assert_eq!(paths, ["p/b/i.xml"]);
    }
}
