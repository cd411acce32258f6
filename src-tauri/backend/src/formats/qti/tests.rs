use insta::assert_snapshot;
use proptest::prelude::*;

use super::{QtiError, read};
use crate::deck::{Answer, Interaction};
use crate::formats::outline::{outline, zip_of};
use crate::formats::{Draft, DraftContent, Package, Quiet};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

const CHOICE_2: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="q-1" title="Storage"
    adaptive="false" timeDependent="false" toolName="Maker" toolVersion="3.1">
  <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
    <correctResponse><value>A</value><value>C</value></correctResponse>
  </responseDeclaration>
  <itemBody>
    <p>A team needs <b>durable</b> storage: <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>≤</mo><mn>3</mn></math></p>
    <p><img src="img/plan%201.png" alt="a plan"/></p>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="2">
      <prompt>Which two fit?</prompt>
      <simpleChoice identifier="A" fixed="false">Object storage<feedbackInline outcomeIdentifier="F"
        identifier="A" showHide="show">It is durable.</feedbackInline></simpleChoice>
      <simpleChoice identifier="B">A cache</simpleChoice>
      <simpleChoice identifier="C"><p>Tape</p></simpleChoice>
    </choiceInteraction>
    <rubricBlock view="scorer"><p>Durability decides.</p></rubricBlock>
  </itemBody>
  <modalFeedback outcomeIdentifier="F" identifier="B" showHide="show">Caches forget.</modalFeedback>
  <modalFeedback outcomeIdentifier="F" identifier="all" showHide="show">See the manual.</modalFeedback>
</assessmentItem>"#;

const ORDER_3: &str = r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q-2">
  <qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier">
    <qti-correct-response><qti-value>C</qti-value><qti-value>A</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-assessment-stimulus-ref identifier="S1" href="../stimuli/s1.xml"/>
  <qti-item-body><div class="qti-layout-row">
    <qti-order-interaction response-identifier="RESPONSE" max-choices="2">
      <qti-prompt>Put the steps in order.</qti-prompt>
      <qti-simple-choice identifier="A">Second</qti-simple-choice>
      <qti-simple-choice identifier="B">Never</qti-simple-choice>
      <qti-simple-choice identifier="C">First</qti-simple-choice>
    </qti-order-interaction></div>
  </qti-item-body>
</qti-assessment-item>"#;

const STIMULUS_3: &str = r#"<qti-assessment-stimulus xmlns="x" identifier="S_1" title="Case">
  <qti-stimulus-body><p>A shop has two warehouses.</p><img src="map.png" alt="map"/></qti-stimulus-body>
</qti-assessment-stimulus>"#;

/// A choice whose stem is what is included.
fn including(include: &str) -> String {
    item(
        "single",
        &["A"],
        &format!(
            "<p>Given:</p><div xmlns:xi='http://www.w3.org/2001/XInclude'>{include}</div>\
         <choiceInteraction responseIdentifier='R' maxChoices='1'><prompt>Which?</prompt>\
         <simpleChoice identifier='A'>a</simpleChoice><simpleChoice identifier='B'>b</simpleChoice>\
         </choiceInteraction>"
        ),
    )
}

/// What becomes of an inclusion: the stem, and the codes of problems.
fn included(include: &str) -> (String, Vec<String>) {
    let item = including(include);
    let zip = zip_of(&[
        ("items/one.xml", item.as_bytes()),
        (
            "parts/text.xml",
            b"<div><p>A shared <b>text</b>.</p><img src='map.png' alt='map'/></div>",
        ),
        ("parts/map.png", PNG),
        ("parts/words.txt", b"a < b & c"),
        ("parts/again.part", b"<div><include href='again.part'/></div>"),
        ("parts/broken.part", b"<div><p>"),
    ]);
    let package = Package::of_bytes("q.zip", zip).unwrap();
    let draft = read(&package, &Quiet).unwrap();
    let codes = draft.problems.iter().map(|problem| problem.code.to_string()).collect();
    let item = draft.decks.iter().flat_map(|deck| &deck.items).find(|i| i.source_id.is_some());
    let Some(DraftContent::Question(question)) = item.map(|item| &item.body) else {
        panic!("{:?}", draft.problems);
    };
    if include.contains("text.xml") {
        let media = draft.decks.iter().flat_map(|deck| &deck.media);
        assert!(media.into_iter().any(|file| file.entry == "parts/map.png"), "{question:?}");
    }
    (question.stem.clone(), codes)
}

