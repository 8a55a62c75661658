use std::fmt;

use sha2::{Digest, Sha256};

use super::SearchRequest;

/// A place in the order of hits: the smaller, the earlier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) rank: u64,
    /// Empty where titles do not count.
    pub(super) title: String,
    pub(super) id: String,
}

/// The place of the last hit of an answer, from which the next page of the same search goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Of which search, apart from the page.
    search: u64,
    place: Place,
}

impl Cursor {
    pub(super) fn new(request: &SearchRequest, place: Place) -> Self {
        Self { search: fingerprint(request), place }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Reads what [`fmt::Display`] wrote for the same search; the error says what is wrong.
    pub fn read(text: &str, request: &SearchRequest) -> Result<Self, String> {
        let bad = || "it is no next_cursor of a search".to_owned();
        let digits = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes = text.as_bytes().chunks(2).map(|pair| digits(pair).filter(|_| pair.len() == 2));
        let bytes: Vec<u8> = bytes.collect::<Option<_>>().ok_or_else(bad)?;
        let (head, names) = bytes.split_at_checked(16).ok_or_else(bad)?;
        let number = |bytes: &[u8]| bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
        let names = std::str::from_utf8(names).map_err(|_| bad())?;
        let (id, title) = names.split_once('\n').ok_or_else(bad)?;
        let place = Place { rank: number(&head[8..]), title: title.to_owned(), id: id.to_owned() };
        let cursor = Self { search: number(&head[..8]), place };
        if cursor.search != fingerprint(request) {
            return Err("it belongs to another search; only 'limit' may differ from page to page".to_owned());
        }
        Ok(cursor)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.search, self.place.rank)?;
        let Place { title, id, .. } = &self.place;
        id.bytes().chain([b'\n']).chain(title.bytes()).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn fingerprint(request: &SearchRequest) -> u64 {
    let mut filters: Vec<_> = request.filters.iter().collect();
    filters.sort_unstable();
    let search = format!("{:?}", (&request.q, request.kind, request.sort, filters));
    Sha256::digest(search).iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Facet, search::Sort};

    #[test]
    fn a_cursor_reads_back_for_its_search_alone() {
        let filter = |value: &str| (Facet::Award, value.to_owned());
        let request =
            SearchRequest { filters: vec![filter("甲"), filter("乙")], ..SearchRequest::default() };
        let place = Place { rank: u64::MAX, title: "题\n目".to_owned(), id: "d1".to_owned() };
        let written = Cursor::new(&request, place.clone()).to_string();
        let same = SearchRequest { filters: vec![filter("乙"), filter("甲")], limit: 3, ..request.clone() };
        assert_eq!(Cursor::read(&written, &same).expect("the same search").place(), &place);
        let other = SearchRequest { sort: Sort::Title, ..request.clone() };
        assert!(Cursor::read(&written, &other).expect_err("another search").contains("another search"));
        for broken in
            ["", "x", "00", &written[..20], &written[..written.len() - 1], "汉字汉字汉字汉字汉字汉字"]
        {
            assert!(Cursor::read(broken, &request).is_err(), "{broken}");
        }
    }
}
