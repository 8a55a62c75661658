use super::fit;
use crate::{
    extract::{
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        listing::is_institution_name,
        right::right,
    },
    text::Passage,
};

type Meanings = Vec<(Entity, Field)>;

/// Parts the name of a column that holds two fields, `授权号/授权日期`; `whole` is what the name means as one, nothing
/// where it stands above two.
pub(super) fn pair(name: &str, whole: &[(Entity, Field)]) -> Option<(Meanings, Meanings)> {
    // `类别及号码`, where it names nothing as a whole
    let joined =
        || ["及", "和", "与"].iter().find_map(|joint| name.split_once(joint)).filter(|_| whole.is_empty());
    // `类别（国别）`, `期刊（IF）`
    let bracketed = || {
        let inner = name.trim().strip_suffix(['）', ')'])?;
        let (name, inner) = inner.split_once(['（', '('])?;
        let is_value = |(_, field): &(Entity, Field)| matches!(field, Field::Country | Field::ImpactFactor);
        Lexicon::get().label(inner).iter().any(is_value).then_some((name, inner))
    };
    let (first, second) = name.split_once(['/', '／', '\n']).or_else(joined).or_else(bracketed)?;
    let is_one = |&(entity, field): &(Entity, Field)| {
        entity == Entity::Dossier
            || matches!(field, Field::PostTitles | Field::DatabaseCitations | Field::PaperCombined)
    };
    if second.contains(['/', '／', '\n']) || whole.iter().any(is_one) {
        return None;
    }
    let lexicon = Lexicon::get();
    let counts_rows = first.contains('序');
    let (mut first, second) = (lexicon.label(first), lexicon.label(second));
    // `编号/日期`: what is dated is no number of the list; `序号/日期` says that it is.
    if !counts_rows
        && second.contains(&(Entity::Ip, Field::GrantDate))
        && first.contains(&(Entity::Ip, Field::Number))
    {
        first = vec![(Entity::Ip, Field::GrantNumber)];
    }
    let differ = first.iter().any(|(entity, field)| {
        second.iter().any(|(other, another)| {
            *entity != Entity::Dossier && entity == other && field != another && *field != Field::Number
        })
    });
    let same = first.iter().any(|meaning| second.contains(meaning));
    (differ && !same).then_some((first, second))
}

/// Parts a cell of such a column at its line end, else at its slash.
pub(super) fn parted(first: Field, second: Field, cell: &Passage) -> Vec<(Field, Passage)> {
    if let (Field::IpCategory, Field::GrantNumber) = (first, second)
        && let Some(fields) = right(cell).filter(|fields| fields.iter().any(|(field, _)| *field == second))
    {
        return fields;
    }
    let text = cell.text();
    // `1 陈一` below `排名/姓名`
    if matches!(first, Field::Rank | Field::Number) {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let rest =
            cell.slice(digits..text.len()).trimmed_matches(|c| c.is_whitespace() || ".．、/／".contains(c));
        if digits > 0 && !rest.is_blank() {
            return vec![(first, cell.slice(0..digits)), (second, rest)];
        }
    }
    // `陈一；李二` are holders alike, and `陈一；甲公司` are who invented and who owns.
    let of_holders = matches!(first, Field::Holders | Field::Owner);
    let by_semicolon = text.find([';', '；']).filter(|&at| {
        let rest = text[at..].trim_start_matches([';', '；']).trim();
        !of_holders || is_institution_name(rest)
    });
    let is_mark = |c: char| match second {
        Field::ImpactFactor => c.is_whitespace() || "（()）IF=＝:：".contains(c),
        _ => c.is_whitespace() || "（()）".contains(c),
    };
    let in_bracket = matches!(second, Field::Country | Field::ImpactFactor);
    // `Medicine (Baltimore)` is a name.
    let bracket = || {
        let inner = text.trim_end().strip_suffix(['）', ')']).filter(|_| in_bracket)?;
        let at = inner.rfind(['（', '('])?;
        (fit(second, inner[at..].trim_start_matches(is_mark)) >= 1.0).then_some(at)
    };
    // `ZL2021⏎10408812.X⏎2022.09.30`: a number may be cut, and its date ends the cell.
    let dated = || {
        let is_date = |at: &usize| second == Field::GrantDate && fit(second, &text[*at..]) >= 1.0;
        text.rfind('\n').filter(is_date)
    };
    let cut = dated()
        .or_else(|| bracket().filter(|_| second == Field::ImpactFactor))
        .or_else(|| text.find('\n'))
        .or_else(|| text.find(['/', '／']))
        .or(by_semicolon)
        .or_else(bracket);
    let Some(at) = cut else { return vec![(first, cell.clone())] };
    let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
    let rest =
        cell.slice(after..text.len()).trimmed_matches(|c| c.is_whitespace() || in_bracket && is_mark(c));
    let rest = if in_bracket { rest } else { unbracketed(&rest) };
    // `一种装置⏎（发明人：陈一）`
    let (second, rest) = match split_at_label(&rest) {
        Some((meanings, value)) => {
            let own = meanings
                .into_iter()
                .find(|(_, field)| *field == second || is_holder(*field) && is_holder(second));
            own.map_or((second, rest), |(_, field)| (field, value))
        }
        None => (second, rest),
    };
    vec![(first, cell.slice(0..at).trimmed()), (second, rest)]
}

