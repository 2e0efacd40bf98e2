//! The 数値目標 of a layout that sets a year's target and actual side by side, a KPI a row.

use crate::model::{Field, FieldName, Kpi, Label, Text};

use super::draft::{Band, NEVER, Piece};
use super::item::{BEFORE_BLOCK, Drawing, HANGING, IN_BLOCK, shares};

/// The columns of a year and of its two values: the first column and their number.
struct Share {
    year: (u16, u16),
    actual: (u16, u16),
    target: (u16, u16),
}

impl Drawing<'_> {
    pub(super) fn kpis_in_columns(&self) -> Vec<Band> {
        let labels = &self.layout.labels;
        let shares = self.shares_of_values();
        let mut bands = vec![self.heads_of_values(&shares)];
        let mut cost = NEVER;
        for (at, kpi) in self.official.kpis.iter().enumerate() {
            bands.push(Band::new(cost, self.values_of(at, kpi, &shares)));
            cost = IN_BLOCK;
            for (line, note) in kpi.notes.iter().enumerate() {
                let name = FieldName::KpiNote { kpi: at, line };
                bands.push(self.full_row(HANGING, note, labels.kpi.plain(), name));
            }
        }
        for _ in self.official.kpis.len()..usize::from(self.layout.item.least_rows) {
            let mut pieces = vec![self.empty(0, self.layout.item.kpi_columns)];
            pieces.extend(
                self.baseline_column()
                    .map(|(at, wide)| self.empty(at, wide)),
            );
            for share in &shares {
                let cells = [share.target, share.actual].into_iter();
                pieces.extend(cells.map(|(at, wide)| self.empty(at, wide)));
            }
            bands.push(Band::new(cost, pieces));
            cost = IN_BLOCK;
        }
        bands
    }

    /// The heads: one row where each names its year, else the years above in a row of their own.
    fn heads_of_values(&self, shares: &[Share]) -> Band {
        let (labels, item) = (&self.layout.labels, &self.layout.item);
        let storeys = if labels.kpi_year.is_none() { 1 } else { 2 };
        let mut pieces = vec![
            self.label(0, item.kpi_columns, labels.kpi.plain())
                .on(0, storeys),
        ];
        let head = |(at, wide), text: &str| self.label(at, wide, text);
        if let Some(place) = self.baseline_column() {
            pieces.push(head(place, labels.baseline.plain()).on(0, storeys));
        }
        for (year, share) in self.years.iter().zip(shares) {
            if storeys > 1 {
                pieces.push(head(share.year, &labels.kpi_year.written(*year)));
            }
            let of = |place, label: &Label| head(place, &label.written(*year));
            pieces.push(of(share.target, &labels.target).on(storeys - 1, 1));
            pieces.push(of(share.actual, &labels.actual).on(storeys - 1, 1));
        }
        Band {
            storeys,
            ..Band::new(BEFORE_BLOCK, pieces)
        }
    }

    fn values_of(&self, number: usize, kpi: &Kpi, shares: &[Share]) -> Vec<Piece> {
        let (labels, item) = (&self.layout.labels, &self.layout.item);
        let mut name = kpi.name.clone();
        if self.baseline_column().is_none() {
            let whole = [kpi.name.raw.as_deref(), kpi.baseline.raw.as_deref()];
            let whole: Vec<&str> = whole.into_iter().flatten().collect();
            name = Text::from_raw(Some(&whole.join("\n")), kpi.name.place.clone());
        }
        let mut pieces = vec![
            self.text(0, item.kpi_columns, self.styles.middle(), &name)
                .named(labels.kpi.plain()),
        ];
        if let Some((at, wide)) = self.baseline_column() {
            let label = labels.baseline.plain();
            let piece = Piece::new(at, wide, self.styles.centred(), label, kpi.baseline.text());
            pieces.push(piece.from(kpi.baseline.place.as_ref()));
        }
        for (year, share) in self.years.iter().zip(shares) {
            let values = kpi.year(*year);
            let actual = values.and_then(|values| values.actual.as_ref());
            let target = values.and_then(|values| values.target.as_ref());
            let due = self.due_at_year_end() && *year == self.period.year;
            let blank = actual.is_none_or(Field::is_blank);
            let (kpi, year) = (number, *year);
            let names = [
                FieldName::Target { kpi, year },
                FieldName::Actual { kpi, year },
            ];
            for ((at, wide), field, label, missing, name) in [
                (
                    share.target,
                    target,
                    labels.target_of(year),
                    false,
                    names[0],
                ),
                (
                    share.actual,
                    actual,
                    labels.actual_of(year),
                    due && blank,
                    names[1],
                ),
            ] {
                let text = field.map_or("", Field::text);
                let piece = Piece::new(at, wide, self.styles.centred(), &label, text)
                    .from(field.and_then(|field| field.place.as_ref()))
                    .of(name)
                    .missing_if(missing);
                pieces.push(piece);
            }
        }
        pieces
    }

    fn baseline_column(&self) -> Option<(u16, u16)> {
        let item = &self.layout.item;
        (item.baseline_columns > 0).then_some((item.kpi_columns, item.baseline_columns))
    }

    fn shares_of_values(&self) -> Vec<Share> {
        let item = &self.layout.item;
        let years = self.shares(item.kpi_columns + item.baseline_columns);
        let share = |year: (u16, u16)| {
            let halves = shares(year.0, year.1, 2);
            let (left, right) = (halves[0], halves[1]);
            let (target, actual) = match item.target_first {
                true => (left, right),
                false => (right, left),
            };
            Share {
                year,
                actual,
                target,
            }
        };
        years.into_iter().map(share).collect()
    }
}
