//! Finding things on the page, first of all as a screen reader would: by role and name.

use std::fmt;

use serde_json::{Value, json};

/// How to find something. Only what is visible is found; every description finds at most one.
#[derive(Clone, Debug)]
pub struct By {
    kind: Kind,
    state: Option<&'static str>,
}

#[derive(Clone, Debug)]
enum Kind {
    Css(String),
    Role { role: String, name: String },
}

/// By CSS selector, where nothing that a user perceives would serve.
pub fn css(selector: impl Into<String>) -> By {
    By { kind: Kind::Css(selector.into()), state: None }
}

/// By ARIA role and accessible name. The name may be a part of the whole one, in any case; a whole
/// one comes first.
pub fn role(role: impl Into<String>, name: impl Into<String>) -> By {
    By { kind: Kind::Role { role: role.into(), name: name.into() }, state: None }
}

/// A button by its name.
pub fn button(name: impl Into<String>) -> By {
    role("button", name)
}

/// A link by its name.
pub fn link(name: impl Into<String>) -> By {
    role("link", name)
}

/// A heading by its words.
pub fn heading(name: impl Into<String>) -> By {
    role("heading", name)
}

impl By {
    /// Only if it is checked: a radio button, a check box or what acts as one.
    #[must_use]
    pub fn checked(self) -> Self {
        Self { state: Some("checked"), ..self }
    }

    /// Only if it is disabled.
    #[must_use]
    pub fn disabled(self) -> Self {
        Self { state: Some("disabled"), ..self }
    }

    /// What [`SCRIPT`] takes.
    pub(crate) fn args(&self) -> Value {
        let state = self.state;
        match &self.kind {
            Kind::Css(selector) => json!([{ "css": selector, "state": state }]),
            Kind::Role { role, name } => json!([{ "role": role, "name": name, "state": state }]),
        }
    }

    /// Whether [`SCRIPT`] needs axe on the page.
    pub(crate) fn needs_axe(&self) -> bool {
        matches!(self.kind, Kind::Role { .. })
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(state) = self.state {
            write!(f, "{state} ")?;
        }
        match &self.kind {
            Kind::Css(selector) => write!(f, "`{selector}`"),
            Kind::Role { role, name } => write!(f, "{role} “{name}”"),
        }
    }
}

/// Returns the elements found.
pub(crate) const SCRIPT: &str = include_str!("find.js");
