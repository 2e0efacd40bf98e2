//! The book: each item of the plan beside what was returned for it.

use std::collections::BTreeMap;

use super::text::name_key;
use super::{
    Active, Damaged, FileFormat, FileOrigin, FiscalYear, FormProperties, Half, ItemSheet, Joined,
    Kpi, KpiMatch, KpiSetting, Layout, Moment, NamedPeriod, Period, Place, Sidecar, Text,
    Thresholds, Volume,
};

/// 表紙: what a workbook's cover says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    /// 市, from the plan's name or the configuration.
    pub city: Option<String>,
    /// The plan's name.
    pub plan: Option<String>,
    /// The plan's fiscal years (令和4年度～令和6年度).
    pub years: Vec<FiscalYear>,
    /// The reporting year (《令和5年度》).
    pub fiscal_year: Option<FiscalYear>,
    /// The half, where the cover names one.
    pub half: Option<Half>,
    /// 令和6年6月
    pub issued: Option<String>,
    /// The issuer.
    pub issuer: Option<String>,
}

/// A row of the 取組項目一覧.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexRow {
    /// 重点項目, also where its cell is merged over several rows.
    pub priority: Text,
    /// 取組番号
    pub number: u32,
    /// 取組項目
    pub title: Text,
    /// 主管課
    pub lead: Text,
}

/// A workbook in the official layout: the plan, last period's or a merged one.
#[derive(Clone, Debug, Default)]
pub struct OfficialBook {
    /// The file's name.
    pub file: String,
    /// 表紙
    pub cover: Cover,
    /// 取組項目一覧
    pub index: Vec<IndexRow>,
    /// The item sheets, by number.
    pub items: Vec<ItemSheet>,
    /// Cells that could not be read as they are stored, and fields with error values.
    pub damaged: Vec<Damaged>,
    /// Sheets with merged ranges that lie over others: the first cell of such a range on each.
    pub overlaps: Vec<Place>,
    /// The names of hidden sheets with items on them, of which nothing is read.
    pub hidden: Vec<String>,
    /// Whether it holds the list of findings, which stays with the office.
    pub for_office: bool,
    /// Whether its cover bears the mark of what was written while errors were left (未確定).
    pub unsettled: bool,
    /// What of a plan it holds, by its cover.
    pub volume: Volume,
    /// What the set is known by that it is one of, see [`SET_PROPERTY`](super::SET_PROPERTY).
    pub set: Option<String>,
    /// The file names of the volumes that were read with it.
    pub volumes: Vec<String>,
}

impl OfficialBook {
    /// Adds what one of its volumes holds; the index is the book's own.
    pub fn add_volume(&mut self, volume: Self) {
        self.volumes.push(volume.file);
        self.set = self.set.take().or(volume.set);
        self.items.extend(volume.items);
        self.damaged.extend(volume.damaged);
        self.overlaps.extend(volume.overlaps);
        self.hidden.extend(volume.hidden);
        self.for_office |= volume.for_office;
        self.unsettled |= volume.unsettled;
    }

    /// Tells whether it was read from a file of this name.
    pub fn is_from(&self, file: &str) -> bool {
        self.file == file || self.volumes.iter().any(|volume| volume == file)
    }
}

/// A file that was collected.
#[derive(Clone, Debug)]
pub struct CollectedFile {
    /// The path below the collected folder, with `/`.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Its format; `None` where it could not be read.
    pub format: Option<FileFormat>,
    /// The workbook's own modification stamp.
    pub modified: Option<String>,
    /// What its properties say of the form that it is.
    pub properties: Option<FormProperties>,
    /// The item sheets, in order.
    pub items: Vec<ItemSheet>,
    /// Sheets that hold no item.
    pub others: Vec<OtherSheet>,
    /// Cells that could not be read as they are stored.
    pub damaged: Vec<Damaged>,
    /// What could act when the file is opened, in order.
    pub active: Vec<Active>,
    /// What a cell reader does not see, sheet by sheet, where there is something to tell.
    pub sidecars: Vec<Sidecar>,
}

impl CollectedFile {
    /// Makes a file of which nothing is known but what became of it.
    pub fn new(name: &str, outcome: Outcome) -> Self {
        Self {
            name: name.to_owned(),
            outcome,
            format: None,
            modified: None,
            properties: None,
            items: Vec::new(),
            others: Vec::new(),
            damaged: Vec::new(),
            active: Vec::new(),
            sidecars: Vec::new(),
        }
    }
}

/// Whether a collected file could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was read.
    Read,
    /// It could not be read: what is wrong, and what to do, each a sentence.
    Unreadable {
        /// What is wrong.
        reason: String,
        /// What to do.
        advice: String,
    },
}

/// A sheet of a collected file on which no form was recognised.
#[derive(Clone, Debug)]
pub struct OtherSheet {
    /// The sheet's first cell with content.
    pub place: Place,
    /// Why it holds no form.
    pub kind: OtherKind,
    /// The first words on it.
    pub excerpt: String,
    /// What it says, a line a cell, up to a limit.
    pub words: String,
    /// How many cells have content.
    pub cells: usize,
}

/// Why a sheet holds no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherKind {
    /// An instruction, an example or a list, by its name.
    Instruction,
    /// A cover or an index.
    FrontMatter,
    /// A hidden sheet with a form on it, not taken.
    HiddenForm,
    /// A hidden sheet without a form: a list for drop-downs.
    HiddenList,
    /// A hidden sheet without a form that says more than a list does.
    HiddenText,
    /// A visible sheet with content and no form.
    Unknown,
}

/// Which of two returns of one item counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// `newest`: the one whose workbook was saved last, by its own modification stamp.
    #[default]
    Newest,
    /// `first`: the first in the order of file names.
    First,
    /// `last`: the last in the order of file names.
    Last,
}

