//! 評価集計: items by grade and KPIs by attainment, as the tally counts them.

use crate::model::{AxisTally, Book, GradeCounts, KpiCounts, KpiTally, Row, Tally, share};

use super::{title, titled};
use crate::write::draft::{Band, Draft, NEVER, Piece};
use crate::write::figure::Figure;
use crate::write::page::Paper;
use crate::write::style::{Across, Dress, Fill, Styles};

/// Pixels of what is counted, and of the words 項目数 and 割合.
const NAME: u32 = 298;
const KIND: u32 = 48;
/// The widest that a column of counts is.
const WIDEST: u32 = 96;
/// The least height of a row in pixels.
const LEAST: u32 = 24;
/// What a page break costs above a table, and above one that goes with the table before it.
const ABOVE_TABLE: u32 = 0;
const WITHIN: u32 = 4;
/// Above a row of a table: dearer than a page, so that a table is broken only where none can hold it.
const IN_TABLE: u32 = 150;

/// Pixels of the gap and the notes that hang on a table.
const BELOW: u32 = 80;

/// Lays the sheet out.
pub(super) fn draft(
    book: &Book,
    tally: &Tally,
    name: &str,
    paper: &Paper,
    styles: &Styles,
) -> Draft {
    let heads = tally.axes.iter().map(|axis| axis.heads.len()).max();
    // The counts, and their sum.
    let counts = heads.unwrap_or(0).max(KpiCounts::HEADS.len()) + 1;
    let rest = paper.width().saturating_sub(NAME + KIND);
    let mut columns = vec![NAME, KIND];
    columns.resize(2 + counts, (rest / counts as u32).clamp(48, WIDEST));
    let sheet = Sheet {
        columns: columns.len() as u16,
        priority: book.layout.labels.priority.plain(),
        lead: book.layout.labels.lead.plain(),
        styles,
    };
    let mut draft = Draft::new(name, columns);
    let text = titled(book, &book.layout.sheets.tally);
    draft.add(title(text, sheet.columns, styles), styles);
    let page = paper.height_of(draft.columns.iter().sum());
    let mut top = 0;
    for part in sheet.parts(book, tally) {
        match part {
            Part::Band(band) => draft.add(band, styles),
            Part::Table(heading, head, rows) => {
                top = draft.add_table(heading, &head, rows, (page, top, BELOW), styles);
            }
        }
    }
    draft
}

/// What the sheet is put together of.
enum Part {
    Band(Band),
    /// A heading, the head of a table, its rows.
    Table(Band, Band, Vec<Band>),
}

struct Sheet<'b> {
    columns: u16,
    priority: &'b str,
    lead: &'b str,
    styles: &'b Styles,
}

