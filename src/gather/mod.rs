//! Stage four: each item of the plan beside what was returned for it. Nothing is judged here.

mod aliases;
mod choice;
mod closed;
mod handouts;
mod join;
mod kpis;
mod marks;
mod names;
mod official;
mod origin;
mod plan;
mod shared;
mod twins;

pub use handouts::{handouts, sent_back};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aliases::Aliases;

pub use plan::{Clash, plan_book, plan_of_tables};

use crate::model::text::name_key;
use crate::model::{
    Book, BookItem, CollectedFile, Cover, FiscalYear, ItemSheet, Joined, KpiSetting, Layout,
    OfficialBook, Outcome, Period, Prefer, Renaming, Return, Submission, Thresholds, kpi_matches,
    plan_code,
};

/// What is put together into a book.
pub struct Parts {
    /// The collection's period.
    pub period: Period,
    /// The plan's workbook.
    pub plan: OfficialBook,
    /// The previous workbook.
    pub previous: Option<OfficialBook>,
    /// The collected files, in any order; they are gathered in the order of their names.
    pub files: Vec<CollectedFile>,
    /// The cover's words; what is absent is taken from the plan's cover.
    pub cover: Cover,
    /// Which of two returns of one item counts.
    pub prefer: Prefer,
    /// Departments' other names, and what became of departments.
    pub aliases: Vec<Renaming>,
    /// The layout.
    pub layout: Layout,
    /// What the office tuned in the rules of judgement.
    pub thresholds: Thresholds,
    /// What the office says of single KPIs.
    pub kpi_settings: Vec<KpiSetting>,
}

/// Gathers everything into one book.
pub fn book(parts: Parts) -> Book {
    let Parts {
        period,
        mut plan,
        previous,
        mut files,
        cover,
        prefer,
        aliases,
        layout,
        thresholds,
        kpi_settings,
    } = parts;
    let aliases = Aliases::of(&aliases, period);
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let cover = complete(cover, &plan, period);
    let years = plan_years(&cover, &plan, period);
    let reported = previous.as_ref().and_then(reporting_year);
    let mut items: Vec<BookItem> = std::mem::take(&mut plan.items)
        .into_iter()
        .map(|sheet| book_item(sheet, &plan, previous.as_ref(), (reported, period)))
        .collect();
    items.sort_by_key(BookItem::number);
    items.dedup_by_key(|item| item.number());
    let leads = leads(&items);
    let listed = plan.index.iter();
    let listed_only = listed.filter(|row| position(&items, row.number).is_none());
    let listed_only = listed_only.cloned().collect();
    let mut strangers = Vec::new();
    let mut origins = BTreeMap::new();
    let code = plan_code(cover.plan.as_deref(), &layout);
    for file in &mut files {
        marks::supply_numbers(file, &code);
        let origin = origin::of_file(file, &items, &leads, &aliases);
        let known = file.properties.as_ref();
        let answers = known.map_or_else(Vec::new, |known| known.answers.clone());
        for mut sheet in std::mem::take(&mut file.items) {
            let plan = sheet
                .number
                .get()
                .and_then(|number| position(&items, *number));
            aliases.apply(&mut sheet, plan.map(|at| &items[at].plan));
            if let Some(at) = plan {
                kpis::from_notes(&items[at].plan.kpis, &mut sheet.kpis);
                shared::share(&items[at].plan, &mut sheet);
            }
            let returned = Return {
                modified: file.modified.clone(),
                departments: origin.departments.clone(),
                named: names::period(&file.name, &sheet),
                answers: answers.clone(),
                sheet,
            };
            distribute(returned, period, &mut items, &mut strangers);
        }
        origins.insert(file.name.clone(), origin);
    }
    let titles = items.iter().map(|item| name_key(item.plan.title.text()));
    let titles: BTreeSet<String> = titles.filter(|title| !title.is_empty()).collect();
    for item in &mut items {
        marks::supersede(item);
        item.returns.shrink_to_fit();
        settle(item, &titles, prefer);
        let is_returned = item.returned().is_some();
        item.official = official::sheet(&item.plan, item.returned(), &item.matches, &years);
        if let Some(before) = item.previous.as_ref().filter(|_| item.closed) {
            closed::carry(&mut item.official, before, (reported, period), &layout);
            if !is_returned {
                closed::carry_actuals(&mut item.official, before, period);
            }
        }
    }
    let departments = standing(&leads, &items, &strangers, &files, &aliases);
    Book {
        period,
        cover,
        years,
        plan_files: [plan.file].into_iter().chain(plan.volumes).collect(),
        previous,
        items,
        listed_only,
        strangers,
        departments,
        files,
        origins,
        layout,
        thresholds,
        kpi_settings,
    }
}

