//! The catalogue of rules as a workbook: one sheet of A4 to pin up, and a list with every word.

use crate::model::height;
use crate::model::{CellRange, CellRef, Layout, Level, PageSetup, Rule, When};

use super::draft::{Band, Draft, NEVER, Piece, Placed};
use super::page::{Header, Paper};
use super::style::{Across, Down, Dress, Fill, Styles};
use super::text::{Canvas, column};
use super::{Stamp, WriteError, Written, begin};

const TITLE: &str = "点検規則一覧";
const PAGE: PageSetup = PageSetup {
    margins: [8.0, 8.0, 10.0, 10.0],
    header_margin: 5.0,
    landscape: true,
};
/// The rules stand in columns as in a newspaper, with so many pixels between them.
const BLOCKS: usize = 3;
const GAP: u32 = 10;
const TITLE_HEIGHT: u32 = 30;
/// Sizes in tenths of a point; the largest is taken by which the whole fits on one sheet, and
/// below the smallest the sheet is shrunk.
const LARGEST: u32 = 105;
const SMALLEST: u32 = 60;
/// A line's height in letters: less than a font's own where one is missing, and the letters whole.
const LINE: f64 = 1.28;
/// Columns of a block: rule, title, level, when.
const BLOCK: u16 = 4;
/// Heads and widths of the list with every word.
const COLUMNS: [(&str, u32); 7] = [
    ("規則", 44),
    ("題名", 150),
    ("区分", 44),
    ("時期", 92),
    ("理由", 250),
    ("対応", 250),
    ("例", 250),
];

/// Writes the catalogue of rules.
///
/// # Errors
///
/// A layout whose fonts or colours cannot be used, or a fault of the library.
pub fn catalogue(
    rules: &[&'static Rule],
    layout: &Layout,
    stamp: Stamp,
) -> Result<Written, WriteError> {
    let mut styles = Styles::new(&layout.look)?;
    let paper = Paper::new(&PAGE);
    let mut workbook = begin(TITLE, &styles, stamp)?;
    let mut sheets = Vec::new();
    let base = styles.base().clone();
    for (draft, is_poster) in [
        (poster(rules, &paper, &styles), true),
        (list(rules, &styles), false),
    ] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&draft.name)?;
        let mut canvas = Canvas::new(sheet, &base, &draft.name);
        draft.write(&mut canvas, &mut styles, &|_| None)?;
        let (sheet, last) = (canvas.sheet(), draft.last());
        let header = Header {
            font: &layout.look.text_font,
            left: &layout.document,
            right: &draft.name,
        };
        paper.set_up(sheet, last, &header)?;
        if is_poster {
            sheet.set_header("").set_footer("");
            sheet.set_print_fit_to_pages(1, 1);
        } else {
            sheet.set_repeat_rows(0, 0)?;
            sheet.set_freeze_panes(1, 0)?;
            sheet.autofilter(0, 0, last.row, column(last))?;
        }
        sheets.push(canvas.finish());
    }
    let bytes = workbook.save_to_buffer()?;
    Ok(Written { bytes, sheets })
}

fn fill(level: Level) -> Fill {
    match level {
        Level::Error => Fill::Missing,
        Level::Warning => Fill::Question,
        Level::Info => Fill::Heading,
    }
}

