//! XML within bounds: elements in memory, one below the root at a time where a file is long.
//!
//! No entity but the predefined ones and those of HTML is known, and none is declared: a document
//! type with declarations of its own is refused, so that nothing expands and nothing is fetched.
//! Names lose their prefix; what a reader knows is told by them and the root.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 128;
/// Most elements and texts below the root that are held at once.
pub(super) const MAX_NODES: usize = 500_000;
/// Most attributes of an element.
const MAX_ATTRIBUTES: usize = 64;

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct XmlError {
    /// Line from 1.
    pub line: u32,
    /// What is wrong.
    pub fault: XmlFault,
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlFault {
    /// It breaks a rule of XML.
    #[error("this is no XML: {0}")]
    Malformed(String),
    /// It ends before its root does.
    #[error("the file is cut off: “{0}” is still open at its end")]
    CutOff(String),
    /// No element at all.
    #[error("the file holds no XML")]
    Empty,
    /// It declares entities or elements.
    #[error("the document type declares entities or elements of its own, which is not read")]
    Declarations,
    /// More than is read.
    #[error("elements nest deeper than {MAX_DEPTH}")]
    TooDeep,
    /// More than is read.
    #[error("there are more than {MAX_NODES} elements and texts")]
    TooMany,
    /// More than is read.
    #[error("an element has more than {MAX_ATTRIBUTES} attributes")]
    TooManyAttributes,
    /// An encoding that is not known.
    #[error("the encoding “{0}” is not known: save the file as UTF-8")]
    UnknownEncoding(String),
    /// Bytes that the encoding does not have.
    #[error("the file is not written in {0}, as it says: save it as UTF-8")]
    NotEncoded(&'static str),
}

/// An element with all that it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Without prefix.
    pub(super) name: String,
    /// Line from 1.
    pub(super) line: u32,
    /// Names without prefix, and values.
    pub(super) attributes: Vec<(String, String)>,
    /// In order.
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The elements it holds.
    pub(super) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name that it holds.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element of this name that it holds.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// All elements below it, in the order of the document.
    pub(super) fn descendants(&self) -> impl Iterator<Item = &Element> {
        let mut stack: Vec<&Element> = self.elements().rev().collect();
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(next.elements().rev());
            Some(next)
        })
    }

    /// The first element of this name below it.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.descendants().find(|element| element.name == name)
    }

    /// The text in it, without blanks around it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text.trim().to_owned()
    }

    fn push_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => element.push_text(text),
            }
        }
    }
}

/// The text of a file: by its byte-order mark, else by what its declaration says, else UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let at_top = |fault| XmlError { line: 1, fault };
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => match declared(bytes) {
            Some(label) => match Encoding::for_label(label.as_bytes()) {
                Some(encoding) => (encoding, bytes),
                None => return Err(at_top(XmlFault::UnknownEncoding(label))),
            },
            None => (encoding_rs::UTF_8, bytes),
        },
    };
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| at_top(XmlFault::NotEncoded(encoding.name())))
}

/// What the declaration of a file in an encoding close to ASCII says.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let (label, _) = value[1..].split_once(quote)?;
    Some(label.chars().take(40).collect())
}

/// A document that is read from its root on.
pub(super) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Up to where lines are counted, and the line there.
    counted: usize,
    line: u32,
    /// Whether the root has no end tag of its own, or it was read.
    ended: bool,
    root: String,
    nodes: usize,
}

impl<'a> Xml<'a> {
    /// A document, and its root without what it holds.
    pub(super) fn open(text: &'a str) -> Result<(Self, Element), XmlError> {
        let reader = Reader::from_str(text);
        let root = String::new();
        let mut xml = Self { text, reader, counted: 0, line: 1, ended: false, root, nodes: 0 };
        loop {
            let root = match xml.event()? {
                Event::Start(start) => xml.element(&start)?,
                Event::Empty(start) => {
                    xml.ended = true;
                    xml.element(&start)?
                }
                Event::DocType(doctype) if doctype.contains('[') => {
                    return Err(xml.error(XmlFault::Declarations));
                }
                Event::Eof => return Err(xml.error(XmlFault::Empty)),
                Event::Text(text) if !text.trim().is_empty() => {
                    return Err(xml.error(XmlFault::Malformed("text before the root".into())));
                }
                _ => continue,
            };
            xml.root.clone_from(&root.name);
            return Ok((xml, root));
        }
    }

