//! Which characters must a text hold for a pattern to match?
//!
//! Nearly all lines are no headings and no labels: one look at each character spares them the patterns.

use regex_syntax::hir::{Class, Hir, HirKind};

/// More characters than these say nothing.
const MOST: usize = 64;

/// Sets of characters, one bit of each byte for a set, by the code of the character.
pub(super) struct Marks(Vec<u8>);

impl Marks {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn add(&mut self, set: u8, chars: impl IntoIterator<Item = char>) {
        for c in chars {
            self.0.resize(self.0.len().max(c as usize + 1), 0);
            self.0[c as usize] |= set;
        }
    }

    /// The sets that a character is in.
    pub(super) fn of(&self, c: char) -> u8 {
        self.0.get(c as usize).copied().unwrap_or_default()
    }
}

/// Characters of which every match of a pattern holds one; `None` where none is known.
pub(super) fn needed(hir: &Hir) -> Option<Vec<char>> {
    match hir.kind() {
        HirKind::Literal(literal) => first_char(&literal.0).map(|c| vec![c]),
        HirKind::Class(class) => listed(class),
        HirKind::Repetition(part) if part.min > 0 => needed(&part.sub),
        HirKind::Capture(part) => needed(&part.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(needed).min_by_key(Vec::len),
        HirKind::Alternation(parts) => union(parts.iter().map(needed)),
        HirKind::Repetition(_) | HirKind::Empty | HirKind::Look(_) => None,
    }
}

/// Characters with one of which every match of a pattern begins; `None` where it may begin with any.
pub(super) fn openers(hir: &Hir) -> Option<Vec<char>> {
    match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) => needed(hir),
        HirKind::Repetition(part) => openers(&part.sub),
        HirKind::Capture(part) => openers(&part.sub),
        HirKind::Concat(parts) => {
            // Up to the first part that cannot be empty.
            let last = parts.iter().position(|part| part.properties().minimum_len() > Some(0))?;
            union(parts[..=last].iter().filter(|part| !matches!(part.kind(), HirKind::Look(_))).map(openers))
        }
        HirKind::Alternation(parts) => union(parts.iter().map(openers)),
        HirKind::Empty | HirKind::Look(_) => None,
    }
}

fn union(sets: impl Iterator<Item = Option<Vec<char>>>) -> Option<Vec<char>> {
    let sets = sets.collect::<Option<Vec<Vec<char>>>>()?;
    Some(sets.concat()).filter(|chars| !chars.is_empty())
}

fn listed(class: &Class) -> Option<Vec<char>> {
    let Class::Unicode(class) = class else { return None };
    let chars: Vec<char> =
        class.iter().flat_map(|range| range.start()..=range.end()).take(MOST + 1).collect();
    (chars.len() <= MOST).then_some(chars)
}

fn first_char(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(bytes).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(pattern: &str) -> (Option<String>, Option<String>) {
        let hir = regex_syntax::parse(pattern).expect("a pattern");
        let text = |chars: Option<Vec<char>>| {
            chars.map(|mut chars| {
                chars.sort_unstable();
                chars.into_iter().collect()
            })
        };
        (text(needed(&hir)), text(openers(&hir)))
    }

    #[test]
    fn what_a_match_holds_is_known() {
        for (pattern, holds, opens) in [
            ("^甲乙(?:丙)?$", Some("甲"), Some("甲")),
            ("^(?:甲|乙)?丙", Some("丙"), Some("丙乙甲")),
            ("^.{0,4}(?:甲|乙丙)$", Some("乙甲"), None),
            ("^(?:甲*|乙)$", None, None),
            ("^[a-z]+9", Some("9"), Some("abcdefghijklmnopqrstuvwxyz")),
            (".*", None, None),
        ] {
            let want = (holds.map(str::to_owned), opens.map(str::to_owned));
            assert_eq!(sets(pattern), want, "{pattern}");
        }
    }
}
