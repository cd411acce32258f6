//! What is done with the responses of a question, and what an answer to it is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ItemSlug, Question, ResponseKind};

/// What a candidate does with the options of a question; the names are those of QTI 3
/// (1EdTech): choice, order and match interaction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "type")]
pub enum Interaction {
    /// Choose the keys.
    #[default]
    Choice,
    /// Put the keys in order. They stand first among the options, in the right order; the options
    /// behind them are not used.
    Order,
    /// Match each prompt with an option. An option is a key when a prompt needs it; the keys
    /// stand first, in the order in which prompts first need them.
    Match {
        /// In the order shown, at least two.
        prompts: Vec<Prompt>,
    },
}

impl Interaction {
    /// Whether keys are chosen. Such questions are stored without their interaction.
    pub fn is_choice(&self) -> bool {
        *self == Self::Choice
    }
}

/// Something to be matched with an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Markdown.
    pub text: String,
    /// Index of the option that it needs.
    pub option: u8,
    /// Markdown: why that option is the one. Empty when the author gave none.
    pub reason: String,
}

/// A scenario that several questions share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identity inside the deck.
    pub slug: ItemSlug,
    /// Markdown, the same for all questions of the case.
    pub scenario: String,
}

/// A task of another exam that an item serves too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlsoTask {
    /// Code of the exam.
    pub exam: String,
    /// Id of its task.
    pub task: String,
}

/// The places that an arrangement fills: positions of an order, or prompts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Places {
    /// How many there are.
    pub count: u8,
    /// Whether one response may stand in several of them.
    pub reuse: bool,
}

impl Places {
    /// In how many ways the places can be filled from this many responses; at least 1.
    pub fn arrangements(self, responses: usize) -> f64 {
        let ways = |taken: u8| {
            let left = if self.reuse { responses } else { responses.saturating_sub(taken.into()) };
            left.max(1) as f64
        };
        (0..self.count).map(ways).product()
    }
}

/// An answer to a question, complete or not. Options are named by the author's index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The options chosen.
    Choice(BTreeSet<u8>),
    /// The option in each place; `None` where there is none yet.
    Arrangement(Vec<Option<u8>>),
}

impl Answer {
    /// Whether nothing is chosen and nothing placed.
    pub fn is_empty(&self) -> bool {
        self.given() == 0
    }

    /// Options chosen, or places filled.
    pub fn given(&self) -> usize {
        match self {
            Self::Choice(options) => options.len(),
            Self::Arrangement(places) => places.iter().flatten().count(),
        }
    }
}

impl Question {
    /// How it is answered.
    pub fn kind(&self) -> ResponseKind {
        match self.interaction {
            Interaction::Choice if self.key_count() == 1 => ResponseKind::Single,
            Interaction::Choice => ResponseKind::Multiple,
            Interaction::Order => ResponseKind::Ordering,
            Interaction::Match { .. } => ResponseKind::Matching,
        }
    }

    /// What an arrangement fills; none where keys are chosen.
    pub fn places(&self) -> Option<Places> {
        let count = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
        match &self.interaction {
            Interaction::Choice => None,
            Interaction::Order => Some(Places { count: count(self.key_count()), reuse: false }),
            Interaction::Match { prompts } => {
                let distinct: BTreeSet<u8> = prompts.iter().map(|prompt| prompt.option).collect();
                let reuse = distinct.len() < prompts.len();
                Some(Places { count: count(prompts.len()), reuse })
            }
        }
    }

    /// The right answer.
    pub fn key(&self) -> Answer {
        let keys = self.options.iter().zip(0..).filter(|(option, _)| option.key).map(|(_, i)| i);
        match &self.interaction {
            Interaction::Choice => Answer::Choice(keys.collect()),
            Interaction::Order => Answer::Arrangement(keys.map(Some).collect()),
            Interaction::Match { prompts } => {
                Answer::Arrangement(prompts.iter().map(|prompt| Some(prompt.option)).collect())
            }
        }
    }

