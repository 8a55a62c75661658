use super::{
    Block, Row,
    lines::{is_full, wrap_width},
};
use crate::text::{Passage, begins_like_year, behind_composite, is_han, is_wider, width};

/// What stands on one line of a document, or in one row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Heading { level: u8, text: Passage },
    Line { text: Passage, indent: usize },
    Row(Row),
}

impl Part {
    /// How many lines or cells it has.
    pub(super) fn cells(&self) -> usize {
        match self {
            Part::Row(row) => row.len().max(1),
            Part::Heading { .. } | Part::Line { .. } => 1,
        }
    }
}

/// Puts paragraphs and rows together, where lines were joined before.
pub(super) fn blocks_of_paragraphs(parts: Vec<Part>) -> Vec<Block> {
    assembled(parts, None)
}

/// Puts lines and rows together: rows that follow each other are a table, lines that a typesetter
/// wrapped or a page break cut are one paragraph.
pub(super) fn blocks(parts: Vec<Part>) -> Vec<Block> {
    let widths = parts.iter().filter_map(|part| match part {
        Part::Line { text, indent } => Some(indent + width(text.text())),
        _ => None,
    });
    let wrap = wrap_width(widths.collect());
    assembled(parts, wrap)
}

fn assembled(parts: Vec<Part>, wrap: Option<usize>) -> Vec<Block> {
    let mut assembly = Assembly { blocks: Vec::new(), wrap, last: None, level: None };
    for part in parts {
        assembly.part(part);
    }
    assembly.blocks
}

struct Assembly {
    blocks: Vec<Block>,
    wrap: Option<usize>,
    /// The line before, unless a heading ended the paragraph.
    last: Option<Tail>,
    /// The number of two levels that a line opened with last.
    level: Option<(u32, u32)>,
}

/// What has to be known of a line to tell whether the next one is its rest.
#[derive(Clone, Copy, Default)]
struct Tail {
    width: usize,
    ends: bool,
    is_unfinished: bool,
    /// It ends where a list goes on: `创新点（1）、`.
    lists: bool,
    /// Many words parted by blanks, as the row of a table that has lost its rulings.
    is_like_row: bool,
    /// It ends in `2021-03-`.
    cuts_number: bool,
    /// It ends with a full stop or the like.
    ends_prose: bool,
    /// It ends with a quotation or a bracket.
    closes: bool,
    /// It ends with a word that something has to follow: `缩短至`.
    lacks: bool,
}

impl Assembly {
    fn part(&mut self, part: Part) {
        match part {
            Part::Heading { level, text } => {
                self.blocks.push(Block::Heading { level, text });
                self.last = None;
            }
            Part::Row(row) => {
                self.last = Some(Tail::of_row(&row));
                match self.blocks.last_mut() {
                    Some(Block::Table(rows)) => rows.push(row),
                    _ => self.blocks.push(Block::Table(vec![row])),
                }
            }
            Part::Line { text, indent } => {
                let tail = Tail::of_line(&text, indent);
                self.line(text, indent);
                self.last = Some(tail);
            }
        }
    }

    fn line(&mut self, text: Passage, indent: usize) {
        let level = level(text.text());
        // `4.2 陈一. …⏎4.3 李二. …`, whatever the line before has filled.
        let counts_on =
            level.zip(self.level).is_some_and(|(next, last)| next.0 == last.0 && next.1 == last.1 + 1);
        let continues = !counts_on && self.last.is_some_and(|last| self.is_cut(last, &text, indent));
        self.level = level.filter(|_| !continues || counts_on).or(self.level);
        // `…, 2020, 61(4): 55-62.（⏎通讯作者：陈一）`
        if let (true, Some(Block::Paragraph { text: before, .. })) = (continues, self.blocks.last_mut())
            && (before.text().ends_with(['（', '(']) || !looks_like_label(text.text()))
        {
            before.append_wrapped(&text);
        } else {
            self.blocks.push(Block::Paragraph { text, continues });
        }
    }

