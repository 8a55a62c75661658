use super::{
    Finding, Outcome,
    case::Case,
    check::{Load, Observation, Question, Run},
    holdings::{Held, Holdings},
    rules::{Entry, Rule, Stated},
};
use crate::store::StoreError;

/// Answers one rule for one dossier: a finding for each comparison, none where the rule asks about another
/// kind of project.
pub(super) fn answer(
    rule: &Rule,
    case: &Case,
    held: &Held,
    holdings: &Holdings,
    load: Load<'_>,
) -> Result<Vec<Finding>, StoreError> {
    let entries = match rule.stated(case.dossier.award.as_ref()) {
        Stated::By(entries) => entries,
        Stated::Elsewhere => return Ok(Vec::new()),
        Stated::NotKnown(why) => return Ok(vec![finding(rule, None, case, unknown(why))]),
    };
    let mut findings = Vec::new();
    for entry in entries {
        let observations = match (&entry.ask, rule.check) {
            (Some(question), _) => vec![unknown(question.clone())],
            (None, Some(check)) => match check.run {
                Run::Alone(run) => run(case, &entry.parameters),
                Run::Among(run) => {
                    let (parameters, awards) = (&entry.parameters, &*entry.awards);
                    run(&Question { case, held, parameters, awards, holdings, load })?
                }
            },
            (None, None) => Vec::new(),
        };
        findings.extend(observations.into_iter().map(|seen| finding(rule, Some(entry), case, seen)));
    }
    Ok(findings)
}

fn unknown(message: String) -> Observation {
    Observation { outcome: Outcome::NotKnown, message, compared: Vec::new(), evidence: Vec::new() }
}

fn finding(rule: &Rule, entry: Option<&Entry>, case: &Case, seen: Observation) -> Finding {
    let mut message = seen.message;
    if entry.is_some_and(|entry| entry.undated) {
        message.push_str("（所据填写说明未注明年度）");
    }
    Finding {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        severity: rule.severity,
        outcome: seen.outcome,
        message,
        dossier: case.reference(),
        compared: seen.compared,
        evidence: seen.evidence,
        basis: entry.map(|entry| entry.basis.clone()),
    }
}
