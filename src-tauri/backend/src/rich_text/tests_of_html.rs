//! Cards that are written in HTML.

use proptest::prelude::*;

use super::*;
use crate::deck::{Card, CardStyle};

fn beside() -> Media {
    let mut media = Media::none();
    media.add("a b.png", &"a".repeat(64), Showing::Picture);
    media.add("é.png", &"b".repeat(64), Showing::Picture);
    media.add("beep.mp3", &"c".repeat(64), Showing::Sound);
    media
}

fn shown(source: &str) -> String {
    shown_html::html(source, &beside())
}

#[test]
fn what_cards_are_written_with_is_kept() {
    for same in [
        "<p>a<br>b</p>",
        "<table><tbody><tr><td colspan=\"2\">a</td><th rowspan=\"3\">b</th></tr></tbody></table>",
        "<ul><li>a</li><li>b</li></ul>",
        "<ruby><rb>日本</rb><rt>にほん</rt></ruby>",
        "H<sub>2</sub>O <u>a</u> <mark>b</mark> <b><i>c</i></b>",
        "<details><summary>Hint</summary>words</details>",
        "<span class=\"cloze\">[…]</span>",
        "<h3>a</h3><div>b</div>",
    ] {
        assert_eq!(shown(same), same);
    }
}

#[test]
fn what_is_not_known_loses_its_tags_and_keeps_its_words() {
    for (source, wanted) in [
        ("<font color=red>a</font><blink>b</blink>", "ab"),
        ("<span style='color:red'>a</span>", "a"),
        ("<h1 id=x>a</h1>", "<h3>a</h3>"),
        ("a<b>b", "a<b>b</b>"),
        ("a</b>b<i>c</p></i>", "ab<i>c</i>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c"),
        ("1 < 2 & 3 &lt; 4 &eacute;", "1 &lt; 2 &amp; 3 &lt; 4 é"),
        ("<svg><text>a</text></svg>", "a"),
    ] {
        assert_eq!(shown(source), wanted, "{source}");
    }
}

#[test]
fn nothing_runs_and_nothing_is_loaded_from_elsewhere() {
    for source in [
        "<script>alert(1)</script>x",
        "<img src=x onerror=alert(1)>x",
        "<a href='javascript:alert(1)'>x</a>",
        "<img src='https://evil.example/a.png'>x",
        "<img src='data:image/png;base64,AAAA'>x",
        "<iframe src='https://evil.example'></iframe>x",
        "<style>@import 'https://evil.example'</style>x",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<masked-picture src='https://evil.example/a' masks='asked rect 0 0 1 1\"><script>'>x",
    ] {
        let html = shown(source);
        for bad in
            ["<script", "onerror", "javascript:", "<iframe", "<style", "src=\"http", "@import"]
        {
            assert!(!html.contains(bad), "{source}: {html}");
        }
        assert!(html.contains('x'), "{html}");
    }
}

#[test]
fn pictures_and_sounds_are_found_under_the_names_that_html_writes() {
    let address = |letter: &str, name: &str| {
        let base = if cfg!(windows) { "http://media.localhost/" } else { "media://localhost/" };
        format!("{base}{}/{name}", letter.repeat(64))
    };
    let picture = |letter, name| format!("<img src=\"{}\" alt=\"\">", address(letter, name));
    assert_eq!(shown("<img src='a b.png'>"), picture("a", "a_b.png"));
    assert_eq!(shown("<img src=\"a%20b.png\">"), picture("a", "a_b.png"));
    assert_eq!(shown("<img src=\"e\u{301}.png\">"), picture("b", "_.png"));
    let sound = format!("x<audio controls=\"\" src=\"{}\"></audio>", address("c", "beep.mp3"));
    assert_eq!(shown("x[sound:beep.mp3][anki:play:q:0]"), sound);
    assert!(shown("<img src=no.png>").contains("picture missing: no.png"));
    let names = ["a.png", "b c.svg", "d.mp3", "e.png"];
    let source = "<img src=a.png><masked-picture src='b c.svg'></masked-picture>[sound:d.mp3]<IMG SRC=e.png>";
    assert_eq!(pictures_of_html(source), names);
}

