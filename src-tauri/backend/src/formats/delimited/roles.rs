//! What each column holds: by its name, by the directives, by what is in it.

use super::columns::{ColumnChoice, ColumnRole};
use super::table::Table;
use crate::formats::bank::key::{Key, key};

/// Rows that are looked at.
const SAMPLE: usize = 200;

/// How a table is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) header: bool,
    pub(super) names: Vec<String>,
    pub(super) roles: Vec<ColumnRole>,
}

/// Finds out what the columns hold, as far as it is not chosen.
pub(super) fn layout(table: &Table, choice: &ColumnChoice) -> Layout {
    let width = table.width();
    let first: Vec<String> = table.rows.first().map_or_else(Vec::new, |row| row.cells.clone());
    let given = &table.directives.names;
    let header = choice.header.unwrap_or_else(|| given.is_empty() && is_header(&first));
    let mut names = if given.is_empty() { first } else { given.clone() };
    names.resize(width, String::new());
    let known = header || !given.is_empty();
    let mut roles = if choice.roles.is_empty() {
        let rows = usize::from(header);
        guess(table, if known { names.as_slice() } else { &[] }, rows, width)
    } else {
        choice.roles.clone()
    };
    roles.resize(width, ColumnRole::Ignore);
    Layout { header, names, roles }
}

/// Whether the first row names columns: some are known names, and none is long.
fn is_header(first: &[String]) -> bool {
    let known = first.iter().filter(|name| by_name(name).is_some()).count();
    // Letters alone may as well be what a row holds.
    let worded = first.iter().any(|name| by_name(name).is_some() && name.trim().len() > 1);
    let filled = first.iter().filter(|name| !name.trim().is_empty()).count();
    let short = first.iter().all(|name| name.chars().count() <= 40 && !name.contains('\n'));
    short && worded && (known * 2 >= filled || known >= 2)
}

/// What a name says; `Answer` and `Question` are settled by the other columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Role(ColumnRole),
    /// The stem where there are options, the front otherwise.
    Question,
    /// The key where there are options, the back otherwise.
    Answer,
}

fn by_name(name: &str) -> Option<Named> {
    use ColumnRole::{
        Back, Deck, Difficulty, Explanation, Front, Guid, Key, NoteType, Option as Choice,
        Reference, Stem, Tags, Task,
    };
    let lower = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let stem = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = ["option", "choice", "answer", "distractor", "antwort", "response"];
    let lettered = base.iter().any(|base| {
        plain
            .strip_prefix(base)
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| ('a'..='j').contains(&c)))
    });
    let numbered = stem.len() < plain.len() && base.contains(&stem);
    if lettered || numbered {
        return Some(Named::Role(Choice));
    }
    Some(match plain.as_str() {
        "question" | "questiontext" | "frage" | "prompt" | "q" | "pregunta" => Named::Question,
        "answer" | "answers" | "antwort" | "a" | "respuesta" => Named::Answer,
        "front" | "term" | "word" | "vorderseite" | "expression" | "concept" | "text"
        | "vocabulary" | "begriff" => Named::Role(Front),
        "back" | "definition" | "meaning" | "translation" | "rückseite" | "backextra"
        | "description" | "extra" => Named::Role(Back),
        "stem" => Named::Role(Stem),
        "option" | "options" | "choice" | "choices" | "b" | "c" | "d" | "e" | "f" => {
            Named::Role(Choice)
        }
        _ if ["wrong", "incorrect", "distractor", "falsch"]
            .iter()
            .any(|w| plain.starts_with(w)) =>
        {
            Named::Role(Choice)
        }
        "key" | "correct" | "correctanswer" | "correctanswers" | "correctoption" | "answerkey"
        | "rightanswer" | "solution" | "lösung" | "correctoptions" | "correctchoice" => {
            Named::Role(Key)
        }
        "explanation" | "rationale" | "feedback" | "comment" | "why" | "erklärung"
        | "overallexplanation" | "generalfeedback" => Named::Role(Explanation),
        "task" | "domain" | "objective" | "taskid" => Named::Role(Task),
        "tags" | "tag" | "topic" | "topics" | "keywords" | "category" => Named::Role(Tags),
        "deck" | "deckname" => Named::Role(Deck),
        "guid" | "id" | "uuid" => Named::Role(Guid),
        "notetype" | "type" | "notekind" | "kind" => Named::Role(NoteType),
        "difficulty" | "level" => Named::Role(Difficulty),
        "reference" | "references" | "url" | "link" | "source" => Named::Role(Reference),
        _ => return None,
    })
}

