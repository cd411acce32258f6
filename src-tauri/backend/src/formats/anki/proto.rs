//! What is read of Anki's messages in protobuf: the fields that matter here, by the numbers of its
//! `import_export.proto`, `notetypes.proto` and `decks.proto`. Others are passed over.

use prost::Message;

/// The file `meta` of a package.
#[derive(Clone, PartialEq, Message)]
pub(super) struct PackageMetadata {
    /// 1 and 2: legacy; 3: zstd and protobuf.
    #[prost(uint32, tag = "1")]
    pub(super) version: u32,
}

/// The file `media` of a package of version 3.
#[derive(Clone, PartialEq, Message)]
pub(super) struct MediaEntries {
    /// By their number in the zip.
    #[prost(message, repeated, tag = "1")]
    pub(super) entries: Vec<MediaEntry>,
}

/// A file.
#[derive(Clone, PartialEq, Message)]
pub(super) struct MediaEntry {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    /// Its size in bytes, unpacked.
    #[prost(uint32, tag = "2")]
    pub(super) size: u32,
    /// Its number in the zip where that is not its place in the list.
    #[prost(uint32, optional, tag = "255")]
    pub(super) legacy_zip_filename: Option<u32>,
}

/// Configuration of a note type.
#[derive(Clone, PartialEq, Message)]
pub(super) struct NotetypeConfig {
    /// 0: cards by templates; 1: cards by numbers of clozes.
    #[prost(int32, tag = "1")]
    pub(super) kind: i32,
}

/// Configuration of a template.
#[derive(Clone, PartialEq, Message)]
pub(super) struct TemplateConfig {
    #[prost(string, tag = "1")]
    pub(super) q_format: String,
    #[prost(string, tag = "2")]
    pub(super) a_format: String,
}

/// Kind of a deck.
#[derive(Clone, PartialEq, Message)]
pub(super) struct DeckKind {
    /// None for a filtered one.
    #[prost(message, optional, tag = "1")]
    pub(super) normal: Option<NormalDeck>,
}

/// A deck that is no filtered one.
#[derive(Clone, PartialEq, Message)]
pub(super) struct NormalDeck {
    #[prost(string, tag = "4")]
    pub(super) description: String,
    #[prost(bool, tag = "5")]
    pub(super) markdown_description: bool,
}
