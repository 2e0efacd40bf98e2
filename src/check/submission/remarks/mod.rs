//! What is said and drawn beside the cells, in the words of its rule.

use std::collections::BTreeMap;

use super::{at_place, every_return};
use crate::check::sidecar::{is_drawn, schedule_rows};
use crate::check::{finding, quote};
use crate::model::{Book, CellRange, CellRef, Finding, Level, Remark, RemarkKind, Rule, Sidecar};

/// How many places a message names.
const NAMED: usize = 8;

/// What is drawn over the 年次計画 of each item on the sheet; it is taken out of the rest.
pub(super) fn over_schedules(
    rule: &Rule,
    book: &Book,
    sidecar: &Sidecar,
    rest: &mut Vec<&Remark>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let here = every_return(book).filter(|(_, own)| own.sheet.source == sidecar.source);
    for (item, returned) in here {
        let Some(rows) = schedule_rows(&returned.sheet) else {
            continue;
        };
        let over: Vec<&Remark>;
        (over, *rest) = rest.iter().partition(|remark| {
            let (first, last) = (remark.range.first.row, remark.range.last.row);
            is_drawn(remark) && rows.contains(&first) && rows.contains(&last)
        });
        let Some(first) = over.first() else { continue };
        let arrows = over.iter().all(|one| one.kind == RemarkKind::Arrow);
        let what = if arrows { "矢印" } else { "矢印や図形" };
        let message = format!(
            "年次計画の上に{what}が{}個描かれています（{}）。",
            over.len(),
            places(&over)
        );
        let place = sidecar.place(first.range.first);
        let mut finding = finding(rule, item, Some(place), message);
        finding.cells = cells(&over);
        let all: Vec<String> = over
            .iter()
            .map(|one| format!("{} {}", one.range, one.text))
            .collect();
        finding.found = Some(all.join("\n"));
        finding.remedy =
            format!("{what}が表す時期と内容を、年次計画の各年度の欄に言葉で記入してください。");
        found.push(finding);
    }
    found
}

/// What says something, equal words once.
pub(super) fn in_words(
    rule: &Rule,
    book: &Book,
    sidecar: &Sidecar,
    says: &[&Remark],
) -> Vec<Finding> {
    let mut groups: BTreeMap<_, Vec<&Remark>> = BTreeMap::new();
    for remark in says {
        let key = (remark.kind, &remark.author, &remark.text);
        groups.entry(key).or_default().push(remark);
    }
    let told = groups.into_iter().map(|((kind, author, text), group)| {
        let on_a_cell = matches!(kind, RemarkKind::Note | RemarkKind::Comment);
        let author = author.as_ref().map(|author| format!("（{author}）"));
        let drawn = (!on_a_cell).then(|| format!("（{}）", ranges(&group)));
        let whose = author.or(drawn).unwrap_or_default();
        let unread = kind == RemarkKind::Unread;
        let message = match unread {
            true => text.clone(),
            false => format!("{}{whose}に記載があります：{}", name(kind), quote(text)),
        };
        let mut finding = at_place(book, rule, &sidecar.place(group[0].range.first), message);
        finding.cells = cells(&group);
        if unread {
            "Excelで開き、メモや図形が残っていることを確かめて保存し直してください。"
                .clone_into(&mut finding.remedy);
        } else {
            finding.found = Some(text.clone());
        }
        finding
    });
    told.collect()
}

/// What shows something and says nothing, once a sheet.
pub(super) fn without_words(
    rule: &Rule,
    book: &Book,
    sidecar: &Sidecar,
    silent: &[&Remark],
) -> Option<Finding> {
    let first = silent.first()?;
    let mut counts: BTreeMap<RemarkKind, usize> = BTreeMap::new();
    for remark in silent {
        *counts.entry(remark.kind).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(kind, count)| format!("{}が{count}個", name(kind)))
        .collect();
    let message = format!(
        "シートに{}あります（{}）。表している内容は読み取れず、集約版に載りません。",
        counts.join("、"),
        places(silent)
    );
    let mut finding = at_place(book, rule, &sidecar.place(first.range.first), message);
    finding.level = Level::Info;
    finding.cells = cells(silent);
    Some(finding)
}

fn name(kind: RemarkKind) -> &'static str {
    match kind {
        RemarkKind::Note => "セルのメモ",
        RemarkKind::Comment => "セルのコメント",
        RemarkKind::TextBox => "テキストボックス",
        RemarkKind::Shape => "図形",
        RemarkKind::Control => "ボタンやチェックボックス",
        RemarkKind::Arrow => "矢印",
        RemarkKind::Line => "線",
        RemarkKind::Picture => "画像",
        RemarkKind::Chart => "グラフ",
        RemarkKind::Unread => "読み取れない部分",
    }
}

/// The first places with what they say, and how many more there are: `D8:F8「検討」、G8:I8`.
fn places(remarks: &[&Remark]) -> String {
    let place = |remark: &&Remark| match remark.text.is_empty() {
        true => remark.range.to_string(),
        false => format!("{}{}", remark.range, quote(&remark.text)),
    };
    some(remarks.iter().map(place).collect())
}

fn ranges(remarks: &[&Remark]) -> String {
    let mut ranges: Vec<CellRange> = remarks.iter().map(|remark| remark.range).collect();
    ranges.dedup();
    some(ranges.iter().map(CellRange::to_string).collect())
}

fn some(mut told: Vec<String>) -> String {
    let more = told.len().saturating_sub(NAMED);
    told.truncate(NAMED);
    let told = told.join("、");
    match more {
        0 => told,
        more => format!("{told}、ほか{more}か所"),
    }
}

fn cells(remarks: &[&Remark]) -> Vec<CellRef> {
    remarks.iter().map(|remark| remark.range.first).collect()
}
