//! `[[kpi]]`: what the office says of a KPI, where the plan's own words do not tell.
//!
//! ```toml
//! [[kpi]]
//! item = 3
//! name = "苦情の件数"
//! better = "less"       # or "more"
//! counts = "yearly"     # or "cumulative"
//! ```

use super::error::{JobError, Problem};
use super::section::{Entry, Section};
use crate::model::{Counting, Direction, KpiSetting};

/// The heading; it stands in double brackets, once for each KPI.
pub(super) const KPI: &str = "kpi";
const KEYS: [&str; 4] = ["item", "name", "better", "counts"];
/// The most that an item's number can be.
const MOST: u64 = 1_000_000;

/// Reads what is said of single KPIs, in the order of the file.
///
/// # Errors
/// The first entry that is incomplete, unknown or given twice.
pub(super) fn settings(top: &Section<'_>) -> Result<Vec<KpiSetting>, JobError> {
    let Some(entry) = top.get(KPI) else {
        return Ok(Vec::new());
    };
    let single = || entry.error(Problem::SingleBrackets(KPI.to_owned()));
    let mut settings: Vec<KpiSetting> = Vec::new();
    for one in entry.list().ok_or_else(single)? {
        let section = one.section(KPI).ok_or_else(single)?;
        let setting = setting(&section)?;
        let same = |other: &KpiSetting| setting.is_of(other.item, &other.name);
        if settings.iter().any(same) {
            return Err(one.error(Problem::Repeated(setting.name)));
        }
        settings.push(setting);
    }
    Ok(settings)
}

fn setting(section: &Section<'_>) -> Result<KpiSetting, JobError> {
    section.allow(&KEYS)?;
    let item = section.required("item", "item = 3")?;
    let number = u32::try_from(item.count(MOST)?).unwrap_or(u32::MAX);
    let name = section.required("name", "name = \"苦情の件数\"")?.text()?;
    let counting = section.get("counts").map(counting).transpose()?;
    let direction = section.get("better").map(direction).transpose()?;
    if counting.is_none() && direction.is_none() {
        section.required("better", "better = \"less\"")?;
    }
    Ok(KpiSetting {
        item: number,
        name,
        counting,
        direction,
    })
}

fn counting(entry: Entry<'_>) -> Result<Counting, JobError> {
    match entry.text().as_deref() {
        Ok("cumulative") => Ok(Counting::Cumulative),
        Ok("yearly") => Ok(Counting::Yearly),
        Ok(_) | Err(_) => Err(entry.refuse("「cumulative」（累計）か「yearly」（年度ごと）を")),
    }
}

fn direction(entry: Entry<'_>) -> Result<Direction, JobError> {
    match entry.text().as_deref() {
        Ok("more") => Ok(Direction::More),
        Ok("less") => Ok(Direction::Less),
        Ok(_) | Err(_) => {
            Err(entry.refuse("「more」（多いほどよい）か「less」（少ないほどよい）を"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const PERIOD: &str = "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n";

    fn read(rest: &str) -> Result<Vec<KpiSetting>, JobError> {
        let text = format!("{PERIOD}{rest}");
        let job = super::super::parse(&text, Path::new("案件"), &["K07"])?;
        Ok(job.kpi_settings)
    }

    #[test]
    fn kpis_are_set_one_by_one() {
        let both = "[[kpi]]\nitem = 3\nname = \"苦情の件数\"\nbetter = \"less\"\ncounts = \"yearly\"\n\
                    [rules]\nK07 = \"off\"\n[[kpi]]\nitem = 4\nname = '利用者数'\ncounts = \"cumulative\"\n";
        let expected = [
            (
                3,
                "苦情の件数",
                Some(Counting::Yearly),
                Some(Direction::Less),
            ),
            (4, "利用者数", Some(Counting::Cumulative), None),
        ];
        let expected = expected.map(|(item, name, counting, direction)| KpiSetting {
            item,
            name: name.to_owned(),
            counting,
            direction,
        });
        assert_eq!(read(both), Ok(expected.to_vec()));
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_what_to_write() {
        for (text, told) in [
            (
                "[kpi]\nitem = 3\n",
                "4行目：「[kpi]」のかっこが一重です。一つごとに「[[kpi]]」と書いてください。",
            ),
            (
                "[[kpi]]\nitem = 3\nname = \"件数\"\nbeter = \"less\"\n",
                "7行目：[kpi]に「beter」という項目はありません。「better」の書き間違いでないか確かめてください。",
            ),
            (
                "[[kpi]]\nitem = 3\nname = \"件数\"\nbetter = \"fewer\"\n",
                "7行目：「better」の値「fewer」は使えません。「better」には「more」（多いほどよい）か「less」（少ないほどよい）を書いてください。",
            ),
            (
                "[[kpi]]\nitem = \"3\"\nname = \"件数\"\n",
                "5行目：「item」の値「3」は使えません。「item」には1から1000000までの整数を、「\"」で囲まずに書いてください。",
            ),
            (
                "[[kpi]]\nitem = 3\nname = \"件数\"\n",
                "4行目：[kpi]に「better」がありません。「better = \"less\"」のように書いてください。",
            ),
            (
                "[[kpi]]\nitem = 3\nname = \"件数\"\nbetter = \"less\"\n[[kpi]]\nitem = 3\nname = \"件 数\"\nbetter = \"more\"\n",
                "8行目：「件 数」が二度書かれています。一つにまとめてください。",
            ),
            (
                "[[kpis]]\nitem = 3\n",
                "4行目：[kpis]という見出しはありません。「[[kpi]]」の書き間違いでないか確かめてください。",
            ),
        ] {
            let error = read(text).map_err(|error| error.to_string());
            assert_eq!(error, Err(format!("torimatome.tomlの{told}")));
        }
    }
}
