//! Names of institutions in English: `First Affiliated Hospital of Zhengzhou University`.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use crate::{pinyin::read_at, text::fold_key};

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
    kind: bool,
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
/// Letters of a word that is read: one syllable may be anything.
const SHORTEST_READ: usize = 3;
/// What a name in Han has and one in English leaves out.
const LEFT_OUT: &[&str] = &["附属", "自治区", "自治州", "直属", "省", "市", "区", "县", "州", "立"];

static ENTRIES: LazyLock<HashMap<&str, Entry>> = LazyLock::new(|| {
    let lines = include_str!("english_names.tsv").lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &'static str| {
        let mut columns = line.split('\t');
        let (kind, english, forms) = (columns.next()?, columns.next()?, columns.next()?);
        let (light, forms) = forms.strip_prefix('-').map_or((false, forms), |forms| (true, forms));
        let forms = forms.split_whitespace().map(|form| form.chars().collect()).collect();
        Some((english, Entry { kind: kind == "kind", light, forms }))
    };
    lines.filter_map(entry).collect()
});

static LONGEST_ENTRY: LazyLock<usize> =
    LazyLock::new(|| ENTRIES.keys().map(|key| key.split(' ').count()).max().unwrap_or(1));

impl EnglishName {
    /// Reads words; `None` where they can be no name.
    pub(super) fn read(words: &[&str]) -> Option<Self> {
        let folded: Vec<String> = words.iter().take(MOST_WORDS).map(|word| plain(word)).collect();
        let mut units: Vec<Unit> = Vec::new();
        let (mut at, mut kind, mut weighty) = (0, false, 0);
        while at < folded.len() {
            let longest = (1..=(*LONGEST_ENTRY).min(folded.len() - at)).rev();
            let entry = |count: usize| Some((count, ENTRIES.get(folded[at..at + count].join(" ").as_str())?));
            let (count, says) = match longest.into_iter().find_map(entry) {
                Some((count, entry)) => (count, Says::Word(entry)),
                None => match letters(&folded[at]) {
                    Some(letters) => (1, Says::Read(letters)),
                    None => break,
                },
            };
            at += count;
            kind |= matches!(says, Says::Word(entry) if entry.kind);
            weighty += usize::from(!says.is_light());
            units.push(Unit { says, words: at, may_end: kind && weighty > 1 });
        }
        units.iter().any(|unit| unit.may_end).then_some(Self { units })
    }

    /// How much of it a folded name in Han says, or the own name of a university's hospital: as many words as can be, and
    /// nothing behind the first of them but what English names leave out.
    pub(super) fn said_in(&self, name: &[char]) -> Option<Said> {
        let own = own_name(name).and_then(|own| self.said(&name[own..]));
        let whole = self.said(name);
        match (own, whole) {
            (Some(own), Some(whole)) => Some(if own.words < whole.words { whole } else { own }),
            (own, whole) => own.or(whole),
        }
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
        let left_out = |part: &&&str| starts_with(&name[at..], part.chars());
        at += LEFT_OUT.iter().find(left_out).map(|part| part.chars().count())?;
    }
    Some(first)
}

impl Says {
    fn is_light(&self) -> bool {
        matches!(self, Self::Word(entry) if entry.light)
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

/// Where the name of a university's hospital begins that has one of its own: 甲大学附属乙医院, 甲大学乙医院.
fn own_name(name: &[char]) -> Option<usize> {
    let behind = |part: &str| {
        let part: Vec<char> = part.chars().collect();
        let at = name.windows(part.len()).rposition(|window| window == part)? + part.len();
        (at < name.len()).then_some(at)
    };
    behind("附属").or_else(|| behind("大学"))
}

/// A word as it stands in the table.
fn plain(word: &str) -> String {
    let key = fold_key(word).replace('’', "'");
    key.trim_matches(|c: char| matches!(c, ',' | ';' | '(' | ')' | '"')).to_owned()
}

/// The letters of a word that may be read.
fn letters(word: &str) -> Option<String> {
    let letters: String = word.chars().filter(|c| !matches!(c, '\'' | '-')).collect();
    (letters.len() >= SHORTEST_READ && letters.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(letters)
}

fn starts_with(name: &[char], part: impl Iterator<Item = char>) -> bool {
    let mut name = name.iter();
    part.into_iter().all(|c| name.next() == Some(&c))
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
        ];
        for (typed, want) in [
            ("Jingcheng Ditan Hospital ECMO", "3 首都某科大学附属京城地坛医院"),
            ("Ditan Hospital", "2 首都某科大学附属京城地坛医院"),
            ("The First Affiliated Hospital of Zhengzhou University", "7 郑州大学第一附属医院"),
            ("Zhengzhou University", "2 郑州大学"),
            ("Tianjin Eye Hospital", "3 天津市眼科医院"),
            ("Shanghai Children's Medical Center", "4 上海某大学医学院附属上海儿童医学中心"),
            ("Shanghai Children’s Medical Center", "4 上海某大学医学院附属上海儿童医学中心"),
            ("West China Hospital, Sichuan University", "5 四川大学华西医院"),
            ("Mouchuan Maternal and Child Health Hospital", "6 某川市妇幼保健院"),
            ("Second Affiliated Hospital of Chongqing Moucheng University", "7 重庆某城大学附属第二医院"),
            ("Tianjin Chest Hospital", ""),
            ("Tianjin", ""),
            ("hospital", ""),
            ("of the hospital", ""),
            ("hospital infection control", ""),
            ("University of Zhengzhou Hospital", "3 郑州大学"),
            ("", ""),
        ] {
            let words: Vec<&str> = typed.split_whitespace().collect();
            let chars = |name: &str| name.chars().collect::<Vec<char>>();
            let said = EnglishName::read(&words).into_iter().flat_map(|english| {
                names.map(|name| english.said_in(&chars(name)).map(|said| (said.words, name)))
            });
            let shown =
                said.flatten().max_by_key(|(words, _)| *words).map(|(words, name)| format!("{words} {name}"));
            assert_eq!(shown.unwrap_or_default(), want, "{typed}");
        }
    }
}
