//! Makes an empty collection at the path given, for checking queries against the schema.

use sitwell_backend::clock::SystemClock;
use sitwell_backend::store::Store;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: migrate_to PATH")?;
    let store = Store::open(path.as_ref(), &SystemClock::new()).await?;
    store.close().await;
    Ok(())
}
