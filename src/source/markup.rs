use crate::text::Passage;

/// Tags that some exports leave in the cells of plain text; those that end a paragraph first.
const BREAKS: [&str; 5] = ["p", "br", "div", "li", "tr"];
const INLINE: [&str; 8] = ["span", "b", "strong", "i", "em", "u", "sup", "sub"];

/// Drops stray tags: the paragraphs of one cell are joined by a line feed.
pub(super) fn without_tags(cell: &Passage) -> Passage {
    if !cell.text().contains('<') {
        return cell.trimmed();
    }
    let mut out = Passage::default();
    let (mut from, mut joint) = (0, "");
    let mut keep = |range: std::ops::Range<usize>, joint: &mut &'static str| {
        let part = cell.slice(range);
        let part = if *joint == "\n" { part.trimmed() } else { part };
        if !part.is_blank() {
            out.append(joint, &part);
            *joint = "";
        }
    };
    let text = cell.text();
    while let Some(open) = text[from..].find('<').map(|at| from + at) {
        let Some((end, breaks)) = tag_at(text, open) else {
            keep(from..open + 1, &mut joint);
            from = open + 1;
            continue;
        };
        keep(from..open, &mut joint);
        if breaks {
            joint = "\n";
        }
        from = end;
    }
    keep(from..text.len(), &mut joint);
    out.trimmed()
}

/// The end of the tag that starts at `open`, and whether it ends a paragraph.
fn tag_at(text: &str, open: usize) -> Option<(usize, bool)> {
    let rest = &text[open + 1..];
    let close = rest.bytes().take(64).position(|b| b == b'>')?;
    let name = rest[..close].trim_start_matches('/').trim_end_matches('/');
    let name = name.split_whitespace().next()?.to_ascii_lowercase();
    let breaks = BREAKS.contains(&name.as_str());
    (breaks || INLINE.contains(&name.as_str())).then_some((open + 1 + close + 1, breaks))
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
        ] {
            let cell = Passage::new(printed, 7);
            let clean = without_tags(&cell);
            assert_eq!(clean.text(), want);
            let sliced: String = clean.spans().iter().map(|s| &printed[s.start - 7..s.end - 7]).collect();
            assert_eq!(sliced, want.replace('\n', ""));
        }
    }
}
