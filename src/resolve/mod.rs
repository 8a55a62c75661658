//! Which mentions are the same person, institution, journal?
//!
//! Answers in two steps. For one dossier, with a key for every mention: mentions of equal key, in this
//! dossier or in any other, are one *node*. For several nodes, given what they have in common (`Fact`s of
//! people, other names of institutions, decisions), with which of them are one (`cluster`): the surest
//! reasons first, never against a decision, and never two whom a dossier lists side by side. Each answer
//! says by which `Method` it was found and how sure that makes it. What is near and yet not one (near names,
//! names that two claim) is told as such and joins nothing.
//!
//! Pure functions of what is known, so the order in which it came to be known does not matter. Must not
//! know how keys become addresses, nor what other dossiers are kept.

mod alias;
mod cluster;
mod fact;
mod institution;
mod journal;
mod latin;
mod local;
mod near;
mod person;
mod work;

use serde::{Deserialize, Serialize};

use crate::domain::{Dossier, Kind};

pub use cluster::{Answer, Bond, Claimed, Question, cluster};
pub use fact::Fact;
pub use institution::{
    AUTHORITY, Affiliation, AffiliationMatches, CanonicalName, Directory, InstitutionAlias, InstitutionLink,
    InstitutionMatch, KnownInstitution, MatchedInstitution, MatchingType, NamedInstitution, canonical_name,
    institution_key, is_short_form, match_affiliation, may_name_institution, names_in_texts,
    read_affiliation, without_place,
};
pub use journal::{JournalLink, JournalMethod, link as journal_link, same_journal};
pub use local::is_local_name;
pub use near::{NearMention, near_names, open_forms};
pub use person::{Appearance, PersonLink};
pub use work::{WorkKey, WorkMethod, ip_keys, paper_keys, shared};

/// Counts up where other mentions are one than before, so that what is kept is resolved anew.
pub const VERSION: u32 = 7;

/// Parts a key from the document in which it stands alone; it stands in no folded name.
const APART: &str = "\u{1f}\u{1f}\u{1f}";

/// Who and what a dossier is tied to; the lists run parallel to those of the dossier.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// Of each completing institution; `None` where no name was printed.
    pub completing: Vec<Option<InstitutionLink>>,
    /// Other names of the institutions: those that the dossier prints, and those of the authority list.
    pub aliases: Vec<InstitutionAlias>,
    /// Of each contributor.
    pub contributors: Vec<ContributorLinks>,
    /// Of each paper.
    pub papers: Vec<PaperLinks>,
    /// Of each right: the contributors among its holders, in the order of the holders.
    pub ip: Vec<Vec<Appearance>>,
    /// What may make contributors one with those of other dossiers; not parallel to anything.
    pub facts: Vec<Fact>,
    /// Names that are almost those of contributors.
    pub near: Vec<NearMention>,
}

impl Resolution {
    /// Gives those mentions a key of their own in this document of which somebody decided that they are
    /// somebody else's.
    pub fn with_alone(mut self, is_alone: impl Fn(Kind, &str) -> bool, document: &str) -> Self {
        let own = |key: &mut String| key.push_str(&format!("{APART}{document}"));
        for links in &mut self.contributors {
            if let Some(person) = links.person.as_mut().filter(|person| is_alone(Kind::Person, &person.key)) {
                self.facts.retain(|fact| fact.person != person.key);
                own(&mut person.key);
            }
        }
        let rows =
            self.contributors.iter_mut().flat_map(|links| [&mut links.institution, &mut links.employer]);
        for link in rows.chain(&mut self.completing).flatten() {
            if is_alone(Kind::Institution, &link.key) {
                self.aliases.retain(|alias| alias.institution != link.key);
                own(&mut link.key);
            }
        }
        self
    }
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PaperLinks {
    /// Where it appeared.
    pub journal: Option<JournalLink>,
    /// The contributors among its authors, in the order of the authors.
    pub people: Vec<Appearance>,
}

/// Why a mention belongs to its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// The name in the other script reads as that of one contributor alone.
    LatinName,
    /// Surname and initials fit one contributor alone.
    Initials,
    /// The folded names are equal, and both stand on one paper.
    SameNameAndPaper,
    /// The folded names are equal, and both stand on one patent or other right.
    SameNameAndIp,
    /// The folded names are equal, and so is the project, nominated for several awards or years.
    SameNameAndProject,
    /// One character of the name looks or sounds alike: never more than a suggestion.
    NearName,
    /// Somebody decided so.
    Decision,
    /// The name is what an affiliation says beside address, department and numbers.
    Affiliation,
    /// The names are spelt differently by a rule: 附属第一医院, 第一附属医院.
    SameForm,
    /// The authority list knows the name.
    Authority,
    /// One character looks alike, and the dossier has one completing institution that fits.
    LookAlike,
    /// A short form, and the dossier has one completing institution that fits.
    ShortForm,
}

