use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{history::HistoryView, layout, layout::Layout, link};
use crate::{
    audit::{AuditError, Finding, Outcome},
    domain::{
        Award, Contribution, Contributor, Credit, Dossier, DossierKind, EntityRef, Facet, Kind, Matrix,
        REMOVED, ReusedWork, WorkTie, WorkUse,
    },
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
    ingest::{Archive, ArchiveError},
    resolve::WorkMethod,
    store::{ContributionFilter, ReuseFilter},
    text::fold_key,
};

/// More contributors than any dossier lists.
const MAX_CONTRIBUTORS: usize = 1000;
/// More works than any dossier lists.
const MAX_REUSED: usize = 2000;

#[derive(Template)]
#[template(path = "dossier.html", config = "src/http/askama.toml")]
struct DossierPage {
    layout: Layout,
    dossier: Dossier,
    links: Links,
    matrix: Matrix,
    /// Papers and rights that other dossiers list too, or this one twice.
    reused: Vec<ReusedWork>,
    /// Of an article, whose page shows it whole.
    text: String,
    history: HistoryView,
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

    /// Tells whether a name leads anywhere: not that which stands for a removed person.
    fn leads(name: &str) -> bool {
        name != REMOVED
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

    /// The other listings of a paper or right of this dossier, by its number and title.
    fn other_listings(&self, kind: Kind, number: &Option<u32>, title: &str) -> Vec<&WorkUse> {
        let own = |listing: &WorkUse| {
            listing.dossier.id == self.dossier.id && listing.number == *number && listing.title == title
        };
        let works = self.reused.iter().filter(|work| work.kind == kind);
        let mut works = works.filter(|work| work.uses.iter().any(own));
        works.next().map_or_else(Vec::new, |work| work.uses.iter().filter(|listing| !own(listing)).collect())
    }

    fn has_sentences(&self, credits: &[Credit]) -> bool {
        credits.iter().any(|credit| credit.text.is_some())
    }

    /// Why a paper or a right stands beside a claim.
    fn tie(&self, tie: &WorkTie) -> String {
        let names: Vec<&str> = tie.people.iter().map(|person| person.name.as_str()).collect();
        let cited = tie.text.as_ref().map(|text| format!("文中写明“{text}”"));
        let borne = (!names.is_empty()).then(|| format!("署名：{}", names.join("、")));
        [cited, borne].into_iter().flatten().collect::<Vec<_>>().join("；")
    }

    /// Why a listing is the same work as another.
    fn method(&self, method: &Option<String>) -> &'static str {
        method.as_deref().and_then(WorkMethod::find).map_or("", WorkMethod::label)
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
    let page = state.ask(move |archive| look_up(archive, &id)).await?;
    layout::page(&page)
}

fn look_up(archive: &Archive, id: &str) -> Result<DossierPage, ApiError> {
    let Some(dossier) = archive.store().dossier(id)? else {
        return Err(ApiError::absent(archive.store(), "dossier", id));
    };
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
    let history = archive.store().history(Kind::Dossier, id)?.unwrap_or_default().into();
    let reuse = ReuseFilter { dossier: Some(id.to_owned()), limit: MAX_REUSED, ..ReuseFilter::default() };
    let findings = match archive.audit(id) {
        Ok(findings) => findings,
        Err(ArchiveError::Audit(AuditError::Busy)) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(DossierPage {
        layout: Layout::default(),
        links: Links::new(contributions.items),
        matrix: archive.store().matrix(id)?.unwrap_or_default(),
        reused: archive.store().reuse(&reuse)?.items,
        dossier,
        text,
        history,
        findings,
    })
}

#[cfg(test)]
#[path = "dossier_tests.rs"]
mod tests;
