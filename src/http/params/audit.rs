use std::str::FromStr;

use super::{
    Form, Known, Pairs, QueryParams,
    list::{CURSOR, LIMIT, name, page},
};
use crate::{
    audit::{FindingFilter, Outcome, Severity, rule_list},
    http::error::{ApiError, clip},
};

const OUTCOMES: [&str; 3] = [Outcome::ToCheck.name(), Outcome::NotKnown.name(), Outcome::Holds.name()];
const SEVERITIES: [&str; 3] = [Severity::High.name(), Severity::Medium.name(), Severity::Low.name()];

/// Which findings.
pub(crate) struct AuditParams(pub(crate) FindingFilter);

impl QueryParams for AuditParams {
    fn known() -> Vec<Known> {
        vec![
            Known { name: "dossier", about: "Id of a dossier", form: Form::Text },
            Known { name: "rule", about: "Number of a rule: R01 to R26, K01 to K12", form: Form::Text },
            Known { name: "severity", about: "How much hangs on the rule", form: Form::OneOf(&SEVERITIES) },
            Known { name: "outcome", about: "What the comparison says", form: Form::OneOf(&OUTCOMES) },
            LIMIT,
            CURSOR,
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let (limit, offset) = page(pairs)?;
        Ok(Self(FindingFilter {
            dossier: name(pairs, "dossier")?,
            rule: pairs.one("rule")?.map(rule).transpose()?,
            severity: one_of::<Severity>(pairs, "severity")?,
            outcome: one_of::<Outcome>(pairs, "outcome")?,
            limit,
            offset,
        }))
    }
}

fn rule(id: &str) -> Result<String, ApiError> {
    let found = rule_list().find(|rule| rule.id.eq_ignore_ascii_case(id));
    found.map(|rule| rule.id.to_owned()).ok_or_else(|| {
        let known: Vec<&str> = rule_list().map(|rule| rule.id).collect();
        ApiError::bad(format!("unknown rule '{}', expected one of {}", clip(id), known.join(", ")))
    })
}

fn one_of<T: FromStr<Err = String>>(pairs: &Pairs, name: &str) -> Result<Option<T>, ApiError> {
    pairs.one(name)?.map(|value| clip(value).parse().map_err(ApiError::bad)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_values_name_the_known_ones() {
        let read = |raw: &str| AuditParams::read(&Pairs::parse(raw).expect("pairs"));
        let AuditParams(filter) =
            read("rule=r07&severity=high&outcome=to_check&dossier=d1&cursor=40").expect("known");
        assert_eq!(filter.rule.as_deref(), Some("R07"));
        assert_eq!((filter.severity, filter.outcome), (Some(Severity::High), Some(Outcome::ToCheck)));
        assert_eq!((filter.dossier.as_deref(), filter.offset), (Some("d1"), 40));
        for (raw, known) in
            [("rule=R99", "R01, R02"), ("severity=x", "high, medium"), ("outcome=x", "to_check")]
        {
            let error = read(raw).map(|_| ()).expect_err(raw).to_string();
            assert!(error.contains(known), "{error}");
        }
    }
}
