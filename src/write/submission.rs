//! 提出状況: who has returned which item, what was said to be nothing, and what became of each file.

mod stated;

use crate::model::{Book, CellRef, CollectedFile, Outcome, Standing, Standings, Submission};

use super::draft::{Band, Draft, NEVER, Piece};
use super::page::Paper;
use super::style::{Across, Down, Dress, Fill, Styles};

/// Pixels of 取組番号, 取組項目 and 状況; the departments share the rest.
const FIXED: [u32; 3] = [64, 300, 84];
/// The least number of columns beside the fixed ones, and their least width.
const LEAST_COLUMNS: usize = 3;
const LEAST_WIDTH: u32 = 46;
/// Narrower columns have their heads stacked.
const STACKED_BELOW: u32 = 80;

/// So many standings are explained on every sheet.
const PLAIN: usize = 5;
/// What a cell says of a department that is no lead of the item.
const NO_LEAD: &str = "—";

/// Lays out the sheet; `names` are the item sheets', in the order of the book's items. Where the
/// workbook has no item sheets there are none, and no link leads anywhere.
pub(super) fn draft(
    book: &Book,
    standings: &Standings<'_>,
    name: &str,
    names: &[String],
    paper: &Paper,
    styles: &Styles,
) -> Draft {
    let count = book.departments.len().max(LEAST_COLUMNS);
    let rest = paper.width().saturating_sub(FIXED.iter().sum());
    let width = (rest / count as u32).max(LEAST_WIDTH);
    let mut columns = FIXED.to_vec();
    columns.resize(FIXED.len() + count, width);
    let sheet = Sheet {
        book,
        standings,
        styles,
        columns: columns.len() as u16,
        stacked: width < STACKED_BELOW,
    };
    let mut draft = Draft::new(name, columns);
    for band in sheet.top() {
        draft.add(band, styles);
    }
    let wide = draft.columns.iter().sum();
    let page = paper.height_of(wide);
    let (head, rows) = sheet.matrix(names);
    let top = draft.add_headed(&head, rows, (page, 0), styles);
    for band in [Band::blank(NEVER, 6), sheet.legend(), Band::blank(20, 14)] {
        draft.add(band, styles);
    }
    let mut top = top;
    let stated = sheet.stated(names);
    if !stated.is_empty() {
        top = draft.add_headed(&sheet.stated_head(), stated, (page, top), styles);
        draft.add(Band::blank(20, 14), styles);
    }
    let (head, rows) = sheet.files();
    draft.add_headed(&head, rows, (page, top), styles);
    draft
}

struct Sheet<'b> {
    book: &'b Book,
    standings: &'b Standings<'b>,
    styles: &'b Styles,
    columns: u16,
    stacked: bool,
}