/// How a 主管課 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submission {
    /// 提出済: something came from it, or all that it owes from others.
    Returned,
    /// Its file could not be read.
    Unreadable,
    /// 未提出
    Nothing,
}

/// One item of the plan and what was returned for it.
#[derive(Clone, Debug)]
pub struct BookItem {
    /// The item as the plan has it.
    pub plan: ItemSheet,
    /// The plan's row of the index.
    pub index: Option<IndexRow>,
    /// The item in the previous workbook; boxed as most books have none.
    pub previous: Option<Box<ItemSheet>>,
    /// Every return of this item for this period, in order of files.
    pub returns: Vec<Return>,
    /// Which return counts, where they differ.
    pub chosen: Option<usize>,
    /// What the returns are together, where there are several.
    pub joined: Joined,
    /// Returns in whose place the form came that was sent back for them.
    pub superseded: Vec<Return>,
    /// Returns of this item for another year or half.
    pub other_period: Vec<Return>,
    /// Returns with exactly this item's title and another item's number: they are taken nowhere.
    pub misnumbered: Vec<Return>,
    /// What the merged workbook shows: plan fields from the plan, entries from the return.
    pub official: ItemSheet,
    /// For each KPI of [`BookItem::returned`], its KPI of the plan.
    pub matches: Vec<KpiMatch>,
    /// Places of the returns' fields → places of the same fields in `official`, where these differ.
    pub twins: BTreeMap<Place, Place>,
    /// Cancelled in an earlier year: nothing is required any more.
    pub closed: bool,
}

impl BookItem {
    /// The KPI in the previous workbook, by the name that was returned or the plan's.
    pub fn published(&self, kpi: &Kpi, plan: Option<&Kpi>) -> Option<&Kpi> {
        let previous = self.previous.as_deref()?;
        [Some(kpi), plan].into_iter().flatten().find_map(|wanted| {
            let key = name_key(wanted.name.text());
            let mut kpis = previous.kpis.iter();
            kpis.find(|kpi| name_key(kpi.name.text()) == key)
        })
    }

    /// 取組番号
    pub fn number(&self) -> u32 {
        self.plan.number.get().copied().unwrap_or(0)
    }

    /// What was returned: the return that counts or, where several fill parts of the item, all of
    /// them joined; every field keeps its own place.
    pub fn returned(&self) -> Option<&ItemSheet> {
        let chosen = || Some(&self.returns.get(self.chosen?)?.sheet);
        self.joined.sheet.as_deref().or_else(chosen)
    }

    /// Tells whether a return is this item's and counts, alone or joined with others; one that bears
    /// another item's title does not.
    pub fn counts(&self, at: usize) -> bool {
        self.chosen == Some(at) || self.joined.order.contains(&at)
    }

    /// 主管課 according to the plan.
    pub fn lead(&self) -> &[String] {
        self.plan
            .departments
            .get()
            .map_or(&[], |departments| &departments.lead)
    }
}

/// A returned item sheet.
#[derive(Clone, Debug)]
pub struct Return {
    /// The sheet.
    pub sheet: ItemSheet,
    /// Its workbook's own modification stamp.
    pub modified: Option<String>,
    /// The departments its file was taken to be from.
    pub departments: Vec<String>,
    /// The period that names tell, where the sheet says none.
    pub named: Option<NamedPeriod>,
    /// The fingerprints of the returns for which its form was sent back.
    pub answers: Vec<String>,
}

impl Return {
    /// When the workbook says it was saved.
    pub fn moment(&self) -> Option<Moment> {
        Moment::parse(self.modified.as_deref()?)
    }

    /// The same in words: `2024年4月12日 11:00保存`, `保存日時の記録なし`.
    pub fn saved(&self) -> String {
        match (self.moment(), &self.modified) {
            (Some(moment), _) => format!("{moment}保存"),
            (None, Some(_)) => "保存日時は読み取れません".to_owned(),
            (None, None) => "保存日時の記録なし".to_owned(),
        }
    }
}

/// What is known of the plan, the previous workbook and everything that was returned.
#[derive(Clone, Debug)]
pub struct Book {
    /// The collection's period.
    pub period: Period,
    /// The cover, with the configuration's words.
    pub cover: Cover,
    /// The plan's fiscal years.
    pub years: Vec<FiscalYear>,
    /// The names of the plan's files: itself, and its volumes.
    pub plan_files: Vec<String>,
    /// The previous workbook's reporting period, if there is one.
    pub previous: Option<OfficialBook>,
    /// The plan's items in order of numbers.
    pub items: Vec<BookItem>,
    /// Rows of the plan's index whose item has no sheet in the plan.
    pub listed_only: Vec<IndexRow>,
    /// Returned sheets whose number is not in the plan, or not readable.
    pub strangers: Vec<Return>,
    /// The plan's 主管課 in order of appearance, and how each stands.
    pub departments: Vec<(String, Submission)>,
    /// The collected files in order of their names, without their items.
    pub files: Vec<CollectedFile>,
    /// Whose each file is, by its name.
    pub origins: BTreeMap<String, FileOrigin>,
    /// The layout.
    pub layout: Layout,
    /// What the office tuned in the rules of judgement.
    pub thresholds: Thresholds,
    /// What the office says of single KPIs.
    pub kpi_settings: Vec<KpiSetting>,
}

impl Book {
    /// What the office says of a KPI, by its name in the plan.
    pub fn kpi_setting(&self, item: u32, name: &str) -> Option<&KpiSetting> {
        let mut settings = self.kpi_settings.iter();
        settings.find(|setting| setting.is_of(item, name))
    }
}
