//! What does the notice state?
//!
//! Blocks become a typed `Dossier` with a place for every field and a warning for every repair.
//! Never fails and never corrects silently. The words of headings, labels and columns are data
//! (`data/lexicon.toml`). Must not know any file format, nor what is already stored.

mod award;
mod bare_title;
mod citation;
mod claim;
mod claim_end;
mod claim_label;
mod claim_words;
mod combined;
mod credit;
mod credited;
mod doi;
mod entry;
mod enumerator;
mod evidence;
mod headline;
mod ip;
mod ip_number;
mod joined_cells;
mod label;
mod lexicon;
mod listing;
mod mention;
mod metric;
mod name_list;
mod names;
mod narrow;
mod numbered;
mod outline;
mod paper;
mod people;
#[cfg(test)]
mod reading;
mod right;
mod sentence;
mod spaced;
mod table;
mod trie;
mod value;

use self::{
    bare_title::bare_title,
    headline::headline,
    lexicon::Field,
    outline::{Outline, outline},
    value::{Taker, without_han_spaces},
};
pub use self::{
    credited::{Listed, cited_rows, credited_sentences},
    ip_number::{other_check_digit, other_kind},
    listing::OTHER_NAME_WORDS,
    mention::surname,
};
use crate::{
    domain::{Dossier, DossierKind, InnovationClaim, Provenance, Warning},
    source::Block,
    text::Passage,
};

/// Entries that are kept of a list: no notice has a tenth of them, and each becomes a record to be found.
const MAX_ENTRIES: usize = 1000;

/// Understands a document. Its `id` and `source` are left to the caller.
pub fn extract(blocks: &[Block]) -> Dossier {
    let outline = outline(blocks);
    if is_dossier(&outline) { dossier(outline) } else { article(blocks) }
}

/// A dossier has a project title and a list, or two lists, of those that notices have.
fn is_dossier(outline: &Outline) -> bool {
    let lists = [&outline.contributors, &outline.institutions, &outline.papers, &outline.ip];
    let lists = lists.iter().filter(|list| !list.is_empty()).count();
    let title = outline.dossier.has(Field::Title);
    let prose = outline.dossier.has(Field::Summary) || outline.dossier.has(Field::Recommendation);
    lists >= 2 || (title && (lists == 1 || prose))
}

fn dossier(mut outline: Outline) -> Dossier {
    let mut warnings: Vec<Warning> = Vec::new();
    for (field, list) in [
        ("contributors", &mut outline.contributors),
        ("institutions", &mut outline.institutions),
        ("papers", &mut outline.papers),
        ("ip", &mut outline.ip),
    ] {
        if list.len() > MAX_ENTRIES {
            let message = format!("only the first {MAX_ENTRIES} of {} entries are kept", list.len());
            let (code, field) = ("list-cut".to_owned(), Some(field.to_owned()));
            warnings.push(Warning { code, message, field });
            list.truncate(MAX_ENTRIES);
        }
    }
    let outline = &outline;
    let mut provenance = Provenance::default();
    let award = award::award(outline, &mut warnings);
    let summary_text = outline.dossier.get(Field::Summary).cloned().unwrap_or_default();
    let claims = claim::claims_of_section(&outline.claims);
    let claims = if claims.is_empty() { claim::claims(&summary_text) } else { claims };
    let claims = if claims.is_empty() { claims_of_candidate(outline) } else { claims };
    let contributors = people::contributors(&outline.contributors, claims.len(), &mut warnings);
    let institutions = people::institutions(&outline.institutions, claims.len(), &mut warnings);
    let papers = paper::papers(&outline.papers, &mut warnings);
    let ip = ip::ip(&outline.ip, &mut warnings);
    let mut take = Taker { path: String::new(), provenance: &mut provenance, warnings: &mut warnings };
    let bare = || bare_title(outline.headings.iter().map(|(_, text)| text), outline.loose.iter());
    let printed = outline.dossier.get(Field::Title).cloned().or_else(bare);
    let title = take.repaired("title", printed.as_ref(), "space-removed", without_han_spaces);
    let summary = take.text("summary", outline.dossier.get(Field::Summary));
    let recommendation = take.text("recommendation", outline.dossier.get(Field::Recommendation));
    if title.is_none() {
        take.warn("title-missing", "title", "no project title is printed");
    }
    let metrics = metric::find_metrics(&summary_text);
    let mentions = mention::find_mentions(&prose(outline));
    Dossier {
        kind: DossierKind::Dossier,
        title,
        award: Some(award),
        summary,
        recommendation,
        claims,
        contributors,
        institutions,
        papers,
        ip,
        metrics,
        mentions,
        warnings,
        provenance,
        ..Dossier::default()
    }
}

/// `主要科技贡献`: what the only candidate has done may be told by its points, and nowhere else.
fn claims_of_candidate(outline: &Outline) -> Vec<InnovationClaim> {
    match &outline.contributors[..] {
        [only] => only.get(Field::Contribution).map(claim::claims).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The running text of a dossier.
fn prose(outline: &Outline) -> Vec<&Passage> {
    let own =
        [Field::Recommendation, Field::Summary].into_iter().filter_map(|field| outline.dossier.get(field));
    let lists = outline.contributors.iter().chain(&outline.institutions);
    own.chain(lists.filter_map(|entry| entry.get(Field::Contribution))).collect()
}

fn article(blocks: &[Block]) -> Dossier {
    let mut provenance = Provenance::default();
    let title = headline(blocks);
    if let Some(title) = &title {
        provenance.place("title", title);
    }
    let passages: Vec<&Passage> = blocks
        .iter()
        .flat_map(|block| match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => vec![text],
            Block::Table(rows) => rows.iter().flatten().collect(),
        })
        .collect();
    Dossier {
        kind: DossierKind::Article,
        title: title.map(|title| title.text().to_owned()),
        metrics: Vec::new(),
        mentions: mention::find_mentions(&passages),
        provenance,
        ..Dossier::default()
    }
}
