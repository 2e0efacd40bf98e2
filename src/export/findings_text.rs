//! The check report for the terminal: by department, then by item, with the counts at the end.

use super::grouped::{self, Group};
use super::visible::on_one_line;
use super::wrap::{columns, padded, wrapped};
use crate::model::{Book, Counts, Finding, Level, Rule, Submission};

/// How many addresses of one finding are shown.
const ADDRESSES: usize = 12;

pub(super) const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const CYAN: &str = "\u{1b}[36m";
pub(super) const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
pub(super) const RESET: &str = "\u{1b}[0m";

/// How a terminal shows a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Whether escape codes may be written.
    pub color: bool,
    /// How many half-width columns a line may have; without, a message is one line.
    pub width: Option<usize>,
}

/// Gives findings as a report for the terminal, grouped by department and item.
///
/// Acknowledged findings are shown with their reason and counted apart. Texts of the inputs cannot
/// steer the terminal.
pub fn findings_text(
    book: &Book,
    findings: &[Finding],
    rules: &[&'static Rule],
    screen: Screen,
) -> String {
    let titles = findings
        .iter()
        .map(|finding| columns(grouped::title(finding, rules)));
    let report = Report {
        book,
        rules,
        screen,
        title_width: titles.max().unwrap_or(0),
    };
    let items = grouped::items(book);
    let groups = grouped::by_department(book, findings);
    let mut text = String::new();
    for group in &groups {
        text.push_str(&report.paint(BOLD, &format!("■ {}", group.name)));
        text.push('\n');
        let mut heading = None;
        for finding in &group.findings {
            if heading != Some(finding.item) {
                heading = Some(finding.item);
                let item = grouped::item_heading(&items, finding.item);
                text.push_str(&wrapped(&item, "  ", 4, screen.width));
            }
            report.finding(finding, &mut text);
        }
        text.push('\n');
    }
    if groups.len() > 1 {
        report.counts_by_department(&groups, &mut text);
    }
    report.counts(findings, &mut text);
    text
}

struct Report<'a> {
    book: &'a Book,
    rules: &'a [&'static Rule],
    screen: Screen,
    title_width: usize,
}

