//! Formulas, code, marks and files.

use proptest::prelude::*;

use super::*;

/// The TeX of the formulas that are found.
fn formulas(markdown: &str) -> Vec<&str> {
    tex::find(markdown).into_iter().map(|formula| &markdown[formula.tex]).collect()
}

#[test]
fn four_pairs_of_delimiters_hold_formulas() {
    assert_eq!(formulas("$x_i$, $$y$$, \\(z\\) and \\[w\\]."), ["x_i", "y", "z", "w"]);
    assert_eq!(formulas("> $$\n> a\n> $$"), ["\n> a\n> "]);
    assert_eq!(formulas("| $a$ | $b$ |\n|---|---|\n| $c$ | d |"), ["a", "b", "c"]);
    assert_eq!(formulas("- *a $x*y*z$ b*\n- **$q$**"), ["x*y*z", "q"]);
    assert_eq!(formulas("\\(a\\) begins and ends \\(b\\)"), ["a", "b"]);
}

#[test]
fn prices_are_no_formulas() {
    for text in [
        "It costs $5 and $6.",
        "from $0.004 to $0.03, or $4,680.00",
        "($0.004 × 12 + $0.03) = $4,680.00",
        "$5-$10",
        "US$5 and AU$6",
        "5$ or 6$",
        "$ 5 $",
        "\\$5 and x$",
        "$HOME/bin:$PATH",
        "$$ $$",
        "a $$ b",
        "\\(\\) and \\[ and (",
        "$a\n\nb$",
        "- costs $5 a\n- costs 5$",
    ] {
        assert_eq!(formulas(text), [""; 0], "{text}");
    }
}

#[test]
fn code_addresses_and_tags_hold_no_formulas() {
    for text in [
        "`$x$` and `\\(y\\)`",
        "```sh\necho $x$\n```",
        "    echo $x$ y",
        "[a](https://x.org/$x$)",
        "<https://x.org/$x$>",
        "$a `b$` c",
        "![$x$](a.png)",
    ] {
        assert_eq!(formulas(text), [""; 0], "{text}");
    }
    assert_eq!(formulas("[$x$](https://x.org/$y$) $z$"), ["x", "z"]);
}

#[test]
fn nothing_in_the_bundled_decks_is_taken_for_a_formula_and_no_picture_is_missing() {
    let mut dollars = 0;
    for deck in crate::bundled::decks().unwrap() {
        let json = serde_json::to_value(&deck.items).unwrap();
        each_text(&json, &mut |text| {
            dollars += text.matches('$').count();
            assert_eq!(formulas(text), [""; 0], "{text}");
            assert!(!html(text).contains("class=\"missing\""), "{text}");
        });
    }
    assert!(dollars > 50, "{dollars}");
}

fn each_text(json: &serde_json::Value, check: &mut impl FnMut(&str)) {
    match json {
        serde_json::Value::String(text) => check(text),
        serde_json::Value::Array(all) => all.iter().for_each(|one| each_text(one, check)),
        serde_json::Value::Object(all) => all.values().for_each(|one| each_text(one, check)),
        _ => {}
    }
}

#[test]
fn formulas_become_mathml_and_stay_readable_in_lists() {
    assert_eq!(
        html("a $x_i^2$ b_c_d"),
        "<p>a <math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math> b_c_d</p>\n"
    );
    assert!(html("$$a$$").contains("<math display=\"block\">"), "{}", html("$$a$$"));
    let cases = html("$$\\begin{aligned}a&=b\\end{aligned}$$");
    assert!(cases.contains("<mtd class=\"right\">") && !cases.contains(" style="), "{cases}");
    assert_eq!(plain_text("a $x_i$ *b*"), "a x_i b");
    assert_eq!(plain_text("pay $5 or $6"), "pay $5 or $6");
}

#[test]
fn a_formula_that_cannot_be_set_is_shown_as_its_source() {
    for tex in ["\\frac{a", "\\nosuchcommand", "x^", &"{".repeat(900), &"\\hat".repeat(400)] {
        let html = html(&format!("a ${tex}$ b"));
        assert!(html.contains("<code>$") && html.contains("cannot be set"), "{html}");
    }
    let long = "x".repeat(2_500);
    assert!(html(&format!("${long}$")).contains(&format!("${long}$")));
    let deep = format!("${}x{}$", "\\sqrt{".repeat(120), "}".repeat(120));
    assert!(html(&deep).contains("cannot be set"));
}

