//! Papers of one's own: what they can be made of, and the one that was last begun.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::finished::Mark;
use super::views::{CountedName, CustomPaper, CustomView, PoolCounts, Practice};
use super::{DeskError, Sitwell};
use crate::blueprint::Blueprint;
use crate::deck::ItemId;
use crate::exam::custom::PaperSelection;
use crate::exam::{BankItem, Banks, Conditions};
use crate::store::SettingKey;

/// Most tags that are offered.
const TAGS: usize = 60;

/// The paper that was last begun, by the code of its exam.
type LastPapers = BTreeMap<String, CustomPaper>;

impl Sitwell {
    /// What a paper of one's own can be made of, and what this one would come to; the one that was
    /// last begun when none is given. What it names that is gone is left out of it.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam or task, the exam does not grant the conditions,
    /// its minutes are none, or the collection cannot be read.
    pub async fn custom(
        &self,
        code: &str,
        paper: Option<CustomPaper>,
        conditions: Conditions,
    ) -> Result<CustomView, DeskError> {
        let blueprint = self.blueprint(code)?;
        let mut paper = match paper {
            Some(paper) => paper,
            None => self.last_custom(blueprint).await?,
        };
        let decks: Vec<CountedName> = self
            .store
            .question_decks()
            .await?
            .into_iter()
            .filter(|deck| conditions.banks.hold(deck.bundled))
            .map(|deck| CountedName { id: deck.slug, name: deck.title, questions: deck.questions })
            .collect();
        let known = |slug: &String| decks.iter().any(|deck| deck.id == *slug);
        paper.selection.decks.retain(known);
        let wide = PaperSelection { tags: Vec::new(), ..paper.selection.clone() };
        let (bank, _) = self.custom_bank(blueprint, &wide, conditions.banks).await?;
        let tags = tags(&bank);
        let (bank, latest) =
            self.custom_bank(blueprint, &paper.selection, conditions.banks).await?;
        let practice = Practice::Custom { paper: paper.clone() };
        Ok(CustomView {
            outline: self.outline(code, practice, conditions).await?,
            pools: PoolCounts::of(&bank, &latest),
            paper,
            decks,
            tags,
        })
    }

    /// The questions of a selection with their latest answers.
    pub(super) async fn custom_bank(
        &self,
        blueprint: &Blueprint,
        selection: &PaperSelection,
        banks: Banks,
    ) -> Result<(Vec<BankItem>, HashMap<ItemId, Mark>), DeskError> {
        let (mut bank, latest) = if selection.decks.is_empty() {
            self.drill_bank(blueprint, &selection.tasks, banks).await?
        } else {
            let decks = self.store.question_decks().await?.into_iter();
            let mut chosen: Vec<String> =
                decks.filter(|deck| banks.hold(deck.bundled)).map(|deck| deck.slug).collect();
            chosen.retain(|slug| selection.decks.contains(slug));
            // Whoever names a deck may practise all of it, whatever kinds the exam asks.
            let bank = self.store.bank_of_decks(&blueprint.code, &chosen).await?;
            (bank, self.latest_answers(&blueprint.code).await?)
        };
        bank.retain(|item| selection.takes(item));
        Ok((bank, latest))
    }

    /// Remembers a paper for the next time.
    pub(super) async fn keep_custom(
        &self,
        code: &str,
        paper: CustomPaper,
    ) -> Result<(), DeskError> {
        let mut papers: LastPapers = self.store.setting(SettingKey::Custom).await?;
        papers.insert(self.blueprint(code)?.code.clone(), paper);
        Ok(self.store.set_setting(SettingKey::Custom, &papers).await?)
    }

    async fn last_custom(&self, blueprint: &Blueprint) -> Result<CustomPaper, DeskError> {
        let mut papers: LastPapers = self.store.setting(SettingKey::Custom).await?;
        let mut paper = papers.remove(&blueprint.code).unwrap_or_default();
        // The exam may have been reworded since.
        paper.selection.tasks.retain(|task| blueprint.task(task).is_some());
        Ok(paper)
    }
}

fn tags(bank: &[BankItem]) -> Vec<CountedName> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for tag in bank.iter().flat_map(|item| &item.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(&str, u32)> = counts.into_iter().collect();
    tags.sort_by_key(|(_, questions)| Reverse(*questions));
    let named = tags.into_iter().take(TAGS).map(|(tag, questions)| CountedName {
        id: tag.to_owned(),
        name: tag.to_owned(),
        questions,
    });
    named.collect()
}
