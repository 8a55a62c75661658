use super::{Open, Walker, is_prose};
use crate::{
    extract::{
        claim_label::{is_claim_label, opens_claim},
        lexicon::{Entity, Lexicon, Section},
    },
    source::Block,
    text::{Passage, is_han, is_wider, parse_integer},
};

/// What the columns of a table of claims hold.
#[derive(Debug, Clone)]
pub(super) struct ClaimColumns {
    number: Option<usize>,
    texts: Vec<usize>,
}

/// No name of a column is wider.
const COLUMNS: usize = 30;

/// Tables of claims: `序号 | 创新内容`.
impl Walker {
    /// Reads a row of a table of claims, or the names of its columns.
    pub(super) fn claim_row(&mut self, row: &[Passage]) -> bool {
        let may_be = self.open == Open::Claims || self.claim_columns.is_some();
        if row.len() < 2 || !(may_be || is_header_of_claims(row) || self.is_labelled_claim(row)) {
            return false;
        }
        let filled: Vec<&Passage> = row.iter().filter(|cell| !cell.is_blank()).collect();
        if filled.len() < 2 {
            return false;
        }
        let header = header(row);
        if !may_be && header.is_none() {
            self.open_claims();
        }
        if let Some(columns) = header {
            self.finish_item();
            self.finish_row();
            self.open = Open::Claims;
            self.columns = None;
            self.claim_columns = Some(columns);
            return true;
        }
        let columns = self.claim_columns.clone().or_else(|| headless(row));
        let Some(ClaimColumns { number, texts }) = columns.filter(|_| self.open == Open::Claims) else {
            return false;
        };
        let number = number.and_then(|at| row.get(at)).filter(|cell| !cell.is_blank());
        let texts = texts.iter().filter_map(|&at| row.get(at)).filter(|cell| !cell.is_blank());
        let mut text = Passage::default();
        for part in texts {
            let ends = text.text().ends_with(['。', '；', '：', '，', '！', '.']);
            text.append(if ends { "" } else { "。" }, &one_line(part));
        }
        match number {
            Some(number) => {
                let is_bare =
                    number.text().ends_with(|c: char| c.is_alphanumeric() && c.is_ascii() || is_han(c));
                self.out.claims.append("\n", &one_line(number));
                self.out.claims.append(if is_bare { ". " } else { " " }, &text);
            }
            // The rest of a cell that a page break cut.
            None if columns_are_numbered(&self.claim_columns) => self.out.claims.append_wrapped(&text),
            None => self.out.claims.append("\n", &text),
        }
        true
    }

    /// `创新点1：提出…` where no heading has told of claims, or the label alone on a line above the text.
    pub(super) fn claim_line(&mut self, text: &Passage, next: Option<&Block>) -> bool {
        let is_read = match self.open {
            Open::Claims => true,
            Open::Field(entity, field) => entity != Entity::Dossier || is_prose(field),
            Open::Nothing => self.current != Entity::Dossier,
        };
        if is_read || !self.may_open_claims() {
            return false;
        }
        let wide = |text: &Passage| is_wider(text.text(), COLUMNS);
        let says_below = || matches!(next, Some(Block::Paragraph { text, .. }) if wide(text));
        let opens = match wide(text) {
            true => opens_claim(text.text()),
            false => says_below() && is_claim_label(text.text()),
        };
        if opens {
            self.open_claims();
            self.out.claims.append("\n", text);
        }
        opens
    }

    /// `创新点1 | 提出…` where no heading has told of claims.
    fn is_labelled_claim(&self, row: &[Passage]) -> bool {
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let (label, text, other) = (filled.next(), filled.next(), filled.next());
        self.may_open_claims()
            && other.is_none()
            && text.is_some_and(|text| is_wider(text.text(), COLUMNS))
            && label.is_some_and(|label| is_claim_label(label.text()))
    }

    /// What a list says of a person's part in a claim is none.
    fn may_open_claims(&self) -> bool {
        self.columns.is_none() && !matches!(self.current, Entity::Contributor | Entity::Institution)
    }

    fn open_claims(&mut self) {
        self.finish_item();
        (self.open, self.current) = (Open::Claims, Entity::Dossier);
    }
}

fn columns_are_numbered(columns: &Option<ClaimColumns>) -> bool {
    columns.as_ref().is_some_and(|columns| columns.number.is_some())
}

/// A cell whose lines are one text.
fn one_line(cell: &Passage) -> Passage {
    let mut line = Passage::default();
    cell.split(|c| c == '\n').iter().for_each(|part| line.append_wrapped(part));
    line
}

/// `创新点 | 主要内容` where no heading has told of claims.
fn is_header_of_claims(row: &[Passage]) -> bool {
    let names_claims = |cell: &Passage| {
        !is_wider(cell.text(), COLUMNS)
            && cell.text().contains(['创', '发', '創', '發'])
            && Lexicon::get().section(cell.text()) == Some(Section::Claims)
    };
    row.iter().take(2).any(names_claims) && header(row).is_some()
}

