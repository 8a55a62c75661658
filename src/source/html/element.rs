//! What do the elements and attributes of a page mean?

use html5gum::StartTag;

/// Elements that end the line before and after them, in order of their names.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];
/// Elements without text or end tag.
pub(super) const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose text no reader sees.
pub(super) const UNSEEN: [&str; 14] = [
    "head", "title", "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "select",
    "textarea", "audio", "video",
];
/// Elements whose end tag may be left out, so that the next of the same name ends them.
pub(super) const OPEN_ENDED: [&str; 7] = ["p", "li", "td", "th", "tr", "dd", "dt"];
/// The most columns or rows that a cell may cover.
const MAX_SPAN: usize = 200;

/// Tells whether an element ends the line before and after it.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// The level of a heading.
pub(super) fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// The value of an attribute.
pub(super) fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Tells whether an element is written not to be seen.
pub(super) fn is_hidden(tag: &StartTag<()>) -> bool {
    if tag.attributes.is_empty() {
        return false;
    }
    let style = attribute(tag, b"style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.split_whitespace().collect();
    tag.attributes.contains_key(&b"hidden"[..])
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// How many columns or rows a cell covers.
pub(super) fn span(tag: &StartTag<()>, name: &[u8]) -> usize {
    attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_in_order() {
        assert!(BLOCKS.is_sorted(), "so that they are found");
    }
}
