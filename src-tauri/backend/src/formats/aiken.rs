//! Aiken: a question on a line, options `A.` or `A)`, and `ANSWER: A`.
//!
//! The grammar is Moodle's (docs.moodle.org, Aiken format). Stems of several lines, options that go
//! on, and several letters behind `ANSWER:` are read too, because people write them.

use super::decode::decode;
use super::notes::Notes;
use super::question::{Found, asked_for, item, of_plain, option};
use super::{
    Draft, DraftContent, DraftDeck, Format, Package, PackageError, Place, file_title, texts,
};

/// Largest file, in bytes.
pub const MAX_FILE: u64 = 16 * 1024 * 1024;
/// Most questions of a file.
pub const MAX_QUESTIONS: usize = 50_000;

/// Reads Aiken files; each is a deck.
///
/// # Errors
/// [`PackageError`] when one cannot be read or is too large.
pub fn read(package: &Package) -> Result<Draft, PackageError> {
    let mut notes = Notes::default();
    let mut decks = Vec::new();
    for file in texts(package) {
        let decoded = decode(&package.read(&file, MAX_FILE)?, None);
        decoded.check(&file, &mut notes);
        let deck = DraftDeck { path: vec![file_title(&file)], ..DraftDeck::default() };
        let mut reader = Reader { file: &file, notes: &mut notes, deck, open: None };
        for (line, number) in decoded.text.split('\n').zip(1..) {
            reader.line(line, number);
        }
        reader.close();
        decks.push(reader.deck);
    }
    let (passed_over, problems) = notes.finish();
    Ok(Draft { format: Format::Aiken, made_with: None, decks, passed_over, problems })
}

/// Whether a text looks like Aiken.
pub(super) fn is_aiken(text: &str) -> bool {
    let answers = text.lines().filter(|line| line.starts_with("ANSWER:") && answer(line).is_some());
    answers.count() > 0 && text.lines().filter(|line| opening(line).is_some()).count() >= 2
}

/// The letter and words of an option.
pub(super) fn opening(line: &str) -> Option<(u8, &str)> {
    let line = line.trim_start();
    let letter = line.bytes().next().filter(u8::is_ascii_uppercase)?;
    let rest = line[1..].strip_prefix(['.', ')'])?;
    let apart = rest.is_empty() || rest.starts_with([' ', '\t']);
    apart.then(|| (letter - b'A', rest.trim()))
}

/// The letters behind `ANSWER:`.
pub(super) fn answer(line: &str) -> Option<Vec<u8>> {
    let line = line.trim();
    let head = line.get(..7).filter(|head| head.eq_ignore_ascii_case("answer:"))?;
    let letters = line[head.len()..].split([',', ' ', ';']).filter(|part| !part.is_empty());
    let letters: Option<Vec<u8>> = letters
        .map(|part| match part.trim_end_matches(['.', ')']).as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => Some(letter.to_ascii_uppercase() - b'A'),
            _ => None,
        })
        .collect();
    letters.filter(|letters| !letters.is_empty())
}

struct Open {
    line: u32,
    stem: Vec<String>,
    options: Vec<String>,
    keys: Vec<u8>,
    /// A blank line came behind the options.
    apart: bool,
}

