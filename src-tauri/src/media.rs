//! The scheme `media:`, by which the window loads pictures and sounds from the collection.
//!
//! An address names a file by the SHA-256 of its bytes, so nothing but what a deck brought in can
//! be asked for, and an answer never changes.

use tauri::http::{Method, Request, Response, StatusCode, header};
use tauri::{AppHandle, Manager, UriSchemeContext, UriSchemeResponder, Wry};

use crate::state::AppState;

/// Its name.
pub(crate) const SCHEME: &str = "media";
/// Nothing in a drawing runs or loads, even where it is not shown as a picture.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Answers a request of the window, when the file has been read.
#[expect(clippy::needless_pass_by_value, reason = "the signature of a scheme's handler")]
pub(crate) fn serve(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let hash = hash(&request);
    tauri::async_runtime::spawn(async move {
        let response = match hash {
            Some(hash) => answer(&app, &hash).await,
            None => refusal(StatusCode::BAD_REQUEST),
        };
        responder.respond(response);
    });
}

/// The hash that an address names: `/HASH/name`.
fn hash(request: &Request<Vec<u8>>) -> Option<String> {
    let hash = request.uri().path().strip_prefix('/')?.split('/').next()?;
    let sound = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (request.method() == Method::GET && sound).then(|| hash.to_owned())
}

async fn answer(app: &AppHandle, hash: &str) -> Response<Vec<u8>> {
    let state = app.state::<AppState>();
    let found = match state.desk().await {
        Ok(desk) => desk.media_file(hash).await.ok().flatten(),
        Err(_) => None,
    };
    let Some((kind, bytes)) = found else { return refusal(StatusCode::NOT_FOUND) };
    Response::builder()
        .header(header::CONTENT_TYPE, kind.mime())
        .header(header::CONTENT_LENGTH, bytes.len())
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::CACHE_CONTROL, "max-age=31536000, immutable")
        // The window fetches sounds, for WebKitGTK plays none from a scheme of an app's own.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(bytes)
        .unwrap_or_else(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR))
}

fn refusal(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, uri: &str) -> Option<String> {
        hash(&Request::builder().method(method).uri(uri).body(Vec::new()).unwrap())
    }

    #[test]
    fn only_a_hash_can_be_asked_for() {
        let sound = "a".repeat(64);
        for base in ["media://localhost", "http://media.localhost"] {
            assert_eq!(asked("GET", &format!("{base}/{sound}/x.png")), Some(sound.clone()));
            assert_eq!(asked("POST", &format!("{base}/{sound}/x.png")), None);
            for path in
                ["", "/", "/x.png", "/../etc/passwd", "/%2e%2e/x", &format!("/{}z/x", &sound[1..])]
            {
                assert_eq!(asked("GET", &format!("{base}{path}")), None, "{path}");
            }
        }
    }
}
