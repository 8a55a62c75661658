use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query as TantivyQuery, TermSetQuery};

use super::{
    facets::Catalogue,
    filter::{facet_terms, year_terms},
    matching::Pattern,
    text_query::{anywhere, constant, keyword, phrase, ranking, starting},
};
use crate::{
    analysis::{Atoms, content_words, is_function_word, query_identifier, ranking_words},
    domain::{Facet, Kind},
    index::{Family, Fields},
    query::{Clause, Part, PartKind, Query, QueryField},
    text::{fold_key, is_han, parse_integer},
};

/// A query for one kind, at one level of strictness.
pub(super) struct Level {
    pub(super) query: Box<dyn TantivyQuery>,
    /// Whether anything in it ranks.
    pub(super) ranks: bool,
}

/// What is the same for all kinds: which clauses hold always and into what the plain words come apart.
pub(super) struct Plan<'q> {
    fixed: Vec<&'q Clause>,
    words: Vec<&'q str>,
    /// What each word is taken apart into; words that say nothing are left out.
    units: Vec<Vec<String>>,
    /// Parts besides the plain words that are looked for in the text of records.
    others: Vec<&'q Part>,
    ranking: Vec<String>,
    /// Several plain words as one text, which ranks where they stand together.
    whole: Option<String>,
    /// Whether something was asked and none of it can be searched.
    void: bool,
}

/// What queries are compiled against.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
    pub(super) catalogue: &'a Catalogue,
    /// Of which kinds records are looked for.
    pub(super) kinds: &'a [Kind],
}

/// A word of this many Han characters or fewer is likely a name, which is not taken apart.
const NAME_CHARS: usize = 3;

/// How much of the plain words a level asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Every word as it was typed.
    All,
    /// Every content word.
    EveryUnit,
    /// Half of the words, with all that they are about; of a single one, half of that.
    Half,
    /// Any one of the words.
    Any,
}

impl<'q> Plan<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        let (mut fixed, mut words, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for clause in &query.clauses {
            match clause {
                Clause::Must(part) if !is_searchable(part) => {}
                Clause::Must(part) if part.field.is_none() && part.kind == PartKind::Word => {
                    words.push(part.text.as_str());
                }
                Clause::Any(parts) if !parts.iter().any(is_searchable) => {}
                Clause::Must(part) => {
                    others.extend(Some(part).filter(|part| part.field.is_none()));
                    fixed.push(clause);
                }
                Clause::Any(parts) => {
                    others.extend(parts.iter().filter(|part| part.field.is_none()));
                    fixed.push(clause);
                }
                Clause::Not(_) => fixed.push(clause),
            }
        }
        let texts = words.iter().copied().chain(others.iter().map(|part| part.text.as_str()));
        let mut ranking: Vec<String> = texts.flat_map(ranking_words).map(|word| word.text).collect();
        ranking.sort_unstable();
        ranking.dedup();
        let whole = (words.len() > 1).then(|| words.join(" "));
        let void = fixed.is_empty() && words.is_empty() && !query.is_empty();
        Self {
            units: words.iter().map(|word| units(word)).filter(|units| !units.is_empty()).collect(),
            fixed,
            words,
            others,
            ranking,
            whole,
            void,
        }
    }

    /// The levels to try, the strictest first.
    pub(super) fn levels(&self) -> impl Iterator<Item = Strictness> {
        let flat = || self.units.iter().flatten();
        let every = flat().next().is_some() && !flat().eq(self.words.iter());
        let half = flat().nth(1).is_some();
        let any = self.units.len() > 2;
        let relaxed = [(every, Strictness::EveryUnit), (half, Strictness::Half), (any, Strictness::Any)];
        std::iter::once(Strictness::All)
            .chain(relaxed.into_iter().filter(|level| level.0).map(|level| level.1))
    }

    /// Tells whether some clause asks something else of each kind.
    pub(super) fn depends_on_kind(&self) -> bool {
        let named = |part: &Part| match part.field {
            None => false,
            Some(QueryField::Claim | QueryField::Ip) => true,
            Some(QueryField::Facet(facet)) => {
                matches!(facet, Facet::Person | Facet::Institution | Facet::Journal)
            }
        };
        self.fixed.iter().any(|clause| match clause {
            Clause::Must(part) | Clause::Not(part) => named(part),
            Clause::Any(parts) => parts.iter().any(named),
        })
    }

    /// What to mark in hits.
    pub(super) fn patterns(&self, strictness: Strictness) -> Vec<Pattern> {
        let words = self.texts(strictness).into_iter().map(|text| Pattern::new(text, false));
        let others = self.others.iter().map(|part| Pattern::new(&part.text, part.kind == PartKind::Prefix));
        words.chain(others).collect()
    }

    fn texts(&self, strictness: Strictness) -> Vec<&str> {
        match strictness {
            Strictness::All => self.words.clone(),
            Strictness::EveryUnit | Strictness::Half | Strictness::Any => {
                self.units.iter().flatten().map(String::as_str).collect()
            }
        }
    }
}

