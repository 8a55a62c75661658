use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::institution::Found;
use super::words::{Role, ends_name, opens_with_other_word, role_at_end, speech, surname};
use crate::text::is_han;

/// A person named in a text, at bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of the institution printed beside the name.
    pub(super) institution: Option<usize>,
}

/// Finds the people whom one of the `roles` of the text or a verb of speech beside the name proves, in order.
pub(super) fn people(text: &str, roles: &[Range<usize>], institutions: &[Found]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for role in roles {
        if let Some(length) = name_after(&text[role.end..]) {
            let (start, end) = (role.end, role.end + length);
            named.push(Named { start, end, institution: of_roles_before(text, start, institutions) });
            named.extend(listed_after(text, end));
        }
        if let Some(start) = name_before(text, role.start, institutions) {
            let institution = just_before(text, start, institutions);
            named.push(Named { start, end: role.start, institution });
        }
    }
    for clause in clauses(text) {
        if let Some(length) = speaker(&text[clause..]) {
            named.push(Named { start: clause, end: clause + length, institution: None });
        }
    }
    // A name between two roles is found twice: the longer reading, with its institution, stands.
    named.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end), name.institution.is_none()));
    named.dedup_by(|later, first| later.start < first.end);
    named
}

/// Finds the reporters and photographers, whom a by-line names but the text is not about.
pub(super) fn by_lines(text: &str) -> HashSet<&str> {
    #[expect(clippy::expect_used, reason = "literal patterns")]
    static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:记者|通讯员|摄影|实习生|责任编辑|责编|编辑|供图|图/|文/)[：:\s]*")
            .expect("a literal pattern")
    });
    #[expect(clippy::expect_used, reason = "literal patterns")]
    static PHOTOGRAPHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(\p{Han}{2,4})\s*/?摄(?:影报道|影)?(?:[。）)\s]|$)").expect("a literal pattern")
    });
    let mut names = HashSet::new();
    for credit in CREDIT.find_iter(text) {
        let mut at = credit.end();
        while let Some(length) = credited(&text[at..]) {
            names.insert(&text[at..at + length]);
            let rest = text[at + length..].trim_start_matches([' ', '　', '、', '\u{a0}']);
            at = text.len() - rest.len();
        }
    }
    // Any run of Han characters might be the name, so the word behind it is looked for first.
    let photographers = text.contains('摄').then(|| PHOTOGRAPHER.captures_iter(text));
    for name in photographers.into_iter().flatten().filter_map(|captures| captures.get(1)) {
        names.extend(name.as_str().char_indices().map(|(at, _)| &name.as_str()[at..]));
    }
    names
}

/// Bytes of the name in a by-line.
fn credited(rest: &str) -> Option<usize> {
    let done = |rest: &str| !rest.starts_with(is_han) || rest.starts_with(['摄', '文', '通', '报']);
    forms(rest).find(|&length| done(&rest[length..]))
}

/// Lengths in bytes that a Han name at the start of the text may have, the longest first.
fn forms(rest: &str) -> impl Iterator<Item = usize> {
    let mut lengths = [None; 2];
    if let Some(family) = surname(rest) {
        let given = rest[family..].char_indices().take_while(|&(_, c)| is_han(c));
        lengths
            .iter_mut()
            .rev()
            .zip(given)
            .for_each(|(length, (at, c))| *length = Some(family + at + c.len_utf8()));
    }
    lengths.into_iter().flatten()
}

/// Bytes of the name that follows a role.
fn name_after(rest: &str) -> Option<usize> {
    #[expect(clippy::expect_used, reason = "a literal pattern")]
    static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[A-Z][a-z]+(?:[ \-][A-Z][a-z]+)*|(\p{Han}{1,6}[·•・])+(?<last>\p{Han}{1,6}))")
            .expect("a literal pattern")
    });
    if let Some(name) = FOREIGN.captures(rest) {
        let Some(last) = name.name("last") else { return name.get(0).map(|name| name.end()) };
        let mut ends = last.as_str().char_indices().map(|(at, c)| last.start() + at + c.len_utf8());
        return ends.find(|&end| ends_name(&rest[end..])).or(Some(last.end()));
    }
    if opens_with_other_word(rest) {
        return None;
    }
    forms(rest).find(|&length| ends_name(&rest[length..])).or_else(|| forms(rest).next())
}

