use std::sync::LazyLock;

use regex::Regex;

use super::{WorkKey, WorkMethod, title::title_key};
use crate::{
    domain::{Ip, Printed},
    identifier::{check_digit, digits_proved, identifiers, one_digit_off},
    text::fold_key,
};

/// Gives the keys under which a listed right is met in other dossiers, the surest first; none where
/// nothing tells it from other rights.
///
/// Of a Chinese patent, the grant has the number of the application, and a publication keeps its number
/// from the application (A) to the grant (B); kind codes are left out.
pub fn ip_keys(ip: &Ip) -> Vec<WorkKey> {
    let title = title_key(&ip.title);
    let mut keys: Vec<WorkKey> = Vec::new();
    for number in numbers(ip) {
        keys.extend(keys_of_number(&number, ip.country.as_deref(), &title));
    }
    if keys.is_empty() && !title.is_empty() {
        let kind = kind(ip.category.as_deref().unwrap_or_default());
        let holders = ip.holders.iter().map(|holder| fold_key(holder)).filter(|holder| !holder.is_empty());
        keys.extend(
            holders.map(|holder| WorkKey::new(WorkMethod::SameTitleAndHolder, &[&title, kind, &holder])),
        );
    }
    keys.sort();
    keys.dedup();
    keys
}

/// The number as it was understood and as it was printed.
fn numbers(ip: &Ip) -> impl Iterator<Item = String> {
    let printed = match ip.provenance.printed.get("grant_number") {
        Some(Printed::Text(text)) => Some(text),
        Some(Printed::List(_)) | None => None,
    };
    ip.grant_number.iter().chain(printed).map(|number| fold_key(number)).filter(|number| !number.is_empty())
}

fn keys_of_number(number: &str, country: Option<&str>, title: &str) -> Vec<WorkKey> {
    let number = number.replace(['/', ','], "");
    if let Some((serial, check)) = chinese_number(&number) {
        return chinese_patent(&serial, check, title);
    }
    if let Some(found) = SOFTWARE.captures(&number) {
        let serial = found[2].trim_start_matches('0');
        return vec![WorkKey::new(WorkMethod::SameRegistration, &[&found[1], serial])];
    }
    if let Some(found) = CERTIFICATE.captures(&number) {
        return vec![WorkKey::new(WorkMethod::SameRegistration, &["certificate", &found[1]])];
    }
    if let Some(found) = JAPANESE.captures(&number) {
        return vec![WorkKey::new(WorkMethod::SamePatentNumber, &["jp", &found[1]])];
    }
    let publication = identifiers(&number).into_iter().map(|found| found.canonical).next();
    if let Some(found) = publication.as_deref().and_then(|canonical| PUBLICATION.captures(canonical)) {
        return vec![WorkKey::new(WorkMethod::SamePatentNumber, &[&found[1], &found[2]])];
    }
    let plain: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
    let office = country.and_then(office).filter(|_| plain.bytes().all(|byte| byte.is_ascii_digit()));
    match (office, plain.chars().filter(char::is_ascii_digit).count()) {
        (Some(office), 6..) => vec![WorkKey::new(WorkMethod::SamePatentNumber, &[office, &plain])],
        (None, 4..) => vec![WorkKey::new(WorkMethod::SameNumber, &[&plain])],
        _ => Vec::new(),
    }
}

/// The digits and the check digit of a Chinese application; letters are read as digits where that is proved.
fn chinese_number(number: &str) -> Option<(String, Option<char>)> {
    let found = CHINESE.captures(number)?;
    let check = found.name("check").map_or("", |check| check.as_str());
    let bare = format!("{}{check}", &found["serial"]);
    let read = digits_proved(&bare).unwrap_or(bare);
    let (serial, check) = read.split_once('.').unwrap_or((&read, ""));
    let marked = serial.len() == 12 || found.name("prefix").is_some() || !check.is_empty();
    let digits = serial.bytes().all(|byte| byte.is_ascii_digit());
    (digits && marked).then(|| (serial.to_owned(), check.chars().next()))
}

/// A Chinese patent by its application number. Where the check digit proves it misread, it is also met by
/// the numbers that differ in one digit and fit, if the title is the same.
fn chinese_patent(serial: &str, check: Option<char>, title: &str) -> Vec<WorkKey> {
    let mut keys = vec![WorkKey::new(WorkMethod::SamePatentNumber, &["cn", serial])];
    let Some(check) = check.filter(|_| !title.is_empty()) else { return keys };
    let right = check_digit(serial).is_some_and(|wanted| wanted.eq_ignore_ascii_case(&check));
    let near = if right { vec![serial.to_owned()] } else { one_digit_off(serial, check) };
    keys.extend(
        near.iter().map(|serial| WorkKey::new(WorkMethod::MisreadPatentNumber, &["cn", serial, title])),
    );
    keys
}

/// What a right is, by the words of its category: an invention and a utility model of one day bear one title.
fn kind(category: &str) -> &'static str {
    let category = fold_key(category);
    let kinds = [("著作权", "software"), ("软件", "software"), ("软著", "software"), ("实用新型", "utility")];
    let kinds = kinds.iter().chain(&[("外观", "design"), ("标准", "standard"), ("注册", "licence")]);
    kinds.clone().find(|(word, _)| category.contains(word)).map_or("patent", |(_, kind)| kind)
}

