//! 記入要領: what is to be filled in, how it is written, until when and to whom it is returned.

use std::collections::BTreeSet;

use crate::model::{FieldName, FiscalYear, HandoutItem, Label, Layout, Level, Rule, When};

use super::super::draft::{Band, Draft, Piece};
use super::super::page::Paper;
use super::super::style::{Across, Down, Dress, Fill, Styles};
use super::super::text::clean;
use super::Issue;
use super::identity::Identity;

/// The sheet's name, unless the layout calls its instructions otherwise.
const NAME: &str = "記入要領";
/// Shares of the page's width.
const SHARES: [u32; 3] = [27, 45, 28];
const COLUMNS: u16 = 3;
/// The blank row between sections, in pixels.
const GAP: u32 = 8;
/// What a page break costs before a section, between its rows, and below its heading.
const BEFORE: u32 = 5;
const WITHIN: u32 = 30;
/// What the sheet is called: by the layout's first word for instructions.
pub(super) fn name(layout: &Layout) -> &str {
    let words = &layout.sheets.instructions;
    let known = words.iter().any(|word| NAME.contains(word.as_str()));
    match words.first() {
        Some(first) if !known => first,
        Some(_) | None => NAME,
    }
}

/// Lays the sheet out.
pub(super) fn draft(
    issue: Issue<'_>,
    name: &str,
    items: &[(&HandoutItem, String)],
    identity: &Identity,
    paper: &Paper,
    styles: &Styles,
) -> Draft {
    let guide = Guide { issue, styles };
    let widths = SHARES.map(|share| paper.width() * share / 100);
    let mut draft = Draft::new(name, widths.to_vec()).on_pages(paper.height());
    draft.add(guide.title(), styles);
    let sections = [
        guide.addressed(),
        guide.list_of_items(items),
        guide.what_is_due(),
        guide.how_it_is_written(),
        guide.what_is_checked(),
    ];
    for (heading, bands) in sections.into_iter().filter(|(_, bands)| !bands.is_empty()) {
        draft.add(Band::blank(BEFORE, GAP), styles);
        let first = draft.rows.len();
        if !heading.is_empty() {
            draft.add(guide.heading(heading), styles);
        }
        for band in bands {
            draft.add(band, styles);
        }
        draft.frame(first);
    }
    let texts = draft.cells.iter().map(|placed| clean(&placed.piece.text).0);
    let words: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    let id = identity.of(0).printed(&words.join("\n"));
    let small = Dress {
        faint: true,
        ..styles.plain(-25)
    };
    draft.add(Band::blank(WITHIN, GAP), styles);
    let piece = Piece::new(0, COLUMNS, small, "様式ID", id);
    draft.add(Band::new(WITHIN, vec![piece]), styles);
    draft
}

struct Guide<'g> {
    issue: Issue<'g>,
    styles: &'g Styles,
}

