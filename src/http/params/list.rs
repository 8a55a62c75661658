use std::ops::RangeInclusive;

use super::{Form, Known, Pairs, QueryParams};
use crate::{
    domain::{DecisionAction, Kind},
    http::error::{ApiError, clip},
    query::YearRange,
    store::{ContributionFilter, DecisionFilter, ListFilter, RelationFilter, ReuseFilter},
};

pub(super) const LIMIT: Known = Known {
    name: "limit",
    about: "How many items",
    form: Form::Number { min: 1, max: 100, default: Some(20) },
};
pub(super) const CURSOR: Known =
    Known { name: "cursor", about: "The next_cursor of the page before", form: Form::Text };
const CLAIM: Known = Known {
    name: "claim",
    about: "The number of a claim (创新点)",
    form: Form::Number { min: 1, max: 999, default: None },
};
const YEAR: Known =
    Known { name: "year", about: "Year of the award: 2026, 2020..2026, 2020.. or ..2022", form: Form::Text };
const MIN: Known = Known {
    name: "min",
    about: "So many dossiers at least list the work, or one dossier lists it so often",
    form: Form::Number { min: 2, max: 1000, default: Some(2) },
};
const DEPTH: Known = Known {
    name: "depth",
    about: "How many steps from the one in question; only direct relations are known",
    form: Form::Number { min: 1, max: 1, default: Some(1) },
};
/// The longest name or id, in characters.
const MAX_NAME: usize = 200;

/// A route without parameters.
pub(crate) struct NoParams;

impl QueryParams for NoParams {
    fn known() -> Vec<Known> {
        Vec::new()
    }

    fn read(_pairs: &Pairs) -> Result<Self, ApiError> {
        Ok(Self)
    }
}

/// Which page of a list.
pub(crate) struct ListParams(pub(crate) ListFilter);

impl QueryParams for ListParams {
    fn known() -> Vec<Known> {
        vec![Known { name: "name", about: "Only names that contain this", form: Form::Text }, LIMIT, CURSOR]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let (limit, offset) = page(pairs)?;
        Ok(Self(ListFilter { name: name(pairs, "name")?, limit, offset }))
    }
}

/// Whose contributions, to what.
pub(crate) struct ContributionParams(pub(crate) ContributionFilter);

