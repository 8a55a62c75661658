use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

use super::{
    credit::{credited_claims, listed_claims},
    entry::Entry,
    enumerator::strip_enumerator,
    evidence::{evidence, evidence_tokens},
    lexicon::Field,
    name_list::split_list,
    sentence::is_post,
    value::{Taker, is_title, numbered_by_order, repair_name, repair_title, without_han_spaces},
};
use crate::{
    domain::{Contributor, Institution, Printed, Provenance, Warning},
    text::{FoldedText, Passage, fold_key, is_han, parse_integer},
};

/// Understands the contributors (完成人) of a dossier that defines so many claims.
pub(super) fn contributors(
    entries: &[Entry],
    claims: usize,
    warnings: &mut Vec<Warning>,
) -> Vec<Contributor> {
    let named = entries.iter().filter(|entry| entry.has(Field::Name));
    let mut contributors: Vec<Contributor> =
        named.enumerate().map(|(at, entry)| contributor(at, entry, claims, warnings)).collect();
    // One candidate alone has no rank.
    if contributors.len() > 1 {
        numbered_by_order(contributors.iter_mut().map(|contributor| &mut contributor.rank));
    }
    contributors
}

fn contributor(at: usize, entry: &Entry, defined: usize, warnings: &mut Vec<Warning>) -> Contributor {
    let entry = &*rejoined(entry);
    let mut provenance = Provenance::default();
    let mut take = Taker { path: format!("contributors[{at}]"), provenance: &mut provenance, warnings };
    let name =
        take.repaired("name", entry.get(Field::Name), "name-repaired", repair_name).unwrap_or_default();
    let rank = rank(&mut take, entry);
    let employer = take.repaired("employer", entry.get(Field::Employer), "space-removed", without_han_spaces);
    let institution = completing_institution(&mut take, entry.get(Field::Institution), employer.as_deref());
    let mixed = entry.get(Field::Titles).filter(|cell| !entry.has(Field::Post) && holds_post(cell));
    let both = mixed.or(entry.get(Field::PostTitles));
    let (own_titles, own_post) = both.map(post_and_titles).unwrap_or_default();
    let own = entry.get(Field::Titles).filter(|_| mixed.is_none());
    let titles = titles(&mut take, own.or(own_titles.as_ref()));
    let post = entry.get(Field::Post).or(own_post.as_ref());
    let post = take.repaired("post", post, "space-removed", without_han_spaces);
    let contribution = take.text("contribution", entry.get(Field::Contribution));
    let (claims, mut tokens) = credits(&mut take, entry, defined);
    for token in entry.get(Field::Evidence).map(evidence_tokens).unwrap_or_default() {
        take.provenance.place("evidence", &token);
        tokens.push(token.text().to_owned());
    }
    Contributor {
        rank,
        name,
        institution,
        employer,
        titles,
        post,
        contribution,
        claims,
        evidence: tokens,
        provenance,
    }
}

/// What somebody did in one paragraph, where a line has ended within a sentence: `对创新⏎点1作出贡献`.
fn rejoined(entry: &Entry) -> Cow<'_, Entry> {
    let Some(value) = entry.get(Field::Contribution).filter(|value| value.text().contains('\n')) else {
        return Cow::Borrowed(entry);
    };
    let mut whole = Passage::default();
    for line in value.split(|c| c == '\n') {
        let goes_on = whole.text().ends_with(|c: char| is_han(c) || "，、,".contains(c))
            && line.text().starts_with(is_han)
            && strip_enumerator(line.text()).len() == line.text().trim().len();
        if goes_on {
            whole.append_wrapped(&line);
        } else {
            whole.append("\n", &line);
        }
    }
    let mut entry = entry.clone();
    entry.replace(Field::Contribution, whole);
    Cow::Owned(entry)
}

