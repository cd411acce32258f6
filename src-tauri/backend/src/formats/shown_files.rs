//! Pictures and sounds that texts of an outside format show: from the addresses there to names
//! that stand in Markdown without harm, and the files in the package that they mean.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

use super::{DraftMedia, Package};
use crate::deck::{MAX_MEDIA_FILE, MediaKind};

/// Longest name that is given to a file, in bytes.
const MAX_NAME: usize = 120;
/// Base64 as files in the wild have it: with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// A file of the package, under this name in the text.
    File(String),
    /// No file, and why.
    Missing(&'static str),
    /// Something that is not in the package and never fetched.
    Elsewhere,
}

/// The files that texts show.
pub(super) struct ShownFiles<'p> {
    package: &'p Package,
    /// By path in the package.
    names: HashMap<String, String>,
    taken: HashSet<String>,
    /// What was shown since it was last taken.
    shown: Vec<DraftMedia>,
}

impl<'p> ShownFiles<'p> {
    pub(super) fn new(package: &'p Package) -> Self {
        Self { package, names: HashMap::new(), taken: HashSet::new(), shown: Vec::new() }
    }

    /// What the address in a text leads to that stands in a file of this folder.
    pub(super) fn address(&mut self, folder: &str, address: &str) -> Shown {
        let address = address.trim();
        if let Some(data) = strip_ignoring_case(address, "data:") {
            return self.data(data);
        }
        if has_scheme(address) || address.starts_with("//") {
            return Shown::Elsewhere;
        }
        let Some(path) = resolve(folder, address) else {
            return Shown::Missing("points out of the package");
        };
        if self.package.has(&path) { self.file(&path) } else { Shown::Missing("is not there") }
    }

    /// A file that the package has, or that was kept of another.
    pub(super) fn file(&mut self, path: &str) -> Shown {
        let name = if let Some(name) = self.names.get(path) {
            name.clone()
        } else {
            let name = self.free_name(path);
            self.names.insert(path.to_owned(), name.clone());
            name
        };
        let media = DraftMedia { name: name.clone(), entry: path.to_owned(), zstd: false };
        if !self.shown.contains(&media) {
            self.shown.push(media);
        }
        Shown::File(name)
    }

    /// Keeps a file whose content stands in a text, in Base64; gives its path.
    pub(super) fn keep(&self, name: &str, base64: &str) -> Result<String, &'static str> {
        // Four characters for three bytes, and line ends.
        if base64.len() > MAX_MEDIA_FILE * 3 / 2 {
            return Err("is larger than 20 MiB");
        }
        let packed: Vec<u8> = base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let bytes = BASE64.decode(packed).map_err(|_| "is not written in Base64")?;
        if MediaKind::of(&bytes).is_none() {
            return Err("is no picture or sound that Sitwell shows");
        }
        let kept = self.package.add_memory(name, bytes);
        kept.map_err(|_| "is one too many: the files in this one are too large together")
    }

    /// The files shown since the last call.
    pub(super) fn take(&mut self) -> Vec<DraftMedia> {
        std::mem::take(&mut self.shown)
    }

    fn data(&mut self, data: &str) -> Shown {
        let Some((kind, content)) = data.split_once(',') else {
            return Shown::Missing("holds no data");
        };
        if !kind.to_ascii_lowercase().ends_with(";base64") {
            return Shown::Missing("is not written in Base64");
        }
        match self.keep("data", content) {
            Ok(path) => self.file(&path),
            Err(why) => Shown::Missing(why),
        }
    }

    /// A name for a file that no other has, with nothing in it that Markdown reads.
    fn free_name(&mut self, path: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "._-/".contains(c) { c } else { '_' };
        let name: String = path.trim_start_matches('/').chars().map(plain).collect();
        let name = name[name.len().saturating_sub(MAX_NAME)..].trim_start_matches(['/', '.']);
        let base = format!("media/{name}");
        let numbered = |number: usize| match base.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') => {
                format!("{stem}-{number}.{extension}")
            }
            _ => format!("{base}-{number}"),
        };
        let mut free = base.clone();
        for number in 2.. {
            if !self.taken.contains(&free) {
                break;
            }
            free = numbered(number);
        }
        self.taken.insert(free.clone());
        free
    }
}

fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Whether an address begins with a scheme, as `https:` does.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The folder that a file stands in; empty at the root.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The path that an address in a file of this folder means; none when it leads out.
pub(super) fn resolve(folder: &str, address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let address = percent_decode_str(address).decode_utf8_lossy().replace('\\', "/");
    if address.split('/').all(|part| ["", ".", ".."].contains(&part)) {
        return None; // A folder is no file.
    }
    // What begins with a slash counts from the root of the package.
    let from_root = address.starts_with('/');
    let mut parts: Vec<&str> = folder.split('/').filter(|_| !from_root).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.retain(|part| !part.is_empty());
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_in_the_package() {
        let at = |folder, address| resolve(folder, address);
        assert_eq!(at("items/1", "a%20b.png?x#y"), Some("items/1/a b.png".into()));
        assert_eq!(at("items/1", "../../img/./a.png"), Some("img/a.png".into()));
        assert_eq!(at("items/1", "/img/a.png"), Some("img/a.png".into()));
        assert_eq!(at("items/1", "..\\a.png"), Some("items/a.png".into()));
        for out in ["../../../a.png", "..%2f..%2f..%2fetc/passwd", "", ".", "/.."] {
            assert_eq!(at("items/1", out), None, "{out}");
        }
    }

    #[test]
    fn two_files_never_have_one_name() {
        let package = Package::of_bytes("a.xml", Vec::new()).unwrap();
        let mut files = ShownFiles::new(&package);
        let names: Vec<Shown> = ["i/a b.png", "i/a_b.png", "i/a b.png", "x", "/0/x"]
            .map(|path| files.file(path))
            .into();
        let file = |name: &str| Shown::File(name.into());
        assert_eq!(
            names,
            [
                file("media/i/a_b.png"),
                file("media/i/a_b-2.png"),
                file("media/i/a_b.png"),
                file("media/x"),
                file("media/0/x")
            ]
        );
        assert_eq!(files.take().len(), 4);
        assert!(files.take().is_empty());
    }

    #[test]
    fn data_is_kept_and_what_is_elsewhere_is_not_fetched() {
        let package = Package::of_bytes("a.xml", Vec::new()).unwrap();
        let mut files = ShownFiles::new(&package);
        let shown = files.address("", "DATA:image/png;base64,iVBORw0KGgo\nAAAA");
        assert_eq!(shown, Shown::File("media/0/data".into()));
        let media = &files.take()[0];
        assert!(package.media(media).is_ok());
        assert_eq!(files.address("", "https://example.org/a.png"), Shown::Elsewhere);
        assert_eq!(files.address("", "//example.org/a.png"), Shown::Elsewhere);
        for bad in
            ["data:image/png,abc", "data:text/html;base64,PGI+", "data:;base64,???", "no.png"]
        {
            assert!(matches!(files.address("", bad), Shown::Missing(_)), "{bad}");
        }
    }
}
