//! The real app, through its window: the page calls its own commands, and now and then somebody
//! clicks.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::call::{Answer, Call};
use super::door::Door;
use crate::app::App;
use crate::find::{button, css};
use crate::wait::until;

/// Calls a command and puts the answer aside under a number.
const SEND: &str = "const [number, verb, args] = arguments;
    window.answers ??= {};
    window.__TAURI_INTERNALS__.invoke(verb, args).then(
        (shown) => (window.answers[number] = { Ok: shown }),
        (refused) => (window.answers[number] = { Err: refused }),
    );";
const ANSWER: &str = "return (window.answers ?? {})[arguments[0]] ?? null";

/// Reaches the app through its window.
#[derive(Default)]
pub struct Window {
    app: Option<(PathBuf, App)>,
    sent: u32,
    answered: u32,
}

impl Window {
    fn app(&self) -> Result<&App> {
        Ok(&self.app.as_ref().context("the app is not running")?.1)
    }
}

impl Door for Window {
    fn start(&mut self, collection: &Path) -> Result<()> {
        (self.sent, self.answered) = (0, 0);
        match &mut self.app {
            Some((open, app)) if open == collection => app.restart(),
            app => {
                *app = Some((collection.to_owned(), App::start(collection)?));
                Ok(())
            }
        }
    }

    fn send(&mut self, call: &Call) -> Result<()> {
        let mut message = serde_json::to_value(call)?;
        let args = match message["args"].take() {
            Value::Null => json!({}),
            args => args,
        };
        self.sent += 1;
        self.app()?.run(SEND, &json!([self.sent, message["verb"], args])).map(drop)
    }

    fn answer(&mut self) -> Result<Answer> {
        self.answered += 1;
        let answer = until("the answer to a command", || {
            let answer = self.app()?.run(ANSWER, &json!([self.answered]))?;
            Ok(Some(answer).filter(|answer| !answer.is_null()))
        })?;
        Ok(serde_json::from_value(answer)?)
    }

    fn kill(&mut self) -> Result<Vec<Answer>> {
        let (_, app) = self.app.as_mut().context("the app is not running")?;
        app.kill9()?;
        // What the page had heard died with it.
        Ok(Vec::new())
    }

    fn most_calls(&self) -> usize {
        // The app carries out several at once, in no order that is known here.
        1
    }

    fn by_hand(&mut self, sitting: &str, rng: &mut ChaCha8Rng) -> Result<Vec<Call>> {
        if !rng.random_ratio(1, 2) {
            return Ok(Vec::new());
        }
        let app = self.app()?;
        app.click(&button("Resume"))?;
        let read = |app: &App| app.evaluate("document.querySelector('main h1')?.textContent ?? ''");
        app.wait_until("a question", |app| {
            Ok(read(app)?.as_str().is_some_and(|title| title.trim().starts_with("Question ")))
        })?;
        let title = read(app)?;
        let number = title.as_str().and_then(|title| title.split_whitespace().nth(1)?.parse().ok());
        let number: u32 = number.with_context(|| format!("which question is “{title}”?"))?;
        let pressed = css("footer button[aria-pressed=true]");
        let flagged = app.count(&pressed)? > 0;
        app.press("M")?;
        app.wait_until("the flag", |app| Ok((app.count(&pressed)? > 0) != flagged))?;
        let (id, position) = (sitting.to_owned(), number - 1);
        Ok(vec![
            Call::Sitting { id: id.clone() },
            Call::See { id: id.clone(), position },
            Call::Flag { id, position, flagged: !flagged },
        ])
    }
}
