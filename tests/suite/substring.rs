//! Is what stands on the page always found?
//!
//! Any run of two or more Han characters that stands in a paragraph, a cell or a value finds its document, plain
//! and quoted, whatever line ends and page breaks stand within it; so do runs that mix scripts. Beside it stands
//! what segmented words alone would find as phrases. `DOSSIER_SUBSTRINGS` asks for more of them.

use std::{collections::BTreeSet, path::Path};

use dossier_search::{
    analysis::ranking_words,
    ingest::{self, Archive, Reader},
    search::SearchRequest,
    source::{self, Block},
    text::is_han,
};
use serde_json::Value;

use crate::real_documents;

/// A document with every text of which any part has to find it.
struct Printed {
    id: String,
    texts: Vec<String>,
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("64 bits") % limit
    }
}

fn how_many() -> usize {
    std::env::var("DOSSIER_SUBSTRINGS").ok().and_then(|count| count.parse().ok()).unwrap_or(100)
}

/// Indexes all files of a folder and takes what is printed in them: passages without the layout's line ends, the
/// words of the source, and the values that were understood.
fn printed(archive: &Archive, folder: &Path) -> Vec<Printed> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|one| one.expect("a file").path()).collect();
    files.sort();
    let texts_of = |path: &Path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(path).expect("a file");
        let id = archive.keep(&name, &bytes).expect("kept").id;
        let reading = ingest::read(&name, &bytes).expect("read");
        let mut texts: Vec<String> = reading.text.split_whitespace().map(str::to_owned).collect();
        for block in source::read(&name, &bytes).expect("read").blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => {
                    texts.push(as_read(text.text()));
                }
                Block::Table(rows) => texts.extend(rows.iter().flatten().map(|cell| as_read(cell.text()))),
            }
        }
        values(&serde_json::to_value(&reading.dossier).expect("JSON"), &mut texts);
        Printed { id, texts }
    };
    let read =
        files.iter().filter(|path| path.extension().is_some_and(|kind| kind != "json" && kind != "toml"));
    let documents = read.map(|path| texts_of(path)).collect();
    archive.catch_up().expect("indexed");
    documents
}

fn values(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            let said =
                fields.iter().filter(|(name, _)| !matches!(name.as_str(), "warnings" | "printed" | "source"));
            said.for_each(|(_, value)| values(value, texts));
        }
        Value::Array(items) => items.iter().for_each(|item| values(item, texts)),
        Value::String(text) => texts.push(as_read(text)),
        _ => {}
    }
}

/// The runs of Han characters of a text.
fn han_runs(text: &str) -> Vec<Vec<char>> {
    text.split(|c| !is_han(c))
        .map(|run| run.chars().collect::<Vec<_>>())
        .filter(|run| run.len() > 1)
        .collect()
}

/// A paragraph, a cell or a value as it reads: blanks and line ends beside Han characters come from the layout; one
/// between two Latin words or two numbers parts them.
fn as_read(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    for word in text.split_whitespace() {
        if of_word(read.chars().next_back()) && of_word(word.chars().next()) {
            read.push(' ');
        }
        read.push_str(word);
    }
    read
}

/// Runs of two or more scripts (`5 年生存率`, `IL-1β`) that begin and end with a word.
fn mixed_runs(text: &str, dice: &mut Dice) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let inner = |c: char| c.is_alphanumeric() || c == ' ';
    let start = dice.below(chars.len().max(1));
    let end = (start + 2 + dice.below(12)).min(chars.len());
    let of_word = |at: usize| chars.get(at).is_some_and(|&c| !is_han(c) && (c.is_alphanumeric() || c == '.'));
    let edge = |at: usize| at == 0 || !of_word(at - 1) || !of_word(at);
    let part = chars.get(start..end)?;
    let scripts = part.iter().any(|&c| is_han(c)) && part.iter().any(char::is_ascii_alphanumeric);
    let whole = edge(start) && edge(end) && part.iter().all(|&c| inner(c));
    (scripts && whole).then(|| part.iter().collect::<String>().trim().to_owned())
}

fn draw(documents: &[Printed], count: usize, dice: &mut Dice) -> Vec<(usize, String)> {
    let runs: Vec<Vec<Vec<char>>> =
        documents.iter().map(|one| one.texts.iter().flat_map(|text| han_runs(text)).collect()).collect();
    let with_text: Vec<usize> = (0..runs.len()).filter(|&at| !runs[at].is_empty()).collect();
    let one = |_| {
        let at = with_text[dice.below(with_text.len())];
        let run = &runs[at][dice.below(runs[at].len())];
        let length = (2 + dice.below(7)).min(run.len());
        let start = dice.below(run.len() - length + 1);
        (at, run[start..start + length].iter().collect())
    };
    (0..count).map(one).collect()
}

fn finds(archive: &Archive, q: &str, id: &str) -> bool {
    let request = SearchRequest { q: q.to_owned(), limit: 1000, ..SearchRequest::default() };
    archive.search(&request).expect("an answer").hits.iter().any(|hit| hit.id == id)
}

