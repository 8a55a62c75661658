//! Records printed as sentences: people and institutions whose fields stand between commas.

mod bracket;
mod facts;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

pub(super) use self::facts::{RANK_WORDS, facts, is_post};
use self::{
    bracket::{bracketed, noted_name, other_name_end, unclosed},
    facts::{head_parted, institution_end},
};
use super::{
    lexicon::{Entity, Field, Lexicon},
    listing::{self, is_institution_name, is_person_name},
    names::has_family_name,
    spaced::gaps,
    value::is_title,
};
use crate::text::{Passage, boundary, is_han, is_wider, parse_integer, simplified};

/// How the head of such a sentence gives the name and the rank, the most explicit first.
struct Heads {
    /// `1．李明，排名第1，`
    ranked: Regex,
    /// `第一完成人：李明，`
    ordinal: Regex,
    /// `候选人1：李明`
    counted: Regex,
    /// `1．李明，主任医师，` and `1．李明（主任医师，甲医院）`
    numbered: Regex,
    /// `甲医院是本项目的第一完成单位，`
    nth: Regex,
    contribution: Regex,
    /// `承担的主要工作：`
    work: Regex,
    /// What a part says that is no fact but already the contribution.
    deed: Regex,
}

#[expect(clippy::expect_used, reason = "literal patterns")]
static HEADS: LazyLock<Heads> = LazyLock::new(|| {
    let number = r"(?:\d{1,2}|[０-９]{1,2}|[一二三四五六七八九十]{1,3})";
    let new = |pattern: &str| Regex::new(pattern).expect("a literal pattern");
    Heads {
        ranked: new(&format!(
            r"^\s*(?:{number}\s*[．.、]|[（(]{number}[）)]|[Nn][Oo]\.?\s*{number})?\s*(?P<name>[^，,。；;：:（）()]{{2,60}}?(?:[（(][^（）()]*[）)][^，,。；;：:（）()]*)?)\s*[，,；;（(]\s*(?:(?:排名|排序|位次)\s*[:：]?\s*第?\s*(?P<rank>{number})\s*[名位]?|第\s*(?P<place>{number})\s*(?:主要)?(?:完成人|完成单位|候选人))\s*(?:[，,。；;）)]|$)"
        )),
        ordinal: new(&format!(
            r"^\s*[（(【]?第\s*(?P<rank>{number})\s*(?:主要)?(?:完成人|候选人|完成单位|参与单位)[）)】]?\s*[:：，,]?\s*(?P<name>[^，,。；;：:]{{2,60}}?(?:[（(][A-Za-z][^（）()]{{2,80}}[）)])?)\s*(?P<mark>[，,。；;：:]|$)"
        )),
        counted: new(&format!(
            r"^\s*(?:主要)?(?:完成人|候选人|成员|完成单位|候选单位|参与单位|单位)\s*(?P<rank>{number})\s*[:：]\s*(?P<name>[^，,。；;：:]{{2,60}}?)\s*(?:[，,。；;]|$)"
        )),
        numbered: new(&format!(
            r"^\s*(?:[（(]?(?P<rank>{number})\s*[．.、）)]|(?P<ring>[①-⑳])\s*[．.、]?|(?:[Nn][Oo]\.?|№)\s*(?P<place>{number})\s*[．.、:：]?)\s*(?P<name>[^，,。；;：:（）()]{{2,60}}?(?:[（(][^（）()]{{1,12}}[）)][^，,。；;：:（）()]+)?)\s*(?P<mark>[，,。；;：:（(/／—]|$)"
        )),
        nth: new(&format!(
            r"^\s*(?P<name>[^，,。；;：:（）()]{{2,60}}?)\s*(?:是|为|作为)(?:本)?(?:项目|成果)?的?第\s*(?P<rank>{number})\s*(?:主要)?(?:完成人|完成单位|参与单位)\s*(?:[，,。；;]|$)"
        )),
        contribution: new(
            r"(?:对[^，,。；：:]{0,30}|(?:主要|创造性|学术|技术|科技|实质性|突出|具体|个人|本人|工作|科学)*)贡献(?:情况|内容|说明|简述)?\s*[:：]",
        ),
        work: new(
            r"(?:本人|个人)?(?:在(?:本)?项目中)?(?:所?承担|参与|负责|所做|完成|具体|主要|所起)*的?(?:主要|具体)?(?:工作|任务|作用)(?:内容|情况)?(?:(?:及|和|与|、|以及)(?:主要|创造性|学术|具体|个人)*贡献)?\s*[:：]",
        ),
        deed: new(
            r"^(?:对|为|在|是|参与|参加|负责|主持|承担|完成|提出|协助|组织|指导|全面|主要(?:参与|负责|从事|完成)|作为|牵头|项目(?:负责|总|主)|提供|设计|建立|开展|本项目|研制|(?:研|开)发(?:[^中部总人区办经工主]|主[^管任])|揭示|阐明|构建|制定|编写|撰写|统筹|创建|创立|首创)",
        ),
    }
});

