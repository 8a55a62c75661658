//! Contributors among the authors of papers and the inventors of rights.

use std::collections::BTreeSet;

use super::{Case, Observation, Parameters, or_holds};
use crate::text::{fold_key, is_han};

/// Looks at the column that says whether a corresponding author belongs to a foreign institution.
pub(super) fn domestic(case: &Case, _: &Parameters) -> Vec<Observation> {
    let papers = &case.dossier.papers;
    if papers.iter().all(|paper| paper.foreign_corresponding.is_none()) {
        return vec![Observation::not_known("材料没有“通讯作者单位是否含国外单位”一栏，请查论文署名单位")];
    }
    let mut found = Vec::new();
    for (at, paper) in
        papers.iter().enumerate().filter(|(_, paper)| paper.foreign_corresponding == Some(true))
    {
        let path = format!("papers[{at}]");
        let shown = case.shown(&path, &paper.provenance, "foreign_corresponding", "是");
        let observation = Observation::to_check("需核对：通讯作者单位含国外单位，请看是否也含国内单位");
        found
            .push(observation.noting("论文", &paper.title).shown_by(case.paper(at, "title")).shown_by(shown));
    }
    or_holds(found, "各论文的通讯作者单位均不含国外单位")
}

/// Looks for papers and patents that bear none of the contributors whom the rule asks for: all, or those of
/// the first ranks.
pub(super) fn authorship(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let first = parameters.count("ranks").unwrap_or(usize::MAX);
    let asked: Vec<usize> = (0..case.dossier.contributors.len().min(first)).collect();
    if asked.is_empty() {
        return vec![Observation::not_known("没有读到完成人")];
    }
    let who = if first == usize::MAX { "完成人".to_owned() } else { format!("前{first}位完成人") };
    let mut found = Vec::new();
    for (at, paper) in case.dossier.papers.iter().enumerate() {
        let bears = case.links.papers[at].people.iter().any(|person| {
            let leads = person.corresponding || (person.position == 0 && !parameters.is_set("corresponding"));
            asked.contains(&person.contributor) && leads
        });
        if bears {
            continue;
        }
        let leading: Vec<&String> =
            paper.authors.first().into_iter().chain(&paper.corresponding_authors).collect();
        let observation = match leading.iter().all(|name| !name.chars().any(is_han)) {
            true => Observation::not_known(format!("论文的主要作者没有印出中文姓名，无法与{who}对照")),
            false => Observation::to_check(format!("需核对：论文的第一作者、通讯作者不含{who}")),
        };
        let names: BTreeSet<&str> = leading.iter().map(|name| name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        found.push(observation.noting("主要作者", names.join("、")).shown_by(case.paper(at, "title")));
    }
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let patent = right.category.as_deref().is_some_and(|category| category.contains("专利"));
        let bears = case.links.ip[at].iter().any(|person| asked.contains(&person.contributor));
        if !patent || bears {
            continue;
        }
        let observation = match right.holders.iter().any(|name| name.chars().any(is_han)) {
            true => Observation::to_check(format!("需核对：专利的发明人不含{who}")),
            false => Observation::not_known(format!("专利没有印出发明人的中文姓名，无法与{who}对照")),
        };
        found.push(observation.noting("发明人", right.holders.join("、")).shown_by(case.right(at, "title")));
    }
    if let Some(age) = parameters.count("age") {
        let message = format!("公示材料不印出生日期，请核对{who}不超过{age}周岁");
        found.push(Observation::not_known(message).shown_by(case.contributor(asked[0])));
    }
    or_holds(found, format!("各论文、专利均有{who}署名"))
}

/// Looks for contributors who are on no paper.
pub(super) fn all_are_authors(case: &Case, _: &Parameters) -> Vec<Observation> {
    if case.dossier.papers.is_empty() || case.dossier.contributors.is_empty() {
        return vec![Observation::not_known("没有读到论文或完成人")];
    }
    let authors: BTreeSet<usize> =
        case.links.papers.iter().flat_map(|paper| &paper.people).map(|person| person.contributor).collect();
    let mut found = Vec::new();
    for at in (0..case.dossier.contributors.len()).filter(|at| !authors.contains(at)) {
        let message = format!("需核对：所列论文的作者中没有{}", case.dossier.contributors[at].name);
        let message = if has_latin_authors(case) {
            format!("{message}（部分作者只印出外文姓名）")
        } else {
            message
        };
        found.push(Observation::to_check(message).shown_by(case.contributor(at)));
    }
    or_holds(found, "各完成人均为所列论文的作者")
}

/// Lists the first and corresponding authors who are no contributors: each has to consent.
pub(super) fn consent(case: &Case, _: &Parameters) -> Vec<Observation> {
    if case.dossier.papers.is_empty() {
        return vec![Observation::not_known("没有读到论文")];
    }
    let contributors: BTreeSet<String> =
        case.dossier.contributors.iter().map(|person| fold_key(&person.name)).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (at, paper) in case.dossier.papers.iter().enumerate() {
        let path = format!("papers[{at}]");
        let first = paper.authors.first().map(|name| ("authors", name));
        let corresponding = paper.corresponding_authors.iter().map(|name| ("corresponding_authors", name));
        for (field, name) in first.into_iter().chain(corresponding) {
            let linked = case.links.papers[at].people.iter().any(|person| match field {
                "authors" => person.position == 0,
                _ => person.corresponding && fold_key(name) == folded_name(case, person.contributor),
            });
            let key = fold_key(name);
            if linked || key.is_empty() || contributors.contains(&key) || !seen.insert(key) {
                continue;
            }
            let message = format!("需核对：{name}是论文的第一作者或通讯作者，未列为完成人，须附知情同意证明");
            let shown = case.shown(&path, &paper.provenance, field, name);
            let own: Vec<_> =
                shown.iter().filter(|shown| shown.quote.contains(name.as_str())).cloned().collect();
            let shown = if own.is_empty() { shown } else { own };
            found.push(Observation::to_check(message).noting("论文", &paper.title).shown_by(shown));
        }
    }
    or_holds(found, "第一作者、通讯作者均为完成人")
}

fn folded_name(case: &Case, contributor: usize) -> String {
    case.dossier.contributors.get(contributor).map(|person| fold_key(&person.name)).unwrap_or_default()
}

/// Tells whether authors are printed whose names are not in Han.
fn has_latin_authors(case: &Case) -> bool {
    let mut authors = case.dossier.papers.iter().flat_map(|paper| &paper.authors);
    authors.any(|name| !name.chars().any(is_han))
}