    /// Tells whether `text` is the rest of what `last` began.
    fn is_cut(&self, last: Tail, text: &Passage, indent: usize) -> bool {
        if last.width >= WIDE && !last.ends_prose && opens_nothing(text.text(), last) {
            return true;
        }
        match self.wrap {
            Some(limit) => {
                let next_row = last.is_like_row && !last.cuts_number && begins_row(text.text());
                let full = is_full(last.width + unbroken(text.text()), limit) && !last.ends;
                let opens_number = text.text().starts_with(|c: char| c.is_ascii_digit());
                if last.cuts_number && opens_number && !begins_item(text.text()) {
                    return true;
                }
                // What a sentence leaves for a line of its own ends as the sentence does: `知识产权证明目录` is none.
                let most = if last.ends_prose { 28 } else { 10 };
                let may_be_heading =
                    !is_wider(text.text(), most) && !text.text().contains(['，', '、', '；', '：']);
                let piece = last.ends && may_be_heading && !ends_sentence(text.text())
                    || !last.lists && begins_bracketed(text.text());
                (is_full(last.width, limit) || full)
                    && indent < 2
                    && !begins_item(text.text())
                    && !next_row
                    && !piece
            }
            None => {
                last.is_unfinished
                    && indent < 2
                    && text.text().contains(['，', '。', '；', '！', '？'])
                    // `2021，12（3）：45-50` below authors is a cell.
                    && (text.text().contains(is_han) || !begins_like_year(text.text()))
                    && !begins_item(text.text())
                    && (last.lists || !begins_bracketed(text.text()))
                    && (last.lacks || !begins_row(text.text()))
            }
        }
    }
}

impl Tail {
    fn of_line(text: &Passage, indent: usize) -> Self {
        let width = indent + width(text.text());
        let is_like_row = text.text().split_whitespace().take(4).count() == 4;
        // `2024年5月13日` below a signature fills no line, wherever it stands.
        let is_date = text.text().ends_with('日')
            && crate::text::width(text.text()) <= 24
            && text.text().starts_with(|c: char| c.is_ascii_digit() || c == '二');
        let width = if is_date { 0 } else { width };
        let bare = text.text().trim_end_matches(['：', ':']);
        // `2021, 148(2):` goes on with the pages.
        let cuts_locator =
            bare.len() < text.text().len() && bare.ends_with(|c: char| c == ')' || c.is_ascii_digit());
        let ends = ends_sentence(bare) && !cuts_locator;
        let lists = goes_on(text.text());
        // `单位名称：甲医院        排名：1` is a line of a form, `甲医院 / 教授 / 科主任` says who somebody is.
        let has_gaps =
            ["    ", "\u{3000}\u{3000}", " / ", " ／ "].iter().any(|gap| text.text().contains(gap));
        // `一、提出某某病分区理论`: a heading is whole; a line of a document has 28 characters in Han and more.
        let is_heading = counted_in_han(text.text())
            && !text.text().contains(['，', '；', '：', '。', ',', ';', ':', '（', '('])
            && !is_wider(text.text(), 50);
        let is_unfinished = width >= WIDE && !has_gaps && !is_heading && !ends_sentence(text.text());
        let cuts_number =
            text.text().strip_suffix('-').is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()));
        let ends_prose = text.text().ends_with(['。', '！', '？', '；']);
        let closes = text.text().ends_with(['》', '”', '）', ')']);
        let lacks =
            text.text().ends_with(['由', '从', '为', '至', '到', '达', '在', '以', '将', '使', '于', '近']);
        let is_like_row = is_like_row && !lacks;
        Tail { width, ends, is_unfinished, lists, is_like_row, cuts_number, ends_prose, closes, lacks }
    }

    fn of_row(row: &Row) -> Self {
        let width = row.iter().map(|cell| 1 + width(cell.text())).sum::<usize>().saturating_sub(1);
        let ends = row.last().is_some_and(|cell| ends_sentence(cell.text()));
        let lists = row.last().is_some_and(|cell| goes_on(cell.text()));
        let is_unfinished = width >= WIDE && !ends;
        Tail { width, ends, is_unfinished, lists, is_like_row: true, ..Tail::default() }
    }
}

/// A line of running text has so many columns.
const WIDE: usize = 40;

