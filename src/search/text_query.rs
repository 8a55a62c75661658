use tantivy::{
    Term,
    query::{FuzzyTermQuery, PhrasePrefixQuery},
    schema::Field,
};

use super::{node::Node, sought::Sought, weights::WEIGHTS};
use crate::{
    analysis::{Atoms, is_common, is_rank, phrase_terms, query_identifier, thousands_forms},
    index::Family,
    text::fold_key,
};

/// To how many words the start of one may be completed.
const MAX_COMPLETIONS: u32 = 10_000;

/// One way in which a text may be found in a record.
pub(super) struct Way {
    /// What is found: the name of a weight.
    pub(super) part: &'static str,
    /// The text.
    pub(super) text: String,
    /// Scores as much as this way counts.
    pub(super) node: Node,
}

impl Way {
    fn new(part: &'static str, text: &str, node: Node) -> Self {
        Self { part, text: text.to_owned(), node }
    }
}

/// Matches records in whose name, body or context what is sought stands, or that it identifies. `None` where it
/// holds nothing that can be searched.
pub(super) fn anywhere(sought: &Sought, family: &Family) -> Option<Node> {
    best(ways(sought, family))
}

/// Scores by the best of the ways, and by the others in part; `None` where there are none.
fn best(ways: Vec<Way>) -> Option<Node> {
    let ways: Vec<_> = ways.into_iter().map(|way| way.node).collect();
    (!ways.is_empty()).then_some(Node::Best(ways))
}

/// All ways in which what is sought may be found.
pub(super) fn ways(sought: &Sought, family: &Family) -> Vec<Way> {
    let mut ways = match sought.words.as_slice() {
        [text] => ways_of(text, family),
        words => {
            let all = words.iter().filter_map(|word| anywhere(&Sought::only(word), family));
            let all: Vec<_> = all.collect();
            if all.is_empty() { Vec::new() } else { vec![Way::new("words", &sought.text(), Node::All(all))] }
        }
    };
    let translated: Option<Vec<Node>> = sought.translated.iter().map(|part| anywhere(part, family)).collect();
    if let Some(all) = translated.filter(|all| !all.is_empty()) {
        let text: Vec<&str> = sought.translated.iter().flat_map(|part| part.texts().next()).collect();
        ways.push(Way::new("words", &text.join(" "), Node::All(all).times(WEIGHTS.synonym)));
    }
    for form in &sought.forms {
        ways.extend(
            ways_of(form, family).into_iter().map(|way| Way { node: way.node.times(WEIGHTS.synonym), ..way }),
        );
    }
    ways
}

/// The fields for recall, each with the name of its weight. What a dossier says of itself is matched once for all its
/// records.
fn recalled(family: &Family, found: impl Fn(Field) -> Option<Node>) -> Vec<(&'static str, Node)> {
    let own = [
        ("name", family.name, WEIGHTS.name),
        ("body", family.body, WEIGHTS.body),
        ("context", family.context, WEIGHTS.context),
    ];
    let own = own.into_iter().filter_map(|(part, field, weight)| Some((part, found(field)?.times(weight))));
    let around = found(family.around).map(|node| Node::OfDossier(Box::new(node)).times(WEIGHTS.dossier));
    own.chain(around.map(|node| ("dossier", node))).collect()
}

fn ways_of(text: &str, family: &Family) -> Vec<Way> {
    let printed = |text: &str| {
        let terms = phrase_terms(text);
        let found = recalled(family, |field| Node::phrase_of(&terms, field)).into_iter();
        found.map(|(part, node)| Way::new(part, text, node)).collect::<Vec<_>>()
    };
    let mut ways = printed(text);
    if ways.is_empty() {
        return ways;
    }
    thousands_forms(text).iter().for_each(|form| ways.extend(printed(form)));
    let whole = Node::value(family.key, &fold_key(text));
    ways.push(Way::new("whole_name", text, whole.fixed(WEIGHTS.whole_name)));
    if let Some(key) = query_identifier(text) {
        let known = Node::value(family.identifier, &key);
        ways.push(Way::new("identifier", text, known.fixed(WEIGHTS.identifier)));
        let begun = FuzzyTermQuery::new_prefix(Term::from_field_text(family.identifier, &key), 0, false);
        let begun = Node::library(begun).fixed(WEIGHTS.identifier_start);
        ways.push(Way::new("identifier_start", text, begun));
    }
    ways
}

/// Matches records that have words starting with the text, in their name, body or context.
pub(super) fn starting(text: &str, family: &Family) -> Option<Node> {
    best(starting_ways(text, family))
}

/// All ways in which words starting with the text may be found; a start that ends in Han is found like any text.
pub(super) fn starting_ways(text: &str, family: &Family) -> Vec<Way> {
    let atoms = Atoms::new(text);
    if atoms.is_empty() || atoms.get(atoms.len() - 1).han {
        return ways_of(text, family);
    }
    let starts = |text: &str| {
        let terms = phrase_terms(text).terms;
        recalled(family, |field| prefix(&terms, field))
    };
    let forms = std::iter::once(text.to_owned()).chain(thousands_forms(text));
    let ways =
        forms.flat_map(|form| starts(&form).into_iter().map(move |(part, node)| (part, form.clone(), node)));
    ways.map(|(part, form, node)| Way::new(part, &form, node)).collect()
}

/// Ranks records by a dictionary word in their body and context.
pub(super) fn ranking(word: &str, family: &Family) -> [Way; 2] {
    let fields = [
        ("body_word", family.body_word, WEIGHTS.body_word),
        ("context_word", family.context_word, WEIGHTS.context_word),
    ];
    fields.map(|(part, field, weight)| {
        Way::new(part, word, Node::Word(Term::from_field_text(field, word)).times(weight))
    })
}

/// Adds a fixed score where what is sought stands anywhere, half of it for being there and half by its rarity.
pub(super) fn coverage(sought: &Sought, rarity: f32, family: &Family) -> Option<Way> {
    let weight = match sought.text() {
        text if is_rank(&text) => WEIGHTS.rank_coverage,
        text if is_common(&text) => WEIGHTS.common_coverage,
        _ => WEIGHTS.coverage,
    };
    let node = anywhere(sought, family)?.fixed(weight * (0.5 + 0.5 * rarity));
    Some(Way { part: "coverage", text: sought.text(), node })
}

/// Adds a fixed score where everything that is sought stands.
pub(super) fn every(sought: &[Sought], family: &Family) -> Way {
    let text: Vec<String> = sought.iter().map(Sought::text).collect();
    let all = sought.iter().filter_map(|sought| anywhere(sought, family));
    let node = Node::All(all.collect()).fixed(WEIGHTS.every_term);
    Way { part: "every_term", text: text.join(" "), node }
}

fn prefix(terms: &[(usize, String)], field: Field) -> Option<Node> {
    let terms = terms.iter().map(|(position, term)| (*position, Term::from_field_text(field, term)));
    let terms: Vec<_> = terms.collect();
    if terms.is_empty() {
        return None;
    }
    let mut query = PhrasePrefixQuery::new_with_offset(terms);
    query.set_max_expansions(MAX_COMPLETIONS);
    Some(Node::library(query))
}
