use super::{Part, lines::heading_level};
use crate::text::{Passage, is_han};

/// Drops the marks of Markdown that lay text out: bullets, quotation, emphasis, code, backslashes.
pub(super) fn without_marks(part: Part) -> Part {
    match part {
        Part::Heading { level, text } => {
            let closed = text.trimmed_matches(|c| c == '#' || c.is_whitespace());
            Part::Heading { level, text: inline(if closed.is_blank() { &text } else { &closed }) }
        }
        Part::Line { text, indent } => {
            // An item of a list is no rest of the line before it.
            let line = text.text().trim_start_matches("> ");
            let is_item = ["- ", "* ", "+ ", ": "].iter().any(|mark| line.starts_with(mark));
            let indent = if is_item { indent.max(2) } else { indent };
            Part::Line { text: inline(&without_bullet(&text)), indent }
        }
        Part::Row(row) => Part::Row(row.iter().map(inline).collect()),
    }
}

/// Tells whether a text that is not named so is set in Markdown: it has a heading and, at the begin of a line, emphasis,
/// a picture or the rule below a table's header.
pub(super) fn is_marked(text: &str) -> bool {
    let is_set = |line: &str| {
        let is_rule =
            || line.len() > 5 && line.bytes().all(|byte| b"|-: ".contains(&byte)) && line.contains("--");
        (line.starts_with("**") && line[2..].contains("**"))
            || line.starts_with("![")
            || line.starts_with('|') && is_rule()
    };
    let lines = || text.lines().map(str::trim);
    lines().any(|line| heading_level(line).is_some()) && lines().any(is_set)
}

/// Drops a line that is a picture, of which the text knows no more than where it is kept; what a picture is called, where
/// that says something, is a line.
pub(super) fn without_picture(part: Part) -> Option<Part> {
    let Part::Line { text: line, indent } = &part else { return Some(part) };
    let text = line.text();
    let is_picture = text.starts_with("![") && text.ends_with(')') && text.matches("](").take(2).count() == 1;
    let Some(end) = text.find("](").filter(|_| is_picture) else { return Some(part) };
    let name = line.slice(2..end).trimmed();
    let says = name.text().chars().any(|c| is_han(c) && !"图片像第页".contains(c));
    says.then_some(Part::Line { text: name, indent: *indent })
}

/// Numbers of a list stay: they number what a dossier prints.
fn without_bullet(line: &Passage) -> Passage {
    let mut rest = line.text();
    // `: …` below a term defines it.
    while let Some(inner) = ["> ", "- ", "* ", "+ ", ": "].iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = inner.trim_start();
    }
    if rest.len() == line.text().len() {
        line.clone()
    } else {
        line.slice(line.text().len() - rest.len()..line.text().len())
    }
}

/// A run of the same mark: emphasis where it has a partner, text otherwise.
struct Run {
    at: usize,
    length: usize,
    mark: char,
}

fn inline(text: &Passage) -> Passage {
    if !text.text().contains(['*', '_', '`', '\\']) {
        return text.clone();
    }
    let mut drop = marks(text.text());
    drop.sort_unstable();
    let mut out = Passage::default();
    let mut from = 0;
    let mut keep = |range: std::ops::Range<usize>| {
        if !range.is_empty() {
            out.append("", &text.slice(range));
        }
    };
    for (at, length) in drop {
        keep(from..at);
        from = at + length;
    }
    keep(from..text.text().len());
    out.trimmed()
}

