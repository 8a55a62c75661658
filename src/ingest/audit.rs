use super::{Archive, ArchiveError, Reading};
use crate::{
    audit::{Finding, FindingFilter, audit_alone},
    store::Page,
};

impl Archive {
    /// Audits one kept dossier; `None` where there is none of this id.
    ///
    /// # Errors
    /// Where the record cannot answer, or much of it is just being looked through.
    pub fn audit(&self, id: &str) -> Result<Option<Vec<Finding>>, ArchiveError> {
        Ok(self.auditor.of(&self.store, id)?)
    }

    /// Audits what was read from a file and is not kept, among the dossiers that are.
    ///
    /// # Errors
    /// As for [`Self::audit`].
    pub fn audit_reading(&self, reading: &Reading) -> Result<Vec<Finding>, ArchiveError> {
        Ok(self.auditor.of_new(&self.store, &reading.dossier, &reading.text)?)
    }

    /// Lists findings in all dossiers, or in one; `None` where the one asked for is not there.
    ///
    /// # Errors
    /// As for [`Self::audit`].
    pub fn findings(&self, filter: &FindingFilter) -> Result<Option<Page<Finding>>, ArchiveError> {
        let Some(id) = &filter.dossier else {
            return Ok(Some(self.auditor.list(&self.store, filter)?));
        };
        let Some(mut findings) = self.audit(id)? else { return Ok(None) };
        findings.retain(|finding| filter.wants(finding));
        let total = findings.len() as u64;
        let items = findings.into_iter().skip(filter.offset).take(filter.limit).collect();
        Ok(Some(Page { total, items }))
    }

    /// Audits what has changed, so that later questions need not wait.
    ///
    /// # Errors
    /// As for [`Self::audit`].
    pub fn settle_audit(&self) -> Result<(), ArchiveError> {
        Ok(self.auditor.settle(&self.store)?)
    }
}

/// Audits what was read from a file by itself, where no other dossiers are kept.
///
/// # Errors
/// As for [`Archive::audit`].
pub fn audit_by_itself(reading: &Reading) -> Result<Vec<Finding>, ArchiveError> {
    Ok(audit_alone(&reading.dossier, &reading.text)?)
}
