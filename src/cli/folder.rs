//! A folder of workbooks that belong together: names that every system takes, all written or none.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::export;
use crate::job::{HANDED_OUT, HandedOut, Job};
use crate::model::text::fold;

use super::failure::Failure;
use super::output::{self, Replacement};
use super::{assemble, claim};

/// The longest part of a name that comes from a department, in characters: with a share's path
/// before it the whole stays below what Windows takes.
const LONGEST: usize = 60;

/// Documents with the paths they are to have.
pub(super) type Documents = Vec<(PathBuf, Vec<u8>)>;

/// Gives out names for files, each once whatever the case and width.
#[derive(Default)]
pub(super) struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// A name that Windows, a share and a zip take, different from all before it.
    pub(super) fn safe(&mut self, wanted: &str) -> String {
        let name = match safe(wanted) {
            name if name.is_empty() => "無題".to_owned(),
            name => name,
        };
        let mut unique = name.clone();
        let mut count = 2;
        while !self.taken.insert(fold(&unique).to_lowercase()) {
            unique = format!("{name}({count})");
            count += 1;
        }
        unique
    }
}

fn safe(wanted: &str) -> String {
    let replaced = wanted.chars().map(|c| match c {
        '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        c => c,
    });
    let name: String = replaced.take(LONGEST).collect();
    name.trim().trim_end_matches(['.', ' ']).to_owned()
}

/// What became of the documents of a folder.
#[derive(Debug, Default)]
pub(super) struct Written {
    new: usize,
    replaced: Vec<String>,
    /// Files that had been worked on, by the names under which they are kept.
    kept: Vec<String>,
    same: usize,
    /// What could not be written down for the next run.
    note: Option<String>,
}

/// Refuses a folder in which no document may be written: a file, or one that is collected from.
pub(super) fn refuse(
    folder: &Path,
    inputs: &[PathBuf],
    collected: &[PathBuf],
) -> Result<(), Failure> {
    output::refuse_folder(folder, Failure::FolderIsFile)?;
    // A folder that does not exist yet lies where the nearest one above it does.
    let there = folder.ancestors().find(|above| above.is_dir());
    let there = there.unwrap_or(Path::new("."));
    let refused = output::refuse_inputs(&there.join("x"), inputs, collected);
    if matches!(refused, Err(Failure::OutputAmongInputs(_))) {
        return Err(Failure::OutputAmongInputs(folder.to_owned()));
    }
    refused
}

/// Writes documents: every one is complete on the disk before the first takes its name, and what is
/// there already with the same content is left alone. A file that somebody has worked on since it was
/// written is kept under a name of its own.
pub(super) fn write(
    documents: &Documents,
    inputs: &[PathBuf],
    job: &Job,
) -> Result<Written, Failure> {
    let mut written = Written::default();
    let mut changed = Vec::new();
    let home = home(documents, &job.folder);
    let record_path = home.join(HANDED_OUT);
    let before = match record_path.is_file() {
        true => HandedOut::parse(&assemble::read_text(&record_path).unwrap_or_default()),
        false => HandedOut::default(),
    };
    let mut record = before.clone();
    for (path, bytes) in documents {
        output::refuse_inputs(path, inputs, &[])?;
        record.remember(&home, path, bytes);
        let mut kept = None;
        match fs::read(path) {
            Ok(old) if old == *bytes => {
                written.same += 1;
                continue;
            }
            Ok(old) => {
                written.replaced.push(shown(path));
                if !before.is_untouched(&home, path, &old) {
                    let free = free_beside(path);
                    written.kept.push(shown(&free));
                    kept = Some(free);
                }
            }
            Err(_) => written.new += 1,
        }
        changed.push(Replacement {
            target: path,
            bytes,
            kept,
        });
    }
    output::replace_together(&changed)?;
    if record != before {
        let text = record.to_toml().ok_or(Failure::Record)?;
        if let Err(error) = output::replace_own(&record_path, text.as_bytes()) {
            written.note = Some(format!(
                "注意: {HANDED_OUT} を書き出せませんでした。次に書き出すとき、いまあるファイルは別の名前で残します。{error}\n"
            ));
        }
    }
    Ok(written)
}

