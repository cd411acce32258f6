//! `<details>`: what is shown only when it is opened; in banks, the answer.

/// Which lines are between `<details>` and its end. Without an end nothing is.
pub(super) fn hidden(lines: &[String], code: &[bool]) -> Vec<bool> {
    let mut hidden = vec![false; lines.len()];
    let mut open = None;
    for (at, line) in lines.iter().enumerate() {
        if code[at] || !line.contains('<') {
            continue;
        }
        let lower = line.to_ascii_lowercase();
        if lower.contains("<details") {
            open = Some(at);
        }
        if lower.contains("</details")
            && let Some(start) = open.take()
        {
            hidden[start..=at].fill(true);
        }
    }
    hidden
}

/// A line without the tags of `<details>`, and the words of its summary; none when it has none of
/// them.
pub(super) fn without_details(line: &str, in_summary: &mut bool) -> Option<(String, String)> {
    let lower = line.to_ascii_lowercase();
    if !*in_summary
        && !lower.contains("<details")
        && !lower.contains("</details")
        && !lower.contains("<summary")
    {
        return None;
    }
    let (mut kept, mut summary) = (String::new(), String::new());
    let mut at = 0;
    while at < line.len() {
        let rest = &lower[at..];
        let tag = ["<details", "</details", "<summary", "</summary"]
            .into_iter()
            .find(|tag| rest.starts_with(tag));
        if let Some(tag) = tag {
            match tag {
                "<summary" => *in_summary = true,
                "</summary" => *in_summary = false,
                _ => {}
            }
            at += rest.find('>').map_or(rest.len(), |end| end + 1);
        } else {
            let end = rest[1..].find('<').map_or(rest.len(), |end| end + 1);
            let end = (1..=end).rev().find(|end| line.is_char_boundary(at + end)).unwrap_or(end);
            if *in_summary { &mut summary } else { &mut kept }.push_str(&line[at..at + end]);
            at += end;
        }
    }
    Some((kept, summary))
}
