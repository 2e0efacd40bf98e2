//! The plan of a new job folder: copied, made out of tables, or taken out of last period's workbook.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::gather::plan_book;
use crate::job::{Job, NewSettings, PLAN};
use crate::model::{
    Book, BookItem, Cover, FiscalYear, Half, ItemSheet, Layout, OfficialBook, Period, Volume,
};
use crate::plan_workbook;
use crate::read::Limits;
use crate::write::{Edition, Stamp};

use super::failure::Failure;
use super::new_job::{Last, NewJob, Wanted, load, named_like};
use super::{assemble, merge, plan, plan_source, volumes};

impl NewJob {
    /// The plan that is given, or that of last period's workbook.
    pub(super) fn add_plan(
        &mut self,
        wanted: &Wanted<'_>,
        last: Option<&Last<'_>>,
        (set, limits): (Option<&Job>, &Limits),
        settings: &mut NewSettings,
    ) -> Result<(), Failure> {
        let given = wanted.common.plan.as_deref();
        let (source, path) = match (given, last) {
            (Some(path), _) => (plan_source::read(path, &self.layout, limits)?, path),
            (None, Some(last)) => (last.book.clone(), last.path),
            (None, None) => return Ok(()),
        };
        plan::refuse_unnumbered(&source, path)?;
        let volume = source.volume;
        self.notes.extend(plan::warnings(&source));
        if given.is_none() {
            self.notes.extend(not_copied(&source.items));
        }
        let mut cover = match given {
            // A plan that is given speaks for itself, also where it is another one than last period's.
            Some(_) => completed(source.cover.clone(), last.map(|last| &last.book.cover)),
            None => set.map(assemble::cover).unwrap_or_default(),
        };
        if given.is_some_and(plan_source::is_tables) && cover.years.is_empty() {
            cover.years = years(&source, last.map(|last| &last.book.cover));
        }
        if given.is_some() {
            settings.years.clear();
        }
        let at = self.period.unwrap_or(Period {
            year: FiscalYear(0),
            half: Half::Second,
        });
        let previous = last.map(|last| last.book.clone());
        let book = plan_book(source, previous, at, cover, self.layout.clone());
        if let Some(period) = self.period {
            refuse_period(period, &book, last, &self.layout)?;
        }
        self.notes.extend(closed(&book));
        if last.is_some() || given.is_some_and(plan_source::is_tables) {
            settings.city = book.cover.city.clone();
            settings.name = book.cover.plan.clone();
            settings.issuer = book.cover.issuer.clone();
        }
        let most = set.and_then(|job| job.volume_items);
        let count = format!("取組{}件", book.items.len());
        match given {
            Some(path) if !plan_source::is_tables(path) => {
                let name = named_like(PLAN, path);
                settings.plan = Some(name.clone()).filter(|name| name != PLAN);
                let about = format!("実施計画（{count}。「{}」の写し）", path.display());
                self.add(&name, load(path, limits)?, about);
                self.add_volumes(&name, path, volume, limits)?;
            }
            Some(path) => {
                let period = self.period.ok_or(Failure::PeriodForPlan)?;
                let about = format!("実施計画（{count}。「{}」の表から作成）", path.display());
                let is_nameless = book.cover.plan.is_none();
                self.add_plan_book(book, most, merge::stamp(period), about)?;
                if is_nameless {
                    self.notes.push(
                        "計画の表には計画の名称がありません。torimatome.toml の [plan] の name に書いてください。"
                            .to_owned(),
                    );
                }
            }
            None => {
                let about = format!("実施計画（{count}。集約版の計画欄から作成）");
                self.add_plan_book(book, most, merge::stamp(at), about)?;
            }
        }
        Ok(())
    }

