//! Right answers: `responseDeclaration` with its correct response or its mapping.

use crate::formats::findings::LeftOut;
use crate::formats::xml::Element;

/// What a response may be and what it ought to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Declared {
    /// Whether one value is given; otherwise several, in order or not.
    pub(super) single: bool,
    /// The right values.
    correct: Vec<String>,
    /// Values with the points that they earn.
    mapping: Vec<(String, f64)>,
}

impl Declared {
    /// What an item declares of the response of this identifier.
    pub(super) fn of(item: &Element, identifier: &str) -> Result<Self, LeftOut> {
        let found = item
            .named("responseDeclaration")
            .find(|declaration| declaration.attribute("identifier") == Some(identifier));
        let Some(declaration) = found else {
            let message = format!("the response “{identifier}” is not declared");
            return Err(LeftOut::new("no-key", message, HINT));
        };
        let values = |element: &Element| element.named("value").map(Element::text).collect();
        let entry = |entry: &Element| {
            let key = entry.attribute("mapKey")?.trim().to_owned();
            Some((key, entry.attribute("mappedValue")?.trim().parse().ok()?))
        };
        let mapping = declaration.child("mapping");
        Ok(Self {
            single: declaration.attribute("cardinality") == Some("single"),
            correct: declaration.child("correctResponse").map(values).unwrap_or_default(),
            mapping: mapping
                .map(|mapping| mapping.named("mapEntry").filter_map(entry).collect())
                .unwrap_or_default(),
        })
    }

    /// The right values: those of the correct response, else those that the mapping alone tells.
    pub(super) fn keys(&self) -> Result<Vec<String>, LeftOut> {
        let several = || {
            let message = "several answers are right where one is to be given";
            LeftOut::new("several-right", message, "give it one right answer")
        };
        if !self.correct.is_empty() {
            let too_many = self.single && self.correct.len() > 1;
            return if too_many { Err(several()) } else { Ok(self.correct.clone()) };
        }
        let most = self.mapping.iter().map(|(_, points)| *points).fold(0.0, f64::max);
        let right = |points: f64| !self.single || points >= most;
        let keys = self.mapping.iter().filter(|(_, points)| *points > 0.0 && right(*points));
        let keys: Vec<String> = keys.map(|(key, _)| key.clone()).collect();
        match keys.len() {
            0 => Err(LeftOut::new("no-key", "the item does not say what is right", HINT)),
            1 => Ok(keys),
            _ if self.single => Err(several()),
            _ => Ok(keys),
        }
    }

    /// The pairs that are right, as two identifiers each.
    pub(super) fn pairs(&self) -> Result<Vec<(String, String)>, LeftOut> {
        let pair = |value: String| {
            let mut parts = value.split_whitespace();
            if let (Some(a), Some(b), None) = (parts.next(), parts.next(), parts.next()) {
                Ok((a.to_owned(), b.to_owned()))
            } else {
                let message = format!("“{value}” is no pair");
                Err(LeftOut::new("unknown-key", message, "write two identifiers"))
            }
        };
        self.keys()?.into_iter().map(pair).collect()
    }
}

const HINT: &str = "export it with its correct response";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::tree;

    fn declared(cardinality: &str, content: &str) -> Declared {
        let text = format!(
            "<assessmentItem><responseDeclaration identifier='R' cardinality='{cardinality}'>\
             {content}</responseDeclaration></assessmentItem>"
        );
        Declared::of(&tree(&text).unwrap(), "R").unwrap()
    }

    #[test]
    fn a_correct_response_goes_before_a_mapping() {
        let content = "<correctResponse><value> A </value><value>B</value></correctResponse>\
            <mapping><mapEntry mapKey='C' mappedValue='1'/></mapping>";
        assert_eq!(declared("multiple", content).keys().unwrap(), ["A", "B"]);
    }

    #[test]
    fn a_mapping_tells_the_keys_where_it_is_clear() {
        let entry =
            |key: &str, points: &str| format!("<mapEntry mapKey='{key}' mappedValue='{points}'/>");
        let mapping = |entries: [String; 3]| format!("<mapping>{}</mapping>", entries.concat());
        let clear = mapping([entry("A", "1"), entry("B", "0.5"), entry("C", "-1")]);
        assert_eq!(declared("multiple", &clear).keys().unwrap(), ["A", "B"]);
        assert_eq!(declared("single", &clear).keys().unwrap(), ["A"]);
        let tie = mapping([entry("A", "1"), entry("B", "1"), entry("C", "x")]);
        assert_eq!(declared("single", &tie).keys().unwrap_err().code, "several-right");
        assert_eq!(declared("single", "").keys().unwrap_err().code, "no-key");
    }

    #[test]
    fn pairs_are_two_identifiers() {
        let values =
            |text: &str| format!("<correctResponse><value>{text}</value></correctResponse>");
        let pairs = declared("multiple", &values("A  G1")).pairs().unwrap();
        assert_eq!(pairs, [("A".to_owned(), "G1".to_owned())]);
        assert!(declared("multiple", &values("A")).pairs().is_err());
    }
}
