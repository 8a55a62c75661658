use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query as TantivyQuery, TermSetQuery};

use super::{
    facets::Catalogue,
    filter::{facet_terms, year_terms},
    plan::{Plan, Strictness},
    sought::Sought,
    spelled::SpelledNames,
    text_query::{anywhere, constant, keyword, phrase, ranking, starting},
};
use crate::{
    analysis::query_identifier,
    domain::{Facet, Kind},
    index::{Family, Fields},
    query::{Clause, Part, PartKind, QueryField},
    text::{fold_key, parse_integer},
};

/// A query for one kind, at one level of strictness.
pub(super) struct Level {
    pub(super) query: Box<dyn TantivyQuery>,
    /// Whether anything in it ranks.
    pub(super) ranks: bool,
}

/// What queries are compiled against.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
    pub(super) catalogue: &'a Catalogue,
    /// Of which kinds records are looked for.
    pub(super) kinds: &'a [Kind],
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
        clauses.extend(plan.fixed.iter().filter_map(|clause| self.fixed(plan, clause, kind)));
        let all = |sought: &mut dyn Iterator<Item = &Sought>| -> Vec<Box<dyn TantivyQuery>> {
            sought.filter_map(|sought| plan.names.anywhere(sought, &family)).collect()
        };
        let words = all(&mut plan.sought(strictness).iter());
        let needed = plan.needed(strictness).clamp(words.len().min(1), words.len());
        let ranks = !words.is_empty() || !plan.others.is_empty();
        if needed == words.len() {
            clauses.extend(words.into_iter().map(|word| (Occur::Must, word)));
        } else {
            let ways = words.into_iter().map(|word| (Occur::Should, word)).collect();
            clauses.push((Occur::Must, Box::new(BooleanQuery::with_minimum_required_clauses(ways, needed))));
            let specific = all(&mut plan.specific().into_iter());
            if !specific.is_empty() {
                clauses.push((Occur::Must, either(specific.into_iter())));
            }
        }
        if clauses.iter().all(|(occur, _)| *occur != Occur::Must) {
            clauses.push((Occur::Must, constant(Box::new(AllQuery), 0.0)));
        }
        if ranked {
            let ranking = plan.ranking.iter().flat_map(|word| ranking(word, &family));
            clauses.extend(ranking.map(|way| (Occur::Should, way.query)));
            let whole = plan.whole.as_ref().and_then(|whole| anywhere(whole, &family));
            clauses.extend(whole.map(|query| (Occur::Should, query)));
            let names = plan.names.ranking(&family).into_iter();
            let ways = names.chain(plan.covered(strictness, &family));
            clauses.extend(ways.map(|way| (Occur::Should, way.query)));
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

    fn fixed(&self, plan: &Plan<'_>, clause: &Clause, kind: Kind) -> Option<(Occur, Box<dyn TantivyQuery>)> {
        match clause {
            Clause::Must(part) => Some((Occur::Must, self.part(plan, part, kind)?)),
            Clause::Not(part) => Some((Occur::MustNot, self.part(plan, part, kind)?)),
            Clause::Any(parts) => {
                let ways =
                    parts.iter().filter_map(|part| Some((Occur::Should, self.part(plan, part, kind)?)));
                Some((Occur::Must, Box::new(BooleanQuery::new(ways.collect()))))
            }
        }
    }

    fn part(&self, plan: &Plan<'_>, part: &Part, kind: Kind) -> Option<Box<dyn TantivyQuery>> {
        let family = self.fields.family(kind);
        match (part.field, part.kind) {
            (None, PartKind::Prefix) => starting(&part.text, &family),
            (None, PartKind::Word) => {
                SpelledNames::new(&[&part.text]).anywhere(&plan.part_sought(part), &family)
            }
            (None, PartKind::Phrase) => anywhere(&Sought::only(&part.text), &family),
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
        if facet == Facet::Institution && terms.is_empty() && part.kind != PartKind::Prefix {
            let field = self.fields.facet(facet).reference;
            let same = self.catalogue.same_institution(&part.text);
            terms.extend(same.map(|(_, value)| tantivy::Term::from_field_text(field, &value.key)));
        }
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
        if facet == Facet::Person {
            let spelt = SpelledNames::new(&[&part.text]).readings(&self.fields.family(kind));
            ways.extend(spelt.into_iter().map(|way| (Occur::Should, way)));
        }
        Some(constant(Box::new(BooleanQuery::new(ways)), 0.0))
    }
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
        return anywhere(&Sought::only(text), family);
    }
    let mut ways = vec![phrase(text, family.context)?, phrase(text, family.body)?];
    ways.extend(query_identifier(text).map(|key| Box::new(keyword(family.identifier, &key)) as _));
    Some(either(ways.into_iter()))
}

fn either(ways: impl Iterator<Item = Box<dyn TantivyQuery>>) -> Box<dyn TantivyQuery> {
    constant(Box::new(BooleanQuery::new(ways.map(|way| (Occur::Should, way)).collect())), 0.0)
}
