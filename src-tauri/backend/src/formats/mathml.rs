//! TeX of MathML, as far as that is simple: formulas of schools and of science, no layout.

use super::xml::{Element, Node};

/// TeX of a formula; none when it holds something that has no plain form in TeX.
pub(super) fn tex(math: &Element) -> Option<String> {
    if let Some(source) = annotation(math) {
        return Some(source);
    }
    let mut tex = String::new();
    row(math, &mut tex)?;
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    (!tex.is_empty()).then_some(tex)
}

/// The TeX that some editors keep beside a formula.
fn annotation(math: &Element) -> Option<String> {
    let is_tex = |element: &&Element| {
        element.name == "annotation"
            && matches!(element.attribute("encoding"), Some("application/x-tex" | "TeX" | "LaTeX"))
    };
    math.descendants().find(is_tex).map(Element::text).filter(|text| !text.is_empty())
}

/// Everything in an element, one behind the other.
fn row(element: &Element, out: &mut String) -> Option<()> {
    for child in element.elements() {
        push(child, out)?;
    }
    let bare = |node: &Node| matches!(node, Node::Text(text) if !text.trim().is_empty());
    (!element.children.iter().any(bare)).then_some(())
}

fn push(element: &Element, out: &mut String) -> Option<()> {
    match element.name.as_str() {
        "mrow" | "mstyle" | "mpadded" | "semantics" => row(element, out),
        "annotation" | "annotation-xml" | "mspace" | "maligngroup" | "malignmark" => Some(()),
        "mi" => word(&element.text(), out),
        "mn" | "mo" => symbols(&element.text(), out),
        "mtext" | "ms" => {
            let text = element.text();
            let plain = |c: char| !"\\{}$%&#_^~".contains(c) && !c.is_control();
            text.chars().all(plain).then_some(())?;
            command("text", &text, out);
            Some(())
        }
        "msup" => arguments(element, ["", "^"], out),
        "msub" | "munder" => arguments(element, ["", "_"], out),
        "msubsup" | "munderover" => arguments(element, ["", "_", "^"], out),
        "mover" => over(element, out),
        "mfrac" => arguments(element, ["\\frac", ""], out),
        "mroot" => {
            let [base, index] = children(element)?;
            out.push_str("\\sqrt[");
            push(index, out)?;
            out.push(']');
            group(base, out)
        }
        "msqrt" => {
            out.push_str("\\sqrt{");
            row(element, out)?;
            out.push('}');
            Some(())
        }
        "mfenced" => fenced(element, out),
        _ => None,
    }
}

fn children<const N: usize>(element: &Element) -> Option<[&Element; N]> {
    element.elements().collect::<Vec<_>>().try_into().ok()
}

/// Each child in braces, behind what stands before it.
fn arguments<const N: usize>(element: &Element, before: [&str; N], out: &mut String) -> Option<()> {
    let children: [&Element; N] = children(element)?;
    // A large operator takes its limits only when it stands bare.
    let large = |base: &Element| {
        base.name == "mo" && operator(base.text().trim()).is_some_and(|tex| tex.starts_with('\\'))
    };
    for (place, (before, child)) in before.into_iter().zip(children).enumerate() {
        out.push_str(before);
        if place == 0 && large(child) { push(child, out)? } else { group(child, out)? }
    }
    Some(())
}

fn over(element: &Element, out: &mut String) -> Option<()> {
    let [base, accent] = children(element)?;
    let command = match accent.text().as_str() {
        "¯" | "‾" | "_" | "―" => "\\overline",
        "^" | "\u{302}" | "ˆ" => "\\hat",
        "→" | "⇀" => "\\vec",
        "~" | "˜" => "\\tilde",
        "." | "˙" => "\\dot",
        "¨" => "\\ddot",
        _ => return None,
    };
    out.push_str(command);
    group(base, out)
}

fn fenced(element: &Element, out: &mut String) -> Option<()> {
    let fence = |text: &str| match text.trim() {
        "" => Some("."),
        "(" => Some("("),
        ")" => Some(")"),
        "[" => Some("["),
        "]" => Some("]"),
        "|" => Some("|"),
        "{" => Some("\\{"),
        "}" => Some("\\}"),
        _ => None,
    };
    let open = fence(element.attribute("open").unwrap_or("("))?;
    let close = fence(element.attribute("close").unwrap_or(")"))?;
    out.push_str("\\left");
    out.push_str(open);
    out.push(' ');
    for (place, child) in element.elements().enumerate() {
        if place > 0 {
            out.push(',');
        }
        push(child, out)?;
    }
    out.push_str("\\right");
    out.push_str(close);
    out.push(' ');
    Some(())
}

