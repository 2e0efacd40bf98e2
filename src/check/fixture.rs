//! A small book for the rules' tests: one item, its sheet as addresses and texts.
//!
//! [`clean`] is complete and agrees with its plan, so that no rule finds anything. A test puts a
//! text into a cell and looks at what one rule says:
//!
//! ```text
//!       A             D          G            J
//!  1  取組番号 (C: number, F: priority)    12  KPI, baseline | actual R4 | R5 | R6
//!  2  (C: title)                          13                | target R4 | R5 | R6
//!  3  (C: departments)                    14, 16, 18  more KPIs, two rows each
//!  8  activity | R4 | R5 | R6 (8, 9)      22  Plan (A) | first half (E) | second half (I)
//! 30  grade (A) | comment (D)             32  action (A)
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::findings;
use crate::model::text::{is_dash, name_key};
use crate::model::*;

const SHEET: [(&str, &str); 32] = [
    ("C1", "1"),
    ("F1", "1 行政サービスの構築"),
    ("C2", "行政手続のデジタル化の推進"),
    ("C3", "総務課 (全課)"),
    ("C4", "手続をデジタル化します。"),
    ("C5", "利便性が向上します。"),
    ("A8", "窓口業務のデジタル化"),
    ("D8", "検討"),
    ("J8", "実施"),
    ("A9", "オンライン申請の拡充"),
    ("D9", "実施"),
    ("A12", "オンライン申請サービス数\nR3年度：30件"),
    ("D12", "(累計)67件"),
    ("D13", "(累計)40件"),
    ("G12", "(累計)145件"),
    ("G13", "(累計)85件"),
    ("J13", "(累計)100件"),
    ("A14", "学校訪問等の回数\nR3年度：①2校 ②4回"),
    ("D14", "①3校 ②4回"),
    ("D15", "①2校 ②4回"),
    ("G14", "①7校 ②4回"),
    ("G15", "①3校 ②4回"),
    ("J15", "①4校 ②4回"),
    ("A22", "申請を拡充します。"),
    ("E22", "6件を拡充しました。"),
    ("I22", "8件を拡充しました。"),
    ("A23", "—"),
    ("I24", "・対象の一覧"),
    ("A30", "○ 概ね計画どおり"),
    ("D30", "おおむね進みました。"),
    ("A32", "引き続き拡充します。"),
    ("A33", "※1 フォーム…申請の仕組み"),
];

const YEARS: [(FiscalYear, char); 3] = [
    (FiscalYear(2022), 'D'),
    (FiscalYear(2023), 'G'),
    (FiscalYear(2024), 'J'),
];

type Texts = BTreeMap<CellRef, String>;

/// A book in the making.
pub struct Fixture {
    plan: Texts,
    returned: Texts,
    previous: Texts,
    labels_missing: BTreeSet<CellRef>,
    spans: bool,
    half: Half,
}

/// A book in which no rule finds anything: R5下半期, one item of 総務課.
pub fn clean() -> Fixture {
    let texts: Texts = SHEET
        .iter()
        .map(|(address, text)| (cell(address), (*text).to_owned()))
        .collect();
    Fixture {
        plan: texts.clone(),
        returned: texts.clone(),
        previous: texts,
        labels_missing: BTreeSet::new(),
        spans: true,
        half: Half::Second,
    }
}

/// What one rule finds, as code and cells: `K03 G12`; the level follows where it is not the rule's.
pub fn found(rule: &Rule, book: &Book) -> Vec<String> {
    findings(book, &BTreeMap::new())
        .iter()
        .filter(|finding| finding.code == rule.code)
        .map(|finding| {
            let mut words = vec![finding.code.to_owned()];
            let cells: Vec<String> = finding.cells.iter().map(CellRef::to_string).collect();
            if !cells.is_empty() {
                words.push(cells.join(","));
            }
            if finding.level != rule.level {
                words.push(finding.level.code().to_owned());
            }
            words.join(" ")
        })
        .collect()
}

