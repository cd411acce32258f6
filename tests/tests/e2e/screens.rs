//! What is asked of every screen.

use anyhow::Result;
use tests::{App, Theme, shots};

/// The window sizes that the design is drawn for: with its columns side by side, and stacked.
const SIZES: [(u32, u32); 2] = [(1280, 820), (900, 820)];

/// Checks the accessibility of the screen that is open, in both themes and at both sizes, and
/// keeps a picture of each.
pub(crate) fn inspect(app: &App, screen: &str) -> Result<()> {
    for (width, height) in SIZES {
        app.set_window(width, height)?;
        for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
            app.theme(theme)?;
            app.screenshot(&shots().join(format!("{screen}-{name}-{width}.png")))?;
            app.assert_accessible(&format!("{screen} ({name}, {width} px)"))?;
        }
    }
    let (width, height) = SIZES[0];
    app.set_window(width, height)
}
