//! A query's characters to tokens with their places.

use std::ops::Range;

/// A token. Places are in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Or,
    And,
    /// A minus directly before what it negates.
    Minus,
    /// Words, with the field they are for.
    Words {
        field: Option<String>,
        value: String,
        quoted: bool,
        value_at: Range<usize>,
    },
    /// A quotation that nothing closes.
    OpenQuote,
}

/// A token with its place, and the place of its field and colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) at: Range<usize>,
    pub(super) field_at: Option<Range<usize>>,
}

/// The tokens of a query.
pub(super) fn lex(text: &str) -> Vec<Placed> {
    let mut tokens = Vec::new();
    let mut place = 0;
    while let Some(c) = text[place..].chars().next() {
        let after = place + c.len_utf8();
        let follows = text[after..].chars().next();
        let sign = match c {
            _ if c.is_whitespace() => {
                place = after;
                continue;
            }
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            '-' if follows.is_some_and(|next| !next.is_whitespace() && next != ')') => {
                Some(Token::Minus)
            }
            _ => None,
        };
        let placed = match sign {
            Some(token) => Placed { token, at: place..after, field_at: None },
            None => words(text, place),
        };
        place = placed.at.end;
        tokens.push(placed);
    }
    tokens
}

/// A word, a quotation, or either behind a field.
fn words(text: &str, start: usize) -> Placed {
    let (field, value_start) = match field_end(&text[start..]) {
        Some(colon) => (Some(text[start..start + colon].to_lowercase()), start + colon + 1),
        None => (None, start),
    };
    let field_at = field.is_some().then_some(start..value_start);
    let rest = &text[value_start..];
    if let Some(inside) = rest.strip_prefix('"') {
        let Some(length) = inside.find('"') else {
            return Placed { token: Token::OpenQuote, at: start..text.len(), field_at };
        };
        let value_at = value_start + 1..value_start + 1 + length;
        let end = value_at.end + 1;
        let value = text[value_at.clone()].to_owned();
        let token = Token::Words { field, value, quoted: true, value_at };
        return Placed { token, at: start..end, field_at };
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
    let end = value_start + rest.find(ends).unwrap_or(rest.len());
    let value = text[value_start..end].to_owned();
    let token = match (&field, value.as_str()) {
        (None, "OR") => Token::Or,
        (None, "AND") => Token::And,
        _ => Token::Words { field, value, quoted: false, value_at: value_start..end },
    };
    Placed { token, at: start..end, field_at }
}

/// Where the colon of a field stands: behind letters, at the beginning of a word.
fn field_end(text: &str) -> Option<usize> {
    let letters = text.find(|c: char| !c.is_alphabetic())?;
    (letters > 0 && text[letters..].starts_with(':')).then_some(letters)
}
