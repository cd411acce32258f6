//! The licence of a bank, by the first lines of the file beside it.

use crate::formats::Package;
use crate::formats::decode::decode;

/// How much of a licence is read.
const MAX_LICENSE: u64 = 256 * 1024;

/// Words that tell a licence, all of them in its first lines, with its SPDX identifier. More exact
/// ones come first.
const KNOWN: [(&[&str], &str); 19] = [
    (&["attribution-noncommercial-sharealike 4.0"], "CC-BY-NC-SA-4.0"),
    (&["attribution-noncommercial-noderiv", "4.0"], "CC-BY-NC-ND-4.0"),
    (&["attribution-noncommercial 4.0"], "CC-BY-NC-4.0"),
    (&["attribution-sharealike 4.0"], "CC-BY-SA-4.0"),
    (&["attribution-noderiv", "4.0"], "CC-BY-ND-4.0"),
    (&["attribution 4.0"], "CC-BY-4.0"),
    (&["attribution-sharealike 3.0"], "CC-BY-SA-3.0"),
    (&["cc0 1.0"], "CC0-1.0"),
    (&["gnu affero general public license", "version 3"], "AGPL-3.0-only"),
    (&["gnu lesser general public license", "version 3"], "LGPL-3.0-only"),
    (&["gnu general public license", "version 3"], "GPL-3.0-only"),
    (&["gnu general public license", "version 2"], "GPL-2.0-only"),
    (&["gnu free documentation license"], "GFDL-1.3-only"),
    (&["apache license", "version 2.0"], "Apache-2.0"),
    (&["mozilla public license", "2.0"], "MPL-2.0"),
    (&["this is free and unencumbered software"], "Unlicense"),
    (&["redistribution and use in source and binary forms", "neither the name"], "BSD-3-Clause"),
    (&["redistribution and use in source and binary forms"], "BSD-2-Clause"),
    (&["permission is hereby granted, free of charge"], "MIT"),
];

/// The licence of a package: its SPDX identifier where it is a known one, its first words
/// otherwise; none when there is no such file.
pub(super) fn of(package: &Package) -> Option<String> {
    let names = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "COPYING"];
    let beside = names.iter().find(|name| package.has(name)).map(|name| (*name).to_owned());
    // A zip from a forge has everything in one folder.
    let path = beside.or_else(|| {
        let inside = package.entries().iter().find(|path| {
            let mut parts = path.split('/').skip(1);
            let name = parts.next().unwrap_or_default();
            parts.next().is_none() && names.iter().any(|known| known.eq_ignore_ascii_case(name))
        });
        inside.cloned()
    })?;
    let text = decode(&package.read(&path, MAX_LICENSE).ok()?, None).text;
    named(&text)
}

fn named(text: &str) -> Option<String> {
    let head: String = text.chars().take(4_000).collect::<String>().to_lowercase();
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = KNOWN.iter().find(|(words, _)| words.iter().all(|word| head.contains(word)));
    if let Some((_, spdx)) = known {
        return Some((*spdx).to_owned());
    }
    if head.starts_with("mit license") || head.starts_with("the mit license") {
        return Some("MIT".to_owned());
    }
    let first =
        text.lines().map(|line| line.trim_matches(['#', ' '])).find(|line| !line.is_empty())?;
    Some(crate::formats::notes::excerpt(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_told_by_their_first_lines() {
        for (text, spdx) in [
            (
                "MIT License\n\nCopyright (c) 2020\n\nPermission is hereby granted, free of charge",
                "MIT",
            ),
            (
                "                    GNU GENERAL PUBLIC LICENSE\n  Version 3, 29 June 2007",
                "GPL-3.0-only",
            ),
            ("Attribution-ShareAlike 4.0 International\n", "CC-BY-SA-4.0"),
            ("Apache License\n Version 2.0, January 2004", "Apache-2.0"),
            ("# Ask me first\n", "Ask me first"),
        ] {
            assert_eq!(named(text).as_deref(), Some(spdx));
        }
        assert_eq!(named(" \n"), None);
    }
}
