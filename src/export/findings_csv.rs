//! The check report as CSV, to be opened in Excel: one finding a row.

use super::visible::guarded;
use super::{ExportError, cells};
use crate::model::{Finding, Period, Rule};

/// The byte order mark by which Excel recognises UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

const HEADINGS: [&str; 15] = [
    "規則",
    "題名",
    "区分",
    "期",
    "取組番号",
    "主管課",
    "ファイル",
    "シート",
    "セル",
    "すべてのセル",
    "記載内容",
    "比べた内容（計画など）",
    "点検結果",
    "対応のお願い",
    "了解済みの理由",
];

/// Gives findings as CSV: UTF-8 with a byte order mark, CRLF, Japanese headings.
///
/// Texts that begin like a formula get a leading `'`; what a person would not see is shown.
///
/// # Errors
/// [`ExportError::Csv`] if a row cannot be written.
pub fn findings_csv(
    findings: &[Finding],
    rules: &[&'static Rule],
    at: Period,
) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BOM.to_vec());
    writer.write_record(HEADINGS)?;
    for finding in findings {
        writer.write_record(row(finding, rules, at).map(|text| guarded(&text)))?;
    }
    writer
        .into_inner()
        .map_err(|error| ExportError::Csv(error.into_error().into()))
}

fn row(finding: &Finding, rules: &[&'static Rule], at: Period) -> [String; 15] {
    let rule = rules.iter().find(|rule| rule.code == finding.code);
    let source = finding.place.as_ref().map(|place| &place.source);
    let cells: Vec<String> = cells(finding).iter().map(ToString::to_string).collect();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        finding.code.to_owned(),
        rule.map_or_else(String::new, |rule| rule.title.to_owned()),
        finding.level.label().to_owned(),
        at.brief(),
        finding
            .item
            .map_or_else(String::new, |item| item.to_string()),
        text(&finding.department),
        source.map_or_else(|| text(&finding.file), |source| source.file.clone()),
        source.map_or_else(String::new, |source| source.sheet.clone()),
        cells.first().cloned().unwrap_or_default(),
        cells.join(" "),
        text(&finding.found),
        text(&finding.expected),
        finding.message.clone(),
        finding.remedy.clone(),
        text(&finding.acknowledged),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::tests::{AT, CUMULATIVE_DECREASE, finding};
    use super::*;
    use crate::model::Level;

    fn csv(findings: &[Finding]) -> String {
        let bytes = findings_csv(findings, &[&CUMULATIVE_DECREASE], AT).unwrap();
        let text = bytes.strip_prefix(BOM).unwrap();
        String::from_utf8(text.to_vec()).unwrap()
    }

    #[test]
    fn a_finding_is_a_row_that_excel_opens() {
        let headings = "規則,題名,区分,期,取組番号,主管課,ファイル,シート,セル,すべてのセル,\
                        記載内容,比べた内容（計画など）,点検結果,対応のお願い,了解済みの理由\r\n";
        let row = "K03,累計値の減少,誤り,R5下,7,総務課,総務課.xlsx,取組7,E25,E25 H25,'=76件,\
                   \"(累計)\n67件\",実績値「=76件」が計画と異なります。,確かめてください。,\r\n";
        let written = csv(&[finding("K03", Level::Error, &["E25", "H25"])]);
        assert_eq!(written, format!("{headings}{row}"));
    }

    #[test]
    fn a_file_without_cells_and_an_acknowledged_finding_keep_their_columns() {
        let unreadable = Finding {
            item: None,
            department: None,
            file: Some("+壊れた\u{202e}.xlsx".to_owned()),
            found: None,
            expected: None,
            message: "読み取れません, \"破損\"。".to_owned(),
            acknowledged: Some("@再提出を依頼済み".to_owned()),
            ..finding("S03", Level::Info, &[])
        };
        let written = csv(&[unreadable]);
        assert_eq!(
            written.split("\r\n").nth(1).unwrap(),
            "S03,,確認,R5下,,,'+壊れた<U+202E>.xlsx,,,,,,\"読み取れません, \"\"破損\"\"。\",\
             確かめてください。,'@再提出を依頼済み"
        );
    }
}
