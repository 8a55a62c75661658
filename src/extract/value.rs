use std::{collections::HashMap, sync::LazyLock};

use crate::{
    domain::{Printed, Provenance, Warning},
    text::{Passage, fold_key, is_han, parse_integer},
};

/// Takes values over into an object of the domain: notes where each was printed and what was repaired.
pub(super) struct Taker<'a> {
    /// `papers[3]`; empty for the dossier itself.
    pub(super) path: String,
    pub(super) provenance: &'a mut Provenance,
    pub(super) warnings: &'a mut Vec<Warning>,
}

impl Taker<'_> {
    /// Takes a text as it was printed; nothing where the cell is blank or says there is nothing.
    pub(super) fn text(&mut self, field: &str, passage: Option<&Passage>) -> Option<String> {
        let passage = passage?;
        let text = passage.text().trim();
        if text.is_empty() || is_nothing(text) {
            return None;
        }
        if text.len() == passage.text().len() {
            self.provenance.place(field, passage);
        } else {
            self.provenance.place(field, &passage.trimmed());
        }
        Some(text.to_owned())
    }

    /// Takes a text and repairs it: where the repair changes anything, the printed text is kept.
    pub(super) fn repaired(
        &mut self,
        field: &str,
        passage: Option<&Passage>,
        code: &str,
        repair: impl Fn(&str) -> String,
    ) -> Option<String> {
        let printed = self.text(field, passage)?;
        let value = repair(&printed);
        if value != printed {
            self.warn(code, field, &format!("'{printed}' is read as '{value}'"));
            self.provenance.repaired(field, Printed::Text(printed));
        }
        Some(value)
    }

    /// Takes a number; a text that is none stays as a warning.
    pub(super) fn number<T: std::str::FromStr>(
        &mut self,
        field: &str,
        passage: Option<&Passage>,
    ) -> Option<T> {
        let printed = self.text(field, passage)?;
        let plain: String = fold_key(&printed).chars().filter(|&c| c != ',').collect();
        let value = plain.trim_end_matches(['.', '。', '次', '篇']).parse().ok();
        // `二〇二四`
        let value = value.or_else(|| parse_integer(&plain.replace('○', "〇"))?.to_string().parse().ok());
        if value.is_none() {
            self.doubt(field, &printed, "is not a number");
        }
        value
    }

    /// Takes a list of names; repaired ones keep the whole list as printed.
    pub(super) fn names(&mut self, field: &str, parts: &[Passage]) -> Vec<String> {
        let printed: Vec<String> = parts.iter().map(|part| part.text().to_owned()).collect();
        parts.iter().for_each(|part| self.provenance.place(field, part));
        let names: Vec<String> = printed.iter().map(|name| repair_name(name)).collect();
        if names != printed {
            for (name, printed) in names.iter().zip(&printed).filter(|(name, printed)| name != printed) {
                self.warn("name-repaired", field, &format!("'{printed}' is read as '{name}'"));
            }
            self.provenance.repaired(field, Printed::List(printed));
        }
        names
    }

    /// Notes a value that is kept as printed because no repair is evident.
    pub(super) fn doubt(&mut self, field: &str, printed: &str, why: &str) {
        self.provenance.repaired(field, Printed::Text(printed.to_owned()));
        self.warn("value-unread", field, &format!("'{printed}' {why}"));
    }

    pub(super) fn warn(&mut self, code: &str, field: &str, message: &str) {
        let field = if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) };
        self.warnings.push(Warning {
            code: code.to_owned(),
            message: message.to_owned(),
            field: Some(field),
        });
    }
}

/// Where every number that a list prints is the place of its item, the items without one get theirs.
pub(super) fn numbered_by_order<'a>(numbers: impl Iterator<Item = &'a mut Option<u32>>) {
    let numbers: Vec<&mut Option<u32>> = numbers.collect();
    if (1..).zip(&numbers).all(|(order, number)| number.is_none_or(|number| number == order)) {
        (1..).zip(numbers).for_each(|(order, number)| *number = Some(order));
    }
}

/// Tells whether a cell says that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text, "无" | "無" | "暂无" | "暫無" | "没有" | "不适用" | "N/A" | "n/a")
        || text.chars().all(|c| "/／\\-－–—―⸺─".contains(c))
}

/// Repairs a name that layout has cut: no space inside a Han name, a lower-case rest rejoined, and
/// words run together parted where a capital follows.
pub(super) fn repair_name(name: &str) -> String {
    if name.chars().any(is_han) {
        // `Li Ming⏎（李明）`
        return without_han_spaces(name).replace('\n', " ").replace(" （", "（");
    }
    if name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        // Of two words run together the second may be one of the name's own: `DelaCroix`.
        let parted = part_capitals(name);
        return if parted.matches(' ').count() > 1 { parted } else { name.to_owned() };
    }
    if !name.contains(' ')
        || !name.split(' ').skip(1).any(|word| word.starts_with(|c: char| c.is_lowercase()))
    {
        return name.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match words.last_mut() {
            // A fragment, not a particle such as `van` or `de`, which stands free and short.
            Some(last) if starts_lower(word) && !is_particle(word) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words.iter().map(|word| part_capitals(word)).collect::<Vec<_>>().join(" ")
}

fn starts_lower(word: &str) -> bool {
    word.starts_with(|c: char| c.is_lowercase())
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van" | "von" | "de" | "der" | "den" | "da" | "di" | "du" | "la" | "le" | "el" | "al" | "bin" | "and"
    )
}

