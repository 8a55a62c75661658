use std::{collections::HashMap, sync::LazyLock};

use super::company_name::{company, own_name, tells};
use crate::{
    analysis::{sounded_out, sounds},
    text::{fold_key, is_han},
};

/// The names in Han of institutions and journals by how they are read: `Zhonghua Yan Ke Za Zhi`, `Anzhen Yiyuan`.
#[derive(Debug, Default)]
pub(super) struct NameReadings(HashMap<String, Vec<String>>);

/// A name is typed in so many words at most.
const MOST_WORDS: usize = 12;
/// Fewer letters may be any word.
const SHORTEST: usize = 6;
/// What tells an institution from others of its kind, in characters before the ending of its name.
const OWN_NAME: std::ops::RangeInclusive<usize> = 2..=5;
/// Ways to read one name that are kept.
const WAYS: usize = 8;
/// More names of one reading are not kept: it says little of any.
const KEPT: usize = 4;

static ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("name_endings.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

impl NameReadings {
    /// Notes a name as it is printed, and what stands before the ending of an institution's.
    pub(super) fn add(&mut self, label: &str, is_institution: bool) {
        self.note(label, label);
        // The university of a school or a hospital.
        if is_institution && let Some((of, _)) = label.split_once("大学").filter(|(_, rest)| !rest.is_empty())
        {
            self.add(&format!("{of}大学"), true);
        }
        // What a company is called by, without what kind of company it is.
        if let Some(called) = company(label).filter(|_| is_institution) {
            self.note(called, label);
            let own = own_name(called);
            if tells(own) {
                self.note(own, label);
            }
        }
        let chars: Vec<char> = label.chars().collect();
        let endings = ENDINGS.iter().filter(|ending| is_institution && label.ends_with(**ending));
        for ending in endings {
            let before = chars.len() - ending.chars().count();
            for length in OWN_NAME.filter(|length| *length <= before) {
                let part: String = chars[before - length..].iter().collect();
                self.note(&part, &part);
            }
        }
    }

    fn note(&mut self, text: &str, name: &str) {
        let key = fold_key(text);
        if !key.chars().all(is_han) {
            return;
        }
        for way in sounded_out(&sounds(&key, false), false, WAYS) {
            let names = self.0.entry(way).or_default();
            if names.len() < KEPT && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }

    /// The names that are read as these letters; where there are more than a few, not all of them.
    pub(super) fn of(&self, letters: &str) -> &[String] {
        self.0.get(letters).map_or(&[], Vec::as_slice)
    }
}

/// The runs of words, from the first on, that may spell a name, the longest first: how many they are, and their letters.
pub(super) fn runs<'w>(words: &'w [&str]) -> impl Iterator<Item = (usize, String)> + 'w {
    let latin = words.iter().take(MOST_WORDS).take_while(|word| is_latin(word)).count();
    let runs = (1..=latin).rev().map(|count| (count, letters(&words[..count].concat())));
    runs.filter(|(_, typed)| typed.len() >= SHORTEST)
}

fn letters(text: &str) -> String {
    fold_key(text).chars().filter(char::is_ascii_lowercase).collect()
}

fn is_latin(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_whole_or_from_what_they_are_called_on() {
        let mut readings = NameReadings::default();
        for institution in [
            "首都甲科大学附属北京安定医院",
            "某川大学药学院",
            "某省人民医院",
            "某市人民医院",
            "某山科仪有限公司",
            "XY医院",
            "天津市乙康智能医疗器械股份有限公司",
        ] {
            readings.add(institution, true);
        }
        readings.add("中华发明杂志", false);
        for (typed, want) in [
            ("Zhonghua Fa Ming Za Zhi", "5 中华发明杂志"),
            ("zhonghuafamingzazhi 2020", "1 中华发明杂志"),
            ("Beijing An-ding Yiyuan Li", "3 北京安定医院"),
            ("anding yiyuan", "2 安定医院"),
            ("Mouchuan Daxue pharmacy", "2 某川大学"),
            ("Moushan keyi", "2 某山科仪有限公司"),
            ("yikangzhineng", ""),
            ("yi kang", "2 天津市乙康智能医疗器械股份有限公司"),
            ("anding", ""),
            ("hospital", ""),
            ("Mousheng Renmin Yiyuan", "3 某省人民医院"),
            ("Zhonghua", ""),
            ("安定医院", ""),
            ("", ""),
        ] {
            let words: Vec<&str> = typed.split_whitespace().collect();
            let read = runs(&words).map(|(count, typed)| (count, readings.of(&typed)));
            let shown = read
                .filter(|(_, names)| !names.is_empty())
                .map(|(count, names)| format!("{count} {}", names.join(" ")))
                .next()
                .unwrap_or_default();
            assert_eq!(shown, want, "{typed}");
        }
    }
}
