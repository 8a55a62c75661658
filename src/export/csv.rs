use super::table::Cell;

/// Without it, a Chinese Excel reads the file as GB 18030.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Writes the byte-order mark and the names of the columns.
pub(super) fn head(names: &[&str], out: &mut Vec<u8>) {
    out.extend_from_slice(BYTE_ORDER_MARK);
    line(names.iter().map(|name| (*name).to_owned()), out);
}

/// Writes a row.
pub(super) fn row(cells: &[Cell], out: &mut Vec<u8>) {
    let text = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => guarded(text),
    };
    line(cells.iter().map(text), out);
}

/// Puts an apostrophe before what a spreadsheet would take for a formula: what begins with one of these
/// signs, in either width, and is no number (OWASP, CSV Injection).
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !is_number(text);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && text.parse::<f64>().is_ok()
}

/// Writes fields as RFC 4180 says: quoted where they hold a comma, a quote or the end of a line.
fn line(fields: impl Iterator<Item = String>, out: &mut Vec<u8>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            let quoted = format!("\"{}\"", field.replace('"', "\"\""));
            out.extend_from_slice(quoted.as_bytes());
        } else {
            out.extend_from_slice(field.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_guarded_only_where_they_must_be() {
        for (text, want) in [
            ("陈一", "陈一\r\n"),
            ("", "\r\n"),
            ("a,b", "\"a,b\"\r\n"),
            ("他说\"好\"", "\"他说\"\"好\"\"\"\r\n"),
            ("甲\n乙", "\"甲\n乙\"\r\n"),
            ("=1+1", "'=1+1\r\n"),
            ("=A1,\"x\"", "\"'=A1,\"\"x\"\"\"\r\n"),
            ("＝SUM(A1)", "'＝SUM(A1)\r\n"),
            ("+86 10 1234", "'+86 10 1234\r\n"),
            ("-甲", "'-甲\r\n"),
            ("-inf", "'-inf\r\n"),
            ("@甲", "'@甲\r\n"),
            ("-3.5", "-3.5\r\n"),
            ("+.5e3", "+.5e3\r\n"),
            ("--5", "'--5\r\n"),
            ("甲=乙", "甲=乙\r\n"),
        ] {
            let mut out = Vec::new();
            row(&[Cell::Text(text.to_owned())], &mut out);
            assert_eq!(String::from_utf8(out).expect("UTF-8"), want, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_and_nothing_as_nothing() {
        let mut out = Vec::new();
        row(&[Cell::Number(2015.0), Cell::Empty, Cell::Number(-1.8)], &mut out);
        assert_eq!(out, b"2015,,-1.8\r\n");
    }
}
