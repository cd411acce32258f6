use insta::assert_snapshot;
use proptest::prelude::*;

use super::{MoodleError, read};
use crate::formats::outline::outline;
use crate::formats::{Draft, Package, Quiet};

const BANK: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category"><category><text>$course$/top/Cloud/In//Out</text></category>
    <info format="html"><text><![CDATA[<p>About <b>clouds</b></p>]]></text></info></question>
<!-- question: 1  -->
  <question type="multichoice">
    <name><text>One</text></name>
    <questiontext format="html"><text><![CDATA[<p>What is shown? <img src="@@PLUGINFILE@@/a%20b.png" alt="A"><br>
      And <img src="@@PLUGINFILE@@/a%20b.png" alt="again"> \(x^2\)</p>]]></text>
<file name="a b.png" path="/" encoding="base64">iVBORw0KGgo
AAAA</file></questiontext>
    <generalfeedback format="html"><text><![CDATA[<p>Look &amp; see.</p>]]></text></generalfeedback>
    <defaultgrade>1.0</defaultgrade><hidden>0</hidden><idnumber>id-1</idnumber>
    <single>true</single><shuffleanswers>true</shuffleanswers>
    <answer fraction="100" format="html"><text><![CDATA[<p>A plan</p>]]></text>
      <feedback format="html"><text>Yes: 1 &lt; 2</text></feedback></answer>
    <answer fraction="50" format="html"><text>A map</text><feedback format="html"><text/></feedback></answer>
    <answer fraction="0" format="html"><text>A cat</text><feedback format="html"><text/></feedback></answer>
    <tags><tag><text>S3</text></tag><tag><text>Seeing</text></tag></tags>
  </question>
  <question type="multichoice">
    <name><text>Two</text></name>
    <questiontext format="markdown"><text>Which **two** are *true*?</text></questiontext>
    <single>false</single>
    <answer fraction="50" format="plain_text"><text>a*b*</text></answer>
    <answer fraction="50" format="plain_text"><text>c</text></answer>
    <answer fraction="-100" format="plain_text"><text>d</text></answer>
  </question>
  <question type="truefalse">
    <name><text>Three</text></name>
    <questiontext format="moodle_auto_format"><text>Water is wet.
Is it?</text></questiontext>
    <answer fraction="0" format="moodle_auto_format"><text>true</text></answer>
    <answer fraction="100" format="moodle_auto_format"><text>false</text>
      <feedback format="html"><text>It wets.</text></feedback></answer>
  </question>
  <question type="matching">
    <name><text>Four</text></name>
    <questiontext format="html"><text>Match.</text></questiontext>
    <subquestion format="html"><text><![CDATA[<p>hot</p>]]></text><answer><text>fire</text></answer></subquestion>
    <subquestion format="html"><text>cold</text><answer><text>ice</text></answer></subquestion>
    <subquestion format="html"><text>colder</text><answer><text>ice</text></answer></subquestion>
    <subquestion format="html"><text/><answer><text>rain</text></answer></subquestion>
  </question>
  <question type="category"><category><text>top/Other</text></category></question>
  <question type="ordering">
    <name><text>Five</text></name>
    <questiontext format="html"><text>Order.</text></questiontext>
    <answer fraction="2.0000000" format="html"><text>second</text></answer>
    <answer fraction="1.0000000" format="html"><text>first</text></answer>
    <answer fraction="3.0000000" format="html"><text>third</text></answer>
  </question>
  <question type="shortanswer">
    <name><text>Six</text></name>
    <questiontext format="html"><text>Capital of France?</text></questiontext>
    <usecase>0</usecase>
    <answer fraction="100" format="moodle_auto_format"><text>Paris</text></answer>
  </question>
  <question type="numerical">
    <name><text>Seven</text></name>
    <questiontext format="html"><text>Pi?</text></questiontext>
    <answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer>
  </question>
  <question type="essay"><name><text>Eight</text></name><questiontext format="html"><text>Write.</text></questiontext></question>
  <question type="description"><name><text>Nine</text></name></question>
  <question type="multichoice"><name><text>Ten</text></name><hidden>1</hidden></question>
  <question type="multichoice"><name><text>Eleven</text></name>
    <questiontext format="html"><text><![CDATA[See <img src="http://example.org/x.png"> <img src='@@PLUGINFILE@@/gone.png'>
      <img src="data:image/png;base64,iVBORw0KGgoAAAA=">]]></text></questiontext>
    <single>1</single>
    <answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question>
</quiz>
"#;

fn read_text(text: &str) -> Result<Draft, MoodleError> {
    read(&Package::of_bytes("bank.xml", text.as_bytes().to_vec()).unwrap(), &Quiet)
}