fn command(name: &str, text: &str, out: &mut String) {
    for part in ["\\", name, "{", text, "}"] {
        out.push_str(part);
    }
}

fn group(element: &Element, out: &mut String) -> Option<()> {
    out.push('{');
    push(element, out)?;
    out.push('}');
    Some(())
}

/// A name: one letter is a variable, several are a function or upright.
fn word(text: &str, out: &mut String) -> Option<()> {
    const FUNCTIONS: [&str; 14] = [
        "sin", "cos", "tan", "cot", "sinh", "cosh", "tanh", "log", "ln", "exp", "lim", "max",
        "min", "det",
    ];
    if text.chars().count() <= 1 {
        return symbols(text, out);
    }
    if FUNCTIONS.contains(&text) {
        out.push('\\');
        out.push_str(text);
        out.push(' ');
    } else if text.chars().all(char::is_alphanumeric) {
        command("mathrm", text, out);
    } else {
        return None;
    }
    Some(())
}

fn symbols(text: &str, out: &mut String) -> Option<()> {
    if let Some(tex) = operator(text) {
        out.push_str(tex);
        out.push(' ');
        return Some(());
    }
    for c in text.chars() {
        match c {
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => out.extend(['\\', c]),
            '\\' | '^' | '~' => return None,
            // Invisible: function application, times, separator, plus.
            '\u{2061}'..='\u{2064}' => {}
            '\u{a0}' => out.push(' '),
            c if c.is_control() => return None,
            // The converter knows letters and signs of Unicode as they are.
            c => out.push(c),
        }
    }
    Some(())
}

/// Signs whose name in TeX says more than the character: what takes limits, and what is common.
fn operator(text: &str) -> Option<&'static str> {
    Some(match text {
        "∑" => "\\sum",
        "∏" => "\\prod",
        "∫" => "\\int",
        "⋃" => "\\bigcup",
        "⋂" => "\\bigcap",
        "lim" => "\\lim",
        "max" => "\\max",
        "min" => "\\min",
        "×" => "\\times",
        "÷" => "\\div",
        "·" | "⋅" => "\\cdot",
        "±" => "\\pm",
        "≤" => "\\le",
        "≥" => "\\ge",
        "≠" => "\\ne",
        "≈" => "\\approx",
        "→" => "\\to",
        "∞" => "\\infty",
        "√" => "\\surd",
        "−" => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml;

    fn of(content: &str) -> Option<String> {
        tex(&xml::tree(&format!("<math>{content}</math>")).unwrap())
    }

    #[test]
    fn simple_formulas_become_tex() {
        for (mathml, tex) in [
            ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x=2"),
            ("<msup><mi>a</mi><mn>2</mn></msup>", "{a}^{2}"),
            (
                "<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>",
                r"\frac{a}{b+1}",
            ),
            ("<msqrt><mi>x</mi></msqrt>", r"\sqrt{x}"),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>",
                r"\sum _{i=1}^{n}",
            ),
            ("<mi>sin</mi><mo>&#x2061;</mo><mi>α</mi>", r"\sin α"),
            ("<mfenced><mi>x</mi><mi>y</mi></mfenced>", r"\left( x,y\right)"),
            ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\overline{x}"),
            ("<mtext>if even</mtext>", r"\text{if even}"),
            ("<mn>50</mn><mo>%</mo>", r"50\%"),
            (
                "<semantics><mi>q</mi><annotation encoding='application/x-tex'>q_1</annotation></semantics>",
                "q_1",
            ),
        ] {
            assert_eq!(of(mathml).as_deref(), Some(tex), "{mathml}");
        }
    }

    #[test]
    fn what_has_no_plain_form_is_told() {
        for mathml in [
            "",
            "<mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable>",
            "<mfrac><mi>a</mi></mfrac>",
            "<mi>\\input</mi>",
            "<mtext>$x$</mtext>",
            "bare",
        ] {
            assert_eq!(of(mathml), None, "{mathml}");
        }
    }
}
