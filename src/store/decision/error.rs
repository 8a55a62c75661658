use crate::domain::DecisionAction;

/// Why a decision is not taken or not undone, or what it stands in the way of.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// Something that was given cannot be understood or makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// This program knows the action and cannot do it.
    #[error("the action '{0}' cannot be taken by this version of dossier: use a newer one")]
    NotTaken(DecisionAction),
    /// There is no record that could be decided about.
    #[error("no record that the action '{action}' is for has the id '{target}'")]
    NoTarget {
        /// What was to be done.
        action: DecisionAction,
        /// The address that was given.
        target: String,
    },
    /// Another decision holds already.
    #[error("{0}")]
    Conflict(String),
    /// The document was removed.
    #[error("this document was removed by decision {id} of {at}; undo that decision to add it again")]
    Removed {
        /// The decision.
        id: u64,
        /// When it was taken.
        at: String,
    },
    /// There is no such decision.
    #[error("no decision has the id {0}")]
    Unknown(u64),
    /// It was undone before.
    #[error("the decision {id} was undone at {at} already")]
    Undone {
        /// The decision.
        id: u64,
        /// When.
        at: String,
    },
}