impl Sheet<'_> {
    fn parts(&self, book: &Book, tally: &Tally) -> Vec<Part> {
        let mut parts = Vec::new();
        let between = || Part::Band(Band::blank(NEVER, 14));
        for axis in &tally.axes {
            for (by, rows) in [
                (self.priority, &axis.priorities),
                (self.lead, &axis.departments),
            ] {
                let heading = self.heading(WITHIN, format!("{}（{by}別）", axis.name));
                let heads = axis.heads.iter().map(String::as_str);
                let rows = self.grades(axis, rows);
                parts.push(Part::Table(heading, self.head(by, heads), rows));
                parts.push(between());
            }
            parts.push(self.note(format!(
                "（注）複数の{}がある取組は、全体では1項目とし、それぞれの{}にも数えています。{}別の合計は、全体と一致しないことがあります。",
                self.lead, self.lead, self.lead
            )));
            parts.push(self.note("（注）取組中止には前年度までに中止した取組を含みます。選択肢外は、評価区分にない記載や、記号と言葉が食い違う記載です。未提出には、様式・番号の違いや読取不可のため取り込めなかった取組を含みます。".to_owned()));
            parts.push(between());
        }
        match &tally.kpis {
            Some(kpis) => parts.extend(self.kpis(book, kpis)),
            None => parts.push(
                self.note("（注）評価区分は年度末に記入するものです。数値目標の達成状況は、年度末に集計します。".to_owned()),
            ),
        }
        parts
    }

    fn heading(&self, cost: u32, text: String) -> Band {
        let dress = Dress {
            label: true,
            ..self.styles.plain(5)
        };
        Band::new(cost, vec![Piece::new(0, self.columns, dress, "表題", text)]).at_least(LEAST)
    }

    fn note(&self, text: String) -> Part {
        let dress = self.styles.plain(-15);
        let piece = Piece::new(0, self.columns, dress, "注", text);
        Part::Band(Band::new(NEVER, vec![piece]))
    }

    fn grades(&self, axis: &AxisTally, rows: &[Row<GradeCounts>]) -> Vec<Band> {
        let mut bands = Vec::new();
        for Row { name, counts } in rows {
            bands.push(self.row(IN_TABLE, name, "項目数", &counts.columns(), counts.total()));
        }
        let total = &axis.total;
        bands.push(self.total("項目数", &total.columns(), total.total()));
        bands
    }

    fn kpis(&self, book: &Book, kpis: &KpiTally) -> Vec<Part> {
        let year = book.period.year.long();
        let text = format!("{year}の数値目標の達成状況（{}別）", self.priority);
        let heading = self.heading(ABOVE_TABLE, text);
        let head = self.head(self.priority, KpiCounts::HEADS.into_iter());
        let mut bands = Vec::new();
        for Row { name, counts } in &kpis.priorities {
            bands.push(self.row(IN_TABLE, name, "目標数", &counts.columns(), counts.total()));
        }
        let total = &kpis.total;
        bands.push(self.total("目標数", &total.columns(), total.total()));
        let mut parts = vec![Part::Table(heading, head, bands)];
        if kpis.reasons.is_empty() {
            return parts;
        }
        parts.push(Part::Band(Band::blank(NEVER, 14)));
        let heading = self.heading(WITHIN, "判定不能の理由".to_owned());
        let head =
            |column, columns, text| Piece::new(column, columns, self.styles.label(), text, text);
        let pieces = vec![head(0, 2, "理由"), head(2, 1, "目標数")];
        let head = Band::new(NEVER, pieces).at_least(LEAST);
        let mut bands = Vec::new();
        for (reason, count) in &kpis.reasons {
            let pieces = vec![
                Piece::new(0, 2, self.styles.middle(), "理由", reason.as_str()),
                Piece::new(2, 1, self.styles.centred(), "目標数", "").figure(Figure::count(*count)),
            ];
            bands.push(Band::new(IN_TABLE, pieces).at_least(LEAST));
        }
        parts.push(Part::Table(heading, head, bands));
        parts
    }

    fn head<'h>(&self, by: &str, heads: impl Iterator<Item = &'h str>) -> Band {
        let dress = self.styles.label();
        let mut pieces = vec![Piece::new(0, 2, dress, by, by)];
        for (column, text) in (2..).zip(heads.chain(["計"])) {
            let small = Dress {
                size: self.styles.plain(-25).size,
                ..dress
            };
            // The mark of a grade stands above its words.
            pieces.push(Piece::new(
                column,
                1,
                small,
                text,
                text.replacen(' ', "\n", 1),
            ));
        }
        Band::new(NEVER, pieces).at_least(LEAST)
    }

    fn total(&self, kind: &str, counts: &[usize], total: usize) -> Band {
        let mut band = self.row(NEVER, "全体", kind, counts, total);
        for piece in &mut band.pieces {
            piece.dress.fill = Fill::Label;
        }
        band
    }

    /// A row of counts over their shares.
    fn row(&self, cost: u32, name: &str, kind: &str, counts: &[usize], total: usize) -> Band {
        let centred = self.styles.centred();
        let small = Dress {
            across: Across::Centre,
            size: self.styles.plain(-15).size,
            ..self.styles.middle()
        };
        let left = Dress {
            across: Across::Left,
            ..small
        };
        let mut pieces = vec![
            Piece::new(0, 1, left, "名称", name).on(0, 2),
            Piece::new(1, 1, small, kind, kind),
            Piece::new(1, 1, small, "割合", "割合").on(1, 1),
        ];
        for (column, count) in (2..).zip(counts.iter().chain([&total])) {
            let cell = Piece::new(column, 1, centred, kind, "");
            pieces.push(cell.figure(Figure::count(*count)));
            let cell = Piece::new(column, 1, small, "割合", "—").on(1, 1);
            pieces.push(match share(*count, total).and_then(Figure::percent) {
                Some(figure) => cell.figure(figure),
                None => cell,
            });
        }
        Band {
            storeys: 2,
            ..Band::new(cost, pieces).at_least(20)
        }
    }
}
