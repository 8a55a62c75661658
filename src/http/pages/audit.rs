use askama::Template;
use axum::{extract::State, response::Response};

use super::{layout, layout::Layout, link};
use crate::{
    audit::{Finding, FindingFilter, Outcome, Severity, rule_list},
    domain::{Dossier, DossierRef},
    http::{
        AppState,
        error::ApiError,
        params::{AuditParams, Params},
    },
    ingest::{Archive, ArchiveError},
    store::Page,
};

#[derive(Template)]
#[template(path = "audit.html", config = "src/http/askama.toml")]
struct AuditPage {
    layout: Layout,
    /// The one dossier that is looked at, and the address of all.
    only: Option<(DossierRef, String)>,
    outcomes: Vec<Choice>,
    severities: Vec<Choice>,
    rules: Vec<Choice>,
    rule_chosen: bool,
    total: u64,
    shown: Vec<Finding>,
    several: bool,
    before: Option<String>,
    after: Option<String>,
}

/// A value of a filter.
struct Choice {
    label: String,
    address: String,
    count: Option<u64>,
    chosen: bool,
}

impl AuditPage {
    fn new(filter: &FindingFilter, only: Option<DossierRef>, counts: &[u64; 3], page: Page<Finding>) -> Self {
        let first = FindingFilter { offset: 0, ..filter.clone() };
        let with = |label: &str, asked: FindingFilter, count: Option<u64>| Choice {
            label: label.to_owned(),
            chosen: asked == first,
            address: link::audit(&asked),
            count,
        };
        let of_outcome = |outcome| FindingFilter { outcome, ..first.clone() };
        let of_severity = |severity| FindingFilter { severity, ..first.clone() };
        let of_rule = |rule: Option<&str>| FindingFilter { rule: rule.map(str::to_owned), ..first.clone() };
        let outcomes = Outcome::ALL.iter().zip(counts);
        let outcomes = outcomes.map(|(one, count)| with(one.label(), of_outcome(Some(*one)), Some(*count)));
        let severities = Severity::ALL.iter().map(|one| with(one.label(), of_severity(Some(*one)), None));
        let rules =
            rule_list().map(|one| with(&format!("{} {}", one.id, one.title), of_rule(Some(one.id)), None));
        let end = filter.offset + page.items.len();
        let more = !page.items.is_empty() && (end as u64) < page.total;
        let at = |offset| link::audit(&FindingFilter { offset, ..filter.clone() });
        Self {
            layout: Layout::default(),
            several: only.is_none(),
            only: only
                .map(|dossier| (dossier, link::audit(&FindingFilter { dossier: None, ..first.clone() }))),
            outcomes: [with("全部结果", of_outcome(None), None)].into_iter().chain(outcomes).collect(),
            severities: [with("各级规则", of_severity(None), None)].into_iter().chain(severities).collect(),
            rules: [with("全部规则", of_rule(None), None)].into_iter().chain(rules).collect(),
            rule_chosen: filter.rule.is_some(),
            total: page.total,
            shown: page.items,
            before: (filter.offset > 0).then(|| at(filter.offset.saturating_sub(filter.limit))),
            after: more.then(|| at(end)),
        }
    }
}

/// Shows what a reviewer should look at, in one dossier or in all.
pub(crate) async fn audit(
    State(state): State<AppState>,
    Params(AuditParams(filter)): Params<AuditParams>,
) -> Result<Response, ApiError> {
    let missing = ApiError::not_found("dossier", filter.dossier.as_deref().unwrap_or_default());
    layout::page(&state.ask(move |archive| look_up(archive, &filter)).await?.ok_or(missing)?)
}

fn look_up(archive: &Archive, filter: &FindingFilter) -> Result<Option<AuditPage>, ArchiveError> {
    let Some(page) = archive.findings(filter)? else { return Ok(None) };
    let mut counts = [0; 3];
    for (count, outcome) in counts.iter_mut().zip(Outcome::ALL) {
        let of = FindingFilter { outcome: Some(outcome), limit: 0, offset: 0, ..filter.clone() };
        *count = archive.findings(&of)?.map_or(0, |page| page.total);
    }
    let named = |dossier: Dossier| {
        let year = dossier.award.and_then(|award| award.year);
        DossierRef { id: dossier.id, title: dossier.title.unwrap_or_default(), year }
    };
    let only = filter.dossier.as_ref().map(|id| archive.store().dossier(id)).transpose()?.flatten();
    Ok(Some(AuditPage::new(filter, only.map(named), &counts, page)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audit::{Basis, Compared, Evidence},
        text::Span,
    };

    #[test]
    fn a_finding_is_shown_with_its_rule_and_its_places() {
        let finding = Finding {
            rule: "R07".into(),
            title: "人数".into(),
            severity: Severity::High,
            outcome: Outcome::ToCheck,
            message: "需核对：列出完成人16，多于15".into(),
            dossier: DossierRef { id: "d1".into(), title: "<b>甲</b>".into(), year: Some(2026) },
            compared: vec![Compared {
                what: "完成人".into(),
                found: "16".into(),
                against: Some("≤15".into()),
            }],
            evidence: vec![Evidence {
                dossier: "d1".into(),
                title: "甲".into(),
                field: "contributors[15].name".into(),
                quote: "陈一".into(),
                span: Some(Span::new(3, 9)),
                line: Some(7),
            }],
            basis: Some(Basis {
                awards: vec!["某奖".into()],
                words: "完成人不超过15人".into(),
                source: "https://example.org/1".into(),
                read: "2026-11-28".into(),
                ..Basis::default()
            }),
        };
        let filter =
            FindingFilter { limit: 20, offset: 20, rule: Some("R07".into()), ..FindingFilter::default() };
        let page = Page { total: 41, items: vec![finding] };
        let page = AuditPage::new(&filter, None, &[41, 0, 0], page);
        let html = page.render().expect("rendered");
        for part in [
            "需核对",
            "完成人不超过15人",
            "https://example.org/1",
            "/dossiers/d1",
            "#contributors",
            "/api/v1/dossiers/d1/source#:~:text=%E9%99%88%E4%B8%80",
            "第 7 行",
            "/audit?rule=R07&#38;cursor=21",
            "href=\"/audit?rule=R07\" aria-current",
            "href=\"/audit?rule=R07\" rel=\"prev\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("<b>甲"), "titles are escaped");
    }
}
