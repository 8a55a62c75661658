use super::{Part, Row, assemble::begins_item, lines::Line, markup::without_tags};
use crate::text::{Passage, is_han, width};

/// A label at the side has no more columns, nor a form more lines.
const LABEL: usize = 16;
const MOST: usize = 400;

/// White space of so many columns parts a label from its value.
const GAP: usize = 2;

/// How far, in columns, values may begin beside each other; what begins farther in opens a paragraph.
const SLACK: usize = 1;

/// A line is full that ends so many columns before the widest.
const FULL: usize = 8;

/// A line of a form: the bytes of its label, if it has one, where its value begins, in columns and in bytes.
struct Entry<'l> {
    line: &'l Line<'l>,
    label: Option<std::ops::Range<usize>>,
    at: usize,
    from: usize,
}

/// Reads forms whose labels stand beside the middle of what they name.
#[derive(Default)]
pub(super) struct Forms {
    /// Where the lines end in which none was found: what begins within them is none either.
    tried: usize,
}

impl Forms {
    /// Reads such a form at the head of `lines`. Returns how many lines it took; 0 where no label stands so.
    pub(super) fn table(&mut self, lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
        if lines.first().is_none_or(|line| line.start < self.tried) {
            return 0;
        }
        let (used, tried) = form(lines, parts);
        if used == 0
            && let Some(last) = lines.get(..tried).and_then(<[Line<'_>]>::last)
        {
            self.tried = last.start + last.text.len();
        }
        used
    }
}

/// Reads a form as cells are that a converter has laid out by blanks: lines of running text above a label belong to it as
/// those below do. Returns how many lines it took, and how many it looked at.
fn form(lines: &[Line<'_>], parts: &mut Vec<Part>) -> (usize, usize) {
    let Some(first) = lines.first().and_then(labelled) else { return (0, 0) };
    let (side, column) = (first.line.indent(), first.at);
    let mut entries = vec![first];
    for line in lines.iter().take(MOST).skip(1) {
        let next =
            labelled(line).filter(|next| line.indent().abs_diff(side) <= SLACK && fits(next.at, column));
        let value = || {
            let indent = line.indent();
            let from = line.text.len() - line.text.trim_start().len();
            (indent + SLACK >= column).then_some(Entry { line, label: None, at: indent, from })
        };
        let Some(entry) = next.or_else(value).filter(|_| !line.is_tabbed() && !line.is_apart()) else {
            break;
        };
        entries.push(entry);
    }
    let labels: Vec<usize> = (0..entries.len()).filter(|&at| entries[at].label.is_some()).collect();
    let widest = entries.iter().map(|entry| width(entry.line.text)).max().unwrap_or(0);
    // The first line of what each label names, from the last label on: as many lines stand above one as below it.
    let mut begins = labels.clone();
    let mut is_centred = false;
    let mut rest = entries.len();
    for at in (1..labels.len()).rev() {
        let (before, label) = (labels[at - 1] + 1, labels[at]);
        let below = rest - label - 1;
        let is_text = |first: &usize| is_running(&entries[*first..rest], label - first, widest, column);
        // Where paragraphs are set in, no other line begins one.
        let is_set_in = |entry: &Entry<'_>| entry.at > column + SLACK;
        let are_set_in = entries[before..rest].iter().any(is_set_in);
        let opens = |first: &usize| {
            ends_paragraph(&entries[*first - 1], widest)
                && (!are_set_in || *first == before || is_set_in(&entries[*first]))
        };
        let firsts = [below, below + 1, below.saturating_sub(1)].map(|above| label.checked_sub(above));
        let firsts = firsts.into_iter().flatten().filter(|first| (before..label).contains(first));
        if let Some(first) = firsts.filter(is_text).find(opens) {
            begins[at] = first;
            is_centred |= label - first > 1;
        }
        rest = begins[at];
    }
    if !is_centred {
        return (0, entries.len());
    }
    for (place, &label) in labels.iter().enumerate() {
        let end = begins.get(place + 1).copied().unwrap_or(entries.len());
        parts.push(Part::Row(row(&entries[begins[place]..end], label - begins[place], column, widest)));
    }
    (entries.len(), entries.len())
}

/// Tells whether lines are sentences that a typesetter has broken, each as far as the label full where no paragraph ends,
/// and not a list of names.
fn is_running(entries: &[Entry<'_>], label: usize, widest: usize, column: usize) -> bool {
    let opens = |entry: &Entry<'_>| entry.at > column + SLACK;
    entries.iter().any(|entry| opens(entry) || entry.line.text.contains('。'))
        && entries[..=label].windows(2).all(|pair| {
            opens(&pair[1])
                || width(pair[0].line.text) + FULL >= widest
                || pair[0].line.text.ends_with(['。', '：'])
        })
}

/// Tells whether a line is the last of a paragraph.
fn ends_paragraph(entry: &Entry<'_>, widest: usize) -> bool {
    entry.line.text.ends_with(['。', '：']) || width(entry.line.text) + FULL < widest
}

fn fits(at: usize, column: usize) -> bool {
    at.abs_diff(column) <= SLACK
}

/// The line with its label, where a short word in Han stands before a gap and one value.
fn labelled<'l>(line: &'l Line<'l>) -> Option<Entry<'l>> {
    let text = line.text.trim_start();
    let start = line.text.len() - text.len();
    let end = text.find("  ").or_else(|| text.find('\u{3000}'))?;
    let label = &text[..end];
    let value = text[end..].trim_start();
    let gap = width(&text[end..text.len() - value.len()]);
    if line.is_tabbed()
        || gap < GAP
        || width(label) > LABEL
        || !label.chars().all(is_han)
        || value.contains("   ")
    {
        return None;
    }
    let from = line.text.len() - value.len();
    Some(Entry { line, label: Some(start..start + end), at: width(&line.text[..from]), from })
}

fn row(entries: &[Entry<'_>], label: usize, column: usize, widest: usize) -> Row {
    let mut value = Passage::default();
    // Where nothing is counted, a short line is no sure end of one.
    let are_counted = entries.iter().any(|entry| begins_item(&entry.line.text[entry.from..]));
    for (at, entry) in entries.iter().enumerate() {
        let text = Passage::new(&entry.line.text[entry.from..], entry.line.start + entry.from);
        let text = without_tags(&text);
        let is_set_in = entry.label.is_none() && entry.at > column + SLACK;
        let before = at.checked_sub(1).map(|before| &entries[before]);
        let is_last = |entry: &Entry<'_>| {
            let is_short = width(entry.line.text) + FULL < widest;
            are_counted && is_short && entry.line.text.ends_with('。')
                || begins_item(text.text()) && ends_paragraph(entry, widest)
        };
        if is_set_in || before.is_some_and(is_last) {
            value.append("\n", &text);
        } else {
            value.append_wrapped(&text);
        }
    }
    let name = entries[label].label.clone().unwrap_or_default();
    let name = Passage::new(&entries[label].line.text[name.clone()], entries[label].line.start + name.start);
    vec![name, value]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::lines;

    fn read(text: &str) -> (usize, Vec<String>) {
        let all: Vec<Line<'_>> = lines(text).collect();
        let mut parts = Vec::new();
        let used = Forms::default().table(&all, &mut parts);
        let rows = parts.iter().filter_map(|part| match part {
            Part::Row(row) => {
                Some(row.iter().map(|cell| cell.text().replace('\n', "+")).collect::<Vec<_>>().join("|"))
            }
            _ => None,
        });
        (used, rows.collect())
    }

    #[test]
    fn a_label_may_stand_beside_the_middle_of_its_text() {
        let text = "\
 推荐奖种        某类
 项目名称        某某病相关某某病变防治新策略及居家远
                 程管理
 推荐单位        某某医学会
                　　某某病患者已超过十五万例，防治不足是主因。
                项目组历经多年，开展研究。
                　　（一）首次发现某细胞的重编程，证实靶向某某可
 项目简介       逆转病变。
                　　（二）研发某某相容性某某液，患者四小时某
                年增幅降低。

代表性论文目录";
        let (used, rows) = read(text);
        assert_eq!(used, 10);
        assert_eq!(rows[1], "项目名称|某某病相关某某病变防治新策略及居家远程管理");
        assert_eq!(rows[2], "推荐单位|某某医学会");
        assert_eq!(
            rows[3],
            "项目简介|某某病患者已超过十五万例，防治不足是主因。项目组历经多年，开展研究。+（一）首次发现某细胞的重编程，证实靶向某某可逆转病变。+（二）研发某某相容性某某液，患者四小时某年增幅降低。"
        );
    }

    #[test]
    fn several_labels_may_stand_beside_the_middle_of_paragraphs_that_are_not_set_in() {
        let text = "\
推荐单位  某某医学会
          该项目针对某某病，历时多年完成从早期识别到移动
推荐意见  保障的研究，成果达到国际先进水平，在多家医院
          应用。
          推荐该项目。
          某某病发病急骤，延误后病死率高，项目组取得创新：
          1. 首次发现某某细胞的重编程，证实靶向某某可逆转
项目简介  病变。
          2. 研发某某液，患者四小时某年增幅降低，获得授权
          专利。";
        let (used, rows) = read(text);
        assert_eq!(used, 10);
        assert_eq!(rows[0], "推荐单位|某某医学会");
        assert_eq!(
            rows[1],
            "推荐意见|该项目针对某某病，历时多年完成从早期识别到移动保障的研究，成果达到国际先进水平，在多家医院应用。推荐该项目。"
        );
        assert_eq!(
            rows[2],
            "项目简介|某某病发病急骤，延误后病死率高，项目组取得创新：+1. 首次发现某某细胞的重编程，证实靶向某某可逆转病变。+2. 研发某某液，患者四小时某年增幅降低，获得授权专利。"
        );
    }

    #[test]
    fn labels_that_open_their_text_are_left_to_others() {
        for text in [
            "项目名称      某病的研究\n推荐单位      某医学会\n项目简介      某病患者已超过十五万例，\n              防治不足是主因。",
            "项目名称  某病的研究",
            "正文在这里。",
            // Lists of names are no running text.
            "项目名称  某病的研究与某某病变防治新策略及居家远程管理\n完成单位  甲医院\n          乙医院\n          丙医院\n完成人    陈一\n          李二\n          王三",
            "项目名称  某病的研究\n完成单位  甲医院\n          乙某某医科大学附属第一医院\n          丙某某医科大学附属第一医院\n完成人    陈一\n          李二\n          王三",
        ] {
            assert_eq!(read(text).0, 0, "{text}");
        }
    }

    #[test]
    fn lines_that_are_no_form_are_looked_at_once() {
        let text = "甲  乙\n".repeat(200_000);
        let all: Vec<Line<'_>> = lines(&text).collect();
        let (mut forms, mut parts) = (Forms::default(), Vec::new());
        let began = std::time::Instant::now();
        (0..all.len()).for_each(|at| assert_eq!(forms.table(&all[at..], &mut parts), 0));
        assert!(began.elapsed().as_secs() < 10);
    }
}
