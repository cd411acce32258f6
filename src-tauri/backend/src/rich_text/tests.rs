use proptest::prelude::*;

use super::*;

#[test]
fn the_last_paragraph_of_a_stem_is_the_lead_in() {
    assert_eq!(
        stem_html("Scenario.\n\n- a\n- b\n\nWhich *one*?"),
        "<p>Scenario.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n\
         <p class=\"lead-in\">Which <em>one</em>?</p>\n"
    );
    assert_eq!(
        stem_html("Which?\n\n- list"),
        "<p class=\"lead-in\">Which?</p>\n<ul>\n<li>list</li>\n</ul>\n"
    );
    assert_eq!(stem_html(""), "");
    assert_eq!(stem_html("> quoted"), "<blockquote>\n<p>quoted</p>\n</blockquote>\n");
}

#[test]
fn a_single_paragraph_needs_no_tag_around_it() {
    assert_eq!(inline_html("Use `s3:GetObject`."), "Use <code>s3:GetObject</code>.");
    assert_eq!(inline_html("One.\n\nTwo."), "<p>One.</p>\n<p>Two.</p>");
    assert_eq!(inline_html("- a"), "<ul>\n<li>a</li>\n</ul>");
    assert_eq!(inline_html(""), "");
}

#[test]
fn tables_code_and_strikethrough_are_rendered() {
    assert_eq!(
        html("| a | b |\n|--:|---|\n| 1 | ~~2~~ |"),
        "<table><thead><tr><th class=\"right\">a</th><th>b</th></tr></thead><tbody>\n\
         <tr><td class=\"right\">1</td><td><del>2</del></td></tr>\n</tbody></table>\n"
    );
    assert_eq!(
        html("| | a |\n|:--|---|\n| 1 | 2 |"),
        "<table><thead><tr><td class=\"left\"></td><th>a</th></tr></thead><tbody>\n\
         <tr><td class=\"left\">1</td><td>2</td></tr>\n</tbody></table>\n"
    );
    assert_eq!(
        html("```unknown\nif a < b:\n```"),
        "<pre><code class=\"language-unknown\">if a &lt; b:\n</code></pre>\n"
    );
}

#[test]
fn headings_stay_below_those_of_the_page() {
    assert_eq!(html("# One\n\n#### Four"), "<h3>One</h3>\n<h4>Four</h4>\n");
}

#[test]
fn placeholders_in_angle_brackets_are_not_lost_and_comments_are_not_shown() {
    assert_eq!(html("Copy to <my-bucket>."), "<p>Copy to &lt;my-bucket&gt;.</p>\n");
    assert_eq!(html("H<sub>2</sub>O<br>x"), "<p>H<sub>2</sub>O<br>x</p>\n");
    assert_eq!(html("a <!-- b --> c\n\n<!-- d\ne -->\n\nf"), "<p>a  c</p>\n<p>f</p>\n");
    assert_eq!(html("<div>\nx"), "<p>&lt;div&gt;\nx</p>\n");
}

#[test]
fn links_open_outside_and_only_by_web_or_mail() {
    assert_eq!(
        html("[a](https://example.org \"t\")"),
        "<p><a href=\"https://example.org\" rel=\"noopener noreferrer nofollow\">a</a></p>\n"
    );
    for address in
        ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.org", "x", "#a"]
    {
        let html = html(&format!("[a]({address})"));
        assert!(!html.contains("href"), "{html}");
    }
}

#[test]
fn images_from_elsewhere_become_their_words() {
    assert_eq!(
        html("![plot](plot.png)"),
        "<p><span class=\"missing\">picture missing: plot.png</span></p>\n"
    );
    for address in
        ["https://x.org/a.png", "//x.org/a", "/a", "data:image/png;base64,x", "../a", "%2e%2e/a"]
    {
        assert_eq!(
            html(&format!("![a *plot*]({address})")),
            "<p>a <em>plot</em></p>\n",
            "{address}"
        );
    }
}

#[test]
fn plain_text_is_the_words_on_one_line() {
    assert_eq!(plain_text("# A\n\n*b*`c`\nd\n\n- e\n- f<sub>2</sub>"), "A bc d e f2");
    assert_eq!(plain_text("| a | b |\n|---|---|\n| c | d |"), "a b c d");
    assert_eq!(plain_text("x ![alt](a.png) [l](https://x.org)<br>y"), "x alt l y");
}

#[test]
fn the_last_paragraph_is_the_last_block_or_there_is_none() {
    assert_eq!(last_paragraph("One.\n\n*Two*\nlines?").as_deref(), Some("Two lines?"));
    assert_eq!(last_paragraph("One.\n\n- two"), None);
    assert_eq!(last_paragraph("One.\n\n---"), None);
    assert_eq!(last_paragraph(""), None);
}

