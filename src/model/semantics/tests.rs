use super::*;
use crate::model::{Baseline, Field, FiscalYear, Kpi, KpiYear, Measure, Text};
use crate::parse;

/// A cell of a table in a test: `⏎` stands for a line break.
pub(in crate::model) fn typed(cell: &str) -> String {
    cell.trim().replace('⏎', "\n")
}

/// A KPI of R4 to R6: name, baseline, and actual and target of each year, as typed; empty is blank.
pub(in crate::model) fn kpi(name: &str, baseline: &str, years: [[&str; 2]; 3]) -> Kpi {
    fn field<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Field<T> {
        match (text, read(text)) {
            ("", _) => Field::blank(None),
            (text, Some(value)) => Field::known(value, text, None),
            (text, None) => Field::unreadable(text, None),
        }
    }
    let value = |text| Some(field::<Measure>(text, parse::measure));
    let years = (2022..).map(FiscalYear).zip(years);
    Kpi {
        name: Text::from_raw(Some(name), None),
        baseline: field::<Baseline>(baseline, parse::baseline),
        years: years
            .map(|(year, [actual, target])| KpiYear {
                year,
                actual: value(actual),
                target: value(target),
            })
            .collect(),
        notes: Vec::new(),
    }
}

/// A KPI of which only the targets were entered.
fn planned(name: &str, baseline: &str, targets: [&str; 3]) -> Kpi {
    kpi(name, baseline, targets.map(|target| ["", target]))
}

fn semantics(kpi: &Kpi, setting: Option<&KpiSetting>) -> Semantics {
    let values = KpiValues::of(Some(kpi), Some(kpi), None, FiscalYear(2023));
    Semantics::of(&values, setting)
}

fn meaning(kpi: &Kpi) -> Meaning {
    *semantics(kpi, None).part("").unwrap()
}

