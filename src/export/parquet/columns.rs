//! Which columns the tables have, and of what type.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::schema::types::{Type, TypePtr};

use crate::model::{TidyColumn, TidyKind};

/// All digits of a number. Engines hold 38 at most; the ten that are left are for their sums.
pub(super) const PRECISION: u32 = 28;
/// Digits behind the point: a cell without a format of its own shows nine at most.
pub(super) const SCALE: u32 = 10;
/// Bytes of a number: 28 digits and a sign.
pub(super) const WIDTH: usize = 12;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The heading; that of the CSV where it has such a column.
    pub(super) name: &'static str,
    /// Which cell of a row it is taken from.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Decimal,
    Day,
    Flag,
}

/// The columns of a table: those of the CSV in their order, each followed by what its cells say to a
/// machine and the CSV has no column for.
pub(super) fn columns(table: TidyKind) -> Vec<Column> {
    let mut columns = Vec::new();
    let has = |column: TidyColumn| table.columns().contains(&column);
    for (at, from) in table.columns().iter().copied().enumerate() {
        let mut add = |name: &'static str, kind: Kind| columns.push(Column { name, at, kind });
        match from {
            TidyColumn::Value => add(from.heading(), Kind::Decimal),
            TidyColumn::WesternYear | TidyColumn::Number | TidyColumn::Row => {
                add(from.heading(), Kind::Whole);
            }
            TidyColumn::Year => {
                add(from.heading(), Kind::Text);
                if !has(TidyColumn::WesternYear) {
                    add(TidyColumn::WesternYear.heading(), Kind::Whole);
                }
            }
            TidyColumn::AsOf => {
                add(from.heading(), Kind::Text);
                add("時点の日付", Kind::Day);
            }
            TidyColumn::Storey => {
                add(from.heading(), Kind::Text);
                add("達成", Kind::Flag);
            }
            TidyColumn::City
            | TidyColumn::Period
            | TidyColumn::Priority
            | TidyColumn::Title
            | TidyColumn::Lead
            | TidyColumn::Related
            | TidyColumn::Kpi
            | TidyColumn::Part
            | TidyColumn::Unit
            | TidyColumn::Qualifier
            | TidyColumn::Bound
            | TidyColumn::Kind
            | TidyColumn::Raw
            | TidyColumn::Field
            | TidyColumn::Text => add(from.heading(), Kind::Text),
        }
    }
    columns
}

/// The schema of a table. Every column may be null: what is blank in the CSV.
pub(super) fn schema(name: &str, columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields: Result<Vec<TypePtr>, ParquetError> = columns.iter().map(field).collect();
    let group = Type::group_type_builder(name)
        .with_fields(fields?)
        .build()?;
    Ok(Arc::new(group))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT32, None),
        Kind::Decimal => (
            Physical::FIXED_LEN_BYTE_ARRAY,
            Some(LogicalType::decimal(SCALE as i32, PRECISION as i32)),
        ),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let mut builder = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if column.kind == Kind::Decimal {
        builder = builder
            .with_length(WIDTH as i32)
            .with_precision(PRECISION as i32)
            .with_scale(SCALE as i32);
    }
    Ok(Arc::new(builder.build()?))
}
