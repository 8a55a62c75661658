use std::{collections::HashSet, sync::LazyLock};

static LEFT_OUT: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let lines = include_str!("left_out.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::chars).collect()
});

const NUMBERS: &str = "一二三四五六七八九十";

/// So many characters of its own tell a name apart without the word for what it is.
const ENOUGH: usize = 4;

/// The name of a prefecture has no more characters behind the first.
const PLACE: usize = 6;

/// Tells whether every character of the short form stands in the name, in order, the first and the last at its ends,
/// and what is left out are words that short forms leave out, one character behind the first (某大, 某某大学), the last of a
/// university's field (某国农大, 某国农业大学), or all of a place's name but its first (某盟, 某某某某盟). A form that says
/// enough may leave out the word for a hospital.
///
/// The number of a hospital may stand on either side of 附: 某大附一院 is 某大学第一附属医院 as well.
///
/// Of two fields that the name of an institute joins, the second may be left out: 某地卫生所 for 某地卫生与防护研究所.
pub fn is_short_form(short: &[char], name: &[char]) -> bool {
    shortens(short, name)
        || turned(short).is_some_and(|turned| shortens(&turned, name))
        || first_of_two(name).is_some_and(|first| shortens(short, &first))
}

/// The name of an institute without the second of the fields that it joins.
fn first_of_two(name: &[char]) -> Option<Vec<char>> {
    /// A field has no fewer characters of its own; the name of a hospital (附属和平医院) joins none.
    const FIELD: usize = 2;
    let last = *name.last()?;
    let is_institute = last == '所' || name.ends_with(&['研', '究', '院']);
    let joint = name.iter().position(|c| matches!(c, '与' | '和' | '及')).filter(|at| *at > ENOUGH)?;
    let is_own = |c: &&char| !LEFT_OUT.contains(c);
    let before = name[..joint].iter().rev().take_while(is_own).count();
    let behind = name.len().saturating_sub(joint + 2);
    if !is_institute || before < FIELD || behind < FIELD {
        return None;
    }
    Some(name[..joint].iter().copied().chain([last]).collect())
}

/// Tells whether a long enough form leaves out one character more than [`is_short_form`] allows: of the name of a field
/// that ends in 学 (丙丁学) it keeps the first. Only where few names are in question.
pub(super) fn is_contracted(short: &[char], name: &[char]) -> bool {
    /// A shorter form might be another name.
    const FEWEST: usize = 7;
    let (Some(last), Some(end)) = (short.last(), name.last()) else { return false };
    if short.len() < FEWEST || last != end || short[..2] != name[..2.min(name.len())] {
        return false;
    }
    let (mut at, mut dropped) = (0, Vec::new());
    for wanted in short {
        let Some(gap) = name[at..].iter().position(|c| c == wanted) else { return false };
        dropped.extend((at..at + gap).filter(|&at| !LEFT_OUT.contains(&name[at])));
        at += gap + 1;
    }
    let is_of_field = |&at: &usize| name.get(at + 1) == Some(&'学');
    at == name.len() && dropped.len() <= 1 && dropped.iter().all(is_of_field)
}

/// The number and 附 the other way round.
fn turned(short: &[char]) -> Option<Vec<char>> {
    let at = short.windows(2).position(|pair| match pair {
        ['附', number] | [number, '附'] => NUMBERS.contains(*number),
        _ => false,
    })?;
    let mut turned = short.to_vec();
    turned.swap(at, at + 1);
    Some(turned)
}

fn shortens(short: &[char], name: &[char]) -> bool {
    let mut at = 0;
    for (step, wanted) in short.iter().enumerate() {
        let rest = &name[at..];
        let Some(gap) = rest.iter().position(|c| c == wanted) else { return false };
        let free = match (step, wanted) {
            (1, '盟' | '州') => PLACE,
            (1, _) => 1,
            (2.., '大') => usize::from(gap == 1 && rest.get(2) == Some(&'学')),
            _ => 0,
        };
        if rest[..gap].iter().filter(|c| !LEFT_OUT.contains(c)).count() > free {
            return false;
        }
        at += gap + 1;
    }
    // 某大附一: behind a number the word for a hospital is left out too.
    let numbered = short.last().is_some_and(|c| NUMBERS.contains(*c));
    // 某国农大 needs no word for what it is.
    let is_university = short.ends_with(&['大']) && name[at..] == ['学'];
    let says_enough = || short.iter().filter(|c| !LEFT_OUT.contains(c)).count() >= ENOUGH;
    at == name.len()
        || name[at..].iter().all(|c| LEFT_OUT.contains(c)) && (numbered || is_university || says_enough())
}

