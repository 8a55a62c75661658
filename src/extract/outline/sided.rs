use super::{Open, Walker};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon, Names},
        listing::{is_institution_name, is_person_name},
        sentence::{counted, ordinal_heading},
    },
    text::{Passage, parse_integer},
};

/// Forms whose records bear their number or name in a cell at the side.
impl Walker {
    /// `第1完成人 | 姓名 | 李明 | 性别 | 男`: the side opens a record, or a section, and labels stand before their
    /// values in the rest of the row.
    pub(super) fn sided(&mut self, row: &[Passage]) -> bool {
        let Some((side, rest)) = row.split_first().filter(|(side, _)| !side.is_blank()) else { return false };
        let rest = &rest[rest.iter().take_while(|cell| cell.is_blank()).count()..];
        let lexicon = Lexicon::get();
        let Some(label) = rest.first().map(|cell| lexicon.label(cell.text())) else { return false };
        if label.is_empty() || rest.iter().filter(|cell| !cell.is_blank()).count() < 2 {
            return false;
        }
        // A side may be printed one character below the other.
        let mut line = Passage::default();
        side.split(|c| c == '\n').iter().for_each(|part| line.append("", part));
        let names = lexicon.names(line.text());
        let opens = |entity: Entity| label.iter().any(|(of, _)| *of == entity);
        if let Some((entity, field, value)) = self.side_of(&line, &names).filter(|side| opens(side.0)) {
            self.finish_item();
            let mut entry = crate::extract::entry::Entry::default();
            entry.add(field, &value);
            self.list(entity).push(entry);
            (self.open, self.current, self.columns) = (Open::Nothing, entity, None);
            return self.pairs(rest);
        }
        let section = names.section.and_then(|section| section.entity()).filter(|entity| opens(*entity));
        section.is_some() && names.meanings.is_empty() && self.heading_like(&line, &names) && self.pairs(rest)
    }

    /// The row without the cell that names its section at the side of all rows: below `完成单位 | 排名 | 单位名称`
    /// the side is no label of what stands beside it.
    pub(super) fn below_side(&self, row: &[Passage]) -> Option<Vec<Passage>> {
        let columns = self.columns.as_ref().filter(|columns| columns.width() == row.len())?;
        let (side, rest) = row.split_first()?;
        columns.is_side(side.text()).then(|| [&[side.slice(0..0)], rest].concat())
    }

