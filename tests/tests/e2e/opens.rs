//! The least that can be asked of a window.

use anyhow::Result;
use tests::{App, css};

use crate::screens::inspect;

#[test]
#[ignore = "opens a window"]
fn opens_and_opens_again_after_a_power_cut() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut app = App::start(&dir.path().join("collection.sitwell"))?;
    app.wait_for(&css("h1"))?;
    inspect(&app, "first")?;

    app.kill9()?;
    app.restart()?;
    app.wait_for(&css("h1"))
}
