//! One vocabulary: the names of QTI 3, `qti-simple-choice`, as those of QTI 2, `simpleChoice`.

use crate::formats::xml::{Element, Node};

/// Gives elements and attributes of QTI 3 their names in QTI 2.
pub(super) fn unify(element: &mut Element) {
    if let Some(name) = element.name.strip_prefix("qti-") {
        element.name = camel(name);
        for (name, _) in &mut element.attributes {
            if name.contains('-') && !name.starts_with("data-") {
                *name = camel(name);
            }
        }
    }
    for node in &mut element.children {
        if let Node::Element(element) = node {
            unify(element);
        }
    }
}

/// `map-entry` as `mapEntry`.
fn camel(name: &str) -> String {
    let mut parts = name.split('-');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut chars = part.chars();
        camel.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::tree;

    #[test]
    fn names_of_version_3_become_those_of_version_2() {
        let text = "<qti-choice-interaction max-choices='1' data-x-y='1'><p data-a-b='1'>\
            <qti-simple-choice identifier='A'/></p></qti-choice-interaction>";
        let mut element = tree(text).unwrap();
        unify(&mut element);
        assert_eq!(element.name, "choiceInteraction");
        assert_eq!(element.attribute("maxChoices"), Some("1"));
        assert_eq!(element.attribute("data-x-y"), Some("1"));
        assert_eq!(element.find("simpleChoice").and_then(|c| c.attribute("identifier")), Some("A"));
        assert!(element.child("p").is_some_and(|p| p.attribute("data-a-b").is_some()));
    }
}