impl Compiler<'_> {
    /// Compiles a plan; words rank as records of `kind` use them, and `ranked` is false where only the number of
    /// hits matters.
    pub(super) fn level(&self, plan: &Plan<'_>, kind: Kind, strictness: Strictness, ranked: bool) -> Level {
        if plan.void {
            return Level { query: Box::new(EmptyQuery), ranks: false };
        }
        let family = self.fields.family(kind);
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        clauses.extend(self.of_kinds().map(|kinds| (Occur::Must, kinds)));
        clauses.extend(plan.fixed.iter().filter_map(|clause| self.fixed(clause, kind)));
        let all = |texts: &[&str]| -> Vec<Box<dyn TantivyQuery>> {
            texts.iter().filter_map(|text| anywhere(text, &family)).collect()
        };
        let (words, needed) = match strictness {
            Strictness::All | Strictness::EveryUnit => {
                let words = all(&plan.texts(strictness));
                let needed = words.len();
                (words, needed)
            }
            Strictness::Half if plan.units.len() == 1 => {
                let words = all(&plan.texts(strictness));
                let needed = words.len().div_ceil(2);
                (words, needed)
            }
            Strictness::Half | Strictness::Any => {
                let words: Vec<_> = plan.units.iter().filter_map(|units| together(units, &family)).collect();
                let needed = if strictness == Strictness::Any { 1 } else { words.len().div_ceil(2) };
                (words, needed)
            }
        };
        let ranks = !words.is_empty() || !plan.others.is_empty();
        if needed == words.len() {
            clauses.extend(words.into_iter().map(|word| (Occur::Must, word)));
        } else {
            let ways = words.into_iter().map(|word| (Occur::Should, word)).collect();
            clauses.push((Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(ways, needed))));
        }
        if clauses.iter().all(|(occur, _)| *occur != Occur::Must) {
            clauses.push((Occur::Must, constant(Box::new(AllQuery), 0.0)));
        }
        if ranked {
            let ranking = plan.ranking.iter().flat_map(|word| ranking(word, &family));
            clauses.extend(ranking.map(|query| (Occur::Should, query)));
            let whole = plan.whole.as_ref().and_then(|whole| anywhere(whole, &family));
            clauses.extend(whole.map(|query| (Occur::Should, query)));
        }
        Level { query: Box::new(BooleanQuery::new(clauses)), ranks }
    }

    /// Matches records of the kinds; `None` where that is every record.
    fn of_kinds(&self) -> Option<Box<dyn TantivyQuery>> {
        let of = |kind: &Kind| keyword(self.fields.kind, kind.name());
        match self.kinds {
            [kind] => Some(constant(Box::new(of(kind)), 0.0)),
            kinds if kinds.len() == Kind::ALL.len() => None,
            kinds => Some(either(kinds.iter().map(|kind| Box::new(of(kind)) as _))),
        }
    }

    fn fixed(&self, clause: &Clause, kind: Kind) -> Option<(Occur, Box<dyn TantivyQuery>)> {
        match clause {
            Clause::Must(part) => Some((Occur::Must, self.part(part, kind)?)),
            Clause::Not(part) => Some((Occur::MustNot, self.part(part, kind)?)),
            Clause::Any(parts) => {
                let ways = parts.iter().filter_map(|part| Some((Occur::Should, self.part(part, kind)?)));
                Some((Occur::Must, Box::new(BooleanQuery::new(ways.collect()))))
            }
        }
    }

    fn part(&self, part: &Part, kind: Kind) -> Option<Box<dyn TantivyQuery>> {
        let family = self.fields.family(kind);
        match (part.field, part.kind) {
            (None, PartKind::Prefix) => starting(&part.text, &family),
            (None, _) => anywhere(&part.text, &family),
            (Some(QueryField::Claim), _) => Some(claim(&part.text, &family, kind)),
            (Some(QueryField::Ip), PartKind::Prefix) if kind == Kind::Ip => starting(&part.text, &family),
            (Some(QueryField::Ip), _) => ip(&part.text, &family, kind),
            (Some(QueryField::Facet(facet)), _) => self.facet(facet, part, kind),
        }
    }

    /// Matches a value of the facet or, where there is none, all values that contain the text; a
    /// person, an institution or a journal also by its other names.
    fn facet(&self, facet: Facet, part: &Part, kind: Kind) -> Option<Box<dyn TantivyQuery>> {
        let key = fold_key(&part.text);
        let mut terms = match (facet, part.text.parse()) {
            (Facet::Year, Ok(range)) => year_terms(range, self.fields, self.catalogue),
            _ => facet_terms(facet, |value| value == key, self.fields, self.catalogue),
        };
        let reference = keyword(self.fields.facet(facet).reference, &key);
        if terms.is_empty() && facet != Facet::Year {
            let starts = part.kind == PartKind::Prefix;
            let passes = |value: &str| if starts { value.starts_with(&key) } else { value.contains(&key) };
            terms = facet_terms(facet, passes, self.fields, self.catalogue);
        }
        let mut ways: Vec<(Occur, Box<dyn TantivyQuery>)> =
            vec![(Occur::Should, Box::new(TermSetQuery::new(terms))), (Occur::Should, Box::new(reference))];
        let own = matches!(
            (facet, kind),
            (Facet::Person, Kind::Person)
                | (Facet::Institution, Kind::Institution)
                | (Facet::Journal, Kind::Journal)
        );
        if own && let Some(name) = phrase(&part.text, self.fields.family(kind).name) {
            ways.push((Occur::Should, name));
        }
        Some(constant(Box::new(BooleanQuery::new(ways)), 0.0))
    }
}

