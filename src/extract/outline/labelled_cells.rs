use super::{Open, Walker, inline::inline};
use crate::{
    extract::{
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        sentence::{counted, ordinal_heading},
    },
    text::{Passage, parse_integer},
};

/// Forms each of whose cells holds its label and its value.
impl Walker {
    /// `贡献：提出方法。` in a row of its own below the row that names a person: a cell that spans the table, or all of
    /// it but a cell at the side.
    pub(super) fn said_below(&mut self, cell: &Passage) -> bool {
        let Some((entity, field)) = self.own_label(cell) else { return false };
        let is_column = |field| self.columns.as_ref().is_some_and(|columns| columns.names_field(field));
        if self.columns.is_some() && (is_column(field) || self.list(entity).is_empty()) {
            return false;
        }
        let open = self.open;
        self.lines_of(cell);
        if self.columns.is_some() {
            self.open = open;
        }
        true
    }

    /// `姓名：陈一 | 职称：教授`, `1 | 姓名：陈一 | 职称：教授`: all cells are labelled but one at the side, which may count.
    pub(super) fn said_in_cells(&mut self, row: &[Passage]) -> bool {
        let mut filled = row.iter().filter(|cell| !cell.is_blank()).peekable();
        let side = filled.next_if(|cell| !cell.text().contains(['：', ':']));
        let cells: Vec<&Passage> = filled.collect();
        if let Some((entity, number)) = side.and_then(ordinal_heading) {
            return self.said_beside(entity, &number, &cells);
        }
        let Some(entity) = cells.first().and_then(|cell| self.own_label(cell)).map(|(entity, _)| entity)
        else {
            return false;
        };
        if cells.iter().any(|cell| self.own_label(cell).is_none_or(|(of, _)| of != entity)) {
            return false;
        }
        if let Some(side) = side {
            let Some(number) = number_of_record(side) else { return false };
            self.open_record(entity, &number);
        }
        cells.into_iter().for_each(|cell| self.lines_of(cell));
        true
    }

    /// `完成人1 | 姓名：陈一；职称：教授`, `完成单位2 | 乙大学；贡献：…`: labels beside the cell that counts a record, and
    /// before them the name of an institution or a person.
    fn said_beside(&mut self, entity: Entity, number: &Passage, cells: &[&Passage]) -> bool {
        let of_entity = |meanings: &[(Entity, Field)]| meanings.iter().copied().find(|(of, _)| *of == entity);
        let [cell, more @ ..] = cells else { return false };
        let is_labelled = |cell: &&Passage| {
            split_at_label(cell).is_some_and(|(meanings, _)| of_entity(&meanings).is_some())
        };
        if !more.iter().all(is_labelled) {
            return false;
        }
        if is_labelled(cell) {
            self.open_record(entity, number);
            cells.iter().for_each(|cell| self.lines_of(cell));
            return true;
        }
        let (name, rest) = inline(cell, of_entity);
        let name_field = match entity {
            Entity::Contributor => Field::Name,
            Entity::Institution => Field::InstitutionName,
            Entity::Paper => Field::PaperTitle,
            _ => Field::IpTitle,
        };
        if name.is_blank() || name.text().contains(['：', ':']) || rest.is_empty() && more.is_empty() {
            return false;
        }
        self.open_record(entity, number);
        self.set(entity, name_field, &name);
        rest.iter().for_each(|((_, field), value)| self.set(entity, *field, value));
        more.iter().for_each(|cell| self.lines_of(cell));
        true
    }

    /// `主要贡献 | 提出方法。` beside the number that spans this row and the one with the name above it.
    pub(super) fn told_beside(&mut self, label: &Passage, value: &Passage) -> bool {
        let told = Field::Contribution;
        let Some(columns) = self.columns.as_ref().filter(|columns| !columns.names_field(told)) else {
            return false;
        };
        let entity = columns.entity;
        let is_label = Lexicon::get().label(label.text()).contains(&(entity, told));
        let Some(last) = self.last(entity).filter(|last| is_label && !last.has(told)) else { return false };
        last.add(told, value);
        self.open = Open::Field(entity, told);
        true
    }

    /// A cell alone in the row below what was told beside a label: the rest that a page break has cut, or the number of the
    /// page.
    pub(super) fn rest_of_told(&mut self, row: &[Passage]) -> bool {
        let Some(columns) = self.columns.as_ref() else { return false };
        let told = self.open == Open::Field(columns.entity, Field::Contribution);
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let (Some(rest), None) = (filled.next(), filled.next()) else { return false };
        if told && parse_integer(rest.text()).is_none() {
            self.rest_of_cell(rest);
        }
        told
    }

