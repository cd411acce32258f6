//! The tables that rows are found in, as fixed fragments of SQL.

use super::SortKey;

/// Rows are of two kinds, each found in a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arm {
    Cards,
    /// Cards reached from their items, for keys that stand there.
    CardsOfItems,
    Questions,
    /// Items, whatever rows they make: for queries about nothing else.
    Items,
}

impl SortKey {
    /// The kinds of rows that can have a value.
    pub(super) fn arms(self) -> &'static [Arm] {
        match self {
            Self::Text | Self::Added => &[Arm::CardsOfItems, Arm::Questions],
            Self::Deck | Self::Task => &[Arm::Cards, Arm::Questions],
            _ => &[Arm::Cards],
        }
    }

    /// How cards are found with a value.
    pub(super) fn cards(self) -> Arm {
        if self.arms().contains(&Arm::CardsOfItems) { Arm::CardsOfItems } else { Arm::Cards }
    }

    /// Whether an index gives the order.
    pub(super) fn has_order(self) -> bool {
        matches!(self, Self::Text | Self::Added | Self::Due)
    }

    /// Whether that index holds deck and task too, so that no table is read to look at them.
    pub(super) fn holds_columns(self) -> bool {
        matches!(self, Self::Text | Self::Due)
    }

    pub(super) fn can_be_missing(self) -> bool {
        !matches!(self, Self::Text | Self::Deck | Self::Added)
    }
}

impl Arm {
    pub(super) fn alias(self) -> &'static str {
        match self {
            Self::Cards => "c",
            Self::CardsOfItems | Self::Questions | Self::Items => "x",
        }
    }

    /// The item in `search_items`.
    pub(super) fn item(self) -> &'static str {
        match self {
            Self::Cards => "c.search_id",
            Self::CardsOfItems | Self::Questions | Self::Items => "x.id",
        }
    }

    pub(super) fn identity(self) -> &'static str {
        match self {
            Self::Cards | Self::CardsOfItems => "c.id AS card, c.search_id AS item",
            Self::Questions | Self::Items => "NULL, x.id",
        }
    }

    /// That a row is there to be found.
    pub(super) fn present(self) -> &'static str {
        match self {
            // A function, so that the planner takes it for no reason to filter cards beforehand.
            Self::Cards | Self::CardsOfItems => "iif(c.absent = 1, c.phase <> 'new', c.absent = 0)",
            Self::Questions => "x.kind = 'question' AND x.absent = 0",
            Self::Items => "x.rows > 0",
        }
    }

    pub(super) fn from(self, key: Option<SortKey>) -> &'static str {
        match (self, key) {
            (Self::CardsOfItems, _) => {
                " FROM search_items x CROSS JOIN cards c ON c.search_id = x.id"
            }
            (Self::Cards, Some(SortKey::Deck)) => " FROM cards c JOIN decks d ON d.id = c.deck_id",
            (Self::Cards, _) => " FROM cards c",
            (Self::Questions | Self::Items, Some(SortKey::Deck)) => {
                " FROM search_items x JOIN decks d ON d.id = x.deck_id"
            }
            (Self::Questions | Self::Items, _) => " FROM search_items x",
        }
    }

    /// How cards are found from their items `h`, each looked up once; questions are not, of which
    /// there may be fewer than there are items.
    pub(super) fn of_hits(self, key: SortKey) -> Option<&'static str> {
        match (self, key) {
            (Self::CardsOfItems, _) => Some(
                " CROSS JOIN search_items x ON x.id = h.id CROSS JOIN cards c ON c.search_id = x.id",
            ),
            (Self::Cards, SortKey::Deck) => Some(
                " CROSS JOIN cards c ON c.search_id = h.id CROSS JOIN decks d ON d.id = c.deck_id",
            ),
            (Self::Cards, _) => Some(" CROSS JOIN cards c ON c.search_id = h.id"),
            (Self::Questions | Self::Items, _) => None,
        }
    }
}
