//! Which number is printed here, and what is its one form?
//!
//! Answers with the numbers of patents, software copyrights and publications in one canonical form, and
//! with the check digit that tells a misread patent number from a right one.
//!
//! Must not know who bears a number, nor how it is searched.

mod check_digit;
mod number;
mod patent;

pub use check_digit::{check_digit, digits_proved, one_digit_off};
pub use number::{Identifier, article_number, identifier_keys, identifiers, query_identifier};
