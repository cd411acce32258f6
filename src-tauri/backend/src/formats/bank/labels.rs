//! Labels: `Answer:`, `**Correct answers:** B, D`, `Explanation:`, `Reference:`.

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Answer,
    Explanation,
    Reference,
    /// The options; says nothing by itself.
    Options,
}

/// Names of labels, longer ones before those they begin with.
const NAMES: [(&str, Label); 40] = [
    ("the correct answers", Label::Answer),
    ("the correct answer", Label::Answer),
    ("correct answers", Label::Answer),
    ("correct answer", Label::Answer),
    ("correct options", Label::Answer),
    ("correct option", Label::Answer),
    ("correct choices", Label::Answer),
    ("correct choice", Label::Answer),
    ("correct response", Label::Answer),
    ("right answers", Label::Answer),
    ("right answer", Label::Answer),
    ("suggested answer", Label::Answer),
    ("show answers", Label::Answer),
    ("show answer", Label::Answer),
    ("answer key", Label::Answer),
    ("answers", Label::Answer),
    ("answer", Label::Answer),
    ("ans", Label::Answer),
    ("solution", Label::Answer),
    ("correct", Label::Answer),
    ("key", Label::Answer),
    ("richtige antworten", Label::Answer),
    ("richtige antwort", Label::Answer),
    ("antwort", Label::Answer),
    ("respuesta correcta", Label::Answer),
    ("respuesta", Label::Answer),
    ("答案", Label::Answer),
    ("explanations", Label::Explanation),
    ("explanation", Label::Explanation),
    ("rationale", Label::Explanation),
    ("reasoning", Label::Explanation),
    ("reason", Label::Explanation),
    ("why", Label::Explanation),
    ("references", Label::Reference),
    ("reference", Label::Reference),
    ("further reading", Label::Reference),
    ("sources", Label::Reference),
    ("source", Label::Reference),
    ("answer choices", Label::Options),
    ("options", Label::Options),
];

/// The label that a line begins with, and what stands behind it.
pub(super) fn label(line: &str) -> Option<(Label, String)> {
    let start = words(line);
    let marks: String = line[..line.len() - start.len()].chars().filter(|c| *c == '*').collect();
    let (kind, mut rest) = NAMES.iter().find_map(|(name, kind)| {
        let head = start.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
        let rest = &start[head.len()..];
        (!rest.starts_with(char::is_alphanumeric)).then_some((*kind, rest))
    })?;
    rest = rest.strip_prefix("(s)").unwrap_or(rest);
    let closed = unmarked(rest);
    let verb = [" is", " are", " explanation"].into_iter().find_map(|verb| {
        let after = rest.strip_prefix(verb)?;
        (kind == Label::Answer && !after.starts_with(char::is_alphanumeric)).then_some(after)
    });
    let closed = verb.map_or(closed, unmarked);
    let behind = closed.strip_prefix([':', '：', '=', '-', '–', '—', '>']).map(unmarked);
    let behind = match behind {
        Some(behind) => behind,
        None if closed.is_empty() => "",
        // `Answer B` and `The correct answer is B`, but not `Answer the question`.
        None if kind == Label::Answer && (verb.is_some() || rest.starts_with([' ', '*', '_'])) => {
            super::key::letters(closed).map(|_| closed)?
        }
        None => return None,
    };
    let mut behind = behind.trim().to_owned();
    // Bold that began before the label and ends with the line.
    if marks.len() >= 2 && behind.ends_with("**") && behind.matches("**").count() % 2 == 1 {
        behind.truncate(behind.len() - 2);
    }
    Some((kind, behind.trim_end().to_owned()))
}

/// A line from its first word on: without quotation marks, bullets, emphasis and tags.
fn words(line: &str) -> &str {
    let mut rest = line;
    loop {
        let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<' && c != '[');
        let Some(inner) = next.strip_prefix('<') else { return next };
        let Some((tag, after)) = inner.split_once('>') else { return next };
        if tag.len() > 80 {
            return next;
        }
        rest = after;
    }
}

/// A text without the emphasis, tags and blanks that close before it.
fn unmarked(text: &str) -> &str {
    let mut rest = text;
    loop {
        let next = rest.trim_start().trim_start_matches(['*', '_', '`']);
        let next = match next.strip_prefix("</").and_then(|tag| tag.split_once('>')) {
            Some((tag, after)) if tag.len() < 20 => after,
            _ => next,
        };
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_the_ways_people_write_them() {
        for (line, kind, rest) in [
            ("Answer: B", Label::Answer, "B"),
            ("**Answer:** B", Label::Answer, "B"),
            ("**Answer: B, C**", Label::Answer, "B, C"),
            ("> **Correct Answer**: *D*", Label::Answer, "D*"),
            ("- Correct answer: A, B", Label::Answer, "A, B"),
            ("<b>Answer</b>: C", Label::Answer, "C"),
            ("Answer B", Label::Answer, "B"),
            ("The correct answer is B.", Label::Answer, "B."),
            ("Answer(s): A", Label::Answer, "A"),
            ("✅ **Correct: C**", Label::Answer, "C"),
            ("#### Answer", Label::Answer, ""),
            ("**Explanation:** a **b** c", Label::Explanation, "a **b** c"),
            ("Explanation", Label::Explanation, ""),
            ("Reference: <https://a.b>", Label::Reference, "<https://a.b>"),
            ("答案：C", Label::Answer, "C"),
        ] {
            assert_eq!(label(line), Some((kind, rest.to_owned())), "{line}");
        }
        for line in ["Answer the question", "Reasons vary", "Keys are stored", "A. Answer", ""] {
            assert_eq!(label(line), None, "{line}");
        }
    }
}