fn is_holder(field: Field) -> bool {
    matches!(field, Field::Holders | Field::Owner)
}

/// `（主任医师）` below a name.
fn unbracketed(value: &Passage) -> Passage {
    let text = value.text();
    let inner = text.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')']));
    match inner.filter(|inner| !inner.contains(['（', '(', '）', ')'])) {
        Some(_) => value.trimmed_matches(|c| matches!(c, '（' | '(' | '）' | ')')).trimmed(),
        None => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_may_hold_two_fields() {
        let lexicon = Lexicon::get();
        for (name, want) in [
            ("授权号/授权日期", true),
            ("工作单位/完成单位", true),
            ("职务/职称", false),
            ("刊名/出版社", false),
            ("授权号", false),
            ("类别及号码", true),
            ("权利人及发明人", false),
            ("推荐单位/科学家", false),
            ("类别(国别)", true),
            ("期刊 (IF)", true),
            ("编号/日期", true),
            ("序号/名称", false),
            ("序号/授权日期", false),
        ] {
            assert_eq!(pair(name, &lexicon.label(name)).is_some(), want, "{name}");
        }
        let cell = Passage::new("ZL201610222111.9\n2018-05-08", 0);
        let cells = parted(Field::GrantNumber, Field::GrantDate, &cell);
        assert_eq!(
            cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(),
            ["ZL201610222111.9", "2018-05-08"]
        );
        let cell = Passage::new("ZL2016\n10222111.9\n2018-05-08", 0);
        assert_eq!(parted(Field::GrantNumber, Field::GrantDate, &cell)[1].1.text(), "2018-05-08");
        let cells = parted(Field::Journal, Field::ImpactFactor, &Passage::new("Acta A (Basel) (5.0)", 0));
        assert_eq!(cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(), ["Acta A (Basel)", "5.0"]);
        let cells = parted(Field::IpCategory, Field::Country, &Passage::new("PCT国际专利(日本)", 0));
        assert_eq!(cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(), ["PCT国际专利", "日本"]);
        for (first, second, value, want) in [
            (Field::IpCategory, Field::Country, "发明专利\n（中国）", &["发明专利", "中国"][..]),
            (Field::IpCategory, Field::Country, "发明专利/(美国)", &["发明专利", "美国"]),
            (Field::Journal, Field::ImpactFactor, "Medicine (Baltimore)", &["Medicine (Baltimore)"]),
            (Field::Journal, Field::ImpactFactor, "Acta A（IF=5.0）", &["Acta A", "5.0"]),
        ] {
            let cells = parted(first, second, &Passage::new(value, 0));
            assert_eq!(cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(), want, "{value}");
        }
        for (value, want) in [("陈一；李二", 1), ("陈一；李二；王三", 1), ("陈一；甲生物技术有限公司", 2)]
        {
            let cells = parted(Field::Holders, Field::Owner, &Passage::new(value, 0));
            assert_eq!(cells.len(), want, "{value}");
        }
        let cells = parted(Field::Name, Field::Titles, &Passage::new("陈一\n（主任医师）", 0));
        assert_eq!(cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(), ["陈一", "主任医师"]);
        for (value, want) in
            [("1 陈一", &["1", "陈一"][..]), ("2、李二", &["2", "李二"]), ("王三", &["王三"])]
        {
            let cells = parted(Field::Rank, Field::Name, &Passage::new(value, 0));
            assert_eq!(cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(), want);
        }
    }
}
