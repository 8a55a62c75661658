use super::{
    Open, Walker,
    items::{is_marked, is_record},
};
use crate::{
    extract::{
        citation::enumerator,
        entry::Entry,
        enumerator::strip_enumerator,
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        listing::{is_institution_name, is_person_name},
        narrow::Narrow,
        sentence::{facts, is_deed},
    },
    source::Block,
    text::{Passage, boundary, fold_key, is_wider},
};

/// No label of somebody's role is wider.
const COLUMNS: usize = 24;

/// Records that a line without a label of theirs opens.
impl Walker {
    /// `论文1：题名` or `2. 一种装置` right above labels for the rest: the title of a paper or a right.
    pub(super) fn titled(&mut self, text: &Passage, next: Option<&Block>) -> bool {
        let title_field = match self.current {
            Entity::Paper => Field::PaperTitle,
            Entity::Ip => Field::IpTitle,
            _ => return false,
        };
        let entity = self.current;
        let within = self.open == Open::Nothing || matches!(self.open, Open::Field(of, _) if of == entity);
        if !within || self.columns.is_some() || text.text().len() > 900 {
            return false;
        }
        let Some(Block::Paragraph { text: next, .. }) = next else { return false };
        if !next.text().contains(['：', ':']) {
            return false;
        }
        let Some((meanings, _)) = split_at_label(next) else { return false };
        let told = |wanted: &dyn Fn(Field) -> bool| {
            meanings.iter().any(|(of, field)| *of == entity && wanted(*field))
        };
        if !told(&|field| field != title_field && field != Field::Number && field != Field::Ignored) {
            return false;
        }
        let repeats = self.last(entity).is_none_or(|last| told(&|field| last.has(field)));
        let narrow = Narrow::new(text);
        let (number, from) = enumerator(narrow.text());
        let opens = is_marked(text.text()) || from > 0;
        let title = narrow.slice(from..narrow.text().len()).trimmed_matches(|c| "《》“” 。".contains(c));
        let is_title = opens && (repeats || number.is_some()) || repeats && title.text().len() > 18;
        if !is_title
            || title.text().chars().take(4).count() < 4
            || split_at_label(text).is_some()
            || split_at_label(&title).is_some()
            || title.text().ends_with(['：', ':', '；'])
            || is_record(text, entity)
        {
            return false;
        }
        self.finish_item();
        let mut entry = Entry::default();
        number.into_iter().for_each(|number| entry.add(Field::Number, &narrow.slice(number)));
        entry.add(title_field, &title);
        self.list(entity).push(entry);
        self.open = Open::Field(entity, title_field);
        true
    }

    /// `甲医院：牵头单位，负责…`: a name, and what it did, where nothing numbers those who are listed.
    pub(super) fn told_name(&mut self, text: &Passage) -> bool {
        let Some(name_field) = self.name_field().filter(|_| self.columns.is_none()) else { return false };
        if !matches!(self.open, Open::Nothing) {
            return false;
        }
        let line = text.text();
        let head = &line[..boundary(line, 120)];
        let ends = |c: char| matches!(c, '：' | ':' | '，' | ',');
        let Some((at, mark)) = head.char_indices().find(|&(_, c)| ends(c)) else { return false };
        let entity = self.current;
        let name = text.slice(0..at).trimmed();
        let value = text.slice(at + mark.len_utf8()..line.len()).trimmed();
        let is_name = match entity {
            Entity::Institution => is_institution_name(name.text()),
            // Anybody may be named before a comma.
            _ => matches!(mark, '：' | ':') && is_person_name(name.text()),
        };
        // What is said has an end, and is no list of names.
        let is_told = |text: &str| is_wider(text, 20) || is_deed(&text[..boundary(text, 240)]);
        let says = value.text().contains(['，', '。', '、'])
            && match (entity, mark) {
                (Entity::Institution, '：' | ':') => is_told(value.text()),
                _ => is_deed(&value.text()[..boundary(value.text(), 240)]),
            };
        let is_numbered = strip_enumerator(name.text()) != name.text() || name.text().starts_with('第');
        if is_numbered || !is_name || !says || !Lexicon::get().label(name.text()).is_empty() {
            return false;
        }
        let known = self.list(entity).iter().take(100).any(|entry| {
            entry.get(name_field).is_some_and(|known| fold_key(known.text()) == fold_key(name.text()))
        });
        if known {
            return false;
        }
        self.finish_item();
        let mut entry = Entry::default();
        entry.add(name_field, &name);
        let said = facts(&value, entity);
        if entity == Entity::Contributor && said.iter().any(|(field, _)| *field == Field::Titles) {
            said.iter().for_each(|(field, value)| entry.supply(*field, value));
        } else {
            entry.add(Field::Contribution, &value);
        }
        self.list(entity).push(entry);
        true
    }