struct Reader<'a> {
    file: &'a str,
    notes: &'a mut Notes,
    deck: DraftDeck,
    open: Option<Open>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: u32) {
        if line.trim().is_empty() {
            if let Some(open) = &mut self.open {
                open.apart = !open.options.is_empty();
            }
            return;
        }
        if let Some(keys) = answer(line) {
            if let Some(open) = &mut self.open {
                open.keys = keys;
                self.close();
            } else {
                let place = Place { file: self.file.into(), line: number };
                self.notes.pass_over(&place, "stray-answer", line);
            }
            return;
        }
        let starts_anew = self.open.as_ref().is_some_and(|open| open.apart);
        let next = self.open.as_ref().map(|open| open.options.len());
        match opening(line).filter(|(letter, _)| Some(usize::from(*letter)) == next) {
            Some((_, text)) => {
                if let Some(open) = &mut self.open {
                    open.options.push(text.to_owned());
                    open.apart = false;
                }
            }
            None if starts_anew => {
                self.close();
                self.begin(line, number);
            }
            None => match &mut self.open {
                Some(open) => match open.options.last_mut() {
                    Some(option) => *option = format!("{option}\n{}", line.trim()),
                    None => open.stem.push(line.trim().to_owned()),
                },
                None => self.begin(line, number),
            },
        }
    }

    fn begin(&mut self, line: &str, number: u32) {
        let stem = vec![line.trim().to_owned()];
        let open = Open { line: number, stem, options: Vec::new(), keys: Vec::new(), apart: false };
        self.open = Some(open);
    }

    /// Ends the question that is open.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let place = Place { file: self.file.into(), line: open.line };
        if open.options.is_empty() && open.keys.is_empty() {
            self.notes.pass_over(&place, "no-options", &open.stem.join(" "));
            return;
        }
        if self.deck.items.len() >= MAX_QUESTIONS {
            let message = format!("the file has more than {MAX_QUESTIONS} questions");
            self.notes.error(&place, "too-many-questions", message, "split the file");
            return;
        }
        let options = open.options.iter().zip(0u8..);
        let options = options.map(|(text, at)| option(of_plain(text), open.keys.contains(&at)));
        let stem = of_plain(&open.stem.join("\n"));
        let found = Found {
            choose: asked_for(&stem),
            stem,
            options: options.collect(),
            ..Found::default()
        };
        if let Some(question) = found.finish(&place, self.notes) {
            self.deck.items.push(item(place, DraftContent::Question(Box::new(question))));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "What is the_key?\r\nA. One * two\r\nB) Two\r\nANSWER: B\r\n\r\n\
        Two lines\nof a stem (choose two)?\nA) x\nB) y\nC) z\nANSWER: A, C\n\n\
        No answer?\nA. x\nB. y\n\nNext?\nA. x\ngoes on\nB. y\nANSWER: a\n\nOnly words\n";

    fn read(text: &str) -> Draft {
        super::read(&Package::of_bytes("quiz.txt", text.as_bytes().to_vec()).unwrap()).unwrap()
    }

    #[test]
    fn questions_are_read_and_what_is_none_is_listed() {
        let draft = read(TEXT);
        assert_eq!(draft.decks[0].path, ["quiz"]);
        let lines: Vec<u32> = draft.decks[0].items.iter().map(|item| item.place.line).collect();
        assert_eq!(lines, [1, 6, 17]);
        let problems: Vec<String> = draft.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("quiz.txt:13:1: error[no-key]"), "{problems:?}");
        assert_eq!(draft.passed_over[0].text, "Only words");
        let DraftContent::Question(first) = &draft.decks[0].items[0].body else { panic!() };
        assert_eq!((first.stem.as_str(), first.key_count()), ("What is the\\_key?", 1));
        assert_eq!(first.options[0].text, "One \\* two");
        let DraftContent::Question(second) = &draft.decks[0].items[1].body else { panic!() };
        assert_eq!(second.key_count(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = super::read(&Package::of_bytes("a.txt", bytes).unwrap());
        }

        #[test]
        fn what_is_written_in_it_is_read(
            questions in prop::collection::vec(("[a-z ]{1,20}q\\?", 2usize..8, 0usize..8), 1..6),
        ) {
            let mut text = String::new();
            for (stem, options, key) in &questions {
                text += "x";
                text += stem;
                text += "\n";
                let letters = || ('A'..='J').take(*options);
                for (at, letter) in letters().enumerate() {
                    let option = format!("{letter}. option {at}\n");
                    text += &option;
                }
                let letter = letters().nth(key % options).unwrap();
                let answer = format!("ANSWER: {letter}\n\n");
                text += &answer;
            }
            let draft = read(&text);
            prop_assert_eq!(draft.problems.len(), 0);
            prop_assert_eq!(draft.decks[0].items.len(), questions.len());
            for (item, (_, options, key)) in draft.decks[0].items.iter().zip(&questions) {
                let DraftContent::Question(question) = &item.body else { panic!() };
                prop_assert_eq!(question.options.len(), *options);
                prop_assert!(question.options[key % options].key);
            }
        }
    }
}
