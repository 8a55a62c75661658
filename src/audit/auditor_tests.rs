use super::*;
use crate::audit::sample::Sample;

const AWARD: &str = "中华医学科技奖";

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("opened");
    (folder, store)
}

fn tripped(auditor: &Auditor, store: &Store, rule: &str) -> Vec<String> {
    let filter = FindingFilter {
        rule: Some(rule.to_owned()),
        outcome: Some(Outcome::ToCheck),
        limit: 100,
        ..FindingFilter::default()
    };
    let page = auditor.list(store, &filter).expect("an answer");
    assert_eq!(page.total, page.items.len() as u64);
    let mut titles: Vec<String> = page.items.into_iter().map(|finding| finding.dossier.title).collect();
    titles.sort();
    titles
}

#[test]
fn a_change_is_followed_by_those_it_touches() {
    let (_folder, store) = store();
    let auditor = Auditor::default();
    let one = Sample::of("甲骨折治疗", AWARD, 2025).people(&["陈一"]);
    let other = Sample::of("乙瘤筛查", AWARD, 2025).people(&["陈一", "林二"]);
    one.put(&store);
    Sample::of("丙病管理", AWARD, 2025).people(&["王五"]).put(&store);
    assert!(tripped(&auditor, &store, "R01").is_empty());
    let id = other.put(&store);
    assert_eq!(tripped(&auditor, &store, "R01"), ["乙瘤筛查", "甲骨折治疗"], "the older one is asked again");
    // A new version without 陈一.
    Sample::of("乙瘤筛查", AWARD, 2025).people(&["林二"]).put(&store);
    assert!(tripped(&auditor, &store, "R01").is_empty());
    other.with_line("一").put(&store);
    assert_eq!(tripped(&auditor, &store, "R01").len(), 2);
    store.remove(&id).expect("removed");
    assert!(tripped(&auditor, &store, "R01").is_empty());
    assert_eq!(auditor.of(&store, &id).expect("an answer"), None);
}

#[test]
fn what_follows_changes_step_by_step_is_what_is_found_at_once() {
    let (_folder, store) = store();
    let stepwise = Auditor::default();
    let text = "负责甲骨折三柱分型的提出与验证，完成多中心随机对照试验的设计、入组和随访工作";
    for n in 0..24 {
        let sample = Sample::of(&format!("第{n}种骨折的治疗"), AWARD, 2024 + n % 2);
        let sample = sample
            .person(&format!("陈{}", n % 5), "甲医院", text, &[1])
            .metric(31670.0 + f64::from(n % 3), "例");
        let id = sample.put(&store);
        stepwise.settle(&store).expect("settled");
        if n % 4 == 3 {
            store.remove(&id).expect("removed");
        }
    }
    let all = FindingFilter { limit: usize::MAX, ..FindingFilter::default() };
    let sorted = |auditor: &Auditor| {
        let items = auditor.list(&store, &all).expect("an answer").items;
        let mut items: Vec<String> = items.iter().map(|finding| format!("{finding:?}")).collect();
        items.sort();
        items
    };
    let (one, two) = (sorted(&stepwise), sorted(&Auditor::default()));
    assert!(one.iter().any(|finding| finding.contains("K11") && finding.contains("ToCheck")));
    assert_eq!(one, two);
}

#[test]
fn a_list_is_the_gravest_first_and_in_pages() {
    let (_folder, store) = store();
    let auditor = Auditor::default();
    for n in 0..3 {
        Sample::of(&"甲".repeat(31 + n), AWARD, 2025).people(&["陈一", "林二"]).put(&store);
    }
    let all = FindingFilter { limit: usize::MAX, ..FindingFilter::default() };
    let whole = auditor.list(&store, &all).expect("an answer");
    let order: Vec<_> = whole.items.iter().map(|finding| (finding.outcome, finding.severity)).collect();
    assert!(order.is_sorted());
    assert_eq!(whole.items[0].outcome, Outcome::ToCheck);
    assert_eq!(whole.total, whole.items.len() as u64);
    let mut paged = Vec::new();
    while paged.len() < whole.items.len() {
        let part = FindingFilter { limit: 7, offset: paged.len(), ..FindingFilter::default() };
        let page = auditor.list(&store, &part).expect("an answer");
        assert_eq!(page.total, whole.total);
        paged.extend(page.items);
    }
    assert_eq!(paged, whole.items);
}

#[test]
fn a_file_is_compared_with_what_is_kept_and_not_with_itself() {
    let (_folder, store) = store();
    let auditor = Auditor::default();
    let kept = Sample::of("甲骨折治疗", AWARD, 2025).people(&["陈一"]);
    kept.put(&store);
    let trips = |sample: &Sample| {
        let findings = auditor.of_new(&store, &sample.read(), &sample.text).expect("an answer");
        let trips =
            findings.iter().filter(|finding| finding.rule == "R01" && finding.outcome == Outcome::ToCheck);
        trips.count()
    };
    assert_eq!(trips(&Sample::of("乙瘤筛查", AWARD, 2025).people(&["陈一"])), 1);
    assert_eq!(trips(&kept.with_line("新版")), 0);
    let alone = Sample::of("乙瘤筛查", AWARD, 2025).people(&["陈一"]);
    let findings = audit_alone(&alone.read(), &alone.text).expect("an answer");
    assert!(findings.iter().any(|finding| finding.rule == "R01" && finding.outcome == Outcome::Holds));
}

#[test]
fn an_article_has_no_findings() {
    let (_folder, store) = store();
    let auditor = Auditor::default();
    let article = Sample::of("某报道", AWARD, 2025).change(|dossier| dossier.kind = DossierKind::Article);
    let id = article.put(&store);
    assert_eq!(auditor.of(&store, &id).expect("an answer"), Some(Vec::new()));
    assert_eq!(auditor.list(&store, &FindingFilter::default()).expect("an answer").total, 0);
}

#[test]
fn questions_wait_for_a_moment_only() {
    let (_folder, store) = store();
    let auditor = Auditor::default();
    let held = auditor.state.write().expect("sound");
    assert!(matches!(auditor.list(&store, &FindingFilter::default()), Err(AuditError::Busy)));
    drop(held);
    assert!(auditor.list(&store, &FindingFilter::default()).is_ok());
}
