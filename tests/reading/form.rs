//! A form as addresses and texts, what was done to it, and what is read of it as lines.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use torimatome::model::text::is_blank;
use torimatome::model::{
    Cell, CellRange, CellRef, Field, Grid, ItemSheet, Kpi, Layout, Measure, ReadAs, Stored, Text,
};
use torimatome::{default_layout, locate, parse};

/// A healthy form in the official geometry, two rows of everything.
const FORM: &[(&str, &str)] = &[
    ("A1:B1", "取組番号"),
    ("C1", "7"),
    ("D1:E1", "重点項目"),
    ("F1:L1", "3 人材の育成"),
    ("A2:B2", "取組項目"),
    ("C2:L2", "研修の充実"),
    ("A3:B3", "主管課\n(関係課)"),
    ("C3:L3", "総務課(全課)"),
    ("A4:B4", "実施内容"),
    ("C4:L4", "研修の機会を増やす。"),
    ("A5:B5", "期待される効果"),
    ("C5:L5", "職員の力が付く。"),
    ("A6:L6", "年次計画"),
    ("A7:C7", "実施項目"),
    ("D7:F7", "R4年度"),
    ("G7:I7", "R5年度"),
    ("J7:L7", "R6年度"),
    ("A8:C8", "研修への参加"),
    ("D8:L8", "実施"),
    ("A9:C9", "職員の派遣"),
    ("D9:I9", "検討"),
    ("J9:L9", "実施"),
    ("A10:C11", "数値目標等\n【基準値】"),
    ("D10:F10", "R4年度\n【実績値】"),
    ("G10:I10", "R5年度\n【実績値】"),
    ("J10:L10", "R6年度\n【実績値】"),
    ("D11:F11", "R4年度\n【目標値】"),
    ("G11:I11", "R5年度\n【目標値】"),
    ("J11:L11", "R6年度\n【目標値】"),
    ("A12:C13", "参加者数\nR3年度：5人"),
    ("D12:F12", "6人"),
    ("G12:I12", "8人"),
    ("J12:L12", ""),
    ("D13:F13", "7人"),
    ("G13:I13", "9人"),
    ("J13:L13", "10人"),
    ("A14:C15", "派遣者数\nR3年度：1人"),
    ("D14:F14", "2人"),
    ("G14:I14", "(累計)\n4人"),
    ("J14:L14", ""),
    ("D15:F15", "3人"),
    ("G15:I15", "(累計)\n5人"),
    ("J15:L15", "—"),
    ("A16:L16", "令和5年度の実施状況"),
    ("A17:D17", "取組目標\n【Plan】"),
    ("E17:H17", "上半期の取組結果\n【Do】"),
    ("I17:L17", "下半期の取組結果\n【Do】"),
    ("A18:D18", "研修を開く。"),
    ("E18:H18", "二度開いた。"),
    ("I18:L18", "三度開いた。"),
    ("A19:D19", "二人を送る。"),
    ("E19:H19", "一人を送った。"),
    ("I19:L19", "もう一人を送った。"),
    ("A20:L20", "取組全体の評価【Check】"),
    ("A21:C21", "○ 概ね計画どおり"),
    ("D21:L21", "おおむね進んだ。"),
    ("A22:L22", "改善事項・今後の進め方【Action】"),
    ("A23:L23", "次の年も続ける。"),
    ("A24:L24", "※1 派遣…よその職場で働くこと"),
];

/// A cell's range and its text.
pub type Cells = Vec<(CellRange, String)>;