fn codes(question: &str) -> Vec<String> {
    let draft = read_text(&format!("<quiz>{question}</quiz>")).unwrap();
    draft.problems.into_iter().map(|problem| problem.code.into_owned()).collect()
}

#[test]
fn a_bank_is_decks_by_category() {
    let package = Package::of_bytes("bank.xml", BANK.as_bytes().to_vec()).unwrap();
    let draft = read(&package, &Quiet).unwrap();
    assert_snapshot!(outline(&draft));
    for media in draft.decks.iter().flat_map(|deck| &deck.media) {
        assert!(package.media(media).is_ok(), "{media:?}");
    }
}

#[test]
fn what_is_unclear_or_unknown_is_left_out_by_name() {
    let choice = |single: &str, shares: &[&str]| {
        let answer =
            |share: &&str| format!("<answer fraction='{share}'><text>a{share}</text></answer>");
        let answers: String = shares.iter().map(answer).collect();
        format!(
            "<question type='multichoice'><name><text>N</text></name><questiontext><text>Q</text>\
             </questiontext><single>{single}</single>{answers}</question>"
        )
    };
    for (question, code) in [
        (choice("true", &["100", "100", "0"]), "several-right"),
        (choice("true", &["0", "0"]), "key-count"),
        (choice("true", &["NaN", "inf"]), "key-count"),
        (choice("false", &["50", "50"]), "key-count"),
        (choice("true", &["100"]), "option-count"),
        (choice("true", &["90", "0"]), "partial-credit"),
        ("<question type='calculatedmulti'/>".to_owned(), "unsupported-type"),
        (
            "<question type='shortanswer'><answer fraction='50'><text>x</text></answer></question>"
                .to_owned(),
            "no-key",
        ),
        ("<question/>".to_owned(), "unsupported-type"),
    ] {
        assert_eq!(codes(&question), [code], "{question}");
    }
}

#[test]
fn what_stands_before_a_mistake_is_kept() {
    let cut = &BANK[..BANK.find("<name><text>Four").unwrap()];
    let draft = read_text(cut).unwrap();
    let items: usize = draft.decks.iter().map(|deck| deck.items.len()).sum();
    assert_eq!(items, 3);
    let last = draft.problems.last().unwrap();
    assert!(last.code == "unreadable-file" && last.message.contains("cut off"), "{last}");
}

#[test]
fn files_of_others_and_bombs_are_refused() {
    assert!(matches!(read_text("<html/>"), Err(MoodleError::NoQuiz(_))));
    assert!(matches!(read_text("<quiz>&"), Err(MoodleError::Xml { .. })));
    let bomb = "<!DOCTYPE quiz [<!ENTITY a 'aaaa'>]><quiz>&a;</quiz>";
    assert!(matches!(read_text(bomb), Err(MoodleError::Xml { .. })));
}

#[test]
fn thousands_of_questions_are_read_in_one_pass() {
    let question = |number: usize| {
        format!(
            "<question type='truefalse'><name><text>n</text></name><questiontext><text>Q {number}</text>\
             </questiontext><answer fraction='100'><text>true</text></answer>\
             <answer fraction='0'><text>false</text></answer></question>"
        )
    };
    let text = format!("<quiz>{}</quiz>", (0..3000).map(question).collect::<String>());
    let draft = read_text(&text).unwrap();
    assert_eq!((draft.decks[0].items.len(), draft.problems.len()), (3000, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_mutated_bank_is_read_or_refused(
        cut in 0usize..5500,
        insert in prop::sample::select(vec![
            "<", "</text>", "&#x0;", "]]>", "<file/>", "@@PLUGINFILE@@", " src='", "src=\"data:",
            "<question>", "fraction='1'", "<tolerance>NaN</tolerance>",
        ]),
    ) {
        let mut cut = cut.min(BANK.len());
        while !BANK.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = format!("{}{insert}{}", &BANK[..cut], &BANK[cut..]);
        if let Ok(draft) = read_text(&text) {
            prop_assert!(draft.decks.iter().all(|deck| !deck.path.is_empty()));
        }
    }
}

#[test]
fn a_prompt_of_nothing_but_a_mark_of_the_byte_order_is_empty() {
    let pair = |prompt: &str, id: &str| {
        format!(
            "<subquestion format='markdown'><text>{prompt}</text>\
             <answer><text>{id}</text></answer></subquestion>"
        )
    };
    let text = format!(
        "<quiz><question type='matching'><questiontext><text>Match.</text></questiontext>{}{}\
         </question></quiz>",
        pair("&#xfeff;", "a"),
        pair("p", "b")
    );
    let package = Package::of_bytes("a.xml", text.into_bytes()).unwrap();
    let draft = read(&package, &Quiet).unwrap();
    let codes: Vec<_> = draft.problems.iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["empty-option"], "{draft:?}");
}
