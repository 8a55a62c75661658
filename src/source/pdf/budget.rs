use std::{borrow::Cow, io::Read};

use hayro_syntax::{Filter, object::Stream};

use crate::source::{MAX_UNPACKED, SourceError};

/// Most operators and characters that are read of one file; a page of text has some thousand.
const MAX_STEPS: usize = 40_000_000;
/// All that is unpacked of one file, in bytes.
const MAX_TOTAL: usize = 256 << 20;
/// Largest stream in one of the old packings that cannot be measured beforehand.
const MAX_PACKED: usize = 256 << 10;

/// How much work one file may still make: forms draw forms, so a small file could ask for any amount.
#[derive(Default)]
pub(super) struct Budget {
    steps: usize,
    bytes: usize,
}

impl Budget {
    /// Counts some steps.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), SourceError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS { Err(SourceError::TooManyParts) } else { Ok(()) }
    }

    /// Unpacks a stream; `None` where it is damaged or holds a picture.
    pub(super) fn decoded<'a>(&mut self, stream: &Stream<'a>) -> Result<Option<Cow<'a, [u8]>>, SourceError> {
        let filters = stream.filters();
        let raw = stream.raw_data();
        let size = match filters.as_slice() {
            [] => raw.len(),
            [Filter::FlateDecode] => inflated(&raw)?,
            // Each of their bytes becomes less than a byte, or 128 bytes of a run.
            [Filter::AsciiHexDecode | Filter::Ascii85Decode] => raw.len(),
            [Filter::RunLengthDecode] if raw.len() <= MAX_PACKED => raw.len() * 128,
            _ if raw.len() <= MAX_PACKED => raw.len(),
            _ => return Err(SourceError::PackedTooTightly),
        };
        self.bytes = self.bytes.saturating_add(size);
        if size > MAX_UNPACKED || self.bytes > MAX_TOTAL {
            return Err(SourceError::UnpackedTooLarge);
        }
        Ok(stream.decoded_data().ok())
    }
}

/// How many bytes a stream unpacks to, as far as it can be unpacked.
fn inflated(raw: &[u8]) -> Result<usize, SourceError> {
    let mut decoder = flate2::read::ZlibDecoder::new(raw);
    let (mut buffer, mut size) = ([0; 16 << 10], 0);
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        size += read;
        if size > MAX_UNPACKED {
            return Err(SourceError::UnpackedTooLarge);
        }
    }
    Ok(size)
}
