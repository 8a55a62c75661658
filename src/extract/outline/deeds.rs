use super::{Open, Walker};
use crate::{
    extract::{
        entry::Entry,
        lexicon::{Entity, Field},
        listing::listed,
        sentence::is_deed,
    },
    text::{Passage, boundary, fold_key},
};

/// How what somebody did is read where it is printed apart from who it was.
impl Walker {
    /// `陈一：提出…` below a table of the people, or a paragraph right below the line that names an institution.
    pub(super) fn deed(&mut self, text: &Passage, follows_name: bool) -> bool {
        let name_field = match self.current {
            Entity::Contributor => Field::Name,
            Entity::Institution => Field::InstitutionName,
            _ => return false,
        };
        if self.item.is_some() || matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _)) {
            return false;
        }
        let line = text.text();
        // No name is longer, and no list that is looked through for each line.
        let head = &line[..boundary(line, 90)];
        let colon = head.char_indices().find(|&(_, c)| matches!(c, '：' | ':'));
        let list = self.list(self.current);
        let colon = colon.filter(|_| list.len() <= 100);
        let named = colon.and_then(|(at, c)| {
            let name = fold_key(&line[..at]);
            let is =
                |entry: &Entry| entry.get(name_field).is_some_and(|known| fold_key(known.text()) == name);
            Some((list.iter().position(is)?, at + c.len_utf8()))
        });
        let Some((at, from)) = named else { return follows_name && self.deed_of_last(text) };
        if list[at].has(Field::Contribution) {
            return false;
        }
        list[at].add(Field::Contribution, &text.slice(from..line.len()).trimmed());
        self.open = Open::Nothing;
        true
    }

    /// People have facts beside what they did, so that a paragraph is not taken whole.
    fn deed_of_last(&mut self, text: &Passage) -> bool {
        if self.current != Entity::Institution
            || !is_deed(text.text())
            || !text.text().contains(['，', '。', '；'])
        {
            return false;
        }
        let last = self.list(self.current).last_mut().filter(|entry| !entry.has(Field::Contribution));
        last.map(|entry| entry.add(Field::Contribution, text)).is_some()
    }

    /// `完成单位：` with several names below is no field of the person above.
    pub(super) fn listed_below(&mut self, text: &Passage) -> bool {
        if self.open != Open::Field(Entity::Contributor, Field::Institution) {
            return false;
        }
        let is_blank = |entry: &Entry| !entry.has(Field::Institution);
        if !self.out.contributors.last().is_some_and(is_blank) {
            return false;
        }
        let Some(entries) = listed(text, Entity::Institution).filter(|entries| entries.len() > 1) else {
            return false;
        };
        self.finish_item();
        self.out.institutions.extend(entries);
        (self.open, self.current) = (Open::Nothing, Entity::Institution);
        true
    }
}
