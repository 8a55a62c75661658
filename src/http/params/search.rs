use super::{Form, Known, Pairs, QueryParams, encode};
use crate::{
    domain::{Facet, Kind},
    http::error::{ApiError, clip},
    query::YearRange,
    search::{Cursor, NOT_PRINTED, SearchRequest, Sort},
};

/// The longest query, in characters.
const MAX_QUERY: usize = 1000;
/// The most hits of one answer.
const MAX_LIMIT: usize = 1000;
/// How many hits may be skipped by number: a cursor goes on from there without looking at them again.
pub(crate) const MAX_OFFSET: usize = 10_000;
/// The most values of a facet in one answer.
const MAX_FACET_LIMIT: usize = 1000;
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
    about: "How many hits to skip; who wants to go further gives a cursor",
    form: Form::Number { min: 0, max: MAX_OFFSET, default: Some(0) },
};
const FACET_LIMIT: Known = Known {
    name: "facet_limit",
    about: "How many values of each facet; facet_values says how many there are",
    form: Form::Number { min: 0, max: MAX_FACET_LIMIT, default: Some(100) },
};
const SORTS: &[&str] = &["relevance", "year", "title", "citations", "rank"];

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
                about: "The order of hits: best first, latest year, title, most citations (of a paper; of \
                        another record, of the papers tied to it) or printed rank (of contributions, people \
                        and institutions); what has none comes last",
                form: Form::Word(SORTS),
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
            text(
                "cursor",
                "The next_cursor of the page before, with the same parameters otherwise; limit may differ",
            ),
            FACET_LIMIT,
            Known {
                name: "facet_q",
                about: "FACET:text lists only those values of the facet that contain the text; counts stay the \
                        same; repeatable",
                form: Form::Texts,
            },
        ];
        known.extend(Facet::ALL.map(|facet| Known {
            name: facet.name(),
            about: match facet {
                Facet::Year => {
                    "A year, or a range such as 2020..2026, 2020.. or ..2026, or '-': not printed; repeated, any of them"
                }
                _ => "Only hits with this value of the facet, or '-': those for which none is printed; repeated, any of them",
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
        let limit = bounded(pairs, &LIMIT)?.unwrap_or(20);
        let offset = bounded(pairs, &OFFSET)?.unwrap_or(0);
        let mut request = SearchRequest {
            q: q.to_owned(),
            kind,
            filters: filters(pairs)?,
            sort: sort(pairs.one("sort")?)?,
            limit,
            offset,
            cursor: None,
            facet_limit: pairs.number(&FACET_LIMIT)?.unwrap_or(100),
            facet_q: facet_q(pairs)?,
            synonyms: flag(pairs, "synonyms", true)?,
            explain: flag(pairs, "explain", false)?,
        };
        if let Some(text) = pairs.one("cursor")? {
            if offset > 0 {
                return Err(ApiError::bad("'cursor' and 'offset' are both given; give one of them"));
            }
            let read = Cursor::read(text, &request);
            request.cursor =
                Some(read.map_err(|error| ApiError::bad(format!("parameter 'cursor': {error}")))?);
        }
        Ok(Self(request))
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

/// Reads a number that bounds the page; one that is too large is told of the cursor.
fn bounded(pairs: &Pairs, known: &Known) -> Result<Option<usize>, ApiError> {
    pairs.number(known).map_err(|error| {
        ApiError::bad(format!("{error}; to read further, give the answer's next_cursor as 'cursor'"))
    })
}

fn sort(name: Option<&str>) -> Result<Sort, ApiError> {
    let Some(name) = name else { return Ok(Sort::Relevance) };
    clip(name).parse().map_err(ApiError::BadRequest)
}

fn facet_q(pairs: &Pairs) -> Result<Vec<(Facet, String)>, ApiError> {
    let read = pairs.all("facet_q").map(|given| {
        within("facet_q", given, MAX_VALUE)?;
        let (facet, text) = given.split_once(':').ok_or_else(|| {
            ApiError::bad(format!("'facet_q' must be FACET:text, such as person:王, not '{}'", clip(given)))
        })?;
        let facet =
            clip(facet).parse().map_err(|error| ApiError::bad(format!("parameter 'facet_q': {error}")))?;
        Ok((facet, text.trim().to_owned()))
    });
    let texts = read.collect::<Result<Vec<_>, ApiError>>()?;
    if texts.len() > MAX_FILTERS {
        return Err(ApiError::bad(format!(
            "'facet_q' is given {} times, the limit is {MAX_FILTERS}",
            texts.len()
        )));
    }
    Ok(texts)
}

fn filters(pairs: &Pairs) -> Result<Vec<(Facet, String)>, ApiError> {
    let mut filters: Vec<(Facet, String)> = Vec::new();
    for facet in Facet::ALL {
        for value in pairs.all(facet.name()) {
            within(facet.name(), value, MAX_VALUE)?;
            if facet == Facet::Year && value != NOT_PRINTED {
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
    pairs.extend(request.facet_q.iter().map(|(facet, text)| ("facet_q", format!("{facet}:{text}"))));
    if request.sort != default.sort {
        pairs.push(("sort", request.sort.name().to_owned()));
    }
    if request.facet_limit != default.facet_limit {
        pairs.push(("facet_limit", request.facet_limit.to_string()));
    }
    if let Some(cursor) = &request.cursor {
        pairs.push(("cursor", cursor.to_string()));
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
        assert_eq!(SORTS, Sort::ALL.map(Sort::name));
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
            ("limit=1001", "from 1 to 1000"),
            ("limit=1001", "'cursor'"),
            ("facet_limit=1001", "from 0 to 1000"),
            ("facet_q=person", "FACET:text"),
            ("facet_q=planet:x", "planet"),
            ("cursor=00", "'cursor'"),
            ("frobnicate=1&kind=paper&tabulate=2", "'frobnicate', 'tabulate'"),
            ("limit=abc", "abc"),
            ("limit=-1", "-1"),
            ("offset=10001", "from 0 to 10000"),
            ("offset=10001", "'cursor'"),
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
            "q=%E5%BF%83&kind=paper&year=2020..2026&journal=A%20%26%20B&journal=C&facet_q=person%3A%E7%8E%8B&sort=year&facet_limit=12&limit=50&offset=100",
            "year=-&year=2020",
        ] {
            assert_eq!(to_query(&read(raw).expect("readable")).len(), raw.len());
            let request = read(&to_query(&read(raw).expect("readable"))).expect("written by us");
            assert_eq!(to_query(&request), to_query(&read(raw).expect("readable")));
        }
    }
}