/// The columns that a row names: a number, and what says the claim.
fn header(row: &[Passage]) -> Option<ClaimColumns> {
    let key = |cell: &Passage| cell.text().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if row.iter().any(|cell| is_wider(cell.text(), COLUMNS) || cell.text().contains(['。', '，', '：'])) {
        return None;
    }
    let names: Vec<String> = row.iter().map(key).collect();
    const NUMBERS: [&str; 12] =
        ["序号", "编号", "序", "创新点序号", "创新点编号", "No", "No.", "NO", "NO.", "序號", "編號", "项"];
    let names_claim =
        |name: &str| ["创新点", "发现点", "发明点", "創新點", "發現點", "特色", "亮点"].contains(&name);
    let says = |name: &str| {
        [
            "内容", "內容", "创新", "創新", "发现", "发明", "描述", "概述", "说明", "要点", "阐述", "简述",
            "特色", "亮点",
        ]
        .iter()
        .any(|word| name.contains(word))
            && !["学科", "證明", "证明", "材料", "旁证", "完成人", "贡献人", "知识产权", "论文"]
                .iter()
                .any(|word| name.contains(word))
    };
    let number = names
        .iter()
        .position(|name| NUMBERS.contains(&&**name))
        .or_else(|| names.iter().position(|name| names_claim(name)));
    let texts: Vec<usize> = (0..names.len()).filter(|&at| Some(at) != number && says(&names[at])).collect();
    let values = names.iter().any(|name| parse_integer(name).is_some());
    (!texts.is_empty() && !values && number.is_some()).then_some(ClaimColumns { number, texts })
}

/// `1 | 提出…`: a number, and a text that is far longer than the other cells.
fn headless(row: &[Passage]) -> Option<ClaimColumns> {
    let text = (0..row.len()).max_by_key(|&at| row[at].text().len())?;
    let marks = |c: char| c.is_whitespace() || "第创新点发现明之项特色亮（）()：:.、．".contains(c);
    let number = row[..text].iter().position(|cell| {
        let number = cell.text().trim_matches(marks);
        !is_wider(cell.text(), COLUMNS)
            && (parse_integer(number).is_some() || is_circled(number) || is_claim_label(cell.text()))
    })?;
    is_wider(row[text].text(), COLUMNS).then_some(ClaimColumns { number: Some(number), texts: vec![text] })
}

fn is_circled(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| matches!(c, '①'..='⑳')) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::outline;
    use crate::{
        extract::claim::claims_of_section,
        source::{Block, Row},
        text::Passage,
    };

    #[test]
    fn labels_tell_of_claims_where_no_heading_does() {
        let long = "提出了某病早期识别和分层干预的一整套方法，准确率达到91.2%。";
        let mut at = 0;
        let mut row = |texts: [&str; 2]| {
            texts.map(|text| {
                at += 100;
                Passage::new(text, at)
            })
        };
        let mut table =
            |rows: &[[&str; 2]]| Block::Table(rows.iter().map(|texts| row(*texts).to_vec()).collect());
        let paragraph = |text: &str| Block::Paragraph { text: Passage::new(text, 0), continues: false };
        for blocks in [
            vec![table(&[["创新点1", long], ["创新点2", long]])],
            vec![table(&[["推荐单位", "甲医学会"], ["发现点一", long], ["发现点二", long]])],
            vec![paragraph("创新点1"), paragraph(long), paragraph("创新点2"), paragraph(long)],
            vec![
                paragraph("推荐单位：甲医学会"),
                paragraph(&format!("创新点1：{long}")),
                paragraph(&format!("创新点2：{long}")),
            ],
        ] {
            let claims = claims_of_section(&outline(&blocks).claims);
            let texts: Vec<(u32, &str)> = claims.iter().map(|claim| (claim.number, &*claim.text)).collect();
            assert_eq!(texts, [(1, long), (2, long)], "{blocks:?}");
        }
        let people = table(&[["姓名", "陈一"], ["创新点1", long]]);
        assert!(outline(&[people]).claims.is_blank());
    }

    #[test]
    fn claims_are_read_from_tables() {
        let long = "提出了某病早期识别和分层干预的一整套方法，准确率达到91.2%。";
        for (heading, table) in [
            ("主要创新点", "序号|创新内容\n1|{}甲\n2|{}乙"),
            ("主要技术创新", "编号|创新点名称|所属学科\n一|{}甲|内科学\n二|{}乙|外科学"),
            ("四、科技创新点", "创新点1|{}甲\n创新点2|{}乙"),
            ("主要科学发现", "①|{}甲|论文1\n②|{}乙|论文2"),
            ("项目情况", "创新点|主要内容|支撑材料\n1|{}甲|论文1、专利1\n2|{}乙|论文2"),
        ] {
            let table = table.replace("{}", long);
            let mut at = 100;
            let mut cell = |cell: &str| {
                at += cell.len() + 1;
                Passage::new(cell, at)
            };
            let rows: Vec<Row> = table.lines().map(|line| line.split('|').map(&mut cell).collect()).collect();
            let heading = Block::Paragraph { text: Passage::new(heading, 0), continues: false };
            let people = "排名|姓名|职称\n1|陈一|教授";
            let people = people.lines().map(|line| line.split('|').map(&mut cell).collect()).collect();
            let after = Block::Table(people);
            let out = outline(&[heading, Block::Table(rows), after]);
            let claims = claims_of_section(&out.claims);
            let texts: Vec<&str> = claims.iter().map(|claim| &*claim.text).collect();
            assert_eq!(texts, [format!("{long}甲"), format!("{long}乙")], "{table}");
            assert_eq!(out.contributors.len(), 1, "{table}");
        }
    }
}
