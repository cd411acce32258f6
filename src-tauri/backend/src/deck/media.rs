//! Files beside a deck: pictures and sounds that its text shows.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ContentHash;

/// Largest file, in bytes.
pub const MAX_MEDIA_FILE: usize = 20 * 1024 * 1024;
/// Most bytes of all files of a deck.
pub const MAX_MEDIA: u64 = 2 * 1024 * 1024 * 1024;
/// How much of a text is searched for the root element of an SVG.
const SVG_HEAD: usize = 4 * 1024;

/// What a file holds, by its first bytes; its name does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A picture.
    Png,
    /// A picture.
    Jpeg,
    /// A picture.
    Gif,
    /// A picture.
    Webp,
    /// A drawing; shown as a picture, so that nothing in it runs.
    Svg,
    /// A sound.
    Mp3,
    /// A sound, Vorbis or Opus.
    Ogg,
    /// A sound.
    Wav,
    /// A sound.
    M4a,
    /// A sound.
    Flac,
}

impl MediaKind {
    const ALL: [Self; 10] = [
        Self::Png,
        Self::Jpeg,
        Self::Gif,
        Self::Webp,
        Self::Svg,
        Self::Mp3,
        Self::Ogg,
        Self::Wav,
        Self::M4a,
        Self::Flac,
    ];

    /// What these bytes hold, if it is something that Sitwell shows.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let kind = infer::get(bytes).and_then(|kind| match kind.mime_type() {
            "audio/ogg" | "audio/opus" => Some(Self::Ogg),
            "audio/x-wav" => Some(Self::Wav),
            "audio/m4a" => Some(Self::M4a),
            "audio/x-flac" => Some(Self::Flac),
            mime => Self::of_mime(mime).filter(|kind| *kind != Self::Svg),
        });
        kind.or_else(|| is_svg(bytes).then_some(Self::Svg))
    }

    /// The MIME type it is served as.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::M4a => "audio/mp4",
            Self::Flac => "audio/flac",
        }
    }

    /// The kind that is served as this MIME type.
    pub fn of_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.mime() == mime)
    }

    /// Whether it is heard; otherwise it is seen.
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Mp3 | Self::Ogg | Self::Wav | Self::M4a | Self::Flac)
    }
}

/// Whether a text is an SVG: its root element comes after nothing but what may stand before one.
fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SVG_HEAD)];
    let text = String::from_utf8_lossy(head);
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            ">"
        } else {
            break;
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    rest.strip_prefix("<svg").is_some_and(|after| after.starts_with([' ', '\n', '\r', '\t', '>']))
}

/// A file beside a deck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaFile {
    /// Its address in the deck's text: `media/x.png`.
    pub name: String,
    /// SHA-256 of its bytes.
    pub hash: ContentHash,
    /// What it holds.
    pub kind: MediaKind,
    /// Its content; not in the deck's JSON, where the hash stands for it.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

/// Why a file cannot stand beside a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MediaFault {
    /// More bytes than a file may have.
    #[error("is larger than 20 MiB: make it smaller")]
    TooLarge,
    /// Neither a picture nor a sound that Sitwell shows.
    #[error(
        "is no picture or sound that Sitwell shows: use PNG, JPEG, GIF, WebP, SVG, MP3, Ogg, Opus, WAV, M4A or FLAC"
    )]
    Unknown,
}

impl MediaFile {
    /// A file of this name and content.
    ///
    /// # Errors
    /// [`MediaFault`] when it is too large or of no known kind.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Result<Self, MediaFault> {
        let bytes = bytes.into();
        if bytes.len() > MAX_MEDIA_FILE {
            return Err(MediaFault::TooLarge);
        }
        let kind = MediaKind::of(&bytes).ok_or(MediaFault::Unknown)?;
        Ok(Self { name: name.into(), hash: ContentHash::of(&bytes), kind, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_holds_is_told_by_its_bytes() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], MediaKind::Png),
            (b"\xff\xd8\xff\xe0....", MediaKind::Jpeg),
            (b"GIF89a......", MediaKind::Gif),
            (b"RIFF....WEBPVP8 ", MediaKind::Webp),
            (b"RIFF....WAVEfmt ", MediaKind::Wav),
            (b"ID3.........", MediaKind::Mp3),
            (b"\xff\xfb\x90\x00........", MediaKind::Mp3),
            (b"OggS\0\x02......................OpusHead", MediaKind::Ogg),
            (b"OggS\0\x02......................\x01vorbis..", MediaKind::Ogg),
            (b"....ftypM4A ....", MediaKind::M4a),
            (b"fLaC........", MediaKind::Flac),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", MediaKind::Svg),
            (
                b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE svg>\n<svg>",
                MediaKind::Svg,
            ),
        ] {
            assert_eq!(MediaKind::of(bytes), Some(kind), "{}", String::from_utf8_lossy(bytes));
            assert_eq!(MediaKind::of_mime(kind.mime()), Some(kind));
        }
        for other in [&b""[..], b"<html><svg>", b"<!-- <svg>", b"<svgx>", b"MZ......", b"%PDF-1.7"]
        {
            assert_eq!(MediaKind::of(other), None, "{}", String::from_utf8_lossy(other));
        }
        let large = vec![0; MAX_MEDIA_FILE + 1];
        assert_eq!(MediaFile::new("x.png", large), Err(MediaFault::TooLarge));
    }
}
