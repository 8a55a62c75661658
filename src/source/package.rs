use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::{MAX_BYTES, MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, SourceError};

/// What every part may unpack to, however well it is packed: small files of tags pack very well.
const ALWAYS: u64 = 1 << 20;

/// A zip file in memory; nothing of it is ever written anywhere.
pub(super) type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens a zip file, unless it lists more entries than are read.
pub(super) fn open(bytes: &[u8]) -> Result<Package<'_>, SourceError> {
    if declared_entries(bytes).is_some_and(|entries| entries > MAX_ENTRIES) {
        return Err(SourceError::TooManyEntries);
    }
    let package = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if package.len() > MAX_ENTRIES { Err(SourceError::TooManyEntries) } else { Ok(package) }
}

/// Unpacks one entry; what it says of its own size is not trusted.
pub(super) fn unpack(package: &mut Package<'_>, entry: usize) -> Result<Vec<u8>, SourceError> {
    let file = package.by_index(entry).map_err(damaged)?;
    let packed = file.compressed_size().min(MAX_BYTES as u64);
    let ratio_limit = packed.saturating_mul(MAX_RATIO).max(ALWAYS);
    let limit = ratio_limit.min(MAX_UNPACKED as u64);
    let mut bytes = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        let is_bomb = ratio_limit < MAX_UNPACKED as u64;
        return Err(if is_bomb { SourceError::PackedTooTightly } else { SourceError::UnpackedTooLarge });
    }
    read.map_err(|_| SourceError::Damaged { what: "zip file" })?;
    Ok(bytes)
}

/// The number of entries that the end of the file states, without reading the list of them.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let tail = &bytes[bytes.len().saturating_sub(22 + usize::from(u16::MAX))..];
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(end + 10..end + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn damaged(error: ZipError) -> SourceError {
    match error {
        ZipError::InvalidPassword => SourceError::Unsupported { format: "a locked zip file" },
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => {
            SourceError::Unsupported { format: "a locked zip file" }
        }
        _ => SourceError::Damaged { what: "zip file" },
    }
}
