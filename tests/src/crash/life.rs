//! Lives and deaths: start, do something, be killed, compare.

use std::fmt;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sitwell_backend::desk::views::Profile;
use sitwell_backend::exam::sitting::EventKind;
use tokio::runtime::Runtime;

use super::audit::{Found, audit};
use super::call::Call;
use super::candidate::{self, EXAMS};
use super::door::Door;
use super::model::{Model, Step, read};
use super::reading::Between;

/// Kills that one collection goes through.
const KILLS_EACH: u32 = 50;
/// Every so many kills the file is looked through from end to end.
const THOROUGH: u32 = 10;

/// What a run came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Kills.
    pub kills: u32,
    /// Of them, while the collection was being opened.
    pub opening: u32,
    /// Calls that were answered.
    pub acknowledged: u32,
    /// Calls that were on their way and left nothing.
    pub lost: u32,
    /// Things that were kept though the answer never came.
    pub kept: u32,
    /// Sittings begun.
    pub sittings: usize,
    /// Events in their logs.
    pub events: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills ({} while opening): {} calls acknowledged and none lost; of those on their \
             way {} left nothing, {} were kept, none twice; {} sittings with {} events",
            self.kills,
            self.opening,
            self.acknowledged,
            self.lost,
            self.kept,
            self.sittings,
            self.events
        )
    }
}

/// Kills Sitwell so often; `seed` decides what is done in between.
pub fn run(door: &mut impl Door, kills: u32, seed: u64) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    while tally.kills < kills {
        let most = kills.min(tally.kills + KILLS_EACH);
        let folder = tempfile::Builder::new().prefix("sitwell-crash-").tempdir()?;
        let path = folder.path().join("collection.sitwell");
        let mut bench = Bench {
            door,
            rng: &mut rng,
            model: Model::default(),
            path: &path,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            tally: &mut tally,
        };
        bench.collection(most).with_context(|| {
            let path = folder.keep();
            format!("seed {seed}: see {}", path.display())
        })?;
    }
    Ok(tally)
}

struct Bench<'a, D> {
    door: &'a mut D,
    rng: &'a mut ChaCha8Rng,
    model: Model,
    path: &'a Path,
    runtime: Runtime,
    tally: &'a mut Tally,
}

