use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::trie::Trie;

/// What an institution is, by the word its name ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Hospital,
    University,
    College,
    Academy,
    Institute,
    Centre,
    Branch,
    Laboratory,
    Base,
    Association,
    Foundation,
    Committee,
    Alliance,
    Network,
    Organisation,
    Authority,
    Government,
    Division,
    Company,
    /// A name that needs nothing before it: 财政部.
    Whole,
}

impl Class {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "hospital" => Self::Hospital,
            "university" => Self::University,
            "college" => Self::College,
            "academy" => Self::Academy,
            "institute" => Self::Institute,
            "centre" => Self::Centre,
            "branch" => Self::Branch,
            "laboratory" => Self::Laboratory,
            "base" => Self::Base,
            "association" => Self::Association,
            "foundation" => Self::Foundation,
            "committee" => Self::Committee,
            "alliance" => Self::Alliance,
            "network" => Self::Network,
            "organisation" => Self::Organisation,
            "authority" => Self::Authority,
            "government" => Self::Government,
            "division" => Self::Division,
            "company" => Self::Company,
            "whole" => Self::Whole,
            _ => return None,
        })
    }

    /// Tells whether a part of this class may bear the name of `self` in front: 大学 … 医院.
    pub(super) fn heads(self, part: Class) -> bool {
        use Class::*;
        match self {
            University | College | Academy => {
                matches!(part, Hospital | College | Academy | Institute | Centre | Laboratory | Base | Branch)
            }
            Institute => matches!(part, Hospital | Centre | Laboratory | Branch),
            Hospital => matches!(part, Institute | Laboratory | Branch),
            Association | Foundation | Committee => matches!(part, Committee | Branch),
            Authority | Whole | Government => {
                matches!(part, Hospital | Institute | Centre | Laboratory | Division)
            }
            Company => matches!(part, Institute | Laboratory | Branch),
            Centre | Laboratory | Alliance => part == Branch,
            Branch | Base | Network | Organisation | Division => false,
        }
    }
}

/// What a word of running text does for the names around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ends the name of an institution.
    Word(Class),
    /// A place in the country, or a service: 某市, 陆军.
    Place,
    /// A country, or 国家, 全国, 国际.
    Nation,
    /// Cannot stand inside a name.
    Edge,
    /// 与 和 及: seldom stands inside a name.
    Joint,
    /// Any other Han character or word.
    Han,
    Latin,
    Digits,
    Space,
    Mark,
}

/// A token: bytes `start..end` of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

fn words(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// The words of a file whose lines open with a column that names their group.
fn grouped(data: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    data.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(group, words)| words.split_whitespace().map(move |word| (group, word)))
}

fn institution_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    grouped(include_str!("../data/institution_words.txt"))
}

/// The group of the words that names end with where they stand by themselves.
const LISTED: &str = "listed";

/// Tells whether a text that stands by itself ends as names of institutions do.
pub(in crate::extract) fn has_institution_ending(text: &str) -> bool {
    static ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        institution_words().filter(|(group, _)| *group == LISTED).map(|(_, word)| word).collect()
    });
    let text = crate::text::simplified(text);
    ENDINGS.iter().any(|ending| text.ends_with(ending))
}

static KINDS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    kinds.extend(words(include_str!("../data/edge_words.txt")).map(|word| (word, Kind::Edge)));
    kinds.extend(["与", "和", "及"].map(|word| (word, Kind::Joint)));
    kinds.extend(words(include_str!("../data/places.txt")).map(|word| (word, Kind::Place)));
    kinds.extend(words(include_str!("../data/nations.txt")).map(|word| (word, Kind::Nation)));
    // After the places: 和平 is a word of many names, 上海 is a place whatever it contains.
    for word in words(include_str!("../data/keep_words.txt")) {
        kinds.entry(word).or_insert(Kind::Han);
    }
    for (group, word) in institution_words().filter(|(group, _)| *group != LISTED) {
        kinds.insert(word, Class::parse(group).map_or(Kind::Han, Kind::Word));
    }
    kinds
});

/// Cuts a text into tokens, taking the longest known word at every place.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    static DICTIONARY: LazyLock<Trie<Kind>> =
        LazyLock::new(|| Trie::new(KINDS.iter().map(|(&word, &kind)| (word, kind))));
    let dictionary = &*DICTIONARY;
    // Most of a text is Han characters of three bytes.
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 3);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        // Most characters open no word.
        if crate::text::is_han(c) && !dictionary.may_open(c) {
            tokens.push(Token { kind: Kind::Han, start: at, end: at + c.len_utf8() });
            at += c.len_utf8();
            continue;
        }
        let rest = &text[at..];
        // FDA is no word of FDAX.
        let known = if alphanumeric(c) {
            dictionary.prefixes(rest).filter(|&(end, _)| !rest[end..].starts_with(alphanumeric)).last()
        } else {
            dictionary.longest(rest)
        };
        let glued = tokens.last().is_some_and(|last| last.kind == Kind::Latin) && alphanumeric(c);
        let (length, kind) = match known {
            Some((length, Kind::Place)) => (length + division(&rest[length..]), Kind::Place),
            Some(found) if !glued => found,
            _ if crate::text::is_han(c) => (c.len_utf8(), Kind::Han),
            _ if alphanumeric(c) => {
                let length = rest.find(|c| !alphanumeric(c)).unwrap_or(rest.len());
                let digits = rest[..length].chars().all(|c| c.is_ascii_digit());
                (length, if digits { Kind::Digits } else { Kind::Latin })
            }
            _ if c.is_whitespace() => (c.len_utf8(), Kind::Space),
            _ => (c.len_utf8(), Kind::Mark),
        };
        tokens.push(Token { kind, start: at, end: at + length });
        at += length;
    }
    tokens
}

