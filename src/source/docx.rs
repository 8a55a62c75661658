use std::{borrow::Cow, collections::HashMap};

use quick_xml::{
    events::{BytesStart, Event},
    reader::Reader as Xml,
};

use super::{
    Part, SourceError, charset,
    flow::Flow,
    numbering::Numbering,
    package::{Package, unpack},
};

/// The part of a Word document that holds its text.
pub(super) const DOCUMENT: &str = "word/document.xml";

/// Elements that no reader of the document sees: deleted and moved text, instructions of fields,
/// the stops of the ruler, the reading aid above a character, the older form of a drawing that is there in a newer one as well.
const UNSEEN: [&str; 7] =
    ["w:tabs", "w:del", "w:moveFrom", "w:instrText", "w:rt", "mc:Fallback", "w:delText"];
/// How deep elements may be nested: 32 tables within each other, each four elements, and some more.
const MAX_DEPTH: usize = 256;
/// The most columns that a cell may cover.
const MAX_SPAN: usize = 200;
const DAMAGED: SourceError = SourceError::Damaged { what: "Word document" };

/// Renders the text of a Word document without deleted and hidden text, notes, headers and footers.
pub(super) fn parts(package: &mut Package<'_>) -> Result<(String, Vec<Part>), SourceError> {
    let styles = match part(package, "word/styles.xml") {
        Some(styles) => styles_of(&styles?)?,
        None => HashMap::new(),
    };
    let numbering = match part(package, "word/numbering.xml") {
        Some(numbering) => Numbering::read(&numbering?)?,
        None => Numbering::default(),
    };
    let document = part(package, DOCUMENT).ok_or(DAMAGED)??;
    let mut reader = Reader { styles, numbering, ..Reader::default() };
    each(&document, |event| reader.event(event))?;
    Ok(reader.flow.finish())
}

fn part(package: &mut Package<'_>, name: &str) -> Option<Result<String, SourceError>> {
    let entry = package.index_for_name(name)?;
    let bytes = match unpack(package, entry) {
        Ok(bytes) => bytes,
        Err(error) => return Some(Err(error)),
    };
    Some(charset::decode(&bytes).map(|(text, _)| text).map_err(|_| DAMAGED))
}

/// Calls back for each event of an XML text to its end.
pub(super) fn each<'a>(
    xml: &'a str,
    mut call: impl FnMut(Event<'a>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let mut reader = Xml::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            Event::Eof => return Ok(()),
            event => call(event)?,
        }
    }
}

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    /// Of a heading.
    level: Option<u8>,
    place: Place,
}

/// A paragraph's list and its level there.
#[derive(Debug, Clone, Default)]
struct Place {
    list: Option<String>,
    level: usize,
}

/// The styles by their id.
fn styles_of(xml: &str) -> Result<HashMap<String, Style>, SourceError> {
    let mut styles: HashMap<String, Style> = HashMap::new();
    let mut id = String::new();
    each(xml, |event| {
        let Event::Start(tag) = event else { return Ok(()) };
        let name = tag.name().0;
        if name == "w:style" {
            id = attribute(&tag, "w:styleId").unwrap_or_default().into_owned();
        }
        let (Some(value), "w:name" | "w:outlineLvl" | "w:numId" | "w:ilvl") = (value(&tag), name) else {
            return Ok(());
        };
        let style = styles.entry(id.clone()).or_default();
        match name {
            "w:name" => style.level = level_of_name(&value),
            "w:outlineLvl" => style.level = level_of_outline(&value).or(style.level),
            "w:numId" => style.place.list = Some(value.into_owned()),
            _ => style.place.level = value.parse().unwrap_or_default(),
        }
        Ok(())
    })?;
    Ok(styles)
}

/// `heading 1`, `Heading1`, `标题 1`.
fn level_of_name(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    number.trim().parse().ok().filter(|level| (1..=6).contains(level))
}

/// Outline levels count from 0; 9 is running text.
fn level_of_outline(level: &str) -> Option<u8> {
    level.parse::<u8>().ok().filter(|level| *level < 6).map(|level| level + 1)
}

