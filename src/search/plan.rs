use std::sync::OnceLock;

use tantivy::Term;

use super::{
    matching::Pattern,
    name_forms::NameForms,
    node::Node,
    sought::{Expansion, Sought, with_synonyms},
    spelled::SpelledNames,
    strictness::Strictness,
    text_query::{Way, coverage, every, ranking, starting_ways, ways},
    units::{is_firm, neighbours, units},
    weights::WEIGHTS,
};
use crate::{
    analysis::{Atoms, is_generic, ranking_words},
    domain::Facet,
    index::Family,
    query::{Clause, Part, PartKind, Query, QueryField},
};

/// What is the same for all kinds: which clauses hold always and into what the plain words come apart.
pub(super) struct Plan<'q> {
    pub(super) fixed: Vec<&'q Clause>,
    words: Vec<Sought>,
    /// What the words are taken apart into, each once; those that say nothing are left out.
    units: Vec<Sought>,
    /// Parts besides the plain words that are looked for in the text of records.
    pub(super) others: Vec<&'q Part>,
    /// The dictionary words by which hits are ranked.
    pub(super) ranking: Vec<String>,
    /// Several plain words as one text, which ranks where they stand together.
    whole: Option<Sought>,
    /// Content words with those that stand right behind them, which rank where they do so in records.
    pairs: Vec<Sought>,
    /// Names that the plain words may spell in Latin letters.
    pub(super) names: SpelledNames,
    /// Whether something was asked and none of it can be searched.
    pub(super) void: bool,
    synonyms: bool,
    /// What was searched in other forms too.
    pub(super) expansions: Vec<Expansion>,
    /// How rare each of the content words is, the rarest of them 1.
    rarity: OnceLock<Vec<f32>>,
}

/// Of the content words at least one in so many has to be there.
const ONE_IN: usize = 4;
/// Where most of them have to be there, one in so many may be missing.
const MISSING: usize = 3;
/// More content words are not looked for one by one.
const MAX_UNITS: usize = 24;

impl<'q> Plan<'q> {
    /// Plans a query; `synonyms` tells whether words stand for other forms of the same thing as well.
    pub(super) fn new(query: &'q Query, synonyms: bool, known: &NameForms) -> Self {
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
        let whole = (words.len() > 1).then(|| Sought::only(&words.join(" ")));
        let void = fixed.is_empty() && words.is_empty() && !query.is_empty();
        let names = SpelledNames::new(&words);
        let pairs = words.iter().flat_map(|word| neighbours(word)).take(MAX_UNITS).collect();
        let (words, expansions) = if synonyms {
            with_synonyms(&words, known)
        } else {
            (words.into_iter().map(Sought::only).collect(), Vec::new())
        };
        let mut apart: Vec<Sought> = Vec::new();
        for unit in words.iter().flat_map(|word| units(word, synonyms, known)) {
            if !apart.contains(&unit) && apart.len() < MAX_UNITS {
                apart.push(unit);
            }
        }
        let rarity = OnceLock::new();
        Self {
            units: apart,
            fixed,
            words,
            others,
            ranking,
            whole,
            pairs,
            names,
            void,
            synonyms,
            expansions,
            rarity,
        }
    }

    /// Notes how rare each content word is among all records, by the rarest term of it: `found` counts those with a term.
    pub(super) fn weigh(
        &self,
        family: &Family,
        records: u64,
        found: impl Fn(&Term) -> tantivy::Result<u64>,
    ) -> tantivy::Result<()> {
        if self.rarity.get().is_some() {
            return Ok(());
        }
        let rarest = |text: &str| rarest(text, family, &found);
        let rarity = |unit: &Sought| -> tantivy::Result<f32> {
            let counts = unit.texts().map(rarest).collect::<tantivy::Result<Vec<u64>>>()?;
            let with = counts.into_iter().sum::<u64>().min(records);
            Ok(((records + 1) as f32 / (with + 1) as f32).ln())
        };
        let all = self.units.iter().map(rarity).collect::<tantivy::Result<Vec<f32>>>()?;
        let highest = all.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        let _ = self.rarity.set(all.into_iter().map(|rarity| rarity / highest).collect());
        Ok(())
    }

