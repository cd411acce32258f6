//! Questions like one that was answered.

use std::collections::{BTreeSet, HashMap};

use super::hall::OpenSitting;
use super::results::beginning;
use super::views::SimilarQuestion;
use super::{DeskError, Sitwell};
use crate::deck::ItemId;
use crate::rich_text::plain_text;

/// Most questions that are shown.
const SHOWN: usize = 5;
/// Most questions whose words are compared.
const COMPARED: u32 = 60;
/// Most words that are asked for.
const MAX_WORDS: usize = 80;
/// Shorter words say little.
const LEAST_LETTERS: usize = 4;
/// Least likeness that is shown, in [0, 3].
const LEAST: f64 = 0.75;

/// How alike two questions are, in [0, 3]: the share of the words' weight that they have in common
/// (BM25 over that of the question with itself), the share of common tags (Jaccard), and one half
/// for the same task.
fn likeness(words: f64, tags: (&[String], &[String]), same_task: bool) -> f64 {
    let set = |tags: &[String]| tags.iter().cloned().collect::<BTreeSet<String>>();
    let (one, other) = (set(tags.0), set(tags.1));
    let all = one.union(&other).count();
    let common = one.intersection(&other).count() as f64 / all.max(1) as f64;
    words.clamp(0.0, 1.0) + common + if same_task { 0.5 } else { 0.0 }
}

/// The words of a text that say something, each once, in lower case.
fn telling_words(text: &str) -> Vec<String> {
    let mut known = BTreeSet::new();
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words
        .filter(|word| word.chars().count() >= LEAST_LETTERS && known.insert(word.clone()))
        .take(MAX_WORDS)
        .collect()
}

impl Sitwell {
    /// Questions of the exam like the one at `position` of a sitting, the most alike first, and
    /// whether that one is on the list to drill.
    pub(super) async fn similar(
        &self,
        code: &str,
        sitting: &OpenSitting,
        position: u32,
        this: &ItemId,
    ) -> Result<(Vec<SimilarQuestion>, bool), DeskError> {
        let bank = self.store.bank(code).await?;
        let listed = bank.iter().any(|item| item.id == *this && item.listed);
        let (question, _) = sitting.question(position)?;
        let keys = question.options.iter().filter(|option| option.key);
        let mut text = plain_text(&question.stem);
        for option in keys {
            text.push(' ');
            text.push_str(&plain_text(&option.text));
        }
        let found = self.store.questions_like(&telling_words(&text), COMPARED).await?;
        // The question itself has all its words; where it is gone, the best stands for it.
        let own = found.iter().find(|(id, ..)| id == this.as_str()).or(found.first());
        let own = own.map_or(1.0, |(_, _, score)| score.max(f64::MIN_POSITIVE));
        let found: HashMap<String, (String, f64)> =
            found.into_iter().map(|(id, text, score)| (id, (text, score / own))).collect();
        let place = sitting.record.form.items.get(position as usize);
        let task = place.map_or("", |place| &place.task);
        let tags = sitting.items.get(position as usize).map_or(&[][..], |item| &item.tags);
        let mut alike: Vec<(f64, &crate::exam::BankItem, &str)> = bank
            .iter()
            .filter(|item| item.id != *this)
            .filter_map(|item| {
                let (text, words) = found.get(item.id.as_str())?;
                let likeness = likeness(*words, (tags, &item.tags), item.task == task);
                (likeness >= LEAST).then_some((likeness, item, text.as_str()))
            })
            .collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        alike.truncate(SHOWN);
        let latest = self.latest_answers(code).await?;
        let shown = alike.into_iter().map(|(_, item, text)| SimilarQuestion {
            item: item.id.as_str().to_owned(),
            text: beginning(text),
            task: item.task.clone(),
            right: latest.get(&item.id).map(|mark| mark.right),
            listed: item.listed,
        });
        Ok((shown.collect(), listed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tags_and_task_each_add_to_likeness() {
        let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        let (one, other) = (tags(&["s3", "glue"]), tags(&["s3", "athena"]));
        let near = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-9, "{value}");
        near(likeness(1.0, (&one, &one), true), 2.5);
        near(likeness(0.2, (&one, &other), false), 0.2 + 1.0 / 3.0);
        near(likeness(7.0, (&[], &[]), false), 1.0);
    }

    #[test]
    fn short_and_repeated_words_are_left_out_and_nothing_is_a_query() {
        let words = telling_words("The NEAR(glue) OR glue* \"crawler\" is a crawler; é-commerce");
        assert_eq!(words, ["near", "glue", "crawler", "commerce"]);
    }
}
