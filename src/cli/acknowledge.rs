//! `check --acknowledge`: findings that the office accepts are written into `確認済み.toml`.

use std::path::Path;

use crate::job::{self, Acknowledgement, Job};
use crate::model::text::fold;
use crate::model::{CellRef, Finding, FiscalYear, Half, Period};
use crate::{check, read};

use super::args::Check;
use super::failure::Failure;
use super::output;

/// What one `--acknowledge` names: `K03 取組5 E24`, `K03:5:E24`, `S03 総務課.xlsx`.
struct Selection {
    typed: String,
    code: &'static str,
    item: Option<u32>,
    cell: Option<CellRef>,
    /// Words that the department or the file must hold.
    words: Vec<String>,
}

/// Accepts what the arguments name, writes it down, and marks the findings.
pub(super) fn acknowledge(
    args: &Check,
    job: &Job,
    findings: &mut [Finding],
    period: Period,
) -> Result<(), Failure> {
    if args.acknowledge.is_empty() {
        return Ok(());
    }
    if job.period.is_none() {
        return Err(Failure::Usage(
            "了解済みの記録は案件フォルダに残します。torimatome.toml のあるフォルダを指定してください。",
        ));
    }
    let reason = args.reason.as_deref().map(str::trim).unwrap_or_default();
    if reason.is_empty() {
        return Err(Failure::Usage(
            "--acknowledge には、--reason \"施設の統合による減\" のように理由を付けてください。",
        ));
    }
    let until = until(args.until.as_deref(), period)?;
    let text = written(&job.acknowledged)?;
    let known = known(&job.acknowledged, &text)?;
    let mut entries: Vec<Acknowledgement> = Vec::new();
    let mut said = Vec::new();
    for typed in &args.acknowledge {
        for finding in selected(&Selection::parse(typed)?, findings)? {
            let entry = Acknowledgement::of(finding, reason, until);
            if known.contains(&entry) {
                said.push(format!("了解済みです: {}", told(finding)));
            } else if !entries.contains(&entry) {
                said.push(format!(
                    "了解済みにしました（{until}まで）: {}",
                    told(finding)
                ));
                entries.push(entry);
            }
        }
    }
    if !entries.is_empty() {
        write(&job.acknowledged, text, &entries)?;
        job::acknowledge(findings, &entries, period);
    }
    // Only what was written is said to be accepted.
    for line in said {
        eprintln!("{line}");
    }
    Ok(())
}

impl Selection {
    fn parse(typed: &str) -> Result<Self, Failure> {
        let unknown = || Failure::NoSuchFinding(typed.to_owned(), String::new());
        let split = |c: char| c.is_whitespace() || ":：、,".contains(c);
        let mut parts = typed.split(split).filter(|part| !part.is_empty());
        let rule = parts.next().and_then(|code| check::rule(&fold(code)));
        let mut selection = Self {
            typed: typed.to_owned(),
            code: rule.ok_or_else(unknown)?.code,
            item: None,
            cell: None,
            words: Vec::new(),
        };
        for part in parts {
            let plain = fold(part);
            let number = plain
                .trim_start_matches("取組番号")
                .trim_start_matches("取組");
            if let (None, Ok(number)) = (selection.item, number.parse()) {
                selection.item = Some(number);
            } else if let (None, Some(cell)) =
                (selection.cell, CellRef::parse(&plain.to_uppercase()))
            {
                selection.cell = Some(cell);
            } else {
                selection.words.push(plain);
            }
        }
        Ok(selection)
    }

    fn names(&self, finding: &Finding) -> bool {
        let place = finding.place.as_ref();
        let file = place.map(|place| place.source.file.as_str());
        let file = fold(file.or(finding.file.as_deref()).unwrap_or_default());
        let department = fold(finding.department.as_deref().unwrap_or_default());
        let holds = |word: &String| file.contains(word) || department.contains(word);
        self.code == finding.code
            && (self.item.is_none() || self.item == finding.item)
            && self.cell.is_none_or(|cell| finding.cells.contains(&cell))
            && self.words.iter().all(holds)
    }
}

