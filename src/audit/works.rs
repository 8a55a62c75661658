use super::case::Case;
use crate::resolve::{WorkKey, WorkMethod, ip_keys, paper_keys, shared};

/// A paper or a right that two dossiers list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SharedWork {
    /// Index in the first dossier.
    pub(super) own: usize,
    /// Index in the second.
    pub(super) theirs: usize,
    /// Why it is one work.
    pub(super) method: WorkMethod,
}

/// The keys of each paper of a dossier.
pub(super) fn papers(case: &Case) -> Vec<Vec<WorkKey>> {
    case.dossier.papers.iter().map(paper_keys).collect()
}

/// The keys of each right of a dossier.
pub(super) fn rights(case: &Case) -> Vec<Vec<WorkKey>> {
    case.dossier.ip.iter().map(ip_keys).collect()
}

/// Finds the papers that two dossiers list.
pub(super) fn shared_papers(one: &Case, two: &Case) -> Vec<SharedWork> {
    in_common(&papers(one), &papers(two))
}

/// Finds the rights that two dossiers list.
pub(super) fn shared_rights(one: &Case, two: &Case) -> Vec<SharedWork> {
    in_common(&rights(one), &rights(two))
}

/// Of each work of the first list, the surest counterpart in the second.
fn in_common(one: &[Vec<WorkKey>], two: &[Vec<WorkKey>]) -> Vec<SharedWork> {
    let counterpart = |(own, keys): (usize, &Vec<WorkKey>)| {
        let others = two.iter().enumerate();
        let same = others.filter_map(|(theirs, others)| Some((shared(keys, others)?, theirs)));
        same.min().map(|(method, theirs)| SharedWork { own, theirs, method })
    };
    one.iter().enumerate().filter_map(counterpart).collect()
}
