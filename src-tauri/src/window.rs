//! The one window.

use tauri::{AppHandle, WebviewUrl, WebviewWindowBuilder};

/// Its label, named by the capability file.
pub(crate) const LABEL: &str = "main";

/// Opens the window. It stays where Sitwell is: any other address is refused.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Sitwell")
        .inner_size(1280.0, 820.0)
        .min_inner_size(880.0, 600.0)
        .on_navigation(|url| {
            url.scheme() == "tauri"
                || url.host_str() == Some("tauri.localhost")
                || (cfg!(debug_assertions) && url.host_str() == Some("localhost"))
        })
        .build()
        .map(drop)
}
