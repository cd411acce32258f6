//! The second lock: what HTML may pass.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

const TAGS: [&str; 34] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "s",
    "u",
    "dl",
    "dt",
    "dd",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt"])),
            ("ol", HashSet::from(["start"])),
            ("p", HashSet::from(["class"])),
            ("code", HashSet::from(["class"])),
            ("td", HashSet::from(["class"])),
            ("th", HashSet::from(["class"])),
        ]))
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(|tag, attribute, value| {
            let allowed = match (tag, attribute) {
                ("a", "href") => is_open_link(value),
                ("img", "src") => is_relative(value),
                ("p", "class") => value == "lead-in",
                ("code", "class") => is_language(value),
                ("td" | "th", "class") => matches!(value, "left" | "center" | "right"),
                _ => true,
            };
            allowed.then_some(Cow::Borrowed(value))
        });
    builder
});

/// HTML that may be shown.
pub(super) fn clean(html: &str) -> String {
    // The renderer aligns cells by styles, which the window's policy does not allow.
    let html = if html.contains(" style=\"text-align: ") {
        let aligned = |html: String, side: &str| {
            html.replace(&format!(" style=\"text-align: {side}\">"), &format!(" class=\"{side}\">"))
        };
        Cow::Owned(["left", "center", "right"].into_iter().fold(html.to_owned(), aligned))
    } else {
        Cow::Borrowed(html)
    };
    CLEANER.clean(&html).to_string()
}

/// A place beside the deck: no scheme, no host, no way out of its folder.
pub(super) fn is_relative(address: &str) -> bool {
    let odd = |c: char| matches!(c, ':' | '\\' | '%') || c.is_control() || c.is_whitespace();
    !address.is_empty()
        && !address.starts_with('/')
        && !address.contains(odd)
        && address.split('/').all(|part| part != "..")
}

/// An address for the system's browser or mail program.
fn is_open_link(address: &str) -> bool {
    let scheme = url::Url::parse(address).map(|url| url.scheme().to_owned());
    scheme.is_ok_and(|scheme| ["https", "http", "mailto"].contains(&scheme.as_str()))
}

fn is_language(class: &str) -> bool {
    let name = class.strip_prefix("language-").unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
    !name.is_empty() && name.len() <= 32 && name.chars().all(allowed)
}
