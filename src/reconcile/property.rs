use std::collections::BTreeSet;

use super::score::{SAME, likeness};
use crate::{
    domain::{Dossier, EntityRef, Kind},
    store::{Store, StoreError},
};

/// What is known of a record beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// The institutions of a person or a dossier (单位).
    Institution,
    /// The years of the awards (年份).
    Year,
    /// The awards (奖项).
    Award,
    /// Other names of an institution (其他名称).
    Alias,
}

/// A value of a property: a text, and the address where it is a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Known {
    pub(super) id: Option<String>,
    pub(super) text: String,
    /// Other names of the same.
    pub(super) aliases: Vec<String>,
}

impl Property {
    /// All properties.
    pub const ALL: [Property; 4] = [Property::Institution, Property::Year, Property::Award, Property::Alias];

    /// The identifier.
    pub const fn name(self) -> &'static str {
        match self {
            Property::Institution => "institution",
            Property::Year => "year",
            Property::Award => "award",
            Property::Alias => "alias",
        }
    }

    /// The Chinese name, as clients show it.
    pub const fn label(self) -> &'static str {
        match self {
            Property::Institution => "单位",
            Property::Year => "年份",
            Property::Award => "奖项",
            Property::Alias => "其他名称",
        }
    }

    /// Finds the property that an identifier names.
    pub fn named(name: &str) -> Option<Property> {
        Property::ALL.into_iter().find(|property| property.name() == name)
    }

    /// Tells whether records of a kind have it.
    pub const fn is_of(self, kind: Kind) -> bool {
        match self {
            Property::Institution | Property::Year | Property::Award => {
                matches!(kind, Kind::Person | Kind::Dossier)
            }
            Property::Alias => matches!(kind, Kind::Institution),
        }
    }

    /// The values of a record, each once.
    pub(super) fn of(self, store: &Store, kind: Kind, id: &str) -> Result<Vec<Known>, StoreError> {
        let dossiers = |ids: BTreeSet<String>| -> Result<Vec<Dossier>, StoreError> {
            ids.into_iter().filter_map(|id| store.dossier(&id).transpose()).collect()
        };
        let values = match (self, kind) {
            (Property::Institution, Kind::Person) => {
                let Some(person) = store.person(id)? else { return Ok(Vec::new()) };
                let all = person.contributions.into_iter().filter_map(|part| part.institution);
                let all: BTreeSet<EntityRef> = all.chain(person.institution).collect();
                all.into_iter().map(|of| institution(store, of)).collect::<Result<_, _>>()?
            }
            (Property::Institution, Kind::Dossier) => {
                let all: BTreeSet<EntityRef> = store.records_of(id)?.institutions.into_iter().collect();
                all.into_iter().map(|of| institution(store, of)).collect::<Result<_, _>>()?
            }
            (Property::Year | Property::Award, Kind::Person) => {
                let person = store.person(id)?.unwrap_or_default();
                let ids = person.contributions.into_iter().map(|part| part.dossier.id).collect();
                dossiers(ids)?.iter().filter_map(|dossier| self.of_award(dossier)).collect()
            }
            (Property::Year | Property::Award, Kind::Dossier) => dossiers(BTreeSet::from([id.to_owned()]))?
                .iter()
                .filter_map(|one| self.of_award(one))
                .collect(),
            (Property::Alias, Kind::Institution) => {
                let aliases = store.institution(id)?.unwrap_or_default().aliases;
                aliases.into_iter().map(|alias| Known { text: alias.name, ..Known::default() }).collect()
            }
            _ => BTreeSet::new(),
        };
        Ok(values.into_iter().collect())
    }

    fn of_award(self, dossier: &Dossier) -> Option<Known> {
        let award = dossier.award.as_ref()?;
        let text = match self {
            Property::Year => award.year?.to_string(),
            _ => award.name.clone()?,
        };
        Some(Known { text, ..Known::default() })
    }

    /// How well a record's values agree with one that is asked for, from 0 to 100; `None` where the record
    /// has none.
    pub(super) fn agreement(self, known: &[Known], asked: &[String]) -> Option<f64> {
        let like = |known: &Known, asked: &String| {
            if known.id.as_ref() == Some(asked) {
                return SAME;
            }
            match self {
                Property::Year => f64::from(u8::from(known.text == asked.trim())) * SAME,
                _ => names(known).map(|name| likeness(asked, name)).fold(0.0, f64::max),
            }
        };
        let pairs = known.iter().flat_map(|known| asked.iter().map(move |asked| like(known, asked)));
        pairs.reduce(f64::max)
    }
}

fn names(known: &Known) -> impl Iterator<Item = &str> {
    std::iter::once(&known.text).chain(&known.aliases).map(String::as_str)
}

fn institution(store: &Store, of: EntityRef) -> Result<Known, StoreError> {
    let aliases = store.institution(&of.id)?.unwrap_or_default().aliases;
    Ok(Known {
        id: Some(of.id),
        text: of.name,
        aliases: aliases.into_iter().map(|alias| alias.name).collect(),
    })
}
