//! 集計: how the items were graded and how the KPIs stand, counted once for every output.
//!
//! Counted is what the merged workbook shows. An item with several leads counts once in a priority
//! and in the total, and once for each of its leads.

use rust_decimal::{Decimal, RoundingStrategy};

use super::text::name_key;
use super::{Attainment, Book, BookItem, GradeWord, Judgement, Undetermined};

/// What counts items that belong nowhere are headed.
const NO_PRIORITY: &str = "（重点項目の記載なし）";
const NO_LEAD: &str = "（主管課の記載なし）";

/// The counts of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// One element an axis of the assessment.
    pub axes: Vec<AxisTally>,
    /// 数値目標の達成状況; `None` before the year is over.
    pub kpis: Option<KpiTally>,
}

/// How the items were graded on one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisTally {
    /// What is graded: `取組全体の評価`.
    pub name: String,
    /// The heads of the counts, in the order of [`GradeCounts::columns`].
    pub heads: Vec<String>,
    /// By 重点項目, in order of appearance.
    pub priorities: Vec<Row<GradeCounts>>,
    /// By 主管課, in the plan's order; an item counts for each of its leads.
    pub departments: Vec<Row<GradeCounts>>,
    /// Every item once.
    pub total: GradeCounts,
}

/// A row of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<C> {
    /// What is counted in it.
    pub name: String,
    /// The counts.
    pub counts: C,
}

/// How many items have which grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradeCounts {
    /// By grade of the vocabulary, the best first.
    pub grades: Vec<usize>,
    /// 取組中止
    pub cancelled: usize,
    /// 選択肢外: an entry that is no grade, or of which mark and words disagree.
    pub unknown: usize,
    /// 未記入: returned without a grade; 記入前 before the year is over.
    pub blank: usize,
    /// 未提出: nothing was returned that could bear a grade.
    pub not_returned: usize,
}

impl GradeCounts {
    /// The counts in the order in which they are shown.
    pub fn columns(&self) -> Vec<usize> {
        let rest = [self.cancelled, self.unknown, self.blank, self.not_returned];
        self.grades.iter().copied().chain(rest).collect()
    }

    /// The number of items.
    pub fn total(&self) -> usize {
        self.columns().into_iter().sum()
    }

    fn count(&mut self, standing: Graded) {
        let count = match standing {
            Graded::As(rank) => match self.grades.get_mut(rank) {
                Some(count) => count,
                None => &mut self.unknown,
            },
            Graded::Cancelled => &mut self.cancelled,
            Graded::Unknown => &mut self.unknown,
            Graded::Blank => &mut self.blank,
            Graded::NotReturned => &mut self.not_returned,
        };
        *count += 1;
    }
}

/// How the KPIs stand in the reporting year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KpiTally {
    /// By 重点項目, in order of appearance.
    pub priorities: Vec<Row<KpiCounts>>,
    /// Every KPI once.
    pub total: KpiCounts,
    /// Why a target could not be judged, the most frequent first.
    pub reasons: Vec<(String, usize)>,
}

/// How many KPIs stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KpiCounts {
    /// 達成
    pub met: usize,
    /// 未達成
    pub missed: usize,
    /// 判定不能
    pub undetermined: usize,
    /// 取組中止
    pub cancelled: usize,
}

impl KpiCounts {
    /// The heads of the counts, in the order of [`KpiCounts::columns`].
    pub const HEADS: [&str; 4] = ["達成", "未達成", "判定不能", "取組中止"];

    /// The counts in the order in which they are shown.
    pub fn columns(&self) -> [usize; 4] {
        [self.met, self.missed, self.undetermined, self.cancelled]
    }

    /// The number of KPIs.
    pub fn total(&self) -> usize {
        self.columns().into_iter().sum()
    }
}

/// A part of a whole in percent, rounded half up to a tenth; `None` of nothing.
pub fn share(part: usize, whole: usize) -> Option<Decimal> {
    let percent = Decimal::from(part)
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(Decimal::from(whole))?;
    let mut percent = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    percent.rescale(1);
    Some(percent)
}

impl Tally {
    /// Counts a book.
    pub fn of(book: &Book) -> Self {
        Self {
            axes: axes(book).iter().map(|axis| axis.tally(book)).collect(),
            kpis: book.period.is_year_end().then(|| kpis(book)),
        }
    }
}

/// What the assessment grades.
struct Axis<'b> {
    /// Which of a sheet's grades.
    at: usize,
    name: String,
    vocabulary: &'b [GradeWord],
}

/// The axes of a layout's assessment; a layout without any grades in one way.
fn axes(book: &Book) -> Vec<Axis<'_>> {
    let layout = &book.layout;
    let check = layout.labels.check.plain().replace('\n', "");
    let names = layout.axis_names().into_iter();
    let mut names: Vec<String> = names.map(|axis| format!("{check} {axis}")).collect();
    if names.is_empty() {
        names.push(check);
    }
    let axes = names.into_iter().enumerate().map(|(at, name)| Axis {
        at,
        name,
        vocabulary: layout.words(at),
    });
    axes.collect()
}

