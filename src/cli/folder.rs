//! A folder of workbooks that belong together: names that every system takes, all written or none.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::export;
use crate::model::text::fold;

use super::failure::Failure;
use super::output;

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
    same: usize,
}

/// Refuses a folder in which no document may be written: a file, or one that is collected from.
pub(super) fn refuse(
    folder: &Path,
    inputs: &[PathBuf],
    collected: &[PathBuf],
) -> Result<(), Failure> {
    output::refuse_folder(folder)?;
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
/// there already with the same content is left alone.
pub(super) fn write(documents: &Documents, inputs: &[PathBuf]) -> Result<Written, Failure> {
    let mut written = Written::default();
    let mut changed = Vec::new();
    for (path, bytes) in documents {
        output::refuse_inputs(path, inputs, &[])?;
        match fs::read(path) {
            Ok(old) if old == *bytes => {
                written.same += 1;
                continue;
            }
            Ok(_) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                written.replaced.push(export::on_one_line(&name));
            }
            Err(_) => written.new += 1,
        }
        changed.push((path, bytes));
    }
    output::replace_together(&changed)?;
    Ok(written)
}

impl Written {
    /// What is told of it: how many were written, and by name those that took another's place.
    pub(super) fn told(&self, what: &str, folder: &Path) -> String {
        let mut counts = Vec::new();
        for (count, how) in [
            (self.new, "新しく書き出しました"),
            (self.replaced.len(), "置き換えました"),
            (self.same, "前回と同じため、そのままです"),
        ] {
            if count > 0 {
                counts.push(format!("{count}件を{how}"));
            }
        }
        let mut told = format!("{what}: {}（{}）\n", folder.display(), counts.join("。"));
        if !self.replaced.is_empty() {
            let names = self.replaced.join("、");
            told.push_str(&format!("置き換えたファイル: {names}\n"));
        }
        told
    }
}

/// Names the files in a folder that an earlier run of this period wrote and this one did not.
pub(super) fn left_over(folder: &Path, documents: &Documents, period: &str) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_known = |name: &String| {
        let mut known = documents.iter().filter_map(|(path, _)| path.file_name());
        known.any(|known| known.to_string_lossy() == *name)
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
