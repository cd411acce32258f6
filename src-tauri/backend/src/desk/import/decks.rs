//! Which decks the items of a file go to.

use super::ImportError;
use super::identity::{self, NATIVE};
use crate::deck::DeckSlug;
use crate::desk::library::free_slug;
use crate::desk::views::{ImportOptions, ImportTarget};
use crate::desk::{DeskError, Sitwell};
use crate::formats::{Draft, DraftDeck};
use crate::store::DeckPlace;
use crate::study::tree::parts;

/// A deck of the file with where its items go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedDeck {
    /// Title with the decks it hangs under.
    pub(super) title: String,
    pub(super) slug: DeckSlug,
    /// The deck that is here; it may have been taken out.
    pub(super) known: Option<DeckPlace>,
    /// The exam that its items name tasks of.
    pub(super) exam: Option<String>,
    /// What the file calls it.
    pub(super) guid: String,
}

/// Finds the decks that are here, and names those that are not.
pub(super) async fn plan_decks(
    desk: &Sitwell,
    draft: &Draft,
    options: &ImportOptions,
) -> Result<Vec<PlannedDeck>, DeskError> {
    let places = desk.store.deck_places().await?;
    let mut taken: Vec<String> = places.iter().map(|place| place.slug.clone()).collect();
    let scheme = identity::scheme(draft.format);
    let mut planned = Vec::with_capacity(draft.decks.len());
    for deck in &draft.decks {
        let guid = identity::of_deck(deck);
        let known = match &options.target {
            ImportTarget::Deck { slug } => Some(target(&places, slug)?),
            ImportTarget::Own => find(&places, scheme, &guid, deck),
        };
        let named = deck.blueprint.clone().or_else(|| options.exam.clone());
        if let Some(known) = known {
            planned.push(PlannedDeck {
                title: known.title.clone(),
                slug: known.slug.parse()?,
                exam: known.blueprint.clone().or(named),
                known: Some(known.clone()),
                guid,
            });
            continue;
        }
        let title = free_title(&places, &identity::title(deck));
        let wanted = Some(&guid).filter(|guid| scheme == NATIVE && !taken.contains(guid));
        let slug = match wanted.and_then(|wanted| wanted.parse().ok()) {
            Some(slug) => slug,
            None => free_slug(&title, &taken)?,
        };
        taken.push(slug.as_str().to_owned());
        planned.push(PlannedDeck { title, slug, known: None, exam: named, guid });
    }
    Ok(planned)
}

/// The deck that all items are to go to.
fn target<'a>(places: &'a [DeckPlace], slug: &str) -> Result<&'a DeckPlace, DeskError> {
    let place = places.iter().find(|place| place.slug == slug && !place.deleted);
    let place = place.ok_or_else(|| DeskError::NoSuchDeck(slug.to_owned()))?;
    if place.bundled {
        return Err(ImportError::Bundled(place.title.clone()).into());
    }
    Ok(place)
}

/// The deck that the file brought before, else one of its title. One that comes with Sitwell is
/// replaced whole at each start, so nothing is put into it.
fn find<'a>(
    places: &'a [DeckPlace],
    scheme: &str,
    guid: &str,
    deck: &DraftDeck,
) -> Option<&'a DeckPlace> {
    let own = |place: &&DeckPlace| !place.bundled;
    let brought =
        |place: &&DeckPlace| place.sources.iter().any(|(of, known)| of == scheme && known == guid);
    let named = |place: &&DeckPlace| scheme == NATIVE && place.slug == guid;
    let title = identity::title(deck);
    let titled = |place: &&DeckPlace| !place.deleted && parts(&place.title) == parts(&title);
    let places = || places.iter().filter(own);
    places().find(brought).or_else(|| places().find(named)).or_else(|| places().find(titled))
}

/// A title that no deck here has; only those that come with Sitwell can stand in its way.
fn free_title(places: &[DeckPlace], title: &str) -> String {
    let taken = |title: &str| {
        places.iter().any(|place| !place.deleted && parts(&place.title) == parts(title))
    };
    let numbered = (2u32..).map(|number| format!("{title} ({number})"));
    let mut titles = std::iter::once(title.to_owned()).chain(numbered);
    titles.find(|title| !taken(title)).unwrap_or_else(|| title.to_owned())
}
