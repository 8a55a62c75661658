use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Class, Kind, Token, is_common, surname, tokens};
use crate::text::is_han;

/// An institution named in a text, at bytes `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the word starts that the name ends with.
    pub(super) word: usize,
    pub(super) proof: Proof,
    class: Class,
    /// Index of the token after the last.
    next: usize,
}

/// What shows that a run of words is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// Its own left edge.
    Edge,
    /// Nothing yet; it counts if it is listed beside a proved name.
    IfListed,
    /// Nothing yet; it counts if it is listed beside a proved name or shortens one.
    IfKnown,
}

/// Finds the institutions named in a text, in order and without overlap. Those that nothing in this
/// text proves but that may shorten a name of another text are among them.
///
/// `roles` are those of the text.
pub(super) fn institutions(text: &str, roles: &[Range<usize>]) -> Vec<Found> {
    let tokens = tokens(text);
    let line = Line { text, tokens: &tokens, roles };
    let mut found: Vec<Found> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Word(class) = token.kind else { continue };
        let next = tokens.get(at + 1).map(|next| next.kind);
        if matches!(next, Some(Kind::Word(part)) if !matches!(part, Class::Branch | Class::Whole) && !class.heads(part))
        {
            continue; // 中心医院, 医院协会: the name goes on
        }
        let part = found.last().filter(|head| line.is_part(at, class, head)).copied();
        let judged = match part {
            Some(head) => {
                found.pop();
                Some((head.start, head.proof))
            }
            None => line.judge(at, class, found.last().map_or(0, |last| last.next)),
        };
        if let Some((start, proof)) = judged {
            found.push(Found { start, end: token.end, word: token.start, proof, class, next: at + 1 });
        }
    }
    add_newspapers(text, &mut found);
    prove_listed(text, &mut found);
    found.retain(|name| name.proof != Proof::IfListed);
    found
}

struct Line<'a> {
    text: &'a str,
    tokens: &'a [Token],
    roles: &'a [Range<usize>],
}

/// Characters between the left edge of a name and its last word, at most.
const LONGEST: usize = 24;

