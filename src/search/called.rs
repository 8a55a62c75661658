//! People called by their family name and a title: 某主任, 某大夫, 姓某的.

use crate::{extract::surname, text::is_han};

/// The family name where a folded text is nothing but one and a form of address.
pub(super) fn called(key: &str) -> Option<&str> {
    let lines = include_str!("forms_of_address.txt").lines().filter(|line| !line.starts_with('#'));
    let mut addresses = lines.flat_map(str::split_whitespace);
    let is_surname = |name: &&str| surname(name) == Some(name.len());
    let named = key.strip_prefix('姓').map(|name| name.trim_end_matches('的'));
    named
        .filter(is_surname)
        .or_else(|| addresses.find_map(|address| key.strip_suffix(address).filter(is_surname)))
}

/// How many characters of a folded text are a whole name, where a form of address is all that follows: 闻人某教授.
pub(super) fn addressed(key: &str) -> Option<usize> {
    let lines = include_str!("forms_of_address.txt").lines().filter(|line| !line.starts_with('#'));
    let names = lines.flat_map(str::split_whitespace).filter_map(|address| key.strip_suffix(address));
    // The longest form of address: 甲某副教授.
    let name = names.min_by_key(|name| name.len())?;
    let (all, family) = (name.chars().count(), name[..surname(name)?].chars().count());
    (name.chars().all(is_han) && (1..=2).contains(&(all - family))).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_name_and_a_title_call_somebody() {
        for (text, want) in [
            ("亢主任", Some("亢")),
            ("司徒副教授", Some("司徒")),
            ("姓万俟的", Some("万俟")),
            ("副主任", None),
            ("主任", None),
            ("李某某主任", None),
            ("姓名", None),
            ("", None),
        ] {
            assert_eq!(called(text), want, "{text}");
        }
    }

    #[test]
    fn a_name_may_stand_before_a_form_of_address() {
        for (text, want) in [
            ("闻人瑾教授", Some(3)),
            ("王某副教授", Some(2)),
            ("王教授", None),
            ("副教授", None),
            ("某某某某某教授", None),
            ("王某", None),
        ] {
            assert_eq!(addressed(text), want, "{text}");
        }
    }
}
