//! The exam and the questions that a command works with.

use std::path::Path;

use anyhow::Context as _;
use sitwell_backend::blueprint::Blueprint;
use sitwell_backend::bundled;
use sitwell_backend::deck::{Deck, Item, ItemId, Question};
use sitwell_backend::exam::BankItem;
use sitwell_backend::formats::markdown;

use super::BadInput;

/// There is no exam of this code.
#[derive(Debug)]
pub(super) struct UnknownExam {
    code: String,
    known: Vec<String>,
}

impl std::error::Error for UnknownExam {}

impl std::fmt::Display for UnknownExam {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no exam “{}”; there are {}", self.code, self.known.join(", "))
    }
}

/// An exam with its questions.
pub(super) struct Bank {
    pub(super) blueprint: Blueprint,
    pub(super) items: Vec<BankItem>,
    decks: Vec<Deck>,
}

impl Bank {
    /// The exam of this code, in capitals or not, with the deck at `path`, or with the bundled
    /// decks that serve it.
    pub(super) fn open(code: &str, path: Option<&Path>) -> anyhow::Result<Self> {
        let blueprints = bundled::blueprints()?;
        let unknown = || UnknownExam {
            code: code.to_owned(),
            known: blueprints.iter().map(|blueprint| blueprint.code.clone()).collect(),
        };
        let called = |known: &&Blueprint| known.code.eq_ignore_ascii_case(code);
        let blueprint = blueprints.iter().find(called).cloned().ok_or_else(unknown)?;
        let code = blueprint.code.as_str();
        let decks = match path {
            Some(path) => vec![read(path, code)?],
            None => bundled::decks()?,
        };
        let items = decks.iter().flat_map(|deck| BankItem::serving(deck, code)).collect();
        Ok(Self { blueprint, items, decks })
    }

    /// The question with this id.
    pub(super) fn question(&self, id: &ItemId) -> Option<(&Item, &Question)> {
        self.decks
            .iter()
            .find_map(|deck| deck.questions().find(|(item, _)| item.id(&deck.meta.slug) == *id))
    }
}

fn read(path: &Path, code: &str) -> anyhow::Result<Deck> {
    let sources = markdown::read_folder(path).context("cannot read the deck")?;
    let deck = markdown::parse(&sources).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        BadInput(lines.join("\n"))
    })?;
    match deck.deck.meta.blueprint.as_deref() {
        Some(other) if other != code && BankItem::serving(&deck.deck, code).is_empty() => {
            Err(BadInput(format!("{}: the deck is for {other}, not for {code}", path.display()))
                .into())
        }
        _ => Ok(deck.deck),
    }
}
