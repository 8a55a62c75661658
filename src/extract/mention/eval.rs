//! Measures the reading of running text against hand-made keys, where they are at hand.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::find_mentions;
use crate::text::Passage;

/// The keys, each with the text it was made for.
pub(in crate::extract) fn keys() -> Vec<(Value, String)> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("DOSSIER_SHARED").map_or_else(beside, PathBuf::from);
    let Ok(entries) = std::fs::read_dir(shared.join("key")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    let keyed = paths.iter().filter_map(|path| {
        let text = shared.join("seeds").join(path.file_stem()?).with_extension("txt");
        let key = std::fs::read_to_string(path).ok()?;
        Some((serde_json::from_str(&key).ok()?, std::fs::read_to_string(text).ok()?))
    });
    keyed.collect()
}

/// Hits, found and wanted.
#[derive(Default)]
pub(in crate::extract) struct Score(usize, usize, usize);

impl Score {
    /// Adds what was found in one text and what should have been.
    pub(in crate::extract) fn add<T: Eq + std::hash::Hash + Clone + std::fmt::Debug>(
        &mut self,
        found: &[T],
        want: &[T],
    ) {
        let mut open = want.to_vec();
        let mut wrong = Vec::new();
        for item in found {
            match open.iter().position(|want| want == item) {
                Some(at) => drop(open.swap_remove(at)),
                None => wrong.push(item),
            }
        }
        self.0 += want.len() - open.len();
        self.1 += found.len();
        self.2 += want.len();
        println!("  missed {open:?}\n  wrong {wrong:?}");
    }

    /// Precision, recall and F1.
    pub(in crate::extract) fn figures(&self) -> (f64, f64, f64) {
        let (hits, found, want) = (self.0 as f64, self.1.max(1) as f64, self.2.max(1) as f64);
        (hits / found, hits / want, 2.0 * hits / (found + want))
    }
}

/// The paragraphs of a text, those cut by a page break joined.
fn paragraphs(text: &str) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let passage = Passage::new(line.trim_end_matches('\n'), start).trimmed();
        start += line.len();
        if passage.is_blank() {
            continue;
        }
        let cut = |last: &&mut Passage| {
            !last.text().starts_with('#')
                && !passage.text().starts_with('#')
                && last.text().chars().count() > 30
                && !last.text().ends_with(['。', '！', '？', '；', '：', '”', '>'])
        };
        match passages.last_mut().filter(cut) {
            Some(last) => last.append_wrapped(&passage),
            None => passages.push(passage),
        }
    }
    passages
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

fn texts<'a>(key: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    key[list].as_array().into_iter().flatten()
}

#[test]
fn mentions_of_real_articles() {
    let keys = keys();
    if keys.is_empty() {
        println!("skipped: no keys beside the package and none at DOSSIER_SHARED");
        return;
    }
    let (mut people, mut institutions) = (Score::default(), Score::default());
    for (key, text) in keys.iter().filter(|(key, _)| key["kind"] == "news") {
        let paragraphs = paragraphs(text);
        let mentions = find_mentions(&paragraphs.iter().collect::<Vec<_>>());
        assert_eq!(mentions.people.len(), mentions.provenance.spans["people"].len());
        for (name, span) in mentions.institutions.iter().zip(&mentions.provenance.spans["institutions"]) {
            assert_eq!(plain(&text[span.start..span.end]), plain(name));
        }
        let want: Vec<_> = texts(key, "people_mentioned")
            .map(|person| {
                (
                    plain(person["name"].as_str().unwrap_or_default()),
                    person["institution"].as_str().map(plain),
                )
            })
            .collect();
        let found: Vec<_> =
            mentions.people.iter().map(|p| (plain(&p.name), p.institution.as_deref().map(plain))).collect();
        people.add(&found, &want);
        let want: Vec<_> =
            texts(key, "institutions_mentioned").filter_map(Value::as_str).map(plain).collect();
        let found: Vec<_> = mentions.institutions.iter().map(|name| plain(name)).collect();
        institutions.add(&found, &want);
    }
    println!("people {:?}, institutions {:?}", people.figures(), institutions.figures());
    assert!(people.figures().2 >= 1.0);
    assert!(institutions.figures().2 >= 0.9);
}

#[test]
fn institutions_of_real_dossiers() {
    let mut score = Score::default();
    for (key, text) in keys().iter().filter(|(key, _)| key["kind"] != "news") {
        // Prose only: the names in tables are fields of their own.
        let prose = text.replace("<p>", "\n").replace("</p>", "\n").replace('\t', "\n");
        let passages: Vec<_> = paragraphs(&prose)
            .into_iter()
            .filter(|p| p.text().contains(['，', '。']) || p.text().chars().count() > 80)
            .collect();
        let mentions = find_mentions(&passages.iter().collect::<Vec<_>>());
        let listed: HashSet<_> = texts(key, "institutions")
            .filter_map(|institution| institution["name"].as_str())
            .map(plain)
            .collect();
        let want: Vec<_> =
            texts(key, "institutions_mentioned").filter_map(Value::as_str).map(plain).collect();
        let found: Vec<_> = mentions
            .institutions
            .iter()
            .map(|name| plain(name))
            .filter(|name| !listed.contains(name))
            .collect();
        score.add(&found, &want);
        println!("  people {:?}", mentions.people);
    }
    if score.figures() == (0.0, 0.0, 0.0) {
        println!("skipped: no keys beside the package and none at DOSSIER_SHARED");
        return;
    }
    println!("institutions of dossiers {:?}", score.figures());
    assert!(score.figures().2 >= 0.9);
}
