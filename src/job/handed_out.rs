//! `書き出し記録.toml`: what the forms, the returned forms and the letters were when they were written.
//!
//! A file that is no longer what it was has been worked on, and is not replaced without a copy. The
//! record may be deleted at any time: every file that differs is then taken for worked on.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const HEADING: &str = "# 配布様式・返却様式・督促文を書き出したときの記録です。書き出した後に手が加わったファイルを\n\
                       # 見分け、上書きせずに残すために使います。削除しても差し支えありません。\n\n";

/// 書き出し記録: the digest of each file that was written, by its path below the record.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOut {
    #[serde(rename = "ファイル", default)]
    files: BTreeMap<String, String>,
}

impl HandedOut {
    /// Reads the text of a record; an empty one where it is damaged.
    pub fn parse(text: &str) -> Self {
        toml::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).unwrap_or_default()
    }

    /// The record as text; `None` if it cannot be written as TOML.
    pub fn to_toml(&self) -> Option<String> {
        let text = toml::to_string(self).ok()?;
        Some(format!("{HEADING}{text}"))
    }

    /// Remembers what a file is now.
    pub fn remember(&mut self, job: &Path, file: &Path, bytes: &[u8]) {
        self.files.insert(key(job, file), digest(bytes));
    }

    /// Tells whether a file still is what was written.
    pub fn is_untouched(&self, job: &Path, file: &Path, bytes: &[u8]) -> bool {
        self.files.get(&key(job, file)) == Some(&digest(bytes))
    }
}

/// The path below the folder of the record, which may be moved as a whole.
fn key(job: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(job).unwrap_or(file);
    let parts = inside.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_untouched_until_its_content_changes_wherever_the_job_folder_lies() {
        let mut record = HandedOut::default();
        let file = "返却/R5下_総務課_督促文.txt";
        record.remember(
            Path::new("R5下半期"),
            &Path::new("R5下半期").join(file),
            b"x",
        );
        let text = record.to_toml().unwrap();
        assert!(text.starts_with('#'), "{text}");
        let read = HandedOut::parse(&text);
        assert_eq!(read, record);
        let moved = Path::new("共有/R5下半期");
        assert!(read.is_untouched(moved, &moved.join(file), b"x"));
        assert!(!read.is_untouched(moved, &moved.join(file), b"y"));
        assert!(!read.is_untouched(moved, &moved.join("返却/別.txt"), b"x"));
        assert_eq!(HandedOut::parse("ファイル = 3"), HandedOut::default());
    }
}
