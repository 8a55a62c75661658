//! Which mentions are the same person, institution, journal?
//!
//! Answers, for one dossier, with a key for every mention: two mentions of equal key, in this
//! dossier or in any other, are one. Each answer says by which method it was found; another method
//! may answer with other keys, and nobody who reads keys has to know.
//!
//! Pure functions. Must not know how keys become addresses, nor what other dossiers are kept.

mod alias;
mod institution;
mod journal;
mod person;
mod work;

use serde::{Deserialize, Serialize};

use crate::domain::Dossier;

pub use institution::{InstitutionAlias, InstitutionLink};
pub use journal::JournalLink;
pub use person::{Appearance, PersonLink};
pub use work::{WorkKey, WorkMethod, ip_keys, paper_keys, shared};

/// Who and what a dossier is tied to; the lists run parallel to those of the dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolution {
    /// Of each completing institution; `None` where no name was printed.
    pub completing: Vec<Option<InstitutionLink>>,
    /// Other names of completing institutions that the dossier itself prints.
    pub aliases: Vec<InstitutionAlias>,
    /// Of each contributor.
    pub contributors: Vec<ContributorLinks>,
    /// Of each paper.
    pub papers: Vec<PaperLinks>,
    /// Of each right: the contributors among its holders, in the order of the holders.
    pub ip: Vec<Vec<Appearance>>,
}

/// What a contributor is tied to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContributorLinks {
    /// Who it is; `None` where no name was printed.
    pub person: Option<PersonLink>,
    /// 完成单位, else 工作单位.
    pub institution: Option<InstitutionLink>,
    /// 工作单位, where it is another institution than the one above.
    pub employer: Option<InstitutionLink>,
}

/// What a paper is tied to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperLinks {
    /// Where it appeared.
    pub journal: Option<JournalLink>,
    /// The contributors among its authors, in the order of the authors.
    pub people: Vec<Appearance>,
}

/// Why a mention belongs to its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The folded names are equal.
    SameName,
    /// The dossier prints the name as another name of one of its completing institutions.
    PrintedAlias,
    /// The folded names are equal, and so is the institution.
    SameNameAndInstitution,
    /// The folded names are equal; no institution is known, so the dossier is the limit.
    SameNameInDossier,
}

impl Method {
    /// The name under which it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Method::SameName => "same-name",
            Method::PrintedAlias => "printed-alias",
            Method::SameNameAndInstitution => "same-name-and-institution",
            Method::SameNameInDossier => "same-name-in-dossier",
        }
    }
}

/// Finds who and what the mentions of a dossier are.
///
/// `dossier.id` must be set: it limits people whose institution is not known.
pub fn resolve(dossier: &Dossier) -> Resolution {
    let aliases = institution::printed_aliases(dossier);
    let names = institution::Names::new(dossier, &aliases);
    let contributors: Vec<_> = dossier
        .contributors
        .iter()
        .map(|contributor| {
            let completing = contributor.institution.as_deref().and_then(|name| names.link(name));
            let employer = contributor.employer.as_deref().and_then(|name| names.link(name));
            let (institution, employer) = match (completing, employer) {
                (Some(completing), Some(employer)) if completing.key == employer.key => {
                    (Some(completing), None)
                }
                (Some(completing), employer) => (Some(completing), employer),
                (None, employer) => (employer, None),
            };
            ContributorLinks {
                person: person::link(&contributor.name, institution.as_ref(), &dossier.id),
                institution,
                employer,
            }
        })
        .collect();
    let completing = dossier.institutions.iter().map(|institution| names.link(&institution.name)).collect();
    let people = person::Contributors::new(&dossier.contributors);
    let papers = dossier
        .papers
        .iter()
        .map(|paper| PaperLinks {
            journal: paper.journal.as_deref().and_then(journal::link),
            people: people.appearances(&paper.authors, &paper.corresponding_authors),
        })
        .collect();
    let ip = dossier.ip.iter().map(|ip| people.appearances(&ip.holders, &[])).collect();
    Resolution { completing, aliases, contributors, papers, ip }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Contributor, Institution, Ip, Paper};

    fn contributor(name: &str, institution: Option<&str>, employer: Option<&str>) -> Contributor {
        Contributor {
            name: name.into(),
            institution: institution.map(Into::into),
            employer: employer.map(Into::into),
            ..Contributor::default()
        }
    }

    #[test]
    fn lists_run_parallel_to_the_dossier() {
        let dossier = Dossier {
            id: "d1".into(),
            institutions: vec![Institution { name: "甲醫院".into(), ..Institution::default() }],
            contributors: vec![
                contributor("陈一", Some("甲医院"), Some("乙大学")),
                contributor("陳 一", None, Some("甲医院")),
                contributor("", Some("甲医院"), None),
                contributor("林二", None, None),
            ],
            papers: vec![Paper {
                authors: vec!["王五".into(), "林二".into(), "陈一".into()],
                corresponding_authors: vec!["陈一".into()],
                journal: Some("Some Journal".into()),
                ..Paper::default()
            }],
            ip: vec![Ip { holders: vec!["林 二".into(), "某公司".into()], ..Ip::default() }],
            ..Dossier::default()
        };
        let found = resolve(&dossier);

        let [first, second, third, fourth] = &found.contributors[..] else { panic!("four contributors") };
        let person = first.person.as_ref().expect("named");
        assert_eq!(person.method, Method::SameNameAndInstitution);
        assert_eq!(first.institution.as_ref().map(|link| link.name.as_str()), Some("甲醫院"));
        assert_eq!(first.employer.as_ref().map(|link| link.key.as_str()), Some("乙大学"));
        assert_eq!(
            second.person.as_ref().map(|link| &link.key),
            Some(&person.key),
            "one spelling, one person"
        );
        assert_eq!(third.person, None);
        assert_eq!(fourth.person.as_ref().map(|link| link.method), Some(Method::SameNameInDossier));

        let people = &found.papers[0].people;
        let summary: Vec<_> = people.iter().map(|a| (a.contributor, a.position, a.corresponding)).collect();
        assert_eq!(summary, [(3, 1, false), (0, 2, true), (1, 2, true)]);
        assert_eq!(found.papers[0].journal.as_ref().map(|link| link.key.as_str()), Some("somejournal"));
        assert_eq!(found.ip[0].iter().map(|a| a.contributor).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_method_is_kept_under_the_name_json_gives_it() {
        for method in [
            Method::SameName,
            Method::PrintedAlias,
            Method::SameNameAndInstitution,
            Method::SameNameInDossier,
        ] {
            assert_eq!(serde_json::to_string(&method).expect("json"), format!("\"{}\"", method.name()));
        }
    }
}
