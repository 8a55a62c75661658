mod forms;

use std::ops::Range;

use self::forms::{
    COMPOUND, EDITORS, FULL, GROUP, INITIALS, MARKS, MIDDLE, NOT_NAMES, OTHERS, SEPARATOR, SINGLE, SPACED,
    SURNAMES, THINGS, TITLE_WORDS,
};
use crate::text::{boundary, is_han};

/// A person or a group in a list of names, with the marks printed behind the name (`*`, `#`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) range: Range<usize>,
    pub(super) marks: String,
    form: Form,
}

/// How a name is written, which tells how safely it is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Han,
    /// As long as a Han name, but its family name is not known: a name among names.
    RareHan,
    /// With initials: `Zheng QS`, `Zheng, Q. S.`, `Q. S. Zheng`.
    Initials,
    /// `Qingsong Zheng`: any two capitalized words look alike.
    Full,
    Group,
}

/// The list of names that a text opens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) names: Vec<Name>,
    /// Where the list and `et al` or 等 behind it have ended; what follows is what ended it.
    pub(super) end: usize,
    /// The period behind the last initial may have been the end of the list.
    pub(super) dotted: bool,
    /// `et al` or 等 stands behind the names.
    pub(super) others: bool,
}

impl Names {
    /// Tells whether two names, initials, a mark or 等 prove the list, whatever follows.
    pub(super) fn are_proved(&self) -> bool {
        let first = self.names.first();
        self.others
            || self.names.len() >= 2
            || first.is_some_and(|name| !name.marks.is_empty() || name.form == Form::Initials)
    }

    /// Tells whether one capitalized phrase, which may be anything, is all there is.
    pub(super) fn are_doubtful(&self) -> bool {
        !self.are_proved() && self.names.iter().all(|name| name.form == Form::Full)
    }
}

/// Reads the names that `text[from..]` opens with.
pub(super) fn leading(text: &str, from: usize) -> Option<Names> {
    let mut list = list(text, from, 3);
    rare_names(text, &mut list);
    (!list.names.is_empty()).then_some(list)
}

/// Reads short Han words in the place of authors, of which none is known as a name: `才让多杰, 哈丽娜. `.
pub(super) fn unknown(text: &str, from: usize) -> Option<Names> {
    let list = list(text, from, 4);
    let rare = list.names.iter().all(|name| name.form == Form::RareHan);
    let ended = list.others || text[list.end..].trim_start().starts_with(['.', '。', ':']);
    (rare && ended && !list.names.is_empty()).then_some(list)
}

/// `longest`: characters of a Han name whose family name is not known.
fn list(text: &str, from: usize, longest: usize) -> Names {
    let mut list = Names { names: Vec::new(), end: from, dotted: false, others: false };
    let mut at = from + blanks(&text[from..]);
    loop {
        // Among names that are known, a name may be as long as names are.
        let known = list.names.iter().any(|name| name.form == Form::Han) || before_name(&text[at..]);
        let Some(name) = name(text, at, &list, if known { 4 } else { longest }) else { break };
        let after = name.range.end;
        let marks = MARKS.find(&text[after..]).map_or("", |found| found.as_str());
        list.end = after + marks.len();
        list.dotted = text[..after].ends_with('.');
        list.names.push(Name { marks: marks.to_owned(), ..name });
        if let Some(end) = undotted(text, &list.names)
            && let Some(last) = list.names.last_mut()
        {
            last.range.end = end;
            list.end = end;
            list.dotted = false;
            break;
        }
        if let Some(others) = OTHERS.find(&text[list.end..]) {
            list.end += others.end();
            list.dotted |= others.as_str().ends_with('.');
            list.others = true;
            break;
        }
        if let Some(editors) = editors(&text[list.end..], &list.names) {
            list.end += editors;
            list.others = true;
            break;
        }
        let Some(separator) = SEPARATOR.find(&text[list.end..]) else { break };
        at = list.end + separator.end();
        // Blanks alone part Han names only: `Luo Y. Cardiac MRI …`.
        let han = list.names.last().is_some_and(|name| matches!(name.form, Form::Han | Form::RareHan))
            && text[at..].starts_with(is_han);
        if separator.as_str().trim().is_empty() && !han {
            break;
        }
    }
    list
}

/// Bytes of the word for editors behind the last of names in Han.
fn editors(rest: &str, names: &[Name]) -> Option<usize> {
    let is_han = names.last().is_some_and(|name| matches!(name.form, Form::Han | Form::RareHan));
    if !is_han || !rest[..boundary(rest, 24)].contains(['编', '著', '译']) {
        return None;
    }
    let found = EDITORS.captures(rest)?;
    found.get(1).map(|word| word.end())
}