fn alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Bytes of the administrative word after the name of a place.
fn division(rest: &str) -> usize {
    const DIVISIONS: [&str; 7] = ["特别行政区", "自治区", "自治州", "地区", "省", "市", "盟"];
    DIVISIONS.into_iter().find(|word| rest.starts_with(word)).map_or(0, str::len)
}

/// Tells whether words that make no name are all there is.
pub(super) fn is_common(modifier: &str) -> bool {
    static COMMON: LazyLock<HashSet<&str>> =
        LazyLock::new(|| words(include_str!("../data/common_modifiers.txt")).collect());
    let chars: Vec<usize> =
        modifier.char_indices().map(|(at, _)| at).chain(std::iter::once(modifier.len())).collect();
    // reached[i]: the first i characters are common words.
    let mut reached = vec![false; chars.len()];
    reached[0] = true;
    for to in 1..chars.len() {
        reached[to] = (to.saturating_sub(6)..to)
            .any(|from| reached[from] && COMMON.contains(&modifier[chars[from]..chars[to]]));
    }
    reached[chars.len() - 1]
}

/// Bytes of the family name that a text opens with.
pub(super) fn surname(text: &str) -> Option<usize> {
    static SURNAMES: LazyLock<Trie<()>> = LazyLock::new(|| set(words(include_str!("../data/surnames.txt"))));
    SURNAMES.longest(text).map(|(end, ())| end)
}

/// Tells whether a text opens with an everyday word, or the name of a place, that looks like a
/// person's name.
pub(super) fn opens_with_other_word(text: &str) -> bool {
    static OTHERS: LazyLock<Trie<()>> = LazyLock::new(|| {
        let named =
            KINDS.iter().filter(|(_, kind)| matches!(kind, Kind::Place | Kind::Nation | Kind::Word(_)));
        let others = words(include_str!("../data/not_names.txt")).chain(named.map(|(word, _)| *word));
        // A name has two to four characters.
        set(others.filter(|word| (2..=4).contains(&word.chars().count())))
    });
    OTHERS.opens(text)
}

/// How a role weighs as evidence of where a person belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Conferred for life by a body the person need not work for: 院士.
    Honour,
    Post,
}

static ROLES: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
    grouped(include_str!("../data/role_words.txt"))
        .map(|(group, word)| (word, if group == "honour" { Role::Honour } else { Role::Post }))
        .collect()
});

/// Finds the roles of a text, the longest at every place.
pub(super) fn roles(text: &str) -> impl Iterator<Item = Range<usize>> {
    static NAMES: LazyLock<Trie<()>> = LazyLock::new(|| set(ROLES.keys().copied()));
    let names = &*NAMES;
    let mut done = 0;
    text.char_indices().filter(|&(_, c)| names.may_open(c)).filter_map(move |(at, _)| {
        let (length, ()) = if at < done { None } else { names.longest(&text[at..]) }?;
        done = at + length;
        Some(at..done)
    })
}

/// The role that a text ends with, and the byte where it starts.
pub(super) fn role_at_end(text: &str) -> Option<(usize, Role)> {
    let starts = text.char_indices().rev().take(7).map(|(at, _)| at);
    starts.filter_map(|at| ROLES.get(&text[at..]).map(|&role| (at, role))).last()
}

/// Bytes of the verb of speech that a text opens with.
pub(super) fn speech(text: &str) -> Option<usize> {
    static VERBS: LazyLock<Trie<()>> = LazyLock::new(|| set(words(include_str!("../data/speech_verbs.txt"))));
    VERBS.longest(text).map(|(end, ())| end)
}

/// Tells whether what follows a name shows that the name has ended.
pub(super) fn ends_name(rest: &str) -> bool {
    static FOLLOWERS: LazyLock<Trie<()>> = LazyLock::new(|| {
        let followers = words(include_str!("../data/name_followers.txt"));
        set(followers.chain(ROLES.keys().copied()))
    });
    !rest.starts_with(crate::text::is_han) || speech(rest).is_some() || FOLLOWERS.opens(rest)
}

fn set<'a>(words: impl Iterator<Item = &'a str>) -> Trie<()> {
    Trie::new(words.map(|word| (word, ())))
}
