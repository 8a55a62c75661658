use std::ops::Range;

use super::{
    place,
    words::{Head, heads, is_address, is_department, is_department_school},
};
use crate::text::is_han;

/// A name within a part, and the department behind it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) name: Range<usize>,
    pub(super) department: Option<Range<usize>>,
}

/// Finds the names in a part that holds no blanks or marks.
pub(super) fn names_of(text: &str) -> Vec<Split> {
    let mut found = Vec::new();
    let mut at = left_edge(text);
    while at < text.len() {
        let Some(length) = name_length(&text[at..]) else { break };
        let mut split = Split { name: at..at + length, department: None };
        let rest = &text[at + length..];
        at += length;
        let other = name_length(rest).is_some() && !is_department(rest);
        if rest.is_empty() || other {
            found.push(split);
            continue;
        }
        if is_department(rest) && !(is_address(rest) && rest.chars().any(|c| c.is_ascii_digit())) {
            split.department = Some(at..text.len());
        } else if !is_address(rest) && !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            split.name.end = text.len(); // whatever it is, it is not known to be something else
        }
        found.push(split);
        break;
    }
    let alone =
        |split: &Split| is_department(&text[split.name.clone()]) && is_bare_part(&text[split.name.clone()]);
    found.retain(|split| !alone(split));
    found
}

/// Tells whether a text that ends with a head is the name of a part only: 心血管中心, 中心实验室, 药学院.
fn is_bare_part(text: &str) -> bool {
    let weak = heads(text).iter().all(|(_, head)| matches!(head, Head::Centre | Head::Laboratory))
        || is_department_school(text) && heads(text).len() == 1;
    weak && place::places_in(text).is_empty()
        && !text.starts_with(['国', '省', '市'])
        && !text.contains(['省', '市', '县'])
}

/// Where a name may begin: behind a list number or letter, and behind the house number of an address.
fn left_edge(text: &str) -> usize {
    let opened = text.trim_start_matches(['(', '[', '#', '*', '-']);
    let number = opened.trim_start_matches(|c: char| c.is_ascii_digit());
    let letter = opened.strip_prefix(|c: char| c.is_ascii_lowercase());
    let behind = letter.filter(|rest| rest.starts_with(is_han)).unwrap_or(number);
    let marked = behind.trim_start_matches([')', ']', '.', '-', '_']);
    let listed = opened.len() - behind.len() <= 2 || marked.len() < behind.len();
    let listed =
        listed && marked.len() < text.len() && marked.chars().count() > 3 && marked.starts_with(is_han);
    let mut edge = if listed { text.len() - marked.len() } else { 0 };
    let first = heads(&text[edge..]).first().map_or(text.len(), |&(end, _)| edge + end);
    for word in ["号院", "号楼", "号", "弄", "室", "层", "幢", "栋"] {
        for (at, _) in text[..first].match_indices(word) {
            let numbered = text[..at]
                .ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十甲乙丙".contains(c));
            if numbered {
                edge = edge.max(at + word.len());
            }
        }
    }
    edge
}

/// How long the name is that a text begins with; `None` where no head ends it.
fn name_length(text: &str) -> Option<usize> {
    let heads = heads(text);
    let (&(mut end, mut head), others) = heads.split_first()?;
    for &(next, class) in others {
        if !goes_on(head, class, &text[end..next]) {
            break;
        }
        (end, head) = (next, class);
    }
    // 甲医院乙分院, 甲医院集团
    for word in ["分院", "集团"] {
        if let Some(at) = text[end..].find(word).filter(|at| text[end..end + at].chars().count() <= 8) {
            end += at + word.len();
        }
    }
    (text[..end].chars().count() > 2).then_some(end)
}

/// Tells whether a name that ended with `head` goes on to the end of `part`.
fn goes_on(head: Head, class: Head, part: &str) -> bool {
    use Head::{Academy, Centre, Company, Hospital, Institute, Laboratory, Office, School, University};
    match (head, class) {
        (University | School | Academy, School) => !is_department_school(part),
        (University, University) | (_, Laboratory) => false,
        (University | School | Academy, _) => true,
        (Hospital, Hospital) => true,
        (Hospital, Centre) => part.ends_with("医学中心"),
        (Hospital, School) => !part.ends_with('部'),
        (Hospital, Institute | Company) => true,
        (Hospital, _) => false,
        (Institute | Centre, Hospital | Institute | Centre) => true,
        (Company, Company | Institute | Hospital) => true,
        (Office, Office | Institute | Centre | Hospital) => true,
        _ => false,
    }
}
