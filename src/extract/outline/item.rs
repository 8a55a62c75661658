use super::inline::inline;
use crate::{
    extract::{
        citation::{citation, enumerator},
        lexicon::{Entity, Field},
        narrow::Narrow,
        right::{right, rights},
        spaced::{gaps, has_gap},
    },
    text::Passage,
};

/// An item of a list of papers or rights, as far as it was read.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) entity: Entity,
    pub(super) text: Passage,
}

impl Item {
    /// Tells whether what is there of it reads as a paper or a right.
    pub(super) fn is_whole(&self) -> bool {
        !record(self).is_empty()
    }
}

/// The records of an item: one, or several rights of one paragraph. A form may ask for `论文1：<…>`.
pub(super) fn record(item: &Item) -> Vec<Vec<(Field, Passage)>> {
    match item.entity {
        Entity::Paper => {
            let text = unbracketed(&item.text);
            citation(&text).or_else(|| labelled_paper(&text)).into_iter().collect()
        }
        _ => rights(&unslashed(&unbracketed(&item.text))).iter().filter_map(right_in_gaps).collect(),
    }
}

/// Reads a right. `4. 实用新型　ZL…　一种装置　陈一`: gaps may part a single holder from the title, where nothing else does.
fn right_in_gaps(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    let names = |fields: &Vec<(Field, Passage)>| fields.iter().any(|(field, _)| *field == Field::Holders);
    let plain = right(text);
    let is_whole = plain.as_ref().is_none_or(names) || !has_gap(text.text());
    let parts = if is_whole { Vec::new() } else { gaps(text) };
    let mut apart = Passage::default();
    parts.iter().for_each(|part| apart.append("；", part));
    let read = if parts.len() < 4 { None } else { right(&apart).filter(names) };
    read.or(plain)
}

/// `论文1：题名（期刊：…；年份：…；全部作者：…）`: a title, and labels for all the rest.
fn labelled_paper(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    let narrow = Narrow::new(text);
    let (number, from) = enumerator(narrow.text());
    let of_paper =
        |meanings: &[(Entity, Field)]| meanings.iter().copied().find(|(entity, _)| *entity == Entity::Paper);
    let (title, rest) = inline(&narrow.slice(from..narrow.text().len()), of_paper);
    let has = |wanted: Field| rest.iter().any(|((_, field), _)| *field == wanted);
    if !has(Field::Journal) || rest.len() < 3 || has(Field::PaperTitle) || title.is_blank() {
        return None;
    }
    let mut fields: Vec<(Field, Passage)> =
        number.map(|number| (Field::Number, narrow.slice(number))).into_iter().collect();
    fields.push((Field::PaperTitle, title.trimmed_matches(|c| "《》“”，,。. ".contains(c))));
    fields.extend(rest.into_iter().map(|((_, field), value)| (field, without_end(&value))));
    Some(fields)
}

/// Without the bracket that closes what stood before the value.
fn without_end(value: &Passage) -> Passage {
    let text = value.text();
    let lone = |open: [char; 2], close: [char; 2]| {
        text.ends_with(close) && text.matches(open).count() < text.matches(close).count()
    };
    if lone(['（', '('], ['）', ')']) {
        let end = text.char_indices().next_back().map_or(0, |(at, _)| at);
        return value.slice(0..end).trimmed();
    }
    value.clone()
}

/// `一种装置/发明专利/ZL…/2019.07.20/陈一`, `一种装置 ｜ 发明专利 ｜ ZL…`: slashes or bars part what commas would.
fn unslashed(text: &Passage) -> Passage {
    let line = text.text();
    let is_slashed = line.matches(['/', '／']).count() >= 3 && !line.contains(['，', ',', '；', ';', '。']);
    let marks = match () {
        () if is_barred(line) => ['|', '｜'],
        () if is_slashed => ['/', '／'],
        () => return text.clone(),
    };
    let mut out = Passage::default();
    for part in text.split(|c| marks.contains(&c)) {
        out.append("；", &part);
    }
    out
}

/// Tells whether bars part what a line says.
pub(super) fn is_barred(line: &str) -> bool {
    line.matches(['|', '｜']).count() >= 2
}

/// Leaves out angle brackets, which only show where to fill in.
fn unbracketed(text: &Passage) -> Passage {
    let mut out = Passage::default();
    for part in text.split(|c| matches!(c, '<' | '>' | '＜' | '＞' | '‹' | '›')) {
        out.append("", &part);
    }
    if out.text().len() < text.text().len() { out } else { text.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn gaps_part_a_single_holder_from_the_title() {
        let out = outline(&paragraphs([
            "知识产权目录",
            "1. 发明专利　ZL201911348062.5　一种输注泵　陈一，李二　2022年6月10日",
            "2. 实用新型专利  ZL201921348063.X  一种打孔盒  陈一  2022年2月18日",
            "3. 软件著作权　2023SR0086649　罕见病管理系统V1.0　甲大学附属医院　2023年9月18日",
            "4. 软件著作权　2023SR0086650　某病 管理系统　V1.0",
        ]));
        assert_eq!(
            told(&out.ip, [Field::IpTitle, Field::Holders, Field::GrantDate]),
            [
                "一种输注泵 | 陈一；李二 | 2022年6月10日",
                "一种打孔盒 | 陈一 | 2022年2月18日",
                "罕见病管理系统V1.0 | 甲大学附属医院 | 2023年9月18日",
                "某病 管理系统　V1.0 |  | "
            ]
        );
    }
}
