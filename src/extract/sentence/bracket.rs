use super::facts;
use crate::{
    extract::{
        lexicon::{Entity, Field},
        listing::{OTHER_NAME_WORDS, is_institution_name, is_person_name, is_role},
    },
    text::Passage,
};

/// Where a bracket opens behind the name of a person, and with what, that does not close: `陈一（甲医院`.
pub(super) fn unclosed(name: &str) -> Option<(usize, char)> {
    name.char_indices().find(|&(at, c)| {
        let (before, after) = name.split_at(at);
        matches!(c, '（' | '(') && !after.contains(['）', ')']) && is_person_name(before.trim())
    })
}

/// Parts a name and what a bracket behind it says of the person; `None` where that is another form of the name.
pub(super) fn noted_name(name: &Passage) -> Option<(Passage, Vec<(Field, Passage)>)> {
    let text = name.text().trim_end();
    let open = text.find(['（', '('])?;
    let inner = text[open..].strip_suffix(['）', ')'])?;
    let from = open + inner.chars().next().map_or(1, char::len_utf8);
    let bare = name.slice(0..open).trimmed();
    let inner = name.slice(from.min(open + inner.len())..open + inner.len());
    if !is_person_name(bare.text()) {
        return None;
    }
    let mut said = facts(&inner, Entity::Contributor);
    said.retain(|(field, _)| *field != Field::Contribution);
    let is_known =
        said.iter().any(|(field, _)| matches!(field, Field::Titles | Field::Employer | Field::Institution))
            || matches!(inner.text(), "男" | "女")
            || inner.text().ends_with('族');
    is_known.then_some((bare, said))
}

/// Where the bracket that opens at `open` closes, if it holds another name of the institution before it: `甲所（简称乙所）`.
pub(super) fn other_name_end(line: &str, open: usize) -> Option<usize> {
    let inner = line[open..].trim_start().strip_prefix(['（', '('])?;
    let from = line.len() - inner.len();
    let at = inner.find(['（', '(', '）', ')'])?;
    let close = inner[at..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let inner = inner[..at].trim();
    // `（牵头单位）`, `（甲附院）`
    let is_whole = is_institution_name(inner) && inner.chars().nth(4).is_some() && !is_role(inner);
    let is_name = is_whole || OTHER_NAME_WORDS.iter().any(|word| inner.starts_with(word));
    is_name.then_some(from + at + close.len_utf8())
}

/// Parts what stands in the bracket that the head opened, and what is said behind it: `…，教授）：负责…`.
pub(super) fn bracketed(rest: &Passage) -> (Passage, Passage) {
    let mut depth = 0usize;
    let close = rest.text().char_indices().find(|&(_, c)| {
        depth = match c {
            '（' | '(' => depth + 1,
            '）' | ')' if depth > 0 => depth - 1,
            _ => return matches!(c, '）' | ')'),
        };
        false
    });
    let (end, from) = close.map_or((rest.text().len(), rest.text().len()), |(at, c)| (at, at + c.len_utf8()));
    let tidy = |c: char| c.is_whitespace() || "）)；;。".contains(c);
    let behind = rest.slice(from..rest.text().len());
    let start =
        behind.text().len() - behind.text().trim_start_matches(|c| tidy(c) || "：:，,".contains(c)).len();
    (rest.slice(0..end).trimmed_matches(tidy), behind.slice(start..behind.text().len()).trimmed())
}
