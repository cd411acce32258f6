//! A sitting as it must be, by what was acknowledged: a second opinion, told in the order shown.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use sitwell_backend::exam::sitting::{Confidence, EventKind};

use super::call::Call;
use super::reading::{Between, Reading};
use super::shown;

/// One question of a sitting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// How many options it has, how many to choose, and how many places; once it was shown.
    pub(super) shape: Option<Shape>,
    pub(super) chosen: BTreeSet<u8>,
    pub(super) struck: BTreeSet<u8>,
    pub(super) arrangement: Vec<Option<u8>>,
    pub(super) flagged: bool,
    pub(super) confidence: Option<Confidence>,
    pub(super) checked: bool,
    pub(super) comment: String,
}

/// What a question allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) options: u8,
    pub(super) select: u8,
    /// None where options are chosen.
    pub(super) places: usize,
}

impl Question {
    pub(super) fn answered(&self) -> bool {
        !self.chosen.is_empty() || self.arrangement.iter().any(Option::is_some)
    }
}

/// A sitting.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "what the rules of a mode say, each by itself")]
pub(super) struct Paper {
    pub(super) exam: String,
    pub(super) items: u32,
    /// Questions that are drawn.
    pub(super) drawn: u32,
    pub(super) explained: bool,
    stop_clock: bool,
    pub(super) timed: bool,
    pub(super) over: bool,
    pub(super) on_break: bool,
    pub(super) on_screen: Option<u32>,
    pub(super) questions: BTreeMap<u32, Question>,
    pub(super) log: Vec<EventKind>,
    pub(super) reading: Reading,
}

impl Paper {
    /// A sitting that has just begun.
    pub(super) fn of(view: &shown::Sitting, at: Between) -> Self {
        let clock = &view.clock;
        Self {
            exam: view.exam.clone(),
            items: view.items,
            drawn: u32::try_from(view.cells.len()).unwrap_or(u32::MAX),
            explained: view.explained,
            stop_clock: view.stop_clock,
            timed: clock.timed,
            over: false,
            on_break: false,
            on_screen: None,
            questions: BTreeMap::new(),
            log: Vec::new(),
            reading: Reading::new(clock.remaining_ms, clock.stands, at),
        }
    }

    /// What a call that is not refused puts into the log; none when it changes nothing.
    pub(super) fn event(&self, call: &Call) -> Option<EventKind> {
        let blank = Question::default();
        let of = |position: &u32| self.questions.get(position).unwrap_or(&blank);
        let (changes, event) = match call.clone() {
            Call::See { position, .. } => {
                (self.on_screen != Some(position), EventKind::Seen { position })
            }
            Call::Choose { position, options, .. } => {
                let options: BTreeSet<u8> = options.into_iter().collect();
                let question = of(&position);
                let restores = !question.struck.is_disjoint(&options);
                let changes = restores || question.chosen != options;
                (changes, EventKind::Chosen { position, options })
            }
            Call::Arrange { position, responses, .. } => {
                let changes = of(&position).arrangement != responses;
                (changes, EventKind::Arranged { position, responses })
            }
            Call::Strike { position, option, struck, .. } => {
                let changes = of(&position).struck.contains(&option) != struck;
                (changes, EventKind::Struck { position, option, struck })
            }
            Call::Flag { position, flagged, .. } => {
                (of(&position).flagged != flagged, EventKind::Flagged { position, flagged })
            }
            Call::Sure { position, confidence, .. } => {
                (of(&position).confidence != confidence, EventKind::Sure { position, confidence })
            }
            Call::Comment { position, text, .. } => {
                (of(&position).comment != text, EventKind::Commented { position, text })
            }
            Call::Check { position, .. } => {
                (!of(&position).checked, EventKind::Checked { position })
            }
            Call::Leave { .. } => (self.on_screen.is_some(), EventKind::Left),
            Call::Pause { .. } => (!self.on_break, EventKind::Paused),
            Call::ComeBack { .. } => (self.on_break, EventKind::Continued),
            Call::EndExam { .. } => (true, EventKind::Ended),
            Call::AbandonExam { .. } => (true, EventKind::Abandoned),
            _ => return None,
        };
        changes.then_some(event)
    }

