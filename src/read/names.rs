//! The names of cells, and a workbook's own properties, as each format writes them.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::model::{CellRange, CellRef, Grid};

use super::limits::Limits;
use super::xml::Walk;

/// Old workbooks hold names by the ten thousand, which nobody made.
const MOST: usize = 10_000;
/// Excel's limit for a name and for the text of a property.
const LONGEST: usize = 255;

/// Stands in the content of an ods that names cells.
const NAMED: &[u8] = b"named-range";

/// The name of a cell: the name, the sheet and the cell.
pub(super) type CellName = (String, String, CellRef);

/// Adds a name with what it stands for, where that is one cell or one range of a sheet.
pub(super) fn add(names: &mut Vec<CellName>, name: &str, stands_for: &str) {
    if names.len() >= MOST || name.is_empty() || name.len() > LONGEST {
        return;
    }
    if let Some((sheet, cell)) = reference(stands_for) {
        names.push((name.to_owned(), sheet, cell));
    }
}

/// The names of each sheet's cells, in order, by the sheet's name.
pub(super) fn by_sheet(mut names: Vec<CellName>) -> BTreeMap<String, Vec<(String, CellRef)>> {
    names.sort();
    names.dedup();
    let mut by_sheet: BTreeMap<String, Vec<(String, CellRef)>> = BTreeMap::new();
    for (name, sheet, cell) in names {
        by_sheet.entry(sheet).or_default().push((name, cell));
    }
    by_sheet
}

/// Gives each sheet the names of its cells.
pub(super) fn hand_out(names: Vec<CellName>, sheets: &mut [Grid]) {
    let mut by_sheet = by_sheet(names);
    for grid in sheets {
        grid.names = by_sheet.remove(&grid.source.sheet).unwrap_or_default();
    }
}

/// Reads `'取組1'!$C$2`, `取組1!$C$2:$D$2` and `$'取組1'.$C$2`: the sheet and the first cell.
fn reference(text: &str) -> Option<(String, CellRef)> {
    let text = text.strip_prefix('=').unwrap_or(text);
    let text = text.strip_prefix('$').unwrap_or(text);
    let (sheet, cells) = match text.strip_prefix('\'') {
        Some(quoted) => {
            let end = end_of_quoted(quoted)?;
            let behind = quoted[end + 1..].strip_prefix(['!', '.'])?;
            (quoted[..end].replace("''", "'"), behind)
        }
        None => {
            let (sheet, cells) = text.split_once('!').or_else(|| text.split_once('.'))?;
            (sheet.to_owned(), cells)
        }
    };
    let mut ends = cells.split(':').map(|end| {
        // LibreOffice names the sheet again behind the colon.
        let end = end.rsplit_once('.').map_or(end, |(_, cell)| cell);
        end.replace('$', "")
    });
    let first = CellRef::parse(&ends.next()?)?;
    let last = match ends.next() {
        Some(last) => CellRef::parse(&last)?,
        None => first,
    };
    ends.next()
        .is_none()
        .then(|| (sheet, CellRange::new(first, last).first))
}

fn end_of_quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\'' {
            if bytes.get(at + 1) != Some(&b'\'') {
                return Some(at);
            }
            at += 1;
        }
        at += 1;
    }
    None
}

/// Reads the properties that an office workbook keeps in a part of their own; a damaged part says
/// nothing.
pub(super) fn properties(part: &str, bytes: &[u8], limits: &Limits) -> BTreeMap<String, String> {
    texts(part, bytes, "property", limits).unwrap_or_default()
}

/// Reads the properties of an ods; a damaged part says nothing.
pub(super) fn user_defined(part: &str, bytes: &[u8], limits: &Limits) -> BTreeMap<String, String> {
    texts(part, bytes, "user-defined", limits).unwrap_or_default()
}

/// The texts of elements that bear a name.
fn texts(
    part: &str,
    bytes: &[u8],
    element_name: &str,
    limits: &Limits,
) -> Option<BTreeMap<String, String>> {
    let mut walk = Walk::new(part, bytes, limits).ok()?;
    let mut found = BTreeMap::new();
    loop {
        match walk.next().ok()? {
            Event::Start(element) if element.local_name().as_ref() == element_name => {
                let name = walk.attribute(&element, "name").ok()?;
                let text = walk.text().ok()?;
                if let Some(name) = name.filter(|name| name.len() <= LONGEST)
                    && found.len() < MOST
                {
                    found.insert(name, text.trim().to_owned());
                }
            }
            Event::Eof => return Some(found),
            _ => {}
        }
    }
}

/// Reads the names of an ods; a damaged part is told elsewhere.
pub(super) fn of_ods(part: &str, bytes: &[u8], limits: &Limits) -> Vec<CellName> {
    let mut names = Vec::new();
    if !bytes.windows(NAMED.len()).any(|at| at == NAMED) {
        return names;
    }
    let Ok(mut walk) = Walk::new(part, bytes, limits) else {
        return names;
    };
    loop {
        match walk.next() {
            Ok(Event::Start(element) | Event::Empty(element))
                if element.local_name().as_ref() == "named-range" =>
            {
                let name = walk.attribute(&element, "name");
                let cells = walk.attribute(&element, "cell-range-address");
                if let (Ok(Some(name)), Ok(Some(cells))) = (name, cells) {
                    add(&mut names, &name, &cells);
                }
            }
            Ok(Event::Eof) | Err(_) => return names,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_program_are_read() {
        for (text, sheet, cell) in [
            ("'取組1'!$C$2", "取組1", "C2"),
            ("取組1!$C$2", "取組1", "C2"),
            ("=取組1!$C$2:$E$3", "取組1", "C2"),
            ("$'取組1'.$C$2", "取組1", "C2"),
            ("$取組1.$C$2", "取組1", "C2"),
            ("$取組1.$C$2:.$E$3", "取組1", "C2"),
            ("'a''b!c'!$A$1", "a'b!c", "A1"),
        ] {
            let expected = (sheet.to_owned(), CellRef::parse(cell).unwrap());
            assert_eq!(reference(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "#REF!",
            "取組1!#REF!",
            "'取組1!$C$2",
            "\"R5\"",
            "1.5",
            "取組1!$C$2,取組1!$D$2",
        ] {
            assert_eq!(reference(text), None, "{text}");
        }
    }

    #[test]
    fn properties_are_read_by_name() {
        let part = br#"<Properties xmlns:vt="v"><property name="torimatome_plan" pid="2">
            <vt:lpwstr>A&amp;B</vt:lpwstr></property><property name="n"><vt:i4>3</vt:i4></property></Properties>"#;
        let read = properties("p", part, &Limits::default());
        let read: Vec<(&str, &str)> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(read, [("n", "3"), ("torimatome_plan", "A&B")]);
        assert!(properties("p", b"<Properties><property", &Limits::default()).is_empty());
    }
}
