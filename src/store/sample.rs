use tempfile::TempDir;

use super::{NewDocument, Put, Store};
use crate::{
    domain::{
        Award, Contributor, Dossier, DossierKind, InnovationClaim, Institution, Ip, Mentions, Paper,
        PersonMention, Provenance, SourceInfo,
    },
    text::Span,
};

/// Builds invented dossiers.
pub(super) struct Sample(Dossier);

impl Sample {
    pub(super) fn new(title: &str) -> Self {
        Sample(Dossier {
            kind: DossierKind::Dossier,
            title: Some(title.into()),
            source: SourceInfo {
                path: format!("{title}.txt"),
                format: "text".into(),
                ..SourceInfo::default()
            },
            award: Some(Award { name: Some("某科技奖".into()), year: Some(2026), ..Award::default() }),
            ..Dossier::default()
        })
    }

    pub(super) fn article(title: &str, people: &[&str], institutions: &[&str]) -> Dossier {
        let people =
            people.iter().map(|name| PersonMention { name: (*name).into(), ..PersonMention::default() });
        Dossier {
            title: Some(title.into()),
            mentions: Mentions {
                people: people.collect(),
                institutions: owned(institutions),
                ..Mentions::default()
            },
            ..Dossier::default()
        }
    }

    pub(super) fn claim(mut self, number: u32, heading: &str) -> Self {
        let (heading, text) = (heading.into(), format!("{heading}。其余。"));
        self.0.claims.push(InnovationClaim { number, heading, text, ..InnovationClaim::default() });
        self
    }

    pub(super) fn institution(mut self, name: &str, contribution: &str, claims: &[u32]) -> Self {
        self.0.institutions.push(Institution {
            rank: Some(u32::try_from(self.0.institutions.len()).expect("few") + 1),
            name: name.into(),
            contribution: Some(contribution.into()),
            claims: claims.to_vec(),
            provenance: printed_at(&[(10, 20)]),
        });
        self
    }

    pub(super) fn person(self, name: &str, institution: &str, claims: &[u32]) -> Self {
        self.contributor(name, Some(institution), None, claims)
    }

    pub(super) fn contributor(
        mut self,
        name: &str,
        institution: Option<&str>,
        employer: Option<&str>,
        claims: &[u32],
    ) -> Self {
        self.0.contributors.push(Contributor {
            rank: Some(u32::try_from(self.0.contributors.len()).expect("few") + 1),
            name: name.into(),
            institution: institution.map(Into::into),
            employer: employer.map(Into::into),
            titles: owned(&["教授", "主任医师"]),
            contribution: Some(format!("{name}做了事")),
            claims: claims.to_vec(),
            evidence: owned(&["4.1"]),
            provenance: printed_at(&[(40, 50), (30, 35)]),
            ..Contributor::default()
        });
        self
    }

    pub(super) fn paper(mut self, title: &str, journal: &str, authors: &[&str]) -> Self {
        self.0.papers.push(Paper {
            title: title.into(),
            journal: Some(journal.into()),
            impact_factor: Some(2.7),
            authors: owned(authors),
            ..Paper::default()
        });
        self
    }

    pub(super) fn ip(mut self, title: &str, holders: &[&str]) -> Self {
        self.0.ip.push(Ip { title: title.into(), holders: owned(holders), ..Ip::default() });
        self
    }

    pub(super) fn patent(mut self, number: &str, holders: &[&str]) -> Self {
        self = self.ip("一种甲", holders);
        if let Some(ip) = self.0.ip.last_mut() {
            ip.grant_number = Some(number.into());
            ip.country = Some("中国".into());
            ip.category = Some("发明专利".into());
        }
        self
    }

    pub(super) fn year(mut self, year: u16) -> Self {
        self.0.award =
            Some(Award { name: Some("某科技奖".into()), year: Some(year), ..Award::default() });
        self
    }

    pub(super) fn build(self) -> Dossier {
        self.0
    }
}

/// A store in a folder of its own, which goes with the first value.
pub(super) fn empty_store() -> (TempDir, Store) {
    let dir = TempDir::new().expect("folder");
    let store = Store::open(dir.path()).expect("opened");
    (dir, store)
}

/// Keeps a dossier as if its JSON were the file.
pub(super) fn put(store: &Store, dossier: &Dossier) -> Put {
    let text = serde_json::to_string(dossier).expect("json");
    store.put(&NewDocument { bytes: text.as_bytes(), text: &text, dossier }).expect("kept")
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn printed_at(spans: &[(usize, usize)]) -> Provenance {
    let spans = spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
    Provenance { spans: [("contribution".to_owned(), spans)].into(), ..Provenance::default() }
}
