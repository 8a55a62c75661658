use super::{Open, Walker, items::is_record};
use crate::{
    extract::{
        citation::enumerator,
        entry::Entry,
        label::split_at_label,
        lexicon::{Entity, Field, Names},
        narrow::Narrow,
        sentence::{counted, ordinal_heading},
    },
    source::Block,
    text::{Passage, parse_integer, width},
};

/// Longer lines are running text.
const LONGEST: usize = 600;

/// Papers and rights whose titles stand without a label above labels for all the rest.
impl Walker {
    /// `（1）一种装置` above `类别：发明专利；国别：中国`: a line with the number that is next, or a bare one where the
    /// labels below it begin again, opens a record.
    pub(super) fn title_line(&mut self, text: &Passage, names: &Names, next: Option<&Block>) -> bool {
        let title = match self.current {
            Entity::Paper => Field::PaperTitle,
            Entity::Ip => Field::IpTitle,
            _ => return false,
        };
        let entity = self.current;
        let within = match self.open {
            Open::Nothing => true,
            Open::Field(open, _) => open == entity,
            Open::Claims => false,
        };
        let Some(Block::Paragraph { text: next, .. }) = next.filter(|_| within) else { return false };
        if text.text().len() > LONGEST
            || names.section.is_some()
            || !names.meanings.is_empty()
            || self.columns.is_some()
            || ordinal_heading(text).is_some()
            || counted(text).is_some()
            || !next.text().contains(['：', ':'])
        {
            return false;
        }
        let Some((meanings, _)) = split_at_label(next) else { return false };
        let own = |&(of, field): &(Entity, Field)| {
            (of == entity && field != title && !matches!(field, Field::Ignored | Field::Number))
                .then_some(field)
        };
        let Some(field) = meanings.iter().find_map(own) else { return false };
        let narrow = Narrow::new(text);
        let (number, from) = enumerator(narrow.text());
        let number = number.map(|number| narrow.slice(number));
        let list = self.list(entity);
        let opens = match &number {
            Some(number) => parse_integer(number.text()) == u64::try_from(list.len() + 1).ok(),
            // The record before is told already.
            None => list.last().is_none_or(|last| last.has(field)),
        };
        let line = narrow.slice(from..narrow.text().len());
        let line = line.trimmed_matches(|c| c.is_whitespace() || "《》“”\"，,。；;".contains(c));
        let is_title = width(line.text()) >= 6 && !line.text().contains(['。', '；']);
        if !opens || !is_title || split_at_label(&line).is_some() || is_record(text, entity) {
            return false;
        }
        self.finish_item();
        let mut entry = Entry::default();
        entry.add(title, &line);
        number.iter().for_each(|number| entry.add(Field::Number, number));
        self.list(entity).push(entry);
        self.open = Open::Nothing;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::outline;
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
            let block = |(at, line): (usize, &&str)| Block::Paragraph {
                text: Passage::new(line, at * 200),
                continues: false,
            };
            let out = outline(&lines.iter().enumerate().map(block).collect::<Vec<_>>());
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
        let block = |(at, line): (usize, &&str)| Block::Paragraph {
            text: Passage::new(line, at * 200),
            continues: false,
        };
        let out = outline(&lines.iter().enumerate().map(block).collect::<Vec<_>>());
        let titles: Vec<_> = out.papers.iter().filter_map(|paper| paper.get(Field::PaperTitle)).collect();
        assert_eq!(
            titles.iter().map(|title| title.text()).collect::<Vec<_>>(),
            ["甲病的诊断研究", "乙病的治疗研究"]
        );
    }
}