#[derive(Default)]
struct Reader {
    styles: HashMap<String, Style>,
    numbering: Numbering,
    /// Where the paragraph stands in a list, until its label is written.
    place: Place,
    flow: Flow,
    depth: usize,
    /// The depth of the element that hides what is read now.
    unseen: Option<usize>,
    is_text: bool,
    /// The run is formatted as hidden.
    is_hidden: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Result<(), SourceError> {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(SourceError::TooDeep);
                }
                if self.unseen.is_none() {
                    self.start(&tag)?;
                }
            }
            Event::End(tag) => {
                match self.unseen {
                    None => self.end(tag.name().0),
                    Some(depth) if depth == self.depth => self.unseen = None,
                    Some(_) => {}
                }
                self.depth = self.depth.saturating_sub(1);
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let named = match &*entity.xml10_content() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => entity.resolve_char_ref().map_err(|_| DAMAGED)?,
                };
                self.text(named.unwrap_or_default().encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        self.flow.check()
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), SourceError> {
        match tag.name().0 {
            name if UNSEEN.contains(&name) => self.unseen = Some(self.depth),
            "w:tbl" => self.flow.open_table()?,
            "w:tr" => self.flow.open_row(),
            "w:tc" => self.flow.open_cell(1, 1),
            "w:gridBefore" => self.flow.skip_columns(number(tag)),
            "w:gridSpan" => self.flow.widen_cell(number(tag)),
            "w:vMerge" if value(tag).is_none_or(|kind| kind != "restart") => self.flow.blank_cell(),
            "w:p" => {
                self.flow.end_line();
                self.flow.level = None;
                self.place = Place::default();
            }
            "w:pStyle" => {
                let Some(id) = value(tag) else { return Ok(()) };
                let style = self.styles.get(&*id).cloned().unwrap_or_default();
                self.flow.level = style.level.or_else(|| level_of_name(&id));
                self.place = style.place;
            }
            "w:ilvl" => {
                self.place.level = value(tag).and_then(|level| level.parse().ok()).unwrap_or_default();
            }
            "w:numId" => self.place.list = value(tag).map(Cow::into_owned),
            "w:outlineLvl" => {
                self.flow.level = value(tag).and_then(|level| level_of_outline(&level)).or(self.flow.level);
            }
            "w:r" => self.is_hidden = false,
            "w:vanish" => self.is_hidden = value(tag).is_none_or(|on| on != "0" && on != "false"),
            "w:t" => self.is_text = true,
            "w:tab" => self.character('\t'),
            "w:br" | "w:cr" => self.flow.end_line(),
            "w:noBreakHyphen" => self.character('-'),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:t" => self.is_text = false,
            "w:p" => self.flow.end_line(),
            "w:tc" => self.flow.close_cell(),
            "w:tr" => self.flow.close_row(),
            "w:tbl" => self.flow.close_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_text && self.unseen.is_none() {
            text.chars().filter(|c| !c.is_control() || *c == '\t').for_each(|c| self.character(c));
        }
    }

    fn character(&mut self, c: char) {
        if self.is_hidden {
            return;
        }
        // Word shows the number where the text of the paragraph begins.
        if let Some(label) =
            self.place.list.take().and_then(|list| self.numbering.label(&list, self.place.level))
        {
            label.chars().for_each(|c| self.flow.push(c));
            if label.ends_with(char::is_alphanumeric) {
                self.flow.push(' ');
            }
        }
        self.flow.push(if c == '\u{A0}' { ' ' } else { c });
    }
}

pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    tag.attributes().flatten().find(|attribute| attribute.key.0 == name).map(|attribute| attribute.value)
}

pub(super) fn value<'a>(tag: &'a BytesStart<'_>) -> Option<Cow<'a, str>> {
    attribute(tag, "w:val")
}

