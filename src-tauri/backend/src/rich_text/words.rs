//! The words of HTML, read tag by tag without building a tree: for lists, search and comparison.

use super::marks;
use super::masks::MaskedPicture;
use super::scan::{Scanner, Token, decode, tex_of};
use super::shown_html::breaks_line;

/// The words of an HTML text alone, on one line.
pub fn plain_text_of_html(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    for token in Scanner::new(html) {
        match token {
            Token::Text(text) => words.push_str(&decode(text)),
            Token::Formula(raw, _) => words.push_str(&tex_of(raw)),
            Token::Open(name, _) | Token::Close(name) if breaks_line(name) => words.push(' '),
            Token::Open(..) | Token::Close(_) | Token::Sound(_) => {}
        }
    }
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if marks::any(&line) { marks::strip(&line) } else { line }
}

/// An HTML text without its tags; entities stay as they are.
pub fn without_tags(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    for token in Scanner::new(html) {
        match token {
            Token::Text(text) | Token::Formula(text, _) => words.push_str(text),
            Token::Open(name, _) if breaks_line(name) => words.push(' '),
            Token::Open(..) | Token::Close(_) | Token::Sound(_) => {}
        }
    }
    words
}

/// The names of the pictures and sounds that an HTML text shows.
pub fn pictures_of_html(html: &str) -> Vec<String> {
    // Few texts show one, and decks are long.
    let may = ["<img", "<IMG", "<Img", "[sound:", "<audio", "<source", "<video", "<masked-picture"];
    if !html.contains(['<', '[']) || !may.iter().any(|mark| html.contains(mark)) {
        return Vec::new();
    }
    let mut names = Vec::new();
    let short = |name: String| match name.strip_prefix("data:") {
        // A picture in the text itself: no name, and long.
        Some(rest) => format!("data:{}", rest.split([';', ',']).next().unwrap_or_default()),
        None => name,
    };
    for token in Scanner::new(html) {
        match token {
            Token::Sound("") => {}
            Token::Sound(name) => names.push(decode(name)),
            Token::Open(name, attributes) => {
                let is = |known: &str| name.eq_ignore_ascii_case(known);
                if is("masked-picture") {
                    let picture = MaskedPicture::read(attributes);
                    names.push(picture.src);
                    names.extend(picture.over);
                } else if is("img") || is("audio") || is("source") || is("video") {
                    names.extend(attributes.get("src").filter(|src| !src.is_empty()).map(short));
                }
            }
            _ => {}
        }
    }
    names
}

/// Markdown that shows these words as they are.
pub fn markdown_of_words(words: &str) -> String {
    let mut markdown = String::with_capacity(words.len());
    for c in words.chars() {
        // A backslash before a bracket would begin a formula.
        if let Some(entity) = match c {
            '[' => Some("&#91;"),
            ']' => Some("&#93;"),
            '\\' => Some("&#92;"),
            '$' => Some("&#36;"),
            _ => None,
        } {
            markdown.push_str(entity);
            continue;
        }
        if c.is_ascii_punctuation() && !",;:?!'\"/%.()-".contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    let digits = markdown.len() - markdown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match markdown[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => markdown.insert(digits, '\\'),
        Some('-') if digits == 0 => markdown.insert(0, '\\'),
        _ => {}
    }
    markdown
}