    /// What the label of a cell means in the record being read.
    pub(super) fn own_label(&self, cell: &Passage) -> Option<(Entity, Field)> {
        if self.current == Entity::Dossier || !cell.text().contains(['：', ':']) {
            return None;
        }
        let (meanings, _) = split_at_label(cell)?;
        meanings.into_iter().find(|(entity, _)| *entity == self.current)
    }

    /// Reads the lines of a cell, the first of which has a label.
    pub(super) fn lines_of(&mut self, cell: &Passage) {
        for line in cell.split(|c| c == '\n') {
            if !self.labelled(&line) {
                self.continue_value(&line, false);
            }
        }
    }
}

/// The number in the cell at the side of a record: `1`, `第1完成人`, `No.1`, `第1名`.
fn number_of_record(side: &Passage) -> Option<Passage> {
    let number = side.trimmed_matches(|c: char| c.is_whitespace() || "第名位.．、()（）".contains(c));
    let plain = parse_integer(number.text()).filter(|number| (1..100).contains(number)).map(|_| number);
    plain.or_else(|| counted(side)).or_else(|| ordinal_heading(side).map(|(_, number)| number))
}

#[cfg(test)]
mod tests {
    use super::super::outline;
    use super::*;
    use crate::{
        extract::entry::Entry,
        source::{Block, Row},
    };

    fn table(text: &str, at: usize) -> Block {
        let mut at = at;
        let mut cell = |text: &str| {
            at += text.len() + 1;
            Passage::new(&text.replace('/', "\n"), at)
        };
        Block::Table(text.lines().map(|line| line.split('|').map(&mut cell).collect()).collect::<Vec<Row>>())
    }

    #[test]
    fn labels_beside_what_counts_a_record_are_read() {
        let out = outline(&[table(
            "项目名称|某病的研究\n完成人1|姓名：陈一；职称：教授；工作单位：甲医院\n完成人2|姓名：李二；职称：讲师；工作单位：乙大学\n完成单位1|甲医院；贡献：负责总体设计。\n完成单位2|乙大学；贡献：提供平台。\n知识产权1|名称：一种装置；授权号：ZL201710123456.0",
            0,
        )]);
        let told = |list: &[Entry], field| {
            list.iter().map(|entry| entry.get(field).map_or("", Passage::text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(told(&out.contributors, Field::Name), ["陈一", "李二"]);
        assert_eq!(told(&out.contributors, Field::Employer), ["甲医院", "乙大学"]);
        assert_eq!(told(&out.institutions, Field::InstitutionName), ["甲医院", "乙大学"]);
        assert_eq!(told(&out.institutions, Field::Contribution), ["负责总体设计。", "提供平台。"]);
        assert_eq!(told(&out.ip, Field::GrantNumber), ["ZL201710123456.0"]);
    }

    #[test]
    fn cells_with_their_labels_are_read() {
        for text in [
            "1|姓名：陈一|性别：男\n|职称：教授|职务：无\n|工作单位：甲医院；完成单位：甲医院/贡献：提出方法。|\n2|姓名：李二|性别：女\n|职称：讲师|职务：无\n|工作单位：乙大学；完成单位：乙大学/贡献：完成验证。|",
            "姓名：陈一|职称：教授\n工作单位：甲医院|\n贡献：提出方法。|\n姓名：李二|职称：讲师\n工作单位：乙大学|\n贡献：完成验证。|",
            "序号|姓名|职称|工作单位\n1|陈一|教授|甲医院\n|贡献：提出方法。||\n2|李二|讲师|乙大学\n|贡献：完成验证。||",
            "姓名|陈一|排名|1|职称：教授/职务：无\n工作单位|甲医院|||\n对本项目的贡献|提出方法。|||\n姓名|李二|排名|2|职称：讲师/职务：无\n工作单位|乙大学|||\n对本项目的贡献|完成验证。|||",
            "序号|姓名|职称|工作单位\n1|陈一|教授|甲医院\n对本项目的贡献：提出方法。|||\n2|李二|讲师|乙大学\n对本项目的贡献：完成验证。|||",
        ] {
            let heading = Passage::new("主要完成人情况", 0);
            let out = outline(&[Block::Heading { level: 2, text: heading }, table(text, 40)]);
            let told = |at: usize| {
                let fields = [Field::Name, Field::Titles, Field::Employer, Field::Contribution];
                fields.map(|field| out.contributors[at].get(field).map_or("", Passage::text)).join(" ")
            };
            assert_eq!(out.contributors.len(), 2, "{text}");
            assert_eq!(
                [told(0), told(1)],
                ["陈一 教授 甲医院 提出方法。", "李二 讲师 乙大学 完成验证。"],
                "{text}"
            );
        }
    }
}
