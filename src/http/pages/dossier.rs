use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{layout, layout::Layout, link};
use crate::{
    audit::{AuditError, Finding, Outcome},
    domain::{Award, Contribution, Contributor, Dossier, DossierKind, EntityRef, Facet, Kind},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
    ingest::{Archive, ArchiveError},
    store::ContributionFilter,
    text::fold_key,
};

/// More contributors than any dossier lists.
const MAX_CONTRIBUTORS: usize = 1000;

#[derive(Template)]
#[template(path = "dossier.html", config = "src/http/askama.toml")]
struct DossierPage {
    layout: Layout,
    dossier: Dossier,
    links: Links,
    /// Of an article, whose page shows it whole.
    text: String,
    /// `None` while the dossiers are being compared.
    findings: Option<Vec<Finding>>,
}

/// Where the names in a dossier lead.
#[derive(Default)]
struct Links {
    people: BTreeMap<(Option<u32>, String), EntityRef>,
    institutions: BTreeMap<String, EntityRef>,
}

impl Links {
    fn new(contributions: Vec<Contribution>) -> Self {
        let mut links = Self::default();
        for contribution in contributions {
            if let Some(institution) = contribution.institution {
                links.institutions.insert(fold_key(&institution.name), institution);
            }
            links
                .people
                .insert((contribution.rank, fold_key(&contribution.person.name)), contribution.person);
        }
        links
    }

    /// The page of a contributor; a search by the name where no page is known.
    fn person(&self, contributor: &Contributor) -> String {
        match self.people.get(&(contributor.rank, fold_key(&contributor.name))) {
            Some(person) => link::person(&person.id),
            None => self.named(&contributor.name),
        }
    }

    /// The page of an institution; what bears its name where no page is known.
    fn institution(&self, name: &str) -> String {
        match self.institutions.get(&fold_key(name)) {
            Some(institution) => link::institution(&institution.id),
            None => link::filtered(Kind::Dossier, Facet::Institution, name),
        }
    }

    fn named(&self, name: &str) -> String {
        link::filtered(Kind::Dossier, Facet::Person, name)
    }

    fn journal(&self, name: &str) -> String {
        link::filtered(Kind::Paper, Facet::Journal, name)
    }
}

impl DossierPage {
    fn is_article(&self) -> bool {
        self.dossier.kind == DossierKind::Article
    }

    fn title(&self) -> &str {
        self.dossier.title.as_deref().unwrap_or("无标题")
    }

    fn award(&self) -> Vec<(&'static str, String)> {
        let Some(Award { name, category, year, recommender, .. }) = &self.dossier.award else {
            return Vec::new();
        };
        let rows = [
            ("奖项", name.clone()),
            ("奖种", category.clone()),
            ("年份", year.map(|year| year.to_string())),
            ("推荐单位", recommender.clone()),
        ];
        rows.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    /// The paragraphs of an article.
    fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .map(|line| line.trim_start_matches(['#', ' ']))
            .filter(|line| !line.trim().is_empty())
    }

    /// Tells whether the dossier makes this claim; some credit claims that they do not make.
    fn makes(&self, number: &u32) -> bool {
        self.dossier.claims.iter().any(|claim| claim.number == *number)
    }

    fn to_check(&self) -> Vec<&Finding> {
        self.answering(Outcome::ToCheck)
    }

    fn not_known(&self) -> Vec<&Finding> {
        self.answering(Outcome::NotKnown)
    }

    fn holding(&self) -> Vec<&Finding> {
        self.answering(Outcome::Holds)
    }

    /// The findings that say so; none while the dossiers are being compared.
    fn answering(&self, outcome: Outcome) -> Vec<&Finding> {
        self.findings.iter().flatten().filter(|finding| finding.outcome == outcome).collect()
    }

    /// Who is credited for a claim, by rank.
    fn credited(&self, number: &u32) -> Vec<&Contributor> {
        self.dossier.contributors.iter().filter(|contributor| contributor.claims.contains(number)).collect()
    }
}

/// Shows a document: award, claims with who is credited, people, institutions, papers and rights.
pub(crate) async fn dossier(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    let missing = ApiError::not_found("dossier", &id);
    layout::page(&state.ask(move |archive| look_up(archive, &id)).await?.ok_or(missing)?)
}

fn look_up(archive: &Archive, id: &str) -> Result<Option<DossierPage>, ApiError> {
    let Some(dossier) = archive.store().dossier(id)? else { return Ok(None) };
    let text = match dossier.kind {
        DossierKind::Article => archive.store().source_text(id)?.unwrap_or_default(),
        DossierKind::Dossier => String::new(),
    };
    let filter = ContributionFilter {
        dossier: Some(id.to_owned()),
        limit: MAX_CONTRIBUTORS,
        ..ContributionFilter::default()
    };
    let contributions = archive.store().contributions(&filter)?;
    let findings = match archive.audit(id) {
        Ok(findings) => findings,
        Err(ArchiveError::Audit(AuditError::Busy)) => None,
        Err(error) => return Err(error.into()),
    };
    let links = Links::new(contributions.items);
    Ok(Some(DossierPage { layout: Layout::default(), dossier, links, text, findings }))
}

#[cfg(test)]
#[path = "dossier_tests.rs"]
mod tests;
