use std::{collections::HashSet, sync::Arc};

use super::facets::citations;
use crate::{
    analysis::{SEPARATOR, key_terms},
    domain::{Award, Dossier, DossierKind, InnovationClaim},
    index::TextSource,
    text::fold_key,
};

/// What every record takes from the dossier it belongs to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DossierFacts {
    /// Its address.
    pub id: String,
    /// A dossier or an article.
    pub kind: DossierKind,
    /// Project title or headline; empty where none was printed.
    pub title: String,
    /// By which what lists several dossiers is in order.
    pub title_key: String,
    /// What is printed of the award.
    pub award: Award,
    /// Its key terms, see [`topics`].
    pub topics: Vec<String>,
    /// How often its papers were cited in all; `None` where none of them says so.
    pub citations: Option<u64>,
}

impl DossierFacts {
    /// Takes the facts from a dossier as it was read.
    pub fn of(dossier: &Dossier) -> Self {
        Self {
            id: dossier.id.clone(),
            kind: dossier.kind,
            title: dossier.title.clone().unwrap_or_default(),
            title_key: fold_key(dossier.title.as_deref().unwrap_or_default()),
            award: dossier.award.clone().unwrap_or_default(),
            topics: topics(dossier.kind, dossier.title.as_deref().unwrap_or_default(), &dossier.claims),
            citations: citations(&dossier.papers),
        }
    }

    /// What a notice says of the award, by which every record of its dossier is found.
    pub(super) fn award_words(&self) -> Option<TextSource> {
        let Award { name, category, year, recommender, .. } = &self.award;
        let year = year.map(|year| year.to_string());
        let words = [name.clone(), category.clone(), year, recommender.clone()];
        let words: Vec<String> = words.into_iter().flatten().collect();
        (!words.is_empty()).then(|| TextSource::hidden(words.join(&SEPARATOR.to_string())))
    }
}

/// What notices say of their awards, each saying once: a journal is met with one award a thousand times.
pub(super) fn awards_of(dossiers: &[Arc<DossierFacts>]) -> impl Iterator<Item = TextSource> {
    let mut seen = HashSet::new();
    let first = dossiers.iter().filter(move |dossier| {
        let Award { name, category, year, recommender, .. } = &dossier.award;
        seen.insert((name, category, year, recommender))
    });
    first.filter_map(|dossier| dossier.award_words())
}

/// How many topics a project has at most.
const TOPICS: usize = 12;

/// The key terms of a project's title and of the headings of its claims, those first that its title and
/// claims repeat most.
pub fn topics(kind: DossierKind, title: &str, claims: &[InnovationClaim]) -> Vec<String> {
    if kind == DossierKind::Article {
        return Vec::new();
    }
    let headings = claims.iter().map(|claim| claim.heading.as_str());
    let headings: Vec<&str> = std::iter::once(title).chain(headings).collect();
    let texts = claims.iter().map(|claim| claim.text.as_str());
    let said = fold_key(&std::iter::once(title).chain(texts).collect::<String>());
    let mut terms = key_terms(&headings.join("。"));
    // The sort is stable: terms that are said as often keep the order of the text.
    terms.sort_by_key(|term| std::cmp::Reverse(said.matches(term.as_str()).count()));
    terms.truncate(TOPICS);
    terms
}