impl Report<'_> {
    fn finding(&self, finding: &Finding, text: &mut String) {
        let (label, style) = match (&finding.acknowledged, finding.level) {
            (Some(_), level) => (level.label(), DIM),
            (None, level @ Level::Error) => (level.label(), RED),
            (None, level @ Level::Warning) => (level.label(), YELLOW),
            (None, level @ Level::Info) => (level.label(), CYAN),
        };
        let title = grouped::title(finding, self.rules);
        let mut address = grouped::address(finding, ADDRESSES);
        if let Some(change) = finding.change {
            address.push_str(&format!("［{}］", change.label()));
        }
        // Colours take no columns: the line is measured without them and painted afterwards.
        let plain = format!("    {label} {} ", finding.code);
        let painted = format!("    {} {} ", self.paint(style, label), finding.code);
        let title_and_address = format!("{}  {address}", padded(title, self.title_width));
        let fits = |line: &str| match self.screen.width {
            Some(width) => columns(&plain) + columns(line) <= width,
            None => true,
        };
        if fits(&title_and_address) {
            text.push_str(format!("{painted}{title_and_address}").trim_end());
            text.push('\n');
        } else {
            text.push_str(format!("{painted}{title}").trim_end());
            text.push('\n');
            self.line(&address, "      ", text);
        }
        self.line(&on_one_line(&finding.message), "      ", text);
        if let Some(reason) = &finding.acknowledged {
            self.line(&on_one_line(reason), "      了解済み：", text);
        } else if !finding.remedy.is_empty() {
            self.line(&on_one_line(&finding.remedy), "      → ", text);
        }
    }

    fn line(&self, words: &str, first: &str, text: &mut String) {
        text.push_str(&wrapped(words, first, columns(first), self.screen.width));
    }

    /// Who has how much to do, for the clerk who sees only the end.
    fn counts_by_department(&self, groups: &[Group<'_>], text: &mut String) {
        const HEADING: &str = "課ごとの件数";
        let names = groups.iter().map(|group| columns(&group.name) + 2);
        let width = names.max().unwrap_or(0).max(columns(HEADING)) + 2;
        let mut heading = padded(HEADING, width);
        for (level, _) in Counts::default().by_level() {
            heading.push_str(&format!("{}  ", level.label()));
        }
        text.push_str(&self.paint(BOLD, heading.trim_end()));
        text.push('\n');
        for group in groups {
            let counts = Counts::of(group.findings.iter().copied());
            let mut line = padded(&format!("  {}", group.name), width);
            for (_, count) in counts.by_level() {
                line.push_str(&format!("{count:>4}  "));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    }

    fn counts(&self, findings: &[Finding], text: &mut String) {
        text.push_str(&self.paint(BOLD, &counted(findings)));
        text.push('\n');
        for (state, words) in [
            (Submission::Nothing, "未提出"),
            (Submission::Unreadable, "提出されたファイルを読み取れない課"),
        ] {
            let stands = self.book.departments.iter();
            let stands = stands.filter(|(_, submission)| *submission == state);
            let names: Vec<String> = stands.map(|(name, _)| on_one_line(name)).collect();
            if !names.is_empty() {
                let line = format!("{words} {}課：{}", names.len(), names.join("、"));
                text.push_str(&wrapped(&line, "", 2, self.screen.width));
            }
        }
    }

    fn paint(&self, style: &str, text: &str) -> String {
        if self.screen.color {
            return format!("{style}{text}{RESET}");
        }
        text.to_owned()
    }
}

/// Gives the counts of findings in a line: `誤り 5件、警告 13件、確認 4件（ほかに了解済み 1件）`.
pub fn counted(findings: &[Finding]) -> String {
    let counts = Counts::of(findings);
    let totals = counts.by_level();
    let totals = totals.map(|(level, count)| format!("{} {count}件", level.label()));
    let mut line = totals.join("、");
    if counts.acknowledged > 0 {
        line.push_str(&format!("（ほかに了解済み {}件）", counts.acknowledged));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::tests::{AT, CUMULATIVE_DECREASE, finding};
    use super::*;
    use crate::model::{Change, Cover, Thresholds};

    const PLAIN: Screen = Screen {
        color: false,
        width: None,
    };

    fn book(departments: &[(&str, Submission)]) -> Book {
        Book {
            period: AT,
            cover: Cover::default(),
            years: Vec::new(),
            plan_files: vec!["計画.xlsx".to_owned()],
            previous: None,
            items: Vec::new(),
            listed_only: Vec::new(),
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

課ごとの件数            誤り  警告  確認
  企画政策課、総務課       0     0     0
  総務課                   1     0     2
  課を特定できないもの     0     1     0

誤り 1件、警告 1件、確認 2件（ほかに了解済み 1件）
未提出 1課：建設課
提出されたファイルを読み取れない課 1課：税務課
";
        let written = findings_text(&book, &findings, &[&CUMULATIVE_DECREASE], PLAIN);
        assert_eq!(written, expected);
    }

    #[test]
    fn no_findings_are_counted_too() {
        let written = findings_text(&book(&[]), &[], &[], PLAIN);
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
        let plain = findings_text(&book, std::slice::from_ref(&found), &[], PLAIN);
        assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}']));
        assert_eq!(plain.matches("<U+001B>]0;").count(), 6);
        let coloured = findings_text(
            &book,
            &[found],
            &[],
            Screen {
                color: true,
                ..PLAIN
            },
        );
        let escapes: usize = [RED, BOLD, RESET]
            .iter()
            .map(|code| coloured.matches(code).count())
            .sum();
        assert_eq!(coloured.matches('\u{1b}').count(), escapes);
        assert!(coloured.contains(&format!("{RED}誤り{RESET}")));
    }

    #[test]
    fn a_report_keeps_to_the_console_s_columns() {
        let long =
            "「研修参加者数（オンライン研修を含む）」の基準値が計画と異なります。".repeat(40);
        let findings = [Finding {
            message: long.clone(),
            change: Some(Change::New),
            ..finding("K03", Level::Error, &["E25", "H25"])
        }];
        let book = book(&[("総務課", Submission::Nothing)]);
        let written = |width| {
            let color = false;
            findings_text(
                &book,
                &findings,
                &[&CUMULATIVE_DECREASE],
                Screen { color, width },
            )
        };
        for width in [60, 79] {
            let written = written(Some(width));
            assert!(
                written.lines().all(|line| columns(line) <= width),
                "{written}"
            );
            let joined: String = written.lines().map(str::trim).collect();
            assert!(joined.contains(&long), "{written}");
        }
        assert!(written(None).contains("!E25, H25［新規］\n"));
        assert!(written(None).lines().any(|line| line.ends_with(&long)));
    }
}
