//! What returns of one item are together; the form is drawn in `form`.

mod form;

use super::*;
use crate::model::{Field, Text};
use form::Form;

fn together(returns: &[Return]) -> Together {
    let plan = Form::new("計画.xlsx").kpi(10, "受講者数", "").0;
    let order: Vec<usize> = (0..returns.len()).collect();
    join(&plan, returns, &order, |_, _| Choice::NoStamp)
}

/// The rows in which anything stands, each text with its file.
fn rows(together: &Together) -> Vec<String> {
    let told = |field: &Text| match (&field.raw, &field.place) {
        (Some(raw), Some(place)) => format!("{raw}@{}", place.source.file),
        (Some(raw), None) => raw.to_string(),
        (None, _) => String::new(),
    };
    let rows = together.sheet.status.iter();
    rows.map(|row| {
        [&row.plan, &row.first_half, &row.second_half]
            .map(told)
            .join("|")
    })
    .collect()
}

/// The contradictions: field, what was taken, what else was entered and by how many.
fn conflicts(together: &Together) -> Vec<String> {
    let conflicts = together.conflicts.iter();
    conflicts
        .map(|one| {
            let others = one.others.iter();
            let others: Vec<String> = others
                .map(|group| format!("{}×{}", group[0].raw, group.len()))
                .collect();
            format!("{:?} {} {}", one.field, one.taken.raw, others.join(" "))
        })
        .collect()
}

#[test]
fn two_departments_fill_their_rows_and_fields() {
    let soumu = Form::new("総務課")
        .status(22, ["採用", "済", ""])
        .comment("順調");
    let kikaku = Form::new("企画課")
        .status(21, ["計画", "済", "済"])
        .status(24, ["広報", "", "済"])
        .action("続ける");
    let joined = together(&[soumu.from(&["総務課"]), kikaku.from(&["企画課"])]);
    assert_eq!(
        rows(&joined),
        [
            "計画@企画課|済@企画課|済@企画課",
            "採用@総務課|済@総務課|",
            "広報@企画課||済@企画課"
        ]
    );
    let sheet = &joined.sheet;
    assert_eq!(
        (sheet.comment.text(), sheet.action.text()),
        ("順調", "続ける")
    );
    let action = sheet.action.place.as_ref().unwrap();
    assert_eq!(action.source.file, "企画課");
    assert_eq!(sheet.grade.place.as_ref().unwrap().source.file, "総務課");
    assert_eq!(conflicts(&joined), [""; 0]);
    assert_eq!(joined.blanked, []);
    assert!(joined.equal.is_empty());
}

#[test]
fn one_row_is_filled_cell_by_cell_and_contradicted_at_its_cell_alone() {
    let one = Form::new("a")
        .status(22, ["採用", "3人", ""])
        .comment("順調");
    let two = Form::new("b")
        .status(22, ["", "4人", "5人"])
        .comment("順　調");
    let joined = together(&[one.from(&["総務課"]), two.from(&["企画課"])]);
    assert_eq!(rows(&joined), ["採用@a|3人@a|5人@b"]);
    assert_eq!(conflicts(&joined), ["FirstHalf { row: 0 } 3人 4人×1"]);
}

#[test]
fn what_two_departments_began_in_one_row_is_two_rows() {
    let one = Form::new("a").status(22, ["職員の採用", "済", ""]);
    let two = Form::new("b").status(22, ["庁舎の照明", "", "済"]);
    let joined = together(&[one.from(&["総務課"]), two.from(&["企画課"])]);
    assert_eq!(rows(&joined), ["職員の採用@a|済@a|", "庁舎の照明@b||済@b"]);
    assert_eq!(conflicts(&joined), [""; 0]);
}

