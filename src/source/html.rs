mod element;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use self::element::{OPEN_ENDED, UNSEEN, VOID, attribute, heading, is_block, is_hidden, span};
use super::{Part, SourceError, charset, flow::Flow};
use crate::text::width;

/// Elements deeper than this are read as if they were not nested; browsers do so from 512 on.
const MAX_OPEN: usize = 128;
/// Decodes a page: a byte order mark, then what the page declares, then what the bytes look like.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), SourceError> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let has_mark = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| head.starts_with(mark));
    let declared = head.windows(8).position(|window| window == b"charset=").map(|at| &head[at + 8..]);
    if let (Some(rest), false) = (declared, has_mark) {
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| matches!(b, b'"' | b'\'' | b' ' | b';' | b'>' | b'/'));
        if let Some(found) = charset::decode_as(&rest[..end.unwrap_or(rest.len())], bytes) {
            return Ok(found);
        }
    }
    charset::decode(bytes)
}

/// Renders a page as a reader sees it.
pub(super) fn parts(page: &str) -> Result<(String, Vec<Part>), SourceError> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => reader.start(&tag)?,
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
        reader.flow.check()?;
    }
    Ok(reader.flow.finish())
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    open: Vec<String>,
    /// The element that hides what is read now, and how many of its name are open within it.
    hidden: Option<(String, usize)>,
    /// White space since the last character, and whether a line ended in it.
    space: Option<bool>,
    /// The lists that are open: the number of the next item, of those that number theirs.
    lists: Vec<Option<u32>>,
    /// The number that is shown before an item whose text has not begun.
    label: Option<u32>,
    /// A `dt` has ended, and what it describes is to stand beside it.
    term: bool,
    /// The text of the `dt` that was read last.
    described: String,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), SourceError> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let is_block = is_block(&name);
        if let Some((hider, depth)) = &mut self.hidden {
            let ends = match hider.as_str() {
                "head" => is_block && name != "html",
                "p" => is_block,
                other => other == name && OPEN_ENDED.contains(&other),
            };
            if !ends {
                *depth += usize::from(*hider == name && !tag.self_closing);
                return Ok(());
            }
            self.hidden = None;
        }
        let describes = name == "dd" || self.open.iter().rev().take(16).any(|open| open == "dd");
        if name == "dd" && self.open.last().is_some_and(|open| open == "dt") {
            self.end("dt");
        }
        if self.term && is_block && !describes {
            self.term = false;
        }
        if is_block || name == "br" {
            self.end_line();
        }
        if is_block {
            self.close_implied(&name);
        }
        let is_void = VOID.contains(&name.as_str());
        if (UNSEEN.contains(&name.as_str()) || is_hidden(tag)) && !is_void {
            // The tokenizer does not know that `<svg/>` is closed, so its rest would be lost.
            if !(tag.self_closing && matches!(name.as_str(), "svg" | "math")) {
                self.hidden = Some((name, 1));
            }
            return Ok(());
        }
        let is_structure = matches!(name.as_str(), "table" | "tr" | "td" | "th");
        match name.as_str() {
            "table" => self.flow.open_table()?,
            "tr" => self.flow.open_row(),
            "td" | "th" => self.flow.open_cell(span(tag, b"colspan"), span(tag, b"rowspan")),
            "li" => {
                let next = self.lists.last_mut().and_then(Option::as_mut);
                self.label = next.map(|next| std::mem::replace(next, next.saturating_add(1)));
            }
            "ol" | "ul" if self.open.len() < MAX_OPEN => {
                let first =
                    || attribute(tag, b"start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then(first));
            }
            "dt" => self.described.clear(),
            _ => self.flow.level = heading(&name).or(self.flow.level),
        }
        if !is_void && (is_structure || self.open.len() < MAX_OPEN) {
            self.open.push(name);
        }
        Ok(())
    }

    /// Closes what an element ends by beginning.
    fn close_implied(&mut self, name: &str) {
        let (ended, scope): (&[&str], &[&str]) = match name {
            "td" | "th" => (&["td", "th"], &["table"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr"], &["table"]),
            "li" => (&["li"], &["ul", "ol", "table", "td", "th"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl", "table", "td", "th"]),
            _ => (&["p"], &["table", "td", "th", "caption"]),
        };
        // The outermost of them within the scope, so that a cell ends with its row.
        let within = self.open.iter().rposition(|open| scope.contains(&open.as_str())).map_or(0, |at| at + 1);
        if let Some(at) = self.open[within..].iter().position(|open| ended.contains(&open.as_str())) {
            self.close_to(within + at);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((hider, depth)) = &mut self.hidden {
            let is_around = name == "table" && matches!(hider.as_str(), "td" | "th" | "tr");
            *depth -= usize::from(hider == name);
            if *depth > 0 && !is_around {
                return;
            }
            self.hidden = None;
            if !is_around {
                return;
            }
        }
        if name == "dt" && self.open.last().is_some_and(|open| open == "dt") {
            self.term = self.flow.last().is_some();
        }
        if name == "dl" {
            self.term = false;
        }
        if is_block(name) || name == "br" {
            self.end_line();
        }
        let is_structure = matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot");
        for at in (0..self.open.len()).rev() {
            let open = self.open[at].as_str();
            if open == name {
                return self.close_to(at);
            }
            if open == "table" || (!is_structure && matches!(open, "td" | "th")) {
                return;
            }
        }
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(name) = self.open.pop() else { return };
            if is_block(&name) {
                self.end_line();
            }
            match name.as_str() {
                "td" | "th" => self.flow.close_cell(),
                "tr" => self.flow.close_row(),
                "table" => self.flow.close_table(),
                "li" => self.label = None,
                "ol" | "ul" => self.lists.truncate(self.lists.len().saturating_sub(1)),
                name if heading(name).is_some() => self.flow.level = None,
                _ => {}
            }
        }
    }

    fn end_line(&mut self) {
        self.space = None;
        if !self.term {
            self.flow.end_line();
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        if self.term && is_record(&self.described) && is_labelled(text) {
            self.term = false;
            self.end_line();
        }
        let is_pre = self.open.iter().rev().take(16).any(|name| name == "pre");
        for c in text.chars() {
            match c {
                '\n' if is_pre => self.end_line(),
                '\t' if is_pre => self.flow.push(c),
                ' ' | '\n' | '\t' | '\r' | '\u{0C}' => {
                    self.space = Some(self.space == Some(true) || c == '\n');
                }
                '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
                _ => self.character(if c == '\u{A0}' { ' ' } else { c }),
            }
        }
    }

    /// A line end within Han text is none of the text.
    fn character(&mut self, c: char) {
        // `姓名：` and what it is are one line, `1. 陈一` and who that is, too; `姓名` and what it is are cells.
        if std::mem::take(&mut self.term) && !matches!(self.flow.last(), Some('：' | ':')) {
            self.flow.push(if is_counted(&self.described) { '：' } else { '\t' });
        }
        let is_wide = |c: char| width(c.encode_utf8(&mut [0; 4])) == 2;
        if let (Some(line_end), Some(last)) = (self.space.take(), self.flow.last())
            && !(line_end && is_wide(last) && is_wide(c))
        {
            self.flow.push(' ');
        }
        // Items that print a number of their own are not numbered twice.
        if let Some(label) = self.label.take()
            && !c.is_numeric()
            && !matches!(c, '(' | '（' | '[' | '【' | '第')
        {
            format!("{label}. ").chars().for_each(|c| self.flow.push(c));
        }
        if self.open.last().is_some_and(|open| open == "dt") {
            self.described.push(c);
        }
        self.flow.push(c);
    }
}

/// Tells whether a term is no label but what several descriptions belong to: `1. 题名`, `陈一　排名：1`.
fn is_record(term: &str) -> bool {
    term.starts_with(|c: char| c.is_ascii_digit()) || term.contains(['：', ':'])
}

/// Tells whether a term is a name, or a label, behind its number.
fn is_counted(term: &str) -> bool {
    /// In characters; titles are longer.
    const LONGEST: usize = 12;
    term.starts_with(|c: char| c.is_ascii_digit()) && term.chars().nth(LONGEST).is_none()
}

/// Tells whether a text says by itself what it is (`刊名：…`), so that it needs no term beside it.
fn is_labelled(text: &str) -> bool {
    /// In characters.
    const LONGEST: usize = 16;
    let label: Vec<char> =
        text.trim_start().chars().take(LONGEST).take_while(|c| !matches!(c, '：' | ':')).collect();
    let ends = text.trim_start().chars().nth(label.len()).is_some_and(|c| matches!(c, '：' | ':'));
    let is_mark = |c: &char| c.is_ascii_digit() || matches!(c, '；' | ';' | '，');
    ends && !label.is_empty() && !label.iter().any(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as printed, rows with bars, headings with their level.
    fn shown(page: &str) -> Vec<String> {
        let (text, parts) = parts(page).expect("few parts");
        let shown = parts.iter().map(|part| match part {
            Part::Heading { level, text } => format!("{level} {}", text.text()),
            Part::Line { text, .. } => text.text().to_owned(),
            Part::Row(row) => {
                for cell in row {
                    let sliced: Vec<&str> = cell.spans().iter().map(|s| &text[s.start..s.end]).collect();
                    assert_eq!(sliced.concat(), cell.text().replace('\n', ""), "{page}");
                }
                row.iter().map(|cell| cell.text().replace('\n', "+")).collect::<Vec<_>>().join("|")
            }
        });
        shown.collect()
    }

    #[test]
    fn lines_are_those_a_reader_sees() {
        for (page, want) in [
            ("<p>甲<p>乙 <b>丙</b></p>丁<br>戊", &["甲", "乙 丙", "丁", "戊"][..]),
            ("<h2>标题</h2><div>正\n  文 A\n  B</div>", &["2 标题", "正文 A B"]),
            (
                "<head><title>x</title><style>p{}</style></head><body>甲<script>var a='<p>';</script>乙",
                &["甲乙"],
            ),
            (
                "<p hidden>密</p><p style='DISPLAY: none'>密<p>甲<span hidden>密</span>乙<!-- 密 -->",
                &["甲乙"],
            ),
            ("<div hidden><div>密</div>密</div>甲", &["甲"]),
            ("P &lt; 0.05 &amp; 李&nbsp;明 &#x4E00;", &["P < 0.05 & 李 明 一"]),
            ("<ul><li>甲<li>乙</ul><pre>丙\n丁\t戊</pre>", &["甲", "乙", "丙", "丁|戊"]),
            (
                "<ol><li>甲<li><p>乙</p></ol><ol start=3><li>丙<li>（4）丁</ol>",
                &["1. 甲", "2. 乙", "3. 丙", "（4）丁"],
            ),
            ("<div>甲</div></p></table>乙", &["甲", "乙"]),
            (
                "<dl><dt>甲：</dt><dd><p>乙</p>丙</dd><dt>丁<dd>戊<dt>己</dl>庚",
                &["甲：乙", "丙", "丁|戊", "己", "庚"],
            ),
            ("<dl><dt>1. 甲</dt><dd>乙：<i>丙</i></dd><dd>丁：戊</dd></dl>", &["1. 甲", "乙：丙", "丁：戊"]),
            ("<dl><dt>甲</dt><dd>乙丙：丁</dd></dl>", &["甲|乙丙：丁"]),
            ("<dl><dt>1．甲</dt><dd>乙；丙：丁<br>戊：己</dd></dl>", &["1．甲：乙；丙：丁", "戊：己"]),
            ("<dl><dt>甲</dt><dd>10:30</dd></dl>", &["甲|10:30"]),
            ("<dl><dt>甲</dt><dt>乙</dt><dd>丙</dd></dl><p>丁", &["甲", "乙|丙", "丁"]),
            ("<p>- 3 -</p>", &[]),
        ] {
            assert_eq!(shown(page), want, "{page}");
        }
    }

    #[test]
    fn tables_keep_their_grid() {
        for (page, want) in [
            ("<table><tr><td>甲<td>乙<tr><td>丙</table>", &["甲|乙", "丙"][..]),
            (
                "<table><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><td>丙</td><td>丁</td></tr></table>",
                &["甲|乙|", "甲|丙|丁"],
            ),
            (
                "<table><tr><td>1</td><td rowspan=3>甲</td></tr><tr><td>2</td></tr><tr></tr></table>",
                &["1|甲", "2|甲"],
            ),
            ("<table><tr><td><p>甲</p><p>乙</p></td><td>丙<br>丁</td></tr></table>", &["甲+乙|丙+丁"]),
            (
                "<table><tr><td>标签</td><td>甲<table><tr><td>1</td><td>2</td></tr></table></td></tr></table>尾",
                &["标签", "甲", "1|2", "尾"],
            ),
            ("<table><tr><td><h1>甲</h1><table><tr><td>1<td>2</table>乙</table>", &["1 甲", "1|2", "乙"]),
            (
                "<table><tr><td>1<td><table><tr><td>甲</td></tr><tr><td>乙</td></tr></table><td>丙</table>",
                &["1|甲+乙|丙"],
            ),
            ("<table><caption>题</caption><tr><td>甲</td><td hidden>密</td></tr></table>", &["题", "甲"]),
            ("<div><table><tr><td>甲</div>乙</td><td>丙", &["甲+乙|丙"]),
        ] {
            assert_eq!(shown(page), want, "{page}");
        }
    }

    #[test]
    fn a_page_is_decoded_as_it_declares() {
        let gb = encoding_rs::GB18030.encode("<p>甲</p>").0.into_owned();
        let page = [&b"<META http-equiv=x content='text/html; charset=GB2312'>"[..], &gb].concat();
        let (text, encoding) = decode(&page).expect("declared");
        assert_eq!((text.contains("<p>甲</p>"), encoding), (true, "gb18030"));
        let wrong = [&b"<meta charset=\"gbk\">"[..], "甲乙丙".as_bytes(), b"!"].concat();
        assert_eq!(decode(&wrong).expect("detected").1, "utf-8");
    }

    #[test]
    fn nesting_is_bounded() {
        let tables = "<table><tr><td>".repeat(40);
        assert_eq!(parts(&tables).expect_err("too deep"), SourceError::TooDeep);
        let elements = format!("{}甲{}", "<div><b>".repeat(50_000), "</b></span></div>".repeat(50_000));
        assert_eq!(shown(&elements), ["甲"]);
    }
}
