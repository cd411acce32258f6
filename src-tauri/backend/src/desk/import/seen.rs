//! Which identities a file has had so far.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

/// Identities with the hash of their words. There may be a million, so two hashes stand for each,
/// of 128 bits together and by keys that no file can know.
#[derive(Debug, Default)]
pub(super) struct Seen {
    keys: [RandomState; 2],
    words: HashMap<[u64; 2], u64>,
}

impl Seen {
    /// With room for so many.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { words: HashMap::with_capacity(count), ..Self::default() }
    }

    fn key(&self, scheme: &str, guid: &str) -> [u64; 2] {
        self.keys.each_ref().map(|keys| keys.hash_one((scheme, guid)))
    }

    /// The words that an identity was seen with.
    pub(super) fn words(&self, scheme: &str, guid: &str) -> Option<u64> {
        self.words.get(&self.key(scheme, guid)).copied()
    }

    /// Remembers an identity; says whether it is new.
    pub(super) fn insert(&mut self, scheme: &str, guid: &str, words: u64) -> bool {
        self.words.insert(self.key(scheme, guid), words).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn an_identity_is_new_once_in_each_scheme() {
        let mut seen = Seen::default();
        assert_eq!(seen.words("anki", "a"), None);
        assert!(seen.insert("anki", "a", 1) && seen.insert("words", "a", 2));
        assert!(!seen.insert("anki", "a", 3));
        assert_eq!((seen.words("anki", "a"), seen.words("words", "a")), (Some(3), Some(2)));
    }
}
