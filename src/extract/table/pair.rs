use crate::{
    extract::{
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
    let (first, second) = name.split_once(['/', '／', '\n']).or_else(joined)?;
    let is_one = |&(entity, field): &(Entity, Field)| {
        entity == Entity::Dossier
            || matches!(field, Field::PostTitles | Field::DatabaseCitations | Field::PaperCombined)
    };
    if second.contains(['/', '／', '\n']) || whole.iter().any(is_one) {
        return None;
    }
    let lexicon = Lexicon::get();
    let (first, second) = (lexicon.label(first), lexicon.label(second));
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
    // `陈一；李二` are holders alike, and `陈一；甲公司` are who invented and who owns.
    let of_holders = matches!(first, Field::Holders | Field::Owner);
    let by_semicolon = text.find([';', '；']).filter(|&at| {
        let rest = text[at..].trim_start_matches([';', '；']).trim();
        !of_holders || is_institution_name(rest)
    });
    let cut = text.find('\n').or_else(|| text.find(['/', '／'])).or(by_semicolon);
    let Some(at) = cut else { return vec![(first, cell.clone())] };
    let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
    let rest = cell.slice(after..text.len()).trimmed();
    vec![(first, cell.slice(0..at).trimmed()), (second, unbracketed(&rest))]
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
        ] {
            assert_eq!(pair(name, &lexicon.label(name)).is_some(), want, "{name}");
        }
        let cell = Passage::new("ZL201610222111.9\n2018-05-08", 0);
        let cells = parted(Field::GrantNumber, Field::GrantDate, &cell);
        assert_eq!(
            cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(),
            ["ZL201610222111.9", "2018-05-08"]
        );
        for (value, want) in [("陈一；李二", 1), ("陈一；李二；王三", 1), ("陈一；甲生物技术有限公司", 2)]
        {
            let cells = parted(Field::Holders, Field::Owner, &Passage::new(value, 0));
            assert_eq!(cells.len(), want, "{value}");
        }
        let cells = parted(Field::Name, Field::Titles, &Passage::new("陈一\n（主任医师）", 0));
        assert_eq!(cells.iter().map(|(_, cell)| cell.text()).collect::<Vec<_>>(), ["陈一", "主任医师"]);
    }
}
