//! The forecast at the front desk: reads the evidence, asks the model, keeps what it said.

mod audit;
mod beforehand;
mod evidence;
mod show;
#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::learner::parse_date;
use super::views::{ForecastView, Profile, RealResult, StudyPlan, WhatIfView};
use super::{DeskError, Sitwell};
use crate::blueprint::{Blueprint, Status};
use crate::forecast::belief::Belief;
use crate::forecast::plan::{Course, along, at_the_end};
use crate::forecast::{Fit, MODEL_VERSION, Outlook, Paper, filter};
use crate::store::{KeptForecast, KeptResult, SettingKey};
use crate::study::day::day_of;
use evidence::Evidence;

/// Points of a curve into the future.
const AHEAD: u32 = 20;
/// Days to a goal where none is set.
const USUAL_DAYS: u64 = 28;

/// What is kept of a plan; its date is the profile's.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct KeptPlan {
    minutes_per_day: u32,
    days_per_week: u32,
    mocks: u32,
}

impl Default for KeptPlan {
    fn default() -> Self {
        Self { minutes_per_day: 45, days_per_week: 5, mocks: 2 }
    }
}

/// Everything a forecast is made from, read once.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    blueprint: Blueprint,
    paper: Paper,
    today: NaiveDate,
    evidence: Evidence,
    /// The belief today, before the cards.
    belief: Belief,
    /// The day of the exam or the goal.
    date: Option<NaiveDate>,
    plan: StudyPlan,
}

impl Prepared {
    fn date_ahead(&self) -> Option<NaiveDate> {
        self.date.filter(|date| *date > self.today)
    }

    /// Whether the day is a goal for practice: the exam is no longer given then.
    fn goal(&self) -> bool {
        match &self.blueprint.status {
            Status::Active => false,
            Status::Retired { last_sitting } => self.date.is_none_or(|date| date > *last_sitting),
        }
    }

    fn course(&self, plan: &StudyPlan, date: NaiveDate) -> Course {
        let days = (date - self.today).num_days().max(0) as f64;
        let study = f64::from(plan.minutes_per_day) * f64::from(plan.days_per_week) / 7.0 * days;
        let papers = f64::from(plan.mocks) * f64::from(self.blueprint.minutes);
        Course { days, minutes: study + papers, usual: self.evidence.usual_minutes }
    }

    /// The exam today, with the cards as they are remembered today.
    fn outlook_today(&self) -> Outlook {
        Outlook::new(&self.paper, &self.with_cards(&self.belief, self.today))
    }

    fn with_cards(&self, belief: &Belief, on: NaiveDate) -> Belief {
        belief.with_cards(&self.evidence.recalls(&self.blueprint, on))
    }

    fn what_if(&self, plan: &StudyPlan, date: NaiveDate) -> WhatIfView {
        let course = self.course(plan, date);
        let there = self.with_cards(&self.belief, date);
        let outlook = Outlook::new(&self.paper, &at_the_end(&there, course));
        // The cards fade as the curve goes on; its ends are those of the chances shown.
        let here = self.with_cards(&self.belief, self.today);
        let mut ahead = along(&self.paper, &here, course, AHEAD);
        if let Some(last) = ahead.last_mut() {
            last.1 = outlook.pass;
        }
        WhatIfView {
            chance: show::chance(outlook.pass),
            ahead: ahead
                .into_iter()
                .map(|(day, bands)| show::point(self.today, day, bands))
                .collect(),
            scores: show::scores(&outlook),
        }
    }

    fn kept(&self, outlook: &Outlook, made_ms: i64, date: NaiveDate) -> KeptForecast {
        let pass = outlook.pass;
        KeptForecast {
            exam: self.blueprint.code.clone(),
            made_ms,
            made_on: self.today.to_string(),
            for_date: date.to_string(),
            sitting: None,
            p: pass.p,
            ends: [pass.wide.0, pass.narrow.0, pass.narrow.1, pass.wide.1],
            model: MODEL_VERSION,
            evidence: self.evidence.counts(),
        }
    }
}

impl Sitwell {
    /// The forecast for the exam chosen. What it says of today and of the date is kept.
    ///
    /// # Errors
    /// [`DeskError::NoExam`] before an exam is chosen; otherwise when the collection cannot be
    /// read or written.
    pub async fn forecast(&self) -> Result<ForecastView, DeskError> {
        let code = self.preparing_for().await?.ok_or(DeskError::NoExam)?;
        self.forecast_of(&code, None).await
    }

    /// Code of the exam that the learner prepares for.
    ///
    /// # Errors
    /// [`DeskError`] when the collection cannot be read.
    pub async fn preparing_for(&self) -> Result<Option<String>, DeskError> {
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        Ok(profile.exam)
    }

    /// The forecast for an exam, on another date than the profile's if one is given.
    ///
    /// # Errors
    /// As [`Self::forecast`], and when there is no such exam or the date is none.
    pub async fn forecast_of(
        &self,
        code: &str,
        date: Option<&str>,
    ) -> Result<ForecastView, DeskError> {
        let prepared = self.prepare(code, date).await?;
        let view = self.view(&prepared).await?;
        *self.forecast.lock().await = Some(prepared);
        Ok(view)
    }

