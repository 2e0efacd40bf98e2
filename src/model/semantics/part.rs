//! How the meaning of one part of a KPI is decided.

use rust_decimal::Decimal;

use super::{Counting, Decided, Direction, Evidence, Kind, KpiSetting, Meaning, Storey};
use crate::model::{Bound, FiscalYear, KpiValues, Measure, Qualifier, Quantity};

/// The marks of the KPI's parts: as the targets have them, else the baseline, else the actuals.
pub(super) fn marks<'a>(values: &KpiValues<'a>) -> Vec<&'a str> {
    let targets = values.targets().map(|(_, measure)| measure);
    let actuals = values.actuals().map(|(_, measure)| measure);
    let mut all = targets.chain(values.start()).chain(actuals);
    all.find(|measure| is_number(measure))
        .map_or_else(|| vec![""], Measure::marks)
}

fn is_number(measure: &Measure) -> bool {
    match measure {
        Measure::Quantity(_) | Measure::Compound(_) => true,
        Measure::AsNeeded | Measure::Milestone(_) | Measure::Nothing(_) => false,
    }
}

/// The numbers of one part.
pub(super) struct Part<'a> {
    mark: &'a str,
    targets: Vec<&'a Quantity>,
    actuals: Vec<&'a Quantity>,
    baseline: Option<&'a Quantity>,
}

impl<'a> Part<'a> {
    pub(super) fn of(values: &KpiValues<'a>, mark: &'a str) -> Self {
        let amount = |(_, measure): (FiscalYear, &'a Measure)| measure.amount(mark);
        Self {
            mark,
            targets: values.targets().filter_map(amount).collect(),
            actuals: values.actuals().filter_map(amount).collect(),
            baseline: values.start().and_then(|measure| measure.amount(mark)),
        }
    }

    pub(super) fn meaning(&self, values: &KpiValues<'a>, setting: Option<&KpiSetting>) -> Meaning {
        let kind = self.kind(values);
        let counting = match setting.and_then(|setting| setting.counting) {
            Some(counting) => decided(counting, Evidence::Setting),
            None => self.counting(kind),
        };
        let direction = match setting.and_then(|setting| setting.direction) {
            Some(direction) => decided(direction, Evidence::Setting),
            None => self.direction(kind, counting, values.name),
        };
        Meaning {
            kind,
            counting,
            direction,
        }
    }

    fn kind(&self, values: &KpiValues<'a>) -> Kind {
        let measures = || {
            let targets = values.targets().map(|(_, measure)| measure);
            targets.chain(values.actuals().map(|(_, measure)| measure))
        };
        let says = |wanted: fn(&Measure) -> bool| {
            measures().any(|measure| measure.part(self.mark).is_some_and(wanted))
        };
        let counted = self.baseline.is_some() || !self.actuals.is_empty();
        let no_target = || {
            let mut targets = values.targets();
            targets.all(|(_, measure)| {
                matches!(measure.part(self.mark), None | Some(Measure::Nothing(_)))
            })
        };
        if !self.targets.is_empty() || (counted && no_target()) {
            return if self.is_rate(values.name) {
                Kind::Rate
            } else {
                Kind::Number
            };
        }
        if says(|measure| *measure == Measure::AsNeeded) {
            return Kind::AsNeeded;
        }
        match says(|measure| matches!(measure, Measure::Milestone(_))) {
            true => Kind::Milestone,
            false => Kind::Unknown,
        }
    }

    fn all(&self) -> impl Iterator<Item = &'a Quantity> {
        let targets = self.targets.iter().chain(&self.actuals).copied();
        targets.chain(self.baseline)
    }

    fn is_rate(&self, name: &str) -> bool {
        let mut units = self.all().map(Quantity::unit_key);
        if self.all().all(|quantity| quantity.unit.is_empty()) {
            return name.contains("割合") || name.contains('率');
        }
        units.any(|unit| ["%", "‰", "割", "ポイント"].contains(&unit.as_str()))
    }

    /// Decided by the words of the targets, or of the actuals where there is no target; not where
    /// they disagree. What counts attendances (延べ) and grows from year to year may be a year's
    /// or everything since the start.
    fn counting(&self, kind: Kind) -> Option<Decided<Counting>> {
        let (storey, numbers) = match self.targets.is_empty() {
            true => (Storey::Actual, &self.actuals),
            false => (Storey::Target, &self.targets),
        };
        // A number whose unit was lost may have lost its words with it.
        let worded =
            |quantity: &&&Quantity| !quantity.unit.is_empty() || quantity.qualifier.is_some();
        let mut words = numbers
            .iter()
            .filter(worded)
            .map(|quantity| quantity.qualifier);
        let first = words.next().flatten();
        if words.any(|word| word != first) {
            return None;
        }
        match first {
            Some(word @ Qualifier::Cumulative) => {
                decided(Counting::Cumulative, Evidence::Qualifier(storey, word))
            }
            Some(Qualifier::Total) if Trend::of(numbers).rises => None,
            Some(word @ Qualifier::Total) => {
                decided(Counting::Yearly, Evidence::Qualifier(storey, word))
            }
            None if kind == Kind::Rate => decided(Counting::Yearly, Evidence::Rate),
            None => None,
        }
    }

