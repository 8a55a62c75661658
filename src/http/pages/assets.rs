use std::sync::LazyLock;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::http::params::{NoParams, Params, StyleParams};

const STYLE: &str = include_str!("../assets/style.css");
const ICON: &str = include_str!("../assets/icon.svg");

/// The address of the style sheet; it changes with the content, so that caches may keep it for ever.
pub(super) fn style_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| {
        let digest: String = Sha256::digest(STYLE).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        format!("/assets/style.css?v={digest}")
    });
    &ADDRESS
}

/// Answers the style sheet.
pub(crate) async fn style(_: Params<StyleParams>) -> Response {
    asset("text/css; charset=utf-8", "public, max-age=31536000, immutable", STYLE)
}

/// Answers the icon.
pub(crate) async fn icon(_: Params<NoParams>) -> Response {
    asset("image/svg+xml", "public, max-age=86400", ICON)
}

fn asset(content_type: &'static str, cache: &'static str, body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, cache)], body).into_response()
}
