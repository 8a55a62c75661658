/// How much of the plain words a level asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Every word as it was typed.
    All,
    /// Every content word.
    EveryUnit,
    /// Most of the content words, and all that may be names; records that have all of them come first.
    MostUnits,
    /// Some of the content words, one of which is not generic; records that have more of them come first.
    SomeUnits,
    /// One of the content words that are not generic.
    AnyUnit,
}

impl Strictness {
    /// Tells whether content words may be missing, so that those that are there rank.
    pub(super) const fn is_partial(self) -> bool {
        matches!(self, Strictness::MostUnits | Strictness::SomeUnits | Strictness::AnyUnit)
    }

    /// The name in explanations.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Strictness::All => "all",
            Strictness::EveryUnit => "every_term",
            Strictness::MostUnits => "most_terms",
            Strictness::SomeUnits | Strictness::AnyUnit => "some_terms",
        }
    }
}
