use super::{Open, Walker, items::is_record};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon, Section},
        listing::{is_institution_name, is_person_name, listed},
        numbered::numbered_parts,
        sentence::{RANK_WORDS, sentence},
    },
    text::{Passage, boundary, is_wider, parse_integer},
};

/// No heading before a colon is wider.
const COLUMNS: usize = 40;

/// So much of a record tells who it is of, in bytes.
const HEAD_OF_RECORD: usize = 400;

/// Lists that stand in the paragraph of their heading or label.
impl Walker {
    /// `代表性论文：1.…；2.…`: a heading, and what belongs below it in the same paragraph.
    pub(super) fn opened_list(&mut self, text: &Passage) -> bool {
        let line = text.text();
        let head = &line[..boundary(line, 4 * COLUMNS)];
        let Some(colon) = head.find(['：', ':']).filter(|&colon| !is_wider(&line[..colon], COLUMNS)) else {
            return false;
        };
        let names = Lexicon::get().names(&line[..colon]);
        let Some(section) = names.section.filter(|_| !is_blank_from(line, colon)) else { return false };
        let from = colon + line[colon..].chars().next().map_or(1, char::len_utf8);
        let value = text.slice(from..line.len()).trimmed();
        let parts = numbered_parts(&value).unwrap_or(vec![value]);
        let suits = match section.entity() {
            // `发明专利：一种装置` in a list of rights opens nothing.
            Some(entity) if entity == self.current => false,
            Some(entity @ (Entity::Paper | Entity::Ip)) => parts.iter().all(|part| is_record(part, entity)),
            Some(entity) => parts.len() > 1 || listed(&parts[0], entity).is_some(),
            // `客观评价：…` below the claims is none of them.
            None if section == Section::Other => self.open == Open::Claims,
            None => section == Section::Claims && !matches!(self.open, Open::Field(Entity::Dossier, _)),
        };
        if !suits || !self.heading_like(&text.slice(0..colon), &names) {
            return false;
        }
        for part in parts {
            self.paragraph(&part, &Lexicon::get().names(part.text()), false, None);
        }
        true
    }

    /// `主要完成单位：` with nothing behind it is a heading.
    pub(super) fn lists_below(&mut self, field: Field, value: &Passage) -> bool {
        let entity = match field {
            Field::ListedContributors => Entity::Contributor,
            Field::ListedInstitutions => Entity::Institution,
            _ => return false,
        };
        if !value.is_blank() {
            return false;
        }
        self.finish_item();
        (self.open, self.current, self.columns) = (Open::Nothing, entity, None);
        true
    }

    /// Names behind `主要完成人：` that are more than names.
    pub(super) fn listed_sentences(&mut self, field: Field, value: &Passage) -> bool {
        let section = match field {
            Field::ListedContributors => Section::Contributors,
            Field::ListedInstitutions => Section::Institutions,
            _ => return false,
        };
        let (Some(parts), Some(entity)) = (numbered_parts(value), section.entity()) else { return false };
        let says =
            |part: &Passage| is_wider(part.text(), COLUMNS) && part.text().contains(['，', '：', '。', ',']);
        if !parts.iter().any(says) {
            return false;
        }
        self.finish_item();
        (self.open, self.current, self.columns) = (Open::Nothing, entity, None);
        for part in parts {
            self.paragraph(&part, &Lexicon::get().names(part.text()), false, None);
        }
        true
    }
}

