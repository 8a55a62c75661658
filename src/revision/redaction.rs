use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::name_search::{NameSearch, merged};
use crate::{
    domain::{Contributor, Dossier, Printed, REMOVED, Warning},
    resolve::{ContributorLinks, Resolution},
    text::{Passage, Span, boundary, fold_key},
};

/// A person who is not to be shown, as the decision about them keeps them: in folded names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedPerson {
    /// The key by which they are one.
    pub key: String,
    /// Their names.
    pub names: BTreeSet<String>,
    /// The institutions beside which the name means them.
    pub institutions: BTreeSet<String>,
    /// Dossiers in which the name means nobody else, whatever a later version says of them.
    #[serde(default)]
    pub dossiers: BTreeSet<String>,
}

/// What is hidden in the text of a document. What is hidden becomes [`REMOVED`], however long it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Where, in the text as it was read; in order, none of them overlap.
    ranges: Vec<Span>,
    names: BTreeSet<String>,
    /// Longer names of others in which they stand.
    others: BTreeSet<String>,
}

/// Fields of a contributor's row in which something is said of the person alone.
const SAID: [&str; 5] = ["name", "titles", "post", "contribution", "evidence"];

/// Values that are no text of the document.
const LABELS: [&str; 6] = ["id", "kind", "sha256", "format", "encoding", "code"];

/// Hides people in a dossier and in its text: their rows but for rank and claims, and their names
/// wherever they stand. `None` where none of them is in it.
///
/// Somebody is in it who contributes to it, or whose name stands in its text together with one of their
/// institutions, unless the name is that of another contributor. A name that was hidden in the version
/// before, as `before` says, needs no institution.
///
/// # Errors
/// Where a dossier cannot be written as JSON or read back, which is a fault of this program.
pub fn redact(
    dossier: &Dossier,
    text: &str,
    resolution: &Resolution,
    removed: &[RemovedPerson],
    before: Option<&Redaction>,
) -> Result<Option<(Dossier, String, Redaction)>, serde_json::Error> {
    let Some(hidden) = Hidden::new(dossier, text, resolution, removed, before) else { return Ok(None) };
    let redaction = Redaction {
        ranges: hidden.ranges(dossier, text),
        names: hidden.names.clone(),
        others: people(dossier).map(fold_key).filter(|name| !hidden.names.contains(name)).collect(),
    };
    let mut shown = dossier.clone();
    for &row in &hidden.rows {
        hide_row(&mut shown.contributors[row]);
    }
    let mut json = serde_json::to_value(&shown)?;
    redaction.hide_all(&redaction.search(), &mut json);
    let mut shown: Dossier = serde_json::from_value(json)?;
    for &row in &hidden.namesakes {
        shown.contributors[row].name = dossier.contributors[row].name.clone();
    }
    shown.warnings.push(Warning {
        code: "redacted".to_owned(),
        message: format!("{REMOVED} stands for people who were removed by a decision"),
        field: None,
    });
    for person in shown.mentions.people.iter_mut().filter(|person| person.name.contains(REMOVED)) {
        person.institution = None;
    }
    let text = redaction.text(text);
    Ok(Some((shown, text, redaction)))
}

/// Who is to be hidden in one dossier.
struct Hidden {
    /// Contributors, by index.
    rows: BTreeSet<usize>,
    /// Folded names.
    names: BTreeSet<String>,
    /// Other contributors who bear one of the names, by index.
    namesakes: BTreeSet<usize>,
}

impl Hidden {
    fn new(
        dossier: &Dossier,
        text: &str,
        resolution: &Resolution,
        removed: &[RemovedPerson],
        before: Option<&Redaction>,
    ) -> Option<Hidden> {
        let keys: Vec<String> = dossier.contributors.iter().map(|row| fold_key(&row.name)).collect();
        let folded = fold_key(text);
        let (mut rows, mut names) = (BTreeSet::new(), BTreeSet::new());
        for person in removed {
            let links = resolution.contributors.iter().enumerate();
            let own = links.filter(|(_, links)| person.is(links, &dossier.id));
            let own: Vec<usize> = own.map(|(row, _)| row).collect();
            let known = before.is_some_and(|before| !before.names.is_disjoint(&person.names));
            if !own.is_empty() || person.is_named(dossier, text, &folded, &keys, known) {
                names.extend(person.names.iter().cloned());
            }
            rows.extend(own);
        }
        names.extend(rows.iter().map(|&row| keys[row].clone()));
        names.extend(rows.iter().filter_map(|&row| printed_name(&dossier.contributors[row])));
        names.extend(appearances(dossier, resolution, &rows).map(|name| fold_key(name)));
        names.remove("");
        let namesakes = (0..keys.len()).filter(|row| !rows.contains(row) && names.contains(&keys[*row]));
        let namesakes = namesakes.collect();
        (!names.is_empty()).then_some(Hidden { rows, names, namesakes })
    }

