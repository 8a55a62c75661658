use serde::Serialize;
use utoipa::ToSchema;

use crate::store::Page;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T: ToSchema> {
    /// How many there are in all.
    total: u64,
    /// The items of this page.
    items: Vec<T>,
    /// Give it as `cursor` to get the next page; `null` at the end.
    next_cursor: Option<String>,
}

impl<T: ToSchema> List<T> {
    /// Makes the page that began at `offset`.
    pub(crate) fn new(page: Page<T>, offset: usize) -> Self {
        let end = offset + page.items.len();
        let more = !page.items.is_empty() && (end as u64) < page.total;
        Self { total: page.total, items: page.items, next_cursor: more.then(|| end.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_has_no_next() {
        for (total, items, offset, want) in
            [(5, 2, 0, Some("2")), (5, 2, 2, Some("4")), (5, 1, 4, None), (0, 0, 0, None), (5, 0, 9, None)]
        {
            let page = Page { total, items: vec![String::new(); items] };
            assert_eq!(List::new(page, offset).next_cursor.as_deref(), want);
        }
    }
}
