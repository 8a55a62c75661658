use std::{fmt, str::FromStr, sync::LazyLock};

use serde_json::Value;

use crate::{domain::REMOVED, text::parse_date};

/// The place of a field in a dossier: `title`, `award.year`, `contributors[3].institution`,
/// `papers[0].authors[2]`. Rows and items are counted from 0, as in warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPath {
    /// The object that has the field; empty for the dossier itself.
    pub(super) object: String,
    /// Which object of a list.
    pub(super) row: Option<usize>,
    pub(super) field: String,
    /// Which item, where one of a list of texts is meant.
    pub(super) item: Option<usize>,
}

/// What a field that may be corrected holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Line,
    Text,
    Lines,
    Number,
    Numbers,
    Count,
    Year,
    Factor,
    Flag,
    Date,
}

struct Field {
    object: &'static str,
    name: &'static str,
    form: Form,
    required: bool,
}

const MAX_LINE: usize = 1000;
const MAX_TEXT: usize = 100_000;
const MAX_ITEMS: usize = 1000;

impl FieldPath {
    /// Reads a value for this field, in the form in which a dossier has it.
    ///
    /// # Errors
    /// One sentence that says what such a value is like.
    pub fn read(&self, value: &Value) -> Result<Value, String> {
        let field = self.description().ok_or_else(|| self.unknown())?;
        if value.is_null() && !field.required && self.item.is_none() {
            return Ok(Value::Null);
        }
        let form = if self.item.is_some() { Form::Line } else { field.form };
        form.read(value).ok_or_else(|| {
            let or_null = if field.required || self.item.is_some() { "" } else { ", or null" };
            format!("the value of '{self}' must be {}{or_null}", form.about())
        })
    }

    /// The object that has the field, in a dossier as JSON.
    pub(super) fn pointer(&self) -> String {
        let object = self.object.split('.').filter(|name| !name.is_empty());
        let mut pointer: String = object.flat_map(|name| ["/", name]).collect();
        if let Some(row) = self.row {
            pointer.push_str(&format!("/{row}"));
        }
        pointer
    }

    /// The list that has the object, and the name of the field that tells its rows apart.
    pub(super) fn rows(&self) -> Option<(String, &'static str)> {
        self.row?;
        let list = FieldPath { row: None, ..self.clone() }.pointer();
        let object = format!("{}[]", self.object);
        FIELDS.iter().find(|field| field.object == object).map(|field| (list, field.name))
    }

    /// Finds the value in a dossier as JSON.
    pub fn value<'a>(&self, dossier: &'a Value) -> Option<&'a Value> {
        let value = dossier.pointer(&self.pointer())?.get(&self.field)?;
        match self.item {
            Some(item) => value.get(item),
            None => Some(value),
        }
    }

    /// The contributor whose field it is, by index.
    pub fn contributor(&self) -> Option<usize> {
        self.row.filter(|_| self.object == "contributors")
    }

    /// Tells whether a correction of one of the two also touches the other.
    pub(super) fn meets(&self, other: &FieldPath) -> bool {
        let same_item = self.item.is_none() || other.item.is_none() || self.item == other.item;
        (&self.object, self.row, &self.field) == (&other.object, other.row, &other.field) && same_item
    }

    fn description(&self) -> Option<&'static Field> {
        let object = if self.row.is_some() { format!("{}[]", self.object) } else { self.object.clone() };
        FIELDS.iter().find(|field| field.object == object && field.name == self.field)
    }

    fn unknown(&self) -> String {
        let known: Vec<String> = FIELDS
            .iter()
            .map(|field| match field.object {
                "" => field.name.to_owned(),
                object => format!("{}.{}", object.replace("[]", "[0]"), field.name),
            })
            .collect();
        format!("'{self}' is no field that can be corrected; those are {}", known.join(", "))
    }
}

