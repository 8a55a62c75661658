use std::{collections::HashMap, sync::Arc};

use encoding_rs::{BIG5, Encoding, GB18030};
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_font::{CMapResolverFn, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};

use super::budget::Budget;
use crate::{source::SourceError, text::fold};

/// What stands for a character of which the file does not say what it is.
pub(super) const UNKNOWN: char = '\u{FFFD}';

/// A character code read from a string.
pub(super) struct Shown {
    pub(super) text: Characters,
    /// How far the pen moves, in ems; downwards where the font is vertical.
    pub(super) advance: f64,
    /// Word spacing applies to it.
    pub(super) is_space: bool,
}

/// What a glyph stands for; ligatures stand for several characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Characters {
    One(char),
    Many(String),
}

/// A font, as far as it says which characters it shows and how wide they are.
pub(super) enum Font {
    /// One byte a character.
    Simple(Vec<(Characters, f64)>),
    Composite(Box<Composite>),
}

/// A font with codes of one to four bytes, as all fonts with Chinese characters are.
pub(super) struct Composite {
    encoding: CMap,
    to_unicode: Option<CMap>,
    /// The character set in which the codes themselves are text.
    code: Option<Code>,
    /// Leads from the numbers of a character collection to Unicode.
    collection: Option<Arc<CMap>>,
    widths: HashMap<u32, f64>,
    /// First and last number, width.
    ranges: Vec<(u32, u32, f64)>,
    default_width: f64,
    pub(super) is_vertical: bool,
}

#[derive(Clone, Copy)]
enum Code {
    Utf16,
    Bytes(&'static Encoding),
}

/// Makes fonts, and keeps what several of them need.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    resolve_font: FontResolverFn,
    resolve_map: CMapResolverFn,
    collections: HashMap<Vec<u8>, Option<Arc<CMap>>>,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Fonts {
            cache: FontCache::new(),
            resolve_font: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
            }),
            resolve_map: Arc::new(load_embedded),
            collections: HashMap::new(),
        }
    }

    /// Reads a font; `None` where it cannot be understood.
    pub(super) fn font(&mut self, dict: &Dict<'a>, budget: &mut Budget) -> Result<Option<Font>, SourceError> {
        // As much work as some thousand operators.
        budget.spend(4096)?;
        if dict.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_ref() == b"Type0") {
            return Ok(self.composite(dict, budget)?.map(|font| Font::Composite(Box::new(font))));
        }
        let Some(font) = self.cache.font(dict, &self.resolve_font, &self.resolve_map) else {
            return Ok(None);
        };
        let codes = (0..=u32::from(u8::MAX)).map(|code| {
            let text = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let text = text.map_or(Characters::One(UNKNOWN), characters);
            (text, font.code_advance(code).x / 1000.0)
        });
        Ok(Some(Font::Simple(codes.collect())))
    }

    fn composite(&mut self, dict: &Dict<'a>, budget: &mut Budget) -> Result<Option<Composite>, SourceError> {
        let Some(descendant) =
            dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next())
        else {
            return Ok(None);
        };
        let (encoding, name) = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => (named_map(name.as_ref()), name.as_ref().to_vec()),
            Some(Object::Stream(stream)) => (self.map(&stream, budget)?, Vec::new()),
            _ => (None, Vec::new()),
        };
        let encoding = encoding.unwrap_or_else(CMap::identity_h);
        let to_unicode = match dict.get::<Object<'_>>("ToUnicode") {
            Some(Object::Stream(stream)) => self.map(&stream, budget)?,
            _ => None,
        };
        let own = encoding.metadata().character_collection.as_ref().map(|own| own.family.clone());
        let family = own.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| {
            let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
            let (registry, ordering) =
                (info.get::<Bytes<'_>>("Registry")?, info.get::<Bytes<'_>>("Ordering")?);
            Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
        });
        let (widths, ranges) = widths(&descendant, budget)?;
        Ok(Some(Composite {
            is_vertical: encoding.metadata().writing_mode == Some(WritingMode::Vertical),
            encoding,
            to_unicode,
            code: code_of(&name),
            collection: family.and_then(|family| self.collection(family.ucs2_cmap()?)),
            widths,
            ranges,
            default_width: descendant.get::<f64>("DW").unwrap_or(1000.0),
        }))
    }

    fn map(&self, stream: &Stream<'a>, budget: &mut Budget) -> Result<Option<CMap>, SourceError> {
        let data = budget.decoded(stream)?;
        Ok(data.and_then(|data| CMap::parse(&data, load_embedded)))
    }

    fn collection(&mut self, name: CMapName<'_>) -> Option<Arc<CMap>> {
        let load = || Some(Arc::new(CMap::parse(load_embedded(name)?, load_embedded)?));
        self.collections.entry(name.to_bytes().to_vec()).or_insert_with(load).clone()
    }
}

fn named_map(name: &[u8]) -> Option<CMap> {
    match name {
        b"Identity-H" => Some(CMap::identity_h()),
        b"Identity-V" => Some(CMap::identity_v()),
        _ => CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded),
    }
}

/// The character set of a predefined encoding, where codes are text as they stand.
fn code_of(name: &[u8]) -> Option<Code> {
    let name = std::str::from_utf8(name).ok()?;
    if name.starts_with("Uni") && (name.contains("-UCS2-") || name.contains("-UTF16-")) {
        return Some(Code::Utf16);
    }
    let has = |known: &[&str]| known.iter().any(|known| name.starts_with(known));
    if has(&["GBK", "GB-EUC", "GBpc-EUC"]) {
        return Some(Code::Bytes(GB18030));
    }
    has(&["B5pc", "ETen", "HKscs"]).then_some(Code::Bytes(BIG5))
}

