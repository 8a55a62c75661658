use super::{Form, Known, Pairs, QueryParams, SearchParams};
use crate::{
    export::{Format, Selection},
    http::error::{ApiError, clip},
    search::Sort,
};

const FORMATS: &[&str] = &["jsonl", "csv", "xlsx", "bibtex", "ris", "csl-json", "json-ld"];
const RECORD_FORMATS: &[&str] = &["json", "jsonl", "csv", "xlsx", "bibtex", "ris", "csl-json", "json-ld"];

/// Parameters of a search that choose a page of it or say more about it.
const OF_A_PAGE: [&str; 6] = ["limit", "offset", "cursor", "explain", "facet_limit", "facet_q"];

/// What is exported, and in which format.
pub(crate) struct ExportParams {
    pub(crate) selection: Selection,
    pub(crate) format: Format,
}

impl QueryParams for ExportParams {
    fn known() -> Vec<Known> {
        let about = "The format; references (bibtex, ris, csl-json) are made of papers and rights, and of a \
                     dossier those that it lists";
        let format = Known { name: "format", about, form: Form::Word(FORMATS) };
        let search = SearchParams::known().into_iter().filter(|known| !OF_A_PAGE.contains(&known.name));
        search.chain([format]).collect()
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let SearchParams(request) = SearchParams::read(pairs)?;
        let format = format(pairs)?.unwrap_or_default();
        let all =
            request.q.trim().is_empty() && request.filters.is_empty() && request.sort == Sort::default();
        let selection = if all { Selection::all(request.kind) } else { Selection::found(request) };
        Ok(Self { selection, format })
    }
}

/// In which format a record is answered; `None` for JSON.
pub(crate) struct RecordParams(pub(crate) Option<Format>);

impl QueryParams for RecordParams {
    fn known() -> Vec<Known> {
        let about = "The format; one other than json answers a file";
        vec![Known { name: "format", about, form: Form::Word(RECORD_FORMATS) }]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        if pairs.one("format")? == Some("json") { Ok(Self(None)) } else { format(pairs).map(Self) }
    }
}

fn format(pairs: &Pairs) -> Result<Option<Format>, ApiError> {
    pairs.one("format")?.map(|name| clip(name).parse().map_err(ApiError::BadRequest)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn every_format_is_known() {
        assert_eq!(FORMATS, Format::ALL.map(Format::name));
        assert_eq!(RECORD_FORMATS[1..], Format::ALL.map(Format::name));
    }

    #[test]
    fn the_whole_archive_or_a_search_is_exported() {
        let read = |raw: &str| {
            let pairs = Pairs::parse(raw)?;
            pairs.refuse_unknown(&ExportParams::known())?;
            ExportParams::read(&pairs)
        };
        let all = read("").expect("readable");
        assert_eq!((all.selection.kind(), all.format), (Kind::Dossier, Format::Jsonl));
        let found = read("kind=paper&format=ris&q=%E5%BF%83&year=2020..2026&sort=year").expect("readable");
        assert_eq!((found.selection.kind(), found.format), (Kind::Paper, Format::Ris));
        for (raw, names) in [("format=pdf", "json-ld"), ("limit=5", "'limit'"), ("cursor=1", "'cursor'")] {
            let error = read(raw).map(|_| ()).expect_err(raw).to_string();
            assert!(error.contains(names), "{raw}: {error}");
        }
    }
}
