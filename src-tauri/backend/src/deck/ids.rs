//! Identities. Slugs are written by people and never change; hashes are computed from content.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Longest slug, in bytes (slugs are ASCII).
const MAX_SLUG: usize = 80;

/// Why a text is not an identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not lower-case letters, digits and single hyphens.
    #[error("“{0}” is not a slug: use lower-case letters, digits and single hyphens")]
    BadSlug(String),
    /// Longer than 80 characters.
    #[error("“{0}…” is longer than 80 characters: choose a shorter slug")]
    TooLong(String),
    /// An item id without its slash.
    #[error("“{0}” is not an item id: write deck/item")]
    NoSlash(String),
}

fn check_slug(text: &str) -> Result<(), IdError> {
    if text.len() > MAX_SLUG {
        return Err(IdError::TooLong(text.chars().take(24).collect()));
    }
    let part_ok = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if text.split('-').all(part_ok) { Ok(()) } else { Err(IdError::BadSlug(text.into())) }
}

macro_rules! slug_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The slug as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                check_slug(&text)?;
                Ok(Self(text))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(slug: $name) -> String {
                slug.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug_type! {
    /// Identity of a deck: lower-case letters, digits, single hyphens; at most 80 characters.
    DeckSlug
}
slug_type! {
    /// Identity of an item inside its deck; same form as a [`DeckSlug`].
    ItemSlug
}

/// Identity of an item everywhere: `deck/item`. Stable while the item is reworded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "bindings", derive(specta::Type), specta(type = String))]
pub struct ItemId(String);

impl ItemId {
    /// Joins a deck and an item.
    pub fn new(deck: &DeckSlug, item: &ItemSlug) -> Self {
        Self(format!("{deck}/{item}"))
    }

    /// The slug of its deck.
    pub fn deck(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ItemId {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        let (deck, item) = text.split_once('/').ok_or_else(|| IdError::NoSlash(text.clone()))?;
        check_slug(deck)?;
        check_slug(item)?;
        Ok(Self(text))
    }
}

impl FromStr for ItemId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::try_from(text.to_owned())
    }
}

impl From<ItemId> for String {
    fn from(id: ItemId) -> String {
        id.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Identity of one wording of an item: SHA-256 of its canonical JSON, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ContentHash(String);

impl ContentHash {
    /// Hash of the bytes given.
    pub fn of(bytes: &[u8]) -> Self {
        // Every item of an import is hashed, so this is not left to the formatter.
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
        let digest = Sha256::digest(bytes);
        Self(digest.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect())
    }

    /// The hash as hexadecimal text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for ContentHash {
    /// Takes a hash that was stored earlier.
    fn from(hex: String) -> Self {
        Self(hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_of_letters_digits_and_single_hyphens_are_accepted() {
        for good in ["a", "aws-mls-c01", "k-means-2", "7"] {
            assert!(good.parse::<ItemSlug>().is_ok(), "{good}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "a/b", "ä", "../x"] {
            assert!(bad.parse::<ItemSlug>().is_err(), "{bad}");
        }
        assert!("a".repeat(81).parse::<ItemSlug>().is_err());
    }

    #[test]
    fn item_id_needs_both_halves() {
        assert!("deck/item".parse::<ItemId>().is_ok());
        for bad in ["deck", "deck/", "/item", "deck/item/more"] {
            assert!(bad.parse::<ItemId>().is_err(), "{bad}");
        }
    }
}