    /// Where in the text something has to be hidden.
    fn ranges(&self, dossier: &Dossier, text: &str) -> Vec<Span> {
        let spans = |row: usize| &dossier.contributors[row].provenance.spans;
        let named = self.namesakes.iter().filter_map(|&row| spans(row).get("name")).flatten();
        let kept: Vec<&Span> = named.collect();
        let search = NameSearch::new(self.names.iter().map(String::as_str), people(dossier));
        let mut found = search.find(text);
        found.retain(|range| !kept.iter().any(|kept| overlaps(kept, range)));
        for &row in &self.rows {
            let own = SAID.iter().filter_map(|field| spans(row).get(*field)).flatten();
            let others = || (0..dossier.contributors.len()).filter(|other| !self.rows.contains(other));
            // A cell that stands for several rows says nothing of one of them alone.
            let alone = own.filter(|own| {
                let range = own.start..own.end;
                !others()
                    .flat_map(|other| spans(other).values().flatten())
                    .any(|other| overlaps(other, &range))
            });
            found.extend(alone.map(|span| boundary(text, span.start)..boundary(text, span.end)));
        }
        found.retain(|range| !range.is_empty());
        found.sort_by_key(|range| (range.start, range.end));
        merged(found).into_iter().map(|range| Span::new(range.start, range.end)).collect()
    }
}

impl RemovedPerson {
    /// Tells whether a contributor is this person.
    fn is(&self, links: &ContributorLinks, dossier: &str) -> bool {
        let Some(person) = &links.person else { return false };
        let here = links.institution.iter().chain(&links.employer);
        let mut here = here.map(|institution| &institution.key);
        person.key == self.key
            || (self.names.contains(&fold_key(&person.name))
                && (self.dossiers.contains(dossier)
                    || here.any(|institution| self.institutions.contains(institution))))
    }

    /// Tells whether a document to which they do not contribute names them beside their institution.
    fn is_named(
        &self,
        dossier: &Dossier,
        text: &str,
        folded: &str,
        contributors: &[String],
        known: bool,
    ) -> bool {
        // Most documents do not name them at all, which is soon seen.
        let stands = |names: &BTreeSet<String>| names.iter().any(|name| folded.contains(name.as_str()));
        if !stands(&self.names)
            || !(known || stands(&self.institutions))
            || contributors.iter().any(|name| self.names.contains(name))
        {
            return false;
        }
        !NameSearch::new(self.names.iter().map(String::as_str), people(dossier)).find(text).is_empty()
    }
}

