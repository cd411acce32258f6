//! `assessmentTest`: which items stand in which section.

use std::collections::HashSet;
use std::rc::Rc;

use super::content::is_for_candidates;
use crate::formats::shown_files::{folder_of, resolve};
use crate::formats::xml::Element;

/// Deepest nesting of sections.
const MAX_SECTIONS: usize = 16;

/// A section with items of its own.
#[derive(Debug)]
pub(super) struct Part {
    /// Titles of the test and the sections around it, outermost first.
    pub(super) path: Vec<String>,
    /// File and identifier of the section.
    pub(super) source: String,
    /// Its identifier.
    pub(super) identifier: String,
    /// What stands above its items for those who sit the exam; sections inside have the same.
    pub(super) rubric: Option<Rc<Rubric>>,
    /// Paths of its items.
    pub(super) items: Vec<String>,
}

/// What stands above the items of a section.
#[derive(Debug)]
pub(super) struct Rubric {
    pub(super) text: Element,
    /// The folder that addresses in it count from.
    pub(super) folder: String,
}

/// The parts of a test in their order; `load` gives a section that stands in a file of its own.
pub(super) fn parts(
    test: &Element,
    file: &str,
    load: &mut dyn FnMut(&str) -> Option<Element>,
) -> Vec<Part> {
    let title = title(test).unwrap_or_else(|| file.to_owned());
    let sections: Vec<&Element> = test
        .named("testPart")
        .flat_map(Element::elements)
        .chain(test.elements())
        .filter(|element| is_section(element))
        .collect();
    let mut walk = Walk { parts: Vec::new(), seen: HashSet::new(), load };
    let alone = sections.len() == 1;
    for section in sections {
        walk.section(section, file, std::slice::from_ref(&title), !alone, 0, None);
    }
    walk.parts
}

fn is_section(element: &Element) -> bool {
    matches!(element.name.as_str(), "assessmentSection" | "assessmentSectionRef")
}

fn title(element: &Element) -> Option<String> {
    let named = |name| element.attribute(name).map(str::trim).filter(|text| !text.is_empty());
    named("title").or_else(|| named("identifier")).map(str::to_owned)
}

struct Walk<'a> {
    parts: Vec<Part>,
    /// Files of sections that were read.
    seen: HashSet<String>,
    load: &'a mut dyn FnMut(&str) -> Option<Element>,
}

impl Walk<'_> {
    fn section(
        &mut self,
        section: &Element,
        file: &str,
        above: &[String],
        named: bool,
        depth: usize,
        rubric: Option<&Rc<Rubric>>,
    ) {
        if depth >= MAX_SECTIONS {
            return;
        }
        if section.name == "assessmentSectionRef" {
            let path = section.attribute("href").and_then(|href| resolve(folder_of(file), href));
            if let Some(path) = path
                && self.seen.insert(path.clone())
                && let Some(section) = (self.load)(&path)
                && section.name == "assessmentSection"
            {
                self.section(&section, &path, above, named, depth + 1, rubric);
            }
            return;
        }
        let mut path = above.to_vec();
        if named {
            path.extend(title(section));
        }
        let identifier = section.attribute("identifier").unwrap_or_default().to_owned();
        let own = rubric_of(section)
            .map(|text| Rc::new(Rubric { text, folder: folder_of(file).to_owned() }));
        let rubric = own.as_ref().or(rubric);
        let items = section
            .named("assessmentItemRef")
            .filter_map(|item| resolve(folder_of(file), item.attribute("href")?))
            .collect();
        self.parts.push(Part {
            path: path.clone(),
            source: format!("{file}#{identifier}"),
            identifier,
            rubric: rubric.cloned(),
            items,
        });
        for inner in section.elements().filter(|element| is_section(element)) {
            self.section(inner, file, &path, true, depth + 1, rubric);
        }
    }
}

/// What stands above the items of a section, in one element.
fn rubric_of(section: &Element) -> Option<Element> {
    let rubrics: Vec<_> = section
        .named("rubricBlock")
        .filter(|rubric| is_for_candidates(rubric) && !is_bare(rubric))
        .cloned()
        .map(crate::formats::xml::Node::Element)
        .collect();
    let line = section.line;
    (!rubrics.is_empty()).then(|| Element { line, children: rubrics, ..Element::default() })
}

/// Whether there is nothing in it to be seen.
fn is_bare(rubric: &Element) -> bool {
    let shows = |element: &Element| ["img", "object", "math"].contains(&element.name.as_str());
    rubric.text().is_empty() && !rubric.descendants().any(shows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::tree;

    #[test]
    fn sections_name_decks_and_inherit_rubrics() {
        let text = "<assessmentTest title='T'><testPart><assessmentSection identifier='a' title='A'>\
            <rubricBlock view='candidate'><p>Read.</p></rubricBlock>\
            <assessmentItemRef href='i1.xml'/><assessmentSection identifier='b' title='B'>\
            <assessmentItemRef href='../i2.xml'/><assessmentItemRef href='../../out.xml'/>\
            </assessmentSection></assessmentSection>\
            <assessmentSectionRef href='s.xml'/></testPart></assessmentTest>";
        let own = "<assessmentSection title='S'><assessmentItemRef href='i3.xml'/>\
            <assessmentSectionRef href='s.xml'/></assessmentSection>";
        let mut load = |path: &str| (path == "t/s.xml").then(|| tree(own).unwrap());
        let parts = parts(&tree(text).unwrap(), "t/test.xml", &mut load);
        let shown: Vec<(String, Vec<String>, bool)> = parts
            .into_iter()
            .map(|part| (part.path.join("/"), part.items, part.rubric.is_some()))
            .collect();
        let expected =
            [("T/A", "t/i1.xml", true), ("T/A/B", "i2.xml", true), ("T/S", "t/i3.xml", false)];
        let expected: Vec<(String, Vec<String>, bool)> = expected
            .map(|(path, item, rubric)| (path.to_owned(), vec![item.to_owned()], rubric))
            .into();
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_only_section_of_a_test_is_no_deck_of_its_own() {
        let text = "<assessmentTest title='T'><assessmentSection title='A'>\
            <assessmentItemRef href='i1.xml'/></assessmentSection></assessmentTest>";
        let parts = parts(&tree(text).unwrap(), "test.xml", &mut |_| None);
        assert_eq!(parts[0].path, ["T"]);
    }
}