/// Tells whether the Han word that a text opens with stands before names: `扎西顿珠*、陈一`.
fn before_name(rest: &str) -> bool {
    let after = &rest[rest.find(|c| !is_han(c)).unwrap_or(rest.len())..];
    let after = &after[MARKS.find(after).map_or(0, |found| found.end())..];
    // One that is not known may stand between.
    let next = after.strip_prefix([',', '、']).map(str::trim_start);
    let further = |next: &str| {
        let end = next.find(|c| !is_han(c)).unwrap_or(next.len());
        next[end..].strip_prefix([',', '、']).is_some_and(|last| han_name(last.trim_start()).is_some())
    };
    next.is_some_and(|next| han_name(next).is_some() || next.starts_with(is_han) && further(next))
}

/// Drops names with rare family names where too few known ones stand beside them, and where the list
/// goes on behind them with what is none: the last may be a short title.
fn rare_names(text: &str, list: &mut Names) {
    let rare = |name: &Name| name.form == Form::RareHan;
    // A mark behind a name tells that it is one.
    let known = list.names.iter().filter(|name| !rare(name) || !name.marks.is_empty()).count();
    if known == 0 || list.names.len() > known * 3 {
        list.names.clear();
        return;
    }
    let ended = text[list.end..].trim_start();
    if list.others || !ended.starts_with([',', '、', '/', '(']) && !ended.starts_with(is_han) {
        return;
    }
    while list.names.last().is_some_and(rare) {
        list.names.pop();
    }
    list.end = list.names.last().map_or(list.end, |name| list.end.min(name.range.end + name.marks.len()));
}

/// Tells whether all of `text[range]` is a list of names, and which.
pub(super) fn whole(text: &str, range: Range<usize>) -> Option<Names> {
    let part = &text[..range.end];
    let names = leading(part, range.start)?;
    part[names.end..]
        .trim_matches(|c: char| c.is_whitespace() || ".,;。、".contains(c))
        .is_empty()
        .then_some(names)
}

/// Where the last name has ended before a period that belongs to the list, as initials before it have
/// none: `Zheng QS, Luo Y. E. coli in …`.
fn undotted(text: &str, names: &[Name]) -> Option<usize> {
    let (last, before) = names.split_last()?;
    let printed = &text[last.range.clone()];
    let plain = |name: &Name| name.form == Form::Initials && !text[name.range.clone()].contains('.');
    let dot = last.range.start + printed.find('.')?;
    // `Luo Y M.`
    let mixed = text[last.range.start..dot].split(' ').rev().nth(1).is_some_and(|word| word.len() == 1);
    // `陈一，李二，Smith A．某病的研究`: names beside it have no periods at all.
    let among_han = !before.is_empty()
        && before.iter().all(|name| matches!(name.form, Form::Han | Form::RareHan))
        && dot + 1 == last.range.end
        && !text[last.range.end..].trim_start().starts_with(['.', '。', ':', ',', ';']);
    (last.form == Form::Initials && last.marks.is_empty() && (mixed || among_han || before.iter().any(plain)))
        .then_some(dot)
}

fn name(text: &str, at: usize, before: &Names, longest: usize) -> Option<Name> {
    let rest = &text[at..];
    let named = |length: usize, form: Form| Name { range: at..at + length, marks: String::new(), form };
    if let Some(found) = GROUP.captures(rest).and_then(|found| found.get(1)) {
        return Some(Name {
            range: at + found.start()..at + found.end(),
            marks: String::new(),
            form: Form::Group,
        });
    }
    if rest.starts_with(is_han) {
        // Behind a semicolon stands something else.
        let other = text[..at].trim_end().ends_with(';');
        let rare = || rare_name(rest, longest).filter(|_| !other).map(|length| named(length, Form::RareHan));
        return han_name(rest).map(|length| named(length, Form::Han)).or_else(rare);
    }
    // `Anna J. Keller,` among full names: the initial is the middle one.
    if !before.names.iter().any(|name| name.form == Form::Initials)
        && let Some(found) = MIDDLE.captures(rest).and_then(|found| found.get(1))
    {
        return Some(named(found.end(), Form::Full));
    }
    let initials = INITIALS.iter().find_map(|pattern| pattern.captures(rest)?.get(1));
    if let Some(found) = initials {
        return Some(named(found.end(), Form::Initials));
    }
    // `Hairihan, Saeed M`: a name of one word, before one with initials.
    if before.names.is_empty()
        && let Some(found) = SINGLE.captures(rest).and_then(|found| found.get(1))
    {
        let next = rest[found.end()..].trim_start_matches([',', '、', ' ', '*', '#']);
        if INITIALS.iter().any(|pattern| pattern.is_match(next)) {
            return Some(named(found.end(), Form::Full));
        }
    }
    // In a list of initials, capitalized words are the title.
    if before.names.iter().any(|name| name.form == Form::Initials) {
        return None;
    }
    let found = FULL.iter().find_map(|pattern| pattern.captures(rest)?.get(1))?;
    let words = found.as_str().split([' ', '-']);
    let common = words.clone().any(|word| TITLE_WORDS.contains(&word.to_lowercase().as_str()));
    (!common).then(|| named(found.end(), Form::Full))
}