fn office(country: &str) -> Option<&'static str> {
    static OFFICES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        include_str!("offices.tsv").lines().filter_map(|line| line.split_once('\t')).collect()
    });
    let country = fold_key(country);
    OFFICES.iter().find(|(name, _)| *name == country).map(|(_, code)| *code)
}

/// An application or grant: 12 digits, for some of which letters may stand, or 8 before 2003.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<prefix>zl|cn)?(?P<serial>[0-9oqdilzsgb]{12}|[0-9]{8})(?P<check>\.[0-9a-z])?$")
        .expect("the pattern is valid")
});
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static SOFTWARE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"((?:19|20)[0-9]{2})sr([0-9]{6,7})").expect("the pattern is valid"));
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static CERTIFICATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"软著登字第?0*([0-9]{5,9})号").expect("the pattern is valid"));
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static JAPANESE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^特[許许]第?([0-9]{6,7})号?$").expect("the pattern is valid"));
/// Office, number, kind code.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static PUBLICATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([a-z]{2,3})([0-9]{6,})(?:[a-z][0-9]?)?$").expect("the pattern is valid"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::work::shared;

    fn ip(category: &str, number: &str, title: &str, holders: &[&str]) -> Ip {
        Ip {
            category: Some(category.into()),
            grant_number: Some(number.to_owned()).filter(|number| !number.is_empty()),
            title: title.into(),
            holders: holders.iter().map(|holder| (*holder).to_owned()).collect(),
            ..Ip::default()
        }
    }

    #[test]
    fn one_right_is_met_under_every_form_of_its_number() {
        use WorkMethod::{MisreadPatentNumber, SameNumber, SamePatentNumber, SameRegistration};
        for (one, other, want) in [
            ("ZL201710123456.0", "ZL 2017 1 0123456.0", Some(SamePatentNumber)),
            ("ZL201710123456.0", "201710123456.0", Some(SamePatentNumber)),
            ("ZL201710123456.0", "CN201710123456", Some(SamePatentNumber)),
            ("ZL201710123456.0", "ＺＬ２０１７１０１２３４５６．０", Some(SamePatentNumber)),
            ("ZL201710123456.0", "ZL2O17lO123456.0", Some(SamePatentNumber)),
            ("ZL201710123456.0", "ZL201710128456.0", Some(MisreadPatentNumber)),
            ("ZL201710123456.0", "ZL201710123464.1", None),
            ("CN109876543A", "CN109876543B", Some(SamePatentNumber)),
            ("CN109876543A", "CN109876544A", None),
            ("WO2020/048193A1", "WO2020048193A1", Some(SamePatentNumber)),
            ("W02020048193A1", "WO2020048193", Some(SamePatentNumber)),
            ("US10,973,954B2", "US10973954B2", Some(SamePatentNumber)),
            ("特許第6543210号", "JP6543210B2", Some(SamePatentNumber)),
            ("US10973954B2", "EP10973954B1", None),
            ("2019SR0123456", "2019sr123456", Some(SameRegistration)),
            ("2019SR0123456", "2020SR0123456", None),
            ("软著登字第1234567号", "软著登字 1234567 号", Some(SameRegistration)),
            ("国械注准20213401192", "国械注准 20213401192", Some(SameNumber)),
            ("T/CACA0127-2022", "T/CACA 0127—2022", Some(SameNumber)),
            ("T/CACA0127-2022", "T/CACA0127-2023", None),
        ] {
            let keys = |number| ip_keys(&ip("发明专利", number, "一种甲", &["陈一"]));
            assert_eq!(shared(&keys(one), &keys(other)), want, "{one} {other}");
        }
    }

    #[test]
    fn a_misread_number_needs_the_same_title() {
        let right = ip_keys(&ip("发明专利", "ZL201710123456.0", "一种甲", &[]));
        let other = ip_keys(&ip("发明专利", "ZL201710128456.0", "一种乙", &[]));
        assert_eq!(shared(&right, &other), None);
    }

    #[test]
    fn a_number_without_its_office_is_of_the_country() {
        let at = |country: &str, number: &str| {
            ip_keys(&Ip { country: Some(country.into()), ..ip("外国专利", number, "A thing", &[]) })
        };
        assert_eq!(
            shared(&at("美国", "10973954"), &at("美國", "US10973954B2")),
            Some(WorkMethod::SamePatentNumber)
        );
        assert_eq!(shared(&at("日本", "10973954"), &at("美国", "US10973954B2")), None);
    }

    #[test]
    fn without_a_number_title_kind_and_holder_tell() {
        let keys =
            |category, number, holders: &[&str]| ip_keys(&ip(category, number, "甲系统 V1.0", holders));
        let software = keys("软件著作权", "", &["甲公司", "陈一"]);
        assert_eq!(
            shared(&software, &keys("计算机软件著作权", "", &["陳一"])),
            Some(WorkMethod::SameTitleAndHolder)
        );
        assert_eq!(shared(&software, &keys("发明专利", "", &["陈一"])), None);
        assert_eq!(shared(&software, &keys("软件著作权", "", &["乙公司"])), None);
        assert_eq!(shared(&software, &keys("软件著作权", "2019SR0123456", &["陈一"])), None);
        assert_eq!(ip_keys(&ip("发明专利", "", "", &["陈一"])), []);
    }
}