impl Fixture {
    /// Types into a cell of the return.
    pub fn put(mut self, address: &str, text: &str) -> Self {
        self.returned.insert(cell(address), text.to_owned());
        self
    }

    /// Types into a cell of the plan.
    pub fn plan(mut self, address: &str, text: &str) -> Self {
        self.plan.insert(cell(address), text.to_owned());
        self
    }

    /// Types into a cell of the plan, the return and the previous workbook.
    pub fn both(mut self, address: &str, text: &str) -> Self {
        self.previous.insert(cell(address), text.to_owned());
        self.plan(address, text).put(address, text)
    }

    /// Types into a cell of the previous workbook.
    pub fn previous(mut self, address: &str, text: &str) -> Self {
        self.previous.insert(cell(address), text.to_owned());
        self
    }

    /// Takes a field out of the returned form, as if its label had not been found.
    pub fn without(mut self, address: &str) -> Self {
        self.labels_missing.insert(cell(address));
        self.put(address, "")
    }

    /// Loses the merged cells of the return's schedule.
    pub fn without_merges(mut self) -> Self {
        self.spans = false;
        self
    }

    /// Collects the first half.
    pub fn autumn(mut self) -> Self {
        self.half = Half::First;
        self
    }

    /// Makes the book.
    pub fn book(self) -> Book {
        let layout: Layout = toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap();
        let plan = Sheet::new("計画.xlsx", &self.plan, true, &layout).item();
        let mut sheet = Sheet::new("総務課.xlsx", &self.returned, self.spans, &layout);
        sheet.labels_missing = self.labels_missing;
        let sheet = sheet.item();
        let item = BookItem {
            index: None,
            previous: Some(Sheet::new("前回.xlsx", &self.previous, true, &layout).item()),
            chosen: Some(0),
            other_period: Vec::new(),
            official: plan.clone(),
            matches: matches(&plan, &sheet),
            twins: BTreeMap::new(),
            closed: false,
            returns: vec![Return {
                sheet,
                modified: None,
                departments: vec!["総務課".to_owned()],
            }],
            plan,
        };
        Book {
            period: Period {
                year: FiscalYear(2023),
                half: self.half,
            },
            cover: Cover::default(),
            years: YEARS.iter().map(|(year, _)| *year).collect(),
            plan_file: "計画.xlsx".to_owned(),
            previous: None,
            items: vec![item],
            strangers: Vec::new(),
            departments: vec![("総務課".to_owned(), Submission::Returned)],
            files: vec![file("総務課.xlsx", Outcome::Read)],
            layout,
        }
    }
}

/// A collected file without sheets of its own.
pub fn file(name: &str, outcome: Outcome) -> CollectedFile {
    CollectedFile {
        name: name.to_owned(),
        outcome,
        modified: None,
        items: Vec::new(),
        others: Vec::new(),
        damaged: Vec::new(),
    }
}

/// A book with one collected sheet on which no form was recognised.
pub fn with_other(kind: OtherKind) -> Book {
    let mut book = clean().book();
    book.files[0].others.push(OtherSheet {
        place: Place {
            source: source("総務課.xlsx", "別紙"),
            cell: cell("B2"),
        },
        kind,
        excerpt: "参考".to_owned(),
        cells: 3,
    });
    book
}

/// Returns the item a second time, in another file, with one cell different.
pub fn returned_twice(address: &str, text: &str) -> Book {
    let mut book = clean().book();
    let texts = clean().put(address, text).returned;
    let sheet = Sheet::new("企画政策課.xlsx", &texts, true, &book.layout).item();
    book.items[0].returns.push(Return {
        sheet,
        modified: None,
        departments: vec!["企画政策課".to_owned()],
    });
    book
}

fn cell(address: &str) -> CellRef {
    CellRef::parse(address).unwrap()
}

fn source(file: &str, sheet: &str) -> Arc<Source> {
    Arc::new(Source {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
    })
}