    /// What another plan would give; nothing is kept. Uses the evidence that the last forecast of
    /// the day was made from.
    ///
    /// # Errors
    /// As [`Self::forecast`]; [`DeskError::BadPlan`] when the plan is out of range.
    pub async fn what_if(&self, plan: StudyPlan) -> Result<WhatIfView, DeskError> {
        let date = checked(&plan)?;
        let code = self.preparing_for().await?.ok_or(DeskError::NoExam)?;
        let mut prepared = self.forecast.lock().await;
        let today = self.local_date();
        let same = |prepared: &Prepared| {
            prepared.today == today && prepared.blueprint.code.eq_ignore_ascii_case(&code)
        };
        if !prepared.as_ref().is_some_and(same) {
            *prepared = Some(self.prepare(&code, None).await?);
        }
        prepared.as_ref().map(|prepared| prepared.what_if(&plan, date)).ok_or(DeskError::NoExam)
    }

    /// Keeps the plan, and its date as the day of the exam.
    ///
    /// # Errors
    /// As [`Self::what_if`], and when it cannot be kept.
    pub async fn set_plan(&self, plan: StudyPlan) -> Result<ForecastView, DeskError> {
        checked(&plan)?;
        let StudyPlan { minutes_per_day, days_per_week, mocks, date } = plan;
        let kept = KeptPlan { minutes_per_day, days_per_week, mocks };
        self.store.set_setting(SettingKey::Plan, &kept).await?;
        let mut profile: Profile = self.store.setting(SettingKey::Profile).await?;
        profile.exam_date = Some(date);
        self.store.set_setting(SettingKey::Profile, &profile).await?;
        self.forecast().await
    }

    /// Keeps the result of a real exam; the forecasts for its day are decided by it.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such exam, the date is none or lies ahead, the score is off
    /// the scale, or it cannot be kept.
    pub async fn enter_result(&self, result: RealResult) -> Result<ForecastView, DeskError> {
        let blueprint = self.blueprint(&result.exam)?;
        let date = parse_date(&result.date)?;
        let on_scale = |scaled: u16| (blueprint.scale.min..=blueprint.scale.max).contains(&scaled);
        let agrees = |scaled: u16| (scaled >= blueprint.scale.pass) == result.passed;
        if date > self.local_date() || result.scaled.is_some_and(|s| !on_scale(s) || !agrees(s)) {
            return Err(DeskError::BadResult);
        }
        let (code, now_ms) = (blueprint.code.clone(), self.clock.now().wall_ms);
        let kept =
            KeptResult { date: date.to_string(), passed: result.passed, scaled: result.scaled };
        self.store.keep_real_result(&code, &kept, now_ms).await?;
        self.forecast_of(&code, None).await
    }

    /// Keeps what is forecast for a paper that begins now, before its first answer.
    pub(super) async fn forecast_paper(&self, code: &str, sitting: &str) -> Result<(), DeskError> {
        let prepared = self.prepare(code, None).await?;
        let now_ms = self.clock.now().wall_ms;
        let mut kept = prepared.kept(&prepared.outlook_today(), now_ms, prepared.today);
        kept.sitting = Some(sitting.to_owned());
        // What comes of the paper changes what another plan gives.
        *self.forecast.lock().await = None;
        Ok(self.store.keep_forecast(&kept).await?)
    }

    async fn prepare(&self, code: &str, date: Option<&str>) -> Result<Prepared, DeskError> {
        let blueprint = self.blueprint(code)?.clone();
        let today = self.local_date();
        let profile: Profile = self.store.setting(SettingKey::Profile).await?;
        let own = profile.exam.is_some_and(|exam| exam.eq_ignore_ascii_case(code));
        let own = profile.exam_date.filter(|_| own);
        let date = date.or(own.as_deref()).map(parse_date).transpose()?;
        let evidence = self.evidence(&blueprint, today).await?;
        let paper = Paper::of(&blueprint);
        let belief = filter::fit(&paper, &evidence.sessions).on(day_of(today) as f64);
        let KeptPlan { minutes_per_day, days_per_week, mocks } =
            self.store.setting(SettingKey::Plan).await?;
        let goal = date.unwrap_or_else(|| today + Days::new(USUAL_DAYS));
        let plan = StudyPlan { minutes_per_day, days_per_week, mocks, date: goal.to_string() };
        Ok(Prepared { blueprint, paper, today, evidence, belief, date, plan })
    }

    async fn view(&self, prepared: &Prepared) -> Result<ForecastView, DeskError> {
        let now_ms = self.clock.now().wall_ms;
        let today = prepared.outlook_today();
        let kept = prepared.kept(&today, now_ms, prepared.today);
        self.store.keep_forecast(&kept).await?;
        let date = prepared.date_ahead();
        let ahead = date.map(|date| (date, prepared.what_if(&prepared.plan, date)));
        if let Some((date, view)) = &ahead {
            let chance = view.chance;
            let ends = [chance.low90, chance.low50, chance.high50, chance.high90];
            let kept = KeptForecast { p: chance.p, ends, for_date: date.to_string(), ..kept };
            self.store.keep_forecast(&kept).await?;
        }
        let audit = self.audit(prepared).await?;
        Ok(show::view(prepared, &today, ahead.map(|(_, view)| view), audit))
    }
}

/// The day a plan is for, when all of it is in range.
fn checked(plan: &StudyPlan) -> Result<NaiveDate, DeskError> {
    if plan.minutes_per_day > 240 || plan.days_per_week > 7 || plan.mocks > 12 {
        return Err(DeskError::BadPlan);
    }
    parse_date(&plan.date)
}

/// Fits after each session, in order.
fn fits(prepared: &Prepared) -> impl Iterator<Item = Fit> {
    prepared.evidence.sessions.iter().scan(Fit::new(&prepared.paper), |fit, session| {
        *fit = fit.given(session);
        Some(fit.clone())
    })
}
