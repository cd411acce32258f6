//! The exam that a command is about when none is named.

use anyhow::Context as _;
use sitwell_backend::blueprint::Blueprint;
use sitwell_backend::bundled;

/// The exam of this code, in capitals or not; that of the largest bundled deck when none is given.
pub(crate) fn exam(code: Option<&str>) -> anyhow::Result<Blueprint> {
    let code = if let Some(code) = code {
        code.to_owned()
    } else {
        let decks = bundled::decks().context("a bundled deck does not load")?;
        let largest = decks.into_iter().max_by_key(|deck| deck.cards().count());
        largest
            .and_then(|deck| deck.meta.blueprint)
            .context("no bundled deck is for an exam; name one")?
    };
    let known = bundled::blueprints().context("a bundled blueprint does not load")?;
    let found = known.into_iter().find(|known| known.code.eq_ignore_ascii_case(&code));
    found.with_context(|| format!("there is no exam “{code}” here"))
}
