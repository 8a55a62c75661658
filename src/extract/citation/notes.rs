use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{index_phrases, joined, word_group};
use crate::{
    extract::{
        doi::doi,
        lexicon::{Entity, Field, Lexicon},
        names,
        narrow::Narrow,
    },
    text::{Passage, is_han, width},
};

/// What is printed around a citation: `通讯作者：…`, `他引34次`, `IF=10.6`.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) fields: Vec<(Field, Passage)>,
    /// 被引 counts what authors cite of themselves, too: it stands in where 他引 is not printed.
    all_citations: Option<Passage>,
    /// Columns of text behind the citation that say none of this.
    pub(super) unread: usize,
}

impl Notes {
    pub(super) fn has(&self, field: Field) -> bool {
        self.fields.iter().any(|(known, _)| *known == field)
    }

    fn add(&mut self, field: Field, value: Passage) {
        if !self.has(field) && !value.is_blank() {
            self.fields.push((field, value));
        }
    }

    pub(super) fn finish(mut self) -> Vec<(Field, Passage)> {
        if let Some(all) = self.all_citations.take() {
            self.add(Field::Citations, all);
        }
        self.fields
    }
}

/// What a label beside a citation means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Field(Field),
    AllCitations,
}

/// Reads the labelled notes of a narrowed text and blanks them out in the copy that is returned.
/// `None` where labels name title and journal, too: that is a list of labels, not a citation.
pub(super) fn labelled(narrow: &Narrow<'_>, from: usize) -> Option<(Notes, String)> {
    let mut notes = Notes::default();
    let mut masked = narrow.text().to_owned();
    // Brackets, periods and semicolons within a DOI part nothing.
    if let Some(doi) = doi(narrow.text()).filter(|doi| doi.whole.start >= from) {
        notes.add(Field::Doi, narrow.slice(doi.number));
        mask(&mut masked, doi.whole);
    }
    let text = masked.clone();
    let text = text.as_str();
    let mut done = from;
    for found in LABEL.captures_iter(text) {
        let (Some(all), Some(word)) = (found.get(0), found.get(1)) else { continue };
        let word = without_value(text, word.range());
        let Some(label) = label(&text[word.clone()]).filter(|_| word.start >= done) else { continue };
        let field = match label {
            Label::Field(Field::PaperTitle | Field::Doi) => {
                mask(&mut masked, word.start..all.end());
                continue;
            }
            Label::Field(Field::Journal | Field::YearLocator | Field::PaperCombined) => return None,
            Label::Field(field) => Some(field),
            Label::AllCitations => None,
        };
        let start = all.end() + (text[all.end()..].len() - text[all.end()..].trim_start().len());
        let end = match field {
            Some(
                Field::Authors | Field::FirstAuthors | Field::CorrespondingAuthors | Field::DomesticAuthors,
            ) => take_names(&mut notes, narrow, start, field),
            Some(Field::Citations | Field::SciCitations | Field::ImpactFactor) | None => {
                let Some(number) = NUMBER.find(&text[start..]) else { continue };
                let value =
                    narrow.slice(start..start + number.as_str().trim_end_matches(['.', ' ', '次']).len());
                match field {
                    Some(field) => notes.add(field, value),
                    None => notes.all_citations = Some(value),
                }
                start + number.end()
            }
            Some(field) => {
                let end = start + text[start..].find([';', ',', '。', ')']).unwrap_or(text.len() - start);
                notes.add(field, narrow.slice(start..end));
                end
            }
        };
        mask(&mut masked, word.start..end);
        done = end;
    }
    Some((notes, masked))
}

/// Where the label of `李明/通讯作者` begins, the first half of which is the end of the value before it.
fn without_value(text: &str, word: Range<usize>) -> Range<usize> {
    let parted = text[word.clone()].rsplit_once('/');
    match parted.filter(|(before, own)| label(before).is_none() && label(own).is_some()) {
        Some((before, _)) => word.start + before.len() + 1..word.end,
        None => word,
    }
}

