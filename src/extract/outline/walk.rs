use super::{
    Walker,
    cards::{beside_cards, cards},
    cut_label::whole_label,
    cut_rows::with_whole_labels,
    repeated::unfolded,
    transposed::{bands, beside, transposed},
    two_rows::with_one_header,
};
use crate::{
    extract::{
        claim_label::opens_claim,
        label::{split_at_label, split_label},
        lexicon::{Entity, Field, Lexicon, Section},
    },
    source::{Block, Row},
    text::{Passage, boundary, is_wider},
};

/// How a document is walked through.
impl Walker {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            at += 1;
            self.before_table = matches!(blocks.get(at), Some(Block::Table(_)));
            match block {
                Block::Heading { level, text } => self.heading(*level, text),
                Block::Table(rows) => self.table(rows),
                Block::Paragraph { text, continues } => match parted(text) {
                    Some(parts) => {
                        let mut part = 0;
                        while let Some(Block::Paragraph { text, continues }) = parts.get(part) {
                            part += self.paragraph_block(text, *continues, &parts[part..]);
                        }
                    }
                    None => at += self.paragraph_block(text, *continues, &blocks[at - 1..]) - 1,
                },
            }
        }
    }

    fn table(&mut self, rows: &[Row]) {
        self.finish_item();
        self.above.clear();
        self.claim_columns = None;
        if self.is_closed {
            return;
        }
        if let Some(cards) = cards(rows) {
            return cards.iter().for_each(|card| self.card(card));
        }
        let rows = &rows[self.dossier_columns(rows)..];
        let rows = with_whole_labels(rows);
        let rows = unfolded(&rows);
        let rows = with_one_header(&rows);
        for band in bands(&rows) {
            let turned = transposed(band);
            self.table_rows(turned.as_deref().unwrap_or(band));
        }
    }

    /// Reads the lines of a card as those of a column.
    pub(super) fn card(&mut self, lines: &[Passage]) {
        self.finish_row();
        let paragraph = |line: &Passage| Block::Paragraph { text: line.clone(), continues: false };
        self.blocks(&lines.iter().map(paragraph).collect::<Vec<Block>>());
    }

    /// Reads the paragraph at the head of `blocks`; tells how many of these it has used.
    fn paragraph_block(&mut self, text: &Passage, continues: bool, blocks: &[Block]) -> usize {
        if is_rule(text.text()) {
            return 1;
        }
        if let Some((used, whole)) = whole_label(blocks) {
            let names = Lexicon::get().names(whole.text());
            self.paragraph(&whole, &names, continues, blocks.get(used));
            return used;
        }
        let names = Lexicon::get().names(text.text());
        let bare = self.without_bullet(text, &names);
        let text = bare.as_ref().unwrap_or(text);
        let stacked = self.stacked(blocks, &names);
        if let Some(used) = stacked.or_else(|| self.label_lines(blocks)) {
            return used;
        }
        if let Some(used) = self.lined(blocks) {
            return used;
        }
        if let Some((used, rows)) = beside(blocks) {
            self.finish_item();
            rows.iter().for_each(|row| self.printed_row(row));
            self.columns = None;
            return used;
        }
        if let Some((used, cards)) = beside_cards(blocks) {
            cards.iter().for_each(|card| self.card(card));
            return used;
        }
        if let Some((used, label)) = split_label(blocks)
            && self.heading_like(&label, &Lexicon::get().names(label.text()))
        {
            return used;
        }
        if let Some(used) = self.cut_side_label(blocks) {
            return used;
        }
        let next = blocks.get(1);
        if self.dossier_lines(text, next) || self.name_above_rank(text, next) {
            return 2;
        }
        let is_read = self.claim_line(text, next)
            || self.signature(text, &blocks[1..])
            || self.bare_name(text, next)
            || names.section.is_none() && self.numbered_name(text, next);
        if !is_read {
            self.paragraph(text, &names, continues, next);
        }
        1
    }
}

/// `项目名称 某病的研究⏎推荐单位`, `项目名称  某病的研究⏎推荐单位  某学会`: the title filled its line, so that the labels
/// below were taken for the rest of it.
fn labels_below(text: &Passage) -> Option<Vec<Block>> {
    let is_title =
        |(meanings, _): (Vec<(Entity, Field)>, Passage)| meanings.contains(&(Entity::Dossier, Field::Title));
    text.last_line()?;
    if !split_at_label(text).is_some_and(is_title) {
        return None;
    }
    let mut parts: Vec<Passage> = Vec::new();
    for line in text.lines() {
        match parts.last_mut().filter(|_| !opens_with_label(line.text())) {
            Some(above) => above.append_wrapped(&line),
            None => parts.push(line),
        }
    }
    let block = |text| Block::Paragraph { text, continues: false };
    (parts.len() > 1).then(|| parts.into_iter().map(block).collect())
}

