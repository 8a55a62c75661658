use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{EntityRef, Relation},
    http::error::ApiError,
};

/// Nodes for the one in question and the partners, an edge for each relation.
#[derive(Template)]
#[template(path = "graph.xml", config = "src/http/askama.toml")]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

struct Node {
    id: String,
    name: String,
    kind: &'static str,
    institution: Option<String>,
}

struct Edge {
    source: String,
    target: String,
    count: usize,
    years: String,
    dossiers: String,
    titles: String,
}

/// Answers relations as GraphML.
pub(super) fn graph(
    kind: &'static str,
    of: &EntityRef,
    relations: &[Relation],
) -> Result<Response, ApiError> {
    let node = |one: &EntityRef, institution: Option<&EntityRef>| Node {
        id: one.id.clone(),
        name: legible(&one.name),
        kind,
        institution: institution.map(|institution| legible(&institution.name)),
    };
    let partners = relations.iter().map(|relation| node(&relation.partner, relation.institution.as_ref()));
    let graph = Graph {
        nodes: std::iter::once(node(of, None)).chain(partners).collect(),
        edges: relations.iter().map(|relation| edge(&of.id, relation)).collect(),
    };
    let text = graph.render().map_err(|error| ApiError::Internal(Box::new(error)))?;
    Ok(([(header::CONTENT_TYPE, "application/graphml+xml; charset=utf-8")], text).into_response())
}

fn edge(source: &str, relation: &Relation) -> Edge {
    let joined = |parts: &mut dyn Iterator<Item = String>| parts.collect::<Vec<_>>().join("; ");
    let years: BTreeMap<_, _> = relation.years.clone();
    let dossiers = || relation.dossiers.iter().map(|one| &one.dossier);
    Edge {
        source: source.to_owned(),
        target: relation.partner.id.clone(),
        count: relation.count,
        years: joined(&mut years.iter().map(|(year, count)| format!("{year}: {count}"))),
        dossiers: joined(&mut dossiers().map(|dossier| dossier.id.clone())),
        titles: legible(&joined(&mut dossiers().map(|dossier| dossier.title.clone()))),
    }
}

/// Without the control characters that XML cannot hold, not even escaped.
fn legible(text: &str) -> String {
    let held = |c: &char| {
        matches!(c, '\t' | '\n' | '\r') || (!c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    };
    text.chars().filter(held).collect()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;
    use crate::domain::{DossierRef, SharedDossier};

    #[tokio::test]
    async fn a_graph_escapes_whatever_names_hold() {
        let named = |id: &str, name: &str| EntityRef { id: id.into(), name: name.into() };
        let title = "甲 & \"乙\" ]]>\u{1}";
        let relation = Relation {
            partner: named("p2", "<丙>"),
            institution: Some(named("i1", "甲&乙医院")),
            count: 1,
            years: BTreeMap::from([(2026, 1)]),
            dossiers: vec![SharedDossier {
                dossier: DossierRef { id: "d1".into(), title: title.into(), year: Some(2026) },
                ..SharedDossier::default()
            }],
        };
        let response = graph("person", &named("p1", "陈一"), &[relation]).expect("rendered");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/graphml+xml; charset=utf-8");
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let text = String::from_utf8(body.to_vec()).expect("UTF-8");
        assert_eq!((text.matches("<node ").count(), text.matches("<edge ").count()), (2, 1), "{text}");
        assert!(text.contains("甲 &#38; ") && text.contains("2026: 1"), "{text}");
        assert!(!text.contains("<丙>") && !text.contains('\u{1}'), "{text}");
    }
}
