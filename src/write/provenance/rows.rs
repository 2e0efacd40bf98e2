//! The rows of the 出典: of each item its sheets, its fields, and what was not taken.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::text::excerpt;
use crate::model::{
    Book, BookItem, CellRef, Entered, FieldName, NamedField, OtherKind, Place, Return, Source,
    Text, Told,
};

use super::Fill;
use crate::write::marks::Marks;

/// How much of a value is shown: what goes into one line.
const BEGINNING: usize = 24;

/// A row: 取組番号, 欄, 内容, 元ファイル, シート, セル, 取り込み方.
pub(super) struct Row<'b> {
    pub texts: [String; 7],
    /// The shading.
    pub fill: Fill,
    /// The sheet and the cell that show the field.
    pub target: Option<(&'b str, CellRef)>,
}

/// The rows of an item of the plan.
pub(super) fn of_item<'b>(
    book: &'b Book,
    item: &'b BookItem,
    sheet: &'b str,
    marks: &'b Marks,
) -> Vec<Row<'b>> {
    let number = item.number().to_string();
    let of_item = Item {
        book,
        item,
        number,
        sheet,
        marks,
        returns: (0..)
            .zip(&item.returns)
            .map(|(at, returned)| (&*returned.sheet.source, at))
            .collect(),
    };
    let mut rows = of_item.sheets();
    rows.extend(of_item.index());
    let fields = item.official.fields();
    // A field without a cell and without a text came from nowhere.
    let fields = fields.iter();
    let fields = fields.filter(|field| field.raw.is_some() || field.place.is_some());
    rows.extend(fields.map(|field| of_item.field(field)));
    rows.extend(of_item.not_taken());
    rows.extend(of_item.unplaced());
    rows
}

/// The rows of what belongs to no item of the plan.
pub(super) fn outside(book: &Book) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for returned in &book.strangers {
        let number = returned.sheet.number.get().map(u32::to_string);
        let number = number.unwrap_or_default();
        rows.push(whole(
            book,
            returned,
            &number,
            "取り込んでいません（計画にない取組番号）",
        ));
        let unplaced = &returned.sheet.unplaced;
        rows.extend(unplaced.iter().map(|text| stray(text, &number, "様式外")));
    }
    for sheet in book.files.iter().flat_map(|file| &file.others) {
        let why = match sheet.kind {
            OtherKind::Instruction => "説明・記入例",
            OtherKind::FrontMatter => "表紙・一覧など",
            OtherKind::HiddenForm => "非表示のシートの票",
            OtherKind::HiddenList | OtherKind::HiddenText => "非表示のシート",
            OtherKind::Unknown => "様式が見つからないシート",
        };
        let label = format!("シート全体（{}セル）", sheet.cells);
        let how = format!("取り込んでいません（{why}）");
        let text = excerpt(&sheet.excerpt, BEGINNING);
        rows.push(row("", label, text, Some(&sheet.place), how, Fill::Paper));
    }
    rows
}

fn row<'b>(
    number: &str,
    label: String,
    text: String,
    place: Option<&Place>,
    how: String,
    fill: Fill,
) -> Row<'b> {
    let source = place.map(|place| &place.source);
    Row {
        texts: [
            number.to_owned(),
            label,
            text,
            source.map_or(String::new(), |source| source.file.clone()),
            source.map_or(String::new(), |source| source.sheet.clone()),
            place.map_or(String::new(), |place| place.cell.to_string()),
            how,
        ],
        fill,
        target: None,
    }
}

