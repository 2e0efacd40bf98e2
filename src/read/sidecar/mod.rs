//! What is said and drawn beside a sheet's cells: notes, comments, shapes.
//!
//! These parts pass the same gate as the cells, each once, but no cell depends on them: one that
//! cannot be read is told beside the cells instead of refusing the file.

mod controls;
mod drawing;
mod notes;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CellRange, CellRef, Remark, RemarkKind};

use super::book::{self, Relation};
use super::error::{Problem, ReadError};
use super::limits::Limits;
use super::package::Package;
use super::xlsb;

use drawing::Drawn;

/// How the note that stands in for a comment of a conversation begins its author's name.
const TWIN: &str = "tc={";
/// The address in the words that stand before a comment for programs that know only notes; they
/// are in the language of the program.
const TWIN_WORDS: &str = "linkid=870924";

const RELATIONS: &str = "シートに付いているメモや図形の一覧";
const NOTES: &str = "メモ";
const COMMENTS: &str = "コメント";
const DRAWING: &str = "図形や画像";
const CONTROLS: &str = "ボタンやチェックボックス";

/// Reads what stands beside the cells of a workbook's sheets.
pub(super) struct Sidecars {
    /// The part with the names of those who comment.
    persons: Option<String>,
    names: Option<BTreeMap<String, String>>,
    /// The parts that were read, in lower case.
    taken: BTreeSet<String>,
    /// How many more remarks the workbook may have.
    left: usize,
}

impl Sidecars {
    pub(super) fn new(persons: Option<String>, limits: &Limits) -> Self {
        Self {
            persons,
            names: None,
            taken: BTreeSet::new(),
            left: limits.remarks,
        }
    }

    /// The remarks of a sheet, by its relations, in order of cells.
    pub(super) fn remarks(
        &mut self,
        package: &mut Package<'_>,
        relations: Result<Vec<Relation>, ReadError>,
        limits: &Limits,
    ) -> Vec<Remark> {
        let Ok(relations) = relations else {
            return vec![unread(RELATIONS)];
        };
        let (mut comments, mut notes) = (Vec::new(), Vec::new());
        let (mut drawn, mut controls) = (Vec::new(), Vec::new());
        for relation in relations {
            let Some(part) = relation.target else {
                continue;
            };
            match relation.kind.as_str() {
                "threadedComment" => {
                    let read = self.comments(package, &part, limits);
                    comments.extend(read.unwrap_or_else(|_| vec![unread(COMMENTS)]));
                }
                "comments" => {
                    let read = self.part(package, &part).and_then(|bytes| {
                        if part.ends_with(".bin") {
                            return xlsb::notes(&part, &bytes);
                        }
                        notes::notes(&part, &bytes, limits)
                    });
                    notes.extend(read.unwrap_or_else(|_| vec![unread(NOTES)]));
                }
                "drawing" => {
                    let read = self.drawing(package, &part, limits);
                    drawn.extend(read.unwrap_or_else(|_| vec![unread(DRAWING)]));
                }
                "vmlDrawing" => {
                    let read = self.part(package, &part);
                    let read =
                        read.map(|bytes| controls::controls(&String::from_utf8_lossy(&bytes)));
                    controls.extend(read.unwrap_or_else(|_| vec![unread(CONTROLS)]));
                }
                _ => {}
            }
        }
        let read = comments
            .iter()
            .filter(|one| one.kind == RemarkKind::Comment);
        let cells: BTreeSet<CellRef> = read.map(|comment| comment.range.first).collect();
        let notes = notes.into_iter().filter_map(|note| own_note(note, &cells));
        // Newer programs draw the words of a control a second time.
        let twins: BTreeSet<String> = controls.iter().map(controls::words).collect();
        drawn.retain(|one| one.kind != RemarkKind::Shape || !twins.contains(&controls::words(one)));
        let mut remarks: Vec<Remark> = comments.into_iter().chain(notes).collect();
        remarks.extend(drawn.into_iter().chain(controls));
        remarks.sort_by_key(|remark| remark.range.first);
        if remarks.len() > self.left {
            remarks.truncate(self.left);
            remarks.push(too_many(limits));
        }
        self.left = self.left.saturating_sub(remarks.len());
        remarks
    }

    /// Unpacks a part, unless another sheet has it already.
    fn part(&mut self, package: &mut Package<'_>, part: &str) -> Result<Vec<u8>, ReadError> {
        if !self.taken.insert(part.to_lowercase()) {
            return Err(ReadError::broken(part, Problem::Twins));
        }
        package.part(part)
    }

    fn comments(
        &mut self,
        package: &mut Package<'_>,
        part: &str,
        limits: &Limits,
    ) -> Result<Vec<Remark>, ReadError> {
        let bytes = self.part(package, part)?;
        if self.names.is_none() {
            // A comment without its author's name is still a comment.
            let names = self.persons.take().and_then(|part| {
                let bytes = self.part(package, &part).ok()?;
                notes::persons(&part, &bytes, limits).ok()
            });
            self.names = Some(names.unwrap_or_default());
        }
        let nobody = BTreeMap::new();
        let names = self.names.as_ref().unwrap_or(&nobody);
        notes::comments(part, &bytes, names, limits)
    }

    fn drawing(
        &mut self,
        package: &mut Package<'_>,
        part: &str,
        limits: &Limits,
    ) -> Result<Vec<Remark>, ReadError> {
        let bytes = self.part(package, part)?;
        let Drawn {
            mut remarks,
            diagrams,
        } = drawing::read(part, &bytes, limits)?;
        if diagrams.is_empty() {
            return Ok(remarks);
        }
        let relations = book::relations(package, part, limits)?;
        for (id, range) in diagrams {
            let target = relations.iter().find(|relation| relation.id == id);
            let Some(part) = target.and_then(|relation| relation.target.as_deref()) else {
                continue;
            };
            let bytes = self.part(package, part)?;
            remarks.push(Remark {
                range,
                kind: RemarkKind::Shape,
                author: None,
                text: drawing::diagram(part, &bytes, limits)?,
            });
        }
        Ok(remarks)
    }
}

/// A note as a person wrote it; `None` where it stands in for a comment that was read. Some
/// programs keep the note, lose the comment and forget the author.
fn own_note(mut note: Remark, commented: &BTreeSet<CellRef>) -> Option<Remark> {
    let by_author = note.author.as_ref().is_some_and(|a| a.starts_with(TWIN));
    let words = note
        .text
        .split_once(TWIN_WORDS)
        .map(|(_, rest)| rest.trim());
    if !by_author && words.is_none() {
        return Some(note);
    }
    if commented.contains(&note.range.first) {
        return None;
    }
    note.author = None;
    note.kind = RemarkKind::Comment;
    if let Some(words) = words {
        note.text = words.to_owned();
    }
    Some(note)
}

/// Says that a part could not be read.
fn unread(what: &str) -> Remark {
    sentence(format!(
        "{what}が保存されている部分が壊れているため、読み取れません。"
    ))
}

/// Stands in for what is beyond the limit.
pub(super) fn too_many(limits: &Limits) -> Remark {
    let limit = limits.remarks;
    sentence(format!(
        "メモや図形が{limit}個を超えるため、残りは読み取っていません。"
    ))
}

fn sentence(text: String) -> Remark {
    Remark {
        range: CellRange::from(CellRef::new(0, 0)),
        kind: RemarkKind::Unread,
        author: None,
        text,
    }
}
