//! Accessibility rules, as axe-core checks them.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// A rule that the page breaks, and where.
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// The rule's name.
    pub id: String,
    /// How much it hurts: minor, moderate, serious or critical.
    pub impact: Option<String>,
    /// What the rule asks for.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<Node>,
}

/// An element that breaks a rule.
#[derive(Debug, Deserialize)]
pub struct Node {
    /// The element, as it begins.
    pub html: String,
    /// What to mend.
    #[serde(rename = "failureSummary", default)]
    pub summary: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let impact = self.impact.as_deref().unwrap_or("unrated");
        writeln!(f, "{} ({impact}): {}", self.id, self.help)?;
        for node in &self.nodes {
            writeln!(f, "  {}", node.html)?;
            for line in node.summary.lines() {
                writeln!(f, "    {}", line.trim())?;
            }
        }
        Ok(())
    }
}

/// axe-core itself, from the UI's packages.
pub(crate) fn source() -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    fs::read_to_string(&file)
        .with_context(|| format!("{} is missing: run `npm ci` in ui/", file.display()))
}

/// Calls back with the violations, or with the error as a text.
pub(crate) const SCRIPT: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] })
        .then(({ violations }) => done(violations), (error) => done(String(error)));
";