/// Fills what the configuration leaves open from the plan's cover.
fn complete(cover: Cover, plan: &OfficialBook, period: Period) -> Cover {
    let from_plan = &plan.cover;
    Cover {
        city: cover.city.or_else(|| from_plan.city.clone()),
        plan: cover.plan.or_else(|| from_plan.plan.clone()),
        years: if cover.years.is_empty() {
            from_plan.years.clone()
        } else {
            cover.years
        },
        fiscal_year: Some(period.year),
        half: Some(period.half),
        issued: cover.issued,
        issuer: cover.issuer.or_else(|| from_plan.issuer.clone()),
    }
}

/// The plan's years: from the cover, else every year that its KPIs and schedules name, else the
/// reporting year alone.
fn plan_years(cover: &Cover, plan: &OfficialBook, period: Period) -> Vec<FiscalYear> {
    if !cover.years.is_empty() {
        return cover.years.clone();
    }
    let kpis = plan.items.iter().flat_map(|item| &item.kpis);
    let of_kpis = kpis.flat_map(|kpi| kpi.years.iter().map(|values| values.year));
    let activities = plan.items.iter().flat_map(|item| &item.schedule);
    let phases = activities.flat_map(|activity| &activity.phases);
    let of_phases = phases.flat_map(|phase| [phase.from, phase.to]);
    let mut years: Vec<FiscalYear> = of_kpis.chain(of_phases).collect();
    if years.is_empty() {
        years.push(period.year);
    }
    years.sort();
    years.dedup();
    years
}

fn book_item(
    sheet: ItemSheet,
    plan: &OfficialBook,
    previous: Option<&OfficialBook>,
    (reported, period): (Option<FiscalYear>, Period),
) -> BookItem {
    let number = sheet.number.get().copied();
    let index = plan
        .index
        .iter()
        .find(|row| Some(row.number) == number)
        .cloned();
    let before = previous.and_then(|book| {
        book.items
            .iter()
            .find(|item| item.number.get().copied() == number)
            .cloned()
            .map(Box::new)
    });
    let closed = before
        .as_ref()
        .is_some_and(|before| closed::is_closed(before, reported, period));
    BookItem {
        // It is put together when the returns are known.
        official: ItemSheet::blank(Arc::clone(&sheet.source), sheet.anchor),
        plan: sheet,
        index,
        previous: before,
        returns: Vec::new(),
        chosen: None,
        joined: Joined::default(),
        superseded: Vec::new(),
        other_period: Vec::new(),
        misnumbered: Vec::new(),
        matches: Vec::new(),
        twins: BTreeMap::new(),
        closed,
    }
}

/// The year a workbook reports on: as its cover says, else as its sheets do.
fn reporting_year(book: &OfficialBook) -> Option<FiscalYear> {
    let of_sheets = || book.items.iter().find_map(|item| item.year.get().copied());
    book.cover.fiscal_year.or_else(of_sheets)
}

/// The plan's 主管課 in order of appearance; those whose items are all closed owe nothing.
fn leads(items: &[BookItem]) -> Vec<String> {
    let mut leads: Vec<String> = Vec::new();
    for lead in items
        .iter()
        .filter(|item| !item.closed)
        .flat_map(BookItem::lead)
    {
        if !leads.iter().any(|known| name_key(known) == name_key(lead)) {
            leads.push(lead.clone());
        }
    }
    leads
}

/// Where the item of a number stands: items are in order of their numbers, each number once.
fn position(items: &[BookItem], number: u32) -> Option<usize> {
    items.binary_search_by_key(&number, BookItem::number).ok()
}