    /// The next element in the root, with all that it holds; none behind the last. Text beside
    /// them is passed over.
    pub(super) fn next(&mut self) -> Result<Option<Element>, XmlError> {
        self.nodes = 0;
        while let Some(node) = self.node()? {
            if let Node::Element(element) = node {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// The next node in the root.
    fn node(&mut self) -> Result<Option<Node>, XmlError> {
        if self.ended {
            return Ok(None);
        }
        // The elements that are open, outermost first.
        let mut open: Vec<Element> = Vec::new();
        loop {
            let node = match self.event()? {
                Event::Start(start) => {
                    if open.len() + 2 > MAX_DEPTH {
                        return Err(self.error(XmlFault::TooDeep));
                    }
                    let element = self.element(&start)?;
                    open.push(element);
                    continue;
                }
                Event::Empty(start) => Node::Element(self.element(&start)?),
                Event::End(_) => {
                    if let Some(element) = open.pop() {
                        Node::Element(element)
                    } else {
                        self.ended = true;
                        return Ok(None);
                    }
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Node::Text(self.reference(&reference)?),
                Event::DocType(_) => return Err(self.error(XmlFault::Declarations)),
                Event::Eof => {
                    let name = open.pop().map_or_else(|| self.root.clone(), |last| last.name);
                    return Err(self.error(XmlFault::CutOff(name)));
                }
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => continue,
            };
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                return Err(self.error(XmlFault::TooMany));
            }
            match (open.last_mut(), node) {
                (None, node) => return Ok(Some(node)),
                (Some(parent), Node::Text(words)) => match parent.children.last_mut() {
                    Some(Node::Text(text)) => text.push_str(&words),
                    _ => parent.children.push(Node::Text(words)),
                },
                (Some(parent), node) => parent.children.push(node),
            }
        }
    }

    /// How much of the text was read, in bytes.
    pub(super) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    fn event(&mut self) -> Result<Event<'a>, XmlError> {
        let start = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let start = start.min(self.text.len());
        let passed = &self.text.as_bytes()[self.counted.min(start)..start];
        let lines = passed.split(|byte| *byte == b'\n').count() - 1;
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = start;
        let event = self.reader.read_event();
        event.map_err(|why| self.error(XmlFault::Malformed(why.to_string())))
    }

    fn element(&self, start: &BytesStart<'_>) -> Result<Element, XmlError> {
        let malformed = |why: String| self.error(XmlFault::Malformed(why));
        let mut attributes = Vec::new();
        // The check for doubles takes quadratic time; the first of a name counts.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|why| malformed(why.to_string()))?;
            if attributes.len() >= MAX_ATTRIBUTES {
                return Err(self.error(XmlFault::TooManyAttributes));
            }
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity)
                .map_err(|why| malformed(why.to_string()))?;
            let name = attribute.key.local_name();
            attributes.push((name.as_ref().to_owned(), value.into_owned()));
        }
        let name = start.local_name().as_ref().to_owned();
        Ok(Element { name, line: self.line, attributes, children: Vec::new() })
    }

    /// What a reference stands for; one that nobody knows stands for itself.
    fn reference(&self, reference: &BytesRef<'_>) -> Result<String, XmlError> {
        let resolved = reference.resolve_char_ref();
        match resolved.map_err(|why| self.error(XmlFault::Malformed(why.to_string())))? {
            Some(character) => Ok(character.into()),
            None => Ok(resolve_html5_entity(reference)
                .map_or_else(|| format!("&{};", &**reference), str::to_owned)),
        }
    }

    fn error(&self, fault: XmlFault) -> XmlError {
        XmlError { line: self.line, fault }
    }
}

/// A whole document.
pub(super) fn tree(text: &str) -> Result<Element, XmlError> {
    let (mut xml, mut root) = Xml::open(text)?;
    while let Some(node) = xml.node()? {
        root.children.push(node);
    }
    Ok(root)
}

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