#[test]
fn files_of_the_package_are_included_and_no_others() {
    let (stem, codes) = included("<xi:include href='../parts/text.xml'/>");
    assert!(stem.contains("A shared **text**."), "{stem}");
    assert!(codes.is_empty(), "{codes:?}");
    let (stem, codes) = included("<xi:include href='../parts/words.txt' parse='text'/>");
    assert!(stem.contains("b & c"), "{stem}");
    assert!(codes.is_empty(), "{codes:?}");
    for missing in [
        "../parts/none.xml",
        "../../etc/passwd",
        "file:///etc/passwd",
        "https://example.org/x.xml",
        "one.xml",
        "../parts/again.part",
        "../parts/broken.part",
    ] {
        let (stem, codes) = included(&format!("<xi:include href='{missing}'/>"));
        assert!(stem.contains("Given:"), "{missing}: {stem}");
        assert_eq!(codes, ["missing-include"], "{missing}");
        let fallback = "<xi:fallback><p>Instead</p></xi:fallback>";
        let (stem, codes) =
            included(&format!("<xi:include href='{missing}'>{fallback}</xi:include>"));
        assert!(stem.contains("Instead"), "{missing}: {stem}");
        assert!(codes.is_empty(), "{missing}: {codes:?}");
    }
}

#[test]
fn a_file_includes_a_bounded_number_of_others() {
    let many = "<xi:include href='../parts/words.txt' parse='text'/>".repeat(70);
    let (_, codes) = included(&many);
    assert_eq!(codes.len(), 6, "{codes:?}");
}

fn item(cardinality: &str, values: &[&str], body: &str) -> String {
    let value = |value: &&str| format!("<value>{value}</value>");
    let values: String = values.iter().map(value).collect();
    format!(
        "<assessmentItem identifier='i' title='An item'>\
         <responseDeclaration identifier='R' cardinality='{cardinality}'>\
         <correctResponse>{values}</correctResponse></responseDeclaration>\
         <itemBody>{body}</itemBody></assessmentItem>"
    )
}

fn read_file(text: &str) -> Result<Draft, QtiError> {
    read(&Package::of_bytes("item.xml", text.as_bytes().to_vec()).unwrap(), &Quiet)
}

/// The codes of what is wrong with one item.
fn codes(text: &str) -> Vec<String> {
    let draft = read_file(text).unwrap();
    draft.problems.into_iter().map(|problem| problem.code.into_owned()).collect()
}

fn only(text: &str) -> DraftContent {
    let mut draft = read_file(text).unwrap();
    assert_eq!(draft.problems, [], "{text}");
    draft.decks.remove(0).items.remove(0).body
}

#[test]
fn a_package_with_items_of_both_vocabularies_is_decks_by_section() {
    let manifest = r#"<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:lom="l">
      <metadata><lom:lom><lom:general><lom:title><lom:string>Bank</lom:string></lom:title>
        <lom:language>en</lom:language></lom:general><lom:rights><lom:description>
        <lom:string>CC-BY-4.0</lom:string></lom:description></lom:rights></lom:lom></metadata>
      <resources>
        <resource identifier="T" type="imsqti_test_xmlv2p2" href="test.xml"/>
        <resource identifier="I1" type="imsqti_item_xmlv2p2" href="items/q1.xml">
          <metadata><lom:lom><lom:general><lom:keyword><lom:string>S3, Durability</lom:string>
            </lom:keyword></lom:general><lom:educational><lom:difficulty><lom:value>easy</lom:value>
            </lom:difficulty></lom:educational></lom:lom></metadata>
          <file href="items/q1.xml"/><file href="items/img/plan 1.png"/></resource>
        <resource identifier="I2" type="imsqti_item_xmlv3p0" href="items/q2.xml"/>
        <resource identifier="I3" type="imsqti_item_xmlv2p2" href="items/q3.xml"/>
        <resource identifier="I4" type="imsqti_item_xmlv2p2" href="items/q4.xml"/>
        <resource identifier="I5" type="imsqti_item_xmlv2p2" href="items/gone.xml"/>
      </resources></manifest>"#;
    let test = r#"<assessmentTest identifier="t" title="Mock"><testPart identifier="p">
      <assessmentSection identifier="one" title="One" visible="true">
        <assessmentItemRef identifier="r1" href="items/q1.xml"/></assessmentSection>
      <assessmentSection identifier="two" title="Two" visible="true">
        <rubricBlock view="candidate"><p>Read about the shop first.</p></rubricBlock>
        <assessmentItemRef identifier="r3" href="items/q3.xml"/></assessmentSection>
      </testPart></assessmentTest>"#;
    let match_2 = item(
        "multiple",
        &["P1 R2", "P2 R1"],
        "<matchInteraction responseIdentifier='R'><prompt>Match.</prompt><simpleMatchSet>\
         <simpleAssociableChoice identifier='P1'>hot</simpleAssociableChoice>\
         <simpleAssociableChoice identifier='P2'>cold</simpleAssociableChoice></simpleMatchSet>\
         <simpleMatchSet><simpleAssociableChoice identifier='R1'>ice</simpleAssociableChoice>\
         <simpleAssociableChoice identifier='R2'>fire</simpleAssociableChoice>\
         <simpleAssociableChoice identifier='R3'>rain</simpleAssociableChoice></simpleMatchSet>\
         </matchInteraction>",
    );
    let hotspot = item("single", &["A"], "<hotspotInteraction responseIdentifier='R'/>");
    let zip = zip_of(&[
        ("imsmanifest.xml", manifest.as_bytes()),
        ("test.xml", test.as_bytes()),
        ("items/q1.xml", CHOICE_2.as_bytes()),
        ("items/q2.xml", ORDER_3.as_bytes()),
        ("items/q3.xml", match_2.as_bytes()),
        ("items/q4.xml", hotspot.as_bytes()),
        ("items/img/plan 1.png", PNG),
        ("stimuli/s1.xml", STIMULUS_3.as_bytes()),
        ("stimuli/map.png", PNG),
    ]);
    let package = Package::of_bytes("bank.zip", zip).unwrap();
    let draft = read(&package, &Quiet).unwrap();
    assert_snapshot!(outline(&draft));
    for media in draft.decks.iter().flat_map(|deck| &deck.media) {
        assert!(package.media(media).is_ok(), "{media:?}");
    }
}

