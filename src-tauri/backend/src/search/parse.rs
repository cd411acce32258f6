//! Tokens to a tree. `A B OR C` is (A and B) or C, as Anki has it.

use std::ops::Range;

use super::lex::{Placed, Token, lex};
use super::{Fault, MAX_DEPTH, MAX_QUERY, MAX_TERMS, Node, Query, Span, Term, field};

/// Understands a query, or says what is wrong with it.
pub fn parse(text: &str) -> Query {
    if text.len() > MAX_QUERY {
        let end = utf16(text, text.len());
        let fault = Fault {
            message: format!("The query has more than {MAX_QUERY} characters."),
            hint: "Shorten it.".into(),
            start: 0,
            end,
        };
        let spans = vec![Span { start: 0, end, syntax: false }];
        return Query { tree: Err(fault), spans };
    }
    let tokens = lex(text);
    let spans = spans(text, &tokens);
    let mut parser = Parser { text, tokens: &tokens, place: 0, terms: 0 };
    let tree = if tokens.is_empty() { Ok(None) } else { parser.whole().map(Some) };
    Query { tree, spans }
}

/// UTF-16 units before a byte.
fn utf16(text: &str, byte: usize) -> u32 {
    u32::try_from(text[..byte].encode_utf16().count()).unwrap_or(u32::MAX)
}

fn spans(text: &str, tokens: &[Placed]) -> Vec<Span> {
    let span = |at: &Range<usize>, syntax| Span {
        start: utf16(text, at.start),
        end: utf16(text, at.end),
        syntax,
    };
    let mut spans = Vec::new();
    for Placed { token, at, field_at } in tokens {
        let words = matches!(token, Token::Words { .. } | Token::OpenQuote);
        let rest = field_at.as_ref().map_or(at.start, |field| field.end)..at.end;
        spans.extend(field_at.as_ref().map(|field| span(field, true)));
        if !rest.is_empty() {
            spans.push(span(&rest, !words));
        }
    }
    spans
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Placed],
    place: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Result<Node, Fault> {
        let node = self.any(0)?;
        match self.peek() {
            None => Ok(node),
            Some(extra) => Err(self.fault(
                &extra.at,
                "This parenthesis closes nothing.",
                "Take it away, or open it with ( before. In quotes it is text.",
            )),
        }
    }

    /// Alternatives separated by OR.
    fn any(&mut self, depth: usize) -> Result<Node, Fault> {
        let mut nodes = vec![self.all(depth)?];
        while self.peek().is_some_and(|next| next.token == Token::Or) {
            self.place += 1;
            nodes.push(self.all(depth)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) })
    }

    /// Conditions one after the other.
    fn all(&mut self, depth: usize) -> Result<Node, Fault> {
        let mut nodes = vec![self.one(depth)?];
        while let Some(next) = self.peek() {
            match next.token {
                Token::Or | Token::Close => break,
                Token::And => self.place += 1,
                _ => {}
            }
            nodes.push(self.one(depth)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::And(nodes) })
    }

    fn one(&mut self, depth: usize) -> Result<Node, Fault> {
        let Some(next) = self.peek() else {
            // Only behind a sign: an empty query is no query.
            let last = self.tokens.last().map_or(0..0, |last| last.at.clone());
            let hint = "Write a condition behind it, or take it away. In quotes it is text.";
            return Err(self.fault(&last, "Nothing follows here.", hint));
        };
        if depth > MAX_DEPTH {
            let hint = format!("At most {MAX_DEPTH} parentheses can stand inside each other.");
            return Err(self.fault(&next.at, "The query is nested too deeply.", hint));
        }
        self.place += 1;
        match &next.token {
            Token::Minus => Ok(Node::Not(Box::new(self.one(depth + 1)?))),
            Token::Open => self.group(next, depth + 1),
            Token::Words { .. } => self.term(next).map(Node::Term),
            Token::OpenQuote => Err(self.fault(
                &next.at,
                "A quotation mark is open.",
                "Close it with another \" behind the text.",
            )),
            Token::Or | Token::And | Token::Close => Err(self.fault(
                &next.at,
                "A condition is missing before this.",
                "Write one before it, or take it away. In quotes it is text.",
            )),
        }
    }

    fn group(&mut self, open: &'a Placed, depth: usize) -> Result<Node, Fault> {
        let unclosed = "This parenthesis is open.";
        let hint = "Close it with ). In quotes it is text.";
        if self.peek().is_none() {
            return Err(self.fault(&open.at, unclosed, hint));
        }
        let node = self.any(depth)?;
        if self.peek().is_none_or(|next| next.token != Token::Close) {
            return Err(self.fault(&open.at, unclosed, hint));
        }
        self.place += 1;
        Ok(node)
    }

    fn term(&mut self, placed: &Placed) -> Result<Term, Fault> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            let message = format!("The query has more than {MAX_TERMS} conditions.");
            return Err(self.fault(&placed.at, message, "Shorten it."));
        }
        let Token::Words { field, value, quoted, value_at } = &placed.token else {
            return Err(self.fault(&placed.at, "This is no condition.", "Take it away."));
        };
        if let Some(name) = field {
            let at = (utf16(self.text, value_at.start), utf16(self.text, value_at.end));
            return field::term(name, value, at).map_err(|wrong| {
                let name_at = placed.field_at.as_ref().unwrap_or(&placed.at);
                let about_name = wrong.in_name || value_at.is_empty();
                let at = if about_name { name_at } else { value_at };
                self.fault(at, wrong.message, wrong.hint)
            });
        }
        if !value.chars().any(char::is_alphanumeric) {
            let message = format!("“{value}” holds no letter and no digit.");
            return Err(self.fault(&placed.at, message, "Write a word to look for."));
        }
        Ok(match (quoted, value.strip_suffix('*').unwrap_or(value)) {
            (true, _) => Term::Phrase(value.clone()),
            (false, stem) if stem.contains('*') => Term::Pattern(value.clone()),
            (false, stem) => Term::Prefix(stem.to_owned()),
        })
    }

    fn peek(&self) -> Option<&'a Placed> {
        self.tokens.get(self.place)
    }

    fn fault(
        &self,
        at: &Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Fault {
        let (start, end) = (utf16(self.text, at.start), utf16(self.text, at.end));
        Fault { message: message.into(), hint: hint.into(), start, end }
    }
}
