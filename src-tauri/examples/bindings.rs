//! Writes the TypeScript of all commands and their types to the path given.

use specta_typescript::Typescript;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: bindings PATH")?;
    let header = "// Generated from Rust by `cargo xtask bindings`. Do not edit.\n";
    sitwell::bindings().export(Typescript::default().header(header), path)?;
    Ok(())
}
