use super::{Open, Walker, is_prose, rest::is_rest};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon},
        sentence::ordinal_heading,
        table::fit,
    },
    source::Block,
    text::{Passage, is_wider, parse_integer},
};

/// Fewer labels above their values may be headings.
const FEWEST: usize = 2;

/// Records whose labels and values stand on lines of their own.
impl Walker {
    /// `姓名⏎陈一⏎职称⏎教授`: a form whose cells stand one below the other, as it is left when a page is copied as
    /// text. Tells how many blocks it has used.
    pub(super) fn label_lines(&mut self, blocks: &[Block]) -> Option<usize> {
        let mut pairs: Vec<((Entity, Field), Passage)> = Vec::new();
        let mut used = 0;
        while let Some(label) = blocks.get(used).and_then(|block| self.record_label(block)) {
            let next = blocks.get(used + 1);
            // `2022年145卷11期3-9页` is no name of a column, 发明专利 below its label no heading.
            if let Some(Block::Paragraph { text, .. }) = next
                && matches!(label.1, Field::YearLocator | Field::IpCategory)
                && fit(label.1, text.text()) >= 1.0
            {
                pairs.push((label, text.clone()));
                used += 2;
                continue;
            }
            if next.is_some_and(|next| self.record_label(next).is_some()) && !pairs.is_empty() {
                // A label without a value.
                used += 1;
                continue;
            }
            let Some(Block::Paragraph { text, .. }) = next else { break };
            let names = Lexicon::get().names(text.text());
            if names.section.is_some() || !names.meanings.is_empty() {
                break;
            }
            used += 2;
            let mut value = text.clone();
            used += self.rest_below(label.1, &mut value, &blocks[used..]);
            pairs.push((label, value));
        }
        if pairs.len() < FEWEST {
            return None;
        }
        self.finish_item();
        self.columns = None;
        for ((entity, field), value) in pairs {
            self.set(entity, field, &value);
        }
        Some(used)
    }

    /// Adds the lines with which a value goes on that a line end has cut; tells how many blocks they are. A number between
    /// names is that of a page.
    fn rest_below(&self, field: Field, value: &mut Passage, blocks: &[Block]) -> usize {
        /// No value of a record has more lines.
        const MOST: usize = 8;
        let lists_names = matches!(field, Field::Authors | Field::CorrespondingAuthors | Field::Holders);
        let mut used = 0;
        if is_prose(field) {
            return 0;
        }
        for block in blocks.iter().take(MOST) {
            let Block::Paragraph { text, .. } = block else { break };
            let names = Lexicon::get().names(text.text());
            if names.section.is_some()
                || !names.meanings.is_empty()
                || !is_rest(field, value, text)
                || ordinal_heading(text).is_some()
            {
                break;
            }
            if !(lists_names && parse_integer(text.text()).is_some()) {
                value.append_wrapped(text);
            }
            used += 1;
        }
        used
    }

    /// What a line is that is no more than the label of a record of the kind being read.
    fn record_label(&self, block: &Block) -> Option<(Entity, Field)> {
        let Block::Paragraph { text, .. } = block else { return None };
        let within_prose = matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        if within_prose || self.current == Entity::Dossier || is_wider(text.text(), 40) {
            return None;
        }
        let meanings = Lexicon::get().label(text.text());
        meanings.into_iter().find(|(entity, _)| *entity == self.current)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn labels_above_their_values_are_read() {
        let lines = [
            "主要完成人情况",
            "第1完成人",
            "姓 名",
            "陈一",
            "性别",
            "男",
            "行政职务",
            "职称",
            "教授",
            "主要贡献",
            "提出方法，",
            "第2完成人",
            "姓 名",
            "李二",
            "职称",
            "讲师",
        ];
        let block = |(at, line): (usize, &&str)| Block::Paragraph {
            text: Passage::new(line, at * 200),
            continues: false,
        };
        let blocks: Vec<Block> = lines.iter().enumerate().map(block).collect();
        let out = outline(&blocks);
        let line = |at: usize| {
            let fields = [Field::Rank, Field::Name, Field::Titles, Field::Post];
            fields.map(|field| out.contributors[at].get(field).map_or("", Passage::text)).join("|")
        };
        assert_eq!(out.contributors.len(), 2);
        assert_eq!([line(0), line(1)], ["1|陈一|教授|", "2|李二|讲师|"]);
    }

    #[test]
    fn a_value_before_a_label_is_no_name_of_a_column() {
        let lines = [
            "代表性论文",
            "序号",
            "1",
            "论文名称",
            "Repair of fractures of the hip in the elderly",
            "刊名",
            "Brain",
            "年卷页码",
            "2022年145卷11期3886-3901页",
            "他引",
            "64",
        ];
        let out = outline(&paragraphs(lines));
        assert_eq!(
            told(&out.papers, [Field::Journal, Field::YearLocator, Field::Citations]),
            ["Brain | 2022年145卷11期3886-3901页 | 64"]
        );
    }

    #[test]
    fn a_category_below_its_label_is_no_heading() {
        let right =
            ["序号", "1", "知识产权类别", "发明专利", "知识产权具体名称", "一种手环", "发明人", "陈一"];
        let next =
            ["序号", "2", "知识产权类别", "软件著作权", "知识产权具体名称", "某软件V1.0", "发明人", "李二"];
        let lines = ["主要知识产权目录"].into_iter().chain(right).chain(next);
        let out = outline(&paragraphs(lines));
        assert_eq!(
            told(&out.ip, [Field::Number, Field::IpCategory, Field::IpTitle, Field::Holders]),
            ["1 | 发明专利 | 一种手环 | 陈一", "2 | 软件著作权 | 某软件V1.0 | 李二"]
        );
    }

    #[test]
    fn values_go_on_below_their_first_line() {
        let lines = [
            "代表性论文目录",
            "论文1",
            "论文名称",
            "Simultaneous measurement of one thing in the liver and another of",
            "the spleen: a cohort study",
            "刊名",
            "Journal of Hepatic Imaging",
            "影响因子",
            "5.9",
            "全部作者",
            "陈一；李二；",
            "5",
            "王三",
            "通讯作者",
            "王三",
            "论文2",
            "论文名称",
            "某病的研究",
            "刊名",
            "中华甲杂志",
        ];
        let read = told(
            &outline(&paragraphs(lines)).papers,
            [Field::Number, Field::PaperTitle, Field::Journal, Field::Authors],
        );
        assert_eq!(
            read,
            [
                "1 | Simultaneous measurement of one thing in the liver and another of the spleen: a cohort study | Journal of Hepatic Imaging | 陈一；李二；王三",
                "2 | 某病的研究 | 中华甲杂志 | "
            ]
        );
    }
}
