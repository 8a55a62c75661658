//! Who shares a paper or a right with whom.

use std::collections::BTreeSet;

use super::{Case, Observation, Parameters, or_holds};

/// More pairs are counted, not named.
const NAMED_PAIRS: usize = 20;

/// Lists pairs of contributors who share no paper and no right: their collaboration has to be explained.
pub(super) fn collaboration(case: &Case, _: &Parameters) -> Vec<Observation> {
    let count = case.dossier.contributors.len();
    let works = works(case);
    if count < 2 || works.is_empty() {
        return vec![Observation::not_known("没有读到完成人，或论文与知识产权中没有完成人的姓名")];
    }
    let together =
        |one: usize, two: usize| works.iter().any(|work| work.contains(&one) && work.contains(&two));
    let mut apart = Vec::new();
    for one in 0..count {
        apart.extend((one + 1..count).filter(|two| !together(one, *two)).map(|two| (one, two)));
    }
    let name = |at: usize| case.dossier.contributors[at].name.as_str();
    let pairs = count * (count - 1) / 2;
    let mut found = Vec::new();
    if !apart.is_empty() {
        let message =
            format!("需核对：{pairs}对完成人中，{}对没有共同的论文或知识产权，须说明合作关系", apart.len());
        let named: Vec<String> = apart
            .iter()
            .take(NAMED_PAIRS)
            .map(|(one, two)| format!("{}–{}", name(*one), name(*two)))
            .collect();
        let more = if apart.len() > NAMED_PAIRS { " 等" } else { "" };
        let people: BTreeSet<usize> =
            apart.iter().take(NAMED_PAIRS).flat_map(|(one, two)| [*one, *two]).collect();
        let observation =
            Observation::to_check(message).noting("没有共同成果", format!("{}{more}", named.join("、")));
        found.push(observation.shown_by(people.into_iter().flat_map(|at| case.contributor(at))));
    }
    or_holds(found, format!("{pairs}对完成人均有共同的论文或知识产权"))
}

/// Looks for contributors who are on no paper and no right of the dossier.
pub(super) fn without_evidence(case: &Case, _: &Parameters) -> Vec<Observation> {
    let nothing = case.dossier.papers.is_empty() && case.dossier.ip.is_empty();
    if case.dossier.contributors.is_empty() || nothing {
        return vec![Observation::not_known("没有读到完成人，或没有读到论文与知识产权")];
    }
    let named: BTreeSet<usize> = works(case).into_iter().flatten().collect();
    let mut found = Vec::new();
    for at in (0..case.dossier.contributors.len()).filter(|at| !named.contains(at)) {
        let contributor = &case.dossier.contributors[at];
        let message = format!("需核对：所列论文与知识产权中没有{}的姓名，请看旁证材料", contributor.name);
        let observation = Observation::to_check(message).noting("旁证材料", contributor.evidence.join("、"));
        found.push(observation.shown_by(case.contributor(at)));
    }
    or_holds(found, "各完成人均见于所列论文或知识产权")
}

/// The contributors on each paper and right that bears any.
fn works(case: &Case) -> Vec<BTreeSet<usize>> {
    let papers = case.links.papers.iter().map(|paper| &paper.people);
    let works = papers.chain(&case.links.ip);
    let people =
        works.map(|people| people.iter().map(|person| person.contributor).collect::<BTreeSet<usize>>());
    people.filter(|people| !people.is_empty()).collect()
}
