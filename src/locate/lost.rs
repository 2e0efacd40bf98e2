//! Labels that are gone: what stands around them tells their place, or nothing does.
//!
//! Where a block's heading is gone, the block above must not swallow its rows. What is certainly
//! not the block's own is cut off, and left over.

use crate::model::text::{AnyWidthDigit, fold, is_dash, strip_marks};
use crate::model::{CellRange, CellRef, FiscalYear, Layout};

use super::blocks::{Block, Blocks};
use super::labels::{HEADER, Hit, How, Kind};
use super::sheet::Area;

/// A longer text in a year's column is no value and no phase.
const LONGEST_VALUE: usize = 30;
/// What may follow the figures of a value: `時間/年(見込)`.
const LONGEST_UNIT: usize = 12;

/// The 評価【Check】 whose heading is gone: the one row of the blocks above that begins with a grade
/// of the vocabulary, mark or no mark, and has a text beside it.
pub(super) fn check(area: &Area<'_>, blocks: &Blocks) -> Option<Block> {
    let block = blocks.status.as_ref().or(blocks.kpi.as_ref())?;
    let left = block.left;
    let mut rows = area.rows(block.first, block.last);
    rows.retain(|row| {
        let cells = area.row(*row);
        let begins = cells.first().filter(|cell| cell.column == left);
        let says = begins.and_then(|cell| area.grid.text(*cell));
        says.is_some_and(|text| is_grade(text, area.layout))
    });
    let [row] = rows[..] else { return None };
    // A line alone right above it may be its heading, in words that the layout does not know.
    let above = row.checked_sub(1).filter(|above| *above >= block.first);
    let heading = above.is_some_and(|above| is_lone_line(area, above, left));
    Some(Block {
        labels: Vec::new(),
        top: row - u32::from(heading),
        left,
        first: row,
        last: row,
        lost_below: false,
    })
}

/// Tells whether a row holds one text and no more, at the form's edge, and no filler.
fn is_lone_line(area: &Area<'_>, row: u32, left: u32) -> bool {
    let [only] = area.row(row)[..] else {
        return false;
    };
    only.column == left && !is_dash(area.grid.text(only).unwrap_or(""))
}

/// Tells whether a text is words of the vocabulary, with their mark or without.
pub(super) fn is_grade(text: &str, layout: &Layout) -> bool {
    let folded = fold(&strip_marks(text));
    layout.all_words().any(|grade| {
        let marks = std::iter::once(&grade.mark).chain(&grade.mark_synonyms);
        let mut bare = marks.filter_map(|mark| folded.strip_prefix(&fold(mark)));
        grade.is_label(&folded) || bare.any(|words| grade.is_label(words))
    })
}

/// Tells whether a text is a mark of the vocabulary, and no more.
pub(super) fn is_mark(text: &str, layout: &Layout) -> bool {
    let folded = fold(text);
    layout.all_words().any(|grade| {
        let mut marks = std::iter::once(&grade.mark).chain(&grade.mark_synonyms);
        marks.any(|mark| fold(mark) == folded)
    })
}

/// Takes in the labels of the header that their neighbours tell: the label's cell is blank, and
/// what stands beside it can be nothing else.
pub(super) fn header(area: &Area<'_>, header: &mut Vec<Hit>, below: u32) {
    let found = |kind: Kind| header.iter().find(|hit| hit.kind == kind).copied();
    let leftmost = header.iter().min_by_key(|hit| hit.cell().column);
    let Some(left) = leftmost.map(|hit| hit.cell().column) else {
        return;
    };
    let entries: Vec<CellRange> = HEADER[2..]
        .iter()
        .filter_map(|kind| entry_of(area, &found(*kind)?))
        .collect();
    let mut told = Vec::new();
    for (at, kind) in HEADER.into_iter().enumerate() {
        if found(kind).is_some() {
            continue;
        }
        if kind == Kind::Number {
            told.extend(number(area, found(Kind::Priority), left));
            continue;
        }
        if kind == Kind::Priority {
            told.extend(priority(area, found(Kind::Number)));
            continue;
        }
        // 取組項目 stands below the row of both 取組番号 and 重点項目.
        let above = &HEADER[at - if kind == Kind::Title { 2 } else { 1 }..at];
        let above = above.iter().rev().copied().find_map(found);
        let below = match HEADER.get(at + 1) {
            Some(next) => found(*next).map(|hit| hit.cell().row),
            None => Some(below),
        };
        let between = above.map(|hit| hit.range.last.row + 1).zip(below);
        told.extend(between.and_then(|rows| line(area, kind, rows, left, &entries)));
    }
    header.extend(told);
    header.sort_by_key(Hit::cell);
}

