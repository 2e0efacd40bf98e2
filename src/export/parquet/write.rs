//! Rows into columns, and columns into a file.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType,
    Int32Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use rust_decimal::Decimal;

use crate::model::text::excerpt;
use crate::model::{Layout, TidyCell, TidyKind, TidySource, TidyValue, tidy_rows};

use super::ExportError;
use super::columns::{Column, Kind, PRECISION, SCALE, WIDTH, columns, schema};

/// Rows of a row group: with the longest texts some tens of MiB.
const ROWS: usize = 20_000;
/// How much of a cell is quoted.
const QUOTED: usize = 40;

/// Writes a table of one source; what its types cannot hold is told in `unfit`.
pub(super) fn table(
    kind: TidyKind,
    source: &TidySource<'_>,
    layout: &Layout,
    unfit: &mut Vec<String>,
) -> Result<Vec<u8>, ExportError> {
    let columns = columns(kind);
    let name = match kind {
        TidyKind::Kpis => "kpi",
        TidyKind::Texts => "text",
    };
    // The files are small and many: an index of the pages would be as large as the pages.
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .build();
    let schema = schema(name, &columns)?;
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let sources = std::slice::from_ref(source);
    let mut rows = tidy_rows(kind, sources, layout).peekable();
    while rows.peek().is_some() {
        let mut chunks: Vec<Chunk> = columns.iter().map(|column| Chunk::new(*column)).collect();
        for row in rows.by_ref().take(ROWS) {
            for chunk in &mut chunks {
                unfit.extend(chunk.push(&row[chunk.column.at]));
            }
        }
        let mut group = file.next_row_group()?;
        for chunk in chunks {
            let Some(writer) = group.next_column()? else {
                break;
            };
            chunk.write(writer)?;
        }
        group.close()?;
    }
    Ok(file.into_inner()?)
}

/// The values of a column in a row group.
struct Chunk {
    column: Column,
    /// A one for each row that has a value, a nought for each that is null.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Whole(Vec<i32>),
    Decimal(Vec<FixedLenByteArray>),
    Flag(Vec<bool>),
}

impl Chunk {
    fn new(column: Column) -> Self {
        let values = match column.kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Whole | Kind::Day => Values::Whole(Vec::new()),
            Kind::Decimal => Values::Decimal(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
        };
        Self {
            column,
            levels: Vec::new(),
            values,
        }
    }

    /// Adds a cell; gives a sentence where it says something that the column cannot hold.
    fn push(&mut self, cell: &TidyCell) -> Option<String> {
        let held = match &mut self.values {
            Values::Text(values) => {
                let text = Some(&cell.text).filter(|text| !text.is_empty());
                put(values, text.map(|text| text.as_bytes().to_vec().into()))
            }
            Values::Whole(values) => put(values, whole(self.column.kind, cell.value)),
            Values::Decimal(values) => put(values, decimal(cell.value)),
            Values::Flag(values) => match cell.value {
                Some(TidyValue::Met(met)) => put(values, Some(met)),
                Some(TidyValue::Whole(_) | TidyValue::Number(_) | TidyValue::Day(_)) | None => {
                    false
                }
            },
        };
        self.levels.push(i16::from(held));
        let must_hold = match self.column.kind {
            Kind::Whole | Kind::Decimal => !cell.text.is_empty(),
            // Most times are no days, and most values are no actuals; the texts stand beside them.
            Kind::Text | Kind::Day | Kind::Flag => false,
        };
        (must_hold && !held).then(|| self.told(cell))
    }

    fn told(&self, cell: &TidyCell) -> String {
        let place = cell.place.as_ref();
        let place = place.map_or_else(|| "表".to_owned(), |place| place.to_string());
        let (name, text) = (self.column.name, excerpt(&cell.text, QUOTED));
        let advice = match self.column.kind {
            Kind::Decimal => format!(
                "小数点より上が{}桁、下が{SCALE}桁までの数しか入らないため、「{name}」の列は空にしました。丸めてはいません。「原文」の列の値を使ってください。",
                PRECISION - SCALE
            ),
            Kind::Text | Kind::Whole | Kind::Day | Kind::Flag => {
                format!(
                    "数として読み取れないため、「{name}」の列は空にしました。数字に直してください。"
                )
            }
        };
        format!("{place}の「{text}」は、{advice}")
    }

    fn write(self, mut writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = &self.levels;
        match &self.values {
            Values::Text(values) => batch::<ByteArrayType>(&mut writer, values, levels)?,
            Values::Whole(values) => batch::<Int32Type>(&mut writer, values, levels)?,
            Values::Decimal(values) => {
                batch::<FixedLenByteArrayType>(&mut writer, values, levels)?;
            }
            Values::Flag(values) => batch::<BoolType>(&mut writer, values, levels)?,
        }
        writer.close()
    }
}

fn batch<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    levels: &[i16],
) -> Result<(), ParquetError> {
    let written = writer.typed::<T>().write_batch(values, Some(levels), None);
    written.map(|_| ())
}

/// Adds a value, if there is one, and tells whether there is.
fn put<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let there = value.is_some();
    values.extend(value);
    there
}

fn whole(kind: Kind, value: Option<TidyValue>) -> Option<i32> {
    match (value?, kind) {
        (TidyValue::Whole(number), Kind::Whole) => i32::try_from(number).ok(),
        (TidyValue::Day(day), Kind::Day) => Some(day),
        (
            TidyValue::Whole(_) | TidyValue::Day(_) | TidyValue::Number(_) | TidyValue::Met(_),
            Kind::Text | Kind::Whole | Kind::Decimal | Kind::Day | Kind::Flag,
        ) => None,
    }
}

/// The number as Parquet has it: how many units of the last place, as two's complement.
fn decimal(value: Option<TidyValue>) -> Option<FixedLenByteArray> {
    let Some(TidyValue::Number(number)) = value else {
        return None;
    };
    let units = units(number)?.to_be_bytes();
    Some(units[units.len() - WIDTH..].to_vec().into())
}

fn units(number: Decimal) -> Option<i128> {
    let number = number.normalize();
    let missing = SCALE.checked_sub(number.scale())?;
    let units = number.mantissa().checked_mul(10_i128.pow(missing))?;
    (units.unsigned_abs() < 10_u128.pow(PRECISION)).then_some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_held_exactly_or_not_at_all() {
        for (number, held) in [
            ("0", Some(0)),
            ("-0.5", Some(-5_000_000_000)),
            ("145.00", Some(1_450_000_000_000)),
            ("0.1234567890", Some(1_234_567_890)),
            ("0.12345678901", None),
            (
                "999999999999999999",
                Some(9_999_999_999_999_999_990_000_000_000),
            ),
            ("1000000000000000000", None),
            ("-79228162514264337593543950335", None),
        ] {
            assert_eq!(units(number.parse().unwrap()), held, "{number}");
        }
        let bytes = decimal(Some(TidyValue::Number("-1".parse().unwrap()))).unwrap();
        let mut whole = [0xFF; 16];
        whole[4..].copy_from_slice(bytes.data());
        assert_eq!(i128::from_be_bytes(whole), -10_000_000_000);
    }
}
