use std::sync::LazyLock;

use regex::Regex;

use super::{
    entry::Entry,
    lexicon::Field,
    outline::Outline,
    value::{Taker, without_han_spaces},
};
use crate::{
    domain::{Award, Provenance, Warning},
    text::{FoldedText, Passage},
};

/// Understands which award the project is nominated for.
///
/// The notice's own title names it with the year; else the recommendation does, where it closes
/// with 推荐…申报…奖. Awards won before are named in the summary, which is not asked.
pub(super) fn award(outline: &Outline, warnings: &mut Vec<Warning>) -> Award {
    let mut provenance = Provenance::default();
    let mut take = Taker { path: "award".to_owned(), provenance: &mut provenance, warnings };
    let title_lines = || outline.loose.iter().chain(outline.headings.iter().map(|(_, text)| text)).take(12);
    let name = title_lines()
        .find_map(award_name)
        .or_else(|| recommended_for(&outline.dossier))
        .or_else(|| outline.dossier.get(Field::AwardCategory).and_then(award_name));
    let year = title_lines().find_map(award_year);
    let name = take.text("name", name.as_ref());
    let year = year.and_then(|year| take.number("year", Some(&year)));
    let category = outline.dossier.get(Field::AwardCategory);
    let category = take.repaired("category", category, "space-removed", without_han_spaces);
    let recommender = outline.dossier.get(Field::Recommender);
    let recommender = take.repaired("recommender", recommender, "space-removed", without_han_spaces);
    Award { name, category, year, recommender, provenance }
}

fn award_name(text: &Passage) -> Option<Passage> {
    static AWARDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut awards: Vec<&str> =
            include_str!("data/awards.txt").lines().filter(|line| !line.starts_with('#')).collect();
        // A longer name may hold a shorter one.
        awards.sort_by_key(|award| std::cmp::Reverse(award.len()));
        awards
    });
    static PROVINCIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let provinces = include_str!("data/provinces.txt").split_whitespace().collect::<Vec<_>>().join("|");
        let kinds = "科学技术进步|科技进步|科学技术|自然科学|技术发明";
        Regex::new(&format!(r"(?:{provinces})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?(?:{kinds})奖")).ok()
    });
    let folded = FoldedText::new(text.text());
    let line = folded.text();
    let known = AWARDS.iter().find_map(|award| line.find(award).map(|at| at..at + award.len()));
    let found = known.or_else(|| PROVINCIAL.as_ref()?.find(line).map(|found| found.range()))?;
    Some(text.slice(folded.printed(found)))
}

/// The award that the last sentences of the recommendation name.
fn recommended_for(dossier: &Entry) -> Option<Passage> {
    let sentences = dossier.get(Field::Recommendation)?.split(|c| matches!(c, '。' | '！' | '\n'));
    let asks = |sentence: &&Passage| {
        let folded = FoldedText::new(sentence.text());
        ["推荐", "申报", "提名"].iter().any(|word| folded.text().contains(word))
    };
    sentences.iter().rev().filter(asks).find_map(award_name)
}

fn award_year(text: &Passage) -> Option<Passage> {
    static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"((?:19|20)\d\d)\s*年").ok());
    if text.text().len() > 300 {
        return None;
    }
    let folded = FoldedText::new(text.text());
    let year = YEAR.as_ref()?.captures(folded.text())?.get(1)?;
    Some(text.slice(folded.printed(year.range())))
}