    /// The prompts of a matching question; none of any other.
    pub fn prompts(&self) -> &[Prompt] {
        match &self.interaction {
            Interaction::Match { prompts } => prompts,
            Interaction::Choice | Interaction::Order => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deck::{Choice, ContentHash, Difficulty, Item, ItemBody};

    fn question(keys: usize, others: usize, interaction: Interaction) -> Question {
        let option = |index: usize| Choice {
            text: format!("Option {index}"),
            key: index < keys,
            reason: String::new(),
        };
        Question {
            difficulty: Difficulty::Easy,
            stem: "Which?".into(),
            options: (0..keys + others).map(option).collect(),
            explanation: String::new(),
            references: vec![],
            enemies: vec![],
            interaction,
            case: None,
        }
    }

    fn matching(options: &[u8], others: usize) -> Question {
        let prompt = |&option: &u8| Prompt { text: "p".into(), option, reason: String::new() };
        let prompts = options.iter().map(prompt).collect();
        let keys = usize::from(*options.iter().max().unwrap()) + 1;
        question(keys, others, Interaction::Match { prompts })
    }

    #[test]
    fn a_choice_question_is_stored_as_it_was_before_there_were_others() {
        let item = Item {
            slug: "a".parse().unwrap(),
            task: Some("1.2".into()),
            tags: vec!["s3".into()],
            also: vec![],
            checked: None,
            body: ItemBody::Question(question(1, 1, Interaction::Choice)),
        };
        let stored = r#"{"slug":"a","task":"1.2","tags":["s3"],"checked":null,"body":{"kind":"question","difficulty":"easy","stem":"Which?","options":[{"text":"Option 0","key":true,"reason":""},{"text":"Option 1","key":false,"reason":""}],"explanation":"","references":[],"enemies":[]}}"#;
        assert_eq!(serde_json::to_string(&item).unwrap(), stored);
        assert_eq!(item.content_hash(), ContentHash::of(stored.as_bytes()));
        assert_eq!(serde_json::from_str::<Item>(stored).unwrap(), item);
    }

    #[test]
    fn the_right_answer_of_each_kind() {
        assert_eq!(question(2, 3, Interaction::Choice).key(), Answer::Choice([0, 1].into()));
        let order = question(3, 1, Interaction::Order);
        assert_eq!(order.key(), Answer::Arrangement(vec![Some(0), Some(1), Some(2)]));
        assert_eq!(order.kind(), ResponseKind::Ordering);
        let matching = matching(&[0, 1, 0], 1);
        assert_eq!(matching.key(), Answer::Arrangement(vec![Some(0), Some(1), Some(0)]));
        assert_eq!(matching.places(), Some(Places { count: 3, reuse: true }));
    }

    /// Counts the arrangements one by one.
    fn count(places: u8, responses: u8, reuse: bool, taken: &mut Vec<u8>) -> u32 {
        if places == 0 {
            return 1;
        }
        let mut ways = 0;
        for response in 0..responses {
            if reuse || !taken.contains(&response) {
                taken.push(response);
                ways += count(places - 1, responses, reuse, taken);
                taken.pop();
            }
        }
        ways
    }

    proptest! {
        #[test]
        fn the_ways_to_fill_the_places_are_those_counted_one_by_one(
            count_of in 1_u8..=5,
            more in 0_u8..=2,
            reuse in any::<bool>(),
        ) {
            let places = Places { count: count_of, reuse };
            let ways = count(count_of, count_of + more, reuse, &mut Vec::new());
            let difference = places.arrangements(usize::from(count_of + more)) - f64::from(ways);
            prop_assert!(difference.abs() < 1e-9, "{places:?}, {more} more");
        }
    }

    #[test]
    fn the_ways_to_fill_the_places_are_counted() {
        let ways = |question: Question| {
            question.places().map(|places| places.arrangements(question.options.len()))
        };
        assert_eq!(ways(question(3, 0, Interaction::Order)), Some(6.0));
        assert_eq!(ways(question(3, 2, Interaction::Order)), Some(60.0));
        assert_eq!(ways(matching(&[0, 1, 2], 1)), Some(24.0));
        assert_eq!(ways(matching(&[0, 0, 1], 2)), Some(64.0));
        assert_eq!(ways(question(1, 3, Interaction::Choice)), None);
    }
}
