//! The one window.

use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder};

/// Its label, named by the capability file.
pub(crate) const LABEL: &str = "main";

/// Opens the window. It stays where Sitwell is: any other address is refused.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Sitwell")
        .inner_size(1280.0, 820.0)
        .min_inner_size(880.0, 600.0)
        .on_navigation(is_sitwell)
        .build()
        .map(drop)
}

/// Whether an address is the window's own.
fn is_sitwell(url: &Url) -> bool {
    url.scheme() == "tauri"
        || url.host_str() == Some("tauri.localhost")
        || (cfg!(debug_assertions) && url.host_str() == Some("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_file_or_a_link_does_not_take_the_window_away() {
        for (url, own) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/", true),
            ("file:///home/mara/deck.apkg", false),
            ("https://example.org/tauri.localhost", false),
            ("data:text/html,deck", false),
        ] {
            assert_eq!(is_sitwell(&Url::parse(url).unwrap()), own, "{url}");
        }
    }
}
