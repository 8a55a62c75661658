use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::assets;
use crate::http::error::ApiError;

/// What every page shares: the head and the search box.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// What stands in the search box.
    pub(super) query: String,
    /// What the search box sends along: kind, facets, order.
    pub(super) kept: Vec<(&'static str, String)>,
}

impl Layout {
    /// The address of the style sheet.
    pub(super) fn style(&self) -> &'static str {
        assets::style_address()
    }
}

/// Writes a page.
pub(super) fn page(template: &impl Template) -> Result<Response, ApiError> {
    let html = template.render().map_err(|error| ApiError::Internal(Box::new(error)))?;
    Ok(Html(html).into_response())
}
