//! Files that the system asked to open: named at the start, by a second start, or in the file
//! manager. They wait here until the window takes them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::ipc::Channel;

/// What waits, and who takes it.
#[derive(Default)]
struct Inner {
    waiting: Vec<String>,
    window: Option<Channel<String>>,
}

/// Files to open.
#[derive(Default)]
pub(crate) struct OpenedFiles(Mutex<Inner>);

impl OpenedFiles {
    /// Asks for files to be opened; a name without a folder is one in `folder`.
    pub(crate) fn ask_in(&self, folder: &Path, files: &[PathBuf]) {
        self.change(|inner| {
            let named = files.iter().map(|file| folder.join(file).to_string_lossy().into_owned());
            inner.waiting.extend(named);
        });
    }

    /// Sends what waits, and what comes, to the window.
    pub(crate) fn watch(&self, window: Channel<String>) {
        self.change(|inner| inner.window = Some(window));
    }

    fn change(&self, change: impl FnOnce(&mut Inner)) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut inner);
        let Inner { waiting, window: Some(window) } = &mut *inner else { return };
        // What a window that is gone did not take waits for the next.
        waiting.retain(|file| window.send(file.clone()).is_err());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tauri::ipc::InvokeResponseBody;

    use super::*;

    /// A window that keeps what it is sent.
    fn window() -> (Channel<String>, Arc<Mutex<Vec<String>>>) {
        let got = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&got);
        let channel = Channel::new(move |body| {
            let InvokeResponseBody::Json(json) = body else { panic!("a path is sent as JSON") };
            keep.lock().unwrap().push(json);
            Ok(())
        });
        (channel, got)
    }

    #[test]
    fn a_file_waits_until_a_window_takes_it_and_is_sent_once() {
        let files = OpenedFiles::default();
        files.ask_in(Path::new("/home/mara"), &["deck.apkg".into(), "/media/bank.md".into()]);
        let (first, got) = window();
        files.watch(first);
        let home = Path::new("/home/mara").join("deck.apkg");
        let expected = [format!("{:?}", home.to_string_lossy()), "\"/media/bank.md\"".to_owned()];
        assert_eq!(*got.lock().unwrap(), expected);

        let (second, later) = window();
        files.watch(second);
        files.ask_in(Path::new("/"), &["/media/more.csv".into()]);
        assert_eq!(*later.lock().unwrap(), ["\"/media/more.csv\""]);
        assert_eq!(got.lock().unwrap().len(), 2);
    }
}
