//! Measures (数値目標の値): what a KPI cell can say.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::moment::day_number;
use super::text::fold;
use super::{FiscalYear, Words};

/// A KPI value that was understood; blank and unreadable are states of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// 数量: `(累計) 145件`, `2人以上`.
    Quantity(Quantity),
    /// 内訳: `①3校 ②4回`, compared part by part.
    Compound(Vec<Part>),
    /// 随時: as needed, no quantity, not missing.
    AsNeeded,
    /// 段階: `検討`, `方針決定`, `選定 6件`.
    Milestone(Milestone),
    /// — / 該当なし: an explicit none; entered, not blank, not zero.
    Nothing(Nothing),
}

/// How it is said that there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// A dash.
    Dash,
    /// 該当なし and its like, in words.
    Stated,
}

impl Measure {
    /// The quantity, alone or beside a milestone.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Quantity(quantity) => Some(quantity),
            Self::Milestone(milestone) => milestone.quantity.as_ref(),
            Self::Compound(_) | Self::AsNeeded | Self::Nothing(_) => None,
        }
    }

    /// The marks of its parts; one empty mark where it has none.
    pub fn marks(&self) -> Vec<&str> {
        match self {
            Self::Compound(parts) => parts.iter().map(|part| part.mark.as_str()).collect(),
            Self::Quantity(_) | Self::AsNeeded | Self::Milestone(_) | Self::Nothing(_) => vec![""],
        }
    }

    /// What a part says; under an empty mark, the whole of a value without parts.
    pub fn part(&self, mark: &str) -> Option<&Self> {
        match self {
            Self::Compound(parts) => {
                let part = parts.iter().find(|part| part.mark == mark)?;
                part.measure.as_ref()
            }
            Self::Quantity(_) | Self::AsNeeded | Self::Milestone(_) | Self::Nothing(_) => {
                mark.is_empty().then_some(self)
            }
        }
    }

    /// The number that a part is, or the whole under an empty mark; a stage is none, also with a
    /// number beside it.
    pub fn amount(&self, mark: &str) -> Option<&Quantity> {
        match self.part(mark)? {
            Self::Quantity(quantity) => Some(quantity),
            Self::Compound(_) | Self::AsNeeded | Self::Milestone(_) | Self::Nothing(_) => None,
        }
    }
}

/// 数量: an exact number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, scaled: `1.5億円` is 150000000.
    pub value: Decimal,
    /// The unit as typed, without scale: `件`, `時間/年`, `%`; empty where none was typed.
    pub unit: Words,
    /// 累計 or 延べ.
    pub qualifier: Option<Qualifier>,
    /// 以上, 未満, 約 …
    pub bound: Option<Bound>,
    /// Words before the number: `利用率` of `利用率12%`.
    pub label: Option<Words>,
}

/// A part of a compound: `①学校訪問2校`.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The mark, as a circled digit: `①`.
    pub mark: Words,
    /// What the part says; `None` where nothing follows the mark.
    pub measure: Option<Measure>,
}

/// 段階: a stage reached, possibly with a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// The words: `選定`.
    pub text: Words,
    /// A quantity beside the words: `6件`.
    pub quantity: Option<Quantity>,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// 累計: cumulative since the plan began.
    Cumulative,
    /// 延べ: total of attendances.
    Total,
}

impl Qualifier {
    /// The word: `累計`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Cumulative => "累計",
            Self::Total => "延べ",
        }
    }
}

/// How a number bounds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// 以上
    AtLeast,
    /// 以下, 以内
    AtMost,
    /// 未満
    LessThan,
    /// 超
    MoreThan,
    /// 約, 程度, 前後
    About,
}

impl Bound {
    /// The word: `以上`.
    pub fn label(self) -> &'static str {
        match self {
            Self::AtLeast => "以上",
            Self::AtMost => "以下",
            Self::LessThan => "未満",
            Self::MoreThan => "超",
            Self::About => "約",
        }
    }

    /// The name in JSON: `at_least`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
            Self::MoreThan => "more_than",
            Self::About => "about",
        }
    }
}

/// Units that the office uses for one another; each line is one unit.
const TWINS: [&[&str]; 6] = [
    &[
        "か所", "箇所", "ヶ所", "カ所", "ヵ所", "ケ所", "個所", "ヶ処", "ｹ所",
    ],
    &["人", "名"],
    &["件", "件数"],
    &["回", "回数"],
    &["%", "％", "パーセント"],
    &["時間/年", "時間／年", "時間/年間"],
];

