use serde_json::{Map, Value, json};

use super::{
    author::Author,
    work::{Work, WorkDate, WorkForm},
};

/// Makes an item of CSL-JSON.
pub(super) fn item(work: &Work<'_>) -> Value {
    let mut item = Map::new();
    item.insert("id".to_owned(), work.id.into());
    item.insert("type".to_owned(), item_type(work.form).into());
    let authors: Vec<Value> = work.authors.iter().map(name).collect();
    let text = |text: Option<&str>| text.map(Value::from);
    for (name, value) in [
        ("title", Some(work.title.into())),
        ("author", Some(Value::from(authors)).filter(|_| !work.authors.is_empty())),
        ("issued", work.date.map(issued)),
        ("container-title", text(work.journal)),
        ("volume", text(work.locator.volume.as_deref())),
        ("issue", text(work.locator.issue.as_deref())),
        ("page", work.locator.pages("-").map(Value::from)),
        ("DOI", text(work.doi.as_deref())),
        ("source", text(work.database)),
        ("number", text(work.number)),
        ("genre", text(work.category)),
        ("jurisdiction", text(work.country)),
        ("note", text(work.note)),
    ] {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    }
    Value::Object(item)
}

fn item_type(form: WorkForm) -> &'static str {
    match form {
        WorkForm::Article => "article-journal",
        WorkForm::Patent => "patent",
        WorkForm::Software => "software",
        WorkForm::Standard => "standard",
        WorkForm::Other => "document",
    }
}

fn name(author: &Author) -> Value {
    match author {
        Author::Whole(name) => json!({"literal": name}),
        Author::Parted { family, given } => json!({"family": family, "given": given}),
    }
}

fn issued(date: WorkDate) -> Value {
    let mut parts = vec![json!(date.year)];
    parts.extend([date.month, date.day].into_iter().map_while(|part| part.map(Value::from)));
    json!({"date-parts": [parts]})
}