#[test]
fn code_of_a_known_language_is_marked() {
    assert_eq!(
        html("```python\ndef f(x):\n    return 1 # one\n```"),
        "<pre><code class=\"language-python\"><span class=\"hl-keyword\">def</span> \
         <span class=\"hl-name\">f</span>(x):\n    <span class=\"hl-keyword\">return</span> \
         <span class=\"hl-number\">1</span> <span class=\"hl-comment\"># one\n</span></code></pre>\n"
    );
    for (language, code, class) in [
        ("json", "{\"a\": 1}", "hl-string"),
        ("sql", "SELECT a FROM b", "hl-keyword"),
        ("yaml", "a: 'b'", "hl-string"),
        ("bash", "echo \"$HOME\" # x", "hl-comment"),
        ("sh", "# x", "hl-comment"),
    ] {
        let html = html(&format!("```{language}\n{code}\n```"));
        assert!(html.contains(class), "{html}");
    }
    let long = format!("```python\n{}\n```", "x = 1\n".repeat(5_000));
    assert!(!html(&long).contains("hl-"));
}

#[test]
fn marked_deletions_stand_in_words_code_and_formulas() {
    let asked = format!("a {CLOZE_ASKED}[…]{CLOZE_END} b");
    assert_eq!(html(&asked), "<p>a <span class=\"cloze\">[…]</span> b</p>\n");
    let bold = format!("{CLOZE}**a**{CLOZE_END} `x{CLOZE}y{CLOZE_END}`");
    assert_eq!(
        html(&bold),
        "<p><span class=\"cloze\"><strong>a</strong></span> \
         <code>x<span class=\"cloze\">y</span></code></p>\n"
    );
    let block = format!("```python\nx = {CLOZE_ASKED}[…]{CLOZE_END}\n```");
    assert!(html(&block).contains("x = <span class=\"cloze\">[…]</span>"), "{}", html(&block));
    let formula = html(&format!("$a = {CLOZE_ASKED}[h{{}}int]{CLOZE_END}$"));
    assert!(formula.contains("<span class=\"cloze\"><math>"), "{formula}");
    assert!(formula.contains("<mtext>[hint]</mtext>"), "{formula}");
    let shown = html(&format!("$a = {CLOZE}\\frac{{a}}{{b}}{CLOZE_END}$"));
    assert!(shown.contains("<mfrac>"), "{shown}");
    assert_eq!(plain_text(&asked), "a […] b");
}

#[test]
fn files_beside_a_deck_get_the_address_they_are_served_from_and_others_are_missing() {
    let hash = "a".repeat(64);
    let mut media = Media::none();
    media.add("media/x y.png", &hash, Showing::Picture);
    media.add("media/plot.png", &hash, Showing::Picture);
    media.add("say.mp3", &hash, Showing::Sound);
    let with = With(&media);
    let base = if cfg!(windows) { "http://media.localhost" } else { "media://localhost" };
    assert_eq!(
        with.inline_html("![a *plot*](media/plot.png)"),
        format!("<img src=\"{base}/{hash}/plot.png\" alt=\"a plot\">")
    );
    assert_eq!(
        with.inline_html("![](say.mp3)"),
        format!("<audio controls=\"\" src=\"{base}/{hash}/say.mp3\"></audio>")
    );
    assert_eq!(
        with.inline_html("![](media/\"<b>.png)"),
        "<span class=\"missing\">picture missing: media/\"&lt;b&gt;.png</span>"
    );
    assert!(!html(&format!("[a]({base}/{hash}/plot.png)")).contains("href"));
}

#[test]
fn marked_text_is_text() {
    let html = marked_html([(Mark::Plain, "a<b>"), (Mark::Wrong, "c"), (Mark::Missing, "&d")]);
    assert_eq!(html, "a&lt;b&gt;<del>c</del><ins>&amp;d</ins>");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_formula_brings_the_reader_down(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "\\frac", "\\sqrt", "{", "}", "^", "_", "&", "\\\\", "\\begin{matrix}",
                    "\\end{matrix}", "\\left(", "\\right)", "\\text{", "\\mathbf", "#", "%", "~",
                    "\\limits", "\\sum", "'", "[", "]", "\\hat", "\\color{red}", "\\middle|",
                    "\\not", "\\operatorname", "\\substack{", "\\tag{1}", "\\label{a}", "\\ref{a}",
                ]).prop_map(str::to_owned),
                "[a-z0-9+=<>|\u{e4}🙂\u{300} -]{0,3}",
            ],
            0..24,
        ),
    ) {
        let tex = parts.concat();
        let html = html(&format!("$${tex}$$"));
        prop_assert!(!html.contains(" style=") && !html.contains("href"), "{}", html);
        prop_assert_eq!(clean::clean(&html), html);
    }
}
