//! When to look for a newer Sitwell.

use serde::{Deserialize, Serialize};

/// When to look for a newer Sitwell, and when that was done last. Off until the learner turns it
/// on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct UpdateSettings {
    /// Whether it is looked for once a day.
    pub automatic: bool,
    /// When an answer last came; none when none ever did.
    pub checked_ms: Option<i64>,
}
