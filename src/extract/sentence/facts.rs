use std::sync::LazyLock;

use super::{HEADS, contribution_label};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon},
        listing::is_institution_name,
        spaced::{has_gap, word_ranges},
        value::is_title,
    },
    text::{Passage, is_han, parse_integer, simplified, width},
};

/// What a sentence says before a rank: `排名第1`.
pub(in crate::extract) const RANK_WORDS: [&str; 3] = ["排名", "排序", "位次"];

/// The facts before a contribution, and the contribution where no label announces it.
fn parted(head: &Passage, entity: Entity, labelled: bool) -> (Vec<(Field, Passage)>, Option<Passage>) {
    let line = blank_parted(head.text(), 2).or_else(|| gap_parted(head.text()));
    let parts = match &line {
        // The marks stand in the place of blanks, as many bytes as these.
        Some(line) => {
            let ends = line
                .char_indices()
                .filter(|&(_, c)| matches!(c, '，' | ','))
                .map(|(at, c)| (at, c.len_utf8()));
            let ends: Vec<(usize, usize)> = ends.chain([(line.len(), 0)]).collect();
            let starts = std::iter::once(0).chain(ends.iter().map(|&(at, length)| at + length));
            let parts = starts.zip(&ends).map(|(from, &(to, _))| head.slice(from..to).trimmed());
            parts.filter(|part| !part.is_blank()).collect()
        }
        None => head.split(|c| "，,；;。".contains(c)),
    };
    let deed = parts.iter().position(|part| {
        HEADS.deed.is_match(&simplified(part.text()))
            && !part.text().contains(['：', ':'])
            && bare_label(part.text()).is_none()
            && verbal(part).is_none()
    });
    let deed = match entity {
        Entity::Contributor if !labelled => {
            let ended = after_full_stop(head, &parts[..deed.unwrap_or(parts.len())]);
            ended.or(deed)
        }
        _ => deed,
    };
    // What is said of an institution before it, but for its place, is told of what it did.
    let deed = match entity {
        Entity::Institution => deed.map(|deed| {
            let is_fact = |part: &Passage| place(part.text()).is_some() || part.text().contains(['：', ':']);
            parts[..deed].iter().rposition(is_fact).map_or(0, |at| at + 1)
        }),
        _ => deed,
    };
    let deed_from = deed.and_then(|at| offset(head, &parts[at]));
    let known = &parts[..deed.unwrap_or(parts.len())];
    let facts = if entity == Entity::Contributor { merged_facts(known) } else { Vec::new() };
    (facts, deed_from.map(|from| head.slice(from..head.text().len()).trimmed()))
}

/// Where a part begins in the text that it was cut from.
fn offset(text: &Passage, part: &Passage) -> Option<usize> {
    let start = part.start()?;
    text.pieces()
        .find_map(|(at, span)| (span.start <= start && start <= span.end).then(|| at + start - span.start))
}

/// `教授，甲医院院长。绘制图谱，提出…`: the first part behind a full stop that says nothing of who somebody is.
fn after_full_stop(head: &Passage, parts: &[Passage]) -> Option<usize> {
    if !head.text().contains('。') {
        return None;
    }
    let is_fact = |part: &Passage| {
        said(part).iter().any(|(field, value)| match field {
            Field::Post => is_post(value.text()),
            _ => true,
        })
    };
    let behind_stop =
        |part: &Passage| offset(head, part).is_some_and(|at| head.text()[..at].trim_end().ends_with('。'));
    (1..parts.len()).find(|&at| {
        behind_stop(&parts[at])
            && !is_fact(&parts[at])
            && !lacks(parts[at].text())
            && parts[..at].iter().any(is_fact)
    })
}

