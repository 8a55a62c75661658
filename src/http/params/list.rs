use super::{Form, Known, Pairs, QueryParams};
use crate::{
    http::error::{ApiError, clip},
    store::{ContributionFilter, ListFilter},
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
            offset,
            limit,
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
        let error = ContributionParams::read(&pairs("claim=two")).map(|_| ()).expect_err("no number");
        assert!(error.to_string().contains("'claim'"));
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
