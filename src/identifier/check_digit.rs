/// Computes the check digit of a Chinese patent application of 12 digits, or 8 before 2003: weights 2 to 9
/// and 2 to 5, modulo 11, `X` for 10 (国家知识产权局 ZC 0006). `None` for any other text.
pub fn check_digit(serial: &str) -> Option<char> {
    let digits: Vec<u32> = serial.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    if digits.len() != 12 && digits.len() != 8 {
        return None;
    }
    let weights = (2..=9).chain(2..=5);
    let rest = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
    if rest == 10 { Some('X') } else { char::from_digit(rest, 10) }
}

/// Reads the letters of a number as the digits they look like where the check digit proves it:
/// `2O151O629741.0` is `201510629741.0`. `None` where nothing had to be read so, or nothing is proved.
pub fn digits_proved(number: &str) -> Option<String> {
    let (serial, check) = number.split_once('.')?;
    let read: String = serial.chars().map(digit_like).collect();
    let check = if check.eq_ignore_ascii_case("x") {
        "X".to_owned()
    } else {
        check.chars().map(digit_like).collect()
    };
    let proved = check_digit(&read).is_some_and(|wanted| check == wanted.to_string());
    let number_read = format!("{read}.{check}");
    (proved && !number_read.eq_ignore_ascii_case(number)).then_some(number_read)
}

/// Lists the numbers that differ from a misread one in one digit and fit its check digit; empty where the
/// number fits it as it is.
pub fn one_digit_off(serial: &str, check: char) -> Vec<String> {
    let fits = |serial: &str| check_digit(serial) == Some(check.to_ascii_uppercase());
    if check_digit(serial).is_none() || fits(serial) {
        return Vec::new();
    }
    let replaced = |at: usize, digit: char| format!("{}{digit}{}", &serial[..at], &serial[at + 1..]);
    let other = |at| ('0'..='9').map(move |digit| replaced(at, digit));
    (0..serial.len()).flat_map(other).filter(|serial| fits(serial)).collect()
}

/// The digit that a letter is misread from.
fn digit_like(c: char) -> char {
    match c {
        'O' | 'o' | 'Q' | 'q' | 'D' | 'd' => '0',
        'I' | 'i' | 'l' | '|' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'G' | 'g' => '6',
        'B' | 'b' => '8',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // 2·2 + 0·3 + 1·4 + 7·5 + 1·6 + 0·7 + 1·8 + 2·9 + 3·2 + 4·3 + 5·4 + 6·5 = 143 = 13 · 11
        assert_eq!(check_digit("201710123456"), Some('0'));
        for no_serial in ["", "2017101234", "20171012345a", "２０１７"] {
            assert_eq!(check_digit(no_serial), None, "{no_serial}");
        }
    }

    #[test]
    fn letters_are_digits_only_where_that_is_proved() {
        for (printed, want) in [
            ("2O17lO123456.O", Some("201710123456.0")),
            ("201710123456.O", Some("201710123456.0")),
            ("20171012345G.0", Some("201710123456.0")),
            ("2O17lO123456.1", None),
            ("201710123456.0", None),
            ("2O17lO123456", None),
        ] {
            assert_eq!(digits_proved(printed).as_deref(), want, "{printed}");
        }
    }

    #[test]
    fn a_misread_digit_has_few_corrections() {
        assert!(one_digit_off("201710123456", '0').is_empty(), "nothing is wrong with it");
        let near = one_digit_off("201710128456", '0');
        assert!(near.contains(&"201710123456".to_owned()) && near.len() <= 12, "{near:?}");
        assert!(near.iter().all(|serial| check_digit(serial) == Some('0')));
        assert!(one_digit_off("2017", '0').is_empty());
    }
}
