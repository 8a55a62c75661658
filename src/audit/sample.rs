use crate::{
    domain::{
        Award, Contributor, Dossier, DossierKind, InnovationClaim, Institution, Ip, Metric, Paper, Provenance,
    },
    store::{NewDocument, Store, document_id},
    text::Span,
};

/// Builds invented dossiers together with the text in which their values are printed.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) dossier: Dossier,
    pub(super) text: String,
}

impl Sample {
    pub(super) fn of(title: &str, award: &str, year: u16) -> Self {
        let dossier = Dossier { kind: DossierKind::Dossier, ..Dossier::default() };
        let mut sample = Self { dossier, text: String::new() };
        sample.dossier.award =
            Some(Award { name: Some(award.to_owned()), year: Some(year), ..Award::default() });
        sample.line(&format!("{year}年{award}"));
        let mut provenance = Provenance::default();
        sample.dossier.title = Some(sample.print(&mut provenance, "title", title));
        sample.dossier.provenance = provenance;
        sample
    }

    pub(super) fn category(mut self, category: &str) -> Self {
        if let Some(award) = &mut self.dossier.award {
            award.category = Some(category.to_owned());
        }
        self
    }

    pub(super) fn recommender(mut self, recommender: &str) -> Self {
        let mut provenance = Provenance::default();
        let printed = self.print(&mut provenance, "recommender", recommender);
        if let Some(award) = &mut self.dossier.award {
            (award.recommender, award.provenance) = (Some(printed), provenance);
        }
        self
    }

    pub(super) fn summary(mut self, summary: &str) -> Self {
        let mut provenance = std::mem::take(&mut self.dossier.provenance);
        self.dossier.summary = Some(self.print(&mut provenance, "summary", summary));
        self.dossier.provenance = provenance;
        self
    }

    /// A line that no field holds.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn with_line(mut self, line: &str) -> Self {
        self.line(line);
        self
    }

    pub(super) fn metric(mut self, value: f64, unit: &str) -> Self {
        let mut provenance = Provenance::default();
        let text = self.print(&mut provenance, "text", &format!("应用{value}{unit}"));
        self.dossier.metrics.push(Metric {
            text,
            value,
            unit: unit.to_owned(),
            provenance,
            ..Metric::default()
        });
        self
    }

    pub(super) fn claim(mut self, number: u32, text: &str) -> Self {
        let mut provenance = Provenance::default();
        let text = self.print(&mut provenance, "text", text);
        provenance.spans.insert("heading".to_owned(), provenance.spans["text"].clone());
        let heading = text.clone();
        self.dossier.claims.push(InnovationClaim { number, heading, text, provenance });
        self
    }

    /// A contributor of the next rank: name, institution, contribution, credited claims.
    pub(super) fn person(
        mut self,
        name: &str,
        institution: &str,
        contribution: &str,
        claims: &[u32],
    ) -> Self {
        let mut provenance = Provenance::default();
        let name = self.print(&mut provenance, "name", name);
        let institution = self.print_some(&mut provenance, "institution", institution);
        let contribution = self.print_some(&mut provenance, "contribution", contribution);
        for claim in claims {
            self.print(&mut provenance, "claims", &format!("创新点{claim}"));
        }
        self.dossier.contributors.push(Contributor {
            rank: u32::try_from(self.dossier.contributors.len() + 1).ok(),
            name,
            institution,
            contribution,
            claims: claims.to_vec(),
            provenance,
            ..Contributor::default()
        });
        self
    }

    pub(super) fn people(self, names: &[&str]) -> Self {
        names.iter().fold(self, |sample, name| sample.person(name, "甲医院", "", &[]))
    }

    pub(super) fn institution(mut self, name: &str, contribution: &str) -> Self {
        let mut provenance = Provenance::default();
        let name = self.print(&mut provenance, "name", name);
        let contribution = self.print_some(&mut provenance, "contribution", contribution);
        self.dossier.institutions.push(Institution {
            rank: u32::try_from(self.dossier.institutions.len() + 1).ok(),
            name,
            contribution,
            provenance,
            ..Institution::default()
        });
        self
    }

    /// A paper: title, journal, year, locator, authors, corresponding authors.
    pub(super) fn paper(
        mut self,
        title: &str,
        place: (&str, u16, &str),
        authors: &[&str],
        corresponding: &[&str],
    ) -> Self {
        let mut provenance = Provenance::default();
        let title = self.print(&mut provenance, "title", title);
        let journal = self.print_some(&mut provenance, "journal", place.0);
        let year = Some(place.1).filter(|year| *year > 0);
        year.map(|year| self.print(&mut provenance, "year", &year.to_string()));
        let locator = self.print_some(&mut provenance, "locator", place.2);
        let authors = authors.iter().map(|name| self.print(&mut provenance, "authors", name)).collect();
        let corresponding_authors = corresponding
            .iter()
            .map(|name| self.print(&mut provenance, "corresponding_authors", name))
            .collect();
        let paper = Paper {
            title,
            journal,
            year,
            locator,
            authors,
            corresponding_authors,
            provenance,
            ..Paper::default()
        };
        self.dossier.papers.push(paper);
        self
    }

    /// Changes the last paper.
    pub(super) fn change_paper(mut self, change: impl FnOnce(&mut Paper)) -> Self {
        self.dossier.papers.last_mut().map(change);
        self
    }

    /// A right: category, country, number, date, title, holders.
    pub(super) fn right(mut self, facts: [&str; 5], holders: &[&str]) -> Self {
        let [category, country, number, date, title] = facts;
        let mut provenance = Provenance::default();
        let category = self.print_some(&mut provenance, "category", category);
        let country = self.print_some(&mut provenance, "country", country);
        let grant_number = self.print_some(&mut provenance, "grant_number", number);
        let grant_date = self.print_some(&mut provenance, "grant_date", date);
        let title = self.print(&mut provenance, "title", title);
        let holders = holders.iter().map(|name| self.print(&mut provenance, "holders", name)).collect();
        self.dossier.ip.push(Ip {
            category,
            country,
            grant_number,
            grant_date,
            title,
            holders,
            provenance,
            ..Ip::default()
        });
        self
    }

    /// Changes the last right.
    pub(super) fn change_right(mut self, change: impl FnOnce(&mut Ip)) -> Self {
        self.dossier.ip.last_mut().map(change);
        self
    }

    /// Changes anything else.
    pub(super) fn change(mut self, change: impl FnOnce(&mut Dossier)) -> Self {
        change(&mut self.dossier);
        self
    }

    /// Keeps it; answers with its id.
    pub(super) fn put(&self, store: &Store) -> String {
        let document = NewDocument { bytes: self.text.as_bytes(), text: &self.text, dossier: &self.dossier };
        store.put(&document).expect("kept").id
    }

    /// As a reader would hand it over, not kept.
    pub(super) fn read(&self) -> Dossier {
        let mut dossier = self.dossier.clone();
        dossier.id = document_id(&dossier);
        dossier
    }

    fn print_some(&mut self, provenance: &mut Provenance, field: &str, value: &str) -> Option<String> {
        (!value.is_empty()).then(|| self.print(provenance, field, value))
    }

    fn print(&mut self, provenance: &mut Provenance, field: &str, value: &str) -> String {
        let start = self.text.len();
        self.line(value);
        let span = Span::new(start, start + value.len());
        provenance.spans.entry(field.to_owned()).or_default().push(span);
        value.to_owned()
    }
}