/// The cell that stands right of a label of the header.
fn entry_of(area: &Area<'_>, label: &Hit) -> Option<CellRange> {
    let cells = area.row(label.cell().row).into_iter();
    let entry = cells.into_iter().find(|cell| *cell > label.cell())?;
    Some(area.range(entry))
}

/// 取組番号: figures alone between the column of labels and 重点項目.
fn number(area: &Area<'_>, priority: Option<Hit>, left: u32) -> Option<Hit> {
    let priority = priority?;
    let cells = area.row(priority.cell().row).into_iter();
    let cells: Vec<CellRef> = cells.filter(|cell| *cell < priority.cell()).collect();
    let [only] = cells[..] else { return None };
    (only.column > left && is_number(area, only))
        .then(|| blank_label(Kind::Number, only.row, left, only.column))
}

/// 重点項目: the second text behind 取組番号, apart from the number.
fn priority(area: &Area<'_>, number: Option<Hit>) -> Option<Hit> {
    let number = number?;
    let cells = area.row(number.cell().row).into_iter();
    let cells: Vec<CellRef> = cells.filter(|cell| *cell > number.cell()).collect();
    let [first, second] = cells[..] else {
        return None;
    };
    let gap = area.range(first).last.column + 1;
    // A gap may be any gap; a merged one is what was a label.
    let blank = area.merges.range(CellRef::new(first.row, gap));
    let was_label = blank.first.column == gap && blank.columns() > 1;
    let told = was_label
        && blank.last.column + 1 == second.column
        && is_number(area, first)
        && !area.is_label(second)
        && !is_number(area, second);
    told.then(|| blank_label(Kind::Priority, first.row, gap, second.column))
}

