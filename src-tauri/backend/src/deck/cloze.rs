//! Cloze deletions: `{{c1::text}}` and `{{c1::text::hint}}`, nested, several of one number, or one of
//! several (`{{c1,2::text}}`), as Anki writes them.
//!
//! Braces of TeX may stand in a deletion: in `{{c1::\frac{a}{b}}}` the first of the three closing
//! braces belongs to the fraction, because one is still open.

use std::collections::BTreeSet;

/// Largest number of a deletion; what has a larger one, or 0, is text.
pub const MAX_NUMBER: u32 = 500;
/// Longest list of numbers of one deletion, in bytes.
const MAX_LIST: usize = 100;
/// Deepest nesting; what opens below it is text.
const MAX_DEPTH: usize = 8;

/// A text with its deletions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloze<'a> {
    pieces: Vec<Piece<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Deletion { numbers: Vec<u32>, pieces: Vec<Piece<'a>>, hint: Option<&'a str> },
}

/// How deletions of the number asked for are written out.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Before a deletion.
    pub open: &'a str,
    /// Behind it.
    pub close: &'a str,
    /// Whether its words are kept; otherwise `[hint]` or `[…]` stands in their place.
    pub words: bool,
}

/// A deletion that has begun.
struct Open<'a> {
    numbers: Vec<u32>,
    /// Where its braces begin, so that it can become text again.
    start: usize,
    pieces: Vec<Piece<'a>>,
    /// Where its hint begins.
    hint: Option<usize>,
    /// Braces open inside it.
    braces: usize,
}

impl<'a> Cloze<'a> {
    /// Finds the deletions of a text. What does not close is text.
    pub fn parse(text: &'a str) -> Self {
        let mut parser = Parser { text, from: 0, done: Vec::new(), open: Vec::new() };
        let mut at = 0;
        while at < text.len() {
            at = parser.step(at);
        }
        parser.finish()
    }

    /// The numbers of its deletions.
    pub fn numbers(&self) -> BTreeSet<u32> {
        let mut numbers = BTreeSet::new();
        collect_numbers(&self.pieces, &mut numbers);
        numbers
    }

    /// The text with the deletions of `number` shown as told, and the others as their words.
    pub fn show(&self, number: u32, how: Shown<'_>) -> String {
        let mut text = String::new();
        push(&mut text, &self.pieces, number, how);
        text
    }

    /// The words of each deletion of `number`.
    pub fn answers(&self, number: u32) -> Vec<String> {
        let mut answers = Vec::new();
        collect_answers(&self.pieces, number, &mut answers);
        answers
    }

    /// The words alone, as if nothing was deleted.
    pub fn words(&self) -> String {
        self.show(0, Shown { open: "", close: "", words: true })
    }
}

