use std::collections::BTreeSet;

use super::link;
use crate::{domain::Relation, store::Page};

/// How many partners a page shows; the interface gives all.
pub(super) const SHOWN: usize = 50;

/// Partners by year: a row for each partner, a column for each year.
#[derive(Debug, Default)]
pub(super) struct RelationTable {
    /// The heads of the columns; the last may be that of dossiers without a year.
    pub(super) years: Vec<String>,
    pub(super) rows: Vec<RelationRow>,
    /// How many partners there are in all.
    pub(super) total: u64,
}

/// One partner.
#[derive(Debug)]
pub(super) struct RelationRow {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) institution: Option<(String, String)>,
    /// Of each year, address and title of the shared dossiers.
    pub(super) cells: Vec<Vec<(String, String)>>,
    pub(super) count: usize,
}

impl RelationTable {
    /// Lays relations out; `address` makes the address of a partner's page.
    pub(super) fn new(page: &Page<Relation>, address: impl Fn(&str) -> String) -> Self {
        let dossiers = || page.items.iter().flat_map(|relation| &relation.dossiers).map(|one| &one.dossier);
        let years: BTreeSet<u16> = dossiers().filter_map(|dossier| dossier.year).collect();
        let mut columns: Vec<Option<u16>> = years.into_iter().map(Some).collect();
        if dossiers().any(|dossier| dossier.year.is_none()) {
            columns.push(None);
        }
        let row = |relation: &Relation| RelationRow {
            href: address(&relation.partner.id),
            name: relation.partner.name.clone(),
            institution: relation.institution.as_ref().map(|at| (link::institution(&at.id), at.name.clone())),
            cells: columns.iter().map(|&year| shared_in(relation, year)).collect(),
            count: relation.count,
        };
        Self {
            rows: page.items.iter().map(row).collect(),
            years: columns
                .iter()
                .map(|year| year.map_or_else(|| "未列年份".to_owned(), |year| year.to_string()))
                .collect(),
            total: page.total,
        }
    }
}

fn shared_in(relation: &Relation, year: Option<u16>) -> Vec<(String, String)> {
    let titled = |title: &str| if title.is_empty() { "无标题".to_owned() } else { title.to_owned() };
    let dossiers = relation.dossiers.iter().map(|one| &one.dossier).filter(|dossier| dossier.year == year);
    dossiers.map(|dossier| (link::dossier(&dossier.id), titled(&dossier.title))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DossierRef, EntityRef, SharedDossier};

    #[test]
    fn every_shared_dossier_stands_in_the_column_of_its_year() {
        let dossier = |id: &str, year| SharedDossier {
            dossier: DossierRef { id: id.into(), title: String::new(), year },
            ..SharedDossier::default()
        };
        let relation = Relation {
            partner: EntityRef { id: "p2".into(), name: "林二".into() },
            count: 3,
            dossiers: vec![dossier("d1", Some(2024)), dossier("d2", Some(2026)), dossier("d3", None)],
            ..Relation::default()
        };
        let table = RelationTable::new(&Page { total: 1, items: vec![relation] }, link::person);
        assert_eq!(table.years, ["2024", "2026", "未列年份"]);
        let cells: Vec<_> = table.rows[0].cells.iter().map(|cell| cell[0].0.as_str()).collect();
        assert_eq!(cells, ["/dossiers/d1", "/dossiers/d2", "/dossiers/d3"]);
        assert_eq!(table.rows[0].href, "/people/p2");
    }
}
