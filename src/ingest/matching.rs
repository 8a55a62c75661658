use super::{Archive, ArchiveError};
use crate::{
    domain::Kind,
    resolve::{AffiliationMatches, Directory, KnownInstitution, canonical_name, match_affiliation},
    search::SearchRequest,
    text::is_han,
};

/// How many records of similar names are compared.
const NEAR: usize = 20;

impl Archive {
    /// Finds the institutions that a printed affiliation may mean, and tells which one is meant where that is clear.
    ///
    /// # Errors
    /// Where the record or the index cannot answer.
    pub fn match_institutions(&self, affiliation: &str) -> Result<AffiliationMatches, ArchiveError> {
        match_affiliation(affiliation, self)
    }
}

impl Directory for Archive {
    type Error = ArchiveError;

    fn by_key(&self, key: &str) -> Result<Option<KnownInstitution>, ArchiveError> {
        Ok(self.store().institution_by_key(key)?)
    }

    fn by_alias(&self, name_key: &str) -> Result<Vec<(KnownInstitution, String)>, ArchiveError> {
        Ok(self.store().institutions_by_alias(name_key)?)
    }

    /// Names that share a half with the name: one edit leaves one of them whole.
    fn near(&self, name: &str) -> Result<Vec<KnownInstitution>, ArchiveError> {
        let han: Vec<char> = name.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).collect();
        let (front, back) = han.split_at(han.len() / 2);
        let half = |half: &[char]| half.iter().collect::<String>();
        if front.len() < 2 {
            return Ok(Vec::new());
        }
        let q = format!("\"{}\" OR \"{}\"", half(front), half(back));
        let request = SearchRequest {
            q,
            kind: Kind::Institution,
            limit: NEAR,
            synonyms: false,
            ..SearchRequest::default()
        };
        let hits = self.search(&request)?.hits.into_iter();
        Ok(hits
            .map(|hit| KnownInstitution { id: hit.id, key: canonical_name(&hit.title).key, name: hit.title })
            .collect())
    }
}
