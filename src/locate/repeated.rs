//! Heads of the 数値目標 that are repeated below it, as after a page break.

use std::collections::BTreeSet;

use super::blocks::Block;
use super::labels::Kind;
use super::sheet::Area;

/// Accounts for repeated heads: they are labels too. A name or a value may say the same as a head
/// that names no year, or as the year above one: these are heads only in a row of nothing else.
pub(super) fn claim(area: &mut Area<'_>, block: &Block) {
    let rows = area.rows(block.first, block.last).into_iter();
    let of_heads: BTreeSet<u32> = rows.filter(|row| is_of_heads(area, block, *row)).collect();
    for kind in [
        Kind::Kpi,
        Kind::KpiYear,
        Kind::Baseline,
        Kind::Actual,
        Kind::Target,
    ] {
        let names_a_year = [Kind::Actual, Kind::Target].contains(&kind);
        for hit in area.all(kind, block.first..=block.last) {
            let certain = kind == Kind::Kpi || names_a_year && hit.year.is_some();
            if certain || of_heads.contains(&hit.cell().row) {
                area.repeat(&[hit.cell()], &[kind]);
            }
        }
    }
}

/// Tells whether a row says what a row of the block's heads says, and nothing else.
fn is_of_heads(area: &Area<'_>, block: &Block, row: u32) -> bool {
    let again = |kind: Kind| {
        let heads = block.labels.iter().filter(|hit| hit.kind == kind).count();
        heads > 0 && area.all(kind, row..=row).len() == heads
    };
    let all = again(Kind::KpiYear) || again(Kind::Actual) && again(Kind::Target);
    all && area.row(row).iter().all(|cell| area.is_label(*cell))
}