/// Tells whether a line is a label of the dossier, or begins with one that a gap parts from its value.
fn opens_with_label(line: &str) -> bool {
    /// No such label is wider.
    const COLUMNS: usize = 16;
    let end = ["  ", "\u{3000}", "\t"].iter().filter_map(|gap| line.find(gap)).min().unwrap_or(line.len());
    let label = Some(&line[..end]).filter(|label| !is_wider(label, COLUMNS));
    // `…能力建设⏎项目` is the rest of a title.
    let is_label = |(entity, field): (Entity, Field)| {
        entity == Entity::Dossier && !matches!(field, Field::Title | Field::Ignored)
    };
    label.is_some_and(|label| Lexicon::get().label(label).into_iter().any(is_label))
}

/// The paragraphs that were taken for one.
fn parted(text: &Passage) -> Option<Vec<Block>> {
    let two = || list_below(text).or_else(|| claims_beside(text)).map(Vec::from);
    labels_below(text).or_else(two)
}

/// `…，国际领先。⏎知识产权证明目录`: the line above a heading was full, so that the heading was taken for the rest of it.
fn list_below(text: &Passage) -> Option<[Block; 2]> {
    let heading = text.last_line().filter(|line| !is_wider(line.text(), 40))?;
    let is_list =
        ["目录", "情况", "情况表", "列表", "一览表"].iter().any(|end| heading.text().ends_with(end));
    let section = Lexicon::get().section(heading.text()).filter(|_| is_list)?;
    section.entity()?;
    let above = text.slice(0..text.text().len() - heading.text().len()).trimmed();
    Some([above, heading].map(|text| Block::Paragraph { text, continues: false }))
}

/// `主要创新点    创新点1. …`: the name of the section stands at the side of its first line.
fn claims_beside(text: &Passage) -> Option<[Block; 2]> {
    /// No such name is longer, in bytes.
    const LONGEST: usize = 48;
    let line = text.text();
    let end = line[..boundary(line, LONGEST)].find("  ")?;
    let names_claims = Lexicon::get().section(&line[..end]) == Some(Section::Claims);
    let first = text.slice(end..line.len()).trimmed();
    (names_claims && opens_claim(first.text()))
        .then(|| [text.slice(0..end), first].map(|text| Block::Paragraph { text, continues: false }))
}

/// `---` parts what stands above it from what stands below.
fn is_rule(text: &str) -> bool {
    text.len() >= 3
        && text.starts_with(['-', '*', '_', '=', '—'])
        && text.chars().all(|c| "-*_=— ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn the_name_of_the_claims_may_stand_beside_the_first() {
        let out = outline(&paragraphs([
            "项目简介      某病负担高。",
            "主要创新点    创新点1. 研制甲技术，两小时出结果。",
            "创新点2. 提出乙方案。",
        ]));
        assert_eq!(out.claims.text(), "创新点1. 研制甲技术，两小时出结果。\n创新点2. 提出乙方案。");
    }

    #[test]
    fn labels_below_a_title_that_filled_its_line_are_none_of_it() {
        let mut text = Passage::default();
        let lines = ["项目名称  某病传播规律与", "早期救治的研究", "推荐单位  某学会某分会", "推荐意见"];
        lines.iter().enumerate().for_each(|(at, line)| text.append_wrapped(&Passage::new(line, at * 400)));
        let mut blocks = vec![Block::Paragraph { text, continues: false }];
        blocks.push(Block::Paragraph { text: Passage::new("同意推荐。", 9000), continues: false });
        let out = outline(&blocks);
        let read = [Field::Title, Field::Recommender, Field::Recommendation]
            .map(|field| out.dossier.get(field).map_or("", Passage::text));
        assert_eq!(read, ["某病传播规律与早期救治的研究", "某学会某分会", "同意推荐。"]);
    }

    #[test]
    fn a_numbered_heading_behind_institutions_is_none() {
        let heading = |text| Block::Heading { level: 2, text: Passage::new(text, 9000) };
        let mut blocks = paragraphs(["主要完成单位", "1.甲医院：总体负责。", "2.乙大学：负责机制研究。"]);
        blocks.push(heading("3 把技术留在基层"));
        let names = told(&outline(&blocks).institutions, [Field::InstitutionName]);
        assert_eq!(names, ["甲医院", "乙大学"]);
    }
}