/// Bytes of the Han name that a text opens with.
fn han_name(rest: &str) -> Option<usize> {
    if let Some(found) = COMPOUND.find(rest) {
        return Some(found.end());
    }
    if let Some(found) = SPACED.captures(rest).and_then(|found| found.get(1))
        && surname(found.as_str()).is_some()
    {
        return Some(found.end());
    }
    let run = &rest[..rest.find(|c| !is_han(c)).unwrap_or(rest.len())];
    // 陈一和李明, 陈一等
    // 段清和 is no list.
    let joint = run.char_indices().filter(|&(_, c)| matches!(c, '和' | '与' | '及'));
    let lists = |(at, _): &(usize, char)| *at > 0 && (*at > 6 || run[*at..].chars().count() > 2);
    let run = joint.into_iter().find(lists).map_or(run, |(at, _)| &run[..at]);
    let run = run.split('等').next().unwrap_or(run);
    let run = without_editor(run);
    let family = surname(run)?;
    let count = run.chars().count();
    let given = count - run[..family].chars().count();
    let plain = (1..=2).contains(&given) && count <= 4;
    (plain && !NOT_NAMES.contains(run)).then_some(run.len())
}

/// Bytes of the two or more Han characters that a text opens with, where no others follow.
fn rare_name(rest: &str, longest: usize) -> Option<usize> {
    let run = &rest[..rest.find(|c| !is_han(c)).unwrap_or(rest.len())];
    let run = run.strip_suffix('等').unwrap_or(run);
    let after = &rest[run.len()..];
    let ended = after.is_empty() || after.starts_with(|c: char| c == '等' || " ,;、.。:)(*#※".contains(c));
    // A mark is printed behind names alone.
    let marked = after.starts_with(['*', '#', '※']);
    let thing = !marked && THINGS.iter().any(|word| run.ends_with(word)) || NOT_NAMES.contains(run);
    (ended && !thing && (2..=longest).contains(&run.chars().count())).then_some(run.len())
}

/// What editors are called, the longest first.
const EDITOR_WORDS: [&str; 5] = ["总主编", "副主编", "主编", "编著", "主译"];

/// Tells whether a part of a list of names is nothing but the word for editors.
pub(super) fn is_editor(part: &str) -> bool {
    EDITOR_WORDS.contains(&part)
}

/// A name without the word for an editor behind it: `陈一主编`.
pub(super) fn without_editor(name: &str) -> &str {
    let bare = EDITOR_WORDS.iter().find_map(|word| name.strip_suffix(word));
    bare.map(str::trim_end).filter(|bare| (2..=4).contains(&bare.chars().count())).unwrap_or(name)
}

/// Tells whether a text opens with a family name that is known.
pub(super) fn has_family_name(text: &str) -> bool {
    surname(text).is_some()
}