fn matches(plan: &ItemSheet, sheet: &ItemSheet) -> Vec<KpiMatch> {
    let key = |kpi: &Kpi| name_key(kpi.name.text());
    let at = |kpis: &[Kpi], wanted: &Kpi| kpis.iter().position(|kpi| key(kpi) == key(wanted));
    let mut pairs: Vec<KpiMatch> = (0..sheet.kpis.len())
        .map(|returned| KpiMatch {
            returned: Some(returned),
            plan: at(&plan.kpis, &sheet.kpis[returned]),
            renamed: false,
        })
        .collect();
    let missing = (0..plan.kpis.len()).filter(|n| at(&sheet.kpis, &plan.kpis[*n]).is_none());
    pairs.extend(missing.map(|plan| KpiMatch {
        returned: None,
        plan: Some(plan),
        renamed: false,
    }));
    pairs
}

/// Reads the texts of a sheet into an item; the addresses are the ones at the top of this file.
struct Sheet<'a> {
    texts: &'a Texts,
    source: Arc<Source>,
    spans: bool,
    layout: &'a Layout,
    labels_missing: BTreeSet<CellRef>,
}

impl<'a> Sheet<'a> {
    fn new(file: &str, texts: &'a Texts, spans: bool, layout: &'a Layout) -> Self {
        Self {
            texts,
            source: source(file, "取組1"),
            spans,
            layout,
            labels_missing: BTreeSet::new(),
        }
    }

    fn text(&self, address: &str) -> Text {
        let cell = cell(address);
        let place = (!self.labels_missing.contains(&cell)).then(|| Place {
            source: Arc::clone(&self.source),
            cell,
        });
        Text::from_raw(self.texts.get(&cell).map(String::as_str), place)
    }

    fn field<T>(&self, address: &str, read: impl Fn(&str) -> Option<T>) -> Field<T> {
        typed(&self.text(address), read)
    }

    fn item(&self) -> ItemSheet {
        let rows = |rows: std::ops::RangeInclusive<u32>, columns: &'a [&'a str]| {
            rows.filter(move |row| {
                let at = |column: &&str| self.text(&format!("{column}{row}"));
                columns.iter().any(|column| !at(column).is_blank())
            })
        };
        ItemSheet {
            source: Arc::clone(&self.source),
            year: self.field("A20", FiscalYear::parse),
            half: self.field("A19", Half::parse),
            number: self.field("C1", |text| text.parse().ok()),
            priority: self.text("F1"),
            title: self.text("C2"),
            departments: self.field("C3", departments),
            content: self.text("C4"),
            effects: self.text("C5"),
            schedule: rows(8..=9, &["A"]).map(|row| self.activity(row)).collect(),
            schedule_notes: Vec::new(),
            has_spans: self.spans,
            kpis: rows(12..=18, &["A"]).map(|row| self.kpi(row)).collect(),
            status: rows(22..=28, &["A", "E", "I"])
                .map(|row| StatusRow {
                    plan: self.text(&format!("A{row}")),
                    first_half: self.text(&format!("E{row}")),
                    second_half: self.text(&format!("I{row}")),
                })
                .collect(),
            grade: self.field("A30", |text| grade(text, self.layout)),
            comment: self.text("D30"),
            action: self.text("A32"),
            footnotes: Vec::new(),
            unplaced: Vec::new(),
            missing_blocks: Vec::new(),
            anchor: cell("A1"),
        }
    }

    fn activity(&self, row: u32) -> Activity {
        let mut phases: Vec<Phase> = Vec::new();
        for (year, column) in YEARS {
            let text = self.text(&format!("{column}{row}"));
            match phases.last_mut() {
                _ if !text.is_blank() => phases.push(Phase {
                    from: year,
                    to: year,
                    text,
                }),
                Some(before) if self.spans => before.to = year,
                Some(_) | None => {}
            }
        }
        Activity {
            name: self.text(&format!("A{row}")),
            phases,
        }
    }

    fn kpi(&self, row: u32) -> Kpi {
        let label = self.text(&format!("A{row}"));
        let (name, baseline) = label.text().split_once('\n').unwrap_or((label.text(), ""));
        let baseline = Text::from_raw(Some(baseline), label.place.clone());
        let value = |column, row| Some(self.field(&format!("{column}{row}"), measure));
        Kpi {
            name: Text::from_raw(Some(name), label.place.clone()),
            baseline: typed(&baseline, |text| {
                let (as_of, text) = text.split_once('：').unwrap_or(("", text));
                Some(Baseline {
                    as_of: FiscalYear::parse(as_of).map(AsOf::Year),
                    measure: measure(text)?,
                })
            }),
            years: YEARS
                .iter()
                .map(|(year, column)| KpiYear {
                    year: *year,
                    actual: value(column, row),
                    target: value(column, row + 1),
                })
                .collect(),
            notes: Vec::new(),
        }
    }
}

