//! 点検結果: a row a finding, linked to its cell, or beside room for what was done about it.

mod ticked;

use crate::model::height::{self, MAX_ROW_PIXELS};
use crate::model::{Book, CellRef, Counts, Finding, Level, Rule};

use super::draft::{Band, Draft, Piece};
use super::marks::Marks;
use super::style::{Across, Down, Dress, Fill, Styles};
use super::text::LONGEST;

pub(super) use ticked::Ticked;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number,
    /// New or still open, where the findings were remembered.
    Change,
    Level,
    Code,
    Title,
    Item,
    Department,
    Message,
    Found,
    Expected,
    Remedy,
    SourceFile,
    SourceSheet,
    SourceCells,
    /// The cell of this workbook that shows it.
    Target,
    /// Left for the office to tick off.
    Done,
    /// Left for the department's answer.
    Answer,
}

/// A column: what it holds, its head and its width in pixels.
type Column = (Part, &'static str, u32);

/// The columns that every report has; together one page of A4 on its side at some 85 %.
const COMMON: [Column; 13] = [
    (Part::Number, "No.", 36),
    (Part::Level, "区分", 40),
    (Part::Code, "規則", 40),
    (Part::Title, "題名", 104),
    (Part::Item, "取組\n番号", 40),
    (Part::Department, "主管課", 84),
    (Part::Message, "内容", 210),
    (Part::Found, "記入されている内容", 124),
    (Part::Expected, "比べた内容（計画など）", 124),
    (Part::Remedy, "お願い", 164),
    (Part::SourceFile, "元ファイル", 100),
    (Part::SourceSheet, "シート", 60),
    (Part::SourceCells, "セル", 48),
];
/// In the merged workbook a finding leads to the cell it shows in.
const LINKED: [Column; 1] = [(Part::Target, "票", 84)];
/// In a workbook of its own it is ticked off and answered.
const ANSWERED: [Column; 2] = [(Part::Done, "対応", 56), (Part::Answer, "回答", 150)];
/// The rows that repeat on each page: the title and the heads.
pub(super) const HEAD_ROWS: u32 = 2;
/// Excel follows at most 65,530 links a sheet.
const MOST_LINKS: usize = 65_000;

/// Beside the number, where it is known what changed.
const CHANGED: Column = (Part::Change, "前回", 40);

/// The columns of a report, in a workbook that shows the items or in one of its own.
fn columns(findings: &[Finding], shows_items: bool) -> Vec<Column> {
    let own: &[Column] = if shows_items { &LINKED } else { &ANSWERED };
    let mut columns: Vec<Column> = COMMON.iter().chain(own).copied().collect();
    if !shows_items && findings.iter().any(|finding| finding.change.is_some()) {
        columns.insert(1, CHANGED);
    }
    columns
}

/// Lays out the report; `marks` are where findings show in the same workbook, if they do.
pub(super) fn draft(
    book: &Book,
    findings: &[Finding],
    rules: &[&'static Rule],
    name: &str,
    marks: Option<&Marks>,
    styles: &Styles,
) -> Draft {
    let columns = columns(findings, marks.is_some());
    let widths = columns.iter().map(|(_, _, width)| *width).collect();
    let mut draft = Draft::new(name, widths);
    let all = columns.len() as u16;
    let title = Dress {
        label: true,
        size: 140,
        down: Down::Centre,
        ..styles.plain(0)
    };
    let text = title_of(book, findings, name);
    let piece = Piece::new(0, all, title, "題名", text);
    draft.add(Band::new(0, vec![piece]).at_least(34), styles);
    let head = Dress {
        size: 90,
        ..styles.label()
    };
    let heads = (0..)
        .zip(&columns)
        .map(|(column, (_, text, _))| Piece::new(column, 1, head, text, *text));
    draft.add(Band::new(0, heads.collect()).at_least(36), styles);
    if findings.is_empty() {
        let none = Piece::new(
            0,
            all,
            styles.middle(),
            "",
            "点検で見つかった事項はありません。",
        );
        draft.add(Band::new(0, vec![none]).at_least(30), styles);
    }
    for (at, finding) in findings.iter().enumerate() {
        let title = rules.iter().find(|rule| rule.code == finding.code);
        let marks = marks.filter(|_| at < MOST_LINKS);
        let row = Row {
            columns: &columns,
            number: at + 1,
            finding,
            title: title.map_or("", |rule| rule.title),
            target: marks.and_then(|marks| marks.target(finding)),
        };
        for band in row.bands(styles) {
            draft.add(band, styles);
        }
    }
    draft
}

fn title_of(book: &Book, findings: &[Finding], name: &str) -> String {
    let counts = Counts::of(findings);
    let open = counts.by_level();
    let open = open.map(|(level, count)| format!("{} {count}件", level.label()));
    let known = match counts.acknowledged {
        0 => String::new(),
        known => format!("　了解済み {known}件"),
    };
    let period = book.layout.period_words(book.period);
    format!("{name}（{period}）　{}{known}", open.join("　"))
}

struct Row<'f> {
    columns: &'f [Column],
    number: usize,
    finding: &'f Finding,
    title: &'f str,
    target: Option<(String, CellRef)>,
}

impl Row<'_> {
    /// The finding's row; texts higher than a row can be go on in rows below it, which repeat its
    /// number and what it is about so that a filter keeps them together.
    fn bands(&self, styles: &Styles) -> Vec<Band> {
        let dress = Dress {
            border: true,
            ..styles.plain(-15)
        };
        let face = styles.face(dress);
        let most = (f64::from(MAX_ROW_PIXELS - 8) / face.pitch()) as usize;
        let texts = self.columns.iter().map(|(part, _, width)| {
            let pieces = height::pieces(&self.text(*part), *width, &face, most);
            pieces.iter().flat_map(|piece| short(piece)).collect()
        });
        let texts: Vec<Vec<String>> = texts.collect();
        let rows = texts.iter().map(Vec::len).max().unwrap_or(1);
        (0..rows)
            .map(|row| {
                let cells = (0..).zip(self.columns).zip(&texts);
                let cells = cells.map(|((column, (part, head, _)), pieces)| {
                    let text = match pieces.get(row) {
                        Some(text) => text.clone(),
                        None if part.is_repeated() => pieces.first().cloned().unwrap_or_default(),
                        None => String::new(),
                    };
                    let piece = Piece::new(column, 1, self.dress(*part, dress), head, text);
                    match &self.target {
                        Some((sheet, cell)) if *part == Part::Target && row == 0 => {
                            piece.to(sheet, *cell)
                        }
                        Some(_) | None => piece,
                    }
                });
                Band::new(0, cells.collect()).at_least(20)
            })
            .collect()
    }

    fn dress(&self, part: Part, dress: Dress) -> Dress {
        let fill = match (part, self.finding.level, &self.finding.acknowledged) {
            (Part::Level, Level::Error, None) => Fill::Missing,
            (Part::Level, Level::Warning, None) => Fill::Question,
            (Part::Level, Level::Info, None) => Fill::Heading,
            (_, Level::Error | Level::Warning | Level::Info, _) => Fill::Paper,
        };
        let across = if part.is_centred() {
            Across::Centre
        } else {
            Across::Left
        };
        Dress {
            across,
            fill,
            ..dress
        }
    }

    fn text(&self, part: Part) -> String {
        let finding = self.finding;
        let place = finding.place.as_ref();
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        match part {
            Part::Number => self.number.to_string(),
            Part::Change => finding
                .change
                .map_or_else(String::new, |change| change.label().to_owned()),
            Part::Level => finding.level.label().to_owned(),
            Part::Code => finding.code.to_owned(),
            Part::Title => self.title.to_owned(),
            Part::Item => finding
                .item
                .map_or_else(String::new, |item| item.to_string()),
            Part::Department => some(&finding.department),
            Part::Message => match &finding.acknowledged {
                Some(reason) => format!("{}\n（了解済み：{reason}）", finding.message),
                None => finding.message.clone(),
            },
            Part::Found => some(&finding.found),
            Part::Expected => some(&finding.expected),
            Part::Remedy => finding.remedy.clone(),
            Part::SourceFile => match place {
                Some(place) => place.source.file.clone(),
                None => some(&finding.file),
            },
            Part::SourceSheet => place.map_or_else(String::new, |place| place.source.sheet.clone()),
            Part::SourceCells if finding.cells.is_empty() => {
                place.map_or_else(String::new, |place| place.cell.to_string())
            }
            Part::SourceCells => {
                let cells: Vec<String> = finding.cells.iter().map(CellRef::to_string).collect();
                cells.join("\n")
            }
            Part::Target => match &self.target {
                Some((sheet, cell)) => format!("{sheet} {cell}"),
                None => String::new(),
            },
            Part::Done | Part::Answer => String::new(),
        }
    }
}