/// Reads a record printed as a sentence: `1．李明，排名第1，主任医师，科主任，工作单位：甲医院，完成单位：甲医院。
/// 对本项目主要科技创新的贡献：…`, `第一完成单位：甲医院。主要贡献：…`.
pub(super) fn sentence(text: &Passage, entity: Entity) -> Option<Vec<(Field, Passage)>> {
    let heads = &*HEADS;
    let name_field = match entity {
        Entity::Contributor => Field::Name,
        Entity::Institution => Field::InstitutionName,
        _ => return None,
    };
    let line = simplified(text.text());
    let line = &*head_parted(&line).map_or(line, Cow::Owned);
    // Few lines hold the words that these patterns need.
    let begins = line.trim_start();
    let certain = [
        (&heads.ranked, RANK_WORDS.iter().chain(&["完成人", "完成单位"]).any(|word| line.contains(word))),
        (&heads.ordinal, begins.trim_start_matches(['（', '(', '【']).starts_with('第')),
        (&heads.nth, ["完成人", "完成单位", "参与单位"].iter().any(|word| line.contains(word))),
        (&heads.counted, begins.starts_with(['主', '完', '候', '成', '参', '单'])),
    ];
    let certain = certain.into_iter().filter(|(_, may)| *may).find_map(|(head, _)| head.captures(line));
    // `候选人为本项目第一完成人，…` goes on about somebody who was named before.
    let certain = certain.filter(|head| head.name("name").is_none_or(|name| !is_reference(name.as_str())));
    // `第二完成单位甲医院：负责…`, and no `第二完成单位贡献：…`.
    let certain = certain.filter(|head| {
        let name = head.name("name").map_or("", |name| name.as_str());
        let told = head.name("mark").is_some_and(|mark| matches!(mark.as_str(), "：" | ":"));
        !told || if entity == Entity::Institution { is_institution_name(name) } else { is_person_name(name) }
    });
    let head = match certain {
        Some(head) => head,
        None => heads.numbered.captures(line).filter(|head| is_numbered(head, line, entity))?,
    };
    let (all, name, rank) =
        (head.get(0)?, head.name("name")?, head.name("rank").or(head.name("place")).or(head.name("ring"))?);
    let mut fields = vec![(name_field, text.slice(name.range()))];
    fields.push((Field::Rank, text.slice(rank.range())));
    // `陈一（甲医院，教授），排名第一，负责…`
    if let Some((bare, said)) =
        (entity == Entity::Contributor).then(|| noted_name(&text.slice(name.range()))).flatten()
    {
        fields[0].1 = bare;
        fields.extend(said);
    }
    if let Some(end) = (entity == Entity::Institution).then(|| other_name_end(line, name.end())).flatten() {
        fields[0].1 = text.slice(name.start()..end);
    }
    // `第一完成单位甲医院负责…`: nothing parts the name from what the institution did.
    if let Some(at) = (entity == Entity::Institution).then(|| deed_at(name.as_str())).flatten() {
        let from = name.start() + at;
        fields[0].1 = text.slice(name.start()..from).trimmed();
        fields.push((Field::Contribution, text.slice(from..line.len()).trimmed()));
        return Some(fields);
    }
    // `第一完成人：陈一（甲医院，教授），负责…`: the comma within the bracket has ended the name.
    let from = match (entity == Entity::Contributor).then(|| unclosed(name.as_str())).flatten() {
        Some((at, c)) => {
            fields[0].1 = text.slice(name.start()..name.start() + at).trimmed();
            name.start() + at + c.len_utf8()
        }
        None => all.end(),
    };
    let rest = text.slice(from..line.len());
    // `李明（排名1，教授，…）`: the bracket that the head opened closes the record.
    let in_bracket = all.as_str().trim_end_matches(|c: char| c.is_whitespace()).contains(['（', '('])
        && rest.text().matches(['）', ')']).count() > rest.text().matches(['（', '(']).count();
    let (rest, behind) = match in_bracket.then(|| bracketed(&rest)) {
        // `陈一 (Chen Yi), 甲医院, 教授`
        Some((latin, behind)) if !latin.text().contains(is_han) => (behind, Passage::default()),
        Some(parts) => parts,
        None => (rest, Passage::default()),
    };
    if !behind.is_blank() {
        fields.extend(facts(&rest, entity).into_iter().filter(|(field, _)| *field != Field::Contribution));
        let said = facts(&behind, entity).into_iter().find(|(field, _)| *field == Field::Contribution);
        let labelled = contribution_label(&simplified(behind.text())).is_some_and(|label| label.start == 0);
        fields.push(said.filter(|_| labelled).unwrap_or((Field::Contribution, behind)));
        return Some(fields);
    }
    // `1．甲医院：牵头单位，负责…`: all that follows says what it did, where no label parts it.
    let is_mark = |c: char| matches!(c, ':' | '：' | '/' | '／' | '—');
    let opens_with_mark = rest.text().trim_start().starts_with(is_mark)
        || head.name("mark").is_some_and(|mark| mark.as_str().starts_with(is_mark));
    let named_colon = entity == Entity::Institution
        && opens_with_mark
        && contribution_label(&simplified(rest.text())).is_none();
    if named_colon {
        fields.push((Field::Contribution, rest.trimmed_matches(|c| c.is_whitespace() || is_mark(c))));
    } else {
        fields.extend(facts(&rest, entity));
    }
    Some(fields)
}