fn typed<T>(text: &Text, read: impl Fn(&str) -> Option<T>) -> Field<T> {
    let value = match &text.raw {
        None => Value::Blank,
        Some(raw) => read(raw).map_or(Value::Unreadable, Value::Known),
    };
    Field {
        value,
        raw: text.raw.clone(),
        place: text.place.clone(),
    }
}

fn departments(text: &str) -> Option<Departments> {
    let (lead, related) = text.split_once(" (").unwrap_or((text, ""));
    let names = |text: &str| -> Vec<String> {
        let names = text.trim_end_matches(')').split('、');
        names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Some(Departments {
        lead: names(lead),
        related: names(related),
    })
}

fn grade(text: &str, layout: &Layout) -> Option<Grade> {
    let (mark, label) = match text.chars().next() {
        Some(mark) if "◎○△×".contains(mark) => text.split_at(mark.len_utf8()),
        Some(_) | None => ("", text),
    };
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let label = label.trim();
    Some(Grade {
        mark: some(mark),
        label: some(label),
        by_mark: layout.grades.iter().position(|grade| grade.mark == mark),
        by_label: layout.grades.iter().position(|grade| grade.is_label(label)),
        cancelled: layout.cancelled.iter().any(|words| text.contains(words)),
    })
}

/// A small part of the grammar: enough for the rules' tests.
fn measure(text: &str) -> Option<Measure> {
    let text = text.trim();
    if is_dash(text) {
        return Some(Measure::Nothing);
    }
    if text == "(随時)" {
        return Some(Measure::AsNeeded);
    }
    if text.starts_with('①') {
        let part = |part: &str| Part {
            mark: part.chars().take(1).collect(),
            measure: measure(part.trim_start_matches(['①', '②', '③'])),
        };
        return Some(Measure::Compound(text.split(' ').map(part).collect()));
    }
    if let Some(quantity) = quantity(text) {
        return Some(Measure::Quantity(quantity));
    }
    let (words, rest) = text.split_once(' ').unwrap_or((text, ""));
    ["検討", "選定", "実施"].contains(&words).then(|| {
        Measure::Milestone(Milestone {
            text: words.to_owned(),
            quantity: quantity(rest),
        })
    })
}

fn quantity(text: &str) -> Option<Quantity> {
    let (qualifier, rest) = match (text.strip_prefix("(累計)"), text.strip_prefix("延べ")) {
        (Some(rest), _) => (Some(Qualifier::Cumulative), rest),
        (None, Some(rest)) => (Some(Qualifier::Total), rest),
        (None, None) => (None, text),
    };
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = rest.split_at(end.unwrap_or(rest.len()));
    let bounds = [Bound::AtLeast, Bound::AtMost, Bound::LessThan];
    let bound = bounds
        .into_iter()
        .find(|bound| unit.ends_with(bound.label()));
    Some(Quantity {
        value: number.parse::<Decimal>().ok()?,
        unit: unit
            .trim_end_matches(bound.map_or("", Bound::label))
            .to_owned(),
        qualifier,
        bound,
        label: None,
    })
}
