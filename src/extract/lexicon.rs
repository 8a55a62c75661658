use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use crate::text::{fold, is_han};

/// What a record of a table or a list of labels is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entity {
    Dossier,
    Paper,
    Ip,
    Contributor,
    Institution,
}

/// A named section of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Section {
    Papers,
    Ip,
    Contributors,
    Institutions,
    Claims,
    Other,
}

impl Section {
    pub(super) fn entity(self) -> Option<Entity> {
        match self {
            Section::Papers => Some(Entity::Paper),
            Section::Ip => Some(Entity::Ip),
            Section::Contributors => Some(Entity::Contributor),
            Section::Institutions => Some(Entity::Institution),
            Section::Claims | Section::Other => None,
        }
    }
}

/// A label or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Field {
    AwardCategory,
    Title,
    Recommender,
    Recommendation,
    Summary,
    Number,
    PaperTitle,
    /// Title, journal and authors in one cell.
    PaperCombined,
    Journal,
    YearLocator,
    ImpactFactor,
    Authors,
    CorrespondingAuthors,
    Database,
    Citations,
    ForeignCorresponding,
    IpCategory,
    Country,
    GrantNumber,
    GrantDate,
    IpTitle,
    Holders,
    FirstAuthors,
    DomesticAuthors,
    Published,
    SciCitations,
    Owner,
    Certificate,
    Validity,
    Name,
    Rank,
    Institution,
    Employer,
    Titles,
    Post,
    InstitutionName,
    Contribution,
}

#[derive(Deserialize)]
struct Words {
    section: HashMap<Section, Vec<String>>,
    dossier: HashMap<Field, Vec<String>>,
    paper: HashMap<Field, Vec<String>>,
    ip: HashMap<Field, Vec<String>>,
    contributor: HashMap<Field, Vec<String>>,
    institution: HashMap<Field, Vec<String>>,
}

/// The words by which parts of a notice are known.
pub(super) struct Lexicon {
    sections: HashMap<String, Section>,
    labels: HashMap<String, Vec<(Entity, Field)>>,
}

impl Lexicon {
    pub(super) fn get() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the file is part of the binary and read by every test")]
            let words: Words =
                toml::from_str(include_str!("data/lexicon.toml")).expect("lexicon.toml is valid");
            Lexicon::new(words)
        });
        &LEXICON
    }

    fn new(words: Words) -> Self {
        let mut lexicon = Lexicon { sections: HashMap::new(), labels: HashMap::new() };
        for (section, variants) in words.section {
            for key in variants.iter().flat_map(|variant| label_keys(variant)) {
                lexicon.sections.insert(key, section);
            }
        }
        for (entity, fields) in [
            (Entity::Dossier, words.dossier),
            (Entity::Paper, words.paper),
            (Entity::Ip, words.ip),
            (Entity::Contributor, words.contributor),
            (Entity::Institution, words.institution),
        ] {
            for (field, variants) in fields {
                for key in variants.iter().flat_map(|variant| label_keys(variant)) {
                    let meanings = lexicon.labels.entry(key).or_default();
                    if !meanings.contains(&(entity, field)) {
                        meanings.push((entity, field));
                    }
                }
            }
        }
        lexicon
    }

    /// The section that a heading opens.
    pub(super) fn section(&self, text: &str) -> Option<Section> {
        label_keys(strip_enumerator(text)).find_map(|key| self.sections.get(&key).copied())
    }

    /// What a label or a column may mean, by entity.
    pub(super) fn label(&self, text: &str) -> &[(Entity, Field)] {
        // No label is longer: a paragraph is not worth folding.
        if text.len() > 150 {
            return &[];
        }
        let text = strip_enumerator(text);
        let known = label_keys(text).find_map(|key| self.labels.get(&key));
        match known {
            Some(meanings) => meanings,
            None if is_contribution(text) => &CONTRIBUTIONS,
            None => &[],
        }
    }
}

const CONTRIBUTIONS: [(Entity, Field); 2] =
    [(Entity::Contributor, Field::Contribution), (Entity::Institution, Field::Contribution)];

/// `对本项目科技创新和推广应用情况的贡献`: every award words this label in its own way.
fn is_contribution(text: &str) -> bool {
    let key: String = fold(text).map(|folded| folded.c).filter(|&c| is_word(c)).collect();
    key.starts_with('对') && key.ends_with("贡献") && key.chars().count() <= 30
}

/// The forms under which a label is looked up: all of it, then without bracketed notes.
fn label_keys(text: &str) -> impl Iterator<Item = String> {
    let folded: Vec<char> = fold(text).map(|folded| folded.c).collect();
    let whole: String = folded.iter().copied().filter(|&c| is_word(c)).collect();
    let mut depth = 0usize;
    let mut bare = String::new();
    for c in folded {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_word(c) => bare.push(c),
            _ => {}
        }
    }
    [whole, bare].into_iter().filter(|key| !key.is_empty())
}

fn is_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// `（一）`, `二、`, `3.` before a heading number it and are not part of it.
pub(super) fn strip_enumerator(text: &str) -> &str {
    let text = text.trim();
    let body = text.trim_start_matches(['(', '（']);
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if rest.len() == body.len() {
        return text;
    }
    let stripped = rest.trim_start_matches([')', '）', '、', '.', '．']);
    if stripped.len() == rest.len() { text } else { stripped.trim_start() }
}

/// How a heading is numbered; headings of one level are numbered alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    None,
    /// `一、`
    Han,
    /// `1.`
    Digits,
    /// `（一）`
    Brackets,
}

impl Numbering {
    pub(super) fn of(text: &str) -> Numbering {
        let text = text.trim();
        match text.chars().next() {
            _ if strip_enumerator(text).len() == text.len() => Numbering::None,
            Some('(' | '（') => Numbering::Brackets,
            Some(first) if first.is_ascii_digit() => Numbering::Digits,
            _ => Numbering::Han,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_with_inner_spaces_notes_and_numbers() {
        let lexicon = Lexicon::get();
        for (text, want) in [
            ("推荐单位 /科学家", (Entity::Dossier, Field::Recommender)),
            ("年,卷(期)及页码", (Entity::Paper, Field::YearLocator)),
            ("全部作者(国内作者须填写中文姓名)", (Entity::Paper, Field::Authors)),
            ("通讯作者单位是否含国外单位", (Entity::Paper, Field::ForeignCorresponding)),
            ("推薦意見", (Entity::Dossier, Field::Recommendation)),
            ("对本项目的 贡献", (Entity::Institution, Field::Contribution)),
            ("三、项目简介", (Entity::Dossier, Field::Summary)),
        ] {
            assert!(lexicon.label(text).contains(&want), "{text}: {:?}", lexicon.label(text));
        }
        assert!(lexicon.label("一种装置").is_empty());
    }

    #[test]
    fn headings_open_sections() {
        let lexicon = Lexicon::get();
        assert_eq!(lexicon.section("（三）主要完成单位情况"), Some(Section::Institutions));
        assert_eq!(lexicon.section("完成人情况表（共3人）"), Some(Section::Contributors));
        assert_eq!(lexicon.section("一、建立了新方法"), None);
    }
}
