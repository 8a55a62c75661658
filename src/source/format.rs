use super::SourceError;

/// What a file is, which decides who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
}

impl Format {
    /// Recognizes a file by its content, else by the ending of its name; what is neither is text.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Format, SourceError> {
        for (start, format) in [
            (&b"%PDF"[..], "a PDF"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old or a locked Office document"),
            (b"{\\rtf", "a rich text document"),
        ] {
            if bytes.starts_with(start) {
                return Err(SourceError::Unsupported { format });
            }
        }
        Ok(match ending(name).as_str() {
            "md" | "markdown" => Format::Markdown,
            _ => Format::Text,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
        }
    }
}

/// The ending of a file's name in lower case, without its dot.
pub(super) fn ending(name: &str) -> String {
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
            ("a.pdf", b"x", Ok(Format::Text)),
            ("a.txt", b"%PDF-1.7", Err(SourceError::Unsupported { format: "a PDF" })),
        ] {
            assert_eq!(Format::of(name, bytes), want, "{name}");
        }
    }
}