impl Sheet<'_> {
    fn top(&self) -> Vec<Band> {
        let mut bands = vec![self.title()];
        for line in self.summary() {
            let dress = self.styles.plain(0);
            bands.push(Band::new(
                NEVER,
                vec![Piece::new(0, self.columns, dress, "集計", line)],
            ));
        }
        bands.push(Band::blank(NEVER, 10));
        bands
    }

    fn title(&self) -> Band {
        let layout = &self.book.layout;
        let name = &layout.sheets.submission;
        let text = format!("{name}（{}）", layout.period_words(self.book.period));
        let dress = Dress {
            label: true,
            size: 140,
            down: Down::Centre,
            ..self.styles.plain(0)
        };
        Band::new(0, vec![Piece::new(0, self.columns, dress, "題名", text)]).at_least(34)
    }

    fn summary(&self) -> Vec<String> {
        let book = self.book;
        let departments = |wanted: Submission| {
            let stands = book
                .departments
                .iter()
                .filter(|(_, stands)| *stands == wanted);
            stands.count()
        };
        let read = book
            .files
            .iter()
            .filter(|file| file.outcome == Outcome::Read)
            .count();
        let counts = self.standings.counts();
        let counts = counts
            .iter()
            .map(|(standing, count)| format!("{} {count}項目", standing.label()));
        let counts: Vec<String> = counts.collect();
        let line = match counts.is_empty() {
            true => "取組はありません".to_owned(),
            false => format!("取組 {}項目のうち、{}", book.items.len(), counts.join("、")),
        };
        vec![
            line,
            format!(
                "主管課 {}課のうち、提出済 {}課、読取不可 {}課、未提出 {}課",
                book.departments.len(),
                departments(Submission::Returned),
                departments(Submission::Unreadable),
                departments(Submission::Nothing),
            ),
            format!(
                "回収したファイル {}件のうち、読み取れたもの {read}件、読み取れなかったもの {}件",
                book.files.len(),
                book.files.len() - read,
            ),
        ]
    }

    /// The head, and a row an item.
    fn matrix(&self, names: &[String]) -> (Band, Vec<Band>) {
        let book = self.book;
        let labels = &book.layout.labels;
        let heads = [labels.number.plain(), labels.title.plain(), "状況"];
        let mut head: Vec<Piece> = Vec::new();
        for (column, text) in (0..).zip(heads) {
            head.push(Piece::new(column, 1, self.styles.label(), text, text));
        }
        for (column, (department, _)) in (FIXED.len() as u16..).zip(&book.departments) {
            let dress = Dress {
                stacked: self.stacked,
                ..self.styles.label()
            };
            head.push(Piece::new(
                column,
                1,
                dress,
                labels.lead.plain(),
                department.as_str(),
            ));
        }
        let head = Band::new(NEVER, head).at_least(26);
        let mut bands = Vec::new();
        let mut tally = vec![(0, 0); book.departments.len()];
        for (at, item) in book.items.iter().enumerate() {
            let top = CellRef::new(0, 0);
            let number = Piece::new(
                0,
                1,
                self.styles.centred(),
                heads[0],
                item.number().to_string(),
            );
            let title = Piece::new(
                1,
                1,
                self.styles.middle(),
                heads[1],
                item.official.title.text(),
            );
            let mut pieces = vec![
                match names.get(at) {
                    Some(sheet) => number.to(sheet, top),
                    None => number,
                },
                title,
                self.state(2, Some(self.standings.item(item))),
            ];
            for (at, (department, stands)) in book.departments.iter().enumerate() {
                let state = self.standings.lead(item, department, *stands);
                if let Some(state) = state {
                    tally[at].0 += u32::from(!state.is_open());
                    tally[at].1 += 1;
                }
                pieces.push(self.state((FIXED.len() + at) as u16, state));
            }
            bands.push(Band::new(10, pieces).at_least(24));
        }
        let dress = self.styles.label();
        let mut pieces = vec![Piece::new(
            0,
            3,
            dress,
            "計",
            "提出済・他課提出・該当なしの数／担当する取組の数",
        )];
        for (at, (done, all)) in tally.into_iter().enumerate() {
            let column = (FIXED.len() + at) as u16;
            pieces.push(Piece::new(
                column,
                1,
                self.small(),
                "計",
                format!("{done}／{all}"),
            ));
        }
        bands.push(Band::new(NEVER, pieces).at_least(24));
        (head, bands)
    }

    /// What the words of the matrix say; those that no item has are left out, but for the plain ones.
    fn legend(&self) -> Band {
        let book = self.book;
        let mut shown: Vec<Standing> = book
            .items
            .iter()
            .flat_map(|item| {
                let leads = book.departments.iter();
                let leads =
                    leads.filter_map(|(name, stands)| self.standings.lead(item, name, *stands));
                leads.chain([self.standings.item(item)])
            })
            .collect();
        shown.extend(&Standing::ALL[..PLAIN]);
        let lines = Standing::ALL
            .iter()
            .filter(|standing| shown.contains(standing))
            .map(|standing| format!("　{}…{}", standing.label(), standing.meaning()));
        let lines: Vec<String> = lines
            .chain([format!("　「{NO_LEAD}」…その取組の主管課ではありません")])
            .collect();
        let text = format!("凡例\n{}", lines.join("\n"));
        let dress = self.styles.plain(-15);
        Band::new(
            NEVER,
            vec![Piece::new(0, self.columns, dress, "凡例", text)],
        )
    }

    fn small(&self) -> Dress {
        Dress {
            border: true,
            across: Across::Centre,
            down: Down::Centre,
            ..self.styles.plain(-15)
        }
    }

    fn state(&self, column: u16, state: Option<Standing>) -> Piece {
        let fill = match state {
            Some(state) if state.is_open() => Fill::Missing,
            Some(_) | None => Fill::Paper,
        };
        let dress = Dress {
            fill,
            ..self.small()
        };
        Piece::new(
            column,
            1,
            dress,
            "状況",
            state.map_or(NO_LEAD, Standing::label),
        )
    }

    /// The head, and a row a file.
    fn files(&self) -> (Band, Vec<Band>) {
        let third = (self.columns - 3) / 3;
        let spans = [
            (0, 2),
            (2, 1),
            (3, third),
            (3 + third, self.columns - 3 - third),
        ];
        let row = |cost, dresses: [Dress; 4], texts: [String; 4]| {
            let pieces = spans.iter().zip(dresses).zip(texts);
            let pieces = pieces.map(|(((column, columns), dress), text)| {
                Piece::new(*column, *columns, dress, "回収したファイル", text)
            });
            Band::new(cost, pieces.collect()).at_least(24)
        };
        let heads = ["回収したファイル", "結果", "読み取った取組番号", "備考"].map(str::to_owned);
        let head = row(20, [self.styles.label(); 4], heads);
        let mut bands = Vec::new();
        let numbers = self.book.numbers_by_file();
        for file in &self.book.files {
            let read = file.outcome == Outcome::Read;
            let found = numbers.get(file.name.as_str()).cloned().unwrap_or_default();
            let fill = if read { Fill::Paper } else { Fill::Missing };
            let (text, centred) = (self.styles.middle(), self.styles.centred());
            bands.push(row(
                10,
                [
                    text,
                    Dress {
                        fill,
                        ..self.small()
                    },
                    centred,
                    text,
                ],
                [
                    file.name.clone(),
                    if read { "読取済" } else { "読取不可" }.to_owned(),
                    found.join("、"),
                    remark(file, found.is_empty()),
                ],
            ));
        }
        if self.book.files.is_empty() {
            let dress = self.styles.middle();
            let none = "回収したファイルはありません。";
            bands.push(Band::new(
                NEVER,
                vec![Piece::new(0, self.columns, dress, "", none)],
            ));
        }
        (head, bands)
    }
}

fn remark(file: &CollectedFile, no_item: bool) -> String {
    match &file.outcome {
        Outcome::Unreadable { reason, advice } => format!("{reason}{advice}"),
        Outcome::Read if no_item => "進捗管理票は見つかりませんでした。".to_owned(),
        Outcome::Read => String::new(),
    }
}
