use crate::{
    extract::{
        enumerator::strip_enumerator,
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        listing::{is_institution_name, is_person_name},
        sentence::{facts, ordinal_heading},
        spaced::{gaps, has_gap},
    },
    source::{Block, Row},
    text::{Passage, boundary, is_han, is_wider},
};

/// No page has more cards side by side.
const MOST: usize = 6;

/// Nor have rows more cells, where some span several columns.
const MOST_CELLS: usize = 24;

/// Nor is the line wider that says whose card it is.
const COLUMNS: usize = 60;

/// People or institutions side by side, each told of in lines of its own: cells `陈一⏎职称：教授⏎单位：甲医院`, or
/// rows whose cells bear one label. The lines of each card, and of the headings between them; `None` where the
/// table is any other.
pub(super) fn cards(rows: &[Row]) -> Option<Vec<Vec<Passage>>> {
    let first = rows.first().filter(|row| row.len() <= MOST_CELLS)?;
    if !first.iter().filter(|cell| !cell.is_blank()).all(may_open)
        || !distinct(first).iter().all(|cell| opens(cell))
    {
        return None;
    }
    if rows.iter().any(|row| row.len() > MOST_CELLS) {
        return None;
    }
    let width = rows.iter().map(|row| distinct(row).len()).max()?;
    if !(2..=MOST).contains(&width) {
        return None;
    }
    let mut cards: Vec<Vec<Passage>> = Vec::new();
    let mut opened = 0;
    // How all cards begin: with this label, or with none.
    let opening = lines(distinct(&rows[0]).first()?).first().map(labelled)?;
    let begins =
        |cell: &&Passage| opens(cell) && lines(cell).first().map(labelled).as_ref() == Some(&opening);
    // The cards that go on, by their columns.
    let mut band: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        let cells: Vec<(usize, &Passage)> =
            row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).collect();
        let filled = distinct(row);
        let is_one = filled.len() == 1 && !filled[0].text().contains('\n');
        if filled.iter().all(begins) && !(is_one && width > 1 && !is_named(filled[0])) {
            band.clear();
            for (column, cell) in cells.into_iter().filter(|(_, cell)| distinct_at(row, cell)) {
                band.push((column, cards.len()));
                cards.push(lines(cell));
                opened += 1;
            }
        } else if is_one && band.is_empty() || is_one && row.len() > 1 && is_spanned(row) {
            band.clear();
            cards.push(vec![filled[0].clone()]);
        } else if is_alike(&filled) || band.iter().any(|&(_, card)| has_label(&cards[card])) {
            for (column, cell) in cells {
                let &(_, card) = band.iter().find(|&&(at, _)| at == column)?;
                cards[card].extend(lines(cell));
            }
        } else {
            return None;
        }
    }
    let is_card =
        |card: &Vec<Passage>| card.len() < 2 || has_label(card) || is_counted(card) || are_facts(card);
    let told = cards.iter().filter(|card| card.len() > 1).count();
    (opened >= 2 && told * 2 > opened && cards.iter().all(is_card)).then(|| {
        let tidied = cards.into_iter().map(|card| {
            let is_whole = card.len() < 2 || has_label(&card) || is_counted(&card);
            if is_whole { card } else { vec![sentence(&card)] }
        });
        tidied.collect()
    })
}

/// Cards in lines whose gaps part them; how many lines they are.
pub(super) fn beside_cards(blocks: &[Block]) -> Option<(usize, Vec<Vec<Passage>>)> {
    let line = |at: usize| match blocks.get(at) {
        Some(Block::Paragraph { text, .. }) if has_gap(text.text()) => Some(cells(text)),
        _ => None,
    };
    let first = line(0).filter(|cells| cells.len() >= 2 && cells.iter().all(opens))?;
    line(1).filter(|cells| is_alike(&cells.iter().collect::<Vec<_>>()))?;
    let rows: Vec<Row> = (0..60 * MOST)
        .map_while(|at| line(at).filter(|cells| cells.len() <= first.len()))
        .take_while(|cells| cells.iter().all(opens) || is_alike(&cells.iter().collect::<Vec<_>>()))
        .collect();
    Some((rows.len(), cards(&rows)?))
}

/// The parts between the gaps of a line, the characters of a name put together again.
fn cells(line: &Passage) -> Row {
    // `2. 李　二`: the last word before the gap, and all behind it.
    let is_single = |text: &str| text.chars().nth(1).is_none() && text.chars().all(is_han);
    let mut row = Row::new();
    let mut joins = false;
    for part in gaps(line) {
        let single = is_single(part.text());
        let ends = part.text().split_whitespace().next_back().is_some_and(is_single);
        match row.last_mut().filter(|_| joins && single) {
            Some(last) => last.append("", &part),
            None => row.push(part),
        }
        joins = ends && !(joins && single);
    }
    row
}

/// The cells of a row that are not blank, one that spans several columns once.
fn distinct(row: &Row) -> Vec<&Passage> {
    row.iter().filter(|cell| !cell.is_blank() && distinct_at(row, cell)).collect()
}

