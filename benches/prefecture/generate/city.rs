//! A city that does not exist: its plan, and what it reports from half-year to half-year.

use std::sync::Arc;

use torimatome::model::{
    Activity, CellRef, Cover, Departments, Field, FiscalYear, Half, ItemSheet, Kpi, KpiYear,
    Layout, Measure, Period, Phase, Source, StatusRow, Text,
};
use torimatome::parse;

const FIRST: u16 = 2022;
const LAST: u16 = 2024;

const AREAS: [&str; 8] = [
    "1 行政サービスの構築",
    "2 デジタル化の推進",
    "3 健全な財政運営",
    "4 公共施設の適正な管理",
    "5 人材の育成と働き方改革",
    "6 市民協働の推進",
    "7 公民連携の推進",
    "8 広域連携の推進",
];
const DEPARTMENTS: [&str; 8] = [
    "企画政策課",
    "総務課",
    "財政課",
    "市民生活課",
    "建設課",
    "農林課",
    "福祉課",
    "教育総務課",
];
const TITLES: [&str; 8] = [
    "窓口サービスの見直し",
    "行政手続のオンライン化",
    "未利用財産の活用",
    "施設の統合と長寿命化",
    "研修制度の充実",
    "地域づくりの支援",
    "包括連携協定の締結",
    "共同事務の拡大",
];
const SENTENCES: [&str; 8] = [
    "関係課と協議し、実施方法を検討しました。",
    "先進自治体を視察し、課題を整理しました。",
    "対象を広げ、利用の促進を図りました。",
    "職員研修を行い、手順書を改めました。",
    "利用者の意見を聞き、運用を見直しました。",
    "試行の結果を検証し、次年度の予算に反映しました。",
    "市民説明会を開き、理解を求めました。",
    "関係団体と協定を結び、取組を始めました。",
];

/// How the values of a kind of KPI go.
#[derive(Clone, Copy)]
enum Way {
    /// 累計
    Cumulative,
    /// A number of the year; the more, the better.
    More,
    /// A share.
    Rate,
    /// A number that is to fall.
    Less,
    /// A stage.
    Stage,
}

const KINDS: [(&str, &str, Way); 16] = [
    ("オンライン申請のできる手続の数", "件", Way::Cumulative),
    ("連携協定の締結数", "件", Way::Cumulative),
    ("統合した施設の数", "か所", Way::Cumulative),
    ("キャッシュレス決済の導入数", "か所", Way::Cumulative),
    ("研修の受講者数", "人", Way::More),
    ("市民説明会の参加者数", "人", Way::More),
    ("ふるさと納税の受入額", "千円", Way::More),
    ("職員提案の件数", "件", Way::More),
    ("コンビニ交付の利用率", "%", Way::Rate),
    ("市税の収納率", "%", Way::Rate),
    ("男性職員の育児休業取得率", "%", Way::Rate),
    ("時間外勤務の時間", "時間", Way::Less),
    ("窓口の待ち時間", "分", Way::Less),
    ("施設の維持管理費", "千円", Way::Less),
    ("指定管理者制度の導入", "", Way::Stage),
    ("公共施設の再編計画", "", Way::Stage),
];

/// A small generator of numbers: the same seed, the same city.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn prose(&mut self, most: u64) -> String {
        let count = 1 + self.below(most);
        (0..count).map(|_| self.one(&SENTENCES)).collect()
    }
}

/// A city by its number.
pub struct City {
    number: u32,
    items: u32,
}

impl City {
    pub fn new(number: u32) -> Self {
        let mut numbers = Numbers(u64::from(number));
        numbers.below(2);
        let items = 5 + numbers.below(16) as u32;
        Self { number, items }
    }

    pub fn name(&self) -> String {
        format!("見本{:04}市", self.number)
    }

    pub fn cover(&self, period: Period) -> Cover {
        Cover {
            city: Some(self.name()),
            plan: Some(format!("{}行政改革実施計画", self.name())),
            years: (FIRST..=LAST).map(FiscalYear).collect(),
            fiscal_year: Some(period.year),
            half: Some(period.half),
            issued: None,
            issuer: None,
        }
    }

    /// The item sheets of a half-year; what was said of earlier years stays the same.
    pub fn items(&self, period: Period, layout: &Layout) -> Vec<ItemSheet> {
        let items = 1..=self.items;
        items
            .map(|number| self.item(number, period, layout))
            .collect()
    }

    fn item(&self, number: u32, period: Period, layout: &Layout) -> ItemSheet {
        let seed = u64::from(self.number) * 1_000 + u64::from(number);
        // What the plan says comes first: it is the same in every half-year.
        let mut plan = Numbers(seed);
        plan.below(2);
        let source = Source {
            file: "集約版.xlsx".to_owned(),
            sheet: format!("取組{number}"),
        };
        let mut item = ItemSheet::blank(Arc::new(source), CellRef::new(0, 0));
        item.year = Field::known(period.year, period.year.to_string(), None);
        item.number = Field::known(number, number.to_string(), None);
        item.priority = text(plan.one(&AREAS));
        let title = plan.one(&TITLES);
        item.title = text(&format!("{title}（その{number}）"));
        let lead = plan.one(&DEPARTMENTS);
        item.departments = Field::known(
            Departments {
                lead: vec![lead.to_owned()],
                related: vec!["全課".to_owned()],
            },
            format!("{lead}(全課)"),
            None,
        );
        item.content = text(&plan.prose(3));
        item.effects = text(&plan.prose(2));
        item.schedule = schedule(&mut plan);
        item.has_spans = true;
        let count = 1 + plan.below(3);
        let first = plan.below(KINDS.len() as u64);
        let mut misses = 0;
        for at in 0..count {
            // Different kinds: a KPI is known by its name.
            let kind = KINDS[((first + at * 5) % KINDS.len() as u64) as usize];
            let (kpi, missed) = kpi(kind, &mut plan, period);
            item.kpis.push(kpi);
            misses += u64::from(missed);
        }
        let mut said = Numbers(seed ^ (u64::from(period.year.0) << 40));
        said.below(2);
        report(&mut item, &mut said, misses, period, layout);
        item
    }
}

