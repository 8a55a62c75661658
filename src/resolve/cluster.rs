use std::collections::BTreeSet;

/// Which of several mentions are one, before it is asked; mentions are numbered from 0 in the order of
/// their keys, so that the answer depends on what is known and never on when it came to be known.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// How many mentions there are.
    pub mentions: usize,
    /// Pairs that somebody decided are one.
    pub decided_one: Vec<(usize, usize)>,
    /// Pairs that somebody decided are not one, the smaller number first.
    pub decided_two: BTreeSet<(usize, usize)>,
    /// Pairs that a dossier lists side by side, as two; the smaller number first.
    pub side_by_side: BTreeSet<(usize, usize)>,
    /// What several have in common, the surest first.
    pub bonds: Vec<Bond>,
}

/// Something that several mentions have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bond {
    /// Who has it.
    pub members: Vec<usize>,
    /// Holds even of two that a dossier lists side by side.
    pub firm: bool,
    /// Of a name that some of them claim: who bears it as their own, if anybody does. The claim makes them
    /// one only where all who claim it are one.
    pub claimed: Option<Claimed>,
}

/// Whose own name is claimed by the members of a [`Bond`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// A mention's.
    Of(usize),
    /// Nobody's.
    OfNone,
    /// A mention's; the name is one that many places have (市一院), which proves nothing elsewhere.
    Local(usize),
}

/// Which mentions are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Of each mention, the smallest number of those it is one with.
    pub one_with: Vec<usize>,
    /// Pairs that have something in common and yet were not made one: the number of the bond, and both.
    pub refused: Vec<(usize, usize, usize)>,
}

/// Puts mentions together, the surest reasons first, and never against a decision.
pub fn cluster(question: &Question) -> Answer {
    let mut groups = Groups { question, group: (0..question.mentions).collect() };
    for &(one, other) in &question.decided_one {
        groups.join(one, other, true);
    }
    let (claims, shared): (Vec<&Bond>, Vec<&Bond>) =
        question.bonds.iter().partition(|bond| bond.claimed.is_some());
    for bond in &shared {
        for pair in bond.members.windows(2) {
            groups.join(pair[0], pair[1], bond.firm);
        }
        // A neighbour that was refused must not keep the others apart.
        for (at, &one) in bond.members.iter().enumerate() {
            for &other in &bond.members[at + 1..] {
                groups.join(one, other, bond.firm);
            }
        }
    }
    // What claims one name may turn out to be one by another name.
    let mut joined = true;
    while joined {
        joined = false;
        for bond in &claims {
            if let Some(Claimed::Of(own)) = bond.claimed
                && let Some(&first) = bond.members.first()
                && bond.members.iter().all(|&one| groups.group[one] == groups.group[first])
            {
                joined |= groups.join(first, own, bond.firm);
            }
        }
    }
    let refused = groups.refused();
    Answer { one_with: groups.group, refused }
}

struct Groups<'q> {
    question: &'q Question,
    group: Vec<usize>,
}

impl Groups<'_> {
    /// Makes the groups of two mentions one; `false` where they are, or must not be.
    fn join(&mut self, one: usize, other: usize, firm: bool) -> bool {
        let (one, other) = (self.group[one], self.group[other]);
        if one == other || !self.may_be_one(one, other, firm) {
            return false;
        }
        let (kept, gone) = (one.min(other), one.max(other));
        self.group.iter_mut().filter(|group| **group == gone).for_each(|group| *group = kept);
        true
    }

    fn may_be_one(&self, one: usize, other: usize, firm: bool) -> bool {
        let crosses = |&(a, b): &(usize, usize)| {
            let groups = (self.group[a], self.group[b]);
            groups == (one, other) || groups == (other, one)
        };
        !self.question.decided_two.iter().any(crosses)
            && (firm || !self.question.side_by_side.iter().any(crosses))
    }

    fn refused(&self) -> Vec<(usize, usize, usize)> {
        let mut refused = Vec::new();
        for (at, bond) in self.question.bonds.iter().enumerate() {
            let own = match bond.claimed {
                Some(Claimed::Of(own) | Claimed::Local(own)) => Some(own),
                _ => None,
            };
            let members: BTreeSet<usize> = bond.members.iter().copied().chain(own).collect();
            let members: Vec<usize> = members.into_iter().collect();
            for (index, &one) in members.iter().enumerate() {
                let apart =
                    members[index + 1..].iter().filter(|&&other| self.group[one] != self.group[other]);
                refused.extend(apart.map(|&other| (at, one, other)));
            }
        }
        refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(members: &[usize]) -> Bond {
        Bond { members: members.to_vec(), firm: false, claimed: None }
    }

    fn claim(members: &[usize], own: usize) -> Bond {
        Bond { members: members.to_vec(), firm: false, claimed: Some(Claimed::Of(own)) }
    }

    #[test]
    fn what_has_something_in_common_is_one() {
        let bonds = vec![shared(&[0, 2]), shared(&[2, 3])];
        let answer = cluster(&Question { mentions: 5, bonds, ..Question::default() });
        assert_eq!(answer, Answer { one_with: vec![0, 1, 0, 0, 4], refused: vec![] });
    }

    #[test]
    fn two_that_are_listed_side_by_side_stay_two() {
        let question = Question {
            mentions: 3,
            side_by_side: [(0, 1)].into(),
            bonds: vec![shared(&[0, 2]), shared(&[1, 2])],
            ..Question::default()
        };
        assert_eq!(cluster(&question), Answer { one_with: vec![0, 1, 0], refused: vec![(1, 1, 2)] });
        let bonds = vec![Bond { firm: true, ..shared(&[0, 1]) }];
        assert_eq!(cluster(&Question { bonds, ..question }).one_with, [0, 0, 2]);
    }

    #[test]
    fn decisions_are_stronger_than_what_is_printed() {
        let question = Question {
            mentions: 4,
            decided_one: vec![(0, 3)],
            decided_two: [(0, 1)].into(),
            side_by_side: [(0, 3)].into(),
            bonds: vec![Bond { firm: true, ..shared(&[0, 1]) }, shared(&[1, 2, 3])],
        };
        let answer = cluster(&question);
        assert_eq!(answer.one_with, [0, 1, 1, 0], "1 and 2 are one though 3 is not");
        assert_eq!(answer.refused, [(0, 0, 1), (1, 1, 3), (1, 2, 3)]);
    }

    #[test]
    fn a_name_that_two_claim_is_nobodys() {
        let question = |bonds: Vec<Bond>| Question { mentions: 4, bonds, ..Question::default() };
        assert_eq!(cluster(&question(vec![claim(&[0], 2)])).one_with, [0, 1, 0, 3]);
        let two = cluster(&question(vec![claim(&[0, 1], 2)]));
        assert_eq!(
            two,
            Answer { one_with: vec![0, 1, 2, 3], refused: vec![(0, 0, 1), (0, 0, 2), (0, 1, 2)] }
        );
        let by_another = cluster(&question(vec![claim(&[0, 1], 2), claim(&[0], 1)]));
        assert_eq!(by_another, Answer { one_with: vec![0, 0, 0, 3], refused: vec![] });
        let local = Bond { claimed: Some(Claimed::Local(2)), ..claim(&[0], 2) };
        assert_eq!(cluster(&question(vec![local])).refused, [(0, 0, 2)]);
    }
}