impl Line<'_> {
    /// Tells whether the word at token `at` ends a name that `head` opens: 某大学附属某医院.
    fn is_part(&self, at: usize, class: Class, head: &Found) -> bool {
        if at - head.next > LONGEST {
            return false;
        }
        let gap = &self.tokens[head.next..at];
        let modifier = &self.text[head.end..self.tokens[at].start];
        let placed = gap.iter().any(|token| token.kind == Kind::Place);
        let open = gap.iter().all(|token| {
            matches!(token.kind, Kind::Han | Kind::Place | Kind::Nation | Kind::Latin | Kind::Word(_))
        });
        let numbered = head.class == Class::Hospital && class == Class::Centre && modifier.starts_with('第');
        let fits = match class {
            Class::Branch => placed || modifier.starts_with('第'),
            _ => true,
        };
        open && fits && (head.class.heads(class) || numbered) && modifier.chars().count() <= LONGEST
    }

    /// Finds where the name starts that the word at token `at` ends, not before token `floor`.
    fn judge(&self, at: usize, class: Class, floor: usize) -> Option<(usize, Proof)> {
        if class == Class::Whole {
            return Some((self.tokens[at].start, Proof::Edge));
        }
        if class == Class::Branch {
            return None;
        }
        let low = self.left_end(at, floor);
        let joint = (low..at).rev().find(|&i| self.separates(i, low));
        let near = joint.map_or(low, |joint| joint + 1);
        if let Some(start) = self.headed(near, at, class) {
            return Some((start, Proof::Edge));
        }
        let bare = self.unheaded(near, at, class);
        if matches!(bare, Some((_, Proof::Edge))) {
            return bare;
        }
        // 国家甲与乙研究中心: nothing nearer opens the name, so the joint stands inside it.
        let whole =
            joint.is_some_and(|joint| joint > low && !matches!(self.tokens[joint - 1].kind, Kind::Word(_)));
        let crossed = if whole { self.headed(low, at, class) } else { None };
        crossed.map(|start| (start, Proof::Edge)).or(bare)
    }

    /// Tells whether token `at` may part two names. 和 does not where a clause opens with it, or right
    /// behind a place: 甲市和某科技公司.
    fn separates(&self, at: usize, low: usize) -> bool {
        let placed = at > low && self.tokens[at - 1].kind == Kind::Place;
        let opens = match at.checked_sub(1).map(|i| self.tokens[i]) {
            Some(before) => before.kind == Kind::Mark && !self.is_one_of(at - 1, "、），)"),
            None => true,
        };
        self.tokens[at].kind == Kind::Joint && !opens && !placed
    }

    /// Index of the leftmost token that could belong to the name that ends at token `at`.
    fn left_end(&self, at: usize, floor: usize) -> usize {
        let mut low = at;
        while low > floor && at - low < 2 * LONGEST {
            let token = self.tokens[low - 1];
            let neighbours = [low.checked_sub(2), Some(low)].into_iter().flatten();
            let inside = match token.kind {
                Kind::Edge => false,
                Kind::Mark => {
                    // 某科技（天津）有限公司
                    let place = low >= 3 && matches!(self.tokens[low - 2].kind, Kind::Place | Kind::Nation);
                    if place && self.is_one_of(low - 1, "）)") && self.is_one_of(low - 3, "（(") {
                        low -= 3;
                        continue;
                    }
                    false
                }
                Kind::Space => neighbours.map(|i| self.tokens[i].kind).any(|kind| kind == Kind::Latin),
                Kind::Digits => low == at || (low >= 2 && self.is_one_of(low - 2, "第")),
                Kind::Joint | Kind::Word(_) | Kind::Han | Kind::Place | Kind::Nation | Kind::Latin => true,
            };
            if !inside {
                break;
            }
            low -= 1;
        }
        low
    }

    fn is_one_of(&self, at: usize, set: &str) -> bool {
        let token = self.tokens[at];
        set.contains(&self.text[token.start..token.end])
    }

    /// Where a name starts that a place or a nation opens.
    fn headed(&self, low: usize, at: usize, class: Class) -> Option<usize> {
        let places = |range: Range<usize>| {
            range.rev().find(|&i| {
                let bracketed = i > low && self.tokens[i - 1].kind == Kind::Mark;
                matches!(self.tokens[i].kind, Kind::Place | Kind::Nation) && !bracketed
            })
        };
        let mut head = places(low..at)?;
        let nearest = head;
        // 北京平安康复医院 holds 安康: a place close behind another one belongs to its name.
        while let Some(before) = places(low..head) {
            let between = &self.text[self.tokens[before].end..self.tokens[head].start];
            let joined = self.tokens[before..head].iter().any(|token| token.kind == Kind::Joint);
            if joined || between.chars().count() > 4 {
                break;
            }
            head = before;
        }
        let modifier = self.text[self.tokens[nearest].end..self.tokens[at].start].trim();
        let national = self.tokens[head..=nearest].iter().all(|token| token.kind == Kind::Nation);
        let word = &self.text[self.tokens[at].start..self.tokens[at].end];
        let before = (low..head).rev().find(|&i| self.tokens[i].kind != Kind::Space);
        let latin = before.filter(|&i| self.tokens[i].kind == Kind::Latin && class == Class::Network);
        if let Some(latin) = latin {
            return Some(self.tokens[latin].start); // ABC全国协作网
        }
        fits(class, national, modifier, word).then_some(self.tokens[head].start)
    }

    /// Where a name starts that no place opens, and what proves it.
    fn unheaded(&self, low: usize, at: usize, class: Class) -> Option<(usize, Proof)> {
        use Class::*;
        let (low, at_word) = (self.skip_spaces(low, at), self.tokens[at]);
        let start = self.tokens[low].start;
        let modifier = self.text[start..at_word.start].trim();
        let length = modifier.chars().count();
        let proper = matches!(class, Hospital | University | Company);
        let common = is_common(modifier) && (proper || length < 6);
        if !(2..=LONGEST).contains(&length) || common || class == Organisation {
            return None;
        }
        let before = low.checked_sub(1).map(|i| self.tokens[i]);
        let quoted = before.is_some_and(|token| self.text[token.start..].starts_with(['“', '「', '『']))
            && self.text[at_word.end..].starts_with(['”', '」', '』']);
        let preposition = low > 0 && "在由向从与到于".contains(&self.text[self.tokens[low - 1].start..start]);
        let titled = self.roles.binary_search_by_key(&at_word.end, |role| role.start).is_ok();
        let proved = match class {
            _ if opens_with_division(modifier) => {
                !matches!(class, Centre | Base | Laboratory | Division) || length > 6
            }
            Hospital => (titled || preposition) && length <= 4,
            University => length <= 4,
            Company => {
                let marked = before.is_none_or(|token| token.kind == Kind::Mark || token.kind == Kind::Space);
                at_word.end - at_word.start > "公司".len() || (marked && is_brand(modifier))
            }
            Foundation => surname(modifier).is_some() && length >= 3,
            Centre | Base | Institute | Network => acronym(modifier) || (quoted && length >= 6),
            Laboratory | Alliance | Association => quoted && length >= 6,
            _ => false,
        };
        if proved {
            Some((start, Proof::Edge))
        } else if proper && length <= 6 {
            Some((start, Proof::IfKnown))
        } else if length >= 4 && !matches!(class, Authority | Government | Division | Committee | College) {
            Some((start, Proof::IfListed))
        } else {
            None
        }
    }

    fn skip_spaces(&self, low: usize, at: usize) -> usize {
        (low..at).find(|&i| self.tokens[i].kind != Kind::Space).unwrap_or(at)
    }
}

