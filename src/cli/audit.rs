use std::path::Path;

use anyhow::{anyhow, bail};
use clap::Args;

use super::{Data, Outcome, output, reader};
use crate::{
    audit::{self, Evidence, Finding, FindingFilter, Severity},
    ingest::{Archive, Reading, audit_by_itself, load_file, read_by},
    store::Page,
};

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The id of a dossier, or a file that need not be kept; without it, all that are kept
    #[arg(value_name = "ID|FILE")]
    what: Option<String>,
    /// Only this rule: R07, K01, …
    #[arg(long, value_name = "RULE", value_parser = rule)]
    rule: Option<String>,
    /// Only rules on which so much hangs: high, medium or low
    #[arg(long, value_name = "SEVERITY")]
    severity: Option<Severity>,
    /// Only findings that say so: to_check, not_known or holds; of all dossiers, to_check unless another is given
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<audit::Outcome>,
    /// Print the findings as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Audit {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let page = match &self.what {
            Some(what) => self.one(what)?,
            None => self.all()?,
        };
        if self.json {
            output::json(&page)?;
        } else {
            output::lines(lines(&page.items))?;
        }
        Ok(Outcome::Done)
    }

    /// The findings of a kept dossier of this id, else of the file of this name.
    fn one(&self, what: &str) -> anyhow::Result<Page<Finding>> {
        let archive = self.data.data.is_dir().then(|| self.data.open()).transpose()?;
        let kept = archive.as_ref().map(|archive| archive.audit(what)).transpose()?.flatten();
        let mut items = match kept {
            Some(findings) => findings,
            None if Path::new(what).is_file() => file(what, archive.as_ref())?,
            None => bail!("{what}: there is neither a dossier of this id nor a file of this name"),
        };
        let filter = self.filter(self.outcome);
        items.retain(|finding| filter.wants(finding));
        Ok(Page { total: items.len() as u64, items })
    }

    fn all(&self) -> anyhow::Result<Page<Finding>> {
        let archive = self.data.open_existing()?;
        let filter = self.filter(Some(self.outcome.unwrap_or(audit::Outcome::ToCheck)));
        let page = archive.findings(&filter)?;
        Ok(page.unwrap_or(Page { total: 0, items: Vec::new() }))
    }

    fn filter(&self, outcome: Option<audit::Outcome>) -> FindingFilter {
        let (rule, severity) = (self.rule.clone(), self.severity);
        FindingFilter { rule, severity, outcome, limit: usize::MAX, ..FindingFilter::default() }
    }
}

fn rule(id: &str) -> Result<String, String> {
    audit::rule_list()
        .find(|rule| rule.id.eq_ignore_ascii_case(id))
        .map(|rule| rule.id.to_owned())
        .ok_or_else(|| {
            let known: Vec<&str> = audit::rule_list().map(|rule| rule.id).collect();
            format!("expected one of {}", known.join(", "))
        })
}

/// Reads a file that is not kept, and compares it with what is.
fn file(name: &str, archive: Option<&Archive>) -> anyhow::Result<Vec<Finding>> {
    let bytes = load_file(Path::new(name)).map_err(|why| anyhow!("{name}: {why}"))?;
    let reading: Reading = read_by(&reader()?, name, &bytes).map_err(|why| anyhow!("{name}: {why}"))?;
    Ok(match archive {
        Some(archive) => archive.audit_reading(&reading)?,
        None => audit_by_itself(&reading)?,
    })
}

/// The findings, one group for each outcome and rule.
fn lines(findings: &[Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut group = None;
    for finding in findings {
        let own = Some((finding.outcome, finding.rule.as_str()));
        if group != own {
            group = own;
            lines.push(format!("{}  {}  [{}]", finding.rule, finding.title, finding.outcome.label()));
            if let Some(basis) = &finding.basis {
                lines.push(format!("    “{}” {}", basis.words, basis.source));
            }
        }
        lines.push(format!("  - {}", finding.message));
        lines.push(format!("      {} {}", finding.dossier.id, finding.dossier.title));
        lines.extend(finding.compared.iter().map(|compared| match &compared.against {
            Some(against) => format!("      {}: {} / {against}", compared.what, compared.found),
            None => format!("      {}: {}", compared.what, compared.found),
        }));
        lines.extend(finding.evidence.iter().map(|shown| place(finding, shown)));
    }
    lines
}

fn place(finding: &Finding, shown: &Evidence) -> String {
    let other =
        if shown.dossier == finding.dossier.id { String::new() } else { format!("{} ", shown.dossier) };
    let line = shown.line.map_or(String::new(), |line| format!(" line {line}"));
    format!("      > {other}{}{line}: {}", shown.field, shown.quote.replace('\n', " "))
}
