use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

/// How much each part of a score counts; the file says what each is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    pub(super) name: f32,
    pub(super) body: f32,
    pub(super) context: f32,
    pub(super) dossier: f32,
    pub(super) body_word: f32,
    pub(super) context_word: f32,
    pub(super) together: f32,
    pub(super) whole_name: f32,
    pub(super) identifier: f32,
    pub(super) identifier_start: f32,
    pub(super) synonym: f32,
    pub(super) tie_breaker: f32,
    pub(super) printed_name: f32,
    pub(super) reading: f32,
    pub(super) other_reading: f32,
    pub(super) initials: f32,
    pub(super) single_word_name: f32,
    pub(super) coverage: f32,
    pub(super) common_coverage: f32,
    pub(super) rank_coverage: f32,
    pub(super) every_term: f32,
}

const FILE: &str = include_str!("weights.toml");

/// The weights in use.
pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the binary and read by every test")]
    toml::from_str(FILE).expect("weights.toml is valid")
});

impl Weights {
    /// By name, for those who ask how hits are ordered.
    pub(super) fn listed() -> BTreeMap<String, f32> {
        toml::from_str(FILE).unwrap_or_default()
    }
}
