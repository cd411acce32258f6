//! What the days up to an exam hold, in expectation. Cards that are alike go together; a part of
//! each lot is recalled (Good) and the rest forgotten, as FSRS predicts, and both come back when
//! the scheduler says. No chance is drawn, so the same cards give the same plan.

use std::collections::{BTreeMap, HashMap};

use super::card::{CardState, Due, Grade, Memory, Phase};
use super::exam_date::ExamDate;
use super::memory::{days_between, retrievability};
use super::options::StudyOptions;
use super::schedule::{BadMemory, Context, grade};

const MS_PER_DAY: i64 = 86_400_000;
/// Showings within a day after which a lot is taken to be done with its steps.
const MOST_STEPS: u32 = 20;

/// Options with their model.
pub struct Set {
    /// How the lot is studied; intervals do not vary here.
    pub options: StudyOptions,
    /// The FSRS model of these options.
    pub model: fsrs::FSRS,
}

impl Set {
    /// The options without variation, which would only blur what is expected.
    pub fn new(options: &StudyOptions, model: &fsrs::FSRS) -> Self {
        let options = StudyOptions { fuzz: false, ..options.clone() };
        Self { options, model: model.clone() }
    }
}

/// Cards in review that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lot {
    /// How many; parts of a card are what is expected.
    pub cards: f64,
    /// Place of their options.
    pub set: usize,
    /// Their memory.
    pub memory: Memory,
    /// The study day they were last seen on.
    pub last_day: i64,
    /// The study day they are due on.
    pub due_day: i64,
}

/// Where a projection begins.
pub struct Beginning<'a> {
    /// The study day.
    pub today: i64,
    /// Days to project, today included.
    pub days: u32,
    /// The booked exam.
    pub exam: Option<ExamDate>,
    /// Options; the first are those of new cards.
    pub sets: &'a [Set],
    /// What is in review.
    pub lots: Vec<Lot>,
    /// Cards never seen.
    pub new: u32,
    /// New cards that today still brings.
    pub new_today: u32,
    /// New cards a day where the exam sets no pace.
    pub new_per_day: u32,
}

/// What a day holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ProjectedDay {
    /// Cards seen in review.
    pub reviews: f64,
    /// Cards introduced.
    pub new: u32,
    /// Showings in all, those within steps included.
    pub gradings: f64,
}

/// Lots by the day they are due on, alike ones put together.
#[derive(Default)]
struct Calendar {
    days: BTreeMap<i64, BTreeMap<(usize, i64, i64), Lot>>,
    load: HashMap<i64, u32>,
}

impl Calendar {
    fn put(&mut self, lot: Lot) {
        if lot.cards <= 0.0 {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "stabilities are 0.001 to 36500")]
        let size = (lot.memory.stability.max(0.001).ln() * 4.0).round() as i64;
        #[expect(clippy::cast_possible_truncation, reason = "difficulties are 1 to 10")]
        let hard = lot.memory.difficulty.round() as i64;
        let day = self.days.entry(lot.due_day).or_default();
        day.entry((lot.set, size, hard)).and_modify(|known| known.add(&lot)).or_insert(lot);
        let due: f64 = day.values().map(|lot| lot.cards).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        self.load.insert(lot.due_day, due.round() as u32);
    }
}

impl Lot {
    /// Puts another lot to this one; memory and last day are means by size.
    fn add(&mut self, other: &Self) {
        let all = self.cards + other.cards;
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = (other.cards / all) as f32;
        let mean = |a: f32, b: f32| a + (b - a) * share;
        self.memory.stability = mean(self.memory.stability, other.memory.stability);
        self.memory.difficulty = mean(self.memory.difficulty, other.memory.difficulty);
        if share > 0.5 {
            self.last_day = other.last_day;
        }
        self.cards = all;
    }
}

/// What each day from today on holds.
///
/// # Errors
/// [`BadMemory`] when FSRS refuses the memory of a lot.
pub fn project(beginning: Beginning<'_>) -> Result<Vec<ProjectedDay>, BadMemory> {
    let Beginning { today, days, exam, sets, lots, mut new, new_today, new_per_day } = beginning;
    let mut calendar = Calendar::default();
    for lot in lots {
        calendar.put(Lot { due_day: lot.due_day.max(today), ..lot });
    }
    let mut projected = Vec::with_capacity(days as usize);
    for day in (today..).take(days as usize) {
        let mut held = ProjectedDay::default();
        for lot in calendar.days.remove(&day).unwrap_or_default().into_values() {
            review(&lot, day, exam, sets, &mut calendar, &mut held)?;
        }
        let pace = exam.and_then(|exam| exam.new_today(day, new, new_per_day));
        let wanted = if day == today { new_today } else { pace.unwrap_or(new_per_day) };
        held.new = wanted.min(new);
        new -= held.new;
        let lot = Seen { cards: f64::from(held.new), set: 0, day, exam };
        lot.through(CardState::NEW, Grade::Good, sets, &mut calendar, &mut held)?;
        projected.push(held);
    }
    Ok(projected)
}

