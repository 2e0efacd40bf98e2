//! What holds whatever was done to a form's labels, rows and columns.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use torimatome::model::{CellRef, Field, ItemSheet};

use super::form::*;

/// The cells that hold the form's labels.
const LABELS: [&str; 25] = [
    "A1", "D1", "A2", "A3", "A4", "A5", "A6", "A7", "D7", "G7", "J7", "A10", "D10", "G10", "J10",
    "D11", "G11", "J11", "A16", "A17", "E17", "I17", "A20", "A22", "A22",
];
/// White space, and characters that show nothing.
const SPACES: [&str; 8] = [
    " ", "\u{3000}", "\n", "\u{A0}", "\u{200B}", "\u{FEFF}", "\u{2060}", "\t",
];

fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES");
    let asked = asked.and_then(|asked| asked.to_str()?.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(count))
}

fn text_at(cells: &Cells, at: &str) -> String {
    let first = range(at).first;
    let cell = cells.iter().find(|(range, _)| range.first == first);
    cell.unwrap().1.clone()
}

/// What was done to one label.
#[derive(Clone, Debug)]
enum Edit {
    Delete,
    /// One character becomes another, but no figure: that would be another year's head.
    Mistype(Index, char),
    /// One character is gone.
    Drop(Index),
    /// Two characters change places.
    Swap(Index),
    /// Words are added behind.
    Append(&'static str),
    /// Words are added before.
    Prepend(&'static str),
    /// It says something else.
    Replace(&'static str),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => Just(Edit::Delete),
        2 => (any::<Index>(), select(&['日', '口', '課', '目', '標', '実', '半', 'x'][..]))
            .prop_map(|(at, c)| Edit::Mistype(at, c)),
        1 => any::<Index>().prop_map(Edit::Drop),
        1 => any::<Index>().prop_map(Edit::Swap),
        1 => select(&["（記入してください）", "※必須", "：", "欄", "7", "（総務課）", "について"][..])
            .prop_map(Edit::Append),
        1 => select(&["※", "①", "【必須】", "1．", "令和の"][..]).prop_map(Edit::Prepend),
        1 => select(&["備考", "メモ", "今年度の取組", "担当", "様式"][..]).prop_map(Edit::Replace),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    match edit {
        Edit::Delete => chars.clear(),
        Edit::Mistype(at, c) => chars[at.index(text.chars().count())] = *c,
        Edit::Drop(at) => {
            chars.remove(at.index(text.chars().count()));
        }
        Edit::Swap(at) => {
            let at = at.index(chars.len());
            let next = (at + 1).min(chars.len() - 1);
            chars.swap(at, next);
        }
        Edit::Append(words) => chars.extend(words.chars()),
        Edit::Prepend(words) => {
            chars = words.chars().chain(chars).collect();
        }
        Edit::Replace(words) => chars = words.chars().collect(),
    }
    chars.into_iter().collect()
}

/// Addresses of the form's cells, labels and entries.
const CELLS: [&str; 24] = [
    "A1", "C1", "D1", "A2", "C2", "C4", "A7", "D7", "A8", "D8", "A10", "G10", "A12", "G12", "G13",
    "A14", "D15", "A17", "A18", "E18", "I19", "A20", "D21", "A23",
];
/// Rectangles that are merged, cleared or torn apart.
const AREAS: [&str; 16] = [
    "A1:L1", "C2:F4", "A7:F8", "D8:D9", "A10:L15", "A12:C15", "G12:I13", "D12:L12", "G13:I14",
    "A17:L17", "A18:H18", "E18:L18", "E18:H19", "A18:L19", "A20:L23", "D21:L22",
];

fn damage() -> impl Strategy<Value = (u8, Index, u32, u32, &'static str)> {
    let words = [
        "",
        "四月に直します",
        "R5年度",
        "12人",
        "○ 概ね計画どおり",
        "取組番合",
        "実施内容",
        "※1 用語…説明",
        "—",
        "取組番号",
        "令和5年度の実施状況",
        "8人\n9人",
        "R3年度：5人",
    ];
    (
        0..7u8,
        any::<Index>(),
        1..24u32,
        1..3u32,
        select(words.to_vec()),
    )
}

/// Every entry with the field it was read as; entries of one row with the row's own name.
fn entries(item: &ItemSheet) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut take = |field: String, text: &str| {
        if !text.is_empty() {
            found.insert((field, text.to_owned()));
        }
    };
    take("番号".to_owned(), item.number.text());
    take("重点項目".to_owned(), item.priority.text());
    take("取組項目".to_owned(), item.title.text());
    take("主管課".to_owned(), item.departments.text());
    take("実施内容".to_owned(), item.content.text());
    take("効果".to_owned(), item.effects.text());
    for activity in &item.schedule {
        let name = activity.name.text();
        take("実施項目".to_owned(), name);
        for phase in &activity.phases {
            take(format!("{name} {}", phase.from), phase.text.text());
        }
    }
    for note in &item.schedule_notes {
        take("計画の注".to_owned(), note.text());
    }
    for kpi in &item.kpis {
        let name = kpi.name.text();
        take("数値目標".to_owned(), name);
        take(format!("{name} 基準値"), kpi.baseline.text());
        for values in &kpi.years {
            let actual = values.actual.as_ref().map_or("", Field::text);
            let target = values.target.as_ref().map_or("", Field::text);
            take(format!("{name} {} 実績", values.year), actual);
            take(format!("{name} {} 目標", values.year), target);
        }
        for note in &kpi.notes {
            take(format!("{name} の注"), note.text());
        }
    }
    for row in &item.status {
        take("Plan".to_owned(), row.plan.text());
        take(format!("{} 上半期", row.plan.text()), row.first_half.text());
        take(
            format!("{} 下半期", row.plan.text()),
            row.second_half.text(),
        );
    }
    take("評価".to_owned(), item.grade.text());
    take("コメント".to_owned(), item.comment.text());
    take("改善".to_owned(), item.action.text());
    for note in &item.footnotes {
        take("脚注".to_owned(), note.cell.text());
    }
    found
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn spaces_within_labels_change_nothing(
        spaces in prop::collection::vec((select(&LABELS[..]), any::<Index>(), select(&SPACES[..])), 1..8)
    ) {
        let healthy = form(&[]);
        let mut texts: Vec<(&str, String)> = Vec::new();
        for (at, place, space) in spaces {
            if texts.iter().any(|(known, _)| *known == at) {
                continue;
            }
            let mut chars: Vec<char> = text_at(&healthy, at).chars().collect();
            let place = place.index(chars.len() + 1);
            chars.splice(place..place, space.chars());
            texts.push((at, chars.into_iter().collect()));
        }
        let done: Vec<Do<'_>> = texts.iter().map(|(at, text)| Say(at, text)).collect();
        let items = items(&form(&done));
        prop_assert_eq!(differences(&items[0]), Vec::<String>::new(), "{:?}", done);
    }

    #[test]
    fn blank_rows_and_other_columns_change_nothing(
        rows in prop::collection::vec((1..24u32, 1..4u32), 0..5),
        columns in 0..30u32,
        down in 0..30u32,
    ) {
        let done: Vec<Do<'_>> = rows.iter().map(|(above, count)| Insert(*above, *count)).collect();
        let cells = shifted(&form(&done), down, columns);
        let items = items(&cells);
        prop_assert_eq!(items.len(), 1);
        prop_assert_eq!(differences(&items[0]), Vec::<String>::new(), "{:?}", done);
    }

    #[test]
    fn an_edited_label_never_moves_an_entry_into_another_field(
        edits in prop::collection::vec((select(&LABELS[..]), edit()), 0..6),
        unmerged in prop_oneof![3 => Just(None), 1 => select(&["A1:L24", "A1:B5", "A6:L9", "A10:L15", "A16:L19", "A20:L23"][..]).prop_map(Some)],
        cut in prop_oneof![2 => Just(None), 1 => (2..24u32).prop_map(Some)],
    ) {
        let healthy = form(&[]);
        let mut texts: Vec<(&str, String)> = Vec::new();
        for (at, edit) in &edits {
            if !texts.iter().any(|(known, _)| known == at) {
                texts.push((at, edited(&text_at(&healthy, at), edit)));
            }
        }
        let mut done: Vec<Do<'_>> = texts.iter().map(|(at, text)| Say(at, text)).collect();
        done.extend(unmerged.map(Unmerge));
        done.extend(cut.map(|row| Cut(row, 1)));
        let cells = form(&done);
        let items = items(&cells);
        prop_assert_eq!(items.len(), 1, "{:?}", done);
        let whole = entries(&super::form::items(&healthy)[0]);
        let found = entries(&items[0]);
        // An edited label that was not known is left over like any other cell.
        let labels: Vec<&String> = texts.iter().map(|(_, text)| text).collect();
        for (field, text) in &found {
            let moved = !whole.contains(&(field.clone(), text.clone()));
            // A row without its Plan or a value without its name is in its own column all the same.
            let column = |field: &str| field.rsplit(' ').next().unwrap_or("").to_owned();
            let same_column = whole
                .iter()
                .any(|(known, entry)| entry == text && column(known) == column(field));
            let unnamed = field.starts_with(' ') && same_column;
            prop_assert!(!moved || unnamed, "{field}: {text}\n{done:?}\n{:#?}", lines(&items[0]));
            prop_assert!(!labels.contains(&text), "a label is {field}: {text}\n{done:?}");
        }
        // Nothing is dropped: what was an entry is one, or is left over, or its row was cut.
        let texts: Vec<&String> = cells.iter().map(|(_, text)| text).collect();
        let is_there = |text: &String| texts.iter().any(|cell| cell.contains(text.as_str()));
        let whole = whole.into_iter().filter(|(_, text)| is_there(text));
        let left: Vec<&str> = items[0].unplaced.iter().map(Field::text).collect();
        for (field, text) in whole {
            let entry = found.iter().any(|(_, entry)| *entry == text);
            let in_name = left.iter().any(|cell| cell.contains(text.as_str()));
            prop_assert!(entry || in_name, "{field}: {text} was dropped\n{done:?}");
        }
    }

    #[test]
    fn whatever_is_done_to_a_form_no_word_is_dropped(done in prop::collection::vec(damage(), 1..8)) {
        let mut cells = form(&[]);
        for (what, at, row, count, words) in done {
            let area = AREAS[at.index(AREAS.len())];
            let cell = CELLS[at.index(CELLS.len())];
            let stands = |at: &str| cells.iter().any(|(known, _)| known.first == range(at).first);
            let one = match what {
                0 if stands(cell) => Say(cell, words),
                1 if stands(area.split(':').next().unwrap()) => {
                    Merge(area.split(':').next().unwrap(), area)
                }
                2 => Clear(area),
                3 => Cut(row, count),
                4 => Insert(row, count),
                5 => Unmerge(area),
                6 if !(row..=row + count).contains(&12) => Move(row, count, 12),
                _ => continue,
            };
            apply(&mut cells, &one);
        }
        // What a merge covers is no merge itself, and no sheet has two cells at one address.
        let places: BTreeSet<CellRef> = cells.iter().map(|(range, _)| range.first).collect();
        prop_assume!(places.len() == cells.len());
        let all = cells.clone();
        for (at, (range, _)) in cells.iter_mut().enumerate() {
            let covered = all.iter().enumerate().any(|(other, (area, _))| {
                other != at && area.contains(range.first) && area.first < range.first
            });
            if covered {
                *range = range.first.into();
            }
        }
        let items = items(&cells);
        if !items.is_empty() {
            conserved("random damage", &cells, &items);
        }
    }
}
