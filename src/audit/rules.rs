use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

use super::{Basis, Severity, check};
use crate::{
    domain::Award,
    text::{Date, fold_key, parse_date},
};

/// The files of `rules/`, one an award, and what holds whatever the award.
const PACKS: [(&str, &str); 9] = [
    ("cma.toml", include_str!("rules/cma.toml")),
    ("huaxia.toml", include_str!("rules/huaxia.toml")),
    ("national.toml", include_str!("rules/national.toml")),
    ("moe.toml", include_str!("rules/moe.toml")),
    ("cacm.toml", include_str!("rules/cacm.toml")),
    ("guangdong.toml", include_str!("rules/guangdong.toml")),
    ("gansu.toml", include_str!("rules/gansu.toml")),
    ("hunan.toml", include_str!("rules/hunan.toml")),
    ("integrity.toml", include_str!("rules/integrity.toml")),
];

/// A rule that every dossier is asked.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) severity: Severity,
    pub(super) check: Option<&'static check::Check>,
    /// As it is stated for awards and years, in the order of the files.
    pub(super) entries: Vec<Entry>,
}

/// A rule as one source states it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) basis: Basis,
    pub(super) undated: bool,
    /// One of these words stands in the award's category.
    pub(super) category: Vec<String>,
    pub(super) parameters: Parameters,
    /// What a person has to look up where no notice prints it.
    pub(super) ask: Option<String>,
    /// Folded names of the awards it is stated for; empty for what holds of any.
    pub(super) awards: Vec<String>,
}

/// What a rule says of an award and a year.
#[derive(Debug)]
pub(super) enum Stated<'r> {
    /// These entries hold.
    By(Vec<&'r Entry>),
    /// It is stated, but for other kinds of project.
    Elsewhere,
    /// Why it cannot be said.
    NotKnown(String),
}

impl Rule {
    /// Finds what is stated for an award; nothing is carried from one year to another.
    pub(super) fn stated(&self, award: Option<&Award>) -> Stated<'_> {
        let nothing = Award::default();
        let award = award.unwrap_or(&nothing);
        let Some(name) = award.name.as_deref().map(fold_key) else {
            return match self.entries.iter().filter(|entry| entry.is_general()).collect::<Vec<_>>() {
                general if general.is_empty() => Stated::NotKnown("材料没有印出奖项名称".to_owned()),
                general => Stated::By(general),
            };
        };
        let of_award: Vec<&Entry> = self.entries.iter().filter(|entry| entry.names(&name)).collect();
        if of_award.is_empty() {
            let shown = award.name.as_deref().unwrap_or_default();
            return Stated::NotKnown(format!("没有收录{shown}的这一规则"));
        }
        let of_year = |entry: &&&Entry| award.year.is_some_and(|year| entry.basis.years.contains(&year));
        let dated: Vec<&Entry> = of_award.iter().filter(of_year).copied().collect();
        let timeless =
            || of_award.iter().filter(|entry| entry.undated || entry.is_general()).copied().collect();
        let entries: Vec<&Entry> = if dated.is_empty() { timeless() } else { dated };
        if entries.is_empty() {
            return Stated::NotKnown(not_for_this_year(award.year, &of_award));
        }
        for_project(entries, award)
    }
}

fn not_for_this_year(year: Option<u16>, known: &[&Entry]) -> String {
    let years: BTreeSet<u16> = known.iter().flat_map(|entry| entry.basis.years.iter().copied()).collect();
    let years: Vec<String> = years.iter().map(u16::to_string).collect();
    let asked =
        year.map_or("材料没有印出年度".to_owned(), |year| format!("没有收录{year}年的这一规则"));
    format!("{asked}；已收录：{}", years.join("、"))
}

/// Keeps the entries for the category and level that the notice prints.
fn for_project<'r>(entries: Vec<&'r Entry>, award: &Award) -> Stated<'r> {
    let category = award.category.as_deref().map(fold_key);
    if category.is_none() && entries.iter().all(|entry| !entry.category.is_empty()) {
        return Stated::NotKnown("规则分奖种，材料没有印出奖种".to_owned());
    }
    let printed = category.unwrap_or_default();
    let of_category = |entry: &&Entry| {
        entry.category.is_empty() || entry.category.iter().any(|word| printed.contains(word))
    };
    let entries: Vec<&Entry> = entries.into_iter().filter(of_category).collect();
    let has_level = |entry: &&Entry| entry.basis.level.is_some();
    let level =
        |entry: &&Entry| entry.basis.level.as_ref().is_none_or(|level| printed.contains(level.as_str()));
    let chosen: Vec<&Entry> = entries.iter().copied().filter(level).collect();
    match (chosen.is_empty(), entries.iter().any(has_level)) {
        (false, _) => Stated::By(chosen),
        (true, true) => Stated::NotKnown("规则分等级，材料没有印出等级".to_owned()),
        (true, false) => Stated::Elsewhere,
    }
}

impl Entry {
    /// Tells whether it holds whatever the award.
    fn is_general(&self) -> bool {
        self.awards.is_empty()
    }

    fn names(&self, award: &str) -> bool {
        self.is_general() || self.awards.iter().any(|name| award.contains(name))
    }
}

/// The values that a check is told; validated when the rules are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters(toml::Table);

impl Parameters {
    pub(super) fn count(&self, name: &str) -> Option<usize> {
        usize::try_from(self.0.get(name)?.as_integer()?).ok()
    }