    /// The plan as a workbook of our own, in volumes where it is large.
    fn add_plan_book(
        &mut self,
        book: Book,
        most: Option<u64>,
        stamp: Stamp,
        about: String,
    ) -> Result<(), Failure> {
        let Some(lengths) = volumes::lengths(&book, most) else {
            self.add(PLAN, plan_workbook(&book, stamp)?, about);
            return Ok(());
        };
        let of = lengths.len();
        let written = volumes::kept(book, Edition::Plan, &lengths, stamp)?;
        let mut names = vec![PathBuf::from(PLAN)];
        names.extend(volumes::beside(Path::new(PLAN), Volume::Summary { of }));
        let abouts = std::iter::once(about).chain(std::iter::repeat("その分冊".to_owned()));
        for ((name, bytes), about) in names.iter().zip(written).zip(abouts) {
            self.add(&name.to_string_lossy(), bytes, about);
        }
        Ok(())
    }
}

/// Refuses a period of no year of the plan; after its last year the plan is over.
fn refuse_period(
    period: Period,
    book: &Book,
    last: Option<&Last<'_>>,
    layout: &Layout,
) -> Result<(), Failure> {
    let reported = last.and_then(|last| last.reported);
    match (reported, book.years.last()) {
        (Some(reported), Some(end)) if period.year > *end => {
            let years: Vec<String> = book.years.iter().map(FiscalYear::to_string).collect();
            Err(Failure::PlanEnded {
                years: years.join("、"),
                reported: layout.period_in_names(reported),
                wanted: period.to_string(),
            })
        }
        (Some(_) | None, Some(_) | None) => plan::refuse_period(period, &book.years),
    }
}

/// Fills what a plan leaves open of its cover.
fn completed(cover: Cover, last: Option<&Cover>) -> Cover {
    let of_last = |field: fn(&Cover) -> &Option<String>| last.and_then(|last| field(last).clone());
    Cover {
        city: cover.city.or_else(|| of_last(|last| &last.city)),
        plan: cover.plan.or_else(|| of_last(|last| &last.plan)),
        years: cover.years,
        issuer: cover.issuer.or_else(|| of_last(|last| &last.issuer)),
        ..Cover::default()
    }
}

/// The years of a plan of tables, which have no cover: those of last period's plan, and any other
/// that the tables name.
fn years(tables: &OfficialBook, last: Option<&Cover>) -> Vec<FiscalYear> {
    let kpis = tables.items.iter().flat_map(|item| &item.kpis);
    let of_kpis = kpis.flat_map(|kpi| kpi.years.iter().map(|values| values.year));
    let activities = tables.items.iter().flat_map(|item| &item.schedule);
    let phases = activities.flat_map(|activity| &activity.phases);
    let of_phases = phases.flat_map(|phase| [phase.from, phase.to]);
    let known = last.map(|last| last.years.clone()).unwrap_or_default();
    let years: BTreeSet<FiscalYear> = known.into_iter().chain(of_kpis).chain(of_phases).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(end)) => (first.0..=end.0).map(FiscalYear).collect(),
        (Some(_) | None, _) => Vec::new(),
    }
}

/// Says which items are carried as closed.
fn closed(book: &Book) -> Option<String> {
    let closed = book.items.iter().filter(|item| item.closed);
    let numbers: Vec<String> = closed
        .map(BookItem::number)
        .map(|n| n.to_string())
        .collect();
    (!numbers.is_empty()).then(|| {
        format!(
            "取組番号{}は、前回の集約版で中止されているため、提出を求めません。",
            numbers.join("、")
        )
    })
}

/// Says what stands on the item sheets in no field, and is not copied into the plan.
fn not_copied(items: &[ItemSheet]) -> Option<String> {
    let texts = || items.iter().flat_map(|item| &item.unplaced);
    let first = texts().find_map(|text| text.place.clone())?;
    Some(format!(
        "集約版の票に、様式の欄でない記載が{}件あります（{first} など）。計画.xlsx には写していません。要るものは書き写してください。",
        texts().count()
    ))
}
