//! As much of the `WebDriver` protocol as the tests speak: <https://www.w3.org/TR/webdriver2/>.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use ureq::Agent;

use crate::wait::{PATIENCE, until};

/// The name under which the protocol sends an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element of the page, as the driver knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element(String);

impl Element {
    pub(crate) fn from_value(value: &Value) -> Option<Self> {
        Some(Self(value[ELEMENT].as_str()?.to_owned()))
    }

    pub(crate) fn to_value(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

pub(crate) struct Session {
    agent: Agent,
    url: String,
}

impl Session {
    /// Has the driver at `port` start `binary`.
    pub(crate) fn start(port: u16, binary: &Path, args: &[String]) -> Result<Self> {
        let agent: Agent = Agent::config_builder()
            // More than the page's own limits, so that those are the ones to speak.
            .timeout_global(Some(3 * *PATIENCE))
            .http_status_as_error(false)
            .build()
            .into();
        let driver = format!("http://127.0.0.1:{port}");
        until("the driver to answer", || Ok(agent.get(format!("{driver}/status")).call().ok()))?;

        let mut session = Self { agent, url: driver };
        let app = json!({ "binary": binary, "args": args });
        let limits = json!({ "script": millis(*PATIENCE), "pageLoad": millis(*PATIENCE) });
        let wanted = json!({ "webkitgtk:browserOptions": app, "timeouts": limits });
        let started =
            session.post("/session", &json!({ "capabilities": { "alwaysMatch": wanted } }))?;
        let id = started["sessionId"].as_str().context("a session without a name")?;
        session.url = format!("{}/session/{id}", session.url);
        Ok(session)
    }

    pub(crate) fn execute(&self, script: &str, args: &Value) -> Result<Value> {
        self.post("/execute/sync", &json!({ "script": script, "args": args }))
    }

    /// Runs a script that ends by calling its last argument.
    pub(crate) fn execute_async(&self, script: &str, args: &Value) -> Result<Value> {
        self.post("/execute/async", &json!({ "script": script, "args": args }))
    }

    pub(crate) fn click(&self, element: &Element) -> Result<()> {
        self.post(&format!("/element/{}/click", element.0), &json!({})).map(drop)
    }

    pub(crate) fn text(&self, element: &Element) -> Result<String> {
        let text = self.get(&format!("/element/{}/text", element.0))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    pub(crate) fn type_into(&self, element: &Element, text: &str) -> Result<()> {
        self.post(&format!("/element/{}/clear", element.0), &json!({}))?;
        self.post(&format!("/element/{}/value", element.0), &json!({ "text": text })).map(drop)
    }

    /// Presses keys in their order, then lets go of them in the opposite one.
    pub(crate) fn press(&self, keys: &[char]) -> Result<()> {
        let step = |kind: &str, key: &char| json!({ "type": kind, "value": key.to_string() });
        let down = keys.iter().map(|key| step("keyDown", key));
        let up = keys.iter().rev().map(|key| step("keyUp", key));
        let steps: Vec<_> = down.chain(up).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.post("/actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    pub(crate) fn set_window(&self, width: u32, height: u32) -> Result<()> {
        let rect = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.post("/window/rect", &rect).map(drop)
    }

    pub(crate) fn screenshot(&self) -> Result<Vec<u8>> {
        let image = self.get("/screenshot")?;
        Ok(BASE64_STANDARD.decode(image.as_str().context("a screenshot without an image")?)?)
    }

    pub(crate) fn end(&self) -> Result<()> {
        value(self.agent.delete(&self.url).call()?).map(drop)
    }

    fn get(&self, path: &str) -> Result<Value> {
        value(self.agent.get(format!("{}{path}", self.url)).call()?)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        value(self.agent.post(format!("{}{path}", self.url)).send_json(body)?)
    }
}

/// The value in an answer, or the error.
fn value(mut response: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let ok = response.status().is_success();
    let mut answer: Value = response.body_mut().read_json()?;
    let value = answer["value"].take();
    if !ok {
        let part = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        bail!("{}: {}", part("error"), part("message"));
    }
    Ok(value)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
