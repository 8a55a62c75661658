use std::ops::Range;

use super::{
    edges::{part_end, tidy},
    people::short_words,
    words::{
        BARE_DATE, BARE_LABEL, CATEGORY_PART, COUNTED, DATE, DATE_PART, HEAD, LABEL, Label, STATE_PART,
        label, words,
    },
};
use crate::{
    extract::{
        citation::joined, ip_number::numbers, lexicon::Field, listing::is_institution_name, names,
        narrow::Narrow,
    },
    text::{Passage, is_han},
};

/// Stands in the copy of a text where something was read; one byte, as places must not move.
pub(super) const DONE: char = '\u{1}';

/// What is known of a right by its form or by a label beside it.
pub(super) struct Facts {
    fields: Vec<(Field, Passage)>,
    /// The narrowed text with [`DONE`] over what was read.
    rest: String,
}

impl Facts {
    pub(super) fn read(narrow: &Narrow<'_>, from: usize) -> Self {
        let mut facts = Self { fields: Vec::new(), rest: narrow.text().to_owned() };
        let body = facts.head(narrow, from);
        let other = facts.labelled(narrow, body);
        facts.unlabelled_numbers(narrow, body);
        if let Some(other) = other {
            facts.add(Field::GrantNumber, other);
        }
        facts.bare_date(narrow, body);
        facts.parts(narrow, body);
        facts.words(narrow, body);
        facts
    }