/// Where marks stand, and how long they are.
fn marks(text: &str) -> Vec<(usize, usize)> {
    let mut drop = Vec::new();
    let mut open: Vec<Run> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['*', '_', '`', '\\']).map(|found| at + found) {
        let rest = &text[found..];
        let mark = rest.chars().next().unwrap_or_default();
        if mark == '\\' {
            let next = rest[1..].chars().next();
            // At its end a line is broken by one.
            if next.is_none_or(|c| c.is_ascii_punctuation()) {
                drop.push((found, 1));
                at = (found + 2).min(text.len());
            } else {
                at = found + 1;
            }
            continue;
        }
        let length = rest.len() - rest.trim_start_matches(mark).len();
        at = found + length;
        let (before, after) = (text[..found].chars().next_back(), text[at..].chars().next());
        // `**（1）提出甲。**效果好`: no blank parts emphasis from Han text beside its punctuation.
        let is_in = |c: Option<char>, set: &str| length > 1 && c.is_some_and(|c| set.contains(c));
        let ends = is_in(before, "。，；：！？、）》”】") && after.is_some_and(is_han);
        let begins = is_in(after, "（《“【") && before.is_some_and(is_han);
        let closes = mark == '`' || flanks(after, before, mark) || ends;
        let opens = mark == '`' || flanks(before, after, mark) || begins;
        let partner = open.iter().rposition(|run| run.mark == mark && run.length == length);
        match partner.filter(|_| closes && length <= 3) {
            Some(partner) => {
                drop.push((open[partner].at, length));
                drop.push((found, length));
                open.truncate(partner);
            }
            None if opens && length <= 3 && open.len() < 16 => open.push(Run { at: found, length, mark }),
            None => {}
        }
    }
    drop
}

/// Tells whether a run with `outer` beside it embraces what begins with `inner`: `李明*，王芳*` are notes,
/// `*李明*` is emphasis.
fn flanks(outer: Option<char>, inner: Option<char>, mark: char) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_mark = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_punctuation() || (!c.is_alphanumeric() && !c.is_whitespace()))
    };
    let embraces = !is_space(inner) && (!is_mark(inner) || is_space(outer) || is_mark(outer));
    embraces && (mark != '_' || is_space(outer) || is_mark(outer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_known_without_its_name() {
        for (text, want) in [
            ("# 公示\n**一、项目名称：**某病的研究", true),
            ("## 一、概况\n\n![](images/1.jpg)", true),
            ("# 公示\n| 序号 | 名称 |\n| :-: | --- |", true),
            ("**一、项目名称：**某病的研究", false),
            ("# 公示\n姓名：李明**", false),
            ("#公示\n**甲**", false),
        ] {
            assert_eq!(is_marked(text), want, "{text}");
        }
        let line = |text| Part::Line { text: Passage::new(text, 0), indent: 0 };
        let shown = |text| match without_picture(line(text)) {
            Some(Part::Line { text, .. }) => Some(text.text().to_owned()),
            _ => None,
        };
        for picture in ["![图1](images/1.jpg)", "![](1.jpg)", "![image 2](1.jpg)"] {
            assert_eq!(shown(picture), None, "{picture}");
        }
        assert_eq!(shown("![项目名称：某病的研究](images/1.jpg)").as_deref(), Some("项目名称：某病的研究"));
        let other = "![图1](images/1.jpg) 见[表](1)";
        assert_eq!(shown(other).as_deref(), Some(other));
    }

    #[test]
    fn marks_go_and_text_stays() {
        for (printed, want) in [
            ("**姓名**：李明", "姓名：李明"),
            ("*甲* 与 __乙__ 与 ***丙***", "甲 与 乙 与 丙"),
            ("李明*，王芳*", "李明*，王芳*"),
            ("a_b_c 与 snake_case", "a_b_c 与 snake_case"),
            ("`ZL2015` 号", "ZL2015 号"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("1\\. 甲 \\*乙", "1. 甲 *乙"),
            ("- **排名**：1", "排名：1"),
            ("> 引文", "引文"),
            ("**未完", "**未完"),
            ("**（1）甲。**乙**（丙）**丁", "（1）甲。乙（丙）丁"),
            ("李明**，王芳**", "李明**，王芳**"),
            ("1. 甲", "1. 甲"),
        ] {
            let part = without_marks(Part::Line { text: Passage::new(printed, 3), indent: 0 });
            let Part::Line { text, .. } = part else { panic!("a line") };
            assert_eq!(text.text(), want);
            let sliced: String = text.spans().iter().map(|s| &printed[s.start - 3..s.end - 3]).collect();
            assert_eq!(sliced, want);
        }
        let heading = without_marks(Part::Heading { level: 2, text: Passage::new("**标题** ##", 0) });
        assert_eq!(heading, Part::Heading { level: 2, text: Passage::new("标题", 2) });
    }
}
