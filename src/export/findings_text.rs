//! The check report for the terminal: by department, then by item, with the counts at the end.

use unicode_width::UnicodeWidthStr;

use super::cells;
use super::visible::on_one_line;
use crate::model::{Book, Finding, Level, Rule, Submission};

/// How many addresses of one finding are shown.
const ADDRESSES: usize = 12;

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const CYAN: &str = "\u{1b}[36m";
const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// Gives findings as a report for the terminal, grouped by department and item.
///
/// Acknowledged findings are shown with their reason and counted apart. Texts of the inputs cannot
/// steer the terminal. Escape codes are written only if `color` is set.
pub fn findings_text(
    book: &Book,
    findings: &[Finding],
    rules: &[&'static Rule],
    color: bool,
) -> String {
    let report = Report {
        book,
        rules,
        color,
        title_width: findings
            .iter()
            .map(|finding| title(finding, rules).width_cjk())
            .max()
            .unwrap_or(0),
    };
    let mut text = String::new();
    for (department, findings) in report.departments(findings) {
        text.push_str(&report.paint(BOLD, &format!("■ {department}")));
        text.push('\n');
        let mut heading = None;
        for finding in findings {
            if heading != Some(finding.item) {
                heading = Some(finding.item);
                text.push_str(&format!("  {}\n", report.item_heading(finding.item)));
            }
            report.finding(finding, &mut text);
        }
        text.push('\n');
    }
    report.counts(findings, &mut text);
    text
}

struct Report<'a> {
    book: &'a Book,
    rules: &'a [&'static Rule],
    color: bool,
    title_width: usize,
}

impl<'a> Report<'a> {
    /// The findings of each department, in the plan's order of departments; what belongs to
    /// nobody comes last.
    fn departments(&self, findings: &'a [Finding]) -> Vec<(String, Vec<&'a Finding>)> {
        let mut groups: Vec<(usize, String, Vec<&Finding>)> = Vec::new();
        for finding in findings {
            let name = finding.department.as_deref();
            let shown = name.map_or_else(|| "課を特定できないもの".to_owned(), on_one_line);
            match groups.iter_mut().find(|(_, group, _)| *group == shown) {
                Some((_, _, group)) => group.push(finding),
                None => groups.push((self.rank(name), shown, vec![finding])),
            }
        }
        groups.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        for (_, _, group) in &mut groups {
            group.sort_by(|a, b| {
                (a.item, a.level, &a.place, a.code).cmp(&(b.item, b.level, &b.place, b.code))
            });
        }
        groups
            .into_iter()
            .map(|(_, name, group)| (name, group))
            .collect()
    }

    /// Where a department stands in the plan; several joined stand with the first of them.
    fn rank(&self, department: Option<&str>) -> usize {
        let Some(department) = department else {
            return usize::MAX;
        };
        let first = department.split('、').next().unwrap_or(department);
        self.book
            .departments
            .iter()
            .position(|(name, _)| name == first)
            .unwrap_or(self.book.departments.len())
    }

    fn item_heading(&self, number: Option<u32>) -> String {
        let Some(number) = number else {
            return "提出・ファイル".to_owned();
        };
        let item = self.book.items.iter().find(|item| item.number() == number);
        let title = item.map_or("", |item| item.plan.title.text());
        format!("取組{number} {}", on_one_line(title))
            .trim_end()
            .to_owned()
    }

    fn finding(&self, finding: &Finding, text: &mut String) {
        let (label, style) = match (&finding.acknowledged, finding.level) {
            (Some(_), level) => (level.label(), DIM),
            (None, level @ Level::Error) => (level.label(), RED),
            (None, level @ Level::Warning) => (level.label(), YELLOW),
            (None, level @ Level::Info) => (level.label(), CYAN),
        };
        let line = format!(
            "    {} {} {}  {}",
            self.paint(style, label),
            finding.code,
            padded(title(finding, self.rules), self.title_width),
            address(finding)
        );
        text.push_str(line.trim_end());
        text.push('\n');
        text.push_str(&format!("      {}\n", on_one_line(&finding.message)));
        if let Some(reason) = &finding.acknowledged {
            text.push_str(&format!("      了解済み：{}\n", on_one_line(reason)));
        } else if !finding.remedy.is_empty() {
            text.push_str(&format!("      → {}\n", on_one_line(&finding.remedy)));
        }
    }

    fn counts(&self, findings: &[Finding], text: &mut String) {
        let count = |level| {
            findings
                .iter()
                .filter(|finding| finding.level == level && finding.acknowledged.is_none())
                .count()
        };
        let totals = [Level::Error, Level::Warning, Level::Info]
            .map(|level| format!("{} {}件", level.label(), count(level)));
        let acknowledged = findings
            .iter()
            .filter(|finding| finding.acknowledged.is_some())
            .count();
        let mut line = totals.join("、");
        if acknowledged > 0 {
            line.push_str(&format!("（ほかに了解済み {acknowledged}件）"));
        }
        text.push_str(&self.paint(BOLD, &line));
        text.push('\n');
        for (state, words) in [
            (Submission::Nothing, "未提出"),
            (Submission::Unreadable, "提出されたファイルを読み取れない課"),
        ] {
            let names: Vec<String> = self
                .book
                .departments
                .iter()
                .filter(|(_, submission)| *submission == state)
                .map(|(name, _)| on_one_line(name))
                .collect();
            if !names.is_empty() {
                let count = names.len();
                text.push_str(&format!("{words} {count}課：{}\n", names.join("、")));
            }
        }
    }

    fn paint(&self, style: &str, text: &str) -> String {
        if self.color {
            return format!("{style}{text}{RESET}");
        }
        text.to_owned()
    }
}