impl QueryParams for ContributionParams {
    fn known() -> Vec<Known> {
        let text = |name, about| Known { name, about, form: Form::Text };
        vec![
            text("person", "Id or name of a person"),
            text("institution", "Id or name of an institution"),
            CLAIM,
            text("dossier", "Id of a dossier"),
            text("rank", "Printed ranks: 1 or 1..3"),
            text(
                "role",
                "What the contributor is printed as: a title (主任医师), a part of a post (院长), or, by the papers \
                 and rights of the dossier, author, first-author, corresponding, inventor, first-inventor, holder",
            ),
            YEAR,
            LIMIT,
            CURSOR,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let (limit, offset) = page(pairs)?;
        Ok(Self(ContributionFilter {
            person: name(pairs, "person")?,
            institution: name(pairs, "institution")?,
            claim: pairs.number(&CLAIM)?.and_then(|number| u32::try_from(number).ok()),
            dossier: name(pairs, "dossier")?,
            ranks: ranks(pairs)?,
            role: name(pairs, "role")?,
            years: years(pairs)?,
            offset,
            limit,
        }))
    }
}

/// Which works that several dossiers list.
pub(crate) struct ReuseParams(pub(crate) ReuseFilter);

impl QueryParams for ReuseParams {
    fn known() -> Vec<Known> {
        let text = |name, about| Known { name, about, form: Form::Text };
        vec![
            text("kind", "paper or ip only"),
            MIN,
            text("dossier", "Id of a dossier that lists it"),
            YEAR,
            text("award", "Name of an award of a dossier that lists it"),
            LIMIT,
            CURSOR,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let (limit, offset) = page(pairs)?;
        let kind = match pairs.one("kind")? {
            None => None,
            Some("paper") => Some(Kind::Paper),
            Some("ip") => Some(Kind::Ip),
            Some(other) => {
                return Err(ApiError::bad(format!("'kind' must be paper or ip, not '{}'", clip(other))));
            }
        };
        Ok(Self(ReuseFilter {
            kind,
            min: pairs.number(&MIN)?.unwrap_or(2),
            dossier: name(pairs, "dossier")?,
            award: name(pairs, "award")?,
            years: years(pairs)?,
            limit,
            offset,
        }))
    }
}

/// With whom, in which years, in which form.
pub(crate) struct RelationParams {
    pub(crate) filter: RelationFilter,
    pub(crate) form: RelationForm,
}

/// In which form relations are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelationForm {
    /// A page of a list.
    Json,
    /// The whole graph.
    GraphMl,
}

impl QueryParams for RelationParams {
    fn known() -> Vec<Known> {
        vec![
            YEAR,
            Known {
                name: "format",
                about: "A page of a list, or the whole graph as GraphML",
                form: Form::Word(&["json", "graphml"]),
            },
            DEPTH,
            LIMIT,
            CURSOR,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        pairs.number(&DEPTH)?;
        let form = match pairs.one("format")? {
            None | Some("json") => RelationForm::Json,
            Some("graphml") => RelationForm::GraphMl,
            Some(other) => {
                return Err(ApiError::bad(format!(
                    "'format' must be json or graphml, not '{}'",
                    clip(other)
                )));
            }
        };
        let years = years(pairs)?;
        let (limit, offset) = page(pairs)?;
        let filter = match form {
            RelationForm::Json => RelationFilter { years, limit, offset },
            RelationForm::GraphMl => RelationFilter { years, ..RelationFilter::default() },
        };
        Ok(Self { filter, form })
    }
}

/// Which decisions.
pub(crate) struct DecisionParams(pub(crate) DecisionFilter);

impl QueryParams for DecisionParams {
    fn known() -> Vec<Known> {
        vec![
            Known { name: "target", about: "The id of the record they are about", form: Form::Text },
            Known { name: "action", about: "What they do: correct, remove, …", form: Form::Text },
            Known {
                name: "active",
                about: "true for those that hold, false for those that were undone",
                form: Form::Text,
            },
            LIMIT,
            CURSOR,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let (limit, offset) = page(pairs)?;
        let action = pairs.one("action")?.map(str::parse::<DecisionAction>).transpose();
        let active = match pairs.one("active")? {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(other) => {
                return Err(ApiError::bad(format!("'active' must be true or false, not '{}'", clip(other))));
            }
        };
        Ok(Self(DecisionFilter {
            target: name(pairs, "target")?,
            action: action.map_err(ApiError::BadRequest)?,
            active,
            limit,
            offset,
        }))
    }
}

/// How an uploaded file is called.
pub(crate) struct UploadParams {
    pub(crate) filename: Option<String>,
}

impl QueryParams for UploadParams {
    fn known() -> Vec<Known> {
        vec![
            Known {
                name: "filename",
                about: "The name of the file; its ending tells the format where Content-Type does not",
                form: Form::Text,
            },
            Known {
                name: "wait",
                about: "Whether the answer may wait until the document is searchable; it always does now",
                form: Form::Word(&["true", "false"]),
            },
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        if let Some(other) = pairs.one("wait")?.filter(|wait| !matches!(*wait, "true" | "false")) {
            return Err(ApiError::bad(format!("'wait' must be true or false, not '{}'", clip(other))));
        }
        let filename = name(pairs, "filename")?;
        // The name is only a label; a path in it would say something about another machine.
        let filename = filename.and_then(|path| path.rsplit(['/', '\\']).next().map(str::to_owned));
        Ok(Self { filename: filename.filter(|name| !name.is_empty()) })
    }
}

/// The version of a style sheet, so that an old one in a cache is not used for a new page.
pub(crate) struct StyleParams;

impl QueryParams for StyleParams {
    fn known() -> Vec<Known> {
        vec![Known { name: "v", about: "Digest of the content", form: Form::Text }]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        pairs.one("v").map(|_| Self)
    }
}

pub(super) fn page(pairs: &Pairs) -> Result<(usize, usize), ApiError> {
    let limit = pairs.number(&LIMIT)?.unwrap_or(20);
    let offset = match pairs.one("cursor")? {
        None => 0,
        // A cursor beyond what fits the store's integers was never handed out.
        Some(cursor) => cursor.parse::<u32>().map_err(|_| {
            ApiError::bad(format!("'cursor' must be a next_cursor of this list, not '{}'", clip(cursor)))
        })?,
    };
    Ok((limit, offset as usize))
}

fn years(pairs: &Pairs) -> Result<Option<RangeInclusive<u16>>, ApiError> {
    let range =
        pairs.one("year")?.map(|text| text.parse::<YearRange>().map_err(ApiError::bad)).transpose()?;
    Ok(range.map(|range| range.bounds()))
}

/// Reads `2` and `1..3`.
fn ranks(pairs: &Pairs) -> Result<Option<RangeInclusive<u32>>, ApiError> {
    let Some(text) = pairs.one("rank")? else { return Ok(None) };
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    match (first.parse::<u32>(), last.parse::<u32>()) {
        (Ok(first), Ok(last)) if 1 <= first && first <= last => Ok(Some(first..=last)),
        _ => Err(ApiError::bad(format!(
            "'rank' must be a rank or a range of them as 1..3, not '{}'",
            clip(text)
        ))),
    }
}

pub(super) fn name(pairs: &Pairs, name: &str) -> Result<Option<String>, ApiError> {
    match pairs.one(name)? {
        Some(value) if value.chars().count() > MAX_NAME => {
            Err(ApiError::bad(format!("'{name}' has more than {MAX_NAME} characters")))
        }
        Some(value) if value.chars().any(char::is_control) => {
            Err(ApiError::bad(format!("'{name}' holds a control character")))
        }
        value => Ok(value.map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(raw: &str) -> Pairs {
        Pairs::parse(raw).expect("readable")
    }

    #[test]
    fn a_cursor_is_where_the_next_page_begins() {
        let ListParams(filter) = ListParams::read(&pairs("name=甲&limit=5&cursor=10")).expect("readable");
        assert_eq!((filter.name.as_deref(), filter.limit, filter.offset), (Some("甲"), 5, 10));
        for raw in ["cursor=x", "cursor=-1", "cursor=99999999999", "limit=0", "limit=1000"] {
            assert!(ListParams::read(&pairs(raw)).is_err(), "{raw}");
        }
    }

    #[test]
    fn contributions_are_asked_for_by_any_of_their_ends() {
        let raw = "person=乙&institution=丙医院&claim=2&dossier=d1";
        let ContributionParams(filter) = ContributionParams::read(&pairs(raw)).expect("readable");
        assert_eq!(filter.person.as_deref(), Some("乙"));
        assert_eq!(filter.institution.as_deref(), Some("丙医院"));
        assert_eq!((filter.claim, filter.dossier.as_deref()), (Some(2), Some("d1")));
        let raw = "rank=1..3&role=corresponding&year=2020..2022";
        let ContributionParams(filter) = ContributionParams::read(&pairs(raw)).expect("readable");
        assert_eq!((filter.ranks, filter.years), (Some(1..=3), Some(2020..=2022)));
        assert_eq!(filter.role.as_deref(), Some("corresponding"));
        for raw in ["rank=0", "rank=3..1", "rank=first", "year=20", "rank=1.."] {
            assert!(ContributionParams::read(&pairs(raw)).is_err(), "{raw}");
        }
        let error = ContributionParams::read(&pairs("claim=two")).map(|_| ()).expect_err("no number");
        assert!(error.to_string().contains("'claim'"));
    }

    #[test]
    fn works_and_relations_are_asked_for_strictly() {
        let ReuseParams(filter) = ReuseParams::read(&pairs("kind=ip&min=3&award=某奖")).expect("readable");
        assert_eq!((filter.kind, filter.min, filter.award.as_deref()), (Some(Kind::Ip), 3, Some("某奖")));
        let read = RelationParams::read(&pairs("format=graphml&year=2020..&limit=1")).expect("readable");
        assert_eq!(read.form, RelationForm::GraphMl);
        assert!(read.filter.limit > 1, "a graph is whole");
        for raw in ["kind=person", "min=1"] {
            assert!(ReuseParams::read(&pairs(raw)).is_err(), "{raw}");
        }
        for raw in ["format=xml", "depth=2"] {
            assert!(RelationParams::read(&pairs(raw)).is_err(), "{raw}");
        }
    }

    #[test]
    fn decisions_are_asked_for_by_what_they_do() {
        let read = |raw: &str| DecisionParams::read(&pairs(raw)).map(|DecisionParams(filter)| filter);
        let filter = read("target=d1&action=remove&active=false&limit=5").expect("readable");
        assert_eq!((filter.target.as_deref(), filter.action), (Some("d1"), Some(DecisionAction::Remove)));
        assert_eq!((filter.active, filter.limit), (Some(false), 5));
        assert_eq!(read("").expect("readable"), DecisionFilter::default());
        for raw in ["action=burn", "active=maybe", "limit=0"] {
            assert!(read(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn of_a_path_only_the_file_name_is_kept() {
        for (raw, want) in [
            ("filename=a.txt", Some("a.txt")),
            ("filename=%2Fetc%2Fa.txt", Some("a.txt")),
            ("filename=C%3A%5Ctmp%5Ca.txt", Some("a.txt")),
            ("filename=..%2F", None),
            ("", None),
        ] {
            assert_eq!(UploadParams::read(&pairs(raw)).expect("readable").filename.as_deref(), want, "{raw}");
        }
        assert!(UploadParams::read(&pairs("filename=a%0Ab")).is_err());
        assert!(UploadParams::read(&pairs("wait=maybe")).is_err());
    }
}