/// Bytes of the family name that a text opens with.
fn surname(text: &str) -> Option<usize> {
    let ends = text.char_indices().take(4).map(|(at, c)| at + c.len_utf8());
    ends.filter(|&end| SURNAMES.contains(&text[..end])).last()
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<&str>, &str) {
        match leading(text, 0) {
            Some(list) => {
                (list.names.iter().map(|name| &text[name.range.clone()]).collect(), &text[list.end..])
            }
            None => (Vec::new(), text),
        }
    }

    #[test]
    fn lists_of_names_are_read_to_their_end() {
        for (text, names, rest) in [
            ("陈一, 李明, 王芳. 题名", vec!["陈一", "李明", "王芳"], ". 题名"),
            ("陈一、李 明、欧阳小红*.题名", vec!["陈一", "李 明", "欧阳小红"], ".题名"),
            ("陈一 李明 王芳. 题名", vec!["陈一", "李明", "王芳"], ". 题名"),
            ("陈一1,2,李明2*. 题名", vec!["陈一", "李明"], ". 题名"),
            ("陈一等. 题名", vec!["陈一"], ". 题名"),
            ("陈一,李明,等. 题名", vec!["陈一", "李明"], ". 题名"),
            ("陈一和李明. 题名", vec!["陈一", "李明"], ". 题名"),
            ("段清和*, 陈一, 李和. 题名", vec!["段清和", "陈一", "李和"], ". 题名"),
            ("陈一及李及人. 题名", vec!["陈一", "李及人"], ". 题名"),
            ("扎西顿珠*、刀玉婻、陈一. 题名", vec!["扎西顿珠", "刀玉婻", "陈一"], ". 题名"),
            ("陈一, Anna J. Keller, 李明*. 题名", vec!["陈一", "Anna J. Keller", "李明"], ". 题名"),
            ("Anna J. Keller*, Tom Reed. Title", vec!["Anna J. Keller", "Tom Reed"], ". Title"),
            ("阿依古丽·买买提, 陈一. 题名", vec!["阿依古丽·买买提", "陈一"], ". 题名"),
            ("国小明, 全一, 陈一. 题名", vec!["国小明", "全一", "陈一"], ". 题名"),
            ("陈一、国小明", vec!["陈一", "国小明"], ""),
            ("陈一*, 才让多杰, 李明. 题名", vec!["陈一", "才让多杰", "李明"], ". 题名"),
            ("陈一, 李明, 乐正小红. 题名", vec!["陈一", "李明", "乐正小红"], ". 题名"),
            ("陈一, 某病防治, 甲杂志社", vec!["陈一"], ", 某病防治, 甲杂志社"),
            ("陈一, 试剂盒, 甲公司", vec!["陈一"], ", 试剂盒, 甲公司"),
            ("肺结核, 乙肝", vec![], "肺结核, 乙肝"),
            ("陈一, 李明, 主编. 题名", vec!["陈一", "李明"], ". 题名"),
            ("陈一、李明 编著. 题名", vec!["陈一", "李明"], ". 题名"),
            ("陈一主编. 题名", vec!["陈一"], ". 题名"),
            ("Hairihan, Saeed M, Luo YM. Title", vec!["Hairihan", "Saeed M", "Luo YM"], ". Title"),
            ("Hairihan*, Saeed M, Luo YM. Title", vec!["Hairihan", "Saeed M", "Luo YM"], ". Title"),
            ("Hairihan*、Saeed M、Luo YM。题名", vec!["Hairihan", "Saeed M", "Luo YM"], "。题名"),
            ("陈一, 区小仪*. 题名", vec!["陈一", "区小仪"], ". 题名"),
            ("Zheng QS, Luo YM. Title", vec!["Zheng QS", "Luo YM"], ". Title"),
            ("Zheng Q-S#, van der Berg J*, et al. Title", vec!["Zheng Q-S", "van der Berg J"], " Title"),
            ("Zheng, Q. S., & Luo, Y. M. (2022)", vec!["Zheng, Q. S.", "Luo, Y. M."], " (2022)"),
            (
                "Q. S. Zheng, Y.-M. Luo, and A. Müller, Title of",
                vec!["Q. S. Zheng", "Y.-M. Luo", "A. Müller"],
                ", Title of",
            ),
            ("Zheng Q.S., Luo Y. Title", vec!["Zheng Q.S.", "Luo Y."], " Title"),
            ("Qingsong Zheng, Yiming Luo*. Title", vec!["Qingsong Zheng", "Yiming Luo"], ". Title"),
            (
                "Zheng, Qingsong; Luo, Yiming; Li, X. Y. Title",
                vec!["Zheng, Qingsong", "Luo, Yiming", "Li, X. Y."],
                " Title",
            ),
            ("Zheng Qingsong, Luo Yiming; 通讯作者", vec!["Zheng Qingsong", "Luo Yiming"], "; 通讯作者"),
            ("Zheng QS, China Stroke Group. Title", vec!["Zheng QS", "China Stroke Group"], ". Title"),
            ("中华医学会某病学分会. 指南", vec!["中华医学会某病学分会"], ". 指南"),
            ("Efficacy of a drug. Lancet", vec![], "Efficacy of a drug. Lancet"),
            ("糖尿病患者的管理. 杂志", vec![], "糖尿病患者的管理. 杂志"),
            ("Safety, efficacy and cost", vec![], "Safety, efficacy and cost"),
        ] {
            assert_eq!(read(text), (names, rest), "{text}");
        }
    }

    #[test]
    fn short_words_in_the_place_of_authors_may_be_names() {
        for (text, want) in [
            ("才让多杰, 哈丽娜. 题名", Some(2)),
            ("哈丽娜等. 题名", Some(1)),
            ("哈丽娜的论文. 题名", None),
            ("肺结核, 乙肝", None),
        ] {
            assert_eq!(unknown(text, 0).map(|list| list.names.len()), want, "{text}");
        }
    }
}
