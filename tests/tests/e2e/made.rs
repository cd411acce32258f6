//! Files as others would bring them, made for a test.

use std::path::{Path, PathBuf};

use anyhow::Result;

/// The title of a deck made here.
pub(crate) const TITLE: &str = "Made for a test";

/// A deck of its own folder, written as decks are.
pub(crate) fn deck(folder: &Path, slug: &str, items: &str) -> Result<PathBuf> {
    let deck = folder.join(slug);
    std::fs::create_dir_all(&deck)?;
    let head =
        format!("---\ndeck: {slug}\ntitle: {TITLE}\nversion: 1.0.0\nlicense: CC0-1.0\n---\n");
    std::fs::write(deck.join("deck.md"), head)?;
    std::fs::write(deck.join("items.md"), items)?;
    Ok(deck)
}

/// One second of a tone that goes up, 8000 samples of 8 bits.
pub(crate) fn sound() -> Vec<u8> {
    let samples: Vec<u8> = (0..8000u32).map(|at| (at * at / 4000).to_le_bytes()[0]).collect();
    let size = u32::try_from(samples.len()).unwrap_or(0);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + size).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    bytes.extend([1u16, 1].iter().flat_map(|field| field.to_le_bytes())); // PCM, one channel
    bytes.extend([8000u32, 8000].iter().flat_map(|rate| rate.to_le_bytes()));
    bytes.extend([1u16, 8].iter().flat_map(|field| field.to_le_bytes()));
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    bytes.extend(samples);
    bytes
}

/// A drawing, 240 by 120.
pub(crate) const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" fill="#dddddd"/><circle cx="60" cy="60" r="40" fill="#335577"/></svg>"##;