/// The findings that are meant. A code alone means one finding, never all of a rule.
fn selected<'a>(
    selection: &Selection,
    findings: &'a [Finding],
) -> Result<Vec<&'a Finding>, Failure> {
    let named: Vec<&Finding> = findings.iter().filter(|one| selection.names(one)).collect();
    let code_alone =
        selection.item.is_none() && selection.cell.is_none() && selection.words.is_empty();
    if named.is_empty() || (code_alone && named.len() > 1) {
        let of_rule = findings.iter().filter(|one| one.code == selection.code);
        let candidates: Vec<String> = of_rule.map(|one| format!("\n  {}", told(one))).collect();
        return Err(Failure::NoSuchFinding(
            selection.typed.clone(),
            candidates.concat(),
        ));
    }
    Ok(named)
}

/// A finding in one line, in the words by which it can be named.
fn told(finding: &Finding) -> String {
    let mut words = vec![finding.code.to_owned()];
    words.extend(finding.item.map(|item| format!("取組{item}")));
    let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
    words.extend((!cells.is_empty()).then(|| cells.join("、")));
    if finding.item.is_none() {
        let place = finding.place.as_ref();
        let file = place.map(|place| place.source.file.clone());
        words.extend(file.or_else(|| finding.file.clone()));
        words.extend(finding.department.clone());
    }
    format!(
        "{}（{}）",
        words.join(" "),
        finding.message.replace('\n', " ")
    )
}

/// Until when it holds: the collection's period, unless a later one is given.
fn until(typed: Option<&str>, period: Period) -> Result<Period, Failure> {
    let Some(typed) = typed else {
        return Ok(period);
    };
    let year_end = |year| Period {
        year,
        half: Half::Second,
    };
    let until = Period::parse(typed).or_else(|| FiscalYear::parse(typed).map(year_end));
    let until = until.ok_or_else(|| Failure::Period(typed.to_owned()))?;
    if until < period {
        return Err(Failure::Usage(
            "--until には、いまの対象の期か、それより後の期を指定してください。",
        ));
    }
    Ok(until)
}

/// The text of the file, empty where there is none yet.
fn written(path: &Path) -> Result<String, Failure> {
    if !path.is_file() {
        return Ok(String::new());
    }
    read::load(path, &read::Limits::default())
        .and_then(|bytes| read::decode_text(&bytes))
        .map_err(|error| Failure::read(path, &error))
}

/// The entries that are there already.
fn known(path: &Path, text: &str) -> Result<Vec<Acknowledgement>, Failure> {
    job::acknowledged(text).map_err(|error| Failure::Job {
        path: path.to_owned(),
        error: Box::new(error),
    })
}

/// Adds entries at the end of the file; what stands in it stays.
fn write(path: &Path, mut text: String, entries: &[Acknowledgement]) -> Result<(), Failure> {
    let windows = text.contains("\r\n") || (text.is_empty() && cfg!(windows));
    for entry in entries {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(&entry.to_toml());
    }
    if windows {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    output::replace_own(path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_named_in_the_words_of_the_report() {
        for typed in ["K03 取組5 E24", "k03:5:e24", "Ｋ０３　取組番号５、Ｅ２４"] {
            let selection = Selection::parse(typed).ok().unwrap();
            assert_eq!(
                (selection.code, selection.item, selection.cell),
                ("K03", Some(5), CellRef::parse("E24")),
                "{typed}"
            );
            assert!(selection.words.is_empty(), "{typed}");
        }
        let file = Selection::parse("S03 総務課.xlsx").ok().unwrap();
        assert_eq!(file.words, ["総務課.xlsx"]);
        assert!(Selection::parse("X99 5").is_err());
    }
}
