use std::{collections::HashMap, sync::LazyLock};

use super::{
    form::{form, plain},
    spelling::edits,
};
use crate::text::fold_key;

/// An institution of the list (`authority.tsv`).
#[derive(Debug)]
pub(super) struct Body {
    /// Its legal name.
    pub(super) name: &'static str,
    pub(super) form: String,
    /// Province and city.
    pub(super) places: Vec<&'static str>,
    pub(super) names: Vec<AuthorityName>,
}

/// Another name of an institution, as the authority list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AuthorityName {
    /// The name.
    pub(super) name: &'static str,
    /// `second-name`, `short-form` or `former-name`.
    pub(super) relation: &'static str,
    /// What states it, as the list says.
    pub(super) source: &'static str,
    /// Whether it joins; else it only suggests.
    pub(super) sure: bool,
}

/// A body by one of its names; `None` is its legal name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) body: &'static Body,
    pub(super) other: Option<&'static AuthorityName>,
}

impl Found {
    pub(super) fn sure(&self) -> bool {
        self.other.is_none_or(|other| other.sure)
    }

    /// The name to show: that of its plate which was found, or the legal one where it was found by a short or a former one.
    pub(super) fn shown(&self) -> &'static str {
        let on_plate = self.other.filter(|other| other.relation == "second-name");
        on_plate.map_or(self.body.name, |other| other.name)
    }
}

static BODIES: LazyLock<Vec<Body>> = LazyLock::new(|| {
    let mut bodies: Vec<Body> = Vec::new();
    for [legal, relation, name, place, source, certainty] in rows() {
        let other = AuthorityName { name, relation, source, sure: certainty == "sure" };
        match bodies.last_mut().filter(|body| body.name == legal) {
            Some(body) => body.names.push(other),
            None => bodies.push(Body {
                name: legal,
                form: form(legal),
                places: place.split_whitespace().collect(),
                names: vec![other],
            }),
        }
    }
    bodies
});

/// By form: each name, and each name with the place in front.
static BY_FORM: LazyLock<HashMap<String, Vec<Found>>> = LazyLock::new(|| {
    let mut by_form: HashMap<String, Vec<Found>> = HashMap::new();
    for body in BODIES.iter() {
        let others = body.names.iter().map(|other| (other.name, Some(other)));
        for (name, other) in std::iter::once((body.name, None)).chain(others) {
            let placed = body.places.iter().filter(|place| !name.starts_with(**place));
            let placed = placed.map(|place| form(&format!("{place}{name}")));
            for form in std::iter::once(form(name)).chain(placed) {
                let known = by_form.entry(form).or_default();
                // The names come in the order of the list, and the first of a body says enough.
                if !known.iter().any(|found| std::ptr::eq(found.body, body)) {
                    known.push(Found { body, other });
                }
            }
        }
    }
    by_form
});

/// Former and short names of schools and academies, which stand in the names of their hospitals; folded, the
/// longest first, with the present name and whether it is only a short form.
static SCHOOLS: LazyLock<Vec<(String, String, bool)>> = LazyLock::new(|| {
    let heads = ["大学", "学院", "医学部", "科学院"];
    let mut schools: Vec<(String, String, bool)> = rows()
        .filter(|[legal, relation, _, _, _, certainty]| {
            heads.iter().any(|head| legal.ends_with(head))
                && *relation != "second-name"
                && *certainty == "sure"
        })
        .map(|[legal, relation, name, ..]| (plain(name), plain(legal), relation == "short-form"))
        .collect();
    schools.sort_by_key(|(name, ..)| std::cmp::Reverse(name.len()));
    schools
});

