//! The list of hostile texts in `payloads.toml`, for the tests of more than one crate.

/// What `CANARY` stands for: a script that would leave a mark in the page.
pub(crate) const CANARY: &str = "window.hostileRan=1";

/// A hostile text with its name.
#[derive(Debug)]
pub(crate) struct Payload {
    /// Says what is tried.
    pub(crate) name: String,
    /// Markdown, HTML or neither.
    pub(crate) text: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    payload: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    open: String,
    #[serde(default)]
    middle: String,
    #[serde(default)]
    close: String,
    #[serde(default)]
    times: usize,
    #[serde(default)]
    around: [String; 2],
}

/// All of them; what they load would come from `origin`, as `http://127.0.0.1:4242`.
pub(crate) fn payloads(origin: &str) -> Vec<Payload> {
    let list: List = toml::from_str(include_str!("payloads.toml")).expect("the list is TOML");
    let payload = |entry: Entry| {
        let Entry { name, text, open, middle, close, times, around: [before, after] } = entry;
        let text = [text, before, open.repeat(times), middle, close.repeat(times), after]
            .concat()
            .replace("CANARY", CANARY)
            // Addresses without a scheme are tried too.
            .replace("//ORIGIN", origin.trim_start_matches("http:"))
            .replace("ORIGIN", origin);
        Payload { name, text }
    };
    list.payload.into_iter().map(payload).collect()
}