/// Understands the completing institutions (完成单位), likewise.
pub(super) fn institutions(
    entries: &[Entry],
    claims: usize,
    warnings: &mut Vec<Warning>,
) -> Vec<Institution> {
    let named = entries.iter().filter(|entry| entry.has(Field::InstitutionName));
    let mut institutions: Vec<Institution> =
        named.enumerate().map(|(at, entry)| institution(at, entry, claims, warnings)).collect();
    numbered_by_order(institutions.iter_mut().map(|institution| &mut institution.rank));
    institutions
}

fn institution(at: usize, entry: &Entry, defined: usize, warnings: &mut Vec<Warning>) -> Institution {
    let mut provenance = Provenance::default();
    let mut take = Taker { path: format!("institutions[{at}]"), provenance: &mut provenance, warnings };
    let (name, place) = entry.get(Field::InstitutionName).map(ranked_name).unwrap_or_default();
    let name = without_latin_name(&name);
    let name = take.repaired("name", Some(&name), "space-removed", without_han_spaces).unwrap_or_default();
    let rank = match place.filter(|_| !entry.has(Field::Rank)) {
        Some(place) => rank_of(&mut take, &place),
        None => rank(&mut take, entry),
    };
    let contribution = take.text("contribution", entry.get(Field::Contribution));
    let (claims, _) = credits(&mut take, entry, defined);
    Institution { rank, name, contribution, claims, provenance }
}

/// Parts `甲医院（第1完成单位）`.
fn ranked_name(name: &Passage) -> (Passage, Option<Passage>) {
    static PLACE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let number = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}";
        Regex::new(&format!(
            r"\s*[（(]\s*(?:(?:(?:排名|排序|位次)\s*[:：]?)?\s*第?\s*({number})\s*(?:主要)?(?:完成)?(?:单位)?|牵头单位|主持单位|主要完成单位|协作单位|参与单位|参加单位)\s*[）)]\s*$"
        ))
        .ok()
    });
    let Some(found) = PLACE.as_ref().and_then(|place| place.captures(name.text())) else {
        return (name.clone(), None);
    };
    let end = found.get(0).map_or(name.text().len(), |all| all.start());
    (name.slice(0..end), found.get(1).map(|place| name.slice(place.range())))
}

/// `甲大学（Jia University）`: a name that is printed in Latin letters besides.
fn without_latin_name(name: &Passage) -> Passage {
    let text = name.text().trim_end();
    let Some(open) = text.rfind(['（', '(']).filter(|_| text.ends_with(['）', ')'])) else {
        return name.clone();
    };
    let letters = text[open..].chars().filter(char::is_ascii_alphabetic).count();
    let is_latin = letters >= 6 && !text[open..].contains(is_han) && text[..open].contains(is_han);
    if is_latin { name.slice(0..open).trimmed() } else { name.clone() }
}

/// `1`, `第2`, `第三完成人`.
fn rank(take: &mut Taker<'_>, entry: &Entry) -> Option<u32> {
    let printed =
        entry.get(Field::Rank).filter(|rank| !rank.is_blank()).or_else(|| entry.get(Field::Number))?;
    rank_of(take, printed)
}

fn rank_of(take: &mut Taker<'_>, printed: &Passage) -> Option<u32> {
    let marks = |c: char| c.is_whitespace() || "第名位完成人单位候选（）()、.．".contains(c);
    let number = printed.trimmed_matches(marks);
    // `①` folds to `(1)`.
    let folded = FoldedText::new(number.text());
    let value =
        parse_integer(folded.text().trim_matches(['(', ')'])).and_then(|value| u32::try_from(value).ok());
    match value {
        Some(_) => take.provenance.place("rank", &number),
        None if printed.is_blank() => {}
        None => take.doubt("rank", printed.text(), "is not a number"),
    }
    value
}