/// Tells whether a place or a nation with `modifier` behind it makes a name of the class and not a
/// common noun: 国家实验室, 中国大型医院, 某市公司.
fn fits(class: Class, national: bool, modifier: &str, word: &str) -> bool {
    use Class::*;
    let length = modifier.chars().count();
    if length > LONGEST {
        return false;
    }
    match class {
        Organisation => national && (1..=6).contains(&length),
        Division => ["委", "政府", "人民政府", "党委", "市委", "省委"].contains(&modifier),
        Government => !national && length <= 8,
        Authority if length == 0 => word.chars().count() > 1,
        Academy => true,
        _ if length == 0 => !national && matches!(class, Hospital | University),
        Hospital | University | College => !national || !is_common(modifier),
        Company => !is_common(modifier),
        _ => true,
    }
}

/// Tells whether a text opens with a place that its administrative word shows: 某县, 某某区.
fn opens_with_division(modifier: &str) -> bool {
    #[expect(clippy::expect_used, reason = "a literal pattern")]
    static DIVISION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Han}{1,5}?(?:自治州|自治县|[省市县区州旗镇])").expect("a literal pattern")
    });
    const COMMON: [&str; 24] = [
        "社区", "地区", "小区", "城区", "市区", "郊区", "病区", "院区", "园区", "片区", "城市", "都市",
        "超市", "上市", "省市", "市县", "战区", "分区", "老区", "灾区", "疫区", "山区", "辖区", "校区",
    ];
    DIVISION.find(modifier).is_some_and(|found| !COMMON.iter().any(|word| found.as_str().ends_with(word)))
}

/// Tells whether a Latin name of five letters or more opens the text, with little behind it.
fn acronym(modifier: &str) -> bool {
    let rest = modifier.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    modifier.len() - rest.len() >= 5 && rest.chars().count() <= 4 && rest.chars().all(is_han)
}

/// Tells whether a text is two to four characters with a line of business behind: 某某科技.
fn is_brand(modifier: &str) -> bool {
    let cuts = modifier.char_indices().map(|(at, _)| at).skip(2).take(3);
    modifier.chars().all(is_han)
        && cuts.into_iter().any(|at| is_common(&modifier[at..]) && !is_common(&modifier[..at]))
}

/// Adds the newspapers: 《某某日报》.
fn add_newspapers(text: &str, found: &mut Vec<Found>) {
    #[expect(clippy::expect_used, reason = "a literal pattern")]
    static NEWSPAPER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"《(\p{Han}{1,8}报)》").expect("a literal pattern"));
    const OTHER: [&str; 8] = ["学报", "公报", "简报", "通报", "汇报", "预报", "快报", "海报"];
    for name in NEWSPAPER.captures_iter(text).filter_map(|captures| captures.get(1)) {
        if OTHER.iter().any(|word| name.as_str().ends_with(word)) {
            continue;
        }
        let word = name.end() - '报'.len_utf8();
        found.push(Found {
            start: name.start(),
            end: name.end(),
            word,
            proof: Proof::Edge,
            class: Class::Whole,
            next: 0,
        });
    }
    found.sort_by_key(|name| name.start);
}

/// Proves names by the proved names they are listed with.
fn prove_listed(text: &str, found: &mut [Found]) {
    let listed = |left: &Found, right: &Found| {
        let between = text.get(left.end..right.start).unwrap_or("?");
        ["、", "与", "和", "及", "以及"].contains(&between)
    };
    for i in 1..found.len() {
        if found[i - 1].proof == Proof::Edge && listed(&found[i - 1], &found[i]) {
            found[i].proof = Proof::Edge;
        }
    }
    for i in (1..found.len()).rev() {
        if found[i].proof == Proof::Edge && listed(&found[i - 1], &found[i]) {
            found[i - 1].proof = Proof::Edge;
        }
    }
}
