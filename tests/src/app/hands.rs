//! What a user does to the app: keys, clicks, words, files let go of over it.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::App;
use crate::find::By;
use crate::keys;
use crate::webdriver::{Element, Session};

impl App {
    /// Presses a key or a combination, named as the app prints it: `A`, `Ctrl+Enter`, `Shift+B`.
    pub fn press(&self, combination: &str) -> Result<()> {
        self.session()?.press(&keys::parse(combination)?)
    }

    /// Clicks on something, once it is there.
    pub fn click(&self, by: &By) -> Result<()> {
        self.on_fresh(by, Session::click).with_context(|| format!("could not click on {by}"))
    }

    /// Chooses what a list offers under a name that begins so.
    pub fn choose(&self, list: &By, option: &str) -> Result<()> {
        let find = "return [...arguments[0].options].find((it) => \
                    it.label.trim().startsWith(arguments[1])) ?? null";
        self.on_fresh(list, |session, element| {
            let found = session.execute(find, &json!([element.to_value(), option]))?;
            let found = Element::from_value(&found)
                .with_context(|| format!("{list} offers no “{option}”"))?;
            session.click(&found)
        })
    }

    /// Lets go of files over the window: tells it what the shell tells it of a drop.
    pub fn drop_files(&self, files: &[&Path]) -> Result<()> {
        let script = "const done = arguments[2];
            window.__TAURI_INTERNALS__
                .invoke('plugin:event|emit', { event: arguments[0], payload: arguments[1] })
                .then(() => done(null), (error) => done(String(error)));";
        let at = json!({ "x": 400, "y": 300 });
        for (event, payload) in [
            ("tauri://drag-enter", json!({ "paths": files, "position": at })),
            ("tauri://drag-drop", json!({ "paths": files, "position": at })),
        ] {
            let refused = self.session()?.execute_async(script, &json!([event, payload]))?;
            ensure!(refused.is_null(), "the window was not told of {event}: {refused}");
        }
        Ok(())
    }

    /// Empties a field and types into it.
    pub fn type_into(&self, by: &By, text: &str) -> Result<()> {
        let element = self.wait_for_element(by)?;
        self.session()?.type_into(&element, text).with_context(|| format!("typing into {by}"))
    }
}
