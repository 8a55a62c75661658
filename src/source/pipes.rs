use super::{Part, Row, lines::Line, markup::without_tags};
use crate::text::Passage;

/// Reads the table by pipes that begins with the first line, where one does: `| a | b |` by itself, `a |
/// b` where the next line agrees. Returns how many lines it took.
pub(super) fn table(lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
    let Some(first) = lines.first().filter(|line| !line.is_tabbed()) else { return 0 };
    let bars = bars(first.text);
    if bars == 0 {
        return 0;
    }
    let second = lines.get(1).filter(|line| !line.is_tabbed());
    let goes_on = matches!(parts.last(), Some(Part::Row(_))) && bars >= 2;
    if is_framed(first.text) || (goes_on && first.text.trim_start().starts_with(['|', '｜'])) {
        push(*first, parts);
        return 1;
    }
    if !second.is_some_and(|next| is_separator(next.text) || self::bars(next.text) == bars) {
        return 0;
    }
    let run = lines.iter().take_while(|line| {
        !line.is_tabbed()
            && !is_framed(line.text)
            && (self::bars(line.text) == bars || is_separator(line.text))
    });
    run.map(|line| push(*line, parts)).count()
}

fn push(line: Line<'_>, parts: &mut Vec<Part>) {
    if !is_separator(line.text) {
        parts.push(Part::Row(row(line)));
    }
}

/// The cells of a line: a pipe at either end is the frame, one after a backslash is text.
fn row(line: Line<'_>) -> Row {
    let line = line.trimmed();
    let mut row = vec![Passage::default()];
    let mut from = 0;
    let ends = pipes(line.text).chain([(line.text.len(), '\0', false)]);
    for (at, bar, escaped) in ends {
        let to = if escaped { at - 1 } else { at };
        if let Some(cell) = row.last_mut() {
            cell.push("", &line.text[from..to], line.start + from);
        }
        from = if escaped { at } else { at + bar.len_utf8() };
        if !escaped && at < line.text.len() {
            row.push(Passage::default());
        }
    }
    let framed_left = line.text.starts_with(['|', '｜']);
    let framed_right = row.len() > 1 && row.last().is_some_and(Passage::is_blank);
    if framed_right {
        row.pop();
    }
    if framed_left {
        row.remove(0);
    }
    row.iter().map(without_tags).collect()
}

/// The pipes of a line: where, which, and whether a backslash makes it text.
fn pipes(text: &str) -> impl Iterator<Item = (usize, char, bool)> + '_ {
    text.char_indices()
        .filter(|(_, c)| matches!(c, '|' | '｜'))
        .map(move |(at, c)| (at, c, text[..at].ends_with('\\')))
}

fn bars(text: &str) -> usize {
    pipes(text).filter(|(_, _, escaped)| !escaped).count()
}

/// Starts with a pipe and holds as many as a row needs.
fn is_framed(text: &str) -> bool {
    let text = text.trim();
    let bars = bars(text);
    text.starts_with(['|', '｜']) && (bars >= 3 || (bars == 2 && text.ends_with(['|', '｜'])))
}

/// `|---|:-:|`, `--- | ---` or `|---+---|`.
fn is_separator(text: &str) -> bool {
    text.contains('-')
        && text.contains(['|', '｜'])
        && text.chars().all(|c| matches!(c, '|' | '｜' | '-' | ':' | '+' | '=' | ' '))
}

#[cfg(test)]
mod tests {
    use crate::{source::Part, source::text::parts};

    fn rows(text: &str) -> Vec<Vec<String>> {
        let parts = parts(text).expect("few parts");
        let rows = parts.iter().filter_map(|part| match part {
            Part::Row(row) => Some(row.iter().map(|cell| cell.text().to_owned()).collect()),
            _ => None,
        });
        rows.collect()
    }

    #[test]
    fn rows_by_pipes_are_read_with_and_without_a_frame() {
        for (text, want) in [
            ("| 序号 | 名称 |\n|---|:-:|\n| 1 | 甲 |", &[&["序号", "名称"][..], &["1", "甲"]][..]),
            ("序号 | 名称\n--- | ---\n1 | 甲\n| 2 | 乙 |", &[&["序号", "名称"], &["1", "甲"], &["2", "乙"]]),
            ("姓名 | 李明\n\n排名 | 1\n正文", &[&["姓名", "李明"], &["排名", "1"]]),
            ("| a \\| b | c |", &[&["a | b", "c"]]),
            ("| 甲 | | |\n- 3 -\n| | 乙 | |", &[&["甲", "", ""], &["", "乙", ""]]),
            ("|a|b|\n|---+---|\n|1|2", &[&["a", "b"], &["1", "2"]]),
            ("｜甲｜乙｜", &[&["甲", "乙"]]),
            ("| <p>甲</p><p>乙</p> | 丙 |", &[&["甲\n乙", "丙"]]),
            ("首页 | 关于我们 | 联系\n正文一段。", &[]),
            ("|r| 为相关系数", &[]),
        ] {
            assert_eq!(rows(text), want, "{text}");
        }
    }
}
