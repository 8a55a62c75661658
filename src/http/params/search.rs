use super::{Form, Known, Pairs, QueryParams, encode};
use crate::{
    domain::{Facet, Kind},
    http::error::{ApiError, clip},
    query::YearRange,
    search::{SearchRequest, Sort},
};

/// The longest query, in characters.
const MAX_QUERY: usize = 1000;
/// The most hits of one answer.
const MAX_LIMIT: usize = 100;
/// How far into the hits an answer may reach: who wants more should ask for something narrower.
pub(crate) const MAX_WINDOW: usize = 10_000;
/// The most values chosen in all facets together.
const MAX_FILTERS: usize = 50;
/// The longest value of a facet, in characters.
const MAX_VALUE: usize = 200;

const KINDS: &[&str] =
    &["dossier", "person", "institution", "journal", "paper", "ip", "claim", "contribution"];

const LIMIT: Known = Known {
    name: "limit",
    about: "How many hits",
    form: Form::Number { min: 1, max: MAX_LIMIT, default: Some(20) },
};
const OFFSET: Known = Known {
    name: "offset",
    about: "How many hits to skip; with limit at most 10000",
    form: Form::Number { min: 0, max: MAX_WINDOW, default: Some(0) },
};
const SORTS: [(&str, Sort); 3] =
    [("relevance", Sort::Relevance), ("year", Sort::Year), ("title", Sort::Title)];

/// What to search for: the same for the interface and for the page.
pub(crate) struct SearchParams(pub(crate) SearchRequest);

impl QueryParams for SearchParams {
    fn known() -> Vec<Known> {
        let text = |name, about| Known { name, about, form: Form::Text };
        let mut known = vec![
            text("q", "Words, \"phrases\", -without, A OR B, field:value, prefix*; at most 1000 characters"),
            Known { name: "kind", about: "What is searched for", form: Form::Word(KINDS) },
            Known {
                name: "sort",
                about: "The order of hits",
                form: Form::Word(&["relevance", "year", "title"]),
            },
            LIMIT,
            OFFSET,
            Known {
                name: "synonyms",
                about: "Whether words stand for other forms of the same thing as well",
                form: Form::Word(&["true", "false"]),
            },
            Known {
                name: "explain",
                about: "Whether to say how the query was understood and what each score is made of",
                form: Form::Word(&["false", "true"]),
            },
        ];
        known.extend(Facet::ALL.map(|facet| Known {
            name: facet.name(),
            about: match facet {
                Facet::Year => {
                    "A year, or a range such as 2020..2026, 2020.. or ..2026; repeated, any of them"
                }
                _ => "Only hits with this value of the facet; repeated, any of them",
            },
            form: Form::Texts,
        }));
        known
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let q = pairs.one("q")?.unwrap_or_default();
        within("q", q, MAX_QUERY)?;
        let kind = match pairs.one("kind")? {
            Some(name) => clip(name).parse().map_err(ApiError::BadRequest)?,
            None => Kind::default(),
        };
        let limit = pairs.number(&LIMIT)?.unwrap_or(20);
        let offset = pairs.number(&OFFSET)?.unwrap_or(0);
        if offset + limit > MAX_WINDOW {
            let asked = offset + limit;
            return Err(ApiError::bad(format!(
                "'offset' and 'limit' together are {asked}, the limit is {MAX_WINDOW}; narrow the search"
            )));
        }
        let sort = sort(pairs.one("sort")?)?;
        let (synonyms, explain) = (flag(pairs, "synonyms", true)?, flag(pairs, "explain", false)?);
        let filters = filters(pairs)?;
        Ok(Self(SearchRequest { q: q.to_owned(), kind, filters, sort, limit, offset, synonyms, explain }))
    }
}

fn flag(pairs: &Pairs, name: &str, default: bool) -> Result<bool, ApiError> {
    match pairs.one(name)? {
        None => Ok(default),
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(other) => Err(ApiError::bad(format!("'{name}' is true or false, not '{}'", clip(other)))),
    }
}

fn sort(name: Option<&str>) -> Result<Sort, ApiError> {
    let Some(name) = name else { return Ok(Sort::Relevance) };
    SORTS.into_iter().find(|(known, _)| *known == name).map(|(_, sort)| sort).ok_or_else(|| {
        ApiError::bad(format!("unknown sort '{}', expected one of relevance, year, title", clip(name)))
    })
}