/// `第一完成人　陈一　主任医师　甲医院`: a line that blanks part, with commas in the place of those that stand
/// between words; one between two single characters belongs to a name.
fn blank_parted(line: &str, fewest: usize) -> Option<String> {
    if line.len() > 400 || line.contains(['，', ',', '；', ';', '。', '：', ':']) {
        return None;
    }
    // `陈一/甲医院/主任医师/…`
    if line.matches(['/', '／']).count() >= fewest {
        return Some(line.replace('/', ",").replace('／', "，"));
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() < fewest || !line.contains(is_han) {
        return None;
    }
    // `（第1完成人）李　明`
    let single = |word: &str| {
        let part = word.rsplit(['）', ')', '】']).next().unwrap_or(word);
        part.chars().take(2).count() == 1
    };
    let (mut out, mut at) = (line.to_owned(), 0);
    for pair in words.windows(2) {
        let from = at + line[at..].find(pair[0])? + pair[0].len();
        at = from;
        let gap = line[from..].chars().next()?;
        let parts =
            pair[0].ends_with(|c| is_han(c) || matches!(c, '）' | ')')) && pair[1].starts_with(is_han);
        let mark = match gap.len_utf8() {
            1 => ",",
            3 => "，",
            _ => continue,
        };
        if parts && !(single(pair[0]) && single(pair[1])) {
            out.replace_range(from..from + gap.len_utf8(), mark);
        }
    }
    (out != line).then_some(out)
}

/// `第1完成人：陈一　　教授　　工作单位：甲医院`: a line that wide gaps part, every further part of which that has a colon has
/// a label, with commas in the place of the gaps.
fn gap_parted(line: &str) -> Option<String> {
    if line.len() > 400
        || !line.contains(['：', ':'])
        || line.contains(['，', ',', '；', ';', '。'])
        || !has_gap(line)
    {
        return None;
    }
    let is_one = |word: &str| {
        let part = word.rsplit(['：', ':', '）', ')', '】']).next().unwrap_or(word);
        part.chars().take(2).count() == 1
    };
    let words = word_ranges(line, 0..line.len());
    let mut out = line.to_owned();
    let mut parts: Vec<usize> = Vec::new();
    for pair in words.windows(2) {
        let gap = &line[pair[0].end..pair[1].start];
        // `陈  一`
        let is_spread = is_one(&line[pair[0].clone()]) && is_one(&line[pair[1].clone()]);
        let first = gap.chars().next()?;
        let mark = match first.len_utf8() {
            1 => ",",
            3 => "，",
            _ => continue,
        };
        if width(gap) >= 2 && !is_spread {
            out.replace_range(pair[0].end..pair[0].end + mark.len(), mark);
            parts.push(pair[1].start);
        }
    }
    let ends = parts.iter().skip(1).copied().chain([line.len()]);
    let is_known = |part: &str| part.find(['：', ':']).is_none_or(|at| of_contributor(&part[..at]).is_some());
    (!parts.is_empty() && parts.iter().zip(ends).all(|(&from, to)| is_known(line[from..to].trim())))
        .then_some(out)
}

/// A line that opens a record, with commas in the place of the blanks that part it; where labels stand in it, only one that
/// begins with an ordinal: the others are read by their labels.
pub(super) fn head_parted(line: &str) -> Option<String> {
    let is_ordinal = || line.trim_start().trim_start_matches(['（', '(', '【']).starts_with('第');
    blank_parted(line, 3).or_else(|| gap_parted(line).filter(|_| is_ordinal()))
}

/// What the parts of a text say, cut at commas and semicolons, the contribution last.
pub(in crate::extract) fn facts(text: &Passage, entity: Entity) -> Vec<(Field, Passage)> {
    let line = simplified(text.text());
    let contribution = contribution_label(&line);
    let head = text.slice(0..contribution.as_ref().map_or(text.text().len(), |found| found.start));
    let (mut fields, deed) = parted(&head, entity, contribution.is_some());
    let value = match contribution {
        Some(found) => Some(text.slice(found.end..text.text().len()).trimmed()),
        None => deed,
    };
    fields.extend(value.map(|value| (Field::Contribution, value)));
    fields
}

fn merged_facts(parts: &[Passage]) -> Vec<(Field, Passage)> {
    let mut facts: Vec<(Field, Passage)> = Vec::new();
    let employer = parts.iter().find_map(labelled_employer);
    // `急诊医学中心主任，工作单位：甲医院`: where a label tells the employer, a post is named with a part of it.
    let is_part = |of: &Passage| of.text().ends_with(['心', '科', '室', '部']);
    let told = |part: &Passage| match (&said(part)[..], &employer) {
        ([(Field::Employer, of), (Field::Post, _)], Some(employer))
            if is_part(of) && of.text() != employer.text() =>
        {
            vec![(Field::Post, part.trimmed())]
        }
        (said, _) => said.to_vec(),
    };
    for (field, value) in parts.iter().flat_map(told) {
        match facts.iter_mut().find(|(known, _)| *known == field) {
            // `甲医院院长，工作单位：甲医院`
            Some((_, known)) if known.text() == value.text() => {}
            Some((_, known)) => known.append("、", &value),
            None => facts.push((field, value)),
        }
    }
    facts
}

/// The value of `工作单位：甲医院`.
fn labelled_employer(part: &Passage) -> Option<Passage> {
    part.text().find(['：', ':'])?;
    fact(part).filter(|(field, _)| *field == Field::Employer).map(|(_, employer)| employer)
}

/// What a part between commas says; `甲医院心内科主任` says two things.
fn said(part: &Passage) -> Vec<(Field, Passage)> {
    if let Some((fields, value)) = verbal(part) {
        let kept = fields.into_iter().filter(|field| *field != Field::Ignored);
        return kept.map(|field| (field, value.clone())).collect();
    }
    let Some((field, value)) = fact(part) else { return Vec::new() };
    if matches!(field, Field::Post | Field::Titles)
        && let Some(at) = institution_end(value.text())
    {
        let rest = value.slice(at..value.text().len()).trimmed();
        let what =
            if rest.text().split(['、', '/', '兼']).any(is_title) { Field::Titles } else { Field::Post };
        return vec![(Field::Employer, value.slice(0..at)), (what, rest)];
    }
    vec![(field, value)]
}

/// A group of `data/post_words.txt`.
fn group(name: &str) -> Vec<&'static str> {
    let lines = include_str!("../data/post_words.txt").lines().filter_map(|line| line.split_once('\t'));
    lines.filter(|(group, _)| *group == name).flat_map(|(_, words)| words.split_whitespace()).collect()
}

