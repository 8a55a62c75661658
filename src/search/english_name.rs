//! Names of institutions in English: `First Affiliated Hospital of Zhengzhou University`.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use crate::{
    pinyin::{is_syllable, may_begin, read_at},
    text::fold_key,
};

/// What words that were typed, from the first one on, may say of an institution's name.
#[derive(Debug)]
pub(super) struct EnglishName {
    units: Vec<Unit>,
}

/// A word, or several that stand for one thing.
#[derive(Debug)]
struct Unit {
    says: Says,
    /// How many words there are up to its end.
    words: usize,
    /// Whether these may be a name: they say what kind of institution it is, and which one.
    may_end: bool,
}

#[derive(Debug)]
enum Says {
    /// One of the forms of a line of the table.
    Word(&'static Entry),
    /// Something that is read so.
    Read(String),
}

#[derive(Debug)]
struct Entry {
    /// Says what kind of institution it is.
    kind: bool,
    /// And which one.
    whole: bool,
    /// May be left out in Han.
    light: bool,
    forms: Vec<Vec<char>>,
}

/// How much of what was typed a name in Han says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// Words from the first one on.
    pub(super) words: usize,
    /// Characters of the name that stand before all of it, and say more.
    pub(super) before: usize,
}

/// Names in English are no longer, in words.
const MOST_WORDS: usize = 14;

/// The table by its first column: whole names, words that say what kind of institution it is, other words, and what a
/// name in Han has and one in English leaves out.
struct Table {
    entries: HashMap<&'static str, Entry>,
    unsaid: Vec<Vec<char>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { entries: HashMap::new(), unsaid: Vec::new() };
    for line in include_str!("english_names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let [Some(sort), Some(english), Some(forms)] = [(); 3].map(|()| columns.next()) else { continue };
        let (light, forms) = forms.strip_prefix('-').map_or((false, forms), |forms| (true, forms));
        let forms = forms.split_whitespace().map(|form| form.chars().collect());
        if sort == "unsaid" {
            table.unsaid.extend(forms);
        } else {
            let whole = sort == "whole";
            let kind = whole || sort == "kind";
            table.entries.insert(english, Entry { kind, whole, light, forms: forms.collect() });
        }
    }
    table
});

static LONGEST_ENTRY: LazyLock<usize> =
    LazyLock::new(|| TABLE.entries.keys().map(|key| key.split(' ').count()).max().unwrap_or(1));

impl EnglishName {
    /// Reads words; `None` where they can be no name.
    pub(super) fn read(words: &[&str]) -> Option<Self> {
        let folded: Vec<String> = words.iter().take(MOST_WORDS).map(|word| plain(word)).collect();
        let mut units: Vec<Unit> = Vec::new();
        let (mut at, mut kind, mut weighty) = (0, false, 0);
        while at < folded.len() {
            let mut longest = (1..=(*LONGEST_ENTRY).min(folded.len() - at)).rev();
            let entry =
                |count: usize| Some((count, TABLE.entries.get(folded[at..at + count].join(" ").as_str())?));
            let said = longest.find_map(entry).map(|(count, entry)| (count, Says::Word(entry)));
            let Some((count, says)) = said.or_else(|| spelled(&folded[at..])) else { break };
            at += count;
            kind |= matches!(says, Says::Word(entry) if entry.kind);
            // It says two things.
            weighty += usize::from(says.is_weighty())
                + usize::from(matches!(says, Says::Word(entry) if entry.whole));
            units.push(Unit { says, words: at, may_end: kind && weighty > 1 });
        }
        units.iter().any(|unit| unit.may_end).then_some(Self { units })
    }

    /// How much of it a folded name in Han says, or its own name behind a university or a place: as many words as can
    /// be, and nothing behind the first of them but what English names leave out.
    pub(super) fn said_in(&self, name: &[char]) -> Option<Said> {
        let own = own_name(name).and_then(|own| self.said(&name[own..]));
        let whole = self.said(name);
        match (own, whole) {
            (Some(own), Some(whole)) => Some(if own.words < whole.words { whole } else { own }),
            (own, whole) => own.or(whole),
        }
    }

    /// The characters one of which stands in a name, for each word that has to be said before any end.
    pub(super) fn needed(&self) -> Vec<Vec<char>> {
        let end = self.units.iter().position(|unit| unit.may_end).unwrap_or_default();
        let needed = self.units[..=end].iter().filter(|unit| !unit.says.is_light());
        needed.map(|unit| unit.says.first_characters()).collect()
    }

    fn said(&self, name: &[char]) -> Option<Said> {
        let mut free = vec![true; name.len()];
        let mut said = None;
        for unit in &self.units {
            match unit.says.stands_in(name, &free) {
                Some(place) => free[place].fill(false),
                None if unit.says.is_light() => {}
                None => break,
            }
            if unit.may_end
                && let Some(before) = before_all(name, &free)
            {
                said = Some(Said { words: unit.words, before });
            }
        }
        said
    }
}

/// How many characters stand before the first that is not free, where those behind it may be left out.
fn before_all(name: &[char], free: &[bool]) -> Option<usize> {
    let first = free.iter().position(|free| !free)?;
    let mut at = first;
    while at < name.len() {
        if !free[at] {
            at += 1;
            continue;
        }
        at += TABLE.unsaid.iter().find(|part| name[at..].starts_with(part))?.len();
    }
    Some(first)
}

impl Says {
    /// Tells whether it says which institution it is: one syllable may be anything.
    fn is_weighty(&self) -> bool {
        match self {
            Self::Word(entry) => !entry.light,
            Self::Read(letters) => !is_syllable(letters),
        }
    }