fn credits(take: &mut Taker<'_>, entry: &Entry, defined: usize) -> (Vec<u32>, Vec<String>) {
    let (mut claims, mut tokens) = (Vec::new(), Vec::new());
    if let Some(cell) = entry.get(Field::CreditedClaims) {
        let (numbers, places) = listed_claims(cell, defined);
        places.iter().for_each(|place| take.provenance.place("claims", place));
        claims.extend(numbers);
    }
    if let Some(text) = entry.get(Field::Contribution) {
        let (numbers, places) = credited_claims(text, defined);
        places.iter().for_each(|place| take.provenance.place("claims", place));
        claims.extend(numbers);
        tokens = evidence(text);
        tokens.iter().for_each(|token| take.provenance.place("evidence", token));
    }
    claims.sort_unstable();
    claims.dedup();
    (claims, tokens.iter().map(|token| token.text().to_owned()).collect())
}

/// 专业技术职称: each once, wrapped ones repaired.
fn titles(take: &mut Taker<'_>, cell: Option<&Passage>) -> Vec<String> {
    let Some(cell) = cell else { return Vec::new() };
    let parts = cell.split(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '/' | '／'));
    let parts = parts.iter().flat_map(whole_lines);
    let parts = parts.filter(|part| !matches!(part.text(), "无" | "無"));
    let parts: Vec<Passage> = parts.flat_map(|part| two_titles(&part).unwrap_or(vec![part])).collect();
    parts.iter().for_each(|part| take.provenance.place("titles", part));
    let printed: Vec<String> = parts.iter().map(|part| part.text().to_owned()).collect();
    let mut titles: Vec<String> = Vec::new();
    for title in printed.iter().map(|title| repair_title(title)) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    if titles != printed {
        let message = format!("'{}' is read as '{}'", printed.join(","), titles.join(","));
        take.warn("title-repaired", "titles", &message);
        take.provenance.repaired("titles", Printed::List(printed));
    }
    titles
}

/// The lines of a part, where a line end has not cut a title: `副主任⏎医师`, `教⏎授`.
fn whole_lines(part: &Passage) -> Vec<Passage> {
    let mut whole: Vec<Passage> = Vec::new();
    for line in part.split(|c| c == '\n') {
        match whole.last_mut() {
            Some(last) if !is_title(last.text()) && is_title(&format!("{}{}", last.text(), line.text())) => {
                last.append("", &line);
            }
            _ => whole.push(line),
        }
    }
    whole
}

/// `主任医师 教授`, `主任医师教授`
fn two_titles(part: &Passage) -> Option<Vec<Passage>> {
    let text = part.text();
    if is_title(text) || text.len() > 60 {
        return None;
    }
    let at = text.char_indices().map(|(at, _)| at).skip(1).find(|&at| {
        let (first, second) = text.split_at(at);
        is_title(&without_han_spaces(first.trim())) && is_title(&without_han_spaces(second.trim()))
    })?;
    Some(vec![part.slice(0..at).trimmed(), part.slice(at..text.len()).trimmed()])
}

/// `主任医师/院长` among the titles: a title, a post, and nothing else.
fn holds_post(cell: &Passage) -> bool {
    let parts = cell.split(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '/' | '／'));
    let is_known = |part: &Passage| is_title(part.text()) || is_post(part.text());
    parts.iter().all(is_known)
        && parts.iter().any(|part| is_title(part.text()))
        && parts.iter().any(|part| !is_title(part.text()) && part.text().chars().count() > 1)
}

/// Parts a cell that holds the titles and the post, in any order.
fn post_and_titles(cell: &Passage) -> (Option<Passage>, Option<Passage>) {
    let (mut titles, mut post) = (Passage::default(), Passage::default());
    for part in cell
        .split(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '/' | '／' | '\n' | '（' | '）' | '(' | ')'))
    {
        let list = if is_title(&repair_title(part.text())) { &mut titles } else { &mut post };
        list.append("、", &part);
    }
    (Some(titles).filter(|titles| !titles.is_blank()), Some(post).filter(|post| !post.is_blank()))
}

