use serde::{Deserialize, Serialize};

use super::{Passage, Span};

/// A stretch of a passage: how it travels between processes, its text standing in the source only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Run {
    /// What stands there in the source, byte for byte.
    Printed(Span),
    /// What stands between two pieces, and not in the source.
    Joint(String),
}

impl Passage {
    /// Takes a passage apart into runs.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut end = 0;
        for (at, span) in self.pieces() {
            if at > end {
                runs.push(Run::Joint(self.text()[end..at].to_owned()));
            }
            runs.push(Run::Printed(span));
            end = at + (span.end - span.start);
        }
        if self.text().len() > end {
            runs.push(Run::Joint(self.text()[end..].to_owned()));
        }
        runs
    }

    /// Puts a passage together again; `None` where a run does not stand in the source.
    pub fn of_runs(source: &str, runs: &[Run]) -> Option<Passage> {
        let mut passage = Passage::default();
        let mut joint = String::new();
        for run in runs {
            match run {
                Run::Joint(text) => joint.push_str(text),
                Run::Printed(span) => {
                    passage.print(&std::mem::take(&mut joint), source.get(span.start..span.end)?, span.start);
                }
            }
        }
        passage.print(&joint, "", 0);
        Some(passage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_the_same_after_its_journey() {
        let source = "甲医院\n的陈一";
        let mut whole = Passage::new("甲医院", 0);
        whole.append(" ", &Passage::new("的", 10));
        whole.append("", &Passage::new("陈一", 13));
        for range in [0..9, 0..10, 0..13, 9..13, 9..10, 3..19, 0..0] {
            let passage = whole.slice(range);
            let runs: Vec<Run> =
                serde_json::from_str(&serde_json::to_string(&passage.runs()).expect("JSON")).expect("runs");
            assert_eq!(Passage::of_runs(source, &runs).as_ref(), Some(&passage));
        }
    }

    #[test]
    fn runs_beside_the_source_are_refused() {
        for span in ["[1,3]", "[0,99]", "[99,99]"] {
            let run: Run = serde_json::from_str(span).expect("a run");
            assert_eq!(Passage::of_runs("甲医院", &[run]), None, "{span}");
        }
        assert!(serde_json::from_str::<Run>("[3,0]").is_err());
    }
}
