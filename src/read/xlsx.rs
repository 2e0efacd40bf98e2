//! xlsx and xlsm behind the gate: calamine reads the cells, each is shown as a person sees it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use crate::model::text::{is_dash, printable};
use crate::model::{Cell, CellRef, Damage, Damaged, Grid, Stored, Workbook};

use super::book::Formats;
use super::error::{Limited, Problem, ReadError};
use super::gate::Passed;
use super::limits::{Limits, fits_a_cell};
use super::number_format::{NumberFormat, builtin, general};
use super::sheet::{Flaw, Scan};

pub(super) const MACRO_SHEET: &str = "マクロまたはダイアログのシートのため、読み取っていません。";
const DISGUISED: &str = "表示形式のため、保存されている値が表示されていません。";

/// Reads a workbook of which the parts were checked.
pub(super) fn workbook(name: &str, passed: Passed, limits: &Limits) -> Result<Workbook, ReadError> {
    let told = |_| ReadError::broken("", Problem::Reader);
    let mut reader = Xlsx::new(Cursor::new(passed.archive)).map_err(told)?;
    let palette = Palette::new(passed.formats, passed.from_1904);
    let mut workbook = Workbook {
        format: passed.format,
        sheets: Vec::with_capacity(passed.sheets.len()),
        modified: passed.modified,
        damaged: Vec::new(),
    };
    for (number, checked) in passed.sheets.into_iter().enumerate() {
        let mut grid = Grid::new(name, &checked.name);
        grid.visibility = checked.visibility;
        if checked.foreign {
            let place = grid.place(CellRef::new(0, 0));
            workbook.damaged.push(Damaged {
                kind: Damage::Other,
                cells: vec![place.cell],
                place,
                reason: MACRO_SHEET.to_owned(),
            });
        }
        if let Some(scan) = checked.scan {
            let (flaws, disguised) =
                cells(&mut reader, number, &scan, &palette, &mut grid, limits)?;
            grid.merges = scan.merges;
            workbook.damaged.extend(by_kind(&grid, flaws, disguised));
        }
        workbook.sheets.push(grid);
    }
    Ok(workbook)
}

/// Cells that cannot be read, and why.
pub(super) type Flaws = BTreeMap<CellRef, Flaw>;
/// Cells that do not show what is stored: stored and shown.
pub(super) type Disguised = BTreeMap<CellRef, (String, String)>;

