use std::{cell::OnceCell, ops::Range};

use super::{Evidence, printing::Printing};
use crate::{
    domain::{Dossier, DossierRef, InnovationClaim, Provenance},
    resolve::{Resolution, resolve},
    text::{Span, boundary},
};

/// The longest quote, in bytes: a place is named by its beginning.
const LONGEST_QUOTE: usize = 240;

/// A dossier with all that checks look at.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) dossier: Dossier,
    /// The source text, into which spans point.
    text: String,
    pub(super) links: Resolution,
    /// The id of each contributor's record, where there is one.
    pub(super) people: Vec<Option<String>>,
    contribution_texts: OnceCell<[Vec<Printing>; 2]>,
    claim_texts: OnceCell<Vec<Printing>>,
}

impl Case {
    pub(super) fn new(dossier: Dossier, text: String, people: Vec<Option<String>>) -> Self {
        let links = resolve(&dossier);
        let (contribution_texts, claim_texts) = (OnceCell::new(), OnceCell::new());
        Self { dossier, text, links, people, contribution_texts, claim_texts }
    }

    pub(super) fn id(&self) -> &str {
        &self.dossier.id
    }

    pub(super) fn title(&self) -> &str {
        self.dossier.title.as_deref().unwrap_or_default()
    }

    pub(super) fn year(&self) -> Option<u16> {
        self.dossier.award.as_ref().and_then(|award| award.year)
    }

    pub(super) fn reference(&self) -> DossierRef {
        DossierRef { id: self.id().to_owned(), title: self.title().to_owned(), year: self.year() }
    }

    /// Shows where a field is printed; a value that stands nowhere as it is, is quoted without a place.
    pub(super) fn shown(&self, object: &str, at: &Provenance, field: &str, value: &str) -> Vec<Evidence> {
        let path = if object.is_empty() { field.to_owned() } else { format!("{object}.{field}") };
        let spans = at.spans.get(field).map(Vec::as_slice).unwrap_or_default();
        let shown: Vec<Evidence> = spans.iter().filter_map(|span| self.quoted(&path, *span)).collect();
        if shown.is_empty() && !value.is_empty() {
            let quote = value[..boundary(value, LONGEST_QUOTE)].to_owned();
            return vec![Evidence { quote, ..self.evidence(path) }];
        }
        shown
    }

    /// Shows a field of the dossier itself; where it holds `part`, only that.
    pub(super) fn shown_part(&self, field: &str, value: &str, part: &str) -> Vec<Evidence> {
        let spans = self.dossier.provenance.spans.get(field).map(Vec::as_slice).unwrap_or_default();
        let place = spans.iter().find_map(|span| {
            let at = span.start + self.text.get(span.start..span.end)?.find(part)?;
            Some(Span::new(at, at + part.len()))
        });
        match place.filter(|_| !part.is_empty()) {
            Some(span) => self.quoted(field, span).into_iter().collect(),
            None => {
                let mut shown = self.shown("", &self.dossier.provenance, field, value);
                shown.truncate(1);
                shown
            }
        }
    }

    /// Shows a byte range of the source text.
    pub(super) fn shown_text(&self, field: &str, range: Range<usize>) -> Option<Evidence> {
        self.quoted(field, Span::new(range.start, range.end.max(range.start)))
    }

    /// The source text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Lays a field out letter by letter; from the source text where its place is known.
    pub(super) fn printing(&self, path: String, at: &Provenance, field: &str, value: &str) -> Printing {
        let spans = at.spans.get(field).map(Vec::as_slice).unwrap_or_default();
        Printing::of(path, &self.text, spans, value)
    }

    /// Shows a part of a laid-out text, one piece for each place in which it is printed.
    pub(super) fn passage(&self, printing: &Printing, letters: Range<usize>) -> Vec<Evidence> {
        let places = printing.places(letters);
        if places.is_empty() {
            return vec![Evidence { quote: printing.value.clone(), ..self.evidence(printing.path.clone()) }];
        }
        places.into_iter().filter_map(|span| self.whole(&printing.path, span)).collect()
    }

    fn quoted(&self, path: &str, span: Span) -> Option<Evidence> {
        let end = span.start + boundary(self.text.get(span.start..span.end)?, LONGEST_QUOTE);
        self.whole(path, Span::new(span.start, end))
    }

    fn whole(&self, path: &str, span: Span) -> Option<Evidence> {
        let quote = self.text.get(span.start..span.end)?.to_owned();
        let line = 1 + self.text[..span.start].matches('\n').count();
        Some(Evidence { quote, span: Some(span), line: Some(line), ..self.evidence(path.to_owned()) })
    }

    fn evidence(&self, field: String) -> Evidence {
        let (dossier, title) = (self.id().to_owned(), self.title().to_owned());
        Evidence { dossier, title, field, ..Evidence::default() }
    }
}

/// Short ways to show what checks show most.
impl Case {
    pub(super) fn contributor(&self, at: usize) -> Vec<Evidence> {
        let contributor = &self.dossier.contributors[at];
        self.shown(&format!("contributors[{at}]"), &contributor.provenance, "name", &contributor.name)
    }

    pub(super) fn institution(&self, at: usize) -> Vec<Evidence> {
        let institution = &self.dossier.institutions[at];
        self.shown(&format!("institutions[{at}]"), &institution.provenance, "name", &institution.name)
    }

    pub(super) fn paper(&self, at: usize, field: &str) -> Vec<Evidence> {
        let paper = &self.dossier.papers[at];
        let value = match field {
            "locator" => paper.locator.clone().unwrap_or_default(),
            "year" => paper.year.map(|year| year.to_string()).unwrap_or_default(),
            _ => paper.title.clone(),
        };
        self.shown(&format!("papers[{at}]"), &paper.provenance, field, &value)
    }

    pub(super) fn right(&self, at: usize, field: &str) -> Vec<Evidence> {
        let right = &self.dossier.ip[at];
        let value = match field {
            "grant_number" => right.grant_number.as_deref(),
            "grant_date" => right.grant_date.as_deref(),
            "category" => right.category.as_deref(),
            _ => Some(right.title.as_str()),
        };
        self.shown(&format!("ip[{at}]"), &right.provenance, field, value.unwrap_or_default())
    }

    /// The contribution texts of contributors and those of institutions, laid out.
    pub(super) fn contribution_texts(&self) -> &[Vec<Printing>; 2] {
        let of = |list: &str, at: usize, provenance: &Provenance, text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            self.printing(format!("{list}[{at}].contribution"), provenance, "contribution", text)
        };
        self.contribution_texts.get_or_init(|| {
            let people = self.dossier.contributors.iter().enumerate();
            let institutions = self.dossier.institutions.iter().enumerate();
            [
                people.map(|(at, one)| of("contributors", at, &one.provenance, &one.contribution)).collect(),
                institutions
                    .map(|(at, one)| of("institutions", at, &one.provenance, &one.contribution))
                    .collect(),
            ]
        })
    }

    /// The innovation claims, laid out.
    pub(super) fn claim_texts(&self) -> &[Printing] {
        let text = |(at, claim): (usize, &InnovationClaim)| {
            self.printing(format!("claims[{at}].text"), &claim.provenance, "text", &claim.text)
        };
        self.claim_texts.get_or_init(|| self.dossier.claims.iter().enumerate().map(text).collect())
    }
}
