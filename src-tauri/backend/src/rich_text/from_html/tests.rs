use proptest::prelude::*;

use super::markdown_of;
use crate::rich_text::{html, pictures, plain_text};

#[test]
fn what_markdown_can_say_is_kept() {
    for (given, expected) in [
        ("<p>One</p><p>Two <b>bold</b> <i>it</i></p>", "One\n\nTwo **bold** *it*"),
        ("a<br>b<br/>c", "a\\\nb\\\nc"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        (
            "H<sub>2</sub>O, x<sup>2</sup>, <kbd>Tab</kbd>",
            "H<sub>2</sub>O, x<sup>2</sup>, <kbd>Tab</kbd>",
        ),
        ("<code>a_b*c</code>", "`a_b*c`"),
        (
            "<pre><code class=\"language-python\">if a &lt; b:\n    c_d</code></pre>",
            "```python\nif a < b:\n    c_d\n```",
        ),
        ("<a href=\"https://example.org\">x</a>", "[x](https://example.org)"),
        (
            "<img src=\"a b.png\" alt=\"A\"><audio src=\"s.mp3\"></audio>",
            "![A](<a b.png>)![](s.mp3)",
        ),
        ("<object data=\"images/x.png\" type=\"image/png\">x</object>", "![](images/x.png)x"),
        ("a &amp;lt; b &amp; c", "a \\&lt; b & c"),
        ("snake_case 2 * 3", "snake\\_case 2 \\* 3"),
        ("a [b] c", "a [b\\] c"),
        ("<del>no</del> <s>no</s>", "~~no~~ ~~no~~"),
        ("plain", "plain"),
        ("", ""),
    ] {
        assert_eq!(markdown_of(given), expected, "{given}");
    }
}

#[test]
fn formulas_are_not_touched() {
    for tex in ["\\(a_1 * b_2\\)", "$$x_i \\\\ y_i$$", "\\[\\frac{a}{b}\\]", "$a_1^{*}$"] {
        assert_eq!(markdown_of(&format!("<p>So {tex} holds</p>")), format!("So {tex} holds"));
    }
    assert_eq!(markdown_of("\\(a &lt; b\\)"), "\\(a < b\\)");
    assert_eq!(markdown_of("From $5 to $6 _x_"), "From $5 to $6 \\_x\\_");
}

#[test]
fn a_table_becomes_a_table_whose_first_row_names_the_columns() {
    let table = "<table><tbody><tr><td>a</td><td>b<br>c</td></tr><tr><td><p>1</p><p>2</p></td>\
                 <td>\\(|x|\\)</td></tr></table>";
    let shown = html(&markdown_of(table));
    assert!(shown.contains("<th>b<br>c</th>"), "{shown}");
    assert!(shown.contains("<td>1<br>2</td>") && shown.contains("<math"), "{shown}");
}

#[test]
fn nothing_that_runs_or_hides_comes_along() {
    let given = "<p onclick=x>a<script>alert(1)</script><style>p{}</style><!-- c --></p>\
                 <iframe src=//evil>in</iframe><img src=\"data:image/png;base64,AAAA\">b";
    assert_eq!(markdown_of(given), "a\n\nb");
    assert_eq!(plain_text(&markdown_of("&lt;script&gt;x")), "<script>x");
    assert_eq!(pictures(&markdown_of("<img src=x.png>")), ["x.png"]);
}

#[test]
fn no_line_becomes_what_it_only_looks_like() {
    for (html, words) in [
        ("<p>#</p>", "#"),
        ("<p>-</p>", "-"),
        ("<p>a<br>===</p>", "a ==="),
        ("<p>a | b<br>|--|--|</p>", "a | b |--|--|"),
        ("<p>a | b<br>:-|-:</p>", "a | b :-|-:"),
        ("<p>12)</p><p>1. <b>x</b></p>", "12) 1. x"),
        ("<p> &gt;</p>", ">"),
        ("<p>\n # not a heading</p>", "# not a heading"),
        ("<div>x<br> - y</div>", "x - y"),
        ("<p><b> + </b>1. x</p>", "+ 1. x"),
        ("<p>a</p> &gt; b", "a > b"),
    ] {
        let markdown = markdown_of(html);
        assert_eq!(plain_text(&markdown), words, "{markdown:?}");
    }
}

#[test]
fn nesting_and_length_cost_little() {
    let n = 5_000;
    for bomb in [
        "<div>".repeat(n),
        (0..n).map(|i| format!("<b a={i}>")).collect::<Vec<_>>().concat() + &"<p>x".repeat(n),
        "<ul><li>".repeat(n),
        "<table><tr><td>".repeat(n),
        "<b>x</b>".repeat(n),
        format!("<table><tr><td>{}</td></tr>{}", "x".repeat(60_000), "<tr><td>y".repeat(n)),
        "\\(".repeat(n),
        "<div><b>x</div>".repeat(n),
        "[".repeat(n),
    ] {
        assert!(markdown_of(&bomb).len() < 64 * 1024 * 1024);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_words_of_a_text_survive(words in "[a-zA-Z0-9 .,*_#>+$&;()!|~`-]{0,60}") {
        let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let once: Vec<&str> = words.split_whitespace().collect();
        let formula = words.contains('$');
        let back = plain_text(&markdown_of(&format!("<p>{escaped}</p>")));
        prop_assert!(formula || back == once.join(" "), "{back:?}");
    }

    #[test]
    fn any_markup_is_converted(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>",
            "<b>", "</b>", "<pre>", "</pre>", "<code>", "</code>", "x", " ", "\n", "\\(", "\\)", "$",
            "&", "<br>", "<img src=a>", "<!--", "-->", "<script>", "</script>", "[", "](", "\u{e002}7",
        ]), 0..40),
    ) {
        let markdown = markdown_of(&parts.concat());
        prop_assert!(!markdown.contains(['\u{e002}', '\u{e010}', '\u{e012}']), "{markdown:?}");
    }
}
