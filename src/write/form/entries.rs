//! What is said at an entry when its cell is entered, and what its drop-down offers.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle};

use crate::model::{
    Book, Field, FieldName, FiscalYear, GradeWord, HandoutItem, Kpi, Label, Layout, Measure,
};

use super::super::WriteError;
use super::super::text::clean;
use super::choices::Choices;
use super::sheet::target;

/// What is typed where there is nothing to report.
const NOTHING: &str = "該当なし";
/// Excel's limits for the title and the words of a message.
const LONGEST_TITLE: usize = 32;
const LONGEST: usize = 255;

/// The validation of an entry: it says what is expected and offers choices, and refuses nothing but
/// grades that are none, and these after asking.
pub(super) fn validation(
    book: &Book,
    item: &HandoutItem,
    entry: FieldName,
    choices: &mut Choices,
) -> Result<DataValidation, WriteError> {
    let layout = &book.layout;
    let validation = match entry {
        FieldName::Grade => grades(layout, 0, choices)?,
        FieldName::FurtherGrade { axis } => grades(layout, axis, choices)?,
        FieldName::Actual { kpi, year } => {
            let list = choices.list(values(item, kpi, year));
            DataValidation::new()
                .allow_list_formula(list)
                .show_error_message(false)
        }
        FieldName::Number
        | FieldName::Priority
        | FieldName::Title
        | FieldName::Departments
        | FieldName::Content
        | FieldName::Effects
        | FieldName::Activity { .. }
        | FieldName::Phase { .. }
        | FieldName::ScheduleNote { .. }
        | FieldName::KpiName { .. }
        | FieldName::Baseline { .. }
        | FieldName::Target { .. }
        | FieldName::KpiNote { .. }
        | FieldName::Plan { .. }
        | FieldName::FirstHalf { .. }
        | FieldName::SecondHalf { .. }
        | FieldName::Comment
        | FieldName::Action
        | FieldName::Footnote { .. } => DataValidation::new().allow_any_value(),
    };
    let (title, message) = words(book, item, entry);
    let title = cut(&title, LONGEST_TITLE);
    Ok(validation
        .set_input_title(title)?
        .set_input_message(cut(&message, LONGEST))?)
}

fn grades(
    layout: &Layout,
    axis: usize,
    choices: &mut Choices,
) -> Result<DataValidation, WriteError> {
    let words = layout.words(axis).iter().map(GradeWord::written);
    let mut offered: Vec<String> = words.collect();
    offered.extend(layout.cancelled.first().cloned());
    let list = choices.list(offered);
    let asked = "一覧にない評価区分です。このまま記入しますか。";
    Ok(DataValidation::new()
        .allow_list_formula(list)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("評価区分")?
        .set_error_message(asked)?)
}

/// What a value can be beside a number: nothing, and the stage or the 随時 that is aimed at.
fn values(item: &HandoutItem, kpi: usize, year: FiscalYear) -> Vec<String> {
    let mut offered = vec![NOTHING.to_owned()];
    let target = target(&item.sheet, kpi, year);
    let measure = target.and_then(Field::get);
    match (target, measure) {
        (Some(target), Some(Measure::AsNeeded | Measure::Milestone(_))) => {
            offered.insert(0, one_line(target.text()));
        }
        (Some(_), Some(Measure::Quantity(_) | Measure::Compound(_) | Measure::Nothing(_)))
        | (Some(_) | None, None)
        | (None, Some(_)) => {}
    }
    offered
}

