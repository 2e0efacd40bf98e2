//! 確認事項: what a department is asked, on the cells themselves and as a list that leads to them.

use rust_xlsxwriter::{Note, Workbook};

use std::collections::BTreeMap;

use crate::model::text::excerpt;
use crate::model::{
    Book, CellRef, FieldName, Finding, Handout, Notice, Rule, SentBack, signed_note,
};

use super::super::draft::{Band, Draft, Piece};
use super::super::marks::Marks;
use super::super::page::Paper;
use super::super::style::{Across, Down, Dress, Fill, Styles};
use super::super::text::{clean, column};
use super::super::{WriteError, style};
use super::identity::Identity;

/// The sheet's name.
pub(super) const NAME: &str = "確認事項";
/// Shares of the page's width, and the heads.
const COLUMNS: [(&str, u32); 6] = [
    ("番号", 6),
    ("取組", 6),
    ("セル", 8),
    ("規則", 18),
    ("確認していただきたいこと", 34),
    ("お願い", 28),
];
/// Who wrote a note, as Excel tells it.
const AUTHOR: &str = "点検";
/// The rows that stay in sight.
pub(super) const HEAD_ROWS: u32 = 4;
/// As much of a finding as a note and a list have room for.
const LONGEST: usize = 600;
/// A note's width in pixels, and how many letters a line of it holds.
const NOTE: (u32, usize) = (320, 24);
/// The height of a line of a note in pixels.
const LINE: u32 = 18;

/// A cell that is asked about: the form, and where on it.
type Target = (usize, CellRef);

/// The questions beside the cells in which they show.
pub(super) struct Questions<'q> {
    asked: Vec<(&'q Finding, Vec<Target>)>,
    rules: &'q [&'static Rule],
}

impl<'q> Questions<'q> {
    /// Finds the cells of the questions on the forms; one about an entry for which the returned sheet
    /// had no cell shows in the form's own.
    pub(super) fn new(
        sent: &'q SentBack,
        marks: &Marks,
        forms: &[&Draft],
        rules: &'q [&'static Rule],
    ) -> Self {
        let numbers: BTreeMap<u32, usize> = numbers(&sent.handout);
        let asked = sent.findings.iter().map(|finding| {
            let mut cells = marks.cells_of(finding);
            let form = finding.item.and_then(|item| numbers.get(&item).copied());
            if let (true, Some(form)) = (cells.is_empty(), form) {
                let cell = forms.get(form).and_then(|draft| due(draft, finding.code));
                cells.push((form, cell.unwrap_or(CellRef::new(0, 0))));
            }
            (finding, cells)
        });
        Self {
            asked: asked.collect(),
            rules,
        }
    }

    /// Lays the list out.
    pub(super) fn draft(
        &self,
        name: &str,
        book: &Book,
        (sent, notice): (&SentBack, &Notice),
        names: &[&str],
        (identity, paper, styles): (&Identity, &Paper, &Styles),
    ) -> Draft {
        let widths = COLUMNS.map(|(_, share)| paper.width() * share / 100);
        let mut draft = Draft::new(name, widths.to_vec()).on_pages(paper.height());
        for band in top(book, sent, notice, styles) {
            draft.add(band, styles);
        }
        let heads = (0..).zip(COLUMNS);
        let heads = heads.map(|(at, (head, _))| Piece::new(at, 1, styles.label(), head, head));
        draft.add(Band::new(0, heads.collect()), styles);
        let mut number = 0;
        for (item, stands) in &sent.awaited {
            number += 1;
            let form = sent
                .handout
                .items
                .iter()
                .position(|one| one.number == *item);
            let target = form.map(|form| (form, CellRef::new(0, 0)));
            let said = format!("取組{item}の票は、{}。", stands.meaning());
            let texts = [
                "提出".to_owned(),
                said,
                "この様式に記入して提出してください。".to_owned(),
            ];
            draft.add(
                row(number, Some(*item), target, texts, names, styles),
                styles,
            );
        }
        for (finding, cells) in &self.asked {
            number += 1;
            let texts = [
                self.title(finding),
                excerpt_lines(&finding.message),
                self.remedy(finding, cells, sent),
            ];
            let target = cells.first().copied();
            draft.add(
                row(number, finding.item, target, texts, names, styles),
                styles,
            );
        }
        draft.frame(HEAD_ROWS as usize - 1);
        let texts = draft.cells.iter().map(|placed| clean(&placed.piece.text).0);
        let words: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        let small = Dress {
            faint: true,
            ..styles.plain(-25)
        };
        let id = identity.of(0).printed(&words.join("\n"));
        let columns = COLUMNS.len() as u16;
        draft.add(
            Band::new(0, vec![Piece::new(0, columns, small, "様式ID", id)]),
            styles,
        );
        draft
    }

    /// Puts a note on every cell that is asked about.
    pub(super) fn annotate(
        &self,
        workbook: &mut Workbook,
        sent: &SentBack,
        names: &[&str],
        styles: &Styles,
    ) -> Result<(), WriteError> {
        let mut notes: BTreeMap<Target, Vec<String>> = BTreeMap::new();
        for (finding, cells) in &self.asked {
            let remedy = self.remedy(finding, cells, sent);
            let message = excerpt_lines(&finding.message);
            let words = format!("【{}】\n{message}\n→ {remedy}", self.title(finding));
            for cell in cells {
                notes.entry(*cell).or_default().push(words.clone());
            }
        }
        for ((form, cell), words) in notes {
            let Some(name) = names.get(form) else {
                continue;
            };
            let (words, _) = clean(&words.join("\n\n"));
            let text = signed_note(&words);
            let lines: usize = text
                .lines()
                .map(|line| line.chars().count().div_ceil(NOTE.1).max(1))
                .sum();
            let note = Note::new(text)
                .set_author(AUTHOR)
                .add_author_prefix(false)
                .set_width(NOTE.0)
                .set_height((lines as u32 + 1) * LINE)
                .set_font_name(styles.note_font())
                .set_font_family(style::GOTHIC)
                .set_font_size(9);
            let sheet = workbook.worksheet_from_name(name)?;
            sheet.insert_note(cell.row, column(cell), &note)?;
        }
        Ok(())
    }

    fn title(&self, finding: &Finding) -> String {
        let rule = self.rules.iter().find(|rule| rule.code == finding.code);
        match rule {
            Some(rule) => format!("{} {}", rule.code, rule.title),
            None => finding.code.to_owned(),
        }
    }

    /// What to do; where the plan's words stand in the form already, that is said instead.
    fn remedy(&self, finding: &Finding, cells: &[Target], sent: &SentBack) -> String {
        let is_of_plan = finding.code.starts_with('P');
        let item = sent.handout.items.iter();
        let mut item = item.filter(|item| Some(item.number) == finding.item);
        let restored = item.next().is_some_and(|item| {
            let places = item.sheet.fields().into_iter();
            let mut entries = places.filter(|field| item.open.contains(&field.name));
            let here = finding.place.as_ref();
            !entries.any(|field| field.place == here && here.is_some())
        });
        match is_of_plan && restored && !cells.is_empty() {
            true => "この様式では計画のとおりに戻してあります。計画を変える必要があるときは、記入せずに知らせてください。".to_owned(),
            false => excerpt_lines(&finding.remedy),
        }
    }
}

