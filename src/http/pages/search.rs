use axum::{extract::State, response::Response};

use super::{layout, search_view::SearchPage};
use crate::http::{
    AppState,
    error::ApiError,
    params::{Params, SearchParams},
};

/// Shows the hits, the tabs and the facets of a search.
pub(crate) async fn search(
    State(state): State<AppState>,
    Params(SearchParams(request)): Params<SearchParams>,
) -> Result<Response, ApiError> {
    let asked = SearchPage::asked(request.clone());
    let answer = state.ask_in_place(move |archive| archive.search(&asked)).await?;
    layout::page(&SearchPage::new(&request, &answer))
}
