//! Bytes to text, whatever the program that wrote them took for the encoding of everybody.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Place;
use super::notes::Notes;

/// How many bytes are looked at to tell an encoding.
const LOOKED_AT: usize = 1024 * 1024;

/// A text and what it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// With `\n` line ends, without a byte-order mark and without NUL.
    pub(super) text: String,
    /// WHATWG name of the encoding.
    pub(super) encoding: &'static str,
    /// Whether some bytes are nothing in that encoding; they became U+FFFD.
    pub(super) damaged: bool,
}

impl Decoded {
    /// Warns of bytes that could not be read.
    pub(super) fn check(&self, file: &str, notes: &mut Notes) {
        if self.damaged {
            let place = Place { file: file.into(), line: 1 };
            let message = format!("some characters are not {}", self.encoding);
            notes.warning(&place, "encoding", message, "save the file as UTF-8");
        }
    }
}

/// Decodes bytes, by the encoding of that name when it is given and known. A byte-order mark goes
/// before everything.
pub(super) fn decode(bytes: &[u8], encoding: Option<&str>) -> Decoded {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let named = encoding.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = marked.or(named).unwrap_or_else(|| guess(bytes));
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    let text = if text.contains(['\r', '\0']) {
        text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
    } else {
        text.into_owned()
    };
    Decoded { text, encoding: encoding.name(), damaged }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    // UTF-16 without a mark: every other byte of western text is zero.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 4 > head.len() && even * 8 < odd {
        return UTF_16LE;
    }
    if even * 4 > head.len() && odd * 8 < even {
        return UTF_16BE;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str, bool) {
        let Decoded { text, encoding, damaged } = decode(bytes, None);
        (text, encoding, damaged)
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let plain = "Fragen über Größe und Maß\r\nzweite";
        let expected = "Fragen über Größe und Maß\nzweite".to_owned();
        assert_eq!(read(plain.as_bytes()), (expected.clone(), "UTF-8", false));
        assert_eq!(read(&utf16(plain)), (expected.clone(), "UTF-16LE", false));
        assert_eq!(
            read(&utf16(&format!("\u{feff}{plain}"))),
            (expected.clone(), "UTF-16LE", false)
        );
        let big: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&big), (expected.clone(), "UTF-16BE", false));
        let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(read(&latin), (expected, "windows-1252", false));
        assert_eq!(read("\u{feff}a".as_bytes()).0, "a");
        assert_eq!(read(b"").0, "");
        assert!(decode(b"a\xff\xffb", Some("utf-8")).damaged);
        assert_eq!(decode(&latin_e(), Some("windows-1251")).text, "й");
    }

    fn latin_e() -> Vec<u8> {
        vec![0xe9]
    }
}