/// How posts end.
static POSTS: LazyLock<Vec<&str>> = LazyLock::new(|| group("post"));
/// Tells whether a name is that of an institution, and not of a part that is named without it: `材料学院` is one.
fn is_whole(name: &str) -> bool {
    static WORDS: LazyLock<[Vec<&str>; 4]> =
        LazyLock::new(|| ["whole", "school", "placed", "place"].map(group));
    let [whole, school, placed, place] = &*WORDS;
    let before = |endings: &[&str]| endings.iter().find_map(|ending| name.strip_suffix(ending));
    let has = |before: &str, words: &[&str]| words.iter().any(|word| before.contains(word));
    before(whole).is_some()
        || before(school).is_some_and(|before| has(before, school))
        || before(placed)
            .is_some_and(|before| has(before, place) && !has(before, whole) && !has(before, school))
}

/// Tells whether a text names a post by its ending, or says that there is none.
pub(in crate::extract) fn is_post(text: &str) -> bool {
    let is_none = matches!(text, "无" | "無" | "/");
    is_none || POSTS.iter().any(|post| text.trim_end_matches(['）', ')']).ends_with(post))
}

/// Where the institution ends that somebody's title or post is named with.
pub(super) fn institution_end(text: &str) -> Option<usize> {
    if text.chars().take(41).count() > 40 || is_institution_name(text) {
        return None;
    }
    let first = &text[..text.find('、').unwrap_or(text.len())];
    // `材料学院副院长` is a post: what is no whole institution is a part of one.
    let ends_before_role = |at: usize| {
        let rest = text[at..].trim();
        let is_post = POSTS.iter().any(|post| rest.ends_with(post)) || rest.ends_with(['科', '系', '室']);
        rest.split(['、', '/', '兼']).any(is_title) && is_institution_name(&text[..at])
            || is_post && is_whole(&text[..at])
    };
    first.char_indices().skip(3).map(|(at, _)| at).filter(|&at| ends_before_role(at)).last()
}

/// What a part between commas says: `标签：值`, a professional title, an institution, else a post.
fn fact(part: &Passage) -> Option<(Field, Passage)> {
    let text = part.text().trim_matches(['）', ')', '（', '(', ' ']);
    if let Some(colon) = part.text().find(['：', ':']) {
        let meanings = Lexicon::get().label(&part.text()[..colon]);
        if let Some(&(_, field)) = meanings.iter().find(|(entity, _)| *entity == Entity::Contributor) {
            let end = colon + part.text()[colon..].chars().next().map_or(1, char::len_utf8);
            let value = part.slice(end..part.text().len()).trimmed();
            return (field != Field::Ignored).then_some((field, value));
        }
    }
    if let Some((field, at)) = bare_label(part.text()) {
        return Some((field, part.slice(at..part.text().len()).trimmed()));
    }
    let value = part.trimmed_matches(|c| c.is_whitespace() || "（）()".contains(c));
    if lacks(text) {
        return None;
    }
    if let Some(rank) = place(text) {
        let start = part.text().find(rank)?;
        return Some((Field::Rank, part.slice(start..start + rank.len())));
    }
    if matches!(text, "男" | "女") || text.ends_with("族") || text.ends_with("出生") || is_birth(text) {
        return None;
    }
    Some(match () {
        () if text.split(['、', '/']).any(is_title) => (Field::Titles, value),
        () if is_institution_name(text) || is_latin_institution(text) => (Field::Employer, part.trimmed()),
        () => {
            let known = ["现任", "时任", "现担任", "担任", "现为"];
            let start = known.iter().find_map(|word| value.text().strip_prefix(word));
            let start = start.map_or(0, |post| value.text().len() - post.len());
            (Field::Post, value.slice(start..value.text().len()).trimmed())
        }
    })
}