/// `1. 陈一　｜　教授　｜　工作单位：甲医院`, `1. 甲医院 | 组织实施`: a line whose facts are parted by bars, with commas in their
/// place, and a colon behind the name of an institution.
pub(super) fn without_bars(text: &Passage, entity: Entity) -> Option<Passage> {
    const BARS: [char; 4] = ['|', '｜', '丨', '│'];
    let line = text.text();
    let bars = line.matches(BARS).count();
    let (fewest, behind_name) = if entity == Entity::Institution { (1, "：") } else { (2, "，") };
    let name = line.split(BARS).next().unwrap_or_default();
    if bars < fewest || name.trim().is_empty() || name.contains(['，', ',', '：', ':', '。']) {
        return None;
    }
    let mut out = Passage::default();
    for (at, part) in text.split(|c| BARS.contains(&c)).iter().enumerate() {
        out.append(if at == 1 { behind_name } else { "，" }, part);
    }
    Some(out)
}

/// The rank that a bracket behind a name prints: `1/7` is the first of seven, or `第1候选人`.
fn rank_in_bracket(text: &Passage) -> Option<Passage> {
    if let Some((Entity::Contributor, rank)) = ordinal_heading(text) {
        return Some(rank);
    }
    let (rank, count) = text.text().split_once(['/', '／'])?;
    let (number, count) = (parse_integer(rank)?, parse_integer(count)?);
    (1..=count).contains(&number).then(|| text.slice(0..rank.len()).trimmed())
}

/// Reads a person's record that no number opens: `陈一，男，教授，甲医院院长，项目第一完成人。提出…`,
/// `陈一（甲医院，教授）：提出…`, `陈一：甲医院，教授，提出…`.
pub(super) fn unnumbered(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    let line = text.text();
    let head = &line[..boundary(line, 60)];
    let (at, mark) = head.char_indices().find(|&(_, c)| matches!(c, '，' | ',' | '（' | '(' | '：' | ':'))?;
    let name = text.slice(0..at).trimmed();
    let rest = text.slice(at + mark.len_utf8()..line.len());
    if matches!(mark, '（' | '(') {
        let (inner, behind) = bracketed(&rest);
        // `陈一（1/7）教授，甲医院`: the rank among so many.
        if let Some(rank) = rank_in_bracket(&inner).filter(|_| is_person_name(name.text())) {
            let parts = gaps(&behind);
            let said: Vec<_> = parts.iter().flat_map(|part| facts(part, Entity::Contributor)).collect();
            let is_told = said.iter().any(|(field, _)| matches!(field, Field::Titles | Field::Employer));
            return is_told.then(|| [vec![(Field::Name, name), (Field::Rank, rank)], said].concat());
        }
        if !is_person_name(name.text())
            || !inner.text().contains(is_han)
            || inner.text().len() == rest.text().len()
        {
            return None;
        }
        let mut fields = vec![(Field::Name, name)];
        fields.extend(
            facts(&inner, Entity::Contributor).into_iter().filter(|(field, _)| *field != Field::Contribution),
        );
        let said =
            facts(&behind, Entity::Contributor).into_iter().find(|(field, _)| *field == Field::Contribution);
        let labelled = contribution_label(&simplified(behind.text())).is_some_and(|label| label.start == 0);
        if !behind.is_blank() {
            fields.push(said.filter(|_| labelled).unwrap_or((Field::Contribution, behind)));
        }
        return fields
            .iter()
            .any(|(field, _)| matches!(field, Field::Titles | Field::Employer))
            .then_some(fields);
    }
    let second = rest.text().split(['，', ',', '；', '。']).next().unwrap_or_default().trim();
    let is_fact = matches!(second, "男" | "女")
        || second.split(['、', '/']).any(is_title)
        || is_institution_name(second)
        || institution_end(second).is_some();
    // `目的：…` announces something, too.
    let is_label = matches!(mark, '：' | ':') && !has_family_name(name.text());
    if !is_fact || is_label || !is_person_name(name.text()) {
        return None;
    }
    let mut fields = vec![(Field::Name, name)];
    fields.extend(facts(&rest, Entity::Contributor));
    fields.iter().any(|(field, _)| matches!(field, Field::Titles | Field::Employer)).then_some(fields)
}

