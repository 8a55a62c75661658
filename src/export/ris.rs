use super::work::{Work, WorkDate, WorkForm};

/// Writes a reference. RIS has no way to escape: a value stands on one line, and that is all it needs.
pub(super) fn reference(work: &Work<'_>, out: &mut Vec<u8>) {
    let mut tag = |tag: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        out.extend_from_slice(format!("{tag}  - {value}\r\n").as_bytes());
    };
    tag("TY", reference_type(work.form));
    tag("ID", work.id);
    work.authors.iter().for_each(|author| tag("AU", &author.to_string()));
    tag("TI", work.title);
    // Volume, issue and the number of a right have tags of the same names in no two types.
    let number = if work.form == WorkForm::Patent { "SN" } else { "M1" };
    for (name, value) in [
        ("T2", work.journal),
        ("VL", work.locator.volume.as_deref()),
        ("IS", work.locator.issue.as_deref()),
        ("SP", work.locator.first_page.as_deref()),
        ("EP", work.locator.last_page.as_deref()),
        ("DO", work.doi.as_deref()),
        ("DB", work.database),
        (number, work.number),
        ("M3", work.category),
        ("CY", work.country),
        ("N1", work.note),
    ] {
        if let Some(value) = value {
            tag(name, value);
        }
    }
    if let Some(date) = work.date {
        tag("PY", &date.year.to_string());
        if date.month.is_some() {
            tag("DA", &slashed(date));
        }
    }
    tag("ER", "");
    out.extend_from_slice(b"\r\n");
}

fn reference_type(form: WorkForm) -> &'static str {
    match form {
        WorkForm::Article => "JOUR",
        WorkForm::Patent => "PAT",
        WorkForm::Software => "COMP",
        WorkForm::Standard => "STAND",
        WorkForm::Other => "GEN",
    }
}

/// `YYYY/MM/DD/`, the day empty where it is not printed.
fn slashed(date: WorkDate) -> String {
    let two = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    format!("{}/{}/{}/", date.year, two(date.month), two(date.day))
}
