//! Papers, rights and claims that another dossier uses too.

use std::collections::BTreeMap;

use super::{Case, Held, Observation, Question, or_holds};
use crate::{
    audit::{
        holdings::Trait,
        works::{shared_papers, shared_rights},
    },
    store::StoreError,
};

/// So many dossiers with similar claims are compared.
const CANDIDATES: usize = 8;
/// Shorter claims say too little to be compared.
const SHORTEST: usize = 30;

/// Looks for the papers, rights and claims of the dossier in all others.
pub(super) fn used_elsewhere(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let (case, holdings) = (question.case, question.holdings);
    let mut others: BTreeMap<&str, &Held> = BTreeMap::new();
    let near = holdings.sharing_many(question.held, Trait::Claim, CANDIDATES);
    let using =
        [Trait::Paper, Trait::Right].into_iter().flat_map(|kind| holdings.sharing_any(question.held, kind));
    others.extend(near.into_iter().chain(using).map(|held| (held.id.as_str(), held)));
    let mut found = Vec::new();
    for other in others.into_values() {
        if let Some(theirs) = question.load(other)? {
            found.extend(works_of(case, &theirs));
            found.extend(claims_of(case, &theirs, question.parameters.share("containment")));
        }
    }
    Ok(or_holds(found, "已收录的其他材料中，没有相同的论文、知识产权或创新点文字"))
}

/// The papers and rights that two dossiers share, in one observation.
fn works_of(case: &Case, theirs: &Case) -> Option<Observation> {
    let (papers, rights) = (shared_papers(case, theirs), shared_rights(case, theirs));
    if papers.is_empty() && rights.is_empty() {
        return None;
    }
    let message = format!("需核对：{}篇论文、{}项知识产权也列在另一材料中", papers.len(), rights.len());
    let mut observation = Observation::to_check(message).noting("另一项目", described(theirs));
    for work in papers {
        observation = observation
            .comparing("论文", &case.dossier.papers[work.own].title, work.method.label())
            .shown_by(case.paper(work.own, "title"))
            .shown_by(theirs.paper(work.theirs, "title"));
    }
    for work in rights {
        let right = &case.dossier.ip[work.own];
        let field = if right.grant_number.is_some() { "grant_number" } else { "title" };
        observation = observation
            .comparing("知识产权", &right.title, work.method.label())
            .shown_by(case.right(work.own, field))
            .shown_by(theirs.right(work.theirs, field));
    }
    Some(observation)
}

/// Each claim whose text stands in a claim of another dossier.
fn claims_of(case: &Case, theirs: &Case, least: f64) -> Vec<Observation> {
    let others = theirs.claim_texts();
    let mut found = Vec::new();
    for (own, text) in case.claim_texts().iter().enumerate() {
        for (other, their_text) in others.iter().enumerate() {
            let Some(overlap) = text.overlap(their_text, SHORTEST, least) else { continue };
            let number = |case: &Case, at: usize| case.dossier.claims.get(at).map_or(0, |claim| claim.number);
            let message = format!(
                "需核对：创新点{}的文字与另一材料的创新点{}重合{:.0}%",
                number(case, own),
                number(theirs, other),
                overlap.containment * 100.0
            );
            let mut observation = Observation::to_check(message).noting("另一项目", described(theirs));
            for (left, right) in overlap.passages.into_iter().take(2) {
                observation = observation
                    .shown_by(case.passage(text, left))
                    .shown_by(theirs.passage(their_text, right));
            }
            found.push(observation);
        }
    }
    found
}

/// Title, award and year of another dossier.
pub(super) fn described(case: &Case) -> String {
    let award = case.dossier.award.as_ref();
    let name = award.and_then(|award| award.name.as_deref()).unwrap_or_default();
    let year = case.year().map_or(String::new(), |year| format!("{year}年"));
    let about = format!("{year}{name}");
    if about.is_empty() { case.title().to_owned() } else { format!("{}（{about}）", case.title()) }
}