/// A section: its heading, and its rows.
type Section = (&'static str, Vec<Band>);

impl Guide<'_> {
    fn title(&self) -> Band {
        let book = self.issue.book;
        let dress = Dress {
            label: true,
            across: Across::Centre,
            down: Down::Centre,
            ..self.styles.plain(40)
        };
        let plan = book.cover.plan.as_deref().unwrap_or("");
        let period = book.layout.period_words(book.period);
        let text = format!("{plan}\n{period} {} 記入要領", book.layout.document);
        Band::new(0, vec![Piece::new(0, COLUMNS, dress, NAME, text.trim())])
    }

    fn addressed(&self) -> Section {
        let notice = self.issue.notice;
        let to = format!("{} 御中", self.issue.handout.department);
        let rows = [
            ("宛先", Some(&to)),
            ("提出期限", notice.deadline.as_ref()),
            ("提出先", notice.sender.as_ref()),
            ("問い合わせ先", notice.contact.as_ref()),
        ];
        let rows = rows.into_iter();
        let rows = rows.filter_map(|(label, text)| Some(self.row(label, text?)));
        ("", rows.collect())
    }

    fn list_of_items(&self, items: &[(&HandoutItem, String)]) -> Section {
        let labels = &self.issue.book.layout.labels;
        let heads = [
            plain(&labels.number),
            plain(&labels.title),
            "備考".to_owned(),
        ];
        let heads = (0..).zip(heads);
        let heads = heads.map(|(at, head)| Piece::new(at, 1, self.styles.label(), NAME, head));
        let mut bands = vec![Band::new(WITHIN, heads.collect())];
        for (item, sheet) in items {
            let note = match item.shared[..] {
                [] => String::new(),
                _ => format!(
                    "{}の共管です。内容を合わせ、どちらか一つの課から提出してください。",
                    item.shared.join("、")
                ),
            };
            let title = item.sheet.title.text();
            let number = Piece::new(0, 1, self.styles.centred(), NAME, item.number.to_string());
            let number = number.to(sheet, crate::model::CellRef::new(0, 0));
            let pieces = vec![
                number,
                Piece::new(1, 1, self.styles.middle(), NAME, title),
                Piece::new(2, 1, self.styles.middle(), NAME, note),
            ];
            bands.push(Band::new(WITHIN, pieces));
        }
        ("1 記入する票（取組ごとに1シート）", bands)
    }

    fn what_is_due(&self) -> Section {
        let layout = &self.issue.book.layout;
        let labels = &layout.labels;
        let items = &self.issue.handout.items;
        let any = |is| self.is_open(is);
        let open = items.iter().flat_map(|item| &item.open);
        let years = open.filter_map(|name| {
            let FieldName::Actual { kpi: _, year } = name else {
                return None;
            };
            Some(*year)
        });
        let years: BTreeSet<FiscalYear> = years.collect();
        let actuals: Vec<String> = years.iter().map(|year| labels.actual_of(*year)).collect();
        let mut rows = Vec::new();
        let mut due = |is_due: bool, label: String, text: &str| {
            rows.extend(is_due.then(|| self.row(&label, text)));
        };
        due(
            any(|name| matches!(name, FieldName::Plan { .. })),
            plain(&labels.plan),
            "今年度に行うことを、活動ごとに一行ずつ記入します。",
        );
        due(
            any(|name| matches!(name, FieldName::FirstHalf { .. })),
            plain(&labels.first_half),
            "4月から9月までに行ったことを、件数や時期を入れて具体的に記入します。",
        );
        let when = match layout.has_halves() {
            true => "10月から3月までに",
            false => "今年度に",
        };
        due(
            any(|name| matches!(name, FieldName::SecondHalf { .. })),
            plain(&labels.second_half),
            &format!("{when}行ったことを、件数や時期を入れて具体的に記入します。"),
        );
        due(
            !actuals.is_empty(),
            actuals.join("、"),
            "目標値と同じ書き方で、単位まで記入します。セルを選ぶと例が表示されます。",
        );
        let by_axis = (0..layout.axes.len().max(1)).map(|axis| self.graded(axis));
        due(
            any(|name| matches!(name, FieldName::Grade)),
            plain(&labels.check),
            &format!(
                "評価区分を一覧から選び、その理由を記入します。\n{}",
                by_axis.collect::<Vec<_>>().join("\n")
            ),
        );
        due(
            any(|name| matches!(name, FieldName::Action)),
            plain(&labels.action),
            "改善したいことと、来年度の進め方を記入します。",
        );
        ("2 記入する欄（薄い黄色の欄）", rows)
    }

    fn graded(&self, axis: usize) -> String {
        let layout = &self.issue.book.layout;
        let words = layout.words(axis).iter().map(|word| word.written());
        let words: Vec<String> = words.collect();
        format!("{}：{}", layout.grade_name(axis), words.join("／"))
    }

    /// Tells whether a field of some kind is to be filled in on any of the forms.
    fn is_open(&self, is: fn(&FieldName) -> bool) -> bool {
        let mut items = self.issue.handout.items.iter();
        items.any(|item| item.open.iter().any(is))
    }

    fn how_it_is_written(&self) -> Section {
        let layout = &self.issue.book.layout;
        let has_values = self.is_open(is_actual);
        let values = match has_values {
            true => "実績が0のときは「0件」のように記入してください。",
            false => "",
        };
        let action = plain(&layout.labels.action);
        let cancelled = layout.cancelled.first().filter(|_| self.is_open(is_grade));
        let rows = [
            Some((
                "空欄にしない",
                format!("報告することがない欄には「該当なし」と記入してください。空欄は記入もれとして確認します。{values}"),
            )),
            has_values.then(|| (
                "数値の書き方",
                "「(累計)」「延べ」「以上」などの言葉も、目標値のとおりに付けてください。数を定めない取組は「(随時)」と記入します。".to_owned(),
            )),
            cancelled.map(|cancelled| (
                "中止した取組",
                format!("評価区分に「{cancelled}」と記入し、理由を評価の文に記入してください。中止するまでの取組結果と実績値も記入し、報告することがない欄と「{action}」の欄には「該当なし」と記入してください。"),
            )),
            Some((
                "用語の説明",
                "本文の用語に「(※1)」を付け、票の最後の行に「※1 用語…説明」と記入してください。".to_owned(),
            )),
            Some((
                "変えないところ",
                "黄色でない欄は保護されています（パスワードはありません）。計画の内容に誤りがあるときは、直さずに問い合わせてください。行の高さは変えられます。行・列・シートの追加や削除、見出しの変更はしないでください。".to_owned(),
            )),
            Some((
                "欄外に書かない",
                "コメント、図形、票の外のセルに書いたものは集約されません。連絡は提出のメールに書いてください。".to_owned(),
            )),
        ];
        let rows = rows.into_iter().flatten();
        let rows = rows.map(|(label, text)| self.row(label, &text));
        ("3 書き方", rows.collect())
    }

    fn what_is_checked(&self) -> Section {
        let book = self.issue.book;
        let applies = |rule: &&&Rule| {
            let in_period = rule.when == When::Both || book.period.is_year_end();
            let is_open = judged(rule).is_some_and(|is| self.is_open(is));
            in_period && is_open && rule.level != Level::Info
        };
        let rules = self.issue.rules.iter().filter(applies);
        let rows = rules.map(|rule| {
            let label = format!("{} {}", rule.code, rule.title);
            self.row(&label, rule.remedy_in_short())
        });
        (
            "4 提出の前に確かめること（提出後に点検します）",
            rows.collect(),
        )
    }

    fn heading(&self, text: &str) -> Band {
        let dress = Dress {
            across: Across::Left,
            ..self.styles.heading()
        };
        Band::new(0, vec![Piece::new(0, COLUMNS, dress, NAME, text)])
    }

    fn row(&self, label: &str, text: &str) -> Band {
        let left = Dress {
            across: Across::Left,
            down: Down::Centre,
            fill: Fill::Label,
            ..self.styles.label()
        };
        let pieces = vec![
            Piece::new(0, 1, left, NAME, label),
            Piece::new(1, COLUMNS - 1, self.styles.middle(), NAME, text),
        ];
        Band::new(WITHIN, pieces)
    }
}

/// The fields by which a department follows a rule before it returns its forms; `None` for a rule of
/// what the form protects or the office sees to.
fn judged(rule: &Rule) -> Option<fn(&FieldName) -> bool> {
    let fields: fn(&FieldName) -> bool = match (rule.group(), rule.code) {
        // The targets are the plan's, and protected.
        (_, "N05" | "K09") => return None,
        (_, "N01") => |name| matches!(name, FieldName::Plan { .. }),
        (_, "N02") => |name| matches!(name, FieldName::FirstHalf { .. }),
        (_, "N03") => |name| matches!(name, FieldName::SecondHalf { .. }),
        (_, "N04") | ("K", _) => is_actual,
        (_, "N06") | ("H", _) => is_grade,
        (_, "N07") => |name| matches!(name, FieldName::Comment),
        (_, "N08") => |name| matches!(name, FieldName::Action),
        ("N", _) => |_| true,
        _ => return None,
    };
    Some(fields)
}

fn is_actual(name: &FieldName) -> bool {
    matches!(name, FieldName::Actual { .. })
}

fn is_grade(name: &FieldName) -> bool {
    matches!(name, FieldName::Grade)
}

fn plain(label: &Label) -> String {
    label.plain().split_whitespace().collect()
}
