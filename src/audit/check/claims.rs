//! Innovation claims and those credited for them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Observation, Parameters, or_holds};
use crate::{audit::Evidence, domain::Provenance};

/// Looks for claims that are credited and not made, and made and not credited.
pub(super) fn credited(case: &Case, _: &Parameters) -> Vec<Observation> {
    let made: BTreeSet<u32> = case.dossier.claims.iter().map(|claim| claim.number).collect();
    let mut credits: BTreeMap<u32, Vec<Evidence>> = BTreeMap::new();
    let mut credit = |numbers: &[u32], object: &str, at: &Provenance| {
        for number in numbers {
            credits.entry(*number).or_default().extend(case.shown(object, at, "claims", &number.to_string()));
        }
    };
    for (at, person) in case.dossier.contributors.iter().enumerate() {
        credit(&person.claims, &format!("contributors[{at}]"), &person.provenance);
    }
    for (at, institution) in case.dossier.institutions.iter().enumerate() {
        credit(&institution.claims, &format!("institutions[{at}]"), &institution.provenance);
    }
    if made.is_empty() || credits.is_empty() {
        return vec![Observation::not_known("没有读到创新点，或贡献文字没有写明创新点")];
    }
    let numbers: Vec<String> = made.iter().map(u32::to_string).collect();
    let numbers = numbers.join("、");
    let mut found = Vec::new();
    for (number, shown) in &credits {
        if !made.contains(number) {
            let observation =
                Observation::to_check(format!("需核对：贡献文字引用创新点{number}，材料没有列出"));
            let observation = observation.comparing("创新点", number, format!("所列 {numbers}"));
            found.push(observation.shown_by(shown.iter().cloned()));
        }
    }
    for (at, claim) in case.dossier.claims.iter().enumerate() {
        if !credits.contains_key(&claim.number) {
            let message = format!("需核对：没有完成人或完成单位写明对创新点{}的贡献", claim.number);
            let shown = case.shown(&format!("claims[{at}]"), &claim.provenance, "heading", &claim.heading);
            found.push(Observation::to_check(message).noting("创新点", &claim.heading).shown_by(shown));
        }
    }
    or_holds(found, format!("所引创新点均已列出，创新点{numbers}均有人贡献"))
}