/// Tells whether no paragraph begins like a line: `，…`, `～14%`, and behind `《甲》` also `等专著3部`.
fn opens_nothing(text: &str, last: Tail) -> bool {
    let lists = last.closes && text.starts_with('等') && !text.starts_with("等离子");
    lists || text.starts_with(['，', '。', '；', '、', '～', '〜', '％', '‰', '℃'])
}

/// A number in brackets may be the next of a list, or the number of what is named last.
fn goes_on(text: &str) -> bool {
    // `（1）—⏎（4）`; behind other words a dash announces what follows.
    let is_range = text.strip_suffix(['—', '～']).is_some_and(|before| {
        before.ends_with([')', '）']) || before.ends_with(|c: char| c.is_ascii_digit())
    });
    is_range || text.ends_with(['、', '，', ',', '和', '与', '及', '至', '第', '点', '项', '新', '（', '('])
}

/// Columns of the number or word that a line opens with, where no typesetter would have broken it:
/// `ZL202010123456.7，…` did not fit on the line before. Few columns say nothing.
fn unbroken(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_graphic());
    Some(text.len() - rest.len()).filter(|&columns| columns >= 8).unwrap_or(0)
}

pub(super) fn ends_sentence(text: &str) -> bool {
    const SENTENCE_ENDS: [char; 15] =
        ['。', '！', '？', '：', '；', '”', '…', '.', '!', '?', ':', ';', ')', '）', '》'];
    text.ends_with(SENTENCE_ENDS)
}

const HAN: &str = "一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾";

/// `二、`
fn counted_in_han(text: &str) -> bool {
    let rest = text.trim_start_matches(|c| HAN.contains(c));
    rest.len() < text.len() && rest.starts_with('、')
}

/// The number of a list item, or the wide gaps of a row, start something of their own.
pub(super) fn begins_item(text: &str) -> bool {
    let body = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - body.len();
    let numbered = (1..=2).contains(&digits)
        && body
            .strip_prefix(['.', '．', '、'])
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    // `第二部分 …`
    let part = text.strip_prefix('第').is_some_and(|text| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || HAN.contains(c));
        rest.len() < text.len() && ["部分", "章", "节"].iter().any(|word| rest.starts_with(word))
    });
    // `附件2`, `附：`; `附件2.1、3.4` goes on.
    let appended = text.strip_prefix('附').is_some_and(|rest| {
        let rest = rest.trim_start_matches(['件', '表', '录']);
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || HAN.contains(c));
        rest.is_empty() || rest.starts_with([':', '：', ' ', '\u{3000}'])
    });
    // `①`, `[3]`, `[发明专利]`, `●`, `【项目名称】`
    let is_set_off = text
        .starts_with(|c: char| matches!(c, '①'..='⑳' | '⑴'..='⒇') || "●◆■★▲◇○•▪【▍".contains(c))
        || text.strip_prefix(['[', '［', '〔']).is_some_and(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with([']', '］', '〕'])
                || rest.starts_with(is_han)
        });
    numbered
        || part
        || appended
        || is_set_off
        || counted_in_han(text)
        || text.contains("   ")
        || behind_composite(text).is_some()
}

/// `4.3 ` at the begin of a line: the number of an item, if the item before has the one before.
fn level(text: &str) -> Option<(u32, u32)> {
    let (number, _) = text.split_once([' ', '\u{3000}'])?;
    let (first, second) = number.split_once('.').filter(|_| number.len() <= 5)?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(first) && is_number(second)).then_some(())?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// `（2）`, `（二）`
fn begins_bracketed(text: &str) -> bool {
    let body = text.trim_start_matches(['（', '(']);
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    rest.len() < body.len() && rest.starts_with(['）', ')'])
}

/// `3 李明 主任医师`: a number and a blank open the row of a table that has lost its rulings.
fn begins_row(text: &str) -> bool {
    let body = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (1..=2).contains(&(text.len() - body.len())) && body.starts_with([' ', '\u{3000}', '\t'])
}

