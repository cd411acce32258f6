//! Raw HTML in the Markdown of a bank, as Markdown: Sitwell shows most tags as the text they are.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::rich_text::markdown_of;

/// Elements that are turned; others are words in angle brackets, such as `<my-bucket>`.
const KNOWN: [&str; 44] = [
    "a",
    "article",
    "audio",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "picture",
    "pre",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "tr",
    "u",
    "ul",
    "video",
];

/// The text with its HTML turned into Markdown; code stays as it is.
pub(super) fn to_markdown(markdown: &str) -> String {
    if !markdown.contains('<') {
        return markdown.to_owned();
    }
    let mut out = String::with_capacity(markdown.len());
    let mut from = 0;
    let mut replace = |range: Range<usize>, with: &str| {
        if range.start >= from {
            out.push_str(&markdown[from..range.start]);
            out.push_str(with);
            from = range.end;
        }
    };
    let mut links: Vec<String> = Vec::new();
    let mut in_table = false;
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(pulldown_cmark::TagEnd::Table) => in_table = false,
            Event::Start(Tag::HtmlBlock) => {
                let block = &markdown[range.clone()];
                if tag_name(block).is_some_and(is_known) {
                    let end = if block.ends_with('\n') { "\n" } else { "" };
                    replace(range, &format!("{}{end}", markdown_of(block)));
                }
            }
            Event::InlineHtml(tag) => {
                if let Some(with) = inline(&tag, in_table, &mut links) {
                    replace(range, &with);
                }
            }
            _ => {}
        }
    }
    out.push_str(&markdown[from..]);
    crate::formats::markdown::normalise(&out)
}

fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The name of the tag that a text begins with.
fn tag_name(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (end > 0).then(|| &inner[..end])
}

/// What stands for a tag inside a paragraph; none when it stays.
fn inline(tag: &str, in_table: bool, links: &mut Vec<String>) -> Option<String> {
    let name = tag_name(tag).filter(|name| is_known(name))?.to_ascii_lowercase();
    let closes = tag.starts_with("</");
    Some(match name.as_str() {
        "br" if in_table => return None,
        "br" => "\\\n".into(),
        "b" | "strong" => "**".into(),
        "i" | "em" => "*".into(),
        // Passed on as it is.
        "code" => return None,
        "a" if closes => links
            .pop()
            .filter(|to| !to.is_empty())
            .map_or_else(String::new, |to| format!("](<{to}>)")),
        "a" => {
            let to = attribute(tag, "href").unwrap_or_default();
            let opens = if to.is_empty() { "" } else { "[" };
            links.push(to.replace(['<', '>', '\n'], ""));
            opens.into()
        }
        "img" => markdown_of(tag),
        "p" | "div" | "hr" => "\n\n".into(),
        _ => String::new(),
    })
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let rest = &tag[at..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split([' ', '>']).next()?,
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tags_become_markdown_and_others_stay_words() {
        for (given, expected) in [
            ("a<br>b<br/>c", "a\\\nb\\\nc"),
            ("<b>x</b> and <em>y</em>", "**x** and *y*"),
            ("<img src=\"a.png\" width=300>", "![](a.png)"),
            ("see <img src=\"a.png\" alt='A'> here", "see ![A](a.png) here"),
            ("<a href=\"https://a.b\">x</a>", "[x](<https://a.b>)"),
            ("copy to <my-bucket> now", "copy to <my-bucket> now"),
            ("`<br>` stays", "`<br>` stays"),
            ("<p align=\"center\"><img src=\"x.png\"></p>\n\ntext", "![](x.png)\n\ntext"),
            ("x<sub>2</sub>", "x<sub>2</sub>"),
        ] {
            assert_eq!(to_markdown(given), expected, "{given}");
        }
    }
}