/// Takes the names behind a label; they end where no name follows.
fn take_names(notes: &mut Notes, narrow: &Narrow<'_>, start: usize, field: Option<Field>) -> usize {
    let text = narrow.text();
    let Some(field) = field else { return start };
    let part_end = start + text[start..].find([';', '。', ')', '(']).unwrap_or(text.len() - start);
    match names::leading(text, start) {
        Some(list) if !goes_on(text, list.end) => {
            notes.add(field, joined(narrow, list.names.iter().map(|name| name.range.clone())));
            if field == Field::Authors {
                marked(notes, narrow, &list.names);
            }
            list.end
        }
        // A name that is not known as one: the part as it is printed.
        _ => {
            let end = names_end(text, start, part_end);
            notes.add(field, narrow.slice(start..end));
            end
        }
    }
}

/// Tells whether a list of names goes on behind those that were read: `陈一/他引4次` does not.
fn goes_on(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let behind = rest.strip_prefix('/').map(|rest| rest.split('/').next().unwrap_or_default().trim());
    let is_note = |part: &str| {
        part.contains(|c: char| c.is_ascii_digit()) && names::leading(part, 0).is_none()
            || INDEXED.is_match(part)
    };
    rest.starts_with('、') || behind.is_some_and(|part| !is_note(part))
}

/// Where names end that are not known as such: at the first comma where `、` parts them, or where a note follows.
fn names_end(text: &str, start: usize, end: usize) -> usize {
    // `蹇某. 他引12次`: no period abbreviates a name in Han.
    let dot = text[start..end].match_indices('.').find(|&(at, _)| text[..start + at].ends_with(is_han));
    let end = dot.map_or(end, |(at, _)| start + at);
    let mut commas = text[start..end].match_indices(',').map(|(at, _)| start + at);
    let first = commas.next().unwrap_or(end);
    if text[start..first].contains('、') {
        return first;
    }
    let is_note = |comma: usize| {
        let rest = &text[comma + 1..end];
        let part = rest[..rest.find(',').unwrap_or(rest.len())].trim();
        part.contains(|c: char| c.is_ascii_digit()) || CITED.is_match(part) || INDEXED.is_match(part)
    };
    std::iter::once(first).chain(commas).find(|&comma| comma < end && is_note(comma)).unwrap_or(end)
}

/// Takes the authors whose marks tell a role: `*` corresponding, `#` and `※` first, unless a legend
/// says otherwise.
pub(super) fn marked(notes: &mut Notes, narrow: &Narrow<'_>, list: &[names::Name]) {
    let text = narrow.text();
    let legend = |words: &Regex| words.captures(text).and_then(|found| found[1].chars().next());
    let corresponding = legend(&CORRESPONDING_LEGEND);
    let first = legend(&FIRST_LEGEND);
    let corresponding = corresponding.unwrap_or(if first == Some('*') { '#' } else { '*' });
    let bears = |name: &names::Name, role: Field| match role {
        Field::CorrespondingAuthors => {
            name.marks.contains(corresponding)
                || ["通讯", "通信", "orresponding"].iter().any(|word| name.marks.contains(word))
        }
        _ => {
            let mark = |c: char| c != corresponding && first.map_or("#※".contains(c), |first| c == first);
            name.marks.contains(mark) || name.marks.contains("第一")
        }
    };
    for role in [Field::CorrespondingAuthors, Field::FirstAuthors] {
        let of_role = list.iter().filter(|name| bears(name, role)).map(|name| name.range.clone());
        notes.add(role, joined(narrow, of_role));
    }
}

