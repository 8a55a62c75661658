use super::{Form, Known, Pairs, QueryParams, search::within};
use crate::http::error::ApiError;

/// The longest affiliation, in characters.
const MAX_AFFILIATION: usize = 400;

/// What is printed of an institution.
pub(crate) struct AffiliationParams(pub(crate) String);

impl QueryParams for AffiliationParams {
    fn known() -> Vec<Known> {
        let about = "A printed affiliation: name, and whatever stands around it; needed";
        vec![Known { name: "affiliation", about, form: Form::Text }]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let affiliation = pairs.one("affiliation")?.unwrap_or_default();
        if affiliation.trim().is_empty() {
            return Err(ApiError::bad("'affiliation' is missing; give the text to be matched".to_owned()));
        }
        within("affiliation", affiliation, MAX_AFFILIATION)?;
        Ok(Self(affiliation.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_affiliation_is_needed_and_bounded() {
        let read = |raw: &str| {
            let pairs = Pairs::parse(raw).map_err(|error| error.to_string())?;
            AffiliationParams::read(&pairs).map(|params| params.0).map_err(|error| error.to_string())
        };
        assert_eq!(read("affiliation=%E7%94%B2"), Ok("甲".to_owned()));
        let long = format!("affiliation={}", "x".repeat(401));
        for raw in ["", "affiliation=", "affiliation=+", &long] {
            assert!(read(raw).expect_err(raw).contains("'affiliation'"), "{raw}");
        }
    }
}
