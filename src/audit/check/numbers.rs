//! Numbers of patents and software copyrights.

use super::{Case, Observation, Parameters, or_holds};
use crate::{
    domain::{Ip, Printed},
    extract::{other_check_digit, other_kind},
    text::{fold_key, parse_date},
};

/// Proves check digits and kinds of Chinese patents.
pub(super) fn patents(case: &Case, _: &Parameters) -> Vec<Observation> {
    let mut found = Vec::new();
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let Some(number) = right.grant_number.as_deref() else { continue };
        if let Some(wanted) = other_check_digit(number) {
            let observation = Observation::to_check("需核对：专利号的校验位与前面各位不符");
            let observation = observation.comparing("校验位", number, format!("应为 {wanted}"));
            found.push(observation.shown_by(case.right(at, "grant_number")));
        }
        let category = right.category.as_deref().unwrap_or_default();
        if let Some(kind) = other_kind(number, category) {
            let observation = Observation::to_check("需核对：所印类别与专利号的种类位不同");
            let observation = observation.comparing("类别", category, format!("{number} 为{kind}"));
            let shown = case.right(at, "category").into_iter().chain(case.right(at, "grant_number"));
            found.push(observation.shown_by(shown));
        }
    }
    answered(case, found, "可验算的专利号均相符")
}

/// Compares the office of a number with the country and the category that are printed beside it.
pub(super) fn offices(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let mut found = Vec::new();
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let (Some(number), category) = (right.grant_number.as_deref(), right.category.as_deref()) else {
            continue;
        };
        let shown = |field| case.right(at, "grant_number").into_iter().chain(case.right(at, field));
        let printed = fold_key(&format!(
            "{}{}",
            category.unwrap_or_default(),
            right.country.as_deref().unwrap_or_default()
        ));
        if number.starts_with("WO") {
            let granted = parameters.words("granted").any(|word| printed.contains(word));
            let foreign =
                category.is_some_and(|category| category.contains("专利") && !category.contains("申请"));
            if granted || foreign {
                let observation = Observation::to_check("需核对：WO 为国际公开号，请看是否已在某国授权");
                let observation = observation.comparing("号码", number, category.unwrap_or_default());
                found.push(observation.shown_by(shown("category")));
            }
            continue;
        }
        let Some(country) = right.country.as_deref() else { continue };
        let office = parameters.words("offices").find_map(|office| {
            let mut words = office.split(' ');
            let prefix = words.next()?;
            let digits = number.strip_prefix(prefix)?.trim_start_matches(['-', '/']);
            digits.starts_with(|c: char| c.is_ascii_digit()).then(|| words.collect::<Vec<_>>())
        });
        let Some(names) = office else { continue };
        let country_key = fold_key(country);
        let is_code = country.chars().all(|c| c.is_ascii_alphabetic());
        if !is_code && !names.iter().any(|name| country_key.contains(name)) {
            let observation = Observation::to_check("需核对：号码的受理局与所印国别不同");
            let observation = observation.comparing("国别", country, names.join("、"));
            let path = format!("ip[{at}]");
            let country = case.shown(&path, &right.provenance, "country", country);
            found.push(observation.shown_by(case.right(at, "grant_number")).shown_by(country));
        }
    }
    answered(case, found, "号码与国别、类别相符")
}

/// Shows numbers in which a letter was read as the digit it looks like, or the other way round.
pub(super) fn repaired(case: &Case, _: &Parameters) -> Vec<Observation> {
    let mut found = Vec::new();
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let (Some(number), Some(Printed::Text(printed))) =
            (right.grant_number.as_deref(), right.provenance.printed.get("grant_number"))
        else {
            continue;
        };
        // Blanks, width and case are of the layout.
        if !fold_key(printed).ends_with(&fold_key(number))
            && looks_like(&fold_key(printed), &fold_key(number))
        {
            let observation = Observation::to_check("需核对：号码中的形近字符已按规则修正");
            let observation = observation.comparing("号码", printed, number);
            found.push(observation.shown_by(case.right(at, "grant_number")));
        }
    }
    answered(case, found, "没有修正形近字符的号码")
}

/// Compares the year within a registration number with the year that is printed beside it.
pub(super) fn software(case: &Case, _: &Parameters) -> Vec<Observation> {
    let mut found = Vec::new();
    let mut compared = 0;
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let (Some(registered), Some(date)) =
            (registration_year(right), right.grant_date.as_deref().and_then(parse_date))
        else {
            continue;
        };
        compared += 1;
        if registered != date.year {
            let observation = Observation::to_check("需核对：软件著作权登记号的年份与所印日期不同");
            let observation = observation.comparing("年份", registered, date);
            let shown = case.right(at, "grant_number").into_iter().chain(case.right(at, "grant_date"));
            found.push(observation.shown_by(shown));
        }
    }
    if compared == 0 {
        return vec![Observation::not_known("没有同时印出软件著作权的登记号与日期")];
    }
    or_holds(found, "登记号的年份与所印日期相符")
}

/// The year of `2019SR0123456`.
fn registration_year(right: &Ip) -> Option<u16> {
    let (year, rest) = right.grant_number.as_deref()?.split_once("SR")?;
    let serial = rest.len() >= 6 && rest.bytes().all(|b| b.is_ascii_digit());
    (serial && year.len() == 4).then(|| year.parse().ok())?
}

/// Tells whether two texts differ only where letters and digits look alike.
fn looks_like(printed: &str, read: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                'o' => '0',
                'l' | 'i' => '1',
                other => other,
            })
            .collect()
    };
    plain(printed).ends_with(&plain(read))
}

fn answered(case: &Case, found: Vec<Observation>, message: &str) -> Vec<Observation> {
    match case.dossier.ip.iter().any(|right| right.grant_number.is_some()) {
        true => or_holds(found, message),
        false => vec![Observation::not_known("没有读到知识产权的号码")],
    }
}
