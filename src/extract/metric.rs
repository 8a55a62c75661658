//! Which figures does a summary state?
//!
//! A figure is a number with a unit behind it; the words of the clause around it say of what. Must not
//! know what the figures are about: units are data.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::domain::{Metric, Printed};
use crate::text::{Passage, parse_integer, simplified};

mod base;
mod comparison;
mod numeral;
#[cfg(test)]
mod tests;

use numeral::Numeral;

/// Finds the figures of a summary, in order: `临床应用 570 例`, `复发率 6-14%`, `降低一半`.
///
/// Years, dates, ages, ordinals, numbers of sections and parts of model names are none.
pub(super) fn find_metrics(summary: &Passage) -> Vec<Metric> {
    let simplified = simplified(summary.text());
    let text = &*simplified;
    let titles = ranges(text, "《", "》");
    let in_title = |at: usize| {
        let next = titles.partition_point(|title| title.end <= at);
        titles.get(next).is_some_and(|title| title.contains(&at))
    };
    let mut figures: Vec<Figure> = Vec::new();
    for captures in PATTERNS.figure.captures_iter(text) {
        let found = if let Some(half) = captures.name("half") {
            vec![Figure::new(half.range(), half.range(), 50.0, "%")]
        } else if captures.name("share").is_some() {
            share(&captures).into_iter().collect()
        } else {
            counted(text, &captures)
        };
        let inside = |figure: &Figure| in_title(figure.value.start);
        figures.extend(found.into_iter().filter(|figure| !inside(figure)));
    }
    let clauses = clauses(text, &figures);
    let metric = |(figure, clause): (&Figure, _)| {
        let end = figure.unit_at.end.max(figure.value.end);
        let comparator = comparison::is_comparator(text, &figure.value, end);
        Metric { comparator, ..figure.metric(summary, clause) }
    };
    figures.iter().zip(clauses).map(metric).collect()
}

/// A number and its unit, as byte ranges.
struct Figure {
    value: Range<usize>,
    unit_at: Range<usize>,
    low: f64,
    high: Option<f64>,
    unit: String,
}

impl Figure {
    fn new(value: Range<usize>, unit_at: Range<usize>, low: f64, unit: &str) -> Self {
        Self { value, unit_at, low, high: None, unit: unit.to_owned() }
    }

    fn metric(&self, summary: &Passage, clause: Range<usize>) -> Metric {
        let clause = summary.slice(clause).trimmed();
        let mut metric = Metric {
            text: clause.text().to_owned(),
            value: self.low,
            value_max: self.high,
            unit: self.unit.clone(),
            ..Metric::default()
        };
        // 千克 and 百分点 are units of their own.
        let resolved = if UNITS.contains_key(&*self.unit) { None } else { base::multiplier(&self.unit) };
        if let Some((factor, unit)) = resolved {
            metric.base_value = Some(base::scaled(self.low, factor));
            metric.base_value_max = self.high.map(|high| base::scaled(high, factor));
            metric.base_unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
            let whole = self.value.start.min(self.unit_at.start)..self.unit_at.end.max(self.value.end);
            let whole = summary.slice(whole);
            let base =
                [metric.base_value.map(|_| "base_value"), metric.base_value_max.map(|_| "base_value_max")];
            base.into_iter().flatten().for_each(|field| metric.provenance.place(field, &whole));
            if let Some(unit) = &metric.base_unit {
                let at = summary.slice(self.unit_at.clone());
                let at = at.slice(at.text().len().saturating_sub(unit.len())..at.text().len());
                metric.provenance.place("base_unit", &at);
            }
        }
        metric.provenance.place("text", &clause);
        metric.provenance.place("value", &summary.slice(self.value.clone()));
        if self.high.is_some() {
            metric.provenance.place("value_max", &summary.slice(self.value.clone()));
        }
        let unit = summary.slice(self.unit_at.clone());
        let same = unit.text().chars().filter(|c| !c.is_whitespace()).eq(self.unit.chars());
        if !same {
            metric.provenance.repaired("unit", Printed::Text(unit.text().to_owned()));
        }
        metric.provenance.place("unit", &unit);
        metric
    }
}

/// After which numerals a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numerals {
    All,
    Digits,
    /// Han numerals of two and more.
    Han,
    /// Digits, and Han numerals that are rough.
    About,
    /// The word is no unit.
    None,
}

static UNITS: LazyLock<HashMap<&str, Numerals>> = LazyLock::new(|| {
    let lines = include_str!("data/units.txt").lines().filter(|line| !line.starts_with('#'));
    let grouped = lines.filter_map(|line| line.split_once('\t'));
    let units = grouped.flat_map(|(group, units)| {
        let numerals = match group {
            "all" => Numerals::All,
            "digits" => Numerals::Digits,
            "han" => Numerals::Han,
            "about" => Numerals::About,
            _ => Numerals::None,
        };
        units.split_whitespace().map(move |unit| (unit, numerals))
    });
    units.collect()
});

