//! What is believed before any evidence. No figure was fitted by a search; two spreads, that of
//! the learning rate and the noise of a day, were widened once when the validation's 90 %
//! intervals held too little. `docs/forecast.md` says where each figure comes from and what
//! happens when it is wrong.

/// How far below the cut ability the typical learner begins, in logits: the learning of six weeks
/// at the usual rate.
pub const BELOW_CUT: f64 = 0.8;
/// Standard deviation of the common part of ability between learners, in logits.
pub const COMMON_SD: f64 = 1.2;
/// Standard deviation of a domain around the common part, in logits.
pub const OFFSET_SD: f64 = 0.5;
/// Standard deviation of a task around its domain, in logits.
pub const TASK_SD: f64 = 0.4;
/// Mean learning rate of people who prepare for an exam, in logits a day.
pub const RATE: f64 = 0.02;
/// Standard deviation of the learning rate between learners.
pub const RATE_SD: f64 = 0.015;
/// Mean of what answering without a clock adds, in logits.
pub const UNTIMED: f64 = 0.2;
/// Standard deviation of that between learners.
pub const UNTIMED_SD: f64 = 0.25;

/// Standard deviation of a good or a bad day: how far all that a session shows may lie from the
/// ability that stays, in logits.
pub const DAY_SD: f64 = 0.15;

/// Variance that a day adds to the common part, in logits squared.
pub const COMMON_NOISE: f64 = 0.04 * 0.04;
/// Variance that a day adds to a domain's offset.
pub const OFFSET_NOISE: f64 = 0.015 * 0.015;
/// Variance that a day adds to the learning rate.
pub const RATE_NOISE: f64 = 0.001 * 0.001;
/// What a day without study takes, in logits.
pub const FORGETTING: f64 = 0.005;
/// Days after a session that count as days of study.
pub const ACTIVE_DAYS: f64 = 14.0;

/// Share of items whose author's level is the right one; the others are as likely at either of
/// the two other levels.
pub const LEVEL_TRUST: f64 = 0.8;
/// Standard deviation of the logarithm of the slope between items.
pub const SLOPE_SD: f64 = 0.3;
/// Shares of easy, medium and hard items in the exam.
pub const LEVEL_MIX: [f64; 3] = [0.25, 0.5, 0.25];
/// Options of the exam's items with one key.
pub const SINGLE_OPTIONS: usize = 4;

/// Standard deviation of a domain's offset as the recall of one card shows it, in logits.
pub const CARD_SD: f64 = 7.5;
/// Cards beyond this many in a domain say no more.
pub const CARDS_THAT_COUNT: f64 = 25.0;
