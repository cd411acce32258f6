//! Key names as the app prints them ("Ctrl+Enter", "Shift+A", "?") and what the driver calls them.

use anyhow::{Result, bail};

/// The keys of a combination, in the order in which fingers find them.
pub(crate) fn parse(combination: &str) -> Result<Vec<char>> {
    if combination == "+" {
        return Ok(vec!['+']);
    }
    let names: Vec<_> = combination.split('+').collect();
    let shifted = names.contains(&"Shift");
    names.into_iter().map(|name| key(name, shifted)).collect()
}

fn key(name: &str, shifted: bool) -> Result<char> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        let letter =
            if shifted { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
        return Ok(letter);
    }
    Ok(match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" | "Esc" => '\u{E00C}',
        "Space" => ' ',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "Left" => '\u{E012}',
        "Up" => '\u{E013}',
        "Right" => '\u{E014}',
        "Down" => '\u{E015}',
        "Delete" | "Del" => '\u{E017}',
        _ => bail!("`{name}` is not the name of a key"),
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn keys_are_named_as_they_are_printed() {
        assert_eq!(parse("A").unwrap(), ['a']);
        assert_eq!(parse("Shift+a").unwrap(), ['\u{E008}', 'A']);
        assert_eq!(parse("Ctrl+Enter").unwrap(), ['\u{E009}', '\u{E007}']);
        assert_eq!(parse("+").unwrap(), ['+']);
        assert_eq!(parse("?").unwrap(), ['?']);
        assert!(parse("Hyper+A").is_err());
    }
}
