//! Notes on cells (`comments1.xml`) and conversations (`threadedComment1.xml`).

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use crate::model::text::printable;
use crate::model::{CellRange, CellRef, Remark, RemarkKind};
use crate::read::error::ReadError;
use crate::read::limits::Limits;
use crate::read::rich::Runs;
use crate::read::xml::Walk;

/// Reads notes; the author's name is as it is stored.
pub(super) fn notes(part: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Remark>, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut authors: Vec<String> = Vec::new();
    let mut notes = Vec::new();
    let (mut range, mut author) = (top(), None);
    loop {
        match walk.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "author" => authors.push(walk.text()?.trim().to_owned()),
                "comment" => {
                    range = range_of(&walk, &element)?;
                    let at = walk.attribute(&element, "authorId")?;
                    let at = at.and_then(|at| at.parse::<usize>().ok());
                    author = at.and_then(|at| authors.get(at)).cloned();
                }
                "text" => {
                    let text = rich_text(&mut walk)?;
                    let author = author.take().filter(|author| !author.is_empty());
                    let text = own_words(author.as_deref(), &text).to_owned();
                    notes.extend(remark(RemarkKind::Note, range, author, text));
                }
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "author" => {
                authors.push(String::new());
            }
            Event::Eof => return Ok(notes),
            _ => {}
        }
    }
}

/// Reads comments and the answers to them, each by itself, under the names of those who wrote them.
pub(super) fn comments(
    part: &str,
    bytes: &[u8],
    names: &BTreeMap<String, String>,
    limits: &Limits,
) -> Result<Vec<Remark>, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut comments = Vec::new();
    let (mut range, mut author) = (top(), None);
    loop {
        match walk.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "threadedComment" => {
                    range = range_of(&walk, &element)?;
                    let person = walk.attribute(&element, "personId")?;
                    author = person.and_then(|person| names.get(&person).cloned());
                }
                "text" => {
                    let text = walk.text()?;
                    comments.extend(remark(RemarkKind::Comment, range, author.take(), text));
                }
                _ => {}
            },
            Event::Eof => return Ok(comments),
            _ => {}
        }
    }
}

/// Reads the names of those who comment, by their identifiers.
pub(super) fn persons(
    part: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<BTreeMap<String, String>, ReadError> {
    let mut walk = Walk::new(part, bytes, limits)?;
    let mut names = BTreeMap::new();
    loop {
        match walk.next()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == "person" =>
            {
                let id = walk.attribute(&element, "id")?.unwrap_or_default();
                let name = walk.attribute(&element, "displayName")?.unwrap_or_default();
                if !name.trim().is_empty() {
                    names.insert(id, name.trim().to_owned());
                }
            }
            Event::Eof => return Ok(names),
            _ => {}
        }
    }
}

fn top() -> CellRange {
    CellRange::from(CellRef::new(0, 0))
}

fn range_of(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<CellRange, ReadError> {
    let range = walk.attribute(element, "ref")?;
    Ok(range.as_deref().and_then(CellRange::parse).unwrap_or(top()))
}

fn rich_text(walk: &mut Walk<'_>) -> Result<String, ReadError> {
    let outer = walk.depth() - 1;
    let mut runs = Runs::default();
    while walk.depth() > outer {
        let event = walk.next()?;
        runs.take(walk, &event)?;
    }
    Ok(runs.text())
}

/// Excel writes the author's name in front of a note.
fn own_words<'a>(author: Option<&str>, text: &'a str) -> &'a str {
    let behind = author.and_then(|author| text.strip_prefix(author));
    let behind = behind.and_then(|text| text.strip_prefix([':', '：']));
    behind.map_or(text, str::trim_start)
}

/// A remark, unless it says nothing.
fn remark(
    kind: RemarkKind,
    range: CellRange,
    author: Option<String>,
    text: String,
) -> Option<Remark> {
    let text = printable(&text).trim().to_owned();
    (!text.is_empty()).then_some(Remark {
        range,
        kind,
        author,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(remarks: &[Remark]) -> Vec<String> {
        let told = remarks.iter().map(|remark| {
            let author = remark.author.as_deref().unwrap_or("-");
            format!("{} {author} {}", remark.range, remark.text)
        });
        told.collect()
    }

    #[test]
    fn notes_come_with_their_author_and_without_his_name_in_front() {
        let text = "<comments><authors><author>山田</author><author/></authors><commentList>\
            <comment ref=\"B2\" authorId=\"0\"><text><r><rPr><b/></rPr><t>山田:</t></r>\
            <r><t xml:space=\"preserve\">\n根拠は別紙。</t></r></text></comment>\
            <comment ref=\"C3\" authorId=\"1\"><text><t>確認&#x4E2D;</t><rPh sb=\"0\" eb=\"2\"><t>カクニン</t></rPh></text></comment>\
            <comment ref=\"D4\" authorId=\"7\"><text><t> </t></text></comment>\
            <comment ref=\"?\"><text><t>どこか</t></text></comment></commentList></comments>";
        let notes = notes("c", text.as_bytes(), &Limits::default()).unwrap();
        let expected = ["B2 山田 根拠は別紙。", "C3 - 確認中", "A1 - どこか"];
        assert_eq!(told(&notes), expected);
    }

    #[test]
    fn comments_and_answers_come_under_the_names_of_those_who_wrote_them() {
        let text = "<personList><person displayName=\"山田 太郎\" id=\"{1}\"/></personList>";
        let names = persons("p", text.as_bytes(), &Limits::default()).unwrap();
        let text = "<ThreadedComments><threadedComment ref=\"B2\" personId=\"{1}\" id=\"{A}\">\
            <text>件数は?</text></threadedComment>\
            <threadedComment ref=\"B2\" personId=\"{2}\" id=\"{B}\" parentId=\"{A}\">\
            <text>13件 &amp; 見込み</text></threadedComment></ThreadedComments>";
        let comments = comments("t", text.as_bytes(), &names, &Limits::default()).unwrap();
        let expected = ["B2 山田 太郎 件数は?", "B2 - 13件 & 見込み"];
        assert_eq!(told(&comments), expected);
    }
}
