//! Whether HTML runs nothing and loads nothing, as a browser takes it apart.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements that run, load, frame, ask for input, or change how the rest is read.
const TAGS: [&str; 30] = [
    "annotation-xml",
    "applet",
    "base",
    "body",
    "button",
    "embed",
    "foreignobject",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "input",
    "link",
    "maction",
    "meta",
    "noembed",
    "noscript",
    "object",
    "picture",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
    "xmp",
];
/// Attributes that load, style, or name.
const ATTRIBUTES: [&str; 11] = [
    "background",
    "data",
    "formaction",
    "id",
    "name",
    "ping",
    "poster",
    "srcdoc",
    "srcset",
    "style",
    "target",
];
/// Where the window serves files from.
const SERVED: [&str; 2] = ["media://localhost/", "http://media.localhost/"];
/// What the system's programs may be asked to open.
const OPENED: [&str; 3] = ["http:", "https:", "mailto:"];

/// Panics unless this HTML may be shown.
pub(super) fn assert_harmless(html: &str) {
    let tokenizer = Tokenizer::new(Guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // The sink never asks to wait for a script.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

struct Guard;

impl TokenSink for Guard {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => check(&tag),
            Token::CommentToken(text) => panic!("a comment: {text}"),
            Token::DoctypeToken(_) => panic!("a document type"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn check(tag: &Tag) {
    let element = tag.name.to_ascii_lowercase();
    assert!(!TAGS.contains(&&*element), "<{element}>");
    for attribute in &tag.attrs {
        let (name, value) = (attribute.name.local.to_ascii_lowercase(), &*attribute.value);
        let is_handler = name.starts_with("on");
        assert!(!is_handler && !ATTRIBUTES.contains(&&*name), "<{element} {name}={value:?}>");
        let begins = |allowed: &[&str]| {
            allowed.iter().any(|start| {
                value.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
            })
        };
        match &*name {
            "src" => assert!(begins(&SERVED), "<{element} src={value:?}>"),
            "href" => {
                assert!(element.as_str() == "a" && begins(&OPENED), "<{element} href={value:?}>");
            }
            _ => assert!(!name.ends_with(":href"), "<{element} {name}={value:?}>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::assert_harmless;

    #[test]
    fn what_runs_or_loads_is_told() {
        for html in [
            "<script>x</script>",
            "<p onclick=\"x\">x</p>",
            "<IMG SRC=\"https://example.com/a.png\">",
            "<a href=\"javascript:x\">x</a>",
            "<p style=\"x\">x</p>",
            "<!-- x -->",
        ] {
            assert!(std::panic::catch_unwind(|| assert_harmless(html)).is_err(), "{html}");
        }
        assert_harmless(
            "<p>a <a href=\"https://example.com\">b</a> <img src=\"media://localhost/x/a.png\"></p>",
        );
    }
}
