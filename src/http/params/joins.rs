use super::{
    Form, Known, Pairs, QueryParams,
    list::{CURSOR, LIMIT, name, page},
};
use crate::{
    domain::Kind,
    http::error::{ApiError, clip},
    resolve::Method,
    store::JoinFilter,
};

/// Which joins or suggestions.
pub(crate) struct JoinParams(pub(crate) JoinFilter);

impl QueryParams for JoinParams {
    fn known() -> Vec<Known> {
        let text = |name, about| Known { name, about, form: Form::Text };
        vec![
            text("kind", "person or institution; both where nothing is given"),
            text("id", "Id of a record"),
            text("method", "same-name-and-paper, printed-alias, near-name, …"),
            LIMIT,
            CURSOR,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let (limit, offset) = page(pairs)?;
        let kind = match pairs.one("kind")? {
            None => None,
            Some("person") => Some(Kind::Person),
            Some("institution") => Some(Kind::Institution),
            Some(other) => {
                let wanted = format!("'kind' must be person or institution, not '{}'", clip(other));
                return Err(ApiError::bad(wanted));
            }
        };
        let method = pairs.one("method")?;
        if let Some(other) = method.filter(|name| Method::find(name).is_none()) {
            let known: Vec<&str> = Method::ALL.iter().map(|method| method.name()).collect();
            let known = known.join(", ");
            return Err(ApiError::bad(format!("unknown method '{}', known are {known}", clip(other))));
        }
        let (id, method) = (name(pairs, "id")?, method.map(str::to_owned));
        Ok(Self(JoinFilter { kind, id, method, limit, offset }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(raw: &str) -> Pairs {
        Pairs::parse(raw).expect("readable")
    }

    #[test]
    fn joins_are_asked_for_by_kind_record_and_method() {
        let raw = "kind=institution&id=i1&method=printed-alias&limit=5&cursor=10";
        let JoinParams(filter) = JoinParams::read(&pairs(raw)).expect("readable");
        let want = JoinFilter {
            kind: Some(Kind::Institution),
            id: Some("i1".into()),
            method: Some("printed-alias".into()),
            limit: 5,
            offset: 10,
        };
        assert_eq!(filter, want);
        for raw in ["kind=paper", "method=guess", "limit=0"] {
            assert!(JoinParams::read(&pairs(raw)).is_err(), "{raw}");
        }
    }
}
