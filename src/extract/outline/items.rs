use super::{
    Open, Walker,
    dated::tells_date,
    item::{Item, is_barred, record},
};
use crate::{
    extract::{
        citation::{is_title_alone, opens_with_journal},
        entry::Entry,
        lexicon::{Entity, Field},
        listing::listed,
        numbered::numbered_parts,
        right::opens_with_category,
        table::fit,
    },
    text::{FoldedText, Passage, behind_composite, is_han, parse_integer},
};

/// How the items of lists are read: citations, rights, and names in a row.
impl Walker {
    /// Reads a paragraph of a list, or the rest of the item before it.
    pub(super) fn list_item(&mut self, text: &Passage, continues: bool) -> bool {
        let entity = self.current;
        let within = match self.open {
            Open::Nothing => false,
            // Behind the last label of a record may stand the first line of the next.
            Open::Field(open, _) if open == entity => true,
            _ => return false,
        };
        if self.columns.is_some() {
            // `（1）某软件，登记号：…` below a table of the other rights.
            let is_item = matches!(entity, Entity::Paper | Entity::Ip)
                && self.begun.is_none()
                && is_marked(text.text())
                && is_record(text, entity);
            if !is_item {
                return false;
            }
            self.columns = None;
        }
        match entity {
            Entity::Paper | Entity::Ip if within => {
                let is_rest = self.item.as_ref().is_some_and(|item| tells_number(item, text));
                (is_rest || is_marked(text.text()) && is_record(text, entity)) && self.item(text, continues)
            }
            Entity::Paper | Entity::Ip => {
                let parts =
                    numbered_parts(text).filter(|parts| parts.iter().all(|part| is_record(part, entity)));
                parts.unwrap_or(vec![text.clone()]).iter().all(|part| self.item(part, continues))
            }
            Entity::Contributor | Entity::Institution => {
                let Some(entries) = listed(text, entity) else { return false };
                let is_person = entity == Entity::Contributor;
                let name_field = if is_person { Field::Name } else { Field::InstitutionName };
                if within && !counts_on(&entries, self.list(entity).len()) {
                    return false;
                }
                self.open = Open::Nothing;
                self.just_named = entries.len() == 1;
                // `第二完成单位⏎乙大学`: the line before has opened the record.
                let is_opened = |last: &&mut Entry| last.has(Field::Rank) && !last.has(name_field);
                match (&entries[..], self.list(entity).last_mut().filter(is_opened)) {
                    ([only], Some(opened)) => opened.supply_all(only),
                    _ => self.list(entity).extend(entries),
                }
                true
            }
            Entity::Dossier => false,
        }
    }

    /// A mark opens an item; without marks, what is whole ends where the next paragraph begins.
    pub(super) fn item(&mut self, text: &Passage, continues: bool) -> bool {
        let entity = self.current;
        // A line that was full may end where the item does.
        let goes_on = continues && !is_record(text, entity);
        // Right above a table, where no date stood so before, it is that of the notice.
        let may_date = !self.before_table || self.dates_below();
        let dates = |item: &Item| may_date && tells_date(item, text);
        let is_whole = |item: &Item| {
            let is_cut = item.text.text().ends_with([':', '：', ',', '，', '、', '-']);
            let is_fuller = is_fuller(item, text) || is_marked(item.text.text()) && dates(item);
            !goes_on && !is_cut && !record(item).is_empty() && !is_fuller
        };
        let opens = is_marked(text.text()) || self.item.as_ref().is_none_or(is_whole);
        match &mut self.item {
            // `一种装置⏎发明专利 ｜ ZL… ｜ 陈一`
            Some(item)
                if !opens
                    && (is_barred(text.text())
                        || entity == Entity::Ip && opens_with_category(text.text())) =>
            {
                item.text.append("；", text);
            }
            // `(1) 发明专利 一种装置⏎中国 ZL… 2021-06-29`
            Some(item) if !opens && tells_number(item, text) => item.text.append("；", text),
            Some(item) if !opens && dates(item) => {
                item.text.append("；", text);
                self.dated_below = Some(self.out.ip.len());
            }
            // `（1）Title⏎Gut，2021，70(8)：1489-1502。作者：…`
            Some(item)
                if !opens
                    && entity == Entity::Paper
                    && is_title_alone(&item.text)
                    && opens_with_journal(text) =>
            {
                item.text.append(". ", text);
            }
            Some(item) if !opens => item.text.append_wrapped(text),
            _ => {
                self.finish_item();
                self.item = Some(Item { entity, text: text.clone() });
            }
        }
        true
    }

