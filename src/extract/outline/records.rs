use super::{Open, Walker, is_prose};
use crate::{
    extract::{
        entry::Entry,
        lexicon::{Entity, Field},
        listing::listed,
        sentence::facts,
        spaced::gaps,
    },
    text::{Passage, parse_integer},
};

/// How what was read is written to the records.
impl Walker {
    /// Adds a record whose cells are known.
    pub(super) fn record(&mut self, entity: Entity, cells: &[(Field, Passage)]) {
        let mut entry = Entry::default();
        for (field, cell) in cells.iter().filter(|(_, cell)| !cell.is_blank()) {
            entry.add(*field, cell);
            self.open = Open::Field(entity, *field);
        }
        self.list(entity).push(entry);
        self.current = entity;
    }

    /// Sets a field of the record being read, or of a new one where that record has the field already.
    pub(super) fn set(&mut self, entity: Entity, field: Field, value: &Passage) {
        if field == Field::Ignored {
            self.open = Open::Nothing;
            return;
        }
        // `完成单位：甲医院。`
        let bare = value.text().ends_with('。') && !is_prose(field);
        let value =
            &if bare { value.trimmed_matches(|c| c.is_whitespace() || c == '。') } else { value.clone() };
        // `候选人：陈一、李二` lists those who are told of below.
        let (entity, field) = match (entity, field) {
            (Entity::Contributor, Field::Name)
                if value.text().contains('、')
                    && listed(value, entity).is_some_and(|names| names.len() > 1) =>
            {
                (Entity::Dossier, Field::ListedContributors)
            }
            meaning => meaning,
        };
        self.open = Open::Field(entity, field);
        self.current = entity;
        if entity == Entity::Dossier && self.out.dossier.has(field) {
            return self.out.loose.push(value.clone());
        }
        // `第1完成人` opened the record, and `排名：1` says it again.
        let number = |value: &Passage| {
            parse_integer(value.text().trim_matches(|c: char| c.is_whitespace() || "第名位".contains(c)))
        };
        let again = |entry: &mut Entry| {
            let known = entry.get(field).and_then(number);
            known.is_some() && known == number(value)
        };
        if matches!(field, Field::Rank | Field::Number) && self.last(entity).is_some_and(again) {
            return;
        }
        // `排名 3　　副主任医师　　科主任`: titles and posts without their labels.
        if (entity, field) == (Entity::Contributor, Field::Rank)
            && let [rank, rest @ ..] = &gaps(value)[..]
            && !rest.is_empty()
            && number(rank).is_some()
        {
            self.set(entity, field, rank);
            let said: Vec<(Field, Passage)> = rest.iter().flat_map(|part| facts(part, entity)).collect();
            if let Some(entry) = self.last(entity) {
                said.iter().for_each(|(field, value)| entry.supply(*field, value));
            }
            return;
        }
        if self.last(entity).is_none_or(|entry| entry.has(field)) && entity != Entity::Dossier {
            self.list(entity).push(Entry::default());
        }
        if let Some(entry) = self.last(entity) {
            entry.add(field, value);
        }
    }

    pub(super) fn list(&mut self, entity: Entity) -> &mut Vec<Entry> {
        match entity {
            Entity::Paper => &mut self.out.papers,
            Entity::Ip => &mut self.out.ip,
            Entity::Institution => &mut self.out.institutions,
            Entity::Contributor | Entity::Dossier => &mut self.out.contributors,
        }
    }

    pub(super) fn last(&mut self, entity: Entity) -> Option<&mut Entry> {
        match entity {
            Entity::Dossier => Some(&mut self.out.dossier),
            _ => self.list(entity).last_mut(),
        }
    }
}
