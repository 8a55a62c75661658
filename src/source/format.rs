use super::SourceError;

/// What a file is, which decides who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    /// A zip file: a Word document, or something that is not read as one.
    Zip,
    Pdf,
}

impl Format {
    /// Recognizes a file by its content, else by the ending of its name; what is neither is text.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Format, SourceError> {
        for (start, format) in [
            (&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], "an old or a locked Office document"),
            (b"{\\rtf", "a rich text document"),
        ] {
            if bytes.starts_with(start) {
                return Err(SourceError::Unsupported { format });
            }
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Ok(Format::Zip);
        }
        // Readers look for the header within the first 1,024 bytes; some senders put lines before it.
        let mut start = bytes[..bytes.len().min(1024)].windows(5);
        if bytes.starts_with(b"%PDF") || (ending(name) == "pdf" && start.any(|window| window == b"%PDF-")) {
            return Ok(Format::Pdf);
        }
        let head = bytes[..bytes.len().min(512)].to_ascii_lowercase();
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
        if head.starts_with(b"<!doctype html") || head.starts_with(b"<html") {
            return Ok(Format::Html);
        }
        Ok(match ending(name).as_str() {
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            _ => Format::Text,
        })
    }

    /// Tells whether its readers unpack and interpret what others have put together, so that a file could
    /// take all memory or time, or the process with it.
    pub(super) fn is_hostile(self) -> bool {
        match self {
            Format::Text | Format::Markdown | Format::Html => false,
            Format::Zip | Format::Pdf => true,
        }
    }

    /// The format of a name that [`Format::name`] gives.
    pub(super) fn named(name: &str) -> Option<Format> {
        [Format::Text, Format::Markdown, Format::Html, Format::Zip, Format::Pdf]
            .into_iter()
            .find(|format| format.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Zip => "docx",
            Format::Pdf => "pdf",
        }
    }
}

/// The ending of a file's name in lower case, without its dot.
pub fn ending(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_before_the_name() {
        for (name, bytes, want) in [
            ("a.txt", &b"x"[..], Ok(Format::Text)),
            ("folder.md/a", b"x", Ok(Format::Text)),
            ("A.MD", b"x", Ok(Format::Markdown)),
            ("a.htm", b"x", Ok(Format::Html)),
            ("a.txt", b"\xEF\xBB\xBF\n<!DOCTYPE HTML>", Ok(Format::Html)),
            ("a.txt", b"<p>x", Ok(Format::Text)),
            ("a.txt", b"PK\x03\x04", Ok(Format::Zip)),
            ("a.docx", b"x", Ok(Format::Text)),
            ("a.pdf", b"x", Ok(Format::Text)),
            ("a.txt", b"%PDF-1.7", Ok(Format::Pdf)),
            ("a.pdf", b"\n\n%PDF-1.7", Ok(Format::Pdf)),
            ("a.txt", b"{\\rtf1", Err(SourceError::Unsupported { format: "a rich text document" })),
        ] {
            assert_eq!(Format::of(name, bytes), want, "{name}");
        }
    }
}