/// The row of a returned sheet as a whole; says what only names told of it.
fn whole<'b>(book: &Book, returned: &Return, number: &str, how: &str) -> Row<'b> {
    let place = Place {
        source: returned.sheet.source.clone(),
        cell: returned.sheet.anchor,
    };
    let mut how = how.to_owned();
    let origin = book.origins.get(&place.source.file);
    if let Some(origin) = origin.filter(|origin| origin.told != Told::Sheet) {
        how.push_str(&format!("。主管課は{}による", origin.told.label()));
    }
    if let Some(named) = returned.named {
        how.push_str(&format!("。年度は{}による", named.told.label()));
    }
    let label = "票全体".to_owned();
    row(
        number,
        label,
        returned.saved(),
        Some(&place),
        how,
        Fill::Paper,
    )
}

/// The row of a cell that is no field.
fn stray<'b>(text: &Text, number: &str, label: &str) -> Row<'b> {
    let how = "取り込んでいません（様式外の記載）".to_owned();
    let beginning = excerpt(text.text(), BEGINNING);
    let place = text.place.as_ref();
    row(
        number,
        label.to_owned(),
        beginning,
        place,
        how,
        Fill::Question,
    )
}

struct Item<'b> {
    book: &'b Book,
    item: &'b BookItem,
    number: String,
    sheet: &'b str,
    marks: &'b Marks,
    returns: BTreeMap<&'b Source, usize>,
}

