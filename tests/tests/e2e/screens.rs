//! What is asked of every screen.

use anyhow::{Result, ensure};
use tests::{App, Theme, shots};

/// A window with the columns side by side.
pub(crate) const WIDE: (u32, u32) = (1280, 820);
/// A window with the columns stacked and the navigator put away.
pub(crate) const NARROW: (u32, u32) = (900, 820);

/// Goes round the screens with a camera and a list of accessibility rules, and tells at the end.
#[derive(Default)]
pub(crate) struct Inspector {
    problems: Vec<String>,
}

impl Inspector {
    /// Looks at the screen that is open at both sizes, and leaves the window wide.
    pub(crate) fn look(&mut self, app: &App, screen: &str) -> Result<()> {
        self.look_at(app, screen, NARROW)?;
        self.look_at(app, screen, WIDE)
    }

    /// Looks at what is open, in both themes.
    pub(crate) fn look_at(&mut self, app: &App, screen: &str, size: (u32, u32)) -> Result<()> {
        let (width, height) = size;
        app.set_window(width, height)?;
        for (theme, name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
            app.theme(theme)?;
            app.screenshot(&shots().join(format!("{screen}-{name}-{width}.png")))?;
            for violation in app.axe()? {
                let problem = format!("{screen} ({name}, {width} px): {violation}");
                // Said at once too, in case the tour does not come to its end.
                eprintln!("{problem}");
                self.problems.push(problem);
            }
        }
        Ok(())
    }

    /// Fails if any screen broke an accessibility rule.
    pub(crate) fn verdict(self) -> Result<()> {
        ensure!(
            self.problems.is_empty(),
            "{} accessibility rules are broken:\n{}",
            self.problems.len(),
            self.problems.join("\n")
        );
        Ok(())
    }
}
