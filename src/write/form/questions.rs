//! 確認事項: what a department is asked, on the cells themselves and as a list that leads to them.

use rust_xlsxwriter::{Note, Workbook};

use std::collections::BTreeMap;

use crate::model::text::excerpt;
use crate::model::{Book, CellRef, Handout, Notice, Question, Rule, SentBack, signed_note};

use super::super::draft::{Band, Draft, Piece};
use super::super::marks::Marks;
use super::super::page::Paper;
use super::super::style::{Across, Down, Dress, Fill, Styles};
use super::super::text::{clean, column};
use super::super::{WriteError, style};
use super::asked::{Asked, Target, asked};
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

/// The questions beside the cells in which they show.
pub(super) struct Questions {
    asked: Vec<Asked>,
}

impl Questions {
    /// Finds the cells of the questions on the forms.
    pub(super) fn new(
        sent: &SentBack,
        marks: &Marks,
        forms: &[&Draft],
        rules: &[&'static Rule],
    ) -> Self {
        Self {
            asked: asked(sent, marks, forms, rules),
        }
    }

    /// The questions as they are told beside the workbook.
    pub(super) fn told(&self) -> Vec<Question> {
        let questions = self.asked.iter().map(|asked| &asked.question);
        questions.cloned().collect()
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
        for band in self.top(book, sent, notice, styles) {
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
        for Asked { question, cells } in &self.asked {
            number += 1;
            let texts = [
                question.rule.clone(),
                excerpt_lines(&question.message),
                excerpt_lines(&question.remedy),
            ];
            let target = cells.first().copied();
            draft.add(
                row(number, question.item, target, texts, names, styles),
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
        names: &[&str],
        styles: &Styles,
    ) -> Result<(), WriteError> {
        let mut notes: BTreeMap<Target, Vec<String>> = BTreeMap::new();
        for Asked { question, cells } in &self.asked {
            let remedy = excerpt_lines(&question.remedy);
            let message = excerpt_lines(&question.message);
            let words = format!("【{}】\n{message}\n→ {remedy}", question.rule);
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

    fn top(&self, book: &Book, sent: &SentBack, notice: &Notice, styles: &Styles) -> Vec<Band> {
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
        let mut words = "下の一覧の取組番号やセルを押すと、その欄に移ります。".to_owned();
        let mut asked = self.asked.iter();
        if asked.any(|one| one.question.shown.is_some()) {
            words
                .push_str("確認したい欄には色とメモを付けています。欄に直接記入し直してください。");
        }
        if !sent.awaited.is_empty() {
            words.push_str("提出を確認できていない票には、薄い黄色の欄に記入してください。");
        }
        words.push_str("記入が済みましたら、このブックを提出してください。");
        if let Some(contact) = &notice.contact {
            words.push_str(&format!("問い合わせ先：{contact}"));
        }
        let line =
            |dress, text: String| Band::new(0, vec![Piece::new(0, columns, dress, NAME, text)]);
        vec![
            line(title, text),
            line(styles.plain(15), to),
            line(styles.plain(0), words),
        ]
    }
}

/// The forms by the numbers of their items.
pub(super) fn numbers(handout: &Handout) -> BTreeMap<u32, usize> {
    let items = handout.items.iter().enumerate();
    items.map(|(at, item)| (item.number, at)).collect()
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