fn number(tag: &BytesStart<'_>) -> usize {
    value(tag).and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::source::package;

    const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\">\
        <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"9\"><w:abstractNumId w:val=\"4\"/></w:num></w:numbering>";

    pub(super) fn document(body: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let styles = r#"<w:styles><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>"#;
        for (name, text) in [
            (DOCUMENT, format!("<w:document><w:body>{body}</w:body></w:document>")),
            ("word/styles.xml", styles.to_owned()),
            ("word/numbering.xml", NUMBERING.to_owned()),
        ] {
            writer.start_file(name, SimpleFileOptions::default()).expect("started");
            writer.write_all(text.as_bytes()).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    fn shown(body: &str) -> Result<Vec<String>, SourceError> {
        let bytes = document(body);
        let (text, parts) = parts(&mut package::open(&bytes)?)?;
        let shown = parts.iter().map(|part| match part {
            Part::Heading { level, text } => format!("{level} {}", text.text()),
            Part::Line { text: line, .. } => {
                let sliced: Vec<&str> = line.spans().iter().map(|s| &text[s.start..s.end]).collect();
                assert_eq!(sliced.concat(), line.text());
                line.text().to_owned()
            }
            Part::Row(row) => {
                row.iter().map(|cell| cell.text().replace('\n', "+")).collect::<Vec<_>>().join("|")
            }
        });
        Ok(shown.collect())
    }

    /// Writes `[…]` as a cell of one paragraph, after its properties.
    fn cell(properties: &str, text: &str) -> String {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    }

    #[test]
    fn paragraphs_are_those_a_reader_sees() {
        let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        for (body, want) in [
            (format!("<w:p>{}{}</w:p><w:p/>", run("甲 "), run("乙")), &["甲 乙"][..]),
            (format!("<w:p>{}<w:r><w:br/></w:r>{}</w:p>", run("甲"), run("乙")), &["甲", "乙"]),
            (format!("<w:p>{}<w:r><w:tab/></w:r>{}</w:p>", run("姓名"), run("李明")), &["姓名|李明"]),
            ("<w:p><w:pPr><w:tabs><w:tab w:pos=\"9\"/></w:tabs></w:pPr></w:p>".to_owned(), &[]),
            (
                format!(
                    "<w:p><w:pPr><w:pStyle w:val=\"2\"/></w:pPr>{}</w:p><w:p>{}</w:p>",
                    run("题"),
                    run("文")
                ),
                &["2 题", "文"],
            ),
            (format!("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{}</w:p>", run("题")), &["1 题"]),
            (format!("<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{}</w:p>", run("题")), &["3 题"]),
            (
                format!(
                    "<w:p>{}<w:del><w:r><w:delText>密</w:delText><w:t>密</w:t></w:r></w:del><w:ins>{}</w:ins></w:p>",
                    run("甲"),
                    run("乙")
                ),
                &["甲乙"],
            ),
            (
                "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:t>甲</w:t></w:r></w:p>"
                    .to_owned(),
                &["甲"],
            ),
            (format!("<w:p>{}</w:p>", run("P &lt; 0.05 &amp; &#19968;<!-- 密 -->")), &["P < 0.05 & 一"]),
        ] {
            assert_eq!(shown(&body).expect("readable"), want, "{body}");
        }
    }

    #[test]
    fn paragraphs_of_a_list_bear_their_numbers() {
        let listed = |text: &str| {
            let place = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"9\"/></w:numPr></w:pPr>";
            format!("<w:p>{place}<w:r><w:t>{text}</w:t></w:r></w:p>")
        };
        let body = format!("{}<w:p><w:r><w:t>乙</w:t></w:r></w:p>{}", listed("甲"), listed("丙"));
        assert_eq!(shown(&body).expect("readable"), ["一、甲", "乙", "二、丙"]);
    }

    #[test]
    fn tables_keep_their_grid() {
        let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
        let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
        let restart = "<w:vMerge w:val=\"restart\"/>";
        let merged = table(&[
            row(&[cell(restart, "甲"), cell("<w:gridSpan w:val=\"2\"/>", "乙")]),
            row(&[cell("<w:vMerge/>", "密"), cell("", "丙"), cell("", "丁")]),
            format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell("", "戊")),
        ]);
        assert_eq!(shown(&merged).expect("readable"), ["甲|乙|", "甲|丙|丁", "|戊"]);
        let inner = table(&[row(&[cell("", "1"), cell("", "2")])]);
        let nested = table(&[row(&[cell("", "标签"), format!("<w:tc><w:p/>{inner}<w:p/></w:tc>")])]);
        let nested = nested.replace("<w:tc><w:p/>", "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p>");
        assert_eq!(shown(&nested).expect("readable"), ["标签", "甲", "1|2"]);
    }

    #[test]
    fn broken_documents_are_one_error() {
        for (body, want) in [
            ("<w:p>".to_owned(), DAMAGED),
            ("<w:tbl><w:tr><w:tc>".repeat(33), SourceError::TooDeep),
            ("<w:sdt>".repeat(100_000), SourceError::TooDeep),
        ] {
            assert_eq!(shown(&body).expect_err("broken"), want);
        }
        let bytes = document(&"<w:p/>".repeat(2_000_000));
        let packed = parts(&mut package::open(&bytes).expect("a zip file"));
        assert_eq!(packed.expect_err("packed too tightly"), SourceError::PackedTooTightly);
    }
}