/// 完成单位: where the cell holds an address beside the institution, the part that is also printed as
/// the employer is the institution.
fn completing_institution(
    take: &mut Taker<'_>,
    cell: Option<&Passage>,
    employer: Option<&str>,
) -> Option<String> {
    let cell = cell?;
    // `同工作单位`
    if matches!(cell.text().trim(), "同工作单位" | "同上" | "同左" | "同前" | "同单位" | "同现工作单位")
        && let Some(employer) = employer
    {
        take.provenance.place("institution", cell);
        let printed = cell.text().to_owned();
        take.warn("same-read", "institution", &format!("'{printed}' is read as '{employer}'"));
        take.provenance.repaired("institution", Printed::Text(printed));
        return Some(employer.to_owned());
    }
    let parts = split_list(cell);
    let same = |part: &&Passage| employer.is_some_and(|name| fold_key(part.text()) == fold_key(name));
    if parts.len() == 2
        && parts.iter().any(|part| is_address(part.text()))
        && let Some(institution) = parts.iter().find(same)
    {
        take.provenance.place("institution", cell);
        let printed = cell.text().to_owned();
        take.warn("address-removed", "institution", &format!("'{printed}' holds an address"));
        take.provenance.repaired("institution", Printed::Text(printed));
        return Some(institution.text().to_owned());
    }
    take.repaired("institution", Some(cell), "space-removed", without_han_spaces)
}

/// A street and a number: 路, 街, 道 or 巷 before 号.
fn is_address(text: &str) -> bool {
    text.ends_with(['号', '楼', '室'])
        && text.contains(['路', '街', '道', '巷'])
        && text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_an_institution_may_stand_behind_its_name() {
        for (printed, rank) in [
            ("甲医院（第2完成单位）", Some("2")),
            ("甲医院（排名 2）", Some("2")),
            ("甲医院（排序：第二）", Some("二")),
            ("甲医院（牵头单位）", None),
        ] {
            let (name, place) = ranked_name(&Passage::new(printed, 0));
            assert_eq!((name.text(), place.as_ref().map(Passage::text)), ("甲医院", rank), "{printed}");
        }
    }

    #[test]
    fn a_post_may_stand_among_the_titles() {
        for (printed, post, titles, want) in [
            ("主任医师/院长", None, &["主任医师"][..], Some("院长")),
            ("主任医师、教授", None, &["主任医师", "教授"], None),
            ("主任护师,硕导", None, &["主任护师", "硕导"], None),
            ("教授/院长", Some("科主任"), &["教授", "院长"], Some("科主任")),
        ] {
            let mut entry = Entry::default();
            entry.add(Field::Name, &Passage::new("陈一", 0));
            entry.add(Field::Titles, &Passage::new(printed, 100));
            if let Some(post) = post {
                entry.add(Field::Post, &Passage::new(post, 200));
            }
            let read = contributors(&[entry], 0, &mut Vec::new()).remove(0);
            assert_eq!(
                (read.titles, read.post.as_deref()),
                (titles.iter().map(|t| (*t).to_owned()).collect(), want)
            );
        }
    }

    #[test]
    fn lines_that_end_within_a_sentence_go_on() {
        for (printed, whole, claims) in [
            (
                "提出方案，对创新\n点1、2作出贡献。\n见论\n文1。",
                "提出方案，对创新点1、2作出贡献。\n见论文1。",
                &[1, 2][..],
            ),
            ("提出方案\n二、完成试验", "提出方案\n二、完成试验", &[]),
        ] {
            let mut entry = Entry::default();
            entry.add(Field::Name, &Passage::new("陈一", 0));
            entry.add(Field::Contribution, &Passage::new(printed, 100));
            let told = contributors(&[entry], 3, &mut Vec::new());
            assert_eq!(told[0].contribution.as_deref(), Some(whole));
            assert_eq!(told[0].claims, claims);
        }
    }
}