fn collect_numbers(pieces: &[Piece<'_>], numbers: &mut BTreeSet<u32>) {
    for piece in pieces {
        if let Piece::Deletion { numbers: own, pieces, .. } = piece {
            numbers.extend(own);
            collect_numbers(pieces, numbers);
        }
    }
}

fn collect_answers(pieces: &[Piece<'_>], asked: u32, answers: &mut Vec<String>) {
    for piece in pieces {
        let Piece::Deletion { numbers, pieces, .. } = piece else { continue };
        if numbers.contains(&asked) {
            let mut words = String::new();
            push(&mut words, pieces, 0, Shown { open: "", close: "", words: true });
            answers.push(words);
        } else {
            collect_answers(pieces, asked, answers);
        }
    }
}

fn push(text: &mut String, pieces: &[Piece<'_>], asked: u32, how: Shown<'_>) {
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Deletion { numbers, pieces, hint } if numbers.contains(&asked) => {
                text.push_str(how.open);
                if how.words {
                    // What is marked already is not marked again.
                    push(text, pieces, asked, Shown { open: "", close: "", words: true });
                } else {
                    text.push('[');
                    text.push_str(hint.filter(|hint| !hint.trim().is_empty()).unwrap_or("…"));
                    text.push(']');
                }
                text.push_str(how.close);
            }
            Piece::Deletion { pieces, .. } => push(text, pieces, asked, how),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    /// Where the text begins that no piece holds yet.
    from: usize,
    done: Vec<Piece<'a>>,
    open: Vec<Open<'a>>,
}

impl<'a> Parser<'a> {
    /// Reads on at `at`; gives where to go on.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if let Some((numbers, length)) = opener(rest)
            && self.open.len() < MAX_DEPTH
            && self.open.last().is_none_or(|open| open.hint.is_none())
        {
            self.text_until(at);
            self.from = at + length;
            let pieces = Vec::new();
            self.open.push(Open { numbers, start: at, pieces, hint: None, braces: 0 });
            return at + length;
        }
        let Some(open) = self.open.last_mut() else {
            return at + first_width(rest);
        };
        if rest.starts_with("}}") && !(open.braces > 0 && rest.starts_with("}}}")) {
            self.close(at);
            return at + 2;
        }
        if rest.starts_with("::") && open.hint.is_none() {
            open.hint = Some(at + 2);
            self.text_until(at);
            return at + 2;
        }
        match rest.as_bytes().first() {
            Some(b'{') => open.braces += 1,
            Some(b'}') => open.braces = open.braces.saturating_sub(1),
            _ => {}
        }
        at + first_width(rest)
    }

    fn pieces(&mut self) -> &mut Vec<Piece<'a>> {
        match self.open.last_mut() {
            Some(open) => &mut open.pieces,
            None => &mut self.done,
        }
    }

    fn text_until(&mut self, at: usize) {
        if self.from < at {
            let text = &self.text[self.from..at];
            self.pieces().push(Piece::Text(text));
        }
        self.from = at;
    }

    fn close(&mut self, at: usize) {
        let hint = self.open.last().and_then(|open| open.hint).map(|from| &self.text[from..at]);
        if hint.is_none() {
            self.text_until(at);
        }
        if let Some(Open { numbers, pieces, .. }) = self.open.pop() {
            self.pieces().push(Piece::Deletion { numbers, pieces, hint });
        }
        self.from = at + 2;
    }

    /// What is still open at the end is text, but for the deletions that closed inside it.
    fn finish(mut self) -> Cloze<'a> {
        if let Some(first) = self.open.first() {
            let (start, length) = (first.start, opener(&self.text[first.start..]));
            let behind = start + length.map_or(0, |(_, length)| length);
            let rest = Self::parse_inside(self.text, behind);
            self.done.push(Piece::Text(&self.text[start..behind]));
            self.done.extend(rest.pieces);
        } else {
            self.text_until(self.text.len());
        }
        Cloze { pieces: self.done }
    }

    fn parse_inside(text: &'a str, from: usize) -> Cloze<'a> {
        let mut parser = Parser { text, from, done: Vec::new(), open: Vec::new() };
        let mut at = from;
        while at < text.len() {
            at = parser.step(at);
        }
        // One level only: a text full of openers without ends costs no more than two readings.
        if let Some(first) = parser.open.first() {
            parser.done.push(Piece::Text(&text[first.start..]));
            return Cloze { pieces: parser.done };
        }
        parser.text_until(text.len());
        Cloze { pieces: parser.done }
    }
}

/// Numbers and length of `{{c1::` or `{{c1,2::`.
fn opener(text: &str) -> Option<(Vec<u32>, usize)> {
    let rest = text.strip_prefix("{{c")?;
    let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b',').count();
    if length > MAX_LIST || !rest[length..].starts_with("::") {
        return None;
    }
    let number =
        |digits: &str| digits.parse().ok().filter(|number| (1..=MAX_NUMBER).contains(number));
    let numbers = rest[..length].split(',').map(number).collect::<Option<Vec<u32>>>()?;
    Some((numbers, "{{c".len() + length + "::".len()))
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ASKED: Shown<'static> = Shown { open: "<", close: ">", words: false };
    const ANSWERED: Shown<'static> = Shown { open: "<", close: ">", words: true };

    fn numbers(text: &str) -> Vec<u32> {
        Cloze::parse(text).numbers().into_iter().collect()
    }

    #[test]
    fn a_deletion_is_asked_for_by_its_hint_or_by_dots_and_others_are_words() {
        let text = "{{c1::Firehose::service}} writes to {{c2::S3}} and {{c1::Redshift}}.";
        let cloze = Cloze::parse(text);
        assert_eq!(numbers(text), [1, 2]);
        assert_eq!(cloze.show(1, ASKED), "<[service]> writes to S3 and <[…]>.");
        assert_eq!(cloze.show(1, ANSWERED), "<Firehose> writes to S3 and <Redshift>.");
        assert_eq!(cloze.show(2, ASKED), "Firehose writes to <[…]> and Redshift.");
        assert_eq!(cloze.words(), "Firehose writes to S3 and Redshift.");
    }

    #[test]
    fn deletions_nest() {
        let text = "{{c1::a {{c2::b::inner}} c::outer}} d";
        let cloze = Cloze::parse(text);
        assert_eq!(numbers(text), [1, 2]);
        assert_eq!(cloze.show(1, ASKED), "<[outer]> d");
        assert_eq!(cloze.show(2, ASKED), "a <[inner]> c d");
        assert_eq!(cloze.show(2, ANSWERED), "a <b> c d");
        let same = Cloze::parse("{{c1::a {{c1::b}} c}}");
        assert_eq!(same.show(1, ANSWERED), "<a b c>");
    }

    #[test]
    fn one_deletion_can_be_of_several_numbers() {
        let text = "{{c1,3::a}} {{c1::b}} {{c,1::c}}";
        assert_eq!(numbers(text), [1, 3]);
        assert_eq!(Cloze::parse(text).show(3, ASKED), "<[…]> b {{c,1::c}}");
        assert_eq!(Cloze::parse(text).show(1, ASKED), "<[…]> <[…]> {{c,1::c}}");
    }

    #[test]
    fn the_answers_are_the_words_of_the_deletions_asked_for() {
        let cloze = Cloze::parse("{{c1::a {{c2::b::hint}} c}} d {{c2::e}}");
        assert_eq!(cloze.answers(1), ["a b c"]);
        assert_eq!(cloze.answers(2), ["b", "e"]);
        assert_eq!(cloze.answers(3), [""; 0]);
    }

    #[test]
    fn braces_of_tex_close_before_the_deletion_does() {
        let text = r"$\hat{y} = {{c1::\frac{a}{b}}}$";
        assert_eq!(Cloze::parse(text).show(1, ANSWERED), r"$\hat{y} = <\frac{a}{b}>$");
        assert_eq!(Cloze::parse("{{c1::a { b}} c").show(1, ANSWERED), "<a { b> c");
        assert_eq!(Cloze::parse("{{c1::a}}}").show(1, ANSWERED), "<a>}");
    }

    #[test]
    fn what_does_not_open_or_close_is_text() {
        for text in
            ["{{c0::a}}", "{{c501::a}}", "{{c::a}}", "{{c1:a}}", "{{d1::a}}", "{{c1::a", "a}}"]
        {
            assert_eq!(numbers(text), [0u32; 0], "{text}");
            assert_eq!(Cloze::parse(text).words(), text);
        }
        assert_eq!(numbers("{{c1::open {{c2::closed}}"), [2]);
    }

    #[test]
    fn a_long_text_of_openers_is_read_quickly() {
        let start = std::time::Instant::now();
        let _ = Cloze::parse(&"{{c1::".repeat(6_000)).numbers();
        assert!(start.elapsed().as_secs() < 5);
    }

    proptest! {
        #[test]
        fn any_text_parses_and_a_text_without_deletions_stays_as_it_is(
            text in "(\\{\\{c[0-9]{1,2}::|\\}\\}|::|\\{|\\}|[a-zä ]{0,3}){0,20}",
        ) {
            let cloze = Cloze::parse(&text);
            if cloze.numbers().is_empty() {
                prop_assert_eq!(cloze.words(), text);
            }
        }
    }
}
