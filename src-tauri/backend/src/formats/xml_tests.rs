use proptest::prelude::*;

use super::*;

fn fault(text: &str) -> (u32, XmlFault) {
    let XmlError { line, fault } = tree(text).unwrap_err();
    (line, fault)
}

#[test]
fn a_document_is_elements_and_texts_without_prefixes() {
    let text = "<?xml version='1.0'?>\n<!-- c --><q:a xmlns:q='u' q:x='1 &amp; 2'>\n\
        one &lt; &#65;&nbsp;<b>two</b><![CDATA[<three>]]>&other;<?pi?></q:a>\n";
    let root = tree(text).unwrap();
    assert_eq!((root.name.as_str(), root.line), ("a", 2));
    assert_eq!(root.attribute("x"), Some("1 & 2"));
    assert_eq!(root.text(), "one < A\u{a0}two<three>&other;");
    assert_eq!(root.child("b").map(|b| b.line), Some(3));
    let b = tree("<a><b>1 &amp;<![CDATA[2]]></b></a>").unwrap();
    assert_eq!(b.child("b").map(|b| b.children.len()), Some(1), "texts side by side are one");
}

#[test]
fn elements_are_read_one_by_one() {
    let (mut xml, root) = Xml::open("<a><b>1</b> text <c/><b>2</b></a>").unwrap();
    assert_eq!(root.name, "a");
    let mut names = Vec::new();
    while let Some(element) = xml.next().unwrap() {
        names.push(format!("{}{}", element.name, element.text()));
    }
    assert_eq!(names, ["b1", "c", "b2"]);
    assert_eq!(xml.next().unwrap(), None);
}

#[test]
fn entity_bombs_and_outside_entities_are_refused() {
    let bomb = "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]>\n\
        <a>&y;</a>";
    assert_eq!(fault(bomb), (2, XmlFault::Declarations));
    let outside = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
    assert_eq!(fault(outside).1, XmlFault::Declarations);
    assert!(tree("<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>").is_ok(), "never fetched");
    assert_eq!(fault("<a><!DOCTYPE a></a>").1, XmlFault::Declarations);
}

#[test]
fn depth_number_and_attributes_are_bounded() {
    let deep = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(tree(&deep(MAX_DEPTH)).is_ok());
    assert_eq!(fault(&deep(MAX_DEPTH + 1)).1, XmlFault::TooDeep);
    assert_eq!(fault(&"<a>".repeat(1_000_000)).1, XmlFault::TooDeep);
    let many = format!("<a><b>{}</b></a>", "<c/>".repeat(MAX_NODES + 1));
    assert_eq!(fault(&many).1, XmlFault::TooMany);
    let attribute = |number: usize| format!(" a{number}=''");
    let attributes: String = (0..=MAX_ATTRIBUTES).map(attribute).collect();
    assert_eq!(fault(&format!("<a{attributes}/>")).1, XmlFault::TooManyAttributes);
}

#[test]
fn mistakes_have_lines() {
    assert_eq!(fault("<a>\n<b>\n"), (3, XmlFault::CutOff("b".into())));
    assert_eq!(fault(""), (1, XmlFault::Empty));
    assert!(matches!(fault("<a>\n</b>"), (2, XmlFault::Malformed(_))));
    assert!(matches!(fault("words"), (1, XmlFault::Malformed(_))));
}

#[test]
fn encodings_are_told_by_mark_or_declaration() {
    let utf16: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decode(&utf16).unwrap(), "<a>é</a>");
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
    assert!(decode(latin).unwrap().ends_with("<a>é</a>"));
    assert_eq!(decode(b"\xef\xbb\xbf<a/>").unwrap(), "<a/>");
    assert_eq!(decode(b"<a>\xe9</a>").unwrap_err().fault, XmlFault::NotEncoded("UTF-8"));
    let unknown = decode(b"<?xml version='1.0' encoding='klingon'?><a/>").unwrap_err();
    assert_eq!(unknown.fault, XmlFault::UnknownEncoding("klingon".into()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_stands_there_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(text) = decode(&bytes) {
            let _ = tree(&text);
        }
    }

    #[test]
    fn whatever_looks_like_xml_is_read_or_refused(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<a>", "</a>", "<a/>", "<a b='", "'>", "&amp;", "&#0;", "&x;", "<![CDATA[", "]]>",
                "<!--", "-->", "<?", "?>", "<!DOCTYPE a>", "é", " ", "<", ">", "&",
            ]),
            0..40,
        )
    ) {
        let text = format!("<r>{}</r>", parts.concat());
        if let Ok(root) = tree(&text) {
            prop_assert_eq!(root.name, "r");
        }
    }
}
