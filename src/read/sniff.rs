//! What a file is, by its content; the extension is never believed.

use encoding_rs::{SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::text::label_key;
use crate::model::{TidyColumn, TidyKind};

use super::decode_text;
use super::error::{Format, ReadError};

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// How far into a text the words that tell its kind are looked for.
const HEAD: usize = 4096;

/// What holds a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip package: xlsx, xlsm, xlsb, ods, or none of them.
    Package,
    /// A compound file with an old workbook in it.
    Xls,
    /// A text with commas or tabs, decoded.
    Table(String),
}

/// Tells whether the first bytes are those of a package or of an old Excel file.
pub(super) fn may_be_workbook(head: &[u8]) -> bool {
    head.starts_with(ZIP) || head.starts_with(OLE)
}

/// Tells whether a text begins with the heading of a tidy table, in any encoding.
pub(super) fn may_be_tidy(head: &[u8]) -> bool {
    let is_heading = |line: &str| {
        let fields = line.split([',', '\t']);
        let fields = fields.map(|field| label_key(field.trim_matches('"')));
        let fields: Vec<String> = fields.collect();
        let has = |column: &TidyColumn| fields.iter().any(|field| field == column.heading());
        [TidyKind::Kpis, TidyKind::Texts]
            .iter()
            .any(|kind| kind.required().iter().all(has))
    };
    [UTF_8, SHIFT_JIS, UTF_16LE, UTF_16BE]
        .iter()
        .any(|encoding| encoding.decode(head).0.lines().any(is_heading))
}

/// Tells whether the first bytes are those of a zip.
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(ZIP) || head.starts_with(EMPTY_ZIP)
}

/// Lets through what may hold a table, and says of everything else what it is.
pub(super) fn container(bytes: &[u8]) -> Result<Container, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(ZIP) {
        return Ok(Container::Package);
    }
    if bytes.starts_with(EMPTY_ZIP) {
        return Err(ReadError::EmptyZip);
    }
    if bytes.starts_with(OLE) {
        return compound(bytes);
    }
    match signature(bytes) {
        Some(format) => Err(ReadError::Unsupported(format)),
        None => text(bytes),
    }
}

/// Formats that departments send in place of a workbook, by their first bytes.
fn signature(bytes: &[u8]) -> Option<Format> {
    const SIGNATURES: [(&[u8], Format); 13] = [
        (b"%PDF", Format::Pdf),
        (b"{\\rtf", Format::Word),
        (b"\xFF\xD8\xFF", Format::Image),
        (b"\x89PNG", Format::Image),
        (b"GIF8", Format::Image),
        (b"II*\0", Format::Image),
        (b"MM\0*", Format::Image),
        (b"\x1F\x8B", Format::Archive),
        (b"7z\xBC\xAF\x27\x1C", Format::Archive),
        (b"Rar!\x1A", Format::Archive),
        (b"BZh", Format::Archive),
        (b"\xFD7zXZ", Format::Archive),
        (b"MSCF", Format::Archive),
    ];
    let at = |from: usize, length: usize| bytes.get(from..from + length).unwrap_or_default();
    let starts = |(start, _): &&(&[u8], Format)| bytes.starts_with(start);
    if let Some((_, format)) = SIGNATURES.iter().find(starts) {
        return Some(*format);
    }
    // The size of a bitmap stands behind its two letters, which also begin a text.
    let size = u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes();
    let bitmap = bytes.starts_with(b"BM") && at(2, 4) == size;
    let webp = bytes.starts_with(b"RIFF") && at(8, 4) == b"WEBP";
    let heif = at(4, 4) == b"ftyp" && matches!(at(8, 4), b"heic" | b"heix" | b"mif1" | b"avif");
    if bitmap || webp || heif {
        return Some(Format::Image);
    }
    let lzh = at(2, 3) == b"-lh" && at(6, 1) == b"-";
    lzh.then_some(Format::Archive)
}

/// The streams of a compound file are named in UTF-16; only their names are looked for.
fn compound(bytes: &[u8]) -> Result<Container, ReadError> {
    if names(bytes, "EncryptedPackage") {
        return Err(ReadError::Password);
    }
    if names(bytes, "Workbook") || names(bytes, "Book") {
        return Ok(Container::Xls);
    }
    let format = if names(bytes, "WordDocument") {
        Format::Word
    } else if names(bytes, "PowerPoint Document") {
        Format::PowerPoint
    } else {
        Format::Unknown
    };
    Err(ReadError::Unsupported(format))
}

fn names(bytes: &[u8], stream: &str) -> bool {
    let wanted: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn text(bytes: &[u8]) -> Result<Container, ReadError> {
    let unsupported = |format| Err(ReadError::Unsupported(format));
    let Ok(text) = decode_text(bytes) else {
        return unsupported(Format::Unknown);
    };
    if text.contains('\0') {
        return unsupported(Format::Unknown);
    }
    let head: String = text.trim_start().chars().take(HEAD).collect();
    if !head.starts_with('<') {
        return match head.contains([',', '\t']) {
            true => Ok(Container::Table(text)),
            false => unsupported(Format::Text),
        };
    }
    let head = head.to_ascii_lowercase();
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return unsupported(Format::Xml2003);
    }
    if head.contains("urn:oasis:names:tc:opendocument") {
        return unsupported(Format::Document);
    }
    let page = ["<html", "<!doctype html", "<table", "<meta", "<head"];
    if page.iter().any(|tag| head.contains(tag)) {
        return unsupported(Format::Html);
    }
    unsupported(Format::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(name: &str) -> Vec<u8> {
        let mut bytes = OLE.to_vec();
        bytes.resize(512, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn content_tells_what_a_file_is() {
        let unsupported = |format| Err(ReadError::Unsupported(format));
        let table = |text: &str| Ok(Container::Table(text.to_owned()));
        for (bytes, expected) in [
            (vec![], Err(ReadError::Empty)),
            (b"P".to_vec(), unsupported(Format::Text)),
            (wide("EncryptedPackage"), Err(ReadError::Password)),
            (wide("Workbook"), Ok(Container::Xls)),
            (wide("WordDocument"), unsupported(Format::Word)),
            (b"%PDF-1.7".to_vec(), unsupported(Format::Pdf)),
            (b"{\\rtf1".to_vec(), unsupported(Format::Word)),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), unsupported(Format::Image)),
            (b"\x89PNG\r\n\x1A\n".to_vec(), unsupported(Format::Image)),
            (b"BM\x0A\0\0\0\0\0\0\0".to_vec(), unsupported(Format::Image)),
            (b"BMI,22".to_vec(), table("BMI,22")),
            (b"\0\0\0\x18ftypheic".to_vec(), unsupported(Format::Image)),
            (b"\x1F\x8B\x08\0".to_vec(), unsupported(Format::Archive)),
            (b"\x20\x01-lh5-".to_vec(), unsupported(Format::Archive)),
            (b" <html><table>".to_vec(), unsupported(Format::Html)),
            ("番号,課\r\n".into(), table("番号,課\r\n")),
            ("総務課の回答です。".into(), unsupported(Format::Text)),
            (vec![0, 1, 2, 3], unsupported(Format::Unknown)),
            (b"PK\x05\x06".to_vec(), Err(ReadError::EmptyZip)),
            (b"PK\x03\x04rest".to_vec(), Ok(Container::Package)),
            (
                b"<?xml version='1.0'?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
                unsupported(Format::Xml2003),
            ),
        ] {
            assert_eq!(container(&bytes), expected, "{bytes:?}");
        }
    }
}
