//! Decks hang under each other by their titles: `A::B` hangs B under A. Options are inherited and
//! daily limits hold along this tree.

use std::collections::HashMap;

/// What separates the parts of a title.
pub const SEPARATOR: &str = "::";

/// A deck in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Identity of the deck.
    pub deck: i64,
    /// What is left of its title below the deck it hangs under.
    pub name: String,
    /// How deep it hangs, 0 for the top.
    pub depth: u32,
    /// Place of the deck it hangs under.
    pub parent: Option<usize>,
}

/// Decks in the order of the tree: each follows the one it hangs under.
///
/// A deck whose parent is not there hangs under the nearest one that is, and its name keeps the
/// parts between; no row is made up for the missing one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeckTree {
    nodes: Vec<Node>,
    places: HashMap<i64, usize>,
}

/// The parts of a title, without blanks around them; empty parts count as none.
pub fn parts(title: &str) -> Vec<&str> {
    let parts: Vec<&str> =
        title.split(SEPARATOR).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { vec![title] } else { parts }
}

impl DeckTree {
    /// The tree of these decks, given by identity and title.
    pub fn new<'a>(decks: impl IntoIterator<Item = (i64, &'a str)>) -> Self {
        let mut decks: Vec<(Vec<&str>, i64)> =
            decks.into_iter().map(|(deck, title)| (parts(title), deck)).collect();
        decks.sort();
        let mut nodes: Vec<Node> = Vec::with_capacity(decks.len());
        // Places of the decks above the one at hand, with how many parts their titles have.
        let mut above: Vec<(usize, &[&str])> = Vec::new();
        for (place, (parts, deck)) in decks.iter().enumerate() {
            while let Some((_, upper)) = above.last()
                && (upper.len() >= parts.len() || !parts.starts_with(upper))
            {
                above.pop();
            }
            let used = above.last().map_or(0, |(_, upper)| upper.len());
            nodes.push(Node {
                deck: *deck,
                name: parts[used..].join(SEPARATOR),
                depth: u32::try_from(above.len()).unwrap_or(u32::MAX),
                parent: above.last().map(|(place, _)| *place),
            });
            above.push((place, parts));
        }
        let places = nodes.iter().enumerate().map(|(place, node)| (node.deck, place)).collect();
        Self { nodes, places }
    }

    /// The decks in order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Where a deck stands.
    pub fn place(&self, deck: i64) -> Option<usize> {
        self.places.get(&deck).copied()
    }

    /// Places from the deck itself up to the top; empty when it is not there.
    pub fn upwards(&self, deck: i64) -> impl Iterator<Item = usize> {
        let parent = |place: &usize| self.nodes.get(*place).and_then(|node| node.parent);
        std::iter::successors(self.place(deck), parent)
    }

    /// The deck and all below it; empty when it is not there.
    pub fn subtree(&self, deck: i64) -> Vec<i64> {
        let Some(place) = self.place(deck) else { return Vec::new() };
        let depth = self.nodes[place].depth;
        let below = self.nodes[place + 1..].iter().take_while(|node| node.depth > depth);
        std::iter::once(deck).chain(below.map(|node| node.deck)).collect()
    }

    /// Sums of a value over each deck and all below it, in the order of the tree.
    pub fn sums<T: Clone + std::ops::AddAssign>(&self, own: impl Fn(i64) -> T) -> Vec<T> {
        let mut sums: Vec<T> = self.nodes.iter().map(|node| own(node.deck)).collect();
        for place in (0..self.nodes.len()).rev() {
            if let Some(parent) = self.nodes[place].parent {
                let below = sums[place].clone();
                sums[parent] += below;
            }
        }
        sums
    }
}

/// What may still be shown today of each deck, by its own limit and those of all above it.
#[derive(Debug, Clone)]
pub struct Allowance<'a> {
    tree: &'a DeckTree,
    left: Vec<u32>,
}

impl<'a> Allowance<'a> {
    /// Limits less what was done today in each deck itself; a card counts against its deck and
    /// against all above it.
    pub fn new(tree: &'a DeckTree, limit: impl Fn(i64) -> u32, done: impl Fn(i64) -> u32) -> Self {
        let done = tree.sums(|deck| u64::from(done(deck)));
        let left = tree.nodes().iter().zip(done);
        let left = left.map(|(node, done)| {
            limit(node.deck).saturating_sub(u32::try_from(done).unwrap_or(u32::MAX))
        });
        Self { tree, left: left.collect() }
    }

    /// The decks, in the order of the tree.
    pub fn decks(&self) -> Vec<i64> {
        self.tree.nodes().iter().map(|node| node.deck).collect()
    }

    /// How many more cards of this deck may be shown.
    pub fn left(&self, deck: i64) -> u32 {
        self.tree.upwards(deck).map(|place| self.left[place]).min().unwrap_or(0)
    }

    /// Takes up to `wanted` cards of a deck; says how many there may be.
    pub fn take(&mut self, deck: i64, wanted: u32) -> u32 {
        let taken = self.left(deck).min(wanted);
        for place in self.tree.upwards(deck) {
            self.left[place] -= taken;
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree() -> DeckTree {
        DeckTree::new([(1, "B"), (2, "A::X::Y"), (3, "A"), (4, "A::Z"), (5, "C::D")])
    }

    #[test]
    fn a_deck_follows_the_one_it_hangs_under_and_a_missing_one_is_left_out() {
        let tree = tree();
        let shown: Vec<_> =
            tree.nodes().iter().map(|node| (node.deck, node.name.as_str(), node.depth)).collect();
        assert_eq!(shown, [(3, "A", 0), (2, "X::Y", 1), (4, "Z", 1), (1, "B", 0), (5, "C::D", 0)]);
        assert_eq!(tree.subtree(3), [3, 2, 4]);
        assert_eq!(tree.subtree(99), [] as [i64; 0]);
        assert_eq!(tree.sums(|deck| deck), [9, 2, 4, 1, 5]);
    }

    #[test]
    fn a_card_counts_against_its_deck_and_all_above_it() {
        let tree = tree();
        let limit = |deck| if deck == 3 { 10 } else { 8 };
        let done = |deck| if deck == 2 { 3 } else { 0 };
        let mut left = Allowance::new(&tree, limit, done);
        assert_eq!((left.left(3), left.left(2), left.left(4), left.left(1)), (7, 5, 7, 8));
        assert_eq!(left.take(4, 6), 6);
        assert_eq!((left.left(3), left.left(2), left.left(4)), (1, 1, 1));
        assert_eq!(left.take(2, 6), 1);
        assert_eq!((left.take(3, 1), left.left(1)), (0, 8));
    }

    proptest! {
        #[test]
        fn any_titles_make_a_tree(titles in proptest::collection::vec("[ab]?(::[ab ]?){0,4}", 0..12)) {
            let decks = titles.iter().zip(0..).map(|(title, deck)| (deck, title.as_str()));
            let tree = DeckTree::new(decks);
            prop_assert_eq!(tree.nodes().len(), titles.len());
            for (place, node) in tree.nodes().iter().enumerate() {
                prop_assert!(node.parent.is_none_or(|parent| parent < place));
                let depth = tree.upwards(node.deck).count() - 1;
                prop_assert_eq!(node.depth as usize, depth);
                for below in tree.subtree(node.deck) {
                    prop_assert!(tree.upwards(below).any(|above| above == place));
                }
            }
        }
    }
}
