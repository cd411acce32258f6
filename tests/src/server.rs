//! A server of releases, on this machine only, that can be told to misbehave.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};
use serde_json::json;

/// What the server says and gives.
#[derive(Clone, Default)]
pub struct Offer {
    /// The version that it calls the newest; none answers with trouble.
    pub version: Option<String>,
    /// What it says is new.
    pub notes: String,
    /// The signature that it shows.
    pub signature: String,
    /// The package; none answers with trouble.
    pub package: Option<Arc<Vec<u8>>>,
    /// Bytes of the package after which it hangs up.
    pub hangs_up_after: Option<usize>,
}

/// A server at a port of this machine; gone when dropped.
pub struct ReleaseServer {
    port: u16,
    offer: Arc<Mutex<Offer>>,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl ReleaseServer {
    /// Opens the server.
    pub fn open(port: u16, offer: Offer) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} is taken"))?;
        let offer = Arc::new(Mutex::new(offer));
        let closing = Arc::new(AtomicBool::new(false));
        let (shown, closed) = (Arc::clone(&offer), Arc::clone(&closing));
        let thread = thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if closed.load(Ordering::SeqCst) {
                    return;
                }
                let offer = shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
                // A client that hung up is no trouble of ours.
                let _ = answer(client, port, &offer);
            }
        });
        Ok(Self { port, offer, closing, thread: Some(thread) })
    }

    /// Offers something else from now on.
    pub fn offer(&self, offer: Offer) {
        *self.offer.lock().unwrap_or_else(PoisonError::into_inner) = offer;
    }
}

impl Drop for ReleaseServer {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // Wakes the thread; without a listener it has ended already.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut client: TcpStream, port: u16, offer: &Offer) -> Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    match (request.split(' ').nth(1), &offer.version, &offer.package) {
        (Some("/latest.json"), Some(version), _) => {
            let entry = json!({
                "signature": offer.signature,
                "url": format!("http://127.0.0.1:{port}/package"),
            });
            let platforms = json!({ format!("linux-{}", std::env::consts::ARCH): entry });
            let list = json!({ "version": version, "notes": offer.notes, "platforms": platforms });
            send(&mut client, "200 OK", list.to_string().as_bytes(), None)
        }
        (Some("/package"), _, Some(package)) => {
            send(&mut client, "200 OK", package, offer.hangs_up_after)
        }
        _ => send(&mut client, "500 Internal Server Error", b"", None),
    }
}

fn send(client: &mut TcpStream, status: &str, body: &[u8], limit: Option<usize>) -> Result<()> {
    let length = body.len();
    write!(client, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")?;
    client.write_all(&body[..limit.unwrap_or(length).min(length)])?;
    Ok(client.flush()?)
}