/// `陈一，排名2，教授，…。李二，排名3，…。`, cut where a full stop stands before a name with the next rank: the line above it
/// was full, so that it was taken for the rest of that line.
fn ranked_parts(text: &Passage, entity: Entity) -> Option<Vec<Passage>> {
    let line = text.text();
    if RANK_WORDS.iter().map(|word| line.matches(word).count()).sum::<usize>() < 2 {
        return None;
    }
    let is_name = if entity == Entity::Contributor { is_person_name } else { is_institution_name };
    // The rank of what begins there: no name before it is longer.
    let rank = |from: usize| {
        let head = &line[from..boundary(line, from + 90)];
        let ranked = RANK_WORDS.iter().any(|word| head.contains(word));
        let record = || text.slice(from..boundary(line, from + HEAD_OF_RECORD));
        let said = ranked.then(|| sentence(&record(), entity)).flatten()?;
        let (_, name) = said.first().filter(|(_, name)| is_name(name.text()))?;
        let of_person = [Field::Titles, Field::Employer, Field::Institution];
        let is_known =
            entity == Entity::Institution || said.iter().any(|(field, _)| of_person.contains(field));
        let (_, rank) = said.iter().find(|(field, _)| *field == Field::Rank).filter(|_| is_known)?;
        // The name opens the line.
        let opens = line[from..].trim_start().starts_with(name.text());
        parse_integer(rank.text()).filter(|_| opens)
    };
    let (mut starts, mut before) = (vec![0], rank(0)?);
    for at in line.match_indices('。').map(|(at, stop)| at + stop.len()) {
        if rank(at) == Some(before + 1) {
            starts.push(at);
            before += 1;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let parts: Vec<Passage> =
        starts.iter().zip(ends).map(|(&from, to)| text.slice(from..to).trimmed()).collect();
    (parts.len() > 1).then_some(parts)
}

fn is_blank_from(line: &str, colon: usize) -> bool {
    line[colon..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':')).is_empty()
}

/// `（1）甲医院：负责…。（2）乙学院：承担…。`: the records of one paragraph, where each is a sentence of its own.
pub(super) fn several(text: &Passage, entity: Entity) -> Option<Vec<Passage>> {
    if !matches!(entity, Entity::Contributor | Entity::Institution) {
        return None;
    }
    let parts = match text.text().chars().next()? {
        '第' => ordinal_parts(text)?,
        first if !first.is_alphabetic() => numbered_parts(text)?,
        _ => ranked_parts(text, entity)?,
    };
    parts.iter().all(|part| sentence(part, entity).is_some()).then_some(parts)
}

/// `第一完成单位甲医院：负责…。第二完成单位乙学院：承担…。`, cut where a sentence has ended before an ordinal.
fn ordinal_parts(text: &Passage) -> Option<Vec<Passage>> {
    const OF: [&str; 4] = ["完成人", "完成单位", "参与单位", "候选人"];
    let line = text.text();
    let opens = |at: usize| {
        let next = &line[at..boundary(line, at + 36)];
        OF.iter().any(|word| next.contains(word))
    };
    let ends = ["。第", "；第", ";第"]
        .iter()
        .flat_map(|mark| line.match_indices(mark).map(|(at, mark)| at + mark.len() - '第'.len_utf8()));
    let mut starts: Vec<usize> = ends.filter(|&at| opens(at)).collect();
    starts.sort_unstable();
    let ends: Vec<usize> = starts.iter().copied().chain([line.len()]).collect();
    let parts =
        [0].into_iter().chain(starts).zip(ends).map(|(from, to)| {
            text.slice(from..to).trimmed_matches(|c| c.is_whitespace() || "；;".contains(c))
        });
    Some(parts.collect::<Vec<_>>()).filter(|parts| parts.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn records_of_one_paragraph_are_read_each() {
        let out = outline(&paragraphs([
            "主要完成人",
            "1．陈一（甲医院，教授），排名第一，对创新点1、2有贡献。2．李二，讲师，乙学院，对创新点2有贡献。",
            "主要完成单位",
            "（1）甲医院：主持单位，负责总体设计。（2）乙学院：承担筛查工具的研制。（3）丙公司：负责量产。",
        ]));
        assert_eq!(told(&out.contributors, [Field::Name, Field::Titles]), ["陈一 | 教授", "李二 | 讲师"]);
        assert_eq!(
            told(&out.institutions, [Field::InstitutionName, Field::Contribution]),
            ["甲医院 | 主持单位，负责总体设计。", "乙学院 | 承担筛查工具的研制。", "丙公司 | 负责量产。"]
        );
        let out = outline(&paragraphs([
            "完成单位情况",
            "1. 甲医院　贡献：负责总体设计。",
            "2. 乙学院　贡献：承担研制。",
        ]));
        assert_eq!(
            told(&out.institutions, [Field::Rank, Field::InstitutionName]),
            ["1 | 甲医院", "2 | 乙学院"]
        );
    }

    #[test]
    fn people_who_follow_each_other_in_one_paragraph_are_several() {
        let out = outline(&paragraphs([
            "主要完成人",
            "陈一，排名2，教授，工作单位：甲医院。提出方法，在某学会的评选中，排名3。李二，排名3，讲师，工作单位：乙大学。完成验证。",
            "王三，排名4，讲师，工作单位：乙大学。参加竞赛，获奖，排名5。",
        ]));
        let fields = [Field::Name, Field::Rank, Field::Contribution];
        assert_eq!(
            told(&out.contributors, fields),
            [
                "陈一 | 2 | 提出方法，在某学会的评选中，排名3。",
                "李二 | 3 | 完成验证。",
                "王三 | 4 | 参加竞赛，获奖，排名5。"
            ]
        );
    }

    #[test]
    fn a_paragraph_without_the_next_rank_is_one_person_s() {
        // To read all that follows for each of them would take minutes.
        let text = Passage::new(&"陈一，排名3，教授，工作单位：甲医院。".repeat(1_000), 0);
        assert!(ranked_parts(&text, Entity::Contributor).is_none());
    }
}
