use std::sync::LazyLock;

use regex::Regex;

use super::{
    lexicon::{Entity, Field, Lexicon},
    value::is_title,
};
use crate::text::Passage;

/// Reads a record printed as a sentence: `1．李明，排名第1，主任医师，科主任，工作单位：甲医院，完成单位：甲医院。
/// 对本项目主要科技创新的贡献：…`.
pub(super) fn sentence(text: &Passage, entity: Entity) -> Option<Vec<(Field, Passage)>> {
    static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^\s*(?:\d{1,2}\s*[．.、]|[（(]\d{1,2}[）)])?\s*([^，,。；：:]{2,40}?)\s*[，,]\s*(?:排名|排序)\s*[:：]?\s*第?\s*(\d{1,3})\s*[名位]?\s*(?:[，,。；;]|$)",
        )
        .ok()
    });
    static CONTRIBUTION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:对[^，,。；：:]{0,30})?贡献\s*[:：]").ok());
    let name = match entity {
        Entity::Contributor => Field::Name,
        Entity::Institution => Field::InstitutionName,
        _ => return None,
    };
    let line = text.text();
    let head = HEAD.as_ref()?.captures(line)?;
    let (all, printed, rank) = (head.get(0)?, head.get(1)?, head.get(2)?);
    let mut fields = vec![(name, text.slice(printed.range())), (Field::Rank, text.slice(rank.range()))];
    let rest = text.slice(all.end()..line.len());
    let contribution = CONTRIBUTION.as_ref()?.find(rest.text());
    let facts = rest.slice(0..contribution.map_or(rest.text().len(), |found| found.start()));
    if entity == Entity::Contributor {
        fields.extend(facts.split(|c| "，,；;。".contains(c)).iter().map(fact));
    }
    if let Some(found) = contribution {
        let value = rest.slice(found.end()..rest.text().len()).trimmed();
        fields.push((Field::Contribution, value));
    }
    Some(fields)
}

/// What a part between commas says: `标签：值`, a professional title, else a post.
fn fact(part: &Passage) -> (Field, Passage) {
    let text = part.text();
    if let Some(colon) = text.find(['：', ':']) {
        let meanings = Lexicon::get().label(&text[..colon]);
        if let Some(&(_, field)) = meanings.iter().find(|(entity, _)| *entity == Entity::Contributor) {
            let end = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
            return (field, part.slice(end..text.len()).trimmed());
        }
    }
    if text.split('、').any(is_title) { (Field::Titles, part.clone()) } else { (Field::Post, part.clone()) }
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
}