/// The title and the words of the message.
fn words(book: &Book, item: &HandoutItem, entry: FieldName) -> (String, String) {
    let layout = &book.layout;
    let labels = &layout.labels;
    let plain = |label: &Label| one_word(label.plain());
    let when = match (layout.has_halves(), entry) {
        (true, FieldName::FirstHalf { .. }) => "4月から9月までに",
        (true, _) => "10月から3月までに",
        (false, _) => "今年度に",
    };
    let done = format!(
        "{when}行ったことを、件数や時期を入れて具体的に記入してください。なかったときは「{NOTHING}」と記入してください。改行はAlt＋Enterです。"
    );
    match entry {
        FieldName::Actual { kpi, year } => {
            let message = notation(item, kpi, year);
            (labels.actual_of(year), message)
        }
        FieldName::Plan { .. } => (
            plain(&labels.plan),
            "今年度に行うことを、活動ごとに一行ずつ記入してください。行が余るときは空欄のままにしてください。".to_owned(),
        ),
        FieldName::FirstHalf { .. } => (plain(&labels.first_half), done),
        FieldName::SecondHalf { .. } => (plain(&labels.second_half), done),
        FieldName::Grade => (layout.grade_name(0), graded(layout)),
        FieldName::FurtherGrade { axis } => (layout.grade_name(axis), graded(layout)),
        FieldName::Comment => (
            plain(&labels.check),
            "評価の理由を、数値目標の結果に触れて記入してください。".to_owned(),
        ),
        FieldName::Action => (
            plain(&labels.action),
            format!(
                "改善したいことと、来年度の進め方を記入してください。なければ「{NOTHING}」と記入してください。"
            ),
        ),
        FieldName::Footnote { .. } => (
            "脚注".to_owned(),
            "用語の説明が要るときだけ、「※1 RPA…事務を自動で行うしくみ」のように番号から書き始めてください。本文の用語にも「(※1)」を付けてください。".to_owned(),
        ),
        FieldName::ScheduleNote { .. } | FieldName::KpiNote { .. } => (
            "注記".to_owned(),
            "前回の注記です。今回に合わせて直し、不要であれば消してください。".to_owned(),
        ),
        FieldName::Number
        | FieldName::Priority
        | FieldName::Title
        | FieldName::Departments
        | FieldName::Content
        | FieldName::Effects
        | FieldName::Activity { .. }
        | FieldName::Phase { .. }
        | FieldName::KpiName { .. }
        | FieldName::Baseline { .. }
        | FieldName::Target { .. } => (String::new(), String::new()),
    }
}

fn graded(layout: &Layout) -> String {
    let cancelled = layout.cancelled.first().map_or("", String::as_str);
    format!(
        "一覧から選んでください。取組を中止したときは「{cancelled}」を選び、理由を評価の文に記入してください。ほかの欄で報告することがなければ「{NOTHING}」と記入してください。"
    )
}

/// How a value is written: as its target, or as the year before.
fn notation(item: &HandoutItem, kpi: usize, year: FiscalYear) -> String {
    let target = target(&item.sheet, kpi, year).map(|target| one_line(target.text()));
    let before = item.sheet.kpis.get(kpi).and_then(|kpi| before(kpi, year));
    let mut lines = vec![match (&target, &before) {
        (Some(target), _) => {
            format!("単位まで、目標値と同じ書き方で記入してください。\n例：{target}")
        }
        (None, Some(before)) => {
            format!("単位まで、前年度と同じ書き方で記入してください。\n例：{before}")
        }
        (None, None) => "数字と単位を記入してください。\n例：(累計) 145件、12.5%".to_owned(),
    }];
    if let (Some(_), Some(before)) = (&target, &before) {
        lines.push(format!("前年度：{before}"));
    }
    lines.push(format!(
        "実績がなければ「0」と単位を、対象がなければ「{NOTHING}」を記入してください。"
    ));
    lines.join("\n")
}

/// The actual of the year before.
fn before(kpi: &Kpi, year: FiscalYear) -> Option<String> {
    let before = FiscalYear(year.0.checked_sub(1)?);
    let actual = kpi.year(before)?.actual.as_ref()?;
    (!actual.is_blank()).then(|| one_line(actual.text()))
}

fn one_line(text: &str) -> String {
    let (text, _) = clean(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_word(text: &str) -> String {
    text.split_whitespace().collect()
}

/// As much of a text as Excel lets a message hold, counted in UTF-16 units.
fn cut(text: &str, longest: usize) -> String {
    if text.encode_utf16().count() <= longest {
        return text.to_owned();
    }
    let mut left = longest - 1;
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    });
    kept.chain(['…']).collect()
}
