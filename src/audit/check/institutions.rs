//! Contributors' institutions beside the completing ones, and how institutions are named.

use std::collections::BTreeSet;

use super::{Case, Observation, Parameters, or_holds};
use crate::{audit::Evidence, resolve::Method, text::fold_key};

/// Looks for contributors whose institution is not among the completing ones.
pub(super) fn complete(case: &Case, _: &Parameters) -> Vec<Observation> {
    let completing: BTreeSet<&str> =
        case.links.completing.iter().flatten().map(|link| link.key.as_str()).collect();
    if completing.is_empty() || case.dossier.contributors.is_empty() {
        return vec![Observation::not_known("没有读到完成单位或完成人")];
    }
    let mut found = Vec::new();
    for (at, links) in case.links.contributors.iter().enumerate() {
        let Some(link) = links.institution.as_ref().filter(|link| !completing.contains(link.key.as_str()))
        else {
            continue;
        };
        let name = &case.dossier.contributors[at].name;
        let observation = Observation::to_check(format!("需核对：{name}的单位不在完成单位之列，须附证明"));
        let observation = observation.noting("所在单位", &link.name);
        found.push(observation.shown_by(case.contributor(at)).shown_by(printed_institution(case, at)));
    }
    or_holds(found, "各完成人的单位均在完成单位之列")
}

/// Looks for departments and other names in the place of an institution's full name.
pub(super) fn full_names(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    if case.dossier.institutions.is_empty() {
        return vec![Observation::not_known("没有读到完成单位")];
    }
    let mut found = Vec::new();
    for (at, institution) in case.dossier.institutions.iter().enumerate() {
        if let Some(department) = department(&institution.name, parameters) {
            let message = format!("需核对：完成单位写到“{department}”，请看是否法人单位全称");
            let observation = Observation::to_check(message).noting("完成单位", &institution.name);
            found.push(observation.shown_by(case.institution(at)));
        }
    }
    for (at, links) in case.links.contributors.iter().enumerate() {
        let alias = links.institution.as_ref().filter(|link| link.method == Method::PrintedAlias);
        let Some(link) = alias else { continue };
        let name = &case.dossier.contributors[at].name;
        let observation = Observation::to_check(format!("需核对：{name}的单位写的是别名或简称"));
        let printed = printed_name(case, at).unwrap_or_default();
        let observation = observation.comparing("单位", printed, &link.name);
        found.push(observation.shown_by(printed_institution(case, at)));
    }
    or_holds(found, "完成单位均写到单位一级")
}

/// The department behind the name of a body: 骨科 of 甲医院骨科.
fn department(name: &str, parameters: &Parameters) -> Option<String> {
    let folded = fold_key(name);
    let ends = parameters.words("departments").any(|department| folded.ends_with(department));
    let bodies = parameters.words("bodies").filter_map(|body| folded.rfind(body).map(|at| at + body.len()));
    let behind = &folded[bodies.max().filter(|_| ends)?..];
    (!behind.is_empty()).then(|| behind.to_owned())
}

fn printed_name(case: &Case, at: usize) -> Option<&str> {
    let contributor = &case.dossier.contributors[at];
    contributor.institution.as_deref().or(contributor.employer.as_deref())
}

fn printed_institution(case: &Case, at: usize) -> Vec<Evidence> {
    let contributor = &case.dossier.contributors[at];
    let field = if contributor.institution.is_some() { "institution" } else { "employer" };
    let printed = printed_name(case, at).unwrap_or_default();
    case.shown(&format!("contributors[{at}]"), &contributor.provenance, field, printed)
}