impl Part {
    /// What a finding is about stands in each of its rows, so that a filter keeps them together.
    fn is_repeated(self) -> bool {
        match self {
            Self::Number
            | Self::Change
            | Self::Level
            | Self::Code
            | Self::Title
            | Self::Item
            | Self::Department => true,
            Self::Message
            | Self::Found
            | Self::Expected
            | Self::Remedy
            | Self::SourceFile
            | Self::SourceSheet
            | Self::SourceCells
            | Self::Target
            | Self::Done
            | Self::Answer => false,
        }
    }

    fn is_centred(self) -> bool {
        match self {
            Self::Number
            | Self::Change
            | Self::Level
            | Self::Code
            | Self::Item
            | Self::SourceSheet
            | Self::SourceCells
            | Self::Target
            | Self::Done => true,
            Self::Title
            | Self::Department
            | Self::Message
            | Self::Found
            | Self::Expected
            | Self::Remedy
            | Self::SourceFile
            | Self::Answer => false,
        }
    }
}

/// Cuts a text that a cell cannot hold; a line of blanks can be longer than its width tells.
fn short(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut units = 0;
    for c in text.chars() {
        if units + c.len_utf16() > LONGEST {
            pieces.push(String::new());
            units = 0;
        }
        units += c.len_utf16();
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlong_texts_are_cut_and_nothing_is_lost() {
        let text = "𠮷".repeat(20_000);
        let pieces = short(&text);
        assert_eq!(pieces.len(), 2);
        assert!(
            pieces
                .iter()
                .all(|piece| piece.encode_utf16().count() <= LONGEST)
        );
        assert_eq!(pieces.concat(), text);
        assert_eq!(short(""), [""]);
    }
}
