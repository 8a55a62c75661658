use proptest::prelude::*;

use super::{
    reading::{name_readings, surname_len, ways},
    syllable::written_forms,
    *,
};

/// Tells whether what is typed finds the name, by its reading or by initials.
fn meets(name: &str, typed: &str) -> bool {
    let (keys, spelled) = (name_keys(name), spelled_name(typed));
    let all = spelled.full.iter().chain(&spelled.loose);
    let read = |key: &String| all.clone().any(|one| key.trim_start_matches(SECONDARY) == one);
    keys.full.iter().any(read) || keys.short.iter().any(|key| spelled.short.contains(key))
}

#[test]
fn names_are_found_as_they_are_typed() {
    for (name, typed) in [
        ("许宝三", "xubaosan|XuBaosan|XÚ-BǍOSĀN|Xu,Baosan|xu baosan|xu bao san|Xu Bao-san|Xu, Baosan"),
        ("许宝三", "Baosan Xu|Bao San Xu|xu  BAO SAN|Xǔ Bǎosān|xbs|XBS|X.B.S.|x-b-s|x b s"),
        ("许宝三", "xu bs|Xu B.S.|Xu BS|BS Xu|B. S. Xu|Xu B. S.|Xu B.-S."),
        ("许西安", "xuxian|xuxi'an|Xu Xi'an|Xi'an Xu"),
        ("周某", "zhoumou|Zhou M|M. Zhou|Mou Zhou"),
        ("曾一", "zengyi|zeng-yi|cengyi|Yi Zeng"),
        ("单一平", "shanyiping|syp|danyiping|chanyiping|Shan YP"),
        ("仇一", "qiuyi|chouyi"),
        ("查一", "zhayi|chayi"),
        ("解一", "xieyi|jieyi"),
        ("区一", "ouyi|quyi|Yi Ou"),
        ("朴一", "piaoyi|puyi"),
        ("盖一", "geyi|gaiyi"),
        ("任乐一", "renleyi|renyueyi"),
        ("華一", "huayi"),
        ("吕一", "lvyi|luyi|lyuyi|Lü Yi|Lǚ Yi|LU Y|Lv Y|Lyu Y"),
        ("許绿女", "xulvnv|xulunu|xulyunyu"),
        ("尉迟一", "yuchiyi|Yuchi Yi|Yi Yuchi|Yu Chi Yi|Yi Yu Chi|Yuchi Y|Yu Chi Y|ycy"),
        ("万俟一", "moqiyi|Yi Moqi"),
        ("长孙一二", "zhangsunyier|zhangsunyi'er|Zhangsun YE|zsye"),
        ("令狐一", "linghuyi|Yi Linghu"),
        ("欧阳一", "ouyangyi|Ouyang Yi|Ou Yang Yi|Yi Ou-yang|Ouyang Y"),
        ("上官一", "shangguanyi"),
        ("夏侯一", "xiahouyi"),
        ("诸葛一", "zhugeyi"),
        ("司马一", "simayi"),
        ("皇甫一", "huangfuyi"),
        ("单于一", "chanyuyi"),
        ("古丽娜尔·买买提", "gulinaer|gulina'er|maimaiti|Maimaiti"),
        ("Zhou Anna", "Zhou A|A. Zhou"),
        ("Liu Michael Wei", "Liu MW|Liu M.W.|MW Liu|lmw|Wei LM|Liu M"),
    ] {
        for typed in typed.split('|') {
            assert!(meets(name, typed), "{name} {typed}: {:?} {:?}", name_keys(name), spelled_name(typed));
        }
    }
}

#[test]
fn other_names_and_ordinary_words_are_not() {
    for word in [
        "an",
        "he",
        "guan",
        "yue",
        "lian",
        "tumor",
        "spine",
        "the",
        "human",
        "china",
        "shanghai",
        "bone",
        "xu",
        "xb",
        "p53",
        "il6",
        "ecmo2",
        "",
        "甲",
        "x",
        "lumbar fusion",
        "in vitro",
        "of",
        "endoscopic spine surgery",
    ] {
        let spelled = spelled_name(word);
        assert!(spelled.full.is_empty() && spelled.loose.is_empty(), "{word} {spelled:?}");
    }
    for word in ["an", "he", "tumor", "spine", "the", "CT", "p53", "zhou yue"] {
        assert_eq!(spelled_name(word).short, [""; 0], "{word}");
    }
    for (name, typed) in [
        ("许宝三", "xu bao"),
        ("许宝三", "baosan"),
        ("许宝三", "xubaoshan"),
        ("许宝三", "xb"),
        ("李安", "li na"),
        ("李宁安", "li na"),
        ("许先", "xu xi an"),
        ("许先", "xu xi'an"),
        ("某某医院", "mou"),
    ] {
        assert!(!meets(name, typed), "{name} {typed}: {:?}", spelled_name(typed));
    }
    for text in ["", "许", "许宝三a", "Zhou", "一二三四五六", "2020", "Zhou 2"] {
        assert_eq!(name_keys(text), NameKeys::default(), "{text}");
    }
}

#[test]
fn the_surname_is_read_as_a_surname_first() {
    for (name, want) in [
        ("曾一", "zeng'yi"),
        ("单一", "shan'yi"),
        ("一单", "yi'dan"),
        ("尉迟一", "yu'chi'yi"),
        ("解乐", "xie'le"),
        ("吕一", "lv'yi"),
    ] {
        assert_eq!(name_keys(name).full[0], want);
        assert!(name_keys(name).full[1..].iter().all(|key| key.starts_with(SECONDARY)), "{name}");
        assert!(reads_as(name, want));
    }
    assert!(reads_as("曾一", "~ceng'yi") && !reads_as("曾一", "zeng'er") && !reads_as("曾一", "zeng"));
}

