use super::{Clause, Part, PartKind, Query, QueryField, YearRange};
use crate::{analysis, domain::Facet, text::parse_integer};

/// A query is read up to this many characters.
pub const MAX_CHARS: usize = 512;
/// A query is read up to this many words, phrases and prefixes.
pub const MAX_PARTS: usize = 32;

/// What opens and closes a phrase.
pub(super) const QUOTES: [(char, char); 5] =
    [('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('＂', '＂')];

impl Query {
    /// Reads a query. Never fails: what is no syntax is text, with a notice.
    pub fn parse(text: &str) -> Query {
        let mut notices = Vec::new();
        let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
        if end < text.len() {
            notices.push(format!("only the first {MAX_CHARS} characters of the query were searched"));
        }
        // Blanks of every kind and number are one: they are printed so, and identifiers are told by theirs.
        let blanks = text[..end].split(is_blank).filter(|word| !word.is_empty());
        let text = &*blanks.collect::<Vec<_>>().join(" ");
        let identifiers = analysis::identifiers(text).into_iter().map(|found| (found.start, found.end));
        Parser { text, at: 0, spaced: identifiers.collect(), notices }.run()
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Where identifiers stand: the blanks within one do not part words.
    spaced: Vec<(usize, usize)>,
    notices: Vec<String>,
}

impl Parser<'_> {
    fn run(mut self) -> Query {
        let mut clauses: Vec<Clause> = Vec::new();
        let mut parts = 0;
        while self.skip_blanks() {
            let operand = matches!(clauses.last(), Some(Clause::Must(_) | Clause::Any(_)));
            let clause = if self.takes_or() {
                let part =
                    if operand && self.skip_blanks() && self.operand_follows() { self.part() } else { None };
                match (part, clauses.pop()) {
                    (Some(part), Some(Clause::Must(first))) => Clause::Any(vec![first, part]),
                    (Some(part), Some(Clause::Any(mut parts))) => {
                        parts.push(part);
                        Clause::Any(parts)
                    }
                    (_, last) => {
                        clauses.extend(last);
                        self.notices.push("OR stands between two words; it was searched as text".to_owned());
                        Clause::Must(Part { field: None, kind: PartKind::Word, text: "or".to_owned() })
                    }
                }
            } else if self.takes_minus() {
                match self.part() {
                    Some(part) => Clause::Not(part),
                    None => continue,
                }
            } else {
                self.warn_of_operators();
                match self.part() {
                    Some(part) => Clause::Must(part),
                    None => continue,
                }
            };
            parts += 1;
            if parts > MAX_PARTS {
                self.notices.push(format!("only the first {MAX_PARTS} words of the query were searched"));
                break;
            }
            clauses.push(clause);
        }
        Query { clauses, notices: self.notices }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
        self.at < self.text.len()
    }

    /// Takes `OR` standing alone.
    fn takes_or(&mut self) -> bool {
        let alone = self
            .rest()
            .strip_prefix("OR")
            .is_some_and(|after| after.is_empty() || after.starts_with(is_blank));
        if alone {
            self.at += 2;
        }
        alone
    }

    /// Words of other query languages are words here, which is worth a notice.
    fn warn_of_operators(&mut self) {
        let word = self.rest().split(is_blank).next().unwrap_or_default().to_owned();
        if matches!(word.as_str(), "AND" | "NOT") {
            self.notices.push(format!(
                "'{word}' was searched as a word: words are joined without AND, and -word leaves a word out"
            ));
        }
    }

    /// Takes a minus sign with something behind it.
    fn takes_minus(&mut self) -> bool {
        let Some(after) = self.rest().strip_prefix(['-', '－']) else { return false };
        let negates = !after.is_empty() && !after.starts_with(is_blank);
        if negates {
            self.at = self.text.len() - after.len();
        }
        negates
    }

    fn operand_follows(&self) -> bool {
        let rest = self.rest();
        let word = rest.split(is_blank).next().unwrap_or(rest);
        word != "OR" && !word.starts_with(['-', '－'])
    }

    fn part(&mut self) -> Option<Part> {
        let start = self.at;
        let Some(field) = self.field() else { return self.value(None) };
        match self.value(Some(field)) {
            Some(part) => match fault(field, &part.text) {
                None => Some(part),
                Some(wanted) => {
                    self.notices.push(format!("'{}' is not {wanted}; it was searched as text", part.text));
                    phrase(None, &part.text)
                }
            },
            None => {
                let name = self.text[start..].split([':', '：']).next().unwrap_or_default();
                self.notices.push(format!("'{name}:' has no value; it was searched as text"));
                Some(Part { field: None, kind: PartKind::Word, text: format!("{name}:") })
            }
        }
    }

    /// Takes the name of a field and its colon.
    fn field(&mut self) -> Option<QueryField> {
        let rest = self.rest();
        let colon = rest.find([':', '：'])?;
        let name = &rest[..colon];
        if name.chars().count() > 16 || name.contains(is_blank) {
            return None;
        }
        let Some(field) = QueryField::find(name) else {
            let plain = name.chars().all(|c| c.is_ascii_lowercase() || crate::text::is_han(c));
            let value = rest[colon..].chars().nth(1).is_some_and(|c| !is_blank(c) && c != '/');
            if plain && value && (2..=6).contains(&name.chars().count()) {
                self.notices.push(format!("'{name}' is no field; '{name}:' was searched as text"));
            }
            return None;
        };
        let width = rest[colon..].chars().next().map_or(1, char::len_utf8);
        self.at += colon + width;
        Some(field)
    }

    /// Takes a phrase, a prefix or a word; `None` where there is nothing of the kind.
    fn value(&mut self, field: Option<QueryField>) -> Option<Part> {
        let mut unclosed = false;
        while let Some((open, close)) = QUOTES.into_iter().find(|pair| self.rest().starts_with(pair.0)) {
            let inside = self.at + open.len_utf8();
            let Some(len) = self.text[inside..].find(close) else {
                self.notices.push(format!("the quotation mark {open} is not closed; it was left out"));
                self.at = inside;
                unclosed = true;
                continue;
            };
            self.at = inside + len + close.len_utf8();
            let text = self.text[inside..inside + len].trim_matches(is_blank);
            if text.is_empty() {
                self.notices.push("an empty phrase was left out".to_owned());
                return None;
            }
            return Some(Part { field, kind: PartKind::Phrase, text: text.to_owned() });
        }
        let word = self.word();
        if unclosed {
            return phrase(field, &word);
        }
        let stem = word.trim_end_matches(['*', '＊']);
        if stem.is_empty() {
            if !word.is_empty() {
                self.notices.push("a star without the start of a word was left out".to_owned());
            }
            return None;
        }
        let kind = if stem.len() < word.len() { PartKind::Prefix } else { PartKind::Word };
        Some(Part { field, kind, text: stem.to_owned() })
    }

    /// Takes everything up to a blank; of an identifier also what stands behind its inner blanks.
    fn word(&mut self) -> String {
        let start = self.at;
        let inner = self
            .spaced
            .iter()
            .find(|&&(from, to)| from == start && to > start)
            .map_or(start, |found| found.1);
        let tail = &self.text[inner..];
        let end = inner + tail.find(is_blank).unwrap_or(tail.len());
        self.at = end;
        self.text[start..end].chars().filter(|&c| !is_blank(c)).collect()
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Makes a phrase of what stands in the text without being one. Printed in quotation marks it cannot be
/// taken for syntax; those within it are no terms and are left out.
fn phrase(field: Option<QueryField>, text: &str) -> Option<Part> {
    let mark = |c: char| QUOTES.iter().any(|&(open, close)| c == open || c == close);
    let text: String = text.chars().filter(|&c| !mark(c)).collect();
    // A mark between blanks leaves two of them.
    let text = text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Part { field, kind: PartKind::Phrase, text })
}

/// What the value of a field should be and is not.
fn fault(field: QueryField, value: &str) -> Option<&'static str> {
    match field {
        QueryField::Claim if parse_integer(value).is_none() => Some("the number of a claim"),
        QueryField::Facet(Facet::Year) if value.parse::<YearRange>().is_err() => Some("a year"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        let query = Query::parse(text);
        let part = |part: &Part| {
            let field = part.field.map(|field| format!("{}=", field.name())).unwrap_or_default();
            format!("{field}{:?}({})", part.kind, part.text)
        };
        let clauses: Vec<String> = query
            .clauses
            .iter()
            .map(|clause| match clause {
                Clause::Must(one) => part(one),
                Clause::Not(one) => format!("not {}", part(one)),
                Clause::Any(parts) => parts.iter().map(part).collect::<Vec<_>>().join(" | "),
            })
            .collect();
        let mark = if query.notices.is_empty() { "" } else { " !" };
        format!("{}{mark}", clauses.join("; "))
    }

    #[test]
    fn queries_are_read_as_users_write_them() {
        for (text, want) in [
            ("", ""),
            ("张三　创新点2", "Word(张三); Word(创新点2)"),
            ("\"lumbar fusion\" “甲 乙”「丙」", "Phrase(lumbar fusion); Phrase(甲 乙); Phrase(丙)"),
            ("甲 -乙 -\"丙 丁\"", "Word(甲); not Word(乙); not Phrase(丙 丁)"),
            ("甲 - 乙", "Word(甲); Word(-); Word(乙)"),
            ("甲 OR 乙 OR \"丙\" 丁", "Word(甲) | Word(乙) | Phrase(丙); Word(丁)"),
            ("甲 或 乙", "Word(甲); Word(或); Word(乙)"),
            ("OR 甲", "Word(or); Word(甲) !"),
            ("甲 OR", "Word(甲); Word(or) !"),
            ("甲 OR -乙", "Word(甲); Word(or); not Word(乙) !"),
            ("人：张三 单位:\"甲 医院\"", "person=Word(张三); institution=Phrase(甲 医院)"),
            ("Person:张三 期刊：Spine*", "person=Word(张三); journal=Prefix(Spine)"),
            ("claim:2 创新点:二 创新点:甲", "claim=Word(2); claim=Word(二); Phrase(甲) !"),
            ("年:2020..2026 year:abc", "year=Word(2020..2026); Phrase(abc) !"),
            ("期刊: 甲", "Word(期刊:); Word(甲) !"),
            ("316(21): 1466-1482", "Word(316(21):); Word(1466-1482)"),
            ("a:b", "Word(a:b)"),
            ("endosc* ab** *", "Prefix(endosc); Prefix(ab) !"),
            ("\"未闭合 引号", "Phrase(未闭合); Word(引号) !"),
            ("提出“差异”理论", "Word(提出“差异”理论)"),
            ("zl 2016 1 0900003 张三", "Word(zl201610900003); Word(张三)"),
            ("专利:ZL 2016 1 0900003.3", "ip=Word(ZL201610900003.3)"),
            ("-OR \"\"", "not Word(OR) !"),
            ("年:\"甲 『 乙\"", "Phrase(甲 乙) !"),
            ("2018\0\0\u{3}SR000123  x", "Word(2018SR000123); Word(x)"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn long_queries_are_cut_with_a_notice() {
        let query = Query::parse(&"甲".repeat(MAX_CHARS + 1));
        assert_eq!((query.clauses.len(), query.notices.len()), (1, 1));
        let query = Query::parse(&"甲 ".repeat(MAX_PARTS + 1));
        assert_eq!((query.clauses.len(), query.notices.len()), (MAX_PARTS, 1));
        let query = Query::parse(&"甲 OR ".repeat(MAX_PARTS + 1));
        assert_eq!(query.notices.len(), 1);
    }

    #[test]
    fn parts_of_a_number_that_stood_apart_stay_apart() {
        for text in
            ["ZL2017 1 0900 ** 003.x", "专利:ZL2 017 1 0900 \"\" 003 甲*", "甲 OR ZL2017 1 0900 * 003"]
        {
            let query = Query::parse(text);
            assert_eq!(Query::parse(&query.to_string()).clauses, query.clauses, "{text} -> {query}");
        }
    }

    proptest! {
        #[test]
        fn a_printed_query_is_read_as_the_same(
            text in "(甲|ab|OR|-|\"|“|”|「|」|\\*|:|：|人:|claim:|年:|2020|ZL 2016 1 0900003|\\.3|x|2018|SR000123| |　|\t|\u{0}){0,24}|\\PC{0,40}"
        ) {
            let query = Query::parse(&text);
            let again = Query::parse(&query.to_string());
            prop_assert_eq!(&again.clauses, &query.clauses, "{} -> {}", text, query);
        }
    }
}
