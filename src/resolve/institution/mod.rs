//! Which institution does a printed name or affiliation mean?
//!
//! Answers in three steps. An affiliation is read: address, department and numbers are told from names.
//! A name is brought to a form in which spellings that follow a rule are equal. A form that the authority
//! list knows leads to the legal name of its institution. So the key of a name depends on the name alone,
//! never on what was read before; what only a dossier can settle is settled by `link` within it.
//!
//! Must not know which institutions are kept, nor what a dossier says besides names and affiliations.

mod affiliation;
mod authority;
mod form;
mod link;
mod matching;
mod name;
mod other_names;
mod piece;
mod place;
mod probe;
mod short_form;
mod spelling;
mod words;

use crate::text::fold_key;

pub use affiliation::{Affiliation, NamedInstitution, read_affiliation};
pub use authority::names_in_texts;
pub use link::InstitutionLink;
pub(super) use link::Names;
pub use matching::{
    AffiliationMatches, Directory, InstitutionMatch, KnownInstitution, MatchedInstitution, match_affiliation,
};
pub use other_names::{AUTHORITY, InstitutionAlias};
pub(super) use other_names::{all_aliases, printed_aliases};
pub use place::without_place;
pub use probe::MatchingType;
pub use short_form::is_short_form;

/// A name as it is compared, and as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalName {
    /// Equal keys are one institution.
    pub key: String,
    /// A name that the authority list knows as one it bears now, else as printed, without address and department.
    pub name: String,
}

/// Finds the institution that a printed name or affiliation means by itself, without a dossier around it;
/// of several the first. The key is empty where nothing is printed.
pub fn canonical_name(printed: &str) -> CanonicalName {
    let read = read_affiliation(printed);
    read.institutions.first().map_or_else(|| canonical(printed), |first| canonical(&first.body()))
}

/// Tells, by its last character, whether a text may be the name of an institution: most texts are none, and a
/// question need not look further.
pub fn may_name_institution(text: &str) -> bool {
    text.trim_end()
        .ends_with(['院', '校', '学', '學', '所', '心', '司', '部', '室', '站', '会', '會', '局', '厂', '团'])
}

/// Gives the canonical key of a name around which nothing stands.
pub fn institution_key(name: &str) -> String {
    canonical(name).key
}

/// As [`canonical_name`], of a name that nothing stands around.
fn canonical(name: &str) -> CanonicalName {
    let form = form::form(name);
    let placed = || place_in_front(name).and_then(|name| authority::only(&form::form(&name)));
    match authority::only(&form).or_else(placed) {
        Some(found) => CanonicalName { key: found.body.form.clone(), name: found.shown().to_owned() },
        None if form.is_empty() => CanonicalName { key: fold_key(name), name: name.trim().to_owned() },
        None => CanonicalName { key: form, name: name.trim().to_owned() },
    }
}

/// Puts a place in brackets behind a name before it: 协和医院（武汉） is 武汉协和医院.
fn place_in_front(name: &str) -> Option<String> {
    let (front, inner) = name.trim_end_matches([')', '）']).rsplit_once(['(', '（'])?;
    place::is_place(&fold_key(inner)).then(|| format!("{}{}", inner.trim(), front.trim()))
}
