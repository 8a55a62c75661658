use super::{Open, Walker};
use crate::{
    extract::{
        enumerator::strip_enumerator,
        lexicon::{Entity, Lexicon},
        listing::{is_institution_name, is_person_name},
        sentence::{counted, ordinal_heading, sentence},
    },
    text::Passage,
};

/// Records side by side, each in a cell of its own.
impl Walker {
    /// `1. 陈一⏎教授，甲大学⏎提出方法。 | 2. 李二⏎…`: cells of several lines, each of which begins with a name.
    pub(super) fn cards(&mut self, row: &[Passage]) -> bool {
        let is_list = matches!(self.current, Entity::Contributor | Entity::Institution);
        let within_prose = matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        if !is_list || within_prose {
            return false;
        }
        let cells: Vec<Vec<Passage>> =
            row.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.split(|c| c == '\n')).collect();
        let begins = |lines: &Vec<Passage>| lines.len() >= 2 && self.names_record(&lines[0]);
        if cells.is_empty() || !cells.iter().all(begins) {
            return false;
        }
        for line in cells.iter().flatten() {
            self.paragraph(line, &Lexicon::get().names(line.text()), false, None);
        }
        self.finish_item();
        self.open = Open::Nothing;
        true
    }

    /// Tells whether a line is no more than the name of a record, or the sentence that begins with it.
    fn names_record(&self, line: &Passage) -> bool {
        let entity = self.current;
        let name = strip_enumerator(line.text());
        let is_numbered = name.len() < line.text().trim().len();
        let is_name = match entity {
            Entity::Contributor => is_person_name(name),
            _ => is_institution_name(name),
        };
        is_numbered && is_name
            || sentence(line, entity).is_some()
            || ordinal_heading(line).is_some()
            || counted(line).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::outline;
    use super::*;
    use crate::{extract::lexicon::Field, source::Block};

    #[test]
    fn people_side_by_side_are_read() {
        let cell = |text: &str, at: usize| Passage::new(text, at);
        let out = outline(&[
            Block::Heading { level: 2, text: cell("主要完成人", 0) },
            Block::Table(vec![
                vec![
                    cell("1. 陈一\n教授，甲大学\n提出方法，对创新点1有贡献。", 100),
                    cell("2. 李二\n讲师，乙大学\n完成验证，对创新点2有贡献。", 200),
                ],
                vec![cell("第3完成人：王三\n职称：主任医师\n工作单位：丙医院", 300), cell("", 400)],
            ]),
        ]);
        let told = |at: usize| {
            let fields = [Field::Name, Field::Titles, Field::Employer, Field::Contribution];
            fields.map(|field| out.contributors[at].get(field).map_or("", Passage::text)).join(" ")
        };
        assert_eq!(
            (0..out.contributors.len()).map(told).collect::<Vec<_>>(),
            [
                "陈一 教授 甲大学 提出方法，对创新点1有贡献。",
                "李二 讲师 乙大学 完成验证，对创新点2有贡献。",
                "王三 主任医师 丙医院 "
            ]
        );
    }
}