#[test]
fn gaps_and_pairs_are_matches() {
    let gaps = item(
        "multiple",
        &["W1 G1", "W2 G2"],
        "<gapMatchInteraction responseIdentifier='R'><prompt>Fill in.</prompt>\
         <gapText identifier='W1'>sun</gapText><gapText identifier='W2'>moon</gapText>\
         <gapText identifier='W3'>sea</gapText>\
         <p>By day the <gap identifier='G1'/>, by night the <gap identifier='G2'/>.</p>\
         </gapMatchInteraction>",
    );
    let DraftContent::Question(question) = only(&gaps) else { panic!("no question") };
    assert!(question.stem.contains("(1)") && question.stem.contains("(2)"), "{}", question.stem);
    assert_eq!(question.key(), Answer::Arrangement(vec![Some(0), Some(1)]));
    assert_eq!(question.options.len(), 3);
    let pairs = item(
        "multiple",
        &["A C", "B D"],
        "<associateInteraction responseIdentifier='R'><prompt>Pair.</prompt>\
         <simpleAssociableChoice identifier='A'>a</simpleAssociableChoice>\
         <simpleAssociableChoice identifier='B'>b</simpleAssociableChoice>\
         <simpleAssociableChoice identifier='C'>c</simpleAssociableChoice>\
         <simpleAssociableChoice identifier='D'>d</simpleAssociableChoice></associateInteraction>",
    );
    assert_eq!(codes(&pairs), ["associate"]);
}

#[test]
fn the_side_of_a_match_that_needs_one_of_the_other_asks() {
    let set = |ids: &[&str]| {
        let choice = |id: &&str| {
            format!("<simpleAssociableChoice identifier='{id}'>{id}</simpleAssociableChoice>")
        };
        format!("<simpleMatchSet>{}</simpleMatchSet>", ids.iter().map(choice).collect::<String>())
    };
    let body = |first: &[&str], second: &[&str]| {
        format!(
            "<matchInteraction responseIdentifier='R'><prompt>M</prompt>{}{}</matchInteraction>",
            set(first),
            set(second)
        )
    };
    let flipped = item("multiple", &["A X", "A Y", "B Z"], &body(&["A", "B"], &["X", "Y", "Z"]));
    let DraftContent::Question(question) = only(&flipped) else { panic!("no question") };
    let Interaction::Match { prompts } = &question.interaction else { panic!("no match") };
    let prompts: Vec<&str> = prompts.iter().map(|prompt| prompt.text.as_str()).collect();
    assert_eq!(prompts, ["X", "Y", "Z"]);
    let many = item("multiple", &["A X", "A Y", "B Y"], &body(&["A", "B"], &["X", "Y"]));
    assert_eq!(codes(&many), ["many-to-many"]);
}

#[test]
fn one_text_to_be_written_is_a_typed_card() {
    let text = item(
        "single",
        &["S3_*"],
        "<p>Objects lie in <textEntryInteraction responseIdentifier='R'/>.</p>",
    );
    let DraftContent::Card(card) = only(&text) else { panic!("no card") };
    assert_eq!(card.style, crate::deck::CardStyle::Typed);
    assert_eq!(crate::rich_text::plain_text(&card.back), "S3_*");
    assert!(crate::rich_text::plain_text(&card.front).contains("____"), "{}", card.front);
}

