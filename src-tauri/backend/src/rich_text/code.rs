//! Blocks of code: the parts of a program that the eye looks for, marked by classes.

use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, Event};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::marks;

/// Longest block that is marked, in bytes, and its longest line: patterns may take long over more.
const MAX_CODE: usize = 16 * 1024;
const MAX_LINE: usize = 1_000;

/// Read at the first block of code, not when the program starts.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Beginnings of scopes, and the class they get; for a token the innermost scope counts that has
/// one.
const CLASSES: [(&str, &str); 13] = [
    ("comment", "hl-comment"),
    ("string", "hl-string"),
    ("constant.numeric", "hl-number"),
    ("constant.language", "hl-number"),
    ("constant.character", "hl-string"),
    ("constant", "hl-number"),
    ("keyword.operator", ""),
    ("keyword", "hl-keyword"),
    ("storage", "hl-keyword"),
    ("entity.name", "hl-name"),
    ("entity.other.attribute-name", "hl-name"),
    ("support.function", "hl-name"),
    ("support.type", "hl-name"),
];

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});

/// The classes that [`push`] gives.
pub(super) fn is_class(class: &str) -> bool {
    !class.is_empty() && CLASSES.iter().any(|(_, known)| *known == class)
}

/// The events of a block's code: marked when its language is known.
pub(super) fn push(out: &mut Vec<Event<'_>>, kind: &CodeBlockKind<'_>, code: &str) {
    if marks::any(code) {
        marks::push(out, code);
        return;
    }
    let spans = syntax(kind).filter(|_| is_short(code)).and_then(|syntax| spans(syntax, code));
    let Some(spans) = spans else {
        out.push(Event::Text(code.to_owned().into()));
        return;
    };
    for (class, text) in spans {
        if class.is_empty() {
            out.push(Event::Text(text.into()));
        } else {
            out.push(Event::InlineHtml(format!("<span class=\"{class}\">").into()));
            out.push(Event::Text(text.into()));
            out.push(Event::InlineHtml("</span>".into()));
        }
    }
}

fn syntax(kind: &CodeBlockKind<'_>) -> Option<&'static SyntaxReference> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let language = info.split([' ', ',', '{']).next().filter(|word| !word.is_empty())?;
    let language = match language.to_ascii_lowercase().as_str() {
        "text" | "txt" | "plain" | "console" => return None,
        "shell" => "bash".to_owned(),
        other => other.to_owned(),
    };
    SYNTAXES.find_syntax_by_token(&language)
}

fn is_short(code: &str) -> bool {
    code.len() <= MAX_CODE && code.lines().all(|line| line.len() <= MAX_LINE)
}

/// The code in pieces, each with its class or none; nothing when a pattern gives up.
fn spans(syntax: &SyntaxReference, code: &str) -> Option<Vec<(&'static str, String)>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans: Vec<(&'static str, String)> = Vec::new();
    for line in code.split_inclusive('\n') {
        let changes = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, change) in changes {
            add(&mut spans, class(&stack), line.get(from..at)?);
            stack.apply(&change).ok()?;
            from = at;
        }
        add(&mut spans, class(&stack), line.get(from..)?);
    }
    Some(spans)
}

fn add(spans: &mut Vec<(&'static str, String)>, class: &'static str, text: &str) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some((known, last)) if *known == class => last.push_str(text),
        _ => spans.push((class, text.to_owned())),
    }
}

fn class(stack: &ScopeStack) -> &'static str {
    let scopes = stack.as_slice().iter().rev();
    let known = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
    scopes.filter_map(known).map(|(_, class)| *class).next().unwrap_or_default()
}
