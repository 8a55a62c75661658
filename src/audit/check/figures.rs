//! Numbers of the summary beside the tables, and beside other summaries.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Case, Observation, Parameters, Question, or_holds, reuse::described};
use crate::{
    audit::holdings::{Trait, figure},
    domain::Paper,
    store::StoreError,
    text::{FoldedText, fold_key},
};

/// Compares the citations that the summary claims with the sum of those in the list of papers.
pub(super) fn citations(case: &Case, _: &Parameters) -> Vec<Observation> {
    let Some(summary) = case.dossier.summary.as_deref() else {
        return vec![Observation::not_known("没有印出项目简介")];
    };
    let listed: Vec<u32> = case.dossier.papers.iter().filter_map(|paper| paper.citations).collect();
    let claims = stated(summary, &CITED);
    if claims.is_empty() || listed.is_empty() {
        return vec![Observation::not_known("简介没有写他引次数，或论文表没有他引一栏")];
    }
    let sum: u64 = listed.iter().copied().map(u64::from).sum();
    let compare = |claim: Stated| {
        let make = if claim.count > sum {
            Observation::to_check("需核对：简介的他引次数多于所列论文之和，请看统计范围")
        } else {
            Observation::holds("简介的他引次数不多于所列论文之和")
        };
        let observation =
            make.comparing("他引次数", claim.count, format!("所列{}篇之和 {sum}", listed.len()));
        observation.shown_by(case.shown_part("summary", summary, &claim.printed))
    };
    claims.into_iter().map(compare).collect()
}

/// Compares the numbers of papers and rights that the summary claims with the rows that are listed.
pub(super) fn counts(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let Some(summary) = case.dossier.summary.as_deref() else {
        return vec![Observation::not_known("没有印出项目简介")];
    };
    let headings = list_headings(case);
    let patents = case.dossier.ip.iter().filter(|right| named(right.category.as_deref(), "专利")).count();
    let software = case.dossier.ip.iter().filter(|right| named(right.category.as_deref(), "软件")).count();
    let indexed = |paper: &&Paper| {
        let database = fold_key(paper.database.as_deref().unwrap_or_default());
        ["sci", "webofscience"].iter().any(|name| database.contains(name))
    };
    let subjects = [
        ("SCI论文", &*INDEXED, case.dossier.papers.iter().filter(indexed).count(), "论文"),
        ("论文", &*PAPERS, case.dossier.papers.len(), "论文"),
        ("授权专利", &*PATENTS, patents, "知识产权"),
        ("软件著作权", &*SOFTWARE, software, "知识产权"),
    ];
    let mut found = Vec::new();
    for (what, pattern, listed, list) in subjects {
        for claim in stated(summary, pattern) {
            let heading = headings.iter().find(|heading| heading.contains(list));
            let says = |name| {
                heading.is_some_and(|heading| parameters.words(name).any(|word| heading.contains(word)))
            };
            let complete = says("complete") && !says("part");
            let listed_count = listed as u64;
            let make = if claim.count < listed_count {
                Observation::to_check(format!("需核对：简介的{what}数少于所列条目"))
            } else if claim.count == listed_count {
                Observation::holds(format!("简介的{what}数与所列条目相同"))
            } else if complete {
                Observation::to_check(format!("需核对：列表称全部列出，简介的{what}数多于所列条目"))
            } else {
                Observation::not_known(format!("列表只列出部分{what}，无法与简介的数目比较"))
            };
            let shown = case.shown_part("summary", summary, &claim.printed);
            found.push(make.comparing(what, claim.count, format!("所列 {listed}")).shown_by(shown));
        }
    }
    or_holds(found, "简介没有写论文、专利或软件著作权的数目")
}

/// Looks for large figures of the summary in the summaries of other projects.
pub(super) fn same_figures(question: &Question<'_>) -> Result<Vec<Observation>, StoreError> {
    let case = question.case;
    let least = question.parameters.count("at_least").unwrap_or_default();
    let large = |value: f64| value >= least as f64;
    let others = question.holdings.sharing_any(question.held, Trait::Figure);
    let mut found = Vec::new();
    for other in others.into_iter().filter(|other| !question.held.is_same_project(other)) {
        let Some(theirs) = question.load(other)? else { continue };
        let mut observation = Observation::to_check("需核对：另一项目的简介有相同的数字")
            .noting("另一项目", described(&theirs));
        for (own, metric) in case.dossier.metrics.iter().enumerate().filter(|(_, metric)| large(metric.value))
        {
            let key = figure(metric);
            let same = theirs.dossier.metrics.iter().position(|other| key.is_some() && figure(other) == key);
            let Some(other) = same else { continue };
            let shown = |case: &Case, at: usize| {
                let metric = &case.dossier.metrics[at];
                case.shown(&format!("metrics[{at}]"), &metric.provenance, "text", &metric.text)
            };
            observation = observation
                .noting("数字", format!("{} {}", metric.value, metric.unit))
                .shown_by(shown(case, own))
                .shown_by(shown(&theirs, other));
        }
        if observation.compared.len() > 1 {
            found.push(observation);
        }
    }
    Ok(or_holds(found, "已收录的其他项目简介中，没有相同的大数"))
}

/// A number that the summary states, with the words around it as printed.
struct Stated {
    count: u64,
    printed: String,
}

fn stated(summary: &str, pattern: &Regex) -> Vec<Stated> {
    let folded = FoldedText::joined(summary);
    let found = |captures: Captures<'_>| {
        let whole = captures.get(0)?;
        let count = captures.name("count")?.as_str().replace(',', "").parse().ok()?;
        Some(Stated { count, printed: summary.get(folded.printed(whole.range()))?.to_owned() })
    };
    pattern.captures_iter(folded.text()).filter_map(found).collect()
}

/// Lines that head the lists of papers and rights, folded.
fn list_headings(case: &Case) -> Vec<String> {
    let short =
        |line: &&str| line.chars().count() <= 40 && (line.contains("论文") || line.contains("知识产权"));
    let is_heading =
        |line: &String| ["目录", "列表", "清单", "一览", "情况"].iter().any(|word| line.contains(word));
    case.text().lines().filter(short).map(fold_key).filter(is_heading).collect()
}

fn named(category: Option<&str>, word: &str) -> bool {
    category.is_some_and(|category| fold_key(category).contains(word))
}

const COUNT: &str = r"(?P<count>\d{1,3}(?:,\d{3})+|\d+)";

static CITED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:他引|他人引用)[^。;,，\d]{0,8}COUNT ?(?:余|多)?次"));
static PAPERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:发表|共发表)(?:相关|学术|高水平|系列|研究|中英文)*(?:学术)?论文 ?(?:共|合计|共计)? ?COUNT ?篇",
    )
});
static INDEXED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^a-z])sci(?:收录|源刊|期刊)*(?:学术|研究)?(?:的)? ?(?:论文)?(?:收录)? ?(?:共|合计|共计)? ?COUNT ?(?:余)?篇",
    )
});
static PATENTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:授权|获得|获)(?:国家|国内外|国内|发明|实用新型|授权|各类|相关|的|、|和|及)*专利(?:授权)? ?(?:共|合计|共计)? ?COUNT ?(?:余)?(?:项|件)",
    )
});
static SOFTWARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:计算机)?(?:软件著作权|软著)(?:登记)? ?COUNT ?(?:项|件)"));

#[expect(clippy::expect_used, reason = "the patterns are constant and compiled by every test")]
fn pattern(form: &str) -> Regex {
    Regex::new(&form.replace("COUNT", COUNT)).expect("the pattern is valid")
}
