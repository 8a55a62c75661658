use super::*;
use crate::domain::{InnovationClaim, Institution, Ip, Mentions, Paper, PersonMention, Warning};

fn render(dossier: Dossier, contributions: Vec<Contribution>) -> String {
    let links = Links::new(contributions);
    DossierPage {
        layout: Layout::default(),
        dossier,
        links,
        matrix: Matrix::default(),
        reused: Vec::new(),
        text: String::new(),
        history: HistoryView::default(),
        findings: Some(Vec::new()),
    }
    .render()
    .expect("rendered")
}

fn named(id: &str, name: &str) -> EntityRef {
    EntityRef { id: id.into(), name: name.into() }
}

fn a_dossier() -> Dossier {
    Dossier {
        id: "d1".into(),
        kind: DossierKind::Dossier,
        title: Some("<script>alert(1)</script>".into()),
        award: Some(Award { name: Some("某奖".into()), year: Some(2026), ..Award::default() }),
        claims: vec![InnovationClaim {
            number: 1,
            heading: "首创某法".into(),
            text: "首创某法。其后。".into(),
            ..Default::default()
        }],
        contributors: vec![
            Contributor {
                rank: Some(1),
                name: "甲 乙".into(),
                institution: Some("某医院".into()),
                claims: vec![1],
                contribution: Some("完成创新点1".into()),
                ..Contributor::default()
            },
            Contributor {
                rank: Some(2),
                name: "丙".into(),
                employer: Some("别院".into()),
                claims: vec![9],
                ..Contributor::default()
            },
        ],
        institutions: vec![Institution { rank: Some(1), name: "某医院".into(), ..Institution::default() }],
        papers: vec![Paper {
            number: Some(5),
            title: "论某法".into(),
            journal: Some("某刊".into()),
            authors: vec!["甲乙".into()],
            corresponding_authors: vec!["甲乙".into()],
            ..Paper::default()
        }],
        ip: vec![Ip {
            number: Some(2),
            title: "一种器械".into(),
            grant_number: Some("ZL000000000000.0".into()),
            ..Ip::default()
        }],
        warnings: vec![Warning {
            code: "row-merged".into(),
            message: "two rows were one".into(),
            field: Some("papers[5]".into()),
        }],
        ..Dossier::default()
    }
}

#[test]
fn a_dossier_is_shown_with_every_part() {
    let contribution = Contribution {
        rank: Some(1),
        person: named("p1", "甲乙"),
        institution: Some(named("i1", "某医院")),
        ..Contribution::default()
    };
    let html = render(a_dossier(), vec![contribution]);
    assert!(!html.contains("<script"), "titles are escaped");
    for part in [
        "alert(1)",
        "某奖",
        "2026",
        "首创某法",
        "/people/p1",
        "/institutions/i1",
        "完成创新点1",
        "id=\"claim-1\"",
        "<tr id=\"paper-5\">",
        "<tr id=\"ip-2\">",
        "ZL000000000000.0",
        "通讯作者",
        "two rows were one",
        "/api/v1/dossiers/d1/source",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let claims = html.split("id=\"claims\"").nth(1).and_then(|rest| rest.split("</section>").next());
    let claims = claims.expect("a section of claims");
    assert!(claims.contains("甲 乙") && !claims.contains("丙"), "a claim names who is credited: {claims}");
}

#[test]
fn a_claim_that_the_dossier_does_not_make_is_no_link() {
    let html = render(a_dossier(), Vec::new());
    assert!(html.contains("href=\"#claim-1\"") && !html.contains("#claim-9"), "{html}");
    assert!(html.contains("材料没有列出这一创新点"), "{html}");
}

#[test]
fn names_without_a_record_lead_to_a_search() {
    let html = render(a_dossier(), Vec::new());
    assert!(html.contains("/?person=%E4%B8%99"), "{html}");
    assert!(html.contains("institution=%E5%88%AB%E9%99%A2"), "{html}");
}

#[test]
fn an_article_shows_whom_it_mentions() {
    let article = Dossier {
        kind: DossierKind::Article,
        title: Some("某报道".into()),
        mentions: Mentions {
            people: vec![PersonMention {
                name: "丁".into(),
                institution: Some("某院".into()),
                ..PersonMention::default()
            }],
            institutions: vec!["某院".into()],
            ..Mentions::default()
        },
        ..Dossier::default()
    };
    let html = render(article, Vec::new());
    for part in ["新闻报道", "文中提及", "丁", "某院"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    for absent in ["完成人</h2>", "代表性论文", "知识产权</h2>", "<dl"] {
        assert!(!html.contains(absent), "{absent}: {html}");
    }
}