    fn is_light(&self) -> bool {
        matches!(self, Self::Word(entry) if entry.light)
    }

    /// Those with which what says it begins in Han.
    fn first_characters(&self) -> Vec<char> {
        match self {
            Self::Word(entry) => entry.forms.iter().filter_map(|form| form.first().copied()).collect(),
            Self::Read(letters) => may_begin(letters).collect(),
        }
    }

    fn stands_in(&self, name: &[char], free: &[bool]) -> Option<Range<usize>> {
        let all_free =
            |place: &Range<usize>| free.get(place.clone()).is_some_and(|free| free.iter().all(|free| *free));
        let places =
            |length: usize| (0..(name.len() + 1).saturating_sub(length)).map(move |at| at..at + length);
        match self {
            Self::Word(entry) => entry.forms.iter().find_map(|form| {
                places(form.len()).find(|place| name[place.clone()] == form[..] && all_free(place))
            }),
            Self::Read(letters) => (0..name.len()).find_map(|at| {
                let place = at..at + read_at(&name[at..], letters)?;
                all_free(&place).then_some(place)
            }),
        }
    }
}

/// Where the own name of an institution begins: 甲大学附属乙医院, 甲大学乙医院; behind a place that is said twice: 甲市甲医院.
fn own_name(name: &[char]) -> Option<usize> {
    let behind = |part: &str| {
        let part: Vec<char> = part.chars().collect();
        let at = name.windows(part.len()).rposition(|window| window == part)? + part.len();
        (at < name.len()).then_some(at)
    };
    let twice = || {
        let at = name.iter().position(|c| matches!(c, '省' | '市')).filter(|at| *at > 1)?;
        name[at + 1..].starts_with(&name[..at]).then_some(at + 1)
    };
    behind("附属").or_else(|| behind("大学")).or_else(twice)
}

/// A word as it stands in the table.
fn plain(word: &str) -> String {
    let key = fold_key(word).replace('’', "'");
    key.trim_matches(|c: char| matches!(c, ',' | ';' | '(' | ')' | '"' | '.')).to_owned()
}

/// A word that may be read or, of one syllable each, several (`An Zhen`), and how many they are.
fn spelled(words: &[String]) -> Option<(usize, Says)> {
    let letters = |word: &String| -> Option<String> {
        let letters: String = word.chars().filter(|c| !matches!(c, '\'' | '-')).collect();
        (letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(letters)
    };
    let alone = |word: &&String| is_syllable(word) && !TABLE.entries.contains_key(word.as_str());
    let count = words.iter().take_while(alone).count();
    if count > 1 {
        return Some((count, Says::Read(words[..count].concat())));
    }
    Some((1, Says::Read(letters(words.first()?)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_english_say_what_the_names_in_han_say() {
        let names = [
            "首都某科大学附属京城地坛医院",
            "郑州大学第一附属医院",
            "郑州大学",
            "天津市眼科医院",
            "上海某大学医学院附属上海儿童医学中心",
            "四川大学华西医院",
            "某川市妇幼保健院",
            "重庆某城大学附属第二医院",
            "江城市江城医院",
            "某科学院北京协和医院",
            "某江大学医学院附属妇产科医院",
        ];
        for (typed, want) in [
            ("Jingcheng Ditan Hospital ECMO", "3 0 首都某科大学附属京城地坛医院"),
            ("Ditan Hospital", "2 2 首都某科大学附属京城地坛医院"),
            ("The First Affiliated Hospital of Zhengzhou University", "7 0 郑州大学第一附属医院"),
            ("Zhengzhou University", "2 0 郑州大学"),
            ("Tianjin Eye Hospital", "3 0 天津市眼科医院"),
            ("Shanghai Children's Medical Center", "4 0 上海某大学医学院附属上海儿童医学中心"),
            ("Shanghai Children’s Medical Center", "4 0 上海某大学医学院附属上海儿童医学中心"),
            ("West China Hospital, Sichuan University", "5 0 四川大学华西医院"),
            ("Mouchuan Maternal and Child Health Hospital", "6 0 某川市妇幼保健院"),
            ("Second Affiliated Hospital of Chongqing Moucheng University", "7 0 重庆某城大学附属第二医院"),
            ("Jiangcheng Hospital", "2 0 江城市江城医院"),
            ("Peking Union Medical College Hospital", "5 4 某科学院北京协和医院"),
            ("Women's Hospital, Moujiang University School of Medicine", "7 0 某江大学医学院附属妇产科医院"),
            ("Tianjin Chest Hospital", ""),
            ("Tianjin", ""),
            ("hospital", ""),
            ("of the hospital", ""),
            ("hospital infection control", ""),
            ("University of Zhengzhou Hospital", "3 0 郑州大学"),
            ("Zhengzhou University.", "2 0 郑州大学"),
            ("Jing Cheng Di Tan Hospital", "5 0 首都某科大学附属京城地坛医院"),
            ("tan hospital stay", ""),
            ("", ""),
        ] {
            let words: Vec<&str> = typed.split_whitespace().collect();
            let chars = |name: &str| name.chars().collect::<Vec<char>>();
            let said = EnglishName::read(&words).into_iter().flat_map(|english| {
                names.map(|name| english.said_in(&chars(name)).map(|said| (said.words, said.before, name)))
            });
            let most = said.flatten().max_by_key(|(words, ..)| *words);
            let shown = most.map(|(words, before, name)| format!("{words} {before} {name}"));
            assert_eq!(shown.unwrap_or_default(), want, "{typed}");
        }
    }
}
