//! `XInclude` (W3C Recommendation, 2006): files of the package that stand inside of others.
//!
//! What is included is read from the package alone, by whole files, and includes nothing itself,
//! so that nothing is fetched and nothing grows without end.

use super::{QtiError, Reader, XmlError};
use crate::formats::Place;
use crate::formats::findings::LeftOut;
use crate::formats::shown_files::{folder_of, resolve};
use crate::formats::xml::{self, Element, Node};

/// Most inclusions of a file, and most bytes of a text that is included.
const MAX_INCLUDES: usize = 64;
const MAX_TEXT: u64 = 256 * 1024;

impl Reader<'_> {
    /// Puts what a file includes into its place. What cannot be is replaced by its fallback, and
    /// without one it is told and left out.
    pub(super) fn include(&mut self, path: &str, tree: &mut Element) -> Result<(), QtiError> {
        if !tree.descendants().any(is_include) {
            return Ok(());
        }
        let mut left = MAX_INCLUDES;
        self.include_below(path, tree, &mut left)
    }

    fn include_below(
        &mut self,
        path: &str,
        parent: &mut Element,
        left: &mut usize,
    ) -> Result<(), QtiError> {
        let mut children = Vec::with_capacity(parent.children.len());
        for node in std::mem::take(&mut parent.children) {
            match node {
                Node::Element(element) if is_include(&element) => {
                    let found = match left.checked_sub(1) {
                        Some(fewer) => {
                            *left = fewer;
                            self.included(path, &element)?
                        }
                        None => Err("the file includes too many others".to_owned()),
                    };
                    match (found, element.child("fallback")) {
                        (Ok(node), _) => children.push(node),
                        (Err(_), Some(fallback)) => children.extend(fallback.children.clone()),
                        (Err(why), None) => self.not_included(path, &element, &why),
                    }
                }
                Node::Element(mut element) => {
                    self.include_below(path, &mut element, left)?;
                    children.push(Node::Element(element));
                }
                text @ Node::Text(_) => children.push(text),
            }
        }
        parent.children = children;
        Ok(())
    }

    /// What stands for an inclusion, or why nothing does.
    fn included(
        &mut self,
        path: &str,
        include: &Element,
    ) -> Result<Result<Node, String>, QtiError> {
        let href = include.attribute("href").unwrap_or_default();
        if include.attribute("xpointer").is_some() {
            return Ok(Err(format!("a part of “{href}” is wanted, and only whole files are read")));
        }
        let at = resolve(folder_of(path), href).filter(|at| at != path && !has_scheme(href));
        let Some(at) = at.filter(|at| self.package.has(at)) else {
            return Ok(Err(format!("“{href}” is not in the package")));
        };
        if include.attribute("parse") == Some("text") {
            let bytes = match self.package.read(&at, MAX_TEXT) {
                Ok(bytes) => bytes,
                Err(why) => return Ok(Err(why.to_string())),
            };
            self.take(bytes.len() as u64)?;
            return Ok(match xml::decode(&bytes) {
                Ok(text) => Ok(Node::Text(text.into_owned())),
                Err(why) => Err(format!("“{href}” cannot be read: {why}")),
            });
        }
        let mut tree = match self.plain_tree(&at) {
            Ok(Ok(tree)) => tree,
            Ok(Err(XmlError { line, fault })) => {
                return Ok(Err(format!("“{href}” cannot be read: line {line}, {fault}")));
            }
            Err(QtiError::Package(why)) => return Ok(Err(why.to_string())),
            Err(why) => return Err(why),
        };
        if is_include(&tree) || tree.descendants().any(is_include) {
            return Ok(Err(format!("“{href}” includes other files itself")));
        }
        if let Some((folder, _)) = href.rsplit_once('/') {
            move_addresses(&mut tree, folder);
        }
        Ok(Ok(Node::Element(tree)))
    }

    fn not_included(&mut self, path: &str, include: &Element, why: &str) {
        let place = Place { file: path.into(), line: include.line };
        let message = format!("a text that the file includes is left out: {why}");
        let hint = "export the package with it, or write the text into the file";
        self.findings.warn(&place, LeftOut::new("missing-include", message, hint));
    }
}

/// The namespace is not kept, but no other element of a package has this name and an address;
/// QTI 3's own begin with `qti-`.
fn is_include(element: &Element) -> bool {
    element.name == "include" && element.attribute("href").is_some()
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || address.starts_with("//")
}

/// Addresses of pictures and sounds count from the file that was included, which lies in `folder`
/// as seen from the one that includes it.
fn move_addresses(element: &mut Element, folder: &str) {
    for (name, value) in &mut element.attributes {
        let address = matches!(name.as_str(), "src" | "href" | "data" | "poster");
        if address && !value.is_empty() && !value.starts_with(['/', '#']) && !has_scheme(value) {
            *value = format!("{folder}/{value}");
        }
    }
    for node in &mut element.children {
        if let Node::Element(element) = node {
            move_addresses(element, folder);
        }
    }
}
