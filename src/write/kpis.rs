//! The 数値目標 block of an item's sheet.

use crate::model::{Field, FieldName, Kpi, KpiArrangement};

use super::draft::{Band, NEVER, Piece};
use super::item::{BEFORE_BLOCK, Drawing, HANGING, IN_BLOCK};

impl Drawing<'_> {
    pub(super) fn kpis(&self) -> Vec<Band> {
        match self.layout.item.kpi_arrangement {
            KpiArrangement::Storeys => self.kpis_in_storeys(),
            KpiArrangement::Columns => self.kpis_in_columns(),
        }
    }

    fn kpis_in_storeys(&self) -> Vec<Band> {
        let labels = &self.layout.labels;
        let item = &self.layout.item;
        let target_at = usize::from(!item.target_first);
        let shares = self.shares(item.kpi_columns);
        let mut head = vec![self.label(0, item.kpi_columns, labels.kpi.plain()).on(0, 2)];
        for (year, (column, columns)) in self.years.iter().zip(&shares) {
            let (actual, target) = (labels.actual.written(*year), labels.target.written(*year));
            let of = |text, storey| self.label(*column, *columns, text).storey(storey);
            head.push(of(&actual, 1 - target_at));
            head.push(of(&target, target_at));
        }
        let two = |cost, pieces| Band {
            storeys: 2,
            ..Band::new(cost, pieces)
        };
        let mut bands = vec![two(BEFORE_BLOCK, head)];
        let mut cost = NEVER;
        for (at, kpi) in self.official.kpis.iter().enumerate() {
            bands.push(two(cost, self.kpi(at, kpi, &shares)));
            cost = IN_BLOCK;
            for (line, note) in kpi.notes.iter().enumerate() {
                let name = FieldName::KpiNote { kpi: at, line };
                bands.push(self.full_row(HANGING, note, labels.kpi.plain(), name));
            }
        }
        for _ in self.official.kpis.len()..usize::from(item.least_rows) {
            let mut pieces = vec![self.empty(0, item.kpi_columns).on(0, 2)];
            for (column, columns) in &shares {
                pieces.push(self.empty(*column, *columns).storey(0));
                pieces.push(self.empty(*column, *columns).storey(1));
            }
            bands.push(two(cost, pieces));
            cost = IN_BLOCK;
        }
        bands
    }

    fn kpi(&self, at: usize, kpi: &Kpi, shares: &[(u16, u16)]) -> Vec<Piece> {
        let labels = &self.layout.labels;
        let target_at = usize::from(!self.layout.item.target_first);
        let name: Vec<&str> = [kpi.name.raw.as_deref(), kpi.baseline.raw.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let columns = self.layout.item.kpi_columns;
        let mut pieces = vec![
            Piece::new(
                0,
                columns,
                self.styles.middle(),
                labels.kpi.plain(),
                name.join("\n"),
            )
            .from(kpi.name.place.as_ref())
            .from(kpi.baseline.place.as_ref())
            .on(0, 2),
        ];
        for (year, (column, columns)) in self.years.iter().zip(shares) {
            let values = kpi.year(*year);
            let actual = values.and_then(|values| values.actual.as_ref());
            let target = values.and_then(|values| values.target.as_ref());
            let due = self.due_at_year_end() && *year == self.period.year;
            let blank = actual.is_none_or(Field::is_blank);
            let (kpi, year) = (at, *year);
            let names = [
                FieldName::Actual { kpi, year },
                FieldName::Target { kpi, year },
            ];
            for (storey, field, label, missing, name) in [
                (
                    1 - target_at,
                    actual,
                    &labels.actual,
                    due && blank,
                    names[0],
                ),
                (target_at, target, &labels.target, false, names[1]),
            ] {
                let text = field.map_or("", Field::text);
                let label = label.written(year);
                let piece = Piece::new(*column, *columns, self.styles.centred(), &label, text)
                    .from(field.and_then(|field| field.place.as_ref()))
                    .of(name)
                    .missing_if(missing)
                    .storey(storey);
                pieces.push(piece);
            }
        }
        pieces
    }
}