/// `AnneMarie` → `Anne Marie`; `McDonald` stays.
fn part_capitals(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    let mut run = 0;
    for c in word.chars() {
        if c.is_uppercase() && run >= 3 {
            out.push(' ');
        }
        run = if c.is_lowercase() { run + 1 } else { 1 };
        out.push(c);
    }
    out
}

/// Drops spaces that stand between two Han characters.
pub(super) fn without_han_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(gap) = rest.find(char::is_whitespace) {
        out.push_str(&rest[..gap]);
        let after = rest[gap..].trim_start();
        let between_han = out.chars().next_back().is_some_and(is_han) && after.starts_with(is_han);
        if !between_han {
            out.push_str(&rest[gap..rest.len() - after.len()]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Drops the spaces that a change of font has put around Greek letters: `IL-1 β /NF- κ B`.
pub(super) fn without_greek_spaces(text: &str) -> String {
    let greek = |c: char| matches!(c, 'α'..='ω' | 'Α'..='Ω');
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|at| chars[at]), chars.get(at + 1).copied());
        let drop = c == ' '
            && match (before, after) {
                (Some(before), Some(after)) if greek(after) => {
                    before.is_ascii_digit() || "-/".contains(before)
                }
                (Some(before), Some(after)) if greek(before) => {
                    let single = after.is_ascii_uppercase()
                        && chars.get(at + 2).is_none_or(|c| !c.is_ascii_lowercase());
                    "-/,)".contains(after) || single
                }
                _ => false,
            };
        if !drop {
            out.push(c);
        }
    }
    out
}

/// The known professional titles by their keys.
fn known_titles() -> &'static HashMap<String, &'static str> {
    static TITLES: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
        let lines = include_str!("data/titles.txt").lines().filter(|line| !line.starts_with('#'));
        // Of titles with one key, the first is meant.
        lines.rev().map(|title| (fold_key(title), title)).collect()
    });
    &TITLES
}

/// Tells whether a text is a professional title (专业技术职称).
pub(super) fn is_title(text: &str) -> bool {
    let key = fold_key(text);
    let plain =
        ["客座", "特聘", "兼职", "名誉", "讲座", "终身", "长聘", "准聘", "一级", "二级", "三级", "四级"];
    let plain = plain.iter().find_map(|word| key.strip_prefix(word)).unwrap_or(&key);
    known_titles().contains_key(&key) || known_titles().contains_key(plain)
}

/// Repairs a professional title whose cell was wrapped: the known title it stands for, if there is one.
pub(super) fn repair_title(printed: &str) -> String {
    let joined: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
    if is_title(&joined) {
        return joined;
    }
    // A character at the break was printed on both lines.
    let mut chars: Vec<char> = joined.chars().collect();
    chars.dedup();
    let deduped: String = chars.into_iter().collect();
    match known_titles().get(&fold_key(&deduped)) {
        Some(title) => (*title).to_owned(),
        None => without_han_spaces(printed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_repaired_only_where_the_fault_is_evident() {
        for (printed, want) in [
            ("李 明", "李明"),
            ("RaviKumarSubrama nian", "Ravi Kumar Subramanian"),
            ("RaviKumarSubramanian", "Ravi Kumar Subramanian"),
            ("DelaCroix", "DelaCroix"),
            ("Lehmann Jean-Paul", "Lehmann Jean-Paul"),
            ("Ludwig van Beek", "Ludwig van Beek"),
            ("甲科技(乙市)有限公司", "甲科技(乙市)有限公司"),
            ("Li Ming\n（李明）", "Li Ming（李明）"),
        ] {
            assert_eq!(repair_name(printed), want);
        }
    }

    #[test]
    fn titles_are_repaired_to_known_ones() {
        for (printed, want) in [
            ("副主任 任医师", "副主任医师"),
            ("主任 医师", "主任医师"),
            ("教授", "教授"),
            ("首席 科学家", "首席科学家"),
        ] {
            assert_eq!(repair_title(printed), want);
        }
    }

    #[test]
    fn greek_letters_join_what_they_belong_to() {
        for (printed, want) in [
            ("the IL-1 β /NF- κ B-NLRP3 loop", "the IL-1β/NF-κB-NLRP3 loop"),
            ("TNF α and others", "TNF α and others"),
            ("p = 0.05", "p = 0.05"),
        ] {
            assert_eq!(without_greek_spaces(printed), want);
        }
    }

    #[test]
    fn a_number_that_was_left_out_is_supplied() {
        for (printed, want) in [
            (vec![None, None], vec![Some(1), Some(2)]),
            (vec![Some(1), None, Some(3), None], vec![Some(1), Some(2), Some(3), Some(4)]),
            (vec![Some(2), None], vec![Some(2), None]),
            (vec![Some(1), None, Some(2)], vec![Some(1), None, Some(2)]),
        ] {
            let mut numbers = printed.clone();
            numbered_by_order(numbers.iter_mut());
            assert_eq!(numbers, want, "{printed:?}");
        }
    }
}
