use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::Walker;
use crate::{
    extract::{
        lexicon::{Entity, Field},
        narrow::Narrow,
        spaced::{has_gap, word_ranges},
    },
    text::{Passage, is_han},
};

/// Longer lines are running text, in bytes.
const LONGEST: usize = 1200;

/// No name of a journal has more words.
const MOST_WORDS: usize = 9;

/// Rows of a table of papers that has lost its rulings, one line each.
impl Walker {
    /// `3 Whole blood at high altitude J Trauma 2020, 89(2): S192-S199 陈一、李二 陈一 22 否`: number, title, journal, volume
    /// and pages, authors, corresponding authors, citations, with nothing but blanks between them.
    pub(super) fn bare_paper(&mut self, text: &Passage) -> bool {
        // Under columns, or with gaps between its cells, a row is read by them.
        let has_cells = self.columns.is_some() || has_gap(text.text());
        if self.current != Entity::Paper || !self.is_listing() || has_cells || text.text().len() > LONGEST {
            return false;
        }
        let narrow = Narrow::new(text);
        let next = self.out.papers.len() + 1;
        let Some(row) =
            row(narrow.text()).filter(|row| narrow.text()[row.number.clone()].parse() == Ok(next))
        else {
            return false;
        };
        let cells = [
            (Field::Number, Some(row.number)),
            (Field::PaperTitle, Some(row.title)),
            (Field::Journal, Some(row.journal)),
            (Field::YearLocator, Some(row.locator)),
            (Field::Authors, row.authors),
            (Field::CorrespondingAuthors, row.corresponding),
            (Field::Citations, row.citations),
        ];
        let cells: Vec<(Field, Passage)> =
            cells.into_iter().filter_map(|(field, cell)| Some((field, narrow.slice(cell?)))).collect();
        self.finish_item();
        self.record(Entity::Paper, &cells);
        true
    }
}

/// The cells of a row, as bytes of its line.
struct PaperRow {
    number: Range<usize>,
    title: Range<usize>,
    journal: Range<usize>,
    locator: Range<usize>,
    authors: Option<Range<usize>>,
    corresponding: Option<Range<usize>>,
    citations: Option<Range<usize>>,
}

fn row(line: &str) -> Option<PaperRow> {
    static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let page = r"[A-Za-z]{0,2}\d[\w.]*";
        Regex::new(&format!(
            r"^(\d{{1,2}}) +(\S.*?) +((?:19|20)\d\d ?[,;] ?\d{{1,4}}(?: ?\([^()]{{1,12}}\))? ?: ?{page}(?: ?- ?{page})?) +(\S.*)$"
        ))
        .ok()
    });
    let found = FORM.as_ref()?.captures(line)?;
    let (number, named, locator, rest) = (found.get(1)?, found.get(2)?, found.get(3)?, found.get(4)?);
    let journal = named.start() + journal(named.as_str())?;
    let title = named.start()..named.start() + line[named.start()..journal].trim_end().len();
    // `27⏎否`: whether a corresponding author is from abroad stands last.
    let said = rest.as_str().trim_end_matches(['是', '否']).trim_end().len();
    let mut words = word_ranges(line, rest.start()..rest.start() + said);
    let citations = words.pop_if(|word| line[word.clone()].bytes().all(|b| b.is_ascii_digit()));
    // Names of several words cannot be told from the one behind them.
    let corresponding = if words.len() > 1 { words.pop() } else { None };
    let is_one = |word: &Range<usize>| {
        let name = line[word.clone()].split(['、', ',', '，']).next().unwrap_or_default();
        let before = &line[rest.start()..word.start];
        name.chars().all(is_han) && (words.len() == 1 && before.contains(is_han) || before.contains(name))
    };
    if corresponding.as_ref().is_some_and(|word| !is_one(word)) {
        return None;
    }
    let authors = Some(words.first()?.start..words.last()?.end);
    // Sentences name no one there.
    if line[rest.range()].contains(['。', ';', ':']) || citations.is_none() && corresponding.is_none() {
        return None;
    }
    let (number, locator) = (number.range(), locator.range());
    Some(PaperRow {
        number,
        title,
        journal: journal..named.end(),
        locator,
        authors,
        corresponding,
        citations,
    })
}

/// Where the name of the journal begins behind a title: the last word of a Chinese one; behind a title in English, whose
/// words are small, the words that begin with capitals.
fn journal(named: &str) -> Option<usize> {
    let words = word_ranges(named, 0..named.len());
    let last = &named[words.last()?.clone()];
    if last.chars().all(|c| is_han(c) || matches!(c, '(' | ')' | ':')) {
        return (words.len() > 1).then(|| words[words.len() - 1].start);
    }
    let is_capital = |word: &Range<usize>| named[word.clone()].starts_with(|c: char| c.is_uppercase());
    let joins = |word: &Range<usize>| {
        matches!(&named[word.clone()], "of" | "and" | "&" | "in" | "the" | "for" | "on")
    };
    let run = words.iter().rev().take(MOST_WORDS).take_while(|word| is_capital(word) || joins(word)).count();
    let journal = words[words.len() - run..].iter().find(|word| is_capital(word))?;
    (journal.start > words[0].start && run < words.len()).then_some(journal.start)
}

#[cfg(test)]
mod tests {
    use super::super::{outline, printed::paragraphs};
    use super::*;

    #[test]
    fn rows_without_rulings_are_read() {
        let lines = [
            "代表性论文专著目录",
            "1 Rapid progression of shock at 4300 m: a porcine model Military Medical Research 2021, 8(1): 22 陈一、李二 李二 19 否",
            "2 某病限制性液体复苏的目标血压 某某医学杂志 2017, 42(9): 801-806 陈一 李二 38 否",
            "3 HIF-1α drives shedding in hypoxic hemorrhage Shock 2019, 52(3): 379-387 王三、陈一 陈一 27否",
            "4 后面的一句话说到 2019, 5(2): 3 这一年的事情。",
        ];
        let out = outline(&paragraphs(lines));
        let fields = [
            Field::PaperTitle,
            Field::Journal,
            Field::YearLocator,
            Field::Authors,
            Field::CorrespondingAuthors,
            Field::Citations,
        ];
        let told =
            |at: usize| fields.map(|field| out.papers[at].get(field).map_or("", Passage::text)).join("|");
        assert_eq!(out.papers.len(), 3);
        assert_eq!(
            told(0),
            "Rapid progression of shock at 4300 m: a porcine model|Military Medical Research|2021, 8(1): 22|陈一、李二|李二|19"
        );
        assert_eq!(told(1), "某病限制性液体复苏的目标血压|某某医学杂志|2017, 42(9): 801-806|陈一|李二|38");
        assert_eq!(
            told(2),
            "HIF-1α drives shedding in hypoxic hemorrhage|Shock|2019, 52(3): 379-387|王三、陈一|陈一|27"
        );
    }
}