impl<'b> Item<'b> {
    /// A row for each sheet that was returned: what became of it, and why.
    fn sheets(&self) -> Vec<Row<'b>> {
        let item = self.item;
        let fields = item.official.fields();
        let used: BTreeSet<&Source> = fields
            .iter()
            .filter(|field| field.raw.is_some())
            .filter_map(|field| Some(&*field.place?.source))
            .collect();
        let mut rows = Vec::new();
        for (at, returned) in item.returns.iter().enumerate() {
            let how = self.role(at, used.contains(&*returned.sheet.source));
            rows.push(whole(self.book, returned, &self.number, &how));
        }
        for returned in &item.other_period {
            let how = "取り込んでいません（年度・期の異なる様式）";
            rows.push(whole(self.book, returned, &self.number, how));
        }
        for returned in &item.misnumbered {
            let typed = returned.sheet.number.get().copied().unwrap_or(0);
            let how = format!("取り込んでいません（取組番号が{typed}と記入された票）");
            rows.push(whole(self.book, returned, &self.number, &how));
        }
        if item.returns.is_empty() {
            let how = self.book.standing(item).label().to_owned();
            let label = "票全体".to_owned();
            rows.push(row(
                &self.number,
                label,
                String::new(),
                None,
                how,
                Fill::Paper,
            ));
        }
        for row in &mut rows {
            row.target = self.top();
        }
        rows
    }

    fn role(&self, at: usize, is_used: bool) -> String {
        let item = self.item;
        if item.returns.len() == 1 {
            return "提出".to_owned();
        }
        if item.chosen == Some(at) {
            let why = item
                .joined
                .choice
                .map_or("取組項目名が計画と同じため", |choice| {
                    choice.reason()
                });
            return format!("採用した票（{why}）");
        }
        let mut copies = item.joined.copies.iter();
        let first = copies.find(|group| group.contains(&at));
        let first = first.and_then(|group| group.first()).copied();
        match first.filter(|first| *first != at) {
            Some(first) if item.chosen == Some(first) => "採用した票と同じ内容".to_owned(),
            Some(_) => "ほかの票と同じ内容".to_owned(),
            None if !item.counts(at) => "取り込んでいません（取組項目名が異なる票）".to_owned(),
            None if is_used => "採用した票にない記載を補った票".to_owned(),
            None => "採用していない票".to_owned(),
        }
    }

    /// The item's row of the index.
    fn index(&self) -> Vec<Row<'b>> {
        let Some(index) = &self.item.index else {
            return Vec::new();
        };
        let labels = &self.book.layout.labels;
        let name = &self.book.layout.sheets.index;
        let fields = [
            (&labels.priority, &index.priority),
            (&labels.title, &index.title),
            (&labels.lead, &index.lead),
        ];
        let rows = fields.map(|(label, text)| {
            let label: String = label.plain().split_whitespace().collect();
            let beginning = excerpt(text.text(), BEGINNING);
            let place = text.place.as_ref();
            let how = "計画の一覧".to_owned();
            let mut row = row(
                &self.number,
                format!("{name} {label}"),
                beginning,
                place,
                how,
                Fill::Paper,
            );
            row.target = place.and_then(|place| self.marks.shown(place));
            row
        });
        rows.into()
    }

    /// A field of the merged workbook.
    fn field(&self, field: &NamedField<'_>) -> Row<'b> {
        let label = field.name.label(&self.book.layout, &self.item.official);
        let text = excerpt(field.raw.unwrap_or(""), BEGINNING);
        let how = self.how(field);
        let mut row = row(&self.number, label, text, field.place, how, Fill::Paper);
        let shown = field.place.and_then(|place| self.marks.shown(place));
        row.target = shown.or(self.top());
        row
    }

    fn how(&self, field: &NamedField<'_>) -> String {
        let Some(place) = field.place else {
            return String::new();
        };
        let source = &*place.source;
        let from = match self.returns.get(source) {
            Some(at) => self.return_told(*at),
            None if self.is_previous(source) => "前回",
            None => "計画",
        };
        match field.raw {
            Some(_) => from.to_owned(),
            None => format!("{from}：空欄"),
        }
    }

    fn return_told(&self, at: usize) -> &'static str {
        match (self.item.joined.order.len(), self.item.chosen == Some(at)) {
            (0 | 1, _) => "提出",
            (_, true) => "提出（採用した票）",
            (_, false) => "提出（ほかの票から補った記載）",
        }
    }

    fn is_previous(&self, source: &Source) -> bool {
        let previous = self.book.previous.as_ref();
        previous.is_some_and(|previous| previous.is_from(&source.file))
    }

    /// What the returns say against what was taken.
    fn not_taken(&self) -> Vec<Row<'b>> {
        let Some(sheet) = self.item.returned() else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for conflict in &self.item.joined.conflicts {
            let taken = conflict.taken.place.as_ref();
            let target = taken.and_then(|place| self.marks.shown(self.official(place)));
            for other in conflict.others.iter().flatten() {
                let label = conflict.field.label(&self.book.layout, sheet);
                let mut row = self.other(label, conflict.field, other);
                row.target = target.or(self.top());
                rows.push(row);
            }
        }
        rows
    }

    fn other(&self, label: String, field: FieldName, other: &Entered) -> Row<'b> {
        let how = match field.is_of_plan() {
            true => "採用していません（計画の欄で、票によって異なる記載）",
            false => "採用していません（票によって異なる記載）",
        };
        let text = excerpt(&other.raw, BEGINNING);
        let place = other.place.as_ref();
        row(
            &self.number,
            label,
            text,
            place,
            how.to_owned(),
            Fill::Question,
        )
    }

    /// Where the merged workbook's field stands that a return's field became.
    fn official<'a>(&'a self, place: &'a Place) -> &'a Place {
        self.item.twins.get(place).unwrap_or(place)
    }

    /// Cells of any of the item's sheets that are no field.
    fn unplaced(&self) -> Vec<Row<'b>> {
        let item = self.item;
        let returns = item.returns.iter().chain(&item.other_period);
        let returns = returns.chain(&item.misnumbered);
        let of_returns = returns.flat_map(|returned| &returned.sheet.unplaced);
        let of_returns = of_returns.map(|text| stray(text, &self.number, "様式外"));
        let of_plan = item.plan.unplaced.iter();
        let of_plan = of_plan.map(|text| stray(text, &self.number, "計画の様式外"));
        let mut rows: Vec<Row<'b>> = of_returns.chain(of_plan).collect();
        for row in &mut rows {
            row.target = self.top();
        }
        rows
    }

    fn top(&self) -> Option<(&'b str, CellRef)> {
        Some((self.sheet, CellRef::new(0, 0)))
    }
}
