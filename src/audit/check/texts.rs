//! Contribution texts: empty, generic, copied.

use super::{Case, Observation, Parameters, Question, or_holds, reuse::described};
use crate::{
    audit::{Evidence, holdings::Trait, printing::Printing},
    store::StoreError,
    text::fold_key,
};

/// So many dossiers with similar texts are compared.
const CANDIDATES: usize = 8;
/// So many common passages are shown of a pair.
const PASSAGES: usize = 3;

/// Looks for contributions that are missing, say nothing, or are another contributor's.
pub(super) fn contributions(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let shortest = parameters.count("shortest").unwrap_or_default();
    let [people, _] = case.contribution_texts();
    let mut found = Vec::new();
    for (at, text) in people.iter().enumerate() {
        let name = &case.dossier.contributors[at].name;
        let generic = parameters.words("generic").any(|words| fold_key(&text.value) == fold_key(words));
        let fault = match text.len() {
            0 => format!("需核对：没有印出{name}的贡献"),
            length if length < shortest || generic => {
                format!("需核对：{name}的贡献只有{length}字，请看是否具体")
            }
            _ => continue,
        };
        let observation = Observation::to_check(fault).comparing("字数", text.len(), format!("≥{shortest}"));
        let shown = if text.len() == 0 { case.contributor(at) } else { case.passage(text, 0..text.len()) };
        found.push(observation.shown_by(shown));
    }
    let copied = pairs(case, people, shortest, parameters.share("containment"));
    found.extend(copied);
    match case.dossier.contributors.is_empty() {
        true => vec![Observation::not_known("没有读到完成人")],
        false => or_holds(found, "各完成人的贡献均有内容，且互不重复"),
    }
}

/// Looks for contribution texts that overlap, within the dossier and with others.
pub(super) fn overlapping(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let (case, parameters) = (question.case, question.parameters);
    let (shortest, least) =
        (parameters.count("shortest").unwrap_or_default(), parameters.share("containment"));
    let lists = case.contribution_texts();
    if lists.iter().flatten().all(|text| text.len() == 0) {
        return Ok(vec![Observation::not_known("没有印出贡献文字")]);
    }
    let mut found: Vec<Observation> =
        lists.iter().flat_map(|texts| pairs(case, texts, shortest, least)).collect();
    for other in question.holdings.sharing_many(question.held, Trait::Contribution, CANDIDATES) {
        // The next year's nomination of a project says the same of it.
        if question.held.is_same_project(other) {
            continue;
        }
        let Some(theirs) = question.load(other)? else { continue };
        for (own, others) in lists.iter().zip(theirs.contribution_texts()) {
            found.extend(across(case, own, &theirs, others, shortest, least));
        }
    }
    Ok(or_holds(found, "贡献文字没有成段的重合"))
}

fn pairs(case: &Case, texts: &[Printing], shortest: usize, least: f64) -> Vec<Observation> {
    let mut found = Vec::new();
    for (at, one) in texts.iter().enumerate() {
        for two in &texts[at + 1..] {
            if let Some(overlap) = one.overlap(two, shortest, least) {
                let message = format!("需核对：材料内两段贡献文字重合{:.0}%", overlap.containment * 100.0);
                let shown = overlap.passages.into_iter().take(PASSAGES).flat_map(|(left, right)| {
                    case.passage(one, left).into_iter().chain(case.passage(two, right))
                });
                let observation = Observation::to_check(message).noting("两处", both(one, two));
                found.push(observation.shown_by(shown));
            }
        }
    }
    found
}

fn across(
    case: &Case,
    own: &[Printing],
    theirs: &Case,
    others: &[Printing],
    shortest: usize,
    least: f64,
) -> Vec<Observation> {
    let mut found = Vec::new();
    for one in own {
        for two in others {
            if let Some(overlap) = one.overlap(two, shortest, least) {
                let message = format!("需核对：贡献文字与另一材料重合{:.0}%", overlap.containment * 100.0);
                let shown = overlap.passages.into_iter().take(PASSAGES);
                let shown: Vec<Evidence> = shown
                    .flat_map(|(left, right)| {
                        case.passage(one, left).into_iter().chain(theirs.passage(two, right))
                    })
                    .collect();
                let observation = Observation::to_check(message).noting("另一项目", described(theirs));
                found.push(observation.noting("两处", both(one, two)).shown_by(shown));
            }
        }
    }
    found
}

fn both(one: &Printing, two: &Printing) -> String {
    format!("{}、{}", one.path, two.path)
}
