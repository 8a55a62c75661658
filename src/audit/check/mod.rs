//! How is one rule answered for one dossier?
//!
//! A check is a small function that compares what a notice prints with the parameters of a rule, and is
//! named in `rules/catalogue.toml`. It answers with observations, each with the values compared and where
//! they stand; with none where the rule asks about something that the project is not. One file a family.
//!
//! Must not know which award or year a parameter comes from, nor draw a conclusion about a person.

mod authors;
mod claims;
mod credit;
mod dates;
mod fields;
mod figures;
mod institutions;
mod lists;
mod locators;
mod names;
mod numbers;
mod people;
mod period;
mod project;
mod reuse;
#[cfg(test)]
mod tests;
mod texts;
mod title;

use std::rc::Rc;

use super::{
    Compared, Evidence, Outcome,
    case::Case,
    holdings::{Held, Holdings},
    rules::Parameters,
};
use crate::store::StoreError;

/// One check, as the catalogue names it.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) parameters: &'static [Parameter],
    pub(super) run: Run,
}

/// A parameter that a check takes.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) required: bool,
}

/// What a parameter is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Count,
    /// From 0.0 to 1.0.
    Share,
    Flag,
    Date,
    Words,
}

/// What a check looks at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Run {
    /// The dossier alone.
    Alone(fn(&Case, &Parameters) -> Vec<Observation>),
    /// The dossier among those that are kept.
    Among(fn(&Question<'_>) -> Result<Vec<Observation>, StoreError>),
}

/// A question about a dossier among others.
pub(super) struct Question<'a> {
    pub(super) case: &'a Case,
    pub(super) held: &'a Held,
    pub(super) parameters: &'a Parameters,
    /// The awards the rule is stated for, folded; empty for what holds of any.
    pub(super) awards: &'a [String],
    pub(super) holdings: &'a Holdings,
    pub(super) load: Load<'a>,
}

/// Reads a kept dossier; `None` where it has just gone.
pub(super) type Load<'a> = &'a dyn Fn(&str) -> Result<Option<Rc<Case>>, StoreError>;

impl Question<'_> {
    /// Tells whether another dossier is nominated for an award that the rule is stated for.
    fn is_of_award(&self, other: &Held) -> bool {
        self.awards.iter().any(|award| other.award.contains(award))
    }

    /// Tells whether another dossier is of so many years before this one; 0 for the same year.
    fn is_years_before(&self, other: &Held, years: usize) -> bool {
        let years = u16::try_from(years).unwrap_or(u16::MAX);
        matches!((self.held.year, other.year), (Some(own), Some(year)) if own.checked_sub(year) == Some(years))
    }

    fn load(&self, other: &Held) -> Result<Option<Rc<Case>>, StoreError> {
        (self.load)(&other.id)
    }
}

/// A value that is compared: a number, a date, a text.
trait Value {
    fn text(self) -> String;
}

impl<T: ToString> Value for T {
    fn text(self) -> String {
        self.to_string()
    }
}

/// What one comparison says.
#[derive(Debug, Clone)]
pub(super) struct Observation {
    pub(super) outcome: Outcome,
    pub(super) message: String,
    pub(super) compared: Vec<Compared>,
    pub(super) evidence: Vec<Evidence>,
}

impl Observation {
    fn to_check(message: impl Into<String>) -> Self {
        Self::new(Outcome::ToCheck, message)
    }

    fn holds(message: impl Into<String>) -> Self {
        Self::new(Outcome::Holds, message)
    }

    fn not_known(message: impl Into<String>) -> Self {
        Self::new(Outcome::NotKnown, message)
    }

    fn new(outcome: Outcome, message: impl Into<String>) -> Self {
        Self { outcome, message: message.into(), compared: Vec::new(), evidence: Vec::new() }
    }

    fn comparing(mut self, what: &str, found: impl Value, against: impl Value) -> Self {
        let (what, found, against) = (what.to_owned(), found.text(), Some(against.text()));
        self.compared.push(Compared { what, found, against });
        self
    }

