use crate::text::Passage;

/// Tags that some exports leave in the cells of plain text; those that end a paragraph first.
const BREAKS: [&str; 13] =
    ["p", "br", "div", "li", "ul", "ol", "table", "thead", "tbody", "tr", "td", "th", "hr"];
const INLINE: [&str; 10] = ["span", "b", "strong", "i", "em", "u", "sup", "sub", "font", "a"];
/// Spaces that the same exports leave as entities.
const SPACES: [&str; 5] = ["&nbsp;", "&#160;", "&#xA0;", "&ensp;", "&emsp;"];

/// Drops stray tags and spaces written as entities: the paragraphs of one cell are joined by a line feed.
pub(super) fn without_tags(cell: &Passage) -> Passage {
    let text = cell.text();
    if !text.contains(['<', '&']) {
        return cell.trimmed();
    }
    let mut out = Passage::default();
    let (mut from, mut at, mut joint) = (0, 0, "");
    while let Some(open) = text[at..].find(['<', '&']).map(|found| at + found) {
        let Some((end, mark)) = mark_at(text, open) else {
            at = open + 1;
            continue;
        };
        keep(&mut out, cell.slice(from..open), &mut joint);
        joint = match (mark, joint) {
            (Mark::Break, _) | (_, "\n") => "\n",
            (Mark::Space, _) => " ",
            (Mark::Nothing, joint) => joint,
        };
        (from, at) = (end, end);
    }
    keep(&mut out, cell.slice(from..text.len()), &mut joint);
    out.trimmed()
}

/// `<h3>代表性论文目录</h3>`: a line that is a heading, its level and what it says.
pub(super) fn heading(line: &Passage) -> Option<(u8, Passage)> {
    let text = line.text();
    let level = text.strip_prefix("<h").or(text.strip_prefix("<H"))?.chars().next()?.to_digit(10)?;
    let level = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    let from = text.find('>')? + 1;
    let to = text.rfind("</").filter(|&to| to >= from)?;
    let closes = text[to..].trim_end().eq_ignore_ascii_case(&format!("</h{level}>"));
    let inner = without_tags(&line.slice(from..to));
    (closes && !inner.is_blank()).then_some((level, inner))
}

/// Tells whether a line opens a paragraph: `<p>甲`.
pub(super) fn opens_paragraph(line: &str) -> bool {
    let line = line.trim_start();
    ["<p>", "<p ", "<P>", "<P "].iter().any(|tag| line.starts_with(tag))
}

/// What stands in the place of a tag or an entity.
enum Mark {
    Nothing,
    Space,
    Break,
}

fn keep(out: &mut Passage, part: Passage, joint: &mut &'static str) {
    let part = if *joint == "\n" { part.trimmed() } else { part };
    if !part.is_blank() || (*joint != "\n" && !part.text().is_empty()) {
        out.append(joint, &part);
        *joint = "";
    }
}

/// The end of the tag or entity that starts at `open`, and what it stands for.
fn mark_at(text: &str, open: usize) -> Option<(usize, Mark)> {
    let rest = &text[open..];
    if rest.starts_with('&') {
        let space = SPACES
            .iter()
            .find(|space| rest.get(..space.len()).is_some_and(|start| start.eq_ignore_ascii_case(space)))?;
        return Some((open + space.len(), Mark::Space));
    }
    let close = rest.bytes().take(256).position(|b| b == b'>')?;
    let name = rest[1..close].trim_start_matches('/').trim_end_matches('/');
    let name = name.split_whitespace().next()?.to_ascii_lowercase();
    if BREAKS.contains(&name.as_str()) {
        return Some((open + close + 1, Mark::Break));
    }
    INLINE.contains(&name.as_str()).then_some((open + close + 1, Mark::Nothing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_line_feeds_and_comparisons_stay() {
        for (printed, want) in [
            ("<p>甲</p> <p>乙</p>", "甲\n乙"),
            ("<p>甲", "甲"),
            ("甲</p>", "甲"),
            ("甲<br/>乙", "甲\n乙"),
            ("p < 0.05，q > 1", "p < 0.05，q > 1"),
            ("甲<sup>2</sup>乙", "甲2乙"),
            ("甲<sup>2</sup> 乙", "甲2 乙"),
            ("<td>甲</td><td width=\"20%\">乙</td></tr></table>", "甲\n乙"),
            ("P < 0.05<br>甲", "P < 0.05\n甲"),
        ] {
            let cell = Passage::new(printed, 7);
            let clean = without_tags(&cell);
            assert_eq!(clean.text(), want);
            let sliced: String = clean.spans().iter().map(|s| &printed[s.start - 7..s.end - 7]).collect();
            assert_eq!(sliced, want.replace('\n', ""));
        }
    }

    #[test]
    fn headings_have_their_level() {
        for (line, want) in [
            ("<h3>代表性论文目录</h3>", Some((3, "代表性论文目录"))),
            ("<H2 class=\"a\"><b>甲</b></H2>", Some((2, "甲"))),
            ("<h3>甲", None),
            ("<h3>甲</h3>乙", None),
            ("<h7>甲</h7>", None),
            ("<hr>甲", None),
        ] {
            let read = heading(&Passage::new(line, 0));
            assert_eq!(read.as_ref().map(|(level, text)| (*level, text.text())), want, "{line}");
        }
    }

    #[test]
    fn spaces_written_as_entities_are_spaces() {
        for (printed, want) in
            [("李&nbsp;明&nbsp;", "李 明"), ("&NBSP;&#160;甲", "甲"), ("A&B &amp; C", "A&B &amp; C")]
        {
            assert_eq!(without_tags(&Passage::new(printed, 0)).text(), want);
        }
    }
}
