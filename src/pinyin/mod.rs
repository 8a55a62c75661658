//! How is a name in Han read in Latin letters?
//!
//! Answers with the readings of characters, the keys under which a name is kept (`xu'bao'shan`, and
//! short forms such as `xu.bs`), and the keys that something typed in Latin letters may mean.
//!
//! Invariant: a syllable is written without tone, `ü` as `v`, in keys of both sides. Only a whole name
//! counts, so that ordinary words stay what they are. Index, query and identity call the same functions.
//! Must not know records or the query language.

mod key;
mod reading;
mod sound;
mod spelling;
mod syllable;
#[cfg(test)]
mod tests;

pub use key::{NameKeys, SECONDARY, full_keys, name_keys, reads_as};
pub use reading::{sound_alikes, sounds_nearly, sounds_same};
pub use sound::{Sound, heard, may_begin, read_at, sounded_out, sounds};
pub use spelling::{SpelledName, is_spelled, spelled_name};
pub use syllable::is_syllable;