/// The names listed after a proved one: 李某、王某和张某.
fn listed_after(text: &str, mut end: usize) -> Vec<Named> {
    let mut named = Vec::new();
    while let Some(joint) = text[end..].chars().next().filter(|c| matches!(c, '、' | '和')) {
        let start = end + joint.len_utf8();
        let rest = &text[start..];
        let closed = |length: &usize| {
            let after = &rest[*length..];
            !after.starts_with(is_han) || after.starts_with(['等', '和', '在']) || speech(after).is_some()
        };
        let Some(length) = forms(rest).find(closed).filter(|_| !opens_with_other_word(rest)) else {
            break;
        };
        end = start + length;
        named.push(Named { start, end, institution: None });
    }
    named
}

/// Where the name starts that a role at byte `role` follows: 由李某教授.
fn name_before(text: &str, role: usize, institutions: &[Found]) -> Option<usize> {
    const OPENERS: &str = "以由和与及请让向对在是为随从跟被把将给当经了";
    let starts: Vec<usize> = text[..role].char_indices().rev().take(4).map(|(at, _)| at).collect();
    let readings = starts.iter().copied().skip(1).filter(|&start| {
        let name = &text[start..role];
        let unlike = name.ends_with([
            '科', '院', '组', '部', '室', '处', '会', '委', '所', '系', '局', '厅', '司', '办', '区', '队',
            '学',
        ]) || role_at_end(name).is_some()
            || opens_with_other_word(name);
        let whole = forms(name).any(|length| length == name.len());
        let before = text[..start].chars().next_back();
        let opened = before.is_none_or(|c| !is_han(c) || OPENERS.contains(c));
        whole && !unlike && (opened || just_before(text, start, institutions).is_some())
    });
    // 和 is a conjunction more often than a family name, so the shorter reading comes first there.
    readings.min_by_key(|&start| {
        let opener = text[start..].starts_with(|c| OPENERS.contains(c));
        (opener, start)
    })
}

/// Where the clauses of a text start.
fn clauses(text: &str) -> impl Iterator<Item = usize> + '_ {
    let ends = text.char_indices().filter(|&(_, c)| !is_han(c) && !c.is_ascii_alphanumeric());
    std::iter::once(0).chain(ends.map(|(at, c)| at + c.len_utf8()))
}

/// Bytes of the name that opens a clause and is followed by a verb of speech.
fn speaker(clause: &str) -> Option<usize> {
    let spoken = forms(clause).find(|&length| speech(&clause[length..]).is_some());
    spoken.filter(|_| !opens_with_other_word(clause))
}

/// Characters between an institution and the role or the name it goes with, at most.
const NEAR: usize = 12;

/// The institution that goes with the roles before a name at byte `start`: the first named of them,
/// but the body that confers an honour only where no other is named.
fn of_roles_before(text: &str, start: usize, institutions: &[Found]) -> Option<usize> {
    let mut end = start;
    let (mut post, mut honour) = (None, None);
    // 某医院党委书记、院长，某中心主任李某
    while let Some((role, weight)) = role_at_end(&text[..end]) {
        // A role with more than this before it in its clause is no list of posts; it also bounds the way.
        let reach = text[..role].char_indices().rev().take(80).last().map_or(0, |(at, _)| at);
        let segment = text[reach..role]
            .rfind(['、', '，', '；', '。', '：', '“', '”', '！', '？', '\n'])
            .map(|at| reach + at);
        let (from, delimiter) = match segment {
            Some(at) => (at + text[at..].chars().next().map_or(0, char::len_utf8), text[at..].chars().next()),
            None => (reach, None),
        };
        if let Some(found) = nearest(text, from, role, institutions) {
            match weight {
                Role::Honour => honour = Some(found),
                Role::Post => post = Some(found),
            }
        }
        match segment {
            Some(at) if matches!(delimiter, Some('、' | '，')) => end = at,
            _ => break,
        }
    }
    post.or(honour)
}

/// The last institution that lies in `from..to` and ends close to `to`.
fn nearest(text: &str, from: usize, to: usize, institutions: &[Found]) -> Option<usize> {
    let index = institutions.partition_point(|found| found.end <= to).checked_sub(1)?;
    let found = institutions[index];
    (found.start >= from && text[found.end..to].chars().take(NEAR + 1).count() <= NEAR).then_some(index)
}

/// The institution, or a department of it, that ends right before byte `start`.
fn just_before(text: &str, start: usize, institutions: &[Found]) -> Option<usize> {
    let index = nearest(text, 0, start, institutions)?;
    let gap = &text[institutions[index].end..start];
    let department = ["科", "室", "部", "处", "司", "局", "组", "所", "院", "系", "中心", "病区", "的"];
    let fits =
        gap.is_empty() || (gap.chars().all(is_han) && department.iter().any(|word| gap.ends_with(word)));
    fits.then_some(index)
}
