//! Names in a row: `甲、乙、丙`, `1.甲医院 2.乙医院`, `甲（甲医院，教授）、乙（…）`.

use std::sync::LazyLock;

use super::{
    entry::Entry,
    enumerator::is_circled,
    lexicon::{Entity, Field, Lexicon},
    mention::has_institution_ending,
    sentence::facts,
    value::is_title,
};
use crate::text::{Passage, is_han};

/// Reads a paragraph that is nothing but names as records, ranked as they stand; `None` where a part of it
/// is no name.
pub(super) fn listed(text: &Passage, entity: Entity) -> Option<Vec<Entry>> {
    let is_person = entity == Entity::Contributor;
    let parts = parts(text);
    let entries = parts.iter().map(|part| {
        let (number, name) = numbered(part);
        let (name, bracket) = if is_person { bracketed(&name) } else { (name, None) };
        let (name, role) = if is_person { (name, None) } else { with_role(name) };
        let is_name = if is_person { is_person_name(name.text()) } else { is_institution_name(name.text()) };
        if !is_name {
            return None;
        }
        let mut entry = Entry::default();
        if let Some(number) = number {
            entry.add(Field::Rank, &number);
        }
        entry.add(if is_person { Field::Name } else { Field::InstitutionName }, &name);
        if let Some(role) = role {
            entry.add(Field::Contribution, &role);
        }
        for (field, value) in bracket.iter().flat_map(|bracket| facts(bracket, entity)) {
            entry.supply(field, &value);
        }
        Some(entry)
    });
    entries.collect::<Option<Vec<Entry>>>().filter(|entries| !entries.is_empty())
}

/// Cuts at the separators that stand outside of brackets; where there is none, at white space.
fn parts(text: &Passage) -> Vec<Passage> {
    const MARKS: [char; 7] = ['、', '，', ',', ';', '；', '\n', '。'];
    let mut depth = 0usize;
    let mut cuts = Vec::new();
    for (at, c) in text.text().char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && MARKS.contains(&c) && !after_number(&text.text()[..at]) => cuts.push((at, c)),
            _ => {}
        }
    }
    if cuts.is_empty() {
        // `1. 陈一（甲医院）　2. 李二（乙大学）`
        if let Some(parts) = super::numbered::numbered_parts(text) {
            return parts;
        }
        let words = super::spaced::words(text);
        let whole = words.len() < 2 || !words.iter().all(|word| numbered(word).0.is_some());
        let names = words.len() >= 2
            && words.iter().all(|word| word.text().chars().filter(|&c| is_han(c)).count() >= 2);
        return if whole && !names { vec![text.trimmed()] } else { words };
    }
    let ends = cuts.iter().map(|&(at, _)| at).chain([text.text().len()]);
    let starts = [0].into_iter().chain(cuts.iter().map(|&(at, c)| at + c.len_utf8()));
    let parts = starts.zip(ends).map(|(from, to)| text.slice(from..to).trimmed());
    parts.filter(|part| !part.is_blank()).collect()
}

/// `1、甲`: the mark belongs to the number before it.
fn after_number(before: &str) -> bool {
    let digits = before.chars().rev().take_while(|c| c.is_numeric() && !is_han(*c)).count();
    let head = before.chars().rev().nth(digits);
    (1..=2).contains(&digits) && head.is_none_or(|c| c.is_whitespace() || "、，,;；。".contains(c))
}

/// Parts a number at the start: `1.`, `（2）`, `3、`.
fn numbered(part: &Passage) -> (Option<Passage>, Passage) {
    let text = part.text();
    let circled = text.trim_start_matches(is_circled);
    if circled.len() < text.len() {
        let name = circled.trim_start_matches(|c: char| c.is_whitespace() || "、.．".contains(c));
        let number = part.slice(0..text.len() - circled.len());
        return (Some(number), part.slice(text.len() - name.len()..text.len()).trimmed());
    }
    let body = text.trim_start_matches(['(', '（']);
    // `单位1：甲医院`
    let body = ["单位", "完成单位", "完成人", "No.", "NO.", "№"]
        .iter()
        .find_map(|word| body.strip_prefix(word))
        .unwrap_or(body);
    let rest = body.trim_start_matches(|c: char| c.is_numeric() && !is_han(c));
    let digits = body.len() - rest.len();
    let tail = rest.trim_start_matches([')', '）', '.', '．', '、', '：', ':']).trim_start();
    let is_number = (1..=6).contains(&digits) && (tail.len() < rest.len() || body.len() < text.len());
    if !is_number {
        return (None, part.clone());
    }
    let start = text.len() - body.len();
    (Some(part.slice(start..start + digits)), part.slice(text.len() - tail.len()..text.len()).trimmed())
}

/// Parts `甲（甲医院，教授）`.
fn bracketed(part: &Passage) -> (Passage, Option<Passage>) {
    let text = part.text();
    let Some(open) = text.find(['（', '(']) else { return (part.clone(), None) };
    if !text.ends_with(['）', ')']) || open == 0 {
        return (part.clone(), None);
    }
    let after = open + text[open..].chars().next().map_or(1, char::len_utf8);
    let close = text.char_indices().next_back().map_or(text.len(), |(at, _)| at);
    (part.slice(0..open).trimmed(), Some(part.slice(after..close.max(after)).trimmed()))
}

