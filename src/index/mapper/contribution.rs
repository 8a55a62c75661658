use std::collections::BTreeMap;

use super::{document::DocumentBundle, evidence};
use crate::{
    domain::{Contribution, Contributor, Dossier, InnovationClaim},
    index::{Piece, TextSource},
    text::fold_key,
};

/// Finds the row of a dossier's list of contributors that a contribution was read from.
pub(super) fn row<'a>(dossier: &'a Dossier, contribution: &Contribution) -> Option<(usize, &'a Contributor)> {
    let name = fold_key(&contribution.person.name);
    let mut rows = dossier.contributors.iter().enumerate().filter(|(_, row)| fold_key(&row.name) == name);
    let first = rows.next()?;
    let same_rank = |row: &&(usize, &Contributor)| row.1.rank == contribution.rank;
    Some(if same_rank(&&first) { first } else { rows.find(|row| same_rank(&row)).unwrap_or(first) })
}

/// The employer of a row, where it is printed otherwise than the institution, which the record itself names.
pub(super) fn other_employer(row: &Contributor) -> Option<&str> {
    let institution = fold_key(row.institution.as_deref().unwrap_or_default());
    row.employer.as_deref().filter(|employer| fold_key(employer) != institution)
}

/// The institutions that the rows print otherwise than their records are named, by the folded printing: what is settled
/// of a wrong character in one row holds wherever the dossier prints it.
pub(super) fn settled(bundle: &DocumentBundle) -> BTreeMap<String, &str> {
    let settled = bundle.contributions.iter().filter_map(|one| {
        let institution = one.institution.as_ref()?;
        let printed = fold_key(row(&bundle.dossier, one)?.1.institution.as_deref()?);
        (printed != fold_key(&institution.name)).then_some((printed, institution.name.as_str()))
    });
    settled.collect()
}

/// The claims of a dossier that a contribution credits.
pub(super) fn credited<'a>(
    dossier: &'a Dossier,
    numbers: impl Fn(u32) -> bool + 'a,
) -> impl Iterator<Item = (usize, &'a InnovationClaim)> {
    dossier.claims.iter().enumerate().filter(move |(_, claim)| numbers(claim.number))
}

/// How a claim is asked for by its number.
pub(super) fn claim_word(number: u32) -> String {
    format!("创新点{number}")
}

/// The words around a contribution that say what it is evidence of.
pub(super) fn surroundings(contribution: &Contribution) -> Vec<TextSource> {
    let claims = contribution.claims.iter().map(|claim| claim_word(claim.number));
    let evidence = contribution.evidence.iter().flat_map(|token| evidence::references(token));
    let ranks = rank_words(contribution.rank, "完成人");
    claims.chain(evidence).chain(ranks).map(TextSource::hidden).collect()
}

/// How a rank is asked for: 第一完成人, 排名第1.
pub(super) fn rank_words(rank: Option<u32>, of: &str) -> Vec<String> {
    const HAN: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let Some(rank) = rank else { return Vec::new() };
    let han = usize::try_from(rank).ok().and_then(|rank| HAN.get(rank.checked_sub(1)?)).copied();
    let numerals = han.map(str::to_owned).into_iter().chain([rank.to_string()]);
    numerals.flat_map(|rank| [format!("第{rank}{of}"), format!("排名第{rank}")]).collect()
}

/// The text of a contribution, where it was printed as one piece with its place.
pub(super) fn text(field: String, contribution: &Contribution) -> TextSource {
    let whole = contribution.span.filter(|span| span.end - span.start == contribution.text.len());
    let pieces = whole.map(|span| Piece { at: 0, span }).into_iter().collect();
    TextSource { field, text: contribution.text.clone(), pieces }
}