    /// Tells whether something that is asked may stand in many records: `found` counts those with a term.
    pub(super) fn stands_in_many(
        &self,
        family: &Family,
        found: impl Fn(&Term) -> tantivy::Result<u64>,
    ) -> tantivy::Result<bool> {
        /// So many are found on one thread before others have woken.
        const MANY: u64 = 300;
        let texts = self.words.iter().flat_map(Sought::texts);
        let mut texts = texts.chain(self.others.iter().map(|part| part.text.as_str())).peekable();
        if texts.peek().is_none() {
            return Ok(!self.void);
        }
        for text in texts {
            if rarest(text, family, &found)? >= MANY {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The levels to try, the strictest first.
    pub(super) fn levels(&self) -> impl Iterator<Item = Strictness> {
        let every = !self.units.is_empty() && self.units != self.words;
        let some = self.units.len() > 1;
        // Better a record that says one thing of many than none at all.
        let any = some && self.needed(Strictness::SomeUnits) > 1;
        let relaxed =
            [(every, Strictness::EveryUnit), (some, Strictness::SomeUnits), (any, Strictness::AnyUnit)];
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

    /// How many of what is sought a level asks for.
    pub(super) fn needed(&self, strictness: Strictness) -> usize {
        match strictness {
            Strictness::All => self.words.len(),
            Strictness::EveryUnit => self.units.len(),
            Strictness::MostUnits => self.missable().len() - self.missable().len() / MISSING,
            // What says nothing alone need not be there, however much of it there is.
            Strictness::SomeUnits => match self.specific().len() {
                0 => self.units.len().div_ceil(ONE_IN),
                specific => specific.div_ceil(ONE_IN),
            },
            Strictness::AnyUnit => 1,
        }
    }

    /// The content words that are not generic, where there are any besides those that are.
    pub(super) fn specific(&self) -> Vec<&Sought> {
        let specific: Vec<&Sought> = self.units.iter().filter(|unit| !is_generic(&unit.text())).collect();
        if specific.len() == self.units.len() { Vec::new() } else { specific }
    }

    /// What to mark in hits.
    pub(super) fn patterns(&self, strictness: Strictness) -> Vec<Pattern> {
        let words = self.sought(strictness).iter().map(Pattern::of);
        let others = self.others.iter().map(|part| Pattern::new(&part.text, part.kind == PartKind::Prefix));
        words.chain(others).collect()
    }

    /// The plain words as typed, then what they are taken apart into.
    pub(super) fn typed_words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().chain(&self.units).flat_map(|sought| &sought.words).map(String::as_str)
    }

    /// What a level looks for.
    pub(super) fn sought(&self, strictness: Strictness) -> &[Sought] {
        match strictness {
            Strictness::All => &self.words,
            Strictness::EveryUnit | Strictness::MostUnits | Strictness::SomeUnits | Strictness::AnyUnit => {
                &self.units
            }
        }
    }

    /// What is looked for in the text of records.
    pub(super) fn terms(&self, strictness: Strictness) -> Vec<String> {
        let words = self.sought(strictness).iter().map(Sought::text);
        words.chain(self.others.iter().map(|part| part.to_string())).collect()
    }

    /// Every way in which a part of the query adds to a score, by what it looks for.
    pub(super) fn scored(&self, strictness: Strictness, family: &Family) -> Vec<Vec<Way>> {
        let words = self.sought(strictness).iter().map(|sought| ways(sought, family));
        let spelled = self.sought(strictness).iter().flat_map(|sought| self.names.ways(sought, family));
        let spelled = spelled.chain(self.names.ranking(family)).map(|way| vec![way]);
        let others = self.others.iter().flat_map(|part| {
            if part.kind == PartKind::Prefix {
                return vec![starting_ways(&part.text, family)];
            }
            let sought = self.part_sought(part);
            let word = Some(part.text.as_str()).filter(|_| part.kind == PartKind::Word);
            let names = SpelledNames::new(&Vec::from_iter(word));
            let spelled = names.ways(&sought, family).into_iter().map(|way| vec![way]);
            std::iter::once(ways(&sought, family)).chain(spelled).collect::<Vec<_>>()
        });
        let ranking = self.ranking.iter().flat_map(|word| ranking(word, family)).map(|way| vec![way]);
        let whole = self.together(strictness).map(|whole| ways(whole, family));
        let covered = self.covered(strictness, family).into_iter().map(|way| vec![way]);
        let together = self.standing_together(strictness, family).map(|way| vec![way]);
        let words = words.chain(spelled).chain(others).chain(ranking);
        words.chain(whole).chain(together).chain(covered).collect()
    }

    /// What each content word adds for being there at all, where not all of them need to be.
    pub(super) fn covered(&self, strictness: Strictness, family: &Family) -> Vec<Way> {
        let units = if strictness.is_partial() { &self.units[..] } else { &[] };
        let rarity = self.rarity.get().map_or(&[][..], Vec::as_slice).iter().copied();
        let each = units.iter().zip(rarity.chain(std::iter::repeat(1.0)));
        let each = each.filter_map(|(unit, rarity)| coverage(unit, rarity, family));
        let all = (strictness == Strictness::MostUnits).then(|| every(&self.units, family));
        each.chain(all).collect()
    }

    /// Tells whether, where few records have all content words, those that have most of them are worth showing.
    pub(super) fn may_miss_some(&self) -> bool {
        self.missable().len() >= MISSING
    }

    /// The content words some of which may be missing: a name or a number says who or what is meant, and a generic word
    /// says nothing.
    pub(super) fn missable(&self) -> Vec<&Sought> {
        self.units.iter().filter(|unit| !is_generic(&unit.text()) && !is_firm(unit)).collect()
    }

    /// The content words that may not be missing.
    pub(super) fn firm(&self) -> Vec<&Sought> {
        self.units.iter().filter(|unit| is_firm(unit)).collect()
    }

    /// What stands together in the question and, ranked by it, in records; nothing where the words stand as typed.
    pub(super) fn together(&self, strictness: Strictness) -> impl Iterator<Item = &Sought> {
        let pairs = if strictness == Strictness::All { &[][..] } else { &self.pairs };
        self.whole.iter().chain(pairs)
    }

    /// What records score in which several words stand together as they were typed.
    pub(super) fn standing_together(&self, strictness: Strictness, family: &Family) -> Option<Way> {
        let whole = self.whole.as_ref().filter(|_| strictness == Strictness::All)?;
        let text = whole.text();
        let own = [family.name, family.body].into_iter().filter_map(|field| Node::phrase(&text, field));
        let node = Node::Any(own.collect()).fixed(WEIGHTS.together);
        Some(Way { part: "together", text, node })
    }

    pub(super) fn part_sought(&self, part: &Part) -> Sought {
        if self.synonyms && part.kind == PartKind::Word {
            Sought::with_synonyms(&part.text)
        } else {
            Sought::only(&part.text)
        }
    }
}

/// How many records say the rarest term of a text; 0 where it has none.
fn rarest(
    text: &str,
    family: &Family,
    found: impl Fn(&Term) -> tantivy::Result<u64>,
) -> tantivy::Result<u64> {
    let Some(Node::Phrase(phrase)) = Node::phrase(text, family.body) else { return Ok(0) };
    let counts = phrase.terms.iter().map(|(_, term)| found(term));
    Ok(counts.collect::<tantivy::Result<Vec<u64>>>()?.into_iter().min().unwrap_or_default())
}

/// Tells whether the text of a part holds anything that can be searched.
pub(super) fn is_searchable(part: &Part) -> bool {
    !Atoms::new(&part.text).is_empty()
}