/// Tells whether a cell is the first of those that are the same.
fn distinct_at(row: &Row, cell: &Passage) -> bool {
    row.iter().find(|other| other.start() == cell.start()).is_some_and(|first| std::ptr::eq(first, cell))
}

fn is_spanned(row: &Row) -> bool {
    row.iter().filter(|cell| !cell.is_blank()).count() <= 1 || distinct(row).len() == 1
}

/// The lines of a cell; where these are lost, it is cut before its labels: `陈一 职称：教授 单位：甲医院`.
fn lines(cell: &Passage) -> Vec<Passage> {
    let text = cell.text();
    if text.contains('\n') || !text.contains(['：', ':']) {
        return cell.split(|c| c == '\n');
    }
    let mut cuts = vec![0];
    for (at, blank) in text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let from = at + blank.len_utf8();
        let head = &text[from..from + boundary(&text[from..], 4 * COLUMNS)];
        let label = head.find(['：', ':']).map(|colon| &head[..colon]);
        let is_label = label.is_some_and(|label| {
            !label.is_empty()
                && !is_wider(label, COLUMNS)
                && !label.contains(char::is_whitespace)
                && Lexicon::get().label(label).iter().any(|(entity, field)| {
                    matches!(entity, Entity::Contributor | Entity::Institution) && *field != Field::Ignored
                })
        });
        if is_label {
            cuts.push(from);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    let parts = cuts.iter().zip(ends).map(|(&from, to)| cell.slice(from..to).trimmed());
    parts.filter(|part| !part.is_blank()).collect()
}

/// A cheap look at what [`cards`] asks for.
fn may_open(cell: &Passage) -> bool {
    let first = cell.text().lines().next().unwrap_or_default();
    !is_wider(first, COLUMNS) || first.contains(['：', ':'])
}

/// Tells whether a cell begins a card: with a name, the number of a record, or the label of either.
fn opens(cell: &Passage) -> bool {
    let Some(first) = lines(cell).into_iter().next().filter(|first| !is_wider(first.text(), COLUMNS)) else {
        return false;
    };
    ordinal_heading(&first).is_some() || is_ordinal(first.text()) || is_named(&first) || opening_label(&first)
}

fn opening_label(line: &Passage) -> bool {
    let opening = |field: &Field| matches!(field, Field::Name | Field::InstitutionName);
    line.text().contains(['：', ':'])
        && split_at_label(line).is_some_and(|(meanings, value)| {
            !value.is_blank() && meanings.iter().any(|(_, field)| opening(field))
        })
}

/// `第一完成人：陈一`, `完成人1：陈一`
fn is_ordinal(line: &str) -> bool {
    line.starts_with(['第', '完', '主'])
        && ["完成人", "完成单位", "候选人", "参与单位"].iter().any(|word| line.contains(word))
        && line.contains(['：', ':', ' ', '\u{3000}'])
}

/// `① 陈一（排名第1）`, `2. 甲医院`
fn is_named(line: &Passage) -> bool {
    let text = strip_enumerator(line.text());
    let bare = text.find(['（', '(', '，', ',', '：', ':', '|', '｜']).map_or(text, |at| &text[..at]).trim();
    let is_name = |name: &str| is_person_name(name) || is_institution_name(name);
    !bare.is_empty()
        && (is_name(bare) || gaps(&Passage::new(bare, 0)).first().is_some_and(|first| is_name(first.text())))
}

/// What a line says by its label in the record of a person or an institution.
fn labelled(line: &Passage) -> Vec<(Entity, Field)> {
    if !line.text().contains(['：', ':']) {
        return Vec::new();
    }
    let (mut meanings, _) = split_at_label(line).unwrap_or_default();
    meanings.retain(|(entity, _)| matches!(entity, Entity::Contributor | Entity::Institution));
    meanings
}

fn has_label(lines: &[Passage]) -> bool {
    lines.iter().any(|line| !labelled(line).is_empty())
}

/// Tells whether several cells bear one label.
fn is_alike(cells: &[&Passage]) -> bool {
    let Some((first, rest)) = cells.split_first() else { return false };
    let label = |cell: &Passage| lines(cell).first().map(labelled).unwrap_or_default();
    let first = label(first);
    !first.is_empty() && rest.iter().all(|cell| label(cell) == first)
}

/// `陈一⏎主任医师⏎甲医院`: a name, and facts without labels.
fn are_facts(lines: &[Passage]) -> bool {
    let says = |line: &Passage| {
        let said = facts(line, Entity::Contributor);
        said.iter().any(|(field, _)| matches!(field, Field::Titles | Field::Employer))
    };
    lines.len() >= 2 && lines.first().is_some_and(is_named) && lines[1..].iter().any(says)
}

/// `第二完成单位⏎乙大学`
fn is_counted(lines: &[Passage]) -> bool {
    matches!(lines, [first, name] if ordinal_heading(first).is_some() && is_named(name))
}

fn sentence(lines: &[Passage]) -> Passage {
    let mut all = Passage::default();
    lines.iter().for_each(|line| all.append("，", line));
    all
}

#[cfg(test)]
mod tests {
    use super::super::{outline, printed::paragraphs};
    use super::*;

    /// A heading, and a table; `/` ends a line within a cell.
    fn document(heading: &str, table: &str) -> Vec<Block> {
        let mut at = heading.len() + 1;
        let mut cell = |cell: &str| {
            at += cell.len() + 1;
            Passage::new(&cell.replace('/', "\n"), at)
        };
        let rows: Vec<Row> = table.lines().map(|line| line.split('|').map(&mut cell).collect()).collect();
        vec![Block::Paragraph { text: Passage::new(heading, 0), continues: false }, Block::Table(rows)]
    }

    fn people(blocks: &[Block]) -> Vec<String> {
        let out = outline(blocks);
        let fields = [Field::Name, Field::Titles, Field::Employer, Field::Contribution];
        let line = |entry: &crate::extract::entry::Entry| {
            fields.map(|field| entry.get(field).map_or("", Passage::text)).join(" ").trim_end().to_owned()
        };
        out.contributors.iter().map(line).collect()
    }

    #[test]
    fn people_stand_side_by_side_as_cards() {
        for table in [
            "1. 陈一/职称：教授/工作单位：甲医院/贡献：提出方法。|2. 李二/职称：讲师/工作单位：乙大学/贡献：完成验证。",
            "① 陈一/职称：教授　单位：甲医院/主要贡献：提出方法。|② 李二/职称：讲师　单位：乙大学/主要贡献：完成验证。\n③ 周三/职称：技师　单位：乙大学/主要贡献：收集病例。|",
            "姓名：陈一/职称：教授/单位：甲医院/贡献：提出方法。|姓名：李二/职称：讲师/单位：乙大学/贡献：完成验证。",
            "第一完成人：陈一/职称：教授/单位：甲医院/贡献：提出方法。|第二完成人：李二/职称：讲师/单位：乙大学/贡献：完成验证。",
            "陈一（排名第1）|李二（排名第2）\n职称：教授|职称：讲师\n工作单位：甲医院|工作单位：乙大学\n主要贡献：提出方法。|主要贡献：完成验证。",
            "姓名：陈一|姓名：李二\n职称：教授|职称：讲师\n单位：甲医院|单位：乙大学\n贡献：提出方法。|贡献：完成验证。\n姓名：周三|\n职称：技师|\n单位：乙大学|\n贡献：收集病例。|",
        ] {
            let read = people(&document("主要完成人", table));
            let want = ["陈一 教授 甲医院 提出方法。", "李二 讲师 乙大学 完成验证。"];
            assert_eq!(read[..2.min(read.len())], want, "{table}");
            let third = table.contains("周三").then_some("周三 技师 乙大学 收集病例。");
            assert_eq!(read.get(2).map(String::as_str), third, "{table}");
        }
        let read = people(&document("主要完成人", "陈一/主任医师/甲医院|李二/讲师/乙大学"));
        assert_eq!(read, ["陈一 主任医师 甲医院", "李二 讲师 乙大学"], "facts without labels");
    }

    #[test]
    fn institutions_stand_side_by_side_as_cards() {
        for table in [
            "第一完成单位/甲医院/贡献：提出方法。|第二完成单位/乙大学/贡献：完成验证。",
            "1. 甲医院/贡献：提出方法。|2. 乙大学/贡献：完成验证。",
            "单位名称：甲医院/主要贡献：提出方法。|单位名称：乙大学/主要贡献：完成验证。",
        ] {
            let out = outline(&document("主要完成单位", table));
            let line = |at: usize| {
                let fields = [Field::InstitutionName, Field::Contribution];
                fields.map(|field| out.institutions[at].get(field).map_or("", Passage::text)).join(" ")
            };
            assert_eq!(out.institutions.len(), 2, "{table}");
            assert_eq!([line(0), line(1)], ["甲医院 提出方法。", "乙大学 完成验证。"], "{table}");
        }
    }

    #[test]
    fn cards_may_be_parted_by_gaps() {
        let lines = [
            "主要完成人",
            "1. 陈一              2. 李　二",
            "职称：教授          职称：讲师",
            "单位：甲医院        单位：乙大学",
            "主要完成单位",
        ];
        assert_eq!(people(&paragraphs(lines)), ["陈一 教授 甲医院", "李二 讲师 乙大学"]);
    }

    #[test]
    fn other_tables_are_no_cards() {
        for table in [
            "姓名：陈一|性别：男\n职称：教授|职务：院长",
            "排名|姓名|职称\n1|陈一|教授\n2|李二|讲师",
            "陈一/李二|甲医院/乙大学\n周三/吴四|甲医院/乙大学",
            "序号|论文\n1|题目：甲的研究/刊名：乙杂志",
        ] {
            let Some(Block::Table(rows)) = document("", table).pop() else { panic!("a table") };
            assert_eq!(cards(&rows), None, "{table}");
        }
    }
}