/// Words that introduce another name of the institution just named, the longer ones first.
pub static OTHER_NAME_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("data/other_name_words.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Parts an institution and what the last bracket behind it says of its part in the project: `甲医院（牵头单位）`.
fn with_role(name: Passage) -> (Passage, Option<Passage>) {
    let text = name.text();
    let Some(open) = text.rfind(['（', '(']).filter(|_| text.ends_with(['）', ')'])) else {
        return (name, None);
    };
    let inner = name.slice(open..text.len()).trimmed_matches(|c| "（）()".contains(c) || c.is_whitespace());
    let bare = name.slice(0..open).trimmed();
    let has_role = is_role(inner.text()) && is_institution_name(bare.text());
    if has_role { (bare, Some(inner)) } else { (name, None) }
}

/// Tells whether what stands in brackets behind an institution says its part in the project: 牵头单位, 主要协作医院.
pub(super) fn is_role(text: &str) -> bool {
    let mut words = include_str!("data/institution_roles.txt").lines().filter(|line| !line.starts_with('#'));
    words.any(|word| word.strip_prefix('-').map_or_else(|| text.contains(word), |end| text.ends_with(end)))
}

/// Tells whether a text may be a person's name by its form alone.
pub(super) fn is_person_name(text: &str) -> bool {
    let name: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = name.chars().count();
    let han = name.chars().filter(|&c| is_han(c)).count();
    if han == count {
        let label = !Lexicon::get().label(&name).is_empty() || Lexicon::get().section(&name).is_some();
        return (2..=4).contains(&count) && !is_title(&name) && !label && !is_institution_name(&name);
    }
    if han > 0 {
        let joined = name.chars().all(|c| is_han(c) || matches!(c, '·' | '•' | '・' | '．' | '.'));
        return joined && (3..=20).contains(&count) && han + 3 >= count;
    }
    let letters = text.chars().all(|c| c.is_alphabetic() || " .-'’·,".contains(c));
    letters && text.starts_with(char::is_uppercase) && (3..=40).contains(&count) && text.trim().contains(' ')
}

/// Tells whether a text may be an institution's name by its ending.
pub(super) fn is_institution_name(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', '.', '；', ';']);
    let bare = match text.rfind(['（', '(']) {
        Some(open) if text.ends_with(['）', ')']) && open > 0 => text[..open].trim_end(),
        _ => text,
    };
    let marks = ['，', '。', '；', '：', ':', ',', ';'];
    text.chars().count() <= 60 && !text.contains(marks) && has_institution_ending(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, entity: Entity) -> Option<Vec<(Option<String>, String)>> {
        let field = if entity == Entity::Contributor { Field::Name } else { Field::InstitutionName };
        let text_of = |entry: &Entry, field| entry.get(field).map(|value| value.text().to_owned());
        let entries = listed(&Passage::new(text, 0), entity)?;
        Some(
            entries
                .iter()
                .map(|entry| (text_of(entry, Field::Rank), text_of(entry, field).unwrap_or_default()))
                .collect(),
        )
    }

    #[test]
    fn names_in_a_row_are_records() {
        let plain =
            |names: &[&str]| Some(names.iter().map(|name| (None, (*name).to_owned())).collect::<Vec<_>>());
        for (text, want) in [
            ("陈一、李小二，欧阳三四", plain(&["陈一", "李小二", "欧阳三四"])),
            ("陈一 李小二 王三", plain(&["陈一", "李小二", "王三"])),
            ("陈 一、李小二", plain(&["陈 一", "李小二"])),
            ("阿依古丽·买买提、Anna Keller", plain(&["阿依古丽·买买提", "Anna Keller"])),
            ("本项目由甲医院完成", None),
            ("主任医师、教授", None),
        ] {
            assert_eq!(names(text, Entity::Contributor), want, "{text}");
        }
        let numbered =
            Some(vec![(Some("1".to_owned()), "陈一".to_owned()), (Some("2".to_owned()), "李二".to_owned())]);
        for text in ["1.陈一；2.李二", "（1）陈一、（2）李二", "1、陈一 2、李二"] {
            assert_eq!(names(text, Entity::Contributor), numbered, "{text}");
        }
        for (text, want) in [
            ("甲医院、乙大学", plain(&["甲医院", "乙大学"])),
            ("丙医疗科技（丁市）有限公司", plain(&["丙医疗科技（丁市）有限公司"])),
            ("甲医院的支持", None),
        ] {
            assert_eq!(names(text, Entity::Institution), want, "{text}");
        }
    }

    #[test]
    fn an_institution_s_part_in_the_project_is_no_part_of_its_name() {
        let text = Passage::new(
            "1.甲医院（东院区）（项目牵头单位）；2.丙医疗科技（丁市）有限公司（参与单位）；3.戊公司（北方）",
            0,
        );
        let entries = listed(&text, Entity::Institution).expect("names");
        let get = |at: usize, field| entries[at].get(field).map(|value: &Passage| value.text().to_owned());
        let names: Vec<_> = (0..3).filter_map(|at| get(at, Field::InstitutionName)).collect();
        assert_eq!(names, ["甲医院（东院区）", "丙医疗科技（丁市）有限公司", "戊公司（北方）"]);
        assert_eq!(get(0, Field::Contribution).as_deref(), Some("项目牵头单位"));
        assert_eq!(get(2, Field::Contribution), None);
    }

    #[test]
    fn what_stands_in_brackets_belongs_to_the_name() {
        let entries =
            listed(&Passage::new("陈一（主任医师；完成单位：甲医院）、李二（教授）", 0), Entity::Contributor);
        let entries = entries.expect("names");
        let get = |at: usize, field| entries[at].get(field).map(|value: &Passage| value.text().to_owned());
        assert_eq!(get(0, Field::Titles).as_deref(), Some("主任医师"));
        assert_eq!(get(0, Field::Institution).as_deref(), Some("甲医院"));
        assert_eq!(get(1, Field::Titles).as_deref(), Some("教授"));
    }
}