    /// Reads the item that is open; what is none is kept as loose text.
    pub(super) fn finish_item(&mut self) {
        if let Some(row) = self.line_row.take() {
            self.finish_line_row(&row);
        }
        let Some(mut item) = self.item.take() else { return };
        let mut records = record(&item);
        // A list may hold papers and rights.
        if records.is_empty() && is_marked(item.text.text()) {
            item.entity = if item.entity == Entity::Paper { Entity::Ip } else { Entity::Paper };
            records = record(&item);
        }
        if records.is_empty() {
            self.out.loose.push(item.text);
            return;
        }
        for fields in records {
            let mut entry = Entry::default();
            fields.iter().for_each(|(field, value)| entry.add(*field, value));
            self.list(item.entity).push(entry);
        }
    }
}

/// Tells whether a line alone reads as a paper or a right.
pub(super) fn is_record(line: &Passage, entity: Entity) -> bool {
    !record(&Item { entity, text: line.clone() }).is_empty()
}

/// Tells whether a marked item that is whole already says more together with the next line.
fn is_fuller(item: &Item, next: &Passage) -> bool {
    if !is_marked(item.text.text()) {
        return false;
    }
    if tells_number(item, next) {
        return true;
    }
    if is_record(next, item.entity) {
        return false;
    }
    let mut both = item.text.clone();
    both.append_wrapped(next);
    let said = |records: &[Vec<(Field, Passage)>]| records.iter().map(Vec::len).sum::<usize>();
    let both = record(&Item { entity: item.entity, text: both });
    both.len() == 1 && said(&both) > said(&record(item))
}

/// Tells whether a line has the number of a right that an item names without one.
fn tells_number(item: &Item, next: &Passage) -> bool {
    let says = |fields: &[(Field, Passage)], wanted: Field| fields.iter().any(|(field, _)| *field == wanted);
    let is_right = item.entity == Entity::Ip && is_marked(item.text.text()) && !is_marked(next.text());
    let pieces = next.split(char::is_whitespace);
    let has_number = pieces.iter().any(|piece| fit(Field::GrantNumber, piece.text()) >= 1.0);
    let of_number = [Field::Country, Field::GrantNumber, Field::GrantDate];
    let is_number_alone = has_number
        && pieces.len() <= 4
        && pieces.iter().all(|piece| of_number.iter().any(|field| fit(*field, piece.text()) >= 1.0));
    let titled =
        |fields: &Vec<(Field, Passage)>| says(fields, Field::IpTitle) && !says(fields, Field::GrantNumber);
    is_right && is_number_alone && matches!(&record(item)[..], [only] if titled(only))
}

/// `② 乙医院`: a name with the number that follows those of the list.
fn counts_on(entries: &[Entry], listed: usize) -> bool {
    let [entry] = entries else { return false };
    let number = entry.get(Field::Rank).map(|rank| FoldedText::new(rank.text()).text().to_owned());
    let number = number.and_then(|number| parse_integer(number.trim_matches(['(', ')'])));
    number == u64::try_from(listed + 1).ok()
}