struct Patterns {
    figure: Regex,
    /// What makes N年 the name of a rate and no duration: 五年生存率, 1年、3年存活率.
    rate: Regex,
    /// Words after a figure that belong to it.
    suffix: Regex,
}

#[expect(clippy::expect_used, reason = "literal patterns around escaped words")]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut units: Vec<String> = UNITS.keys().map(|unit| regex::escape(unit)).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    let units = units.join("|");
    let number = r"(?:[0-9０-９]{1,3}(?:,[0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?";
    let han = "[〇零一二两三四五六七八九十百千万亿]+";
    let times = "(?:十|百|千)?[万亿]|千";
    let figure = format!(
        r"(?x)
        (?P<half>一半|半数)
        | (?P<share>百分之(?:(?P<share_digits>{number})|(?P<share_han>{han})))
        | (?P<first>(?:(?P<digits>{number})|(?P<han>{han})))
          (?:\s*(?P<first_unit>(?:{times})?(?:{units})?)\s*(?P<to>[-–—－~～至到]+)\s*(?P<second>{number}))?
          \s*(?P<rough>[余多几]?)\s*
          (?P<unit>(?P<times>{times})?(?P<rough_times>[余多]?)\s*(?P<word>{units})?)"
    );
    Patterns {
        figure: Regex::new(&figure).expect("a literal pattern"),
        rate: Regex::new(&format!(
            r"^(?:\s*[、和及与]\s*(?:{number}|{han})\s*年)*\s*(?:[总无]\p{{Han}}{{0,4}}?|累积|疾病)?(?:生存|存活|死亡|复发|通畅|成活|随访|病死)"
        ))
        .expect("a literal pattern"),
        suffix: Regex::new(r"^\s*(?:以上|以下|以内|左右|及以上|有余)").expect("a literal pattern"),
    }
});

fn share(captures: &Captures<'_>) -> Option<Figure> {
    let whole = captures.name("share")?;
    let value = match (captures.name("share_digits"), captures.name("share_han")) {
        (Some(digits), _) => decimal(digits.as_str())?,
        (_, Some(han)) => parse_integer(han.as_str())? as f64,
        _ => return None,
    };
    Some(Figure::new(whole.range(), whole.range(), value, "%"))
}

/// Reads a number with its unit, where it is one; a range of two units, or one that a change runs
/// through (由 5%到 10%), is two figures.
fn counted(text: &str, captures: &Captures<'_>) -> Vec<Figure> {
    let part = |name: &str| captures.name(name).map_or("", |part| part.as_str());
    let (Some(first), Some(unit_at)) = (captures.name("first"), captures.name("unit")) else {
        return Vec::new();
    };
    let (before, after) = (&text[..first.start()], &text[unit_at.end()..]);
    let (times, word, second) = (part("times"), part("word"), captures.name("second"));
    let numerals = if word.is_empty() { None } else { UNITS.get(word).copied() };
    let rough = !part("rough").is_empty() || !part("rough_times").is_empty();
    let latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
    let glued = latin && after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let digits = part("digits");
    let time = match word {
        "年" | "届" | "起" => names_time(before, after, rough, digits, part("second")),
        // `28天病死率` is the name of a rate.
        "天" | "周" | "个月" | "小时" => PATTERNS.rate.is_match(after),
        _ => false,
    };
    if numerals == Some(Numerals::None) || glued || time || !may_count(before, !digits.is_empty()) {
        return Vec::new();
    }
    let unit = format!("{times}{word}");
    if digits.is_empty() {
        let numeral = Numeral { word: first.as_str(), rough, before, after };
        let read = numerals.filter(|_| second.is_none()).and_then(|numerals| numeral.read(word, numerals));
        let Some((low, high, split)) = read else { return Vec::new() };
        let value = first.start()..first.end() - split;
        let unit = format!("{}{unit}", &text[value.end..first.end()]);
        let start = if split > 0 { value.end } else { unit_at.start() };
        return vec![Figure { high, ..Figure::new(value, start..unit_at.end(), low, &unit) }];
    }
    if numerals == Some(Numerals::Han) || (numerals.is_none() && !times.ends_with(['万', '亿'])) {
        return Vec::new();
    }
    let Some(low) = decimal(digits) else { return Vec::new() };
    let figure = Figure::new(first.range(), unit_at.range(), low, &unit);
    let Some(second) = second else { return vec![figure] };
    let Some(high) = decimal(second.as_str()) else { return Vec::new() };
    let own = captures.name("first_unit").filter(|own| !own.is_empty());
    let shared = own.is_none_or(|own| unit.starts_with(own.as_str()));
    let near = before.char_indices().rev().take(40).last().map_or(before, |(at, _)| &before[at..]);
    let last_clause = near.rsplit(['，', '。', '；', '、', '：', '（']).next().unwrap_or(near);
    let change = part("to").contains(['至', '到']) && last_clause.contains(['由', '从']);
    if shared && !change {
        let whole = Figure {
            high: Some(high),
            ..Figure::new(first.start()..second.end(), unit_at.range(), low, &unit)
        };
        return if high > low { vec![whole] } else { Vec::new() };
    }
    let own = own.filter(|own| UNITS.get(own.as_str()) != Some(&Numerals::None));
    let from = match own {
        Some(own) => Figure::new(first.range(), own.range(), low, own.as_str()),
        None => figure,
    };
    vec![from, Figure::new(second.range(), unit_at.range(), high, &unit)]
}