fn title(finding: &Finding, rules: &[&'static Rule]) -> &'static str {
    let rule = rules.iter().find(|rule| rule.code == finding.code);
    rule.map_or("", |rule| rule.title)
}

/// `総務課.xlsx「取組7」!E12, E14`, the file alone, or nothing.
fn address(finding: &Finding) -> String {
    let Some(place) = &finding.place else {
        return on_one_line(finding.file.as_deref().unwrap_or(""));
    };
    let cells = cells(finding);
    let shown: Vec<String> = cells
        .iter()
        .take(ADDRESSES)
        .map(ToString::to_string)
        .collect();
    let more = match cells.len().saturating_sub(ADDRESSES) {
        0 => String::new(),
        more => format!(" ほか{more}セル"),
    };
    format!(
        "{}「{}」!{}{more}",
        on_one_line(&place.source.file),
        on_one_line(&place.source.sheet),
        shown.join(", ")
    )
}

/// The text filled up to a width in half-width columns, full-width characters counting two.
fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width_cjk());
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{AT, CUMULATIVE_DECREASE, finding};
    use super::*;
    use crate::model::{Cover, Thresholds};

    fn book(departments: &[(&str, Submission)]) -> Book {
        Book {
            period: AT,
            cover: Cover::default(),
            years: Vec::new(),
            plan_file: "計画.xlsx".to_owned(),
            previous: None,
            items: Vec::new(),
            strangers: Vec::new(),
            departments: departments
                .iter()
                .map(|(name, state)| ((*name).to_owned(), *state))
                .collect(),
            files: Vec::new(),
            origins: Default::default(),
            layout: toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap(),
            thresholds: Thresholds::default(),
            kpi_settings: Vec::new(),
        }
    }

    fn of(department: Option<&str>, item: Option<u32>, finding: Finding) -> Finding {
        Finding {
            department: department.map(str::to_owned),
            item,
            ..finding
        }
    }

    #[test]
    fn findings_stand_by_department_and_item_with_the_counts_at_the_end() {
        let book = book(&[
            ("企画政策課", Submission::Returned),
            ("総務課", Submission::Returned),
            ("建設課", Submission::Nothing),
            ("税務課", Submission::Unreadable),
        ]);
        let findings = [
            of(None, None, finding("S03", Level::Warning, &[])),
            of(
                Some("総務課"),
                Some(7),
                finding("T01", Level::Info, &["A1"]),
            ),
            of(
                Some("総務課"),
                Some(7),
                finding("K03", Level::Error, &["E25", "H25"]),
            ),
            of(Some("総務課"), None, finding("S14", Level::Info, &["A1"])),
            Finding {
                acknowledged: Some("確認の\n連絡あり".to_owned()),
                ..of(
                    Some("企画政策課、総務課"),
                    Some(2),
                    finding("K03", Level::Error, &["B1"]),
                )
            },
        ];
        let expected = "\
■ 企画政策課、総務課
  取組2
    誤り K03 累計値の減少  総務課.xlsx「取組7」!B1
      実績値「=76件」が計画と異なります。
      了解済み：確認の 連絡あり

■ 総務課
  提出・ファイル
    確認 S14               総務課.xlsx「取組7」!A1
      実績値「=76件」が計画と異なります。
      → 確かめてください。
  取組7
    誤り K03 累計値の減少  総務課.xlsx「取組7」!E25, H25
      実績値「=76件」が計画と異なります。
      → 確かめてください。
    確認 T01               総務課.xlsx「取組7」!A1
      実績値「=76件」が計画と異なります。
      → 確かめてください。

■ 課を特定できないもの
  提出・ファイル
    警告 S03
      実績値「=76件」が計画と異なります。
      → 確かめてください。

誤り 1件、警告 1件、確認 2件（ほかに了解済み 1件）
未提出 1課：建設課
提出されたファイルを読み取れない課 1課：税務課
";
        let written = findings_text(&book, &findings, &[&CUMULATIVE_DECREASE], false);
        assert_eq!(written, expected);
    }

    #[test]
    fn no_findings_are_counted_too() {
        let written = findings_text(&book(&[]), &[], &[], false);
        assert_eq!(written, "誤り 0件、警告 0件、確認 0件\n");
    }

    #[test]
    fn only_our_own_colours_reach_the_terminal() {
        let hostile = "\u{1b}]0;乗っ取り\u{7}\u{202e}";
        let mut found = finding("K03", Level::Error, &["A1"]);
        found.department = Some(hostile.to_owned());
        found.message = hostile.to_owned();
        found.remedy = hostile.to_owned();
        let place = found.place.as_mut().unwrap();
        place.source = std::sync::Arc::new(crate::model::Source {
            file: hostile.to_owned(),
            sheet: hostile.to_owned(),
        });
        let book = book(&[(hostile, Submission::Nothing)]);
        let plain = findings_text(&book, std::slice::from_ref(&found), &[], false);
        assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}']));
        assert_eq!(plain.matches("<U+001B>]0;").count(), 6);
        let coloured = findings_text(&book, &[found], &[], true);
        let escapes: usize = [RED, BOLD, RESET]
            .iter()
            .map(|code| coloured.matches(code).count())
            .sum();
        assert_eq!(coloured.matches('\u{1b}').count(), escapes);
        assert!(coloured.contains(&format!("{RED}誤り{RESET}")));
    }

    #[test]
    fn many_cells_are_shown_in_part() {
        let cells: Vec<String> = (1..=15).map(|row| format!("A{row}")).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let shown = address(&finding("T01", Level::Info, &cells));
        assert!(shown.ends_with("A11, A12 ほか3セル"), "{shown}");
    }
}
