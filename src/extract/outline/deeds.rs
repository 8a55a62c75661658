use super::{Open, Walker};
use crate::{
    extract::{
        entry::Entry,
        enumerator::{Numbering, strip_enumerator},
        label::split_at_label,
        lexicon::{Entity, Field, Names, Section},
        listing::listed,
        sentence::{facts, is_deed, is_post, sentence},
        spaced::words,
    },
    source::Block,
    text::{Passage, boundary, fold_key, is_wider},
};

/// How what somebody did is read where it is printed apart from who it was.
impl Walker {
    /// `陈一：提出…` or `1．陈一：提出…` below a table of the people.
    pub(super) fn named_deed(&mut self, text: &Passage) -> bool {
        let Some(name_field) = self.name_field() else { return false };
        let line = text.text();
        // No name is longer, and no list that is looked through for each line.
        let head = &line[..boundary(line, 90)];
        let Some((at, c)) = head.char_indices().find(|&(_, c)| matches!(c, '：' | ':')) else {
            return false;
        };
        let list = self.list(self.current);
        if list.len() > 100 {
            return false;
        }
        let name = fold_key(strip_enumerator(&line[..at]));
        let is = |entry: &Entry| entry.get(name_field).is_some_and(|known| fold_key(known.text()) == name);
        let whom = match list.iter().position(is) {
            None if list.is_empty() => self.list_whom(&name),
            whom => whom,
        };
        let Some(whom) = whom else { return false };
        let entity = self.current;
        let value = text.slice(at + c.len_utf8()..line.len()).trimmed();
        let entry = &mut self.list(entity)[whom];
        if entry.has(Field::Contribution) {
            return false;
        }
        let said = facts(&value, entity);
        let more = [Field::Titles, Field::Employer, Field::Institution];
        if said.iter().any(|(field, _)| more.contains(field)) {
            said.iter().for_each(|(field, value)| entry.supply(*field, value));
        } else {
            let labelled = split_at_label(&value)
                .filter(|(meanings, _)| meanings.iter().any(|(_, field)| *field == Field::Contribution));
            entry.add(Field::Contribution, &labelled.map_or(value, |(_, value)| value));
        }
        self.open = Open::Nothing;
        true
    }

    /// `四、对本项目的贡献`: what the only candidate did has a section of its own.
    pub(super) fn deed_heading(&mut self, text: &Passage, names: &Names) -> bool {
        let told = (Entity::Contributor, Field::Contribution);
        let of_people = names.section == Some(Section::Contributors) && text.text().contains("贡献");
        // `主要学术贡献：` above what each of those did who were named in a row.
        if self.out.contributors.is_empty()
            && names.meanings.contains(&told)
            && self.out.dossier.has(Field::ListedContributors)
        {
            self.finish_item();
            (self.open, self.current, self.columns) = (Open::Nothing, told.0, None);
            return true;
        }
        let [only] = &self.out.contributors[..] else { return false };
        if !(of_people || names.meanings.contains(&told))
            || only.has(Field::Contribution)
            || !only.has(Field::Name)
        {
            return false;
        }
        self.finish_item();
        (self.open, self.current, self.columns) = (Open::Field(told.0, told.1), told.0, None);
        self.numbering = Numbering::of(text.text());
        true
    }

    /// `主任医师 | 科主任 | 甲医院` right below the line that names a person, and what the person did below that.
    pub(super) fn facts_of_last(&mut self, text: &Passage, follows_name: bool) -> bool {
        if !follows_name || self.current != Entity::Contributor || self.name_field().is_none() {
            return false;
        }
        // Behind `完成单位：` goes on what the line before has begun.
        let begun = [Field::Employer, Field::Institution, Field::Contribution];
        if matches!(self.open, Open::Field(_, field) if begun.contains(&field)) {
            return false;
        }
        if let Some(facts) = bare_facts(text) {
            self.just_named = true;
            let Some(last) = self.out.contributors.last_mut() else { return false };
            facts.iter().for_each(|(field, value)| last.supply(*field, value));
            return true;
        }
        let is_known = |entry: &&mut Entry| {
            !entry.has(Field::Contribution) && (entry.has(Field::Titles) || entry.has(Field::Employer))
        };
        // Whatever its verb is, a sentence right below who somebody is says what was done.
        let is_sentence = text.text().contains('，') && text.text().contains('。') && !is_remark(text.text());
        if !(is_deed(text.text()) || is_sentence) || split_at_label(text).is_some() {
            return false;
        }
        let last = self.out.contributors.last_mut().filter(is_known);
        last.map(|entry| entry.add(Field::Contribution, text)).is_some()
    }

