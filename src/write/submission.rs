//! 提出状況: who has returned which item, and what became of each file.

use crate::model::{Book, CellRef, CollectedFile, Outcome, Standing, Submission};

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

/// Lays out the sheet; `names` are the item sheets', in the order of the book's items. Where the
/// workbook has no item sheets there are none, and no link leads anywhere.
pub(super) fn draft(
    book: &Book,
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
        styles,
        columns: columns.len() as u16,
        stacked: width < STACKED_BELOW,
    };
    let mut draft = Draft::new(name, columns);
    for band in sheet.bands(names) {
        draft.add(band, styles);
    }
    draft
}

struct Sheet<'b> {
    book: &'b Book,
    styles: &'b Styles,
    columns: u16,
    stacked: bool,
}

impl Sheet<'_> {
    fn bands(&self, names: &[String]) -> Vec<Band> {
        let mut bands = vec![self.title()];
        for line in self.summary() {
            let dress = self.styles.plain(0);
            bands.push(Band::new(
                NEVER,
                vec![Piece::new(0, self.columns, dress, "集計", line)],
            ));
        }
        bands.push(Band::blank(NEVER, 10));
        bands.extend(self.matrix(names));
        bands.push(Band::blank(20, 14));
        bands.extend(self.files());
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
        let states: Vec<Standing> = book.items.iter().map(|item| book.standing(item)).collect();
        let items = |wanted: Standing| states.iter().filter(|state| **state == wanted).count();
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
        let mut line = format!(
            "取組 {}項目のうち、提出済 {}項目",
            states.len(),
            items(Standing::Returned)
        );
        for other in [
            Standing::OtherPeriod,
            Standing::Misnumbered,
            Standing::Unreadable,
            Standing::Closed,
            Standing::Nothing,
        ] {
            if items(other) > 0 {
                line += &format!("、{} {}項目", other.label(), items(other));
            }
        }
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

    fn matrix(&self, names: &[String]) -> Vec<Band> {
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
        let mut bands = vec![Band::new(NEVER, head).at_least(26)];
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
                self.state(2, Some(book.standing(item))),
            ];
            for (at, (department, stands)) in book.departments.iter().enumerate() {
                let lead = item.is_led_by(department);
                let state = lead.then(|| item.standing_of(department, *stands));
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
            "提出済・対象外の数／担当する取組の数",
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
        bands
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
        Piece::new(column, 1, dress, "状況", state.map_or("", Standing::label))
    }

    fn files(&self) -> Vec<Band> {
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
        let mut bands = vec![row(20, [self.styles.label(); 4], heads)];
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
        bands
    }
}

fn remark(file: &CollectedFile, no_item: bool) -> String {
    match &file.outcome {
        Outcome::Unreadable { reason, advice } => format!("{reason}{advice}"),
        Outcome::Read if no_item => "進捗管理票は見つかりませんでした。".to_owned(),
        Outcome::Read => String::new(),
    }
}