fn rows() -> impl Iterator<Item = [&'static str; 6]> {
    let lines = include_str!("authority.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// Finds the bodies that bear a name of this form; sure ones first.
pub(super) fn all(form: &str) -> Vec<Found> {
    let mut found = BY_FORM.get(form).cloned().unwrap_or_default();
    found.sort_by_key(|found| !found.sure());
    found
}

/// Finds the one body that surely bears a name of this form; `None` where several do.
pub(super) fn only(form: &str) -> Option<Found> {
    let found = BY_FORM.get(form)?;
    let mut sure = found.iter().filter(|found| found.sure());
    match (sure.next(), sure.next()) {
        (Some(one), None) => Some(*one),
        _ => None,
    }
}

/// The body of a canonical key.
pub(super) fn body(key: &str) -> Option<&'static Body> {
    BODIES_BY_FORM.get(key).copied()
}

static BODIES_BY_FORM: LazyLock<HashMap<&'static str, &'static Body>> =
    LazyLock::new(|| BODIES.iter().map(|body| (body.form.as_str(), body)).collect());

/// The bodies one of whose sure names is an edit away from a form.
pub(super) fn near(form: &str) -> Vec<&'static Body> {
    let near = |known: &str| known.len().abs_diff(form.len()) <= 4 && edits(form, known) == Some(1);
    let found = BY_FORM.iter().filter(|(known, _)| near(known));
    let mut bodies: Vec<&Body> =
        found.flat_map(|(_, found)| found).filter(|found| found.sure()).map(|found| found.body).collect();
    bodies.sort_by_key(|body| body.name);
    bodies.dedup_by_key(|body| body.name);
    bodies
}

/// Lists the other names of a body that lead to it and to no other.
pub(super) fn own_names(body: &'static Body) -> impl Iterator<Item = &'static AuthorityName> {
    let leads = |name: &str| only(&form(name)).is_some_and(|found| std::ptr::eq(found.body, body));
    body.names.iter().filter(move |other| other.sure && leads(other.name))
}

/// Lists the names by which the institution of a canonical key may be looked for in texts: those of the list that
/// lead to no other institution, and are long enough not to stand within other words (北大 in 东北大学).
pub fn names_in_texts(key: &str) -> Vec<&'static str> {
    const SHORTEST: usize = 4;
    let names = body(key)
        .into_iter()
        .flat_map(|body| std::iter::once(body.name).chain(own_names(body).map(|other| other.name)));
    names.filter(|name| name.chars().count() >= SHORTEST).collect()
}

/// Puts the present name of a school for a former or a short one at the beginning; a short one only where what
/// belongs to a school follows (附属, 第一, 医学院, 一院), as two characters may begin any name.
pub(super) fn under_present_name(key: &str) -> Option<String> {
    SCHOOLS.iter().find_map(|(name, legal, short)| {
        let rest = key.strip_prefix(name.as_str()).filter(|_| !key.starts_with(legal.as_str()))?;
        let follows = ["附", "第", "医学院"].iter().any(|word| rest.starts_with(word))
            || rest.ends_with('院') && rest.starts_with(['一', '二', '三', '四', '五', '六']);
        (!short || follows).then(|| format!("{legal}{rest}"))
    })
}

/// Says in a sentence why a name is that of a body.
pub(super) fn evidence(body: &Body, other: &AuthorityName) -> String {
    let relation = match other.relation {
        "short-form" => "的简称",
        "former-name" => "的曾用名",
        _ => "的又名",
    };
    let source = match other.source.strip_prefix("renamed ") {
        Some(year) => format!("{year}年更名"),
        None => match other.source {
            "name plate" => "挂牌名称",
            "own usage" => "本单位自用",
            "own history" => "本单位历史沿革",
            _ => "一般所知",
        }
        .to_owned(),
    };
    format!("机构名录：“{}”是{}{relation}（{source}）", other.name, body.name)
}

/// All names of the list.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BODIES.iter().flat_map(|body| std::iter::once(body.name).chain(body.names.iter().map(|other| other.name)))
}

