//! Whether HTML runs nothing and loads nothing, as a browser takes it apart.
//!
//! It is asked twice: of every tag that stands there, and of the elements that a browser makes of
//! them. The second finds what is text to the first, because a browser reads on differently behind
//! some elements and within formulas.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{
    Attribute, LocalName, ParseOpts, QualName, expanded_name, local_name, ns, parse_fragment,
};

/// Elements that run, load, frame, ask for input, or change how the rest is read.
const TAGS: [&str; 34] = [
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
    "listing",
    "maction",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "picture",
    "plaintext",
    "script",
    "select",
    "semantics",
    "style",
    "template",
    "textarea",
    "title",
    "use",
    "video",
    "xmp",
];
/// What a drawing over a picture is made of.
const DRAWING: [&str; 4] = ["svg", "rect", "ellipse", "polygon"];
/// What these may have; numbers, but for the first three.
const DRAWING_ATTRIBUTES: [&str; 12] = [
    "class",
    "preserveaspectratio",
    "viewbox",
    "cx",
    "cy",
    "height",
    "points",
    "rx",
    "ry",
    "width",
    "x",
    "y",
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
    let tokenizer = Tokenizer::new(Tags, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // The sink never asks to wait for a script.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    // The window sets it as the content of a template, which takes more than a document does.
    let context = QualName::new(None, ns!(html), local_name!("template"));
    let tree = Tree::default();
    parse_fragment(tree, ParseOpts::default(), context, Vec::new(), false).one(html);
}

/// Looks at tags.
struct Tags;

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(Tag { kind: TagKind::StartTag, name, attrs, .. }) => {
                check(&name, &attrs);
            }
            Token::CommentToken(text) => panic!("a comment: {text}"),
            Token::DoctypeToken(_) => panic!("a document type"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Looks at elements as they are made; where they go does not matter.
#[derive(Default)]
struct Tree {
    /// The context and the root, which are there before anything is read.
    made: RefCell<usize>,
}

/// A node, by the name that it has as an element.
type Node = Rc<QualName>;

impl Tree {
    fn nameless() -> Node {
        Rc::new(QualName::new(None, ns!(), LocalName::from("")))
    }
}

impl TreeSink for Tree {
    type Handle = Node;
    type Output = ();
    type ElemName<'a> = &'a QualName;

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> Node {
        let mut made = self.made.borrow_mut();
        *made += 1;
        if *made > 2 {
            check(&name.local, &attributes);
            let is_drawing = DRAWING.contains(&&*name.local);
            assert_eq!(is_drawing, name.ns == ns!(svg), "<{}> in {}", name.local, name.ns);
        }
        Rc::new(name)
    }

    fn add_attrs_if_missing(&self, _node: &Node, attributes: Vec<Attribute>) {
        panic!("attributes of the page: {attributes:?}");
    }

    fn create_comment(&self, text: StrTendril) -> Node {
        panic!("a comment: {text}");
    }

    fn create_pi(&self, target: StrTendril, _data: StrTendril) -> Node {
        panic!("a processing instruction: {target}");
    }

    fn elem_name<'a>(&'a self, node: &'a Node) -> &'a QualName {
        node
    }

    fn same_node(&self, one: &Node, other: &Node) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn get_document(&self) -> Node {
        Self::nameless()
    }

    fn get_template_contents(&self, node: &Node) -> Node {
        assert!(node.expanded() == expanded_name!(html "template"), "no template: {node:?}");
        Self::nameless()
    }

    fn finish(self) {}
    fn parse_error(&self, _message: Cow<'static, str>) {}
    fn set_quirks_mode(&self, _mode: QuirksMode) {}
    fn append(&self, _parent: &Node, _child: NodeOrText<Node>) {}
    fn append_before_sibling(&self, _sibling: &Node, _node: NodeOrText<Node>) {}
    fn append_based_on_parent_node(&self, _: &Node, _: &Node, _: NodeOrText<Node>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn remove_from_parent(&self, _node: &Node) {}
    fn reparent_children(&self, _node: &Node, _parent: &Node) {}
}

fn check(element: &str, attributes: &[Attribute]) {
    let element = element.to_ascii_lowercase();
    assert!(!TAGS.contains(&&*element), "<{element}>");
    for attribute in attributes {
        let (name, value) = (attribute.name.local.to_ascii_lowercase(), &*attribute.value);
        if DRAWING.contains(&&*element) {
            let place = DRAWING_ATTRIBUTES.iter().position(|known| **known == *name);
            let number = |c: char| c.is_ascii_digit() || " ,.-".contains(c);
            let is_number = value.chars().all(number);
            assert!(
                place.is_some_and(|place| place < 3 || is_number),
                "<{element} {name}={value:?}>"
            );
            continue;
        }
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
            "<svg><rect onload=\"x\"/></svg>",
            "<svg><rect x=\"url(x)\"/></svg>",
            "<svg><a href=\"https://example.com\">x</a></svg>",
            "<svg><p>x</p></svg><rect x=\"1\"></rect>",
        ] {
            assert!(std::panic::catch_unwind(|| assert_harmless(html)).is_err(), "{html}");
        }
        assert_harmless(
            "<p>a <a href=\"https://example.com\">b</a> <img src=\"media://localhost/x/a.png\"></p>",
        );
        assert_harmless(
            "<figure class=\"masked\"><svg viewBox=\"0 0 1 1\" preserveAspectRatio=\"none\">\
             <rect class=\"asked\" x=\"0.1\" y=\"-1\" width=\"1\" height=\"1\"/>\
             <polygon class=\"other\" points=\"0,0 1,1 1,0\"/></svg></figure>",
        );
        assert_harmless("<tr><td>x</td></tr><math><mi>x</mi><mtext><b>y</b></mtext></math>");
    }
}