const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.org/a.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://x.org/pixel.gif>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=//x.org></object><embed src=//x.org>",
    "<style>@import '//x.org/a.css';</style>",
    "<link rel=stylesheet href=//x.org/a.css>",
    "<base href=//x.org/>",
    "<meta http-equiv=refresh content='0;url=//x.org'>",
    "<form action=//x.org><button>x</button></form>",
    "<p style=\"background:url(//x.org)\">a</p>",
    "<b onclick=alert(1)>a</b>",
    "<a href=javascript:alert(1)>a</a>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](\u{1}javascript:alert(1))",
    "[a](java&#x09;script:alert(1))",
    "<javascript:alert(1)>",
    "![a](x\" onerror=\"alert(1))",
    "![a\" onerror=\"alert(1)](a.png)",
    "```\" onmouseover=\"alert(1)\na\n```",
    "| a |\n|--:|\n| <td style=\"text-align: right\"> onclick=x |",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<script>alert(1)</script>}$",
    "$\\text{</mtext><img src=x onerror=alert(1)>}$",
    "$<annotation-xml encoding='text/html'><img src=x onerror=alert(1)>$",
    "$\\style{background:url(//x.org)}{x} \\class{x}{y} \\unicode{60} \\color{red}{x}$",
    "$$\\begin{cases}<img src=x onerror=alert(1)> & 1\\end{cases}$$",
    "\\[ \\mathbf{\\phantom{<b onclick=alert(1)>}} \\]",
    "```python\nx = '<img src=x onerror=alert(1)>' # </code><script>alert(1)</script>\n```",
    "```html\n<script>alert(1)</script><style>@import url(//x.org)</style>\n```",
    "`\u{e000}<img src=x onerror=alert(1)>\u{e001}`",
    "![a\u{e000}\" onerror=\"alert(1)](a.png)",
    "[a](https://x.org/\u{e000}\"onclick=alert(1)\u{e001})",
    "\u{e002}0\u{e003} $x$ \u{e002}9\u{e003} [\u{e002}0\u{e003}](\u{e002}0\u{e003})",
    "<audio src=https://x.org/a.mp3 onplay=alert(1)>",
    "<span class=cloze onclick=alert(1)>",
    "<?php echo 1 ?><script>alert(1)</script>",
];

/// The tags of serialised HTML: name, and attributes with their values.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = rest.find([' ', '>']).unwrap();
        let (name, mut inside) = rest.split_at(end);
        let mut attributes = Vec::new();
        while let Some(attribute) = inside.strip_prefix(' ') {
            let (name, value) = attribute.split_once("=\"").unwrap();
            let (value, behind) = value.split_once('"').unwrap();
            attributes.push((name.to_owned(), value.to_owned()));
            inside = behind;
        }
        rest = inside.strip_prefix('>').unwrap();
        tags.push((name.trim_start_matches('/').to_owned(), attributes));
    }
    tags
}

/// Nothing a browser would act on, but for links that leave the window.
fn assert_harmless(html: &str, input: &str) {
    const KNOWN: &str = " a audio b blockquote br code del em h3 h4 h5 h6 hr i img kbd li math mfrac \
        mi mn mo mover mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr \
        munder munderover ol p pre span strong sub sup table tbody td th thead tr ul ";
    const PLAIN: &str = " alt rel start class controls accent accentunder columnspan depth display \
        displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize \
        movablelimits rspace scriptlevel stretchy symmetric width ";
    for (tag, attributes) in tags(html) {
        assert!(KNOWN.contains(&format!(" {tag} ")), "{input} → {html}");
        for (name, value) in attributes {
            let allowed = match name.as_str() {
                "href" => ["https:", "http:", "mailto:"]
                    .iter()
                    .any(|s| value.to_lowercase().starts_with(s)),
                "src" => media::is_served(&value),
                name => PLAIN.contains(&format!(" {name} ")),
            };
            assert!(allowed, "{input} → {html}");
        }
    }
}

#[test]
fn no_attack_leaves_anything_that_acts() {
    for attack in ATTACKS {
        for around in ["{}", "a {} b", "> - {}", "**{}**", "a\n{}\n\nb?"] {
            let input = around.replace("{}", attack);
            for html in [html(&input), stem_html(&input), inline_html(&input)] {
                assert_harmless(&html, &input);
            }
        }
    }
}

#[test]
fn deep_and_long_texts_are_rendered_quickly() {
    let start = std::time::Instant::now();
    for piece in [
        "> ",
        "- ",
        "<b>",
        "**a ",
        "[",
        "![",
        "`",
        "<b a=1><p>",
        "|a",
        "<!--",
        "*_",
        "1. ",
        "$",
        "$a",
        "$$",
        "\\(",
        "\\[a",
        "`$",
        "$a$ ",
        "\u{e000}",
        "[$a](b) ",
    ] {
        let text = piece.repeat(32 * 1024 / piece.len());
        let _ = (stem_html(&text), plain_text(&text));
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn whatever_comes_in_what_goes_out_is_harmless_and_stays_so(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(ATTACKS).prop_map(str::to_owned),
                "[<>/\"'`=a-z *_\\[\\]()!\n-]{0,12}",
            ],
            0..6,
        ),
    ) {
        let input = parts.concat();
        let html = stem_html(&input);
        assert_harmless(&html, &input);
        prop_assert_eq!(clean::clean(&html), html);
    }
}