/// Tells whether the text of a part holds anything that can be searched.
pub(super) fn is_searchable(part: &Part) -> bool {
    !Atoms::new(&part.text).is_empty()
}

/// What a word is taken apart into; names and identifiers stay whole, function words fall away.
fn units(word: &str) -> Vec<String> {
    let key = fold_key(word);
    if is_function_word(&key) {
        return Vec::new();
    }
    let name = key.chars().count() <= NAME_CHARS && key.chars().all(is_han) && key.chars().count() > 1;
    if name || query_identifier(word).is_some() {
        return vec![word.to_owned()];
    }
    content_words(word).into_iter().map(|word| word.text).collect()
}

/// Matches records that hold everything a word is about.
fn together(units: &[String], family: &Family) -> Option<Box<dyn TantivyQuery>> {
    let mut parts: Vec<_> = units.iter().filter_map(|unit| anywhere(unit, family)).collect();
    if parts.len() < 2 {
        return parts.pop();
    }
    Some(Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Must, part)).collect())))
}

fn claim(number: &str, family: &Family, kind: Kind) -> Box<dyn TantivyQuery> {
    let word = parse_integer(number).map_or_else(|| number.to_owned(), |number| format!("创新点{number}"));
    if kind == Kind::Claim {
        return constant(Box::new(keyword(family.key, &word)), 0.0);
    }
    either([family.context, family.body].into_iter().filter_map(|field| phrase(&word, field)))
}

fn ip(text: &str, family: &Family, kind: Kind) -> Option<Box<dyn TantivyQuery>> {
    if kind == Kind::Ip {
        return anywhere(text, family);
    }
    let mut ways = vec![phrase(text, family.context)?, phrase(text, family.body)?];
    ways.extend(query_identifier(text).map(|key| Box::new(keyword(family.identifier, &key)) as _));
    Some(either(ways.into_iter()))
}

fn either(ways: impl Iterator<Item = Box<dyn TantivyQuery>>) -> Box<dyn TantivyQuery> {
    constant(Box::new(BooleanQuery::new(ways.map(|way| (Occur::Should, way)).collect())), 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_into_what_they_are_about() {
        for (word, want) in [
            ("张某某", "张某某"),
            ("如何", ""),
            ("创新点2", "创新点2"),
            ("ZL201610900003.3", "ZL201610900003.3"),
            ("导航系统的手术", "导航系统 手术"),
            ("氧", ""),
        ] {
            let got = units(word).join(" ");
            assert_eq!(got.replace(' ', ""), want.replace(' ', ""), "{word}");
        }
    }
}