    /// `项目负责人：陈一（排名第1）` in a list of people: a role before the name.
    pub(super) fn led_name(&mut self, text: &Passage) -> bool {
        const ROLES: [&str; 8] =
            ["负责人", "主持人", "带头人", "首席专家", "首席科学家", "牵头人", "第一完成人", "申报人"];
        let within = !matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        if self.current != Entity::Contributor || self.columns.is_some() || !within {
            return false;
        }
        let line = text.text();
        let head = &line[..boundary(line, 3 * COLUMNS)];
        let Some((colon, c)) = head.char_indices().find(|&(_, c)| matches!(c, '：' | ':')) else {
            return false;
        };
        let role = line[..colon].trim();
        if is_wider(role, COLUMNS) || !ROLES.iter().any(|word| role.ends_with(word)) {
            return false;
        }
        let rest = text.slice(colon + c.len_utf8()..line.len()).trimmed();
        let ends = ['（', '(', '，', ',', '；', ' ', '\u{3000}'];
        let name = rest.text().split(ends).next().unwrap_or_default();
        if !is_person_name(name) && !is_person_name(rest.text()) {
            return false;
        }
        // `第一完成人：陈一` is read as what it is.
        if role.starts_with('第') && self.out.contributors.is_empty() {
            return false;
        }
        self.open = Open::Nothing;
        self.paragraph(&rest, &Lexicon::get().names(rest.text()), false, None);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{outline, printed::paragraphs};
    use super::*;

    #[test]
    fn titles_above_labels_open_records() {
        for (lines, first, second) in [
            (
                &[
                    "知识产权目录",
                    "（1）一种骨水泥注入装置",
                    "类别：发明专利；国别：中国",
                    "授权号：ZL201710123456.0",
                    "（2）用于骨折复位的支架",
                    "类别：实用新型专利；国别：中国",
                    "授权号：ZL201720123456.X",
                ][..],
                "一种骨水泥注入装置 ZL201710123456.0",
                "用于骨折复位的支架 ZL201720123456.X",
            ),
            (
                &[
                    "主要知识产权",
                    "一种骨水泥注入装置",
                    "专利号：ZL201710123456.0　授权日期：2019-03-01",
                    "用于骨折复位的支架",
                    "专利号：ZL201720123456.X　授权日期：2019-04-01",
                ],
                "一种骨水泥注入装置 ZL201710123456.0",
                "用于骨折复位的支架 ZL201720123456.X",
            ),
        ] {
            let out = outline(&paragraphs(lines.iter().copied()));
            let told = |at: usize| {
                let fields = [Field::IpTitle, Field::GrantNumber];
                fields.map(|field| out.ip[at].get(field).map_or("", Passage::text)).join(" ")
            };
            assert_eq!(out.ip.len(), 2);
            assert_eq!([told(0), told(1)], [first, second]);
        }
        let lines = [
            "论文目录",
            "《甲病的诊断研究》",
            "期刊：甲杂志；年份：2020",
            "作者：陈一、李二",
            "乙病的治疗研究",
            "期刊：乙杂志；年份：2021",
        ];
        let out = outline(&paragraphs(lines));
        let titles: Vec<_> = out.papers.iter().filter_map(|paper| paper.get(Field::PaperTitle)).collect();
        assert_eq!(
            titles.iter().map(|title| title.text()).collect::<Vec<_>>(),
            ["甲病的诊断研究", "乙病的治疗研究"]
        );
    }
}