impl Method {
    /// The name under which it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Method::SameName => "same-name",
            Method::PrintedAlias => "printed-alias",
            Method::SameNameAndInstitution => "same-name-and-institution",
            Method::SameNameInDossier => "same-name-in-dossier",
            Method::LatinName => "latin-name",
            Method::Initials => "initials",
            Method::SameNameAndPaper => "same-name-and-paper",
            Method::SameNameAndIp => "same-name-and-ip",
            Method::SameNameAndProject => "same-name-and-project",
            Method::NearName => "near-name",
            Method::Decision => "decision",
            Method::Affiliation => "affiliation",
            Method::SameForm => "same-form",
            Method::Authority => "authority",
            Method::LookAlike => "look-alike",
            Method::ShortForm => "short-form",
        }
    }

    /// All methods.
    pub const ALL: [Method; 16] = [
        Method::SameName,
        Method::PrintedAlias,
        Method::SameNameAndInstitution,
        Method::SameNameInDossier,
        Method::LatinName,
        Method::Initials,
        Method::SameNameAndPaper,
        Method::SameNameAndIp,
        Method::SameNameAndProject,
        Method::NearName,
        Method::Decision,
        Method::Affiliation,
        Method::SameForm,
        Method::Authority,
        Method::LookAlike,
        Method::ShortForm,
    ];

    /// Finds a method by its name.
    pub fn find(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.name() == name)
    }

    /// How sure it makes us that two are one, from 0 to 1, where nothing weakens it. The scale is ours: above
    /// 0.9 what is printed settles it, at 0.5 nothing does.
    pub const fn score(self) -> f64 {
        match self {
            Method::SameName | Method::Decision => 1.0,
            Method::SameNameAndIp | Method::SameNameAndPaper => 0.97,
            Method::PrintedAlias | Method::SameNameAndInstitution | Method::SameNameInDossier => 0.95,
            Method::SameNameAndProject => 0.93,
            Method::Affiliation | Method::SameForm | Method::Authority => 0.95,
            Method::LatinName | Method::LookAlike | Method::ShortForm => 0.9,
            Method::Initials => 0.7,
            Method::NearName => 0.5,
        }
    }

    /// Tells whether the name found is printed otherwise than the institution's own.
    pub(crate) const fn names_otherwise(self) -> bool {
        matches!(self, Self::SameForm | Self::Authority | Self::LookAlike | Self::ShortForm)
    }
}

/// Finds who and what the mentions of a dossier are.
///
/// `dossier.id` must be set: it limits people whose institution is not known.
pub fn resolve(dossier: &Dossier) -> Resolution {
    let printed = institution::printed_aliases(dossier);
    let names = institution::Names::new(dossier, &printed);
    let contributors: Vec<_> = dossier
        .contributors
        .iter()
        .map(|contributor| {
            let mut printed = names.links(contributor.institution.as_deref().unwrap_or_default()).into_iter();
            let completing = printed.next();
            let employer = contributor.employer.as_deref().and_then(|name| names.link(name));
            // A second institution in the cell is where the person works besides.
            let employer = employer.or_else(|| printed.next());
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
    let completing: Vec<_> =
        dossier.institutions.iter().map(|institution| names.link(&institution.name)).collect();
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
    let aliases = institution::all_aliases(printed.clone(), all_links(&completing, &contributors));
    let near = near::near_mentions(dossier);
    let mut resolution =
        Resolution { completing, aliases, contributors, papers, ip, near, ..Resolution::default() };
    resolution.facts = fact::facts(dossier, &resolution);
    resolution
}

/// The institutions that are linked, each with the field that names it.
fn all_links<'l>(
    completing: &'l [Option<InstitutionLink>],
    contributors: &'l [ContributorLinks],
) -> impl Iterator<Item = (String, &'l InstitutionLink)> {
    let completing = completing.iter().enumerate();
    let completing =
        completing.filter_map(|(at, link)| Some((format!("institutions[{at}].name"), link.as_ref()?)));
    let contributors = contributors.iter().enumerate().flat_map(|(at, links)| {
        let field = move |name: &str| format!("contributors[{at}].{name}");
        let institution = links.institution.iter().map(move |link| (field("institution"), link));
        institution.chain(links.employer.iter().map(move |link| (field("employer"), link)))
    });
    completing.chain(contributors)
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
        assert_eq!(found.papers[0].journal.as_ref().map(|link| link.key.as_str()), Some("some j"));
        assert_eq!(found.ip[0].iter().map(|a| a.contributor).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_method_is_kept_under_the_name_json_gives_it() {
        for method in Method::ALL {
            assert_eq!(Method::find(method.name()), Some(method));
            assert_eq!(serde_json::to_string(&method).expect("json"), format!("\"{}\"", method.name()));
        }
    }
}
