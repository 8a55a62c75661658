//! Does a snippet show what was asked, where it is printed?
//!
//! Words of the documents are searched as they stand, folded, in Latin letters, and through synonyms; every mark of
//! every snippet, cut out, is made of forms of the words that were asked, and every span is a part of the source.

use std::path::Path;

use dossier_search::{
    analysis::{content_words, name_keys, word_behind},
    domain::Kind,
    search::{Hit, SearchRequest, SearchResponse},
    text::{fold_key, is_han},
};

use crate::service::Service;

/// The forms of what was asked, folded.
fn forms(q: &str, answer: &SearchResponse, names: &[String]) -> Vec<String> {
    let words = q.split_whitespace().map(|word| word.trim_matches('"'));
    let mut forms: Vec<String> =
        words.flat_map(|word| [word.to_owned(), word.trim_end_matches('*').to_owned()]).collect();
    for word in content_words(q) {
        forms.extend(word_behind(&word.text));
        forms.push(word.text);
    }
    let others: Vec<String> = answer.synonyms.iter().flat_map(|one| one.forms.clone()).collect();
    forms.extend(names.iter().cloned().chain(others));
    forms.iter().map(|form| fold_key(form)).filter(|form| !form.is_empty()).collect()
}

/// Tells whether every character of a mark belongs to one of the forms in it.
fn is_made_of(mark: &str, forms: &[String]) -> bool {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let mark = plain(&fold_key(mark));
    let mut covered = vec![false; mark.len()];
    for form in forms {
        let form = plain(form);
        for (at, window) in mark.windows(form.len().max(1)).enumerate() {
            if window == form {
                covered[at..at + form.len()].fill(true);
            }
        }
    }
    !mark.is_empty() && covered.iter().all(|&is| is)
}

fn check(q: &str, hit: &Hit, forms: &[String], source: Option<&str>) -> usize {
    for snippet in &hit.snippets {
        let chars: Vec<char> = snippet.text.chars().collect();
        for &[from, to] in &snippet.marks {
            assert!(from < to && to <= chars.len(), "{q}: {snippet:?}");
            let mark: String = chars[from..to].iter().collect();
            assert!(is_made_of(&mark, forms), "'{q}' marks '{mark}' in {snippet:?}, of {forms:?}");
        }
        if let (Some(span), Some(source)) = (snippet.span, source) {
            assert!(
                source.get(span.start..span.end).is_some_and(|printed| !printed.is_empty()),
                "{q}: {snippet:?}"
            );
        }
    }
    hit.snippets.iter().map(|snippet| snippet.marks.len()).sum()
}

fn sources(service: &Service) -> std::collections::HashMap<String, String> {
    let all = SearchRequest { limit: 100, ..SearchRequest::default() };
    let ids = service.archive.search(&all).expect("an answer").hits.into_iter().map(|hit| hit.id);
    ids.map(|id| {
        let text = service.archive.store().source_text(&id).expect("read").expect("a document");
        (id, text)
    })
    .collect()
}

fn walk(service: &Service) -> usize {
    let sources = sources(service);
    let people = SearchRequest { kind: Kind::Person, limit: 100, ..SearchRequest::default() };
    let people = service.archive.search(&people).expect("an answer").hits;
    let mut queries: Vec<(String, Vec<String>)> = Vec::new();
    for text in sources.values() {
        let runs = text.split(|c| !is_han(c)).filter(|run| run.chars().count() > 3);
        for run in runs.step_by(61) {
            let part: String = run.chars().take(4).collect();
            queries.push((fold_key(&part), Vec::new()));
            queries.push((format!("\"{part}\""), Vec::new()));
        }
    }
    for person in people.iter().step_by(11) {
        let name = person.title.clone();
        queries.extend(name_keys(&name).full.into_iter().take(1).map(|key| (key, vec![name.clone()])));
    }
    for q in [
        "ECMO",
        "体外膜氧合",
        "人工智能 肺癌",
        "怎样用人工智能筛查肺癌",
        "糖尿病肾病 DKD",
        "surg*",
        "5年生存率",
    ] {
        queries.push((
            q.to_owned(),
            ["五年生存率", "surg", "surgery", "surgical", "surgeon", "surgeons"].map(str::to_owned).into(),
        ));
    }
    let mut marks = 0;
    for (q, names) in &queries {
        for kind in [Kind::Dossier, Kind::Person, Kind::Claim] {
            let request = SearchRequest { q: q.clone(), kind, limit: 10, ..SearchRequest::default() };
            let answer = service.archive.search(&request).expect("an answer");
            // A reading may be that of several people.
            let read: Vec<String> = if names.len() == 1 {
                people
                    .iter()
                    .map(|hit| hit.title.clone())
                    .filter(|name| name_keys(name).full.contains(q))
                    .collect()
            } else {
                names.clone()
            };
            let forms = forms(q, &answer, &read);
            for hit in &answer.hits {
                let document = hit.dossier.as_ref().map_or(&hit.id, |dossier| &dossier.id);
                let source = sources.get(document).filter(|_| kind != Kind::Person);
                marks += check(q, hit, &forms, source.map(String::as_str));
            }
        }
    }
    println!("{} queries, {marks} marks", queries.len());
    marks
}

#[test]
fn every_mark_is_a_form_of_what_was_asked() {
    assert!(walk(&Service::over_documents()) > 100);
    let layouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    assert!(walk(&Service::over(&layouts)) > 100);
}