    pub(super) fn get(&self, field: Field) -> Option<&Passage> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.get(field).is_some()
    }

    pub(super) fn add(&mut self, field: Field, value: Passage) {
        if !self.has(field) && !value.is_blank() {
            self.fields.push((field, value));
        }
    }

    /// The stretches that nothing was read from.
    pub(super) fn gaps(&self, from: usize) -> Vec<Range<usize>> {
        let mut gaps = Vec::new();
        let mut start = from;
        let ends = self.rest[from..].match_indices(DONE).map(|(at, _)| from + at).chain([self.rest.len()]);
        for end in ends {
            let gap = tidy(&self.rest, start..end);
            if !gap.is_empty() {
                gaps.push(gap);
            }
            start = (end + 1).min(self.rest.len());
        }
        gaps
    }

    /// The fields; where nobody but an owner is named, it is the holder.
    pub(super) fn finish(mut self) -> Vec<(Field, Passage)> {
        if !self.has(Field::Holders)
            && let Some((field, _)) = self.fields.iter_mut().find(|(field, _)| *field == Field::Owner)
        {
            *field = Field::Holders;
        }
        self.fields
    }

    fn done(&mut self, range: Range<usize>) {
        let done = DONE.to_string().repeat(range.len());
        self.rest.replace_range(range, &done);
    }

    /// Takes the category that the text opens with: `国家发明专利：…`, `美国发明专利 …`, `[发明专利]…`.
    fn head(&mut self, narrow: &Narrow<'_>, from: usize) -> usize {
        let Some(found) = HEAD.captures(&narrow.text()[from..]) else { return from };
        let range = |group| found.name(group).map(|part| from + part.start()..from + part.end());
        for (group, field) in [
            ("country", Field::Country),
            ("category", Field::IpCategory),
            ("bracketed_country", Field::Country),
            ("bracketed", Field::IpCategory),
            ("bracketed_number", Field::Number),
            ("number", Field::Number),
        ] {
            if let Some(range) = range(group) {
                self.add(field, narrow.slice(range));
            }
        }
        let end = range("certificate").or(range("bracketed").map(|part| part.start..part.end + 1));
        let end = end.map_or(from, |category| category.end);
        let after = range("after").map_or(end, |after| after.end);
        self.done(from..after);
        after
    }

    /// Takes what stands behind labels; returns the number of the application, where one is printed.
    fn labelled(&mut self, narrow: &Narrow<'_>, from: usize) -> Option<Passage> {
        let text = narrow.text();
        let mut labels: Vec<(usize, usize, Label)> = LABEL
            .captures_iter(text)
            .filter_map(|found| {
                let (all, word) = (found.get(0)?, found.get(1)?);
                (word.start() >= from || from == 0).then_some(())?;
                Some((word.start(), all.end(), label(word.as_str())?))
            })
            .collect();
        labels.extend(bare_labels(text, from));
        labels.sort_by_key(|&(start, ..)| start);
        let mut other = None;
        let mut done = 0;
        for (at, &(start, from, label)) in labels.iter().enumerate() {
            if start < done {
                continue;
            }
            let from = from + (text[from..].len() - text[from..].trim_start().len());
            let next = labels.get(at + 1).map_or(text.len(), |next| next.0);
            let end = self.value(narrow, label, from..next.max(from), &mut other);
            self.done(start..end);
            done = end;
        }
        other
    }

    /// Takes the value behind a label, which ends before the next label at the latest.
    fn value(
        &mut self,
        narrow: &Narrow<'_>,
        label: Label,
        range: Range<usize>,
        other: &mut Option<Passage>,
    ) -> usize {
        let text = &narrow.text()[..range.end];
        let value = &text[range.clone()];
        let part = range.start + part_end(value, &[';', ',', '。']);
        match label {
            Label::Field(Field::GrantNumber) | Label::OtherNumber => {
                let form = numbers(value).into_iter().find(|form| value[..form.start].trim().is_empty());
                let end = form.map_or(part, |form| range.start + form.end);
                let number = narrow.slice(range.start..end);
                match label {
                    Label::OtherNumber => *other = Some(number),
                    _ => self.add(Field::GrantNumber, number),
                }
                end
            }
            Label::Field(Field::GrantDate) | Label::OtherDate => {
                let end = DATE
                    .find(value)
                    .filter(|date| date.start() == 0)
                    .map_or(part, |date| range.start + date.end());
                if label != Label::OtherDate {
                    self.add(Field::GrantDate, narrow.slice(range.start..end));
                }
                end
            }
            Label::Field(field @ (Field::Holders | Field::Owner)) => self.people(narrow, field, range),
            Label::Field(Field::IpTitle) => {
                let number = numbers(value).first().map_or(value.len(), |number| number.start);
                let end = range.start + part_end(&value[..number], &[';', '。']);
                let title = tidy(text, range.start..end);
                self.add(Field::IpTitle, narrow.slice(title));
                end
            }
            Label::Field(field) => {
                if field == Field::IpCategory {
                    // `软件著作权4：…（类别：计算机软件著作权）`: what opens the text only numbers it.
                    self.fields.retain(|(known, _)| *known != field);
                }
                self.add(field, narrow.slice(range.start..part));
                part
            }
        }
    }

    /// Takes the names behind a label. A company among them is kept as it is printed.
    fn people(&mut self, narrow: &Narrow<'_>, field: Field, range: Range<usize>) -> usize {
        let text = &narrow.text()[..range.end];
        let part = range.start + part_end(&text[range.clone()], &[';', '。']);
        if let Some(list) = short_words(text, range.clone()) {
            let end = list.last().map_or(range.end, |word| word.end);
            self.add(field, joined(narrow, list.into_iter()));
            return end;
        }
        if let Some(list) = names::leading(text, range.start) {
            let rest = text[list.end..].trim_start();
            let ends = rest.trim_matches(|c: char| c.is_whitespace() || ",;。.)".contains(c)).is_empty();
            if ends || (list.end >= part || rest.starts_with([')', '.'])) && !rest.starts_with('、') {
                self.add(field, joined(narrow, list.names.iter().map(|name| name.range.clone())));
                return list.end;
            }
        }
        let value =
            text[range.start..part].trim_end_matches(|c: char| c.is_whitespace() || ",、.等".contains(c));
        let value = range.start..range.start + value.len();
        // What follows the comma may be no name: a number, a date, a category.
        let value = match text[value.clone()].find(',').map(|at| value.start + at) {
            Some(comma) if is_fact(&text[comma + 1..value.end]) => value.start..comma,
            _ => value,
        };
        let end = value.end;
        self.add(field, narrow.slice(value));
        end
    }

    fn unlabelled_numbers(&mut self, narrow: &Narrow<'_>, from: usize) {
        for number in numbers(&self.rest[from..]) {
            let number = from + number.start..from + number.end;
            self.add(Field::GrantNumber, narrow.slice(number.clone()));
            // `专利号ZL…`
            let before = self.rest[..number.start].trim_end().len();
            let word =
                words("grant_number").filter(|word| self.rest[..before].ends_with(word)).map(str::len).max();
            self.done(word.map_or(number.start, |word| before - word)..number.end);
        }
    }

    fn bare_date(&mut self, narrow: &Narrow<'_>, from: usize) {
        let found = BARE_DATE.captures(&self.rest[from..]);
        let Some((all, date)) = found.and_then(|found| Some((found.get(1)?.range(), found.get(2)?.range())))
        else {
            return;
        };
        self.add(Field::GrantDate, narrow.slice(from + date.start..from + date.end));
        self.done(from + all.start..from + all.end);
    }

    /// Takes dates, categories, countries and states that stand by themselves between commas.
    fn parts(&mut self, narrow: &Narrow<'_>, from: usize) {
        let copy = self.rest.clone();
        let mut start = from;
        let breaks = copy[from..].char_indices().filter(|&(at, c)| {
            let next = copy[from + at + c.len_utf8()..].chars().next();
            let is_dash = || copy[..from + at].ends_with([' ', '-']) && matches!(next, Some(' ' | '-'));
            ",;。:()[]、".contains(c)
                || c == '-' && is_dash()
                || c == DONE
                || (c == '.' && !next.is_some_and(|c| c.is_ascii_digit()))
        });
        let breaks: Vec<(usize, char)> =
            breaks.map(|(at, c)| (from + at, c)).chain([(copy.len(), ' ')]).collect();
        for (end, c) in breaks {
            self.part(narrow, &copy, start..end);
            start = (end + c.len_utf8()).min(copy.len());
        }
    }

    /// Takes categories, countries and dates that blanks alone part from a title: `一种装置 发明专利 2021-01-05 陈一`.
    fn words(&mut self, narrow: &Narrow<'_>, from: usize) {
        if self.has(Field::IpCategory) && self.has(Field::GrantDate) && self.has(Field::Country) {
            return;
        }
        let copy = self.rest.clone();
        let mut start = from;
        for word in copy[from..].split_inclusive([' ', DONE]) {
            let range = start..start + word.trim_end_matches([' ', DONE]).len();
            start += word.len();
            let word = &copy[range.clone()];
            let may_be = (4..=30).contains(&word.len()) && (range.start > from || range.end < copy.len());
            let field = match may_be.then(|| CATEGORY_PART.captures(word)).flatten() {
                Some(found) if found.name("only").is_some() => Field::Country,
                Some(_) => Field::IpCategory,
                None if may_be && DATE_PART.is_match(word) => Field::GrantDate,
                None => continue,
            };
            if !self.has(field) {
                self.part(narrow, &copy, range);
            }
        }
    }

    fn part(&mut self, narrow: &Narrow<'_>, text: &str, range: Range<usize>) {
        let part = text[range.clone()].trim();
        if part.is_empty() {
            return;
        }
        // `ZL202010123456.7 陈一 2022-06-07`
        let last = part.rfind(' ').map_or(0, |at| at + 1);
        let is_last = last > 0 && part[last..].starts_with(|c: char| c.is_ascii_digit());
        if is_last && DATE.find(&part[last..]).is_some_and(|date| date.range() == (0..part.len() - last)) {
            let start = range.end - (text[range.clone()].trim_start().len() - last);
            self.add(Field::GrantDate, narrow.slice(start..range.end));
            self.done(start..range.end);
            return;
        }
        if let Some(found) = DATE_PART.captures(part).and_then(|found| found.get(1)) {
            let start = range.start + (text[range.clone()].len() - text[range.clone()].trim_start().len());
            self.add(Field::GrantDate, narrow.slice(start + found.start()..start + found.end()));
        } else if let Some(found) = CATEGORY_PART.captures(part) {
            let start = range.start + (text[range.clone()].len() - text[range.clone()].trim_start().len());
            for (group, field) in
                [("country", Field::Country), ("only", Field::Country), ("category", Field::IpCategory)]
            {
                if let Some(found) = found.name(group) {
                    self.add(field, narrow.slice(start + found.start()..start + found.end()));
                }
            }
        } else if !STATE_PART.is_match(part) {
            return;
        }
        self.done(range);
    }
}

