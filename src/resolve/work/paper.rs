use super::{
    WorkKey, WorkMethod,
    locator::first_page,
    title::{is_telling, title_key},
};
use crate::{
    domain::{Paper, Printed},
    identifier::identifiers,
    resolve::journal,
};

/// Gives the keys under which a listed paper is met in other dossiers, the surest first; none where
/// nothing tells it from other papers.
pub fn paper_keys(paper: &Paper) -> Vec<WorkKey> {
    let mut keys: Vec<WorkKey> =
        dois(paper).iter().map(|doi| WorkKey::new(WorkMethod::SameDoi, &[doi])).collect();
    let title = title_key(&paper.title);
    if title.is_empty() {
        return keys;
    }
    let page = paper.locator.as_deref().and_then(first_page);
    if let (Some(year), Some(page)) = (paper.year, page) {
        let parts = [title.as_str(), &year.to_string(), &page];
        keys.push(WorkKey::new(WorkMethod::SameTitleYearAndLocator, &parts));
    }
    if let Some(journal) = paper.journal.as_deref().and_then(journal::link).filter(|_| is_telling(&title)) {
        keys.push(WorkKey::new(WorkMethod::SameTitleAndJournal, &[&title, &journal.key]));
    }
    keys
}

/// The DOIs that stand anywhere in the row.
fn dois(paper: &Paper) -> Vec<String> {
    let printed = paper.provenance.printed.values().flat_map(|printed| match printed {
        Printed::Text(text) => std::slice::from_ref(text),
        Printed::List(texts) => texts,
    });
    let fields = [
        paper.doi.as_ref(),
        Some(&paper.title),
        paper.journal.as_ref(),
        paper.locator.as_ref(),
        paper.database.as_ref(),
    ];
    let mut dois: Vec<String> = Vec::new();
    for text in fields.into_iter().flatten().chain(printed) {
        let found = identifiers(text).into_iter().map(|found| found.canonical);
        for doi in found.filter(|canonical| canonical.starts_with("10.")) {
            if !dois.contains(&doi) {
                dois.push(doi);
            }
        }
    }
    dois
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::work::shared;

    fn paper(title: &str, journal: &str, year: Option<u16>, locator: &str) -> Paper {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Paper {
            title: title.into(),
            journal: text(journal),
            year,
            locator: text(locator),
            ..Paper::default()
        }
    }

    #[test]
    fn one_paper_is_met_however_it_is_printed() {
        const LONG: &str = "An invented operation for invented knees: a trial";
        let one = paper(LONG, "Journal of Nothing", Some(2019), "7(1): 1-12. doi: 10.1000/ABC.7");
        for (other, want) in [
            (paper("Another printing", "", None, "https://doi.org/10.1000/abc.7"), Some(WorkMethod::SameDoi)),
            (
                paper("an invented operation for invented knees - A TRIAL", "J Nothing", Some(2019), "7:1"),
                Some(WorkMethod::SameTitleYearAndLocator),
            ),
            (
                paper(&format!("{LONG} (他引 17 次)"), "Ｊournal of nothing", None, ""),
                Some(WorkMethod::SameTitleAndJournal),
            ),
            (paper(LONG, "Journal of Something", Some(2020), "7(1): 1-12"), None),
            (paper("An invented operation", "Journal of Nothing", Some(2019), "7(1): 3-12"), None),
            (paper("", "Journal of Nothing", Some(2019), "7(1): 1-12"), None),
        ] {
            assert_eq!(shared(&paper_keys(&one), &paper_keys(&other)), want, "{other:?}");
        }
    }

    #[test]
    fn different_dois_are_different_papers() {
        const LONG: &str = "An invented operation for invented knees: a trial";
        let with = |doi: Option<&str>| {
            let doi = doi.map(str::to_owned);
            paper_keys(&Paper { doi, ..paper(LONG, "Journal of Nothing", Some(2019), "7(1): 1-12") })
        };
        let (one, other, none) = (with(Some("10.1000/a.1")), with(Some("10.1000/a.2")), with(None));
        assert_eq!(shared(&one, &one), Some(WorkMethod::SameDoi));
        assert_eq!(shared(&one, &other), None);
        assert_eq!(shared(&one, &none), Some(WorkMethod::SameTitleYearAndLocator));
    }

    #[test]
    fn a_short_title_needs_year_and_page() {
        let keys = |year, locator| paper_keys(&paper("述评", "某杂志", year, locator));
        assert_eq!(shared(&keys(Some(2019), "7(1): 1-2"), &keys(Some(2019), "8(1): 3")), None);
        assert_eq!(keys(None, "7(1): 1-2"), []);
        let same = shared(&keys(Some(2019), "7(1): 1-2"), &keys(Some(2019), "7: 1-2"));
        assert_eq!(same, Some(WorkMethod::SameTitleYearAndLocator));
    }
}