/// What a phrase over segmented words would find: the words of the query stand in a text at the same distances.
fn words_find(texts: &[Vec<(String, usize)>], query: &str) -> bool {
    let wanted = ranking_words(query);
    let Some(first) = wanted.first() else { return false };
    texts.iter().any(|words| {
        let known: BTreeSet<(&str, usize)> = words.iter().map(|(word, at)| (word.as_str(), *at)).collect();
        let starts = words.iter().filter(|(word, _)| *word == first.text).map(|(_, at)| *at);
        starts.into_iter().any(|start| {
            wanted.iter().all(|word| {
                known.contains(&(word.text.as_str(), (start + word.start).wrapping_sub(first.start)))
            })
        })
    })
}

fn check(name: &str, archive: &Archive, documents: &[Printed]) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let drawn = draw(documents, how_many(), &mut dice);
    let segmented: Vec<Vec<Vec<(String, usize)>>> = documents
        .iter()
        .map(|one| {
            let words =
                |text: &String| ranking_words(text).into_iter().map(|word| (word.text, word.start)).collect();
            one.texts.iter().map(words).collect()
        })
        .collect();
    let by_words = drawn.iter().filter(|(at, part)| words_find(&segmented[*at], part)).count();
    let mixed = (0..how_many() * 20).filter_map(|_| {
        let at = dice.below(documents.len());
        let texts = &documents[at].texts;
        mixed_runs(&texts[dice.below(texts.len())], &mut dice).map(|part| (at, part))
    });
    let mixed: Vec<_> = mixed.take(how_many()).collect();
    let missed: Vec<String> = drawn
        .iter()
        .chain(&mixed)
        .flat_map(|(at, part)| [(at, part.clone()), (at, format!("\"{part}\""))])
        .filter(|(at, q)| !finds(archive, q, &documents[**at].id))
        .map(|(at, q)| format!("{q} of {}", documents[*at].id))
        .collect();
    println!(
        "{name}: {} Han and {} mixed substrings, plain and quoted: {} missed; words alone find {:.3}",
        drawn.len(),
        mixed.len(),
        missed.len(),
        by_words as f64 / drawn.len() as f64
    );
    assert!(missed.is_empty(), "{missed:?}");
}

fn archive() -> (tempfile::TempDir, Archive) {
    let data = tempfile::tempdir().expect("a folder");
    let archive = Archive::open_with(data.path(), Reader::in_process()).expect("opens");
    (data, archive)
}

#[test]
fn every_substring_of_the_real_documents_finds_them() {
    let Some(shared) = real_documents() else { return };
    let (_data, archive) = archive();
    let documents = printed(&archive, &shared.join("seeds"));
    check("real documents", &archive, &documents);
}

#[test]
fn every_substring_of_the_invented_notices_finds_them() {
    let (_data, archive) = archive();
    let documents = printed(&archive, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts"));
    check("invented notices", &archive, &documents);
}

#[test]
fn every_substring_of_random_text_finds_it() {
    let (_data, archive) = archive();
    let mut dice = Dice(7);
    let mut documents = Vec::new();
    for n in 0..30 {
        let mut text = format!("随机文字之{n}\n\n");
        let mut line = String::new();
        for _ in 0..400 {
            let c = char::from_u32(0x4E00 + u32::try_from(dice.below(0x51A5)).expect("small"))
                .expect("a character");
            line.push(c);
            text.push(c);
            if dice.below(30) == 0 {
                text.push('\n');
            }
        }
        let id = archive.keep(&format!("{n}.txt"), text.as_bytes()).expect("kept").id;
        let lines = text.lines().skip(2).map(str::to_owned);
        documents.push(Printed { id, texts: lines.collect() });
    }
    archive.catch_up().expect("indexed");
    check("random text", &archive, &documents);
}

#[test]
fn numbers_are_found_however_their_thousands_are_parted() {
    let (_data, archive) = archive();
    let ways = ["4870名", "4 870名", "4,870名"];
    let keep = |way: &str| {
        let text = format!("某病规范诊治的随访\n\n十年间共随访{way}患者，失访者不足一成。\n");
        archive.keep(&format!("{way}.txt"), text.as_bytes()).expect("kept").id
    };
    let ids = ways.map(keep);
    archive.catch_up().expect("indexed");
    for (way, id) in ways.iter().flat_map(|way| ids.iter().map(move |id| (way, id))) {
        assert!(finds(&archive, &format!("\"{way}\""), id), "\"{way}\" of {id}");
        let typed_as_one_word = !way.contains(' ');
        assert!(!typed_as_one_word || finds(&archive, way, id), "{way} of {id}");
        let start = way.trim_end_matches('名');
        assert!(!typed_as_one_word || finds(&archive, &format!("{start}*"), id), "{start}* of {id}");
    }
}
