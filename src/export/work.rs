use super::{Record, author::Author, locator::Locator};
use crate::{
    analysis::identifiers,
    domain::{IpRecord, PaperRecord},
};

/// What reference formats call a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkForm {
    Article,
    Patent,
    Software,
    Standard,
    Other,
}

/// Year, and month and day as far as they are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct WorkDate {
    pub(super) year: u16,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

/// A paper or a right as all reference formats see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Work<'a> {
    /// The record's address: unique, and the same in every file.
    pub(super) id: &'a str,
    pub(super) form: WorkForm,
    pub(super) title: &'a str,
    pub(super) authors: Vec<Author>,
    pub(super) date: Option<WorkDate>,
    pub(super) journal: Option<&'a str>,
    pub(super) locator: Locator,
    /// A locator that could not be taken apart.
    pub(super) note: Option<&'a str>,
    pub(super) doi: Option<String>,
    pub(super) database: Option<&'a str>,
    /// Of a right.
    pub(super) number: Option<&'a str>,
    pub(super) category: Option<&'a str>,
    pub(super) country: Option<&'a str>,
}

/// The works of a record: itself, or what a dossier lists.
pub(super) fn works(record: &Record) -> Vec<Work<'_>> {
    match record {
        Record::Paper(paper) => vec![of_paper(paper)],
        Record::Ip(ip) => vec![of_right(ip)],
        Record::Dossier(parts) => {
            parts.papers.iter().map(of_paper).chain(parts.ip.iter().map(of_right)).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn of_paper(record: &PaperRecord) -> Work<'_> {
    let paper = &record.paper;
    let locator = paper.locator.as_deref().and_then(Locator::read);
    let journal = paper.journal.as_deref().or(record.journal.as_ref().map(|journal| journal.name.as_str()));
    Work {
        id: &record.id,
        form: WorkForm::Article,
        title: &paper.title,
        authors: paper.authors.iter().map(|name| Author::read(name, &record.people)).collect(),
        date: paper.year.map(|year| WorkDate { year, ..WorkDate::default() }),
        journal,
        note: paper.locator.as_deref().filter(|_| locator.is_none()),
        locator: locator.unwrap_or_default(),
        doi: doi(record),
        database: paper.database.as_deref(),
        number: None,
        category: None,
        country: None,
    }
}

pub(super) fn of_right(record: &IpRecord) -> Work<'_> {
    let ip = &record.ip;
    Work {
        id: &record.id,
        form: form_of_right(ip.category.as_deref().unwrap_or_default()),
        title: &ip.title,
        authors: ip.holders.iter().map(|name| Author::read(name, &record.people)).collect(),
        date: ip.grant_date.as_deref().and_then(date),
        journal: None,
        locator: Locator::default(),
        note: None,
        doi: None,
        database: None,
        number: ip.grant_number.as_deref(),
        category: ip.category.as_deref(),
        country: ip.country.as_deref(),
    }
}

/// The DOI; of what was read before it had a field of its own, where one is printed beside the volume or the journal.
fn doi(record: &PaperRecord) -> Option<String> {
    let paper = &record.paper;
    if paper.doi.is_some() {
        return paper.doi.clone();
    }
    let fields = [&paper.locator, &paper.journal, &paper.database];
    let found = fields.into_iter().flatten().flat_map(|text| identifiers(text));
    found.map(|identifier| identifier.canonical).find(|canonical| canonical.starts_with("10."))
}

fn form_of_right(category: &str) -> WorkForm {
    let lines = include_str!("work_forms.tsv").lines().filter_map(|line| line.split_once('\t'));
    let category = category.to_lowercase();
    let form = lines.into_iter().find(|(_, words)| words.split(' ').any(|word| category.contains(word)));
    match form.map(|(form, _)| form) {
        Some("patent") => WorkForm::Patent,
        Some("software") => WorkForm::Software,
        Some("standard") => WorkForm::Standard,
        _ => WorkForm::Other,
    }
}

/// Reads `2017-03-01`, `2017-03` or `2017`.
fn date(text: &str) -> Option<WorkDate> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut part = || parts.next()?.parse().ok();
    Some(WorkDate { year, month: part(), day: part() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_is_what_its_category_says() {
        for (category, want) in [
            ("中国发明专利", WorkForm::Patent),
            ("实用新型", WorkForm::Patent),
            ("US Patent", WorkForm::Patent),
            ("计算机软件著作权", WorkForm::Software),
            ("团体标准", WorkForm::Standard),
            ("医疗器械注册证", WorkForm::Other),
            ("", WorkForm::Other),
        ] {
            assert_eq!(form_of_right(category), want, "{category}");
        }
    }

    #[test]
    fn a_date_is_as_long_as_it_is_printed() {
        let read = |text| date(text).map(|WorkDate { year, month, day }| (year, month, day));
        assert_eq!(read("2017-03-01"), Some((2017, Some(3), Some(1))));
        assert_eq!(read("2017-03"), Some((2017, Some(3), None)));
        assert_eq!(read("2017"), Some((2017, None, None)));
        assert_eq!(read("不详"), None);
    }
}