/// What is done to a form.
#[derive(Clone, Debug)]
pub enum Do<'a> {
    /// A cell says something else; an empty text empties it.
    Say(&'a str, &'a str),
    /// A cell is there that was not there before.
    Add(&'a str, &'a str),
    /// A cell is merged otherwise: from here, to here, its text unchanged.
    Merge(&'a str, &'a str),
    /// The cells of a rectangle are gone, and nothing moves up.
    Clear(&'a str),
    /// Rows are deleted: the first, how many.
    Cut(u32, u32),
    /// Rows are inserted above a row.
    Insert(u32, u32),
    /// Every merge of a rectangle is lost.
    Unmerge(&'a str),
    /// Rows move: the first, how many, to above this row (both as they are counted before).
    Move(u32, u32, u32),
}

pub use Do::{Add, Clear, Cut, Insert, Merge, Move, Say, Unmerge};

/// The form, after all that was done to it.
pub fn form(done: &[Do<'_>]) -> Cells {
    let mut cells: Cells = FORM
        .iter()
        .map(|(at, text)| (range(at), (*text).to_owned()))
        .collect();
    for one in done {
        apply(&mut cells, one);
    }
    cells
}

pub fn range(at: &str) -> CellRange {
    CellRange::parse(at).unwrap_or_else(|| panic!("{at}"))
}

/// Does one thing to a form.
pub fn apply(cells: &mut Cells, done: &Do<'_>) {
    let at = |cells: &Cells, address: &str| {
        let first = range(address).first;
        let found = cells.iter().position(|(range, _)| range.first == first);
        found.unwrap_or_else(|| panic!("no cell at {address}"))
    };
    let rows = |cells: &mut Cells, to: &dyn Fn(u32) -> Option<u32>| {
        let moved = std::mem::take(cells).into_iter().filter_map(|(old, text)| {
            let height = old.rows() - 1;
            let first = CellRef::new(to(old.first.row)?, old.first.column);
            let last = CellRef::new(first.row + height, old.last.column);
            Some((CellRange::new(first, last), text))
        });
        *cells = moved.collect();
    };
    match done {
        Say(address, text) => {
            let at = at(cells, address);
            (*text).clone_into(&mut cells[at].1);
        }
        Add(address, text) => cells.push((range(address), (*text).to_owned())),
        Merge(from, to) => {
            let at = at(cells, from);
            cells[at].0 = range(to);
        }
        Clear(rectangle) => {
            let gone = range(rectangle);
            cells.retain(|(range, _)| !gone.contains(range.first));
        }
        Cut(first, count) => {
            // What is merged over more rows than these keeps its text.
            let left = |row: u32| !(*first..first + count).contains(&(row + 1));
            let moved = |row: u32| if row + 1 < *first { row } else { row - count };
            let shrunk = std::mem::take(cells)
                .into_iter()
                .filter_map(|(range, text)| {
                    let mut rows = (range.first.row..=range.last.row).filter(|row| left(*row));
                    let top = rows.next()?;
                    let bottom = rows.next_back().unwrap_or(top);
                    let top = CellRef::new(moved(top), range.first.column);
                    let bottom = CellRef::new(moved(bottom), range.last.column);
                    Some((CellRange::new(top, bottom), text))
                });
            *cells = shrunk.collect();
        }
        Insert(above, count) => {
            let moved = |row: u32| if row + 1 < *above { row } else { row + count };
            for (range, _) in cells.iter_mut() {
                let first = CellRef::new(moved(range.first.row), range.first.column);
                let last = CellRef::new(moved(range.last.row), range.last.column);
                *range = CellRange::new(first, last);
            }
        }
        Unmerge(rectangle) => {
            let inside = range(rectangle);
            for (range, _) in cells.iter_mut() {
                if inside.contains(range.first) {
                    *range = range.first.into();
                }
            }
        }
        Move(first, count, above) => {
            let order = |row: u32| -> u32 {
                let row = row + 1;
                let inside = (*first..first + count).contains(&row);
                let to = match inside {
                    true if above > first => row + (above - first - count),
                    true => row - (first - above),
                    false if row < *first.min(above) => row,
                    false if row >= *above && row < *first => row + count,
                    false if row >= first + count && row < *above => row - count,
                    false => row,
                };
                to - 1
            };
            rows(cells, &|row| Some(order(row)));
        }
    }
}

/// Forms below or beside each other.
pub fn shifted(cells: &Cells, rows: u32, columns: u32) -> Cells {
    let moved = |cell: CellRef| CellRef::new(cell.row + rows, cell.column + columns);
    let shift = |(range, text): &(CellRange, String)| {
        let range = CellRange::new(moved(range.first), moved(range.last));
        (range, text.clone())
    };
    cells.iter().map(shift).collect()
}

pub fn grid(cells: &Cells) -> Grid {
    let mut grid = Grid::new("総務課.xlsx", "取組7");
    for (range, text) in cells {
        if range.first != range.last {
            grid.merges.insert(range.first, *range);
        }
        if !text.trim().is_empty() {
            let cell = Cell {
                text: text.clone(),
                stored: Stored::Text,
            };
            grid.cells.insert(range.first, cell);
        }
    }
    grid
}

pub fn items(cells: &Cells) -> Vec<ItemSheet> {
    static LAYOUT: LazyLock<Layout> = LazyLock::new(default_layout);
    let grid = grid(cells);
    parse::items(locate::locate(&grid, &LAYOUT).forms(), &grid, &LAYOUT)
}

/// What a form says, a line a field.
pub fn lines(item: &ItemSheet) -> Vec<String> {
    let mut lines = vec![
        format!("番号 {}", item.number.get().map_or(0, |number| *number)),
        format!("年度 {}", item.year.get().map_or(0, |year| year.0)),
        format!("重点項目 {}", item.priority.text()),
        format!("取組項目 {}", item.title.text()),
        format!("主管課 {}", item.departments.text()),
        format!("実施内容 {}", item.content.text()),
        format!("効果 {}", item.effects.text()),
    ];
    for activity in &item.schedule {
        let phases: Vec<String> = activity
            .phases
            .iter()
            .map(|phase| format!("{}-{}{}", phase.from, phase.to, phase.text.text()))
            .collect();
        lines.push(format!(
            "計画 {} {}",
            activity.name.text(),
            phases.join(" ")
        ));
    }
    let notes = item.schedule_notes.iter();
    lines.extend(notes.map(|note| format!("計画の注 {}", note.text())));
    lines.extend(item.kpis.iter().flat_map(kpi));
    for row in &item.status {
        let [plan, first, second] = [&row.plan, &row.first_half, &row.second_half].map(text);
        lines.push(format!("状況 {plan}|{first}|{second}"));
    }
    lines.push(format!("評価 {}", item.grade.text()));
    lines.push(format!("コメント {}", item.comment.text()));
    lines.push(format!("改善 {}", item.action.text()));
    let notes = item.footnotes.iter();
    lines.extend(notes.map(|note| format!("脚注 {}", note.cell.text())));
    lines
}

fn text(field: &Text) -> &str {
    field.text()
}

fn kpi(kpi: &Kpi) -> Vec<String> {
    let storey = |field: &Option<Field<Measure>>| match field {
        None => "欄なし".to_owned(),
        Some(field) if field.is_blank() => match &field.place {
            Some(_) => String::new(),
            None => "場所なし".to_owned(),
        },
        Some(field) => {
            let typed = field.text().replace('\n', "");
            let mark = if field.get().is_some() { "" } else { "?" };
            format!("{typed}{mark}")
        }
    };
    let years: Vec<String> = kpi
        .years
        .iter()
        .map(|values| {
            let (actual, target) = (storey(&values.actual), storey(&values.target));
            format!("{}:{actual}/{target}", values.year)
        })
        .collect();
    let mut lines = vec![format!(
        "目標 {} [{}] {}",
        kpi.name.text(),
        kpi.baseline.text(),
        years.join(" ")
    )];
    let notes = kpi.notes.iter();
    lines.extend(notes.map(|note| format!("目標の注 {}", note.text())));
    lines
}

/// What was not read as the healthy form is: lines that are gone begin with `-`, new ones with `+`;
/// cells left over with `*`, labels not found with `!`, and how cells were read with `=`.
pub fn differences(item: &ItemSheet) -> Vec<String> {
    let healthy = lines(&items(&form(&[]))[0]);
    let found = lines(item);
    let mut told = Vec::new();
    told.extend(
        healthy
            .iter()
            .filter(|line| !found.contains(line))
            .map(|line| format!("-{line}")),
    );
    told.extend(
        found
            .iter()
            .filter(|line| !healthy.contains(line))
            .map(|line| format!("+{line}")),
    );
    let place = |text: &Text| {
        let place = text.place.as_ref();
        place.map_or_else(String::new, |place| place.cell.to_string())
    };
    told.extend(
        item.unplaced
            .iter()
            .map(|cell| format!("*{} {}", place(cell), cell.text().replace('\n', ""))),
    );
    told.extend(item.missing_blocks.iter().map(|label| format!("!{label}")));
    told.extend(item.readings.iter().map(|reading| {
        let cell = place(&reading.cell);
        match &reading.read_as {
            ReadAs::Label(label) => format!("={cell} {label}"),
            ReadAs::Found(label) => format!("={cell} なし→{label}"),
            ReadAs::Each(names) => format!("={cell} 各{}", names.len()),
            ReadAs::Undecided(names) => format!("={cell} 不明{}", names.len()),
        }
    }));
    told
}

/// Tries one damage: what it is called, what was done, and what is read differently.
pub fn tried(what: &str, done: &[Do<'_>], expected: &[&str]) {
    let cells = form(done);
    let items = items(&cells);
    assert_eq!(items.len(), 1, "{what}");
    conserved(what, &cells, &items);
    let found = differences(&items[0]);
    assert_eq!(found, expected, "{what}\n{:#?}", lines(&items[0]));
}

/// Every cell that is no label of the healthy form is in a field, left over, or named.
pub fn conserved(what: &str, cells: &Cells, items: &[ItemSheet]) {
    let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
    let labels: BTreeSet<String> = FORM
        .iter()
        .filter(|(at, _)| is_label(at))
        .map(|(_, text)| squeezed(text))
        .collect();
    let mut said = String::new();
    for item in items {
        said.push_str(&squeezed(&lines(item).concat()));
        said.push_str(&squeezed(item.number.text()));
        let cells = item.unplaced.iter();
        let named = item.readings.iter().map(|reading| &reading.cell);
        for cell in cells.chain(named) {
            said.push_str(&squeezed(cell.text()));
        }
        said.push_str(&squeezed(item.year.text()));
        said.push_str(&squeezed(item.half.text()));
    }
    for (at, text) in cells.iter().filter(|(_, text)| !is_blank(text)) {
        let mut lines = text.lines().map(squeezed);
        let text = text.as_str();
        let is_label = labels.contains(&squeezed(text)) || text.contains("基準値");
        assert!(
            is_label || lines.all(|line| said.contains(&line)),
            "{what}: {at} 「{text}」 was dropped"
        );
    }
}

fn is_label(at: &str) -> bool {
    let row = range(at).first.row + 1;
    let column = range(at).first.column;
    match row {
        1 => column == 0 || column == 3,
        2..=5 => column == 0,
        6 | 7 | 10 | 11 | 16 | 17 | 20 | 22 => true,
        _ => false,
    }
}