type Widths = (HashMap<u32, f64>, Vec<(u32, u32, f64)>);

/// Reads `/W`: `first [width width …]` and `first last width`.
fn widths(font: &Dict<'_>, budget: &mut Budget) -> Result<Widths, SourceError> {
    let (mut each, mut ranges) = (HashMap::new(), Vec::new());
    let Some(list) = font.get::<Array<'_>>("W") else { return Ok((each, ranges)) };
    let mut list = list.iter::<Object<'_>>();
    while let (Some(first), Some(second)) = (list.next(), list.next()) {
        budget.spend(1)?;
        let Some(first) = first.into_number().and_then(|number| u32::try_from(number.as_i64()).ok()) else {
            break;
        };
        if let Object::Array(widths) = second {
            for (at, width) in widths.iter::<f64>().enumerate() {
                budget.spend(1)?;
                each.insert(first.saturating_add(at as u32), width);
            }
            continue;
        }
        let last = second.into_number().and_then(|number| u32::try_from(number.as_i64()).ok());
        let width = list.next().and_then(Object::into_number).map(|number| number.as_f64());
        let (Some(last), Some(width)) = (last, width) else { break };
        ranges.push((first, last, width));
    }
    ranges.sort_by_key(|(first, _, _)| *first);
    Ok((each, ranges))
}

impl Font {
    pub(super) fn is_vertical(&self) -> bool {
        matches!(self, Font::Composite(font) if font.is_vertical)
    }

    /// The first code of a string, which is not empty, and how many bytes it takes.
    pub(super) fn read(&self, bytes: &[u8]) -> (Shown, usize) {
        match self {
            Font::Simple(codes) => {
                let code = bytes.first().copied().unwrap_or_default();
                let (text, advance) = codes[usize::from(code)].clone();
                (Shown { text, advance, is_space: code == b' ' }, 1)
            }
            Font::Composite(font) => font.read(bytes),
        }
    }
}

impl Composite {
    fn read(&self, bytes: &[u8]) -> (Shown, usize) {
        let mut code = 0;
        for (at, byte) in bytes.iter().take(4).enumerate() {
            code = (code << 8) | u32::from(*byte);
            let length = at + 1;
            if let Some(number) = self.encoding.lookup_cid_code(code, length as u8) {
                let text = self.text(code, &bytes[..length], number);
                let advance = if self.is_vertical { 1.0 } else { self.width(number) / 1000.0 };
                return (Shown { text, advance, is_space: length == 1 && code == 32 }, length);
            }
        }
        // No code of this encoding; most of these have two bytes.
        let shown = Shown { text: Characters::One(UNKNOWN), advance: 1.0, is_space: false };
        (shown, bytes.len().min(2))
    }

    fn text(&self, code: u32, bytes: &[u8], number: u32) -> Characters {
        let stated = self.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)).map(characters);
        if let Some(stated) = stated.filter(|text| *text != Characters::One(UNKNOWN)) {
            return stated;
        }
        let from_code = match self.code {
            Some(Code::Utf16) => {
                let units: Vec<u16> = bytes
                    .chunks(2)
                    .map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
                    .collect();
                String::from_utf16(&units).ok()
            }
            Some(Code::Bytes(set)) => {
                set.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
            None => None,
        };
        let from_code =
            from_code.filter(|text| !text.is_empty()).map(|text| characters(BfString::String(text)));
        if let Some(text) = from_code.filter(|text| *text != Characters::One(UNKNOWN)) {
            return text;
        }
        let from_number = self.collection.as_ref().and_then(|map| map.lookup_bf_string(number));
        from_number.map_or(Characters::One(UNKNOWN), characters)
    }

    fn width(&self, number: u32) -> f64 {
        let listed = self.widths.get(&number).copied();
        listed.unwrap_or_else(|| {
            let after = self.ranges.partition_point(|(first, _, _)| *first <= number);
            match after.checked_sub(1).map(|at| self.ranges[at]) {
                Some((_, last, width)) if number <= last => width,
                _ => self.default_width,
            }
        })
    }
}

/// Control characters are none that were printed, and a private one means something to its font alone.
fn characters(text: BfString) -> Characters {
    let known = |c: char| match c {
        '\u{A0}' | '\t' => ' ',
        // The glyph of the full-width space.
        '\u{2001}' | '\u{2003}' => '\u{3000}',
        // The bullets of the symbol fonts that come with word processors.
        '\u{F0B7}' | '\u{F06C}' | '\u{F0A7}' | '\u{F06E}' => '•',
        '\u{F0D8}' | '\u{F0FC}' => '➢',
        c if c.is_control() => UNKNOWN,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => UNKNOWN,
        c => c,
    };
    match text {
        // A ligature is a shape of its letters.
        BfString::Char(c @ '\u{FB00}'..='\u{FB06}') => {
            Characters::Many(fold(c.encode_utf8(&mut [0; 4])).map(|part| part.c).collect())
        }
        BfString::Char(c) => Characters::One(known(c)),
        BfString::String(text) => {
            let mut rest = text.chars();
            match (rest.next(), rest.next()) {
                (Some(c), None) => Characters::One(known(c)),
                (None, _) => Characters::One(UNKNOWN),
                _ => Characters::Many(text.chars().map(known).collect()),
            }
        }
    }
}
