#![expect(
    clippy::todo,
    clippy::unused_async,
    clippy::missing_errors_doc,
    unused_variables,
    reason = "contract"
)]
//! Contract: to be filled in.

use super::views::{
    BrowseAction, BrowseDone, BrowseOrder, BrowseView, EditorView, ItemDraft, PreviewView,
    Selection,
};
use super::{DeskError, Sitwell};
use crate::store::OperationKind;

impl Sitwell {
    /// The rows that a query finds.
    pub async fn browse(
        &self,
        query: &str,
        order: BrowseOrder,
        offset: u32,
        limit: u32,
    ) -> Result<BrowseView, DeskError> {
        todo!()
    }

    /// Does something to rows; one operation, to be undone as one.
    pub async fn act_on_rows(
        &self,
        selection: &Selection,
        action: BrowseAction,
    ) -> Result<BrowseDone, DeskError> {
        todo!()
    }

    /// An item in the editor.
    pub async fn item_editor(&self, item: &str) -> Result<EditorView, DeskError> {
        todo!()
    }

    /// A draft as it would be seen; nothing is kept.
    pub async fn preview_item(&self, draft: &ItemDraft) -> Result<PreviewView, DeskError> {
        todo!()
    }

    /// Keeps a draft: a new item, or new words of one.
    pub async fn save_item(&self, draft: ItemDraft) -> Result<EditorView, DeskError> {
        todo!()
    }

    /// Gives an item the words back that its deck came with.
    pub async fn restore_item(&self, item: &str) -> Result<EditorView, DeskError> {
        todo!()
    }

    /// Takes back the last thing that was done; says what it was.
    pub async fn undo(&self) -> Result<Option<OperationKind>, DeskError> {
        todo!()
    }

    /// Does again what was last taken back; says what it was.
    pub async fn redo(&self) -> Result<Option<OperationKind>, DeskError> {
        todo!()
    }
}
