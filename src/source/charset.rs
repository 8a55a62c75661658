use super::SourceError;

/// Decodes UTF-8, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<String, SourceError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text =
        std::str::from_utf8(bytes).map_err(|error| SourceError::NotUtf8 { at: error.valid_up_to() })?;
    match text.find('\0') {
        Some(at) => Err(SourceError::Binary { at }),
        None => Ok(text.to_owned()),
    }
}