/// The forms by the numbers of their items.
pub(super) fn numbers(handout: &Handout) -> BTreeMap<u32, usize> {
    let items = handout.items.iter().enumerate();
    items.map(|(at, item)| (item.number, at)).collect()
}

/// The cell of a form in which an entry is due that a rule missed.
fn due(draft: &Draft, code: &str) -> Option<CellRef> {
    let is_due = |entry: FieldName| match (code, entry) {
        ("N01", FieldName::Plan { row: 0 })
        | ("N02", FieldName::FirstHalf { row: 0 })
        | ("N03", FieldName::SecondHalf { row: 0 })
        | ("N04", FieldName::Actual { .. })
        | ("N06", FieldName::Grade)
        | ("N07", FieldName::Comment)
        | ("N08", FieldName::Action) => true,
        (_, _) => false,
    };
    let mut cells = draft.cells.iter();
    let placed =
        cells.find(|placed| placed.piece.dress.open && placed.piece.entry.is_some_and(is_due))?;
    Some(placed.range.first)
}

fn top(book: &Book, sent: &SentBack, notice: &Notice, styles: &Styles) -> Vec<Band> {
    let columns = COLUMNS.len() as u16;
    let title = Dress {
        label: true,
        across: Across::Centre,
        down: Down::Centre,
        ..styles.plain(40)
    };
    let period = book.layout.period_words(book.period);
    let text = format!("{period} {} 確認事項", book.layout.document);
    let to = format!("{} 御中", sent.handout.department);
    let mut words =
        "下の一覧の取組番号やセルを押すと、その欄に移ります。色の付いた欄にメモがあります。欄に直接記入し直し、このブックを提出してください。".to_owned();
    if let Some(contact) = &notice.contact {
        words.push_str(&format!("問い合わせ先：{contact}"));
    }
    let line = |dress, text: String| Band::new(0, vec![Piece::new(0, columns, dress, NAME, text)]);
    vec![
        line(title, text),
        line(styles.plain(15), to),
        line(styles.plain(0), words),
    ]
}

fn row(
    number: usize,
    item: Option<u32>,
    target: Option<Target>,
    [rule, message, remedy]: [String; 3],
    names: &[&str],
    styles: &Styles,
) -> Band {
    let cell = target.map_or(String::new(), |(_, cell)| cell.to_string());
    let item = item.map_or(String::new(), |item| item.to_string());
    let (text, centred) = (styles.middle(), styles.centred());
    let piece =
        |at: u16, dress, text: String| Piece::new(at, 1, dress, COLUMNS[usize::from(at)].0, text);
    let to = |piece: Piece| match target.and_then(|(form, cell)| Some((names.get(form)?, cell))) {
        Some((name, cell)) => piece.to(name, cell),
        None => piece,
    };
    let marked = Dress {
        fill: Fill::Label,
        ..centred
    };
    let pieces = vec![
        piece(0, marked, number.to_string()),
        to(piece(1, centred, item)),
        to(piece(2, centred, cell)),
        piece(3, text, rule),
        piece(4, text, message),
        piece(5, text, remedy),
    ];
    Band::new(20, pieces)
}

/// As much of a text as there is room for, its line breaks kept.
fn excerpt_lines(text: &str) -> String {
    match text.chars().count() > LONGEST {
        true => excerpt(text, LONGEST),
        false => text.to_owned(),
    }
}