/// Reads an institution's record that no number opens: `甲医院：负责…`, `甲医院（第一完成单位），牵头…`.
pub(super) fn unnumbered_institution(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    let line = text.text();
    let head = &line[..boundary(line, 180)];
    let is_mark = |c: char| matches!(c, '：' | ':' | '，' | ',' | '—');
    let blank = head
        .find(['\u{3000}', ' ', '\t'])
        .filter(|&at| is_institution_name(head[..at].trim()) && head[at..].trim_start().starts_with(is_han));
    let (at, mark) = match blank {
        // `甲医院　牵头单位，负责…`
        Some(at) => (at, head[at..].chars().next()?),
        None => head.char_indices().find(|&(_, c)| is_mark(c))?,
    };
    let name = text.slice(0..at).trimmed();
    let bare = name.text().trim_end_matches(['）', ')']);
    let bare = match bare.rfind(['（', '(']).filter(|_| bare.len() < name.text().len()) {
        Some(open) if bare[open..].contains("单位") => bare[..open].trim_end(),
        _ => name.text(),
    };
    let rest =
        text.slice(at + mark.len_utf8()..line.len()).trimmed_matches(|c| c.is_whitespace() || c == '—');
    if !is_institution_name(bare) || rest.is_blank() {
        return None;
    }
    let label = contribution_label(&simplified(rest.text()));
    let says = label.is_some() || matches!(mark, '：' | ':' | '—') || is_deed(rest.text());
    if !says || listing::listed(text, Entity::Institution).is_some() {
        return None;
    }
    let said = label.map_or(rest.clone(), |label| rest.slice(label.end..rest.text().len()).trimmed());
    Some(vec![(Field::InstitutionName, name), (Field::Contribution, said)])
}

