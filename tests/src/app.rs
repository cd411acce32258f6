//! The app, running.

mod hands;
mod successor;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::axe::{self, Violation};
use crate::find::{self, By};
use crate::process::{Helper, Stranger};
use crate::stage::Stage;
use crate::wait::{until, until_within};
use crate::webdriver::{Element, Session};

/// How the app is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

/// The app on a collection, with everything it stands on. Ends when dropped.
pub struct App {
    // Dropped in this order: the app before its stage.
    running: Option<Running>,
    binary: PathBuf,
    args: Vec<String>,
    stage: Stage,
}

struct Running {
    session: Session,
    app: Stranger,
    // Ended when dropped.
    _driver: Helper,
}

impl Drop for Running {
    fn drop(&mut self) {
        // The driver would leave it behind; already ended is as good.
        let _ = self.app.kill();
    }
}

impl App {
    /// Starts the app on this collection.
    pub fn start(collection: &Path) -> Result<Self> {
        Self::start_with(collection, &[])
    }

    /// Starts the app on this collection, with further arguments.
    pub fn start_with(collection: &Path, more: &[&str]) -> Result<Self> {
        let collection = collection.to_str().context("a collection's path must be Unicode")?;
        let mut args = vec!["--collection".to_owned(), collection.to_owned()];
        args.extend(more.iter().map(ToString::to_string));
        Self::on(Stage::set(&[])?, args)
    }

    /// Starts the app as a user does, on the collection of a home of its own, with these
    /// variables in its environment.
    pub fn start_at_home(variables: &[(&str, OsString)]) -> Result<Self> {
        Self::on(Stage::set(variables)?, Vec::new())
    }

    fn on(stage: Stage, args: Vec<String>) -> Result<Self> {
        let mut app = Self { running: None, binary: binary()?, args, stage };
        app.restart()?;
        Ok(app)
    }

    /// Where the app's home has its data.
    pub fn data(&self) -> PathBuf {
        self.stage.data()
    }

    /// Runs another program beside the app, on the same display, bus and home, and waits for it.
    pub fn beside(&self, command: &mut Command) -> Result<()> {
        self.stage.direct(command)?;
        let status = command.status()?;
        ensure!(status.success(), "{command:?} failed: {}", self.stage.log()?);
        Ok(())
    }

    /// Milliseconds from the start of the process to the first paint of its page.
    pub fn start_millis(&self) -> Result<u64> {
        // An element is there before it is painted.
        let script = "const [paint] = performance.getEntriesByName('first-contentful-paint');
            return paint ? performance.timeOrigin + paint.startTime : null";
        let painted = until("the page to be painted", || {
            Ok(self.session()?.execute(script, &json!([]))?.as_f64())
        })?;
        let begun = self.running.as_ref().context("the app is not running")?.app.begun_ms()?;
        Ok(Duration::try_from_secs_f64((painted - begun) / 1000.0)?.as_millis().try_into()?)
    }

    /// Ends the app, if it still runs, and starts it again on the same collection.
    pub fn restart(&mut self) -> Result<()> {
        self.end()?;
        let running = self.launch().with_context(|| {
            format!("the app did not start. It said:\n{}", self.stage.log().unwrap_or_default())
        })?;
        self.running = Some(running);
        until("the page to be loaded", || {
            let state = self.session()?.execute("return document.readyState", &json!([]))?;
            Ok((state == "complete").then_some(()))
        })
    }

