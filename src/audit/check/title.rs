//! The title and the length of the summary.

use super::{Case, Observation, Parameters, or_holds};
use crate::text::{fold_key, is_han};

/// Measures the title and looks for words that it may not have.
pub(super) fn title(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let Some(title) = case.dossier.title.as_deref() else {
        return vec![Observation::not_known("没有印出项目名称")];
    };
    let shown = || case.shown("", &case.dossier.provenance, "title", title);
    let chinese = title.chars().any(is_han);
    let (limit, unit) = if chinese { ("han", "字") } else { ("latin", "个字符") };
    let most = parameters.count(limit).unwrap_or(usize::MAX);
    // Blanks part Latin words; between Han characters they are of the layout.
    let length = title.trim().chars().filter(|c| !chinese || !c.is_whitespace()).count();
    let mut found = Vec::new();
    if length > most {
        let message = format!("需核对：项目名称{length}{unit}，多于{most}");
        let observation =
            Observation::to_check(message).comparing("项目名称字数", length, format!("≤{most}"));
        found.push(observation.shown_by(shown()));
    }
    let folded = fold_key(title);
    let ending = parameters.words("endings").find(|ending| folded.ends_with(&fold_key(ending)));
    let word = parameters.words("words").find(|word| folded.contains(&fold_key(word)));
    for (word, how) in [(ending, "以"), (word, "含")] {
        let Some(word) = word else { continue };
        let message = format!("需核对：项目名称{how}“{word}”{}", if how == "以" { "结尾" } else { "" });
        found.push(Observation::to_check(message).noting("字样", word).shown_by(shown()));
    }
    let fits = Observation::holds(format!("项目名称{length}{unit}"));
    let fits = fits.comparing("项目名称字数", length, format!("≤{most}")).shown_by(shown());
    if found.is_empty() { vec![fits] } else { found }
}

/// Measures the summary, without blanks.
pub(super) fn summary_length(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let Some(summary) = case.dossier.summary.as_deref() else {
        return vec![Observation::not_known("没有印出项目简介")];
    };
    let least = parameters.count("at_least").unwrap_or_default();
    let most = parameters.count("at_most").unwrap_or(usize::MAX);
    let length = summary.chars().filter(|c| !c.is_whitespace()).count();
    let fits = (least..=most).contains(&length);
    let found = (!fits).then(|| Observation::to_check(format!("需核对：项目简介{length}字")));
    let observations = or_holds(found.into_iter().collect(), format!("项目简介{length}字"));
    let shown = || case.shown_part("summary", summary, summary.lines().next().unwrap_or_default());
    let complete = |observation: Observation| {
        observation.comparing("字数（不计空白）", length, format!("{least}–{most}")).shown_by(shown())
    };
    observations.into_iter().map(complete).collect()
}
