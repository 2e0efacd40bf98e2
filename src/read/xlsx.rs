//! The cells of xlsx and xlsm behind the gate: calamine reads them, each is shown as a person sees it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Cursor;

use calamine::{DataRef, Xlsx, XlsxError};

use crate::model::text::{is_dash, printable};
use crate::model::{Cell, CellRef, Damage, Damaged, Grid, Stored, Struck};

use super::budget::Budget;
use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::{Limits, fits_a_cell};
use super::number_format::{NumberFormat, general};
use super::rich::{Run, SharedTexts};
use super::sheet::{Flaw, Rich, Scan, Spelled};
use super::styles::Palette;

pub(super) const MACRO_SHEET: &str = "ダイアログやマクロのシートのため、読み取っていません。";
/// What Excel shows in place of a date that is none.
const NO_DATE: &str = "########";
const DISGUISED: &str = "表示形式のため、保存されている値が表示されていません。";

/// Cells that cannot be read, and why.
pub(super) type Flaws = BTreeMap<CellRef, Flaw>;
/// Cells that do not show what is stored: stored and shown.
pub(super) type Disguised = BTreeMap<CellRef, (String, String)>;

/// Reads a sheet's cells, and gives those that cannot be read and those in disguise.
pub(super) fn cells(
    reader: &mut Xlsx<Cursor<&[u8]>>,
    number: usize,
    scan: &Scan,
    dress: &Dress<'_>,
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
    // Values, and those of them that are told elsewhere than in a cell of the sheet.
    let (mut at, mut filled, mut elsewhere) = (0, 0, 0);
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
        let number = at;
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
                let spelled = scan.spelled.get(&number);
                let quoted = match spelled {
                    Some(Spelled::Quoted(text)) => Some(DataRef::String(text.clone())),
                    Some(Spelled::Words | Spelled::Long(_)) | None => None,
                };
                let value = quoted.as_ref().unwrap_or_else(|| cell.get_value());
                let is_filled = usize::from(*value != DataRef::Empty);
                filled += is_filled;
                match seen(value, dress.palette.format(style), dress.palette.from_1904) {
                    Ok(cell) => {
                        let struck = dress.struck(number, style, cell.as_ref());
                        if struck.is_none() {
                            let other = disguise(value, cell.as_ref());
                            let other = other.or_else(|| dress.more(value, style, spelled, &cell));
                            disguised.extend(other.map(|other| (address, other)));
                        }
                        if let Some(Spelled::Words) = spelled {
                            flaws.insert(address, Flaw::Words);
                        }
                        let left = match struck {
                            Some(struck) => strike(struck, cell, address, grid),
                            None => cell,
                        };
                        elsewhere += if left.is_none() { is_filled } else { 0 };
                        left
                    }
                    Err(flaw) => {
                        elsewhere += is_filled;
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
                elsewhere += 1;
                flaws.insert(address, Flaw::Refused);
                continue;
            }
            Ok(None) => None,
        };
        let Some(cell) = cell else { continue };
        fits_a_cell(&cell.text, &grid.source.sheet, address)?;
        dress.budget.cells(1, cell.text.len())?;
        if let Entry::Vacant(vacant) = grid.cells.entry(address) {
            vacant.insert(cell);
        } else {
            elsewhere += 1;
            flaws.insert(address, Flaw::Twice);
        }
    }
    // Two witnesses: the walk has seen as many values as were read, and each of them is somewhere.
    let is_whole = filled >= scan.filled && grid.cells.len() + elsewhere == filled;
    if at != scan.addresses.len() || !is_whole {
        return Err(disagreement);
    }
    let read = [Flaw::Uncalculated, Flaw::Words];
    let unreadable = flaws.values().filter(|flaw| !read.contains(flaw));
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

/// How a sheet's cells are dressed.
pub(super) struct Dress<'a> {
    pub(super) palette: &'a Palette,
    pub(super) texts: &'a SharedTexts,
    pub(super) rich: &'a BTreeMap<usize, Rich>,
    pub(super) budget: &'a Budget,
}

impl Dress<'_> {
    /// The cell's words without those that are struck out, if any are: by the font of their run or,
    /// where a run has none, by the cell's.
    fn struck(&self, number: usize, style: usize, cell: Option<&Cell>) -> Option<Struck> {
        let cell = cell?;
        let whole = self.palette.strikes(style);
        let runs: &[Run] = match self.rich.get(&number) {
            Some(Rich::Own(runs)) => runs,
            Some(Rich::Shared(index)) => self.texts.runs(*index)?,
            None if whole => return Struck::from_runs([(cell.text.as_str(), true)]),
            None => return None,
        };
        let runs: Vec<(String, bool)> = runs
            .iter()
            .map(|run| (printable(&run.text), run.struck.unwrap_or(whole)))
            .collect();
        let struck = Struck::from_runs(runs.iter().map(|(text, struck)| (text.as_str(), *struck)))?;
        let format = self.palette.format(style);
        Some(Struck {
            raw: cell.text.clone(),
            kept: match struck.is_whole() {
                true => String::new(),
                false => format.text(&struck.kept).into_owned(),
            },
            ..struck
        })
    }

    /// What is stored and what shows, where a number has more digits than show of it, or shows as a
    /// date and is none.
    fn more(
        &self,
        value: &DataRef<'_>,
        style: usize,
        spelled: Option<&Spelled>,
        seen: &Option<Cell>,
    ) -> Option<(String, String)> {
        let shown = seen.as_ref().map_or("", |cell| cell.text.trim());
        if let Some(Spelled::Long(digits)) = spelled {
            return Some((digits.clone(), shown.to_owned()));
        }
        let number = number_of(value)?;
        let format = self.palette.format(style);
        let none = format.is_no_date(number, self.palette.from_1904);
        none.then(|| (general(number), NO_DATE.to_owned()))
    }
}

/// Notes a cell's struck words, and gives the cell without them.
fn strike(struck: Struck, cell: Option<Cell>, address: CellRef, grid: &mut Grid) -> Option<Cell> {
    let left = cell.filter(|_| !struck.is_whole()).map(|cell| Cell {
        text: struck.kept.clone(),
        ..cell
    });
    grid.struck.entry(address).or_insert(struck);
    left
}

fn number_of(value: &DataRef<'_>) -> Option<f64> {
    match value {
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
    }
}

/// What is stored and what shows, where a person would take the one for something else: nothing
/// shows of it, or a dash stands for a number.
pub(super) fn disguise(value: &DataRef<'_>, seen: Option<&Cell>) -> Option<(String, String)> {
    let number = number_of(value);
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