    fn launch(&self) -> Result<Running> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}"));
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        self.stage.direct(&mut command)?;
        let driver = Helper::start(&mut command)?;
        let session = Session::start(port, &self.binary, &self.args)?;
        let app = until("the app's process", || Stranger::descendant(driver.id(), &self.binary))?;
        Ok(Running { session, app, _driver: driver })
    }

    /// Starts the app once more beside the one that runs, as a second click on its icon would, and
    /// waits for that to end.
    pub fn start_again(&self) -> Result<ExitStatus> {
        let mut command = Command::new(&self.binary);
        self.stage.direct(&mut command)?;
        let mut second = command.args(&self.args).spawn()?;
        let ended = until("the second start to end", || Ok(second.try_wait()?));
        if ended.is_err() {
            second.kill()?;
            second.wait()?;
        }
        ended
    }

    /// Ends the app as closing it would.
    pub fn end(&mut self) -> Result<()> {
        if let Some(running) = self.running.take() {
            running.session.end()?;
            until("the app to end", || Ok((!running.app.is_alive()).then_some(())))?;
        }
        Ok(())
    }

    /// Ends the app as a power cut would: SIGKILL, without a word. Fails unless it was alive
    /// before and is dead after.
    pub fn kill9(&mut self) -> Result<()> {
        let running = self.running.take().context("the app is not running")?;
        ensure!(running.app.is_alive(), "the app had already ended");
        running.app.kill()
    }

    /// Does something to an element, once it is there; looks again when the page replaced it
    /// between finding and doing.
    fn on_fresh<T>(&self, by: &By, act: impl Fn(&Session, &Element) -> Result<T>) -> Result<T> {
        until(&format!("{by} to stay"), || {
            let element = self.wait_for_element(by)?;
            match act(self.session()?, &element) {
                Ok(done) => Ok(Some(done)),
                Err(error) if error.to_string().contains("stale element reference") => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// The text of something as it is drawn, once it is there.
    pub fn text(&self, by: &By) -> Result<String> {
        self.on_fresh(by, Session::text)
    }

    /// The texts of all that match, in the order of the page.
    pub fn texts(&self, by: &By) -> Result<Vec<String>> {
        let session = self.session()?;
        self.find(by)?.iter().map(|element| session.text(element)).collect()
    }

    /// What an expression of JavaScript comes to on the page.
    pub fn evaluate(&self, expression: &str) -> Result<Value> {
        self.session()?.execute(&format!("return ({expression})"), &json!([]))
    }

    /// The value of an attribute, if it has that.
    pub fn attribute(&self, by: &By, name: &str) -> Result<Option<String>> {
        let element = self.wait_for_element(by)?.to_value();
        let script = "return arguments[0].getAttribute(arguments[1])";
        let value = self.session()?.execute(script, &json!([element, name]))?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// How many things match, now.
    pub fn count(&self, by: &By) -> Result<usize> {
        Ok(self.find(by)?.len())
    }

    /// Waits for something to be visible.
    pub fn wait_for(&self, by: &By) -> Result<()> {
        self.wait_for_element(by).map(drop)
    }

    /// Waits for something to be no longer visible.
    pub fn wait_gone(&self, by: &By) -> Result<()> {
        self.wait_until(&format!("{by} to be gone"), |app| Ok(app.count(by)? == 0))
    }

    /// Waits until something says this.
    pub fn wait_for_text(&self, by: &By, part: &str) -> Result<()> {
        self.wait_until(&format!("{by} to say “{part}”"), |app| {
            Ok(app.text(by)?.contains(part))
        })
    }

    /// Waits until something holds.
    pub fn wait_until(&self, what: &str, holds: impl Fn(&Self) -> Result<bool>) -> Result<()> {
        until(what, || Ok(holds(self)?.then_some(()))).with_context(|| self.evidence())
    }

    /// Waits for something that takes its time.
    pub fn wait_long(
        &self,
        limit: Duration,
        what: &str,
        holds: impl Fn(&Self) -> Result<bool>,
    ) -> Result<()> {
        until_within(limit, what, || Ok(holds(self)?.then_some(())))
            .with_context(|| self.evidence())
    }

    /// Makes the window this large inside its frame.
    pub fn set_window(&self, width: u32, height: u32) -> Result<()> {
        self.session()?.set_window(width, height)?;
        self.wait_until(&format!("the window to be {width} × {height}"), |app| {
            let size = app.session()?.execute("return [innerWidth, innerHeight]", &json!([]))?;
            Ok(size == json!([width, height]))
        })
    }

    /// Draws the page in this theme, whatever the settings say, until it is loaded again.
    pub fn theme(&self, theme: Theme) -> Result<()> {
        let name = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let script = "document.documentElement.dataset.theme = arguments[0]";
        self.session()?.execute(script, &json!([name]))?;
        self.settle()
    }

    /// Waits for fonts to be loaded and for motion to end.
    pub fn settle(&self) -> Result<()> {
        self.wait_until("the page to be still", |app| {
            let script = "return document.fonts.status === 'loaded' && \
                          document.getAnimations().every((it) => it.playState !== 'running')";
            Ok(app.session()?.execute(script, &json!([]))? == true)
        })
    }

    /// Writes what the window shows to a PNG file, once that no longer changes.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        self.settle()?;
        let session = self.session()?;
        // What is on the screen runs a frame or two behind the page.
        let two_frames = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
        let mut last = Vec::new();
        let image = until("the window to be drawn", || {
            session.execute_async(two_frames, &json!([]))?;
            let image = session.screenshot()?;
            Ok(if image == last {
                Some(image)
            } else {
                last = image;
                None
            })
        })
        .with_context(|| self.evidence())?;
        write(file, &image)
    }

    /// The accessibility rules that the page breaks.
    pub fn axe(&self) -> Result<Vec<Violation>> {
        self.settle()?;
        self.bring_axe()?;
        let violations = self.session()?.execute_async(axe::SCRIPT, &json!([]))?;
        serde_json::from_value(violations.clone()).with_context(|| format!("axe: {violations}"))
    }

    /// Fails if the page breaks any accessibility rule, and says which and where.
    pub fn assert_accessible(&self, screen: &str) -> Result<()> {
        let violations = self.axe()?;
        let list: String = violations.iter().map(ToString::to_string).collect();
        ensure!(violations.is_empty(), "{screen} breaks accessibility rules:\n{list}");
        Ok(())
    }

    /// Runs a script in the page, with `arguments`; gives what it returns.
    pub fn run(&self, script: &str, arguments: &Value) -> Result<Value> {
        self.session()?.execute(script, arguments)
    }

    /// Everything that the page says.
    pub fn page(&self) -> Result<String> {
        let text = self.session()?.execute("return document.body.innerText", &json!([]))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// What a failed test leaves behind to understand it: the page's words, and how it looked.
    fn evidence(&self) -> String {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = shots().join(format!("failed-{test}.png"));
        let drawn = self.session().and_then(Session::screenshot).and_then(|it| write(&file, &it));
        let looks = match drawn {
            Ok(()) => format!("looks like {}", file.display()),
            Err(error) => format!("could not be drawn ({error})"),
        };
        format!("the page {looks} and says:\n{}", self.page().unwrap_or_default())
    }

    fn session(&self) -> Result<&Session> {
        Ok(&self.running.as_ref().context("the app is not running")?.session)
    }

    fn find(&self, by: &By) -> Result<Vec<Element>> {
        if by.needs_axe() {
            self.bring_axe()?;
        }
        let found = self.session()?.execute(find::SCRIPT, &by.args())?;
        Ok(found.as_array().into_iter().flatten().filter_map(Element::from_value).collect())
    }

    fn wait_for_element(&self, by: &By) -> Result<Element> {
        let found = until(&by.to_string(), || Ok(Some(self.find(by)?).filter(|it| !it.is_empty())))
            .with_context(|| self.evidence())?;
        match found.as_slice() {
            [element] => Ok(element.clone()),
            _ => bail!("{} things match {by}", found.len()),
        }
    }

    fn bring_axe(&self) -> Result<()> {
        let session = self.session()?;
        if session.execute("return typeof axe", &json!([]))? != "object" {
            session.execute(&axe::source()?, &json!([]))?;
        }
        Ok(())
    }
}

/// The folder for screenshots, which is not committed.
pub fn shots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("shots")
}

fn write(file: &Path, image: &[u8]) -> Result<()> {
    if let Some(dir) = file.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(file, image).with_context(|| format!("could not write {}", file.display()))
}

/// The app's binary: `SITWELL_BIN`, or the one that was built beside this test.
fn binary() -> Result<PathBuf> {
    let path = match env::var_os("SITWELL_BIN") {
        Some(path) => PathBuf::from(path),
        None => env::current_exe()?
            .ancestors()
            .nth(2)
            .context("this test runs outside of a target folder")?
            .join("sitwell"),
    };
    path.canonicalize().with_context(|| {
        format!("{} is missing: run `cargo xtask test --only e2e`", path.display())
    })
}
