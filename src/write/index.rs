//! 取組項目一覧.

use std::collections::BTreeSet;

use crate::model::{Book, BookItem, CellRef, Place};

use super::draft::{Band, Draft, Piece};
use super::page::Paper;
use super::style::{Across, Down, Dress, Styles};

/// Shares of the page's width: 重点項目, 取組番号, 取組項目, 主管課.
const SHARES: [u32; 4] = [34, 10, 38, 18];
/// The same beside 分冊.
const SHARES_OF_VOLUMES: [u32; 5] = [31, 10, 35, 16, 8];
/// The head of the column that says where an item's sheet is.
const VOLUME: &str = "分冊";
/// The column of 取組番号.
const NUMBER: u16 = 1;
/// The least height of a row in pixels.
const LEAST: u32 = 44;
/// What a page break between the items of one 重点項目 costs.
const IN_PRIORITY: u32 = 20;
/// The rows that repeat on each page: the title and the heads.
pub(super) const HEAD_ROWS: u32 = 2;

/// Where the sheets of the book's items are, in their order.
pub(super) enum Listed<'n> {
    /// In this workbook, under these names.
    Sheets(&'n [String]),
    /// In the volumes of these numbers.
    Volumes(Vec<usize>),
}

/// Lays out the index.
///
/// The cell of a 重点項目 that goes on on the next page begins anew there and says it again.
pub(super) fn draft(
    book: &Book,
    name: &str,
    listed: &Listed<'_>,
    paper: &Paper,
    styles: &Styles,
) -> Draft {
    let rows: Vec<Row<'_>> = book.items.iter().map(Row::new).collect();
    let whole = laid_out(book, name, listed, paper, styles, &rows, &BTreeSet::new());
    let breaks = whole.page_breaks_below(HEAD_ROWS, paper.height());
    let breaks: BTreeSet<u32> = breaks.into_iter().collect();
    let numbers = whole
        .cells
        .iter()
        .filter(|placed| placed.piece.column == NUMBER && placed.range.first.row >= HEAD_ROWS);
    let begins = numbers.map(|placed| breaks.contains(&placed.range.first.row));
    let cuts: BTreeSet<usize> = begins
        .enumerate()
        .filter_map(|(at, begins)| begins.then_some(at))
        .collect();
    if cuts.is_empty() {
        return whole;
    }
    laid_out(book, name, listed, paper, styles, &rows, &cuts)
}

/// Lays out the rows; a 重点項目 is one cell as far as the next cut.
fn laid_out(
    book: &Book,
    name: &str,
    listed: &Listed<'_>,
    paper: &Paper,
    styles: &Styles,
    rows: &[Row<'_>],
    cuts: &BTreeSet<usize>,
) -> Draft {
    let shares = match listed {
        Listed::Sheets(_) => &SHARES[..],
        Listed::Volumes(_) => &SHARES_OF_VOLUMES,
    };
    let widths = shares.iter().map(|share| paper.width() * share / 100);
    let mut draft = Draft::new(name, widths.collect());
    let columns = shares.len() as u16;
    let title = Dress {
        label: true,
        size: 140,
        across: Across::Centre,
        down: Down::Centre,
        ..styles.plain(0)
    };
    let plan = book.cover.plan.as_deref().unwrap_or("");
    let text = format!("{plan} {}", book.layout.sheets.index);
    let band = Band::new(
        0,
        vec![Piece::new(0, columns, title, "一覧の題名", text.trim())],
    );
    draft.add(band.at_least(LEAST), styles);
    let texts = heads_of(book);
    let heads = texts.into_iter().chain([VOLUME]);
    let heads = (0..columns).zip(heads);
    let heads = heads.map(|(at, text)| Piece::new(at, 1, styles.label(), text, text));
    draft.add(Band::new(0, heads.collect()).at_least(26), styles);

    let mut numbered = rows.iter().enumerate().peekable();
    while let Some((at, first)) = numbered.next() {
        let mut group = vec![(at, first)];
        while let Some(next) =
            numbered.next_if(|(at, row)| row.priority.0 == first.priority.0 && !cuts.contains(at))
        {
            group.push(next);
        }
        draft.add(band_of(&group, listed, texts, styles), styles);
    }
    draft.frame(1);
    draft
}

fn heads_of(book: &Book) -> [&str; 4] {
    let labels = &book.layout.labels;
    [
        &labels.priority,
        &labels.number,
        &labels.title,
        &labels.lead,
    ]
    .map(|label| label.plain())
}

/// The rows of one 重点項目, whose cell is merged over them.
fn band_of(
    group: &[(usize, &Row<'_>)],
    listed: &Listed<'_>,
    heads: [&str; 4],
    styles: &Styles,
) -> Band {
    let (_, first) = group[0];
    let priority = Piece::new(0, 1, styles.middle(), heads[0], first.priority.0)
        .from(first.priority.1)
        .on(0, group.len());
    let mut pieces = vec![priority];
    for (storey, (at, row)) in group.iter().enumerate() {
        let number = Piece::new(NUMBER, 1, styles.centred(), heads[1], row.number.as_str());
        let number = match listed {
            Listed::Sheets(names) => number.to(&names[*at], CellRef::new(0, 0)),
            Listed::Volumes(volumes) => {
                let volume = volumes[*at].to_string();
                let piece = Piece::new(4, 1, styles.centred(), VOLUME, volume);
                pieces.push(piece.on(storey, 1));
                number
            }
        };
        // LibreOffice sets a linked text on one line, so the short cell alone is the link.
        let title = Piece::new(2, 1, styles.middle(), heads[2], row.title.0).from(row.title.1);
        let lead = Piece::new(3, 1, styles.centred(), heads[3], row.lead.0.as_str());
        pieces.push(number.on(storey, 1));
        pieces.push(title.on(storey, 1));
        pieces.push(lead.from(row.lead.1).on(storey, 1));
    }
    Band {
        storeys: group.len(),
        within: IN_PRIORITY,
        ..Band::new(0, pieces).at_least(LEAST)
    }
}

/// A row of the index, in the wording of the plan's index where it has one.
struct Row<'b> {
    priority: (&'b str, Option<&'b Place>),
    number: String,
    title: (&'b str, Option<&'b Place>),
    lead: (String, Option<&'b Place>),
}

impl<'b> Row<'b> {
    fn new(item: &'b BookItem) -> Self {
        let official = &item.official;
        match &item.index {
            Some(row) => Self {
                priority: (row.priority.text(), row.priority.place.as_ref()),
                number: row.number.to_string(),
                title: (row.title.text(), row.title.place.as_ref()),
                lead: (row.lead.text().to_owned(), row.lead.place.as_ref()),
            },
            None => Self {
                priority: (official.priority.text(), None),
                number: item.number().to_string(),
                title: (official.title.text(), None),
                lead: (item.lead().join("\n"), None),
            },
        }
    }
}