/// The legal name is one of the names, too.
pub(super) fn bears(body: &Body, name: &str) -> bool {
    let key = fold_key(name);
    std::iter::once(body.name)
        .chain(body.names.iter().map(|other| other.name))
        .any(|known| fold_key(known) == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_has_its_columns_and_known_words() {
        let lines = include_str!("authority.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(rows().count(), lines.count());
        for [legal, relation, name, place, source, certainty] in rows() {
            let sources = ["name plate", "own usage", "own history", "general knowledge"];
            let year = source.strip_prefix("renamed ").and_then(|year| year.parse::<u16>().ok());
            assert!(
                sources.contains(&source) || year.is_some_and(|year| (1990..2030).contains(&year)),
                "{name}"
            );
            assert!(["second-name", "short-form", "former-name"].contains(&relation), "{name}");
            assert_eq!(certainty == "weak", source == "general knowledge", "{name}");
            assert!(["sure", "weak"].contains(&certainty), "{name}");
            assert!(
                !place.is_empty() && super::super::place::is_place(&place.replace(' ', "")),
                "{name} {place}"
            );
            assert_ne!(fold_key(legal), fold_key(name));
        }
        let legal: Vec<&str> = BODIES.iter().map(|body| body.name).collect();
        assert_eq!(
            legal.len(),
            legal.iter().collect::<BTreeSet<_>>().len(),
            "the rows of a body stand together"
        );
    }

    #[test]
    fn a_name_of_two_bodies_leads_to_neither() {
        let mut shared: Vec<&str> = BY_FORM
            .iter()
            .filter(|(_, found)| found.iter().filter(|found| found.sure()).count() > 1)
            .map(|(form, _)| form.as_str())
            .collect();
        shared.sort_unstable();
        assert_eq!(shared, ["中山医院", "协和医院", "同济医院", "新华医院"]);
        for body in BODIES.iter() {
            assert!(only(&body.form).is_some_and(|found| std::ptr::eq(found.body, body)), "{}", body.name);
        }
    }

    #[test]
    fn names_of_one_institution_lead_to_it() {
        for (name, want) in [
            ("重庆新桥医院", "陆军军医大学第二附属医院"),
            ("新桥医院", "陆军军医大学第二附属医院"),
            ("第三军医大学新桥医院", "陆军军医大学第二附属医院"),
            ("第三军医大学附属第二医院", "陆军军医大学第二附属医院"),
            ("中国人民解放军陆军军医大学附属新桥医院", "陆军军医大学第二附属医院"),
            ("武汉协和医院", "华中科技大学同济医学院附属协和医院"),
            ("上海同济医院", "上海市同济医院"),
            ("解放军第九〇〇医院", "联勤保障部队第九〇〇医院"),
            ("哈医大附一院", "哈尔滨医科大学附属第一医院"),
            ("广州医学院第一附属医院", "广州医科大学附属第一医院"),
            ("天津医院", "天津市天津医院"),
        ] {
            assert_eq!(only(&form(name)).map(|found| found.body.name), Some(want), "{name}");
        }
        for name in ["协和医院", "国家癌症中心", "甲医院", "人民医院", "第一医院", ""] {
            assert!(only(&form(name)).is_none(), "{name}");
        }
    }

    #[test]
    fn names_that_stand_within_others_are_not_looked_for() {
        let names = names_in_texts(&form("复旦大学附属中山医院"));
        assert!(names.contains(&"上海中山医院") && !names.contains(&"中山医院"), "{names:?}");
        assert!(!names_in_texts(&form("北京大学")).contains(&"北大"));
        assert!(!names_in_texts(&form("中国医学科学院阜外医院")).contains(&"国家心血管病中心"), "weak");
        assert!(names_in_texts("甲医院").is_empty());
    }

    #[test]
    fn a_short_name_of_a_school_needs_what_follows() {
        assert_eq!(under_present_name("浙大第1医院").as_deref(), Some("浙江大学第1医院"));
        assert_eq!(under_present_name("浙大城市学院"), None);
        assert_eq!(under_present_name("复旦大学附属甲医院"), None);
        assert_eq!(under_present_name("第3军医大学甲医院").as_deref(), Some("陆军军医大学甲医院"));
    }
}