#[test]
fn the_tables_are_whole() {
    for line in include_str!("surnames.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (name, readings) = line.split_once('\t').expect("two columns");
        for way in readings.split('/') {
            let syllables: Vec<&str> = way.split(' ').collect();
            assert_eq!(syllables.len(), name.chars().count(), "{line}");
            assert!(syllables.iter().all(|syllable| is_syllable(syllable)), "{line}");
        }
    }
    for word in
        include_str!("ordinary.txt").lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace)
    {
        assert!(syllable::part(word, 5).iter().any(|way| way.len() > 1), "{word} needs no entry");
    }
    assert!(sound_alikes('宝').contains(&'保') && sound_alikes('乐').contains(&'月'));
    assert!(!sound_alikes('宝').contains(&'宝') && sound_alikes('a').is_empty());
    assert!(sounds_same('宝', '保') && !sounds_same('林', '玲') && !sounds_same('a', 'a'));
    for (one, other, nearly) in
        [('林', '玲', true), ('中', '宗', true), ('林', '山', false), ('n', 'm', false)]
    {
        assert_eq!(sounds_nearly(one, other), nearly, "{one} {other}");
    }
}

/// Every way to type a name, by its readings as the tables have them.
fn forms(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let surname = surname_len(&chars);
    let mut forms = Vec::new();
    for way in ways(&name_readings(&chars)) {
        let written: Vec<Vec<String>> = way.iter().map(|syllable| written_forms(syllable)).collect();
        for choice in 0..written.iter().map(Vec::len).max().unwrap_or(1) {
            let way: Vec<&str> = written.iter().map(|forms| forms[choice % forms.len()].as_str()).collect();
            let (first, last) = (way[..surname].concat(), way[surname..].concat());
            let initials = |way: &[&str]| way.iter().map(|one| one[..1].to_owned()).collect::<Vec<_>>();
            let given = initials(&way[surname..]);
            forms.extend([
                format!("{first} {last}"),
                format!("{last} {first}"),
                way.join(" "),
                format!("{} {}", way[surname..].join("-"), first),
                format!("{first}, {}", way[surname..].join("-")),
                format!("{} {last}", first.to_uppercase()),
            ]);
            if first.len() > 1 {
                forms.push(format!("{first} {}", given.concat().to_uppercase()));
                forms.push(format!("{}. {first}", given.join(".").to_uppercase()));
            }
            if !is_taken(&way.concat()) {
                forms.push(way.concat());
            }
            if way.len() > 2 {
                forms.push(initials(&way).join("."));
            }
        }
    }
    forms
}

/// Tells whether a joined reading is an ordinary word, or one syllable.
fn is_taken(joined: &str) -> bool {
    is_syllable(joined) || spelling::is_ordinary(joined)
}

/// Surnames of every kind, and characters of names with one reading and with several.
const SURNAMES: &str =
    "王 李 张 刘 陈 吕 曾 单 仇 查 解 区 朴 盖 任 华 欧阳 尉迟 万俟 长孙 令狐 上官 夏侯 诸葛 司马 皇甫";
const GIVEN: &str =
    "一 平 安 宝 三 乐 长 青 女 绿 晟 朝 重 行 月 娥 恩 爱 欧 玉 雨 鹏 翔 茜 娜 柏 藏 石 盛 少 传";

#[test]
fn three_hundred_names_are_found_in_every_form() {
    let given: Vec<&str> = GIVEN.split(' ').collect();
    let mut names = Vec::new();
    for (at, surname) in SURNAMES.split(' ').enumerate() {
        for n in 0..12 {
            let (first, second) = (given[(at * 7 + n) % given.len()], given[(at + n * 5) % given.len()]);
            names.push(if n % 3 == 0 {
                format!("{surname}{first}")
            } else {
                format!("{surname}{first}{second}")
            });
        }
    }
    assert!(names.len() >= 300);
    let mut count = 0;
    for name in &names {
        for form in forms(name) {
            assert!(meets(name, &form), "{name} {form}: {:?} {:?}", name_keys(name), spelled_name(&form));
            count += 1;
        }
    }
    println!("{} names, {count} forms", names.len());
    assert!(count > 3_000);
}

proptest! {
    #[test]
    fn every_form_of_a_name_finds_it(name in "[\u{4E00}-\u{9FA5}]{2,4}") {
        let name = crate::text::fold_key(&name);
        let chars: Vec<char> = name.chars().collect();
        prop_assume!(!name_readings(&chars).is_empty());
        for form in forms(&name) {
            prop_assert!(meets(&name, &form), "{name} {form}: {:?} {:?}", name_keys(&name), spelled_name(&form));
        }
    }

    #[test]
    fn anything_can_be_typed(typed in "\\PC{0,60}|[a-zA-Z '.,-]{0,80}") {
        let spelled = spelled_name(&typed);
        prop_assert!(spelled.full.iter().chain(&spelled.loose).all(|key| (1..5).contains(&key.matches('\'').count())));
        prop_assert!(spelled.short.iter().all(|key| key.contains('.')));
        name_keys(&typed);
    }
}
