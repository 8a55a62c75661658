use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;

/// Places of one name and different rank or part of the country, which 省 and 市 tell apart.
const SAME_NAME: [&str; 4] = ["吉林", "朝阳", "中山", "海南"];
/// The long names of regions, longest first.
const REGIONS: [(&str, &str); 7] = [
    ("新疆维吾尔自治区", "新疆"),
    ("广西壮族自治区", "广西"),
    ("宁夏回族自治区", "宁夏"),
    ("内蒙古自治区", "内蒙古"),
    ("西藏自治区", "西藏"),
    ("香港特别行政区", "香港"),
    ("澳门特别行政区", "澳门"),
];

struct Province {
    name: &'static str,
    cities: Vec<&'static str>,
}

static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| {
    let lines = include_str!("places.tsv").lines().filter(|line| !line.starts_with('#'));
    let province = |line: &'static str| {
        let (name, cities) = line.split_once('\t').unwrap_or((line, ""));
        Province { name, cities: cities.split_whitespace().collect() }
    };
    lines.filter(|line| !line.is_empty()).map(province).collect()
});

/// Leaves out of a folded name what says its place twice or at length: 省 and 市, the province before its
/// city, a place before itself. 市立 and 省立 are words of a name, and nothing is left out before a bare
/// 医院: 甲市医院 is not 甲医院.
pub(super) fn shortened(key: &str) -> String {
    let key = &*without_peoples(key);
    let key = REGIONS
        .iter()
        .find_map(|(long, short)| key.strip_prefix(long).map(|rest| format!("{short}{rest}")))
        .unwrap_or_else(|| key.to_owned());
    let Some(province) = PROVINCES.iter().find(|province| key.starts_with(province.name)) else {
        return city_shortened(&key).unwrap_or(key);
    };
    let behind = &key[province.name.len()..];
    let rest = without_rank(behind, if province.cities.is_empty() { '市' } else { '省' });
    if rest.starts_with(province.name) {
        return shortened(rest);
    }
    let city = province.cities.iter().find(|city| rest.starts_with(**city));
    if city.is_some_and(|city| !is_bare(without_rank(&rest[city.len()..], '市'))) {
        return city_shortened(rest).unwrap_or_else(|| rest.to_owned());
    }
    if rest.len() == behind.len() || is_bare(rest) || SAME_NAME.contains(&province.name) {
        return key.clone();
    }
    format!("{}{rest}", province.name)
}

/// 甘孜藏族自治州 is 甘孜州, 长阳土家族自治县 is 长阳县.
fn without_peoples(key: &str) -> Cow<'_, str> {
    static PEOPLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let lines = include_str!("peoples.txt").lines().filter(|line| !line.starts_with('#'));
        let names: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        Regex::new(&format!(r"(?:(?:{})族?)+自治([州县旗])", names.join("|"))).ok()
    });
    match PEOPLES.as_ref().filter(|_| key.contains("自治")) {
        Some(peoples) => peoples.replace(key, "$1"),
        None => Cow::Borrowed(key),
    }
}

/// Leaves out the place that a name begins with: 天津市甲公司, 天津甲公司.
pub fn without_place(name: &str) -> &str {
    let names = PROVINCES.iter().flat_map(|one| one.cities.iter().chain([&one.name]));
    let place = names.filter(|place| name.starts_with(**place)).max_by_key(|place| place.len());
    match place {
        Some(place) => without_place(name[place.len()..].trim_start_matches(['省', '市'])),
        None => name,
    }
}

/// `None` where no city stands at the beginning, or it stays as it is.
fn city_shortened(key: &str) -> Option<String> {
    let cities = PROVINCES.iter().flat_map(|province| &province.cities);
    let city = cities.filter(|city| key.starts_with(**city)).max_by_key(|city| city.len())?;
    let behind = &key[city.len()..];
    let rest = without_rank(behind, '市');
    if rest.starts_with(*city) {
        return Some(rest.to_owned());
    }
    let stays = rest.len() == behind.len() || is_bare(rest) || SAME_NAME.contains(city);
    (!stays).then(|| format!("{city}{rest}"))
}

fn without_rank(behind: &str, rank: char) -> &str {
    let rest = behind.strip_prefix(rank).unwrap_or(behind);
    if rest.starts_with('立') { behind } else { rest }
}

fn is_bare(rest: &str) -> bool {
    rest.chars().count() <= 2
}

/// Tells whether a folded text is the name of a place and nothing else: 某市, 某省某市, 某市某区.
pub(super) fn is_place(text: &str) -> bool {
    let ranked =
        |text: &str| text.chars().count() <= 12 && text.ends_with(['省', '市', '区', '县', '州', '盟', '旗']);
    !places_in(text).is_empty() && (ranked(text) || is_known(text)) || text == "中国"
}

fn is_known(text: &str) -> bool {
    let names = PROVINCES.iter().flat_map(|one| one.cities.iter().chain([&one.name]));
    let mut names = names.filter(|name| text.starts_with(**name));
    names.any(|name| text.len() == name.len() || is_known(&text[name.len()..]))
}

/// The provinces and cities that a folded text names, each once.
pub(super) fn places_in(text: &str) -> Vec<&'static str> {
    let names = PROVINCES.iter().flat_map(|one| one.cities.iter().copied().chain([one.name]));
    let mut found: Vec<&str> = names.filter(|name| text.contains(name)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_once_and_short() {
        for (key, want) in [
            ("天津市天津医院", "天津医院"),
            ("天津医院", "天津医院"),
            ("天津市医院", "天津市医院"),
            ("上海市第6人民医院", "上海第6人民医院"),
            ("浙江省杭州市第1人民医院", "杭州第1人民医院"),
            ("浙江杭州市第1人民医院", "杭州第1人民医院"),
            ("浙江省台州医院", "浙江台州医院"),
            ("山东省立医院", "山东省立医院"),
            ("青岛市市立医院", "青岛市立医院"),
            ("吉林省人民医院", "吉林省人民医院"),
            ("吉林市人民医院", "吉林市人民医院"),
            ("中山市人民医院", "中山市人民医院"),
            ("中山大学甲医院", "中山大学甲医院"),
            ("内蒙古自治区人民医院", "内蒙古人民医院"),
            ("上海上海甲中心", "上海甲中心"),
            ("甘孜藏族自治州人民医院", "甘孜州人民医院"),
            ("黔东南苗族侗族自治州甲医院", "黔东南州甲医院"),
            ("长阳土家族自治县人民医院", "长阳县人民医院"),
            ("浙江市人民医院", "浙江市人民医院"),
            ("甲市乙医院", "甲市乙医院"),
        ] {
            assert_eq!(shortened(key), want, "{key}");
            assert_eq!(shortened(want), want, "{key}");
        }
    }

    #[test]
    fn a_name_without_its_place_is_left() {
        for (name, want) in
            [("天津市甲乙公司", "甲乙公司"), ("浙江杭州甲乙", "甲乙"), ("甲乙公司", "甲乙公司")]
        {
            assert_eq!(without_place(name), want, "{name}");
        }
    }

    #[test]
    fn a_place_alone_is_no_name() {
        for (text, want) in
            [("天津", true), ("天津市津南区", true), ("浙江杭州", true), ("中国", true), ("天津医院", false)]
        {
            assert_eq!(is_place(text), want, "{text}");
        }
    }
}
