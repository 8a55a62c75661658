//! Each rule that a notice can be checked against has dossiers that trip it and dossiers that do not.

mod awards;
mod forms;
mod numbers;
mod texts;

use std::collections::BTreeSet;

use super::CHECKS;
use crate::{
    audit::{Auditor, Finding, Outcome, rules::rules, sample::Sample},
    store::Store,
};

const CMA: &str = "中华医学科技奖";
const NATURAL: &str = "国家自然科学奖";
const HUAXIA: &str = "华夏医学科技奖";

/// One rule, a dossier that is asked among others, and one that answers otherwise.
struct Case {
    rule: &'static str,
    trips: Vec<Sample>,
    fits: Vec<Sample>,
    /// Stands in the message of the first.
    says: &'static str,
}

/// The first of the samples among the rest of them.
fn asked(rule: &str, samples: &[Sample]) -> Vec<Finding> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("opened");
    let ids: Vec<String> = samples.iter().map(|sample| sample.put(&store)).collect();
    let findings = Auditor::default().of(&store, &ids[0]).expect("an answer").expect("kept");
    for shown in findings.iter().flat_map(|finding| &finding.evidence) {
        let text = store.source_text(&shown.dossier).expect("an answer").expect("kept");
        let span = shown.span.expect("all values of a sample are printed");
        assert_eq!(text[span.start..span.end], shown.quote, "{shown:?}");
        let line = text.lines().nth(shown.line.expect("a line") - 1).expect("there");
        assert!(line.contains(shown.quote.lines().next().unwrap_or_default()), "{shown:?}");
    }
    findings.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn outcomes(findings: &[Finding]) -> BTreeSet<Outcome> {
    findings.iter().map(|finding| finding.outcome).collect()
}

#[test]
fn every_rule_is_tripped_by_one_dossier_and_not_by_another() {
    let cases = [
        awards::of_awards(),
        awards::of_authors(),
        forms::of_forms(),
        numbers::of_numbers(),
        texts::of_texts(),
    ]
    .into_iter()
    .flatten();
    let mut tried = BTreeSet::new();
    for Case { rule, trips, fits, says } in cases {
        let found = asked(rule, &trips);
        let tripped = found.iter().find(|finding| finding.outcome == Outcome::ToCheck);
        let tripped = tripped.unwrap_or_else(|| panic!("{rule} is not tripped: {found:#?}"));
        assert!(tripped.message.contains(says), "{rule}: {}", tripped.message);
        assert!(tripped.message.starts_with("需核对"), "{rule}: neutral words: {}", tripped.message);
        assert!(!tripped.evidence.is_empty(), "{rule}: {tripped:#?}");
        assert!(tripped.basis.is_some(), "{rule}");
        let found = asked(rule, &fits);
        assert!(!found.is_empty() && !outcomes(&found).contains(&Outcome::ToCheck), "{rule}: {found:#?}");
        tried.insert(rule);
    }
    let checked: BTreeSet<&str> =
        rules().iter().filter(|rule| rule.check.is_some()).map(|rule| rule.id.as_str()).collect();
    assert_eq!(tried, checked);
    let used: BTreeSet<&str> = rules().iter().filter_map(|rule| rule.check).map(|check| check.name).collect();
    assert_eq!(used, CHECKS.iter().map(|check| check.name).collect(), "every check is used");
}