/// A short run of Han characters before a colon: perhaps a label, which starts a field of its own.
pub(super) fn looks_like_label(text: &str) -> bool {
    let Some(colon) = text.find(['：', ':']) else {
        return false;
    };
    let label = text[..colon].trim();
    // `对本项目科技创新和推广应用情况的贡献：…`
    let is_long_label =
        || label.starts_with('对') && ["贡献", "作用", "情况"].iter().any(|end| label.ends_with(end));
    !label.is_empty()
        && (width(label) <= 36 || width(label) <= 44 && is_long_label())
        && label.chars().all(|c| is_han(c) || c.is_ascii_digit() || " /（）()".contains(c))
        && label.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_items() {
        for (text, begins) in [
            ("3. 甲", true),
            ("第二部分 甲", true),
            ("伍、甲", true),
            ("第二作者", false),
            ("2.5万例", false),
        ] {
            assert_eq!(begins_item(text), begins, "{text}");
        }
        assert!(begins_bracketed("（2）甲") && !begins_bracketed("（甲）2"));
    }

    #[test]
    fn headings_and_cells_are_no_cut_paragraphs() {
        let long = "甲乙".repeat(12);
        for (lines, count) in [
            ([format!("一、提出{}理论", "甲乙".repeat(8)), "通过随访，证实有效。".to_owned()], 2),
            ([format!("{long}/甲杂志/陈一，李二"), "2021，12（3）：e45-50".to_owned()], 2),
            ([format!("本院{long}在这一年里完成了"), "随访，证实有效。".to_owned()], 1),
            ([format!("本院{long}的死亡率由25%降低至"), "12%，P＜0.01。".to_owned()], 1),
            ([format!("二、首次建立{long}早期"), "预警模型，显著降低死亡率。".to_owned()], 1),
            ([format!("本院{long}，对创新点（1）—"), "（4）全面负责，作出贡献。".to_owned()], 1),
            ([format!("本院{long}，围绕以下问题——"), "（1）建立甲方法；".to_owned()], 2),
            ([format!("本院{long}通讯作者：Luo"), "Jingyuan。".to_owned()], 1),
            (
                [
                    format!("{long}．中华甲杂志，2020，40(4)：437．（"),
                    "通讯作者：陈一；他引 4 次）".to_owned(),
                ],
                1,
            ),
            ([format!("项目简介     {long}，发生率 3%"), "～14%，防治困难。".to_owned()], 1),
            ([format!("发表论文3篇，{long}主编《甲病》"), "等专著3部。".to_owned()], 1),
            ([format!("可测定 17 种 甲 药，{long}报告时间由"), "26 小时缩短至 3 小时，甲。".to_owned()], 1),
            ([format!("可测定 17 种 甲 药，{long}报告"), "26 小时缩短至 3 小时，甲。".to_owned()], 2),
            ([format!("发表论文3篇，{long}主编《甲病》"), "等离子体消融术，甲。".to_owned()], 2),
            ([format!("{long}．中华甲杂志，2020，40(4)：437"), "通讯作者：陈一；他引 4 次".to_owned()], 2),
        ] {
            let line = |text: &String| Part::Line { text: Passage::new(text, 0), indent: 0 };
            assert_eq!(blocks(lines.iter().map(line).collect()).len(), count, "{lines:?}");
        }
    }

    #[test]
    fn the_next_number_of_two_levels_begins_a_paragraph() {
        let full = "甲".repeat(30);
        let lines = [&*format!("4.1 {full}"), &full, "4.2 乙乙", "4.5 倍，丙"];
        let line = |text: &&str| Part::Line { text: Passage::new(text, 0), indent: 0 };
        let rest = std::iter::repeat_n(&*full, 9).map(|text| line(&text));
        let parts: Vec<Part> = lines.iter().map(line).chain(rest).collect();
        let opens = |block: &Block| match block {
            Block::Paragraph { text, .. } => text.text().chars().take(3).collect::<String>(),
            _ => String::new(),
        };
        let read: Vec<String> = blocks(parts).iter().map(opens).collect();
        assert!(read.contains(&"4.2".to_owned()), "{read:?}");
        let cut = blocks([&*full; 9].iter().chain(&["4.5 倍，丙。"]).map(line).collect());
        assert_eq!(cut.len(), 1, "what no item was before is a value");
    }
}
