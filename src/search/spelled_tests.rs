use super::tests::{Bench, index, record};
use crate::{
    analysis::sounds,
    domain::Kind,
    index::{Record, TextSource},
};

fn bearing(mut record: Record, people: &[&str]) -> Record {
    record.people = people.iter().map(|name| (*name).to_owned()).collect();
    record
}

fn person(id: &str, name: &str, body: &str) -> Record {
    bearing(
        Record { names: vec![TextSource::shown("name", name)], ..record(Kind::Person, id, name, body) },
        &[name],
    )
}

fn marked(bench: &Bench, q: &str, kind: Kind) -> Vec<String> {
    let hits = bench.ask(q, kind, &[]).hits;
    let of_snippet = |text: &str, marks: &[[usize; 2]]| {
        let chars: Vec<char> = text.chars().collect();
        marks.iter().map(|&[from, to]| chars[from..to].iter().collect::<String>()).collect::<Vec<_>>()
    };
    let snippets = hits.iter().flat_map(|hit| &hit.snippets);
    snippets.flat_map(|snippet| of_snippet(&snippet.text, &snippet.marks)).collect()
}

fn people() -> Bench {
    let paper = |id: &str, title: &str, authors: &[&str]| {
        bearing(record(Kind::Paper, id, title, &authors.join("、")), authors)
    };
    index(&[&[
        person("p1", "许宝三", "某甲医院 主任医师 研发 ECMO 管路"),
        person("p2", "徐保叁", "某乙医院"),
        person("p3", "周悦", "某甲医院"),
        person("p4", "Zhou Yue", "某乙医院"),
        person("p5", "单一乐", "某乙医院"),
        person("p6", "善一乐", "某乙医院"),
        person("p7", "Liu Michael Wei", "某丙医院"),
        person("p8", "欧阳吕", "某丙医院"),
        person("p9", "胡满", "某丙医院 human tissue"),
        person("q1", "何安", "某丙医院"),
        person("r1", "丹一乐", "某丁医院"),
        paper("a1", "Fusion of the spine", &["周悦", "许宝三"]),
        paper("a2", "Tumor of the spine", &["Zhou Yue", "李某"]),
        paper("a3", "Human spine by Zhou M and Li Yue", &["张某某"]),
        paper("a4", "Spine", &["胡满"]),
    ]])
}

#[test]
fn people_are_found_by_their_names_in_latin_letters() {
    let bench = people();
    for (q, kind, want) in [
        ("xubaosan", Kind::Person, "p1 p2"),
        ("Xu Bao-san", Kind::Person, "p1 p2"),
        ("Baosan Xu", Kind::Person, "p1 p2"),
        ("xubaosan ECMO", Kind::Person, "p1"),
        ("许宝三", Kind::Person, "p1"),
        ("xbs", Kind::Person, "p1 p2"),
        ("Xu B.S.", Kind::Person, "p1 p2"),
        ("Zhou Yue", Kind::Person, "p4 p3"),
        ("Yue Zhou", Kind::Person, "p4 p3"),
        ("Zhou, Yue", Kind::Person, "p4 p3"),
        ("zhouyue", Kind::Person, "p4 p3"),
        ("shanyile", Kind::Person, "p5 p6"),
        ("danyile", Kind::Person, "r1 p5"),
        ("shan yiyue", Kind::Person, "p5 p6"),
        ("Wei Michael Liu", Kind::Person, "p7"),
        ("Liu, Michael Wei", Kind::Person, "p7"),
        ("Liu MW", Kind::Person, "p7"),
        ("Xu Robert Baosan", Kind::Person, "p1 p2"),
        ("ouyanglu", Kind::Person, "p8"),
        ("ouyang lü", Kind::Person, "p8"),
        ("Lyu Ouyang", Kind::Person, "p8"),
        ("xubaosan OR ouyanglv", Kind::Person, "p1 p2 p8"),
        ("某乙医院 -xubaosan", Kind::Person, "p4 p5 p6"),
        ("\"Zhou Yue\"", Kind::Person, "p4"),
        ("人:xubaosan", Kind::Person, "p2 p1"),
        ("人:\"Xu Baosan\" spine", Kind::Paper, "a1"),
        ("an", Kind::Person, ""),
        ("he", Kind::Person, ""),
        ("human", Kind::Person, "p9"),
        ("zhou yue", Kind::Paper, "a2 a1 a3"),
        ("zhou yue fusion", Kind::Paper, "a1"),
        ("xbs", Kind::Paper, ""),
        ("human", Kind::Paper, "a3"),
        ("hu man", Kind::Paper, "a4"),
    ] {
        assert_eq!(bench.ids(q, kind), want, "{q} {kind}");
        assert!(!bench.ask(q, kind, &[]).relaxed, "{q}");
    }
}

#[test]
fn marks_stand_on_the_han_name() {
    let bench = people();
    for (q, kind, want) in [
        ("xubaosan", Kind::Paper, vec!["许宝三"]),
        ("zhou yue fusion", Kind::Paper, vec!["周悦"]),
        ("ouyang lv", Kind::Person, vec!["欧阳吕"]),
        ("ouyang l", Kind::Person, vec!["欧阳吕"]),
        ("Zhou Yue", Kind::Person, vec!["Zhou", "Yue", "周悦"]),
    ] {
        assert_eq!(marked(&bench, q, kind), want, "{q}");
    }
}

#[test]
fn some_of_three_hundred_people_are_found() {
    let surnames =
        "王 李 张 吕 曾 单 仇 查 解 区 朴 盖 任 华 欧阳 尉迟 万俟 长孙 令狐 上官 夏侯 诸葛 司马 皇甫 石";
    let given = "平 宝 三 青 绿 重 行 月 爱 玉 鹏 娜 石";
    let mut names: Vec<(String, usize)> = Vec::new();
    for (at, surname) in surnames.split(' ').enumerate() {
        for (n, first) in given.split(' ').enumerate().take(12) {
            let second = given.split(' ').nth((at + n * 3) % 13).filter(|_| n % 4 > 0).unwrap_or_default();
            names.push((format!("{surname}{first}{second}"), surname.chars().count()));
        }
    }
    assert_eq!(names.len(), 300);
    let records: Vec<Record> =
        names.iter().enumerate().map(|(n, (name, _))| person(&format!("p{n:03}"), name, "")).collect();
    let bench = index(&[&records[..100], &records[100..]]);
    // Every form of every name is met in `analysis`; here a part of them goes all the way.
    for (n, (name, surname)) in names.iter().enumerate().step_by(7) {
        let read: Vec<String> = sounds(name, true).iter().map(|sound| sound.ways[0].clone()).collect();
        let (first, last) = (read[..*surname].concat(), read[*surname..].join("-"));
        let initials: String = read[*surname..].iter().map(|one| one[..1].to_uppercase()).collect();
        for q in [
            read.join(" "),
            format!("{first} {last}"),
            format!("{last}, {first}"),
            format!("{} {initials}", first.to_uppercase()),
            format!("{initials} {first}"),
        ] {
            let found = bench.ids(&q, Kind::Person);
            assert!(found.contains(&format!("p{n:03}")), "{name} {q}: {found}");
        }
    }
}