#[test]
fn what_cannot_be_asked_is_left_out_by_name() {
    let choice = |options: &str| {
        format!(
            "<choiceInteraction responseIdentifier='R'><prompt>Q</prompt>{options}</choiceInteraction>"
        )
    };
    let options = choice(
        "<simpleChoice identifier='A'>a</simpleChoice><simpleChoice identifier='B'>b</simpleChoice>",
    );
    for (text, code) in [
        (item("single", &["A"], "<p>Nothing</p>"), "no-interaction"),
        (
            item("single", &["A"], "<extendedTextInteraction responseIdentifier='R'/>"),
            "unsupported-interaction",
        ),
        (
            item("single", &["A"], "<p><inlineChoiceInteraction responseIdentifier='R'/></p>"),
            "unsupported-interaction",
        ),
        (item("single", &["A"], &format!("{options}{options}")), "several-interactions"),
        (item("single", &["A"], &format!("<printedVariable/>{options}")), "template"),
        (item("single", &["Z"], &options), "unknown-key"),
        (item("single", &[], &options), "no-key"),
        (item("multiple", &["A", "B"], &options), "key-count"),
        (
            item("single", &["A"], &choice("<simpleChoice identifier='A'>a</simpleChoice>")),
            "option-count",
        ),
        (item("single", &["A"], &options.replace(">b<", "><")), "empty-option"),
        (
            item("single", &["A"], &options.replace(">a<", &format!(">{}<", "a ".repeat(20_000)))),
            "text-too-long",
        ),
        (
            item("single", &["a", "b"], "<textEntryInteraction responseIdentifier='R'/>"),
            "several-right",
        ),
    ] {
        assert_eq!(codes(&text), [code], "{text}");
    }
    let draft =
        read_file(&item("single", &["A"], "<hotspotInteraction responseIdentifier='R'/>")).unwrap();
    let problem = &draft.problems[0];
    assert_eq!(problem.message, "“An item” is left out: hotspotInteraction is not read");
}

#[test]
fn pictures_from_elsewhere_and_missing_ones_are_warnings() {
    let options = "<simpleChoice identifier='A'>a</simpleChoice><simpleChoice identifier='B'>b</simpleChoice>";
    let text = item(
        "single",
        &["A"],
        &format!(
            "<p>Look: <img src='https://example.org/a.png' alt='far'/><img src='../../x.png' alt='out'/>\
             <img src='gone.png'/></p><choiceInteraction responseIdentifier='R'>{options}</choiceInteraction>"
        ),
    );
    assert_eq!(codes(&text), ["missing-media"; 3]);
    let draft = read_file(&text).unwrap();
    assert!(draft.decks[0].media.is_empty());
}

#[test]
fn old_and_foreign_files_are_refused_by_name() {
    let old = read_file("<questestinterop><item/></questestinterop>").unwrap_err();
    assert!(matches!(old, QtiError::Version1(_)), "{old}");
    assert!(old.to_string().contains("QTI 1"));
    let foreign = read_file("<svg/>").unwrap_err();
    assert!(matches!(foreign, QtiError::NoItems(_)), "{foreign}");
    let broken = read_file("<assessmentItem>\n<itemBody>").unwrap_err();
    assert!(broken.to_string().starts_with("item.xml, line 2"), "{broken}");
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><assessmentItem>&a;</assessmentItem>";
    assert!(matches!(read_file(bomb).unwrap_err(), QtiError::Xml { .. }));
}

#[test]
fn one_broken_file_of_a_package_leaves_the_others() {
    let zip = zip_of(&[("a.xml", b"<assessmentItem>\n<"), ("b.xml", ORDER_3.as_bytes())]);
    let draft = read(&Package::of_bytes("b.zip", zip).unwrap(), &Quiet).unwrap();
    assert_eq!(draft.decks[0].items.len(), 1);
    let codes: Vec<&str> = draft.problems.iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["unreadable-file", "missing-stimulus"]);
}

#[test]
fn cancelled_reading_gives_nothing() {
    struct Cancelled;
    impl crate::formats::Work for Cancelled {
        fn step(&self, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let package = Package::of_bytes("i.xml", CHOICE_2.as_bytes().to_vec()).unwrap();
    assert!(matches!(read(&package, &Cancelled), Err(QtiError::Cancelled)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_mutated_item_is_read_or_refused(
        cut in 0usize..3000,
        insert in prop::sample::select(vec![
            "<", "</p>", "&#x0;", "<gap/>", "<choiceInteraction>", "<math><mfrac/></math>", "\u{f8f0}",
            "<img src='data:image/png;base64,AAAA'/>", "<rubricBlock/>", "'", "<value>B</value>",
        ]),
        three in any::<bool>(),
    ) {
        let text = if three { ORDER_3 } else { CHOICE_2 };
        let mut cut = cut.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = format!("{}{insert}{}", &text[..cut], &text[cut..]);
        if let Ok(draft) = read_file(&text) {
            prop_assert!(draft.decks.iter().all(|deck| !deck.path.is_empty()));
        }
    }
}