fn guess(table: &Table, names: &[String], skip: usize, width: usize) -> Vec<ColumnRole> {
    use ColumnRole::{Back, Front, Ignore, Key, Option as Choice, Stem};
    let meant: Vec<Option<Named>> = names.iter().map(|name| by_name(name)).collect();
    let mut roles: Vec<Option<ColumnRole>> = vec![None; width];
    let directives = &table.directives;
    for (column, role) in [
        (directives.tags_column, ColumnRole::Tags),
        (directives.deck_column, ColumnRole::Deck),
        (directives.note_type_column, ColumnRole::NoteType),
        (directives.guid_column, ColumnRole::Guid),
    ] {
        if let Some(role_of) = column.and_then(|column| roles.get_mut(column)) {
            *role_of = Some(role);
        }
    }
    let has = |role: ColumnRole| meant.contains(&Some(Named::Role(role)));
    let options = meant.iter().filter(|name| **name == Some(Named::Role(Choice))).count();
    // `A` beside `B` is an option, alone it is an answer.
    let lettered = names.iter().any(|name| name.trim().eq_ignore_ascii_case("b"));
    let asks = options >= 2 || (options >= 1 && (has(Key) || meant.contains(&Some(Named::Answer))));
    for (at, name) in meant.iter().enumerate() {
        if roles[at].is_some() {
            continue;
        }
        roles[at] = name.map(|name| match name {
            Named::Role(Front) if asks && !has(Stem) => Stem,
            Named::Role(role) => role,
            Named::Question => {
                if asks {
                    Stem
                } else {
                    Front
                }
            }
            Named::Answer if lettered && names[at].trim().eq_ignore_ascii_case("a") => Choice,
            Named::Answer => {
                if asks && !has(Key) {
                    Key
                } else if asks {
                    Choice
                } else {
                    Back
                }
            }
        });
    }
    if meant.iter().all(Option::is_none) {
        by_content(table, skip, &mut roles);
    }
    let missing = |role, roles: &[Option<ColumnRole>]| !roles.contains(&Some(role));
    if missing(Stem, &roles) && missing(Front, &roles) {
        let role = if asks { Stem } else { Front };
        if let Some(free) = roles.iter_mut().find(|role| role.is_none()) {
            *free = Some(role);
        }
    }
    // What is named by nobody goes behind the answer, so that it is not lost.
    let card = missing(Stem, &roles);
    let rest = if card { Back } else { Ignore };
    roles.into_iter().map(|role| role.unwrap_or(rest)).collect()
}

/// Without names: a column of letters is the key of the columns before it.
fn by_content(table: &Table, skip: usize, roles: &mut [Option<ColumnRole>]) {
    let rows = || table.rows.iter().skip(skip).take(SAMPLE);
    let free: Vec<usize> = (0..roles.len()).filter(|at| roles[*at].is_none()).collect();
    let is_key = |column: usize| {
        let mut cells = rows().filter_map(|row| row.cells.get(column)).peekable();
        cells.peek().is_some()
            && cells.all(|cell| {
                cell.trim().len() <= 12
                    && matches!(key(cell), Key::Places(_, behind) if behind.is_empty())
            })
    };
    let key_at = (3..free.len()).find(|at| is_key(free[*at]));
    let Some(key_at) = key_at else {
        // Anki's plain export ends with the tags.
        if free.len() == 3 && rows().all(|row| row.cells.get(free[2]).is_none_or(|c| is_tags(c))) {
            roles[free[2]] = Some(ColumnRole::Tags);
        }
        return;
    };
    roles[free[0]] = Some(ColumnRole::Stem);
    for at in &free[1..key_at] {
        roles[*at] = Some(ColumnRole::Option);
    }
    roles[free[key_at]] = Some(ColumnRole::Key);
    if let Some(at) = free.get(key_at + 1) {
        roles[*at] = Some(ColumnRole::Explanation);
    }
}

/// Whether a cell could hold tags: short words without punctuation.
fn is_tags(cell: &str) -> bool {
    cell.len() <= 100
        && cell.split_whitespace().count() <= 6
        && cell.chars().all(|c| c.is_alphanumeric() || " _-:".contains(c))
}
