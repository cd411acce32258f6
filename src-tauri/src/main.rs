//! The Sitwell desktop app.

// No console window beside the app on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use clap::Parser;
use sitwell::Arguments;

fn main() {
    sitwell::run(&Arguments::parse());
}
