use std::collections::{BTreeMap, BTreeSet};

use super::{Appearance, Method, Resolution, ip_keys, paper_keys};
use crate::{
    domain::{Dossier, DossierKind},
    text::fold_key,
};

/// Something printed that makes a person one with others of the same name of whom it is printed too.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Key of the person.
    pub person: String,
    /// Their folded name.
    pub name_key: String,
    /// What kind of thing is shared.
    pub method: Method,
    /// Its key: of the institution, the paper, the right or the project.
    pub thing: String,
    /// How sure it is that the person is the one named there, 0 to 1.
    pub score: f64,
    /// Where it is printed: `papers[3].authors`.
    pub field: String,
    /// The name or value as printed there.
    pub printed: String,
}

/// Collects what a dossier prints of its contributors that may be printed of them elsewhere.
///
/// Of two contributors of one name a list of authors does not say which is meant, so their institutions
/// alone tell who they are.
pub(super) fn facts(dossier: &Dossier, resolution: &Resolution) -> Vec<Fact> {
    let mut bearers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (row, links) in dossier.contributors.iter().zip(&resolution.contributors) {
        if let Some(person) = &links.person {
            bearers.entry(fold_key(&row.name)).or_default().insert(&person.key);
        }
    }
    let mut facts = Vec::new();
    for (index, (row, links)) in dossier.contributors.iter().zip(&resolution.contributors).enumerate() {
        let Some(person) = &links.person else { continue };
        let name_key = fold_key(&row.name);
        let mut fact = |method, thing: String, score: f64, field: String, printed: &str| {
            let (person, name_key) = (person.key.clone(), name_key.clone());
            facts.push(Fact {
                person,
                name_key,
                method,
                thing,
                score,
                field,
                printed: printed.trim().to_owned(),
            });
        };
        for link in links.institution.iter().chain(&links.employer) {
            let is_employer = row.institution.is_none() || links.employer.as_ref() == Some(link);
            let (field, printed) = if is_employer {
                ("employer", row.employer.as_deref())
            } else {
                ("institution", row.institution.as_deref())
            };
            let method = Method::SameNameAndInstitution;
            let field = format!("contributors[{index}].{field}");
            fact(method, link.key.clone(), method.score(), field, printed.unwrap_or(&link.name));
        }
        if bearers.get(&name_key).is_some_and(|bearers| bearers.len() > 1) {
            continue;
        }
        let of = |people: &[Appearance]| people.iter().find(|one| one.contributor == index).cloned();
        let title = dossier.title.as_deref().unwrap_or_default();
        if dossier.kind == DossierKind::Dossier && !fold_key(title).is_empty() {
            let method = Method::SameNameAndProject;
            fact(method, fold_key(title), method.score(), "title".to_owned(), title);
        }
        for (at, (paper, links)) in dossier.papers.iter().zip(&resolution.papers).enumerate() {
            let Some(author) = of(&links.people) else { continue };
            let method = Method::SameNameAndPaper;
            for work in paper_keys(paper) {
                let score = author.score.min(method.score());
                fact(method, work.key, score, format!("papers[{at}].authors"), &author.printed);
            }
        }
        for (at, (ip, people)) in dossier.ip.iter().zip(&resolution.ip).enumerate() {
            let Some(holder) = of(people) else { continue };
            let method = Method::SameNameAndIp;
            for work in ip_keys(ip) {
                let score = holder.score.min(method.score());
                fact(method, work.key, score, format!("ip[{at}].holders"), &holder.printed);
            }
        }
    }
    facts
}