/// The item whose title a sheet bears under the number of another one of the plan: the title is
/// exactly its own, and no second item has it.
fn owner(items: &[BookItem], sheet: &ItemSheet) -> Option<usize> {
    let title = name_key(sheet.title.text());
    let numbered = &items[position(items, *sheet.number.get()?)?];
    let bears = |item: &BookItem| name_key(item.plan.title.text()) == title;
    let is_known = !title.is_empty() && !numbered.plan.title.is_blank();
    if !is_known || bears(numbered) {
        return None;
    }
    let mut owners = (0..items.len()).filter(|at| bears(&items[*at]));
    match (owners.next(), owners.next()) {
        (Some(owner), None) => Some(owner),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// Puts a returned sheet beside its item; one with another item's number, and a form for another year or half stands apart.
fn distribute(
    returned: Return,
    period: Period,
    items: &mut [BookItem],
    strangers: &mut Vec<Return>,
) {
    let number = returned.sheet.number.get();
    let at = number.and_then(|number| position(items, *number));
    let Some(at) = at else {
        strangers.push(returned);
        return;
    };
    let sheet = &returned.sheet;
    if let Some(owner) = owner(items, sheet) {
        items[owner].misnumbered.push(returned);
        return;
    }
    let named = returned.named;
    let year = sheet.year.get().copied().or(named.map(|named| named.year));
    let half = sheet.half.get().copied();
    let half = half.or(named.and_then(|named| named.half));
    let other_year = year.is_some_and(|year| year != period.year);
    let other_half = half.is_some_and(|half| half != period.half);
    let item = &mut items[at];
    if other_year || other_half {
        item.other_period.push(returned);
    } else {
        item.returns.push(returned);
    }
}

/// Chooses among an item's returns, and joins them where there are several.
fn settle(item: &mut BookItem, titles: &BTreeSet<String>, prefer: Prefer) {
    let order = choice::order(&item.plan, titles, &item.returns, prefer);
    item.chosen = order.first().copied();
    let mut copies = choice::copies(&item.returns, &order);
    let mut twins = Vec::new();
    if let [first, second, ..] = order[..] {
        let between = |one: &Return, other: &Return| choice::between(prefer, one, other);
        item.joined.choice = Some(between(&item.returns[first], &item.returns[second]));
        // Of copies the first speaks for all.
        let speaks = |at: &usize| copies.iter().any(|group| group.first() == Some(at));
        let distinct: Vec<usize> = order.iter().copied().filter(speaks).collect();
        if distinct.len() > 1 {
            let together = join::join(&item.plan, &item.returns, &distinct, between);
            merge_groups(&mut copies, &together.equal, &order);
            item.joined.conflicts = together.conflicts;
            item.joined.blanked = together.blanked;
            twins = together.twins;
            item.joined.sheet =
                (together.equal.len() < distinct.len()).then(|| Box::new(together.sheet));
        }
        item.joined.order = order;
    }
    copies.retain(|group| group.len() > 1);
    item.joined.copies = copies;
    item.matches = match item.returned() {
        Some(sheet) => kpi_matches(&item.plan.kpis, &sheet.kpis),
        None => Vec::new(),
    };
    item.twins = match item.returned() {
        Some(sheet) => twins::twins(&item.plan, sheet, &item.matches),
        None => BTreeMap::new(),
    };
    for (from, to) in twins {
        let to = item.twins.get(&to).cloned().unwrap_or(to);
        item.twins.entry(from).or_insert(to);
    }
}

/// Makes one group of those that say the same in other spellings.
fn merge_groups(copies: &mut Vec<Vec<usize>>, equal: &[usize], order: &[usize]) {
    let is_equal = |group: &Vec<usize>| group.first().is_some_and(|first| equal.contains(first));
    let (same, others): (Vec<_>, Vec<_>) = std::mem::take(copies).into_iter().partition(is_equal);
    copies.extend(others);
    let same: BTreeSet<usize> = same.into_iter().flatten().collect();
    let in_order: Vec<usize> = order
        .iter()
        .copied()
        .filter(|at| same.contains(at))
        .collect();
    copies.extend(Some(in_order).filter(|group| !group.is_empty()));
    copies.sort();
}

/// How each 主管課 stands; one of which every item came from another owes nothing.
fn standing(
    leads: &[String],
    items: &[BookItem],
    strangers: &[Return],
    files: &[CollectedFile],
    aliases: &Aliases,
) -> Vec<(String, Submission)> {
    let all = items
        .iter()
        .flat_map(|item| {
            item.returns
                .iter()
                .chain(&item.other_period)
                .chain(&item.misnumbered)
        })
        .chain(strangers);
    let mut returned: Vec<&String> = all.flat_map(|one| &one.departments).collect();
    returned.sort();
    returned.dedup();
    leads
        .iter()
        .map(|lead| {
            let named = |file: &&CollectedFile| aliases.is_named(&file.name, lead);
            let mut due = items
                .iter()
                .filter(|item| !item.closed && item.is_led_by(lead));
            let submission = if returned.contains(&lead) {
                Submission::Returned
            } else {
                let mut outcomes = files.iter().filter(named).map(|file| &file.outcome);
                match (
                    outcomes.any(|one| *one == Outcome::Read),
                    files.iter().any(|file| named(&file)),
                ) {
                    (true, _) => Submission::Returned,
                    (false, true) => Submission::Unreadable,
                    (false, false) if due.all(|item| item.chosen.is_some()) => Submission::Returned,
                    (false, false) => Submission::Nothing,
                }
            };
            (lead.clone(), submission)
        })
        .collect()
}