/// Reads a sheet's cells, and gives those that cannot be read and those in disguise.
fn cells(
    reader: &mut Xlsx<Cursor<Vec<u8>>>,
    number: usize,
    scan: &Scan,
    palette: &Palette,
    grid: &mut Grid,
    limits: &Limits,
) -> Result<(Flaws, Disguised), ReadError> {
    let broken = |problem| ReadError::broken(&grid.source.sheet, problem);
    let disagreement = broken(Problem::Disagreement);
    let given_up = broken(Problem::Reader);
    let mut stream = reader
        .worksheet_cells_reader(&number.to_string())
        .map_err(|_| given_up.clone())?;
    let (mut flaws, mut disguised) = (Flaws::new(), Disguised::new());
    let (mut at, mut filled) = (0, 0);
    loop {
        let next = stream.next_cell_with_style_id();
        if let Ok(None) = next {
            break;
        }
        // The end of the sheet is told again and again: what the walk did not count ends here.
        let Some(&address) = scan.addresses.get(at) else {
            return Err(disagreement);
        };
        let flaw = scan.flaws.get(&at);
        at += 1;
        if let Some(flaw) = flaw {
            flaws.insert(address, *flaw);
            if matches!(next, Err(XlsxError::Xml(_) | XlsxError::XmlEof(_))) {
                return Err(given_up);
            }
            continue;
        }
        let cell = match next {
            Ok(Some((cell, style))) => {
                if cell.get_position() != (address.row, address.column) {
                    return Err(disagreement);
                }
                filled += usize::from(*cell.get_value() != DataRef::Empty);
                let value = cell.get_value();
                match seen(value, palette.format(style), palette.from_1904) {
                    Ok(cell) => {
                        let other = disguise(value, cell.as_ref());
                        disguised.extend(other.map(|other| (address, other)));
                        cell
                    }
                    Err(flaw) => {
                        flaws.insert(address, flaw);
                        continue;
                    }
                }
            }
            // Errors that are newer than the library: their text is their value.
            Err(XlsxError::CellError(text)) if text.starts_with('#') => {
                filled += 1;
                Some(Cell {
                    text,
                    stored: Stored::Error,
                })
            }
            Err(XlsxError::Xml(_) | XlsxError::XmlEof(_) | XlsxError::Io(_)) => {
                return Err(given_up);
            }
            Err(_) => {
                filled += 1;
                flaws.insert(address, Flaw::Refused);
                continue;
            }
            Ok(None) => None,
        };
        let Some(cell) = cell else { continue };
        fits_a_cell(&cell.text, &grid.source.sheet, address)?;
        if let Entry::Vacant(vacant) = grid.cells.entry(address) {
            vacant.insert(cell);
        } else {
            flaws.insert(address, Flaw::Twice);
        }
    }
    if at != scan.addresses.len() || filled < scan.filled {
        return Err(disagreement);
    }
    let unreadable = flaws.values().filter(|flaw| **flaw != Flaw::Uncalculated);
    if unreadable.count() > limits.damaged {
        let limit = limits.damaged as u64;
        return Err(ReadError::over(
            Limited::Damaged,
            limit,
            Some(&grid.source.sheet),
        ));
    }
    Ok((flaws, disguised))
}

/// What is stored and what shows, where a person would take the one for something else: nothing
/// shows of it, or a dash stands for a number.
pub(super) fn disguise(value: &DataRef<'_>, seen: Option<&Cell>) -> Option<(String, String)> {
    let number = match value {
        DataRef::Int(value) => Some(*value as f64),
        DataRef::Float(value) => Some(*value),
        DataRef::DateTime(value) => Some(value.as_f64()),
        DataRef::Empty
        | DataRef::String(_)
        | DataRef::SharedString(_)
        | DataRef::DurationIso(_)
        | DataRef::DateTimeIso(_)
        | DataRef::Bool(_)
        | DataRef::Error(_) => None,
    };
    let shown = seen.map_or("", |cell| cell.text.trim());
    let dash = number.is_some() && is_dash(shown);
    if !dash && !shown.is_empty() {
        return None;
    }
    let text = match value {
        DataRef::String(text) => (*text).clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Empty
        | DataRef::DurationIso(_)
        | DataRef::DateTimeIso(_)
        | DataRef::Bool(_)
        | DataRef::Error(_)
        | DataRef::Int(_)
        | DataRef::Float(_)
        | DataRef::DateTime(_) => number.map(general)?,
    };
    let stored = printable(&text).trim().to_owned();
    (!stored.is_empty()).then(|| (stored, shown.to_owned()))
}

/// A value as a person sees it; nothing for what shows nothing.
pub(super) fn seen(
    value: &DataRef<'_>,
    format: &NumberFormat,
    from_1904: bool,
) -> Result<Option<Cell>, Flaw> {
    let number = |value: f64| {
        if !value.is_finite() {
            return Err(Flaw::NotANumber);
        }
        let shown = format.number(value, from_1904);
        let stored = shown.date.map_or(Stored::Number(value), Stored::Date);
        Ok((shown.text, stored))
    };
    let text = |text: &str| (format.text(text).into_owned(), Stored::Text);
    let (text, stored) = match value {
        DataRef::Empty => return Ok(None),
        DataRef::Int(value) => number(*value as f64)?,
        DataRef::Float(value) => number(*value)?,
        DataRef::DateTime(value) => number(value.as_f64())?,
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::DurationIso(value) => text(value),
        DataRef::DateTimeIso(value) => match serial(value) {
            // An ISO date is a date whatever its format says.
            Some(serial) => {
                let shown = format.number(serial, false);
                let plain = shown.date.is_none() && shown.text == general(serial);
                let shown = if plain {
                    value.replace('T', " ")
                } else {
                    shown.text
                };
                (shown, Stored::Date(serial))
            }
            None => text(value),
        },
        DataRef::Bool(true) => ("TRUE".to_owned(), Stored::Bool(true)),
        DataRef::Bool(false) => ("FALSE".to_owned(), Stored::Bool(false)),
        DataRef::Error(error) => (error.to_string(), Stored::Error),
    };
    let text = printable(&text);
    Ok((!text.trim().is_empty()).then_some(Cell { text, stored }))
}

