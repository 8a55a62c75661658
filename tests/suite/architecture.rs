//! Do imports run one way, and does every library stay in its room?
//!
//! The two tables are those of ARCHITECTURE.md. Code is read as text: comments and literals are left
//! out, `crate::a` and `crate::{a, b::c}` name modules, a library is named by its crate.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Modules in the order of their layers: each may name itself and those before it.
const LAYERS: [&str; 20] = [
    "text",
    "pinyin",
    "identifier",
    "domain",
    "source",
    "extract",
    "resolve",
    "revision",
    "store",
    "audit",
    "analysis",
    "query",
    "index",
    "search",
    "ingest",
    "export",
    "reconcile",
    "evaluation",
    "http",
    "cli",
];

/// Libraries and the modules that may name them; one that is not listed here may be named anywhere.
const LIBRARIES: [(&str, &[&str]); 31] = [
    ("tantivy", &["analysis", "index", "search"]),
    ("jieba_rs", &["analysis"]),
    ("rusqlite", &["store"]),
    ("axum", &["http"]),
    ("askama", &["http"]),
    ("hyper", &["http"]),
    ("hyper_util", &["http"]),
    ("tower", &["http"]),
    ("tower_http", &["http"]),
    ("tokio", &["http", "cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
    ("tracing_subscriber", &["cli"]),
    ("ferrous_opencc", &["text"]),
    ("unicode_normalization", &["text"]),
    ("toml", &["audit", "extract", "search"]),
    ("chardetng", &["source"]),
    ("encoding_rs", &["source"]),
    ("flate2", &["source"]),
    ("hayro_cmap", &["source"]),
    ("hayro_font", &["source"]),
    ("hayro_syntax", &["source"]),
    ("html5gum", &["source"]),
    ("quick_xml", &["source", "export"]),
    ("zip", &["source", "export"]),
    ("rustix", &["ingest"]),
    ("lru", &["search"]),
    ("memchr", &["search"]),
    ("rayon", &["search"]),
];

/// What a module may name of another, where that is less than everything.
const NARROW: [(&str, &str, &[&str]); 1] = [("extract", "source", &["Block", "Row"])];

#[test]
fn the_code_keeps_the_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    assert!(files.len() > 40, "only {} files under {}", files.len(), root.display());
    let mut faults = Vec::new();
    for path in files {
        let code = fs::read_to_string(&path).expect("a readable file");
        let name = path.strip_prefix(&root).expect("a file below src").to_string_lossy().into_owned();
        faults.extend(faults_of(&name, &code));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn planted_violations_are_found() {
    for (file, code) in [
        ("text/fold.rs", "use crate::domain::Kind;"),
        ("domain/mod.rs", "fn f() { crate::store::open() }"),
        ("source/text.rs", "use crate::{text::Span, extract::extract};"),
        ("extract/mod.rs", "use crate::{\n    domain::Dossier,\n    index::Record,\n};"),
        ("extract/mod.rs", "use crate::source::Source;"),
        ("query/parse.rs", "use tantivy::Term;"),
        ("http/api.rs", "use rusqlite::Connection;"),
        ("http/api.rs", "let term = tantivy::Term::new();"),
        ("store/put.rs", "use anyhow::Context;"),
        ("index/writer.rs", "use jieba_rs::Jieba;"),
        ("search/mod.rs", "use super::http::router;\nuse crate::http::router;"),
        ("helpers/mod.rs", "pub fn f() {}"),
        ("ingest.rs", "use crate::cli::run;"),
    ] {
        assert!(!faults_of(file, code).is_empty(), "{file}: {code}");
    }
}

#[test]
fn allowed_lines_are_not() {
    for (file, code) in [
        ("text/fold.rs", "// crate::domain is above\nuse super::Span;"),
        ("store/put.rs", "use crate::{domain::{Kind, Facet}, text::fold_key};"),
        ("index/schema.rs", "use tantivy::schema::Schema;\nconst WHY: &str = \"no rusqlite:: here\";"),
        ("cli/serve.rs", "use crate::{http::{self, Settings}, ingest::Archive};"),
        ("http/pages.rs", "let tantivy_free = true;"),
        ("main.rs", "dossier_search::cli::run()"),
        ("lib.rs", "pub mod cli;"),
    ] {
        assert_eq!(faults_of(file, code), Vec::<String>::new(), "{file}: {code}");
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn faults_of(file: &str, code: &str) -> Vec<String> {
    if file == "lib.rs" {
        return Vec::new();
    }
    let code = without_comments_and_literals(code);
    let first = file.split('/').next().unwrap_or_default();
    let module = first.strip_suffix(".rs").unwrap_or(first);
    if module == "main" {
        return Vec::new();
    }
    let Some(layer) = LAYERS.iter().position(|known| *known == module) else {
        return vec![format!(
            "src/{file}: the module '{module}' has no layer; put it into LAYERS and ARCHITECTURE.md"
        )];
    };
    let mut faults = Vec::new();
    for path in named(&code) {
        let mut parts = path.split("::");
        let used = parts.next().unwrap_or_default();
        match LAYERS.iter().position(|known| *known == used) {
            Some(at) if at > layer => {
                faults.push(format!("src/{file}: '{module}' may not name '{used}', which lies above it"));
            }
            _ => {}
        }
        let item = parts.next().unwrap_or_default();
        for (from, to, allowed) in NARROW {
            if from == module && to == used && !allowed.contains(&item) {
                faults
                    .push(format!("src/{file}: '{from}' may name only {allowed:?} of '{to}', not '{item}'"));
            }
        }
    }
    for (library, rooms) in LIBRARIES {
        if !rooms.contains(&module) && names_library(&code, library) {
            faults.push(format!("src/{file}: only {rooms:?} may name the library '{library}'"));
        }
    }
    faults
}

/// The paths named after `crate::`, groups taken apart.
fn named(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().last();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$') {
            expand("", &code[at + "crate::".len()..], &mut paths);
        }
    }
    paths
}

/// Reads one path or one group at the start of `rest`; returns how many bytes it took.
fn expand(prefix: &str, rest: &str, paths: &mut Vec<String>) -> usize {
    let trimmed = rest.trim_start();
    let mut at = rest.len() - trimmed.len();
    if trimmed.starts_with('{') {
        at += 1;
        while at < rest.len() && !rest[at..].trim_start().starts_with('}') {
            at += expand(prefix, &rest[at..], paths);
            at += rest[at..].len() - rest[at..].trim_start().trim_start_matches(',').len();
        }
        return (at + 1).min(rest.len());
    }
    let end = trimmed.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(trimmed.len());
    let path =
        if prefix.is_empty() { trimmed[..end].to_owned() } else { format!("{prefix}::{}", &trimmed[..end]) };
    at += end.max(1).min(trimmed.len());
    match trimmed[end..].strip_prefix("::") {
        Some(more) => at + 2 + expand(&path, more, paths),
        None => {
            paths.push(path);
            at
        }
    }
}

fn names_library(code: &str, library: &str) -> bool {
    code.match_indices(library).any(|(at, _)| {
        let before = code[..at].chars().last();
        let after = &code[at + library.len()..];
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && !"_:.".contains(c));
        let uses =
            code[..at].ends_with("use ") && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        starts && (after.starts_with("::") || uses)
    })
}

/// Blanks line comments, block comments, strings and characters.
fn without_comments_and_literals(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            string_end(rest)
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.push(' ');
        rest = &rest[skip..];
    }
    out
}

fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}
