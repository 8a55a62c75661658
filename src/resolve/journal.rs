use super::Method;
use crate::text::fold_key;

/// A journal as a paper names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLink {
    /// Equal keys are one journal.
    pub key: String,
    /// As printed.
    pub name: String,
    /// Why.
    pub method: Method,
}

/// Finds the journal of a printed name; `None` where nothing is printed.
pub(super) fn link(printed: &str) -> Option<JournalLink> {
    let key = fold_key(printed);
    (!key.is_empty()).then(|| JournalLink { key, name: printed.trim().to_owned(), method: Method::SameName })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_and_space_do_not_part_journals() {
        let key = |printed| link(printed).map(|link| link.key);
        assert_eq!(key("Annals of Nothing"), key("ＡＮＮＡＬＳ  of nothing"));
        assert_ne!(key("Annals of Nothing"), key("Annals of Anything"));
        assert_eq!(key("  "), None);
    }
}