#[test]
fn formulas_of_every_form_are_set() {
    for source in [
        r"\(\frac{a}{b}\)",
        r"\[\frac{a}{b}\]",
        r"[$]\frac{a}{b}[/$]",
        r"[$$]\frac{a}{b}[/$$]",
        r"[latex]$\frac{a}{b}$[/latex]",
        r"<anki-mathjax>\frac{a}{b}</anki-mathjax>",
        r"\(\frac{a}<br>{b}\)",
    ] {
        assert!(shown(source).contains("<mfrac>"), "{source}: {}", shown(source));
    }
    assert!(shown(r"\(a &lt; b\)").contains("<mo>&lt;</mo>"));
}

#[test]
fn clozes_are_marked_inside_html() {
    let card = Card {
        markup: Markup::Html,
        ..Card::of(CardStyle::Cloze, "<b>{{c1::a<br>b::h}}</b> \\({{c2::x}}\\)", "<i>more</i>")
    };
    let Sides { front_html, back_html } = sides(&card, 0, &Media::none());
    assert!(
        front_html.starts_with("<b><span class=\"cloze\">[h]</span></b> <math"),
        "{front_html}"
    );
    assert!(back_html.starts_with("<b><span class=\"cloze\">a<br>b</span></b>"), "{back_html}");
    assert!(back_html.ends_with("<i>more</i>"), "{back_html}");
}

#[test]
fn masks_are_drawn_over_their_picture() {
    let mask = |kind, shape| Mask { kind, shape };
    let rect = MaskShape::Rect { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
    let corners = MaskShape::Polygon(vec![(0.0, 0.0), (1.0, 0.0), (0.5, 1.0)]);
    let masks = [mask(MaskKind::Asked, rect), mask(MaskKind::Other, corners)];
    let html = shown(&masked_picture("a b.png", None, &masks));
    assert!(
        html.starts_with("<figure class=\"masked\"><img src=\"media:") || cfg!(windows),
        "{html}"
    );
    assert!(html.ends_with(
        "<svg viewBox=\"0 0 1 1\" preserveAspectRatio=\"none\">\
         <rect class=\"asked\" x=\"0.1\" y=\"0.2\" width=\"0.3\" height=\"0.4\"/>\
         <polygon class=\"other\" points=\"0,0 1,0 0.5,1\"/></svg></figure>"
    ));
}

#[test]
fn words_are_read_without_tags() {
    for (source, wanted) in [
        ("<p>a</p><p>b&nbsp;c</p>", "a b c"),
        ("a<b>b</b><br>c &amp; d", "ab c & d"),
        ("<style>x</style>a [sound:b.mp3] <img src=c.png>", "a"),
        (r"\(x&lt;y\) <ul><li>1<li>2</ul>", "x<y 1 2"),
    ] {
        assert_eq!(plain_text_of_html(source), wanted);
    }
}

#[test]
fn words_become_markdown_that_shows_them() {
    for words in ["a *b* _c_ #d <e> `f` [g](h)", "1. a", "- a", "2) b", r"\(x\) $y$", "|a|b|"] {
        assert_eq!(plain_text(&markdown_of_words(words)), words);
    }
}

#[test]
fn deep_nesting_is_made_flat_and_keeps_its_words() {
    for tag in ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>"] {
        let html = shown(&(tag.repeat(20_000) + "words"));
        assert!(html.contains("words") && html.len() < 20_000 * 30, "{tag}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_goes_in_nothing_that_acts_comes_out(
        source in "(<|>|\"|'|=| |/|!--|-->|script|style|iframe|img|svg|math|a|p|td|table|b|src|href|\
                   onerror|javascript:|https://e.example|masked-picture|masks|rect 0 0 1 1|\
                   \\\\\\(|\\\\\\)|\\[latex\\]|\\[/latex\\]|&lt;|&quot;|\u{e000}|\u{e001}|\u{e002}0\u{e003}|x){0,40}",
    ) {
        let html = shown(&source);
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default().to_lowercase();
            for bad in ["script", "style", "iframe", "object", "/script"] {
                prop_assert!(!tag.starts_with(bad), "{}", html);
            }
            let mut parts = tag.split('"');
            let outside: String = parts.by_ref().step_by(2).collect();
            prop_assert!(!outside.contains(" on"), "{}", html);
            prop_assert!(!tag.contains("href=\"javascript"), "{}", html);
            prop_assert!(!tag.contains("src=\"http") || cfg!(windows), "{}", html);
        }
    }
}
