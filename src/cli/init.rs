//! `init`: a job folder for a period, empty or from last period's workbook.

use std::path::Path;

use crate::job::{COLLECT, PLAN, SETTINGS};
use crate::model::{Layout, Period};

use super::args::Init;
use super::failure::Failure;
use super::new_folder::{self, Made};
use super::new_job::{NewJob, Wanted, new_job};
use super::{Done, prepare};

pub(super) fn init(args: &Init) -> Result<Done, Failure> {
    new_folder::refuse(&args.folder)?;
    prepare(&args.common)?;
    let new = new_job(&Wanted {
        from: args.from.as_deref(),
        named: period_of(&args.folder),
        refuse: nothing,
        common: &args.common,
    })?;
    let made = new_folder::make(&args.folder, &new.files, &new.settings)?;
    print!("{}", told(&args.folder, &new, &made));
    Ok(Done::Clean)
}

/// The workbook of any period has a period after it.
fn nothing(_: &Path, _: Period, _: &Layout) -> Result<(), Failure> {
    Ok(())
}

/// The period that a folder is named by: `R5下半期`, or one word of `行革 R5下半期`.
pub(super) fn period_of(folder: &Path) -> Option<Period> {
    let whole = std::path::absolute(folder).ok()?;
    let name = whole.file_name()?.to_string_lossy();
    let parted = |c: char| c.is_whitespace() || "_＿-－・（）()【】".contains(c);
    let words = name.split(parted).filter_map(Period::parse);
    let mut named: Vec<Period> =
        Period::parse(&name).map_or_else(|| words.collect(), |it| vec![it]);
    named.dedup();
    match named[..] {
        [only] => Some(only),
        [] | [_, ..] => None,
    }
}

/// What was made, what the clerk should know, and what to do next.
pub(super) fn told(folder: &Path, new: &NewJob, made: &Made) -> String {
    let period = match new.period {
        Some(period) => new.layout.period_words(period),
        None => "対象の期は未定".to_owned(),
    };
    let mut text = format!(
        "案件フォルダを作りました: {}（{period}）\n",
        folder.display()
    );
    for (name, about) in &new.about {
        let about = match made.kept.contains(name) {
            true => "すでにあるため、そのままにしました（上書きしていません）",
            false => about,
        };
        text.push_str(&format!("  {name}  {about}\n"));
    }
    text.push_str(&format!(
        "  {COLLECT}  各課から戻ったファイルを置くフォルダ\n"
    ));
    for note in &new.notes {
        text.push_str(&format!("注意: {note}\n"));
    }
    text.push_str("次に行うこと:\n");
    let has_plan =
        new.about.iter().any(|(name, _)| name.starts_with("計画.")) || folder.join(PLAN).exists();
    let steps = [
        new.period
            .is_none()
            .then(|| format!("{SETTINGS} の [period] に、対象の年度と期を書いてください。")),
        (!has_plan).then(|| {
            format!(
                "実施計画（公式様式のブック）を「{PLAN}」の名前で、このフォルダに置いてください。"
            )
        }),
        Some(format!(
            "{SETTINGS} を確かめ、表紙の発行年月などを書いてください。"
        )),
        Some(format!(
            "各課から戻ったファイルを「{COLLECT}」に置き、torimatome check {} で点検してください。",
            typed(folder)
        )),
    ];
    for (number, step) in (1..).zip(steps.into_iter().flatten()) {
        text.push_str(&format!("  {number}. {step}\n"));
    }
    text
}

/// A path as it is typed on a command line.
fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    match path.contains(char::is_whitespace) {
        true => format!("\"{path}\""),
        false => path,
    }
}