fn text(text: &str) -> Text {
    Text::from_raw(Some(text), None)
}

fn schedule(plan: &mut Numbers) -> Vec<Activity> {
    let rows = 1 + plan.below(3);
    let activity = |number: u64| {
        let turn = FIRST + plan.below(2) as u16;
        let phase = |from, to, said: &str| Phase {
            from: FiscalYear(from),
            to: FiscalYear(to),
            text: text(said),
        };
        Activity {
            name: text(&format!("実施項目{number}")),
            phases: vec![phase(FIRST, turn, "検討"), phase(turn + 1, LAST, "実施")],
        }
    };
    (1..=rows).map(activity).collect()
}

/// A KPI with its values, and whether the target of the reporting year is missed.
fn kpi((name, unit, way): (&str, &str, Way), plan: &mut Numbers, period: Period) -> (Kpi, bool) {
    let start = match way {
        Way::Rate => 30 + plan.below(40),
        Way::Cumulative => 5 + plan.below(50),
        Way::More | Way::Less => 100 + plan.below(900),
        Way::Stage => 0,
    };
    let step = match way {
        Way::Less => 5 + plan.below(20),
        Way::Rate => 1 + plan.below(8),
        Way::Cumulative | Way::More => 2 + plan.below(30),
        Way::Stage => 0,
    };
    // One in eight has no target, or one that is no number.
    let aim = plan.below(24);
    let pace = plan.below(200);
    let mut years = Vec::new();
    let mut missed = false;
    for year in FIRST..=LAST {
        let gone = u64::from(year - FIRST + 1);
        let target = goal(way, start, step * gone);
        let reached = goal(way, start, step * gone * (40 + pace + plan.below(40)) / 150);
        let is_known =
            year < period.year.0 || (year == period.year.0 && period.half == Half::Second);
        let is_late = match way {
            Way::Less => reached > target,
            Way::Cumulative | Way::More | Way::Rate => reached < target,
            Way::Stage => plan.below(3) == 0,
        };
        missed |= is_late && year == period.year.0;
        let target = match (aim, way) {
            (0, _) => String::new(),
            (1, _) => "—".to_owned(),
            (2, _) => "(随時)".to_owned(),
            (_, Way::Stage) => if gone < 3 { "検討" } else { "実施" }.to_owned(),
            (3..=6, Way::Rate) => format!("{target}{unit}以上"),
            (_, Way::Less) => format!("{target}{unit}以下"),
            (_, Way::Cumulative) => format!("(累計)\n{target}{unit}"),
            (_, Way::More | Way::Rate) => format!("{target}{unit}"),
        };
        let actual = match way {
            _ if !is_known => String::new(),
            Way::Stage => if is_late { "調整" } else { "実施" }.to_owned(),
            Way::Cumulative => format!("(累計)\n{reached}{unit}"),
            Way::Rate => format!("{reached}.{}{unit}", plan.below(10)),
            Way::More | Way::Less => format!("{reached}{unit}"),
        };
        years.push(KpiYear {
            year: FiscalYear(year),
            actual: Some(measure(&actual)),
            target: Some(measure(&target)),
        });
    }
    let baseline = match way {
        Way::Stage => "R3年度：検討".to_owned(),
        Way::Less => format!("R4.3.31現在：{start}{unit}"),
        Way::Cumulative | Way::More | Way::Rate => format!("R3年度：{start}{unit}"),
    };
    let baseline = match parse::baseline(&baseline) {
        Some(read) => Field::known(read, baseline, None),
        None => Field::unreadable(baseline, None),
    };
    let kpi = Kpi {
        name: text(name),
        baseline,
        years,
        notes: Vec::new(),
    };
    (kpi, missed)
}

fn goal(way: Way, start: u64, gone: u64) -> u64 {
    match way {
        Way::Less => start.saturating_sub(gone).max(1),
        Way::Rate => (start + gone).min(99),
        Way::Cumulative | Way::More | Way::Stage => start + gone,
    }
}

fn measure(raw: &str) -> Field<Measure> {
    if raw.is_empty() {
        return Field::blank(None);
    }
    match parse::measure(raw) {
        Some(read) => Field::known(read, raw, None),
        None => Field::unreadable(raw, None),
    }
}

/// What is reported: after the first half its results, at the end of the year everything.
fn report(item: &mut ItemSheet, said: &mut Numbers, misses: u64, period: Period, layout: &Layout) {
    let is_year_end = period.half == Half::Second;
    for _ in 0..2 {
        let (plan, first, second) = (said.prose(1), said.prose(3), said.prose(3));
        item.status.push(StatusRow {
            plan: text(&plan),
            first_half: text(&first),
            second_half: Text::from_raw(is_year_end.then_some(second.as_str()), None),
        });
    }
    if !is_year_end {
        return;
    }
    // Most grades go with the KPIs, some do not.
    let grade = match misses + said.below(4) / 3 {
        0 => "◎ 計画どおり",
        1 => "○ 概ね計画どおり",
        _ => "△ あまり進まなかった",
    };
    item.grade = Field::known(parse::grade(grade, layout, 0), grade, None);
    item.comment = text(&said.prose(3));
    item.action = text(&said.prose(2));
}
