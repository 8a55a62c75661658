//! Fields that some rows of a list have and others lack.

use super::{Case, Observation, Parameters, or_holds};
use crate::audit::Evidence;

/// Looks for blanks in columns that the list has.
pub(super) fn nothing_blank(case: &Case, _: &Parameters) -> Vec<Observation> {
    let dossier = &case.dossier;
    if dossier.contributors.is_empty() && dossier.papers.is_empty() && dossier.ip.is_empty() {
        return vec![Observation::not_known("没有读到完成人、论文与知识产权")];
    }
    let mut found = Vec::new();
    let people = &dossier.contributors;
    let of_people = |at: usize| case.contributor(at);
    for (column, filled) in [
        ("完成单位", people.iter().map(|one| one.institution.is_some() || one.employer.is_some()).collect()),
        ("技术职称", people.iter().map(|one| !one.titles.is_empty()).collect()),
        ("对本项目的贡献", people.iter().map(|one| one.contribution.is_some()).collect::<Vec<bool>>()),
    ] {
        found.extend(blanks("完成人", column, &filled, of_people));
    }
    let papers = &dossier.papers;
    let of_papers = |at: usize| case.paper(at, "title");
    for (column, filled) in [
        ("刊名", papers.iter().map(|one| one.journal.is_some()).collect()),
        ("年份", papers.iter().map(|one| one.year.is_some()).collect()),
        ("全部作者", papers.iter().map(|one| !one.authors.is_empty()).collect::<Vec<bool>>()),
        ("通讯作者", papers.iter().map(|one| !one.corresponding_authors.is_empty()).collect()),
    ] {
        found.extend(blanks("论文", column, &filled, of_papers));
    }
    let rights = &dossier.ip;
    let of_rights = |at: usize| case.right(at, "title");
    for (column, filled) in [
        ("授权号", rights.iter().map(|one| one.grant_number.is_some()).collect()),
        ("授权时间", rights.iter().map(|one| one.grant_date.is_some()).collect::<Vec<bool>>()),
        ("发明人或权利人", rights.iter().map(|one| !one.holders.is_empty()).collect()),
    ] {
        found.extend(blanks("知识产权", column, &filled, of_rights));
    }
    or_holds(found, "列表各栏没有空缺")
}

/// One observation for a column that is filled in some rows only: no column at all is another form.
fn blanks(
    list: &str,
    column: &str,
    filled: &[bool],
    show: impl Fn(usize) -> Vec<Evidence>,
) -> Option<Observation> {
    let blank: Vec<usize> = (0..filled.len()).filter(|at| !filled[*at]).collect();
    if blank.is_empty() || blank.len() == filled.len() {
        return None;
    }
    let message = format!("需核对：{list}有{}行没有读到“{column}”", blank.len());
    let rows: Vec<String> = blank.iter().map(|at| (at + 1).to_string()).collect();
    let observation = Observation::to_check(message).noting("行", rows.join("、"));
    Some(observation.shown_by(blank.into_iter().flat_map(show)))
}
