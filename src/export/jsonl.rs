use super::{ExportError, Record};

/// Writes a record as its own address answers it, on one line.
pub(super) fn line(record: &Record, out: &mut Vec<u8>) -> Result<(), ExportError> {
    match record {
        Record::Dossier(parts) => serde_json::to_writer(&mut *out, &parts.dossier)?,
        Record::Person(record) => serde_json::to_writer(&mut *out, record)?,
        Record::Institution(record) => serde_json::to_writer(&mut *out, record)?,
        Record::Journal(record) => serde_json::to_writer(&mut *out, record)?,
        Record::Paper(record) => serde_json::to_writer(&mut *out, record)?,
        Record::Ip(record) => serde_json::to_writer(&mut *out, record)?,
        Record::Claim(record) => serde_json::to_writer(&mut *out, record)?,
        Record::Contribution(record) => serde_json::to_writer(&mut *out, record)?,
    }
    out.push(b'\n');
    Ok(())
}