fn is_number(area: &Area<'_>, cell: CellRef) -> bool {
    let folded = fold(area.grid.text(cell).unwrap_or(""));
    (1..=3).contains(&folded.len()) && folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// The label of the only line between the lines above and below it in the layout, with an entry that
/// stands as the others do.
fn line(
    area: &Area<'_>,
    kind: Kind,
    (first, below): (u32, u32),
    left: u32,
    entries: &[CellRange],
) -> Option<Hit> {
    let [row] = area.rows(first, below.checked_sub(1)?)[..] else {
        return None;
    };
    let [only] = area.row(row)[..] else {
        return None;
    };
    let range = area.range(only);
    let columns = |range: &CellRange| (range.first.column, range.last.column);
    let as_others = entries
        .iter()
        .any(|entry| columns(entry) == columns(&range));
    let told = only.column > left && as_others && !area.is_label(only);
    told.then(|| blank_label(kind, row, left, only.column))
}

fn blank_label(kind: Kind, row: u32, first: u32, next: u32) -> Hit {
    let range = CellRange::new(CellRef::new(row, first), CellRef::new(row, next - 1));
    Hit::at(range, kind, How::Place)
}

/// Ends the blocks below which another was lost, before the first row that is not certainly theirs.
pub(super) fn set_ends(area: &Area<'_>, blocks: &mut Blocks) {
    let lost = lost_below(blocks);
    let apart = blocks.action.is_none();
    let all = [
        &mut blocks.schedule,
        &mut blocks.kpi,
        &mut blocks.status,
        &mut blocks.check,
        &mut blocks.action,
    ];
    for (at, block) in all.into_iter().enumerate() {
        let Some(block) = block.as_mut().filter(|_| lost[at]) else {
            continue;
        };
        block.lost_below = true;
        let end = match at {
            0 => end_of_schedule(area, block),
            2 => end_of_status(area, block, apart),
            _ => None,
        };
        block.last = end.unwrap_or(block.last);
    }
}

/// For each block, whether one that the layout has between it and the next was not found.
fn lost_below(blocks: &Blocks) -> [bool; 5] {
    let all = blocks.in_order();
    let gone = |from: usize, to: usize| (from..to).any(|at| all[at].is_none());
    std::array::from_fn(|at| {
        let Some(block) = all[at] else { return false };
        let below = all.iter().enumerate().filter_map(|(other, found)| {
            let top = found.as_ref()?.top;
            (top > block.top).then_some((top, other))
        });
        match below.min() {
            Some((_, next)) if next > at => gone(at + 1, next),
            Some(_) => gone(0, all.len()),
            None => gone(at + 1, all.len()),
        }
    })
}

/// The schedule ends where a year's column holds a value or a sentence, or a baseline begins a row.
fn end_of_schedule(area: &Area<'_>, block: &Block) -> Option<u32> {
    let years = block
        .labels
        .iter()
        .filter(|hit| hit.kind == Kind::ScheduleYear);
    let first = years.map(|hit| hit.cell().column).min()?;
    let strange = |cell: &CellRef| {
        let text = area.grid.text(*cell).unwrap_or("");
        match cell.column >= first {
            true => is_figures(text) || is_sentence(text),
            false => text.lines().skip(1).any(is_baseline),
        }
    };
    let mut rows = area.rows(block.first, block.last).into_iter();
    let row = rows.find(|row| area.row(*row).iter().any(strange))?;
    row.checked_sub(1)
}

/// The table of results ends at the gap in which the lost heading stood, or at the line that it may
/// have become.
fn end_of_status(area: &Area<'_>, block: &Block, at_first: bool) -> Option<u32> {
    let rows = area.rows(block.first, block.last);
    let bottom = |row: u32| {
        let cells = area.row(row).into_iter();
        cells.map(|cell| area.range(cell).last.row).max()
    };
    let mut gaps = rows.windows(2).filter_map(|pair| {
        let bottom = bottom(pair[0])?;
        let parted = pair[1] > bottom + 1 || is_lone_line(area, pair[1], block.left);
        parted.then_some(bottom)
    });
    if at_first {
        gaps.next()
    } else {
        gaps.next_back()
    }
}

/// Tells whether a text is figures with a unit: `(累計)145件`, `①3校 ②4回`; no date and no term.
pub(super) fn is_figures(text: &str) -> bool {
    let folded = fold(text);
    let rest = folded.trim_start_matches(|c: char| !c.is_ascii_digit());
    let lead = &folded[..folded.len() - rest.len()];
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ",.".contains(c));
    rest.len() > unit.len()
        && lead.chars().count() <= 4
        && FiscalYear::prefix(&folded).is_none()
        && unit.chars().count() <= LONGEST_UNIT
        && !unit.starts_with(['年', '月', '/', '期', '次', '号', '~', '-'])
}

/// Tells whether a text is a sentence: results are told in such, values and phases are not.
pub(super) fn is_sentence(text: &str) -> bool {
    text.contains('。') || text.chars().nth(LONGEST_VALUE).is_some()
}

/// Tells whether a line begins like a baseline: `R3年度：5人`, `(R4.3.31現在 12件)`.
pub(super) fn is_baseline(line: &str) -> bool {
    let folded = fold(line);
    let text = folded.trim_start_matches(['(', '[', '【', '〔', '<', '〈', '《']);
    let words = ["基準値", "現状値", "当初値", "基準年度"];
    if let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
        return rest.starts_with([':', ')', ']', '】', '〕', '(']) || is_figures(rest);
    }
    let Some((_, rest)) = FiscalYear::prefix(text) else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| ".)】]〕".contains(c) || c.nfkc_digit().is_some());
    rest.contains(':') || is_figures(rest)
}
