//! Who is mentioned in running text?
//!
//! People are proved by a role or a verb of speech beside the name, institutions by the word the name
//! ends with and by what opens it. Passages are paragraphs, whole: a paragraph cut by a page break is
//! joined before. Must not know any name: surnames, places, roles and institution words are data.

mod institution;
mod person;
mod words;

#[cfg(test)]
pub(super) mod eval;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use institution::{Found, Proof};
pub(super) use words::has_institution_ending;

use crate::domain::{Mentions, PersonMention};
use crate::text::{Passage, fold_key};

/// The bytes of the family name that a text opens with, as many a word does.
pub fn surname(text: &str) -> Option<usize> {
    words::surname(text)
}

/// Finds the people and institutions mentioned in paragraphs of running text, each once, in the order
/// in which they first appear; reporters and photographers of by-lines are left out.
pub(super) fn find_mentions(passages: &[&Passage]) -> Mentions {
    let roles: Vec<Vec<Range<usize>>> =
        passages.iter().map(|passage| words::roles(passage.text()).collect()).collect();
    let read = passages.iter().zip(&roles);
    let mut found: Vec<Vec<Found>> =
        read.map(|(passage, roles)| institution::institutions(passage.text(), roles)).collect();
    keep_known(passages, &mut found);
    let credited: HashSet<&str> =
        passages.iter().flat_map(|passage| person::by_lines(passage.text())).collect();

    let mut mentions = Mentions::default();
    let mut people: HashMap<String, usize> = HashMap::new();
    let mut institutions: HashSet<String> = HashSet::new();
    for ((passage, found), roles) in passages.iter().zip(&found).zip(&roles) {
        let text = passage.text();
        for name in found {
            if institutions.insert(fold_key(&text[name.start..name.end])) {
                mentions.institutions.push(text[name.start..name.end].to_owned());
                mentions.provenance.place("institutions", &passage.slice(name.start..name.end));
            }
        }
        for named in person::people(text, roles, found) {
            let name = &text[named.start..named.end];
            if credited.contains(name) {
                continue;
            }
            let at = *people.entry(fold_key(name)).or_insert_with(|| {
                let mut mention = PersonMention { name: name.to_owned(), ..PersonMention::default() };
                mention.provenance.place("name", &passage.slice(named.start..named.end));
                mentions.people.push(mention);
                mentions.provenance.place("people", &passage.slice(named.start..named.end));
                mentions.people.len() - 1
            });
            if let (None, Some(index)) = (&mentions.people[at].institution, named.institution) {
                mentions.people[at].institution = Some(text[found[index].start..found[index].end].to_owned());
            }
        }
    }
    mentions
}

/// Drops the names that nothing proves, unless they shorten a proved one: 甲乙医院 after 某市甲乙医院.
fn keep_known(passages: &[&Passage], found: &mut [Vec<Found>]) {
    const LONGEST: usize = 6;
    let mut parts: HashSet<&str> = HashSet::new();
    if found.iter().flatten().all(|name| name.proof == Proof::Edge) {
        return;
    }
    for (passage, found) in passages.iter().zip(found.iter()) {
        for name in found.iter().filter(|name| name.proof == Proof::Edge) {
            let text = &passage.text()[name.start..name.word];
            let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
            for (from, _) in text.char_indices() {
                let ends = ends.iter().filter(|&&end| end > from).take(LONGEST);
                parts.extend(ends.map(|&end| &text[from..end]));
            }
        }
    }
    for (passage, found) in passages.iter().zip(found) {
        let text = passage.text();
        found.retain(|name| name.proof == Proof::Edge || parts.contains(&text[name.start..name.word]));
    }
}