fn review(
    lot: &Lot,
    day: i64,
    exam: Option<ExamDate>,
    sets: &[Set],
    calendar: &mut Calendar,
    held: &mut ProjectedDay,
) -> Result<(), BadMemory> {
    let Some(set) = sets.get(lot.set) else { return Ok(()) };
    let elapsed = days_between(Some(lot.last_day), day);
    let recall = f64::from(retrievability(lot.memory, elapsed as f32, &set.options.parameters));
    held.reviews += lot.cards;
    let state = CardState {
        phase: Phase::Review,
        memory: Some(lot.memory),
        last_day: Some(lot.last_day),
        due: Due::Day(day),
        reviews: 1,
        ..CardState::NEW
    };
    for (grade, share) in [(Grade::Good, recall), (Grade::Again, 1.0 - recall)] {
        let seen = Seen { cards: lot.cards * share, set: lot.set, day, exam };
        seen.through(state, grade, sets, calendar, held)?;
    }
    Ok(())
}

/// Cards that are shown on a day.
struct Seen {
    cards: f64,
    set: usize,
    day: i64,
    exam: Option<ExamDate>,
}

impl Seen {
    /// Takes them through a grade and, with Good, through the steps that follow on the day.
    fn through(
        &self,
        mut state: CardState,
        first: Grade,
        sets: &[Set],
        calendar: &mut Calendar,
        held: &mut ProjectedDay,
    ) -> Result<(), BadMemory> {
        let Some(set) = sets.get(self.set).filter(|_| self.cards > 0.0) else { return Ok(()) };
        let mut graded = first;
        for _ in 0..MOST_STEPS {
            let context = Context {
                options: &set.options,
                model: &set.model,
                now_ms: self.day * MS_PER_DAY,
                today: self.day,
                exam: self.exam,
                load: &calendar.load,
                card: self.day,
            };
            state = grade(&state, graded, &context)?.state;
            held.gradings += self.cards;
            if let (Due::Day(due_day), Some(memory)) = (state.due, state.memory) {
                let last_day = self.day;
                calendar.put(Lot { cards: self.cards, set: self.set, memory, last_day, due_day });
                break;
            }
            graded = Grade::Good;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> Vec<Set> {
        let options = StudyOptions::default();
        vec![Set::new(&options, &options.model().unwrap())]
    }

    fn beginning(sets: &[Set]) -> Beginning<'_> {
        Beginning {
            today: 0,
            days: 40,
            exam: Some(ExamDate { day: 40 }),
            sets,
            lots: Vec::new(),
            new: 0,
            new_today: 0,
            new_per_day: 20,
        }
    }

    fn lot(cards: f64, due_day: i64) -> Lot {
        let memory = Memory { stability: 10.0, difficulty: 5.0 };
        Lot { cards, set: 0, memory, last_day: due_day - 10, due_day }
    }

    #[test]
    fn what_is_due_is_reviewed_on_its_day_and_comes_back_before_the_exam() {
        let sets = sets();
        let lots = vec![lot(30.0, -3), lot(10.0, 0), lot(5.0, 7)];
        let days = project(Beginning { lots, ..beginning(&sets) }).unwrap();
        assert!((days[0].reviews - 40.0).abs() < 1e-9, "what is late is due today");
        assert!(days[7].reviews >= 5.0);
        let later: f64 = days[1..].iter().map(|day| day.reviews).sum();
        assert!(later > 45.0, "everything is seen again before the exam: {later}");
        assert!(days[0].gradings > 40.0, "what is forgotten goes through its step");
    }

    #[test]
    fn new_cards_are_all_introduced_a_week_before_and_bring_reviews() {
        let sets = sets();
        let begin = Beginning { new: 330, new_today: 10, ..beginning(&sets) };
        let days = project(begin).unwrap();
        let introduced: Vec<u32> = days.iter().map(|day| day.new).collect();
        assert_eq!(introduced.iter().sum::<u32>(), 330);
        assert!(introduced[33..].iter().all(|new| *new == 0));
        assert!(days.iter().map(|day| day.reviews).sum::<f64>() > 330.0);
        assert!((days[0].gradings - 20.0).abs() < 1e-9, "two steps each");
    }

    #[test]
    fn the_same_beginning_gives_the_same_days() {
        let sets = sets();
        let lots: Vec<Lot> = (0..50).map(|n| lot(f64::from(n), i64::from(n % 13))).collect();
        let run = || {
            let lots = lots.clone();
            project(Beginning { lots, new: 90, ..beginning(&sets) }).unwrap()
        };
        assert_eq!(run(), run());
    }
}
