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
            // Not the `<` that it may begin with itself, when that begins no tag of these.
            let next = rest.char_indices().skip(1).find(|(_, c)| *c == '<');
            let end = next.map_or(rest.len(), |(end, _)| end);
            if *in_summary { &mut summary } else { &mut kept }.push_str(&line[at..at + end]);
            at += end;
        }
    }
    Some((kept, summary))
}

#[cfg(test)]
mod tests {
    use super::without_details;

    #[test]
    fn tags_are_taken_out_wherever_they_stand() {
        let taken = |line: &str| without_details(line, &mut false);
        let pair = |kept: &str, summary: &str| Some((kept.to_owned(), summary.to_owned()));
        assert_eq!(taken("a < b"), None);
        assert_eq!(taken("答案<details>é"), pair("答案é", ""));
        assert_eq!(taken("<<details open>a<b>"), pair("<a<b>", ""));
        assert_eq!(taken("<summary>é <b>x</b></summary> é"), pair(" é", "é <b>x</b>"));
        assert_eq!(taken("é</details"), pair("é", ""));
    }
}
