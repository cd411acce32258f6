//! Everything Sitwell knows: what an exam is, what a deck is, how a paper is drawn, sat and
//! marked, how cards are studied, and how all of it is kept. No window, no network, no global
//! state; time comes in as a [`clock::Clock`] and randomness as a seed, so every sitting can be
//! replayed.

pub mod blueprint;
pub mod bundled;
pub mod clock;
pub mod deck;
pub mod desk;
pub mod exam;
pub mod forecast;
pub mod formats;
mod logistic;
pub mod paths;
pub mod rich_text;
pub mod search;
pub mod store;
pub mod study;
