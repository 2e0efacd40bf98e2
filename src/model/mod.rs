//! The nouns that the stages hand on, and the glossary of the house.
//!
//! | 用語 | name | meaning |
//! | --- | --- | --- |
//! | 行政改革実施計画 | plan | the approved plan, some fiscal years long |
//! | 進捗管理票 | item sheet ([`ItemSheet`]) | one item's sheet at any stage of filling |
//! | 取組項目 | item | what the plan commits a department to |
//! | 取組番号 | number | an item's number |
//! | 重点項目 | priority | the heading an item belongs to |
//! | 主管課 / 関係課 | lead / related department ([`Departments`]) | who reports / who takes part |
//! | 実施内容 / 期待される効果 | content / effects | the plan's words |
//! | 年次計画 | schedule ([`Activity`], [`Phase`]) | activities over the years |
//! | 実施項目 | activity | a row of the schedule |
//! | 数値目標 | KPI ([`Kpi`]) | what is measured |
//! | 基準値 | baseline ([`Baseline`]) | where a KPI started |
//! | 目標値 / 実績値 | target / actual | a KPI's values of a year |
//! | 累計 / 延べ | cumulative / total ([`Qualifier`]) | what a number counts |
//! | 数え方 / 目指す向き | counting / direction ([`Semantics`]) | cumulative or a year's own / more or less is better |
//! | 達成 / 未達成 / 判定不能 | met / missed / undetermined ([`Attainment`]) | whether a target was met |
//! | 達成状況 | judgement ([`Judgement`]) | what is said of a KPI in the reporting year |
//! | 系列 / 目盛り | series, scale ([`Series`], [`Scale`]) | numbers of a KPI on one axis / the axis |
//! | 集計 | tally ([`Tally`]) | items by grade, KPIs by attainment |
//! | 随時 | as needed ([`Measure::AsNeeded`]) | no quantity, not missing |
//! | 実施状況 | status ([`StatusRow`]) | Plan and the two halves' Do |
//! | 取組目標【Plan】 | plan (of a row) | the year's aim |
//! | 取組結果【Do】 | first half, second half | what was done; without halves the second alone |
//! | 取組全体の評価【Check】 | grade and comment ([`Grade`]) | the assessment |
//! | 評価軸 | axis ([`Axis`]) | what has a grade of its own: 進捗, 達成 |
//! | 改善事項・今後の進め方【Action】 | action | what comes next |
//! | 取組中止 | cancelled | a status of its own |
//! | 脚注 | footnote ([`Footnote`]) | `※1 用語…説明` |
//! | 文言 | words ([`Words`]) | what stands in a cell, held once for all that show it |
//! | 年度 / 半期 / 期 | fiscal year, half, period ([`FiscalYear`], [`Half`], [`Period`]) | when |
//! | 出典 / 保存日時 | provenance / moment ([`Moment`]) | where a field came from / when a workbook was saved |
//! | 重複提出 | several returns ([`Joined`], [`Conflict`]) | one item that came back more than once |
//! | 提出 / 未提出 | returned / nothing ([`Submission`]) | how a department stands |
//! | 提出状況 | standing ([`Standing`], [`Standings`]) | how an item stands, with what was found |
//! | 点検規則 / 点検結果 | rule / finding ([`Rule`], [`Finding`]) | what is checked / found |
//! | 新規 / 継続 / 解消 | new / still open / resolved ([`Change`], [`Resolved`]) | since last time |
//! | 比較 / 変更点 | comparison / difference ([`Comparison`], [`Difference`]) | what two workbooks say differently |
//! | 表記のみ | spelling ([`DifferenceKind::Spelling`]) | the same in other spaces, widths or marks |
//! | 了解済み | acknowledged | accepted with a reason |
//! | 誤り / 警告 / 確認 | error / warning / info ([`Level`]) | how serious |
//! | 様式 | layout ([`Layout`]) | how a sheet is found and drawn |
//! | 公表用 / 未確定 | public / unsettled ([`Publish`], [`UNSETTLED`]) | for the public / while errors are left |
//! | 総括 / 分冊 | summary / volume ([`Volume`]) | the parts of a merged workbook that is too large for one file |
//! | 表紙 / 取組項目一覧 | cover / index ([`Cover`], [`IndexRow`]) | front matter |
//! | 機械可読の表 | tidy table ([`Tidy`]) | kpi.csv and text.csv: one cell, one value |
//! | 様式外の記載 | unplaced | content that is no field and no label |
//! | 欄外 | sidecar ([`Sidecar`]) | what a cell reader does not see of a sheet |
//! | 見え消し・取消線 | struck ([`Struck`]) | words that stand in a cell struck out |
//! | メモ・コメント・図形 | remark ([`Remark`]) | what is said or drawn beside the cells |
//! | 危険な中身 | active ([`Active`]) | what could act when a file is opened |
//! | 非表示の行・列 | hidden ([`Hidden`]) | rows and columns of which nothing shows |
//! | 結合の重なり | overlap ([`Overlap`]) | a merged range that lies over another one |
//! | 配布様式 | handout ([`Handout`]) | the forms that a department is given to fill in |
//! | 返却 | sent back ([`SentBack`]) | a department's entries with what is asked of it |
//! | 様式ID | form id ([`FormId`]) | plan, period and item that a form bears |
//! | 様式の印 | mark ([`FormMark`], [`FormProperties`]) | what says which form a sheet is, beside its labels |
//! | 様式の読み方 | reading ([`Reading`]) | a cell that is not as distributed, and how it was read |