    fn noting(mut self, what: &str, found: impl Value) -> Self {
        self.compared.push(Compared { what: what.to_owned(), found: found.text(), against: None });
        self
    }

    fn shown_by(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }
}

/// Observations; where there is none, the sentence that all agrees.
fn or_holds(found: Vec<Observation>, message: impl Into<String>) -> Vec<Observation> {
    if found.is_empty() { vec![Observation::holds(message)] } else { found }
}

const fn must(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, required: true }
}

const fn may(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, required: false }
}

/// Finds a check by its name in the catalogue.
pub(super) fn named(name: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.name == name)
}

static CHECKS: [Check; 34] = [
    among("one-project-a-year", &[], people::one_project_a_year),
    among(
        "earlier-contributors",
        &[must("years_back", Form::Count), must("ranks", Form::Count)],
        people::earlier,
    ),
    among("recommenders", &[must("at_least", Form::Count)], people::recommenders),
    among("nominated-before", &[must("years_back", Form::Count)], project::nominated_before),
    among("other-awards", &[], project::other_awards),
    among("used-elsewhere", &[must("containment", Form::Share)], reuse::used_elsewhere),
    among("same-figures", &[must("at_least", Form::Count)], figures::same_figures),
    among(
        "overlapping-texts",
        &[must("containment", Form::Share), must("shortest", Form::Count)],
        texts::overlapping,
    ),
    alone("dated-before", &[must("before", Form::Date)], dates::dated_before),
    alone(
        "published-before",
        &[may("before", Form::Date), may("years", Form::Count)],
        dates::published_before,
    ),
    alone(
        "list-lengths",
        &[may("contributors", Form::Count), may("institutions", Form::Count), may("papers", Form::Count)],
        lists::lengths,
    ),
    alone("ranks", &[], lists::ranks),
    alone(
        "title",
        &[
            must("han", Form::Count),
            must("latin", Form::Count),
            may("endings", Form::Words),
            may("words", Form::Words),
        ],
        title::title,
    ),
    alone(
        "summary-length",
        &[must("at_least", Form::Count), must("at_most", Form::Count)],
        title::summary_length,
    ),
    alone("institutions-complete", &[], institutions::complete),
    alone(
        "full-names",
        &[must("bodies", Form::Words), must("departments", Form::Words)],
        institutions::full_names,
    ),
    alone("domestic-authors", &[], authors::domestic),
    alone(
        "authorship",
        &[may("ranks", Form::Count), may("corresponding", Form::Flag), may("age", Form::Count)],
        authors::authorship,
    ),
    alone("all-are-authors", &[], authors::all_are_authors),
    alone("consent", &[], authors::consent),
    alone("collaboration", &[], credit::collaboration),
    alone("without-evidence", &[], credit::without_evidence),
    alone(
        "contribution-texts",
        &[must("shortest", Form::Count), must("containment", Form::Share), must("generic", Form::Words)],
        texts::contributions,
    ),
    alone("nothing-blank", &[], fields::nothing_blank),
    alone(
        "publication-period",
        &[must("days", Form::Count), may("working", Form::Flag)],
        period::publication,
    ),
    alone("citations-claimed", &[], figures::citations),
    alone("counts-claimed", &[must("complete", Form::Words), must("part", Form::Words)], figures::counts),
    alone("claims-credited", &[], claims::credited),
    alone("patent-numbers", &[], numbers::patents),
    alone("offices", &[must("offices", Form::Words), must("granted", Form::Words)], numbers::offices),
    alone("repaired-numbers", &[], numbers::repaired),
    alone("software-years", &[], numbers::software),
    alone("locators", &[], locators::locators),
    alone("near-names", &[], names::near),
];

const fn alone(
    name: &'static str,
    parameters: &'static [Parameter],
    run: fn(&Case, &Parameters) -> Vec<Observation>,
) -> Check {
    Check { name, parameters, run: Run::Alone(run) }
}

const fn among(
    name: &'static str,
    parameters: &'static [Parameter],
    run: fn(&Question<'_>) -> Result<Vec<Observation>, StoreError>,
) -> Check {
    Check { name, parameters, run: Run::Among(run) }
}