impl<D: Door> Bench<'_, D> {
    /// One collection through its kills.
    fn collection(&mut self, most: u32) -> Result<()> {
        self.door.start(self.path)?;
        let profile = Profile { exam: Some(EXAMS[0].to_owned()), exam_date: None };
        self.perform(&Call::ChooseExam { profile })?;
        while self.tally.kills < most {
            let kill = self.tally.kills + 1;
            self.life().with_context(|| format!("kill {kill}"))?;
        }
        self.door.kill()?;
        self.tally.sittings += self.model.papers.len();
        self.tally.events += self.model.papers.values().map(|it| it.log.len()).sum::<usize>();
        Ok(())
    }

    /// Acts, is killed in the middle of it, and is compared.
    fn life(&mut self) -> Result<()> {
        let running = self.running_here();
        for _ in 0..self.rng.random_range(0..10) {
            let call = candidate::next(&self.model, self.rng);
            self.perform(&call)?;
        }
        let by_hand = self.act_by_hand(running)?;
        let death = self.be_killed(by_hand)?;
        self.restart()?;
        self.compare(&death)?;
        self.look()
    }

    /// The sitting that the window offers to resume.
    fn running_here(&self) -> Option<String> {
        let mut running = self.model.papers.iter().filter(|(_, paper)| !paper.over);
        running.find(|(_, paper)| paper.exam == EXAMS[0]).map(|(id, _)| id.clone())
    }

    /// Has a person act in a sitting that was running before, and says whether one did.
    fn act_by_hand(&mut self, running: Option<String>) -> Result<bool> {
        let open = |id: &String| {
            self.model.papers.get(id).is_some_and(|paper| !paper.over && !paper.on_break)
        };
        let Some(id) = running.filter(open) else { return Ok(false) };
        let asked = Instant::now();
        let calls = self.door.by_hand(&id, self.rng)?;
        for call in &calls {
            for step in self.model.plan(call) {
                self.model.apply(&step);
            }
            self.model.remember(call);
        }
        self.model.unseen(Between { asked, answered: Instant::now() });
        Ok(!calls.is_empty())
    }

    fn perform(&mut self, call: &Call) -> Result<()> {
        let asked = Instant::now();
        self.door.send(call)?;
        let answer = self.door.answer()?;
        let at = Between { asked, answered: Instant::now() };
        self.tally.acknowledged += 1;
        self.model.acknowledged(call, &answer, at).with_context(|| format!("{call:?}"))
    }

    /// Sends calls, unless a person has just acted, and kills before they are all answered.
    fn be_killed(&mut self, by_hand: bool) -> Result<Death> {
        let mut sent = Vec::new();
        let mut ahead = self.model.clone();
        let asked = Instant::now();
        let most = if by_hand { 0 } else { self.rng.random_range(1..=self.door.most_calls()) };
        for _ in 0..most {
            let call = candidate::next(&ahead, self.rng);
            self.door.send(&call)?;
            for step in ahead.plan(&call) {
                ahead.apply(&step);
            }
            ahead.remember(&call);
            sent.push(call);
        }
        // A paper is drawn in a tenth of a second, an answer kept in milliseconds.
        let longest = if sent.iter().any(Call::begins) { 400_000 } else { 15_000 };
        sleep(Duration::from_micros(self.rng.random_range(0..longest)));
        let answers = self.door.kill()?;
        let at = Between { asked, answered: Instant::now() };
        self.tally.kills += 1;
        ensure!(answers.len() <= sent.len(), "an answer that was not asked for");
        for (call, answer) in sent.iter().zip(&answers) {
            self.tally.acknowledged += 1;
            self.model.acknowledged(call, answer, at).with_context(|| format!("{call:?}"))?;
        }
        let mut steps = Vec::new();
        let mut ahead = self.model.clone();
        for call in &sent[answers.len()..] {
            for step in ahead.plan(call) {
                ahead.apply(&step);
                steps.push(step);
            }
            ahead.remember(call);
        }
        Ok(Death { at, steps })
    }

    /// Starts it again, at times after a start that was cut off as well.
    fn restart(&mut self) -> Result<()> {
        if self.rng.random_ratio(1, 10) {
            self.door.start(self.path)?;
            sleep(Duration::from_millis(self.rng.random_range(0..600)));
            self.door.kill()?;
            self.tally.kills += 1;
            self.tally.opening += 1;
        }
        self.door.start(self.path)?;
        self.model.restarted();
        self.perform(&Call::Preferences)
    }

    /// Holds what is in the collection against what must be, with none, some or all of what was
    /// on its way, in its order.
    fn compare(&mut self, death: &Death) -> Result<()> {
        let cards: Vec<i64> = self.model.cards.keys().copied().collect();
        let thorough = self.tally.kills.is_multiple_of(THOROUGH);
        let found = self.runtime.block_on(audit(self.path, &cards, thorough))?;
        let mut reasons = Vec::new();
        for kept in 0..=death.steps.len() {
            if kept > 0 {
                self.model.apply(&death.steps[kept - 1]);
            }
            if let Some(reason) = self.model.differs(&found) {
                reasons.push(reason);
            } else {
                self.tally.kept += u32::try_from(kept)?;
                self.tally.lost += u32::try_from(death.steps.len() - kept)?;
                self.model.unseen(death.at);
                return self.name(&found);
            }
        }
        let Death { steps, .. } = death;
        bail!("with none, some or all of {steps:?}:\n{}", reasons.join("\n"))
    }

    /// Asks for the sitting that was begun before its name was heard.
    fn name(&mut self, found: &Found) -> Result<()> {
        let unknown: Vec<String> = self.model.unknown(found).into_iter().cloned().collect();
        for id in unknown {
            let asked = Instant::now();
            self.door.send(&Call::Sitting { id: id.clone() })?;
            let answer = self.door.answer()?.map_err(|refused| anyhow!(refused.message))?;
            let at = Between { asked, answered: Instant::now() };
            self.model.begun(&read(&answer)?, at)?;
            self.model.apply(&Step::Logged { paper: id, event: EventKind::Resumed });
        }
        Ok(())
    }

    /// Looks at the running sittings on screen, and at a question of each.
    fn look(&mut self) -> Result<()> {
        let running = self.model.papers.iter().filter(|(_, paper)| !paper.over);
        let running: Vec<String> = running.map(|(id, _)| id.clone()).collect();
        for id in running {
            self.perform(&Call::Sitting { id: id.clone() })?;
            let Some(paper) = self.model.papers.get(&id).filter(|it| !it.on_break) else {
                continue;
            };
            let known: Vec<u32> = paper.questions.keys().copied().collect();
            if let Some(position) = known.choose(self.rng).copied() {
                self.perform(&Call::See { id, position })?;
            }
        }
        Ok(())
    }
}

/// A kill: when, and what was on its way.
struct Death {
    at: Between,
    steps: Vec<Step>,
}
