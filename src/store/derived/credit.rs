use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use crate::{
    domain::{Contributor, Dossier, Ip, Kind},
    extract::credited_sentences,
    resolve::Resolution,
    store::{StoreError, id::row_id},
    text::{fold_key, placed_pieces, printed_at},
};

/// Writes what each contributor is and which sentence credits which claim.
pub(super) fn write(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
    text: &str,
) -> Result<(), StoreError> {
    let works = roles_by_works(dossier, resolution);
    let kept = dossier.contributors.iter().zip(&resolution.contributors).enumerate();
    for (index, (contributor, links)) in kept {
        if links.person.is_none() {
            continue;
        }
        let id = row_id(Kind::Contribution, &dossier.id, u32::try_from(index).unwrap_or(u32::MAX));
        roles(tx, &id, contributor, &works[index])?;
        sentences(tx, &id, contributor, dossier.claims.len(), text)?;
    }
    Ok(())
}

fn roles(
    tx: &Transaction<'_>,
    id: &str,
    contributor: &Contributor,
    works: &BTreeSet<&'static str>,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM contribution_role WHERE contribution_id = ?1")?.execute([id])?;
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO contribution_role (contribution_id, source, role) VALUES (?1, ?2, ?3)",
    )?;
    for title in &contributor.titles {
        insert.execute(params![id, "title", fold_key(title)])?;
    }
    if let Some(post) = &contributor.post {
        insert.execute(params![id, "post", fold_key(post)])?;
    }
    for role in works {
        insert.execute(params![id, "work", role])?;
    }
    Ok(())
}

/// What the papers and rights of a dossier print each contributor as.
fn roles_by_works(dossier: &Dossier, resolution: &Resolution) -> Vec<BTreeSet<&'static str>> {
    let mut roles = vec![BTreeSet::new(); dossier.contributors.len()];
    for (paper, links) in dossier.papers.iter().zip(&resolution.papers) {
        for appearance in &links.people {
            let own = &mut roles[appearance.contributor];
            if appearance.position < paper.authors.len() {
                own.insert("author");
            }
            if appearance.position == 0 && !paper.authors.is_empty() {
                own.insert("first-author");
            }
            if appearance.corresponding {
                own.insert("corresponding");
            }
        }
    }
    for (ip, holders) in dossier.ip.iter().zip(&resolution.ip) {
        for appearance in holders {
            let own = &mut roles[appearance.contributor];
            if !is_patent(ip) {
                own.insert("holder");
                continue;
            }
            own.insert("inventor");
            if appearance.position == 0 {
                own.insert("first-inventor");
            }
        }
    }
    roles
}

/// Tells whether a right has inventors: software, standards and licences have holders and drafters.
fn is_patent(ip: &Ip) -> bool {
    const OTHERS: [&str; 6] = ["著作权", "软著", "软件", "标准", "注册", "新药"];
    let category = fold_key(ip.category.as_deref().unwrap_or_default());
    !OTHERS.iter().any(|word| category.contains(word))
}

fn sentences(
    tx: &Transaction<'_>,
    id: &str,
    contributor: &Contributor,
    defined: usize,
    text: &str,
) -> Result<(), StoreError> {
    let Some(contribution) = &contributor.contribution else { return Ok(()) };
    let spans = contributor.provenance.spans.get("contribution").map_or(&[][..], Vec::as_slice);
    let pieces = placed_pieces(contribution, spans, text);
    let mut note = tx.prepare_cached(
        "UPDATE contribution_claim SET sentence = ?3, span_start = ?4, span_end = ?5
         WHERE contribution_id = ?1 AND number = ?2",
    )?;
    for (number, range) in credited_sentences(contribution, defined) {
        let span = printed_at(&pieces, range.clone());
        let bound = |at: usize| i64::try_from(at).ok();
        let (start, end) = (span.and_then(|span| bound(span.start)), span.and_then(|span| bound(span.end)));
        note.execute(params![id, number, contribution[range].trim(), start, end])?;
    }
    Ok(())
}