    pub(super) fn share(&self, name: &str) -> f64 {
        self.0.get(name).and_then(toml::Value::as_float).unwrap_or(1.0)
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        self.0.get(name).and_then(toml::Value::as_bool).unwrap_or(false)
    }

    pub(super) fn date(&self, name: &str) -> Option<Date> {
        self.0.get(name).and_then(toml::Value::as_str).and_then(parse_date)
    }

    pub(super) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
    }
}

/// Gives all rules in the order in which they are reported.
pub(super) fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "the files are part of the binary and read by every test")]
        read(include_str!("rules/catalogue.toml"), &PACKS).expect("the rules are valid")
    });
    &RULES
}

/// A rule as lists name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleRef {
    /// `R07`
    pub id: &'static str,
    /// Its Chinese name.
    pub title: &'static str,
}

/// Lists all rules in the order in which they are reported.
pub fn rule_list() -> impl Iterator<Item = RuleRef> {
    rules().iter().map(|rule| RuleRef { id: &rule.id, title: &rule.title })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    rule: Vec<NewRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRule {
    id: String,
    title: String,
    severity: Severity,
    check: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    awards: Vec<String>,
    rule: Vec<NewEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEntry {
    id: String,
    awards: Option<Vec<String>>,
    #[serde(default)]
    years: Vec<u16>,
    #[serde(default)]
    undated: bool,
    level: Option<String>,
    #[serde(default)]
    category: Vec<String>,
    words: String,
    source: String,
    read: String,
    #[serde(default)]
    parameters: toml::Table,
    ask: Option<String>,
}

/// Reads and validates a catalogue and its packs; the error names the file and the rule.
fn read(catalogue: &str, packs: &[(&str, &str)]) -> Result<Vec<Rule>, String> {
    let catalogue: Catalogue =
        toml::from_str(catalogue).map_err(|error| format!("catalogue.toml: {error}"))?;
    let mut rules: Vec<Rule> = Vec::new();
    for NewRule { id, title, severity, check } in catalogue.rule {
        let check = match &check {
            None => None,
            Some(name) => {
                Some(check::named(name).ok_or_else(|| format!("{id}: there is no check '{name}'"))?)
            }
        };
        if rules.iter().any(|rule| rule.id == id) {
            return Err(format!("{id} stands twice in the catalogue"));
        }
        rules.push(Rule { id, title, severity, check, entries: Vec::new() });
    }
    for (file, text) in packs {
        let pack: Pack = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
        for new in pack.rule {
            let id = new.id.clone();
            let at = |fault: String| format!("{file}: {id}: {fault}");
            let rule = rules.iter_mut().find(|rule| rule.id == id);
            let rule = rule.ok_or_else(|| at("the catalogue has no such rule".to_owned()))?;
            let entry = entry(new, &pack.awards, rule.check).map_err(at)?;
            rule.entries.push(entry);
        }
    }
    match rules.iter().find(|rule| rule.entries.is_empty()) {
        Some(rule) => Err(format!("{}: no pack states this rule", rule.id)),
        None => Ok(rules),
    }
}

fn entry(new: NewEntry, awards: &[String], check: Option<&check::Check>) -> Result<Entry, String> {
    let awards = new.awards.unwrap_or_else(|| awards.to_vec());
    let ends = [new.years.is_empty(), !new.undated];
    if !awards.is_empty() && ends[0] == ends[1] {
        return Err("it bears either years or undated = true".to_owned());
    }
    if new.words.trim().is_empty() || new.source.trim().is_empty() {
        return Err("its words or its source are missing".to_owned());
    }
    if parse_date(&new.read).is_none_or(|date| date.day.is_none()) {
        return Err(format!("'{}' is not the day on which it was read", new.read));
    }
    match (&new.ask, check) {
        (Some(_), _) if !new.parameters.is_empty() => return Err("a question takes no parameters".to_owned()),
        (Some(_), _) => {}
        (None, Some(check)) => validate(check, &new.parameters)?,
        (None, None) => return Err("it has neither a check nor a question".to_owned()),
    }
    Ok(Entry {
        basis: Basis {
            awards: awards.clone(),
            years: new.years,
            level: new.level.as_deref().map(fold_key),
            words: new.words,
            source: new.source,
            read: new.read,
        },
        undated: new.undated,
        category: new.category.iter().map(|word| fold_key(word)).collect(),
        parameters: Parameters(new.parameters),
        ask: new.ask,
        awards: awards.iter().map(|award| fold_key(award)).collect(),
    })
}

/// Compares parameters with those that the check takes.
fn validate(check: &check::Check, parameters: &toml::Table) -> Result<(), String> {
    for (name, value) in parameters {
        let known = check.parameters.iter().find(|known| known.name == name);
        let known = known.ok_or_else(|| format!("'{}' takes no parameter '{name}'", check.name))?;
        let fits = match known.form {
            check::Form::Count => value.as_integer().is_some_and(|count| count >= 0),
            check::Form::Share => value.as_float().is_some_and(|share| (0.0..=1.0).contains(&share)),
            check::Form::Flag => value.as_bool().is_some(),
            check::Form::Date => value.as_str().is_some_and(|date| parse_date(date).is_some()),
            check::Form::Words => value.as_array().is_some_and(|words| words.iter().all(toml::Value::is_str)),
        };
        if !fits {
            return Err(format!("the parameter '{name}' is not of the form {:?}", known.form));
        }
    }
    let missing =
        check.parameters.iter().find(|known| known.required && !parameters.contains_key(known.name));
    missing.map_or(Ok(()), |missing| Err(format!("the parameter '{}' is missing", missing.name)))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
