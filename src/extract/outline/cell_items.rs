use super::{
    Open, Walker,
    items::{is_marked, is_record},
};
use crate::{
    extract::lexicon::{Entity, Lexicon},
    text::Passage,
};

/// Lists in a table each of whose rows is one cell.
impl Walker {
    /// `1. 陈一，李二. 题名. 刊名，2021，…`, `1. 陈一，教授，甲医院，…` in a cell that spans the table: each of its lines is an
    /// item of the list.
    pub(super) fn listed_in_cell(&mut self, cell: &Passage) -> bool {
        let lines = cell.split(|c| c == '\n');
        if matches!(self.current, Entity::Contributor | Entity::Institution) {
            return lines.len() == 1 && self.sentence(cell);
        }
        let Some(first) = lines.first().filter(|_| self.is_listing()) else { return false };
        let is_item = is_record(first, self.current) || lines.len() > 1 && is_marked(first.text());
        if !is_item {
            return false;
        }
        self.open = Open::Nothing;
        for line in &lines {
            self.paragraph(line, &Lexicon::get().names(line.text()), false, None);
        }
        self.finish_item();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{table, told},
    };
    use crate::{extract::lexicon::Field, source::Block};

    #[test]
    fn rows_of_one_cell_are_the_items_of_a_list() {
        let rows = "项目名称|某病的研究\n主要知识产权目录|\n1. 发明专利：一种装置，ZL201710123456.0，发明人：陈一|\n代表性论文目录|\n1. 陈一（第一作者），李二. 某病的诊断研究. 甲杂志, 2019, 35(4): 211-218. 通讯作者：李二. 他引12次|\n[2] 李二, 陈一. 某病的治疗研究. 甲杂志, 2020, 36(4): 11-18.|\n主要完成人情况|\n1. 陈一，教授，甲医院，提出方法。|\n2. 李二，讲师，乙大学，完成验证。|\n主要完成单位|\n1. 甲医院：负责总体设计。|\n受理异议：甲医院科研处|";
        let out = outline(&[Block::Table(table(rows))]);
        assert_eq!(told(&out.ip, [Field::IpTitle]), ["一种装置"]);
        assert_eq!(told(&out.papers, [Field::PaperTitle]), ["某病的诊断研究", "某病的治疗研究"]);
        assert_eq!(told(&out.papers, [Field::Authors]), ["陈一；李二", "李二；陈一"]);
        assert_eq!(told(&out.contributors, [Field::Employer]), ["甲医院", "乙大学"]);
        assert_eq!(told(&out.institutions, [Field::Contribution]), ["负责总体设计。"]);
    }
}