/// Tells whether a name says no more than what it is: 人民医院, 第一医院, 中心医院.
pub(super) fn is_generic(name: &str) -> bool {
    name.chars().all(|c| LEFT_OUT.contains(&c) || c.is_ascii_digit() || NUMBERS.contains(c) || c == '总')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_leave_out_what_every_name_has() {
        for (short, name, want) in [
            ("某医大附一院", "某州医科大学附属第一医院", true),
            ("甲乙大附属医院", "甲乙大学附属医院", true),
            ("甲大二院", "甲某大学第二医院", true),
            ("甲市一院", "甲市第一人民医院", true),
            ("甲大附一", "甲某大学附属第一医院", true),
            ("甲医大附一院", "甲某医科大学第一附属医院", true),
            ("甲医大二附院", "甲某医科大学附属第二医院", true),
            ("甲医大附一院", "甲某医科大学第二附属医院", false),
            ("甲乙市一", "甲乙市第一人民医院", true),
            ("甲大附一", "甲某大学附属第一医院乙丙院区", false),
            ("甲东医院", "甲东大学乙丙医院", false),
            ("甲大一院", "甲某某大学第一医院", false),
            ("甲国农大", "甲国农业大学", true),
            ("乙师大", "乙某师范大学", true),
            ("甲某科大附属医院", "甲某科技大学附属医院", true),
            ("甲国农大", "甲国农业机械大学", false),
            ("甲东大附院", "甲东中医药大学附属医院", false),
            ("甲乙农大", "甲乙农场大队", false),
            ("甲大二院", "甲某大学第一医院", false),
            ("甲大附属", "甲某大学附属医院", false),
            ("甲盟中心医院", "甲乙丙丁盟中心医院", true),
            ("甲市中心医院", "甲乙丙丁市中心医院", false),
            ("甲医大丙丁光", "甲某医科大学附属丙丁光医院", true),
            ("甲州市妇儿中心", "甲州市妇女儿童医疗中心", true),
            ("甲州妇儿医院", "甲州市妇产医院", false),
            ("甲都乙丙科技公司", "甲都乙丙科技股份有限公司", true),
            ("甲都乙丙公司", "甲都乙丙科技有限公司", false),
            ("甲医大丙丁", "甲某医科大学附属丙丁医院", false),
            ("甲乙丙丁", "甲乙大学附属丙丁医院", true),
            ("甲国疾控中心乙丙所", "甲国疾病预防控制中心乙丙与丁戊控制所", true),
            ("甲国疾控中心乙卫生所", "甲国疾病预防控制中心乙卫生与中毒控制所", true),
            ("甲某医学院附院", "甲某医学院附属和平医院", false),
            ("甲国疾控中心丁戊所", "甲国疾病预防控制中心乙丙与丁戊控制所", false),
            ("甲国疾控中心乙丙", "甲国疾病预防控制中心乙丙与丁戊控制所", false),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(is_short_form(&chars(short), &chars(name)), want, "{short} {name}");
        }
    }

    #[test]
    fn a_field_keeps_its_first_character() {
        for (short, name, want) in [
            ("甲国医科院丙研所", "甲国医学科学院丙丁学研究所", true),
            ("甲医科大学附属医院", "甲医科大学附属儿童医院", false),
            ("甲医科大学附属医院", "甲医科大学附属眼科医院", false),
            ("甲省乙市人民医院", "甲省乙市人民眼科医院", false),
        ] {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(is_contracted(&chars(short), &chars(name)), want, "{short} {name}");
        }
    }

    #[test]
    fn a_generic_name_tells_nobody_apart() {
        for (name, want) in [("人民医院", true), ("第一医院", true), ("协和医院", false), ("肿瘤医院", false)]
        {
            assert_eq!(is_generic(name), want, "{name}");
        }
    }
}