/// The serial number of `2024-03-31` or `2024-03-31T12:00:00`.
pub(super) fn serial(text: &str) -> Option<f64> {
    let (date, time) = text
        .trim_end_matches('Z')
        .split_once('T')
        .unwrap_or((text, ""));
    let mut parts = date.splitn(3, '-').map(str::parse::<u32>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let valid =
        (1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = i32::try_from(year).ok().filter(|_| valid)?;
    let days = ssfmt::date_serial::date_to_serial(year, month, day, ssfmt::DateSystem::Date1900);
    let mut seconds = 0.0;
    for (part, unit) in time.splitn(3, ':').zip([3600.0, 60.0, 1.0]) {
        if !part.is_empty() {
            seconds += part
                .parse::<f64>()
                .ok()
                .filter(|n| (0.0..60.0).contains(n))?
                * unit;
        }
    }
    Some(days + seconds / 86_400.0)
}

/// The damaged cells of a sheet, one entry a reason.
pub(super) fn by_kind(grid: &Grid, flaws: Flaws, disguised: Disguised) -> Vec<Damaged> {
    let mut kinds: BTreeMap<(Option<Flaw>, Damage), Vec<CellRef>> = BTreeMap::new();
    for (cell, flaw) in flaws {
        kinds
            .entry((Some(flaw), flaw.damage()))
            .or_default()
            .push(cell);
    }
    for (cell, (stored, shown)) in disguised {
        let kind = Damage::Disguised { stored, shown };
        kinds.entry((None, kind)).or_default().push(cell);
    }
    let damaged = kinds.into_iter().map(|((flaw, kind), cells)| Damaged {
        kind,
        place: grid.place(cells[0]),
        cells,
        reason: flaw.map_or(DISGUISED, Flaw::reason).to_owned(),
    });
    damaged.collect()
}

/// The number formats of a workbook, each read when a cell first needs it.
pub(super) struct Palette {
    /// Each cell format's place in `formats`.
    cells: Vec<usize>,
    formats: Vec<(String, OnceCell<NumberFormat>)>,
    general: NumberFormat,
    from_1904: bool,
}

impl Palette {
    pub(super) fn new(formats: Formats, from_1904: bool) -> Self {
        let codes: BTreeMap<u32, String> = formats.codes.into_iter().collect();
        let mut places = BTreeMap::new();
        let mut read = Vec::new();
        let cells = formats.cells.into_iter().map(|id| {
            *places.entry(id).or_insert_with(|| {
                let code = codes.get(&id).cloned();
                read.push((
                    code.unwrap_or_else(|| builtin(id).to_owned()),
                    OnceCell::new(),
                ));
                read.len() - 1
            })
        });
        Self {
            cells: cells.collect(),
            formats: read,
            general: NumberFormat::new(""),
            from_1904,
        }
    }

    pub(super) fn format(&self, style: usize) -> &NumberFormat {
        let place = self.cells.get(style).copied();
        match place.and_then(|place| self.formats.get(place)) {
            Some((code, format)) => format.get_or_init(|| NumberFormat::new(code)),
            None => &self.general,
        }
    }
}