impl Redaction {
    /// Hides in the text as it was read.
    pub fn text(&self, text: &str) -> String {
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for range in &self.ranges {
            out.push_str(text.get(from..range.start).unwrap_or_default());
            out.push_str(REMOVED);
            from = range.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }

    /// Hides names in a text from elsewhere that is about the document.
    pub fn line(&self, text: &str) -> String {
        hide(&self.search(), text)
    }

    /// Hides names in the texts of a JSON value that is about the document.
    pub fn value(&self, value: &mut Value) {
        let unmoved = Redaction { ranges: Vec::new(), ..self.clone() };
        unmoved.hide_all(&self.search(), value);
    }

    /// Hides in a passage of the text as it was read; its places are those in the text that is shown.
    pub fn passage(&self, passage: &Passage) -> Passage {
        let (mut out, mut at, mut marked) = (Passage::default(), 0, None);
        let text = passage.text();
        for (start, span) in passage.pieces() {
            let mut joint = text.get(at..start).unwrap_or_default();
            let mut push = |from: usize, to: usize, out: &mut Passage| {
                let part = start + from - span.start..start + to - span.start;
                out.push(joint, text.get(part).unwrap_or_default(), self.start(from));
                joint = "";
            };
            let mut from = span.start;
            let first = self.ranges.partition_point(|range| range.end <= span.start);
            for (index, range) in self.ranges.iter().enumerate().skip(first) {
                if range.start >= span.end {
                    break;
                }
                if range.start > from {
                    push(from, range.start, &mut out);
                }
                if marked != Some(index) {
                    out.push("", REMOVED, self.start(range.start));
                    marked = Some(index);
                }
                from = range.end.min(span.end);
            }
            if from < span.end {
                push(from, span.end, &mut out);
            }
            at = start + (span.end - span.start);
        }
        // A name that layout has cut stands whole in the passage alone.
        let search = self.search();
        for range in search.find(out.text()).into_iter().rev() {
            out = out.with(range, REMOVED);
        }
        out
    }

    fn search(&self) -> NameSearch {
        NameSearch::new(self.names.iter().map(String::as_str), self.others.iter().map(String::as_str))
    }

    /// Hides names in all texts of a dossier as JSON, and moves its spans.
    fn hide_all(&self, search: &NameSearch, value: &mut Value) {
        match value {
            Value::String(text) => *text = hide(search, text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_all(search, item)),
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    if name == "spans" {
                        self.move_spans(value);
                    } else if !LABELS.contains(&name.as_str()) {
                        self.hide_all(search, value);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn move_spans(&self, spans: &mut Value) {
        let Ok(read) = serde_json::from_value::<BTreeMap<String, Vec<Span>>>(spans.clone()) else { return };
        let moved = read.into_iter().map(|(field, spans)| {
            let moved =
                spans.iter().map(|span| Value::from(vec![self.start(span.start), self.end(span.end)]));
            (field, moved.collect::<Vec<Value>>().into())
        });
        *spans = Value::Object(moved.collect());
    }

    /// Where a stretch begins in the text that is shown; where what is hidden begins, if it began inside.
    fn start(&self, at: usize) -> usize {
        let (passed, inside) = self.passed(at);
        match inside {
            Some(range) => range.start + passed.0 - passed.1,
            None => at + passed.0 - passed.1,
        }
    }

    /// Where a stretch ends in the text that is shown; where what is hidden ends, if it ended inside.
    fn end(&self, at: usize) -> usize {
        let (passed, inside) = self.passed(at);
        match inside {
            Some(range) => range.start + passed.0 - passed.1 + REMOVED.len(),
            None => at + passed.0 - passed.1,
        }
    }

    /// How many bytes were put in and taken out before `at`, and what is hidden around it.
    fn passed(&self, at: usize) -> ((usize, usize), Option<&Span>) {
        let count = self.ranges.partition_point(|range| range.end <= at);
        let out = self.ranges[..count].iter().map(|range| range.end - range.start).sum();
        ((count * REMOVED.len(), out), self.ranges.get(count).filter(|range| range.start < at))
    }
}

/// A contributor's name as it was printed, where that is another than the one that was read.
fn printed_name(row: &Contributor) -> Option<String> {
    match row.provenance.printed.get("name")? {
        Printed::Text(name) => Some(fold_key(name)),
        Printed::List(_) => None,
    }
}

/// Keeps of a row what is not about the person: its rank and the claims it credits.
fn hide_row(row: &mut Contributor) {
    let mut provenance = std::mem::take(&mut row.provenance);
    provenance.printed.clear();
    provenance.spans.retain(|field, _| matches!(field.as_str(), "rank" | "name"));
    *row = Contributor {
        rank: row.rank,
        name: REMOVED.to_owned(),
        claims: std::mem::take(&mut row.claims),
        provenance,
        ..Contributor::default()
    };
}

/// The names under which contributors stand among authors and holders.
fn appearances<'a>(
    dossier: &'a Dossier,
    resolution: &'a Resolution,
    rows: &'a BTreeSet<usize>,
) -> impl Iterator<Item = &'a String> {
    let papers = dossier.papers.iter().zip(&resolution.papers).flat_map(move |(paper, links)| {
        let here = links.people.iter().filter(|appearance| rows.contains(&appearance.contributor));
        here.filter_map(|one| paper.authors.iter().chain(&paper.corresponding_authors).nth(one.position))
    });
    let rights = dossier.ip.iter().zip(&resolution.ip).flat_map(move |(right, holders)| {
        let here = holders.iter().filter(|appearance| rows.contains(&appearance.contributor));
        here.filter_map(|one| right.holders.get(one.position))
    });
    papers.chain(rights)
}

/// Everybody whom a dossier names.
fn people(dossier: &Dossier) -> impl Iterator<Item = &str> {
    let authors =
        dossier.papers.iter().flat_map(|paper| paper.authors.iter().chain(&paper.corresponding_authors));
    let holders = dossier.ip.iter().flat_map(|right| &right.holders);
    let mentioned = dossier.mentions.people.iter().map(|person| &person.name);
    let contributors = dossier.contributors.iter().map(|row| &row.name);
    contributors.chain(authors).chain(holders).chain(mentioned).map(String::as_str)
}

fn hide(search: &NameSearch, text: &str) -> String {
    let mut text = text.to_owned();
    for range in search.find(&text).into_iter().rev() {
        text.replace_range(range, REMOVED);
    }
    text
}

fn overlaps(span: &Span, range: &Range<usize>) -> bool {
    span.start < range.end && range.start < span.end
}
