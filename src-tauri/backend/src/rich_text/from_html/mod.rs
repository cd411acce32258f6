//! HTML to Markdown, for what other programs keep as HTML and Sitwell as Markdown: questions.
//!
//! [`balance`] first makes a short, shallow and balanced text of it that holds only what Markdown
//! can say, so that the converter and the parser inside it have nothing to choke on. What Markdown
//! would misread is held back meanwhile: formulas, brackets, entities.

mod balance;
mod escape;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use htmd::element_handler::Handlers;
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};

use super::marks::{FORMULA, FORMULA_END};
use balance::{BRACKET, BREAK, ENTITY, ESCAPE, LINK_BRACKET, TILDE};

static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let tagged = |handlers: &dyn Handlers, element: Element<'_>| {
        let words = handlers.walk_children(element.node).content;
        Some(format!("<{0}>{words}</{0}>", element.tag).into())
    };
    let struck = |handlers: &dyn Handlers, element: Element<'_>| {
        let words = handlers.walk_children(element.node).content;
        Some(if words.trim().is_empty() { words } else { format!("~~{}~~", words.trim()) }.into())
    };
    HtmlToMarkdown::builder()
        .options(Options {
            br_style: BrStyle::Backslash,
            bullet_list_marker: BulletListMarker::Dash,
            hr_style: HrStyle::Asterisks,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        })
        .add_handler(vec!["sub", "sup", "kbd"], tagged)
        .add_handler(vec!["del", "s"], struck)
        .build()
});

/// Markdown of HTML: paragraphs, emphasis, lists, tables, code, links, pictures and sounds,
/// formulas between TeX delimiters. Everything else leaves its words behind; scripts and styles
/// leave nothing. What is longer than any text of an item may be is cut.
pub fn markdown_of(html: &str) -> String {
    let balance::Balanced { html, formulas } = balance::balance(html);
    // Reading from memory does not fail.
    let markdown = CONVERTER.convert(&html).unwrap_or(html);
    release(markdown.trim(), &formulas)
}

/// Puts back what was held back.
fn release(markdown: &str, formulas: &[String]) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        match c {
            FORMULA => {
                let number: String =
                    chars.by_ref().take_while(|digit| *digit != FORMULA_END).collect();
                let formula = number.parse::<usize>().ok().and_then(|at| formulas.get(at));
                out.push_str(formula.map_or("", String::as_str));
            }
            BRACKET => out.push('['),
            LINK_BRACKET => out.push_str("&#91;"),
            BREAK => out.push_str("<br>"),
            ENTITY => out.push_str("\\&"),
            TILDE => out.push_str("\\~"),
            ESCAPE => out.push('\\'),
            other => out.push(other),
        }
    }
    out
}