/// `[1]`, `（1）`, `1.`, `①`, `论文1：`, `附件3-2　`
pub(super) fn is_marked(text: &str) -> bool {
    let text = text.trim_start();
    let body = text.trim_start_matches(['[', '［', '(', '（', '【', '〔']);
    let words = ["论文", "专利", "代表作", "知识产权", "软著", "标准", "专著"];
    let word = words.iter().find_map(|word| body.strip_prefix(word)).unwrap_or(body);
    let rest = word.trim_start_matches(|c: char| c.is_numeric() && !is_han(c));
    let digits = word[..word.len() - rest.len()].chars().count();
    (1..=2).contains(&digits) && rest.starts_with(|c: char| "]］)）】〕.．、：: ".contains(c))
        || text.starts_with(|c| matches!(c, '①'..='⑳'))
        || behind_composite(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn items_behind_numbers_of_several_levels_are_read() {
        let out = outline(&paragraphs([
            "知识产权目录",
            "附件1-1　发明专利：一种骨水泥注入装置；授权号 ZL201710123456.0；授权日 2019年3月1日；发明人：陈一、李二",
            "附件2-1　软件著作权：骨折随访软件V1.0；登记号 2019SR1234567；著作权人：甲医院",
            "代表性论文目录",
            "4.2-1　Repair of fractures of the hip. Bone, 2021, 59(10): e1. 作者：Chen Y, Li E. 他引47次",
            "4.2-2　髋部骨折的修复. 甲杂志, 2020, 5(1): 1-9. 作者：陈一，李二. 他引4次",
            "（3-3）陈一，李二. 某病的诊断研究[J]. 甲杂志，2020，40(14)：1567-1572. 他引44次",
        ]));
        assert_eq!(
            told(&out.ip, [Field::IpTitle, Field::GrantNumber]),
            ["一种骨水泥注入装置 | ZL201710123456.0", "骨折随访软件V1.0 | 2019SR1234567"]
        );
        assert_eq!(
            told(&out.papers, [Field::PaperTitle, Field::Citations]),
            ["Repair of fractures of the hip | 47", "髋部骨折的修复 | 4", "某病的诊断研究 | 44"]
        );
    }

    #[test]
    fn the_number_of_a_right_may_stand_below_its_title() {
        let out = outline(&paragraphs([
            "知识产权（2 项）",
            "(1) 发明专利 一种双层引导膜及其制备方法",
            "中国 ZL201911348062.5 2021-06-29",
            "权利人：甲大学 发明人:陈一、李二",
            "(2) 软件著作权 甲导航软件V3.0",
            "中国 2023SR0326641 2023-03-13",
            "权利人：甲科技有限公司 发明人:王三",
        ]));
        assert_eq!(
            told(
                &out.ip,
                [Field::Number, Field::IpTitle, Field::GrantNumber, Field::GrantDate, Field::Country]
            ),
            [
                "1 | 一种双层引导膜及其制备方法 | ZL201911348062.5 | 2021-06-29 | 中国",
                "2 | 甲导航软件V3.0 | 2023SR0326641 | 2023-03-13 | 中国"
            ]
        );
    }

    #[test]
    fn the_journal_may_stand_below_the_title() {
        for numbers in [["（1）", "（2）", "（3）"], ["1. ", "2. ", "3. "], ["", "", ""]] {
            let title = |at: usize, title: &str| format!("{}{title}", numbers[at]);
            let (first, second, third) = (
                title(0, "Repair of fractures, and H. pylori, in the elderly"),
                title(1, "髋部骨折的修复"),
                title(2, "Nailing of the hip: a trial"),
            );
            let out = outline(&paragraphs([
                "代表性论文（专著）",
                first.as_str(),
                "Gut，2021，70(8)：1489-1502。作者：陈一、李二。通讯作者：李二。SCI他引187次。",
                second.as_str(),
                "中华甲杂志，2022，42(1)：18-24。作者：李二、王三。他引29次。",
                third.as_str(),
                "J. Clin. Invest. 2020; 19: 117.",
            ]));
            assert_eq!(
                told(&out.papers, [Field::PaperTitle, Field::Journal]),
                [
                    "Repair of fractures, and H. pylori, in the elderly | Gut",
                    "髋部骨折的修复 | 中华甲杂志",
                    "Nailing of the hip: a trial | J. Clin. Invest"
                ],
                "{numbers:?}"
            );
        }
    }
}
