//! What can be done to rows of the table: each one operation, undone and redone as one.

use std::collections::HashSet;

use super::views::{BrowseAction, BrowseDone, RowId, Selection};
use super::{DeskError, Sitwell};
use crate::search;
use crate::store::{CardRow, ItemState, OperationKind};
use crate::study::CardState;

/// Most rows of one operation.
const MAX_ROWS: u32 = 100_000;
/// Longest tag, in characters, and most tags of an item; as in the deck format.
const MAX_TAG: usize = 64;
const MAX_TAGS: usize = 32;

impl Sitwell {
    /// Does something to rows; one operation, to be undone as one. Rows that are gone are passed
    /// over, and so are questions where it is about cards.
    ///
    /// # Errors
    /// [`DeskError`] when the query of the selection cannot be understood, there are too many
    /// rows, the flag or tag is none, or it cannot be kept. Nothing is changed then.
    pub async fn act_on_rows(
        &self,
        selection: &Selection,
        action: BrowseAction,
    ) -> Result<BrowseDone, DeskError> {
        let rows = self.selected(selection).await?;
        match action {
            BrowseAction::AddTag(tag) => {
                let tag = checked_tag(&tag)?;
                self.retag(&rows, &tag, true).await
            }
            BrowseAction::RemoveTag(tag) => {
                self.retag(&rows, &tag.trim().to_lowercase(), false).await
            }
            BrowseAction::Delete => self.delete(&rows).await,
            BrowseAction::Flag(flag) if flag > 7 => Err(DeskError::NoSuchFlag(flag)),
            BrowseAction::Flag(flag) => {
                self.change_cards(&rows, OperationKind::Flag, |row| row.flag = flag).await
            }
            BrowseAction::Suspend => {
                self.change_cards(&rows, OperationKind::Suspend, |row| row.suspended = true).await
            }
            BrowseAction::Resume => {
                self.change_cards(&rows, OperationKind::Suspend, |row| row.suspended = false).await
            }
            BrowseAction::Bury => {
                let today = self.desktop().await?.today;
                let bury = |row: &mut CardRow| row.buried_day = Some(today);
                self.change_cards(&rows, OperationKind::Bury, bury).await
            }
            BrowseAction::Reset => {
                let reset = |row: &mut CardRow| row.state = CardState::NEW;
                self.change_cards(&rows, OperationKind::Reset, reset).await
            }
        }
    }

    async fn selected(&self, selection: &Selection) -> Result<Vec<RowId>, DeskError> {
        let rows = match selection {
            Selection::Rows(rows) => rows.clone(),
            Selection::Query(query) => {
                let bad = |fault: search::Fault| DeskError::BadQuery(fault.message);
                let tree = search::parse(query).tree.map_err(bad)?;
                let desktop = self.desktop().await?;
                let scope = self.scope(&desktop, tree.as_ref()).map_err(bad)?;
                let found = self.store.find_rows(tree.as_ref(), &scope, MAX_ROWS + 1).await?;
                found.into_iter().map(|(item, card)| RowId { item, card }).collect()
            }
        };
        if rows.len() > MAX_ROWS as usize {
            return Err(DeskError::TooManyRows(MAX_ROWS));
        }
        let mut seen = HashSet::new();
        Ok(rows.into_iter().filter(|row| seen.insert(row.clone())).collect())
    }

    async fn change_cards(
        &self,
        rows: &[RowId],
        kind: OperationKind,
        change: impl Fn(&mut CardRow),
    ) -> Result<BrowseDone, DeskError> {
        let _turn = self.study.turn.lock().await;
        let mut after = Vec::new();
        for row in rows {
            let Some(card) = row.card else { continue };
            let before = self.store.card(card).await?.filter(|c| c.item.as_str() == row.item);
            let Some(before) = before else { continue };
            let mut changed = before.clone();
            change(&mut changed);
            if changed != before {
                after.push(changed);
            }
        }
        if !after.is_empty() {
            self.store.operate(kind, self.clock.now().wall_ms, &after).await?;
        }
        Ok(BrowseDone { changed: count(after.len()) })
    }

    async fn retag(&self, rows: &[RowId], tag: &str, give: bool) -> Result<BrowseDone, DeskError> {
        let mut after = Vec::new();
        for item in items(rows) {
            let Some(record) = self.store.item_record(item).await? else { continue };
            let tags = record.tags();
            if tags.iter().any(|known| known == tag) == give {
                continue;
            }
            if give && tags.len() >= MAX_TAGS {
                return Err(DeskError::BadTag(format!("{tag} (beyond {MAX_TAGS} on {item})")));
            }
            let of_words = record.item.tags.iter().any(|known| known == tag);
            let mut state = record.state;
            state.given.retain(|known| known != tag);
            state.taken.retain(|known| known != tag);
            match (give, of_words) {
                (true, false) => state.given.push(tag.to_owned()),
                (false, true) => state.taken.push(tag.to_owned()),
                _ => {}
            }
            after.push(state);
        }
        self.change_items(rows, OperationKind::Tag, &after).await
    }

    async fn delete(&self, rows: &[RowId]) -> Result<BrowseDone, DeskError> {
        let now_ms = self.clock.now().wall_ms;
        let mut after = Vec::new();
        for item in items(rows) {
            if let Some(record) = self.store.item_record(item).await? {
                after.push(ItemState { deleted_ms: Some(now_ms), ..record.state });
            }
        }
        self.change_items(rows, OperationKind::Delete, &after).await
    }

    async fn change_items(
        &self,
        rows: &[RowId],
        kind: OperationKind,
        after: &[ItemState],
    ) -> Result<BrowseDone, DeskError> {
        if after.is_empty() {
            return Ok(BrowseDone { changed: 0 });
        }
        self.store.operate_on_items(kind, self.clock.now().wall_ms, after).await?;
        let changed: HashSet<&str> = after.iter().map(|state| state.id.as_str()).collect();
        let rows = rows.iter().filter(|row| changed.contains(row.item.as_str()));
        Ok(BrowseDone { changed: count(rows.count()) })
    }
}

/// The items of rows, each once, in order.
fn items(rows: &[RowId]) -> impl Iterator<Item = &str> {
    let mut seen = HashSet::new();
    rows.iter().map(|row| row.item.as_str()).filter(move |item| seen.insert(*item))
}

/// A tag in lower case, if it can be one.
pub(super) fn checked_tag(tag: &str) -> Result<String, DeskError> {
    let tag = tag.trim().to_lowercase();
    let sound = !tag.is_empty()
        && tag.chars().count() <= MAX_TAG
        && !tag.contains(|c: char| c == ',' || c.is_control());
    if sound { Ok(tag) } else { Err(DeskError::BadTag(tag.chars().take(MAX_TAG).collect())) }
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