/// Labels that no colon parts from their value: `发明人陈一、李明`, `权利人甲医院`.
fn bare_labels(text: &str, from: usize) -> impl Iterator<Item = (usize, usize, Label)> + '_ {
    BARE_LABEL.captures_iter(&text[from..]).filter_map(move |found| {
        let word = found.get(1)?;
        let (start, end) = (from + word.start(), from + word.end());
        let value = &text[end..];
        let part = value[..part_end(value, &[';', ',', '。'])].trim();
        let label = label(word.as_str())?;
        let is_value = match label {
            Label::Field(Field::Owner) => is_institution_name(part),
            _ => {
                let names_all = names::leading(text, end).is_some_and(|list| {
                    let rest = text[list.end..].trim_start();
                    rest.is_empty() || rest.starts_with([',', ';', ')', '。', '.'])
                });
                names_all || is_institution_name(part) || are_names(part)
            }
        };
        is_value.then_some((start, end, label))
    })
}

/// Several short Han words, of which one is known as a name: `其木格娜仁、陈一`.
fn are_names(part: &str) -> bool {
    let words = || part.split('、').map(str::trim);
    let count = |word: &str| word.chars().count();
    words().count() >= 2
        && words().all(|word| (2..=6).contains(&count(word)) && word.chars().all(is_han))
        && words().any(|word| count(word) <= 4 && names::has_family_name(word))
}

/// Tells whether a part of a paragraph, between semicolons, opens another right.
pub(super) fn opens_item(text: &str, range: Range<usize>) -> bool {
    let part = text[range].trim_start();
    let (_, body) = crate::extract::citation::enumerator(part);
    if body > 0 || HEAD.is_match(part) {
        return true;
    }
    let labelled = LABEL.captures(part).is_some_and(|found| {
        found.get(1).is_some_and(|word| {
            word.start() == 0
                && label(word.as_str()).is_some_and(|label| label != Label::Field(Field::IpTitle))
        })
    });
    let Some(number) = numbers(part).into_iter().next() else { return false };
    let before = part[..number.start].trim_matches(|c: char| c.is_whitespace() || ",:(《》".contains(c));
    !labelled && crate::text::width(before) >= 8
}

/// Tells whether a text speaks about rights rather than naming one.
pub(super) fn is_prose(title: &str) -> bool {
    words("prose").any(|word| title.contains(word)) || COUNTED.is_match(title) || title.contains('。')
}

/// Tells whether a part says when or of what kind a right is, or its number.
pub(super) fn is_fact(text: &str) -> bool {
    let first = text.split([',', '、']).next().unwrap_or(text).trim();
    DATE_PART.is_match(first)
        || CATEGORY_PART.is_match(first)
        || numbers(first).first().is_some_and(|at| at.start == 0)
}
