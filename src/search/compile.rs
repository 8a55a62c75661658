use super::{
    facets::Catalogue,
    filter::{facet_terms, year_terms},
    node::Node,
    plan::Plan,
    sought::Sought,
    spelled::SpelledNames,
    strictness::Strictness,
    text_query::{anywhere, ranking, starting},
};
use crate::{
    analysis::query_identifier,
    domain::{Facet, Kind},
    index::{Family, Fields},
    query::{Clause, Part, PartKind, QueryField},
    text::{fold_key, parse_integer},
};

/// A query for one kind, at one level of strictness.
#[derive(Default)]
pub(super) struct Level {
    /// What a hit matches; nothing is a hit where it is empty.
    pub(super) all: Vec<Node>,
    /// What no hit matches.
    pub(super) none: Vec<Node>,
    /// What adds to the score of a hit.
    pub(super) ranking: Vec<Node>,
    /// Whether anything in it ranks.
    pub(super) ranks: bool,
}

/// What queries are compiled against.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
    pub(super) catalogue: &'a Catalogue,
}

impl Compiler<'_> {
    /// Compiles a plan; words rank as records of `kind` use them, and `ranked` is false where only the number of
    /// hits matters.
    pub(super) fn level(&self, plan: &Plan<'_>, kind: Kind, strictness: Strictness, ranked: bool) -> Level {
        if plan.void {
            return Level::default();
        }
        let family = self.fields.family(kind);
        let mut level = Level::default();
        for clause in &plan.fixed {
            match clause {
                Clause::Not(part) => level.none.extend(self.part(plan, part, kind)),
                Clause::Must(part) => level.all.extend(self.part(plan, part, kind)),
                Clause::Any(parts) => {
                    let ways = parts.iter().filter_map(|part| self.part(plan, part, kind));
                    level.all.push(Node::Any(ways.collect()));
                }
            }
        }
        let all = |sought: &mut dyn Iterator<Item = &Sought>| -> Vec<Node> {
            sought.filter_map(|sought| plan.names.anywhere(sought, &family)).collect()
        };
        let words = all(&mut plan.sought(strictness).iter());
        let needed = plan.needed(strictness).clamp(words.len().min(1), words.len());
        level.ranks = !words.is_empty() || !plan.others.is_empty();
        if strictness == Strictness::MostUnits {
            level.all.extend(all(&mut plan.firm().into_iter()));
            level.all.push(Node::AtLeast(plan.needed(strictness), all(&mut plan.missable().into_iter())));
        } else if needed == words.len() {
            level.all.extend(words);
        } else {
            level.all.push(Node::AtLeast(needed, words));
            let specific = all(&mut plan.specific().into_iter());
            if !specific.is_empty() {
                level.all.push(Node::unranked(specific));
            }
        }
        if level.all.is_empty() {
            level.all.push(Node::Every);
        }
        if ranked {
            level
                .ranking
                .extend(plan.ranking.iter().flat_map(|word| ranking(word, &family)).map(|way| way.node));
            level.ranking.extend(plan.together(strictness).filter_map(|whole| anywhere(whole, &family)));
            let names = plan.names.ranking(&family).into_iter();
            let others = plan
                .standing_together(strictness, &family)
                .into_iter()
                .chain(plan.covered(strictness, &family));
            level.ranking.extend(names.chain(others).map(|way| way.node));
        }
        level
    }

    fn part(&self, plan: &Plan<'_>, part: &Part, kind: Kind) -> Option<Node> {
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
    fn facet(&self, facet: Facet, part: &Part, kind: Kind) -> Option<Node> {
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
        let reference = Node::value(self.fields.facet(facet).reference, &key);
        if terms.is_empty() && facet != Facet::Year {
            let starts = part.kind == PartKind::Prefix;
            let passes = |value: &str| if starts { value.starts_with(&key) } else { value.contains(&key) };
            terms = facet_terms(facet, passes, self.fields, self.catalogue);
        }
        let mut ways: Vec<Node> = terms.into_iter().map(Node::Value).collect();
        ways.push(reference);
        let own = matches!(
            (facet, kind),
            (Facet::Person, Kind::Person)
                | (Facet::Institution, Kind::Institution)
                | (Facet::Journal, Kind::Journal)
        );
        if own {
            ways.extend(Node::phrase(&part.text, self.fields.family(kind).name));
        }
        if facet == Facet::Person {
            let spelt = SpelledNames::new(&[&part.text]).readings(&self.fields.family(kind));
            ways.extend(spelt);
        }
        Some(Node::unranked(ways))
    }
}

fn claim(number: &str, family: &Family, kind: Kind) -> Node {
    let word = parse_integer(number).map_or_else(|| number.to_owned(), |number| format!("创新点{number}"));
    if kind == Kind::Claim {
        return Node::value(family.key, &word).fixed(0.0);
    }
    let fields = [family.context, family.body].into_iter();
    Node::unranked(fields.filter_map(|field| Node::phrase(&word, field)).collect())
}

fn ip(text: &str, family: &Family, kind: Kind) -> Option<Node> {
    if kind == Kind::Ip {
        return anywhere(&Sought::only(text), family);
    }
    let around = Node::OfDossier(Box::new(Node::phrase(text, family.around)?));
    let mut ways = vec![Node::phrase(text, family.context)?, Node::phrase(text, family.body)?, around];
    ways.extend(query_identifier(text).map(|key| Node::value(family.identifier, &key)));
    Some(Node::unranked(ways))
}
