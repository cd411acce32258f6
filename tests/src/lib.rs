//! Placeholder root, replaced as the crate grows.
