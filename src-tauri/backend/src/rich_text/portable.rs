//! HTML for other programs: formulas stay TeX, and files keep names.

use pulldown_cmark::{Event, Tag, TagEnd, html as renderer};

use super::show::collect;
use super::{Showing, clean, events, marks, shown_html};
use crate::deck::Markup;

/// What a file is called where the text goes, by the name it has here.
pub type FileNames<'a> = dyn Fn(&str) -> Option<(Showing, String)> + 'a;

/// HTML of a text for another program: formulas between `\(` and `\)`, pictures by the names
/// given, sounds as `[sound:…]`.
pub fn portable_html(markup: Markup, text: &str, files: &FileNames<'_>) -> String {
    match markup {
        Markup::Html => shown_html::portable(text, files),
        Markup::Markdown => of_markdown(text, files),
    }
}

fn of_markdown(markdown: &str, files: &FileNames<'_>) -> String {
    let mut out = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    let mut events = events(markdown).into_iter();
    while let Some(event) = events.next() {
        match event {
            Event::InlineMath(tex) => out.push(Event::Text(formula(&tex, false).into())),
            Event::DisplayMath(tex) => out.push(Event::Text(formula(&tex, true).into())),
            Event::Start(Tag::Image { dest_url, .. }) => {
                let words = collect(&mut events, TagEnd::Image);
                out.push(Event::Text(held(shown.len()).into()));
                shown.push(file(files, &dest_url, &words));
            }
            other => out.push(other),
        }
    }
    let mut html = String::new();
    renderer::push_html(&mut html, out.into_iter());
    put_in(&clean::clean(&html), &shown)
}

/// A formula between its delimiters. Two closing braces would end a deletion around it.
pub(super) fn formula(tex: &str, display: bool) -> String {
    let tex = if tex.contains("{{c") { tex.to_owned() } else { tex.replace("}}", "} }") };
    if display { format!("\\[{tex}\\]") } else { format!("\\({tex}\\)") }
}

/// A picture or sound.
pub(super) fn file(files: &FileNames<'_>, name: &str, words: &str) -> String {
    let (showing, name) = files(name).unwrap_or((Showing::Picture, name.to_owned()));
    match showing {
        Showing::Picture => {
            let (name, words) =
                (htmlize::escape_attribute(&name), htmlize::escape_attribute(words));
            format!("<img src=\"{name}\" alt=\"{words}\">")
        }
        Showing::Sound => format!("[sound:{}]", htmlize::escape_text(&name)),
    }
}

/// What stands for a piece of HTML until the text around it is clean.
pub(super) fn held(number: usize) -> String {
    format!("{}{number}{}", marks::FORMULA, marks::FORMULA_END)
}

/// A clean text with the pieces that were held back.
pub(super) fn put_in(clean: &str, pieces: &[String]) -> String {
    let mut html = String::with_capacity(clean.len());
    let mut rest = clean;
    while let Some((before, after)) = rest.split_once(marks::FORMULA) {
        html.push_str(before);
        let (number, behind) = after.split_once(marks::FORMULA_END).unwrap_or((after, ""));
        let piece = number.parse().ok().and_then(|number: usize| pieces.get(number));
        html.push_str(piece.map_or("", String::as_str));
        rest = behind;
    }
    html.push_str(rest);
    html
}