    /// The record that a cell at the side opens: by its number, or by its name.
    fn side_of(&self, line: &Passage, names: &Names) -> Option<(Entity, Field, Passage)> {
        let counts = |entity| match entity {
            Entity::Contributor | Entity::Institution => Field::Rank,
            _ => Field::Number,
        };
        if let Some((entity, number)) = ordinal_heading(line) {
            return Some((entity, counts(entity), number));
        }
        if self.current == Entity::Dossier || names.section.is_some() || !names.meanings.is_empty() {
            return None;
        }
        let number = || {
            let number = line.trimmed_matches(|c: char| c.is_whitespace() || "第.．、()（）".contains(c));
            parse_integer(number.text()).filter(|number| (1..100).contains(number)).map(|_| number)
        };
        let text = line.text();
        match self.current {
            entity if counted(line).is_some() || number().is_some() => {
                Some((entity, counts(entity), counted(line).or_else(number)?))
            }
            Entity::Contributor if is_person_name(text) => {
                Some((Entity::Contributor, Field::Name, line.clone()))
            }
            Entity::Institution if is_institution_name(text) => {
                Some((Entity::Institution, Field::InstitutionName, line.clone()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{outline, printed::told};
    use crate::{
        extract::lexicon::Field,
        source::{Block, Row},
        text::Passage,
    };

    /// A heading, and a table in which `^` is the cell above, which spans this row too.
    fn blocks(heading: &str, table: &str) -> Vec<Block> {
        let mut at = heading.len() + 1;
        let mut rows: Vec<Row> = Vec::new();
        for line in table.lines() {
            let mut row = Row::new();
            for cell in line.split('|') {
                at += cell.len() + 1;
                let above = rows.last().and_then(|above| above.get(row.len())).filter(|_| cell == "^");
                row.push(above.cloned().unwrap_or_else(|| Passage::new(&cell.replace('/', "\n"), at)));
            }
            rows.push(row);
        }
        vec![Block::Paragraph { text: Passage::new(heading, 0), continues: false }, Block::Table(rows)]
    }

    #[test]
    fn a_side_that_spans_all_rows_is_no_label() {
        let out = outline(&blocks(
            "某病防治的研究",
            "完成单位|排名|单位名称|贡献\n^|1|甲医院|牵头单位，负责总体设计。\n完成单位|排名|单位名称|贡献\n^|2|乙大学|完成数据采集。",
        ));
        assert_eq!(
            told(&out.institutions, [Field::InstitutionName, Field::Contribution]),
            ["甲医院 | 牵头单位，负责总体设计。", "乙大学 | 完成数据采集。"]
        );
    }

    #[test]
    fn what_was_done_may_stand_beside_the_number_that_spans_two_rows() {
        for label in ["主要贡献", "创新性贡献"] {
            let rows = format!(
                "排序|姓名|职称|工作单位\n第1完成人|陈一|教授|甲医院\n^|{label}|对创新点1有贡献，提出方法。|\n第2完成人|李二|讲师|乙大学\n^|{label}|协助验证。|"
            );
            let out = outline(&blocks("主要完成人情况", &rows));
            assert_eq!(
                told(&out.contributors, [Field::Name, Field::Titles, Field::Contribution]),
                ["陈一 | 教授 | 对创新点1有贡献，提出方法。", "李二 | 讲师 | 协助验证。"],
                "{label}"
            );
        }
    }

    #[test]
    fn what_was_done_goes_on_in_a_row_without_a_label() {
        let rows = "排名|姓名|职称|工作单位\n1|陈一|教授|甲医院\n主要贡献|对创新点1有贡献，提出||\n|方法。||\n7|||\n2|李二|讲师|乙大学\n主要贡献|协助验证，||\n并推广。|||\n3|王三|技师|乙大学\n主要贡献|收集病例。||";
        let out = outline(&blocks("主要完成人情况", rows));
        assert_eq!(
            told(&out.contributors, [Field::Name, Field::Titles, Field::Contribution]),
            [
                "陈一 | 教授 | 对创新点1有贡献，提出方法。",
                "李二 | 讲师 | 协助验证，并推广。",
                "王三 | 技师 | 收集病例。"
            ]
        );
    }

    #[test]
    fn the_side_opens_a_record() {
        for (heading, table) in [
            (
                "主要完成人情况",
                "第1完成人|姓名|陈一|性别|男\n^|职称|教授|职务|院长\n^|贡献|提出方法。||\n第2完成人|姓名|李二|性别|女\n^|职称|讲师|职务|无\n^|贡献|完成验证。||",
            ),
            (
                "主要完成人",
                "1|姓名|陈一|职称|教授\n|贡献|提出方法。||\n2|姓名|李二|职称|讲师\n|贡献|完成验证。||",
            ),
            (
                "完成人情况",
                "第/一/完/成/人|姓名|陈一|排名|1\n^|职称|教授||\n^|贡献|提出方法。||\n第/二/完/成/人|姓名|李二|排名|2\n^|职称|讲师||\n^|贡献|完成验证。||",
            ),
            ("主要完成人", "陈一|职称|教授\n^|贡献|提出方法。\n李二|职称|讲师\n^|贡献|完成验证。"),
        ] {
            let out = outline(&blocks(heading, table));
            let line = |at: usize| {
                let fields = [Field::Name, Field::Titles, Field::Contribution];
                fields.map(|field| out.contributors[at].get(field).map_or("", Passage::text)).join(" ")
            };
            assert_eq!(out.contributors.len(), 2, "{table}");
            assert_eq!([line(0), line(1)], ["陈一 教授 提出方法。", "李二 讲师 完成验证。"], "{table}");
        }
    }
}
