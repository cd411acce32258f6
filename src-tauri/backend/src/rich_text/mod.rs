//! Markdown in, clean HTML out. The only place that makes HTML.