/// `完成单位甲医院`, `技术职称教授`: a label and its value without a mark between them.
fn bare_label(text: &str) -> Option<(Field, usize)> {
    const LABELS: [&str; 9] = [
        "完成单位",
        "工作单位",
        "所在单位",
        "现工作单位",
        "专业技术职称",
        "技术职称",
        "职称",
        "行政职务",
        "职务",
    ];
    let label = LABELS.iter().find(|label| text.trim_start().starts_with(**label))?;
    let at = text.len() - text.trim_start().len() + label.len();
    let value = text[at..].trim();
    let (_, field) = of_contributor(label)?;
    let suits = match field {
        Field::Titles => value.split(['、', '/']).all(is_title),
        Field::Post => is_post(value),
        _ => is_institution_name(value),
    };
    suits.then_some((field, at))
}

/// `行政职务为科主任`, `工作单位和完成单位均为甲医院`: labels and their value with a verb between them.
fn verbal(part: &Passage) -> Option<(Vec<Field>, Passage)> {
    let text = part.text();
    let (at, verb) = text.char_indices().find(|&(_, c)| matches!(c, '为' | '是' | '為'))?;
    let fields = shared(text[..at].trim_end_matches(['均', '都', '皆']))?;
    Some((fields, part.slice(at + verb.len_utf8()..text.len()).trimmed()))
}

/// The fields that a label names: one, or two of one value.
fn shared(label: &str) -> Option<Vec<Field>> {
    if let Some((_, field)) = of_contributor(label) {
        return Some(vec![field]);
    }
    let (first, second) = label.split_once(['和', '及', '与', '、', '/'])?;
    Some(vec![of_contributor(first)?.1, of_contributor(second)?.1])
}

/// `无行政职务`, `行政职务无`: somebody has nothing of what a label asks for.
fn lacks(text: &str) -> bool {
    let text = text.trim();
    let none = ["无", "無", "暂无", "没有", "未担任", "不担任"];
    let label = none.iter().find_map(|word| text.strip_prefix(word).or_else(|| text.strip_suffix(word)));
    label.is_some_and(|label| label.is_empty() || of_contributor(label).is_some())
}

/// What a label means in the record of a person.
fn of_contributor(label: &str) -> Option<(Entity, Field)> {
    Lexicon::get().label(label).into_iter().find(|(entity, _)| *entity == Entity::Contributor)
}

/// The number in `排名第1`, `项目第一完成人`.
fn place(text: &str) -> Option<&str> {
    // `陈一（1）`
    if (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text);
    }
    let ranked = RANK_WORDS.iter().find_map(|word| text.strip_prefix(word));
    let number = match ranked {
        Some(rank) => rank.trim_start_matches(['第', ' ']).trim_end_matches(['名', '位']),
        None => {
            let bare = text.trim_start_matches("本").trim_start_matches("项目").strip_prefix('第')?;
            let bare = ["完成人", "完成单位", "候选人"].iter().find_map(|word| bare.strip_suffix(word))?;
            bare.trim_end_matches("主要")
        }
    };
    parse_integer(number).map(|_| number.trim())
}

/// `1966年生`
fn is_birth(text: &str) -> bool {
    text.strip_suffix('生')
        .is_some_and(|date| date.ends_with(['年', '月']) && date.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_latin_institution(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["University", "Hospital", "Institute", "College", "School", "Center", "Centre", "Academy"];
    text.starts_with(|c: char| c.is_ascii_uppercase()) && WORDS.iter().any(|word| text.contains(word))
}
