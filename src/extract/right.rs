mod edges;
mod facts;
mod people;
#[cfg(test)]
mod tests;
mod words;

use std::{borrow::Cow, ops::Range};

use self::facts::{DONE, Facts};
pub(super) use self::words::{opens_with_category, words};
use super::{
    citation::{enumerator, joined},
    ip_number::numbers,
    lexicon::Field,
    listing::{is_institution_name, is_person_name},
    names,
    narrow::Narrow,
};
use crate::text::{Passage, is_han, width};

/// Behind a title, names are looked for at so many blanks, the last ones.
const MOST_BLANKS: usize = 8;

/// Longer paragraphs are running text.
const LONGEST: usize = 6000;

/// Reads a patent, a software copyright, a standard or a registration printed as a list item:
/// `（1）发明专利：一种方法，ZL 2017 1 1204586.3，发明人：陈一、李明，授权日：2020年3月6日`.
///
/// Labelled facts, numbers, dates and categories are known by themselves; the title is the first text
/// between them. `None` where there is neither a number nor a category with a title.
pub(super) fn right(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    if text.text().len() > LONGEST {
        return None;
    }
    let text = &names_apart(text);
    let narrow = Narrow::new(text);
    let (number, from) = enumerator(narrow.text());
    let mut facts = Facts::read(&narrow, from);
    let mut unread = 0;
    for gap in facts.gaps(from) {
        let gap = holders_first(&narrow, &mut facts, gap);
        let gap = holders_last(&narrow, &mut facts, gap);
        let gap = owner_last(&narrow, &mut facts, gap);
        let columns = width(narrow.text()[gap.clone()].trim());
        if columns >= 4 && !facts.has(Field::IpTitle) && has_letters(&narrow.text()[gap.clone()]) {
            facts.add(Field::IpTitle, narrow.slice(title(narrow.text(), gap)));
        } else if !facts.has(Field::Holders) && is_institution_name(narrow.text()[gap.clone()].trim()) {
            facts.add(Field::Owner, narrow.slice(gap));
        } else if let Some(names) = bare_names(narrow.text(), gap)
            && facts.has(Field::IpTitle)
            && !facts.has(Field::Holders)
        {
            facts.add(Field::Holders, joined(&narrow, names.into_iter()));
        } else {
            unread += columns;
        }
    }
    let title = facts.get(Field::IpTitle);
    let known = facts.has(Field::GrantNumber) || (facts.has(Field::IpCategory) && title.is_some());
    let prose = title.is_some_and(|title| facts::is_prose(title.text())) || unread > 60;
    if !known || prose {
        return None;
    }
    let number = number.filter(|_| !facts.has(Field::Number));
    let number = number.map(|number| (Field::Number, narrow.slice(number)));
    Some(number.into_iter().chain(facts.finish()).collect())
}