    fn direction(
        &self,
        kind: Kind,
        counting: Option<Decided<Counting>>,
        name: &str,
    ) -> Option<Decided<Direction>> {
        let bounds = || self.targets.iter().filter_map(|target| target.bound);
        let least = bounds().find(|bound| matches!(bound, Bound::AtLeast | Bound::MoreThan));
        let most = bounds().find(|bound| matches!(bound, Bound::AtMost | Bound::LessThan));
        match (least, most) {
            (Some(_), Some(_)) => return None,
            (Some(bound), None) => return decided(Direction::More, Evidence::Bound(bound)),
            (None, Some(bound)) => return decided(Direction::Less, Evidence::Bound(bound)),
            (None, None) => {}
        }
        let first = self.targets.first()?;
        if !self.targets.iter().all(|target| target.counts_like(first)) {
            return None;
        }
        let doubt = Doubt::of(name);
        if counting.is_some_and(|counting| counting.value == Counting::Cumulative) {
            return match doubt {
                None | Some(Doubt::Reduced) => decided(Direction::More, Evidence::Cumulative),
                Some(Doubt::Cost | Doubt::Unwanted) => None,
            };
        }
        let trend = Trend::of(&self.targets);
        let may_grow = doubt != Some(Doubt::Cost);
        match (self.side(&trend, kind), trend.rises, trend.falls) {
            (Some(Side::Above), true, _) | (Some(Side::Above), _, false) if may_grow => {
                decided(Direction::More, Evidence::AboveBaseline)
            }
            (Some(Side::ClearlyBelow), false, _) => {
                decided(Direction::Less, Evidence::BelowBaseline)
            }
            (Some(Side::Around) | None, true, false) if may_grow => {
                decided(Direction::More, Evidence::Rising)
            }
            (Some(Side::Level) | None, false, false) if doubt.is_none() => {
                decided(Direction::More, Evidence::Usual)
            }
            (Some(_) | None, true | false, true | false) => None,
        }
    }

    /// Where the targets lie beside the baseline; `None` where the two do not count alike.
    ///
    /// Below is clear only at a tenth or more, and only where the targets fall further, are rates
    /// or end at zero: a lone number below may count anew beside a stock (連携協定: 12件, then 2件).
    fn side(&self, trend: &Trend, kind: Kind) -> Option<Side> {
        let (start, last) = (self.baseline?, self.targets.last()?);
        if !last.counts_like(start) {
            return None;
        }
        let above = self.targets.iter().any(|target| target.value > start.value);
        let below = self.targets.iter().any(|target| target.value < start.value);
        let clear = start.value.checked_mul(Decimal::new(9, 1))? >= last.value
            && (trend.falls || kind == Kind::Rate || last.value.is_zero());
        Some(match (above, below) {
            (false, false) => Side::Level,
            (true, false) => Side::Above,
            (true, true) => Side::Around,
            (false, true) if clear => Side::ClearlyBelow,
            (false, true) => Side::Below,
        })
    }
}

fn decided<T>(value: T, by: Evidence) -> Option<Decided<T>> {
    Some(Decided { value, by })
}

/// Where the targets lie beside the baseline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// At it.
    Level,
    /// At it or above.
    Above,
    /// Some above, some below.
    Around,
    /// At it or below.
    Below,
    /// Below in a way that can only mean less.
    ClearlyBelow,
}

/// Whether numbers rise and fall from year to year.
struct Trend {
    rises: bool,
    falls: bool,
}

impl Trend {
    fn of(numbers: &[&Quantity]) -> Self {
        let pairs = || numbers.windows(2);
        Self {
            rises: pairs().any(|pair| pair[0].value < pair[1].value),
            falls: pairs().any(|pair| pair[0].value > pair[1].value),
        }
    }
}

/// Why a name forbids to presume that more is better.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// What is spent or owed: its targets may rise and still be limits.
    Cost,
    /// What nobody wants more of.
    Unwanted,
    /// What is reduced: the number is what was saved, or what is left.
    Reduced,
}

const REDUCED: [&str; 9] = [
    "削減", "縮減", "減少", "抑制", "低減", "短縮", "解消", "節減", "節約",
];
const COSTS: [&str; 13] = [
    "経費",
    "費用",
    "人件費",
    "給付費",
    "医療費",
    "維持費",
    "光熱",
    "コスト",
    "支出",
    "歳出",
    "負担",
    "残高",
    "債",
];
const UNWANTED: [&str; 34] = [
    "苦情",
    "事故",
    "火災",
    "犯罪",
    "被害",
    "違反",
    "滞納",
    "未収",
    "未納",
    "欠損",
    "待機",
    "待ち",
    "残業",
    "時間外",
    "超過勤務",
    "赤字",
    "不足",
    "不登校",
    "離職",
    "休職",
    "欠員",
    "誤り",
    "ミス",
    "漏れ",
    "遅延",
    "遅れ",
    "排出",
    "廃棄",
    "ごみ",
    "使用量",
    "消費量",
    "日数",
    "経常収支",
    "死亡",
];

impl Doubt {
    fn of(name: &str) -> Option<Self> {
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if says(&REDUCED) {
            return Some(Self::Reduced);
        }
        if says(&COSTS) {
            return Some(Self::Cost);
        }
        says(&UNWANTED).then_some(Self::Unwanted)
    }
}