    /// Something is in the log.
    pub(super) fn apply(&mut self, event: EventKind) {
        match &event {
            EventKind::Seen { position } => self.on_screen = Some(*position),
            EventKind::Left | EventKind::Resumed => self.on_screen = None,
            EventKind::Paused => (self.on_screen, self.on_break) = (None, true),
            EventKind::Continued => self.on_break = false,
            EventKind::Ended | EventKind::Abandoned | EventKind::Expired => {
                (self.on_screen, self.on_break, self.over) = (None, false, true);
            }
            _ => {}
        }
        if let Some(position) = event.position() {
            self.questions.entry(position).or_default().apply(&event);
        }
        self.log.push(event);
    }

    /// Whether its clock must stand now.
    pub(super) fn stands(&self) -> bool {
        let on_screen = self.on_screen.and_then(|position| self.questions.get(&position));
        let explained = on_screen.is_some_and(|question| question.checked);
        self.timed && !self.over && (explained || (self.on_break && self.stop_clock))
    }

    /// Holds what the clock shows against what it must show.
    pub(super) fn check_clock(&mut self, clock: &shown::Clock, at: Between) -> Result<()> {
        ensure!((clock.state != "running") == self.over, "the sitting is {}", clock.state);
        let stands = self.stands();
        ensure!(clock.stands == stands, "the clock stands: {}, but must: {stands}", clock.stands);
        if self.timed && !self.over {
            self.reading.leads_to(clock.remaining_ms, at)?;
        }
        self.reading = Reading::new(clock.remaining_ms, clock.stands, at);
        Ok(())
    }

    /// Holds a question on screen against what it must be.
    pub(super) fn check_question(&mut self, ack: &shown::Ack) -> Result<()> {
        let question = &ack.question;
        let known = self.questions.entry(question.position).or_default();
        let small = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
        let places = question.arrangement.len();
        known.shape = Some(Shape {
            options: small(question.options.len()),
            select: small(question.select as usize),
            places,
        });
        known.arrangement.resize(places, None);
        let with = |holds: fn(&shown::ShownOption) -> bool| {
            let found = question.options.iter().zip(0..).filter(|(option, _)| holds(option));
            found.map(|(_, index)| index).collect::<BTreeSet<u8>>()
        };
        let used: BTreeSet<u8> = known.arrangement.iter().flatten().copied().collect();
        let shown = Question {
            shape: known.shape,
            // Where responses are placed, those count as chosen.
            chosen: with(|option| option.chosen).difference(&used).copied().collect(),
            struck: with(|option| option.struck),
            arrangement: question.arrangement.clone(),
            flagged: question.flagged,
            confidence: question.confidence,
            checked: ack.feedback.is_some(),
            comment: question.comment.clone(),
        };
        ensure!(shown == *known, "a question is {shown:?}, but must be {known:?}");
        let position = question.position;
        self.check_cell(position, &ack.cell)
    }

    /// Holds a cell of the navigator against what it must be.
    pub(super) fn check_cell(&self, position: u32, cell: &shown::Cell) -> Result<()> {
        let seen = |event: &EventKind| *event == EventKind::Seen { position };
        let question = self.questions.get(&position);
        let must = shown::Cell {
            seen: self.log.iter().any(seen),
            answered: question.is_some_and(Question::answered),
            flagged: question.is_some_and(|question| question.flagged),
        };
        ensure!(*cell == must, "cell {position} is {cell:?}, but must be {must:?}");
        Ok(())
    }
}

impl Question {
    fn apply(&mut self, event: &EventKind) {
        match event {
            EventKind::Chosen { options, .. } => {
                self.struck.retain(|option| !options.contains(option));
                self.chosen.clone_from(options);
            }
            EventKind::Arranged { responses, .. } => self.arrangement.clone_from(responses),
            EventKind::Struck { option, struck: true, .. } => {
                self.chosen.remove(option);
                self.struck.insert(*option);
            }
            EventKind::Struck { option, .. } => {
                self.struck.remove(option);
            }
            EventKind::Flagged { flagged, .. } => self.flagged = *flagged,
            EventKind::Sure { confidence, .. } => self.confidence = *confidence,
            EventKind::Checked { .. } => self.checked = true,
            EventKind::Commented { text, .. } => self.comment.clone_from(text),
            _ => {}
        }
    }
}