/// Every rule with every word, to be filtered.
fn list(rules: &[&'static Rule], styles: &Styles) -> Draft {
    let mut draft = Draft::new("くわしい説明", COLUMNS.map(|(_, width)| width).to_vec());
    let heads = (0..).zip(COLUMNS);
    let heads = heads.map(|(column, (head, _))| Piece::new(column, 1, styles.label(), head, head));
    draft.add(Band::new(0, heads.collect()).at_least(26), styles);
    for rule in rules {
        let texts = [
            rule.code,
            rule.title,
            rule.level.label(),
            rule.when.label(),
            rule.why,
            rule.remedy,
            rule.example,
        ];
        let cells = (0..).zip(texts).zip(COLUMNS);
        let cells = cells.map(|((column, text), (head, _))| {
            let dress = Dress {
                size: 95,
                across: if matches!(column, 0 | 2 | 3) {
                    Across::Centre
                } else {
                    Across::Left
                },
                fill: if column == 2 {
                    fill(rule.level)
                } else {
                    Fill::Paper
                },
                ..styles.middle()
            };
            Piece::new(column, 1, dress, head, text)
        });
        draft.add(Band::new(0, cells.collect()).at_least(22), styles);
    }
    draft
}

/// What stands in a block: a group's heading or a rule, some lines high.
enum Entry {
    Group(String),
    Rule(&'static Rule, usize),
}

impl Entry {
    fn lines(&self) -> usize {
        match self {
            Self::Group(_) => 1,
            Self::Rule(_, lines) => 1 + lines,
        }
    }
}

/// The rules on one sheet: code, title, level, when, and in short what to do.
fn poster(rules: &[&'static Rule], paper: &Paper, styles: &Styles) -> Draft {
    let height = |draft: &Draft| draft.rows.iter().map(|(row, _)| row).sum::<u32>();
    let mut size = LARGEST;
    loop {
        let draft = poster_in(size, rules, paper, styles);
        if size <= SMALLEST || height(&draft) <= paper.height() {
            return draft;
        }
        size -= 1;
    }
}

fn poster_in(size: u32, rules: &[&'static Rule], paper: &Paper, styles: &Styles) -> Draft {
    let text = Dress {
        size,
        ..styles.middle()
    };
    let face = styles.face(text);
    let full = f64::from(size) / 10.0 / height::POINTS_PER_PIXEL;
    let letters = |count: f64| (full * count) as u32 + 6;
    let block = (paper.width() - GAP * (BLOCKS as u32 - 1)) / BLOCKS as u32;
    let ends = [letters(2.0), letters(2.0), letters(3.0)];
    let widths = [ends[0], block - ends.iter().sum::<u32>(), ends[1], ends[2]];
    let entries = entries(rules, |remedy| height::lines(remedy, block, &face).len());
    let blocks = in_blocks(&entries);
    let mut columns = Vec::new();
    for at in 0..BLOCKS {
        if at > 0 {
            columns.push(GAP);
        }
        columns.extend(widths);
    }
    let mut draft = Draft::new(TITLE, columns);
    draft.add(title(&draft, styles), styles);
    let most = blocks
        .iter()
        .map(|block| block.iter().map(|entry| entry.lines()).sum::<usize>());
    let line = (full * LINE).ceil() as u32;
    draft
        .rows
        .extend((0..most.max().unwrap_or(0)).map(|_| (line, NEVER)));
    for (at, block) in blocks.iter().enumerate() {
        let mut row = 1;
        for entry in block {
            let left = at as u16 * (BLOCK + 1);
            for (storey, storeys, piece) in pieces(entry, left, text, styles) {
                let first = CellRef::new(row + storey, u32::from(piece.column));
                let right = first.column + u32::from(piece.columns) - 1;
                let range = CellRange::new(first, CellRef::new(first.row + storeys - 1, right));
                draft.cells.push(Placed { range, piece });
            }
            row += entry.lines() as u32;
        }
    }
    // Cells are written from top to bottom.
    draft.cells.sort_by_key(|placed| placed.range.first);
    draft
}

fn title(draft: &Draft, styles: &Styles) -> Band {
    let dress = Dress {
        label: true,
        size: 130,
        down: Down::Centre,
        ..styles.plain(0)
    };
    let all = draft.columns.len() as u16;
    let words =
        "点検規則一覧　　誤り：公表できない誤りや不足　警告：誤りの疑い　確認：念のための確認";
    Band::new(0, vec![Piece::new(0, all, dress, TITLE, words)]).at_least(TITLE_HEIGHT)
}

fn entries(rules: &[&'static Rule], lines: impl Fn(&str) -> usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for group in rules.chunk_by(|a, b| a.group() == b.group()) {
        if let Some(first) = group.first() {
            entries.push(Entry::Group(format!(
                "{} {}",
                first.group(),
                first.group_title()
            )));
        }
        entries.extend(
            group
                .iter()
                .map(|rule| Entry::Rule(rule, lines(rule.remedy_in_short()).max(1))),
        );
    }
    entries
}

/// The entries in as many blocks as there are, the highest as low as can be; no heading ends one.
fn in_blocks(entries: &[Entry]) -> Vec<Vec<&Entry>> {
    let all: usize = entries.iter().map(Entry::lines).sum();
    let together = (0..entries.len()).map(|at| entries[at].lines() + follows(entries, at));
    let least = together.max().unwrap_or(0).max(all.div_ceil(BLOCKS));
    let filled = (least..=all).map(|room| fill_blocks(entries, room));
    let mut fitting = filled.filter(|blocks| blocks.len() <= BLOCKS);
    fitting.next().unwrap_or_default()
}

/// The lines that must stand below an entry in the same block: a heading's first rule.
fn follows(entries: &[Entry], at: usize) -> usize {
    match (&entries[at], entries.get(at + 1)) {
        (Entry::Group(_), Some(next)) => next.lines(),
        (Entry::Group(_), None) | (Entry::Rule(..), _) => 0,
    }
}

fn fill_blocks(entries: &[Entry], room: usize) -> Vec<Vec<&Entry>> {
    let mut blocks: Vec<Vec<&Entry>> = vec![Vec::new()];
    let mut used = 0;
    for (at, entry) in entries.iter().enumerate() {
        if used > 0 && used + entry.lines() + follows(entries, at) > room {
            blocks.push(Vec::new());
            used = 0;
        }
        used += entry.lines();
        if let Some(block) = blocks.last_mut() {
            block.push(entry);
        }
    }
    blocks
}

/// The cells of an entry: the line they begin on, how many lines they span, what they say.
fn pieces(entry: &Entry, left: u16, text: Dress, styles: &Styles) -> Vec<(u32, u32, Piece)> {
    let cell =
        |column, columns, dress, text| Piece::new(left + column, columns, dress, TITLE, text);
    match entry {
        Entry::Group(heading) => {
            let dress = Dress {
                size: text.size,
                across: Across::Left,
                ..styles.heading()
            };
            vec![(0, 1, cell(0, BLOCK, dress, heading.as_str()))]
        }
        Entry::Rule(rule, lines) => {
            let label = Dress {
                label: true,
                fill: Fill::Label,
                ..text
            };
            let centred = Dress {
                across: Across::Centre,
                ..text
            };
            let level = Dress {
                fill: fill(rule.level),
                ..centred
            };
            let centred = Dress {
                fill: Fill::Label,
                ..centred
            };
            let when = match rule.when {
                When::Both => "",
                When::YearEnd => rule.when.label(),
            };
            vec![
                (0, 1, cell(0, 1, label, rule.code)),
                (0, 1, cell(1, 1, label, rule.title)),
                (0, 1, cell(2, 1, level, rule.level.label())),
                (0, 1, cell(3, 1, centred, when)),
                (
                    1,
                    *lines as u32,
                    cell(0, BLOCK, text, rule.remedy_in_short()),
                ),
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries_of(lines: &[usize]) -> Vec<Entry> {
        static RULE: Rule = Rule {
            code: "K03",
            name: "cumulative_decrease",
            level: Level::Error,
            when: When::Both,
            title: "累計値の減少",
            why: "",
            remedy: "",
            example: "",
            check: |_| Vec::new(),
        };
        let entry = |lines: &usize| match lines {
            0 => Entry::Group("K 数値目標".to_owned()),
            lines => Entry::Rule(&RULE, *lines),
        };
        lines.iter().map(entry).collect()
    }

    #[test]
    fn blocks_are_level_and_no_heading_stands_alone_at_an_end() {
        let entries = entries_of(&[0, 1, 1, 0, 2, 1, 1, 0, 1, 1]);
        let blocks = in_blocks(&entries);
        assert_eq!(blocks.len(), BLOCKS);
        assert_eq!(blocks.iter().map(Vec::len).sum::<usize>(), entries.len());
        for block in &blocks {
            assert!(matches!(block.last(), Some(Entry::Rule(..))));
        }
    }

    #[test]
    fn as_many_rules_as_there_will_be_stand_on_one_sheet() {
        let layout: Layout = toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap();
        let styles = Styles::new(&layout.look).unwrap();
        let rule: &'static Rule = Box::leak(Box::new(Rule {
            code: "K03",
            name: "cumulative_decrease",
            level: Level::Error,
            when: When::YearEnd,
            title: "実施内容・期待される効果の相違",
            why: "",
            remedy: "年度の欄を間違えていないか確かめ、報告する年度より後の値は空欄にしてください。",
            example: "",
            check: |_| Vec::new(),
        }));
        let paper = Paper::new(&PAGE);
        for count in [1, 40, 70] {
            let draft = poster(&vec![rule; count], &paper, &styles);
            let height: u32 = draft.rows.iter().map(|(row, _)| row).sum();
            assert!(height <= paper.height(), "{count} rules: {height}");
            assert_eq!(draft.cells.len(), 2 + 5 * count);
        }
    }

    #[test]
    fn no_rules_make_no_blocks_and_one_makes_one() {
        assert!(in_blocks(&[]).iter().all(Vec::is_empty));
        assert_eq!(in_blocks(&entries_of(&[0, 3])).len(), 1);
    }
}
