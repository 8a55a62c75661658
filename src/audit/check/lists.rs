//! How long the lists are, and how they are numbered.

use super::{Case, Observation, Parameters, or_holds};
use crate::audit::Evidence;

/// Compares the lengths of the lists with the most that a rule allows.
pub(super) fn lengths(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let dossier = &case.dossier;
    let lists = [
        ("contributors", "完成人", dossier.contributors.len()),
        ("institutions", "完成单位", dossier.institutions.len()),
        ("papers", "代表性论文", dossier.papers.len()),
    ];
    let mut found = Vec::new();
    for (list, what, count) in lists {
        let Some(most) = parameters.count(list) else { continue };
        let observation = match count {
            0 => Observation::not_known(format!("没有读到{what}")),
            count if count > most => Observation::to_check(format!("需核对：列出{what}{count}，多于{most}")),
            _ => Observation::holds(format!("列出{what}{count}，不多于{most}")),
        };
        let last = count.checked_sub(1).filter(|_| count > most);
        let shown = last.map(|at| entry(case, list, at)).unwrap_or_default();
        found.push(observation.comparing(what, count, format!("≤{most}")).shown_by(shown));
    }
    found
}

/// Looks for ranks that are missing, repeated or out of order.
pub(super) fn ranks(case: &Case, _: &Parameters) -> Vec<Observation> {
    let people: Vec<Option<u32>> = case.dossier.contributors.iter().map(|person| person.rank).collect();
    let institutions: Vec<Option<u32>> = case.dossier.institutions.iter().map(|one| one.rank).collect();
    if people.is_empty() && institutions.is_empty() {
        return vec![Observation::not_known("没有读到完成人与完成单位")];
    }
    let mut found = Vec::new();
    for (list, what, ranks) in
        [("contributors", "完成人", people), ("institutions", "完成单位", institutions)]
    {
        let expected = |at: usize| u32::try_from(at + 1).ok();
        let Some(at) = (0..ranks.len()).find(|at| ranks[*at] != expected(*at)) else { continue };
        let printed: Vec<String> =
            ranks.iter().map(|rank| rank.map_or("–".to_owned(), |rank| rank.to_string())).collect();
        let observation = Observation::to_check(format!("需核对：{what}的排名不是从1起连续排列"));
        let observation = observation.comparing(what, printed.join("、"), format!("1至{}", ranks.len()));
        found.push(observation.shown_by(entry(case, list, at)));
    }
    or_holds(found, "完成人与完成单位的排名均从1起连续")
}

fn entry(case: &Case, list: &str, at: usize) -> Vec<Evidence> {
    match list {
        "contributors" => case.contributor(at),
        "institutions" => case.institution(at),
        _ => case.paper(at, "title"),
    }
}