    /// What a person did, below labels for all else.
    pub(super) fn deed_without_label(&mut self, text: &Passage) -> bool {
        let fields = [Field::Employer, Field::Institution, Field::Post, Field::Titles];
        let is_behind =
            matches!(self.open, Open::Field(Entity::Contributor, field) if fields.contains(&field));
        let line = text.text();
        let says = line.contains(['，', '；']) && !line.contains(['：', ':']) && is_deed(line);
        if !is_behind || self.columns.is_some() || !says {
            return false;
        }
        let is_known = |entry: &&mut Entry| entry.has(Field::Name) && !entry.has(Field::Contribution);
        let Some(last) = self.out.contributors.last_mut().filter(is_known) else { return false };
        last.add(Field::Contribution, text);
        self.open = Open::Field(Entity::Contributor, Field::Contribution);
        true
    }

    /// What the records being read are known by, where they may be told of apart.
    pub(super) fn name_field(&self) -> Option<Field> {
        if self.item.is_some() || matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _)) {
            return None;
        }
        match self.current {
            Entity::Contributor => Some(Field::Name),
            Entity::Institution => Some(Field::InstitutionName),
            _ => None,
        }
    }

    /// Lists those who were named in a row before, where `name` is one of them; tells which.
    fn list_whom(&mut self, name: &str) -> Option<usize> {
        let entity = self.current;
        let (name_field, names) = match entity {
            Entity::Contributor => (Field::Name, Field::ListedContributors),
            _ => (Field::InstitutionName, Field::ListedInstitutions),
        };
        let entries =
            listed(self.out.dossier.get(names)?, entity).filter(|_| self.list(entity).is_empty())?;
        let is = |entry: &Entry| entry.get(name_field).is_some_and(|known| fold_key(known.text()) == name);
        let at = entries.iter().position(is)?;
        *self.list(entity) = entries;
        Some(at)
    }

    /// `项目完成单位` without a mark, right above the first of several: a heading, and no label of the person above.
    pub(super) fn institutions_next(&mut self, text: &Passage, names: &Names, next: Option<&Block>) -> bool {
        let is_label =
            |(_, field): &(Entity, Field)| matches!(field, Field::Institution | Field::ListedInstitutions);
        if self.current != Entity::Contributor
            || text.text().contains(['：', ':'])
            || !names.meanings.iter().any(is_label)
        {
            return false;
        }
        let Some(Block::Paragraph { text: next, .. }) = next else { return false };
        if sentence(next, Entity::Institution).is_none() {
            return false;
        }
        self.finish_item();
        (self.open, self.current, self.columns) = (Open::Nothing, Entity::Institution, None);
        true
    }

    /// `完成单位：` with several names below is no field of the person above.
    pub(super) fn listed_below(&mut self, text: &Passage) -> bool {
        if self.open != Open::Field(Entity::Contributor, Field::Institution) {
            return false;
        }
        let is_blank = |entry: &Entry| !entry.has(Field::Institution);
        if !self.out.contributors.last().is_some_and(is_blank) {
            return false;
        }
        if sentence(text, Entity::Institution).is_some() {
            self.finish_item();
            (self.open, self.current) = (Open::Nothing, Entity::Institution);
            return self.sentence(text);
        }
        let Some(entries) = listed(text, Entity::Institution).filter(|entries| entries.len() > 1) else {
            return false;
        };
        self.finish_item();
        self.out.institutions.extend(entries);
        (self.open, self.current) = (Open::Nothing, Entity::Institution);
        true
    }
}

