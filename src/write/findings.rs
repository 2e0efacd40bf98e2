//! 点検結果: a row a finding, linked to its cell.

use crate::model::height::{self, MAX_ROW_PIXELS};
use crate::model::{Book, Finding, Level, Rule};

use super::draft::{Band, Draft, Piece};
use super::marks::Marks;
use super::style::{Across, Down, Dress, Fill, Styles};
use super::text::LONGEST;

/// Heads and widths in pixels; together one page of A4 on its side at some 85 %.
const COLUMNS: [(&str, u32); 14] = [
    ("No.", 36),
    ("区分", 40),
    ("規則", 40),
    ("題名", 104),
    ("取組\n番号", 40),
    ("主管課", 84),
    ("内容", 210),
    ("記入されている内容", 124),
    ("計画等の内容", 124),
    ("お願い", 164),
    ("元ファイル", 100),
    ("シート", 60),
    ("セル", 48),
    ("票", 84),
];
/// The rows that repeat on each page: the title and the heads.
pub(super) const HEAD_ROWS: u32 = 2;
/// Excel follows at most 65,530 links a sheet.
const MOST_LINKS: usize = 65_000;

/// Lays out the report.
pub(super) fn draft(
    book: &Book,
    findings: &[Finding],
    rules: &[&'static Rule],
    name: &str,
    marks: &Marks,
    styles: &Styles,
) -> Draft {
    let mut draft = Draft::new(name, COLUMNS.map(|(_, width)| width).to_vec());
    let all = COLUMNS.len() as u16;
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
        .zip(COLUMNS)
        .map(|(column, (text, _))| Piece::new(column, 1, head, text, text));
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
        let row = Row {
            number: at + 1,
            finding,
            title: title.map_or("", |rule| rule.title),
            target: (at < MOST_LINKS).then(|| marks.target(finding)).flatten(),
        };
        for band in row.bands(styles) {
            draft.add(band, styles);
        }
    }
    draft
}

fn title_of(book: &Book, findings: &[Finding], name: &str) -> String {
    let open = |level: Level| {
        let open = findings
            .iter()
            .filter(|finding| finding.acknowledged.is_none());
        open.filter(|finding| finding.level == level).count()
    };
    let levels = [Level::Error, Level::Warning, Level::Info];
    let counts = levels.map(|level| format!("{} {}件", level.label(), open(level)));
    let known = findings
        .iter()
        .filter(|finding| finding.acknowledged.is_some())
        .count();
    let known = match known {
        0 => String::new(),
        known => format!("　確認済み {known}件"),
    };
    let period = book.period;
    let (year, half) = (period.year.long(), period.half.label());
    format!("{name}（{year} {half}）　{}{known}", counts.join("　"))
}

struct Row<'f> {
    number: usize,
    finding: &'f Finding,
    title: &'f str,
    target: Option<(String, crate::model::CellRef)>,
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
        let texts = self.texts();
        let pieces: Vec<Vec<String>> = (0..COLUMNS.len())
            .map(|at| {
                let pieces = height::pieces(&texts[at], COLUMNS[at].1, &face, most);
                pieces.into_iter().flat_map(|piece| short(&piece)).collect()
            })
            .collect();
        let rows = pieces.iter().map(Vec::len).max().unwrap_or(1);
        (0..rows)
            .map(|row| {
                let cells = (0..COLUMNS.len()).map(|at| {
                    let repeated = at < 6;
                    let text = match pieces[at].get(row) {
                        Some(text) => text.clone(),
                        None if repeated => pieces[at].first().cloned().unwrap_or_default(),
                        None => String::new(),
                    };
                    self.cell(at, row, text, dress)
                });
                Band::new(0, cells.collect()).at_least(20)
            })
            .collect()
    }

    fn cell(&self, at: usize, row: usize, text: String, dress: Dress) -> Piece {
        let centred = matches!(at, 0..=2 | 4 | 11..=13);
        let fill = match (at, self.finding.level, &self.finding.acknowledged) {
            (1, Level::Error, None) => Fill::Missing,
            (1, Level::Warning, None) => Fill::Question,
            (_, Level::Error | Level::Warning | Level::Info, _) => Fill::Paper,
        };
        let dress = Dress {
            across: if centred {
                Across::Centre
            } else {
                Across::Left
            },
            fill,
            ..dress
        };
        let piece = Piece::new(at as u16, 1, dress, COLUMNS[at].0, text);
        match &self.target {
            Some((sheet, cell)) if at == 13 && row == 0 => piece.to(sheet, *cell),
            Some(_) | None => piece,
        }
    }

    fn texts(&self) -> [String; 14] {
        let finding = self.finding;
        let place = finding.place.as_ref();
        let file = place
            .map(|place| &place.source.file)
            .or(finding.file.as_ref());
        let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
        let cell = match cells.is_empty() {
            true => place.map(|place| place.cell.to_string()),
            false => Some(cells.join("\n")),
        };
        let mut message = finding.message.clone();
        if let Some(reason) = &finding.acknowledged {
            message += &format!("\n（確認済み：{reason}）");
        }
        [
            self.number.to_string(),
            finding.level.label().to_owned(),
            finding.code.to_owned(),
            self.title.to_owned(),
            finding
                .item
                .map(|item| item.to_string())
                .unwrap_or_default(),
            finding.department.clone().unwrap_or_default(),
            message,
            finding.found.clone().unwrap_or_default(),
            finding.expected.clone().unwrap_or_default(),
            finding.remedy.clone(),
            file.cloned().unwrap_or_default(),
            place
                .map(|place| place.source.sheet.clone())
                .unwrap_or_default(),
            cell.unwrap_or_default(),
            self.target
                .as_ref()
                .map(|(sheet, cell)| format!("{sheet} {cell}"))
                .unwrap_or_default(),
        ]
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