#[test]
fn what_one_department_wrote_anew_contradicts_and_is_not_mixed() {
    let new = Form::new("新").status(22, ["庁舎の照明", "", ""]);
    let old = Form::new("旧").status(22, ["職員の採用", "3人", ""]);
    let joined = together(&[new.from(&["総務課"]), old.from(&["総務課"])]);
    assert_eq!(rows(&joined), ["庁舎の照明@新||"]);
    assert_eq!(
        conflicts(&joined),
        [
            "Plan { row: 0 } 庁舎の照明 職員の採用×1",
            "FirstHalf { row: 0 }  3人×1"
        ]
    );
}

#[test]
fn a_filler_gives_way_to_another_departments_row_only() {
    for (hand, expected, told) in [("企画課", "広報@b|済@b|", 0), ("総務課", "—@a|済@b|", 1)]
    {
        let one = Form::new("a").status(22, ["—", "", ""]);
        let two = Form::new("b").status(22, ["広報", "済", ""]);
        let joined = together(&[one.from(&["総務課"]), two.from(&[hand])]);
        assert_eq!(rows(&joined), [expected]);
        assert_eq!(conflicts(&joined).len(), told, "{hand}");
    }
}

#[test]
fn rows_of_a_changed_form_are_told_by_their_plan() {
    let one = Form::new("a")
        .status(22, ["職員の採用", "済", ""])
        .status(23, ["—", "", ""])
        .status(24, ["庁舎の照明", "済", ""]);
    let two = Form::new("b")
        .below(2)
        .status(24, ["庁舎の照明", "", "替えた"])
        .status(25, ["—", "", ""])
        .status(26, ["広報紙の発行", "", "出した"])
        .status(27, ["職員の採用", "", "採った"]);
    let joined = together(&[one.from(&["総務課"]), two.from(&["企画課"])]);
    assert_eq!(
        rows(&joined),
        [
            "職員の採用@a|済@a|採った@b",
            "—@a||",
            "広報紙の発行@b||出した@b",
            "庁舎の照明@a|済@a|替えた@b",
        ]
    );
    assert_eq!(conflicts(&joined), [""; 0]);
}

#[test]
fn a_later_blank_may_be_a_deletion_unless_each_fills_a_part() {
    let both = ["総務課", "企画課"];
    for (new_hands, old_hands, new_adds, told) in [
        (&both[..1], &both[..1], false, true),
        (&both[..1], &both[..1], true, true),
        (&both[..1], &both[1..], false, false),
        (&both[..], &both[..], false, true),
        (&both[..], &both[..], true, false),
    ] {
        let new = Form::new("新").comment(if new_adds { "順調" } else { "" });
        let old = Form::new("旧")
            .action("続ける")
            .status(22, ["採用", "済", ""]);
        let joined = together(&[new.from(new_hands), old.from(old_hands)]);
        assert_eq!(joined.sheet.action.text(), "続ける");
        let fields: Vec<FieldName> = joined
            .blanked
            .iter()
            .flat_map(|one| one.fields.iter().map(|(name, _)| *name))
            .collect();
        let expected: &[FieldName] = match told {
            true => &[FieldName::Plan { row: 0 }, FieldName::Action],
            false => &[],
        };
        assert_eq!(fields, expected, "{new_hands:?} {old_hands:?} {new_adds}");
        // The other way round nothing was deleted: the later one fills what was blank.
        let new = Form::new("新").action("続ける");
        let old = Form::new("旧");
        let joined = together(&[new.from(new_hands), old.from(old_hands)]);
        assert_eq!(joined.blanked, []);
    }
}

