use crate::{domain::Facet, text::fold_key};

/// What a value is asked of: `person:甲`, `创新点：2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryField {
    /// A facet, by its value or a part of it.
    Facet(Facet),
    /// The number of an innovation claim.
    Claim,
    /// A patent or another right, by its number or words.
    Ip,
}

impl QueryField {
    /// The name under which the field is printed.
    pub const fn name(self) -> &'static str {
        match self {
            QueryField::Facet(facet) => facet.name(),
            QueryField::Claim => "claim",
            QueryField::Ip => "ip",
        }
    }

    /// Finds a field by its English name or one of its Chinese ones, in any case and width.
    pub fn find(name: &str) -> Option<Self> {
        let key = fold_key(name);
        let row = include_str!("fields.tsv")
            .lines()
            .find(|line| line.split('\t').skip(1).any(|known| known == key))?;
        match row.split('\t').next()? {
            "claim" => Some(QueryField::Claim),
            "ip" => Some(QueryField::Ip),
            facet => facet.parse().ok().map(QueryField::Facet),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_a_field_under_both_names() {
        for facet in Facet::ALL {
            assert_eq!(QueryField::find(facet.name()), Some(QueryField::Facet(facet)));
            assert_eq!(QueryField::find(facet.label()), Some(QueryField::Facet(facet)));
        }
        for field in [QueryField::Claim, QueryField::Ip] {
            assert_eq!(QueryField::find(field.name()), Some(field));
        }
        assert_eq!(QueryField::find("創新點"), Some(QueryField::Claim));
        assert_eq!(QueryField::find("doi"), None);
    }
}
