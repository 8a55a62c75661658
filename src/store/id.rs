use sha2::{Digest, Sha256};

use crate::{
    domain::{Dossier, DossierKind, Kind},
    text::fold_key,
};

const LENGTH: usize = 12;
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Gives the address of a document as the store would: versions of one document have the same.
///
/// A titled dossier is known by title, award and year; a titled article, as headlines recur, by title
/// and file name; any other document by `source.sha256`.
pub fn document_id(dossier: &Dossier) -> String {
    id_of(Kind::Dossier, &identity(dossier))
}

/// What makes two files versions of one document.
pub(super) fn identity(dossier: &Dossier) -> String {
    let title = fold_key(dossier.title.as_deref().unwrap_or_default());
    if title.is_empty() {
        return format!("sha256\u{1f}{}", dossier.source.sha256);
    }
    if dossier.kind == DossierKind::Article {
        let file = dossier.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        return format!("{}\u{1f}{title}\u{1f}{file}", dossier.kind.name());
    }
    let award = dossier.award.as_ref();
    let name = fold_key(award.and_then(|award| award.name.as_deref()).unwrap_or_default());
    let year = award.and_then(|award| award.year).map(|year| year.to_string()).unwrap_or_default();
    format!("{}\u{1f}{title}\u{1f}{name}\u{1f}{year}", dossier.kind.name())
}

/// Tells from an address what the record is about, whether or not there is one.
pub fn kind_of(id: &str) -> Option<Kind> {
    let digits = id.strip_prefix(|c| Kind::ALL.into_iter().any(|kind| letter(kind) == c))?;
    let valid = digits.len() == LENGTH && digits.bytes().all(|digit| BASE32.contains(&digit));
    Kind::ALL.into_iter().find(|kind| valid && id.starts_with(letter(*kind)))
}

fn letter(kind: Kind) -> char {
    match kind {
        Kind::Dossier => 'd',
        Kind::Person => 'p',
        Kind::Institution => 'i',
        Kind::Journal => 'j',
        Kind::Paper => 'a',
        Kind::Ip => 'r',
        Kind::Claim => 'c',
        Kind::Contribution => 'b',
    }
}

/// The address of a record: a letter for its kind and 60 bits of its key's SHA-256.
pub(super) fn id_of(kind: Kind, key: &str) -> String {
    let bits =
        Sha256::digest(key.as_bytes()).iter().take(8).fold(0, |bits, &byte| bits << 8 | u64::from(byte));
    let digits = (0..LENGTH).map(|at| char::from(BASE32[(bits >> (59 - 5 * at)) as usize & 31]));
    std::iter::once(letter(kind)).chain(digits).collect()
}

/// The address of what a document lists at `position`.
pub(super) fn row_id(kind: Kind, document_id: &str, position: u32) -> String {
    id_of(kind, &format!("{document_id}\u{1f}{position}"))
}

/// SHA-256 in hexadecimal digits.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Award, DossierKind, SourceInfo};

    #[test]
    fn an_id_is_base32_of_a_hash() {
        // printf a | sha256sum | xxd -r -p | base32
        assert_eq!(id_of(Kind::Person, "a"), "pzklycewkdo64");
        assert_eq!(sha256_hex(b"a"), "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        assert_ne!(row_id(Kind::Paper, "d1", 11), row_id(Kind::Paper, "d11", 1));
    }

    #[test]
    fn an_id_tells_its_kind() {
        for kind in Kind::ALL {
            assert_eq!(kind_of(&id_of(kind, "a")), Some(kind));
        }
        for id in
            ["", "p", "pzklycewkdo6", "pzklycewkdo640", "pzklycewkdo61", "xzklycewkdo64", "汉zklycewkdo64"]
        {
            assert_eq!(kind_of(id), None, "{id}");
        }
    }

    #[test]
    fn versions_of_a_document_share_an_id() {
        let dossier = |title: Option<&str>, year, sha256: &str| Dossier {
            kind: DossierKind::Dossier,
            title: title.map(Into::into),
            source: SourceInfo { sha256: sha256.into(), ..SourceInfo::default() },
            award: Some(Award { name: Some("某奖".into()), year, ..Award::default() }),
            ..Dossier::default()
        };
        let id = document_id(&dossier(Some("甲术研究"), Some(2026), "1"));
        assert_eq!(document_id(&dossier(Some("甲術 研究"), Some(2026), "2")), id);
        assert_ne!(document_id(&dossier(Some("甲术研究"), Some(2025), "1")), id);
        assert_ne!(document_id(&dossier(Some("乙术研究"), Some(2026), "1")), id);
        let article =
            Dossier { kind: DossierKind::Article, ..dossier(Some("甲术研究"), Some(2026), "1") };
        assert_ne!(document_id(&article), id);
        assert_ne!(document_id(&dossier(None, None, "1")), document_id(&dossier(Some(" "), None, "2")));
    }
}