/// Reads the notes without a label behind a citation.
pub(super) fn unlabelled(notes: &mut Notes, narrow: &Narrow<'_>, masked: &str, from: usize) {
    let mut start = from;
    while start < masked.len() {
        let rest = &masked[start..];
        let ends = |at: usize, c: char| {
            let next = rest[at + c.len_utf8()..].chars().next();
            ",;。()[]/|".contains(c) || (c == '.' && next.is_none_or(|c| c.is_whitespace() || is_han(c)))
        };
        let end = rest.char_indices().find(|&(at, c)| ends(at, c) && !within_index(rest, at));
        let (end, next) =
            end.map_or((masked.len(), masked.len()), |(at, c)| (start + at, start + at + c.len_utf8()));
        start = match unlabelled_authors(notes, narrow, masked, start) {
            Some(end) => end,
            None => {
                note(notes, narrow, masked, start..end);
                next
            }
        };
    }
}

/// `SCIE/Medline收录` is one note.
fn within_index(text: &str, at: usize) -> bool {
    let before = text[..at].trim_start();
    text[at..].starts_with('/') && word_group("index").any(|word| word == before)
}

/// Takes the authors that are printed behind the citation, parted from it: `…/2019,35(4):211/陈一、李明`.
fn unlabelled_authors(notes: &mut Notes, narrow: &Narrow<'_>, masked: &str, from: usize) -> Option<usize> {
    if notes.has(Field::Authors) {
        return None;
    }
    // `作者陈一、李二`
    let at = masked.len() - masked[from..].trim_start().len();
    let role = word_group("authors").filter(|word| masked[at..].starts_with(word)).map(str::len).max();
    let list = names::leading(masked, at + role.unwrap_or(0))?;
    let parted = role.is_some() || masked[..from].ends_with(['/', ';', '|']);
    let ended = masked[list.end..].trim_start();
    let ends = ended.is_empty() || ended.starts_with([',', ';', '。', '/', ')', '.', '(']);
    if !ends || !(parted || list.names.len() >= 2) {
        return None;
    }
    notes.add(Field::Authors, joined(narrow, list.names.iter().map(|name| name.range.clone())));
    marked(notes, narrow, &list.names);
    Some(list.end)
}

pub(super) fn note(notes: &mut Notes, narrow: &Narrow<'_>, masked: &str, range: Range<usize>) {
    let printed = &masked[range.start..range.end];
    let part = printed.trim();
    let start = range.start + (printed.len() - printed.trim_start().len());
    let value = |found: regex::Match<'_>| narrow.slice(start + found.start()..start + found.end());
    if part.is_empty() || IGNORED.is_match(part) {
        return;
    }
    let authors = notes.fields.iter().find(|(field, _)| *field == Field::Authors);
    if let Some((field, names)) = bare_role(part, authors.map_or("", |(_, authors)| authors.text())) {
        let from = start + part.len() - names.len();
        let value = narrow.slice(from..start + part.len());
        return notes.add(field, value);
    }
    if let Some(found) = IMPACT.captures(part).and_then(|found| found.get(1)) {
        return notes.add(Field::ImpactFactor, value(found));
    }
    if let Some(found) = CITED.captures(part) {
        let by_others = found.name("others").is_some();
        if let Some(number) = found.name("number").map(value) {
            match by_others {
                true if found.name("sci").is_some() => notes.add(Field::SciCitations, number),
                true => notes.add(Field::Citations, number),
                false => notes.all_citations = Some(number),
            }
        }
        return;
    }
    if let Some(found) = INDEXED.captures(part).and_then(|found| found.get(1)) {
        return notes.add(Field::Database, value(found));
    }
    notes.unread += width(part);
}

/// `通讯作者陈一、李二`: names right behind what they are; one that is not known as such is known among the authors.
fn bare_role<'p>(part: &'p str, authors: &str) -> Option<(Field, &'p str)> {
    if !part.contains("作者") {
        return None;
    }
    for (group, field) in [
        ("corresponding_authors", Field::CorrespondingAuthors),
        ("first_authors", Field::FirstAuthors),
        ("authors", Field::Authors),
    ] {
        let names =
            word_group(group).filter_map(|word| part.strip_prefix(word)).min_by_key(|names| names.len());
        let names = names.map(|names| names.trim_start_matches([' ', '为', '是', ':']));
        let is_short = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
        let are_names = |names: &str| {
            let is_known = |name: &str| {
                names::whole(name, 0..name.len()).is_some()
                    || authors.split(['、', '；', ';', ',', '，']).any(|author| author.trim() == name)
            };
            names::whole(names, 0..names.len()).is_some()
                // `知情、同意` are none.
                || names.split('、').all(is_short)
                    && (names.split('、').any(is_known) || names.split('、').all(|name| name.chars().nth(2).is_some()))
        };
        if let Some(names) = names.filter(|names| are_names(names)) {
            return Some((field, names));
        }
    }
    None
}

