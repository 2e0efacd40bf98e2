//! What a new job takes over from the settings of another as it is written there.

use toml::{Table, Value};

use crate::job::settings::is_section;

/// The sections that may be taken over.
const TAKEN_OVER: [&str; 5] = ["departments", "kpi", "rules", "volumes", "limits"];

/// The sections of a job's settings that a new job takes over, as they are written there, with
/// their comments; those that say nothing are left out.
pub fn sections(settings: &str) -> Vec<(&'static str, String)> {
    let settings = settings
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n");
    let Ok(table) = settings.parse::<Table>() else {
        return Vec::new();
    };
    let says = |name: &&str| match table.get(*name) {
        Some(Value::Table(table)) => !table.is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        Some(_) | None => false,
    };
    let written = written(&settings);
    let sections = TAKEN_OVER.into_iter().filter(says).map(|name| {
        let own = written.iter().filter(|(heading, _)| heading == name);
        let text: String = own
            .map(|(_, text)| format!("{}\n", text.trim_end()))
            .collect();
        (name, text)
    });
    // What is written within another section, or in braces, has no heading of its own.
    sections.filter(|(_, text)| !text.is_empty()).collect()
}

/// The text below each heading, with the comments directly above it.
fn written(settings: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = vec![(String::new(), String::new())];
    let mut comments = String::new();
    for line in settings.lines() {
        let own = line.trim();
        if let Some(name) = heading(own) {
            sections.push((name.to_owned(), std::mem::take(&mut comments)));
        } else if own.starts_with('#') {
            comments.push_str(line);
            comments.push('\n');
            continue;
        }
        if let Some((_, text)) = sections.last_mut() {
            text.push_str(&std::mem::take(&mut comments));
            text.push_str(line);
            text.push('\n');
        }
    }
    if let Some((_, text)) = sections.last_mut() {
        text.push_str(&comments);
    }
    sections
}

/// The section that a line is the heading of: `rules` of `[rules]` and of `[rules.K07]`.
fn heading(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches('[');
    let (name, rest) = inner.split_once(']')?;
    let is_heading = inner.len() < line.len() && {
        let rest = rest.trim_start_matches(']').trim();
        rest.is_empty() || rest.starts_with('#')
    };
    let name = name.split('.').next().unwrap_or(name).trim();
    let known = is_section(name);
    (is_heading && known).then_some(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::job::{Job, NewSettings, parse, settings_text};
    use crate::model::{FiscalYear, Half, Period};

    fn read(text: &str) -> Job {
        match parse(text, Path::new("R5下半期"), &["K07"]) {
            Ok(job) => job,
            Err(error) => panic!("{error}\n{text}"),
        }
    }

    fn new() -> NewSettings {
        let (year, half) = (FiscalYear(2023), Half::Second);
        NewSettings {
            period: Some(Period { year, half }),
            ..NewSettings::default()
        }
    }

    #[test]
    fn sections_are_taken_over_as_they_are_written() {
        let old = "\
[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n\n\
# 令和6年度の改組\n[departments] # 別名\n# 旧名\n\"総務課\" = [\"総務\"]\n\"建設課\" = { name = \"建設部\", from = \"R6\" }\n\n\
[rules]\n# すべて既定のまま\n\n[[kpi]]\nitem = 3\nname = \"苦情\"\nbetter = \"less\"\n[[kpi]]\nitem = 4\nname = \"待ち時間\"\nbetter = \"less\"\n";
        let sections = sections(old);
        let names: Vec<&str> = sections.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["departments", "kpi"]);
        assert!(
            sections[0]
                .1
                .starts_with("# 令和6年度の改組\n[departments] # 別名\n# 旧名\n")
        );
        let (old, job) = (
            read(old),
            read(&settings_text(&NewSettings { sections, ..new() })),
        );
        assert_eq!(job.departments, old.departments);
        assert_eq!(job.kpi_settings, old.kpi_settings);
        assert_eq!(job.kpi_settings.len(), 2);
    }

    #[test]
    fn new_settings_take_over_from_settings_that_were_made_so() {
        let first = settings_text(&new());
        assert!(sections(&first).is_empty());
        let tuned = first.replace("# K07 = { factor = 10 }", "K07 = { factor = 20 }");
        let sections = sections(&tuned);
        assert_eq!(sections.len(), 1);
        let again = settings_text(&NewSettings { sections, ..new() });
        assert_eq!(again, tuned);
    }
}
