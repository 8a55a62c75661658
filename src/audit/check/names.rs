//! Names of people that are nearly the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Observation, Parameters, or_holds};
use crate::{
    audit::Evidence,
    domain::Provenance,
    text::{fold_key, is_han, look_alikes},
};

/// Looks for two names in the dossier that differ in one character by which they are easily confused.
pub(super) fn near(case: &Case, _: &Parameters) -> Vec<Observation> {
    let names = names(case);
    if names.is_empty() {
        return vec![Observation::not_known("没有读到中文姓名")];
    }
    let listed: Vec<(&String, &Named)> = names.iter().collect();
    let mut found = Vec::new();
    for (at, (one, first)) in listed.iter().enumerate() {
        for (two, second) in &listed[at + 1..] {
            // Who stands in one list under both names is two people.
            if !first.lists.is_disjoint(&second.lists) || !are_confusable(one, two) {
                continue;
            }
            let observation = Observation::to_check("需核对：两处姓名仅一字之差且字形相近，请看是否同一人");
            let observation = observation.comparing("姓名", &first.printed, &second.printed);
            found.push(observation.shown_by(first.shown.clone()).shown_by(second.shown.clone()));
        }
    }
    or_holds(found, "没有仅一字之差的形近姓名")
}

/// A name with the first place where it is printed.
struct Named {
    printed: String,
    /// The lists in which it stands.
    lists: BTreeSet<String>,
    shown: Vec<Evidence>,
}

/// The names in Han of contributors, authors and holders, by folded name.
fn names(case: &Case) -> BTreeMap<String, Named> {
    let mut names: BTreeMap<String, Named> = BTreeMap::new();
    let mut add = |name: &str, list: String, object: String, at: &Provenance, field: &str| {
        let key = fold_key(name);
        if !(2..=4).contains(&key.chars().count()) || !key.chars().all(is_han) {
            return;
        }
        let named = names.entry(key).or_insert_with(|| {
            let shown = case.shown(&object, at, field, name);
            // Of a list, the place of this name.
            let own: Vec<Evidence> =
                shown.iter().filter(|shown| shown.quote.contains(name)).cloned().collect();
            let shown = if own.is_empty() { shown } else { own };
            Named { printed: name.to_owned(), lists: BTreeSet::new(), shown }
        });
        named.lists.insert(list);
    };
    for (at, person) in case.dossier.contributors.iter().enumerate() {
        add(
            &person.name,
            "contributors".to_owned(),
            format!("contributors[{at}]"),
            &person.provenance,
            "name",
        );
    }
    for (at, paper) in case.dossier.papers.iter().enumerate() {
        for (field, list) in
            [("authors", &paper.authors), ("corresponding_authors", &paper.corresponding_authors)]
        {
            let object = format!("papers[{at}]");
            list.iter().for_each(|name| add(name, object.clone(), object.clone(), &paper.provenance, field));
        }
    }
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let object = format!("ip[{at}]");
        right
            .holders
            .iter()
            .for_each(|name| add(name, object.clone(), object.clone(), &right.provenance, "holders"));
    }
    names
}

/// Tells whether two folded names of one length differ in one character that looks like the other.
fn are_confusable(one: &str, two: &str) -> bool {
    let (one, two): (Vec<char>, Vec<char>) = (one.chars().collect(), two.chars().collect());
    if one.len() != two.len() || one.len() < 2 {
        return false;
    }
    let mut differing = one.iter().zip(&two).filter(|(one, two)| one != two);
    match (differing.next(), differing.next()) {
        (Some((one, two)), None) => look_alikes(*one).contains(two),
        _ => false,
    }
}