fn label(word: &str) -> Option<Label> {
    let own = |group: &str| word_group(group).any(|known| known == word);
    for (group, field) in [
        ("corresponding_authors", Field::CorrespondingAuthors),
        ("first_authors", Field::FirstAuthors),
        ("authors", Field::Authors),
        ("citations", Field::Citations),
        ("impact_factor", Field::ImpactFactor),
        ("database", Field::Database),
        ("foreign_corresponding", Field::ForeignCorresponding),
        ("paper_title", Field::PaperTitle),
        ("journal", Field::Journal),
    ] {
        if own(group) {
            return Some(Label::Field(field));
        }
    }
    if own("all_citations") {
        return Some(Label::AllCitations);
    }
    let meanings = Lexicon::get().label(word);
    let known = meanings.iter().find(|(entity, _)| *entity == Entity::Paper).map(|&(_, field)| field);
    known.filter(|&field| field != Field::Number).map(Label::Field)
}

fn mask(text: &mut String, range: Range<usize>) {
    let blank = " ".repeat(range.len());
    text.replace_range(range, &blank);
}

#[expect(clippy::expect_used, reason = "the patterns are constant and compiled by every test")]
fn pattern(text: &str) -> Regex {
    let words = word_group("index").map(regex::escape).collect::<Vec<_>>().join("|");
    let index = format!("{}|{words}", index_phrases());
    Regex::new(&text.replace("INDEX", &index)).expect("the pattern is valid")
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[,;。.()\[\]、\s*#/])((?:\p{Han}|[A-Za-z0-9])(?:\p{Han}|[A-Za-z0-9/]){0,19}(?:\([^()]{1,12}\))?) ?(?:[:=]|为 ?:?)",
    )
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d[\d,]*(?:\.\d+)? ?次?"));
static IMPACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\bIF|影响因子|[Ii]mpact [Ff]actor)(?: ?\(?(?:19|20)\d\d年?\)?)? ?[:=为]? ?(\d{1,3}(?:\.\d+)?)(?: ?分)?$",
    )
});
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<sci>(?:SCI|WOS|Web of Science) ?)?\D{0,8}?(?:(?P<others>他引)|被引|引用|总引)用?(?:总?次数|频次)? ?[:为]? ?(?P<number>\d[\d,]*) ?次?$",
    )
});
static INDEXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:被|已被)?((?:INDEX)(?: ?[/、和及] ?(?:INDEX))*)(?: ?数据库)?(?: ?(?:收录|检索|期刊|源刊|论文|源期刊))*$",
    )
});
/// What has no field of its own, and is no running text.
static IGNORED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:doi\b|https?://|pmid|pmcid|issn|epub|online|eCollection|10\.\d{4,}|JCR|中科院|Q[1-4]\b|[*#※†]|[1-4一二三四] ?区|TOP期刊|ESI|PubMed PMID|\d{1,4}$)",
    )
});
static CORRESPONDING_LEGEND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"([*#※†△▲])[)\]]? ?(?:表示|代表|标注)?[者的]?[为:是]? ?(?:共同|并列)?(?:通[讯信]作者|[Cc]orresponding)",
    )
});
static FIRST_LEGEND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"([*#※†△▲])[)\]]? ?(?:表示|代表|标注)?[者的]?[为:是]? ?(?:共同|并列)?(?:第一作者|[Cc]o-first)")
});
