//! One project in several years or awards.

use std::collections::BTreeMap;

use super::{Case, Held, Observation, Question, or_holds};
use crate::{
    audit::{
        Evidence,
        holdings::Trait,
        works::{self, shared_papers, shared_rights},
    },
    store::StoreError,
};

/// So many shared papers and rights make two dossiers one project, whatever their titles.
const SHARED_WORKS: usize = 2;
/// So many candidates are compared by title.
const CANDIDATES: usize = 20;

/// Looks for the project among those of the award in each of the years before.
pub(super) fn nominated_before(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let years = question.parameters.count("years_back").unwrap_or_default();
    let projects = same_projects(question);
    let earlier: Vec<Option<&Held>> = (1..=years)
        .map(|years| {
            let of_year =
                |other: &&&Held| question.is_years_before(other, years) && question.is_of_award(other);
            projects.iter().find(of_year).copied()
        })
        .collect();
    if earlier.is_empty() || earlier.iter().any(Option::is_none) {
        return Ok(vec![Observation::holds("已收录的前几年同奖项材料中，没有连年推荐的同一项目")]);
    }
    let mut observation = Observation::to_check("需核对：同一项目此前连年推荐过，是否获奖须查获奖名单");
    observation = observation.shown_by(titled(question.case));
    for other in earlier.into_iter().flatten() {
        if let Some(case) = question.load(other)? {
            let year = case.year().map_or(String::new(), |year| year.to_string());
            observation = observation.noting(&format!("{year}年"), case.title()).shown_by(titled(&case));
        }
    }
    Ok(vec![observation])
}

/// Looks for the project among those of the same year that are nominated for another award.
pub(super) fn other_awards(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let mut found = Vec::new();
    for other in same_projects(question) {
        if !question.is_years_before(other, 0) || other.award.is_empty() || question.is_of_award(other) {
            continue;
        }
        let Some(case) = question.load(other)? else { continue };
        let award = case.dossier.award.as_ref().and_then(|award| award.name.clone()).unwrap_or_default();
        let message = format!("需核对：同一项目本年度也用于{award}");
        let shared = shared_works(question.case, &case);
        let observation = Observation::to_check(message)
            .comparing("项目名称", question.case.title(), case.title())
            .noting("相同的论文与知识产权", shared);
        found.push(observation.shown_by(titled(question.case)).shown_by(titled(&case)));
    }
    Ok(or_holds(found, "已收录的本年度其他奖项材料中，没有同一项目"))
}

fn titled(case: &Case) -> Vec<Evidence> {
    case.shown("", &case.dossier.provenance, "title", case.title())
}

fn shared_works(one: &Case, two: &Case) -> usize {
    shared_papers(one, two).len() + shared_rights(one, two).len()
}

/// Finds the dossiers of the same project: of the same or nearly the same title, or with works in common.
fn same_projects<'a>(question: &Question<'a>) -> Vec<&'a Held> {
    let (case, holdings) = (question.case, question.holdings);
    let mut found: Vec<&Held> = Vec::new();
    let mut add = |held: &'a Held| {
        if !found.iter().any(|known| known.id == held.id) {
            found.push(held);
        }
    };
    holdings.sharing_any(question.held, Trait::Title).into_iter().for_each(&mut add);
    let near = holdings.sharing_many(question.held, Trait::TitlePart, CANDIDATES);
    near.into_iter().filter(|other| question.held.is_same_project(other)).for_each(&mut add);
    let mut counts: BTreeMap<&str, (usize, &Held)> = BTreeMap::new();
    for (kind, works) in [(Trait::Paper, works::papers(case)), (Trait::Right, works::rights(case))] {
        for keys in works {
            let sharing = keys.iter().flat_map(|key| holdings.sharing(kind, &key.key, case.id()));
            let sharing: BTreeMap<&str, &Held> = sharing.map(|held| (held.id.as_str(), held)).collect();
            for (id, held) in sharing {
                counts.entry(id).or_insert((0, held)).0 += 1;
            }
        }
    }
    counts.into_values().filter(|(count, _)| *count >= SHARED_WORKS).for_each(|(_, held)| add(held));
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}
