use std::collections::HashMap;

use super::{
    SourceError,
    docx::{attribute, each, value},
};
use quick_xml::events::Event;

/// Word counts nine levels of a list.
const LEVELS: usize = 9;

/// How a level of a list is numbered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Level {
    format: String,
    /// `（%1）`, `%1.%2`
    text: String,
    start: u32,
}

/// A list that paragraphs name.
#[derive(Debug, Default)]
struct List {
    definition: String,
    /// Counts anew, apart from the other lists of its definition.
    restarts: bool,
}

/// The numbers that Word puts before paragraphs: they are shown, but stand in no text.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Vec<Level>>,
    lists: HashMap<String, List>,
    /// How far each list has counted on its levels.
    counts: HashMap<String, [u32; LEVELS]>,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub(super) fn read(xml: &str) -> Result<Numbering, SourceError> {
        let mut numbering = Numbering::default();
        let (mut definition, mut list, mut level) = (String::new(), String::new(), 0);
        each(xml, |event| {
            let Event::Start(tag) = event else { return Ok(()) };
            let text = |name| attribute(&tag, name).unwrap_or_default().into_owned();
            let value = || value(&tag).unwrap_or_default().into_owned();
            match tag.name().0 {
                "w:abstractNum" => {
                    definition = text("w:abstractNumId");
                    list.clear();
                    numbering.definitions.insert(definition.clone(), vec![Level::default(); LEVELS]);
                }
                "w:num" => {
                    list = text("w:numId");
                    definition.clear();
                    numbering.lists.insert(list.clone(), List::default());
                }
                "w:abstractNumId" => {
                    if let Some(list) = numbering.lists.get_mut(&list) {
                        list.definition = value();
                    }
                }
                "w:startOverride" => {
                    if let Some(list) = numbering.lists.get_mut(&list) {
                        list.restarts = true;
                    }
                }
                "w:lvl" => level = text("w:ilvl").parse().unwrap_or(LEVELS),
                name => {
                    let levels = numbering.definitions.get_mut(&definition);
                    if let Some(level) = levels.and_then(|levels| levels.get_mut(level)) {
                        match name {
                            "w:start" => level.start = value().parse().unwrap_or(1),
                            "w:numFmt" => level.format = value(),
                            "w:lvlText" => level.text = value(),
                            _ => {}
                        }
                    }
                }
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// Counts a paragraph of a list; its label, where it has one that is no bullet.
    pub(super) fn label(&mut self, list: &str, level: usize) -> Option<String> {
        let list_id = list;
        let list = self.lists.get(list_id)?;
        let levels = self.definitions.get(&list.definition)?;
        let counted = if list.restarts { format!("#{list_id}") } else { list.definition.clone() };
        let counts = self.counts.entry(counted).or_insert([0; LEVELS]);
        let own = levels.get(level)?;
        let start = |level: &Level| level.start.max(1);
        let count = counts.get_mut(level)?;
        *count = if *count == 0 { start(own) } else { count.saturating_add(1) };
        counts.iter_mut().skip(level + 1).for_each(|count| *count = 0);
        let mut label = String::new();
        let mut rest = own.text.as_str();
        while let Some(at) = rest.find('%') {
            label.push_str(&rest[..at]);
            let number = rest[at + 1..].chars().next().and_then(|c| c.to_digit(10));
            let Some(number) = number.filter(|number| (1..=9).contains(number)) else {
                label.push('%');
                rest = &rest[at + 1..];
                continue;
            };
            let index = number as usize - 1;
            let shown = counts[index].max(levels.get(index).map_or(1, start));
            label.push_str(&numeral(shown, &levels.get(index)?.format)?);
            rest = &rest[at + 2..];
        }
        label.push_str(rest);
        // A bullet numbers nothing.
        label.contains(|c: char| c.is_numeric() || c.is_alphabetic()).then_some(label)
    }
}

/// A number as a format of Word writes it; `None` for bullets and formats that are not known.
fn numeral(number: u32, format: &str) -> Option<String> {
    Some(match format {
        "decimal" | "" | "decimalHalfWidth" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => number
            .to_string()
            .bytes()
            .filter_map(|digit| char::from_u32(0xFF10 + u32::from(digit - b'0')))
            .collect(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let at = Some(number).filter(|number| (1..=20).contains(number))?;
            char::from_u32(0x2460 + at - 1)?.to_string()
        }
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "japaneseDigitalTenThousand" => han(number)?,
        "upperLetter" | "lowerLetter" => {
            let first = if format == "upperLetter" { b'A' } else { b'a' };
            u8::try_from(number.saturating_sub(1))
                .ok()
                .filter(|at| *at < 26)
                .map(|at| char::from(first + at))?
                .to_string()
        }
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => return None,
    })
}

/// 一 to 九十九.
fn han(number: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    let tens = match tens {
        0 => "",
        1 => "十",
        2..=9 => return Some(format!("{}十{}", DIGITS[tens as usize], DIGITS[ones as usize])),
        _ => return None,
    };
    Some(format!("{tens}{}", DIGITS[ones as usize]))
}

fn roman(mut number: u32) -> String {
    let mut text = String::new();
    for (value, letters) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while number >= value && text.len() < 20 {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: usize, format: &str, text: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    #[test]
    fn labels_are_counted_by_level() {
        let xml = format!(
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\
             </w:numbering>",
            level(0, "chineseCounting", "（%1）"),
            level(1, "decimal", "%2."),
            level(2, "bullet", "·"),
        );
        let mut numbering = Numbering::read(&xml).expect("well-formed");
        for (list, level, want) in [
            ("1", 0, Some("（一）")),
            ("1", 1, Some("1.")),
            ("1", 1, Some("2.")),
            ("1", 0, Some("（二）")),
            ("1", 1, Some("1.")),
            ("1", 2, None),
            ("2", 0, Some("（一）")),
            ("1", 0, Some("（三）")),
            ("1", 12, None),
            ("7", 0, None),
        ] {
            assert_eq!(numbering.label(list, level).as_deref(), want, "{list} {level}");
        }
    }

    #[test]
    fn numerals_are_written_in_each_format() {
        for (number, format, want) in [
            (12, "decimal", Some("12")),
            (12, "chineseCounting", Some("十二")),
            (30, "chineseCountingThousand", Some("三十")),
            (3, "decimalEnclosedCircle", Some("③")),
            (4, "upperRoman", Some("IV")),
            (2, "lowerLetter", Some("b")),
            (1, "bullet", None),
        ] {
            assert_eq!(numeral(number, format).as_deref(), want, "{format}");
        }
    }
}
