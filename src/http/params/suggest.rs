use super::{Form, Known, Pairs, QueryParams, search::within};
use crate::{
    http::error::{ApiError, clip},
    search::{SuggestKind, SuggestRequest},
};

/// The longest text, in characters: who has typed more is past any name.
const MAX_TYPED: usize = 200;
const KINDS: &[&str] = &["person", "institution", "journal", "topic", "dossier"];
const LIMIT: Known = Known {
    name: "limit",
    about: "How many suggestions",
    form: Form::Number { min: 1, max: 50, default: Some(10) },
};

/// What is being typed.
pub(crate) struct SuggestParams(pub(crate) SuggestRequest);

impl QueryParams for SuggestParams {
    fn known() -> Vec<Known> {
        let about = "What was typed so far: the start of a name, a part of it, its pinyin or initials";
        vec![
            Known { name: "q", about, form: Form::Text },
            Known {
                name: "kind",
                about: "Only suggestions of this kind: person, institution, journal, topic or dossier",
                form: Form::Text,
            },
            LIMIT,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let q = pairs.one("q")?.unwrap_or_default();
        within("q", q, MAX_TYPED)?;
        let kind = pairs.one("kind")?.map(kind).transpose()?;
        let limit = pairs.number(&LIMIT)?.unwrap_or(10);
        Ok(Self(SuggestRequest { q: q.to_owned(), kind, limit }))
    }
}

fn kind(name: &str) -> Result<SuggestKind, ApiError> {
    let unknown =
        || ApiError::bad(format!("unknown kind '{}', expected one of {}", clip(name), KINDS.join(", ")));
    SuggestKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_and_what_cannot_be_meant_is_refused() {
        let read = |raw: &str| {
            let pairs = Pairs::parse(raw).map_err(|error| error.to_string())?;
            SuggestParams::read(&pairs).map(|params| params.0).map_err(|error| error.to_string())
        };
        assert_eq!(KINDS, SuggestKind::ALL.map(SuggestKind::name));
        let default = SuggestRequest { q: String::new(), kind: None, limit: 10 };
        assert_eq!(read("q=&kind=&limit="), Ok(default));
        let request = SuggestRequest { q: "xu".to_owned(), kind: Some(SuggestKind::Topic), limit: 3 };
        assert_eq!(read("q=xu&kind=topic&limit=3"), Ok(request));
        let long = format!("q={}", "x".repeat(201));
        for (raw, names) in
            [("kind=paper", "paper"), ("limit=51", "50"), ("limit=0", "'limit'"), (&long, "200")]
        {
            assert!(read(raw).expect_err(raw).contains(names), "{raw}");
        }
    }
}
