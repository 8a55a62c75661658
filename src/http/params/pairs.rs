use super::{Form, Known};
use crate::http::error::{ApiError, clip};

/// The decoded names and values of a query string, in their order.
#[derive(Debug)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Decodes a query string as forms encode it.
    pub(crate) fn parse(raw: &str) -> Result<Self, ApiError> {
        let parts = raw.split('&').filter(|part| !part.is_empty());
        let pairs = parts.map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name)?, decode(value)?))
        });
        pairs.collect::<Result<_, ApiError>>().map(Self)
    }

    /// Names the parameters that the route does not know.
    pub(crate) fn refuse_unknown(&self, known: &[Known]) -> Result<(), ApiError> {
        let names: Vec<&str> = known.iter().map(|known| known.name).collect();
        let mut unknown: Vec<&str> = Vec::new();
        for (name, _) in self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())) {
            if !unknown.contains(&name.as_str()) {
                unknown.push(name);
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let hint = match unknown.iter().filter_map(|name| closest(name, &names)).collect::<Vec<_>>() {
            close if close.is_empty() => String::new(),
            close => format!("; did you mean {}?", quoted(&close)),
        };
        let known = if names.is_empty() {
            "this address takes none".to_owned()
        } else {
            format!("known here: {}", names.join(", "))
        };
        let plural = if unknown.len() == 1 { "" } else { "s" };
        Err(ApiError::bad(format!("unknown parameter{plural} {}{hint} ({known})", quoted(&unknown))))
    }

    /// The value of a parameter that may stand once; an empty one is none.
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, ApiError> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            (_, Some(_)) => Err(ApiError::bad(format!("'{name}' is given twice, it may stand once"))),
        }
    }

    /// The values of a parameter that may be repeated, without the empty ones.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(given, value)| given == name && !value.is_empty())
            .map(|(_, value)| &**value)
    }

    /// The number of a parameter, within the range of its description.
    pub(crate) fn number(&self, known: &Known) -> Result<Option<usize>, ApiError> {
        let Form::Number { min, max, default } = known.form else { return Ok(None) };
        let Some(text) = self.one(known.name)? else { return Ok(default) };
        match text.parse() {
            Ok(number) if (min..=max).contains(&number) => Ok(Some(number)),
            _ => Err(ApiError::bad(format!(
                "'{}' must be a whole number from {min} to {max}, not '{}'",
                known.name,
                clip(text)
            ))),
        }
    }
}

/// Decodes `+` and `%XX`; a percent sign that begins no such code stands for itself, as in browsers.
fn decode(text: &str) -> Result<String, ApiError> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = bytes.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(hex);
        out.push(match (code, byte) {
            (Some(code), _) => code,
            (None, b'+') => b' ',
            (None, _) => byte,
        });
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out)
        .map_err(|_| ApiError::bad(format!("'{}' in the query string is not valid UTF-8", clip(text))))
}

fn hex(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    let (&[high, low], _) = digits.split_first_chunk()?;
    u8::try_from(value(high)? * 16 + value(low)?).ok()
}

/// Encodes a text for a query string or a path segment.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _infallible = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Quotes names, no more of them than an error can bear.
fn quoted(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(QUOTED).map(|name| format!("'{}'", clip(name))).collect();
    let rest = if names.len() > QUOTED { ", …" } else { "" };
    format!("{}{rest}", shown.join(", "))
}

const QUOTED: usize = 20;

/// The known name that is at most two typing errors away.
fn closest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let near = names.iter().map(|known| (distance(name, known), *known)).min()?;
    (near.0 <= 2 && near.0 < name.chars().count()).then_some(near.1)
}

/// Levenshtein's distance.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in right.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_as_forms_encode_them() {
        for (raw, want) in [
            ("q=%E5%BF%83%E8%84%8F", "心脏"),
            ("q=心脏", "心脏"),
            ("q=a+b%2Bc", "a b+c"),
            ("q=100%", "100%"),
            ("q=100%25%2", "100%%2"),
            ("q=%zz", "%zz"),
        ] {
            let pairs = Pairs::parse(raw).expect("readable");
            assert_eq!(pairs.one("q").expect("once"), Some(want), "{raw}");
        }
        let error = Pairs::parse("q=%E5%BF").expect_err("half a character").to_string();
        assert!(error.contains("UTF-8"), "{error}");
    }

    #[test]
    fn what_is_encoded_decodes_to_itself() {
        let text = "心脏 & \"移植\" 100%+#/?";
        let pairs = Pairs::parse(&format!("q={}", encode(text))).expect("readable");
        assert_eq!(pairs.one("q").expect("once"), Some(text));
    }

    #[test]
    fn a_parameter_that_may_stand_once_is_refused_twice() {
        let pairs = Pairs::parse("limit=1&limit=2&year=&year=2020").expect("readable");
        assert!(pairs.one("limit").expect_err("twice").to_string().contains("'limit'"));
        assert_eq!(pairs.all("year").collect::<Vec<_>>(), ["2020"], "empty values are none");
    }

    #[test]
    fn an_unknown_parameter_is_named_with_its_neighbour() {
        let known = [("kind", Form::Text), ("limit", Form::Text)];
        let known = known.map(|(name, form)| Known { name, about: "", form });
        for (raw, named, near) in
            [("knid=x", "'knid'", true), ("limits=x", "'limits'", true), ("zz=1", "'zz'", false)]
        {
            let error = Pairs::parse(raw).expect("readable").refuse_unknown(&known).expect_err("unknown");
            let error = error.to_string();
            assert!(error.contains(named) && error.contains("kind, limit"), "{error}");
            assert_eq!(error.contains("did you mean"), near, "{error}");
        }
    }
}
