//! Numbers of which blanks or commas part the thousands.

/// The text with its thousands printed in the other ways: `4870名` as `4 870名` and `4,870名`, each of these as the
/// others. None where it has no such number.
///
/// A decimal fraction and what follows a letter or a point (`J01234`, `10.1001`) is no number of this sort, nor are
/// digits of an identifier's length. Where a form is looked for, what stands at the distance of a comma is found too
/// (`4：870名`); [`parts_thousands`] tells it apart.
pub fn thousands_forms(text: &str) -> Vec<String> {
    let joined = joined(text);
    let parted = [" ", ","].map(|mark| parted(&joined, mark));
    let mut forms: Vec<String> = std::iter::once(joined).chain(parted).filter(|form| form != text).collect();
    forms.dedup();
    forms
}

/// Digits in one group of thousands.
const GROUP: usize = 3;
/// The largest number in parts that a notice counts anything by has nine digits.
const MOST: usize = 9;

/// Tells whether what stands between two numbers makes them one: a blank or a comma.
pub fn parts_thousands(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(is_mark) && chars.next().is_none()
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '，' | ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// How many ASCII digits a text starts with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Tells whether a number of its own may start behind this text.
fn may_start(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
}

/// The text with its numbers printed anew: `print` is given what is printed so far and what begins with a number, and
/// says how much of that it has printed.
fn reprinted(text: &str, print: impl Fn(&mut String, &str) -> usize) -> String {
    let (mut printed, mut rest) = (String::with_capacity(text.len() + 4), text);
    while let Some(c) = rest.chars().next() {
        let read = if c.is_ascii_digit() {
            print(&mut printed, rest)
        } else {
            printed.push(c);
            c.len_utf8()
        };
        rest = &rest[read..];
    }
    printed
}

fn joined(text: &str) -> String {
    reprinted(text, |printed, rest| {
        let mut read = digits(rest);
        let may_be_parted = read <= GROUP && !rest.starts_with('0') && may_start(printed);
        printed.push_str(&rest[..read]);
        while may_be_parted
            && let Some(group) = rest[read..].strip_prefix(is_mark).filter(|group| digits(group) == GROUP)
        {
            printed.push_str(&group[..GROUP]);
            read = rest.len() - group.len() + GROUP;
        }
        read
    })
}

fn parted(text: &str, mark: &str) -> String {
    reprinted(text, |printed, rest| {
        let count = digits(rest);
        let is_large = (GROUP + 1..=MOST).contains(&count) && !rest.starts_with('0') && may_start(printed);
        for (at, digit) in rest[..count].chars().enumerate() {
            if is_large && at > 0 && (count - at).is_multiple_of(GROUP) {
                printed.push_str(mark);
            }
            printed.push(digit);
        }
        count
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_printed_in_three_ways() {
        let ways = ["4870名", "4 870名", "4,870名"];
        for way in ways {
            let others: Vec<&str> = ways.into_iter().filter(|other| *other != way).collect();
            assert_eq!(thousands_forms(way), others, "{way}");
        }
        assert_eq!(thousands_forms("共1234567例"), ["共1 234 567例", "共1,234,567例"]);
        for none in ["ZL201510600001.0", "10.1001", "J0123", "870名", "2.4870", "甲 乙", "0123", "12 34", ""]
        {
            assert_eq!(thousands_forms(none), Vec::<String>::new(), "{none}");
        }
    }
}
