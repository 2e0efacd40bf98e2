//! `check --remember`: what changed since the findings were last written down.

use crate::job::{Job, RECORD, Record};
use crate::model::{Book, Finding, Resolved};
use crate::read;

use super::args::Check;
use super::failure::Failure;
use super::output;

/// Marks each finding as new or still open and gives what was resolved, where the job folder holds
/// a record of this period; writes a new record if asked to.
pub(super) fn compare(
    args: &Check,
    job: &Job,
    findings: &mut [Finding],
    book: &Book,
) -> Result<Option<Vec<Resolved>>, Failure> {
    if args.remember && job.period.is_none() {
        return Err(Failure::Usage(
            "点検の記録は案件フォルダに残します。torimatome.toml のあるフォルダを指定してください。",
        ));
    }
    let period = book.period;
    let is_returned = |number| {
        let mut items = book.items.iter();
        items.any(|item| item.number() == number && item.chosen.is_some())
    };
    let path = job.folder.join(RECORD);
    let mut resolved = None;
    if job.period.is_some() && path.is_file() {
        let text = read::load(&path, &read::Limits::default())
            .and_then(|bytes| read::decode_text(&bytes))
            .map_err(|error| Failure::read(&path, &error))?;
        match Record::parse(&text) {
            Some(before) if before.is_of(period) => {
                resolved = Some(before.compare(findings, &is_returned))
            }
            Some(_) => eprintln!("注意: {RECORD} は別の期の記録のため、前回と比べていません。"),
            None => eprintln!(
                "注意: {RECORD} を読み取れないため、前回と比べていません。削除しても差し支えありません。"
            ),
        }
    }
    if args.remember {
        let text = Record::of(findings, period)
            .to_toml()
            .ok_or(Failure::Record)?;
        output::replace_own(&path, text.as_bytes())?;
        eprintln!("点検結果を記録しました: {}", path.display());
    }
    Ok(resolved)
}