#[test]
fn a_return_of_values_alone_blanks_nothing() {
    let values = Form(ItemSheet {
        title: Field::blank(None),
        grade: Field::blank(None),
        comment: Field::blank(None),
        action: Field::blank(None),
        ..Form::new("csv").0
    });
    let values = values.kpi(3, "受講者の数", "7件").from(&["総務課"]);
    let form = Form::new("票").kpi(10, "受講者数", "").comment("順調");
    for order in [false, true] {
        let mut returns = [values.clone(), Form(form.0.clone()).from(&["総務課"])];
        if order {
            returns.reverse();
        }
        let joined = together(&returns);
        let kpis = &joined.sheet.kpis;
        let actual = kpis[0].years[0].actual.as_ref().unwrap();
        assert_eq!((kpis.len(), actual.text()), (1, "7件"));
        assert_eq!(actual.place.as_ref().unwrap().source.file, "csv");
        assert_eq!(joined.sheet.comment.text(), "順調");
        assert_eq!(joined.blanked, []);
    }
}

#[test]
fn three_returns_tell_each_text_once_with_all_who_wrote_it() {
    let form =
        |file: &str, value: &str| Form::new(file).kpi(10, "受講者数", value).from(&["総務課"]);
    let joined = together(&[
        form("1", "５件"),
        form("2", "6件"),
        form("3", "5件"),
        form("4", "７件"),
        form("5", "6 件"),
    ]);
    let cell = "Actual { kpi: 0, year: FiscalYear(2023) }";
    assert_eq!(conflicts(&joined), [format!("{cell} ５件 6件×2 ７件×1")]);
    assert_eq!(joined.equal, [0, 2]);
}

#[test]
fn phases_cut_off_by_lost_merges_contradict_nothing() {
    let whole = || Form::new("a").phases(7, &[(2022, 2023, "検討"), (2024, 2024, "実施")]);
    let cut = Form::new("b").phases(7, &[(2022, 2022, "検討"), (2024, 2024, "実施")]);
    let joined = together(&[whole().from(&[]), cut.from(&[])]);
    assert_eq!(joined.sheet.schedule, whole().0.schedule);
    assert!(!joined.sheet.has_spans && joined.conflicts.is_empty());
    let other = Form::new("b").phases(7, &[(2022, 2022, "検討"), (2023, 2023, "廃止")]);
    let joined = together(&[whole().from(&[]), other.from(&[])]);
    assert_eq!(joined.sheet.schedule, whole().0.schedule);
    let cell = "Phase { row: 0, year: FiscalYear(2022) }";
    assert_eq!(conflicts(&joined), [format!("{cell} 検討 廃止×1")]);
}

#[test]
fn footnotes_are_joined_by_mark() {
    let one = Form::new("a").footnote(50, &[("※1", "RPA…自動化"), ("※2", "AI…人工知能")]);
    let two = Form::new("b")
        .footnote(50, &[("※1", "RPA…自動化")])
        .footnote(51, &[("※2", "AI…別の説明")])
        .footnote(52, &[("※3", "PPP…連携")]);
    let joined = together(&[one.from(&["総務課"]), two.from(&["企画課"])]);
    let marks: Vec<&str> = joined
        .sheet
        .footnotes
        .iter()
        .map(|note| note.mark.as_str())
        .collect();
    assert_eq!(marks, ["※1", "※2", "※3"]);
    let told = "Footnote { line: 1 } ※1 RPA…自動化\n※2 AI…人工知能 ※2 AI…別の説明×1";
    assert_eq!(conflicts(&joined), [told]);
}

#[test]
fn a_cell_of_another_return_leads_to_the_one_that_was_taken() {
    let one = Form::new("a").comment("順調").status(22, ["採用", "", ""]);
    let two = Form::new("b")
        .comment("順調")
        .status(22, ["採用", "済", ""]);
    let joined = together(&[one.from(&["総務課"]), two.from(&["企画課"])]);
    let told: Vec<String> = joined
        .twins
        .iter()
        .filter(|(from, _)| from.cell.row > 20)
        .map(|(from, to)| format!("{from} → {to}"))
        .collect();
    assert_eq!(
        told,
        [
            "b「取組1」!A23 → a「取組1」!A23",
            "a「取組1」!E23 → b「取組1」!E23",
            "b「取組1」!D41 → a「取組1」!D41",
        ]
    );
}