pub(super) fn is_remark(text: &str) -> bool {
    let lines = include_str!("../data/remark_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).any(|word| text.contains(word))
}

/// What a line says of a person in short parts, of which one is a title or an institution; `None` where any part is
/// something else.
pub(super) fn bare_facts(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    let line = text.text();
    if is_wider(line, 120) || line.contains(['：', ':', '。']) {
        return None;
    }
    let mut parts = text.split(|c| "|｜·，,；;/／".contains(c));
    if parts.len() < 2 {
        parts = words(text);
    }
    let said: Vec<(Field, Passage)> =
        parts.iter().flat_map(|part| facts(part, Entity::Contributor)).collect();
    let is_sure = |(field, value): &(Field, Passage)| match field {
        Field::Titles | Field::Employer => true,
        Field::Post => is_post(value.text()),
        _ => false,
    };
    let is_key = |(field, _): &(Field, Passage)| matches!(field, Field::Titles | Field::Employer);
    (said.iter().all(is_sure) && said.iter().any(is_key)).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;
    use crate::source::Block;

    #[test]
    fn labels_may_be_left_out() {
        let out = outline(&paragraphs([
            "主要完成人情况",
            "姓名 陈一　　排名 1　　副主任医师　　护士长",
            "工作单位 甲医院",
            "开发随访软件，负责数据安全。",
            "姓名 李二　　排名 2　　职称 讲师",
            "工作单位 乙大学",
            "贡献：完成验证。",
        ]));
        let fields =
            [Field::Name, Field::Rank, Field::Titles, Field::Post, Field::Employer, Field::Contribution];
        assert_eq!(
            told(&out.contributors, fields),
            [
                "陈一 | 1 | 副主任医师 | 护士长 | 甲医院 | 开发随访软件，负责数据安全。",
                "李二 | 2 | 讲师 |  | 乙大学 | 完成验证。"
            ]
        );
    }

    #[test]
    fn people_are_told_of_below_their_names_in_a_row() {
        let out = outline(&paragraphs([
            "主要完成人",
            "主要完成人（排序）：陈一，李二",
            "陈一（1／2） 研究员，科主任，甲医院",
            "贡献：提出方案。",
            "李二（2/2） 讲师，乙大学",
            "贡献：完成验证。",
        ]));
        let fields = [Field::Name, Field::Rank, Field::Titles, Field::Employer, Field::Contribution];
        assert_eq!(
            told(&out.contributors, fields),
            ["陈一 | 1 | 研究员 | 甲医院 | 提出方案。", "李二 | 2 | 讲师 | 乙大学 | 完成验证。"]
        );
    }

    #[test]
    fn what_stands_below_a_name_is_read() {
        for (first, second) in [("第1完成人 陈一", "第2完成人 李二"), ("1. 陈一", "2. 李二")]
        {
            let heading = |text, at| Block::Heading { level: 3, text: Passage::new(text, at) };
            let line = |text, at| Block::Paragraph { text: Passage::new(text, at), continues: false };
            let out = outline(&[
                heading("主要完成人", 0),
                heading(first, 100),
                line("主任医师 | 科主任 | 甲医院", 200),
                line("提出总体方案，对创新点1作出贡献。", 300),
                heading(second, 400),
                line("讲师，乙大学", 500),
                line("对创新点2作出贡献。", 600),
            ]);
            let told = |at: usize| {
                let fields = [Field::Name, Field::Titles, Field::Employer, Field::Contribution];
                fields.map(|field| out.contributors[at].get(field).map_or("", Passage::text)).join(" ")
            };
            assert_eq!(out.contributors.len(), 2);
            assert_eq!(
                [told(0), told(1)],
                [
                    "陈一 主任医师 甲医院 提出总体方案，对创新点1作出贡献。",
                    "李二 讲师 乙大学 对创新点2作出贡献。"
                ]
            );
        }
    }
}