/// Lines of name, baseline and targets with the direction and the evidence it was decided by.
fn all_go(table: &str) {
    for line in table.trim().lines() {
        let cells: Vec<String> = line.split('|').map(typed).collect();
        let [name, baseline, targets @ .., expected] = cells.as_slice() else {
            panic!("{line}");
        };
        let [first, second, third] = targets else {
            panic!("{line}");
        };
        let meaning = meaning(&planned(name, baseline, [first, second, third]));
        let found = meaning
            .direction
            .map_or("?".to_owned(), |decided| format!("{decided:?}"));
        let found = found.replace("Decided { value: ", "").replace(" }", "");
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
fn bounds_decide_the_direction_before_anything_else() {
    all_go(
        "
        不良率 | R3年度：3% | 5%以下 | 5%以下 | 4%以下 | Less, by: Bound(AtMost)
        処理期間 | | | | 30日以内 | Less, by: Bound(AtMost)
        遅延率 | | 20%未満 | | | Less, by: Bound(LessThan)
        交流人数 | R3年度：2人 | 3人 | 2人以上 | 2人以上 | More, by: Bound(AtLeast)
        経費率 | R3年度：90% | 80%以上 | | | More, by: Bound(AtLeast)
        稼働率 | | 50%以上 | 80%以下 | | ?",
    );
}

#[test]
fn what_is_cumulative_only_grows() {
    all_go(
        "
        導入件数 | R3年度：30件 | (累計)40件 | (累計)85件 | | More, by: Cumulative
        協定件数 | R4.3.31現在:12件 | (累計)2件 | (累計)7件 | (累計)12件 | More, by: Cumulative
        経費削減額 | | (累計)10千円 | | | More, by: Cumulative
        累計事故件数 | | (累計)5件 | (累計)10件 | | ?",
    );
}

#[test]
fn the_baseline_decides_the_direction_where_it_is_clear() {
    all_go(
        "
        窓口数 | R3年度：0か所 | — | 2か所 | | More, by: AboveBaseline
        受講者数 | R3年度：80人 | 80人 | 90人 | 85人 | More, by: AboveBaseline
        空き家の利活用件数 | R3年度：5件 | 8件 | 10件 | 12件 | More, by: AboveBaseline
        苦情 | R3年度：100件 | 90件 | 80件 | 60件 | Less, by: BelowBaseline
        事故件数 | R3年度：5件 | 0件 | 0件 | 0件 | Less, by: BelowBaseline
        不納欠損率 | R3年度：5.2% | 3.0% | 3.0% | 3.0% | Less, by: BelowBaseline",
    );
    // Less of it, or counted anew beside a stock; rising below, falling above; a planned decline by
    // a few percent of what should be kept up; what is spent may rise and still be a limit.
    all_go(
        "
        締結件数 | R3年度：12件 | 2件 | 2件 | 2件 | ?
        処理量 | R3年度：30日 | | | 20日 | ?
        利用件数 | R3年度：100件 | 60件 | 80件 | 90件 | ?
        利用件数 | R3年度：5件 | 20件 | 15件 | 10件 | ?
        会員数 | R3年度：1,000人 | 980人 | 960人 | 940人 | ?
        収納率 | R3年度：98.5% | 98% | 98% | 98% | ?
        介護給付費 | R3年度：100千円 | 102千円 | 104千円 | 106千円 | ?",
    );
}

#[test]
fn without_a_baseline_the_trend_decides_or_nothing_speaks_against_more() {
    all_go(
        "
        利用件数 | | 10件 | 20件 | 30件 | More, by: Rising
        利用件数 | R3年度：100件 | 80件 | 100件 | 120件 | More, by: Rising
        利用件数 | R3年度：未実施 | 10件 | 10件 | 30件 | More, by: Rising
        研修の回数 | | 10回 | 10回 | 10回 | More, by: Usual
        参加者数 | R3年度：延べ800人 | 延べ800人 | 延べ800人 | 延べ800人 | More, by: Usual
        相談会の回数 | R3年度：未実施 | | 3回 | | More, by: Usual
        利用件数 | | 30件 | 20件 | 10件 | ?
        利用件数 | | 10件 | 30件 | 20件 | ?
        苦情の件数 | | 5件 | 5件 | 5件 | ?
        残業時間の削減 | | | 100時間 | | ?
        利用件数 | | 10件 | 20人 | | ?
        利用件数 | | 10件 | (累計)20件 | | ?
        利用件数 | R3年度：5件 | | — | (随時) | ?",
    );
}

#[test]
fn counting_is_decided_by_the_words_at_the_numbers() {
    // Rising attendances may be a year's or everything since the start; then words that disagree,
    // no word at all, an actual that says nothing of its target.
    for (line, expected) in [
        (
            "145件 | (累計)85件 | | (累計)90件",
            "Cumulative, by: Qualifier(Target, Cumulative)",
        ),
        (
            "(累計)1件 | | (累計)2件 | —",
            "Cumulative, by: Qualifier(Actual, Cumulative)",
        ),
        (
            "選定⏎6件 | 検討 | (累計)6件 | (累計)6件",
            "Cumulative, by: Qualifier(Target, Cumulative)",
        ),
        (
            "(累計)67件 | (累計)85件 | 145 | 90",
            "Cumulative, by: Qualifier(Target, Cumulative)",
        ),
        (
            "729人 | 延べ800人 | | 延べ800人",
            "Yearly, by: Qualifier(Target, Total)",
        ),
        ("40.5% | 45% | | 50%", "Yearly, by: Rate"),
        (" | 延べ800人 | | 延べ1,600人", "?"),
        (" | (累計)85件 | | 90件", "?"),
        (" | 85件 | | 90件", "?"),
        ("(累計)145件 | 85件 | |", "?"),
    ] {
        let cells: Vec<String> = line.split('|').map(typed).collect();
        let years = [[&*cells[0], &*cells[1]], [&*cells[2], &*cells[3]], ["", ""]];
        let counting = meaning(&kpi("件数", "", years)).counting;
        let found = counting.map_or("?".to_owned(), |decided| format!("{decided:?}"));
        let found = found.replace("Decided { value: ", "").replace(" }", "");
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn kinds_are_told_by_the_targets_first() {
    for (name, this, last, expected) in [
        ("件数", ["(随時)", "20件"], "30件", Kind::Number),
        ("件数", ["選定\n6件", "検討"], "6件", Kind::Number),
        ("削減効果", ["1,257時間/年", ""], "", Kind::Number),
        ("受診率", ["", "50%"], "", Kind::Rate),
        ("女性の割合", ["", "0.3"], "", Kind::Rate),
        ("協定の締結", ["1件", "(随時)"], "(随時)", Kind::AsNeeded),
        (
            "仕様書の作成",
            ["情報収集", "情報収集"],
            "",
            Kind::Milestone,
        ),
        ("満足度", ["", "—"], "", Kind::Unknown),
    ] {
        let kpi = kpi(name, "", [["", ""], this, ["", last]]);
        assert_eq!(meaning(&kpi).kind, expected, "{name} {this:?}");
    }
}

#[test]
fn parts_have_a_meaning_each() {
    let targets = ["①3校 ②8件以下", "①4校 ②6件以下", ""];
    let semantics = semantics(&planned("訪問と苦情", "R3年度：①2校 ②10件", targets), None);
    let direction = |mark| semantics.part(mark).unwrap().direction.unwrap().value;
    assert_eq!(direction("①"), Direction::More);
    assert_eq!(direction("②"), Direction::Less);
    assert_eq!(semantics.part(""), None);
}

#[test]
fn the_office_decides_before_the_values() {
    let setting = KpiSetting {
        item: 1,
        name: "件数".to_owned(),
        counting: Some(Counting::Yearly),
        direction: Some(Direction::Less),
    };
    let kpi = planned("件数", "R3年度：1件", ["(累計)2件", "(累計)3件以上", ""]);
    let meaning = *semantics(&kpi, Some(&setting)).part("").unwrap();
    let by = Evidence::Setting;
    let (counting, direction) = (meaning.counting.unwrap(), meaning.direction.unwrap());
    assert_eq!((counting.value, counting.by), (Counting::Yearly, by));
    assert_eq!((direction.value, direction.by), (Direction::Less, by));
}

#[test]
fn every_piece_of_evidence_has_a_reason_in_words() {
    let cumulative = Evidence::Qualifier(Storey::Target, Qualifier::Cumulative);
    for (evidence, reason) in [
        (cumulative, "目標値に「累計」とあるため"),
        (
            Evidence::Bound(Bound::LessThan),
            "目標値に「未満」などとあるため",
        ),
        (
            Evidence::Bound(Bound::AtLeast),
            "目標値に「以上」などとあるため",
        ),
        (Evidence::AboveBaseline, "目標値が基準値を上回るため"),
    ] {
        assert_eq!(evidence.reason(), reason);
    }
}