/// Tells whether a number after `before` counts something: not 第3例, COVID-19, T2期, 4.1.
fn may_count(before: &str, digits: bool) -> bool {
    let letters = before.chars().rev().take_while(char::is_ascii_uppercase).count();
    let glued = match before.chars().next_back() {
        Some(c) if c.is_ascii_alphabetic() => letters < 3,
        Some(c) => c.is_ascii_digit() || matches!(c, '.' | '-' | '–' | '－' | '/' | '_' | '#' | '№' | '$'),
        None => false,
    };
    let before = before.trim_end();
    !glued && !before.ends_with('第') && (digits || !before.ends_with(['初', '数', '几', '前', '后']))
}

/// Tells whether a number before 年 is a calendar year, a window of time or a part of a rate's name.
fn names_time(before: &str, after: &str, rough: bool, digits: &str, second: &str) -> bool {
    let year = |number: &str| {
        let value = parse_integer(number);
        number.chars().count() == 4 && value.is_some_and(|year| (1900..=2100).contains(&year))
    };
    let before = before.trim_end();
    let window =
        before.ends_with('近') && !["历经近", "历时近", "经过近"].iter().any(|word| before.ends_with(word));
    let calendar = !rough && (year(digits) || year(second));
    calendar || window || PATTERNS.rate.is_match(after)
}

fn decimal(number: &str) -> Option<f64> {
    let plain = number.chars().filter(|&c| c != ',').map(|c| match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        c => c,
    });
    plain.collect::<String>().parse().ok()
}

/// Parts of a text between two marks.
fn ranges(text: &str, open: &str, close: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|i| at + i) {
        let Some(end) = text[start..].find(close).map(|i| start + i) else { break };
        ranges.push(start..end);
        at = end;
    }
    ranges
}

/// Bytes of a clause that is quoted, at most: it bounds what the figures of one clause repeat.
const LONGEST_CLAUSE: usize = 400;

/// The clause of every figure: from the last mark of punctuation to the last figure of the clause, and
/// on to the end of the clause where nothing but the figure opens it.
fn clauses(text: &str, figures: &[Figure]) -> Vec<Range<usize>> {
    const MARKS: [char; 16] =
        ['，', '。', '；', '：', '！', '？', '、', '（', '）', '(', ')', ';', '\n', '“', '”', '\u{3000}'];
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| MARKS.contains(c)).collect();
    let after = |at: usize| marks.partition_point(|&(mark, _)| mark < at);
    let own = figures.iter().map(|figure| (figure, after(figure.value.start)));
    let mut clauses: Vec<Range<usize>> = own
        .map(|(figure, next)| {
            let (mut start, open) = match next.checked_sub(1).map(|i| marks[i]) {
                Some((at, c)) => (at + c.len_utf8(), matches!(c, '（' | '(')),
                None => (0, false),
            };
            let mut end = figure.unit_at.end.max(figure.value.end);
            end += PATTERNS.suffix.find(&text[end..]).map_or(0, |suffix| suffix.end());
            let lead = text[start..figure.value.start].trim();
            let close = marks.get(after(end)).copied();
            if lead.chars().take(2).count() <= 1 || lead == "超过" {
                let rest = close.map_or(text.len(), |(at, _)| at);
                end = if rest - start <= LONGEST_CLAUSE { rest } else { end };
                if let (true, true, Some((at, '）' | ')'))) = (open, lead.is_empty(), close) {
                    // 成功率（43.2%）: the bracket says nothing without what stands before it.
                    start = next.checked_sub(2).map_or(0, |i| marks[i].0 + marks[i].1.len_utf8());
                    end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                }
            }
            // Text without punctuation: a figure says no more than itself.
            if end - start > LONGEST_CLAUSE { figure.value.start..end } else { start..end }
        })
        .collect();
    // Figures of one clause share its text: 由不到 2%提高到 70%.
    for i in 1..clauses.len() {
        let shared = clauses[i].start.min(clauses[i - 1].start)..clauses[i].end.max(clauses[i - 1].end);
        if clauses[i].start < clauses[i - 1].end && shared.len() <= LONGEST_CLAUSE {
            clauses[i] = shared;
        }
    }
    for i in (1..clauses.len()).rev() {
        if clauses[i].start == clauses[i - 1].start {
            clauses[i - 1].end = clauses[i - 1].end.max(clauses[i].end);
        }
    }
    clauses
}