mod active;
mod attainment;
mod autumn;
mod book;
mod cell;
mod comparison;
mod field;
mod fields;
mod finding;
mod fingerprint;
mod form;
mod form_id;
mod form_mark;
mod format;
mod grid;
mod handout;
pub mod height;
mod item;
mod joined;
mod judgement;
mod kpi_match;
mod kpi_values;
mod layout;
pub mod likeness;
pub mod lines;
mod measure;
mod moment;
mod overlap;
mod own_note;
mod period;
mod place;
mod published;
mod renaming;
mod scale;
mod semantics;
mod series;
mod sidecar;
mod standing;
mod tally;
pub mod text;
mod thresholds;
mod tidy;
mod volume;
pub mod wording;
mod words;

pub use active::{Active, ActiveKind};
pub use attainment::{Attainment, Shown, Undetermined};
pub use book::{
    Book, BookItem, CollectedFile, Cover, IndexRow, OfficialBook, OtherKind, OtherSheet, Outcome,
    Prefer, Return, Submission,
};
pub use cell::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};
pub use comparison::{Comparison, Difference, DifferenceKind, Said, Side};
pub use field::{Field, Text, Value};
pub use fields::{FieldName, NamedField};
pub use finding::{Change, Counts, Finding, Level, Resolved, Rule, When};
pub use form::{
    Form, IndexForm, KpiSlot, Located, ReadAs, ScheduleSlot, Slot, StatusSlot, Storeys,
};
pub use form_id::{FormId, layout_version, plan_code};
pub use form_mark::{Carrier, FormMark, FormProperties};
pub use format::FileFormat;
pub use grid::{Cell, Damage, Damaged, Grid, Stored, Visibility, Workbook};
pub use handout::{Handout, HandoutItem, Notice, Question, SentBack};
pub use item::{
    Activity, Departments, Footnote, Grade, ItemSheet, Kpi, KpiYear, Phase, Reading, StatusRow,
};
pub use joined::{Blanked, Choice, Conflict, Entered, FileOrigin, Joined, NamedPeriod, Told};
pub use judgement::Judgement;
pub use kpi_match::{KpiMatch, kpi_matches};
pub use kpi_values::{KpiValues, YearValues};
pub use layout::{
    Axis, GradeWord, HeaderCell, HeaderField, ItemDrawing, KpiArrangement, Label, LabelMatch,
    Labels, Layout, Likeness, Look, PageSetup, Publish, Sheets, UNSETTLED,
};
pub use measure::{
    AsOf, Baseline, Bound, Measure, Milestone, Nothing, Part, Qualifier, Quantity, grouped,
};
pub use moment::Moment;
pub use overlap::{Overlap, Overlaps};
pub use own_note::{is_own_note, signed_note};
pub use period::{FiscalYear, Half, Period};
pub use place::{Place, Source};
pub use renaming::Renaming;
pub use scale::Scale;
pub use semantics::{
    Counting, Decided, Direction, Evidence, Kind, KpiSetting, Meaning, Semantics, Storey,
};
pub use series::{Point, Series};
pub use sidecar::{Bands, Hidden, Remark, RemarkKind, Sidecar, Struck};
pub use standing::{Standing, Standings};
pub use tally::{AxisTally, GradeCounts, KpiCounts, KpiTally, Row, Tally, share};
pub use thresholds::Thresholds;
pub use tidy::{
    TIDY_KINDS, Tidy, TidyCell, TidyColumn, TidyField, TidyKind, TidySource, TidyStorey, TidyValue,
    tidy_rows,
};
pub use volume::{SET_PROPERTY, Volume, volume_lengths, volume_name};
pub use words::Words;