impl FromStr for FieldPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (object, field) = text.rsplit_once('.').unwrap_or(("", text));
        let unreadable = || {
            let start: String = text.chars().take(60).collect();
            format!("'{start}' is no field; one is written like title or contributors[0].institution")
        };
        let (object, row) = indexed(object).ok_or_else(unreadable)?;
        let (field, item) = indexed(field).ok_or_else(unreadable)?;
        let path = FieldPath { object: object.to_owned(), row, field: field.to_owned(), item };
        let known = path.description().ok_or_else(|| path.unknown())?;
        if item.is_some() && known.form != Form::Lines {
            return Err(format!("'{}' has no items", FieldPath { item: None, ..path }));
        }
        Ok(path)
    }
}

/// Parts a name from the number in brackets behind it.
fn indexed(text: &str) -> Option<(&str, Option<usize>)> {
    let written = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'));
    match text.strip_suffix(']') {
        None => written(text).then_some((text, None)),
        Some(text) => {
            let (name, number) = text.split_once('[')?;
            // Four digits are more than any list has.
            let short = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
            (written(name) && short).then_some(())?;
            Some((name, Some(number.parse().ok()?)))
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.object)?;
        if let Some(row) = self.row {
            write!(f, "[{row}]")?;
        }
        let dot = if self.object.is_empty() { "" } else { "." };
        write!(f, "{dot}{}", self.field)?;
        self.item.map_or(Ok(()), |item| write!(f, "[{item}]"))
    }
}

impl Form {
    fn of(name: &str) -> Option<Form> {
        Some(match name {
            "line" => Form::Line,
            "text" => Form::Text,
            "lines" => Form::Lines,
            "number" => Form::Number,
            "numbers" => Form::Numbers,
            "count" => Form::Count,
            "year" => Form::Year,
            "factor" => Form::Factor,
            "flag" => Form::Flag,
            "date" => Form::Date,
            _ => return None,
        })
    }

    fn about(self) -> &'static str {
        match self {
            Form::Line => "a text of one line, of 1 to 1000 characters",
            Form::Text => "a text of 1 to 100000 characters",
            Form::Lines => "a list of texts of one line",
            Form::Number => "a whole number from 1 to 9999",
            Form::Numbers => "a list of whole numbers from 1 to 9999",
            Form::Count => "a whole number from 0 to 10000000",
            Form::Year => "a year from 1900 to 2100",
            Form::Factor => "a number from 0 to 1000",
            Form::Flag => "true or false",
            Form::Date => "a date such as 2024-05-01, 2024-05 or 2024",
        }
    }

    fn read(self, value: &Value) -> Option<Value> {
        let within = |low: u64, high: u64| {
            value.as_u64().filter(|number| (low..=high).contains(number)).map(Value::from)
        };
        match self {
            Form::Line => line(value),
            Form::Text => {
                let text = value.as_str()?.trim();
                let sound = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
                let length = text.chars().count();
                (sound && (1..=MAX_TEXT).contains(&length) && !text.contains(REMOVED)).then(|| text.into())
            }
            Form::Lines => list(value, line),
            Form::Number => within(1, 9999),
            Form::Numbers => list(value, |item| Form::Number.read(item)),
            Form::Count => within(0, 10_000_000),
            Form::Year => within(1900, 2100),
            Form::Factor => value.as_f64().filter(|number| (0.0..=1000.0).contains(number)).map(Value::from),
            Form::Flag => value.as_bool().map(Value::from),
            Form::Date => parse_date(value.as_str()?).map(|date| date.to_string().into()),
        }
    }
}

fn line(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim();
    let sound = !text.chars().any(char::is_control) && !text.contains(REMOVED);
    (sound && (1..=MAX_LINE).contains(&text.chars().count())).then(|| text.into())
}

fn list(value: &Value, item: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    let items = value.as_array().filter(|items| items.len() <= MAX_ITEMS)?;
    items.iter().map(item).collect::<Option<Vec<_>>>().map(Value::from)
}

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let lines = include_str!("fields.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (object, name) = (columns.next()?, columns.next()?);
            let form = Form::of(columns.next()?)?;
            Some(Field { object, name, form, required: columns.next() == Some("*") })
        })
        .collect()
});