fn filters(pairs: &Pairs) -> Result<Vec<(Facet, String)>, ApiError> {
    let mut filters: Vec<(Facet, String)> = Vec::new();
    for facet in Facet::ALL {
        for value in pairs.all(facet.name()) {
            within(facet.name(), value, MAX_VALUE)?;
            if facet == Facet::Year {
                let range = clip(value).parse::<YearRange>();
                range.map_err(|error| ApiError::bad(format!("parameter 'year': {error}")))?;
            }
            if !filters.iter().any(|(known, chosen)| *known == facet && chosen == value) {
                filters.push((facet, value.to_owned()));
            }
        }
    }
    if filters.len() > MAX_FILTERS {
        return Err(ApiError::bad(format!(
            "{} facet values are chosen, the limit is {MAX_FILTERS}",
            filters.len()
        )));
    }
    Ok(filters)
}

pub(super) fn within(name: &str, value: &str, limit: usize) -> Result<(), ApiError> {
    match value.chars().count() {
        length if length > limit => {
            Err(ApiError::bad(format!("'{name}' has {length} characters, the limit is {limit}")))
        }
        _ => Ok(()),
    }
}

/// Writes the query string that reads back as this request, without what is default anyway.
pub(crate) fn to_query(request: &SearchRequest) -> String {
    let default = SearchRequest::default();
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if !request.q.is_empty() {
        pairs.push(("q", request.q.clone()));
    }
    if request.kind != default.kind {
        pairs.push(("kind", request.kind.name().to_owned()));
    }
    pairs.extend(request.filters.iter().map(|(facet, value)| (facet.name(), value.clone())));
    if let Some((name, _)) = SORTS.iter().find(|(_, sort)| *sort == request.sort && *sort != Sort::Relevance)
    {
        pairs.push(("sort", (*name).to_owned()));
    }
    if request.limit != 20 {
        pairs.push(("limit", request.limit.to_string()));
    }
    if !request.synonyms {
        pairs.push(("synonyms", "false".to_owned()));
    }
    if request.offset != 0 {
        pairs.push(("offset", request.offset.to_string()));
    }
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Result<SearchRequest, String> {
        let pairs = Pairs::parse(raw).map_err(|error| error.to_string())?;
        pairs.refuse_unknown(&SearchParams::known()).map_err(|error| error.to_string())?;
        SearchParams::read(&pairs).map(|params| params.0).map_err(|error| error.to_string())
    }

    #[test]
    fn every_kind_and_every_facet_is_known() {
        assert_eq!(KINDS, Kind::ALL.map(Kind::name));
        for facet in Facet::ALL {
            let request = read(&format!("{facet}=2020&{facet}=2021")).expect("known");
            assert_eq!(request.filters, [(facet, "2020".to_owned()), (facet, "2021".to_owned())]);
        }
    }

    #[test]
    fn nothing_given_is_everything_by_default() {
        for raw in ["", "q=&kind=&sort=&limit=&offset=&year="] {
            let request = read(raw).expect("readable");
            assert_eq!(
                (request.q.as_str(), request.kind, request.limit, request.offset),
                ("", Kind::Dossier, 20, 0)
            );
            assert!(request.filters.is_empty() && request.sort == Sort::Relevance);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        let long = format!("q={}", "长".repeat(1001));
        let many: String = (0..51).map(|n| format!("person=n{n}&")).collect();
        for (raw, names) in [
            ("frobnicate=1", "frobnicate"),
            ("kind=planet", "planet"),
            ("sort=size", "size"),
            ("limit=0", "'limit'"),
            ("limit=101", "100"),
            ("limit=abc", "abc"),
            ("limit=-1", "-1"),
            ("offset=9990&limit=20", "10000"),
            ("offset=99999999999999999999", "'offset'"),
            ("year=20", "'year'"),
            ("year=2026..2020", "2026..2020"),
            ("year=..", "'year'"),
            ("year=%2B202", "'year'"),
            ("q=a&q=b", "'q'"),
            (&long, "1000"),
            (&many, "50"),
        ] {
            let error = read(raw).expect_err(raw);
            assert!(error.contains(names), "{raw}: {error}");
        }
    }

    #[test]
    fn an_address_reads_back_as_its_request() {
        for raw in [
            "",
            "q=%E5%BF%83&kind=paper&year=2020..2026&journal=A%20%26%20B&journal=C&sort=year&limit=50&offset=100",
        ] {
            assert_eq!(to_query(&read(raw).expect("readable")).len(), raw.len());
            let request = read(&to_query(&read(raw).expect("readable"))).expect("written by us");
            assert_eq!(to_query(&request), to_query(&read(raw).expect("readable")));
        }
    }
}
