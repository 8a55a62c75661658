//! Records printed as sentences: people and institutions whose fields stand between commas.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    lexicon::{Entity, Field, Lexicon},
    listing::{is_institution_name, is_person_name},
    value::is_title,
};
use crate::text::{Passage, is_wider, simplified};

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
    contribution: Regex,
    /// What a part says that is no fact but already the contribution.
    deed: Regex,
}

#[expect(clippy::expect_used, reason = "literal patterns")]
static HEADS: LazyLock<Heads> = LazyLock::new(|| {
    let number = r"(?:\d{1,2}|[０-９]{1,2}|[一二三四五六七八九十]{1,3})";
    let new = |pattern: &str| Regex::new(pattern).expect("a literal pattern");
    Heads {
        ranked: new(&format!(
            r"^\s*(?:{number}\s*[．.、]|[（(]{number}[）)])?\s*(?P<name>[^，,。；;：:（）()]{{2,60}}?(?:[（(][^（）()]*[）)][^，,。；;：:（）()]*)?)\s*[，,；;（(]\s*(?:排名|排序|位次)\s*[:：]?\s*第?\s*(?P<rank>{number})\s*[名位]?\s*(?:[，,。；;）)]|$)"
        )),
        ordinal: new(&format!(
            r"^\s*第\s*(?P<rank>{number})\s*(?:主要)?(?:完成人|候选人|完成单位|参与单位)\s*[:：]?\s*(?P<name>[^，,。；;：:]{{2,60}}?)\s*(?:[，,。；;]|$)"
        )),
        counted: new(&format!(
            r"^\s*(?:主要)?(?:完成人|候选人|成员|完成单位|候选单位|参与单位|单位)\s*(?P<rank>{number})\s*[:：]\s*(?P<name>[^，,。；;：:]{{2,60}}?)\s*(?:[，,。；;]|$)"
        )),
        numbered: new(&format!(
            r"^\s*[（(]?(?P<rank>{number})\s*[．.、）)]\s*(?P<name>[^，,。；;：:（）()]{{2,60}}?(?:[（(][^（）()]{{1,12}}[）)][^，,。；;：:（）()]+)?)\s*(?P<mark>[，,。；;：:（(]|$)"
        )),
        contribution: new(r"(?:对[^，,。；：:]{0,30}|主要|创造性|学术|技术)?贡献(?:情况)?\s*[:：]"),
        deed: new(
            r"^(?:对|为|在|是|参与|参加|负责|主持|承担|完成|提出|协助|组织|指导|全面|主要(?:参与|负责|从事|完成)|作为|牵头|项目(?:负责|总|主)|提供|设计|建立|开展|本项目)",
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
    let line = &*simplified(text.text());
    // Few lines hold the words that these patterns need.
    let begins = line.trim_start();
    let certain = [
        (&heads.ranked, ["排名", "排序", "位次"].iter().any(|word| line.contains(word))),
        (&heads.ordinal, begins.starts_with('第')),
        (&heads.counted, begins.starts_with(['主', '完', '候', '成', '参', '单'])),
    ];
    let certain = certain.into_iter().filter(|(_, may)| *may).find_map(|(head, _)| head.captures(line));
    let head = match certain {
        Some(head) => head,
        None => heads.numbered.captures(line).filter(|head| is_numbered(head, line, entity))?,
    };
    let (all, name, rank) = (head.get(0)?, head.name("name")?, head.name("rank")?);
    let mut fields = vec![(name_field, text.slice(name.range()))];
    fields.push((Field::Rank, text.slice(rank.range())));
    let rest = text.slice(all.end()..line.len());
    // `李明（排名1，教授，…）`: the bracket that the head opened closes the record.
    let in_bracket = all.as_str().trim_end_matches(|c: char| c.is_whitespace()).contains(['（', '('])
        && rest.text().matches(['）', ')']).count() > rest.text().matches(['（', '(']).count();
    let (rest, behind) = if in_bracket { bracketed(&rest) } else { (rest, Passage::default()) };
    if !behind.is_blank() {
        fields.extend(facts(&rest, entity).into_iter().filter(|(field, _)| *field != Field::Contribution));
        let said = facts(&behind, entity).into_iter().find(|(field, _)| *field == Field::Contribution);
        let labelled =
            heads.contribution.find(&simplified(behind.text())).is_some_and(|label| label.start() == 0);
        fields.push(said.filter(|_| labelled).unwrap_or((Field::Contribution, behind)));
        return Some(fields);
    }
    // `1．甲医院：牵头单位，负责…`: all that follows says what it did, where no label parts it.
    let named_colon = entity == Entity::Institution
        && head.name("mark").is_some_and(|mark| matches!(mark.as_str(), ":" | "："))
        && !heads.contribution.is_match(&simplified(rest.text()));
    if named_colon {
        fields.push((Field::Contribution, rest.trimmed()));
    } else {
        fields.extend(facts(&rest, entity));
    }
    Some(fields)
}

/// Parts what stands in the bracket that the head opened, and what is said behind it: `…，教授）：负责…`.
fn bracketed(rest: &Passage) -> (Passage, Passage) {
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

/// A number before a name may number anything: the name must look like one, and what follows like its facts.
fn is_numbered(head: &regex::Captures<'_>, line: &str, entity: Entity) -> bool {
    let (Some(all), Some(name)) = (head.get(0), head.name("name")) else { return false };
    let rest = &line[all.end()..];
    match entity {
        Entity::Contributor => {
            let mut firsts = rest.split(['，', ',', '；', ';', '。', '）', ')']).map(str::trim).take(3);
            let says = HEADS.contribution.is_match(rest)
                || firsts.any(|part| {
                    is_institution_name(part)
                        || institution_end(part).is_some()
                        || part.split(['、', '/']).any(is_title)
                        || !Lexicon::get()
                            .label(part.split(['：', ':']).next().unwrap_or_default())
                            .is_empty()
                });
            is_person_name(name.as_str()) && says
        }
        _ => is_institution_name(name.as_str()),
    }
}

/// The facts before a contribution, and the contribution where no label announces it.
fn parted(head: &Passage, entity: Entity) -> (Vec<(Field, Passage)>, Option<Passage>) {
    let parts = head.split(|c| "，,；;。".contains(c));
    let deed = parts
        .iter()
        .position(|part| HEADS.deed.is_match(&simplified(part.text())) && !part.text().contains(['：', ':']));
    let deed_from = deed.and_then(|at| {
        let start = parts[at].start()?;
        head.pieces().find_map(|(text, span)| {
            (span.start <= start && start <= span.end).then(|| text + start - span.start)
        })
    });
    let known = &parts[..deed.unwrap_or(parts.len())];
    let facts = if entity == Entity::Contributor { merged_facts(known) } else { Vec::new() };
    (facts, deed_from.map(|from| head.slice(from..head.text().len()).trimmed()))
}

/// What the parts of a text say, cut at commas and semicolons, the contribution last.
pub(super) fn facts(text: &Passage, entity: Entity) -> Vec<(Field, Passage)> {
    let line = simplified(text.text());
    let contribution = HEADS.contribution.find(&line);
    let head = text.slice(0..contribution.map_or(text.text().len(), |found| found.start()));
    let (mut fields, deed) = parted(&head, entity);
    let value = match contribution {
        Some(found) => Some(text.slice(found.end()..text.text().len()).trimmed()),
        None => deed,
    };
    fields.extend(value.map(|value| (Field::Contribution, value)));
    fields
}

fn merged_facts(parts: &[Passage]) -> Vec<(Field, Passage)> {
    let mut facts: Vec<(Field, Passage)> = Vec::new();
    for (field, value) in parts.iter().flat_map(said) {
        match facts.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) => known.append("、", &value),
            None => facts.push((field, value)),
        }
    }
    facts
}

/// What a part between commas says; `甲医院心内科主任` says two things.
fn said(part: &Passage) -> Vec<(Field, Passage)> {
    let Some((field, value)) = fact(part) else { return Vec::new() };
    if matches!(field, Field::Post | Field::Titles)
        && let Some(at) = institution_end(value.text())
    {
        let rest = value.slice(at..value.text().len()).trimmed();
        let what = if rest.text().split(['、', '/', '兼']).any(is_title) { Field::Titles } else { Field::Post };
        return vec![(Field::Employer, value.slice(0..at)), (what, rest)];
    }
    vec![(field, value)]
}

/// Where the institution ends that somebody's title or post is named with.
fn institution_end(text: &str) -> Option<usize> {
    const POSTS: [&str; 16] = [
        "主任", "院长", "所长", "校长", "处长", "科长", "部长", "书记", "主席", "会长", "经理", "总监", "组长",
        "站长", "护士长", "带头人",
    ];
    const WHOLE: [&str; 7] = ["大学", "医院", "公司", "卫生院", "保健院", "科学院", "控制中心"];
    if text.chars().take(41).count() > 40 || is_institution_name(text) {
        return None;
    }
    let first = &text[..text.find('、').unwrap_or(text.len())];
    // `材料学院副院长` is a post: what is no whole institution is a part of one.
    let ends_before_role = |at: usize| {
        let rest = text[at..].trim();
        let is_whole = || WHOLE.iter().any(|ending| text[..at].ends_with(ending));
        let is_post = POSTS.iter().any(|post| rest.ends_with(post));
        rest.split(['、', '/', '兼']).any(is_title) && is_institution_name(&text[..at]) || is_post && is_whole()
    };
    first.char_indices().skip(3).map(|(at, _)| at).filter(|&at| ends_before_role(at)).last()
}

/// What a part between commas says: `标签：值`, a professional title, an institution, else a post.
fn fact(part: &Passage) -> Option<(Field, Passage)> {
    let text = part.text().trim_matches(['）', ')', '（', '(', ' ']);
    if let Some(colon) = part.text().find(['：', ':']) {
        let meanings = Lexicon::get().label(&part.text()[..colon]);
        if let Some(&(_, field)) = meanings.iter().find(|(entity, _)| *entity == Entity::Contributor) {
            let end = colon + part.text()[colon..].chars().next().map_or(1, char::len_utf8);
            let value = part.slice(end..part.text().len()).trimmed();
            return (field != Field::Ignored).then_some((field, value));
        }
    }
    let value = part.trimmed_matches(|c| c.is_whitespace() || "（）()".contains(c));
    if matches!(text, "男" | "女") || text.ends_with("族") || text.ends_with("出生") {
        return None;
    }
    Some(match () {
        () if text.split(['、', '/']).any(is_title) => (Field::Titles, value),
        () if is_institution_name(text) => (Field::Employer, part.trimmed()),
        () => (Field::Post, value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_institutions_are_read_from_sentences() {
        let text = "2．李明，排名第2，教授、主任医师，副院长，工作单位：甲医院，完成单位：乙大学。对本项目主要科技创新的贡献：对创新点1作出贡献。";
        let fields = sentence(&Passage::new(text, 0), Entity::Contributor).expect("a sentence");
        let got: Vec<_> = fields.iter().map(|(field, value)| (*field, value.text())).collect();
        assert_eq!(
            got,
            [
                (Field::Name, "李明"),
                (Field::Rank, "2"),
                (Field::Titles, "教授、主任医师"),
                (Field::Post, "副院长"),
                (Field::Employer, "甲医院"),
                (Field::Institution, "乙大学"),
                (Field::Contribution, "对创新点1作出贡献。"),
            ]
        );
        let text = "1.甲医院，排名第1。对本项目的贡献：牵头。";
        let fields = sentence(&Passage::new(text, 0), Entity::Institution).expect("a sentence");
        assert_eq!(fields.len(), 3);
        assert!(sentence(&Passage::new("本项目由甲医院牵头，效果良好。", 0), Entity::Contributor).is_none());
    }

    #[test]
    fn heads_of_every_kind_are_read() {
        for (text, entity, want) in [
            (
                "第一完成人：李明，主任医师，甲医院，负责总体设计，对创新点1有贡献。",
                Entity::Contributor,
                "Name=李明 Rank=一 Titles=主任医师 Employer=甲医院 Contribution=负责总体设计，对创新点1有贡献。",
            ),
            (
                "第二完成单位：乙大学。主要贡献：提供平台。",
                Entity::Institution,
                "InstitutionName=乙大学 Rank=二 Contribution=提供平台。",
            ),
            (
                "4. 赵一，科主任，主管技师",
                Entity::Contributor,
                "Name=赵一 Rank=4 Post=科主任 Titles=主管技师",
            ),
            ("候选人2：王芳", Entity::Contributor, "Name=王芳 Rank=2"),
            (
                "3. 王芳，副主任护师，护士长，完成单位：甲医院",
                Entity::Contributor,
                "Name=王芳 Rank=3 Titles=副主任护师 Post=护士长 Institution=甲医院",
            ),
            (
                "1．甲医院：负责总体设计。",
                Entity::Institution,
                "InstitutionName=甲医院 Rank=1 Contribution=负责总体设计。",
            ),
            (
                "李明（排名1，教授，工作单位：甲医院）",
                Entity::Contributor,
                "Name=李明 Rank=1 Titles=教授 Employer=甲医院",
            ),
            (
                "2.丙医疗科技（丁市）有限公司，排名第2。对本项目的贡献：生产。",
                Entity::Institution,
                "InstitutionName=丙医疗科技（丁市）有限公司 Rank=2 Contribution=生产。",
            ),
            (
                "2.李明(甲医院,教授):总体设计，负责（全部）实施。",
                Entity::Contributor,
                "Name=李明 Rank=2 Employer=甲医院 Titles=教授 Contribution=总体设计，负责（全部）实施。",
            ),
            (
                "1．甲医院：牵头单位，负责总体设计。",
                Entity::Institution,
                "InstitutionName=甲医院 Rank=1 Contribution=牵头单位，负责总体设计。",
            ),
            (
                "1．李明，甲大学附属医院心内科主任，主任医师，负责实施。",
                Entity::Contributor,
                "Name=李明 Rank=1 Employer=甲大学附属医院 Post=心内科主任 Titles=主任医师 Contribution=负责实施。",
            ),
            ("1．李明，乙大学教授。", Entity::Contributor, "Name=李明 Rank=1 Employer=乙大学 Titles=教授"),
            ("1．建立了新方法，效果良好。", Entity::Contributor, ""),
        ] {
            let fields = sentence(&Passage::new(text, 0), entity).unwrap_or_default();
            let got: Vec<String> =
                fields.iter().map(|(field, value)| format!("{field:?}={}", value.text())).collect();
            assert_eq!(got.join(" "), want, "{text}");
        }
    }
}