impl Axis<'_> {
    fn tally(&self, book: &Book) -> AxisTally {
        let grades = self.vocabulary.iter().map(GradeWord::written);
        // Before the year is over a blank grade is not missing.
        let blank = match book.period.is_year_end() {
            true => "未記入",
            false => "記入前",
        };
        let rest = ["取組中止", "選択肢外", blank, "未提出"].map(str::to_owned);
        let none = || GradeCounts {
            grades: vec![0; self.vocabulary.len()],
            ..GradeCounts::default()
        };
        let mut priorities = Vec::new();
        let leads = book.departments.iter().map(|(name, _)| Row {
            name: name.clone(),
            counts: none(),
        });
        let mut departments: Vec<Row<GradeCounts>> = leads.collect();
        // A department whose items are all closed owes nothing, and is their lead all the same.
        let closed = book.items.iter().filter(|item| item.closed);
        for lead in closed.flat_map(BookItem::lead) {
            let key = name_key(lead);
            if !departments.iter().any(|row| name_key(&row.name) == key) {
                departments.push(Row {
                    name: lead.clone(),
                    counts: none(),
                });
            }
        }
        let mut nobody = none();
        let mut total = none();
        for item in &book.items {
            let graded = self.graded(item);
            total.count(graded);
            row_of(&mut priorities, priority(item), none)
                .counts
                .count(graded);
            let mut led = false;
            for row in &mut departments {
                if item.is_led_by(&row.name) {
                    row.counts.count(graded);
                    led = true;
                }
            }
            if !led {
                nobody.count(graded);
            }
        }
        if nobody.total() > 0 {
            departments.push(Row {
                name: NO_LEAD.to_owned(),
                counts: nobody,
            });
        }
        AxisTally {
            name: self.name.clone(),
            heads: grades.chain(rest).collect(),
            priorities,
            departments,
            total,
        }
    }

    fn graded(&self, item: &BookItem) -> Graded {
        // One axis that says 取組中止 says it of the item.
        if item.is_cancelled() {
            return Graded::Cancelled;
        }
        let field = item.official.grades().nth(self.at);
        let Some(field) = field.filter(|field| !field.is_blank()) else {
            return match item.chosen {
                Some(_) => Graded::Blank,
                None => Graded::NotReturned,
            };
        };
        match field.get() {
            Some(grade) => grade.rank().map_or(Graded::Unknown, Graded::As),
            None => Graded::Unknown,
        }
    }
}

/// How an item was graded.
#[derive(Clone, Copy)]
enum Graded {
    As(usize),
    Cancelled,
    Unknown,
    Blank,
    NotReturned,
}

fn priority(item: &BookItem) -> &str {
    let text = item.official.priority.text();
    if text.is_empty() { NO_PRIORITY } else { text }
}

/// The row of a name, which is added below where there is none yet.
fn row_of<'r, C>(
    rows: &'r mut Vec<Row<C>>,
    name: &str,
    none: impl FnOnce() -> C,
) -> &'r mut Row<C> {
    let key = name_key(name);
    let at = rows.iter().position(|row| name_key(&row.name) == key);
    let at = at.unwrap_or_else(|| {
        rows.push(Row {
            name: name.to_owned(),
            counts: none(),
        });
        rows.len() - 1
    });
    &mut rows[at]
}

fn kpis(book: &Book) -> KpiTally {
    let mut priorities: Vec<Row<KpiCounts>> = Vec::new();
    let mut total = KpiCounts::default();
    let mut reasons: Vec<(String, usize)> = Vec::new();
    for item in &book.items {
        for kpi in &item.official.kpis {
            let judgement = book.judgement(item, kpi);
            let row = row_of(&mut priorities, priority(item), KpiCounts::default);
            for counts in [&mut total, &mut row.counts] {
                match &judgement {
                    Judgement::Judged(Attainment::Met(_)) => counts.met += 1,
                    Judgement::Judged(Attainment::Missed(_)) => counts.missed += 1,
                    Judgement::Judged(Attainment::Undetermined(_)) => counts.undetermined += 1,
                    // Nothing is counted before the year is over.
                    Judgement::Cancelled | Judgement::NotYet => counts.cancelled += 1,
                }
            }
            if let Judgement::Judged(Attainment::Undetermined(reason)) = &judgement {
                let reason = in_general(reason);
                match reasons.iter_mut().find(|(known, _)| known == reason) {
                    Some((_, count)) => *count += 1,
                    None => reasons.push((reason.to_owned(), 1)),
                }
            }
        }
    }
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    KpiTally {
        priorities,
        total,
        reasons,
    }
}

/// A reason without the particulars of the KPI.
fn in_general(reason: &Undetermined) -> &'static str {
    match reason {
        Undetermined::NoTarget => "目標値がないため",
        Undetermined::TargetLater(_) => "目標値が後の年度に定められているため",
        Undetermined::AsNeeded => "「随時」とされているため",
        Undetermined::Milestone(_) => "目標値又は実績値が数値でなく言葉で示されているため",
        Undetermined::Blank => "実績値が空欄のため",
        Undetermined::Unreadable(_) => "目標値又は実績値を読み取れないため",
        Undetermined::Stated(_) => "目標値又は実績値が「該当なし」のため",
        Undetermined::Nothing(_) => "目標値又は実績値が「—」などのため",
        Undetermined::Units(_, _) => "目標値と実績値の単位が異なるため",
        Undetermined::Counting => "「累計」や「延べ」の表記が目標値と実績値で異なるため",
        Undetermined::Direction => "多いほどよいのか、少ないほどよいのかが分からないため",
        Undetermined::About => "目標値の「約」に収まるかどうかが分からないため",
        Undetermined::Bounded => "実績値が一つの数で示されていないため",
        Undetermined::Parts => "①②などの内訳が目標値と実績値で異なるため",
    }
}