/// Where the record of the documents stands: in the job folder or, where they are written elsewhere,
/// beside them.
fn home(documents: &Documents, job: &Path) -> PathBuf {
    let mut outside = documents.iter().filter(|(path, _)| !path.starts_with(job));
    match outside.next() {
        Some((path, _)) => claim::folder_of(path),
        None => job.to_owned(),
    }
}

/// A name that no file beside has: `…_督促文_以前.txt`, then `…_督促文_以前(2).txt`.
fn free_beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let mut free = path.with_file_name(format!("{stem}_以前.{extension}"));
    let mut count = 2;
    while fs::symlink_metadata(&free).is_ok() {
        free.set_file_name(format!("{stem}_以前({count}).{extension}"));
        count += 1;
    }
    free
}

fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    export::on_one_line(&name)
}

impl Written {
    /// What is told of it: how many were written, and by name those that took another's place.
    pub(super) fn told(&self, what: &str, folder: &Path) -> String {
        let mut counts = Vec::new();
        for (count, how) in [
            (self.new, "件を新しく書き出しました"),
            (self.replaced.len(), "件を置き換えました"),
            (self.same, "件は前回と同じため、そのままです"),
        ] {
            if count > 0 {
                counts.push(format!("{count}{how}"));
            }
        }
        let mut told = format!("{what}: {}（{}）\n", folder.display(), counts.join("。"));
        if !self.replaced.is_empty() {
            let names = self.replaced.join("、");
            told.push_str(&format!("置き換えたファイル: {names}\n"));
        }
        if !self.kept.is_empty() {
            let names = self.kept.join("、");
            told.push_str(&format!(
                "注意: 書き出した後に手が加わっていたファイルは、次の名前で残しました: {names}。課の回答が書かれているときは、回収のフォルダに移してから、もう一度実行してください。\n"
            ));
        }
        told.push_str(self.note.as_deref().unwrap_or_default());
        told
    }
}

/// Names the files in a folder that an earlier run of this period wrote and this one did not.
pub(super) fn left_over(
    folder: &Path,
    documents: &Documents,
    written: &Written,
    period: &str,
) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_known = |name: &String| {
        let mut known = documents.iter().filter_map(|(path, _)| path.file_name());
        known.any(|known| known.to_string_lossy() == *name)
            || written.kept.contains(&export::on_one_line(name))
    };
    let mut left: Vec<String> = names
        .filter(|name| name.starts_with(period) && !is_known(name))
        .map(|name| export::on_one_line(&name))
        .collect();
    left.sort();
    match left.is_empty() {
        true => String::new(),
        false => format!(
            "注意: フォルダに、今回は書き出していない以前のファイルがあります: {}。不要であれば削除してください。\n",
            left.join("、")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_windows_takes_and_each_is_given_once() {
        let mut names = FileNames::default();
        for (wanted, name) in [
            ("総務課", "総務課"),
            ("総務課", "総務課(2)"),
            ("Ａ課", "Ａ課"),
            ("a課", "a課(2)"),
            ("税務課/収納室", "税務課_収納室"),
            ("課: \"<>|?*\\", "課_ _______"),
            ("企画課. ", "企画課"),
            (" ", "無題"),
        ] {
            assert_eq!(names.safe(wanted), name, "{wanted}");
        }
        assert_eq!(names.safe(&"あ".repeat(300)).chars().count(), LONGEST);
    }

    #[test]
    fn a_folder_below_one_that_is_collected_from_is_refused_before_it_exists() {
        let job = tempfile::tempdir().unwrap();
        let collect = job.path().join("回収");
        fs::create_dir(&collect).unwrap();
        let collected = [collect.clone()];
        for inside in ["配布様式", "配布様式/R5下"] {
            let refused = refuse(&collect.join(inside), &[], &collected);
            assert!(matches!(refused, Err(Failure::OutputAmongInputs(_))));
        }
        assert!(refuse(&job.path().join("配布様式"), &[], &collected).is_ok());
    }
}