/// Cuts a paragraph that lists several rights, each with its number, into items; any other paragraph is
/// one item.
pub(super) fn rights(text: &Passage) -> Vec<Passage> {
    let narrow = Narrow::new(text);
    let line = narrow.text();
    let mut starts = vec![0];
    for (at, c) in line.char_indices().filter(|&(_, c)| ";。".contains(c)) {
        let next = at + c.len_utf8();
        let end = next + line[next..].find([';', '。']).unwrap_or(line.len() - next);
        if facts::opens_item(line, next..end) {
            starts.push(next);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let items: Vec<Range<usize>> = starts.iter().zip(ends).map(|(&start, end)| start..end).collect();
    // `获授权专利两件。其一为…`: what leads to the items is none of them.
    let is_lead = |item: &Range<usize>| {
        numbers(&line[item.clone()]).is_empty() && !facts::opens_item(line, item.clone())
    };
    let lead = usize::from(items.first().is_some_and(is_lead));
    let items = &items[lead..];
    let numbered = items.iter().all(|item| !numbers(&line[item.clone()]).is_empty());
    if items.len() + lead < 2 || items.is_empty() || !numbered {
        return vec![text.clone()];
    }
    let tidy =
        |item: Range<usize>| narrow.slice(item).trimmed_matches(|c| c.is_whitespace() || ";；".contains(c));
    items.iter().cloned().map(tidy).filter(|item| !item.is_blank()).collect()
}

/// Short Han words and nothing else, in the place of inventors: family names need not be known.
fn bare_names(text: &str, gap: Range<usize>) -> Option<Vec<Range<usize>>> {
    const STATES: [&str; 8] = ["有效", "有权", "授权", "转化", "应用", "推广", "公开", "获批"];
    let part = &text[gap.clone()];
    let is_mark = |c: char| matches!(c, '、' | ',' | ';') || c.is_whitespace();
    if part.len() > 200 || !part.chars().all(|c| is_han(c) || is_mark(c)) {
        return None;
    }
    let is_name = |word: &str| is_person_name(word) && !STATES.iter().any(|state| word.contains(state));
    let mut at = gap.start;
    let words = part.split_inclusive(is_mark).map(|word| {
        let bare = word.trim_end_matches(is_mark);
        at += word.len();
        (bare, at - word.len()..at - word.len() + bare.len())
    });
    let words = words.filter(|(word, _)| !word.is_empty());
    words.map(|(word, range)| is_name(word).then_some(range)).collect()
}

/// Takes the inventors that a patent printed as a reference opens with: `陈一, 李明. 一种装置: ZL…[P].`
fn holders_first(narrow: &Narrow<'_>, facts: &mut Facts, gap: Range<usize>) -> Range<usize> {
    let text = &narrow.text()[..gap.end];
    if facts.has(Field::Holders) {
        return gap;
    }
    let Some(list) = names::leading(text, gap.start) else { return gap };
    let rest = text[list.end..].trim_start();
    let end = gap.end - rest.len();
    let next = match rest.chars().next() {
        None => gap.end,
        Some(c @ ('.' | '。' | ':')) if !list.are_doubtful() => end + c.len_utf8(),
        Some(',' | ';') if list.names.len() >= 2 => end + 1,
        Some(_) if list.dotted && list.are_proved() => list.end,
        _ => return gap,
    };
    if rest.is_empty() && list.are_doubtful() {
        return gap;
    }
    facts.add(Field::Holders, joined(narrow, list.names.iter().map(|name| name.range.clone())));
    next..gap.end
}

/// Takes the inventors behind a title: `一种装置，陈一、李明`.
fn holders_last(narrow: &Narrow<'_>, facts: &mut Facts, gap: Range<usize>) -> Range<usize> {
    let text = &narrow.text()[..gap.end];
    if facts.has(Field::Holders) {
        return gap;
    }
    // A list of names has few blanks, and each is tried by reading all that follows.
    let mut early = text[gap.clone()].matches(' ').count().saturating_sub(MOST_BLANKS);
    let breaks = text[gap.clone()].char_indices().filter(|&(_, c)| ",;。( ".contains(c));
    for (at, c) in breaks.map(|(at, c)| (gap.start + at, c)) {
        if c == ' ' && early > 0 {
            early -= 1;
            continue;
        }
        // Behind a blank, one name may be the last word of the title.
        if let Some(list) = names::whole(text, at + c.len_utf8()..gap.end)
            && !list.are_doubtful()
            && (c != ' ' || list.names.len() > 1)
        {
            facts.add(Field::Holders, joined(narrow, list.names.iter().map(|name| name.range.clone())));
            return gap.start..at;
        }
    }
    gap
}

/// Takes the institution behind a title: `某软件V1.0；甲医院`.
fn owner_last(narrow: &Narrow<'_>, facts: &mut Facts, gap: Range<usize>) -> Range<usize> {
    let text = &narrow.text()[gap.clone()];
    let Some(at) = text.rfind(';').filter(|_| !facts.has(Field::Holders) && !facts.has(Field::Owner)) else {
        return gap;
    };
    if !is_institution_name(text[at + 1..].trim()) {
        return gap;
    }
    facts.add(Field::Owner, narrow.slice(gap.start + at + 1..gap.end));
    gap.start..gap.start + at
}

/// A line that names people and nothing else stands apart from the title on the line before it.
fn names_apart(text: &Passage) -> Cow<'_, Passage> {
    let lines = text.lines();
    let names = |line: &Passage| {
        let list = names::whole(line.text(), 0..line.text().len());
        list.is_some_and(|list| list.names.len() > 1 && !list.are_doubtful())
    };
    if lines.len() < 2 || !lines[1..].iter().any(names) {
        return Cow::Borrowed(text);
    }
    let mut apart = Passage::default();
    for line in &lines {
        if names(line) && apart.text().ends_with(is_han) {
            apart.append(" ", line);
        } else {
            apart.append_wrapped(line);
        }
    }
    Cow::Owned(apart)
}

/// The title without what parts it from its neighbours and without brackets around all of it.
fn title(text: &str, gap: Range<usize>) -> Range<usize> {
    let part = &text[gap.clone()];
    // `“一种装置”获国家发明专利授权`
    for (open, close) in [('《', '》'), ('“', '”')] {
        if let Some(end) = part.strip_prefix(open).and_then(|inner| inner.find(close))
            && !goes_on(&part[open.len_utf8() + end + close.len_utf8()..])
        {
            let start = gap.start + open.len_utf8();
            return edges::tidy(text, start..start + end);
        }
    }
    // `…的方法；`: what follows is something else.
    let offset = part
        .split_inclusive(';')
        .take_while(|part| width(part.trim_matches([' ', ';'])) < 4)
        .map(str::len)
        .sum::<usize>();
    let part = part[offset..].split(';').next().unwrap_or(part);
    let start = gap.start + offset;
    edges::tidy(text, start..start + part.len())
}

/// `“甲”系列动画`: what stands in quotation marks is a part of the title, unless a sentence goes on behind it.
fn goes_on(rest: &str) -> bool {
    const OTHERS: [&str; 16] =
        ["获", "已", "取", "被", "于", "为", "是", "的", "由", "在", "等", "和", "与", "及", "经", "授权"];
    let noun = rest.split([',', ';', '。', ':', '(', '[', DONE]).next().unwrap_or(rest).trim();
    let is_other = OTHERS.iter().any(|word| noun.starts_with(word))
        || ["专利", "著作权", "登记", "标准"].iter().any(|word| noun.contains(word));
    !is_other && noun.starts_with(is_han) && width(noun) <= 24 && noun.chars().all(char::is_alphanumeric)
}

fn has_letters(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && c != DONE)
}