/// The label of a contribution, which announces it and says nothing yet: `对创新点2作出贡献：…` says it.
fn contribution_label(line: &str) -> Option<std::ops::Range<usize>> {
    const SAYS: [&str; 6] = ["作出", "做出", "作了", "有贡献", "有重要", "有突出"];
    let says = |label: &str| {
        SAYS.iter().any(|word| label.contains(word)) || label.contains(|c: char| c.is_ascii_digit())
    };
    let found = |head: &Regex| {
        head.find_iter(line).map(|label| label.range()).find(|label| !says(&line[label.clone()]))
    };
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    let contribution = has(&["贡献"]).then(|| found(&HEADS.contribution)).flatten();
    let work = has(&["工作", "任务", "作用"]).then(|| found(&HEADS.work)).flatten();
    match (contribution, work) {
        (Some(one), Some(other)) => Some(if other.start < one.start { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Where a name ends behind which no mark stands: `甲医院｜负责…`.
pub(super) fn deed_at(name: &str) -> Option<usize> {
    /// No name of an institution goes on with these, though what they bring may end like one: `甲局提供乙平台`.
    const SURE: [&str; 8] = ["负责", "承担", "参与", "参加", "提供", "牵头", "协助", "作为"];
    const DEEDS: [&str; 10] = ["是", "为", "完成", "主持", "组织", "开展", "全面", "主要", "在", "研制"];
    let is_whole = is_institution_name(name);
    let opens = |at: usize, deeds: &[&str]| deeds.iter().any(|deed| name[at..].starts_with(deed));
    let says = |at: usize| opens(at, &SURE) || !is_whole && opens(at, &DEEDS);
    name.char_indices().map(|(at, _)| at).skip(2).find(|&at| says(at) && is_institution_name(&name[..at]))
}

/// Tells whether a text says what somebody did.
pub(super) fn is_deed(text: &str) -> bool {
    let text = simplified(text);
    text.contains("贡献") || HEADS.deed.is_match(&text)
}

/// Reads a line that only counts a record: `第二完成人`, `完成单位3：`, `知识产权1`.
pub(super) fn ordinal_heading(text: &Passage) -> Option<(Entity, Passage)> {
    static HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let number = r"(\d{1,2}|[０-９]{1,2}|[一二三四五六七八九十]{1,3})";
        let what = "(?:主要)?(完成人|候选人|完成单位|候选单位|参与单位|单位|论文|代表性论文|专利|知识产权)";
        Regex::new(&format!(r"^\s*(?:第\s*{number}\s*{what}|{what}\s*[（(]?{number}[）)]?)\s*[:：]?\s*$"))
            .ok()
    });
    let line = text.text().trim();
    if is_wider(line, 40) || !line.starts_with(['第', '主', '完', '候', '参', '单', '论', '代', '专', '知'])
    {
        return None;
    }
    let found = HEADING.as_ref()?.captures(text.text())?;
    let (number, what) = (found.get(1).or(found.get(4))?, found.get(2).or(found.get(3))?);
    let entity = match what.as_str() {
        "完成人" | "候选人" => Entity::Contributor,
        "论文" | "代表性论文" => Entity::Paper,
        "专利" | "知识产权" => Entity::Ip,
        _ => Entity::Institution,
    };
    Some((entity, text.slice(number.range())))
}

/// Reads a line that is no more than the number of a record: `No.2`, `【2】`.
pub(super) fn counted(text: &Passage) -> Option<Passage> {
    let line = text.text().trim();
    let number =
        ["No.", "NO.", "No", "№", "【", "[", "（", "("].iter().find_map(|mark| line.strip_prefix(mark))?;
    let number = number.trim_matches(|c: char| c.is_whitespace() || "】]）)".contains(c));
    let digits = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let at = text.text().find(number).filter(|_| digits)?;
    Some(text.slice(at..at + number.len()))
}

/// Words for somebody in the place of a name.
fn is_reference(name: &str) -> bool {
    matches!(
        name,
        "本人" | "该同志" | "其" | "该" | "他" | "她" | "该单位" | "本单位" | "我院" | "本院" | "我单位"
    ) || !Lexicon::get().label(name).is_empty()
}

/// Tells whether the last word of a name is a label: `陈一　排名`.
fn ends_with_label(name: &str) -> bool {
    let word = name.rsplit(char::is_whitespace).next().filter(|word| word.len() < name.len());
    word.is_some_and(|word| word.chars().nth(1).is_some() && !Lexicon::get().label(word).is_empty())
}

/// A number before a name may number anything: the name must look like one, and what follows like its facts.
fn is_numbered(head: &regex::Captures<'_>, line: &str, entity: Entity) -> bool {
    let (Some(all), Some(name)) = (head.get(0), head.name("name")) else { return false };
    let rest = &line[all.end()..];
    match entity {
        // `7. 陈一　排名：7`: a short name, and a label.
        Entity::Contributor if ends_with_label(name.as_str()) => false,
        Entity::Contributor => {
            let mut firsts = rest.split(['，', ',', '；', ';', '。', '）', ')']).map(str::trim).take(3);
            let says = contribution_label(rest).is_some()
                || firsts.any(|part| {
                    is_institution_name(part)
                        || institution_end(part).is_some()
                        || part.split(['、', '/']).any(is_title)
                        || !Lexicon::get()
                            .label(part.split(['：', ':']).next().unwrap_or_default())
                            .is_empty()
                });
            // `阿拉腾其其格`: a long name, where a title follows at once.
            let title = rest.split(['，', ',', '；', '。']).next().unwrap_or_default();
            let is_long = || {
                name.as_str().chars().all(is_han)
                    && (5..=8).contains(&name.as_str().chars().count())
                    && title.split(['、', '/']).any(|part| is_title(part.trim()))
            };
            (is_person_name(name.as_str()) || is_long()) && says
        }
        _ => is_institution_name(name.as_str()),
    }
}
