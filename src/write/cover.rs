//! 表紙.

use crate::model::{Book, FiscalYear, Half};

use super::draft::{Band, Draft, NEVER, Piece};
use super::page::Paper;
use super::style::{Across, Down, Dress, Styles};
use super::{Edition, Extent};

/// Lays out the cover: one column as wide as the page, its lines spread over the height. A mark
/// stands above everything else; a plan's cover names no period, no form and no date. A volume says which
/// it is.
pub(super) fn draft(
    book: &Book,
    name: &str,
    (edition, extent): (Edition<'_>, Extent<'_>),
    paper: &Paper,
    styles: &Styles,
) -> Draft {
    let mut draft = Draft::new(name, vec![paper.width()]);
    let dress = |points: u32| Dress {
        size: points * 10,
        across: Across::Centre,
        down: Down::Centre,
        ..styles.plain(0)
    };
    let cover = &book.cover;
    let is_plan = matches!(edition, Edition::Plan);
    let report = |text: Option<String>| text.filter(|_| !is_plan);
    let volume = extent.volume().label();
    let below = if volume.is_some() { 0.22 } else { 0.30 };
    let mut lines = vec![
        (0.02, 26, edition.mark().map(str::to_owned)),
        (0.13, 18, report(Some(heading(book)))),
        (0.05, 26, cover.plan.clone()),
        (0.02, 18, span(&book.years)),
        (0.04, 26, report(Some(book.layout.document.clone()))),
    ];
    if volume.is_some() {
        lines.push((0.03, 18, volume));
    }
    lines.extend([
        (below, 18, report(cover.issued.clone())),
        (0.03, 18, cover.issuer.clone()),
    ]);
    for (gap, points, text) in lines {
        let height = (f64::from(paper.height()) * gap) as u32;
        // What a plan's cover does not say leaves its place, so that the issuer stands at the bottom.
        if text.is_some() || is_plan {
            draft.add(Band::blank(NEVER, height), styles);
        }
        let Some(text) = text else { continue };
        let line = Piece::new(0, 1, dress(points), "表紙", text);
        draft.add(Band::new(NEVER, vec![line]), styles);
    }
    draft
}

/// 《令和5年度》, at a first half's collection 《令和5年度 上半期》.
fn heading(book: &Book) -> String {
    let year = book.period.year.long();
    match book.period.half {
        Half::First => format!("《{}》", book.layout.period_words(book.period)),
        Half::Second => format!("《{year}》"),
    }
}

/// (令和4年度～令和6年度)
fn span(years: &[FiscalYear]) -> Option<String> {
    let (first, last) = (years.iter().min()?, years.iter().max()?);
    if first == last {
        return Some(format!("({})", first.long()));
    }
    Some(format!("({}～{})", first.long(), last.long()))
}
