use super::{
    SourceError, charset, docx,
    format::ending,
    package::{self, Package},
};

/// Endings of the names under which documents lie in folders and zip files.
const ENDINGS: [&str; 8] = ["txt", "text", "md", "markdown", "html", "htm", "docx", "pdf"];

/// All that is unpacked of one zip file, in bytes.
const MAX_TOTAL: usize = 512 << 20;

/// Tells whether a name within a folder or a zip file is that of a document; `README.md` tells about
/// its folder.
pub fn is_document_name(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    !file.starts_with('.')
        && ENDINGS.contains(&ending(file).as_str())
        && !["readme.md", "readme.markdown"].contains(&file.to_ascii_lowercase().as_str())
}

/// A zip file of documents, read from memory; nothing of it is written anywhere.
pub struct Archive<'a> {
    package: Package<'a>,
    unpacked: usize,
}

/// A document in a zip file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path within the zip file, without steps upwards.
    pub name: String,
    entry: usize,
}

impl<'a> Archive<'a> {
    /// Opens a zip file of documents; `None` for any other file, a Word document too.
    ///
    /// # Errors
    /// Where it cannot be read or lists too many files.
    pub fn open(bytes: &'a [u8]) -> Result<Option<Archive<'a>>, SourceError> {
        if !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
            return Ok(None);
        }
        let package = package::open(bytes)?;
        let is_office = [docx::DOCUMENT, "[Content_Types].xml"];
        let is_office = is_office.iter().any(|part| package.index_for_name(part).is_some());
        Ok((!is_office).then_some(Archive { package, unpacked: 0 }))
    }

    /// Lists the documents; folders, links, hidden and other files are left out.
    ///
    /// # Errors
    /// Where there is none.
    pub fn members(&mut self) -> Result<Vec<Member>, SourceError> {
        let mut members = Vec::new();
        for entry in 0..self.package.len() {
            let Ok(file) = self.package.by_index_data(entry) else { continue };
            let name = charset::decode(file.name_raw())
                .map_or_else(|_| String::from_utf8_lossy(file.name_raw()).into_owned(), |(name, _)| name);
            let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
            let name = parts.collect::<Vec<_>>().join("/");
            let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if file.is_file() && !is_hidden && (is_document_name(&name) || ending(&name) == "zip") {
                members.push(Member { name, entry });
            }
        }
        if members.is_empty() { Err(SourceError::EmptyArchive) } else { Ok(members) }
    }

    /// Unpacks one of them.
    ///
    /// # Errors
    /// Where it is damaged, locked, a zip file itself, or unpacks to more than is read.
    pub fn read(&mut self, member: &Member) -> Result<Vec<u8>, SourceError> {
        if ending(&member.name) == "zip" {
            return Err(SourceError::NestedArchive);
        }
        if self.unpacked > MAX_TOTAL {
            return Err(SourceError::UnpackedTooLarge);
        }
        let bytes = package::unpack(&mut self.package, member.entry)?;
        self.unpacked += bytes.len();
        match Archive::open(&bytes) {
            Ok(Some(_)) => Err(SourceError::NestedArchive),
            _ => Ok(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("started");
            writer.write_all(bytes).expect("written");
        }
        writer.add_symlink("link.txt", "/etc/hosts", SimpleFileOptions::default()).expect("a link");
        writer.finish().expect("finished").into_inner()
    }

    #[test]
    fn members_are_documents_and_stay_within_the_zip() {
        let inner = archive(&[("a.txt", b"x")]);
        let bomb = vec![b'a'; 20 << 20];
        let bytes = archive(&[
            ("公示/甲.txt", "甲".as_bytes()),
            ("../../slip.md", b"slip"),
            ("README.md", b"about"),
            ("__MACOSX/a.txt", b"x"),
            ("picture.png", b"x"),
            ("inner.zip", &inner),
            ("disguised.txt", &inner),
            ("bomb.txt", &bomb),
        ]);
        let mut archive = Archive::open(&bytes).expect("readable").expect("a zip of files");
        let members = archive.members().expect("documents");
        let got: Vec<_> = members.iter().map(|member| (member.name.as_str(), archive.read(member))).collect();
        let want = [
            ("公示/甲.txt", Ok("甲".as_bytes().to_vec())),
            ("slip.md", Ok(b"slip".to_vec())),
            ("inner.zip", Err(SourceError::NestedArchive)),
            ("disguised.txt", Err(SourceError::NestedArchive)),
            ("bomb.txt", Err(SourceError::PackedTooTightly)),
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn other_files_are_no_archive() {
        assert!(Archive::open(b"text").expect("readable").is_none());
        let none = archive(&[("a.png", b"x")]);
        let mut none = Archive::open(&none).expect("readable").expect("a zip of files");
        assert_eq!(none.members(), Err(SourceError::EmptyArchive));
        let many = archive(&[("a.txt", b"x")]);
        assert_eq!(super::super::read("a.zip", &many), Err(SourceError::Archive));
    }
}
