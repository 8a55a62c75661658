use serde_json::Value;

use crate::domain::{Decision, History};

/// No more of a value is shown.
const VALUE_CHARS: usize = 200;

/// What a page tells of what was decided about its record.
#[derive(Debug, Default)]
pub(super) struct HistoryView {
    pub(super) dates: Vec<String>,
    pub(super) entries: Vec<Entry>,
}

/// One decision.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: u64,
    pub(super) what: &'static str,
    pub(super) field: Option<String>,
    /// What was read and what is shown.
    pub(super) values: Option<(String, String)>,
    pub(super) day: String,
    pub(super) reason: String,
    pub(super) by: Option<String>,
    /// Where it does not hold: why.
    pub(super) state: Option<String>,
}

impl HistoryView {
    /// Tells whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.dates.is_empty() && self.entries.is_empty()
    }
}

impl From<History> for HistoryView {
    fn from(history: History) -> Self {
        let History { added, updated, decisions, .. } = history;
        let newer = updated.filter(|updated| added.as_ref() != Some(updated));
        let mut dates: Vec<String> = added.iter().map(|at| format!("收录于 {}", day(at))).collect();
        dates.extend(newer.iter().map(|at| format!("现版本收录于 {}", day(at))));
        Self { dates, entries: decisions.into_iter().map(Entry::from).collect() }
    }
}

impl From<Decision> for Entry {
    fn from(decision: Decision) -> Self {
        let detail = |name: &str| decision.detail.get(name);
        let values = detail("expected").zip(detail("value")).map(|(read, now)| (shown(read), shown(now)));
        let undone = decision.undone_at.as_deref().map(|at| {
            let reason = decision.undone_reason.as_deref().unwrap_or_default();
            format!("已于 {} 撤销：{}", day(at), reason_shown(reason))
        });
        let stale = || decision.stale.then(|| "现版本的内容已不同，未适用".to_owned());
        Entry {
            id: decision.id,
            what: decision.action.label(),
            field: detail("field").and_then(Value::as_str).map(str::to_owned),
            values,
            day: day(&decision.at).to_owned(),
            reason: reason_shown(&decision.reason).to_owned(),
            state: undone.or_else(stale),
            by: decision.by,
        }
    }
}

/// The date of a time.
fn day(at: &str) -> &str {
    at.split('T').next().unwrap_or(at)
}

/// A reason, or what is told in its place.
fn reason_shown(reason: &str) -> &str {
    match reason {
        "request" => "本人要求",
        "legal" => "法律要求",
        "error" => "信息有误",
        "other" => "其他",
        "not told" => "不公开",
        reason => reason,
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "无".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    };
    match text.char_indices().nth(VALUE_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::{DecisionAction, Kind};

    #[test]
    fn a_decision_says_what_when_and_why() {
        let Value::Object(detail) =
            json!({"field": "papers[0].authors", "expected": ["甲", "乙"], "value": null})
        else {
            panic!("an object")
        };
        let decision = Decision {
            id: 3,
            action: DecisionAction::Correct,
            kind: Kind::Dossier,
            target: "d1".into(),
            detail,
            reason: "request".into(),
            at: "2026-05-01T08:00:00.000Z".into(),
            by: None,
            stale: true,
            undone_at: None,
            undone_reason: None,
        };
        let entry = Entry::from(decision.clone());
        assert_eq!(
            (entry.what, entry.day.as_str(), entry.reason.as_str()),
            ("更正", "2026-05-01", "本人要求")
        );
        assert_eq!(entry.values, Some(("甲、乙".into(), "无".into())));
        assert!(entry.state.expect("stale").contains("未适用"));
        let undone =
            Decision { undone_at: Some("2026-06-01T".into()), undone_reason: Some("误".into()), ..decision };
        assert_eq!(Entry::from(undone).state.as_deref(), Some("已于 2026-06-01 撤销：误"));
    }

    #[test]
    fn a_document_that_came_once_has_one_date() {
        let history = |updated: &str| History {
            added: Some("2026-05-01T1".into()),
            updated: Some(updated.into()),
            ..History::default()
        };
        assert_eq!(HistoryView::from(history("2026-05-01T1")).dates, ["收录于 2026-05-01"]);
        assert_eq!(HistoryView::from(history("2026-06-01T1")).dates.len(), 2);
        assert!(HistoryView::from(History::default()).is_empty());
    }
}