/// The same, folded once.
static FOLDED_TWINS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let folded = |twins: &&[&str]| twins.iter().map(|twin| fold(twin)).collect();
    TWINS.iter().map(folded).collect()
});

impl Quantity {
    /// The unit with its spellings folded: か所・箇所 are one unit, 人・名 are one.
    pub fn unit_key(&self) -> String {
        let unit = fold(&self.unit);
        let mut twins = FOLDED_TWINS.iter();
        let twins = twins.find(|twins| twins.contains(&unit));
        let first = twins.and_then(|twins| twins.first()).cloned();
        first.unwrap_or(unit)
    }

    /// Tells whether another counts in the same unit; a unit that is absent may have been lost.
    pub fn same_unit(&self, other: &Self) -> bool {
        self.unit == other.unit
            || self.unit.is_empty()
            || other.unit.is_empty()
            || self.unit_key() == other.unit_key()
    }

    /// Tells whether another counts the same: in the same unit, and 累計, 延べ or neither.
    pub fn counts_like(&self, other: &Self) -> bool {
        self.same_unit(other) && self.qualifier == other.qualifier
    }
}

/// A number with a comma before every three digits: `1,257.5`, `▲5`.
pub fn grouped(number: Decimal) -> String {
    let text = number.abs().normalize().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut shown = String::from(if number.is_sign_negative() && !number.is_zero() {
        "▲"
    } else {
        ""
    });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

/// 時点: what a baseline refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// `R3年度`
    Year(FiscalYear),
    /// `R4.3.31`: Western year, month, day; the day is absent in `R4.3`.
    Date(u16, u8, Option<u8>),
}

impl AsOf {
    /// The fiscal year it lies in.
    pub fn fiscal_year(self) -> FiscalYear {
        match self {
            Self::Year(year) => year,
            Self::Date(year, month, _) if month < 4 => FiscalYear(year - 1),
            Self::Date(year, _, _) => FiscalYear(year),
        }
    }

    /// The day, where it names one that the calendar has: the days since 1 January 1970.
    pub fn day(self) -> Option<i32> {
        match self {
            Self::Date(year, month, Some(day)) => day_number(year, month, day),
            Self::Date(_, _, None) | Self::Year(_) => None,
        }
    }
}

impl std::fmt::Display for AsOf {
    /// Writes the year of a date by its era: 31 March 2019 is `H31.3.31`, though its fiscal year
    /// of the same Western number is R1.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Date(2019, month @ ..=4, Some(day)) => write!(f, "H31.{month}.{day}"),
            Self::Date(2019, month @ ..=4, None) => write!(f, "H31.{month}"),
            Self::Date(year, month, Some(day)) => write!(f, "{}.{month}.{day}", FiscalYear(*year)),
            Self::Date(year, month, None) => write!(f, "{}.{month}", FiscalYear(*year)),
        }
    }
}

/// 基準値: where a KPI started.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// The date or year it was taken.
    pub as_of: Option<AsOf>,
    /// The value.
    pub measure: Measure,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_the_office_writes_them() {
        for (number, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("145", "145"),
            ("1116.0", "1,116"),
            ("-1234567.50", "▲1,234,567.5"),
            ("0.05", "0.05"),
        ] {
            assert_eq!(grouped(number.parse().unwrap()), shown);
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for (as_of, day) in [
            (AsOf::Date(1970, 1, Some(1)), Some(0)),
            (AsOf::Date(1969, 12, Some(31)), Some(-1)),
            (AsOf::Date(2022, 3, Some(31)), Some(19_082)),
            (AsOf::Date(2024, 2, Some(29)), Some(19_782)),
            (AsOf::Date(2023, 2, Some(29)), None),
            (AsOf::Date(2022, 13, Some(1)), None),
            (AsOf::Date(2022, 3, None), None),
            (AsOf::Year(FiscalYear(2022)), None),
        ] {
            assert_eq!(as_of.day(), day, "{as_of}");
        }
    }

    #[test]
    fn dates_are_written_in_their_own_era() {
        for (as_of, text) in [
            (AsOf::Year(FiscalYear(2019)), "R1"),
            (AsOf::Date(2022, 3, Some(31)), "R4.3.31"),
            (AsOf::Date(2019, 4, Some(30)), "H31.4.30"),
            (AsOf::Date(2019, 3, None), "H31.3"),
            (AsOf::Date(2019, 5, Some(1)), "R1.5.1"),
        ] {
            assert_eq!(as_of.to_string(), text);
        }
    }
}
